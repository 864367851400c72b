//! Neurons whose spikes and resets stay those that the executor saw, while each spike's height
//! follows the surrogate's own integral: the function whose gradient the surrogate is.

use super::{Drive, Neuron, NeuronStep, Readout};
use crate::graph::operation::rows_and_columns;
use crate::graph::oracle::Exact;
use crate::neurons::Rate;

/// Response and potential in mV, and what the gradient alone reads.
pub fn neurons(step: &NeuronStep, given: &Exact) -> Vec<Vec<f64>> {
    match &step.neuron {
        Neuron::Lif(_) | Neuron::LeakyIntegrator(_) => leaky(step, given),
        Neuron::Rate(model) => rates(step, model, given),
        _ => followed(step, given),
    }
}

/// Places of the numbers of a unit of an example, and the number that drives it, at each step.
struct Course<'a> {
    step: &'a NeuronStep,
    drive: &'a [f64],
    units: usize,
    batch: usize,
}

impl<'a> Course<'a> {
    fn of(step: &'a NeuronStep, given: &Exact<'a>) -> Self {
        let (drive, units) = (given.inputs[0], rows_and_columns(given.shapes[0]).1);
        let steps = if step.drive == Drive::Held { 1 } else { step.steps };
        Self { step, drive, units, batch: drive.len() / units / steps }
    }

    fn at(&self, unit: usize, t: usize) -> usize {
        (unit / self.units * self.step.steps + t) * self.units + unit % self.units
    }

    fn drive(&self, unit: usize, t: usize) -> f64 {
        self.step.gain * self.drive[if self.step.drive == Drive::Held { unit } else { self.at(unit, t) }]
    }

    fn count(&self) -> usize {
        self.batch * self.units
    }
}

/// A unit that never fires, whose steady state follows its drive.
fn rates(step: &NeuronStep, model: &Rate, given: &Exact) -> Vec<Vec<f64>> {
    let course = Course::of(step, given);
    let steady = |drive: f64| {
        let x = model.gain * (drive - model.threshold);
        if model.rectified > 0.0 { x.max(0.0) } else { 1.0 / (1.0 + (-x).exp()) }
    };
    let decay = (-step.dt_ms / model.tau_ms).exp();
    let mut potential = vec![0.0; course.count() * step.steps];
    let mut response = vec![0.0; course.count()];
    for unit in 0..course.count() {
        let mut rate = steady(0.0);
        for t in 0..step.steps {
            let goal = steady(course.drive(unit, t));
            rate = goal + (rate - goal) * decay;
            potential[course.at(unit, t)] = rate;
            response[unit] += rate / step.steps as f64;
        }
    }
    vec![response, potential]
}

/// Neurons of any other model: potentials and spikes are what the executor saw, and move as the membrane
/// that stands for them does.
fn followed(step: &NeuronStep, given: &Exact) -> Vec<Vec<f64>> {
    let course = Course::of(step, given);
    let effective = step.neuron.effective();
    let decay = (-step.dt_ms / effective.tau_ms).exp();
    let refractory = (effective.refractory_ms / step.dt_ms).round() as i64;
    let observed = given.as_observed();
    let spikes =
        if step.readout == Readout::Spikes { &observed[0] } else { observed.get(3).unwrap_or(&observed[0]) };
    let mut follows = vec![0.0; course.count() * step.steps];
    let mut response = vec![0.0; observed[0].len()];
    let share = 1.0 / step.steps as f64;
    for unit in 0..course.count() {
        let (mut u, mut silent) = (0.0, 0);
        for t in 0..step.steps {
            let at = course.at(unit, t);
            let steady = 1.0 + (course.drive(unit, t) - effective.threshold) / effective.scale;
            u = if silent > 0 { 0.0 } else { steady + (u - steady) * decay };
            follows[at] = u;
            let before = given.undisturbed.as_ref().map_or(u, |before| before[2][at]);
            let moved = step.surrogate.height(u - 1.0) - step.surrogate.height(before - 1.0);
            match step.readout {
                Readout::Spikes => response[at] = spikes[at] + moved,
                Readout::Rate => response[unit] += share * (spikes[at] + moved),
                Readout::MeanPotential => {
                    let seen = (observed[1][at] - effective.rest_mv) / effective.span_mv;
                    response[unit] += share * (seen + u - before);
                }
            }
            silent = i64::max(silent - 1, 0);
            if spikes[at] > 0.0 {
                u = 0.0;
                silent = refractory;
            }
        }
    }
    let mut outputs = vec![response, observed[1].clone(), follows];
    outputs.extend(observed.into_iter().skip(3));
    outputs
}

/// Leaky membranes: response and potential in mV.
fn leaky(step: &NeuronStep, given: &Exact) -> Vec<Vec<f64>> {
    let (drive, units) = (given.inputs[0], rows_and_columns(given.shapes[0]).1);
    let membrane = step.membrane();
    let batch = drive.len() / units / if step.drive == Drive::Held { 1 } else { step.steps };
    let over_time = step.readout == Readout::Spikes;
    let share = 1.0 / step.steps as f64;
    let mut potential = vec![0.0; batch * step.steps * units];
    let mut response = vec![0.0; batch * units * if over_time { step.steps } else { 1 }];
    let in_u = |v_mv: f64| (v_mv - membrane.rest_mv) / membrane.span_mv;
    for example in 0..batch {
        for unit in 0..units {
            let threshold = |inputs: &[&[f64]]| if step.learned.threshold { inputs[1][unit] } else { 1.0 };
            let decay = if step.learned.decay {
                given.inputs[1 + usize::from(step.learned.threshold)][unit]
            } else {
                membrane.decay
            };
            let (now, then) = (threshold(&given.inputs), threshold(&given.undisturbed_inputs));
            let (mut u, mut silent) = (0.0, 0);
            for t in 0..step.steps {
                let at = (example * step.steps + t) * units + unit;
                let input = drive[if step.drive == Drive::Held { example * units + unit } else { at }];
                let steady = input * step.gain / membrane.span_mv;
                u = if silent > 0 { 0.0 } else { steady + (u - steady) * decay };
                potential[at] = membrane.rest_mv + u * membrane.span_mv;
                let seen = f64::from(given.observed[1][at]);
                let spike = step.neuron.fires() && in_u(seen) >= then;
                let before = given.undisturbed.as_ref().map_or(potential[at], |before| before[1][at]);
                let moved = step.surrogate.height(u - now) - step.surrogate.height(in_u(before) - then);
                match step.readout {
                    Readout::Spikes => response[at] = f64::from(given.observed[0][at]) + moved,
                    Readout::Rate => response[example * units + unit] += share * (f64::from(spike) + moved),
                    Readout::MeanPotential => response[example * units + unit] += share * u,
                }
                silent = i64::max(silent - 1, 0);
                if spike {
                    u = 0.0;
                    silent = i64::from(membrane.refractory_steps);
                }
            }
        }
    }
    vec![response, potential]
}
