//! The engine and its peers, measured in one Chromium, and the engine natively beside them.

use crate::command::{Command, Outcome};
use crate::npm;
use crate::project::Project;
use crate::server::Server;
use crate::setup;
use crate::stamp;
use crate::wasm;

/// What the report is made from, where builds leave things.
const MEASURED: [&str; 2] = ["target/bench/browser.json", "target/bench/native.json"];

/// Measures the works that `arguments` ask for; all of them make benches/RESULTS.md anew.
pub fn run(project: &Project, arguments: &[&str]) -> Outcome<()> {
    let everything = refuse_unknown(arguments)?;
    let toolchain = setup::for_wasm(project)?;
    let browser = setup::browser(project)?;
    wasm::build(project, &toolchain)?;
    let peers = project.path("benches/browser");
    npm::ensure_in(project, &peers, "the peers of the bench (450 MB, half a minute)")?;

    stamp::make_folder(&project.target().join("bench"))?;
    let [in_browser, natively] = MEASURED.map(|file| project.path(file));
    let native = Command::cargo().args(["bench", "--quiet", "--bench", "native", "--"]);
    native.arg(&natively).args(arguments).run_in(project)?;
    let server = Server::bind_bench(project)?;
    let address = format!("http://localhost:{}/", server.port());
    server.start();
    Command::new("node")
        .args(["benches/browser/run.mjs".as_ref(), in_browser.as_os_str()])
        .args(arguments)
        .env("CAJAL_URL", address)
        .env("CAJAL_CHROMIUM", &browser.chromium)
        .run_in(project)?;

    let report = Command::new("node").arg("benches/browser/report.mjs").args([in_browser, natively]);
    if everything { report.arg("benches/RESULTS.md").run_in(project) } else { report.run_in(project) }
}

/// Whether all works are asked for.
fn refuse_unknown(arguments: &[&str]) -> Outcome<bool> {
    let mut everything = true;
    for pair in arguments.chunks(2) {
        match pair {
            ["--only", _] => everything = false,
            ["--rounds", rounds] if rounds.parse::<u32>().is_ok_and(|rounds| rounds > 0) => {
                // A table of less would not keep its promise.
                everything &= rounds.parse::<u32>().is_ok_and(|rounds| rounds >= 10);
            }
            _ => return Err(format!("bench takes --only NAME and --rounds N, not `{}`", pair.join(" "))),
        }
    }
    Ok(everything)
}

#[cfg(test)]
mod tests {
    use super::refuse_unknown;

    #[test]
    fn only_a_whole_run_of_ten_rounds_is_written_down() {
        assert_eq!(refuse_unknown(&[]), Ok(true));
        assert_eq!(refuse_unknown(&["--rounds", "15"]), Ok(true));
        assert_eq!(refuse_unknown(&["--rounds", "3"]), Ok(false));
        assert_eq!(refuse_unknown(&["--only", "lstm", "--rounds", "15"]), Ok(false));
        for wrong in [&["--only"][..], &["--rounds", "0"], &["--rounds", "many"], &["lstm"]] {
            assert!(refuse_unknown(wrong).is_err(), "{wrong:?}");
        }
    }
}
