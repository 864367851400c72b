//! Every layer against its definition in f64, and what it refuses.

use super::*;
use crate::ann::calibrate::gain_like;
use crate::ann::model::Mode;
use crate::ann::{Loss, Model};
use crate::graph::ops::neuron_step::{Drive, Learned, Neuron, NeuronStep, Readout, Surrogate};
use crate::graph::oracle::{check_gradients, numbers};
use crate::kernels::activation::Activation;
use crate::neurons::Lif;

const BATCH: usize = 4;

fn model(layers: Vec<Layer>, example: &[usize]) -> Model {
    Model { example: example.to_vec(), layers, loss: Loss::HalfMeanSquare(Activation::Linear) }
}

/// Holds values and gradients of layers behind a dense one; says how many parameters have none. An
/// answering network has the same parameters and the same shape of answers.
fn hold(layers: Vec<Layer>, example: &[usize]) -> usize {
    hold_fed(layers, example, None)
}

fn hold_fed(layers: Vec<Layer>, example: &[usize], input: Option<Vec<f32>>) -> usize {
    let name = format!("{layers:?}");
    let model = model(layers, example);
    let learning = model.build(BATCH, Mode::Learn).expect("a network");
    let answering = model.build(BATCH, Mode::Answer).expect("a network");
    assert_eq!(learning.starts, answering.starts, "{name}: the same parameters in both modes");
    assert_eq!(learning.graph.shape(learning.output), answering.graph.shape(answering.output), "{name}");
    let parameters = learning.starts.len();
    let gradients = check_gradients(&name, |graph| {
        let network = model.build(BATCH, Mode::Learn).expect("a network");
        let len = |id| network.graph.tensor(id).len();
        let input_numbers = input.clone().unwrap_or_else(|| numbers(len(network.input), 1));
        let fed = vec![(network.input, input_numbers), (network.target, numbers(len(network.target), 2))];
        *graph = network.graph;
        (fed, network.loss.expect("a loss"))
    });
    parameters - gradients
}

fn refusal(layer: impl Into<Layer>, example: &[usize]) -> String {
    model(vec![layer.into()], example).build(BATCH, Mode::Learn).unwrap_err().to_string()
}

fn dense(units: usize) -> Layer {
    Dense { units, activation: Activation::Tanh }.into()
}

#[test]
fn layers_that_move_numbers() {
    assert_eq!(hold(vec![dense(3), Flatten.into(), dense(2)], &[2, 3]), 0);
    assert_eq!(hold(vec![Residual(vec![dense(5), dense(3)]).into()], &[2, 3]), 0);
    assert_eq!(hold(vec![dense(3), MeanOverTime.into()], &[5, 2]), 0);
    let narrow = refusal(Residual(vec![dense(2)]), &[3]);
    assert_eq!(narrow, "residual: expected layers that keep [4, 3], got [4, 2]");
    // As many steps as examples: what is left is no operand for all examples.
    let mean = refusal(Residual(vec![MeanOverTime.into()]), &[4, 3]);
    assert_eq!(mean, "residual: expected layers that keep [4, 4, 3], got [4, 3]");
    assert_eq!(refusal(MeanOverTime, &[3]), "mean over time: expected (batch, steps, units), got [4, 3]");
}

#[test]
fn layers_that_normalise_and_leave_out() {
    let epsilon = 1e-3;
    assert_eq!(hold(vec![dense(5), LayerNorm { epsilon }.into(), dense(2)], &[3]), 0);
    assert_eq!(hold(vec![dense(5), BatchNorm { epsilon }.into(), dense(2)], &[3]), 2, "running statistics");
    let dropout = Dropout { rate: 0.3 };
    assert_eq!(hold(vec![dense(5), dropout.into(), dense(4), dropout.into()], &[3]), 0);
    assert_eq!(refusal(Dropout { rate: 1.0 }, &[3]), "dropout: expected a rate in [0, 1), got 1.0");
}

#[test]
fn sequences() {
    for causal in [false, true] {
        assert_eq!(hold(vec![Attention { heads: 2, causal }.into()], &[5, 4]), 0);
    }
    let indices: Vec<f32> = (0..BATCH * 3).map(|at| (at * 5 % 7) as f32).collect();
    let layers = vec![Embedding { vocabulary: 7, units: 4 }.into(), Positions.into(), dense(2)];
    assert_eq!(hold_fed(layers, &[3], Some(indices)), 0);
    let heads = refusal(Attention { heads: 3, causal: false }, &[5, 4]);
    assert_eq!(heads, "attention: expected heads that divide 4 units, got 3");
    assert!(refusal(Attention { heads: 0, causal: false }, &[5, 4]).ends_with("got 0"));
    assert!(refusal(Attention { heads: 1, causal: false }, &[4]).contains("(batch, places, units)"));
    let none = refusal(Embedding { vocabulary: 7, units: 0 }, &[3]);
    assert_eq!(none, "embedding: expected a result of at least one number, got shape [7, 0]");
}

#[test]
fn experts_and_samples() {
    let experts = MixtureOfExperts { experts: 4, k: 2, hidden: 3, activation: Activation::Tanh, units: 2 };
    assert_eq!(hold(vec![experts.into()], &[5]), 0);
    for k in [0, 5] {
        let error = refusal(MixtureOfExperts { k, ..experts }, &[5]);
        assert_eq!(error, format!("experts: expected 1 to 4 experts asked, got {k}"));
    }
    let sample = Sample { units: 3, divergence: 0.2 };
    assert_eq!(hold(vec![dense(4), sample.into(), dense(2)], &[3]), 0);
    let negative = refusal(Sample { divergence: -1.0, ..sample }, &[3]);
    assert_eq!(negative, "sample: expected a weight of at least 0, got -1.0");
}

fn held(readout: Readout, learned: Learned) -> NeuronStep {
    NeuronStep {
        neuron: Neuron::Lif(Lif::default()),
        steps: 12,
        dt_ms: 1.0,
        drive: Drive::Held,
        gain: 60.0,
        readout,
        surrogate: Surrogate::FastSigmoid { slope: 4.0 },
        learned,
        site: 0,
    }
}

#[test]
fn units_of_several_kinds() {
    let group = |kind, indices: &[u32]| UnitGroup { kind, indices: indices.to_vec() };
    let learned = Learned { threshold: true, decay: false };
    let rate = UnitKind::Neurons(held(Readout::Rate, learned));
    let frozen = NeuronStep { surrogate: Surrogate::Frozen, ..held(Readout::Rate, Learned::default()) };
    let groups = vec![
        group(UnitKind::Activation(Activation::Tanh), &[5, 0, 3]),
        group(rate.clone(), &[1, 6]),
        group(UnitKind::Neurons(frozen), &[4]),
        group(UnitKind::Activation(Activation::Linear), &[2]),
    ];
    let grouped = |groups: &[UnitGroup]| Grouped { units: 7, groups: groups.to_vec() };
    assert_eq!(hold(vec![grouped(&groups).into(), dense(2)], &[3]), 0);
    let all = group(UnitKind::Activation(Activation::Relu), &[0, 1, 2, 3, 4, 5, 6]);
    let network = model(vec![grouped(&[all]).into()], &[3]).build(BATCH, Mode::Answer).expect("a network");
    assert_eq!(network.graph.nodes().len(), 2, "one group of all units is a dense layer");

    let missing = refusal(grouped(&groups[1..]), &[3]);
    assert_eq!(missing, "unit groups: expected groups of all 7 units, got 4");
    let twice = refusal(grouped(&[groups[0].clone(), group(rate, &[0])]), &[3]);
    assert_eq!(twice, "unit groups: expected each unit below 7 once, got 0");
    let spikes = UnitKind::Neurons(held(Readout::Spikes, Learned::default()));
    let mixed = [groups[0].clone(), group(spikes, &[1, 2, 4, 6])];
    let wanted = "unit groups: expected units that all answer with one number, or all with spikes, got";
    assert!(refusal(grouped(&mixed), &[3]).starts_with(wanted));
    let per_step = NeuronStep { drive: Drive::PerStep, ..held(Readout::Rate, Learned::default()) };
    let per_step = refusal(grouped(&[group(UnitKind::Neurons(per_step), &[0, 1, 2, 3, 4, 5, 6])]), &[3]);
    let wanted =
        "unit groups: expected neurons under a held drive, read out as one number, got (PerStep, Rate)";
    assert_eq!(per_step, wanted);
}

#[test]
fn units_of_every_kind_side_by_side() {
    let activations = Activation::ALL.map(UnitKind::Activation);
    let answering = Neuron::all().map(|neuron| {
        let readout = if neuron.fires() { Readout::Rate } else { Readout::MeanPotential };
        let step = NeuronStep { neuron, ..held(readout, Learned::default()) };
        UnitKind::fitted(&step, Activation::Tanh)
    });
    let firing = Neuron::all().into_iter().filter(Neuron::fires).map(|neuron| {
        let usual = held(Readout::Spikes, Learned::default());
        let step = NeuronStep { neuron, ..usual.clone() };
        UnitKind::Neurons(NeuronStep { gain: gain_like(&step, &usual), ..step })
    });
    let in_groups = |kinds: Vec<UnitKind>| {
        let units = kinds.len();
        // Backwards, so that places and groups differ.
        let groups = kinds.into_iter().zip((0..units as u32).rev());
        let groups = groups.map(|(kind, unit)| UnitGroup { kind, indices: vec![unit] }).collect();
        Layer::from(Grouped { units, groups })
    };
    let numbers = activations.into_iter().chain(answering).collect();
    assert_eq!(hold(vec![in_groups(numbers), dense(2)], &[3]), 0);
    let spikes: Vec<UnitKind> = firing.collect();
    assert_eq!(hold(vec![in_groups(spikes.clone()), MeanOverTime.into(), dense(2)], &[3]), 0);
    let network = model(vec![in_groups(spikes), MeanOverTime.into()], &[3]).build(BATCH, Mode::Answer);
    let network = network.expect("a network");
    assert_eq!(network.graph.shape(network.potentials[0]), [BATCH, 12, 9]);
}

#[test]
fn neurons_learn_their_decay() {
    let learned = Learned { threshold: true, decay: true };
    let step = held(Readout::Rate, learned);
    assert_eq!(hold(vec![Neurons { units: 3, step }.into()], &[5]), 0);
}
