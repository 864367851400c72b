//! What is made small, and hence what the outputs mean.

use super::model::{Builder, Mode};
use crate::graph::ops::{CrossEntropy, HalfMeanSquare};
use crate::graph::{GraphError, Op, TensorId};
use crate::kernels::activation::Activation;

/// A loss over a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// `½·mean((y − t)²)` with this activation of the output.
    HalfMeanSquare(Activation),
    /// Cross-entropy of the softmax of the outputs.
    CrossEntropy,
}

impl Loss {
    /// Appends the loss to `signal`: the answer, the target and, to learn, the loss itself.
    pub(super) fn add(
        self,
        builder: &mut Builder,
        signal: TensorId,
    ) -> Result<(TensorId, TensorId, TensorId), GraphError> {
        let mut output = signal;
        if let Self::HalfMeanSquare(activation) = self
            && activation != Activation::Linear
        {
            output = builder.graph.activate(activation, output)?;
        }
        let (target, op) = match self {
            Self::CrossEntropy => {
                (builder.graph.input("class", &[builder.batch]), Op::CrossEntropy(CrossEntropy))
            }
            Self::HalfMeanSquare(_) => {
                let shape = builder.graph.shape(output).to_vec();
                (builder.graph.input("target", &shape), Op::HalfMeanSquare(HalfMeanSquare))
            }
        };
        let loss = match builder.mode {
            Mode::Learn => builder.graph.apply(op, &[output, target])?,
            Mode::Answer => output,
        };
        Ok((output, target, loss))
    }
}
