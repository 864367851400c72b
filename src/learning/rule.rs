//! The learning rules, each by its name: what learns, and what answers.

use super::forward_forward;
use super::program::Program;
use super::{backpropagation, contrastive_divergence, direct_feedback_alignment, feedback_alignment};
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
    /// [`super::forward_forward`].
    ForwardForward,
    /// [`super::contrastive_divergence`].
    ContrastiveDivergence,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; Self::CHOICES.len()] = [
        Self::Backpropagation,
        Self::FeedbackAlignment,
        Self::DirectFeedbackAlignment,
        Self::ForwardForward,
        Self::ContrastiveDivergence,
    ];

    /// What each of [`Self::ALL`] says of itself.
    pub const CHOICES: [Choice; 5] = [
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
            not_biological: "Errors come back through the very weights that carried the signal, exact and signed, while \
                             every unit keeps what it answered; chemical synapses carry signals one way.",
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
            not_biological: "Errors come back by wires of their own, but exact and signed, layer by layer, while every \
                             unit keeps what it answered.",
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
            not_biological: "The exact, signed error of the output reaches every hidden unit by a wire of its own, while \
                             every unit keeps what it answered.",
        },
        Choice {
            id: "forward-forward",
            title: "Forward-forward",
            equation: r"p_l = \sigma\left(s\,(\overline{y_l^2} - \theta)\right)",
            citation: Citation {
                authors: "Hinton",
                year: 2022,
                title: "The forward-forward algorithm: some preliminary investigations",
                source: "arXiv:2212.13345",
            },
            not_biological: "True examples and made-up ones take turns, labels are painted into the picture, and each \
                             layer knows its own slope exactly.",
        },
        Choice {
            id: "contrastive-divergence",
            title: "Contrastive divergence (CD-1)",
            equation: r"\Delta W \propto \langle v^0 h^0 \rangle - \langle v^1 h^1 \rangle",
            citation: Citation {
                authors: "Hinton",
                year: 2002,
                title: "Training products of experts by minimizing contrastive divergence",
                source: "Neural Computation 14, 1771–1800",
            },
            not_biological: "A connection has the same weight in both directions, and what is seen and what is made up \
                             take turns by a clock.",
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
            Self::ForwardForward => forward_forward::program(model, batch),
            Self::ContrastiveDivergence => contrastive_divergence::program(model, batch),
        }
    }

    /// The network that answers for `batch` examples with what the program has learned.
    ///
    /// # Errors
    /// If the model cannot be built.
    pub fn answering(self, model: &Model, batch: usize) -> Result<Network, BuildError> {
        match self {
            Self::ForwardForward => forward_forward::answering(model, batch),
            Self::ContrastiveDivergence => contrastive_divergence::answering(model, batch),
            _ => Ok(model.build(batch, Mode::Answer)?),
        }
    }
}
