//! The same experiment with several seeds: one seed is an anecdote.

use super::evaluation::Score;
use super::interval::{Interval, MAX_VALUES};
use super::twin::{Advanced, Twin};
use super::{ConfigError, ExperimentConfig, Side};
use crate::data::{Dataset, Split};
use std::sync::Arc;

/// Several runs, one after another.
#[derive(Debug)]
pub struct Sweep {
    config: ExperimentConfig,
    data: Arc<Dataset>,
    seeds: u32,
    epochs: u32,
    run: u32,
    twin: Option<Twin>,
    closing: bool,
    scores: [Vec<Score>; 2],
    seeds_finished: Vec<u32>,
    diverged: u32,
}

/// How far a sweep is, and what it has found.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// Runs finished.
    pub finished: u32,
    /// Runs in all.
    pub seeds: u32,
    /// Share of the whole that is done.
    pub share: f64,
    /// Runs that diverged; they count in no interval.
    pub diverged: u32,
    /// Seeds of the runs that count.
    pub seeds_finished: Vec<u32>,
    /// Scores on the whole test part, of each twin, by seed.
    pub scores: [Vec<Score>; 2],
    /// Interval of the accuracy of each twin, or of the loss where there are no classes.
    pub intervals: [Option<Interval>; 2],
}

impl Sweep {
    /// Runs with `seeds` seeds from that of `config` on, each for `epochs` epochs.
    ///
    /// # Errors
    /// As [`Twin::new`].
    pub fn new(
        config: ExperimentConfig,
        data: Arc<Dataset>,
        seeds: u32,
        epochs: u32,
    ) -> Result<Self, ConfigError> {
        let seeds = seeds.clamp(1, MAX_VALUES as u32);
        let twin = Twin::with_history(config.clone(), Arc::clone(&data), 0)?;
        Ok(Self {
            config,
            data,
            seeds,
            epochs: epochs.max(1),
            run: 0,
            twin: Some(twin),
            closing: false,
            scores: [Vec::new(), Vec::new()],
            seeds_finished: Vec::new(),
            diverged: 0,
        })
    }

    /// Step size of every run.
    pub fn learning_rate(&self) -> f64 {
        self.config.training.learning_rate
    }

    /// Whether all runs are done.
    pub fn is_finished(&self) -> bool {
        self.twin.is_none()
    }

    /// A slice of work. No curves are drawn: only the end of each run is judged.
    ///
    /// # Errors
    /// As [`Twin::new`], for the next seed.
    pub fn advance(&mut self) -> Result<(), ConfigError> {
        let goal = u64::from(self.epochs) * u64::from(self.data.samples(Split::Train));
        let Some(twin) = &mut self.twin else { return Ok(()) };
        if !self.closing {
            self.closing = twin.examples() >= goal;
            if !self.closing && twin.train_only() == Advanced::Diverged {
                self.diverged += 1;
                return self.next_run();
            }
            return Ok(());
        }
        if twin.evaluate_completely() == Advanced::Evaluated {
            self.seeds_finished.push(self.config.seed.wrapping_add(self.run));
            for side in Side::BOTH {
                if let Some((_, score)) = twin.half(side).complete {
                    self.scores[side.index()].push(score);
                }
            }
            return self.next_run();
        }
        Ok(())
    }

    fn next_run(&mut self) -> Result<(), ConfigError> {
        self.run += 1;
        self.closing = false;
        self.twin = None;
        if self.run < self.seeds {
            let seed = self.config.seed.wrapping_add(self.run);
            let config = ExperimentConfig { seed, ..self.config.clone() };
            self.twin = Some(Twin::with_history(config, Arc::clone(&self.data), 0)?);
        }
        Ok(())
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        let classes = self.data.classes();
        let interval = |scores: &Vec<Score>| {
            let value = |score: &Score| if classes == 0 { score.loss } else { score.accuracy };
            Interval::of(&scores.iter().map(value).collect::<Vec<_>>())
        };
        let running =
            self.twin.as_ref().map_or(0.0, |twin| (twin.epochs() / f64::from(self.epochs)).min(1.0));
        Progress {
            finished: self.run,
            seeds: self.seeds,
            share: ((f64::from(self.run) + running) / f64::from(self.seeds)).min(1.0),
            diverged: self.diverged,
            scores: self.scores.clone(),
            seeds_finished: self.seeds_finished.clone(),
            intervals: [interval(&self.scores[0]), interval(&self.scores[1])],
        }
    }
}
