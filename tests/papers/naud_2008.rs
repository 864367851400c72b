//! Naud, Marcille, Clopath, Gerstner: Firing patterns in the adaptive exponential integrate-and-fire
//! model. Biological Cybernetics 99, 335–347 (2008).

use crate::neuron::{meets, spikes};
use cajal::describe::Declared;
use cajal::neurons::{AdaptiveExponential, NeuronModel};

fn train(preset: &str, current_pa: f64) -> Vec<f64> {
    let neuron = AdaptiveExponential::preset(preset).expect("a declared preset");
    spikes(neuron.stepper::<f64>(0.01), 0.01, 600.0, current_pa)
}

#[test]
fn firing_patterns() {
    let declared = &AdaptiveExponential::DECLARATION;
    meets(declared, "tonic: spikes", train("tonic", 500.0).len() as f64);
    meets(declared, "regular bursting: spikes", train("regular-bursting", 210.0).len() as f64);
    meets(
        declared,
        "delayed regular bursting: spikes",
        train("delayed-regular-bursting", 110.0).len() as f64,
    );
    let adapting = train("adapting", 500.0);
    meets(declared, "adapting: spikes", adapting.len() as f64);
    let intervals: Vec<f64> = adapting.windows(2).map(|pair| pair[1] - pair[0]).collect();
    meets(declared, "adapting: first interval", intervals[0]);
    meets(declared, "adapting: last interval", intervals[intervals.len() - 1]);
    // They lengthen to the end, where the grid of 0.01 ms rounds them.
    assert!(intervals.is_sorted_by(|one, next| *next > one - 0.011), "{intervals:?}");
}
