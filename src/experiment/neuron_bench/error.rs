//! Why something is refused on the bench. What stood there stays.

use super::config::{LARGEST_STRENGTH, LONGEST_MS, MOST_NEURONS, MOST_SAMPLES};
use crate::data::recording::RecordingError;
use crate::neurons::AnyNeuronError;
use crate::neurons::compartments::{BuildError, SimulationError};
use crate::snn::inputs::InputError;

/// Why something is refused; neurons are counted from 0 here and from 1 in messages.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BenchError {
    /// Not one to four neurons.
    #[error("the bench holds 1 to {MOST_NEURONS} neurons, not {got}")]
    Count {
        /// How many came.
        got: usize,
    },
    /// A neuron that is not there.
    #[error("there is no neuron {} on the bench, which holds {count}", .neuron + 1)]
    NoSuchNeuron {
        /// Which one was asked for.
        neuron: usize,
        /// How many there are.
        count: usize,
    },
    /// No model of the bench has this name.
    #[error("neuron {}: there is no model `{model}`", .neuron + 1)]
    UnknownModel {
        /// Which neuron.
        neuron: usize,
        /// What was asked for.
        model: String,
    },
    /// No preset of the model has this name.
    #[error("neuron {}: {model} has no preset `{preset}`", .neuron + 1)]
    UnknownPreset {
        /// Which neuron.
        neuron: usize,
        /// Title of its model.
        model: &'static str,
        /// What was asked for.
        preset: String,
    },
    /// A time step or a parameter that the model refuses.
    #[error("neuron {}: {why}", .neuron + 1)]
    Neuron {
        /// Which neuron.
        neuron: usize,
        /// What its model says.
        why: AnyNeuronError,
    },
    /// A parameter or a size that a model of compartments refuses.
    #[error("neuron {}: {why}", .neuron + 1)]
    Cell {
        /// Which neuron.
        neuron: usize,
        /// What its model says.
        why: BuildError,
    },
    /// A step that a model of compartments refuses.
    #[error("neuron {}: {why}", .neuron + 1)]
    Step {
        /// Which neuron.
        neuron: usize,
        /// What the simulation says.
        why: SimulationError,
    },
    /// A strength that is no number or beyond all neurons.
    #[error("neuron {}: its strength must lie between ±{LARGEST_STRENGTH}, not {got}", .neuron + 1)]
    Strength {
        /// Which neuron.
        neuron: usize,
        /// What came.
        got: f64,
    },
    /// No input has this name.
    #[error("there is no input `{got}`")]
    UnknownInput {
        /// What was asked for.
        got: String,
    },
    /// The input refuses what it is given.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The recorded stimulus was not handed in yet.
    #[error("the recording is not there yet")]
    NotLoaded,
    /// A recording without such a trial.
    #[error("the recording has {count} trials, not one of number {}", .trial + 1)]
    NoSuchTrial {
        /// Which one was asked for, from 0.
        trial: u32,
        /// How many there are.
        count: usize,
    },
    /// The recording cannot be read.
    #[error(transparent)]
    Recording(#[from] RecordingError),
    /// How long a run, or a part of a protocol, may last.
    #[error("{what} wants a time above 0 and up to {LONGEST_MS} ms, not {got} ms")]
    Duration {
        /// What of.
        what: &'static str,
        /// What came.
        got: f64,
    },
    /// A run that would keep too many samples.
    #[error(
        "this run would keep {samples} samples ({} MB), at most {MOST_SAMPLES}: shorten it or take larger steps",
        .samples / 250_000
    )]
    TooLong {
        /// How many.
        samples: u64,
    },
    /// The state of a neuron stopped being finite.
    #[error("neuron {}: {variable} is no finite number at {time_ms} ms: take a smaller step or a weaker drive", .neuron + 1)]
    NotFinite {
        /// Which neuron.
        neuron: usize,
        /// Key of the variable.
        variable: String,
        /// When, ms.
        time_ms: f64,
    },
    /// A number of a protocol that is not accepted.
    #[error("{what} wants a number from {min} to {max}, not {got}")]
    Protocol {
        /// Which one.
        what: &'static str,
        /// Smallest.
        min: f64,
        /// Largest.
        max: f64,
        /// What came.
        got: f64,
    },
    /// A model without what is asked of it.
    #[error("neuron {}: {model} has no {what}", .neuron + 1)]
    Unfit {
        /// Which neuron.
        neuron: usize,
        /// Title of its model.
        model: &'static str,
        /// What it has not.
        what: &'static str,
    },
}

impl BenchError {
    /// A name by which the page translates the message.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Count { .. } | Self::NoSuchNeuron { .. } => "bench-count",
            Self::UnknownModel { .. } | Self::UnknownPreset { .. } | Self::UnknownInput { .. } => {
                "bench-unknown"
            }
            Self::Neuron { .. } | Self::Cell { .. } | Self::Strength { .. } => "bench-neuron",
            Self::Step { .. } | Self::NotFinite { .. } => "bench-unstable",
            Self::Input(_) => "bench-input",
            Self::NotLoaded | Self::NoSuchTrial { .. } | Self::Recording(_) => "bench-recording",
            Self::Duration { .. } | Self::TooLong { .. } => "bench-duration",
            Self::Protocol { .. } => "bench-protocol",
            Self::Unfit { .. } => "bench-unfit",
        }
    }

    /// The neuron that it is about, from 0.
    #[must_use]
    pub fn neuron(&self) -> Option<usize> {
        match *self {
            Self::NoSuchNeuron { neuron, .. }
            | Self::UnknownModel { neuron, .. }
            | Self::UnknownPreset { neuron, .. }
            | Self::Neuron { neuron, .. }
            | Self::Cell { neuron, .. }
            | Self::Step { neuron, .. }
            | Self::Strength { neuron, .. }
            | Self::NotFinite { neuron, .. }
            | Self::Unfit { neuron, .. } => Some(neuron),
            _ => None,
        }
    }
}
