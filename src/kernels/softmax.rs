//! Softmax of rows, `y = e^(s·x) / Σ e^(s·x)`: of all numbers, of those that a place may see, or of
//! the largest few.
//!
//! Every row keeps its largest number at `e^0`, so that no exponential overflows. A row that takes a
//! NaN in is NaN wherever it is not 0.

use super::each::{each_here, sum_of};
use super::lane::{F32x4, Real};
use super::reduce;
use crate::parallel;

/// Rows handed to a thread at a time hold about this many numbers.
const BLOCK: usize = 1024;
/// Rough cost of a number, in floating-point operations.
const COST: usize = 20;

/// Softmax of rows of `n` numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Softmax {
    /// Numbers of a row.
    pub n: usize,
    /// `s`, multiplies every number first: `1/√d` in attention (Vaswani et al. 2017, equation 1).
    pub scale: f32,
    /// Whether row `r` of each square block of `n` rows sees columns `0..=r` only; others are 0.
    pub causal: bool,
}

impl Softmax {
    /// Columns that a row sees.
    pub fn visible(self, row: usize) -> usize {
        if self.causal { row % self.n + 1 } else { self.n }
    }

    /// `y` from `x`, both `(rows, n)`.
    ///
    /// # Panics
    /// If the slices do not fit.
    pub fn run(self, x: &[f32], y: &mut [f32]) {
        assert_eq!(x.len(), y.len(), "a softmax keeps the shape");
        let scale = F32x4::splat(self.scale);
        self.in_rows(y, |row, y| {
            let visible = self.visible(row);
            let (y, hidden) = y.split_at_mut(visible);
            hidden.fill(0.0);
            let x = &x[row * self.n..][..visible];
            each_here([x], [&mut *y], |[x], _| [scale * x]);
            let highest = F32x4::splat(reduce::largest(y));
            each_here([], [&mut *y], |[], [x]| [(x - highest).exp()]);
            divide(y);
        });
    }

    /// `dx = s·y·(dy − Σ y·dy)`; all `(rows, n)`.
    ///
    /// # Panics
    /// If the slices do not fit.
    pub fn gradient(self, y: &[f32], dy: &[f32], dx: &mut [f32]) {
        assert!(y.len() == dx.len() && dy.len() == dx.len(), "a gradient keeps the shape");
        let scale = F32x4::splat(self.scale);
        self.in_rows(dx, |row, dx| {
            let visible = self.visible(row);
            let (dx, hidden) = dx.split_at_mut(visible);
            hidden.fill(0.0);
            let [y, dy] = [y, dy].map(|numbers| &numbers[row * self.n..][..visible]);
            let common = F32x4::splat(sum_of([y, dy], |[y, dy]| y * dy));
            each_here([y, dy], [dx], |[y, dy], _| [scale * y * (dy - common)]);
        });
    }

    /// Calls `work(row, out)` for each row of `out`.
    fn in_rows(self, out: &mut [f32], work: impl Fn(usize, &mut [f32]) + Sync) {
        let n = self.n;
        if n == 0 {
            return;
        }
        assert!(out.len().is_multiple_of(n), "whole rows of {n} numbers, not {} numbers", out.len());
        let (block, cost) = (BLOCK.div_ceil(n), out.len() * COST);
        parallel::for_each_block(out, block * n, cost, |index, out| {
            for (row, out) in out.chunks_exact_mut(n).enumerate() {
                work(index * block + row, out);
            }
        });
    }
}

/// A row divided by its sum; a 0 stays one, also where the sum is NaN.
fn divide(y: &mut [f32]) {
    let (zero, total) = (F32x4::splat(0.0), F32x4::splat(sum_of([&*y], |[y]| y)));
    each_here([], [y], |[], [y]| [F32x4::select(y.le(zero), zero, y / total)]);
}

/// Softmax over the `count` largest of each row of `n` numbers, 0 elsewhere; of equals the first are
/// taken, and a NaN before all (Shazeer et al. 2017, arXiv:1701.06538, equations 3 and 5, without
/// noise). `x`, `y` are `(rows, n)`. Its gradient is [`Softmax::gradient`] with a scale of 1.
///
/// # Panics
/// If `count` is 0 or the slices do not fit.
pub fn top_softmax(count: usize, n: usize, x: &[f32], y: &mut [f32]) {
    assert!(count > 0 && x.len() == y.len(), "at least one of each row is taken");
    Softmax { n, scale: 1.0, causal: false }.in_rows(y, |row, y| {
        let x = &x[row * n..][..n];
        // `y` marks what is taken until the exponentials stand there.
        y.fill(0.0);
        for _ in 0..count.min(n) {
            let left = (0..n).filter(|&at| y[at] == 0.0);
            let best = left.reduce(|best, at| if precedes(x[at], x[best]) { at } else { best });
            best.into_iter().for_each(|best| y[best] = 1.0);
        }
        let highest = F32x4::splat(reduce::largest(x));
        let zero = F32x4::splat(0.0);
        each_here([x], [&mut *y], |[x], [taken]| [F32x4::select(zero.lt(taken), (x - highest).exp(), zero)]);
        divide(y);
    });
}

/// Whether `x` is taken before `best`, which stands before it.
fn precedes(x: f32, best: f32) -> bool {
    if x.is_nan() { !best.is_nan() } else { best < x }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::held::{LENGTHS, dot, gradient, hard_numbers, plain_numbers, same_bits};
    use crate::kernels::reference::softmax as twin;

    fn rules(n: usize) -> [Softmax; 2] {
        [false, true].map(|causal| Softmax { n, scale: 0.6, causal })
    }

    #[test]
    fn rows_match_their_twins_bit_by_bit() {
        for n in LENGTHS {
            for numbers in [hard_numbers, plain_numbers] {
                // As many rows as fit, so that blocks repeat where they are small.
                let rows = if n > 100 { 7 } else { 3 * n };
                let [x, dy] = [1, 2].map(|seed| numbers(rows * n, seed));
                let (mut ours, mut other) = (vec![9.0; rows * n], vec![9.0; rows * n]);
                for rule in rules(n) {
                    rule.run(&x, &mut ours);
                    twin::run(rule, &x, &mut other);
                    same_bits(&format!("{rule:?}"), &ours, &other);
                    let y = ours.clone();
                    rule.gradient(&y, &dy, &mut ours);
                    twin::gradient(rule, &y, &dy, &mut other);
                    same_bits(&format!("gradient of {rule:?}"), &ours, &other);
                }
                for count in [1, 2, 5] {
                    top_softmax(count, n, &x, &mut ours);
                    twin::top_softmax(count, n, &x, &mut other);
                    same_bits(&format!("{count} of {n}"), &ours, &other);
                }
            }
        }
    }

    fn exact(x: &[f64], scale: f64) -> Vec<f64> {
        let total: f64 = x.iter().map(|x| (scale * x).exp()).sum();
        x.iter().map(|x| (scale * x).exp() / total).collect()
    }

    #[test]
    fn gradients_are_those_of_differences() {
        let n = 6;
        let [x, dy] = [1, 2].map(|seed| plain_numbers(n * n, seed));
        let (mut y, mut dx) = (vec![0.0; n * n], vec![0.0; n * n]);
        for rule in rules(n) {
            rule.run(&x, &mut y);
            rule.gradient(&y, &dy, &mut dx);
            gradient(&format!("{rule:?}"), &x, &dx, |x| {
                let rows = x.chunks_exact(n).zip(dy.chunks_exact(n)).enumerate();
                let of_row = |(row, (x, dy)): (usize, (&[f64], &[f32]))| {
                    dot(&exact(&x[..rule.visible(row)], f64::from(rule.scale)), dy)
                };
                rows.map(of_row).sum()
            });
        }
        top_softmax(3, n, &x, &mut y);
        Softmax { n, scale: 1.0, causal: false }.gradient(&y, &dy, &mut dx);
        let taken = y.clone();
        gradient("three of six", &x, &dx, |x| {
            let total = |row: usize| -> f64 {
                (0..n).filter(|at| taken[row * n + at] > 0.0).map(|at| x[row * n + at].exp()).sum()
            };
            let value = |at: usize| if taken[at] > 0.0 { x[at].exp() / total(at / n) } else { 0.0 };
            dot(&(0..n * n).map(value).collect::<Vec<_>>(), &dy)
        });
    }

    #[test]
    fn the_largest_are_taken_and_the_first_of_equals() {
        let mut y = [9.0; 5];
        top_softmax(2, 5, &[1.0, 3.0, 2.0, 3.0, 3.0], &mut y);
        assert_eq!(y, [0.0, 0.5, 0.0, 0.5, 0.0]);
        top_softmax(9, 5, &[1.0; 5], &mut y);
        assert_eq!(y, [0.2; 5]);
        top_softmax(1, 5, &[1.0, f32::NAN, 2.0, 3.0, f32::NAN], &mut y);
        assert!(y[1].is_nan());
    }

    #[test]
    fn nothing_looks_ahead() {
        let mut y = [9.0; 9];
        Softmax { n: 3, scale: 1.0, causal: true }.run(&[1.0; 9], &mut y);
        let third = 1.0 / 3.0;
        assert_eq!(y, [1.0, 0.0, 0.0, 0.5, 0.5, 0.0, third, third, third]);
    }
}
