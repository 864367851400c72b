//! One answer of many steps or places.

use super::require;
use crate::ann::model::Builder;
use crate::graph::ops::Reduce;
use crate::graph::{GraphError, TensorId};
use crate::kernels::reduce::Reduction;

/// `(batch, steps, units)` → `(batch, units)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeanOverTime;

impl MeanOverTime {
    pub(super) fn add(self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let shape = builder.graph.shape(x);
        require("mean over time", shape.len() == 3, || "(batch, steps, units)".to_owned(), shape)?;
        builder.graph.apply(Reduce { kind: Reduction::Mean, axis: 1 }.into(), &[x])
    }
}
