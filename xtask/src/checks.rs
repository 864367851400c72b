//! What `check` and `test` run, in the order in which a fault is cheapest to find.

use std::process::ExitCode;

use crate::cargo_tools;
use crate::command::{Command, Outcome};
use crate::floors;
use crate::npm;
use crate::page;
use crate::project::Project;
use crate::server::Server;
use crate::setup::{self, Toolchain};
use crate::steps::Steps;
use crate::variant::{Package, Part, Variant};
use crate::wasm;
use crate::wasm_std::{self, Compiler, TARGET};

/// A browser test trains networks; the default of 20 s is for smaller things.
const BROWSER_TEST_SECONDS: &str = "300";

/// The quick inner loop: nothing that needs a browser or an optimised build.
pub fn quick(project: &Project) -> ExitCode {
    let mut steps = Steps::default();
    steps.run("format", || cargo(project, &["fmt", "--all", "--check"]));
    steps.run("floors", || floors::check(project));
    steps.run("clippy", || clippy(project, &[]));
    steps.run("unit tests", || cargo(project, &["test", "--quiet", "--workspace", "--lib", "--bins"]));
    // The bindings exist only there.
    steps.run("clippy, wasm", || clippy_wasm(project, Variant::Single, wasm_std::ensure(project)?.single));
    if steps.run("npm packages", || npm::ensure(project)).is_some() {
        steps.run("engine's types", || types_of_engine(project));
        page_checks(project, &mut steps);
    }
    steps.finish()
}

/// Everything, end-to-end tests in a browser included.
pub fn everything(project: &Project) -> ExitCode {
    let mut steps = Steps::default();
    let toolchain = steps.run("set-up", || setup::everything(project));
    steps.run("format", || cargo(project, &["fmt", "--all", "--check"]));
    steps.run("floors", || floors::check(project));
    steps.run("clippy", || clippy(project, &[]));
    steps.run("clippy, threads", || clippy(project, &["--features", "threads"]));
    steps.run("tests", || cargo(project, &["test", "--workspace"]));
    steps.run("tests, threads", || {
        cargo(project, &["test", "--package", "cajal", "--lib", "--tests", "--features", "threads"])
    });
    match toolchain {
        Some(toolchain) => in_browsers(project, &toolchain, &mut steps),
        None => steps.cannot_run("everything in browsers", "the set-up failed"),
    }
    steps.finish()
}

fn in_browsers(project: &Project, toolchain: &Toolchain, steps: &mut Steps) {
    for variant in Variant::ALL {
        steps.run(&format!("clippy, wasm {}", variant.name()), || {
            clippy_wasm(project, variant, variant.compiler(toolchain))
        });
    }
    for part in Part::ALL {
        steps.run(&format!("clippy, wasm {}", part.name()), || clippy_part(project, toolchain, part));
    }
    let built = steps.run("page", || page::build(project, toolchain)).is_some();
    page_checks(project, steps);
    for (name, test) in [("wasm-pack, page's thread", "web"), ("wasm-pack, worker", "web_worker")] {
        steps.run(name, || wasm_pack(project, toolchain, test));
    }
    if built {
        steps.run("size of pkg/single", || wasm::single_packages().try_for_each(|one| size(project, one)));
        steps.run("end to end", || end_to_end(project));
    } else {
        steps.cannot_run("end to end", "there is no page");
    }
}

fn page_checks(project: &Project, steps: &mut Steps) {
    steps.run("TypeScript, page", || node_tool(project, "tsc", &["--project", "tsconfig.json"]));
    steps.run("TypeScript, worker", || node_tool(project, "tsc", &["--project", "tsconfig.worker.json"]));
    steps.run("biome", || node_tool(project, "biome", &["ci", "--log-level=warn"]));
    steps.run("vitest", || node_tool(project, "vitest", &["run"]));
}

fn cargo(project: &Project, arguments: &[&str]) -> Outcome<()> {
    Command::cargo().args(arguments).run_in(project)
}

fn node_tool(project: &Project, tool: &str, arguments: &[&str]) -> Outcome<()> {
    Command::new(tool).args(arguments).run_in(project)
}

fn clippy(project: &Project, features: &[&str]) -> Outcome<()> {
    let scope = if features.is_empty() {
        ["--workspace", "--all-targets"]
    } else {
        ["--package=cajal", "--all-targets"]
    };
    let command = Command::cargo().args(["clippy", "--quiet"]).args(scope).args(features);
    command.args(["--", "--deny", "warnings"]).run_in(project)
}

/// Both parts at once, with the tests that run in browsers.
fn clippy_wasm(project: &Project, variant: Variant, compiler: Compiler) -> Outcome<()> {
    clippy_lib(project, variant, compiler, &["--test", "web*"], variant.features())
}

/// A part alone: what nothing in it needs shows itself.
fn clippy_part(project: &Project, toolchain: &Toolchain, part: Part) -> Outcome<()> {
    let package = Package { variant: Variant::Single, part };
    let compiler = package.variant.compiler(toolchain);
    clippy_lib(project, package.variant, compiler, &[], &package.features())
}

fn clippy_lib(
    project: &Project,
    variant: Variant,
    compiler: Compiler,
    more: &[&str],
    features: &[&str],
) -> Outcome<()> {
    compiler
        .clippy()
        .args(["--quiet", "--package", "cajal", "--target", TARGET, "--lib"])
        .args(more)
        .args(features)
        .arg("--target-dir")
        .arg(variant.target_dir(project))
        .args(["--", "--deny", "warnings"])
        .envs(&compiler.environment())
        .env("RUSTFLAGS", variant.rustflags())
        .run_in(project)
}

/// The page's types come from the engine; a stale engine is good enough for the quick loop.
fn types_of_engine(project: &Project) -> Outcome<()> {
    if wasm::single_packages().all(|package| package.folder(project).join("cajal.d.ts").is_file()) {
        return Ok(());
    }
    wasm::build(project, &setup::for_wasm(project)?)
}

/// One file of tests/ in headless Chromium.
fn wasm_pack(project: &Project, toolchain: &Toolchain, test: &str) -> Outcome<()> {
    cargo_tools::wasm_pack().ensure(project)?;
    let browser = setup::browser(project)?;
    let compiler = Variant::Single.compiler(toolchain);
    // wasm-pack looks for a library that rustup installed, unless told not to.
    let mode = if compiler == Compiler::Debian { "no-install" } else { "normal" };
    Command::new("wasm-pack")
        .args(["test", "--headless", "--chrome", "--mode", mode, "--chromedriver"])
        .arg(&browser.chromedriver)
        .args(["--", "--test", test])
        .envs(&compiler.environment())
        .env("RUSTFLAGS", Variant::Single.rustflags())
        .env("CARGO_TARGET_DIR", Variant::Single.target_dir(project))
        .env("WASM_BINDGEN_TEST_TIMEOUT", BROWSER_TEST_SECONDS)
        .run_in(project)
}

fn size(project: &Project, package: Package) -> Outcome<()> {
    let bytes = wasm::compressed_bytes(project, package)?;
    let (name, limit) = (package.name(), package.part.limit_bytes());
    println!("{name}: {bytes} bytes with brotli, at most {limit}");
    if bytes <= limit { Ok(()) } else { Err(format!("{name} is {} bytes too big", bytes - limit)) }
}

fn end_to_end(project: &Project) -> Outcome<()> {
    let vitest = Command::new("vitest").args(["run", "--config", "e2e/vitest.config.ts"]);
    against_page(project, vitest)
}

/// Runs a program that looks at the built page in Chromium, served as `cargo xtask serve` does.
pub fn against_page(project: &Project, program: Command) -> Outcome<()> {
    let browser = setup::browser(project)?;
    let server = Server::bind(project, 0)?;
    let address = format!("http://localhost:{}/", server.port());
    server.start();
    program.env("CAJAL_URL", address).env("CAJAL_CHROMIUM", &browser.chromium).run_in(project)
}
