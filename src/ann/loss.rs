//! What is made small, and hence what the outputs mean.

use super::model::{Builder, Mode};
use crate::graph::ops::{CrossEntropy, HalfMeanSquare, PointwiseLoss, SmoothedCrossEntropy};
use crate::graph::{GraphError, Op, TensorId};
use crate::kernels::activation::Activation;
use crate::kernels::loss::Pointwise;

/// A loss over a batch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Loss {
    /// `½·mean((y − t)²)` with this activation of the output.
    HalfMeanSquare(Activation),
    /// The mean of a loss of each output against its target: mean square, Huber, or cross-entropy of
    /// two classes, for which outputs are logits and targets lie in [0, 1].
    Pointwise(Pointwise),
    /// Cross-entropy of the softmax of the outputs.
    CrossEntropy,
    /// The same, with this part of each target, in [0, 1), shared among all classes.
    SmoothedCrossEntropy(f32),
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
        let op: Op = match self {
            Self::CrossEntropy => CrossEntropy.into(),
            Self::SmoothedCrossEntropy(smoothing) => SmoothedCrossEntropy { smoothing }.into(),
            Self::HalfMeanSquare(_) => HalfMeanSquare.into(),
            Self::Pointwise(pointwise) => PointwiseLoss(pointwise).into(),
        };
        let target = match self {
            Self::CrossEntropy | Self::SmoothedCrossEntropy(_) => {
                builder.graph.input("class", &[builder.batch])
            }
            Self::HalfMeanSquare(_) | Self::Pointwise(_) => {
                let shape = builder.graph.shape(output).to_vec();
                builder.graph.input("target", &shape)
            }
        };
        let loss = match builder.mode {
            Mode::Learn => {
                let loss = builder.graph.apply(op, &[output, target])?;
                builder.with_penalties(loss)?
            }
            Mode::Answer => output,
        };
        Ok((output, target, loss))
    }
}
