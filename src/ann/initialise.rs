//! Where weights start: draws from a named stream, so that a seed gives the same network always.

use super::model::Start;
use crate::describe::{Choice, Citation};
use crate::rng::{Stream, StreamId};
use core::ops::Range;

/// A distribution of initial weights. Biases start at 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Initialiser {
    /// Uniform in `±√(6/(fan_in + fan_out))`.
    Glorot,
    /// Normal with variance `2/fan_in`.
    He,
}

impl Initialiser {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Glorot, Self::He];

    /// What each of [`Self::ALL`] says of itself.
    pub const CHOICES: [Choice; 2] = [
        Choice {
            id: "glorot",
            title: "Glorot (uniform)",
            equation: r"w \sim U\left(\pm\sqrt{6/(n_\mathrm{in} + n_\mathrm{out})}\right)",
            citation: Citation {
                authors: "Glorot, Bengio",
                year: 2010,
                title: "Understanding the difficulty of training deep feedforward neural networks",
                source: "AISTATS 13, 249–256",
            },
        },
        Choice {
            id: "he",
            title: "He (normal)",
            equation: r"w \sim N(0, 2/n_\mathrm{in})",
            citation: Citation {
                authors: "He, Zhang, Ren, Sun",
                year: 2015,
                title: "Delving deep into rectifiers",
                source: "ICCV, 1026–1034",
            },
        },
    ];

    /// Puts every parameter where it starts: `ranges` says where each lies in `numbers`. Weight matrices
    /// draw apart, in their order; so do those of a way back.
    pub fn start(self, seed: u64, starts: &[Start], ranges: &[Range<usize>], numbers: &mut [f32]) {
        let (mut weights, mut feedback) = (0, 0);
        for (start, range) in starts.iter().zip(ranges) {
            let numbers = &mut numbers[range.clone()];
            let (id, number, fans) = match *start {
                Start::Value(value) => {
                    numbers.fill(value);
                    continue;
                }
                Start::Weights { fan_in, fan_out } => (StreamId::Weights, &mut weights, (fan_in, fan_out)),
                Start::Feedback { fan_in, fan_out } => (StreamId::Feedback, &mut feedback, (fan_in, fan_out)),
            };
            self.fill(Stream::new(seed, id), *number, fans, numbers);
            *number += 1;
        }
    }

    /// Fills a weight matrix `(fan_in, fan_out)`; `layer` keeps the draws of layers apart.
    pub fn fill(self, stream: Stream, layer: u32, (fan_in, fan_out): (usize, usize), weights: &mut [f32]) {
        let stream = stream.sub(layer);
        match self {
            Self::Glorot => {
                stream.fill_uniform(0, 0, weights);
                let limit = (6.0 / (fan_in + fan_out) as f32).sqrt();
                for weight in weights {
                    *weight = (2.0 * *weight - 1.0) * limit;
                }
            }
            Self::He => {
                stream.fill_normal(0, 0, weights);
                let deviation = (2.0 / fan_in as f32).sqrt();
                for weight in weights {
                    *weight *= deviation;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::StreamId;

    #[test]
    fn variances_are_those_of_the_papers() {
        for (initialiser, variance) in [(Initialiser::Glorot, 2.0 / 500.0), (Initialiser::He, 2.0 / 200.0)] {
            let mut weights = vec![0.0; 200 * 300];
            initialiser.fill(Stream::new(1, StreamId::Weights), 0, (200, 300), &mut weights);
            let ours = weights.iter().map(|w| f64::from(w * w)).sum::<f64>() / weights.len() as f64;
            assert!((ours / variance - 1.0).abs() < 0.02, "{initialiser:?}: {ours} against {variance}");
            let mut again = vec![0.0; 200 * 300];
            initialiser.fill(Stream::new(1, StreamId::Weights), 1, (200, 300), &mut again);
            assert_ne!(weights, again, "layers differ");
        }
    }
}
