//! One example on its way there and back through the units that are shown: the gradient on every edge, and of a
//! spiking unit the surrogate gradient in time.

use super::anatomy::{MOST_INPUTS, mean, pick, unit_kind, widths};
use crate::ann::layers::UnitKind;
use crate::ann::{Kind, Loss, NetworkSpec};
use crate::data::Split;
use crate::graph::BuildError;
use crate::graph::ops::neuron_step::Drive;
use crate::session::Session;
use crate::session::trace::LayerTrace;

/// What one example does to the layer on its way back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayerGradient {
    /// Gradients of the weights, as in [`super::anatomy::LayerPicture::weights`].
    pub weights: Vec<f32>,
    /// The largest gradient of a weight, shown or not, by its size.
    pub largest: f32,
    /// Gradients of the biases, `(shown)`.
    pub biases: Vec<f32>,
    /// Responses `(shown)`: numbers, or mean spikes a step.
    pub responses: Vec<f32>,
}

/// The surrogate gradient of one spiking unit in time; all `(steps)`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GradientInTime {
    /// The potential, 0 at rest and 1 at threshold.
    pub potential: Vec<f32>,
    /// 1 where it fires.
    pub spikes: Vec<f32>,
    /// What stands for the derivative of the spike; empty of neurons that are no leaky membranes.
    pub surrogate: Vec<f32>,
    /// `∂loss/∂spike`.
    pub error: Vec<f32>,
    /// `∂loss/∂drive`; empty where the drive is one number for all steps.
    pub flow: Vec<f32>,
}

/// One example forward and back.
#[derive(Clone, Debug, PartialEq)]
pub struct BackwardPicture {
    /// The loss.
    pub loss: f32,
    /// Answers `(outputs)`, as they are compared with the targets.
    pub output: Vec<f32>,
    /// Targets `(outputs)`.
    pub target: Vec<f32>,
    /// Of each layer.
    pub layers: Vec<LayerGradient>,
    /// Of the unit that was asked for.
    pub in_time: Option<GradientInTime>,
}

/// One example forward and back, for the units that are shown; in time for one of a spiking network.
///
/// # Errors
/// As [`Session::trace`].
pub fn backward(
    session: &mut Session,
    shown: &[Vec<u32>],
    chosen: Option<(usize, u32)>,
    (split, example): (Split, u32),
) -> Result<BackwardPicture, BuildError> {
    let trace = session.trace(split, example)?;
    let network = session.network();
    let (widths, channels) = (widths(network), network.channels());
    let spiking = network.kind != Kind::Artificial;
    let mut before: Vec<u32> = (0..channels as u32).filter(|_| channels <= MOST_INPUTS).collect();
    let mut layers = Vec::new();
    for (at, &units) in widths.iter().enumerate() {
        let traced = &trace.layers[at];
        let all: Vec<u32> = (0..units as u32).collect();
        let asked = shown.get(at).filter(|asked| !asked.is_empty()).unwrap_or(&all);
        let own: Vec<u32> = asked.iter().copied().filter(|&unit| (unit as usize) < units).collect();
        let some =
            |numbers: &[f32]| own.iter().filter_map(|&unit| numbers.get(unit as usize).copied()).collect();
        let whole = traced.d_weights.len() == units * if at == 0 { channels } else { widths[at - 1] };
        let response = if at + 1 == widths.len() { &trace.output } else { &traced.response };
        layers.push(LayerGradient {
            weights: if whole { pick(&traced.d_weights, &before, &own, units) } else { Vec::new() },
            largest: traced.d_weights.iter().fold(0.0, |most, slope| slope.abs().max(most)),
            biases: some(&traced.d_bias),
            responses: some(&mean(response, units)),
        });
        before = own;
    }
    let in_time = chosen.filter(|_| spiking).and_then(|(layer, unit)| {
        let units = *widths.get(layer).filter(|&&units| (unit as usize) < units)?;
        in_time(network, &trace.layers[layer], (layer, unit), units)
    });
    let outputs = trace.output.len();
    let target = if trace.target.len() == outputs && network.loss != Loss::CrossEntropy {
        trace.target
    } else {
        (0..outputs).map(|class| f32::from(trace.target.first() == Some(&(class as f32)))).collect()
    };
    let output = answers(network, &trace.output);
    Ok(BackwardPicture { loss: trace.loss, output, target, layers, in_time })
}

/// Answers as a loss compares them with targets: shares of the classes, where it reads them by softmax.
pub fn answers(network: &NetworkSpec, output: &[f32]) -> Vec<f32> {
    if network.loss != Loss::CrossEntropy {
        return output.to_vec();
    }
    let most = output.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = output.iter().map(|&logit| crate::math::exp(logit - most)).collect();
    let sum = powers.iter().fold(0.0, |sum, power| sum + power);
    powers.iter().map(|power| power / sum).collect()
}

fn in_time(
    network: &NetworkSpec,
    traced: &LayerTrace,
    (layer, unit): (usize, u32),
    units: usize,
) -> Option<GradientInTime> {
    let UnitKind::Neurons(step) = unit_kind(network, layer, unit)? else { return None };
    let over_time = |numbers: &[f32]| -> Vec<f32> {
        if numbers.len() != step.steps * units {
            return Vec::new();
        }
        numbers[unit as usize..].iter().step_by(units).copied().collect()
    };
    let membrane = step.membrane();
    let scaled = |v: f32| ((f64::from(v) - membrane.rest_mv) / membrane.span_mv) as f32;
    let potential: Vec<f32> = over_time(&traced.potential).into_iter().map(scaled).collect();
    let surrogate = if step.neuron.is_leaky() {
        potential.iter().map(|u| step.surrogate.derivative(u - 1.0)).collect()
    } else {
        Vec::new()
    };
    Some(GradientInTime {
        surrogate,
        spikes: over_time(&traced.response),
        error: over_time(&traced.d_response),
        flow: if step.drive == Drive::PerStep { over_time(&traced.d_drive) } else { Vec::new() },
        potential,
    })
}
