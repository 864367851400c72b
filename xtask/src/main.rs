//! `cargo xtask`: every command of the project, in plain Rust and without dependencies.
//!
//! Each file is one idea: what a command needs (`setup`, `apt`, `cargo_tools`, `npm`, `wasm_std`),
//! what is built (`wasm`, `page`), how it is served (`http`, `server`), how it is checked (`floors`,
//! `www_imports`, `steps`, `checks`) and measured (`bench`, `bench_spiking`).

mod apt;
mod bench;
mod bench_spiking;
mod cargo_tools;
mod checks;
mod command;
mod floors;
mod http;
mod npm;
mod page;
mod project;
mod rust_paths;
mod server;
mod setup;
mod stamp;
mod steps;
mod variant;
mod wasm;
mod wasm_std;
mod www_imports;

use std::process::ExitCode;

use command::{Command, Outcome};
use project::Project;

const USAGE: &str = "\
usage: cargo xtask <command>

  setup                 install what is missing
  serve [--port PORT]   build everything and serve the page on http://localhost:8080
  wasm                  build the packages of the engine into pkg/
  check                 the quick inner loop: format, lints, floors, unit tests
  test                  everything, end-to-end tests in a browser included
  floors                check that imports point down only
  data [--check]        make the packed data sets in data/ anew, or compare them
  accuracy [RUN ...]    the long accuracy runs, natively and in Chromium: dense, spiking, rules, stdp, spiral
  bench [--only NAME] [--rounds N]
                        the engine and its peers in one Chromium; without --only, benches/RESULTS.md
  bench --spiking [--only NAME] [--rounds N] [--limit SECONDS]
                        spiking networks beside Brian2 and NEST, where pip brings them
  lighthouse [ROUNDS [ROOM ...]]
                        Lighthouse on every room, desktop and mobile, against its bars; all rooms in three
                        rounds or more make benches/LIGHTHOUSE.md
  pictures [FOLDER [NAME ...]]
                        every room while it runs, on three screens, light and dark, and the pictures of
                        docs/, into target/pictures; NAME is a part of a picture's name
  soak [SECONDS [SEED]] random clicking and typing, in each room ten minutes if nothing is said";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&Project::find(), &arguments) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(project: &Project, arguments: &[&str]) -> Outcome<ExitCode> {
    match *arguments {
        ["check"] => return Ok(checks::quick(project)),
        ["test"] => return Ok(checks::everything(project)),
        _ => {}
    }
    run_one(project, arguments).map(|()| ExitCode::SUCCESS)
}

fn run_one(project: &Project, arguments: &[&str]) -> Outcome<()> {
    match *arguments {
        ["setup"] => setup::everything(project).map(drop),
        ["wasm"] => wasm::build(project, &setup::for_wasm(project)?),
        ["serve"] => serve(project, 8080),
        ["serve", "--port", port] => {
            let port = port.parse().map_err(|_| format!("--port wants a number, not `{port}`"))?;
            serve(project, port)
        }
        ["floors"] => floors::check(project),
        ["data"] => data(project, &[]),
        ["data", "--check"] => data(project, &["--check"]),
        ["accuracy", ref runs @ ..] => {
            let native = Command::cargo().args(["run", "--release", "--example", "accuracy", "--"]);
            native.args(runs).run_in(project)?;
            in_browser(project, "e2e/accuracy.mjs", runs)
        }
        ["bench", "--spiking", ref arguments @ ..] => bench_spiking::run(project, arguments),
        ["bench", ref arguments @ ..] => bench::run(project, arguments),
        ["lighthouse", ref arguments @ ..] => {
            let folder = project.path("benches/lighthouse");
            npm::ensure_in(project, &folder, "Lighthouse (180 MB, half a minute)")?;
            in_browser(project, "benches/lighthouse/audit.mjs", arguments)
        }
        ["pictures", ref arguments @ ..] => in_browser(project, "e2e/pictures.mjs", arguments),
        ["soak"] => soak(project, "600", "1"),
        ["soak", seconds] => soak(project, seconds, "1"),
        ["soak", seconds, seed] => soak(project, seconds, seed),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(format!("unknown command `{}`\n\n{USAGE}", arguments.join(" "))),
    }
}

/// Random clicking and typing, the test of the same name with more time.
fn soak(project: &Project, seconds: &str, seed: &str) -> Outcome<()> {
    for number in [seconds, seed] {
        number.parse::<u32>().map_err(|_| format!("soak wants numbers, not `{number}`"))?;
    }
    let toolchain = setup::everything(project)?;
    page::build(project, &toolchain)?;
    let tests = ["run", "--config", "e2e/vitest.config.ts", "e2e/monkey.test.ts"];
    let vitest = Command::new("vitest").args(tests);
    let vitest = vitest.env("CAJAL_MONKEY_SECONDS", seconds).env("CAJAL_MONKEY_SEED", seed);
    checks::against_page(project, vitest)
}

/// Runs a script of Node's against the built page.
fn in_browser(project: &Project, script: &str, arguments: &[&str]) -> Outcome<()> {
    let toolchain = setup::everything(project)?;
    page::build(project, &toolchain)?;
    checks::against_page(project, Command::new("node").arg(script).args(arguments))
}

fn data(project: &Project, arguments: &[&str]) -> Outcome<()> {
    setup::for_data(project)?;
    Command::new("python3").arg("data/pack.py").args(arguments).run_in(project)
}

fn serve(project: &Project, port: u16) -> Outcome<()> {
    let toolchain = setup::everything(project)?;
    page::build(project, &toolchain)?;
    let server = server::Server::bind(project, port)?;
    println!("Cajal is served on http://localhost:{}", server.port());
    server.run()
}
