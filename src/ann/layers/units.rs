//! Units that can be looked at and held.

use crate::ann::model::{Builder, HoldInputs};
use crate::graph::ops::Hold;
use crate::graph::{GraphError, TensorId};

/// `(…, units)` → the same, of which a unit can be held at a number: a lesion at 0, a clamp at any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Units;

impl Units {
    pub(super) fn add(self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let units = builder.columns(x);
        let held = builder.graph.input("held", &[units]);
        let level = builder.graph.input("level", &[units]);
        let response = builder.graph.apply(Hold.into(), &[x, held, level])?;
        builder.response(response, HoldInputs { held, level });
        Ok(response)
    }
}
