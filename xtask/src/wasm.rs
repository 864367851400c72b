//! The packages of the engine: compiled, bound to JavaScript, optimised into pkg/.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::command::{Command, Outcome};
use crate::project::Project;
use crate::setup::Toolchain;
use crate::stamp::{self, Fingerprint, files_below};
use crate::variant::{Package, Part, Variant};
use crate::wasm_std::TARGET;

/// Passes that keep the bits: nothing here lets floating-point operations be rearranged.
const OPTIMISE: [&str; 10] = [
    "-O3",
    "--converge",
    // The far end of the stack lies there, so nothing that is in use.
    "--low-memory-unused",
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Brings every package in pkg/ up to date.
pub fn build(project: &Project, toolchain: &Toolchain) -> Outcome<()> {
    Package::all().try_for_each(|package| build_package(project, toolchain, package))?;
    single_packages().try_for_each(|package| {
        let bytes = compressed_bytes(project, package)?;
        println!("{}: {:.1} KB with brotli", package.name(), bytes as f64 / 1000.0);
        Ok(())
    })
}

/// Those that every browser can load.
pub fn single_packages() -> impl Iterator<Item = Package> {
    Part::ALL.into_iter().map(|part| Package { variant: Variant::Single, part })
}

/// What the files that a page loads of a package weigh, compressed with brotli.
pub fn compressed_bytes(project: &Project, package: Package) -> Outcome<u64> {
    let folder = package.folder(project);
    let node = Command::new("node").arg("xtask/compress.mjs").arg("measure");
    let files = [folder.join("cajal.js"), folder.join("cajal_bg.wasm")];
    let printed = node.args(files).in_project(project).read()?;
    printed.trim().parse().map_err(|_| format!("compress.mjs printed `{printed}`"))
}

fn build_package(project: &Project, toolchain: &Toolchain, package: Package) -> Outcome<()> {
    let compiled = compile(project, toolchain, package)?;
    let fingerprint = Fingerprint::new()
        .setting(&toolchain.wasm_bindgen.version)
        // What is done to the compiled file stands here.
        .setting(include_str!("wasm.rs"))
        .path(&project.path("package-lock.json"))?
        .path(&compiled)?
        .finish();
    let stamp = project.target().join("stamps").join(package.name().replace('/', "-"));
    if package.folder(project).join("cajal_bg.wasm").is_file() && stamp::is_fresh(&stamp, &fingerprint) {
        return Ok(());
    }
    let began = Instant::now();
    stamp::clear(&stamp);
    bind(project, package, &compiled)?;
    optimise(project, package)?;
    println!("{}: bound and optimised in {:.1} s", package.name(), began.elapsed().as_secs_f64());
    stamp::write(&stamp, &fingerprint)
}

/// Cargo knows best whether there is anything to do. Both parts of a variant become the same file, the one
/// after the other.
fn compile(project: &Project, toolchain: &Toolchain, package: Package) -> Outcome<PathBuf> {
    let variant = package.variant;
    let target_dir = variant.target_dir(project);
    Command::cargo()
        .args(["build", "--release", "--lib", "--package", "cajal", "--target", TARGET])
        .args(package.features())
        .arg("--target-dir")
        .arg(&target_dir)
        .envs(&variant.compiler(toolchain).environment())
        .env("RUSTFLAGS", variant.rustflags())
        .run_in(project)?;
    Ok(target_dir.join(TARGET).join("release/cajal.wasm"))
}

fn bind(project: &Project, package: Package, compiled: &Path) -> Outcome<()> {
    let folder = package.folder(project);
    if folder.exists() {
        // Snippets of an older version must not stay.
        fs::remove_dir_all(&folder).map_err(|error| format!("cannot empty {}: {error}", folder.display()))?;
    }
    Command::new("wasm-bindgen")
        .args(["--target", "web", "--out-name", "cajal", "--out-dir"])
        .arg(&folder)
        .arg(compiled)
        .run_in(project)?;
    files_below(&folder.join("snippets"))?.iter().try_for_each(|snippet| modernise(snippet))?;
    minify(project, &folder.join("cajal.js"))
}

/// What wasm-bindgen writes is meant to be read: half of it, compressed, are comments and long names.
fn minify(project: &Project, script: &Path) -> Outcome<()> {
    Command::new(project.path("node_modules/.bin/esbuild"))
        .args(["--minify", "--format=esm", "--allow-overwrite", "--log-level=warning"])
        .arg(format!("--outfile={}", script.display()))
        .arg(script)
        .run_in(project)
}

/// wasm-bindgen-rayon starts its threads with a call that wasm-bindgen has since deprecated, and
/// each thread would complain in the console.
fn modernise(snippet: &Path) -> Outcome<()> {
    let text = String::from_utf8_lossy(&stamp::read(snippet)?).replace(
        "pkg.default(data.module, data.memory)",
        "pkg.default({ module_or_path: data.module, memory: data.memory })",
    );
    fs::write(snippet, text).map_err(|error| format!("cannot write {}: {error}", snippet.display()))
}

fn optimise(project: &Project, package: Package) -> Outcome<()> {
    let folder = package.folder(project);
    let bound = folder.join("cajal_bg.wasm");
    let optimised = folder.join("optimised.wasm");
    let threads: &[&str] = if package.variant == Variant::Threads { &["--enable-threads"] } else { &[] };
    Command::new("node")
        .arg("node_modules/binaryen/bin/wasm-opt")
        .args(OPTIMISE)
        .args(threads)
        .arg(&bound)
        .arg("--output")
        .arg(&optimised)
        .run_in(project)?;
    fs::rename(&optimised, &bound).map_err(|error| format!("cannot replace {}: {error}", bound.display()))
}
