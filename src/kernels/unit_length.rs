//! Rows divided by their length, `y = x/(‖x‖ + ε)`: a layer then hears directions only
//! (Hinton 2022, arXiv:2212.13345, section 2.1).

use super::each::{each_here, sum_of};
use super::lane::{F32x4, Real};
use crate::parallel;

/// Rows handed to a thread at a time hold about this many numbers.
const BLOCK: usize = 4096;

/// `y` from `x`, both `(rows, n)`; `saved (rows)` receives `‖x‖`.
///
/// # Panics
/// If the slices do not fit.
pub fn unit_length(epsilon: f32, x: &[f32], y: &mut [f32], saved: &mut [f32]) {
    let n = columns(x, y, saved);
    let block = BLOCK.div_ceil(n);
    let blocks = saved.len().div_ceil(block);
    parallel::for_each_blocks(blocks, [y, saved], [block * n, block], 3 * x.len(), |index, [y, saved]| {
        let x = x[index * block * n..].chunks_exact(n);
        for ((x, y), saved) in x.zip(y.chunks_exact_mut(n)).zip(saved) {
            *saved = sum_of([x], |[x]| x * x).sqrt();
            let length = F32x4::splat(*saved + epsilon);
            each_here([x], [y], |[x], _| [x / length]);
        }
    });
}

/// `dx = (dy − x·(x·dy)/(‖x‖·(‖x‖ + ε)))/(‖x‖ + ε)`; all `(rows, n)`, `saved (rows)` holds `‖x‖`. A row
/// of zeros passes `dy/ε`.
///
/// # Panics
/// If the slices do not fit.
pub fn unit_length_gradient(epsilon: f32, [x, dy]: [&[f32]; 2], saved: &[f32], dx: &mut [f32]) {
    let n = columns(x, dx, saved);
    assert_eq!(dy.len(), x.len(), "a gradient for each number");
    let block = BLOCK.div_ceil(n);
    parallel::for_each_block(dx, block * n, 5 * x.len(), |index, dx| {
        for (row, dx) in dx.chunks_exact_mut(n).enumerate() {
            let row = index * block + row;
            let [x, dy] = [x, dy].map(|numbers| &numbers[row * n..][..n]);
            let (length, along) = (saved[row], sum_of([x, dy], |[x, dy]| x * dy));
            let turned = if length == 0.0 { 0.0 } else { along / (length * (length + epsilon)) };
            let [turned, length] = [turned, length + epsilon].map(F32x4::splat);
            each_here([x, dy], [dx], |[x, dy], _| [(dy - x * turned) / length]);
        }
    });
}

fn columns(x: &[f32], y: &[f32], saved: &[f32]) -> usize {
    assert!(!saved.is_empty() && x.len() == y.len(), "at least one row, and as many numbers come out");
    assert!(x.len().is_multiple_of(saved.len()) && !x.is_empty(), "rows of one length");
    x.len() / saved.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::held::{LENGTHS, dot, gradient, hard_numbers, plain_numbers, same_bits};
    use crate::kernels::reference;

    #[test]
    fn rows_match_their_twins_bit_by_bit() {
        for n in LENGTHS.into_iter().filter(|&n| n > 0) {
            for numbers in [hard_numbers, plain_numbers] {
                let (x, dy) = (numbers(7 * n, 1), numbers(7 * n, 2));
                let [mut y, mut dx] = [vec![9.0; 7 * n], vec![9.0; 7 * n]];
                let mut saved = [9.0; 7];
                unit_length(0.1, &x, &mut y, &mut saved);
                unit_length_gradient(0.1, [&x, &dy], &saved, &mut dx);
                for (row, &saved) in saved.iter().enumerate() {
                    let at = row * n..row * n + n;
                    let [x, dy] = [&x, &dy].map(|numbers| &numbers[at.clone()]);
                    let (twin, length) = reference::unit_length(0.1, x);
                    same_bits("length", &[saved], &[length]);
                    same_bits("row", &y[at.clone()], &twin);
                    let twin = reference::unit_length_gradient(0.1, [x, dy], length);
                    same_bits("gradient", &dx[at], &twin);
                }
            }
        }
    }

    #[test]
    fn gradients_are_those_of_differences() {
        let (x, dy) = (plain_numbers(15, 1), plain_numbers(15, 2));
        let [mut y, mut dx] = [vec![0.0; 15], vec![0.0; 15]];
        let mut saved = [0.0; 3];
        unit_length(0.1, &x, &mut y, &mut saved);
        unit_length_gradient(0.1, [&x, &dy], &saved, &mut dx);
        gradient("unit length", &x, &dx, |x| {
            let of = |row: &[f64]| {
                let length = row.iter().map(|x| x * x).sum::<f64>().sqrt() + f64::from(0.1f32);
                row.iter().map(|x| x / length).collect::<Vec<f64>>()
            };
            dot(&x.chunks_exact(5).flat_map(of).collect::<Vec<f64>>(), &dy)
        });
    }
}
