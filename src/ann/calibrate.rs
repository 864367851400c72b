//! Gains of neurons that take the place of an activation function, or of another neuron.
//!
//! Nothing is set by hand: the neuron itself is asked ([`NeuronStep::curve`]) for its f-I curve over the time
//! that an input is shown, from minus 16 to 16 times the smallest drive that makes it fire within that time. A
//! unit with the response `y = offset + scale·r(gain·(x + shift))` then has the gain, shift, scale and offset
//! that bring `y` nearest to the activation `f(x)` over inputs from −3 to 3, in least squares: scale and
//! offset in closed form, the two drives at −3 and at 3 by trying all on a grid of half the smallest one, of
//! those that use at least a quarter of what the curve covers. So the neuron covers what `f` covers there, and
//! the layer behind reads its rate as how far it lies between the lowest and the highest of `f`.
//!
//! A leaky integrate-and-fire neuron that the configuration names is the one exception: it answers with its rate
//! as it is, from 0 to 1, and its weights learn to live with that. One that a trained unit becomes is fitted.
//!
//! Among spikes there is no scale and no offset: a neuron has the gain by which its rate is nearest to that
//! of the neuron whose place it takes, or, where spikes drive it, the smallest by which one spike through a
//! weight of 1 makes it fire, as there.
//!
//! ```
//! use cajal::ann::calibrate::Fit;
//! use cajal::graph::ops::neuron_step::{Drive, Learned, Neuron, NeuronStep, Readout, Surrogate};
//! use cajal::kernels::activation::Activation;
//! let (drive, readout) = (Drive::Held, Readout::Rate);
//! let surrogate = Surrogate::FastSigmoid { slope: 5.0 };
//! let neuron = Neuron::named("perceptron", &[])?;
//! let (learned, site) = (Learned::default(), 0);
//! let step = NeuronStep { neuron, steps: 25, dt_ms: 1.0, drive, gain: 1.0, readout, surrogate, learned, site };
//! let fit = Fit::of(&step, Activation::Step);
//! let high = fit.offset + fit.scale;
//! assert!(fit.offset.abs() < 1e-6 && (high - 1.0).abs() < 1e-6); // a step is what it is
//! # Ok::<(), cajal::neurons::AnyNeuronError>(())
//! ```

use crate::graph::ops::neuron_step::{Drive, NeuronStep};
use crate::kernels::activation::Activation;

/// Inputs over which a curve is fitted: from minus this to this.
const REACH: f64 = 3.0;
/// Inputs at which it is compared, at even distances.
const INPUTS: i32 = 25;
/// Drives that are tried and measured, from minus this to this, in smallest drives that make the neuron fire.
const HIGHEST: i32 = 16;
/// Points of the measured curve for each of those.
const POINTS: i32 = 4;
/// Drives that are tried for each of those.
const TRIES: i32 = 2;
/// The share of the curve that a fit has to use: a few spikes at its foot, blown up, are no answer.
const USED: f64 = 0.25;
/// Gains that are tried for a neuron among spikes.
const GAINS: usize = 40;
/// The fourth root of 2.
const FOURTH_OF_AN_OCTAVE: f64 = 1.189_207_115_002_721;

/// How a neuron stands for an activation: `y = offset + scale·r(gain·(x + shift))`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Drive for an input of 1, in the model's unit.
    pub gain: f64,
    /// What is added to the input.
    pub shift: f32,
    /// What the rate, or the mean potential, is multiplied by.
    pub scale: f32,
    /// What is added to that.
    pub offset: f32,
    /// The share of the activation's variance over those inputs that is left, 0 where nothing is.
    pub residual: f64,
}

/// A measured f-I curve.
struct Curve {
    from: f64,
    spacing: f64,
    /// Whether it has stairs, a spike each: it is then level around its points, else straight between them.
    stairs: bool,
    responses: Vec<f64>,
}

impl Curve {
    /// Of a neuron whose smallest drive is `unit`, around `origin`.
    fn of(step: &NeuronStep, origin: f64, unit: f64) -> Self {
        let spacing = unit / f64::from(POINTS);
        let from = origin + unit * f64::from(-HIGHEST);
        let drives: Vec<f32> =
            (0..=2 * HIGHEST * POINTS).map(|point| (from + spacing * f64::from(point)) as f32).collect();
        let responses = NeuronStep { gain: 1.0, ..step.clone() }.curve(&drives);
        Self {
            from,
            spacing,
            stairs: step.neuron.fires(),
            responses: responses.into_iter().map(f64::from).collect(),
        }
    }

    fn at(&self, drive: f64) -> f64 {
        let last = self.responses.len() - 1;
        let place = ((drive - self.from) / self.spacing).max(0.0).min(last as f64);
        if self.stairs {
            return self.responses[(place + 0.5) as usize];
        }
        let below = (place as usize).min(last - 1);
        let share = place - below as f64;
        self.responses[below] + (self.responses[below + 1] - self.responses[below]) * share
    }

    fn extent(&self) -> f64 {
        extent(self.responses.iter().copied())
    }
}

/// From the lowest to the highest.
fn extent(responses: impl Iterator<Item = f64>) -> f64 {
    let both = |(low, high): (f64, f64), r: f64| (low.min(r), high.max(r));
    let (low, high) = responses.fold((f64::INFINITY, f64::NEG_INFINITY), both);
    high - low
}

/// The smallest drive that makes a neuron at rest fire, held or as a pulse as `step` says; the scale of its
/// effective membrane where none does.
fn smallest_drive(step: &NeuronStep) -> f64 {
    let scale = step.neuron.effective().scale;
    if !step.neuron.fires() {
        return scale;
    }
    let step = NeuronStep { gain: 1.0, ..step.clone() };
    // Half a spike, for neurons that draw.
    let enough = 0.5 / step.steps as f32;
    let first = |drives: &[f64]| {
        let inputs: Vec<f32> = drives.iter().map(|&drive| drive as f32).collect();
        step.curve(&inputs).iter().position(|&rate| rate >= enough)
    };
    let mut drives = vec![scale / 16.0];
    for at in 1..64 {
        drives.push(drives[at - 1] * std::f64::consts::SQRT_2);
    }
    let Some(found) = first(&drives) else { return scale };
    let high = drives[found];
    let low = if found == 0 { 0.0 } else { drives[found - 1] };
    let between: Vec<f64> = (1..=16).map(|part| low + (high - low) * f64::from(part) / 16.0).collect();
    first(&between).map_or(high, |at| between[at])
}

fn inputs() -> impl Iterator<Item = f64> {
    (0..INPUTS).map(|at| REACH * (2.0 * f64::from(at) / f64::from(INPUTS - 1) - 1.0))
}

fn mean(of: impl Iterator<Item = f64>) -> f64 {
    of.fold(0.0, |sum, x| sum + x) / f64::from(INPUTS)
}

impl Fit {
    /// The fit of a neuron under a held drive; its own gain does not matter.
    pub fn of(step: &NeuronStep, activation: Activation) -> Self {
        let unit = smallest_drive(step);
        // A drive of 0 means nothing to a unit that never fires.
        let origin = if step.neuron.fires() { 0.0 } else { step.neuron.effective().threshold };
        let curve = Curve::of(step, origin, unit);
        let wanted: Vec<f64> = inputs().map(|x| f64::from(activation.value(x as f32))).collect();
        let wanted_mean = mean(wanted.iter().copied());
        let variance = mean(wanted.iter().map(|y| (y - wanted_mean) * (y - wanted_mean)));
        let mut best = Self { gain: unit, shift: 0.0, scale: 0.0, offset: wanted_mean as f32, residual: 1.0 };
        let reach = HIGHEST * TRIES;
        let least = USED * curve.extent();
        let drive_of = |tried: i32| origin + unit * f64::from(tried) / f64::from(TRIES);
        for low in -reach..reach {
            for high in low + 1..=reach {
                let (from, to) = (drive_of(low), drive_of(high));
                let gain = (to - from) / (2.0 * REACH);
                let responses = || inputs().map(|x| curve.at(from + gain * (x + REACH)));
                let response_mean = mean(responses());
                let spread = mean(responses().map(|r| (r - response_mean) * (r - response_mean)));
                if spread <= 0.0 || extent(responses()) < least {
                    continue;
                }
                let together = responses().zip(&wanted).map(|(r, y)| (r - response_mean) * (y - wanted_mean));
                let scale = mean(together) / spread;
                let residual = 1.0 - scale * scale * spread / variance;
                if residual < best.residual {
                    let offset = (wanted_mean - scale * response_mean) as f32;
                    let shift = (from / gain + REACH) as f32;
                    best = Self { gain, shift, scale: scale as f32, offset, residual };
                }
            }
        }
        best
    }
}

/// The gain by which a neuron answers most nearly as `like` does to the same inputs from 0 to 3, both held; or,
/// where drives come per step, the smallest by which an input of 1 in one step makes it fire.
pub fn gain_like(step: &NeuronStep, like: &NeuronStep) -> f64 {
    let unit = smallest_drive(step);
    if step.drive == Drive::PerStep {
        return unit;
    }
    let asked: Vec<f32> = inputs().filter(|x| *x > 0.0).map(|x| x as f32).collect();
    let wanted = like.curve(&asked);
    // From where the largest input just makes it fire, four to an octave.
    let mut gains = vec![unit / REACH];
    for at in 1..GAINS {
        gains.push(gains[at - 1] * FOURTH_OF_AN_OCTAVE);
    }
    let drives: Vec<f32> =
        gains.iter().flat_map(|&gain| asked.iter().map(move |x| x * gain as f32)).collect();
    let answers = NeuronStep { gain: 1.0, ..step.clone() }.curve(&drives);
    let (mut best, mut least) = (unit, f64::INFINITY);
    for (&gain, answers) in gains.iter().zip(answers.chunks_exact(asked.len())) {
        let differences = answers.iter().zip(&wanted).map(|(ours, theirs)| f64::from(ours - theirs));
        let error = differences.fold(0.0, |sum, difference| sum + difference * difference);
        if error < least {
            (best, least) = (gain, error);
        }
    }
    best
}

#[cfg(test)]
mod tests;
