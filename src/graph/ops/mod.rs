//! The operations, a file for each family. Each is a struct with its settings that says its shapes,
//! its gradient as more operations, and how the processor does it ([`Operation`]).
//!
//! [`Op`] lists them: one name here and one file is all that a new one needs.

mod arithmetic;
mod batch_product;
mod columns;
mod conv;
mod divergence;
mod draw;
mod elementwise;
mod embedding;
pub mod encode;
mod hold;
mod layout;
mod loss;
pub mod neuron_step;
mod norm;
mod pointwise;
mod pool;
mod product;
mod recurrent;
mod reduce;
mod softmax;
mod unit_length;
mod view;

use super::operation::Operation;
pub use arithmetic::{Add, Mul, Scale, Square, SquareGradient, Sub, SumProducts};
pub use batch_product::BatchMatMul;
pub use columns::{GatherColumns, OneHot, ScatterColumns};
pub use conv::{Conv2d, Conv2dInputGradient, Conv2dWeightGradient};
pub use divergence::{NormalDivergence, NormalDivergenceGradient};
pub use draw::{Bernoulli, Dropout, GaussianSample, WrongClass};
pub use elementwise::{Activate, ActivateGradient, Constant, SumRows};
pub use embedding::{Embedding, EmbeddingGradient};
pub use encode::Encode;
pub use hold::{Hold, HoldGradient};
pub use layout::{Concat, Pad, Permute, Slice};
pub use loss::{
    CrossEntropy, CrossEntropyGradient, HalfMeanSquare, HalfMeanSquareGradient, SmoothedCrossEntropy,
    SmoothedCrossEntropyGradient,
};
pub use neuron_step::{NeuronStep, NeuronStepGradient};
pub use norm::{
    BatchNorm, BatchNormGradient, LayerNorm, LayerNormAffineGradient, LayerNormGradient, Normalise,
    NormaliseGradient,
};
pub use pointwise::{PointwiseLoss, PointwiseLossGradient};
pub use pool::{Pool2d, Pool2dGradient};
pub use product::{Fused, MatMul};
pub use recurrent::{PreviousHidden, Recurrent, RecurrentGradient};
pub use reduce::{Reduce, ReduceGradient};
pub use softmax::{Softmax, SoftmaxGradient, TopKGate};
pub use unit_length::{UnitLength, UnitLengthGradient};
pub use view::{Reshape, StopGradient};

macro_rules! operations {
    ($($name:ident),* $(,)?) => {
        /// One operation. Inputs are listed in the order in which a node names them.
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs, reason = "each variant is documented where its struct stands")]
        pub enum Op {
            $($name($name)),*
        }

        $(impl From<$name> for Op {
            fn from(operation: $name) -> Self {
                Self::$name(operation)
            }
        })*

        impl Op {
            /// What the operation says of itself.
            pub fn operation(&self) -> &dyn Operation {
                match self {
                    $(Self::$name(operation) => operation),*
                }
            }
        }
    };
}

operations! {
    MatMul,
    BatchMatMul,
    Conv2d,
    Conv2dWeightGradient,
    Conv2dInputGradient,
    Pool2d,
    Pool2dGradient,
    Recurrent,
    RecurrentGradient,
    PreviousHidden,
    Reshape,
    StopGradient,
    Permute,
    Slice,
    Pad,
    Concat,
    GatherColumns,
    ScatterColumns,
    OneHot,
    Reduce,
    ReduceGradient,
    SumRows,
    Add,
    Sub,
    Mul,
    SumProducts,
    Scale,
    Square,
    SquareGradient,
    Constant,
    Activate,
    ActivateGradient,
    HalfMeanSquare,
    HalfMeanSquareGradient,
    CrossEntropy,
    CrossEntropyGradient,
    SmoothedCrossEntropy,
    SmoothedCrossEntropyGradient,
    PointwiseLoss,
    PointwiseLossGradient,
    NormalDivergence,
    NormalDivergenceGradient,
    UnitLength,
    UnitLengthGradient,
    Softmax,
    TopKGate,
    SoftmaxGradient,
    LayerNorm,
    LayerNormGradient,
    LayerNormAffineGradient,
    BatchNorm,
    BatchNormGradient,
    Normalise,
    NormaliseGradient,
    Embedding,
    EmbeddingGradient,
    Dropout,
    Bernoulli,
    GaussianSample,
    WrongClass,
    Hold,
    HoldGradient,
    Encode,
    NeuronStep,
    NeuronStepGradient,
}
