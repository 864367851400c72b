//! A circuit of every kind of cell, with distributed weights and delays: its state as a hash, the same
//! natively, in wasm and with any number of threads. `CAJAL_BLESS=1 cargo test --test determinism` renews it.

use cajal::neurons::{EscapeNoise, HodgkinHuxley, Lif};
use cajal::snn::cells::{CellKind, Composed, LifCurrent, LifDelta, Receptor};
use cajal::snn::synapses::{ExponentialConductance, ExponentialCurrent};
use cajal::snn::{BackgroundSpec, Connect, Delay, NetworkSpec, PopulationSpec, ProjectionSpec, Weight};

/// SHA-256 of the state after [`STEPS`].
pub fn golden() -> &'static str {
    include_str!("circuit.txt").trim()
}

/// 50 ms.
const STEPS: u64 = 500;

fn population(name: &str, count: u32, cells: impl CellKind + 'static, weight: f32) -> PopulationSpec {
    PopulationSpec {
        initial_mv: Some((-65.0, -55.0)),
        background: vec![BackgroundSpec { rate_hz: 2_000.0, weight, receptor: 0 }],
        ..PopulationSpec::new(name, count, cells)
    }
}

/// Simulates it; more neurons than one partition holds.
pub fn simulate() -> String {
    let neuron = Lif::default();
    let current = |tau_ms| Receptor::new(ExponentialCurrent { tau_ms });
    let excitation = ExponentialConductance { tau_ms: 5.0, reversal_mv: 0.0 };
    let populations = vec![
        population("currents", 9_000, LifCurrent { neuron, synaptic_tau_ms: [5.0, 10.0] }, 2.0),
        population("jumps", 300, LifDelta { neuron }, 1.0),
        population(
            "noisy",
            203,
            Composed { neuron: EscapeNoise::default(), receptors: vec![current(5.0)] },
            1.5,
        ),
        population(
            "channels",
            50,
            Composed { neuron: HodgkinHuxley::default(), receptors: vec![Receptor::new(excitation)] },
            0.05,
        ),
    ];
    let connect = Connect::Probability { probability: 0.02, to_itself: false };
    let projection = |source: usize, target: usize, mean: f32| ProjectionSpec {
        weight: Weight::Normal { mean, sd: 0.2 * mean.abs() },
        delay: Delay::Normal { mean_ms: 1.5, sd_ms: 0.5 },
        ..ProjectionSpec::new([source, target], 0, connect.clone(), mean, 1.5)
    };
    let fixed = ProjectionSpec::new([1, 0], 1, Connect::FixedInDegree(10), -1.0, 0.8);
    let projections = vec![
        projection(0, 1, 0.2),
        projection(0, 2, 0.3),
        projection(0, 3, 0.01),
        projection(2, 0, 0.5),
        projection(3, 0, 0.5),
        fixed,
    ];
    let spec = NetworkSpec { populations, projections, ..NetworkSpec::new(0.1, 7) };
    let mut network = spec.build(1 << 28).expect("a network");
    let mut fired = [0; 4];
    while network.step() < STEPS {
        network.advance().expect("finite potentials");
        for (fired, spikes) in fired.iter_mut().zip(network.spikes()) {
            *fired += spikes.count();
        }
    }
    assert!(fired.iter().all(|&count| count > 0), "everybody takes part: {fired:?}");
    network.hash()
}
