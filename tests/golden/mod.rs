//! Weights after 200 batches, as hashes: the same natively, in every variant of wasm, in every
//! browser and with any number of threads. `weights.json` is read by the end-to-end tests too.

pub mod circuit;
pub mod works;

use cajal::experiment::ExperimentConfig;
use cajal::experiment::lab::{Lab, Trained};

/// Batches after which the weights are hashed.
pub const BATCHES: u64 = 200;

#[derive(serde::Deserialize, serde::Serialize)]
pub struct Golden {
    pub name: String,
    pub config: ExperimentConfig,
    /// SHA-256 of all weights and biases of the artificial and of the spiking network.
    pub weights: [String; 2],
}

pub fn all() -> Vec<Golden> {
    serde_json::from_str(include_str!("weights.json")).expect("a valid golden file")
}

/// Trains both networks and gives the hashes of their weights.
pub fn train(config: &ExperimentConfig) -> [String; 2] {
    let mut lab = Lab::new().expect("valid defaults");
    lab.configure(config.clone(), None).expect("a valid configuration");
    while lab.twin().step() < BATCHES {
        while !lab.evaluate(false) {}
        assert_ne!(lab.train(1), Trained::Diverged);
    }
    lab.twin().hash().expect("finite weights")
}
