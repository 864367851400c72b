//! The loops that kernels share: a function of the numbers at one place, applied to whole slices or
//! summed over them, four lanes at a time.
//!
//! The remainder of a slice goes through the same lanes, padded with zeros, so each number meets the
//! same operations wherever it lies. Sums follow fixed trees; see [`sum_of`] and [`column_sums`].

use super::lane::{F32x4, Real};
use crate::parallel;

/// Elements handed to a thread at a time.
pub(super) const BLOCK: usize = 4096;
/// Numbers summed into one partial result.
pub(super) const CHUNK: usize = 1024;
/// Columns summed by one thread, side by side.
const COLUMNS: usize = 64;
/// Rows summed into one partial result.
pub(super) const ROWS: usize = 256;

/// `outs[..][at] = rule(inputs[..][at], outs[..][at])` at every place, shared over threads;
/// `operations` is the rough cost of one place.
///
/// # Panics
/// If the slices differ in length.
pub fn each<const N: usize, const M: usize>(
    operations: usize,
    inputs: [&[f32]; N],
    outs: [&mut [f32]; M],
    rule: impl Fn([F32x4; N], [F32x4; M]) -> [F32x4; M] + Sync,
) {
    let len = outs[0].len();
    parallel::for_each_blocks(len.div_ceil(BLOCK), outs, [BLOCK; M], len * operations, |block, outs| {
        let (from, len) = (block * BLOCK, outs[0].len());
        each_here(inputs.map(|input| &input[from..][..len]), outs, &rule);
    });
    assert!(inputs.iter().all(|input| input.len() == len), "as many numbers in each operand as come out");
}

/// [`each`] in the calling thread.
#[inline(always)]
pub fn each_here<const N: usize, const M: usize>(
    inputs: [&[f32]; N],
    outs: [&mut [f32]; M],
    rule: impl Fn([F32x4; N], [F32x4; M]) -> [F32x4; M],
) {
    let len = outs[0].len();
    assert!(inputs.iter().all(|input| input.len() == len), "as many numbers in each operand as come out");
    assert!(outs.iter().all(|out| out.len() == len), "as many numbers in each result");
    let mut groups = len / 4;
    let tails = inputs.map(|input| &input[4 * groups..]);
    let mut outs = outs.map(|out| out.as_chunks_mut::<4>());
    let mut rest: [[[f32; 4]; 1]; N];
    let mut rest_out = [[[0.0; 4]]; M];
    let mut inputs = inputs.map(|input| input.as_chunks::<4>().0);
    let mut results = outs.each_mut().map(|(heads, _)| &mut **heads);
    let mut is_last = len.is_multiple_of(4);
    loop {
        let inputs_here = inputs.map(|input| &input[..groups]);
        let mut results_here = results.map(|result| &mut result[..groups]);
        for group in 0..groups {
            let numbers = inputs_here.map(|input| F32x4::from_array(&input[group]));
            let before = core::array::from_fn(|index| F32x4::from_array(&results_here[index][group]));
            for (result, after) in results_here.iter_mut().zip(rule(numbers, before)) {
                result[group] = after.to_array();
            }
        }
        if is_last {
            break;
        }
        // What is left is one more group, in a second turn: so the rule is compiled once.
        (is_last, groups) = (true, 1);
        rest = tails.map(padded_end);
        rest_out = core::array::from_fn(|index| padded_end(outs[index].1));
        inputs = rest.each_ref().map(|rest| &rest[..]);
        results = rest_out.each_mut().map(|rest| &mut rest[..]);
    }
    if !len.is_multiple_of(4) {
        for ((_, tail), [after]) in outs.into_iter().zip(rest_out) {
            put_end(&after, tail);
        }
    }
}

/// `Σ rule(inputs[..][at])`: chunks of 1024, in each four lanes that run side by side and are then
/// added as `(0+1)+(2+3)`; the chunks in order. The same tree on every machine.
#[inline(always)]
pub fn sum_of<const N: usize>(inputs: [&[f32]; N], rule: impl Fn([F32x4; N]) -> F32x4) -> f32 {
    let len = inputs[0].len();
    assert!(inputs.iter().all(|input| input.len() == len), "as many numbers in each operand");
    let mut total = 0.0;
    for from in (0..len).step_by(CHUNK) {
        let to = len.min(from + CHUNK);
        total += chunk_sum(inputs.map(|input| &input[from..to]), &rule);
    }
    total
}

/// The sum of up to [`CHUNK`] places.
#[inline(always)]
pub(super) fn chunk_sum<const N: usize>(inputs: [&[f32]; N], rule: impl Fn([F32x4; N]) -> F32x4) -> f32 {
    let groups = inputs[0].len() / 4;
    let inputs = inputs.map(|input| {
        let (heads, tail) = input.as_chunks::<4>();
        (&heads[..groups], tail)
    });
    let mut lanes = F32x4::splat(0.0);
    for group in 0..groups {
        lanes = lanes + rule(inputs.map(|(heads, _)| F32x4::from_array(&heads[group])));
    }
    let mut last = [0.0; 4];
    if !inputs[0].1.is_empty() {
        put(rule(inputs.map(|(_, tail)| padded(tail))), &mut last[..inputs[0].1.len()]);
    }
    let [a, b, c, d] = (lanes + F32x4::from_array(&last)).to_array();
    (a + b) + (c + d)
}

/// `outs[..][column] = Σ rule(row, inputs[..][row, column], of_column[..][column])` over the rows of
/// matrices with as many columns as `outs` have numbers: 256 rows in order, then those sums in order.
/// Threads share the columns.
///
/// # Panics
/// If the slices do not fit.
pub fn column_sums<const N: usize, const K: usize, const M: usize>(
    inputs: [&[f32]; N],
    of_column: [&[f32]; K],
    outs: [&mut [f32]; M],
    rule: impl Fn(usize, [F32x4; N], [F32x4; K]) -> [F32x4; M] + Sync,
) {
    let columns = outs[0].len();
    if columns == 0 {
        return;
    }
    let len = inputs[0].len();
    assert!(inputs.iter().all(|input| input.len() == len), "as many numbers in each operand");
    assert!(len.is_multiple_of(columns), "whole rows of {columns} numbers, not {len} numbers");
    assert!(of_column.iter().all(|numbers| numbers.len() == columns), "a number for each column");
    let rows = len / columns;
    parallel::for_each_blocks(columns.div_ceil(COLUMNS), outs, [COLUMNS; M], 4 * len, |block, mut outs| {
        let (first, width) = (block * COLUMNS, outs[0].len());
        outs.iter_mut().for_each(|out| out.fill(0.0));
        let operands = Columns { inputs, of_column, columns };
        // A block of 256 rows stays in cache while its columns are summed, sixteen or four at a time.
        for from in (0..rows).step_by(ROWS) {
            let rows = from..rows.min(from + ROWS);
            let wide = width / 16 * 16;
            for at in (0..wide).step_by(16) {
                operands.add::<4, M>(
                    rows.clone(),
                    first + at,
                    outs.each_mut().map(|out| &mut out[at..][..16]),
                    &rule,
                );
            }
            for at in (wide..width).step_by(4) {
                let some = 4.min(width - at);
                operands.add::<1, M>(
                    rows.clone(),
                    first + at,
                    outs.each_mut().map(|out| &mut out[at..][..some]),
                    &rule,
                );
            }
        }
    });
}

/// The operands of [`column_sums`].
struct Columns<'a, const N: usize, const K: usize> {
    inputs: [&'a [f32]; N],
    of_column: [&'a [f32]; K],
    columns: usize,
}

impl<const N: usize, const K: usize> Columns<'_, N, K> {
    /// Adds the sum over `rows` of as many columns from `first` as `outs` hold, at most `4·W`.
    #[inline(always)]
    fn add<const W: usize, const M: usize>(
        &self,
        rows: core::ops::Range<usize>,
        first: usize,
        outs: [&mut [f32]; M],
        rule: &impl Fn(usize, [F32x4; N], [F32x4; K]) -> [F32x4; M],
    ) {
        let width = outs[0].len();
        let part = |numbers: &[f32], lane: usize| padded(&numbers[lane * 4..width.min(lane * 4 + 4)]);
        let constants: [[F32x4; K]; W] =
            core::array::from_fn(|lane| self.of_column.map(|numbers| part(&numbers[first..][..width], lane)));
        let mut sums = [[F32x4::splat(0.0); M]; W];
        for row in rows {
            let inputs = self.inputs.map(|input| &input[row * self.columns + first..][..width]);
            for (lane, sums) in sums.iter_mut().enumerate() {
                let values = rule(row, inputs.map(|input| part(input, lane)), constants[lane]);
                *sums = core::array::from_fn(|index| sums[index] + values[index]);
            }
        }
        for (index, out) in outs.into_iter().enumerate() {
            for (out, sums) in out.chunks_mut(4).zip(&sums) {
                put(padded(out) + sums[index], out);
            }
        }
    }
}

/// Up to four numbers; those missing are zero. One by one: a copy of some length would be a call.
#[inline(always)]
pub fn padded(from: &[f32]) -> F32x4 {
    let whole = match *from {
        [a, b, c, d, ..] => [a, b, c, d],
        [a, b, c] => [a, b, c, 0.0],
        [a, b] => [a, b, 0.0, 0.0],
        [a] => [a, 0.0, 0.0, 0.0],
        [] => [0.0; 4],
    };
    F32x4::from_array(&whole)
}

/// The first up to four numbers of `lanes`.
#[inline(always)]
pub fn put(lanes: F32x4, to: &mut [f32]) {
    if let Some(whole) = to.first_chunk_mut::<4>() {
        lanes.store(whole);
        return;
    }
    let lanes = lanes.to_array();
    match to {
        [a, b, c] => [*a, *b, *c] = [lanes[0], lanes[1], lanes[2]],
        [a, b] => [*a, *b] = [lanes[0], lanes[1]],
        [a] => *a = lanes[0],
        _ => {}
    }
}

/// [`padded`] where it stands behind a loop: a call within one would cost the registers of the loop.
#[inline(never)]
fn padded_end(from: &[f32]) -> [[f32; 4]; 1] {
    [padded(from).to_array()]
}

/// [`put`] where it stands behind a loop.
#[inline(never)]
fn put_end(from: &[f32; 4], to: &mut [f32]) {
    put(F32x4::from_array(from), to);
}
