//! Packages, exactly those of a package-lock.json.

use std::path::Path;

use crate::command::{Command, Outcome};
use crate::project::Project;
use crate::stamp::{self, Fingerprint};

const OLDEST_NODE: u32 = 20;

/// What building and testing the page needs.
pub fn ensure(project: &Project) -> Outcome<()> {
    ensure_in(project, &project.root, "the page's packages (half a minute)")
}

/// What the package.json of a folder names; `what` says so to the person who waits.
pub fn ensure_in(project: &Project, folder: &Path, what: &str) -> Outcome<()> {
    let node = Command::new("node").arg("--version").read().ok().and_then(|text| major(&text));
    if node.is_none_or(|major| major < OLDEST_NODE) {
        return Err(format!("Node {OLDEST_NODE} or newer is missing: sudo apt-get install nodejs npm"));
    }
    let lock = folder.join("package-lock.json");
    let fingerprint = Fingerprint::new().path(&lock)?.finish();
    // Inside node_modules, so that removing the folder removes the note.
    let stamp = folder.join("node_modules/.cajal-lock");
    if stamp::is_fresh(&stamp, &fingerprint) {
        return Ok(());
    }
    println!("npm installs {what}");
    let npm = Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    npm.in_project(project).current_dir(folder).run()?;
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
