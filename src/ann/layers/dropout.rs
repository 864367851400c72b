//! Units left out by chance while learning (Srivastava et al. 2014, JMLR 15:1929).

use crate::ann::model::{Builder, Mode};
use crate::graph::{GraphError, TensorId, ops};

/// Each number is 0 with a probability while learning; answers leave nothing out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dropout {
    /// The probability, in [0, 1).
    pub rate: f32,
}

impl Dropout {
    pub(super) fn add(self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let site = builder.site();
        match builder.mode {
            Mode::Learn => builder.graph.apply(ops::Dropout { rate: self.rate, site }.into(), &[x]),
            Mode::Answer => Ok(x),
        }
    }
}
