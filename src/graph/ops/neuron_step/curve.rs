//! What neurons answer to drives, without a graph: from which their gains are found.

use super::forward::PerUnit;
use super::stepped::Outputs;
use super::{Drive, Learned, NeuronStep, Readout, Surrogate};
use crate::graph::operation::Draws;
use crate::rng::{Stream, StreamId};

/// Times that a neuron that draws is asked.
const ASKED: usize = 16;
const KEYS: [u64; ASKED] = {
    let (mut keys, mut at) = ([0; ASKED], 0);
    while at < ASKED {
        keys[at] = at as u64;
        at += 1;
    }
    keys
};

impl NeuronStep {
    /// The rate of a neuron at rest that is shown each of these inputs alone, or its mean potential where it
    /// never fires: held through all steps, or as a pulse in the first one where drives come per step. A
    /// neuron that draws answers with the mean of sixteen.
    pub fn curve(&self, inputs: &[f32]) -> Vec<f32> {
        let readout = if self.neuron.fires() { Readout::Rate } else { Readout::MeanPotential };
        let surrogate = Surrogate::Frozen;
        let step = Self { readout, surrogate, learned: Learned::default(), ..self.clone() };
        let (units, batch) = (inputs.len(), if step.neuron.draws() { ASKED } else { 1 });
        let mut example = inputs.to_vec();
        if step.drive == Drive::PerStep {
            example.resize(step.drive_len(units), 0.0);
        }
        let drive = example.repeat(batch);
        let mut response = vec![0.0; batch * units];
        let mut potential = vec![0.0; batch * step.steps * units];
        let mut workspace = vec![0.0; Self::state_len(batch, units)];
        let out = Outputs {
            response: &mut response,
            potential: &mut potential,
            effective: &mut [],
            spikes: &mut [],
        };
        let draws = Draws { stream: Stream::new(0, StreamId::Calibration), keys: &KEYS };
        step.step_any(units, (&drive, PerUnit::of(step.learned, &[])), out, &mut workspace, draws);
        let share = 1.0 / batch as f32;
        (0..units)
            .map(|unit| response.iter().skip(unit).step_by(units).fold(0.0, |sum, y| sum + y) * share)
            .collect()
    }
}
