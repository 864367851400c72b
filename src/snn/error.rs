//! Why a network cannot be built or cannot go on.

use super::inputs::InputError;
use crate::describe::ParameterError;

/// A fault of a network, which stays as it was.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NetworkError {
    /// No time step, or one that is too large for a model.
    #[error("{population}: a time step above 0 and up to {largest} ms is wanted, not {dt_ms} ms")]
    TimeStep {
        /// Name of the population.
        population: String,
        /// The largest that its model allows.
        largest: f64,
        /// What came.
        dt_ms: f64,
    },
    /// A delay shorter than a step, longer than 255 steps, or not a number.
    #[error("{projection}: delays from {dt_ms} ms (one step) to {longest} ms are wanted, not {delay_ms} ms")]
    Delay {
        /// Source and target.
        projection: String,
        /// Length of a step.
        dt_ms: f64,
        /// Length of the most steps.
        longest: f64,
        /// What came.
        delay_ms: f64,
    },
    /// A number out of its range.
    #[error("{place}: {what} must be {wanted}, not {got}")]
    Value {
        /// Population or projection.
        place: String,
        /// What the number is.
        what: &'static str,
        /// What would do.
        wanted: String,
        /// What came.
        got: f64,
    },
    /// A model refuses its parameters.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    /// Spikes that are given, with a time that cannot be.
    #[error("{population}: {source}")]
    SpikeTrain {
        /// Name of the population.
        population: String,
        /// Which spike of which train.
        source: InputError,
    },
    /// More memory than allowed.
    #[error("this network would take {needed} bytes ({synapses} synapses); {limit} bytes are the limit")]
    Memory {
        /// Bytes that it would take.
        needed: u64,
        /// Synapses that it would have, about.
        synapses: u64,
        /// Bytes that are allowed.
        limit: u64,
    },
    /// More memory than allowed, where a smaller one of the kind would fit.
    #[error(
        "this network would take {needed} bytes ({synapses} synapses); {limit} bytes are the limit, into which a scale of {scale} fits"
    )]
    Scale {
        /// Bytes that it would take.
        needed: u64,
        /// Synapses that it would have, about.
        synapses: u64,
        /// Bytes that are allowed.
        limit: u64,
        /// The largest scale that fits.
        scale: f64,
    },
    /// The integration became unstable.
    #[error("{population}: neuron {neuron} came to {value} at {time_ms} ms")]
    NotFinite {
        /// Name of the population.
        population: String,
        /// Index of the neuron in it.
        neuron: u32,
        /// What its potential came to.
        value: f32,
        /// Biological time of the step.
        time_ms: f64,
    },
}

impl NetworkError {
    /// A stable name by which a page translates the message.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TimeStep { .. } => "network-step",
            Self::Delay { .. } => "network-delay",
            Self::Value { .. } => "network-value",
            Self::SpikeTrain { .. } => "network-spike-train",
            Self::Parameter(_) => "network-parameter",
            Self::Memory { .. } | Self::Scale { .. } => "network-memory",
            Self::NotFinite { .. } => "network-unstable",
        }
    }
}
