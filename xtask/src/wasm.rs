//! The engine in both variants: compiled, bound to JavaScript, optimised into pkg/.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::command::{Command, Outcome};
use crate::project::Project;
use crate::setup::Toolchain;
use crate::stamp::{self, Fingerprint, files_below};
use crate::wasm_std::{Compiler, TARGET};

/// What `pkg/single` may weigh on the wire, compressed with brotli. It is to be 400,000 again: units of
/// every kind, circuits, the drawn network, links and a network that learns digits made it what it is.
pub const SINGLE_LIMIT_BYTES: u64 = 502_000;

/// Shared memory must declare its end; browsers only reserve addresses for it.
const THREADS_MAX_MEMORY_BYTES: u64 = 2 << 30;

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

/// Keeps LLVM from undoing what loops are written for: V8 takes instructions as they come. LLVM would
/// rearrange them within a block until the operands of a product's tile no longer fit the registers, and
/// rewrite addresses so that their constant parts no longer fit into the loads. Products gain 1 to 3 %
/// by it (12 % with a transposed `lhs`, half with a transposed `rhs` of few rows), networks 2 to 5 %.
const KEEP_ORDER: [&str; 2] = ["-pre-RA-sched=source", "-disable-lsr"];

/// One of the two builds of the same source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// SIMD, one thread: works everywhere.
    Single,
    /// SIMD and threads over shared memory: only in isolated pages.
    Threads,
}

impl Variant {
    pub const ALL: [Self; 2] = [Self::Single, Self::Threads];

    pub fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Threads => "threads",
        }
    }

    pub fn compiler(self, toolchain: &Toolchain) -> Compiler {
        match self {
            Self::Single => toolchain.compilers.single,
            Self::Threads => toolchain.compilers.threads,
        }
    }

    pub fn features(self) -> &'static [&'static str] {
        match self {
            Self::Single => &[],
            Self::Threads => &["--features", "threads"],
        }
    }

    /// The compiler's flags; set as a whole, so that a user's own RUSTFLAGS cannot drop SIMD.
    pub fn rustflags(self) -> String {
        let mut flags = vec!["-Ctarget-feature=+simd128".to_owned()];
        flags.extend(KEEP_ORDER.map(|argument| format!("-Cllvm-args={argument}")));
        if self == Self::Threads {
            flags.push("-Ctarget-feature=+atomics,+bulk-memory,+mutable-globals".to_owned());
            let max_memory = format!("--max-memory={THREADS_MAX_MEMORY_BYTES}");
            let exports = ["__wasm_init_tls", "__tls_size", "__tls_align", "__tls_base", "__heap_base"];
            let link = ["--shared-memory".to_owned(), "--import-memory".to_owned(), max_memory];
            let link = link.into_iter().chain(exports.map(|symbol| format!("--export={symbol}")));
            flags.extend(link.map(|argument| format!("-Clink-arg={argument}")));
        }
        flags.join(" ")
    }

    /// Folders of their own, so that neither variant undoes the other's build.
    pub fn target_dir(self, project: &Project) -> PathBuf {
        project.target().join(format!("wasm-{}", self.name()))
    }

    pub fn package(self, project: &Project) -> PathBuf {
        project.path("pkg").join(self.name())
    }
}

/// Brings both variants in pkg/ up to date.
pub fn build(project: &Project, toolchain: &Toolchain) -> Outcome<()> {
    Variant::ALL.iter().try_for_each(|variant| build_variant(project, toolchain, *variant))?;
    let bytes = compressed_bytes(project, Variant::Single)?;
    println!("pkg/single: {:.1} KB with brotli", bytes as f64 / 1000.0);
    Ok(())
}

/// What the files that a page loads of a variant weigh, compressed with brotli.
pub fn compressed_bytes(project: &Project, variant: Variant) -> Outcome<u64> {
    let package = variant.package(project);
    let node = Command::new("node").arg("xtask/compress.mjs").arg("measure");
    let files = [package.join("cajal.js"), package.join("cajal_bg.wasm")];
    let printed = node.args(files).in_project(project).read()?;
    printed.trim().parse().map_err(|_| format!("compress.mjs printed `{printed}`"))
}

fn build_variant(project: &Project, toolchain: &Toolchain, variant: Variant) -> Outcome<()> {
    let compiled = compile(project, toolchain, variant)?;
    let package = variant.package(project);
    let fingerprint = Fingerprint::new()
        .setting(&toolchain.wasm_bindgen.version)
        // What is done to the compiled file stands here.
        .setting(include_str!("wasm.rs"))
        .path(&project.path("package-lock.json"))?
        .path(&compiled)?
        .finish();
    let stamp = project.target().join("stamps").join(format!("pkg-{}", variant.name()));
    if package.join("cajal_bg.wasm").is_file() && stamp::is_fresh(&stamp, &fingerprint) {
        return Ok(());
    }
    let began = Instant::now();
    stamp::clear(&stamp);
    bind(project, variant, &compiled)?;
    optimise(project, variant)?;
    println!("pkg/{}: bound and optimised in {:.1} s", variant.name(), began.elapsed().as_secs_f64());
    stamp::write(&stamp, &fingerprint)
}

/// Cargo knows best whether there is anything to do.
fn compile(project: &Project, toolchain: &Toolchain, variant: Variant) -> Outcome<PathBuf> {
    let target_dir = variant.target_dir(project);
    Command::cargo()
        .args(["build", "--release", "--lib", "--package", "cajal", "--target", TARGET])
        .args(variant.features())
        .arg("--target-dir")
        .arg(&target_dir)
        .envs(&variant.compiler(toolchain).environment())
        .env("RUSTFLAGS", variant.rustflags())
        .run_in(project)?;
    Ok(target_dir.join(TARGET).join("release/cajal.wasm"))
}

fn bind(project: &Project, variant: Variant, compiled: &Path) -> Outcome<()> {
    let package = variant.package(project);
    if package.exists() {
        // Snippets of an older version must not stay.
        fs::remove_dir_all(&package)
            .map_err(|error| format!("cannot empty {}: {error}", package.display()))?;
    }
    Command::new("wasm-bindgen")
        .args(["--target", "web", "--out-name", "cajal", "--out-dir"])
        .arg(&package)
        .arg(compiled)
        .run_in(project)?;
    files_below(&package.join("snippets"))?.iter().try_for_each(|snippet| modernise(snippet))?;
    minify(project, &package.join("cajal.js"))
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

fn optimise(project: &Project, variant: Variant) -> Outcome<()> {
    let bound = variant.package(project).join("cajal_bg.wasm");
    let optimised = variant.package(project).join("optimised.wasm");
    let threads: &[&str] = if variant == Variant::Threads { &["--enable-threads"] } else { &[] };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_variant_with_threads_shares_its_memory() {
        assert!(!Variant::Single.rustflags().contains("shared-memory"));
        let threads = Variant::Threads.rustflags();
        for part in ["+simd128", "+atomics", "--shared-memory", "--max-memory=2147483648"] {
            assert!(threads.contains(part), "{part} is not in {threads}");
        }
    }
}
