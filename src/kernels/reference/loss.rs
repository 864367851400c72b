//! Twins of [`crate::kernels::loss`].

use super::{sum, sum_of};
use crate::kernels::lane::Real;
use crate::kernels::loss::Pointwise;

/// Twin of [`crate::kernels::loss::half_mean_square`].
pub fn half_mean_square(y: &[f32], target: &[f32]) -> f32 {
    0.5 * sum_of(y.len(), |at| (y[at] - target[at]) * (y[at] - target[at])) / y.len() as f32
}

/// Twin of [`crate::kernels::loss::half_mean_square_gradient`], for a seed of 1.
pub fn half_mean_square_gradient(y: &[f32], target: &[f32], out: &mut [f32]) {
    let share = 1.0 / y.len() as f32;
    for (at, out) in out.iter_mut().enumerate() {
        *out = (y[at] - target[at]) * share;
    }
}

/// Twin of [`Pointwise::mean`].
pub fn pointwise(loss: Pointwise, y: &[f32], target: &[f32]) -> f32 {
    sum_of(y.len(), |at| loss.value(y[at], target[at])) / y.len() as f32
}

/// Twin of [`Pointwise::mean_gradient`].
pub fn pointwise_gradient(loss: Pointwise, y: &[f32], target: &[f32], seed: f32, out: &mut [f32]) {
    let share = seed / y.len() as f32;
    for (at, out) in out.iter_mut().enumerate() {
        *out = loss.derivative(y[at], target[at]) * share;
    }
}

/// Twin of [`crate::kernels::loss::cross_entropy`].
pub fn cross_entropy(logits: &[f32], class: &[f32]) -> f32 {
    let rows = logits.chunks_exact(logits.len() / class.len()).zip(class);
    let losses: Vec<f32> = rows
        .map(|(row, &class)| {
            let (highest, total) = highest_and_total(row);
            total.ln() + highest - row[class as usize]
        })
        .collect();
    sum(&losses) / class.len() as f32
}

/// Twin of [`crate::kernels::loss::cross_entropy_gradient`], for a seed of 1.
pub fn cross_entropy_gradient(logits: &[f32], class: &[f32], out: &mut [f32]) {
    let classes = logits.len() / class.len();
    let share = 1.0 / class.len() as f32;
    for ((out, row), &class) in out.chunks_exact_mut(classes).zip(logits.chunks_exact(classes)).zip(class) {
        let (highest, total) = highest_and_total(row);
        for (out, &logit) in out.iter_mut().zip(row) {
            *out = Real::exp(logit - highest) / total * share;
        }
        out[class as usize] -= share;
    }
}

/// Twin of [`crate::kernels::loss::smoothed_cross_entropy`].
pub fn smoothed_cross_entropy(logits: &[f32], class: &[f32], smoothing: f32) -> f32 {
    let rows = logits.chunks_exact(logits.len() / class.len()).zip(class);
    let losses: Vec<f32> = rows
        .map(|(row, &class)| {
            let (highest, total) = highest_and_total(row);
            let mean = sum_of(row.len(), |at| row[at] - highest) / row.len() as f32;
            total.ln() - ((1.0 - smoothing) * (row[class as usize] - highest) + smoothing * mean)
        })
        .collect();
    sum(&losses) / class.len() as f32
}

/// Twin of [`crate::kernels::loss::smoothed_cross_entropy_gradient`].
pub fn smoothed_cross_entropy_gradient(
    logits: &[f32],
    class: &[f32],
    smoothing: f32,
    seed: f32,
    out: &mut [f32],
) {
    let classes = logits.len() / class.len();
    let share = seed / class.len() as f32;
    for ((out, row), &class) in out.chunks_exact_mut(classes).zip(logits.chunks_exact(classes)).zip(class) {
        let (highest, total) = highest_and_total(row);
        for (out, &logit) in out.iter_mut().zip(row) {
            *out = Real::exp(logit - highest) / total * share - share * smoothing / classes as f32;
        }
        out[class as usize] -= share * (1.0 - smoothing);
    }
}

/// The largest logit and `Σ e^(logit − largest)`.
fn highest_and_total(row: &[f32]) -> (f32, f32) {
    let highest = row.iter().fold(f32::NEG_INFINITY, |highest, &logit| Real::max(logit, highest));
    let total = row.iter().fold(0.0, |total, &logit| total + Real::exp(logit - highest));
    (highest, total)
}

/// Twin of [`crate::kernels::loss::normal_divergence`].
pub fn normal_divergence(batch: usize, mean: &[f32], log_variance: &[f32]) -> f32 {
    let of = |at: usize| mean[at] * mean[at] + Real::exp(log_variance[at]) - 1.0 - log_variance[at];
    0.5 * sum_of(mean.len(), of) / batch as f32
}

/// Twin of [`crate::kernels::loss::normal_divergence_gradient`].
pub fn normal_divergence_gradient(
    batch: usize,
    mean: &[f32],
    log_variance: &[f32],
    seed: f32,
    [by_mean, by_log]: [&mut [f32]; 2],
) {
    let share = seed / batch as f32;
    for at in 0..mean.len() {
        by_mean[at] = mean[at] * share;
        by_log[at] = 0.5 * (Real::exp(log_variance[at]) - 1.0) * share;
    }
}
