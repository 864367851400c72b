//! The compilers of the two variants: where a standard library for wasm32 comes from.
//!
//! rustup brings one for the single-thread variant, and the sources from which the variant with
//! threads builds its own (shared memory needs a standard library compiled for it). Where rustup
//! reaches no server, Debian's `rustc-web`, which comes with its sources, stands in for both.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::apt;
use crate::command::{Command, Outcome, find_program};
use crate::project::Project;
use crate::stamp;

/// The only target that the engine is built for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A download that takes longer hangs: behind some firewalls it never ends.
const DOWNLOAD_LIMIT: Duration = Duration::from_secs(90);
/// How long a failed download is not tried again.
const DOWNLOAD_REST: Duration = Duration::from_secs(24 * 60 * 60);

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
/// rust-lld, the linker for wasm, comes with lld's package.
const DEBIAN_PACKAGES: [&str; 5] =
    ["rustc-web", "rust-web-src", "rust-web-llvm", "rust-web-clippy", "lld-22"];

/// How one variant is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compiler {
    /// The pinned toolchain and the standard library that rustup brings.
    Pinned,
    /// The pinned toolchain; the standard library is built with the variant's flags.
    PinnedWithSources,
    /// Debian's compiler; the standard library is built with the variant's flags.
    Debian,
}

impl Compiler {
    /// What cargo must find in its environment.
    pub fn environment(self) -> Vec<(String, String)> {
        let building_std = [("RUSTC_BOOTSTRAP", "1"), ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort,test")];
        let debian = [("RUSTC", DEBIAN_RUSTC), ("RUSTDOC", "/usr/bin/rustdoc")];
        let pairs: Vec<(&str, &str)> = match self {
            Self::Pinned => vec![],
            Self::PinnedWithSources => building_std.to_vec(),
            Self::Debian => building_std.into_iter().chain(debian).collect(),
        };
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// `cargo clippy` of the same version as the compiler.
    pub fn clippy(self) -> Command {
        match self {
            Self::Debian => Command::new("/usr/bin/cargo-clippy").arg("clippy"),
            Self::Pinned | Self::PinnedWithSources => Command::cargo().arg("clippy"),
        }
    }
}

/// The compilers of both variants.
#[derive(Clone, Copy, Debug)]
pub struct Compilers {
    pub single: Compiler,
    pub threads: Compiler,
}

/// Finds or installs what both variants are compiled with.
pub fn ensure(project: &Project) -> Outcome<Compilers> {
    // A way to test the stand-in where it is not needed.
    let only_debian = std::env::var("CAJAL_WASM_COMPILER").is_ok_and(|value| value == "debian");
    let pinned = if only_debian { None } else { sysroot(project) };
    let pinned = pinned.as_deref();
    let library = pinned.is_some_and(|root| has_library(root) || add(project, "target", TARGET));
    let sources = pinned.is_some_and(|root| has_sources(root) || add(project, "component", "rust-src"));
    if !(library && sources) {
        ensure_debian(project)?;
    }
    Ok(Compilers {
        single: if library { Compiler::Pinned } else { Compiler::Debian },
        threads: if sources { Compiler::PinnedWithSources } else { Compiler::Debian },
    })
}

fn sysroot(project: &Project) -> Option<PathBuf> {
    let rustc = Command::new("rustc").args(["--print", "sysroot"]);
    rustc.in_project(project).read().ok().map(|path| PathBuf::from(path.trim()))
}

fn has_library(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib").join(TARGET).join("lib").is_dir()
}

fn has_sources(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib/src/rust/library/Cargo.lock").is_file()
}

/// Asks rustup for a part of the toolchain; whether it came.
fn add(project: &Project, kind: &str, name: &str) -> bool {
    let resting = project.tools().join("rustup-unreachable");
    if find_program(project, "rustup").is_none() || is_younger(&resting, DOWNLOAD_REST) {
        return false;
    }
    println!("rustup {kind} add {name} (at most {} s)", DOWNLOAD_LIMIT.as_secs());
    let rustup = Command::new("rustup").args([kind, "add", name]).in_project(project);
    match rustup.run_within(DOWNLOAD_LIMIT) {
        Ok(()) => true,
        Err(error) => {
            println!("{error}: Debian's compiler stands in");
            // Without the note the next run merely tries again.
            let _ = stamp::write(&resting, &format!("{error}\nRemove this file to try again.\n"));
            false
        }
    }
}

fn is_younger(file: &Path, age: Duration) -> bool {
    let modified = std::fs::metadata(file).and_then(|metadata| metadata.modified());
    modified.is_ok_and(|time| SystemTime::now().duration_since(time).is_ok_and(|since| since < age))
}

fn ensure_debian(project: &Project) -> Outcome<()> {
    let there = || {
        let lists_wasm = Command::new(DEBIAN_RUSTC).args(["--print", "target-list"]).read();
        lists_wasm.is_ok_and(|list| list.contains(TARGET))
            && has_sources(Path::new("/usr"))
            && Path::new("/usr/bin/cargo-clippy").is_file()
            && find_program(project, "rust-lld").is_some()
    };
    if there() {
        return Ok(());
    }
    let by_rustup = format!("rustup target add {TARGET} && rustup component add rust-src");
    apt::install(project, &DEBIAN_PACKAGES)
        .map_err(|error| format!("a standard library for {TARGET} is missing: {by_rustup} ({error})"))?;
    if there() {
        Ok(())
    } else {
        Err(format!("Debian's rustc-web here is too old for {TARGET}: {by_rustup}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_variant_with_threads_builds_its_library_on_an_ordinary_machine() {
        assert!(Compiler::Pinned.environment().is_empty());
        let names = |compiler: Compiler| -> Vec<String> {
            compiler.environment().into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(names(Compiler::PinnedWithSources), ["RUSTC_BOOTSTRAP", "CARGO_UNSTABLE_BUILD_STD"]);
        assert!(names(Compiler::Debian).contains(&"RUSTC".to_owned()));
    }
}
