//! Networks as a whole.

use super::cells::{LifCurrent, LifDelta};
use super::*;
use crate::neurons::Lif;

/// 4,000 neurons, current-based (Vogels & Abbott 2005).
fn cuba(seed: u64) -> NetworkSpec {
    let neuron =
        Lif { tau_ms: 20.0, rest_mv: -49.0, reset_mv: -60.0, threshold_mv: -50.0, refractory_ms: 5.0 };
    let population = |name: &str, count| PopulationSpec {
        name: name.to_owned(),
        count,
        cells: Box::new(LifCurrent { neuron, synaptic_tau_ms: [5.0, 10.0] }),
        initial_mv: Some((-60.0, -50.0)),
        current: 0.0,
        background: Vec::new(),
    };
    let projection = |source, target| ProjectionSpec {
        source,
        target,
        receptor: source,
        connect: Connect::Probability { probability: 0.02, to_itself: true },
        weight: Weight::Same(if source == 0 { 1.62 } else { -9.0 }),
        delay: Delay::Same(1.5),
    };
    NetworkSpec {
        dt_ms: 0.1,
        seed,
        populations: vec![population("excitatory", 3200), population("inhibitory", 800)],
        projections: vec![projection(0, 0), projection(0, 1), projection(1, 0), projection(1, 1)],
    }
}

#[test]
#[ignore]
fn speed() {
    let mut network = cuba(1).build(1 << 30).unwrap();
    println!("{} synapses {} bytes window {}", network.synapses(), network.synapse_bytes(), network.window());
    for _ in 0..4 {
        let began = std::time::Instant::now();
        let mut spikes = 0;
        let from = network.time_ms();
        while network.time_ms() < from + 1000.0 {
            network.advance().unwrap();
            spikes += network.spikes().iter().map(|spikes| spikes.count()).sum::<usize>();
        }
        println!("cuba {:.1} ms/s, {} Hz", began.elapsed().as_secs_f64() * 1e3, spikes as f64 / 4000.0);
    }
    let neuron = Lif { tau_ms: 20.0, rest_mv: 0.0, reset_mv: 10.0, threshold_mv: 20.0, refractory_ms: 2.0 };
    for (name, g, eta) in [("A", 3.0, 2.0), ("B", 6.0, 4.0), ("C", 5.0, 2.0), ("D", 4.5, 0.9)] {
        let j = 0.1f32;
        let rate = eta * 20.0 / (0.1 * 20.0) * 1000.0;
        let population = |name: &str, count| PopulationSpec {
            name: name.to_owned(), count,
            cells: Box::new(LifDelta { neuron }), initial_mv: None, current: 0.0,
            background: vec![BackgroundSpec { rate_hz: rate, weight: j, receptor: 0 }],
        };
        let projection = |source, target| ProjectionSpec {
            source, target, receptor: 0,
            connect: Connect::FixedInDegree(if source == 0 { 1000 } else { 250 }),
            weight: Weight::Same(if source == 0 { j } else { -(g as f32) * j }),
            delay: Delay::Same(1.5),
        };
        let spec = NetworkSpec { dt_ms: 0.1, seed: 1,
            populations: vec![population("e", 10_000), population("i", 2_500)],
            projections: vec![projection(0, 0), projection(0, 1), projection(1, 0), projection(1, 1)] };
        let began = std::time::Instant::now();
        let mut network = spec.build(1 << 30).unwrap();
        println!("{name}: built in {:.2} s, {} synapses, {:.3} bytes each", began.elapsed().as_secs_f64(), network.synapses(), network.synapse_bytes() as f64 / network.synapses() as f64);
        let began = std::time::Instant::now();
        let mut spikes = 0;
        while network.time_ms() < 600.0 {
            network.advance().unwrap();
            if network.time_ms() > 100.0 { spikes += network.spikes()[0].count(); }
        }
        println!("  {:.2} s for 600 ms, {:.2} Hz", began.elapsed().as_secs_f64(), spikes as f64 / 10_000.0 / 0.5);
    }
}
