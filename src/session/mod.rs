//! One network being trained: a deterministic state machine.
//!
//! Configuration + seed + commands, each stamped with the step at which it took effect, give the
//! state: the same bytes natively, in wasm, in every browser, with any number of threads. Step `n`
//! is the n-th update of the weights. Stepping back restores a checkpoint of [`history`] and replays.

pub mod batches;
mod commands;
mod forward;
pub mod history;
pub mod log;
pub mod task;

use crate::ann::clip::Clip;
use crate::ann::descent::DescentError;
use crate::ann::schedule::Schedule;
use crate::ann::{Descent, Initialiser, NetworkSpec, Optimiser, Start};
use crate::data::{Dataset, Split};
use crate::digest::Digest;
use crate::graph::BuildError;
use crate::graph::executor::{CpuExecutor, Draws, Executor};
use crate::learning::{Feed, Program, Rule};
use crate::rng::{Stream, StreamId};
use batches::Batches;
use forward::Forward;
pub use forward::{EVALUATION_BATCH, Responses};
use history::{Checkpoint, History};
use log::{Log, Settings};
use std::sync::Arc;
use task::Task;

/// Share of the newest batch in the running mean of the losses.
const LOSS_SHARE: f32 = 0.1;
/// How many times the lowest running mean a loss may be for its weights to count as good.
const GOOD_LOSS: f32 = 3.0;
/// Programs kept ready: of the batch size in force and of the one before.
const PROGRAMS: usize = 2;

/// What a session is made from; it never changes while the session lives.
#[derive(Clone, Debug)]
pub struct SessionConfig {
    /// The network.
    pub network: NetworkSpec,
    /// How answers are read and judged.
    pub task: Task,
    /// Inputs are multiplied by this before the network sees them.
    pub input_scale: f32,
    /// Where weights start.
    pub initialiser: Initialiser,
    /// How gradients are found.
    pub rule: Rule,
    /// The rule of descent.
    pub optimiser: Optimiser,
    /// How the learning rate goes with the steps, for a rate of 1; the rate itself is a setting.
    pub schedule: Schedule,
    /// How gradients are held back.
    pub clip: Clip,
    /// What may be changed later by command.
    pub settings: Settings,
    /// Seed of weights, order and draws.
    pub seed: u32,
}

/// Why there is no session.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SessionError {
    /// A network that cannot be built, is too large, or of a kind that the rule cannot teach.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// Rates or limits that mean nothing.
    #[error(transparent)]
    Descent(#[from] DescentError),
}

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stepped {
    /// The weights moved; the loss of the batch before they did.
    Trained {
        /// Loss of the batch.
        loss: f32,
    },
    /// The loss or a gradient is not finite: the weights were left alone.
    Diverged,
}

/// A network, its data and where it stands.
#[derive(Debug)]
pub struct Session {
    config: SessionConfig,
    /// The network of the configuration, with units of other kinds as commands have it now.
    network: NetworkSpec,
    data: Arc<Dataset>,
    executor: CpuExecutor,
    programs: Vec<(usize, Program)>,
    forward: Forward,
    starts: Vec<Start>,
    held: Vec<[Vec<f32>; 2]>,
    batches: Batches,
    step: u64,
    log: Log,
    history: History,
    diverged: bool,
    loss: Option<f32>,
}

/// Bytes that training with this network and batch takes, checkpoints left aside.
///
/// # Errors
/// If the network cannot be built, or is too large.
pub fn bytes_needed(network: &NetworkSpec, rule: Rule, batch: usize) -> Result<u64, BuildError> {
    let program = rule.program(&network.model(), batch)?;
    let forward = Forward::new(network, rule, &program.layout)?;
    Ok(4 * program.arena_len().max(forward.plan.arena_len()) as u64)
}

impl Session {
    /// A session at step 0. `history_bytes` is what its checkpoints may take together.
    ///
    /// # Errors
    /// If the network cannot be built, or is too large; nothing large is allocated then.
    pub fn new(
        config: SessionConfig,
        data: Arc<Dataset>,
        history_bytes: usize,
    ) -> Result<Self, SessionError> {
        config.descent(config.settings).check()?;
        let size = (config.settings.batch_size as usize).min(data.samples(Split::Train) as usize);
        let program = config.rule.program(&config.network.model(), size)?;
        let forward = Forward::new(&config.network, config.rule, &program.layout)?;
        let batches = Batches::new(u64::from(config.seed), data.samples(Split::Train));
        let row = |units: usize| [vec![0.0; units], vec![0.0; units]];
        let mut session = Self {
            executor: CpuExecutor::new(program.layout.clone()),
            held: program.held_units.iter().map(|&units| row(units)).collect(),
            starts: program.starts.clone(),
            programs: vec![(size, program)],
            forward,
            batches,
            step: 0,
            log: Log::new(config.settings),
            history: History::new(history_bytes),
            diverged: false,
            loss: None,
            network: config.network.clone(),
            config,
            data,
        };
        session.start_over();
        Ok(session)
    }

    fn start_over(&mut self) {
        let ranges = self.executor.layout().ranges().to_vec();
        let persistent = self.executor.persistent_mut();
        persistent.fill(0.0);
        self.config.initialiser.start(u64::from(self.config.seed), &self.starts, &ranges, persistent);
        self.step = 0;
        self.batches.seek(0);
        self.diverged = false;
        self.loss = None;
        self.obey();
    }

    /// Back to the initial weights of the same seed; forgets commands and checkpoints.
    pub fn reset(&mut self) {
        self.log = Log::new(self.config.settings);
        self.start_over();
        self.history.clear();
    }

    /// What it was made from.
    pub fn config(&self) -> &SessionConfig {
        &self.config
    }

    /// The network as it is now: that of the configuration, but for units of other kinds.
    pub fn network(&self) -> &NetworkSpec {
        &self.network
    }

    /// The data it learns from.
    pub fn data(&self) -> &Dataset {
        &self.data
    }

    /// Updates of the weights so far.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// Examples learned from so far.
    pub fn examples(&self) -> u64 {
        self.batches.position()
    }

    /// Whether the last step found a loss that is not finite.
    pub fn diverged(&self) -> bool {
        self.diverged
    }

    /// The examples that the next step learns from.
    pub fn coming_examples(&mut self) -> Vec<u32> {
        let size = self.next_size();
        self.batches.coming(size).to_vec()
    }

    fn next_size(&self) -> usize {
        let size = if self.log.single_at(self.step) { 1 } else { self.settings().batch_size as usize };
        size.min(self.data.samples(Split::Train) as usize)
    }

    /// The settings in force.
    pub fn settings(&self) -> Settings {
        self.log.settings_at(self.step)
    }

    /// The commands and the steps at which they took effect.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// Learns from the next batch (or, when the log says so, from one example).
    pub fn train(&mut self) -> Stepped {
        if !self.log.given_at(self.step).is_empty() {
            self.obey();
        }
        let size = self.next_size();
        let place = self.program_for(size);
        let settings = self.settings();
        let batch = self.batches.next(size, &self.data, &self.config);
        let feed = Feed {
            input: batch.input,
            target: batch.target,
            held: &self.held,
            draws: Draws {
                stream: Stream::new(u64::from(self.config.seed), StreamId::Encoding),
                keys: batch.keys,
            },
        };
        let descent = self.config.descent(settings);
        let program = &self.programs[place].1;
        program
            .step(&mut self.executor, feed, &descent, self.step + 1)
            .unwrap_or_else(|why| panic!("a session feeds what fits: {why}"));
        let loss = program.loss(&self.executor);
        if self.executor.is_halted() {
            self.diverged = true;
            self.batches.seek(self.batches.position() - size as u64);
            return Stepped::Diverged;
        }
        self.step += 1;
        self.loss = Some(self.loss.map_or(loss, |mean| mean + LOSS_SHARE * (loss - mean)));
        if self.history.is_due(self.step) {
            self.history.insert(self.checkpoint());
        }
        Stepped::Trained { loss }
    }

    /// The place of the program for batches of `size`, made if there is none.
    fn program_for(&mut self, size: usize) -> usize {
        if let Some(place) = self.programs.iter().position(|(batch, _)| *batch == size) {
            return place;
        }
        if self.programs.len() == PROGRAMS {
            self.programs.remove(0);
        }
        let program = self.config.rule.program(&self.network.model(), size);
        self.programs.push((
            size,
            program.unwrap_or_else(|why| panic!("settings were checked before they became a command: {why}")),
        ));
        self.programs.len() - 1
    }

    /// Where it stands, to return to.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            step: self.step,
            examples: self.batches.position(),
            loss: self.loss.unwrap_or(f32::INFINITY),
            numbers: self.executor.persistent().to_vec(),
        }
    }

    /// A state before this one, to step back to: the latest that is stored.
    pub fn earlier(&self) -> Option<&Checkpoint> {
        self.step.checked_sub(1).and_then(|before| self.history.before(before))
    }

    /// Takes over a state, an earlier one to step back to, and the commands that led to them.
    ///
    /// # Panics
    /// If a checkpoint is one of a network of another size, or a command would be refused.
    pub fn restore(&mut self, checkpoint: Checkpoint, earlier: Option<Checkpoint>, log: Log) {
        self.log = log;
        self.return_to(&checkpoint);
        self.history.clear();
        for stored in earlier.into_iter().chain([checkpoint]) {
            self.history.insert(stored);
        }
    }

    /// Numbers in a checkpoint of this network.
    pub fn checkpoint_len(&self) -> usize {
        self.executor.persistent().len()
    }

    fn return_to(&mut self, checkpoint: &Checkpoint) {
        self.executor.persistent_mut().copy_from_slice(&checkpoint.numbers);
        self.step = checkpoint.step;
        self.batches.seek(checkpoint.examples);
        self.loss = checkpoint.loss.is_finite().then_some(checkpoint.loss);
        self.diverged = false;
        self.obey();
    }

    /// Goes to the nearest stored state at or before `step`, or to the beginning; the way from there
    /// is to be trained again.
    pub fn return_before(&mut self, step: u64) {
        match self.history.before(step.min(self.step)).cloned() {
            Some(checkpoint) => self.return_to(&checkpoint),
            None => self.start_over(),
        }
    }

    /// Goes to an earlier step: the nearest checkpoint before it, then the same batches again.
    pub fn back_to(&mut self, step: u64) {
        let target = step.min(self.step);
        self.return_before(target);
        while self.step < target && self.train() != Stepped::Diverged {}
        self.obey();
    }

    /// The step of the last stored state that was worth something: with a loss near the lowest.
    pub fn last_good_step(&self) -> u64 {
        self.history.last_good(GOOD_LOSS).map_or(0, |checkpoint| checkpoint.step)
    }

    /// SHA-256 of all weights and biases, in hexadecimal; `None` while diverged, because the bits of
    /// a NaN are not defined.
    pub fn hash(&self) -> Option<String> {
        let persistent = self.executor.persistent();
        let ranges = self.executor.layout().ranges();
        let finite = ranges.iter().all(|range| persistent[range.clone()].iter().all(|w| w.is_finite()));
        (finite && !self.diverged).then(|| {
            let digest = Digest::new();
            ranges.iter().fold(digest, |digest, range| digest.f32s(&persistent[range.clone()])).hex()
        })
    }

    /// Values of parameter `number`: weights `(fan_in, fan_out)` for even numbers, biases for odd.
    pub fn parameter(&self, number: usize) -> &[f32] {
        &self.executor.persistent()[self.executor.layout().ranges()[number].clone()]
    }

    /// Puts other numbers in place of parameter `number`.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn set_parameter(&mut self, number: usize, values: &[f32]) {
        let range = self.executor.layout().ranges()[number].clone();
        self.executor.persistent_mut()[range].copy_from_slice(values);
    }

    /// How many parameters (matrices and vectors) there are.
    pub fn parameter_tensors(&self) -> usize {
        self.executor.layout().ranges().len()
    }

    /// What the network makes of up to [`EVALUATION_BATCH`] examples of its data.
    pub fn respond_to(&mut self, split: Split, indices: &[u32]) -> Responses<'_> {
        let features = self.data.features();
        let staged = &mut self.forward.staged[..indices.len() * features];
        self.data.write_inputs(split, indices, staged);
        self.config.scale(staged);
        for (key, &index) in self.forward.keys.iter_mut().zip(indices) {
            // Train and test examples of one number draw apart.
            *key = 2 * u64::from(index) + u64::from(split == Split::Test);
        }
        self.respond(indices.len())
    }

    /// What the network makes of up to [`EVALUATION_BATCH`] made-up inputs `(examples, inputs)`, in
    /// the units of the data. All draw alike, so that a surface shows the network and not the draws.
    pub fn respond_to_points(&mut self, points: &[f32]) -> Responses<'_> {
        self.forward.staged[..points.len()].copy_from_slice(points);
        self.config.scale(&mut self.forward.staged[..points.len()]);
        self.forward.keys.fill(u64::from(u32::MAX));
        self.respond(points.len() / self.config.network.inputs)
    }

    fn respond(&mut self, examples: usize) -> Responses<'_> {
        let stream = Stream::new(u64::from(self.config.seed), StreamId::EvalEncoding);
        self.forward.run(&mut self.executor, examples, &self.held, stream)
    }
}

impl SessionConfig {
    /// How parameters follow their gradients under these settings.
    fn descent(&self, settings: Settings) -> Descent {
        Descent {
            optimiser: self.optimiser,
            schedule: self.schedule.times(f64::from(settings.learning_rate)),
            clip: self.clip,
            l1: settings.l1,
            l2: settings.l2,
        }
    }

    fn scale(&self, inputs: &mut [f32]) {
        for input in inputs {
            *input *= self.input_scale;
        }
    }
}

#[cfg(test)]
mod tests;
