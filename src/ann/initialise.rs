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
    /// Normal with variance `1/fan_in`.
    LeCun,
    /// Orthogonal: columns, or rows where there are fewer of them, of length 1 at right angles.
    Orthogonal,
}

impl Initialiser {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Glorot, Self::He, Self::LeCun, Self::Orthogonal];

    /// What each of [`Self::ALL`] says of itself.
    pub const CHOICES: [Choice; 4] = [
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
            not_biological: "",
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
            not_biological: "",
        },
        Choice {
            id: "lecun",
            title: "LeCun (normal)",
            equation: r"w \sim N(0, 1/n_\mathrm{in})",
            citation: Citation {
                authors: "LeCun, Bottou, Orr, Müller",
                year: 1998,
                title: "Efficient BackProp",
                source: "Neural Networks: Tricks of the Trade, LNCS 1524, 9–50",
            },
            not_biological: "",
        },
        Choice {
            id: "orthogonal",
            title: "Orthogonal",
            equation: r"W^\top W = I",
            citation: Citation {
                authors: "Saxe, McClelland, Ganguli",
                year: 2014,
                title: "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks",
                source: "ICLR, arXiv:1312.6120",
            },
            not_biological: "",
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

    /// Fills weights; `layer` keeps the draws of layers apart. A matrix of `fan_in` rows is made orthogonal
    /// as it is, however many columns it has: kernels have their taps as rows, gates stand side by side.
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
            Self::He => normal(stream, 2.0 / fan_in as f32, weights),
            Self::LeCun => normal(stream, 1.0 / fan_in as f32, weights),
            Self::Orthogonal => {
                let columns = weights.len().checked_div(fan_in).unwrap_or(0);
                orthogonal(stream, (fan_in, columns), weights);
            }
        }
    }
}

fn normal(stream: Stream, variance: f32, weights: &mut [f32]) {
    stream.fill_normal(0, 0, weights);
    let deviation = variance.sqrt();
    for weight in weights {
        *weight *= deviation;
    }
}

/// The longer side's normal draws, made orthogonal one after the other by the modified Gram-Schmidt
/// process (Björck 1967), in f64. Lengths are positive, so that every orthogonal matrix is as likely
/// as another (Mezzadri 2007, Notices AMS 54, 592–604).
fn orthogonal(stream: Stream, (fan_in, fan_out): (usize, usize), weights: &mut [f32]) {
    let (count, len) = (fan_in.min(fan_out), fan_in.max(fan_out));
    if count == 0 {
        return;
    }
    let mut vectors: Vec<f64> = (0..(count * len) as u64).map(|at| stream.normal_f64(0, at)).collect();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b);
    for vector in 0..count {
        let (done, rest) = vectors.split_at_mut(vector * len);
        let (current, _) = rest.split_at_mut(len);
        for done in done.chunks_exact(len) {
            let share = dot(done, current);
            current.iter_mut().zip(done).for_each(|(x, done)| *x -= share * done);
        }
        let length = dot(current, current).sqrt();
        current.iter_mut().for_each(|x| *x /= length);
    }
    for (at, weight) in weights.iter_mut().enumerate() {
        let (row, column) = (at / fan_out, at % fan_out);
        let place = if fan_in >= fan_out { column * len + row } else { row * len + column };
        *weight = vectors[place] as f32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::StreamId;

    #[test]
    fn variances_are_those_of_the_papers() {
        for (initialiser, variance) in [
            (Initialiser::Glorot, 2.0 / 500.0),
            (Initialiser::He, 2.0 / 200.0),
            (Initialiser::LeCun, 1.0 / 200.0),
            (Initialiser::Orthogonal, 1.0 / 300.0),
        ] {
            let mut weights = vec![0.0; 200 * 300];
            initialiser.fill(Stream::new(1, StreamId::Weights), 0, (200, 300), &mut weights);
            let ours = weights.iter().map(|w| f64::from(w * w)).sum::<f64>() / weights.len() as f64;
            assert!((ours / variance - 1.0).abs() < 0.02, "{initialiser:?}: {ours} against {variance}");
            let mut again = vec![0.0; 200 * 300];
            initialiser.fill(Stream::new(1, StreamId::Weights), 1, (200, 300), &mut again);
            assert_ne!(weights, again, "layers differ");
        }
    }

    #[test]
    fn orthogonal_weights_keep_lengths() {
        for (fan_in, fan_out) in [(7, 7), (40, 9), (9, 40), (1, 5), (5, 1), (128, 128)] {
            let mut w = vec![0.0; fan_in * fan_out];
            Initialiser::Orthogonal.fill(Stream::new(2, StreamId::Weights), 0, (fan_in, fan_out), &mut w);
            // Columns, or rows where there are fewer of them.
            let (count, len) = (fan_in.min(fan_out), fan_in.max(fan_out));
            let at = |vector: usize, place: usize| match fan_in >= fan_out {
                true => f64::from(w[place * fan_out + vector]),
                false => f64::from(w[vector * fan_out + place]),
            };
            for a in 0..count {
                for b in 0..count {
                    let product: f64 = (0..len).map(|place| at(a, place) * at(b, place)).sum();
                    let expected = f64::from(a == b);
                    assert!((product - expected).abs() < 1e-6, "{fan_in}×{fan_out}: {a}·{b} = {product}");
                }
            }
        }
    }
}
