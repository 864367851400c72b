//! The twins: two sessions with the same layers, data, seed and settings, that advance together.

use super::divergence::{self, Divergence};
use super::evaluation::{Evaluation, Pass};
use super::{ConfigError, ExperimentConfig, Side};
use crate::ann::NetworkSpec;
use crate::data::{Dataset, Source, Split};
use crate::session::log::{Command, CommandError, Settings, as_written};
use crate::session::{Session, Stepped};
use std::sync::Arc;

/// Bytes that the checkpoints of both sessions may take together.
pub const HISTORY_BYTES: usize = 128 << 20;
/// Numbers in a row of a curve.
pub const CURVE_COLUMNS: usize = 5;
/// Most rows of a curve; beyond, every second goes.
const MAX_CURVE_ROWS: usize = 2000;

/// What a slice of work did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advanced {
    /// Both networks learned from a batch of so many examples.
    Trained {
        /// Examples of the batch.
        examples: u32,
    },
    /// A few examples were judged.
    Evaluating,
    /// An evaluation was finished.
    Evaluated,
    /// A network diverged; nothing moves until the visitor decides.
    Diverged,
}

/// One network, its curve and its last evaluation.
#[derive(Debug)]
pub struct Half {
    /// The network and where it stands.
    pub session: Session,
    /// Rows of step, train loss, test loss, train accuracy, test accuracy.
    pub curve: Vec<f32>,
    /// The last finished evaluation.
    pub evaluation: Option<Evaluation>,
    /// The last score over the whole test part, and its step.
    pub complete: Option<(u64, super::evaluation::Score)>,
    pass: Option<Pass>,
}

/// Both networks.
#[derive(Debug)]
pub struct Twin {
    config: ExperimentConfig,
    data: Arc<Dataset>,
    halves: [Half; 2],
    divergence: Option<Divergence>,
    evaluated_epoch: u64,
    next_evaluation: u64,
    replay: Option<Replay>,
}

/// A way that is trained again, after a step back.
#[derive(Debug)]
struct Replay {
    target: u64,
    /// What is set on arrival.
    settings: Option<Settings>,
}

impl Twin {
    /// Both networks at step 0.
    ///
    /// # Errors
    /// As [`ExperimentConfig::session`].
    pub fn new(config: ExperimentConfig, data: Arc<Dataset>) -> Result<Self, ConfigError> {
        Self::with_history(config, data, HISTORY_BYTES)
    }

    /// The same, with so many bytes for the checkpoints of both.
    ///
    /// # Errors
    /// As [`ExperimentConfig::session`].
    pub fn with_history(
        config: ExperimentConfig,
        data: Arc<Dataset>,
        history_bytes: usize,
    ) -> Result<Self, ConfigError> {
        let [artificial, spiking] = Side::BOTH.map(|side| config.session(side, &data));
        let (artificial, spiking) = (artificial?, spiking?);
        let networks = [&artificial.network, &spiking.network];
        super::config::check_memory(networks, artificial.rule, config.training.batch_size)?;
        let half = |session| -> Result<Half, ConfigError> {
            Ok(Half {
                session: Session::new(session, Arc::clone(&data), history_bytes / 2)?,
                curve: Vec::new(),
                evaluation: None,
                complete: None,
                pass: None,
            })
        };
        let halves = [half(artificial)?, half(spiking)?];
        Ok(Self {
            config,
            data,
            halves,
            divergence: None,
            evaluated_epoch: 0,
            next_evaluation: 0,
            replay: None,
        })
    }

    /// What it was made from.
    pub fn config(&self) -> &ExperimentConfig {
        &self.config
    }

    /// What is learned.
    pub fn data(&self) -> &Arc<Dataset> {
        &self.data
    }

    /// One of the networks.
    pub fn half(&self, side: Side) -> &Half {
        &self.halves[side.index()]
    }

    /// One of the networks, to be asked.
    pub fn half_mut(&mut self, side: Side) -> &mut Half {
        &mut self.halves[side.index()]
    }

    /// Updates of the weights so far, the same of both.
    pub fn step(&self) -> u64 {
        self.halves[0].session.step()
    }

    /// Times that the training examples were gone through.
    pub fn epochs(&self) -> f64 {
        self.halves[0].session.examples() as f64 / f64::from(self.data.samples(Split::Train))
    }

    /// Examples of each network's training so far.
    pub fn examples(&self) -> u64 {
        self.halves[0].session.examples()
    }

    /// Why it stands still, if a loss is no number.
    pub fn divergence(&self) -> Option<&Divergence> {
        self.divergence.as_ref()
    }

    /// Settings in force.
    pub fn settings(&self) -> Settings {
        self.halves[0].session.settings()
    }

    /// Whether an evaluation is due or under way.
    pub fn evaluation_pending(&self) -> bool {
        self.divergence.is_none() && (self.step() >= self.next_evaluation || self.pass_open())
    }

    fn pass_open(&self) -> bool {
        self.halves.iter().any(|half| half.pass.is_some())
    }

    /// The next slice of work: of an evaluation that is due, else a batch.
    pub fn advance(&mut self) -> Advanced {
        if self.divergence.is_some() {
            return Advanced::Diverged;
        }
        if self.evaluation_pending() { self.evaluate() } else { self.train() }
    }

    /// Asks for an evaluation of where the networks stand now.
    pub fn request_evaluation(&mut self) {
        self.next_evaluation = self.next_evaluation.min(self.step());
    }

    /// Whether the networks were judged where they stand now.
    pub fn is_evaluated(&self) -> bool {
        let step = self.step();
        self.halves.iter().all(|half| half.evaluation.as_ref().is_some_and(|found| found.step == step))
    }

    /// One slice of the evaluation that is due.
    pub fn evaluate(&mut self) -> Advanced {
        if !self.pass_open() {
            let epoch = self.epochs() as u64;
            let points = matches!(self.data.declaration().source, Source::Points(_));
            let complete = points || epoch > self.evaluated_epoch;
            for half in &mut self.halves {
                half.pass = Some(Pass::new(&half.session, complete));
            }
            return Advanced::Evaluating;
        }
        let Some(half) = self.halves.iter_mut().find(|half| half.pass.is_some()) else {
            return Advanced::Evaluated;
        };
        let finished = half.pass.as_mut().and_then(|pass| pass.advance(&mut half.session));
        if let Some(evaluation) = finished {
            half.pass = None;
            half.take(evaluation);
            if !self.pass_open() {
                if self.halves[0].complete.is_some_and(|(step, _)| step == self.step()) {
                    self.evaluated_epoch = self.epochs() as u64;
                }
                self.next_evaluation = self.step() + self.evaluation_interval();
                return Advanced::Evaluated;
            }
        }
        Advanced::Evaluating
    }

    /// Steps until the next evaluation: close together at first, then at an even pace; the end of an
    /// epoch is never passed over.
    fn evaluation_interval(&self) -> u64 {
        let step = self.step();
        let batch = u64::from(self.settings().batch_size);
        let samples = u64::from(self.data.samples(Split::Train));
        let to_epoch_end = (samples - self.examples() % samples).div_ceil(batch);
        let cheap = matches!(self.data.declaration().source, Source::Points(_));
        if cheap { (step / 50).clamp(10, 40) } else { (step / 4).clamp(25, 250).min(to_epoch_end.max(1)) }
    }

    /// A batch, whether or not an evaluation is due.
    pub fn train_only(&mut self) -> Advanced {
        if self.divergence.is_some() { Advanced::Diverged } else { self.train() }
    }

    /// A slice of an evaluation of the whole test part.
    pub fn evaluate_completely(&mut self) -> Advanced {
        if !self.pass_open() {
            for half in &mut self.halves {
                half.pass = Some(Pass::new(&half.session, true));
            }
        }
        self.evaluate()
    }

    fn train(&mut self) -> Advanced {
        let before = self.examples();
        for side in Side::BOTH {
            let half = &mut self.halves[side.index()];
            // An evaluation is of one state of the weights, or of none.
            half.pass = None;
            if half.session.train() == Stepped::Diverged {
                self.divergence = Some(divergence::diagnose(side, &mut half.session));
                // Keep the twins at one step: the other gives its step back.
                if side == Side::Spiking {
                    let step = half.session.step();
                    self.halves[0].session.back_to(step);
                }
                return Advanced::Diverged;
            }
        }
        Advanced::Trained { examples: (self.examples() - before) as u32 }
    }

    /// Both learn from one single example.
    pub fn train_single(&mut self) -> Advanced {
        if self.divergence.is_some() {
            return Advanced::Diverged;
        }
        self.command_both(Command::Single);
        self.train()
    }

    /// A command that both networks can obey.
    fn command_both(&mut self, command: Command) {
        for half in &mut self.halves {
            half.session
                .command(command)
                .unwrap_or_else(|why| panic!("what both can obey was checked before: {why}"));
        }
    }

    fn check_memory(&self, networks: [&NetworkSpec; 2], batch_size: u32) -> Result<(), ConfigError> {
        super::config::check_memory(networks, self.halves[0].session.config().rule, batch_size)
    }

    /// A command to one of the networks: to hold a unit, to make it one of another kind, or to change a
    /// weight.
    ///
    /// # Errors
    /// If it is refused; nothing is changed then.
    pub fn command(&mut self, side: Side, command: Command) -> Result<(), CommandError> {
        if let Command::Swap { layer, unit, to } = command {
            self.halves[side.index()].session.check_command(command)?;
            let mut networks = [0, 1].map(|half| self.halves[half].session.network().clone());
            networks[side.index()] = self.halves[side.index()].session.swapped(layer, unit, to);
            let fits = self.check_memory(networks.each_ref(), self.settings().batch_size);
            fits.map_err(|_| CommandError::NotTaught { unit })?;
        }
        self.halves[side.index()].session.command(command)?;
        let step = self.step();
        self.forget_after(Some(step));
        Ok(())
    }

    /// Changes what may be changed while the networks learn.
    ///
    /// # Errors
    /// If a number is out of range or asks for too much memory; nothing is changed then.
    pub fn set(&mut self, settings: Settings) -> Result<(), ConfigError> {
        let Settings { learning_rate, batch_size, l1, l2 } = settings;
        let [learning_rate, l1, l2] = [learning_rate, l1, l2].map(as_written);
        super::config::check_settings(learning_rate, f64::from(batch_size), l1, l2)?;
        self.check_memory([0, 1].map(|side| self.halves[side].session.network()), batch_size)?;
        self.command_both(Command::Settings(settings));
        self.next_evaluation = self.next_evaluation.min(self.step() + self.evaluation_interval());
        Ok(())
    }

    /// Changes one number that may be changed while the networks learn, by its key in configurations.
    ///
    /// # Errors
    /// If there is none of that key, or [`Self::set`] refuses it; nothing is changed then.
    pub fn set_number(&mut self, key: &str, value: f64) -> Result<(), ConfigError> {
        let settings = self.settings();
        let number = value as f32;
        let changed = match key {
            "training.learningRate" => Settings { learning_rate: number, ..settings },
            "training.batchSize" => Settings { batch_size: super::config::batch_size(value)?, ..settings },
            "training.l1" => Settings { l1: number, ..settings },
            "training.l2" => Settings { l2: number, ..settings },
            _ => return Err(ConfigError::NoSetting { got: key.chars().take(40).collect() }),
        };
        self.set(changed)
    }

    /// Back to the initial weights of the same seed; the settings in force stay.
    pub fn reset(&mut self) {
        let settings = self.settings();
        for half in &mut self.halves {
            half.session.reset();
        }
        if settings != self.settings() {
            self.command_both(Command::Settings(settings));
        }
        self.replay = None;
        self.forget_after(None);
    }

    /// Back by some batches: restores the nearest checkpoint before; [`Self::replay`] does the rest.
    pub fn back(&mut self, batches: u64) {
        let here = self.replay.as_ref().map_or(self.step(), |replay| replay.target);
        self.go_back_to(here.saturating_sub(batches), None);
    }

    fn go_back_to(&mut self, target: u64, settings: Option<Settings>) {
        for half in &mut self.halves {
            half.session.return_before(target);
        }
        self.replay = Some(Replay { target, settings });
        self.forget_after(Some(target));
    }

    /// Trains up to `most` batches of the way back once more; true when there is none left.
    pub fn replay(&mut self, most: u32) -> bool {
        let Some(Replay { target, .. }) = self.replay else { return true };
        let mut done = 0;
        for half in &mut self.halves {
            while half.session.step() < target {
                if done == most {
                    return false;
                }
                done += 1;
                if half.session.train() == Stepped::Diverged {
                    break;
                }
            }
        }
        if let Some(settings) = self.replay.take().and_then(|replay| replay.settings) {
            self.command_both(Command::Settings(settings));
        }
        self.forget_after(Some(self.step()));
        true
    }

    /// Whether a way back is being trained once more.
    pub fn is_replaying(&self) -> bool {
        self.replay.is_some()
    }

    /// After a divergence: to the last stored step at which both had a loss near their lowest, or to
    /// the beginning; [`Self::replay`] does the rest. The settings are those in force now, not those
    /// of that step: the visitor may have changed what went wrong.
    pub fn back_to_last_good(&mut self) {
        let settings = self.settings();
        let step = self.halves.iter().map(|half| half.session.last_good_step()).min().unwrap_or(0);
        self.go_back_to(step, Some(settings));
    }

    /// Drops what was found behind `step`, or everything.
    fn forget_after(&mut self, step: Option<u64>) {
        for half in &mut self.halves {
            let rows = half.curve.chunks_exact(CURVE_COLUMNS);
            let kept = rows.take_while(|row| step.is_some_and(|step| row[0] <= step as f32)).count();
            half.curve.truncate(kept * CURVE_COLUMNS);
            half.evaluation = None;
            half.pass = None;
            if half.complete.is_some_and(|(at, _)| step.is_none_or(|step| at > step)) {
                half.complete = None;
            }
        }
        self.divergence = None;
        self.evaluated_epoch = self.epochs() as u64;
        self.next_evaluation = self.step();
    }

    /// Hash of the weights of both; `None` after a divergence.
    pub fn hash(&self) -> Option<[String; 2]> {
        let [artificial, spiking] = &self.halves;
        Some([artificial.session.hash()?, spiking.session.hash()?])
    }

    /// Called after a checkpoint was taken over.
    pub(super) fn resume(&mut self) {
        self.forget_after(Some(self.step()));
    }
}

impl Half {
    fn take(&mut self, evaluation: Evaluation) {
        let Evaluation { step, train, test, .. } = &evaluation;
        let row =
            [*step as f32, train.loss as f32, test.loss as f32, train.accuracy as f32, test.accuracy as f32];
        let last = self.curve.len().checked_sub(CURVE_COLUMNS);
        if let Some(last) = last.filter(|&last| self.curve[last] == row[0]) {
            self.curve.truncate(last);
        }
        self.curve.extend_from_slice(&row);
        if self.curve.len() > MAX_CURVE_ROWS * CURVE_COLUMNS {
            let thinned = self.curve.chunks_exact(CURVE_COLUMNS).step_by(2).flatten().copied().collect();
            self.curve = thinned;
        }
        if let Some(score) = evaluation.complete {
            self.complete = Some((evaluation.step, score));
        }
        self.evaluation = Some(evaluation);
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod unit_tests;
