//! Every unit reads every number.

use crate::ann::model::Builder;
use crate::graph::{GraphError, TensorId};
use crate::kernels::activation::Activation;

/// `f(x·w + b)`: `(…, n)` → `(…, units)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dense {
    /// Number of units.
    pub units: usize,
    /// What each does with its weighted sum.
    pub activation: Activation,
}

impl Dense {
    pub(super) fn add(&self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let drive = builder.linear(x, self.units)?;
        builder.activated(self.activation, drive)
    }
}
