//! The data sets: points made from a seed, packed images, and a table that the visitor brings.
//!
//! A [`Dataset`] is `samples` rows of `features` 32-bit numbers, row-major, with one target a row:
//! a label `0..classes`, or a number when `classes` is 0 (regression). The training rows come first.
//! Images stay packed, four bits a pixel, and are expanded batch by batch.
//! Each set is declared once, in a file of its own, and listed in [`CATALOGUE`].
//!
//! Floor F1; uses `rng` and `digest`. The same configuration and seed give the same bytes on every
//! target.
//!
//! ```
//! use cajal::data::{PointsConfig, Split, points};
//!
//! let spiral = points::generate(&PointsConfig {
//!     set: "spiral".into(),
//!     samples: 500,
//!     noise: 0.0,
//!     train_share: 0.5,
//!     seed: 1,
//! })?;
//! let indices = [0, 7, 249];
//! let mut inputs = vec![0.0; indices.len() * spiral.features()];
//! spiral.write_inputs(Split::Train, &indices, &mut inputs);
//! let label = spiral.label(Split::Train, 7);
//! assert!(label == Some(0) || label == Some(1));
//! assert_eq!(spiral.samples(Split::Test), 250);
//! # Ok::<(), cajal::data::DataError>(())
//! ```

pub mod bumps;
pub mod checkerboard;
pub mod circle;
pub mod connectome;
mod csv;
pub mod dataset;
pub mod gauss;
pub mod images;
pub mod moons;
pub mod packed;
pub mod plane;
pub mod points;
pub mod recording;
pub mod spiral;
pub mod table;
pub mod table_error;
mod trig;
pub mod xor;

pub use dataset::{Columns, Dataset, MAX_TRAIN_SHARE, MIN_TRAIN_SHARE, Scaling, Split};
pub use images::{ImageSet, ImagesError, PackedFile};
pub use points::PointsConfig;
pub use table::TableConfig;
pub use table_error::TableError;

/// Every declared set, in the order in which the page lists them.
pub static CATALOGUE: [&DataDeclaration; 11] = [
    &circle::DECLARATION,
    &xor::DECLARATION,
    &gauss::DECLARATION,
    &spiral::DECLARATION,
    &moons::DECLARATION,
    &checkerboard::DECLARATION,
    &plane::DECLARATION,
    &bumps::DECLARATION,
    &images::MNIST,
    &images::FASHION,
    &table::DECLARATION,
];

/// What a set is: everything the page's controls, the exports and the docs say about it.
#[derive(Debug)]
pub struct DataDeclaration {
    /// Stable name in configurations and links.
    pub id: &'static str,
    /// English title.
    pub title: &'static str,
    /// Whether the target is a class or a number; the default only, for a table.
    pub task: Task,
    /// Names of the classes, by label; empty for regression and for a table.
    pub class_names: &'static [&'static str],
    /// Numbers an example; 0 when the visitor's file decides.
    pub features: u32,
    /// Whether inputs go below zero (about −1..1) or lie in 0..1.
    pub signed: bool,
    /// Width and height in pixels, of image sets.
    pub image_size: Option<(u32, u32)>,
    /// How the set is made, in LaTeX; empty where it was measured.
    pub equations: &'static str,
    /// What it is and what it is good for, in English.
    pub meaning: &'static str,
    /// Where it was published.
    pub citation: &'static str,
    /// Under what terms it is shipped.
    pub licence: &'static str,
    /// What in it is not biological.
    pub not_biological: &'static str,
    /// Where its rows come from.
    pub source: Source,
}

/// Where the rows of a set come from.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// Points in the plane, made from a seed by this rule.
    Points(points::Rule),
    /// Two packed files, loaded when the visitor asks for them.
    Images(ImageSet),
    /// A file that the visitor drops or pastes.
    Table,
}

impl DataDeclaration {
    /// The declaration of the set `id`.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        CATALOGUE.iter().copied().find(|set| set.id == id)
    }

    /// Number of classes; 0 for regression, and for a table before it is read.
    #[must_use]
    pub fn classes(&self) -> u32 {
        self.class_names.len() as u32
    }

    /// `points`, `images` or `table`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.source {
            Source::Points(_) => "points",
            Source::Images(_) => "images",
            Source::Table => "table",
        }
    }
}

/// What is to be predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// One label of `classes`.
    Classification,
    /// One number.
    Regression,
}

/// Why no data set could be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DataError {
    /// The id is not that of a generated set.
    #[error("expected one of the generated sets {expected}, got {got:?}")]
    UnknownSet {
        /// The ids that would do, separated by commas.
        expected: String,
        /// The id that came.
        got: String,
    },
    /// Too few or too many samples.
    #[error("expected {} to {} samples, got {got}", points::MIN_SAMPLES, points::MAX_SAMPLES)]
    Samples {
        /// The number that came.
        got: u32,
    },
    /// Noise out of range or not a number.
    #[error("expected noise between 0 and {}, got {got}", points::MAX_NOISE)]
    Noise {
        /// The number that came.
        got: f64,
    },
    /// Share of the training rows out of range or not a number.
    #[error("expected a train share between {} and {}, got {got}", MIN_TRAIN_SHARE, MAX_TRAIN_SHARE)]
    TrainShare {
        /// The number that came.
        got: f64,
    },
    /// The packed images cannot be used.
    #[error(transparent)]
    Images(#[from] ImagesError),
    /// The table cannot be used.
    #[error(transparent)]
    Table(#[from] TableError),
}

impl DataError {
    /// A stable name by which a page translates the message.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownSet { .. } => "data-unknown-set",
            Self::Samples { .. } => "data-samples",
            Self::Noise { .. } => "data-noise",
            Self::TrainShare { .. } => "data-train-share",
            Self::Images(error) => error.code(),
            Self::Table(error) => error.code(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_is_complete_and_its_ids_are_unique() {
        let mut ids: Vec<_> = CATALOGUE.iter().map(|set| set.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), CATALOGUE.len());
        for set in CATALOGUE {
            assert!(std::ptr::eq(DataDeclaration::find(set.id).unwrap(), set));
            for text in [set.title, set.meaning, set.citation, set.licence, set.not_biological] {
                assert!(!text.trim().is_empty(), "{} has an empty text", set.id);
            }
            match set.source {
                Source::Points(_) => {
                    assert_eq!(set.features, 2);
                    assert!(!set.equations.is_empty());
                }
                Source::Images(_) => {
                    let (width, height) = set.image_size.unwrap();
                    assert_eq!(set.features, width * height);
                }
                Source::Table => assert_eq!(set.features, 0),
            }
            if !matches!(set.source, Source::Table) {
                assert_eq!(set.task == Task::Regression, set.classes() == 0);
            }
        }
        assert!(DataDeclaration::find("no such set").is_none());
    }
}
