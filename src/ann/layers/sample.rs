//! The latent numbers of a variational autoencoder.

use super::require;
use crate::ann::model::{Builder, Mode};
use crate::graph::ops::{GaussianSample, NormalDivergence, Scale};
use crate::graph::{GraphError, TensorId};

/// `(…, n)` → `(…, units)`: samples of normal distributions whose mean and log variance are weighted
/// sums, with the divergence from the standard one added to the loss (Kingma & Welling 2014,
/// arXiv:1312.6114). Answers are the means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Latent numbers.
    pub units: usize,
    /// Weight of the divergence, at least 0; 1 is the bound of the paper if the loss is the negative
    /// log-likelihood, summed over an example's numbers.
    pub divergence: f32,
}

impl Sample {
    pub(super) fn add(self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let weight = self.divergence;
        require("sample", weight >= 0.0, || "a weight of at least 0".to_owned(), weight)?;
        let site = builder.site();
        let mean = builder.linear(x, self.units)?;
        let log_variance = builder.linear(x, self.units)?;
        if builder.mode == Mode::Answer {
            return Ok(mean);
        }
        let divergence = builder.graph.apply(NormalDivergence.into(), &[mean, log_variance])?;
        let divergence = builder.graph.apply(Scale(weight).into(), &[divergence])?;
        builder.penalise(divergence);
        builder.graph.apply(GaussianSample { site }.into(), &[mean, log_variance])
    }
}
