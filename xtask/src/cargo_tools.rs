//! Programs that cargo installs. A debug build of a tool is enough, and builds in half the time.

use crate::command::{Command, Outcome, find_program};
use crate::project::Project;

/// A program from the crates registry.
pub struct Tool {
    /// The crate.
    pub package: &'static str,
    /// The program it brings.
    pub program: &'static str,
    /// The version that is installed, and accepted where `accepts` is silent.
    pub version: String,
    /// The start of the versions that will do as well.
    pub accepts: &'static str,
}

/// Must be of the version of the crate that the engine is linked with.
pub fn wasm_bindgen(project: &Project) -> Outcome<Tool> {
    let version = locked_version(project, "wasm-bindgen")?;
    Ok(Tool { package: "wasm-bindgen-cli", program: "wasm-bindgen", version, accepts: "" })
}

pub fn wasm_pack() -> Tool {
    Tool { package: "wasm-pack", program: "wasm-pack", version: "0.15.1".to_owned(), accepts: "0.15." }
}

/// 0.22 wants a newer compiler than the one that is pinned.
pub fn trunk() -> Tool {
    Tool { package: "trunk", program: "trunk", version: "0.21.14".to_owned(), accepts: "0.21." }
}

impl Tool {
    /// Installs the tool unless a version that will do is there.
    ///
    /// It goes where the user's other cargo programs are, so that it can be run by name and other
    /// checkouts find it; where another version is in the way, into this checkout alone.
    pub fn ensure(&self, project: &Project) -> Outcome<()> {
        let found = find_program(project, self.program).map(|program| installed_version(&program));
        if found.as_ref().is_some_and(|version| self.will_do(version)) {
            return Ok(());
        }
        let root = found.is_some().then(|| project.tools());
        println!("cargo installs {} {} (some minutes)", self.package, self.version);
        // A locked dependency may be gone from the registry: then newer ones have to do.
        let outcome = self.install(project, root.as_deref(), true);
        outcome.or_else(|_| self.install(project, root.as_deref(), false)).map_err(|error| {
            format!(
                "{} is missing: {error}; by hand: cargo install {} --version {}",
                self.program, self.package, self.version
            )
        })?;
        let program = find_program(project, self.program);
        match program.map(|program| installed_version(&program)) {
            Some(version) if self.will_do(&version) => Ok(()),
            _ => Err(format!("{} was installed, but not into a folder of PATH", self.program)),
        }
    }

    fn will_do(&self, version: &str) -> bool {
        version == self.version || (!self.accepts.is_empty() && version.starts_with(self.accepts))
    }

    fn install(&self, project: &Project, root: Option<&std::path::Path>, locked: bool) -> Outcome<()> {
        let mut command = Command::cargo().args(["install", "--debug", self.package]);
        command = command.args(["--version", &self.version]);
        if locked {
            command = command.arg("--locked");
        }
        if let Some(root) = root {
            command = command.arg("--root").arg(root);
        }
        command.run_in(project)
    }
}

/// The number in `NAME NUMBER …`, which is how all of these print their version.
fn installed_version(program: &std::path::Path) -> String {
    let printed = Command::new(program).arg("--version").read().unwrap_or_default();
    printed.split_whitespace().nth(1).unwrap_or_default().to_owned()
}

fn locked_version(project: &Project, package: &str) -> Outcome<String> {
    let path = project.path("Cargo.lock");
    let lock = std::fs::read_to_string(&path).map_err(|error| format!("Cargo.lock: {error}"))?;
    version_in_lock(&lock, package).ok_or_else(|| format!("Cargo.lock names no {package}"))
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    let version = lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_from_the_lock_by_its_whole_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-rayon\"\nversion = \"1.3.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "wasm"), None);
    }

    #[test]
    fn a_patch_release_will_do_only_where_said() {
        assert!(trunk().will_do("0.21.9"));
        assert!(!trunk().will_do("0.22.1"));
        let exact = Tool { package: "p", program: "p", version: "0.2.130".to_owned(), accepts: "" };
        assert!(exact.will_do("0.2.130"));
        assert!(!exact.will_do("0.2.129"));
    }
}
