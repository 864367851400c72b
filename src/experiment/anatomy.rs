//! A network as it can be drawn: weights between the units that are shown, what a unit reads and makes of it, and
//! its curve.
//!
//! Layers are counted from the first hidden one; the last is the output. Which units are shown is for the page to
//! say: weights of the others are not copied.

use super::config::kind_id;
use crate::ann::layers::{Layer, UnitKind};
use crate::ann::{Kind, NetworkSpec, Swap};
use crate::data::Split;
use crate::graph::ops::neuron_step::{Drive, NeuronStep};
use crate::kernels::activation::Activation;
use crate::session::{Responses, Session};

/// Inputs of the first layer that are drawn one by one; more are drawn as a picture, or not at all.
pub const MOST_INPUTS: usize = 24;
/// Weighted sums over which a curve is drawn, from minus this to this.
const REACH: f32 = 3.0;
/// Points of a curve.
const POINTS: usize = 121;

/// One layer as it is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayerPicture {
    /// The units that are shown.
    pub shown: Vec<u32>,
    /// `(shown before, shown)`; of the first layer `(inputs, shown)`, empty where there are too many of them.
    pub weights: Vec<f32>,
    /// `(shown)`.
    pub biases: Vec<f32>,
    /// For each unit of the layer the length of its vector of outgoing weights; of the output that of its
    /// incoming ones.
    pub norms: Vec<f32>,
    /// Weights from an image, `(shown, features)`, of ON channels; empty elsewhere.
    pub fields: Vec<f32>,
    /// Units of another kind than their layer, with the ids of their kinds.
    pub others: Vec<(u32, &'static str)>,
    /// Units that are held, with their numbers.
    pub held: Vec<(u32, f32)>,
}

/// What one unit reads and makes of it, for one example.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitState {
    /// Id of what it is.
    pub kind: &'static str,
    /// At which number it is held.
    pub held: Option<f32>,
    /// What it reads, `(fan_in)`: numbers, or mean spikes a step.
    pub inputs: Vec<f32>,
    /// Its weights `(fan_in)`.
    pub weights: Vec<f32>,
    /// Its bias.
    pub bias: f32,
    /// `Σ inputs·weights + bias`: the weighted sum, or its mean over the steps.
    pub drive: f32,
    /// What it answers: a number, or mean spikes a step.
    pub response: f32,
    /// Weights by which the next layer reads it, `(units of that)`.
    pub outgoing: Vec<f32>,
}

/// What a unit answers to weighted sums.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitCurve {
    /// Weighted sums.
    pub inputs: Vec<f32>,
    /// What the next layer reads: numbers, or mean spikes a step of a current that is held.
    pub response: Vec<f32>,
    /// Its firing rate, Hz; empty where it does not fire.
    pub rate_hz: Vec<f32>,
    /// The activation function of this layer in the artificial network.
    pub activation: Vec<f32>,
    /// Drive for a weighted sum of 1, in the model's unit; none of activation functions.
    pub gain: Option<f64>,
}

/// Units of each layer, the output last.
pub(super) fn widths(network: &NetworkSpec) -> Vec<usize> {
    network.hidden.iter().map(|layer| layer.units).chain([network.outputs]).collect()
}

/// The units to be shown: those that were asked for, or the `most` with the largest norm.
fn choose(asked: &[u32], norms: &[f32], most: usize) -> Vec<u32> {
    let mut shown: Vec<u32> = asked.iter().copied().filter(|&unit| (unit as usize) < norms.len()).collect();
    if shown.is_empty() {
        for _ in 0..most.min(norms.len()) {
            let left = (0..norms.len() as u32).filter(|unit| !shown.contains(unit));
            // Of equals the first.
            let larger = |a: u32, b: u32| if norms[b as usize] > norms[a as usize] { b } else { a };
            shown.extend(left.reduce(larger));
        }
    }
    shown.sort_unstable();
    shown.dedup();
    shown
}

fn norm(weights: impl Iterator<Item = f32>) -> f32 {
    weights.fold(0.0f32, |sum, weight| sum + weight * weight).sqrt()
}

/// The layers of a network; `asked` names the units to be shown, an empty list leaves the choice of `most`.
pub fn layers(session: &Session, asked: &[Vec<u32>], most: usize, image: bool) -> Vec<LayerPicture> {
    let network = session.network();
    let (widths, features) = (widths(network), network.inputs);
    let mut before: Vec<u32> = Vec::new();
    let mut pictures = Vec::new();
    for (at, &units) in widths.iter().enumerate() {
        let (weights, biases) = (session.parameter(2 * at), session.parameter(2 * at + 1));
        let norms: Vec<f32> = if at + 1 < widths.len() {
            session
                .parameter(2 * at + 2)
                .chunks_exact(widths[at + 1])
                .map(|row| norm(row.iter().copied()))
                .collect()
        } else {
            (0..units).map(|unit| norm(weights[unit..].iter().step_by(units).copied())).collect()
        };
        let shown = choose(asked.get(at).map_or(&[], Vec::as_slice), &norms, most);
        if at == 0 {
            before = (0..network.channels() as u32).collect();
            before.retain(|_| network.channels() <= MOST_INPUTS);
        }
        let fields = |unit: u32| weights[unit as usize..].iter().step_by(units).take(features).copied();
        let hidden = network.hidden.get(at);
        pictures.push(LayerPicture {
            weights: pick(weights, &before, &shown, units),
            biases: shown.iter().map(|&unit| biases[unit as usize]).collect(),
            norms,
            fields: if at == 0 && image {
                shown.iter().copied().flat_map(fields).collect()
            } else {
                Vec::new()
            },
            others: hidden
                .map_or(&[][..], |hidden| &hidden.others)
                .iter()
                .map(|&(unit, to)| (unit, kind_id(to)))
                .collect(),
            held: (0..units).filter_map(|unit| Some((unit as u32, session.held(at, unit)?))).collect(),
            shown: shown.clone(),
        });
        before = shown;
    }
    pictures
}

/// `(from, to)` of a matrix with `units` columns.
pub(super) fn pick(matrix: &[f32], from: &[u32], to: &[u32], units: usize) -> Vec<f32> {
    let row = |&pre: &u32| to.iter().map(move |&unit| matrix[pre as usize * units + unit as usize]);
    from.iter().flat_map(row).collect()
}

/// The mean over `steps`, of `units` numbers each.
pub(super) fn mean(response: &[f32], units: usize) -> Vec<f32> {
    let steps = response.len() / units;
    let of = |unit: usize| response[unit..].iter().step_by(units).fold(0.0, |sum, x| sum + x);
    (0..units).map(|unit| of(unit) / steps as f32).collect()
}

/// What a unit of a hidden layer is, by its id.
fn kind_of(network: &NetworkSpec, layer: usize, unit: u32) -> &'static str {
    let Some(hidden) = network.hidden.get(layer) else { return "" };
    let usual = match network.kind {
        Kind::Artificial => {
            let at = Activation::ALL.iter().position(|activation| *activation == hidden.activation);
            Swap::Activation(at.unwrap_or_default() as u8)
        }
        Kind::Spiking(_) => Swap::Neuron,
    };
    let own = hidden.others.iter().find(|(other, _)| *other == unit).map(|(_, to)| *to);
    kind_id(own.unwrap_or(usual))
}

/// One unit, for one example; `None` if there is no such unit.
pub fn unit(
    session: &mut Session,
    layer: usize,
    unit: usize,
    split: Split,
    example: u32,
) -> Option<UnitState> {
    let network = session.network();
    let (widths, channels) = (widths(network), network.channels());
    let units = *widths.get(layer).filter(|&&units| unit < units)?;
    let fan_in = if layer == 0 { channels } else { widths[layer - 1] };
    let kind = kind_of(network, layer, unit as u32);
    let Responses { output, source, hidden, .. } = session.respond_to(split, &[example]);
    let inputs = mean(if layer == 0 { source } else { hidden[layer - 1] }, fan_in);
    let response = hidden.get(layer).map_or(output, |response| response);
    let response = mean(response, units)[unit];
    let weights: Vec<f32> = session.parameter(2 * layer)[unit..].iter().step_by(units).copied().collect();
    let bias = session.parameter(2 * layer + 1)[unit];
    let drive = inputs.iter().zip(&weights).fold(0.0, |sum, (x, w)| sum + x * w) + bias;
    let outgoing = widths
        .get(layer + 1)
        .map_or_else(Vec::new, |&next| session.parameter(2 * layer + 2)[unit * next..][..next].to_vec());
    let held = session.held(layer, unit);
    Some(UnitState { kind, held, inputs, weights, bias, drive, response, outgoing })
}

/// What a unit of a hidden layer consists of.
pub(super) fn unit_kind(network: &NetworkSpec, layer: usize, unit: u32) -> Option<UnitKind> {
    let of_units = |layer: &Layer| match layer {
        Layer::Dense(dense) => Some(UnitKind::Activation(dense.activation)),
        Layer::Neurons(neurons) => Some(UnitKind::Neurons(neurons.step.clone())),
        Layer::Grouped(grouped) => {
            let own = grouped.groups.iter().find(|group| group.indices.contains(&unit));
            own.map(|group| group.kind.clone())
        }
        _ => None,
    };
    let hidden = network.hidden.get(layer)?;
    if unit as usize >= hidden.units {
        return None;
    }
    network.model().layers.iter().filter_map(of_units).nth(layer)
}

/// The curve of a unit of a hidden layer; `None` if there is none.
pub fn curve(session: &Session, layer: usize, unit: u32) -> Option<UnitCurve> {
    let network = session.network();
    let usual = network.hidden.get(layer)?.activation;
    let step = 2.0 * REACH / (POINTS - 1) as f32;
    let inputs: Vec<f32> = (0..POINTS).map(|at| at as f32 * step - REACH).collect();
    let activation = inputs.iter().map(|&x| usual.value(x)).collect();
    let held = |step: &NeuronStep| NeuronStep { drive: Drive::Held, ..step.clone() };
    let rate = |step: &NeuronStep, means: &[f32]| {
        let per_step = (1000.0 / step.dt_ms) as f32;
        if step.neuron.fires() { means.iter().map(|mean| mean * per_step).collect() } else { Vec::new() }
    };
    let (response, rate_hz, gain) = match unit_kind(network, layer, unit)? {
        UnitKind::Activation(own) => (inputs.iter().map(|&x| own.value(x)).collect(), Vec::new(), None),
        UnitKind::Neurons(step) => {
            let means = held(&step).curve(&inputs);
            let rate = rate(&step, &means);
            (means, rate, Some(step.gain))
        }
        UnitKind::Fitted(step, fit) => {
            let shifted: Vec<f32> = inputs.iter().map(|x| x + fit.shift).collect();
            let means = held(&step).curve(&shifted);
            let rate = rate(&step, &means);
            (means.iter().map(|mean| fit.offset + fit.scale * mean).collect(), rate, Some(step.gain))
        }
    };
    Some(UnitCurve { inputs, response, rate_hz, activation, gain })
}

#[cfg(test)]
mod tests;
