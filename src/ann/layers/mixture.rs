//! Experts, of which a gate asks a few for each example.

use super::require;
use crate::ann::model::{Builder, Start};
use crate::graph::ops::{Add, GatherColumns, MatMul, Mul, TopKGate};
use crate::graph::{GraphError, TensorId};
use crate::kernels::activation::Activation;

/// `Σ gate·expert(x)` over the `k` experts that a learned gate rates highest (Shazeer et al. 2017,
/// arXiv:1701.06538, equations 1 to 5, without noise): `(…, n)` → `(…, units)`. An expert is a hidden
/// layer and a weighted sum.
///
/// All experts are computed, as two large products: the gates multiply the hidden units of each. In
/// a batch nearly every expert is asked by somebody, and small networks gain nothing by sorting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MixtureOfExperts {
    /// How many there are.
    pub experts: usize,
    /// How many are asked, at least 1.
    pub k: usize,
    /// Hidden units of each.
    pub hidden: usize,
    /// What these do.
    pub activation: Activation,
    /// Numbers of an answer.
    pub units: usize,
}

/// Most units of all experts together: each is listed by number.
const MOST: usize = 1 << 20;

impl MixtureOfExperts {
    pub(super) fn add(self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let Self { experts, k, hidden, activation, units } = self;
        require("experts", (1..=experts).contains(&k), || format!("1 to {experts} experts asked"), k)?;
        let all = experts.saturating_mul(hidden);
        require("experts", all <= MOST, || format!("at most {MOST} units of all experts"), all)?;
        let ratings = builder.linear(x, experts)?;
        let gates = builder.graph.apply(TopKGate { k }.into(), &[ratings])?;
        let drive = builder.linear(x, all)?;
        let response = builder.graph.activate(activation, drive)?;
        // The gate of each expert, once for each of its hidden units.
        let columns = (0..experts as u32).flat_map(|expert| vec![expert; hidden]).collect();
        let wide = builder.graph.apply(GatherColumns { columns }.into(), &[gates])?;
        let gated = builder.graph.apply(Mul.into(), &[response, wide])?;
        let weights = builder.weights(all, units);
        let biases = builder.parameter("biases", &[experts, units], Start::Value(0.0));
        let product = MatMul::of(false, false);
        let sums = builder.graph.apply(product.into(), &[gated, weights])?;
        let biases = builder.graph.apply(product.into(), &[gates, biases])?;
        builder.graph.apply(Add.into(), &[sums, biases])
    }
}
