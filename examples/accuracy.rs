//! The long accuracy runs: digits with both kinds of network, and the spiral.
//!
//! `cargo xtask accuracy [dense|spiking|spiral]…`; exits with 1 when a bar is missed. Prints a row a
//! run, so that a change of a default can be seen before it is made.

use cajal::data::{Dataset, PointsConfig, images, points};
use cajal::experiment::evaluation::Pass;
use cajal::experiment::{ExperimentConfig, Side};
use cajal::session::{Session, Stepped};
use std::io::Read;
use std::sync::Arc;
use std::time::Instant;

fn unpack(name: &str) -> Vec<u8> {
    let path = format!("{}/data/{name}.bin.gz", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::File::open(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).expect("a whole gzip file");
    bytes
}

fn mnist() -> Arc<Dataset> {
    let data = images::load("mnist", unpack("mnist-train"), unpack("mnist-test"));
    Arc::new(data.expect("the shipped files"))
}

/// Digits: 784-units-10, cross-entropy, Adam 1e-3, batches of 32.
fn digits(units: u32, activation: &str) -> ExperimentConfig {
    let mut config = ExperimentConfig::default();
    config.data.set = "mnist".into();
    config.layers.truncate(1);
    config.layers[0].units = units;
    config.layers[0].activation = activation.into();
    config.training.loss = "cross-entropy".into();
    config.training.learning_rate = 1e-3;
    config.training.batch_size = 32;
    config.spiking.encoding = "rate".into();
    config
}

fn session(config: &ExperimentConfig, side: Side, data: &Arc<Dataset>) -> Session {
    let config = config.session(side, data).expect("a valid configuration");
    Session::new(config, Arc::clone(data), 0)
}

/// Trains for some epochs and gives the accuracy on the whole test part after each.
fn train(session: &mut Session, epochs: u32) -> Vec<f64> {
    let samples = u64::from(session.data().samples(cajal::data::Split::Train));
    let mut accuracies = Vec::new();
    for epoch in 1..=u64::from(epochs) {
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
        accuracies.push(found.complete.expect("a complete evaluation").accuracy);
        println!(
            "    epoch {epoch}: {:.2} %, {:.3} spikes a neuron and step",
            100.0 * accuracies[accuracies.len() - 1],
            found.spikes_per_step
        );
    }
    accuracies
}

fn dense() -> bool {
    println!("784-128-10 ReLU, Adam 1e-3, batch 32, 5 epochs: each of three seeds at least 97.5 %");
    let data = mnist();
    (1..=3).all(|seed| {
        let config = ExperimentConfig { seed, ..digits(128, "relu") };
        let started = Instant::now();
        let mut session = session(&config, Side::Artificial, &data);
        let accuracy = train(&mut session, 5)[4];
        println!(
            "  seed {seed}: {:.2} % in {:.1} s, weights {}",
            100.0 * accuracy,
            started.elapsed().as_secs_f64(),
            session.hash().expect("finite weights")
        );
        accuracy >= 0.975
    })
}

fn spiking() -> bool {
    println!("784-256-10 LIF, 25 steps, 3 epochs: mean of three seeds at least 96 %");
    let data = mnist();
    let accuracies: Vec<f64> = (1..=3)
        .map(|seed| {
            let config = ExperimentConfig { seed, ..digits(256, "relu") };
            let started = Instant::now();
            let mut session = session(&config, Side::Spiking, &data);
            let accuracy = train(&mut session, 3)[2];
            println!(
                "  seed {seed}: {:.2} % in {:.1} s, weights {}",
                100.0 * accuracy,
                started.elapsed().as_secs_f64(),
                session.hash().expect("finite weights")
            );
            accuracy
        })
        .collect();
    let mean = accuracies.iter().sum::<f64>() / 3.0;
    println!("  mean {:.2} %", 100.0 * mean);
    mean >= 0.96
}

fn spiral() -> bool {
    println!("spiral, 500 points, 2-8-8-1 tanh, Adam 0.01, batch 10: at most 0.02 for 5 of 10 seeds");
    let mut reached = 0;
    for side in Side::BOTH {
        let mut good = 0;
        for seed in 1..=10 {
            let mut config = ExperimentConfig { seed, ..ExperimentConfig::default() };
            config.data.set = "spiral".into();
            let points = PointsConfig {
                set: "spiral".into(),
                samples: 500,
                noise: 0.0,
                train_share: 0.5,
                seed: u64::from(config.data.seed),
            };
            let data = Arc::new(points::generate(&points).expect("a valid set"));
            let mut session = session(&config, side, &data);
            let started = Instant::now();
            let mut best = (f64::INFINITY, 0, 0.0);
            while session.step() < SPIRAL_STEPS && best.0 > 0.02 {
                for _ in 0..10 {
                    assert!(matches!(session.train(), Stepped::Trained { .. }));
                }
                let mut pass = Pass::new(&session, true);
                let found = loop {
                    if let Some(found) = pass.advance(&mut session) {
                        break found;
                    }
                };
                if found.test.loss < best.0 {
                    best = (found.test.loss, session.step(), found.test.accuracy);
                }
            }
            let seconds = started.elapsed().as_secs_f64();
            println!(
                "  {} seed {seed}: {:.4} and {:.1} % at step {} after {seconds:.2} s",
                side.id(),
                best.0,
                100.0 * best.2,
                best.1
            );
            good += u32::from(best.0 <= 0.02);
        }
        println!("  {}: {good} of 10", side.id());
        if side == Side::Artificial {
            reached = good;
        }
    }
    reached >= 5
}

/// Some seconds of training in a browser.
const SPIRAL_STEPS: u64 = 60_000;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    type Run = (&'static str, fn() -> bool);
    let runs: [Run; 3] = [("dense", dense), ("spiking", spiking), ("spiral", spiral)];
    let mut missed = Vec::new();
    for (name, run) in runs {
        if (asked.is_empty() || asked.iter().any(|asked| asked == name)) && !run() {
            missed.push(name);
        }
    }
    if !missed.is_empty() {
        println!("missed: {}", missed.join(", "));
        std::process::exit(1);
    }
    println!("all bars met");
}
