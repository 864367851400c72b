//! Fits against the neurons and activations themselves.

use super::*;
use crate::graph::ops::neuron_step::{Drive, Learned, Neuron, Readout, Surrogate};
use crate::neurons::{LeakyModel, Lif};

fn step(neuron: Neuron, drive: Drive) -> NeuronStep {
    NeuronStep {
        neuron,
        steps: 25,
        dt_ms: 1.0,
        drive,
        gain: 1.0,
        readout: if neuron.fires() { Readout::Rate } else { Readout::MeanPotential },
        surrogate: Surrogate::FastSigmoid { slope: 5.0 },
        learned: Learned::default(),
        site: 0,
    }
}

#[test]
fn every_neuron_covers_what_an_activation_covers() {
    for neuron in Neuron::all() {
        let id = neuron.declaration().id;
        for activation in Activation::ALL {
            let step = step(neuron, Drive::Held);
            let fit = Fit::of(&step, activation);
            let asked: Vec<f32> = inputs().map(|x| x as f32 + fit.shift).collect();
            let answers = NeuronStep { gain: fit.gain, ..step }.curve(&asked);
            let answers: Vec<f32> = answers.iter().map(|r| fit.offset + fit.scale * r).collect();
            let wanted: Vec<f32> = inputs().map(|x| activation.value(x as f32)).collect();
            let mean = wanted.iter().sum::<f32>() / 25.0;
            let square = |x: f32| x * x;
            let left = wanted.iter().zip(&answers).map(|(y, a)| square(y - a)).sum::<f32>()
                / wanted.iter().map(|y| square(y - mean)).sum::<f32>();
            let all_or_none = ["mcculloch-pitts", "perceptron", "leaky-integrator"].contains(&id);
            let bar = match (all_or_none, activation) {
                (true, _) => 0.26,
                (false, Activation::Tanh | Activation::Sigmoid) => 0.08,
                (false, Activation::Step) => 0.17,
                (false, _) => 0.11,
            };
            assert!(left < bar, "{id} as {activation:?} leaves {left} of the variance: {fit:?}");
        }
    }
}

#[test]
fn a_leaky_neuron_has_the_gain_that_is_known_by_heart() {
    let lif = Neuron::Lif(Lif::default());
    let membrane = Lif::default().membrane(1.0);
    let pulse = gain_like(&step(lif, Drive::PerStep), &step(lif, Drive::PerStep));
    let exact = NeuronStep::gain_for_jump(membrane, 1.0);
    assert!((exact..1.03 * exact).contains(&pulse), "{pulse}, exactly {exact}");
    let held = NeuronStep { gain: 10.0 * membrane.span_mv, ..step(lif, Drive::Held) };
    let like = gain_like(&held, &held);
    assert!((like / held.gain).ln().abs() < 0.1, "{like}, wanted {}", held.gain);
}

#[test]
fn a_neuron_among_spikes_fires_as_often_as_the_one_before() {
    let lif = NeuronStep { gain: 150.0, ..step(Neuron::Lif(Lif::default()), Drive::Held) };
    let asked = [0.5, 1.0, 2.0, 3.0];
    let wanted = lif.curve(&asked);
    for neuron in Neuron::all().into_iter().filter(Neuron::fires) {
        let id = neuron.declaration().id;
        let held = step(neuron, Drive::Held);
        let answers = NeuronStep { gain: gain_like(&held, &lif), ..held }.curve(&asked);
        assert!(answers.is_sorted() && answers[3] > 0.0, "{id}: {answers:?}");
        let apart = answers.iter().zip(&wanted).map(|(a, b)| (a - b).abs()).sum::<f32>() / 4.0;
        let all_or_none = ["mcculloch-pitts", "perceptron"].contains(&id);
        assert!(all_or_none || apart < 0.14, "{id}: {answers:?} like {wanted:?}");
        let pulse = step(neuron, Drive::PerStep);
        let gain = gain_like(&pulse, &pulse);
        let [weak, strong] =
            [0.9, 1.0].map(|height| NeuronStep { gain, ..pulse.clone() }.curve(&[height])[0]);
        let one = 0.4 / 25.0;
        assert!(weak < one && strong >= one, "{id}: {weak} spikes a step at 0.9, {strong} at 1");
    }
}
