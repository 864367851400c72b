//! Spike trains, and neurons stepped through time.

use crate::ann::model::Builder;
use crate::graph::ops::{Encode, NeuronStep};
use crate::graph::{GraphError, Op, TensorId};

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
        let outputs = builder.graph.apply_all(Op::NeuronStep(self.step.clone()), &[drive])?;
        builder.potentials(outputs[1]);
        Ok(outputs[0])
    }
}
