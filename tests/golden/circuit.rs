//! Two circuits, one of every kind of cell, with distributed weights and delays, one that learns, tires
//! and is joined: their states as hashes, the same natively, in wasm and with any number of threads. `CAJAL_BLESS=1 cargo test --test determinism` renews it.

use cajal::learning::plasticity::{DopamineStdp, PairStdp};
use cajal::neurons::{EscapeNoise, HodgkinHuxley, Lif};
use cajal::snn::cells::{CellKind, Composed, LifCurrent, LifDelta, PoissonSource, Receptor};
use cajal::snn::short_term::ShortTerm;
use cajal::snn::synapses::{ExponentialConductance, ExponentialCurrent};
use cajal::snn::{
    BackgroundSpec, Connect, Delay, GapSpec, NetworkSpec, PopulationSpec, ProjectionSpec, Weight,
};

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

/// Simulates both.
pub fn simulate() -> String {
    format!("{}\n{}", fixed(), learning())
}

/// Synapses that learn, by pairs with a delay on both sides and under reward, and that tire, onto more
/// neurons than one partition holds.
fn learning() -> String {
    let cells = LifCurrent { neuron: Lif::default(), synaptic_tau_ms: [5.0, 10.0] };
    let open = Composed { neuron: HodgkinHuxley::default(), receptors: Vec::new() };
    let connect = Connect::FixedInDegree(30);
    let uniform = Weight::Uniform { low: 0.1, high: 0.9 };
    let onto = |target, rule: PairStdp| ProjectionSpec {
        weight: uniform,
        dendritic_ms: 0.4,
        short_term: Some(ShortTerm::default()),
        ..ProjectionSpec::new([0, target], 0, connect.clone(), 0.5, 1.1).learning(rule)
    };
    let back = ProjectionSpec::new([1, 1], 0, connect.clone(), 0.4, 0.8);
    let mut spec = NetworkSpec {
        populations: vec![
            PopulationSpec::new("sources", 200, PoissonSource { rate_hz: 40.0 }),
            population("targets", 9_000, cells, 2.0),
        ],
        projections: vec![onto(1, PairStdp::default()), back.learning(DopamineStdp::default())],
        ..NetworkSpec::new(0.1, 8)
    };
    let mut network = spec.build(1 << 28).expect("a network");
    while network.step() < STEPS {
        if network.step() == STEPS / 2 / 8 * 8 {
            network.reward(1, 0.5);
        }
        network.advance().expect("finite potentials");
    }
    let learned = network.hash();
    // Junctions make windows of one step.
    spec.populations = vec![population("joined", 50, open, 0.0)];
    spec.populations[0].current = 8.0;
    spec.populations[0].background.clear();
    spec.projections.clear();
    let connect = Connect::Probability { probability: 0.1, to_itself: false };
    spec.gaps = vec![GapSpec { between: [0, 0], connect, conductance: 0.05 }];
    let mut network = spec.build(1 << 28).expect("a network");
    (0..STEPS).for_each(|_| network.advance().expect("finite potentials"));
    format!("{learned}\n{}", network.hash())
}

/// Every kind of cell; more neurons than one partition holds.
fn fixed() -> String {
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
