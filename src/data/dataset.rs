//! A data set in memory: rows of inputs with their targets, in two parts, read in batches.
//!
//! Inputs are `(samples, features)`, row-major, training rows first. A batch names its rows by their
//! index within a part, `0..samples(split)`.
//!
//! ```
//! use cajal::data::{PointsConfig, Split, points};
//!
//! let config = PointsConfig { set: "plane".into(), samples: 40, noise: 0.0, train_share: 0.5, seed: 1 };
//! let plane = points::generate(&config)?;
//! let mut inputs = [0.0; 2 * 2];
//! plane.write_inputs(Split::Test, &[19, 3], &mut inputs);
//! let value = plane.value(Split::Test, 19).expect("a set of numbers");
//! assert!((value - (inputs[0] + inputs[1]) / 2.0).abs() < 1e-6);
//! # Ok::<(), cajal::data::DataError>(())
//! ```

use super::{DataDeclaration, DataError, Task, images};
use crate::digest::Digest;
use crate::rng::{Stream, StreamId};

/// The two parts of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// Rows to learn from.
    Train,
    /// Rows to measure on.
    Test,
}

/// Smallest share of the rows that may be used for training.
pub const MIN_TRAIN_SHARE: f64 = 0.1;
/// Largest share of the rows that may be used for training.
pub const MAX_TRAIN_SHARE: f64 = 0.9;

/// The affine map that was applied to one column: `value = (raw − mean) / deviation`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scaling {
    /// Mean over the training rows, in the unit of the file.
    pub mean: f64,
    /// Standard deviation over the training rows (population, divided by their number); 1 where the
    /// column is constant.
    pub deviation: f64,
}

/// A data set, ready to be read in batches. Immutable.
#[derive(Clone, Debug)]
pub struct Dataset {
    pub(super) declaration: &'static DataDeclaration,
    pub(super) features: usize,
    pub(super) train: u32,
    pub(super) test: u32,
    pub(super) inputs: Inputs,
    pub(super) targets: Targets,
    pub(super) class_names: Vec<String>,
    pub(super) columns: Option<Columns>,
}

/// What is known of the columns of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// Names of the features, in order.
    pub features: Vec<String>,
    /// Name of the column that is predicted.
    pub target: String,
    /// How each feature was standardised.
    pub scaling: Vec<Scaling>,
    /// How the target was standardised; `None` for labels.
    pub target_scaling: Option<Scaling>,
}

#[derive(Clone, Debug)]
pub(super) enum Inputs {
    /// `(train + test, features)`, row-major.
    Dense(Vec<f32>),
    /// Four bits a pixel, a whole number of bytes an image.
    Packed { train: images::PackedImages, test: images::PackedImages },
}

#[derive(Clone, Debug)]
pub(super) enum Targets {
    Labels(Vec<u32>),
    Values(Vec<f32>),
}

impl Dataset {
    /// What the set is.
    #[must_use]
    pub fn declaration(&self) -> &'static DataDeclaration {
        self.declaration
    }

    /// Numbers an example.
    #[must_use]
    pub fn features(&self) -> usize {
        self.features
    }

    /// Number of classes; 0 for regression.
    #[must_use]
    pub fn classes(&self) -> u32 {
        self.class_names.len() as u32
    }

    /// Names of the classes, by label; empty for regression.
    #[must_use]
    pub fn class_names(&self) -> &[String] {
        &self.class_names
    }

    /// Whether the target is a class or a number.
    #[must_use]
    pub fn task(&self) -> Task {
        match self.targets {
            Targets::Labels(_) => Task::Classification,
            Targets::Values(_) => Task::Regression,
        }
    }

    /// Names and standardisation of the columns, of a table.
    #[must_use]
    pub fn columns(&self) -> Option<&Columns> {
        self.columns.as_ref()
    }

    /// Rows of a part.
    #[must_use]
    pub fn samples(&self, split: Split) -> u32 {
        match split {
            Split::Train => self.train,
            Split::Test => self.test,
        }
    }

    /// Copies the inputs of `indices` (within the part) to `inputs`, `(indices, features)`, row-major.
    ///
    /// # Panics
    /// When an index is not below [`Dataset::samples`], or `inputs` has another length.
    pub fn write_inputs(&self, split: Split, indices: &[u32], inputs: &mut [f32]) {
        assert_eq!(
            inputs.len(),
            indices.len() * self.features,
            "expected room for {} rows of {} features",
            indices.len(),
            self.features
        );
        for (row, &index) in inputs.chunks_exact_mut(self.features).zip(indices) {
            let place = self.place(split, index);
            match (&self.inputs, split) {
                (Inputs::Dense(values), _) => {
                    row.copy_from_slice(&values[place * self.features..][..self.features]);
                }
                (Inputs::Packed { train, .. }, Split::Train) => train.write_image(index, row),
                (Inputs::Packed { test, .. }, Split::Test) => test.write_image(index, row),
            }
        }
    }

    /// The label of one example of a part, or `None` in regression.
    ///
    /// # Panics
    /// When the index is out of range.
    #[must_use]
    pub fn label(&self, split: Split, index: u32) -> Option<u32> {
        let place = self.place(split, index);
        match &self.targets {
            Targets::Labels(all) => Some(all[place]),
            Targets::Values(_) => None,
        }
    }

    /// The target number of one example of a part, or `None` in classification.
    ///
    /// # Panics
    /// When the index is out of range.
    #[must_use]
    pub fn value(&self, split: Split, index: u32) -> Option<f32> {
        let place = self.place(split, index);
        match &self.targets {
            Targets::Labels(_) => None,
            Targets::Values(all) => Some(all[place]),
        }
    }

    /// Examples of each class in a part; empty in regression.
    #[must_use]
    pub fn class_counts(&self, split: Split) -> Vec<u32> {
        let mut counts = vec![0; self.class_names.len()];
        for index in 0..self.samples(split) {
            if let Some(label) = self.label(split, index) {
                counts[label as usize] += 1;
            }
        }
        counts
    }

    /// SHA-256 of all inputs and targets as they are handed out: training rows, then test rows.
    #[must_use]
    pub fn sha256(&self) -> String {
        let mut row = vec![0.0; self.features];
        let mut digest = Digest::new().u64(self.features as u64).u64(u64::from(self.classes()));
        for split in [Split::Train, Split::Test] {
            digest = digest.u64(u64::from(self.samples(split)));
            for index in 0..self.samples(split) {
                self.write_inputs(split, &[index], &mut row);
                digest = digest.f32s(&row);
            }
        }
        match &self.targets {
            Targets::Labels(labels) => digest.u32s(labels),
            Targets::Values(values) => digest.f32s(values),
        }
        .hex()
    }

    /// Row of the whole set at which the example stands: training rows come first.
    fn place(&self, split: Split, index: u32) -> usize {
        let samples = self.samples(split);
        assert!(index < samples, "expected an index below {samples}, got {index}");
        match split {
            Split::Train => index as usize,
            Split::Test => self.train as usize + index as usize,
        }
    }
}

/// The shuffled order of `samples` rows and how many of them, from the front, are for training
/// (at least one, and at least one is left). The order does not depend on the share, so moving the
/// share moves only the border.
pub(super) fn shuffled_split(
    seed: u64,
    samples: u32,
    train_share: f64,
) -> Result<(Vec<u32>, u32), DataError> {
    check_train_share(train_share)?;
    let order = Stream::new(seed, StreamId::Split).permutation(0, samples);
    let train = (f64::from(samples) * train_share).round() as u32;
    Ok((order, train.clamp(1, samples.saturating_sub(1).max(1))))
}

pub(super) fn check_train_share(train_share: f64) -> Result<(), DataError> {
    // A NaN is in no range.
    if (MIN_TRAIN_SHARE..=MAX_TRAIN_SHARE).contains(&train_share) {
        Ok(())
    } else {
        Err(DataError::TrainShare { got: train_share })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_moves_only_the_border() {
        let (order, train) = shuffled_split(3, 100, 0.5).unwrap();
        let (other, more) = shuffled_split(3, 100, 0.75).unwrap();
        assert_eq!(order, other);
        assert_eq!((train, more), (50, 75));
        assert_eq!(shuffled_split(3, 2, 0.1).unwrap().1, 1);
        assert_eq!(shuffled_split(3, 2, 0.9).unwrap().1, 1);
        for share in [f64::NAN, 0.0, 0.05, 0.95, f64::INFINITY, -0.5] {
            assert!(matches!(shuffled_split(3, 10, share), Err(DataError::TrainShare { .. })));
        }
    }
}
