//! Twins of [`crate::kernels::softmax`].

use super::sum_of;
use crate::kernels::lane::Real;
use crate::kernels::softmax::Softmax;

/// Twin of [`Softmax::run`].
pub fn run(rule: Softmax, x: &[f32], y: &mut [f32]) {
    let n = rule.n;
    for row in 0..x.len().checked_div(n).unwrap_or(0) {
        let visible = |at: usize| !rule.causal || at <= row % n;
        softmax_where(rule.scale, &x[row * n..][..n], visible, &mut y[row * n..][..n]);
    }
}

/// The softmax of the numbers that are seen; 0 where one is not.
fn softmax_where(scale: f32, x: &[f32], seen: impl Fn(usize) -> bool, y: &mut [f32]) {
    let all = 0..x.len();
    let highest = (all.clone().filter(|&at| seen(at)))
        .fold(f32::NEG_INFINITY, |highest, at| Real::max(scale * x[at], highest));
    let value = |at: usize| if seen(at) { Real::exp(scale * x[at] - highest) } else { 0.0 };
    let total = sum_of(x.len(), value);
    for at in all {
        y[at] = if value(at) == 0.0 { 0.0 } else { value(at) / total };
    }
}

/// Twin of [`Softmax::gradient`].
pub fn gradient(rule: Softmax, y: &[f32], dy: &[f32], dx: &mut [f32]) {
    let n = rule.n;
    for row in 0..y.len().checked_div(n).unwrap_or(0) {
        let (visible, from) = (if rule.causal { row % n + 1 } else { n }, row * n);
        let common = sum_of(visible, |at| y[from + at] * dy[from + at]);
        for at in 0..n {
            let value = rule.scale * y[from + at] * (dy[from + at] - common);
            dx[from + at] = if at < visible { value } else { 0.0 };
        }
    }
}

/// Twin of [`crate::kernels::softmax::top_softmax`]: a number is taken if fewer than `count` go
/// before it.
pub fn top_softmax(count: usize, n: usize, x: &[f32], y: &mut [f32]) {
    for row in 0..x.len().checked_div(n).unwrap_or(0) {
        let x = &x[row * n..][..n];
        let before = |a: usize, b: usize| match (x[a].is_nan(), x[b].is_nan()) {
            (true, true) => a < b,
            (false, false) => x[a] > x[b] || (x[a] == x[b] && a < b),
            (first, _) => first,
        };
        let taken = |at: usize| (0..n).filter(|&other| before(other, at)).count() < count;
        softmax_where(1.0, x, taken, &mut y[row * n..][..n]);
    }
}
