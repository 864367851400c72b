//! Networks as a whole.

use super::cells::{Composed, LifCurrent, LifDelta, Receptor};
use super::synapses::{ExponentialConductance, ExponentialCurrent};
use super::*;
use crate::neurons::Lif;

mod coupling;

/// 4,000 neurons, current-based (Vogels & Abbott 2005; Brette et al. 2007, benchmark 2).
fn cuba(seed: u64) -> NetworkSpec {
    let neuron =
        Lif { tau_ms: 20.0, rest_mv: -49.0, reset_mv: -60.0, threshold_mv: -50.0, refractory_ms: 5.0 };
    let cells = LifCurrent { neuron, synaptic_tau_ms: [5.0, 10.0] };
    let population = |name, count| PopulationSpec {
        initial_mv: Some((-60.0, -50.0)),
        ..PopulationSpec::new(name, count, cells)
    };
    let connect = Connect::Probability { probability: 0.02, to_itself: true };
    let projection = |source: usize, target| {
        let weight = if source == 0 { 1.62 } else { -9.0 };
        ProjectionSpec::new([source, target], source, connect.clone(), weight, 1.5)
    };
    NetworkSpec {
        populations: vec![population("excitatory", 3200), population("inhibitory", 800)],
        projections: vec![projection(0, 0), projection(0, 1), projection(1, 0), projection(1, 1)],
        ..NetworkSpec::new(0.1, seed)
    }
}

/// Brunel (2000) with 1,250 neurons instead of 12,500 and synapses ten times as strong.
fn brunel(g: f32, eta: f64) -> NetworkSpec {
    let neuron = Lif { tau_ms: 20.0, rest_mv: 0.0, reset_mv: 10.0, threshold_mv: 20.0, refractory_ms: 2.0 };
    // θ/(J·τ), with θ = 20 mV, J = 1 mV and τ = 20 ms.
    let threshold_rate_hz = 1000.0;
    let background = BackgroundSpec { rate_hz: eta * threshold_rate_hz, weight: 1.0, receptor: 0 };
    let population = |name, count| PopulationSpec {
        background: vec![background],
        ..PopulationSpec::new(name, count, LifDelta { neuron })
    };
    let projection = |source: usize, target| {
        let (degree, weight) = if source == 0 { (100, 1.0) } else { (25, -g) };
        ProjectionSpec::new([source, target], 0, Connect::FixedInDegree(degree), weight, 1.5)
    };
    NetworkSpec {
        populations: vec![population("excitatory", 1000), population("inhibitory", 250)],
        projections: vec![projection(0, 0), projection(0, 1), projection(1, 0), projection(1, 1)],
        ..NetworkSpec::new(0.1, 1)
    }
}

const LIMIT: u64 = 1 << 30;

/// Mean rate in Hz of all neurons between two times.
fn rate_hz(network: &mut Network, from_ms: f64, to_ms: f64) -> f64 {
    let neurons: u32 = network.populations().map(|(_, count)| count).sum();
    let mut spikes = 0;
    while network.time_ms() < to_ms {
        network.advance().expect("finite potentials");
        if network.time_ms() > from_ms {
            spikes += network.spikes().iter().map(|spikes| spikes.count()).sum::<usize>();
        }
    }
    spikes as f64 / f64::from(neurons) / (to_ms - from_ms) * 1000.0
}

#[test]
fn the_current_based_network_fires_at_the_rate_of_the_reference() {
    // Brian2 2.9: 5.2 to 6.0 Hz over seeds.
    let mut network = cuba(1).build(LIMIT).expect("a network");
    let rate = rate_hz(&mut network, 200.0, 1200.0);
    assert!((5.2..=6.0).contains(&rate), "{rate} Hz");
}

#[test]
fn stronger_inhibition_and_less_drive_calm_the_network() {
    let rates = [(3.0, 2.0), (5.0, 2.0), (4.5, 0.9)]
        .map(|(g, eta)| rate_hz(&mut brunel(g, eta).build(LIMIT).expect("a network"), 100.0, 400.0));
    // State A fires near the inverse of the refractory period, the other two far below.
    assert!(rates[0] > 250.0 && rates[1] < 100.0 && rates[2] < rates[1], "{rates:?}");
}

#[test]
fn synapses_take_two_bytes_at_most() {
    let network = brunel(5.0, 2.0).build(LIMIT).expect("a network");
    assert_eq!(network.synapses(), 1250 * 125);
    let each = network.synapse_bytes() as f64 / network.synapses() as f64;
    assert!(each < 2.1, "{each}");
    let estimate = brunel(5.0, 2.0).estimate();
    assert_eq!(estimate.synapses, network.synapses());
    // How many pairs are drawn twice is known on average.
    let share = estimate.synapse_bytes as f64 / network.synapse_bytes() as f64;
    assert!((share - 1.0).abs() < 0.01, "{share}");
}

#[test]
fn a_spike_arrives_when_its_delay_is_over() {
    let neuron = Lif { tau_ms: 20.0, rest_mv: 0.0, reset_mv: -1.0, threshold_mv: 10.0, refractory_ms: 1.0 };
    let mut spec = NetworkSpec {
        populations: vec![
            PopulationSpec::new("first", 1, LifDelta { neuron }),
            PopulationSpec::new("second", 1, LifDelta { neuron }),
        ],
        projections: vec![ProjectionSpec::new([0, 1], 0, Connect::OneToOne, 15.0, 0.7)],
        ..NetworkSpec::new(0.1, 1)
    };
    spec.populations[0].current = 40.0;
    let mut network = spec.build(LIMIT).expect("a network");
    let mut steps = [Vec::new(), Vec::new()];
    while network.step() < 200 {
        let from = network.step();
        network.advance().expect("finite potentials");
        for (steps, spikes) in steps.iter_mut().zip(network.spikes()) {
            steps.extend(spikes.steps().filter(|(_, fired)| !fired.is_empty()).map(|(step, _)| from + step));
        }
    }
    assert!(steps[1].len() > 1);
    for (first, second) in steps[0].iter().zip(&steps[1]) {
        assert_eq!(second - first, 7);
    }
}

#[test]
fn composed_cells_agree_with_the_exact_ones() {
    // Without input between spikes both are exact; synaptic currents enter as their mean over a step.
    let neuron = Lif::default();
    let receptor = |tau_ms| Receptor::new(ExponentialCurrent { tau_ms });
    let run = |cells: PopulationSpec| {
        let mut spec = NetworkSpec { populations: vec![cells], ..NetworkSpec::new(0.1, 4) };
        spec.populations[0].background = vec![BackgroundSpec { rate_hz: 1500.0, weight: 2.0, receptor: 0 }];
        rate_hz(&mut spec.build(LIMIT).expect("a network"), 100.0, 1100.0)
    };
    let exact = run(PopulationSpec::new("exact", 500, LifCurrent { neuron, synaptic_tau_ms: [5.0, 10.0] }));
    let composed = run(PopulationSpec::new(
        "composed",
        500,
        Composed { neuron, receptors: vec![receptor(5.0), receptor(10.0)] },
    ));
    assert!(exact > 5.0 && (composed / exact - 1.0).abs() < 0.02, "{exact} and {composed} Hz");
}

#[test]
fn conductances_inhibit_by_their_reversal() {
    let neuron = Lif::default();
    let inhibition = ExponentialConductance::default();
    let cells = Composed { neuron, receptors: vec![Receptor::new(inhibition)] };
    let mut spec = NetworkSpec::new(0.1, 4);
    spec.populations.push(PopulationSpec::new("one", 50, cells));
    spec.populations[0].current = 20.0;
    let driven = rate_hz(&mut spec.build(LIMIT).expect("a network"), 100.0, 600.0);
    assert!((driven - 33.64).abs() < 3.0, "{driven} Hz");
}

#[test]
fn repetition_does_not_change_a_bit() {
    let hash = || {
        let mut network = cuba(3).build(LIMIT).expect("a network");
        (0..40).for_each(|_| network.advance().expect("finite potentials"));
        network.hash()
    };
    assert_eq!(hash(), hash());
}

#[test]
fn what_cannot_be_is_refused_in_words() {
    let refusal = |change: &dyn Fn(&mut NetworkSpec)| {
        let mut spec = cuba(1);
        change(&mut spec);
        spec.build(LIMIT).err().expect("it must be refused").to_string()
    };
    type Change<'a> = &'a dyn Fn(&mut NetworkSpec);
    let cases: [(Change, &str); 8] = [
        (&|spec| spec.dt_ms = 50.0, "excitatory: a time step above 0 and up to 5 ms is wanted, not 50 ms"),
        (&|spec| spec.dt_ms = f64::NAN, "not NaN ms"),
        (
            &|spec| spec.projections[1].delay = Delay::Same(0.01),
            "excitatory → inhibitory: delays from 0.1 ms",
        ),
        (&|spec| spec.projections[0].weight = Weight::Same(f32::NAN), "weight must be finite"),
        (&|spec| spec.projections[0].receptor = 2, "receptor must be below 2, not 2"),
        (&|spec| spec.populations[1].count = 0, "inhibitory: number of neurons must be at least 1"),
        (
            &|spec| spec.projections[0].connect = Connect::Probability { probability: 1.5, to_itself: true },
            "probability must be from 0 to 1, not 1.5",
        ),
        (
            &|spec| {
                spec.populations[0].count = 1_000_000;
                spec.projections[0].connect = Connect::AllToAll { to_itself: true };
            },
            "this network would take 126",
        ),
    ];
    for (change, words) in cases {
        let said = refusal(change);
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn what_is_not_finite_names_the_neuron() {
    let mut network = cuba(1).build(LIMIT).expect("a network");
    network.set_current(1, 700..701, f32::NEG_INFINITY);
    let said = network.advance().expect_err("it must stop").to_string();
    assert!(said.contains("inhibitory: neuron 700 came to"), "{said}");
}

#[test]
fn after_a_fault_the_network_is_as_before_the_window() {
    let windows = |network: &mut Network, count: u32| {
        (0..count).for_each(|_| network.advance().expect("finite potentials"));
    };
    let [mut faulty, mut sound] = [(); 2].map(|()| cuba(2).build(LIMIT).expect("a network"));
    // Beyond the first renewal of the copy, and not in step with it.
    windows(&mut faulty, 300);
    windows(&mut sound, 300);
    // A fault that comes by itself, without a copy just before it.
    faulty.partitions[0].currents[5] = f32::NEG_INFINITY;
    faulty.advance().expect_err("it must stop");
    assert_eq!(faulty.hash(), sound.hash());
    windows(&mut faulty, 20);
    windows(&mut sound, 20);
    assert_eq!(faulty.hash(), sound.hash());
    faulty.set_current(0, 5..6, f32::NEG_INFINITY);
    faulty.advance().expect_err("it must stop");
    faulty.set_current(0, 5..6, 0.0);
    windows(&mut faulty, 1);
    windows(&mut sound, 1);
    assert_eq!(faulty.hash(), sound.hash());
}

#[test]
fn a_retuned_network_goes_on_as_the_other_would() {
    let (mut one, mut other) = (brunel(5.0, 2.0), brunel(3.0, 2.5));
    one.gaps.clear();
    let hash = |network: &mut Network| {
        (0..30).for_each(|_| network.advance().expect("finite potentials"));
        network.hash()
    };
    let mut retuned = one.build(LIMIT).expect("a network");
    assert!(one.is_tuned_like(&other));
    retuned.retune(&other).expect("numbers that do");
    assert_eq!(hash(&mut retuned), hash(&mut other.build(LIMIT).expect("a network")));
    assert_ne!(retuned.hash(), hash(&mut one.build(LIMIT).expect("a network")));
    // What cannot be taken over changes nothing.
    let before = retuned.hash();
    other.populations[0].background[0].rate_hz = f64::NAN;
    assert!(retuned.retune(&other).is_err());
    other.populations[0].background[0].rate_hz = 2000.0;
    other.projections[0].weight = Weight::Same(f32::INFINITY);
    assert!(retuned.retune(&other).is_err() && retuned.hash() == before);
    for change in [
        |spec: &mut NetworkSpec| spec.populations[0].count += 1,
        |spec: &mut NetworkSpec| spec.projections[0].delay = Delay::Same(1.6),
        |spec: &mut NetworkSpec| spec.projections[0].connect = Connect::FixedInDegree(99),
        |spec: &mut NetworkSpec| spec.projections[0].weight = Weight::Normal { mean: 1.0, sd: 0.1 },
        |spec: &mut NetworkSpec| spec.seed += 1,
    ] {
        let mut changed = brunel(5.0, 2.0);
        change(&mut changed);
        assert!(!one.is_tuned_like(&changed));
    }
}

#[test]
fn another_receptor_makes_another_network() {
    let with = |tau_ms| {
        let receptors = vec![Receptor::new(ExponentialCurrent { tau_ms })];
        let mut spec = NetworkSpec::new(0.1, 1);
        spec.populations.push(PopulationSpec::new("one", 4, Composed { neuron: Lif::default(), receptors }));
        spec
    };
    assert!(with(5.0).is_tuned_like(&with(5.0)) && !with(5.0).is_tuned_like(&with(6.0)));
}
