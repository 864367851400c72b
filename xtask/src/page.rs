//! The built page: Trunk assembles dist/, then its texts are compressed once for all visits.

use crate::command::{Command, Outcome};
use crate::project::Project;
use crate::setup::Toolchain;
use crate::stamp::{self, Fingerprint};
use crate::wasm;

/// What the page is made of; pkg/ is renewed before.
const PARTS: [&str; 6] = ["index.html", "Trunk.toml", "www", "pkg", "data", "package-lock.json"];

pub fn build(project: &Project, toolchain: &Toolchain) -> Outcome<()> {
    wasm::build(project, toolchain)?;
    let parts = PARTS.iter().map(|part| project.path(part));
    let fingerprint = parts.into_iter().try_fold(Fingerprint::new(), |sum, part| sum.path(&part))?;
    let fingerprint = fingerprint.setting(include_str!("../compress.mjs")).finish();
    // Trunk renews the folder, so `trunk serve` removes the note that its texts are compressed.
    let stamp = project.path("dist/.inputs");
    if stamp::is_fresh(&stamp, &fingerprint) {
        return Ok(());
    }
    Command::new("trunk")
        .arg("build")
        // Looking for a newer Trunk would be a request to another machine.
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env("RUST_LOG", "warn")
        .run_in(project)?;
    Command::new("node").args(["xtask/compress.mjs", "write", "dist"]).run_in(project)?;
    stamp::write(&stamp, &fingerprint)
}
