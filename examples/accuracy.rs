//! The long accuracy runs: digits with both kinds of network, and the spiral.
//!
//! `cargo xtask accuracy [dense|spiking|spiral]…` runs this natively and the same in Chromium. What is
//! run stands in `tests/golden/digits.json`, with the weights that seed 1 must lead to. Exits with 1
//! when a bar is missed.

use cajal::data::{Dataset, Split, images};
use cajal::experiment::evaluation::Pass;
use cajal::experiment::lab::{Lab, Trained};
use cajal::experiment::twin::CURVE_COLUMNS;
use cajal::experiment::{ExperimentConfig, Side};
use cajal::session::{Session, Stepped};
use std::io::Read;
use std::sync::Arc;
use std::time::Instant;

#[derive(serde::Deserialize, serde::Serialize)]
struct Run {
    id: String,
    name: String,
    /// 0 for the artificial network, 1 for the spiking one.
    side: usize,
    epochs: u64,
    /// Share of right answers that is asked for: of each seed, or of their mean.
    bar: f64,
    each: bool,
    config: ExperimentConfig,
    /// SHA-256 of the weights of seed 1, and its accuracy on the whole test part.
    weights: String,
    accuracy: f64,
}

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/digits.json");
/// Seeds of each run of digits.
const SEEDS: u32 = 3;
/// Steps that a spiral is given: some seconds in a browser.
const SPIRAL_STEPS: u64 = 150_000;
/// Loss on the test half that counts as learned, and of how many seeds of ten.
const SPIRAL_BAR: (f32, u32) = (0.02, 5);

fn unpack(name: &str) -> Vec<u8> {
    let path = format!("{}/data/{name}.bin.gz", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::File::open(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).expect("a whole gzip file");
    bytes
}

/// Trains one network and gives its accuracy on the whole test part after the last epoch.
fn train(session: &mut Session, epochs: u64) -> f64 {
    let samples = u64::from(session.data().samples(Split::Train));
    let mut accuracy = 0.0;
    for epoch in 1..=epochs {
        while session.examples() < epoch * samples {
            assert!(
                matches!(session.train(), Stepped::Trained { .. }),
                "diverged at step {}",
                session.step()
            );
        }
        let mut pass = Pass::new(session, true);
        let found = loop {
            if let Some(found) = pass.advance(session) {
                break found;
            }
        };
        accuracy = found.complete.expect("a complete evaluation").accuracy;
        println!(
            "    epoch {epoch}: {:.2} %, {:.3} spikes a neuron and step",
            100.0 * accuracy,
            found.spikes_per_step
        );
    }
    accuracy
}

/// Runs three seeds; whether the bar is met and, for seed 1, the weights are the golden ones.
fn digits(run: &mut Run, data: &Arc<Dataset>, bless: bool) -> bool {
    println!("{}, {} epochs: at least {:.1} %", run.name, run.epochs, 100.0 * run.bar);
    let mut accuracies = Vec::new();
    let mut golden = true;
    for seed in 1..=SEEDS {
        let config = ExperimentConfig { seed, ..run.config.clone() };
        let config = config.session(Side::BOTH[run.side], data).expect("a valid configuration");
        let started = Instant::now();
        let mut session = Session::new(config, Arc::clone(data), 0).expect("a network");
        let accuracy = train(&mut session, run.epochs);
        let seconds = started.elapsed().as_secs_f64();
        let weights = session.hash().expect("finite weights");
        println!("  seed {seed}: {:.2} % in {seconds:.1} s, weights {weights}", 100.0 * accuracy);
        if seed == 1 && bless {
            (run.weights, run.accuracy) = (weights, accuracy);
        } else if seed == 1 && weights != run.weights {
            println!("  the golden weights are {}", run.weights);
            golden = false;
        }
        accuracies.push(accuracy);
    }
    let mean = accuracies.iter().sum::<f64>() / accuracies.len() as f64;
    println!("  mean {:.2} %", 100.0 * mean);
    let met = if run.each { accuracies.iter().all(|&accuracy| accuracy >= run.bar) } else { mean >= run.bar };
    met && golden
}

/// Both networks on the spiral, as on the page, with ten seeds.
fn spiral() -> bool {
    let (loss, seeds) = SPIRAL_BAR;
    println!("spiral, 2-8-8-1 tanh, Adam 0.01, batch 10: ½·MSE at most {loss} for {seeds} of 10 seeds");
    let mut reached = 0;
    for seed in 1..=10 {
        let mut config = ExperimentConfig { seed, ..ExperimentConfig::default() };
        config.data.set = "spiral".into();
        let mut lab = Lab::new().expect("valid defaults");
        lab.configure(config, None).expect("a valid configuration");
        let started = Instant::now();
        let best = |lab: &Lab, side: Side| {
            let rows = lab.twin().half(side).curve.chunks_exact(CURVE_COLUMNS);
            rows.map(|row| row[2]).fold(f32::INFINITY, f32::min)
        };
        let mut lowest = [f32::INFINITY; 2];
        while lab.twin().step() < SPIRAL_STEPS && lowest[0] > loss {
            while !lab.evaluate(false) {}
            assert_ne!(lab.train(1000), Trained::Diverged);
            lowest = [0, 1].map(|side| lowest[side].min(best(&lab, Side::BOTH[side])));
        }
        println!(
            "  seed {seed}: artificial {:.4}, spiking {:.4} at step {} after {:.1} s",
            lowest[0],
            lowest[1],
            lab.twin().step(),
            started.elapsed().as_secs_f64()
        );
        reached += u32::from(lowest[0] <= loss);
    }
    println!("  {reached} of 10");
    reached >= seeds
}

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |id: &str| asked.is_empty() || asked.iter().any(|asked| asked == id);
    let bless = std::env::var_os("CAJAL_BLESS").is_some();
    let text = std::fs::read_to_string(GOLDEN).expect("the golden file");
    let mut runs: Vec<Run> = serde_json::from_str(&text).expect("a valid golden file");
    let mut missed = Vec::new();
    if runs.iter().any(|run| wanted(&run.id)) {
        let data = images::load("mnist", unpack("mnist-train"), unpack("mnist-test"));
        let data = Arc::new(data.expect("the shipped files"));
        for run in runs.iter_mut().filter(|run| wanted(&run.id)) {
            if !digits(run, &data, bless) {
                missed.push(run.id.clone());
            }
        }
    }
    if wanted("spiral") && !spiral() {
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
