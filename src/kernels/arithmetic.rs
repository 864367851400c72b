//! Sums and products element by element, where the second operand may be one row for all rows.

use super::each::{column_sums, each, each_here};
use super::lane::{F32x4, Real};
use crate::parallel;

/// Two numbers to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binary {
    /// `a + b`.
    Add,
    /// `a − b`.
    Subtract,
    /// `a·b`.
    Multiply,
}

impl Binary {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Add, Self::Subtract, Self::Multiply];

    /// The number that two numbers give.
    #[inline(always)]
    pub fn value<R: Real>(self, a: R, b: R) -> R {
        match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
        }
    }
}

/// Rows handed to a thread at a time hold about this many numbers.
const BLOCK: usize = 4096;

/// `out = a ∘ b`; `a (rows, n)`, `b` of the same length or one row `(n)` that meets each row of `a`.
/// The gradients: of a sum `dy` itself, [`scale`]d by −1 for what was subtracted; of a product
/// [`combine`] with the other operand; of a row [`super::reduce::sum_rows`] of them, or for a
/// product [`sum_rows_of_products`].
///
/// # Panics
/// If `b` does not fit.
pub fn combine(op: Binary, a: &[f32], b: &[f32], out: &mut [f32]) {
    // One loop for each operation: nothing is decided inside.
    match op {
        Binary::Add => rows(a, b, out, |a, b| a + b),
        Binary::Subtract => rows(a, b, out, |a, b| a - b),
        Binary::Multiply => rows(a, b, out, |a, b| a * b),
    }
}

fn rows(a: &[f32], b: &[f32], out: &mut [f32], rule: impl Fn(F32x4, F32x4) -> F32x4 + Sync) {
    let (len, n) = (out.len(), b.len());
    assert_eq!(a.len(), len, "the first operand has the shape of the result");
    if len == 0 || n == len {
        each(1, [a, b], [out], |[a, b], _| [rule(a, b)]);
        return;
    }
    assert!(n > 0 && len.is_multiple_of(n), "a row of {n} numbers fits {len} numbers");
    let block = BLOCK.div_ceil(n) * n;
    parallel::for_each_block(out, block, len, |index, out| {
        let a = &a[index * block..][..out.len()];
        for (a, out) in a.chunks_exact(n).zip(out.chunks_exact_mut(n)) {
            each_here([a, b], [out], |[a, b], _| [rule(a, b)]);
        }
    });
}

/// `out (n) = Σ over rows of a·b`, both `(rows, n)`: the gradient of a row that multiplied each row.
pub fn sum_rows_of_products(a: &[f32], b: &[f32], out: &mut [f32]) {
    column_sums([a, b], [], [out], |_, [a, b], []| [a * b]);
}

/// `out = factor·x`; both `(len)`.
pub fn scale(factor: f32, x: &[f32], out: &mut [f32]) {
    each(1, [x], [out], |[x], _| [F32x4::splat(factor) * x]);
}

/// `out = x²`; both `(len)`.
pub fn square(x: &[f32], out: &mut [f32]) {
    each(1, [x], [out], |[x], _| [x * x]);
}

/// `out = 2·x·dy`; all `(len)`.
pub fn square_gradient(x: &[f32], dy: &[f32], out: &mut [f32]) {
    each(2, [x, dy], [out], |[x, dy], _| [(x + x) * dy]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::held::{LENGTHS, dot, gradient, hard_numbers, plain_numbers, same_bits};
    use crate::kernels::reduce;
    use crate::kernels::reference::arithmetic as twin;

    #[test]
    fn arithmetic_matches_its_twins_bit_by_bit() {
        for n in LENGTHS {
            for rows in [1, 2, 7, 300] {
                let [a, b] = [1, 2].map(|seed| hard_numbers(rows * n + 1, seed)[1..].to_vec());
                let row = &b[..n];
                let (mut ours, mut other) = (vec![0.0; rows * n], vec![0.0; rows * n]);
                for op in Binary::ALL {
                    for b in [row, &b] {
                        combine(op, &a, b, &mut ours);
                        twin::combine(op, &a, b, &mut other);
                        same_bits(&format!("{op:?} of {rows}×{n}"), &ours, &other);
                    }
                }
                scale(-0.3, &a, &mut ours);
                twin::scale(-0.3, &a, &mut other);
                same_bits("scale", &ours, &other);
                square(&a, &mut ours);
                twin::square(&a, &mut other);
                same_bits("square", &ours, &other);
                square_gradient(&a, &b, &mut ours);
                twin::square_gradient(&a, &b, &mut other);
                same_bits("gradient of the square", &ours, &other);
                let (mut ours, mut other) = (vec![9.0; n], vec![9.0; n]);
                let [a, b] = [plain_numbers(rows * n, 3), plain_numbers(rows * n, 4)];
                sum_rows_of_products(&a, &b, &mut ours);
                twin::sum_rows_of_products(&a, &b, &mut other);
                same_bits(&format!("rows of products of {rows}×{n}"), &ours, &other);
            }
        }
    }

    #[test]
    fn gradients_are_those_of_differences() {
        let (rows, n) = (3, 5);
        let [a, dy] = [1, 2].map(|seed| plain_numbers(rows * n, seed));
        let row = plain_numbers(n, 3);
        let product = |a: &[f64], row: &[f64]| -> Vec<f64> {
            a.iter().enumerate().map(|(at, a)| a * row[at % n]).collect()
        };
        let wide = |x: &[f32]| -> Vec<f64> { x.iter().map(|&x| f64::from(x)).collect() };
        let (mut da, mut drow) = (vec![0.0; rows * n], vec![0.0; n]);
        combine(Binary::Multiply, &dy, &row, &mut da);
        gradient("a", &a, &da, |a| dot(&product(a, &wide(&row)), &dy));
        sum_rows_of_products(&dy, &a, &mut drow);
        gradient("row", &row, &drow, |row| dot(&product(&wide(&a), row), &dy));
        reduce::sum_rows(&dy, &mut drow);
        let sum = |row: &[f64]| -> Vec<f64> { (0..rows * n).map(|at| row[at % n]).collect() };
        gradient("added row", &row, &drow, |row| dot(&sum(row), &dy));
        square_gradient(&a, &dy, &mut da);
        gradient("square", &a, &da, |a| dot(&a.iter().map(|a| a * a).collect::<Vec<_>>(), &dy));
    }
}
