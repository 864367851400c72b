//! What the networks make of the plane and of one example, for pictures.

use crate::ann::Kind;
use crate::data::{Dataset, Source, Split};
use crate::session::{EVALUATION_BATCH, Responses, Session};

/// Units of a layer whose surface is drawn: more cannot be told apart on a screen.
const MAX_UNITS: usize = 64;

/// The network's answer and the hidden units' responses over a square of the plane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Surface {
    /// Points along each side.
    pub resolution: usize,
    /// Half the side of the square, in units of the data.
    pub extent: f32,
    /// `(resolution, resolution)`, the top row first: the output, or the odds of class 1 in −1..1.
    pub output: Vec<f32>,
    /// For each hidden layer `(units, resolution, resolution)`: activations, or mean spikes a step; of
    /// the first 64 units.
    pub units: Vec<Vec<f32>>,
}

/// What one example stirs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExampleResponse {
    /// `(outputs)`: logits or numbers.
    pub output: Vec<f32>,
    /// For each hidden layer `(units)`: activations, or mean spikes a step.
    pub units: Vec<Vec<f32>>,
    /// For each layer from the input on, pairs of time step and unit, in order; empty where nothing
    /// fires by its nature.
    pub rasters: Vec<Vec<u32>>,
}

fn steps(session: &Session) -> Option<usize> {
    match session.config().network.kind {
        Kind::Artificial => None,
        Kind::Spiking(spec) => Some(spec.steps),
    }
}

/// `(examples, units)` from activations as they are, or from spikes as their mean over the steps.
fn mean_response(response: &[f32], units: usize, steps: Option<usize>) -> Vec<f32> {
    let Some(steps) = steps else { return response.to_vec() };
    let mut means = Vec::with_capacity(response.len() / steps);
    for example in response.chunks_exact(steps * units) {
        for unit in 0..units {
            let spikes: f32 = example[unit..].iter().step_by(units).sum();
            means.push(spikes / steps as f32);
        }
    }
    means
}

/// Computes a surface; `None` unless the data are points of the plane.
pub fn surface(session: &mut Session, resolution: usize, extent: f32) -> Option<Surface> {
    if !matches!(session.data().declaration().source, Source::Points(_)) || resolution == 0 {
        return None;
    }
    let task = session.config().task;
    let (outputs, steps) = (session.config().network.outputs, steps(session));
    let widths: Vec<usize> = session.config().network.hidden.iter().map(|layer| layer.units).collect();
    let count = resolution * resolution;
    let mut surface = Surface {
        resolution,
        extent,
        output: Vec::with_capacity(count),
        units: widths.iter().map(|&units| vec![0.0; units.min(MAX_UNITS) * count]).collect(),
    };
    let coordinate = |index: usize| ((index as f32 + 0.5) / resolution as f32 * 2.0 - 1.0) * extent;
    for first in (0..count).step_by(EVALUATION_BATCH) {
        let cells = first..count.min(first + EVALUATION_BATCH);
        let points: Vec<f32> = cells
            .clone()
            .flat_map(|cell| [coordinate(cell % resolution), -coordinate(cell / resolution)])
            .collect();
        let Responses { output, hidden, .. } = session.respond_to_points(&points);
        surface.output.extend(output.chunks_exact(outputs).map(|answer| match task {
            crate::session::task::Task::Softmax { .. } if answer.len() == 2 => {
                crate::math::tanh(0.5 * (answer[1] - answer[0]))
            }
            _ => answer[0],
        }));
        for ((surface, response), &units) in surface.units.iter_mut().zip(&hidden).zip(&widths) {
            let means = mean_response(response, units, steps);
            for (cell, means) in cells.clone().zip(means.chunks_exact(units)) {
                for (unit, mean) in means.iter().take(MAX_UNITS).enumerate() {
                    surface[unit * count + cell] = *mean;
                }
            }
        }
    }
    Some(surface)
}

/// What one example stirs in the network.
pub fn example(session: &mut Session, split: Split, index: u32) -> ExampleResponse {
    let steps = steps(session);
    let network = &session.config().network;
    let widths: Vec<usize> = network.hidden.iter().map(|layer| layer.units).collect();
    let coded = matches!(network.kind, Kind::Spiking(spec) if spec.code.is_some());
    let channels = network.channels();
    let Responses { output, source, hidden, .. } = session.respond_to(split, &[index]);
    let raster = |spikes: &[f32], units: usize| -> Vec<u32> {
        let fired = spikes.iter().enumerate().filter(|(_, spike)| **spike > 0.0);
        fired.flat_map(|(at, _)| [(at / units) as u32, (at % units) as u32]).collect()
    };
    let mut rasters = Vec::new();
    if steps.is_some() {
        rasters.push(if coded { raster(source, channels) } else { Vec::new() });
        rasters.extend(hidden.iter().zip(&widths).map(|(spikes, &units)| raster(spikes, units)));
    }
    let units = hidden.iter().zip(&widths).map(|(response, &units)| mean_response(response, units, steps));
    ExampleResponse { output: output.to_vec(), units: units.collect(), rasters }
}

/// Smallest and largest target: of the numbers of a regression, else -1 and 1.
pub fn target_range(data: &Dataset) -> [f32; 2] {
    let range = |[low, high]: [f32; 2], value: f32| [low.min(value), high.max(value)];
    let targets = [Split::Train, Split::Test]
        .into_iter()
        .flat_map(|split| (0..data.samples(split)).filter_map(move |index| data.value(split, index)));
    let [low, high] = targets.fold([f32::INFINITY, f32::NEG_INFINITY], range);
    if low < high { [low, high] } else { [-1.0, 1.0] }
}

/// The points of a set in the plane: rows of x, y, label or target, 1 for test or 0 for training.
pub fn points(data: &Dataset) -> Vec<f32> {
    if !matches!(data.declaration().source, Source::Points(_)) {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for (split, is_test) in [(Split::Train, 0.0), (Split::Test, 1.0)] {
        for index in 0..data.samples(split) {
            let mut place = [0.0; 2];
            data.write_inputs(split, &[index], &mut place);
            let label = data.label(split, index).map(|label| label as f32);
            let target = label.or_else(|| data.value(split, index)).unwrap_or(f32::NAN);
            rows.extend_from_slice(&[place[0], place[1], target, is_test]);
        }
    }
    rows
}
