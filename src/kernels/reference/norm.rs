//! Twins of [`crate::kernels::norm`].

use super::{column_sum, sum_of};
use crate::kernels::norm::{Affine, Statistics};

/// Twin of [`crate::kernels::norm::layer_norm`].
pub fn layer_norm(
    epsilon: f32,
    x: &[f32],
    affine: Affine,
    y: &mut [f32],
    [means, inverses]: [&mut [f32]; 2],
) {
    let Affine { gamma, beta } = affine;
    let n = gamma.len();
    if n == 0 {
        return;
    }
    for (row, x) in x.chunks_exact(n).enumerate() {
        let mean = sum_of(n, |at| x[at]) / n as f32;
        let variance = sum_of(n, |at| (x[at] - mean) * (x[at] - mean)) / n as f32;
        let inverse = 1.0 / (variance + epsilon).sqrt();
        for at in 0..n {
            y[row * n + at] = (x[at] - mean) * inverse * gamma[at] + beta[at];
        }
        (means[row], inverses[row]) = (mean, inverse);
    }
}

/// Twin of [`crate::kernels::norm::layer_norm_gradient`].
pub fn layer_norm_gradient(
    gamma: &[f32],
    [means, inverses]: [&[f32]; 2],
    [x, dy]: [&[f32]; 2],
    dx: &mut [f32],
) {
    let n = gamma.len();
    for (row, (&mean, &inverse)) in means.iter().zip(inverses).enumerate() {
        let scaled = |at: usize| dy[row * n + at] * gamma[at];
        let normal = |at: usize| (x[row * n + at] - mean) * inverse;
        let all = sum_of(n, scaled) / n as f32;
        let along = sum_of(n, |at| scaled(at) * normal(at)) / n as f32;
        for at in 0..n {
            dx[row * n + at] = inverse * (scaled(at) - all - normal(at) * along);
        }
    }
}

/// Twin of [`crate::kernels::norm::layer_norm_affine_gradient`].
pub fn layer_norm_affine_gradient(
    [means, inverses]: [&[f32]; 2],
    [x, dy]: [&[f32]; 2],
    [dgamma, dbeta]: [&mut [f32]; 2],
) {
    let n = dgamma.len();
    for column in 0..n {
        let at = |row: usize| row * n + column;
        dgamma[column] =
            column_sum(means.len(), |row| dy[at(row)] * ((x[at(row)] - means[row]) * inverses[row]));
        dbeta[column] = column_sum(means.len(), |row| dy[at(row)]);
    }
}

/// Twin of [`crate::kernels::norm::column_statistics`].
pub fn column_statistics(x: &[f32], mean: &mut [f32], variance: &mut [f32]) {
    let n = mean.len();
    for column in 0..n {
        let rows = x.len() / n;
        let middle = column_sum(rows, |row| x[row * n + column]) / rows as f32;
        let square = |row: usize| (x[row * n + column] - middle) * (x[row * n + column] - middle);
        mean[column] = middle;
        variance[column] = column_sum(rows, square) / rows as f32;
    }
}

/// Twin of [`crate::kernels::norm::batch_norm`].
pub fn batch_norm(x: &[f32], statistics: Statistics, affine: Affine, y: &mut [f32]) {
    for (at, y) in y.iter_mut().enumerate() {
        let column = at % affine.gamma.len();
        let inverse = 1.0 / (statistics.variance[column] + statistics.epsilon).sqrt();
        *y = (x[at] - statistics.mean[column]) * (affine.gamma[column] * inverse) + affine.beta[column];
    }
}

/// Twin of [`crate::kernels::norm::batch_norm_gradient`].
pub fn batch_norm_gradient(
    [x, dy]: [&[f32]; 2],
    statistics: Statistics,
    gamma: &[f32],
    [dx, dgamma, dbeta]: [&mut [f32]; 3],
) {
    let n = gamma.len();
    for column in 0..n {
        let rows = x.len() / n;
        let at = |row: usize| row * n + column;
        let mean = statistics.mean[column];
        let inverse = 1.0 / (statistics.variance[column] + statistics.epsilon).sqrt();
        dgamma[column] = column_sum(rows, |row| dy[at(row)] * ((x[at(row)] - mean) * inverse));
        dbeta[column] = column_sum(rows, |row| dy[at(row)]);
        let slope = inverse * (dgamma[column] / rows as f32);
        for row in 0..rows {
            let centred = dy[at(row)] - dbeta[column] / rows as f32;
            dx[at(row)] = gamma[column] * inverse * (centred - (x[at(row)] - mean) * slope);
        }
    }
}

/// Twin of [`crate::kernels::norm::normalise_gradient`].
pub fn normalise_gradient(
    [x, dy]: [&[f32]; 2],
    statistics: Statistics,
    gamma: &[f32],
    [dx, dgamma, dbeta, dmean, dvariance]: [&mut [f32]; 5],
) {
    let n = gamma.len();
    for column in 0..n {
        let rows = x.len() / n;
        let at = |row: usize| row * n + column;
        let mean = statistics.mean[column];
        let inverse = 1.0 / (statistics.variance[column] + statistics.epsilon).sqrt();
        let factor = gamma[column] * inverse;
        dgamma[column] = column_sum(rows, |row| dy[at(row)] * ((x[at(row)] - mean) * inverse));
        dbeta[column] = column_sum(rows, |row| dy[at(row)]);
        dmean[column] = -(dbeta[column] * factor);
        dvariance[column] = -0.5 * dgamma[column] * (factor * inverse);
        for row in 0..rows {
            dx[at(row)] = dy[at(row)] * factor;
        }
    }
}
