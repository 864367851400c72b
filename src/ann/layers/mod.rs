//! Layers: each is a struct of its settings and one function that adds it to a graph.

mod dense;
mod spiking;
mod units;

use super::model::Builder;
use crate::graph::{GraphError, TensorId};
pub use dense::Dense;
pub use spiking::{Neurons, Spikes};
pub use units::Units;

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
    Spikes,
    Neurons,
    Units,
}
