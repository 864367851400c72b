//! The set-up: what each command needs, found or installed. A second run finds everything.

use std::path::{Path, PathBuf};

use crate::apt;
use crate::cargo_tools::{self, Tool};
use crate::command::{Outcome, find_program};
use crate::npm;
use crate::project::Project;
use crate::wasm_std::{self, Compilers};

/// What the builds work with.
pub struct Toolchain {
    pub compilers: Compilers,
    pub wasm_bindgen: Tool,
}

/// What the tests in a browser work with.
pub struct Browser {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
}

const CHROMIUM: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// What the engine alone needs.
pub fn for_wasm(project: &Project) -> Outcome<Toolchain> {
    npm::ensure(project)?;
    let compilers = wasm_std::ensure(project)?;
    let wasm_bindgen = cargo_tools::wasm_bindgen(project)?;
    wasm_bindgen.ensure(project)?;
    Ok(Toolchain { compilers, wasm_bindgen })
}

/// What the page needs, and what its tests need; only the former is fatal here.
pub fn everything(project: &Project) -> Outcome<Toolchain> {
    let toolchain = for_wasm(project)?;
    cargo_tools::trunk().ensure(project)?;
    let for_tests = [browser(project).err(), cargo_tools::wasm_pack().ensure(project).err()];
    for line in for_tests.into_iter().flatten() {
        eprintln!("only for the tests: {line}");
    }
    Ok(toolchain)
}

/// What packing the data sets anew needs: their source that only Debian ships.
pub fn for_data(project: &Project) -> Outcome<()> {
    if find_program(project, "python3").is_none() {
        apt::install(project, &["python3"]).map_err(|error| format!("Python is missing: {error}"))?;
    }
    if Path::new("/usr/share/datasets/fashion-mnist").is_dir() {
        return Ok(());
    }
    apt::install(project, &["dataset-fashion-mnist"])
        .map_err(|error| format!("Fashion-MNIST is missing: {error}"))
}

/// The browser of the tests and its driver.
pub fn browser(project: &Project) -> Outcome<Browser> {
    let find = || {
        let chromium = CHROMIUM.iter().find_map(|name| find_program(project, name))?;
        let chromedriver = find_program(project, "chromedriver")?;
        Some(Browser { chromium, chromedriver })
    };
    if let Some(browser) = find() {
        return Ok(browser);
    }
    apt::install(project, &["chromium", "chromium-driver"])
        .map_err(|error| format!("Chromium and its driver are missing: {error}"))?;
    find().ok_or_else(|| "Chromium was installed, but not into a folder of PATH".to_owned())
}
