//! The commands of a session, stamped with the step at which they took effect. Never the time.

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
    number.to_string().parse().unwrap_or(f64::from(number))
}

/// A command.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// From now on with these settings.
    Settings(Settings),
    /// The next step learns from one example.
    Single,
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

    /// The commands, in order.
    pub fn entries(&self) -> &[Stamped] {
        &self.entries
    }

    /// Adds a command at `step`. Those behind it belong to a future that no longer comes; of several
    /// of a kind at one step the last counts.
    pub fn push(&mut self, step: u64, command: Command) {
        let same_kind = |other: Command| core::mem::discriminant(&other) == core::mem::discriminant(&command);
        self.entries.retain(|entry| entry.step < step || entry.step == step && !same_kind(entry.command));
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

    /// Whether the step that follows `step` steps learns from one example.
    pub fn single_at(&self, step: u64) -> bool {
        let at = self.entries.partition_point(|entry| entry.step < step);
        self.entries[at..]
            .iter()
            .take_while(|entry| entry.step == step)
            .any(|entry| entry.command == Command::Single)
    }
}
