//! Losses over a batch, and their gradients. A gradient is multiplied by `seed`, the gradient of
//! whatever the loss feeds; a seed of 1 leaves every bit as it is.

use super::each::{each, each_here, sum_of};
use super::lane::{F32x4, Real};
use super::reduce;
use crate::{math, parallel};

/// `½·mean((y − target)²)`; `squares` is scratch of the same length.
pub fn half_mean_square(y: &[f32], target: &[f32], squares: &mut [f32]) -> f32 {
    assert!(y.len() == target.len() && y.len() == squares.len(), "as many targets as outputs");
    each(2, [y, target], [squares], |[y, target], _| [(y - target) * (y - target)]);
    0.5 * reduce::sum(squares) / y.len() as f32
}

/// `out = (y − target)/len·seed`.
pub fn half_mean_square_gradient(y: &[f32], target: &[f32], seed: f32, out: &mut [f32]) {
    let share = F32x4::splat(seed / y.len() as f32);
    each(2, [y, target], [out], |[y, target], _| [(y - target) * share]);
}

/// A loss of each number by itself; the loss of a batch is the mean over all its numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pointwise {
    /// `(y − t)²`.
    MeanSquare,
    /// `½d²` where `|d| ≤ δ`, else `δ·(|d| − ½δ)`; `d = y − t` (Huber 1964, in PyTorch's form).
    Huber {
        /// δ, above 0.
        delta: f32,
    },
    /// `ln(1 + e^y) − t·y`: cross-entropy of the probability `sigmoid(y)`; `t` in [0, 1].
    BinaryCrossEntropy,
}

impl Pointwise {
    /// The loss of one number.
    #[inline(always)]
    pub fn value<R: Real>(self, y: R, target: R) -> R {
        let difference = y - target;
        match self {
            Self::MeanSquare => difference * difference,
            Self::Huber { delta } => {
                let (half, delta, distance) = (R::splat(0.5), R::splat(delta), difference.abs());
                let square = half * difference * difference;
                R::select(distance.le(delta), square, delta * (distance - half * delta))
            }
            Self::BinaryCrossEntropy => math::softplus(y) - target * y,
        }
    }

    /// Its derivative by `y`.
    #[inline(always)]
    pub fn derivative<R: Real>(self, y: R, target: R) -> R {
        let difference = y - target;
        match self {
            Self::MeanSquare => difference + difference,
            Self::Huber { delta } => {
                let delta = R::splat(delta);
                let below = R::select(delta.lt(difference), delta, difference);
                R::select(difference.lt(-delta), -delta, below)
            }
            Self::BinaryCrossEntropy => math::sigmoid(y) - target,
        }
    }

    /// The mean loss of `y` against `target`, both `(len)`.
    pub fn mean(self, y: &[f32], target: &[f32]) -> f32 {
        sum_of([y, target], |[y, target]| self.value(y, target)) / y.len() as f32
    }

    /// `out` = the gradient of [`Self::mean`] by `y`, times `seed`; all `(len)`.
    pub fn mean_gradient(self, y: &[f32], target: &[f32], seed: f32, out: &mut [f32]) {
        let share = F32x4::splat(seed / y.len() as f32);
        each(COST, [y, target], [out], |[y, target], _| [self.derivative(y, target) * share]);
    }
}

/// Rough cost of an exponential, in floating-point operations.
const COST: usize = 16;
/// Numbers of the rows that a thread takes at a time, about.
const BLOCK: usize = 1024;

/// Mean over the rows of `−ln softmax(logits)[class]`; `logits (batch, classes)`, `class (batch)`
/// holds whole numbers below `classes`; `losses (batch)` is scratch.
pub fn cross_entropy(logits: &[f32], class: &[f32], losses: &mut [f32]) -> f32 {
    mean_over_rows(logits, class, losses, |row, class| {
        let (highest, total) = highest_and_total(row);
        total.ln() + highest - row[class]
    })
}

/// `out = (softmax(logits) − one-hot(class))/batch·seed`.
pub fn cross_entropy_gradient(logits: &[f32], class: &[f32], seed: f32, out: &mut [f32]) {
    gradient_of_rows(logits, class, out, |row, class, out| {
        let share = seed / (logits.len() / row.len()) as f32;
        softmax_share(row, share, out);
        out[class] -= share;
    });
}

/// [`cross_entropy`] against targets of which `smoothing`, in [0, 1), is shared among all classes
/// (Szegedy et al. 2016, section 7, as PyTorch has it): `−(1 − ε)·ln p[class] − ε·mean(ln p)`.
pub fn smoothed_cross_entropy(logits: &[f32], class: &[f32], smoothing: f32, losses: &mut [f32]) -> f32 {
    mean_over_rows(logits, class, losses, |row, class| {
        let (highest, total) = highest_and_total(row);
        let highest4 = F32x4::splat(highest);
        let mean = sum_of([row], |[logit]| logit - highest4) / row.len() as f32;
        total.ln() - ((1.0 - smoothing) * (row[class] - highest) + smoothing * mean)
    })
}

/// `out = (softmax(logits) − (1 − ε)·one-hot(class) − ε/classes)/batch·seed`.
pub fn smoothed_cross_entropy_gradient(
    logits: &[f32],
    class: &[f32],
    smoothing: f32,
    seed: f32,
    out: &mut [f32],
) {
    gradient_of_rows(logits, class, out, |row, class, out| {
        let share = seed / (logits.len() / row.len()) as f32;
        softmax_share(row, share, out);
        let common = F32x4::splat(share * smoothing / row.len() as f32);
        each_here([], [&mut *out], |[], [out]| [out - common]);
        out[class] -= share * (1.0 - smoothing);
    });
}

/// The mean of `loss(row, class)` over the rows; `losses (batch)` is scratch.
fn mean_over_rows(
    logits: &[f32],
    class: &[f32],
    losses: &mut [f32],
    loss: impl Fn(&[f32], usize) -> f32 + Sync,
) -> f32 {
    let batch = class.len();
    let classes = logits.len() / batch;
    let rows = BLOCK.div_ceil(classes);
    parallel::for_each_block(&mut losses[..batch], rows, logits.len() * COST, |block, losses| {
        let from = block * rows;
        let given = logits[from * classes..].chunks_exact(classes).zip(&class[from..]);
        for (out, (row, &class)) in losses.iter_mut().zip(given) {
            *out = loss(row, class as usize);
        }
    });
    reduce::sum(&losses[..batch]) / batch as f32
}

fn gradient_of_rows(
    logits: &[f32],
    class: &[f32],
    out: &mut [f32],
    gradient: impl Fn(&[f32], usize, &mut [f32]) + Sync,
) {
    let classes = logits.len() / class.len();
    let rows = BLOCK.div_ceil(classes);
    parallel::for_each_block(out, rows * classes, logits.len() * COST, |block, out| {
        let from = block * rows;
        let given = logits[from * classes..].chunks_exact(classes).zip(&class[from..]);
        for (out, (row, &class)) in out.chunks_exact_mut(classes).zip(given) {
            gradient(row, class as usize, out);
        }
    });
}

/// Largest logit and `Σ e^(logit − largest)`, in the order of the classes: no exponential overflows.
fn highest_and_total(row: &[f32]) -> (f32, f32) {
    let highest = reduce::largest(row);
    let (heads, tail) = row.as_chunks::<4>();
    let mut total = 0.0;
    for head in heads {
        let values = (F32x4::from_array(head) - F32x4::splat(highest)).exp().to_array();
        total = values.into_iter().fold(total, |total, value| total + value);
    }
    let total = tail.iter().fold(total, |total, &logit| total + Real::exp(logit - highest));
    (highest, total)
}

/// `out = softmax(row)·share`.
fn softmax_share(row: &[f32], share: f32, out: &mut [f32]) {
    let highest = F32x4::splat(reduce::largest(row));
    each_here([row], [&mut *out], |[logit], _| [(logit - highest).exp()]);
    let total = F32x4::splat(out.iter().fold(0.0, |total, value| total + value));
    each_here([], [out], |[], [value]| [value / total * F32x4::splat(share)]);
}

/// Divergence of normal distributions from the standard one, the mean over the batch:
/// `½·Σ(μ² + σ² − 1 − ln σ²)/batch` (Kingma & Welling 2014, appendix B); `mean` and `log_variance`
/// are `(batch, n)`.
pub fn normal_divergence(batch: usize, mean: &[f32], log_variance: &[f32]) -> f32 {
    let one = F32x4::splat(1.0);
    let sum = sum_of([mean, log_variance], |[mean, log]| mean * mean + log.exp() - one - log);
    0.5 * sum / batch as f32
}

/// `outs[0] = μ/batch·seed`, `outs[1] = ½(σ² − 1)/batch·seed`, the gradients by `mean` and by
/// `log_variance`; all `(batch, n)`.
pub fn normal_divergence_gradient(
    batch: usize,
    mean: &[f32],
    log_variance: &[f32],
    seed: f32,
    outs: [&mut [f32]; 2],
) {
    let share = F32x4::splat(seed / batch as f32);
    let (one, half) = (F32x4::splat(1.0), F32x4::splat(0.5));
    each(COST, [mean, log_variance], outs, |[mean, log], _| [mean * share, half * (log.exp() - one) * share]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::held::{LENGTHS, gradient, hard_numbers, plain_numbers, same_bits};
    use crate::kernels::reference::loss as twin;

    const POINTWISE: [Pointwise; 3] =
        [Pointwise::MeanSquare, Pointwise::Huber { delta: 0.7 }, Pointwise::BinaryCrossEntropy];

    #[test]
    fn losses_match_their_twins_bit_by_bit() {
        for len in LENGTHS {
            for numbers in [hard_numbers, plain_numbers] {
                let [y, target] = [1, 2].map(|seed| numbers(len, seed));
                let [mut ours, mut other] = [vec![9.0; len], vec![9.0; len]];
                for loss in POINTWISE {
                    let what = format!("{loss:?} of {len}");
                    same_bits(&what, &[loss.mean(&y, &target)], &[twin::pointwise(loss, &y, &target)]);
                    loss.mean_gradient(&y, &target, 0.3, &mut ours);
                    twin::pointwise_gradient(loss, &y, &target, 0.3, &mut other);
                    same_bits(&what, &ours, &other);
                }
                let mut squares = vec![0.0; len];
                let value = half_mean_square(&y, &target, &mut squares);
                same_bits("half", &[value], &[twin::half_mean_square(&y, &target)]);
                half_mean_square_gradient(&y, &target, 1.0, &mut ours);
                twin::half_mean_square_gradient(&y, &target, &mut other);
                same_bits("half", &ours, &other);
                let ours = normal_divergence(3, &y, &target);
                same_bits("divergence", &[ours], &[twin::normal_divergence(3, &y, &target)]);
                let [mut a, mut b, mut c, mut d] = [(); 4].map(|()| vec![9.0; len]);
                normal_divergence_gradient(3, &y, &target, 0.3, [&mut a, &mut b]);
                twin::normal_divergence_gradient(3, &y, &target, 0.3, [&mut c, &mut d]);
                same_bits("divergence by the mean", &a, &c);
                same_bits("divergence by the variance", &b, &d);
            }
        }
    }

    #[test]
    fn cross_entropies_match_their_twins_bit_by_bit() {
        for classes in LENGTHS.into_iter().filter(|&classes| classes > 0) {
            for (batch, numbers) in
                [(1, plain_numbers as fn(_, _) -> _), (7, plain_numbers), (7, hard_numbers)]
            {
                let logits = numbers(batch * classes, 1);
                let class: Vec<f32> = (0..batch).map(|row| (row * 5 % classes) as f32).collect();
                let [mut losses, mut ours, mut other] =
                    [batch, batch * classes, batch * classes].map(|len| vec![9.0; len]);
                let value = cross_entropy(&logits, &class, &mut losses);
                same_bits("loss", &[value], &[twin::cross_entropy(&logits, &class)]);
                cross_entropy_gradient(&logits, &class, 1.0, &mut ours);
                twin::cross_entropy_gradient(&logits, &class, &mut other);
                same_bits("gradient", &ours, &other);
                let value = smoothed_cross_entropy(&logits, &class, 0.1, &mut losses);
                same_bits("smoothed", &[value], &[twin::smoothed_cross_entropy(&logits, &class, 0.1)]);
                smoothed_cross_entropy_gradient(&logits, &class, 0.1, 0.3, &mut ours);
                twin::smoothed_cross_entropy_gradient(&logits, &class, 0.1, 0.3, &mut other);
                same_bits("gradient, smoothed", &ours, &other);
            }
        }
    }

    #[test]
    fn gradients_are_those_of_differences() {
        let (batch, n, seed) = (3, 5, 1.5);
        let [y, target] = [1, 2].map(|seed| plain_numbers(batch * n, seed));
        let mut out = vec![0.0; batch * n];
        let mean = |y: &[f64], of: &dyn Fn(f64, f64) -> f64| {
            let sum: f64 = y.iter().zip(&target).map(|(&y, &t)| of(y, f64::from(t))).sum();
            f64::from(seed) * sum / y.len() as f64
        };
        let huber = |d: f64| if d.abs() <= 0.7f64 { 0.5 * d * d } else { 0.7 * (d.abs() - 0.35) };
        for loss in POINTWISE {
            loss.mean_gradient(&y, &target, seed, &mut out);
            gradient(&format!("{loss:?}"), &y, &out, |y| match loss {
                Pointwise::MeanSquare => mean(y, &|y, t| (y - t).powi(2)),
                Pointwise::Huber { .. } => mean(y, &|y, t| huber(y - t)),
                Pointwise::BinaryCrossEntropy => mean(y, &|y, t| y.exp().ln_1p() - t * y),
            });
        }
        let class = [4.0, 0.0, 2.0];
        for smoothing in [0.0, 0.1] {
            let entropy = |logits: &[f64]| {
                let rows = logits.chunks_exact(n).zip(class).map(|(row, class): (_, f32)| {
                    let all: f64 = row.iter().map(|logit| logit.exp()).sum();
                    let mean = row.iter().sum::<f64>() / n as f64;
                    let smoothing = f64::from(smoothing);
                    all.ln() - (1.0 - smoothing) * row[class as usize] - smoothing * mean
                });
                f64::from(seed) * rows.sum::<f64>() / batch as f64
            };
            smoothed_cross_entropy_gradient(&y, &class, smoothing, seed, &mut out);
            gradient("smoothed cross-entropy", &y, &out, entropy);
            if smoothing == 0.0 {
                cross_entropy_gradient(&y, &class, seed, &mut out);
                gradient("cross-entropy", &y, &out, entropy);
            }
        }
        let mut by_log = vec![0.0; batch * n];
        normal_divergence_gradient(batch, &y, &target, seed, [&mut out, &mut by_log]);
        let divergence = |m: &[f64], l: &[f64]| {
            let sum: f64 = m.iter().zip(l).map(|(m, l)| m * m + l.exp() - 1.0 - l).sum();
            f64::from(seed) * 0.5 * sum / batch as f64
        };
        let wide = |x: &[f32]| -> Vec<f64> { x.iter().map(|&x| f64::from(x)).collect() };
        gradient("divergence by the mean", &y, &out, |m| divergence(m, &wide(&target)));
        gradient("divergence by the variance", &target, &by_log, |l| divergence(&wide(&y), l));
    }

    #[test]
    fn values_are_those_of_the_formulas() {
        assert_eq!(Pointwise::MeanSquare.mean(&[1.0, 3.0], &[0.0, 0.0]), 5.0);
        assert_eq!(Pointwise::Huber { delta: 1.0 }.mean(&[0.5, -3.0], &[0.0, 0.0]), (0.125 + 2.5) / 2.0);
        assert!((Pointwise::BinaryCrossEntropy.mean(&[0.0], &[1.0]) - 2f32.ln()).abs() < 1e-6);
        assert_eq!(Pointwise::BinaryCrossEntropy.mean(&[-200.0], &[1.0]), 200.0);
        assert_eq!(normal_divergence(1, &[0.0, 2.0], &[0.0, 0.0]), 2.0);
        let equal = smoothed_cross_entropy(&[3.0; 4], &[1.0], 0.2, &mut [0.0]);
        assert!((equal - 4f32.ln()).abs() < 1e-6);
    }

    #[test]
    fn cross_entropy_of_equal_logits_is_the_logarithm_of_the_classes() {
        let mut losses = [0.0; 2];
        let loss = cross_entropy(&[5.0; 8], &[0.0, 3.0], &mut losses);
        assert!((loss - 4f32.ln()).abs() < 1e-6);
        let extreme = cross_entropy(&[1000.0, -1000.0], &[1.0], &mut losses);
        assert_eq!(extreme, 2000.0);
        assert!(cross_entropy(&[f32::NAN, 0.0], &[1.0], &mut losses).is_nan());
    }

    #[test]
    fn half_mean_square_is_half_the_mean() {
        assert_eq!(half_mean_square(&[1.0, 3.0], &[0.0, 0.0], &mut [0.0; 2]), 2.5);
    }
}
