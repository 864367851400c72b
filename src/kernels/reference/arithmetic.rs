//! Twins of [`crate::kernels::arithmetic`].

use super::column_sum;
use crate::kernels::arithmetic::Binary;

/// Twin of [`crate::kernels::arithmetic::combine`].
pub fn combine(op: Binary, a: &[f32], b: &[f32], out: &mut [f32]) {
    for at in 0..out.len() {
        out[at] = op.value(a[at], b[at % b.len()]);
    }
}

/// Twin of [`crate::kernels::arithmetic::sum_rows_of_products`].
pub fn sum_rows_of_products(a: &[f32], b: &[f32], out: &mut [f32]) {
    let n = out.len();
    for (column, out) in out.iter_mut().enumerate() {
        *out = column_sum(a.len() / n, |row| a[row * n + column] * b[row * n + column]);
    }
}

/// Twin of [`crate::kernels::arithmetic::scale`].
pub fn scale(factor: f32, x: &[f32], out: &mut [f32]) {
    for (out, x) in out.iter_mut().zip(x) {
        *out = factor * x;
    }
}

/// Twin of [`crate::kernels::arithmetic::square`].
pub fn square(x: &[f32], out: &mut [f32]) {
    for (out, x) in out.iter_mut().zip(x) {
        *out = x * x;
    }
}

/// Twin of [`crate::kernels::arithmetic::square_gradient`].
pub fn square_gradient(x: &[f32], dy: &[f32], out: &mut [f32]) {
    for (at, out) in out.iter_mut().enumerate() {
        *out = (x[at] + x[at]) * dy[at];
    }
}
