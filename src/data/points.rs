//! Sets of points in the plane, made from a seed.
//!
//! Coordinates are computed in the units of TensorFlow Playground (Smilkov, Carter, Sculley, Viégas,
//! Wattenberg 2017, arXiv:1708.03788; its `dataset.ts`), where the picture spans −6..6, and handed
//! out divided by [`DOMAIN`], so that the picture is [−1, 1]². Points of the noisier sets may lie a
//! little outside. Samples alternate between the classes, are shuffled by the seed and then split.
//!
//! Sample `i` draws from step `i` of its streams: more noise moves a sample but does not draw
//! another one.
//!
//! ```
//! use cajal::data::{PointsConfig, Split, points};
//!
//! let config = PointsConfig { set: "xor".into(), samples: 200, noise: 0.1, train_share: 0.8, seed: 3 };
//! let set = points::generate(&config)?;
//! assert_eq!((set.samples(Split::Train), set.samples(Split::Test)), (160, 40));
//!
//! let refused = points::generate(&PointsConfig { noise: f64::NAN, ..config });
//! assert_eq!(refused.unwrap_err().to_string(), "expected noise between 0 and 0.5, got NaN");
//! # Ok::<(), cajal::data::DataError>(())
//! ```

use super::dataset::{Dataset, Inputs, Targets, check_train_share, shuffled_split};
use super::{CATALOGUE, DataDeclaration, DataError, Source, Task};
use crate::rng::{Stream, StreamId};

/// Half the width of the picture in the units of the equations: coordinates are divided by it.
pub const DOMAIN: f64 = 6.0;
/// Fewest samples of a set: one to learn from and one to measure on.
pub const MIN_SAMPLES: u32 = 2;
/// Most samples of a set.
pub const MAX_SAMPLES: u32 = 2_000;
/// Most noise.
pub const MAX_NOISE: f64 = 0.5;

/// What all of these sets have in common.
pub(super) const NOT_BIOLOGICAL: &str = "Two exact numbers an example, drawn independently: \
    no receptor, no receptive field, no history.";
pub(super) const LICENCE: &str = "Made by this program; no rights reserved";
pub(super) const PLAYGROUND: &str = "Smilkov, Carter, Sculley, Viégas, Wattenberg (2017) \
    Direct-manipulation visualization of deep networks. arXiv:1708.03788";

/// Which points to make.
#[derive(Clone, Debug, PartialEq)]
pub struct PointsConfig {
    /// Id of a generated set.
    pub set: String,
    /// Samples, train and test together, 2 to 2,000.
    pub samples: u32,
    /// 0 to 0.5; what it displaces is said by each set.
    pub noise: f64,
    /// Share of the samples to learn from, 0.1 to 0.9.
    pub train_share: f64,
    /// Seed of all draws.
    pub seed: u64,
}

/// How a set places one sample.
pub type Rule = fn(&Draws) -> Sample;

/// One sample, in the units of the equations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Coordinates, −6..6 in the picture.
    pub x: [f64; 2],
    /// A label (0 or 1), or a number in [−1, 1].
    pub target: f64,
}

/// The random numbers of one sample.
#[derive(Clone, Copy, Debug)]
pub struct Draws {
    /// Number of the sample, `0..samples`.
    pub sample: u32,
    /// How many samples are made.
    pub samples: u32,
    /// 0 to 0.5.
    pub noise: f64,
    data: Stream,
    displacement: Stream,
}

impl Draws {
    /// Draw `element` of the sample, uniform in `low..high`.
    #[must_use]
    pub fn uniform(&self, element: u64, low: f64, high: f64) -> f64 {
        let unit = self.data.uniform_f64(u64::from(self.sample), element);
        low + unit * (high - low)
    }

    /// Two draws of the noise, uniform in ±`noise`.
    #[must_use]
    pub fn uniform_noise(&self) -> [f64; 2] {
        [0, 1].map(|element| {
            let unit = self.displacement.uniform_f64(u64::from(self.sample), element);
            (2.0 * unit - 1.0) * self.noise
        })
    }

    /// Two independent standard normal draws of the noise.
    #[must_use]
    pub fn normal(&self) -> [f64; 2] {
        [0, 1].map(|element| self.displacement.normal_f64(u64::from(self.sample), element))
    }
}

/// Makes a set of points.
///
/// # Errors
/// [`DataError`] when the set is not a generated one or a number is out of its range.
pub fn generate(config: &PointsConfig) -> Result<Dataset, DataError> {
    let (declaration, rule) = find(&config.set)?;
    let PointsConfig { samples, noise, train_share, seed, .. } = *config;
    if !(MIN_SAMPLES..=MAX_SAMPLES).contains(&samples) {
        return Err(DataError::Samples { got: samples });
    }
    if !(0.0..=MAX_NOISE).contains(&noise) {
        return Err(DataError::Noise { got: noise });
    }
    check_train_share(train_share)?;
    let (order, train) = shuffled_split(seed, samples, train_share)?;
    let points: Vec<Sample> = order
        .iter()
        .map(|&sample| {
            rule(&Draws {
                sample,
                samples,
                noise,
                data: Stream::new(seed, StreamId::Data),
                displacement: Stream::new(seed, StreamId::Noise),
            })
        })
        .collect();
    Ok(Dataset {
        declaration,
        features: 2,
        train,
        test: samples - train,
        inputs: Inputs::Dense(points.iter().flat_map(|point| point.x.map(|x| (x / DOMAIN) as f32)).collect()),
        targets: match declaration.task {
            Task::Classification => Targets::Labels(points.iter().map(|point| point.target as u32).collect()),
            Task::Regression => Targets::Values(points.iter().map(|point| point.target as f32).collect()),
        },
        class_names: declaration.class_names.iter().map(|&name| name.into()).collect(),
        columns: None,
    })
}

fn find(id: &str) -> Result<(&'static DataDeclaration, Rule), DataError> {
    let rule_of = |set: &&'static DataDeclaration| match set.source {
        Source::Points(rule) => Some((*set, rule)),
        Source::Images(_) | Source::Table => None,
    };
    CATALOGUE.iter().filter_map(rule_of).find(|(set, _)| set.id == id).ok_or_else(|| {
        let ids: Vec<_> = CATALOGUE.iter().filter_map(rule_of).map(|(set, _)| set.id).collect();
        DataError::UnknownSet { expected: ids.join(", "), got: id.chars().take(40).collect() }
    })
}

#[cfg(test)]
#[path = "points_tests.rs"]
mod tests;
