//! Neurons whose spikes and resets stay those that the executor saw, while each spike's height
//! follows the surrogate's own integral: the function whose gradient the surrogate is.

use super::{Drive, NeuronStep, Readout};
use crate::graph::operation::rows_and_columns;
use crate::graph::oracle::Exact;

/// Response and potential in mV.
pub fn neurons(step: &NeuronStep, given: &Exact) -> Vec<Vec<f64>> {
    let (drive, units) = (given.inputs[0], rows_and_columns(given.shapes[0]).1);
    let spikes = given.observed[0];
    let membrane = step.membrane();
    let batch = drive.len() / units / if step.drive == Drive::Held { 1 } else { step.steps };
    let mut potential = vec![0.0; batch * step.steps * units];
    let spiking = step.readout() == Readout::Spikes;
    let mut response = vec![0.0; batch * units * if spiking { step.steps } else { 1 }];
    let slope = f64::from(step.slope);
    let height = |u: f64| (u - 1.0) / (1.0 + slope * (u - 1.0).abs());
    for example in 0..batch {
        for unit in 0..units {
            let mut u = 0.0;
            let mut silent = 0;
            for t in 0..step.steps {
                let at = (example * step.steps + t) * units + unit;
                let input = drive[if step.drive == Drive::Held { example * units + unit } else { at }];
                let steady = input * step.gain_mv / membrane.span_mv;
                u = if silent > 0 { 0.0 } else { steady + (u - steady) * membrane.decay };
                potential[at] = membrane.rest_mv + u * membrane.span_mv;
                if !spiking {
                    response[example * units + unit] += u / step.steps as f64;
                    continue;
                }
                let before = given.undisturbed.as_ref().map_or(potential[at], |before| before[1][at]);
                let before = (before - membrane.rest_mv) / membrane.span_mv;
                response[at] = f64::from(spikes[at]) + height(u) - height(before);
                silent = i64::max(silent - 1, 0);
                if spikes[at] > 0.0 {
                    u = 0.0;
                    silent = i64::from(membrane.refractory_steps);
                }
            }
        }
    }
    vec![response, potential]
}
