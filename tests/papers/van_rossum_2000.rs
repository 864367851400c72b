//! van Rossum, Bi, Turrigiano (2000), Stable Hebbian learning from spike timing-dependent plasticity,
//! J. Neurosci. 20, 8812–8821, and Turrigiano, Leslie, Desai, Rutherford, Nelson (1998),
//! Activity-dependent scaling of quantal amplitude in neocortical neurons, Nature 391, 892–896.

use cajal::describe::Declared;
use cajal::learning::plasticity::Homeostatic;
use cajal::neurons::{Input, Lif, NeuronModel, Stepper};
use cajal::rng::{Stream, StreamId};
use cajal::snn::synapses::{ExponentialCurrent, SynapseModel, SynapseStepper};

#[test]
fn a_neuron_comes_back_to_its_rate_and_keeps_its_ratios() {
    let scaling = Homeostatic { tau_ms: 20_000.0, ..Homeostatic::default() };
    let references = Homeostatic::DECLARATION.references;
    let (neuron, receptor) =
        (Lif::default().stepper::<f32>(1.0), ExponentialCurrent::default().stepper::<f32>(1.0));
    let (mut rates, mut spreads) = (Vec::new(), Vec::new());
    // Weights too weak and too strong at first.
    for (seed, first) in [(1, 0.3f32), (2, 3.0)] {
        let draws = Stream::new(seed, StreamId::Sample);
        let mut weights: Vec<f32> = (0..100).map(|input| first * (0.5 + input as f32 / 100.0)).collect();
        let before = weights.clone();
        let synapses: Vec<u32> = (0..100).collect();
        let (mut state, mut current, mut rate_hz) = (neuron.rest(), receptor.rest(), 0.0);
        let (mut spikes, steps) = (0u32, 600_000u64);
        let mut uniform = [0.0f32; 100];
        for step in 0..steps {
            draws.fill_uniform(step, 0, &mut uniform);
            let arrived = uniform
                .iter()
                .zip(&weights)
                .filter(|(draw, _)| **draw < 0.02)
                .map(|(_, weight)| weight)
                .sum();
            let mut input = Input::current(0.0);
            receptor.step(&mut current, arrived, state[0], &mut input);
            scaling.fade(&mut rate_hz, 1.0);
            if neuron.step(&mut state, input).spike > 0.0 {
                scaling.spike(&mut rate_hz);
                spikes += u32::from(step >= steps / 2);
            }
            if step % 100 == 0 {
                scaling.scale(rate_hz, 100.0, &synapses, &mut weights);
            }
        }
        let rate_hz = f64::from(spikes) / (steps as f64 / 2000.0);
        rates.push(rate_hz / scaling.target_hz);
        let factor = weights[0] / before[0];
        assert!((factor - 1.0).abs() > 0.1, "nothing had to be scaled: {factor}");
        let spread = weights.iter().zip(&before).map(|(after, before)| (after / before / factor - 1.0).abs());
        spreads.push(f64::from(spread.fold(0.0, f32::max)));
    }
    super::assert_meets(&references[0], super::farthest(&references[0], rates));
    super::assert_meets(&references[1], super::farthest(&references[1], spreads));
}
