//! The learning rules, each by its name: what learns, and what answers.

use super::program::Program;
use super::{backpropagation, direct_feedback_alignment, feedback_alignment};
use crate::ann::{Mode, Model, Network};
use crate::describe::{Choice, Citation};
use crate::graph::BuildError;

/// How a network learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// [`super::backpropagation`].
    Backpropagation,
    /// [`super::feedback_alignment`].
    FeedbackAlignment,
    /// [`super::direct_feedback_alignment`].
    DirectFeedbackAlignment,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 3] =
        [Self::Backpropagation, Self::FeedbackAlignment, Self::DirectFeedbackAlignment];

    /// What each of [`Self::ALL`] says of itself.
    pub const CHOICES: [Choice; 3] = [
        Choice {
            id: "backpropagation",
            title: "Backpropagation",
            equation: r"\delta_l = (W_{l+1}^\top \delta_{l+1}) \odot f'(z_l)",
            citation: Citation {
                authors: "Rumelhart, Hinton, Williams",
                year: 1986,
                title: "Learning representations by back-propagating errors",
                source: "Nature 323, 533–536",
            },
        },
        Choice {
            id: "feedback-alignment",
            title: "Feedback alignment",
            equation: r"\delta_l = (B_{l+1} \delta_{l+1}) \odot f'(z_l)",
            citation: Citation {
                authors: "Lillicrap, Cownden, Tweed, Akerman",
                year: 2016,
                title: "Random synaptic feedback weights support error backpropagation for deep learning",
                source: "Nature Communications 7, 13276",
            },
        },
        Choice {
            id: "direct-feedback-alignment",
            title: "Direct feedback alignment",
            equation: r"\delta_l = (B_l e) \odot f'(z_l)",
            citation: Citation {
                authors: "Nøkland",
                year: 2016,
                title: "Direct feedback alignment provides learning in deep neural networks",
                source: "NIPS 29, 1037–1045",
            },
        },
    ];

    /// The program by which `model` learns from batches of `batch` examples.
    ///
    /// # Errors
    /// If the model cannot be built, is too large, or is of a kind that the rule cannot teach.
    pub fn program(self, model: &Model, batch: usize) -> Result<Program, BuildError> {
        let network = || model.build(batch, Mode::Learn);
        match self {
            Self::Backpropagation => backpropagation::program(network()?),
            Self::FeedbackAlignment => feedback_alignment::program(network()?),
            Self::DirectFeedbackAlignment => direct_feedback_alignment::program(network()?),
        }
    }

    /// The network that answers for `batch` examples with what the program has learned.
    ///
    /// # Errors
    /// If the model cannot be built.
    pub fn answering(self, model: &Model, batch: usize) -> Result<Network, BuildError> {
        Ok(model.build(batch, Mode::Answer)?)
    }
}
