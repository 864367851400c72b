//! The commands of a session, stamped with the step at which they took effect. Never the time.

use crate::ann::Swap;
use crate::decimal;
use serde::{Deserialize, Serialize};

/// What may be changed while a network learns.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Step size η.
    pub learning_rate: f32,
    /// Examples in a batch.
    pub batch_size: u32,
    /// Weight of `Σ|w|`.
    pub l1: f32,
    /// Weight of `½Σw²`.
    pub l2: f32,
}

/// The number that was meant by a single-precision one: 0.01, not 0.009999999776482582.
pub fn as_written(number: f32) -> f64 {
    decimal::parse(&number.to_string()).unwrap_or(f64::from(number))
}

/// A command.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// From now on with these settings.
    Settings(Settings),
    /// The next step learns from one example.
    Single,
    /// From now on a unit of a hidden layer is held at a number, a lesion at 0; or let go.
    Hold {
        /// Hidden layer, from 0.
        layer: u32,
        /// Unit, from 0.
        unit: u32,
        /// The number, or `None` to let it go.
        level: Option<f32>,
    },
    /// From now on a unit of a hidden layer is of another kind, or of the one that the configuration gives
    /// it; its weights stay.
    Swap {
        /// Hidden layer, from 0.
        layer: u32,
        /// Unit, from 0.
        unit: u32,
        /// The kind, or `None` for that of the configuration.
        to: Option<Swap>,
    },
    /// One weight or bias is put to another number, and learns on from there.
    Weight {
        /// Which tensor: weights and biases of the layers in turn.
        parameter: u32,
        /// Which number of it, row-major.
        index: u32,
        /// The number.
        value: f32,
    },
}

impl Command {
    /// Whether the two say the same thing of the same subject, so that the later one counts.
    fn replaces(self, other: Self) -> bool {
        match (self, other) {
            (Self::Hold { layer, unit, .. }, Self::Hold { layer: other_layer, unit: other_unit, .. }) => {
                (layer, unit) == (other_layer, other_unit)
            }
            (Self::Swap { layer, unit, .. }, Self::Swap { layer: other_layer, unit: other_unit, .. }) => {
                (layer, unit) == (other_layer, other_unit)
            }
            (
                Self::Weight { parameter, index, .. },
                Self::Weight { parameter: other_parameter, index: other_index, .. },
            ) => (parameter, index) == (other_parameter, other_index),
            _ => core::mem::discriminant(&self) == core::mem::discriminant(&other),
        }
    }
}

/// Why a command is refused. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum CommandError {
    /// A unit that does not exist.
    #[error(
        "expected a unit below {units} of one of {layers} hidden layers, got unit {unit} of layer {layer}"
    )]
    NoUnit {
        /// The layer that was named.
        layer: u32,
        /// The unit that was named.
        unit: u32,
        /// How many hidden layers there are.
        layers: usize,
        /// How many units that layer has.
        units: usize,
    },
    /// A kind that does not exist, or that a unit of such a network cannot be.
    #[error("unit {unit}: expected {}, got {to:?}", if *.spiking { "a neuron that fires" } else { "an activation function or a neuron" })]
    NoKind {
        /// The unit that was named.
        unit: u32,
        /// What was asked for.
        to: Option<Swap>,
        /// Whether the units of the network speak in spikes.
        spiking: bool,
    },
    /// A network that cannot be built with such a unit, or that the rule cannot teach then.
    #[error("unit {unit}: expected a kind that the learning rule can teach within memory")]
    NotTaught {
        /// The unit that was named.
        unit: u32,
    },
    /// A weight that does not exist.
    #[error("expected a number below {len} of one of {parameters} tensors, got {index} of {parameter}")]
    NoWeight {
        /// The tensor that was named.
        parameter: u32,
        /// The number that was named.
        index: u32,
        /// How many tensors there are.
        parameters: usize,
        /// How many numbers that tensor has.
        len: usize,
    },
    /// A batch for which there is not enough memory.
    #[error("batch size: expected one that fits into memory with this network, got {batch_size}")]
    TooLarge {
        /// Examples that were asked for.
        batch_size: u32,
    },
    /// A number that is none.
    #[error("{what}: expected a finite number{}, got {got}", if *.positive { " above 0" } else { "" })]
    Number {
        /// What it was for.
        what: &'static str,
        /// Whether it must be above 0.
        positive: bool,
        /// The number that came.
        got: f32,
    },
}

/// A command and the step before which it took effect.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stamped {
    /// Steps done when it was given.
    pub step: u64,
    /// What was said.
    pub command: Command,
}

/// All commands so far, in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Log {
    initial: Settings,
    entries: Vec<Stamped>,
}

impl Log {
    /// A log without commands.
    pub fn new(initial: Settings) -> Self {
        Self { initial, entries: Vec::new() }
    }

    /// What was said, the settings at the beginning first.
    pub fn commands(&self) -> impl Iterator<Item = Command> {
        let rest = self.entries.iter().map(|entry| entry.command);
        [Command::Settings(self.initial)].into_iter().chain(rest)
    }

    /// The commands, in order.
    pub fn entries(&self) -> &[Stamped] {
        &self.entries
    }

    /// Adds a command at `step`. Those behind it belong to a future that no longer comes; of several
    /// about one subject at one step the last counts.
    pub fn push(&mut self, step: u64, command: Command) {
        self.entries
            .retain(|entry| entry.step < step || entry.step == step && !command.replaces(entry.command));
        self.entries.push(Stamped { step, command });
    }

    /// The settings in force for the step that follows `step` steps.
    pub fn settings_at(&self, step: u64) -> Settings {
        let mut settings = self.initial;
        for entry in self.entries.iter().take_while(|entry| entry.step <= step) {
            if let Command::Settings(changed) = entry.command {
                settings = changed;
            }
        }
        settings
    }

    /// The commands that were given after `step` steps, neither earlier nor later.
    pub fn given_at(&self, step: u64) -> &[Stamped] {
        let first = self.entries.partition_point(|entry| entry.step < step);
        let count = self.entries[first..].partition_point(|entry| entry.step == step);
        &self.entries[first..first + count]
    }

    /// Which units are held at the step that follows `step` steps: layer, unit and number, in the order
    /// in which it was said.
    pub fn held_at(&self, step: u64) -> impl Iterator<Item = (u32, u32, Option<f32>)> {
        self.entries.iter().take_while(move |entry| entry.step <= step).filter_map(|entry| {
            let Command::Hold { layer, unit, level } = entry.command else { return None };
            Some((layer, unit, level))
        })
    }

    /// Which units are of another kind at the step that follows `step` steps: layer, unit and kind, in the
    /// order in which it was said.
    pub fn swapped_at(&self, step: u64) -> impl Iterator<Item = (u32, u32, Option<Swap>)> {
        self.entries.iter().take_while(move |entry| entry.step <= step).filter_map(|entry| {
            let Command::Swap { layer, unit, to } = entry.command else { return None };
            Some((layer, unit, to))
        })
    }

    /// Whether the step that follows `step` steps learns from one example.
    pub fn single_at(&self, step: u64) -> bool {
        self.given_at(step).iter().any(|entry| entry.command == Command::Single)
    }
}
