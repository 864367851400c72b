//! What a session does with commands: refuses those that make no sense, obeys the others.

use super::log::{Command, CommandError, Settings};
use super::{Session, bytes_needed};
use crate::data::Split;
use crate::graph::executor::Executor;

impl Session {
    /// Whether a command can be given.
    ///
    /// # Errors
    /// If it is about a unit or a weight that does not exist, or a number is none.
    pub fn check_command(&self, command: Command) -> Result<(), CommandError> {
        let number = |what, got: f32, positive: bool| {
            let fits = got.is_finite() && (got > 0.0 || !positive && got >= 0.0);
            if fits { Ok(()) } else { Err(CommandError::Number { what, positive, got }) }
        };
        let finite = |what, got: f32| number(what, got.abs(), false);
        match command {
            Command::Single => Ok(()),
            Command::Settings(Settings { learning_rate, batch_size, l1, l2 }) => {
                number("learning rate", learning_rate, true)?;
                number("batch size", batch_size as f32, true)?;
                number("L1", l1, false)?;
                number("L2", l2, false)?;
                let examples = (batch_size as usize).min(self.data.samples(Split::Train) as usize);
                let fits = bytes_needed(&self.config.network, self.config.rule, examples).is_ok();
                if fits { Ok(()) } else { Err(CommandError::TooLarge { batch_size }) }
            }
            Command::Hold { layer, unit, level } => {
                let layers = self.held.len();
                let units = self.held.get(layer as usize).map_or(0, |[held, _]| held.len());
                if unit as usize >= units {
                    return Err(CommandError::NoUnit { layer, unit, layers, units });
                }
                level.map_or(Ok(()), |level| finite("level of a held unit", level))
            }
            Command::Weight { parameter, index, value } => {
                let parameters = self.parameter_tensors();
                let ranges = self.executor.layout().ranges();
                let len = ranges.get(parameter as usize).map_or(0, core::ops::Range::len);
                if index as usize >= len {
                    return Err(CommandError::NoWeight { parameter, index, parameters, len });
                }
                finite("weight", value)
            }
        }
    }

    /// Gives a command that takes effect now; commands of a future that was stepped back from go.
    ///
    /// # Errors
    /// As [`Self::check_command`]; nothing is changed then.
    pub fn command(&mut self, command: Command) -> Result<(), CommandError> {
        self.check_command(command)?;
        self.log.push(self.step, command);
        self.history.forget_after(self.step);
        self.obey();
        Ok(())
    }

    /// Puts units and weights as the log says for this step. To do it twice changes nothing.
    pub(super) fn obey(&mut self) {
        for [held, _] in &mut self.held {
            held.fill(0.0);
        }
        for (layer, unit, level) in self.log.held_at(self.step) {
            let [held, levels] = &mut self.held[layer as usize];
            held[unit as usize] = f32::from(level.is_some());
            levels[unit as usize] = level.unwrap_or(0.0);
        }
        for entry in self.log.given_at(self.step) {
            if let Command::Weight { parameter, index, value } = entry.command {
                let start = self.executor.layout().ranges()[parameter as usize].start;
                self.executor.persistent_mut()[start + index as usize] = value;
            }
        }
    }
}
