//! Symbols and places as learned rows.

use super::require;
use crate::ann::model::{Builder, Start};
use crate::graph::{GraphError, TensorId, ops};

/// Numbers of symbols as rows of a table: `(batch, …)` → `(batch, …, units)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Embedding {
    /// How many symbols there are; numbers are whole and below it.
    pub vocabulary: usize,
    /// Numbers of a row.
    pub units: usize,
}

/// Adds a learned row to each place, so that order can matter: `(batch, places, units)` keeps its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Positions;

impl Embedding {
    pub(super) fn add(self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let Self { vocabulary, units } = self;
        // A symbol is read alone: its row is as long as if it had been summed from as many numbers.
        let start = Start::Weights { fan_in: units, fan_out: vocabulary };
        let table = builder.parameter("embedding", &[vocabulary, units], start);
        builder.graph.apply(ops::Embedding.into(), &[table, x])
    }
}

impl Positions {
    pub(super) fn add(self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let shape = builder.graph.shape(x).to_vec();
        require("positions", shape.len() == 3, || "(batch, places, units)".to_owned(), &shape)?;
        let rows = builder.parameter("positions", &shape[1..], Start::Value(0.0));
        builder.graph.apply(ops::Add.into(), &[x, rows])
    }
}
