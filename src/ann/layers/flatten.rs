//! Rows, columns and channels as one list of numbers.

use crate::ann::model::Builder;
use crate::graph::{GraphError, TensorId};

/// `(batch, …)` → `(batch, n)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flatten;

impl Flatten {
    pub(super) fn add(self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let shape = [builder.batch, builder.graph.tensor(x).len() / builder.batch.max(1)];
        builder.graph.reshape(x, &shape)
    }
}
