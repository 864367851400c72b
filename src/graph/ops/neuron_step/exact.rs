//! Neurons whose spikes and resets stay those that the executor saw, while each spike's height
//! follows the surrogate's own integral: the function whose gradient the surrogate is.

use super::{Drive, NeuronStep, Readout};
use crate::graph::operation::rows_and_columns;
use crate::graph::oracle::Exact;

/// Response and potential in mV.
pub fn neurons(step: &NeuronStep, given: &Exact) -> Vec<Vec<f64>> {
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
                let steady = input * step.gain_mv / membrane.span_mv;
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
