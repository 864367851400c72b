//! Digits with both kinds of network, as `tests/golden/digits.json` says.

use cajal::data::{Dataset, Split};
use cajal::experiment::evaluation::Pass;
use cajal::experiment::{ExperimentConfig, Side};
use cajal::session::{Session, Stepped};
use std::sync::Arc;
use std::time::Instant;

/// Seeds of each run.
const SEEDS: u32 = 3;

/// What is run, and what has to come of it.
#[derive(serde::Deserialize, serde::Serialize)]
pub struct Run {
    pub id: String,
    pub name: String,
    /// 0 for the artificial network, 1 for the spiking one.
    pub side: usize,
    pub epochs: u64,
    /// Share of right answers that is asked for: of each seed, or of their mean.
    pub bar: f64,
    pub each: bool,
    pub config: ExperimentConfig,
    /// SHA-256 of the weights of seed 1, and its accuracy on the whole test part.
    pub weights: String,
    pub accuracy: f64,
}

/// Trains one network and gives its accuracy on the whole test part after the last epoch.
pub fn train(session: &mut Session, epochs: u64) -> f64 {
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
        let spikes = match found.spikes_per_step {
            0.0 => String::new(),
            spikes => format!(", {spikes:.3} spikes a neuron and step"),
        };
        println!("    epoch {epoch}: {:.2} %{spikes}", 100.0 * accuracy);
    }
    accuracy
}

/// Runs three seeds; whether the bar is met and, for seed 1, the weights are the golden ones.
pub fn run(run: &mut Run, data: &Arc<Dataset>, bless: bool) -> bool {
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
