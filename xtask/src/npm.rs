//! The page's packages, exactly those of package-lock.json.

use crate::command::{Command, Outcome};
use crate::project::Project;
use crate::stamp::{self, Fingerprint};

const OLDEST_NODE: u32 = 20;

pub fn ensure(project: &Project) -> Outcome<()> {
    let node = Command::new("node").arg("--version").read().ok().and_then(|text| major(&text));
    if node.is_none_or(|major| major < OLDEST_NODE) {
        return Err(format!("Node {OLDEST_NODE} or newer is missing: sudo apt-get install nodejs npm"));
    }
    let lock = project.path("package-lock.json");
    let fingerprint = Fingerprint::new().path(&lock)?.finish();
    // Inside node_modules, so that removing the folder removes the note.
    let stamp = project.path("node_modules/.cajal-lock");
    if stamp::is_fresh(&stamp, &fingerprint) {
        return Ok(());
    }
    println!("npm installs the page's packages (half a minute)");
    let npm = Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    npm.run_in(project)?;
    stamp::write(&stamp, &fingerprint)
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn nodes_version_is_read() {
        assert_eq!(super::major("v20.20.2\n"), Some(20));
        assert_eq!(super::major("20"), None);
    }
}
