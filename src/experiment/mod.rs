//! An experiment: an artificial network and its spiking twin on the same task.

pub mod anatomy;
pub mod checkpoint;
pub mod circuits;
pub mod config;
pub mod digit_presentation;
pub mod digit_reader;
pub mod digit_student;
pub mod divergence;
pub mod drawn_digit;
pub mod edit;
pub mod energy;
pub mod evaluation;
pub mod fair_match;
pub mod interval;
pub mod journal;
pub mod lab;
pub mod microscope;
pub mod neuron_bench;
pub mod parameters;
pub mod responses;
pub mod sweep;
pub mod twin;

pub use config::{ConfigError, ExperimentConfig};
pub use lab::Lab;
pub use twin::Twin;

/// Which of the twins, by its place in lists of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Units are activation functions.
    Artificial,
    /// Units are neurons in time.
    Spiking,
}

impl Side {
    /// Both, in order.
    pub const BOTH: [Self; 2] = [Self::Artificial, Self::Spiking];

    /// Place in lists of two.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Name in messages.
    pub fn id(self) -> &'static str {
        match self {
            Self::Artificial => "artificial",
            Self::Spiking => "spiking",
        }
    }
}
