//! Debian packages, where there is an apt-get that may be run.

use std::io::IsTerminal;

use crate::command::{Command, Outcome, find_program};
use crate::project::Project;

/// Installs packages; when it cannot, the message ends with the command that would.
pub fn install(project: &Project, packages: &[&str]) -> Outcome<()> {
    let by_hand = format!("sudo apt-get install {}", packages.join(" "));
    let Some(apt_get) = find_program(project, "apt-get") else {
        return Err(format!("no apt-get here; on Debian: {by_hand}"));
    };
    let install = || run(project, &apt_get, &["install", "--yes", "--no-install-recommends"], packages);
    println!("apt-get installs {} (a minute or two)", packages.join(" "));
    // The lists may be missing or old: only then the slow update is worth its time.
    install()
        .or_else(|_| run(project, &apt_get, &["update"], &[]).and_then(|()| install()))
        .map_err(|error| format!("{error}; by hand: {by_hand}"))
}

fn run(project: &Project, apt_get: &std::path::Path, verb: &[&str], packages: &[&str]) -> Outcome<()> {
    let is_root = Command::new("id").arg("-u").read().is_ok_and(|id| id.trim() == "0");
    let command = if is_root {
        Command::new(apt_get)
    } else if find_program(project, "sudo").is_none() {
        return Err("apt-get needs root, and there is no sudo".to_owned());
    } else if std::io::stdin().is_terminal() {
        Command::new("sudo").arg(apt_get)
    } else {
        // Nobody is there to type a password.
        Command::new("sudo").arg("--non-interactive").arg(apt_get)
    };
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["--quiet=2", "--option=Dpkg::Use-Pty=0"])
        .args(verb)
        .args(packages)
        .run()
}
