//! Sums in a fixed order, means and largest numbers.

use super::each::{self, each_here};
use super::lane::{F32x4, Real};
use super::layout::Axes;
use crate::parallel;

/// The sum of all numbers: chunks of 1024, in each four lanes that run side by side and are then
/// added as `(0+1)+(2+3)`; the chunks in order. The same tree on every machine.
pub fn sum(x: &[f32]) -> f32 {
    each::sum_of([x], |[x]| x)
}

/// Whether every number is finite. A sum that is finite says so at the price of reading once: neither an
/// infinity nor a NaN ever leaves it. Only where it is not, each number is looked at.
pub fn is_finite(x: &[f32]) -> bool {
    const TOGETHER: usize = 32;
    let (heads, tail) = x.as_chunks::<TOGETHER>();
    let mut sums = [F32x4::splat(0.0); TOGETHER / 4];
    for head in heads {
        for (sum, part) in sums.iter_mut().zip(head.as_chunks::<4>().0) {
            *sum = *sum + F32x4::from_array(part);
        }
    }
    let sums = sums.into_iter().fold(F32x4::splat(0.0), |all, sum| all + sum).to_array();
    let sum = sums.iter().chain(tail).fold(0.0, |all, x| all + x);
    sum.is_finite() || x.iter().all(|x| x.is_finite())
}

/// The largest number that is not NaN; −∞ where there is none. Of zeros of both signs either one.
pub fn largest(x: &[f32]) -> f32 {
    let (heads, tail) = x.as_chunks::<4>();
    let mut lanes = F32x4::splat(f32::NEG_INFINITY);
    for head in heads {
        lanes = F32x4::from_array(head).max(lanes);
    }
    lanes
        .to_array()
        .into_iter()
        .chain(tail.iter().copied())
        .fold(f32::NEG_INFINITY, |best, x| Real::max(x, best))
}

/// Columns that a thread sums.
const COLUMNS: usize = 64;

/// `out (cols)` = sum of the rows of `x (rows, cols)`, in the order of the rows.
pub fn sum_rows(x: &[f32], out: &mut [f32]) {
    let columns = out.len();
    parallel::for_each_block(out, COLUMNS, x.len(), |block, out| {
        let x = x.get(block * COLUMNS..).unwrap_or(&[]);
        let (wide, rest) = out.as_chunks_mut::<16>();
        let done = 16 * wide.len();
        for (at, out) in wide.iter_mut().enumerate() {
            some_columns::<4>(&x[16 * at..], columns, out);
        }
        for (at, out) in rest.chunks_mut(4).enumerate() {
            some_columns::<1>(&x[done + 4 * at..], columns, out);
        }
    });
}

/// Sums of up to `4·V` columns, in registers; `x` begins with their first row.
#[inline(always)]
fn some_columns<const V: usize>(x: &[f32], columns: usize, out: &mut [f32]) {
    let mut sums = [F32x4::splat(0.0); V];
    for row in x.chunks(columns) {
        for (v, sum) in sums.iter_mut().enumerate() {
            *sum = *sum + each::padded(&row[4 * v..out.len().min(4 * v + 4)]);
        }
    }
    for (sum, out) in sums.into_iter().zip(out.chunks_mut(4)) {
        each::put(sum, out);
    }
}

/// How the numbers along an axis become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reduction {
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
    /// The largest; NaN where one of them is NaN. Its gradient goes to the first of equals.
    Max,
}

impl Reduction {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Sum, Self::Mean, Self::Max];
}

/// Numbers handed to a thread at a time, about.
const BLOCK: usize = 4096;

/// `out (outer, inner)` from `x (outer, axis, inner)`. Sums run in the order of the axis, along a
/// last axis (`inner` is 1) in the tree of [`sum`].
///
/// # Panics
/// If the slices do not fit, or if the axis is empty and its mean or largest is asked for.
pub fn along_axis(reduction: Reduction, axes: Axes, x: &[f32], out: &mut [f32]) {
    let Axes { outer, axis, inner } = axes;
    assert!(x.len() == axes.len() && out.len() == outer * inner, "slices fit {axes:?}");
    assert!(axis > 0 || reduction == Reduction::Sum, "an empty axis has a sum only");
    if x.is_empty() {
        out.fill(0.0);
        return;
    }
    let outers = (BLOCK / (axis * inner)).max(1);
    parallel::for_each_block(out, outers * inner, x.len(), |block, out| {
        let blocks = x[block * outers * axis * inner..].chunks(axis * inner);
        for (x, out) in blocks.zip(out.chunks_exact_mut(inner)) {
            match inner {
                1 => out[0] = of_row(reduction, x),
                _ => of_rows(reduction, x, out),
            }
        }
    });
}

fn of_row(reduction: Reduction, x: &[f32]) -> f32 {
    match reduction {
        Reduction::Sum => sum(x),
        Reduction::Mean => sum(x) / x.len() as f32,
        Reduction::Max => x.iter().copied().fold(f32::NEG_INFINITY, larger),
    }
}

fn of_rows(reduction: Reduction, x: &[f32], out: &mut [f32]) {
    let inner = out.len();
    let rows = x.chunks_exact(inner);
    out.fill(if reduction == Reduction::Max { f32::NEG_INFINITY } else { 0.0 });
    match reduction {
        Reduction::Max => rows.for_each(|row| each_here([row], [out], |[x], [best]| [larger(best, x)])),
        _ => rows.for_each(|row| each_here([row], [out], |[x], [sum]| [sum + x])),
    }
    if reduction == Reduction::Mean {
        let count = F32x4::splat((x.len() / inner) as f32);
        each_here([], [out], |[], [sum]| [sum / count]);
    }
}

/// The larger one; `best` where they are equal, NaN where one is.
#[inline(always)]
fn larger<R: Real>(best: R, x: R) -> R {
    R::select(best.le(best), R::select(x.le(best), best, x), best)
}

/// `dx (outer, axis, inner)` from `x` of the same shape and `y, dy (outer, inner)`.
///
/// # Panics
/// If the slices do not fit.
pub fn along_axis_gradient(reduction: Reduction, axes: Axes, [x, y, dy]: [&[f32]; 3], dx: &mut [f32]) {
    let Axes { outer, axis, inner } = axes;
    let small = outer * inner;
    assert!(dx.len() == axes.len() && dy.len() == small, "slices fit {axes:?}");
    // A sum needs neither its operand nor its result.
    let max = reduction == Reduction::Max;
    assert!(!max || (x.len() == axes.len() && y.len() == small), "slices fit {axes:?}");
    if dx.is_empty() {
        return;
    }
    let share = F32x4::splat(if reduction == Reduction::Mean { axis as f32 } else { 1.0 });
    let len = dx.len();
    parallel::for_each_block(dx, axis * inner, len, |o, dx| {
        let dy = &dy[o * inner..][..inner];
        if max {
            let x = &x[o * axis * inner..][..axis * inner];
            give_to_the_first(x, &y[o * inner..][..inner], dy, dx);
        } else if inner == 1 {
            dx.fill((F32x4::splat(dy[0]) / share).to_array()[0]);
        } else {
            for dx in dx.chunks_exact_mut(inner) {
                each_here([dy], [dx], |[dy], _| [dy / share]);
            }
        }
    });
}

/// `dx (axis, inner) = dy (inner)` at the first row that is as large as `y (inner)`, 0 elsewhere.
fn give_to_the_first(x: &[f32], y: &[f32], dy: &[f32], dx: &mut [f32]) {
    let inner = y.len();
    let axis = x.len() / inner;
    for at in (0..inner).step_by(4) {
        let some = 4.min(inner - at);
        let [y, mut left] = [y, dy].map(|numbers| each::padded(&numbers[at..][..some]));
        // Left is what nobody has taken yet; a NaN in `y` is met by none.
        let zero = F32x4::splat(0.0);
        for a in 0..axis {
            let place = a * inner + at;
            let met = y.le(each::padded(&x[place..][..some]));
            each::put(F32x4::select(met, left, zero), &mut dx[place..][..some]);
            left = F32x4::select(met, zero, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::held::{LENGTHS, dot, gradient, hard_numbers, plain_numbers, same_bits};
    use crate::kernels::reference;

    #[test]
    fn sum_repeats_its_twin_bit_by_bit() {
        for len in [0, 1, 3, 4, 5, 31, 32, 33, 1003, 1024, 1025, 5000] {
            // Numbers of moderate size: with the largest among them every order overflows alike.
            let moderate = |x: f32| if x.abs() < 100.0 { x } else { 0.5 };
            let x: Vec<f32> = hard_numbers(len, 3).into_iter().map(moderate).collect();
            assert_eq!(sum(&x).to_bits(), reference::sum(&x).to_bits(), "{len} numbers");
        }
    }

    #[test]
    fn one_number_that_is_not_finite_is_found_anywhere() {
        for len in LENGTHS {
            let mut x = vec![f32::MAX; len];
            assert!(is_finite(&x), "{len} numbers whose sum is too large");
            for at in 0..len {
                for wrong in [f32::INFINITY, f32::NEG_INFINITY, f32::NAN] {
                    let right = core::mem::replace(&mut x[at], wrong);
                    assert!(!is_finite(&x), "{wrong} at {at} of {len}");
                    x[at] = right;
                }
            }
            if let [first, .., last] = x.as_mut_slice() {
                (*first, *last) = (f32::INFINITY, f32::NEG_INFINITY);
                assert!(!is_finite(&x), "infinities of both signs");
            }
        }
    }

    #[test]
    fn rows_are_added_in_order() {
        let mut out = [9.0; 3];
        sum_rows(&[1.0, 2.0, 3.0, 10.0, 20.0, 30.0], &mut out);
        assert_eq!(out, [11.0, 22.0, 33.0]);
        assert!(sum(&[1.0, f32::NAN]).is_nan());
        for columns in [1, 64, 65, 1003] {
            let x = plain_numbers(7 * columns, 1);
            let (mut ours, mut twin) = (vec![9.0; columns], vec![0.0; columns]);
            sum_rows(&x, &mut ours);
            x.chunks_exact(columns).for_each(|row| twin.iter_mut().zip(row).for_each(|(sum, x)| *sum += x));
            same_bits("rows", &ours, &twin);
        }
    }

    #[test]
    fn the_largest_is_found_anywhere() {
        for len in LENGTHS {
            let x = hard_numbers(len, 5);
            let twin = x.iter().fold(f32::NEG_INFINITY, |best, &x| if x > best { x } else { best });
            assert!(largest(&x) == twin, "of {len}");
        }
    }

    fn shapes() -> impl Iterator<Item = Axes> {
        let small = [(2, 3, 4), (3, 1, 5), (1, 7, 33), (300, 5, 7), (4, 0, 3)];
        let small = small.map(|(outer, axis, inner)| Axes { outer, axis, inner });
        let lengths = LENGTHS.into_iter().flat_map(|len| {
            [(2, len, 1), (2, 3, len), (len, 2, 1)].map(|(outer, axis, inner)| Axes { outer, axis, inner })
        });
        small.into_iter().chain(lengths)
    }

    #[test]
    fn axes_match_their_twins_bit_by_bit() {
        for axes in shapes() {
            for numbers in [hard_numbers, plain_numbers] {
                let x = numbers(axes.len(), 1);
                let small = axes.outer * axes.inner;
                for reduction in Reduction::ALL {
                    if axes.axis == 0 && reduction != Reduction::Sum {
                        continue;
                    }
                    let (mut y, mut twin) = (vec![9.0; small], vec![9.0; small]);
                    along_axis(reduction, axes, &x, &mut y);
                    reference::reduce::along_axis(reduction, axes, &x, &mut twin);
                    same_bits(&format!("{reduction:?} of {axes:?}"), &y, &twin);
                    let dy = numbers(small, 2);
                    let (mut dx, mut twin) = (vec![9.0; x.len()], vec![9.0; x.len()]);
                    along_axis_gradient(reduction, axes, [&x, &y, &dy], &mut dx);
                    reference::reduce::along_axis_gradient(reduction, axes, [&x, &y, &dy], &mut twin);
                    same_bits(&format!("gradient of {reduction:?} of {axes:?}"), &dx, &twin);
                }
            }
        }
    }

    #[test]
    fn gradients_are_those_of_differences() {
        for axes in [Axes { outer: 2, axis: 3, inner: 5 }, Axes { outer: 3, axis: 6, inner: 1 }] {
            let Axes { outer, axis, inner } = axes;
            // All different, so that a small step changes no order.
            let x: Vec<f32> = (0..axes.len()).map(|at| (at * 7 % 31) as f32 * 0.1).collect();
            let dy = plain_numbers(outer * inner, 2);
            for reduction in Reduction::ALL {
                let (mut y, mut dx) = (vec![0.0; outer * inner], vec![0.0; axes.len()]);
                along_axis(reduction, axes, &x, &mut y);
                along_axis_gradient(reduction, axes, [&x, &y, &dy], &mut dx);
                gradient(&format!("{reduction:?}"), &x, &dx, |x| {
                    let of = |at: usize| {
                        let numbers = (0..axis).map(|a| x[(at / inner * axis + a) * inner + at % inner]);
                        match reduction {
                            Reduction::Sum => numbers.sum::<f64>(),
                            Reduction::Mean => numbers.sum::<f64>() / axis as f64,
                            Reduction::Max => numbers.fold(f64::NEG_INFINITY, f64::max),
                        }
                    };
                    dot(&(0..outer * inner).map(of).collect::<Vec<_>>(), &dy)
                });
            }
        }
    }
}
