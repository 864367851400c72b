//! Products with spikes: `lhs` holds zeros and ones, mostly zeros.
//!
//! Instead of multiplying, the rows of `rhs` that meet a one are added, in the order of `k`. A zero
//! would have added `±0`, which changes no sum but one that began at `-0`, so the bits
//! are those of [`super::matmul::matmul`] as long as `rhs` is finite and no bias is `-0`.
//!
//! Some results and a segment of `k` at a time: first the ones of each result are listed, then their
//! rows are added in registers, some columns after the other. Those columns of the segment are laid
//! side by side before, so that they fit the L1 cache: where they lie, they are a power of two apart
//! and push each other out.

use super::each::{padded, put};
use super::lane::{F32x4, Real};
use super::matmul::{Shape, Start};
use crate::parallel;
use core::ops::Range;

/// Summands of one list: their indices fit a byte.
const SEGMENT: usize = 256;
/// Columns kept in registers while rows of `rhs` are added.
const COLUMNS: usize = 32;
/// Results whose ones are listed together; a result is a row of `out`.
const RESULTS: usize = 128;
/// Parts that a product is split into for threads.
const PARTS: usize = 8;
/// One in so many is the share of ones above which the dense product is faster.
const DENSE_ABOVE: usize = 4;

/// Whether these are spikes, zeros and ones alone, and sparse enough for these kernels. A unit that is
/// held may be at any number.
pub fn are_sparse(spikes: &[f32]) -> bool {
    const ONE: u32 = 1.0f32.to_bits();
    let mut all_ones = 0;
    for part in spikes.chunks(4096) {
        let (mut ones, mut zeros) = (0u32, 0u32);
        for bits in part.iter().map(|spike| spike.to_bits()) {
            ones += u32::from(bits == ONE);
            zeros += u32::from(bits << 1 == 0);
        }
        if (ones + zeros) as usize != part.len() {
            return false;
        }
        all_ones += ones as usize;
    }
    all_ones * DENSE_ABOVE <= spikes.len()
}

/// Places in a segment, and room for what is written beyond the last.
type List = [u8; SEGMENT + 8];

/// For each of some results the summands that count, in order.
struct Lists {
    indices: [List; RESULTS],
    lens: [u16; RESULTS],
}

impl Lists {
    fn new() -> Self {
        Self { indices: [[0; SEGMENT + 8]; RESULTS], lens: [0; RESULTS] }
    }

    /// Lists the ones of rows: `lhs (results, k)`, of which `summands` are read.
    fn of_rows(&mut self, lhs: &[f32], k: usize, summands: Range<usize>) {
        self.lens.fill(0);
        for (result, row) in lhs.chunks_exact(k).enumerate() {
            self.lens[result] = list_ones(&row[summands.clone()], &mut self.indices[result]) as u16;
        }
    }

    /// Lists the ones of columns: `lhs (summands, m)`, of which `results` are read.
    fn of_columns(&mut self, lhs: &[f32], m: usize, results: Range<usize>) {
        self.lens.fill(0);
        let mut places = [0; SEGMENT + 8];
        for (summand, row) in lhs.chunks_exact(m).enumerate() {
            let len = list_ones(&row[results.clone()], &mut places);
            for &result in &places[..len] {
                let len = &mut self.lens[usize::from(result)];
                self.indices[usize::from(result)][usize::from(*len)] = summand as u8;
                *len += 1;
            }
        }
    }

    fn len(&self) -> usize {
        self.lens.iter().map(|&len| usize::from(len)).sum()
    }

    /// Adds to `out (results, n)` the rows of `rhs (summands, n)` that are listed. `panel` is scratch.
    fn add(&self, rhs: &[f32], n: usize, panel: &mut Panel, out: &mut [f32]) {
        // Where fewer rows are added than there are, laying them side by side does not pay.
        let few = self.len() < 4 * (rhs.len() / n);
        let mut column = 0;
        while column < n {
            let width = COLUMNS.min(n - column);
            let at = Columns { n, column, width };
            match width {
                COLUMNS if few => self.add_columns::<8>(&rhs[column..], n, at, out),
                0..=4 => self.add_columns::<1>(at.side_by_side::<1>(rhs, panel), 4, at, out),
                5..=8 => self.add_columns::<2>(at.side_by_side::<2>(rhs, panel), 8, at, out),
                9..=16 => self.add_columns::<4>(at.side_by_side::<4>(rhs, panel), 16, at, out),
                _ => self.add_columns::<8>(at.side_by_side::<8>(rhs, panel), COLUMNS, at, out),
            }
            column += width;
        }
    }

    /// The same for columns of `out`, from rows of at least `4·V` numbers that begin every `stride`.
    #[inline(always)]
    fn add_columns<const V: usize>(&self, rows: &[f32], stride: usize, at: Columns, out: &mut [f32]) {
        for (indices, (&len, out)) in
            self.indices.iter().zip(self.lens.iter().zip(out.chunks_exact_mut(at.n)))
        {
            if len == 0 {
                continue;
            }
            let out = &mut out[at.column..][..at.width];
            let mut sums = read::<V>(out);
            for &index in &indices[..usize::from(len)] {
                let row = &rows[usize::from(index) * stride..][..4 * V];
                for (sum, row) in sums.iter_mut().zip(row.as_chunks::<4>().0) {
                    *sum = *sum + F32x4::from_array(row);
                }
            }
            write(sums, out);
        }
    }
}

/// Some columns of a segment of `rhs`, side by side.
type Panel = [f32; SEGMENT * COLUMNS];

/// Columns of a matrix with `n` of them.
#[derive(Clone, Copy)]
struct Columns {
    n: usize,
    column: usize,
    width: usize,
}

impl Columns {
    /// Copies them, with zeros up to `4·V`.
    #[inline(always)]
    fn side_by_side<'a, const V: usize>(self, rhs: &[f32], panel: &'a mut Panel) -> &'a [f32] {
        let panel = &mut panel[..rhs.len() / self.n * 4 * V];
        for (row, to) in rhs.chunks_exact(self.n).zip(panel.chunks_exact_mut(4 * V)) {
            write(read::<V>(&row[self.column..][..self.width]), to);
        }
        panel
    }
}

/// Up to `4·V` numbers; those missing are zero.
#[inline(always)]
fn read<const V: usize>(from: &[f32]) -> [F32x4; V] {
    if from.len() == 4 * V {
        return core::array::from_fn(|v| F32x4::load(&from[4 * v..]));
    }
    core::array::from_fn(|v| padded(from.get(4 * v..).unwrap_or(&[])))
}

/// The first up to `4·V` numbers of `lanes`.
#[inline(always)]
fn write<const V: usize>(lanes: [F32x4; V], to: &mut [f32]) {
    if to.len() == 4 * V {
        for (lanes, to) in lanes.into_iter().zip(to.as_chunks_mut::<4>().0) {
            lanes.store(to);
        }
        return;
    }
    for (lanes, to) in lanes.into_iter().zip(to.chunks_mut(4)) {
        put(lanes, to);
    }
}

/// Puts the places of the ones among up to [`SEGMENT`] numbers into `places`, in order, and gives their
/// count. No branch depends on the numbers: a processor could not foresee it.
#[inline(always)]
fn list_ones(spikes: &[f32], places: &mut List) -> usize {
    let zero = F32x4::splat(0.0);
    let mut len = 0;
    let mut eight = |at: usize, low: F32x4, high: F32x4| {
        let bits = zero.lt(low).bits() | zero.lt(high).bits() << 4;
        let these = PLACES[bits as usize].wrapping_add(at as u64 * 0x0101_0101_0101_0101);
        places[len..][..8].copy_from_slice(&these.to_le_bytes());
        len += bits.count_ones() as usize;
    };
    let (groups, tail) = spikes.as_chunks::<8>();
    for (group, spikes) in groups.iter().enumerate() {
        eight(8 * group, F32x4::load(spikes), F32x4::load(&spikes[4..]));
    }
    if !tail.is_empty() {
        let (low, high) = tail.split_at(tail.len().min(4));
        eight(8 * groups.len(), padded(low), padded(high));
    }
    len
}

/// The places of the ones in a byte, in order, a byte each.
static PLACES: [u64; 256] = {
    let mut all = [0; 256];
    let mut bits = 0;
    while bits < 256 {
        let (mut place, mut len) = (0, 0);
        while place < 8 {
            if bits >> place & 1 == 1 {
                all[bits] |= place << (8 * len);
                len += 1;
            }
            place += 1;
        }
        bits += 1;
    }
    all
};

/// `out (m, n) = start + lhs (m, k) · rhs (k, n)`, all row-major, `lhs` of zeros and ones.
///
/// # Panics
/// If a slice does not have the length that `shape` asks for.
pub fn product(shape: Shape, lhs: &[f32], rhs: &[f32], start: Start, out: &mut [f32]) {
    let k = shape.k;
    match start {
        Start::Zero => out.fill(0.0),
        Start::Row(bias) => out.chunks_exact_mut(shape.n.max(1)).for_each(|out| out.copy_from_slice(bias)),
        Start::Out => {}
    }
    add(shape, lhs, rhs, out, |lists, results, summands| {
        lists.of_rows(&lhs[results.start * k..results.end * k], k, summands);
    });
}

/// `out (m, n) = lhsᵀ · rhs`: `lhs (k, m)` of zeros and ones and `rhs (k, n)`, both row-major as
/// stored.
///
/// # Panics
/// If a slice does not have the length that `shape` asks for.
pub fn product_of_transposed(shape: Shape, lhs: &[f32], rhs: &[f32], out: &mut [f32]) {
    let m = shape.m;
    out.fill(0.0);
    add(shape, lhs, rhs, out, |lists, results, summands| {
        lists.of_columns(&lhs[summands.start * m..summands.end * m], m, results);
    });
}

/// Adds the product to `out`; `list` finds the ones that belong to some results and some summands.
fn add(
    Shape { m, k, n }: Shape,
    lhs: &[f32],
    rhs: &[f32],
    out: &mut [f32],
    list: impl Fn(&mut Lists, Range<usize>, Range<usize>) + Sync,
) {
    let fits = lhs.len() == m * k && rhs.len() == k * n && out.len() == m * n;
    assert!(fits, "slices fit {m}×{k} · {k}×{n}");
    if m == 0 || n == 0 {
        return;
    }
    let operations = m * k * n / 8;
    let together = if parallel::pays(operations) { m.div_ceil(PARTS).min(RESULTS) } else { RESULTS };
    parallel::for_each_block(out, together * n, operations, |block, out| {
        let (mut lists, mut panel) = (Lists::new(), [0.0; SEGMENT * COLUMNS]);
        let results = block * together..block * together + out.len() / n;
        for from in (0..k).step_by(SEGMENT) {
            let summands = from..k.min(from + SEGMENT);
            list(&mut lists, results.clone(), summands.clone());
            lists.add(&rhs[summands.start * n..summands.end * n], n, &mut panel, out);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::matmul::{Finish, Operand};
    use crate::kernels::reference::{self, tests::hard_numbers};

    fn finite(len: usize, seed: u32) -> Vec<f32> {
        hard_numbers(len, seed).into_iter().map(|x| if x.abs() < 1e6 { x } else { -0.25 }).collect()
    }

    #[test]
    fn other_numbers_are_no_spikes() {
        let mut spikes = vec![0.0; 1000];
        spikes[7] = 1.0;
        assert!(are_sparse(&spikes));
        for other in [0.5, -1.0, f32::NAN] {
            spikes[999] = other;
            assert!(!are_sparse(&spikes), "{other}");
        }
        assert!(!are_sparse(&[1.0; 8]));
    }

    #[test]
    fn bits_are_those_of_the_triple_loop() {
        for (m, k, n) in
            [(1, 1, 1), (3, 5, 7), (4, 300, 32), (9, 784, 37), (33, 70, 100), (5, 0, 3), (300, 20, 44)]
        {
            for share in [0.0, 0.05, 0.5] {
                let shape = Shape { m, k, n };
                let bias: Vec<f32> = finite(n, 1).iter().map(|x| x + 0.0).collect();
                let rhs = finite(k * n, 2);
                let spikes: Vec<f32> =
                    finite(m * k, 3).iter().map(|x| f32::from(x.fract().abs() < share)).collect();
                let same = |a: &[f32], b: &[f32]| a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits());
                for start in [Start::Zero, Start::Row(&bias)] {
                    let (mut out, mut twin) = (vec![f32::NAN; m * n], vec![0.0; m * n]);
                    product(shape, &spikes, &rhs, start, &mut out);
                    reference::matmul(
                        shape,
                        Operand::plain(&spikes),
                        Operand::plain(&rhs),
                        start,
                        Finish::None,
                        &mut twin,
                    );
                    assert!(same(&out, &twin), "{shape:?}, {share}");
                }
                let (mut out, mut twin) = (vec![f32::NAN; m * n], vec![0.0; m * n]);
                product_of_transposed(shape, &spikes, &rhs, &mut out);
                let lhs = Operand::transposed(&spikes);
                let rhs = Operand::plain(&rhs);
                reference::matmul(shape, lhs, rhs, Start::Zero, Finish::None, &mut twin);
                assert!(same(&out, &twin), "transposed {shape:?}, {share}");
            }
        }
    }
}
