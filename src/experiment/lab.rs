//! The laboratory: the experiment that is on the bench, the data that were brought to it, and a
//! sweep over seeds beside it. What is refused changes nothing.

use super::checkpoint::{self, CheckpointError};
use super::sweep::{Progress, Sweep};
use super::twin::{Advanced, Twin};
use super::{ConfigError, ExperimentConfig};
use crate::data::table::{self, TableConfig};
use crate::data::{DataError, Dataset, PointsConfig, Source, images, points};
use std::sync::Arc;

/// Batches of a slice of a replay.
const REPLAY_BATCHES: u32 = 4;

/// An experiment and what belongs to it.
#[derive(Debug)]
pub struct Lab {
    images: Vec<Arc<Dataset>>,
    twin: Twin,
    sweep: Option<Sweep>,
}

/// What became of a request to train.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trained {
    /// So many batches; none if an evaluation comes first.
    Batches(u32),
    /// A loss is no number.
    Diverged,
}

impl Lab {
    /// A laboratory with the experiment that needs nothing: [`ExperimentConfig::default`].
    ///
    /// # Errors
    /// Never, as long as the defaults are valid.
    pub fn new() -> Result<Self, ConfigError> {
        let images = Vec::new();
        let config = ExperimentConfig::default();
        let data = make_data(&config, None, &images)?;
        Ok(Self { twin: Twin::new(config, data)?, images, sweep: None })
    }

    /// The id of the set whose files must be handed in before `config` can be used, if any.
    ///
    /// # Errors
    /// If there is no such set.
    pub fn needs(&self, config: &ExperimentConfig) -> Result<Option<&'static str>, ConfigError> {
        let set = config.declaration()?;
        let missing = matches!(set.source, Source::Images(_))
            && !self.images.iter().any(|images| images.declaration().id == set.id);
        Ok(missing.then_some(set.id))
    }

    /// Takes the two unpacked files of an image set, verified by their checksums.
    ///
    /// # Errors
    /// If they are not what was shipped.
    pub fn load_images(&mut self, id: &str, train: Vec<u8>, test: Vec<u8>) -> Result<(), DataError> {
        let data = images::load(id, train, test)?;
        self.images.retain(|images| images.declaration().id != data.declaration().id);
        self.images.push(Arc::new(data));
        Ok(())
    }

    /// Puts another experiment on the bench; `table` is the text of a table, where that is the data.
    ///
    /// # Errors
    /// If it cannot be made; the old one stays then.
    pub fn configure(&mut self, config: ExperimentConfig, table: Option<&str>) -> Result<(), ConfigError> {
        config.check()?;
        let data = make_data(&config, table, &self.images)?;
        self.twin = Twin::new(config, data)?;
        self.sweep = None;
        Ok(())
    }

    /// The experiment.
    pub fn twin(&self) -> &Twin {
        &self.twin
    }

    /// The experiment, to be worked with.
    pub fn twin_mut(&mut self) -> &mut Twin {
        &mut self.twin
    }

    /// Trains up to `most` batches, but not past an evaluation that is due.
    pub fn train(&mut self, most: u32) -> Trained {
        for done in 0..most {
            if self.twin.is_replaying() || self.twin.evaluation_pending() {
                return Trained::Batches(done);
            }
            if self.twin.train_only() == Advanced::Diverged {
                return Trained::Diverged;
            }
        }
        Trained::Batches(most)
    }

    /// A slice of the way that is trained once more after a step back; true when there is none left.
    pub fn replay(&mut self) -> bool {
        self.twin.replay(REPLAY_BATCHES)
    }

    /// A slice of an evaluation; true when none is due. `now` asks for one where the networks stand.
    pub fn evaluate(&mut self, now: bool) -> bool {
        if now && !self.twin.is_evaluated() {
            self.twin.request_evaluation();
        }
        if self.twin.evaluation_pending() {
            self.twin.evaluate();
        }
        !self.twin.evaluation_pending()
    }

    /// Where the experiment stands, as bytes; `None` after a divergence.
    pub fn checkpoint(&self) -> Option<Vec<u8>> {
        checkpoint::encode(&self.twin)
    }

    /// Goes where the bytes say.
    ///
    /// # Errors
    /// If they are not a checkpoint of this experiment; it stays as it is then.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<(), CheckpointError> {
        checkpoint::restore(&mut self.twin, bytes)
    }

    /// Starts the same experiment with several seeds.
    ///
    /// # Errors
    /// As [`Sweep::new`].
    pub fn sweep_start(&mut self, epochs: u32, seeds: u32) -> Result<(), ConfigError> {
        let data = Arc::clone(self.twin.data());
        let mut config = self.twin.config().clone();
        config.set_settings(self.twin.settings());
        self.sweep = Some(Sweep::new(config, data, seeds, epochs)?);
        Ok(())
    }

    /// A slice of the sweep, and how far it is; `None` if there is none.
    ///
    /// # Errors
    /// As [`Sweep::advance`].
    pub fn sweep_advance(&mut self) -> Result<Option<Progress>, ConfigError> {
        let Some(sweep) = &mut self.sweep else { return Ok(None) };
        sweep.advance()?;
        Ok(Some(sweep.progress()))
    }

    /// Ends the sweep.
    pub fn sweep_cancel(&mut self) {
        self.sweep = None;
    }
}

fn make_data(
    config: &ExperimentConfig,
    table: Option<&str>,
    images: &[Arc<Dataset>],
) -> Result<Arc<Dataset>, ConfigError> {
    let chosen = &config.data;
    let set = config.declaration()?;
    let seed = u64::from(chosen.seed);
    let not_loaded = || ConfigError::NotLoaded { set: set.id.to_owned() };
    match set.source {
        Source::Points(_) => {
            let config = PointsConfig {
                set: set.id.to_owned(),
                samples: chosen.samples,
                noise: chosen.noise,
                train_share: chosen.train_share,
                seed,
            };
            Ok(Arc::new(points::generate(&config)?))
        }
        Source::Images(_) => {
            let images = images.iter().find(|images| images.declaration().id == set.id);
            images.map(Arc::clone).ok_or_else(not_loaded)
        }
        Source::Table => {
            let text = table.ok_or_else(not_loaded)?;
            let config = TableConfig { train_share: chosen.train_share, seed };
            Ok(Arc::new(table::read(text.as_bytes(), &config)?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_leaves_the_old_experiment() {
        let mut lab = Lab::new().expect("valid defaults");
        assert!(!lab.evaluate(true));
        while !lab.evaluate(true) {}
        assert_eq!(lab.train(5), Trained::Batches(5));
        let before = lab.twin().hash();
        let with = |set: &str| {
            let mut config = ExperimentConfig::default();
            config.data.set = set.to_owned();
            config
        };
        let cases = [
            (with("mnist"), None, "data-not-loaded"),
            (with("table"), None, "data-not-loaded"),
            (with("table"), Some("a,b\n1,\n"), "table-missing"),
            (with("nothing"), None, "config-choice"),
        ];
        for (config, table, code) in cases {
            assert_eq!(lab.configure(config, table).expect_err(code).code(), code);
        }
        assert_eq!(lab.needs(&with("mnist")), Ok(Some("mnist")));
        assert_eq!(
            lab.load_images("mnist", vec![1, 2], vec![]).expect_err("nonsense").code(),
            "images-length"
        );
        assert_eq!((lab.twin().hash(), lab.twin().step()), (before, 5));
    }

    #[test]
    fn a_sweep_uses_the_settings_in_force() {
        let mut lab = Lab::new().expect("valid defaults");
        let settings = crate::session::log::Settings { learning_rate: 0.25, ..lab.twin().settings() };
        lab.twin_mut().set(settings).expect("within range");
        lab.sweep_start(1, 2).expect("a valid sweep");
        assert_eq!(lab.sweep.as_ref().map(|sweep| sweep.learning_rate()), Some(0.25));
    }

    #[test]
    fn a_table_is_learned() {
        let rows: Vec<String> = (0..60)
            .map(|i| format!("{},{},{}", i % 7, i % 5, if i % 7 > 3 { "far" } else { "near" }))
            .collect();
        let mut lab = Lab::new().expect("valid defaults");
        let mut config = ExperimentConfig::default();
        config.data.set = "table".to_owned();
        config.training.loss = "cross-entropy".to_owned();
        lab.configure(config, Some(&rows.join("\n"))).expect("a table");
        assert_eq!(lab.twin().data().classes(), 2);
        while !lab.evaluate(false) {}
        assert!(matches!(lab.train(20), Trained::Batches(1..)));
    }

    #[test]
    fn training_stops_where_an_evaluation_is_due_and_so_depends_on_no_clock() {
        let steps = |slices: &[u32]| {
            let mut lab = Lab::new().expect("valid defaults");
            let mut slices = slices.iter().cycle();
            while lab.twin().step() < 120 {
                while !lab.evaluate(false) {}
                lab.train(*slices.next().expect("an endless list"));
            }
            let curve = lab.twin().half(super::super::Side::Spiking).curve.clone();
            curve.chunks_exact(5).map(|row| row[0]).collect::<Vec<_>>()
        };
        let (a, b) = (steps(&[1]), steps(&[1000, 3]));
        let shared = a.len().min(b.len());
        assert!(shared > 5);
        assert_eq!(a[..shared], b[..shared]);
    }
}
