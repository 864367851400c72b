//! The spiking works: the engine in Chromium and natively, beside the native simulators where pip brings
//! them into an environment of their own.

use std::path::{Path, PathBuf};

use crate::command::{Command, Outcome};
use crate::npm;
use crate::project::Project;
use crate::server::Server;
use crate::setup;
use crate::stamp::{self, Fingerprint};
use crate::wasm;

/// What the report is made from, where builds leave things, and what too few rounds gave.
const MEASURED: &str = "target/bench/spiking.json";
const GLIMPSED: &str = "target/bench/spiking-glimpse.json";
/// Simulators to compare with; `setuptools` and Cython compile Brian2's code.
const PEERS: [&str; 5] = ["brian2==2.9.0", "numpy<2.4", "nest-simulator==3.10.0", "cython", "setuptools<81"];

/// Measures the works that `arguments` ask for and renews their rows of RESULTS.md; the rows of other works
/// stay, with the date and the commit that they were measured at.
pub fn run(project: &Project, arguments: &[&str]) -> Outcome<()> {
    let is_written_down = refuse_unknown(arguments)?;
    let toolchain = setup::for_wasm(project)?;
    let browser = setup::browser(project)?;
    npm::ensure(project)?;
    wasm::build(project, &toolchain)?;
    stamp::make_folder(&project.target().join("bench"))?;
    Command::cargo().args(["bench", "--quiet", "--bench", "spiking", "--no-run"]).run_in(project)?;

    let server = Server::bind_bench(project)?;
    let address = format!("http://localhost:{}/", server.port());
    server.start();
    let measured = project.path(if is_written_down { MEASURED } else { GLIMPSED });
    let measure = Command::new("node")
        .args(["benches/spiking/run.mjs".as_ref(), measured.as_os_str()])
        .args(arguments)
        .env("CAJAL_URL", address)
        .env("CAJAL_CHROMIUM", &browser.chromium);
    let measure = match peers(project) {
        Ok(python) => measure.env("CAJAL_PEERS", python),
        Err(why) => {
            println!("The native simulators are not available: {why}");
            measure
        }
    };
    measure.run_in(project)?;

    let report = Command::new("node").arg("benches/spiking/report.mjs").arg(measured);
    if is_written_down { report.arg("benches/RESULTS.md").run_in(project) } else { report.run_in(project) }
}

/// The Python of an environment that has the simulators and nothing else needs.
fn peers(project: &Project) -> Outcome<PathBuf> {
    let folder = project.target().join("bench/peers");
    let python = folder.join("bin/python");
    let fingerprint = PEERS.iter().fold(Fingerprint::new(), |all, peer| all.setting(peer)).finish();
    let stamp = folder.join(".cajal-peers");
    if stamp::is_fresh(&stamp, &fingerprint) {
        return Ok(python);
    }
    println!("pip installs the native simulators into {} (a minute)", folder.display());
    if !python.is_file() {
        Command::new("python3").args(["-m", "venv"]).arg(&folder).read()?;
    }
    install(&python)?;
    stamp::write(&stamp, &fingerprint)?;
    Ok(python)
}

fn install(python: &Path) -> Outcome<()> {
    let pip = Command::new(python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip.args(PEERS).read().map(drop)
}

/// Whether works are measured often enough to be written down.
fn refuse_unknown(arguments: &[&str]) -> Outcome<bool> {
    let mut is_written_down = true;
    for pair in arguments.chunks(2) {
        match pair {
            ["--only", _] => {}
            ["--rounds", rounds] if rounds.parse::<u32>().is_ok_and(|rounds| rounds > 0) => {
                // A median of fewer is not told.
                is_written_down = rounds.parse::<u32>().is_ok_and(|rounds| rounds >= 5);
            }
            ["--limit", seconds] if seconds.parse::<f64>().is_ok_and(|seconds| seconds > 0.0) => {}
            _ => {
                let given = pair.join(" ");
                return Err(format!(
                    "bench --spiking takes --only NAME, --rounds N and --limit SECONDS, not `{given}`"
                ));
            }
        }
    }
    Ok(is_written_down)
}

#[cfg(test)]
mod tests {
    use super::refuse_unknown;

    #[test]
    fn only_runs_of_five_rounds_are_written_down() {
        assert_eq!(refuse_unknown(&[]), Ok(true));
        assert_eq!(refuse_unknown(&["--only", "cuba", "--rounds", "5", "--limit", "20"]), Ok(true));
        assert_eq!(refuse_unknown(&["--rounds", "4"]), Ok(false));
        for wrong in [&["--only"][..], &["--rounds", "0"], &["--limit", "-1"], &["cuba"]] {
            assert!(refuse_unknown(wrong).is_err(), "{wrong:?}");
        }
    }
}
