//! What a session does with commands: refuses those that make no sense, obeys the others.

use super::forward::Forward;
use super::log::{Command, CommandError, Log, Settings};
use super::{Session, bytes_needed};
use crate::ann::{Kind, NetworkSpec, Swap};
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
                let fits = bytes_needed(&self.network, self.config.rule, examples).is_ok();
                if fits { Ok(()) } else { Err(CommandError::TooLarge { batch_size }) }
            }
            Command::Hold { layer, unit, level } => {
                self.check_unit(layer, unit)?;
                level.map_or(Ok(()), |level| finite("level of a held unit", level))
            }
            Command::Swap { layer, unit, to } => {
                self.check_unit(layer, unit)?;
                if !to.is_none_or(|to| self.network.can_become(to)) {
                    let spiking = self.network.kind != Kind::Artificial;
                    return Err(CommandError::NoKind { unit, to, spiking });
                }
                let network = self.swapped(layer, unit, to);
                let fits = bytes_needed(&network, self.config.rule, self.next_size()).is_ok();
                if fits { Ok(()) } else { Err(CommandError::NotTaught { unit }) }
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

    fn check_unit(&self, layer: u32, unit: u32) -> Result<(), CommandError> {
        let layers = self.held.len();
        let units = self.held.get(layer as usize).map_or(0, |[held, _]| held.len());
        if (unit as usize) < units {
            Ok(())
        } else {
            Err(CommandError::NoUnit { layer, unit, layers, units })
        }
    }

    /// The kind that the configuration gives a unit, where it is not the usual one of its layer.
    fn own_kind(&self, layer: u32, unit: u32) -> Option<Swap> {
        let others = &self.config.network.hidden.get(layer as usize)?.others;
        others.iter().find(|(other, _)| *other == unit).map(|(_, to)| *to)
    }

    /// The network as it would be with a unit of another kind.
    pub fn swapped(&self, layer: u32, unit: u32, to: Option<Swap>) -> NetworkSpec {
        let mut network = self.network.clone();
        network.swap(layer as usize, unit, to.or_else(|| self.own_kind(layer, unit)));
        network
    }

    /// Whether every command of a log could be given, one after another: each by itself, and all that units
    /// become together at the largest batch.
    pub fn accepts(&self, log: &Log) -> bool {
        let batches = log.commands().map(|command| match command {
            Command::Settings(Settings { batch_size, .. }) => batch_size,
            _ => 1,
        });
        let most = batches.max().unwrap_or(1).min(self.data.samples(Split::Train)) as usize;
        let mut network = self.config.network.clone();
        log.commands().all(|command| {
            if self.check_command(command).is_err() {
                return false;
            }
            let Command::Swap { layer, unit, to } = command else { return true };
            network.swap(layer as usize, unit, to.or_else(|| self.own_kind(layer, unit)));
            bytes_needed(&network, self.config.rule, most).is_ok()
        })
    }

    /// Makes units what the log says for this step. Parameters lie as they did, so that weights, moments and
    /// the step stay; only plans are made anew.
    fn swap_units(&mut self) {
        let mut network = self.config.network.clone();
        let swapped: Vec<_> = self.log.swapped_at(self.step).collect();
        for (layer, unit, to) in swapped {
            network.swap(layer as usize, unit, to.or_else(|| self.own_kind(layer, unit)));
        }
        if network != self.network {
            self.forward = Forward::new(&network, self.config.rule, self.executor.layout())
                .unwrap_or_else(|why| panic!("a kind was checked before it became a command: {why}"));
            self.programs.clear();
            self.network = network;
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
        self.swap_units();
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
