//! Moving numbers without changing them: permuted dimensions, windows along an axis, chosen columns.

use crate::parallel;

/// A tensor seen from one axis: dimensions before it, itself, dimensions behind it, row-major.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axes {
    /// Product of the dimensions before the axis.
    pub outer: usize,
    /// Length of the axis.
    pub axis: usize,
    /// Product of the dimensions behind the axis.
    pub inner: usize,
}

impl Axes {
    /// The axis number `axis` of `shape`.
    ///
    /// # Panics
    /// If the shape has no such axis.
    pub fn of(shape: &[usize], axis: usize) -> Self {
        let (outer, inner) = (shape[..axis].iter().product(), shape[axis + 1..].iter().product());
        Self { outer, axis: shape[axis], inner }
    }

    /// How many numbers there are.
    #[allow(clippy::len_without_is_empty, reason = "a size of a shape, not a collection")]
    pub fn len(self) -> usize {
        self.outer * self.axis * self.inner
    }
}

/// Most dimensions that [`permute`] takes.
pub const MAX_DIMENSIONS: usize = 5;
/// Neighbouring lines of the result that are written together: a line of a transposed operand is
/// then read a cache line at a time.
const TILE: usize = 16;

/// `out` = `x` with its dimensions in another order: dimension `d` of `out` is `order[d]` of `x`,
/// whose `shape` is given. `x` and `out` are row-major.
///
/// # Panics
/// If there are more than [`MAX_DIMENSIONS`], or `order` is no permutation, or the slices do not fit.
pub fn permute(shape: &[usize], order: &[usize], x: &[f32], out: &mut [f32]) {
    let dimensions = shape.len();
    assert!(dimensions <= MAX_DIMENSIONS && order.len() == dimensions, "an order of up to five dimensions");
    assert!((0..dimensions).all(|d| order.contains(&d)), "{order:?} names each dimension once");
    let len: usize = shape.iter().product();
    assert!(x.len() == len && out.len() == len, "slices fit {shape:?}");
    if len == 0 {
        return;
    }
    // Length and distance in `x` of each dimension of `out`; missing ones lead with length 1.
    let mut lengths = [1; MAX_DIMENSIONS];
    let mut strides = [0; MAX_DIMENSIONS];
    for (d, &from) in order.iter().enumerate() {
        let place = MAX_DIMENSIONS - dimensions + d;
        lengths[place] = shape[from];
        strides[place] = shape[from + 1..].iter().product();
    }
    let [_, b, c, lines, last] = lengths;
    // A block is a tile of lines; those of one plane divide it evenly, or the plane is one block.
    let tile = if lines.is_multiple_of(TILE) { TILE } else { lines };
    parallel::for_each_block(out, tile * last, len, |block, out| {
        let (plane, line) = (block * tile / lines, block * tile % lines);
        let place = [plane / (b * c), plane / c % b, plane % c, line];
        let start: usize = place.iter().zip(&strides).map(|(place, stride)| place * stride).sum();
        copy_plane(&x[start..], [strides[3], strides[4]], last, out);
    });
}

/// `out (lines, last)` from numbers that lie apart by `strides`.
fn copy_plane(x: &[f32], [of_line, of_number]: [usize; 2], last: usize, out: &mut [f32]) {
    if of_number == 1 {
        for (line, out) in out.chunks_exact_mut(last).enumerate() {
            out.copy_from_slice(&x[line * of_line..][..last]);
        }
        return;
    }
    for (tile, out) in out.chunks_mut(TILE * last).enumerate() {
        let x = &x[tile * TILE * of_line..];
        for number in 0..last {
            let x = &x[number * of_number..];
            for (line, out) in out.chunks_exact_mut(last).enumerate() {
                out[number] = x[line * of_line];
            }
        }
    }
}

/// A stretch of an axis of a tensor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Length of the whole axis.
    pub axis: usize,
    /// Where the stretch begins.
    pub start: usize,
}

/// `out[:, to.start.., :] = x[:, from.start.., :]`, as much as `moved` says; the rest of `out` stays.
/// A slice is one such move, a concatenation several, and each is the other's gradient.
///
/// # Panics
/// If a window leaves its axis or a slice does not fit.
pub fn copy_window(moved: Axes, x: &[f32], from: Window, out: &mut [f32], to: Window) {
    let Axes { outer, axis, inner } = moved;
    for window in [from, to] {
        assert!(window.start + axis <= window.axis, "{axis} places from {} of {}", window.start, window.axis);
    }
    assert_eq!(x.len(), outer * from.axis * inner, "an operand of {from:?} in {moved:?}");
    assert_eq!(out.len(), outer * to.axis * inner, "a result of {to:?} in {moved:?}");
    if moved.len() == 0 {
        return;
    }
    parallel::for_each_block(out, to.axis * inner, moved.len(), |index, out| {
        let x = &x[(index * from.axis + from.start) * inner..][..axis * inner];
        out[to.start * inner..][..axis * inner].copy_from_slice(x);
    });
}

/// Rows handed to a thread at a time hold about this many numbers.
const BLOCK: usize = 4096;

/// `out (rows, columns.len())` = those columns of `x (rows, n)`, in that order; one may occur often.
///
/// # Panics
/// If a column is not below `n` or a slice does not fit.
pub fn gather_columns(n: usize, x: &[f32], columns: &[u32], out: &mut [f32]) {
    let count = columns.len();
    if count == 0 || n == 0 {
        assert!(out.is_empty(), "no columns give no numbers");
        return;
    }
    assert_eq!(x.len() / n * count, out.len(), "as many rows come out");
    let rows = BLOCK.div_ceil(count);
    parallel::for_each_block(out, rows * count, x.len(), |block, out| {
        let x = x[block * rows * n..].chunks_exact(n);
        for (x, out) in x.zip(out.chunks_exact_mut(count)) {
            for (out, &column) in out.iter_mut().zip(columns) {
                *out = x[column as usize];
            }
        }
    });
}

/// The gradient of [`gather_columns`]: `dx (rows, n)` is zero but for the sums, in the order of the
/// list, of what was taken from each column; `dy (rows, columns.len())`.
///
/// # Panics
/// If a column is not below `n` or a slice does not fit.
pub fn scatter_columns(n: usize, dy: &[f32], columns: &[u32], dx: &mut [f32]) {
    let count = columns.len();
    if count == 0 || n == 0 {
        dx.fill(0.0);
        return;
    }
    assert_eq!(dy.len() / count * n, dx.len(), "as many rows come out");
    let rows = BLOCK.div_ceil(n);
    parallel::for_each_block(dx, rows * n, dy.len(), |block, dx| {
        dx.fill(0.0);
        let dy = dy[block * rows * count..].chunks_exact(count);
        for (dy, dx) in dy.zip(dx.chunks_exact_mut(n)) {
            for (dy, &column) in dy.iter().zip(columns) {
                dx[column as usize] += dy;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::held::{LENGTHS, hard_numbers, same_bits};
    use crate::kernels::reference::layout as twin;

    #[test]
    fn every_order_of_up_to_five_dimensions() {
        let shapes: [&[usize]; 8] =
            [&[7], &[3, 5], &[33, 31], &[64, 48], &[2, 3, 5], &[3, 1, 33, 4], &[2, 3, 4, 5, 6], &[3, 0, 2]];
        for shape in shapes {
            let d = shape.len();
            let x = hard_numbers(shape.iter().product(), 1);
            for number in 0..d.pow(d as u32) {
                let order: Vec<usize> = (0..d).map(|place| number / d.pow(place as u32) % d).collect();
                if !(0..d).all(|d| order.contains(&d)) {
                    continue;
                }
                let (mut ours, mut other) = (vec![9.0; x.len()], vec![9.0; x.len()]);
                permute(shape, &order, &x, &mut ours);
                twin::permute(shape, &order, &x, &mut other);
                same_bits(&format!("{shape:?} in order {order:?}"), &ours, &other);
            }
        }
    }

    #[test]
    fn a_permutation_and_its_inverse_leave_all_as_it_was() {
        let (shape, order) = ([3, 4, 5, 6], [2, 0, 3, 1]);
        let x = hard_numbers(360, 2);
        let (mut there, mut back) = (vec![0.0; 360], vec![0.0; 360]);
        permute(&shape, &order, &x, &mut there);
        permute(&[5, 3, 6, 4], &[1, 3, 0, 2], &there, &mut back);
        same_bits("there and back", &back, &x);
    }

    #[test]
    fn windows_move_and_leave_the_rest() {
        for inner in LENGTHS {
            let moved = Axes { outer: 3, axis: 2, inner };
            let (from, to) = (Window { axis: 4, start: 1 }, Window { axis: 5, start: 3 });
            let x = hard_numbers(3 * 4 * inner, 1);
            let (mut ours, mut other) = (vec![9.0; 15 * inner], vec![9.0; 15 * inner]);
            copy_window(moved, &x, from, &mut ours, to);
            twin::copy_window(moved, &x, from, &mut other, to);
            same_bits(&format!("windows of {inner}"), &ours, &other);
        }
        // A concatenation of (2, 1) and (2, 2).
        let mut whole = [0.0; 6];
        for (x, axis, start) in [(&[1.0, 2.0][..], 1, 0), (&[3.0, 4.0, 5.0, 6.0], 2, 1)] {
            let moved = Axes { outer: 2, axis, inner: 1 };
            copy_window(moved, x, Window { axis, start: 0 }, &mut whole, Window { axis: 3, start });
        }
        assert_eq!(whole, [1.0, 3.0, 4.0, 2.0, 5.0, 6.0]);
    }

    #[test]
    fn columns_are_taken_and_given_back() {
        for n in LENGTHS {
            let columns: Vec<u32> = (0..n as u32 * 2).map(|at| at * 7 % n as u32).collect();
            let x = hard_numbers(3 * n, 1);
            let (mut ours, mut other) = (vec![9.0; 6 * n], vec![9.0; 6 * n]);
            gather_columns(n, &x, &columns, &mut ours);
            twin::gather_columns(n, &x, &columns, &mut other);
            same_bits(&format!("columns of {n}"), &ours, &other);
            let (mut back, mut other) = (vec![9.0; 3 * n], vec![9.0; 3 * n]);
            scatter_columns(n, &ours, &columns, &mut back);
            twin::scatter_columns(n, &ours, &columns, &mut other);
            same_bits(&format!("columns back into {n}"), &back, &other);
        }
        let mut dx = [9.0; 3];
        scatter_columns(3, &[1.0, 2.0, 4.0], &[2, 0, 2], &mut dx);
        assert_eq!(dx, [2.0, 0.0, 5.0]);
    }
}
