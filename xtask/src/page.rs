//! The built page: Trunk assembles dist/, then its texts are compressed once for all visits.

use crate::command::{Command, Outcome};
use crate::project::Project;
use crate::setup::Toolchain;
use crate::wasm;

pub fn build(project: &Project, toolchain: &Toolchain) -> Outcome<()> {
    wasm::build(project, toolchain)?;
    Command::new("trunk")
        .arg("build")
        // Looking for a newer Trunk would be a request to another machine.
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env("RUST_LOG", "warn")
        .run_in(project)?;
    Command::new("node").args(["xtask/compress.mjs", "write", "dist"]).run_in(project)
}
