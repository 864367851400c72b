//! A way around layers (He et al. 2016, CVPR, equation 1).

use super::{Layer, require};
use crate::ann::model::Builder;
use crate::graph::ops::Add;
use crate::graph::{GraphError, TensorId};

/// `x + layers(x)`; the layers keep the shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Residual(pub Vec<Layer>);

impl Residual {
    pub(super) fn add(&self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let y = self.0.iter().try_fold(x, |signal, layer| layer.add(builder, signal))?;
        let (wanted, got) = (builder.graph.shape(x), builder.graph.shape(y));
        require("residual", wanted == got, || format!("layers that keep {wanted:?}"), got)?;
        builder.graph.apply(Add.into(), &[x, y])
    }
}
