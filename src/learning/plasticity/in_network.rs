//! Rules within a network: projections that learn, tire and warm up.

use super::{DopamineStdp, PairStdp};
use crate::neurons::Lif;
use crate::snn::cells::{LifDelta, PoissonSource};
use crate::snn::short_term::ShortTerm;
use crate::snn::{BackgroundSpec, Connect, Network, NetworkSpec, PopulationSpec, ProjectionSpec, Weight};

const LIMIT: u64 = 1 << 28;
const SOURCES: u32 = 40;
const TARGETS: u32 = 6;
const AXONAL_MS: f64 = 1.3;

/// Poisson sources onto neurons that fire by themselves, too.
fn spec(rule: PairStdp, dendritic_ms: f64) -> NetworkSpec {
    let neuron = Lif { tau_ms: 20.0, rest_mv: 0.0, reset_mv: 0.0, threshold_mv: 10.0, refractory_ms: 2.0 };
    let connect = Connect::Probability { probability: 0.5, to_itself: true };
    let projection = ProjectionSpec {
        dendritic_ms,
        weight: Weight::Uniform { low: 0.4, high: 0.6 },
        ..ProjectionSpec::new([0, 1], 0, connect, 0.5, AXONAL_MS).learning(rule)
    };
    NetworkSpec {
        populations: vec![
            PopulationSpec::new("sources", SOURCES, PoissonSource { rate_hz: 30.0 }),
            PopulationSpec {
                background: vec![BackgroundSpec { rate_hz: 900.0, weight: 0.8, receptor: 0 }],
                ..PopulationSpec::new("targets", TARGETS, LifDelta { neuron })
            },
        ],
        // A shorter delay elsewhere makes windows shorter than the delay of what learns.
        projections: vec![projection, ProjectionSpec::new([1, 1], 0, Connect::FixedInDegree(2), -0.5, 0.5)],
        ..NetworkSpec::new(0.1, 11)
    }
}

/// Times of all spikes of sources and targets, ms.
fn run(network: &mut Network, until_ms: f64) -> [Vec<Vec<f64>>; 2] {
    let mut times = [SOURCES, TARGETS].map(|count| vec![Vec::new(); count as usize]);
    while network.time_ms() < until_ms {
        network.advance().expect("finite potentials");
        network.each_spike(|population, step, neuron| {
            times[population][neuron as usize].push(step as f64 * 0.1);
        });
    }
    times
}

#[test]
fn weights_change_by_the_pairs_of_spikes_at_the_synapse() {
    // Weights stay away from their bounds, so that changes add up.
    let rule = PairStdp { a_plus: 1e-4, ..PairStdp::default() };
    for dendritic_ms in [0.0, 0.7] {
        let mut network = spec(rule, dendritic_ms).build(LIMIT).expect("a network");
        assert_eq!(network.window(), 5);
        let before = network.weights(0);
        let [pre, post] = run(&mut network, 2000.0);
        let now_ms = network.time_ms() - 0.05;
        assert!(post.iter().all(|times| times.len() > 10), "targets fire");
        let mut largest: f64 = 0.0;
        for ((source, target, old), (.., new)) in before.into_iter().zip(network.weights(0)) {
            let mut exact = 0.0;
            let arrivals = pre[source as usize].iter().map(|time| time + AXONAL_MS);
            for arrival in arrivals.filter(|&arrival| arrival < now_ms) {
                let returns = post[target as usize].iter().map(|time| time + dendritic_ms);
                for back in returns.filter(|&back| back < now_ms) {
                    let apart = back - arrival;
                    // At one moment the arrival comes first.
                    exact += if apart > -0.05 {
                        1e-4 * (-apart / 20.0).exp()
                    } else {
                        -1.05e-4 * (apart / 20.0).exp()
                    };
                }
            }
            let ours = f64::from(new) - f64::from(old);
            largest = largest.max(exact.abs());
            assert!((ours - exact).abs() < 2e-6, "{source} → {target}: {ours} against {exact}");
        }
        assert!(largest > 1e-4, "something was learned: {largest}");
    }
}

#[test]
fn what_was_learned_reaches_the_target() {
    let neuron = Lif { tau_ms: 20.0, rest_mv: 0.0, reset_mv: 0.0, threshold_mv: 1e3, refractory_ms: 2.0 };
    let mut spec = spec(PairStdp::default(), 0.4);
    spec.populations[1] = PopulationSpec::new("targets", TARGETS, LifDelta { neuron });
    spec.projections.truncate(1);
    spec.projections[0].connect = Connect::AllToAll { to_itself: true };
    let mut network = spec.build(LIMIT).expect("a network");
    network.set_rates(0, &[0.0; SOURCES as usize]).expect("sources");
    let weights: Vec<f32> = (0..SOURCES * TARGETS).map(|at| at as f32).collect();
    network.set_weights(0, &weights).expect("finite weights");
    let mut rates = [0.0; SOURCES as usize];
    rates[7] = 1e9;
    network.set_rates(0, &rates).expect("sources");
    // Fires in step 0, arrives 1.3 + 0.4 ms later: in step 17, whose end `potentials` tells.
    while network.step() < 26 {
        network.advance().expect("finite potentials");
        let potentials = network.potentials(1);
        let arrived = network.step() > 17;
        assert_eq!(potentials[3] > 0.0, arrived, "step {}: {potentials:?}", network.step());
        let ratio = potentials[3] / potentials[0] * weights[7 * 6] / weights[7 * 6 + 3];
        assert!(!arrived || (ratio - 1.0).abs() < 1e-5, "{ratio}");
    }
    assert!(
        network.set_weights(0, &weights[1..]).is_err() && network.set_weights(0, &[f32::NAN; 240]).is_err()
    );
    assert!(network.set_rates(0, &[1.0]).is_err() && network.set_rates(1, &[1.0; 6]).is_err());
    assert!(network.set_rates(0, &[-1.0; 40]).is_err());
}

#[test]
fn scaling_keeps_the_sum_of_each_target() {
    let mut network = spec(PairStdp::default(), 0.0).build(LIMIT).expect("a network");
    network.scale_weights(0, 3.0);
    let mut sums = [0.0; TARGETS as usize];
    network.weights(0).iter().for_each(|&(_, target, weight)| sums[target as usize] += weight);
    assert!(sums.iter().all(|sum| (sum - 3.0).abs() < 1e-5), "{sums:?}");
}

#[test]
fn a_rule_that_is_switched_off_changes_nothing() {
    let mut network = spec(PairStdp::default(), 0.3).build(LIMIT).expect("a network");
    network.set_learning(0, false);
    let before = network.weights(0);
    run(&mut network, 200.0);
    assert_eq!(network.weights(0), before);
    network.set_learning(0, true);
    run(&mut network, 400.0);
    assert_ne!(network.weights(0), before);
}

#[test]
fn reward_turns_eligibility_into_weight() {
    let mut spec = spec(PairStdp::default(), 0.0);
    let learning = spec.projections[0].clone().learning(DopamineStdp::default());
    spec.projections[0] = learning;
    let mut network = spec.build(LIMIT).expect("a network");
    let before = network.weights(0);
    run(&mut network, 300.0);
    // Whatever an event would have earned since the last advance is taken off again: nothing is left.
    let apart = |network: &Network| {
        let both = network.weights(0).into_iter().zip(before.clone());
        both.map(|(new, old)| (new.2 - old.2).abs()).fold(0.0, f32::max)
    };
    network.reward(0, 0.0);
    assert!(apart(&network) < 1e-6, "{}", apart(&network));
    let eligible = network.eligibilities(0).iter().filter(|eligibility| eligibility.abs() > 0.01).count();
    assert!(eligible > 20, "{eligible}");
    network.reward(0, 0.5);
    run(&mut network, 600.0);
    assert!(apart(&network) > 0.05, "{}", apart(&network));
}

#[test]
fn synapses_that_learn_take_ten_bytes_and_fourteen_with_eligibility() {
    let each = |rule: &dyn Fn(ProjectionSpec) -> ProjectionSpec| {
        let mut spec = spec(PairStdp::default(), 0.0);
        spec.populations.iter_mut().for_each(|population| population.count = 4000);
        let connect = Connect::Probability { probability: 0.02, to_itself: true };
        spec.projections = vec![rule(ProjectionSpec::new([0, 1], 0, connect, 0.5, 1.0))];
        let estimate = spec.estimate();
        let network = spec.build(LIMIT).expect("a network");
        let each = network.synapse_bytes() as f64 / network.synapses() as f64;
        let foreseen = estimate.synapse_bytes as f64 / estimate.synapses as f64;
        // The estimate counts traces, too.
        assert!((foreseen - each) < 0.5 && foreseen >= each, "{foreseen} and {each} bytes");
        each
    };
    let pair = each(&|projection| projection.learning(PairStdp::default()));
    let dopamine = each(&|projection| projection.learning(DopamineStdp::default()));
    assert!(pair < 10.2 && dopamine < 14.2, "{pair} and {dopamine}");
}

#[test]
fn sources_tire_and_warm_up() {
    // A source that fires every 50 ms, once its own 20 ms to threshold are known.
    let driven = Lif { tau_ms: 1e-3, rest_mv: 0.0, reset_mv: 0.0, threshold_mv: 10.0, refractory_ms: 49.9 };
    let neuron = Lif { tau_ms: 1e6, rest_mv: 0.0, reset_mv: 0.0, threshold_mv: 1e3, refractory_ms: 2.0 };
    let model = ShortTerm { use_fraction: 0.04, recovery_ms: 100.0, facilitation_ms: 1000.0 };
    let mut spec = NetworkSpec::new(0.1, 1);
    spec.populations.push(PopulationSpec {
        current: 20.0,
        ..PopulationSpec::new("source", 1, LifDelta { neuron: driven })
    });
    spec.populations.push(PopulationSpec::new("fixed", 1, LifDelta { neuron }));
    spec.populations.push(PopulationSpec::new("learning", 1, LifDelta { neuron }));
    for target in [1, 2] {
        let projection = ProjectionSpec::new([0, target], 0, Connect::OneToOne, 1.0, 1.0);
        spec.projections.push(ProjectionSpec { short_term: Some(model), ..projection });
    }
    let learning = spec.projections[1].clone().learning(PairStdp { a_plus: 0.0, ..PairStdp::default() });
    spec.projections[1] = learning;
    let mut network = spec.build(LIMIT).expect("a network");
    let mut heights = [const { Vec::new() }; 2];
    let mut last = [0.0f32; 2];
    while network.time_ms() < 230.0 {
        network.advance().expect("finite potentials");
        for (at, heights) in heights.iter_mut().enumerate() {
            let now = network.potentials(at + 1)[0];
            if now - last[at] > 0.01 {
                heights.push(f64::from(now - last[at]));
            }
            last[at] = now;
        }
    }
    for heights in heights {
        assert_eq!(heights.len(), 5);
        for (height, reference) in heights.iter().zip([1.0, 1.867, 2.582, 3.161, 3.629]) {
            assert!((height / heights[0] - reference).abs() < 2e-3, "{height}: {heights:?}");
        }
    }
}
