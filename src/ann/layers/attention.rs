//! Places that look at each other (Vaswani et al. 2017, NIPS 30, section 3.2).

use super::require;
use crate::ann::model::Builder;
use crate::graph::ops::{BatchMatMul, Permute, Slice, Softmax};
use crate::graph::{GraphError, TensorId};

/// Multi-head attention of a sequence to itself: `(batch, places, units)` keeps its shape.
///
/// One projection gives queries, keys and values; each head mixes values by
/// `softmax(q·kᵀ/√width)`, a second projection mixes the heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attention {
    /// How many look side by side; they share the units evenly.
    pub heads: usize,
    /// Whether a place sees only those before it, and itself.
    pub causal: bool,
}

impl Attention {
    pub(super) fn add(self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let shape = builder.graph.shape(x).to_vec();
        require("attention", shape.len() == 3, || "(batch, places, units)".to_owned(), &shape)?;
        let (batch, places, units, heads) = (shape[0], shape[1], shape[2], self.heads);
        let fits = heads > 0 && units.is_multiple_of(heads);
        require("attention", fits, || format!("heads that divide {units} units"), heads)?;
        let width = units / heads;
        let projected = builder.linear(x, units.saturating_mul(3))?;
        let graph = &mut builder.graph;
        // (batch, places, 3, heads, width) → (3, batch·heads, places, width).
        let projected = graph.reshape(projected, &[batch, places, 3, heads, width])?;
        let apart = graph.apply(Permute { order: vec![2, 0, 3, 1, 4] }.into(), &[projected])?;
        let apart = graph.reshape(apart, &[3, batch.saturating_mul(heads), places, width])?;
        let mut parts = [apart; 3];
        for (at, part) in parts.iter_mut().enumerate() {
            let slice = graph.apply(Slice { axis: 0, range: at..at + 1 }.into(), &[apart])?;
            *part = graph.reshape(slice, &[batch.saturating_mul(heads), places, width])?;
        }
        let [queries, keys, values] = parts;
        let product = |rhs_transposed| BatchMatMul { lhs_transposed: false, rhs_transposed };
        let scores = graph.apply(product(true).into(), &[queries, keys])?;
        let softmax = Softmax { scale: 1.0 / (width as f32).sqrt(), causal: self.causal };
        let shares = graph.apply(softmax.into(), &[scores])?;
        let mixed = graph.apply(product(false).into(), &[shares, values])?;
        let mixed = graph.reshape(mixed, &[batch, heads, places, width])?;
        let together = graph.apply(Permute { order: vec![0, 2, 1, 3] }.into(), &[mixed])?;
        let together = graph.reshape(together, &shape)?;
        builder.linear(together, units)
    }
}
