//! The floors of the engine: an import points down, or sideways only where the table says so.

use std::fs;
use std::path::Path;

use crate::command::Outcome;
use crate::project::Project;
use crate::rust_paths;
use crate::stamp::files_below;
use crate::www_imports;

/// The modules of each floor, lowest first.
const FLOORS: [&[&str]; 6] = [
    &["kernels", "rng", "math", "parallel", "units", "describe", "digest", "decimal", "order"],
    &["graph", "gpu", "neurons", "data"],
    &["ann", "snn"],
    &["learning"],
    &["session", "experiment", "interchange", "catalogue", "workload"],
    &["bindings"],
];

/// Neighbours that may be imported on one floor, besides those of the lowest, which all may.
/// The catalogue lists what the others declare, so none of them imports it.
const SIDEWAYS: [(&str, &[&str]); 5] = [
    ("gpu", &["graph", "neurons"]),
    ("graph", &["neurons"]),
    ("experiment", &["session"]),
    ("interchange", &["session", "experiment"]),
    ("catalogue", &["session", "experiment", "interchange"]),
];

/// The module with the bindings, the only one that may name wasm-bindgen.
const BINDINGS: &str = "bindings";

/// Fails with every import that points the wrong way, in the engine and in the page.
pub fn check(project: &Project) -> Outcome<()> {
    let mut wrong = Vec::new();
    let source = project.path("src");
    for file in files_below(&source)? {
        if file.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            let relative = file.strip_prefix(&source).unwrap_or(&file);
            let findings = check_file(relative, &text);
            wrong.extend(
                findings.into_iter().map(|(line, why)| format!("src/{}:{line}: {why}", relative.display())),
            );
        }
    }
    wrong.extend(www_imports::check(project)?);
    match wrong.as_slice() {
        [] => Ok(()),
        lines => Err(format!("{} wrong imports\n{}", lines.len(), lines.join("\n"))),
    }
}

/// The faults of one file below src/, each with its line.
fn check_file(relative: &Path, text: &str) -> Vec<(usize, String)> {
    let module = module_of(relative);
    let segments: Vec<&str> = module.iter().map(String::as_str).collect();
    let Some(&importer) = segments.first() else {
        // The root only declares the modules.
        return Vec::new();
    };
    if floor_of(importer).is_none() {
        return vec![(1, format!("`{importer}` stands on no floor: put it into the table of floors"))];
    }
    let findings = rust_paths::read(text, &segments);
    let mut wrong = Vec::new();
    for mention in findings.mentions.iter().filter(|mention| !mention.is_macro) {
        if let Some(why) = mention.path.first().and_then(|imported| fault(importer, imported)) {
            wrong.push((mention.line, why));
        }
    }
    if importer != BINDINGS {
        let why = "wasm_bindgen belongs into src/bindings/ only";
        wrong.extend(findings.bindings.iter().map(|&line| (line, why.to_owned())));
    }
    wrong
}

/// Why `importer` may not import `imported`, where it may not.
fn fault(importer: &str, imported: &str) -> Option<String> {
    if importer == imported {
        return None;
    }
    let from = floor_of(importer)?;
    let Some(to) = floor_of(imported) else {
        return Some(format!("`crate::{imported}` hides its floor: name the module it comes from"));
    };
    let allowed = match to.cmp(&from) {
        std::cmp::Ordering::Less => true,
        std::cmp::Ordering::Equal => from == 0 || may_look_sideways(importer, imported),
        std::cmp::Ordering::Greater => false,
    };
    if allowed {
        return None;
    }
    let direction = if to > from { "up" } else { "sideways" };
    Some(format!("`{importer}` (floor {from}) imports {direction}: `{imported}` (floor {to})"))
}

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

fn may_look_sideways(importer: &str, imported: &str) -> bool {
    SIDEWAYS.iter().any(|(from, to)| *from == importer && to.contains(&imported))
}

/// `graph/plan.rs` is `graph::plan`; `graph/mod.rs` is `graph`; `lib.rs` is the root.
fn module_of(relative: &Path) -> Vec<String> {
    let mut module: Vec<String> =
        relative.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib")) {
        module.pop();
    }
    module
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(file: &str, text: &str) -> Vec<String> {
        check_file(Path::new(file), text).into_iter().map(|(_, why)| why).collect()
    }

    #[test]
    fn imports_that_must_fail() {
        for (file, text) in [
            ("graph/plan.rs", "use crate::ann::Dense;"),
            ("kernels/matmul.rs", "use crate::graph::Plan;"),
            ("rng.rs", "fn f() { crate::session::run() }"),
            ("ann/dense.rs", "use crate::snn::Synapse;"),
            ("snn/mod.rs", "use crate::{rng, ann::Dense};"),
            ("neurons/lif.rs", "use crate::graph::Plan;"),
            ("graph/mod.rs", "use crate::gpu::Device;"),
            ("graph/mod.rs", "use crate::data::Set;"),
            ("session/mod.rs", "use crate::experiment::Config;"),
            ("experiment/mod.rs", "use crate::catalogue;"),
            ("ann/dense.rs", "#[cfg(test)] mod tests { use crate::experiment::Config; }"),
            ("ann/dense.rs", "mod tests { use super::super::super::learning::Rule; }"),
            ("catalogue.rs", "use super::bindings;"),
            ("math.rs", "macro_rules! m { () => { $crate::ann::x() } }"),
            ("session/mod.rs", "#[wasm_bindgen] pub struct Session;"),
            ("session/mod.rs", "#[cfg_attr(target_arch = \"wasm32\", wasm_bindgen)] struct Session;"),
            ("ann/dense.rs", "use crate::Plan;"),
            ("helpers.rs", ""),
            ("helpers/mod.rs", ""),
        ] {
            assert_eq!(faults(file, text).len(), 1, "{file}: {text}: {:?}", faults(file, text));
        }
    }

    #[test]
    fn imports_that_may_be() {
        for (file, text) in [
            ("lib.rs", "pub use crate::session::Session;"),
            ("graph/plan.rs", "use crate::kernels::matmul; use crate::neurons::Lif; use super::ops;"),
            ("gpu/mod.rs", "use crate::{graph::Plan, neurons::Lif};"),
            ("kernels/matmul.rs", "use crate::parallel; use crate::math::exp;"),
            ("ann/dense.rs", "// not crate::snn\nuse crate::graph::Plan; use super::Layer;"),
            ("experiment/mod.rs", "use crate::session::Session; use crate::ann::x; use crate::snn::y;"),
            ("catalogue.rs", "use crate::experiment::Config; use crate::neurons::lif;"),
            ("bindings/mod.rs", "use wasm_bindgen::prelude::*; use crate::session::Session;"),
            ("parallel.rs", "use wasm_bindgen_rayon::init_thread_pool;"),
            ("ann/dense.rs", "crate::table!();"),
            ("ann/dense.rs", "mod tests { use super::*; use super::super::conv; }"),
        ] {
            assert_eq!(faults(file, text), Vec::<String>::new(), "{file}: {text}");
        }
    }

    #[test]
    fn a_fault_names_both_floors() {
        assert_eq!(
            faults("graph/plan.rs", "use crate::ann::Dense;"),
            ["`graph` (floor 1) imports up: `ann` (floor 2)"]
        );
    }

    #[test]
    fn faults_of_engine_and_page_are_told_with_their_places() {
        let root = std::env::temp_dir().join(format!("cajal-floors-{}", std::process::id()));
        for (file, text) in [
            ("src/lib.rs", "mod rng;"),
            ("src/rng.rs", "\nuse crate::graph::Plan;"),
            ("www/page/view.ts", "import init from '../../pkg/single/layered/cajal.js';"),
            ("www/engine/worker.ts", "await import('./pkg/single/layered/cajal.js');"),
        ] {
            let file = root.join(file);
            fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("writable");
            fs::write(file, text).expect("writable");
        }
        let outcome = check(&Project { root: root.clone() });
        fs::remove_dir_all(&root).expect("it was made above");
        let message = outcome.expect_err("two imports are wrong");
        let lines: Vec<&str> = message.lines().collect();
        assert_eq!(lines.len(), 3, "{message}");
        assert!(lines[1].starts_with("src/rng.rs:2: "), "{message}");
        assert!(lines[2].starts_with("www/page/view.ts:1: "), "{message}");
    }
}
