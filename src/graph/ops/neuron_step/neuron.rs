//! Which model a unit is, with its parameters: every one of [`crate::neurons::any::MODELS`].
//!
//! ```
//! use cajal::graph::ops::neuron_step::{Neuron, Readout};
//! let neuron = Neuron::named("izhikevich", &[("d", 2.0)])?;
//! assert_eq!((neuron.declaration().title, neuron.readout()), ("Izhikevich", Readout::Spikes));
//! # Ok::<(), cajal::neurons::AnyNeuronError>(())
//! ```

use super::Readout;
use crate::describe::{Declaration, Declared, ParameterError};
use crate::kernels::lane::F32x4;
use crate::neurons::{
    AdaptiveExponential, AdaptiveThreshold, AnyNeuronError, Effective, EscapeNoise, Excitable, Exponential,
    HodgkinHuxley, Izhikevich, LeakyIntegrator, Lif, McCullochPitts, NeuronModel, Perceptron, Rate, Stepper,
    UnitModel, WangBuzsaki,
};

macro_rules! neurons {
    ($($model:ident),* $(,)?) => {
        /// A model that a layer, or some of its units, can consist of.
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[allow(missing_docs, reason = "each variant is documented where its struct stands")]
        pub enum Neuron {
            $($model($model)),*
        }

        $(impl From<$model> for Neuron {
            fn from(model: $model) -> Self {
                Self::$model(model)
            }
        })*

        impl Neuron {
            /// All of them, with their defaults.
            pub fn all() -> [Self; [$(stringify!($model)),*].len()] {
                [$(Self::$model($model::default())),*]
            }

            /// What the model says of itself.
            pub fn declaration(&self) -> &'static Declaration {
                match self {
                    $(Self::$model(_) => &<$model as Declared>::DECLARATION),*
                }
            }

            /// The same model with these parameters in place of its defaults.
            fn with_values(&self, values: &[(&str, f64)]) -> Result<Self, ParameterError> {
                let values = values.iter().copied();
                Ok(match self {
                    $(Self::$model(_) => Self::$model($model::with_values(values)?)),*
                })
            }

            /// Whether a step needs a draw.
            pub fn draws(&self) -> bool {
                match self {
                    $(Self::$model(_) => <<$model as NeuronModel>::Stepper<F32x4> as Stepper<F32x4>>::DRAWS),*
                }
            }

            /// The leaky membrane that stands for it in the gradient and in the scale of its potential.
            pub fn effective(&self) -> Effective {
                match self {
                    $(Self::$model(model) => model.effective()),*
                }
            }
        }
    };
}

neurons! {
    McCullochPitts,
    Perceptron,
    Rate,
    LeakyIntegrator,
    Lif,
    AdaptiveThreshold,
    EscapeNoise,
    Excitable,
    Exponential,
    AdaptiveExponential,
    Izhikevich,
    HodgkinHuxley,
    WangBuzsaki,
}

impl Neuron {
    /// The model of that id, with these parameters in place of its defaults.
    ///
    /// # Errors
    /// If there is none of that id, or it does not accept them.
    pub fn named(id: &str, values: &[(&str, f64)]) -> Result<Self, AnyNeuronError> {
        let model = Self::all().into_iter().find(|model| model.declaration().id == id);
        let model = model.ok_or_else(|| AnyNeuronError::UnknownModel(id.chars().take(40).collect()))?;
        Ok(model.with_values(values)?)
    }

    /// Whether it ever fires.
    pub fn fires(&self) -> bool {
        !matches!(self, Self::LeakyIntegrator(_) | Self::Rate(_))
    }

    /// Whether it is a leaky membrane with a sharp threshold or none: exact through time, and fast.
    pub fn is_leaky(&self) -> bool {
        matches!(self, Self::Lif(_) | Self::LeakyIntegrator(_))
    }

    /// What it is read out by, unless something else is asked for: spikes where it fires, else the
    /// mean potential.
    pub fn readout(&self) -> Readout {
        if self.fires() { Readout::Spikes } else { Readout::MeanPotential }
    }
}
