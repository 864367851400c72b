//! Spike trains, and neurons stepped through time.

use crate::ann::model::{Builder, Start};
use crate::graph::ops::{Encode, NeuronStep};
use crate::graph::{GraphError, Op, TensorId};
use crate::kernels::activation::Activation;

/// Numbers as spike trains: `(batch, n)` → `(batch, steps, channels)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spikes(pub Encode);

/// Neurons with a weighted drive: `(batch, n)` or `(batch, steps, n)` → spikes `(batch, steps, units)`
/// or mean potentials `(batch, units)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Neurons {
    /// Number of neurons.
    pub units: usize,
    /// Their model and how it is stepped.
    pub step: NeuronStep,
}

impl Spikes {
    pub(super) fn add(&self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let spikes = builder.graph.apply(Op::Encode(self.0), &[x])?;
        builder.encoded(spikes);
        Ok(spikes)
    }
}

impl Neurons {
    pub(super) fn add(&self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let drive = builder.linear(x, self.units)?;
        let outputs = step_neurons(builder, &self.step, drive)?;
        builder.potentials(outputs[1]);
        Ok(outputs[0])
    }
}

/// Appends neurons to their drive, with parameters for what is learned of them: response, potentials.
pub(super) fn step_neurons(
    builder: &mut Builder,
    step: &NeuronStep,
    drive: TensorId,
) -> Result<Vec<TensorId>, GraphError> {
    let units = builder.columns(drive);
    let mut inputs = vec![drive];
    if step.learned.threshold {
        inputs.push(builder.parameter("threshold", &[units], Start::Value(1.0)));
    }
    if step.learned.decay {
        // A sigmoid keeps it between 0 and 1, wherever the parameter goes (Fang et al. 2021).
        let decay = step.membrane().decay;
        let start = Start::Value(libm::log(decay / (1.0 - decay)) as f32);
        let raw = builder.parameter("decay", &[units], start);
        inputs.push(builder.graph.activate(Activation::Sigmoid, raw)?);
    }
    let site = if step.neuron.draws() { builder.site() } else { step.site };
    builder.graph.apply_all(Op::NeuronStep(NeuronStep { site, ..step.clone() }), &inputs)
}
