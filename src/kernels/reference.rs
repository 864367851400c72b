//! Scalar twins: what each kernel computes, in the plainest words. Tests hold the fast ones to them.

pub mod arithmetic;
pub mod conv;
pub mod draw;
pub mod embedding;
pub mod layout;
pub mod loss;
pub mod norm;
pub mod pool;
pub mod recurrent;
pub mod reduce;
pub mod softmax;
pub mod tally;
pub mod update;

use super::activation::Activation;
use super::matmul::{Finish, Operand, Shape, Start};

/// Twin of [`super::matmul::matmul`]: the triple loop.
pub fn matmul(shape: Shape, lhs: Operand, rhs: Operand, start: Start, finish: Finish, out: &mut [f32]) {
    let Shape { m, k, n } = shape;
    let ((lhs_row, lhs_col), (rhs_row, rhs_col)) = (lhs.strides(m, k), rhs.strides(k, n));
    for i in 0..m {
        for j in 0..n {
            let mut total = match start {
                Start::Zero => 0.0,
                Start::Row(bias) => bias[j],
                Start::Out => out[i * n + j],
            };
            for p in 0..k {
                total += lhs.data[i * lhs_row + p * lhs_col] * rhs.data[p * rhs_row + j * rhs_col];
            }
            out[i * n + j] = match finish {
                Finish::None => total,
                Finish::Activate(activation) => activation.value(total),
                Finish::Gradient(activation, saved) => total * activation.slope(saved[i * n + j]),
            };
        }
    }
}

/// Twin of [`super::elementwise::activate`].
pub fn activate(activation: Activation, x: &[f32], out: &mut [f32]) {
    for (out, &x) in out.iter_mut().zip(x) {
        *out = activation.value(x);
    }
}

/// Twin of [`super::elementwise::activate_gradient`].
pub fn activate_gradient(activation: Activation, saved: &[f32], dy: &[f32], out: &mut [f32]) {
    for at in 0..out.len() {
        out[at] = dy[at] * activation.slope(saved[at]);
    }
}

/// Twin of [`super::reduce::sum`].
pub fn sum(x: &[f32]) -> f32 {
    sum_of(x.len(), |at| x[at])
}

/// Twin of [`super::each::sum_of`]: `Σ of(at)` for `at` below `len`.
pub fn sum_of(len: usize, of: impl Fn(usize) -> f32) -> f32 {
    let mut total = 0.0;
    for from in (0..len).step_by(1024) {
        let mut lanes = [0.0f32; 4];
        for at in from..len.min(from + 1024) {
            lanes[at % 4] += of(at);
        }
        total += (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
    }
    total
}

/// Twin of one column of [`super::each::column_sums`]: `Σ of(row)` for `row` below `rows`.
pub fn column_sum(rows: usize, of: impl Fn(usize) -> f32) -> f32 {
    let mut total = 0.0;
    for from in (0..rows).step_by(256) {
        total += (from..rows.min(from + 256)).fold(0.0, |sum, row| sum + of(row));
    }
    total
}

/// A row divided by its length and `epsilon`, and its length.
pub fn unit_length(epsilon: f32, x: &[f32]) -> (Vec<f32>, f32) {
    let squares: Vec<f32> = x.iter().map(|x| x * x).collect();
    let length = sum(&squares).sqrt();
    (x.iter().map(|x| x / (length + epsilon)).collect(), length)
}

/// The gradient of [`unit_length`] by the row.
pub fn unit_length_gradient(epsilon: f32, [x, dy]: [&[f32]; 2], length: f32) -> Vec<f32> {
    let products: Vec<f32> = x.iter().zip(dy).map(|(x, dy)| x * dy).collect();
    let turned = if length == 0.0 { 0.0 } else { sum(&products) / (length * (length + epsilon)) };
    x.iter().zip(dy).map(|(x, dy)| (dy - x * turned) / (length + epsilon)).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    /// Numbers of all magnitudes, with NaN, infinities, zeros of both signs and subnormals among them.
    pub(crate) fn hard_numbers(len: usize, seed: u32) -> Vec<f32> {
        const SPECIAL: [f32; 8] =
            [0.0, -0.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e-42, -3e-39, f32::MAX];
        let mut state = seed.wrapping_mul(2_654_435_761) | 1;
        (0..len)
            .map(|index| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                if index % 17 == 11 {
                    SPECIAL[(state >> 20) as usize % SPECIAL.len()]
                } else {
                    ((state >> 8) as f32 / 8_388_608.0 - 1.0) * if index % 5 == 0 { 40.0 } else { 2.0 }
                }
            })
            .collect()
    }
}
