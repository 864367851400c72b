//! Diehl, Cook (2015), Unsupervised learning of digit recognition using spike-timing-dependent
//! plasticity, Front. Comput. Neurosci. 9, 99: neuron and rule. The accuracy of the circuit is measured
//! by `cargo xtask accuracy stdp`, which takes minutes.

use cajal::describe::Declared;
use cajal::learning::plasticity::PostStdp;
use cajal::neurons::{AdaptiveThreshold, Input, NeuronModel, Stepper};
use cajal::snn::plasticity::{Arrival, Firing, Modulation, Plasticity, SpikeRule, Traces};

#[test]
fn a_hundred_spikes_raise_the_threshold() {
    let model = AdaptiveThreshold::default();
    let neuron = model.stepper::<f64>(0.5);
    let mut state = neuron.rest();
    let (mut spikes, mut steps) = (0, 0);
    while spikes < 100 {
        spikes += i32::from(neuron.step(&mut state, Input::current(400.0)).spike > 0.0);
        steps += 1;
    }
    assert!(steps < 2000, "within a second: {steps} steps");
    super::assert_meets(
        &AdaptiveThreshold::DECLARATION.references[0],
        model.threshold_mv + state[2] - model.rest_mv,
    );
}

#[test]
fn a_spike_after_its_source_rewards_it() {
    let rule = PostStdp::default().rule();
    let (mut pre, mut post) = (Traces::new(1, 1), Traces::new(1, 0));
    let (mut weights, modulation) = ([0.5f32], Modulation::default());
    let arrival = Arrival {
        source: 0,
        time_ms: 10.0,
        targets: &[0u16],
        weights: &mut weights,
        eligibility: &mut [],
        modulation,
    };
    rule.on_pre(arrival, &mut pre, &post);
    let firing = Firing { target: 0, time_ms: 20.0, synapses: &[0], sources: &[0u16], modulation };
    rule.on_post(firing, &mut weights, &mut [], &pre, &mut post);
    super::assert_meets(&PostStdp::DECLARATION.references[0], f64::from(weights[0]));
}
