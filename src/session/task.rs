//! What the answers of a network mean: targets, predictions, losses.

use crate::ann::Loss;
use crate::data::{Dataset, Split};
use crate::kernels::activation::Activation;
use crate::kernels::loss;

/// How targets are written and answers are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Two classes, one output: −1 and +1.
    Sign,
    /// One output for each class, targets −1 and +1.
    Signs {
        /// How many classes.
        classes: usize,
    },
    /// One output for each class, read by softmax.
    Softmax {
        /// How many classes.
        classes: usize,
    },
    /// One output, a number.
    Regression,
}

/// What an answer amounts to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// Loss of this example.
    pub loss: f32,
    /// The class that was answered; `None` for numbers.
    pub predicted: Option<u32>,
}

impl Task {
    /// The task for a data set under a loss: `cross_entropy` asks for softmax.
    pub fn of(classes: u32, cross_entropy: bool) -> Self {
        let count = classes as usize;
        match (classes, cross_entropy) {
            (0, _) => Self::Regression,
            (_, true) => Self::Softmax { classes: count },
            (2, false) => Self::Sign,
            (_, false) => Self::Signs { classes: count },
        }
    }

    /// How many outputs a network needs.
    pub fn outputs(self) -> usize {
        match self {
            Self::Sign | Self::Regression => 1,
            Self::Signs { classes } | Self::Softmax { classes } => classes,
        }
    }

    /// What is made small.
    pub fn loss(self) -> Loss {
        match self {
            Self::Sign | Self::Signs { .. } => Loss::HalfMeanSquare(Activation::Tanh),
            Self::Softmax { .. } => Loss::CrossEntropy,
            Self::Regression => Loss::HalfMeanSquare(Activation::Linear),
        }
    }

    /// Targets of some examples, as the loss reads them.
    pub fn write_targets(self, data: &Dataset, split: Split, indices: &[u32], out: &mut Vec<f32>) {
        out.clear();
        for &index in indices {
            self.push_target(data, split, index, out);
        }
    }

    fn push_target(self, data: &Dataset, split: Split, index: u32, out: &mut Vec<f32>) {
        let sign = |holds: bool| if holds { 1.0 } else { -1.0 };
        let label = || data.label(split, index).expect("a classification set has labels");
        match self {
            Self::Sign => out.push(sign(label() == 1)),
            Self::Signs { classes } => {
                let label = label();
                out.extend((0..classes as u32).map(|class| sign(class == label)));
            }
            Self::Softmax { .. } => out.push(label() as f32),
            Self::Regression => out.push(data.value(split, index).expect("a regression set has values")),
        }
    }

    /// Judges one answer `(outputs)` against the truth.
    pub fn judge(self, data: &Dataset, split: Split, index: u32, answer: &[f32]) -> Judged {
        let mut target = Vec::with_capacity(self.outputs());
        self.push_target(data, split, index, &mut target);
        let loss = match self {
            Self::Softmax { .. } => loss::cross_entropy(answer, &target, &mut [0.0]),
            _ => loss::half_mean_square(answer, &target, &mut vec![0.0; answer.len()]),
        };
        Judged { loss, predicted: self.predict(answer) }
    }

    /// The class that an answer names; the first of equals.
    pub fn predict(self, answer: &[f32]) -> Option<u32> {
        match self {
            Self::Sign => Some(u32::from(answer[0] >= 0.0)),
            Self::Signs { .. } | Self::Softmax { .. } => {
                let best =
                    (1..answer.len()).fold(0, |best, at| if answer[at] > answer[best] { at } else { best });
                Some(best as u32)
            }
            Self::Regression => None,
        }
    }
}
