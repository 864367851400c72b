//! The long accuracy runs: digits with both kinds of network and by every learning rule, and the spiral.
//!
//! `cargo xtask accuracy [dense|spiking|rules|spiral|…]` runs this natively and, but for the rules, the
//! same in Chromium. What is run with both kinds stands in `tests/golden/digits.json`, with the weights
//! that seed 1 must lead to. Exits with 1 when a bar is missed.

mod digits;
mod rules;
mod spiral;
mod stdp;

use cajal::data::images;
use std::io::Read;
use std::sync::Arc;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/digits.json");

fn unpack(name: &str) -> Vec<u8> {
    let path = format!("{}/data/{name}.bin.gz", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::File::open(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).expect("a whole gzip file");
    bytes
}

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |id: &str| asked.is_empty() || asked.iter().any(|asked| asked == id);
    let wanted = &wanted;
    let bless = std::env::var_os("CAJAL_BLESS").is_some();
    let text = std::fs::read_to_string(GOLDEN).expect("the golden file");
    let mut runs: Vec<digits::Run> = serde_json::from_str(&text).expect("a valid golden file");
    let mut missed = Vec::new();
    if runs.iter().any(|run| wanted(&run.id)) || rules::is_wanted(wanted) || wanted("stdp") {
        let data = images::load("mnist", unpack("mnist-train"), unpack("mnist-test"));
        let data = Arc::new(data.expect("the shipped files"));
        for run in runs.iter_mut().filter(|run| wanted(&run.id)) {
            if !digits::run(run, &data, bless) {
                missed.push(run.id.clone());
            }
        }
        missed.extend(rules::run(wanted, &data));
        if wanted("stdp") && !stdp::run(&data, bless) {
            missed.push("stdp".to_owned());
        }
    }
    if wanted("spiral") && !spiral::run() {
        missed.push("spiral".to_owned());
    }
    if bless {
        let text = serde_json::to_string_pretty(&runs).expect("plain data") + "\n";
        std::fs::write(GOLDEN, text).expect("the golden file can be written");
        println!("wrote {GOLDEN}");
    }
    if !missed.is_empty() {
        println!("missed: {}", missed.join(", "));
        std::process::exit(1);
    }
    println!("all bars met");
}
