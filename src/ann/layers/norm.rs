//! Layers that normalise.

use crate::ann::model::{Builder, Follow, Mode, Start};
use crate::graph::{GraphError, TensorId, ops};

/// Each row less its mean, divided by its deviation, times and plus what is learned (Ba, Kiros &
/// Hinton 2016, arXiv:1607.06450).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerNorm {
    /// Added to the variance; 1e-5 is customary.
    pub epsilon: f32,
}

/// Each column less its mean over the batch, divided by its deviation, times and plus what is learned
/// (Ioffe & Szegedy 2015, ICML 37). Answers use running statistics, which follow those of the batch
/// by a tenth of the way in each step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BatchNorm {
    /// Added to the variance; 1e-5 is customary.
    pub epsilon: f32,
}

/// The part of the way that running statistics go in a step, as PyTorch has it.
const SHARE: f32 = 0.1;

fn affine(builder: &mut Builder, units: usize) -> [TensorId; 2] {
    let gamma = builder.parameter("gamma", &[units], Start::Value(1.0));
    [gamma, builder.parameter("beta", &[units], Start::Value(0.0))]
}

impl LayerNorm {
    pub(super) fn add(self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let [gamma, beta] = affine(builder, builder.columns(x));
        builder.graph.apply(ops::LayerNorm { epsilon: self.epsilon }.into(), &[x, gamma, beta])
    }
}

impl BatchNorm {
    pub(super) fn add(self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let (epsilon, units) = (self.epsilon, builder.columns(x));
        let [gamma, beta] = affine(builder, units);
        let running_mean = builder.parameter("running mean", &[units], Start::Value(0.0));
        let running_variance = builder.parameter("running variance", &[units], Start::Value(1.0));
        if builder.mode == Mode::Answer {
            let inputs = [x, gamma, beta, running_mean, running_variance];
            return builder.graph.apply(ops::Normalise { epsilon }.into(), &inputs);
        }
        let found = builder.graph.apply_all(ops::BatchNorm { epsilon }.into(), &[x, gamma, beta])?;
        // What stands for all examples is the unbiased variance (algorithm 2, step 10).
        let rows = (builder.graph.tensor(x).len() / units) as f32;
        let unbiased = ops::Scale(rows / (rows - 1.0).max(1.0));
        let variance = builder.graph.apply(unbiased.into(), &[found[2]])?;
        for (parameter, statistic) in [(running_mean, found[1]), (running_variance, variance)] {
            builder.follow(Follow { parameter, statistic, share: SHARE });
        }
        Ok(found[0])
    }
}
