//! Layers: each is a struct of its settings and one function that adds it to a graph.

mod attention;
mod dense;
mod dropout;
mod embedding;
mod flatten;
mod grouped;
mod image;
mod mean_over_time;
mod mixture;
mod norm;
mod recurrent;
mod residual;
mod sample;
mod spiking;
#[cfg(test)]
mod tests;
mod units;

use super::model::Builder;
use crate::graph::{GraphError, TensorId};
pub use attention::Attention;
pub use dense::Dense;
pub use dropout::Dropout;
pub use embedding::{Embedding, Positions};
pub use flatten::Flatten;
pub use grouped::{Grouped, UnitGroup, UnitKind};
pub use image::{Conv2d, Pool2d};
pub use mean_over_time::MeanOverTime;
pub use mixture::MixtureOfExperts;
pub use norm::{BatchNorm, LayerNorm};
pub use recurrent::Recurrent;
pub use residual::Residual;
pub use sample::Sample;
pub use spiking::{Neurons, Spikes};
pub use units::Units;

/// A misfit of a layer unless `holds`.
fn require(
    layer: &'static str,
    holds: bool,
    expected: impl FnOnce() -> String,
    got: impl core::fmt::Debug,
) -> Result<(), GraphError> {
    if holds {
        return Ok(());
    }
    Err(GraphError::Misfit { op: layer, expected: expected(), got: format!("{got:?}") })
}

macro_rules! layers {
    ($($name:ident),* $(,)?) => {
        /// One layer; its input has the batch as first dimension.
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs, reason = "each variant is documented where its struct stands")]
        pub enum Layer {
            $($name($name)),*
        }

        $(impl From<$name> for Layer {
            fn from(layer: $name) -> Self {
                Self::$name(layer)
            }
        })*

        impl Layer {
            /// What it is called in messages.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => stringify!($name)),*
                }
            }

            /// Appends the layer to what reads `x`.
            ///
            /// # Errors
            /// If it cannot read it.
            pub fn add(&self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
                match self {
                    $(Self::$name(layer) => layer.add(builder, x)),*
                }
            }
        }
    };
}

layers! {
    Dense,
    Conv2d,
    Pool2d,
    Recurrent,
    Spikes,
    Neurons,
    Grouped,
    Units,
    Flatten,
    Residual,
    MeanOverTime,
    Dropout,
    LayerNorm,
    BatchNorm,
    Embedding,
    Positions,
    Attention,
    MixtureOfExperts,
    Sample,
}
