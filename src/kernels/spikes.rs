//! Products with spikes: `lhs` holds zeros and ones, mostly zeros.
//!
//! Instead of multiplying, the rows of `rhs` that meet a one are added, in the order of `k`. A zero
//! would have added `±0`, which changes no sum but one that began at `-0`, so the bits
//! are those of [`super::matmul::matmul`] as long as `rhs` is finite and no bias is `-0`.

use super::lane::F32x4;
use super::matmul::{Shape, Start};
use crate::parallel;

/// Inputs scanned at a time; their indices stay on the stack.
const SEGMENT: usize = 256;
/// Columns kept in registers while rows of `rhs` are added.
const COLUMNS: usize = 32;
/// Rows of the result of a transposed product that are worked on together, to stay in cache.
const FEATURES: usize = 32;
/// Share of ones above which the dense product is faster.
const DENSE_ABOVE: f32 = 0.25;

/// Whether these are spikes, zeros and ones alone, and sparse enough for these kernels. A unit that is
/// held may be at any number.
pub fn are_sparse(spikes: &[f32]) -> bool {
    let binary =
        |spikes: &[f32]| spikes.iter().fold(true, |all, &spike| all & (spike == 0.0 || spike == 1.0));
    super::reduce::sum(spikes) <= DENSE_ABOVE * spikes.len() as f32 && spikes.chunks(SEGMENT).all(binary)
}

/// The indices of the ones of a segment.
struct Active {
    indices: [u16; SEGMENT],
    count: usize,
}

impl Active {
    fn new() -> Self {
        Self { indices: [0; SEGMENT], count: 0 }
    }

    #[inline(always)]
    fn scan(&mut self, spikes: &[f32]) -> &[u16] {
        self.count = 0;
        for (group, spikes) in spikes.chunks(8).enumerate() {
            // Eight zeros at once are the common case.
            if spikes.iter().fold(0, |bits, spike| bits | spike.to_bits()) == 0 {
                continue;
            }
            for (lane, spike) in spikes.iter().enumerate() {
                self.indices[self.count] = (group * 8 + lane) as u16;
                self.count += usize::from(*spike != 0.0);
            }
        }
        &self.indices[..self.count]
    }
}

/// `out (m, n) = start + lhs (m, k) · rhs (k, n)`, all row-major, `lhs` of zeros and ones.
///
/// # Panics
/// If a slice does not have the length that `shape` asks for.
pub fn product(shape: Shape, lhs: &[f32], rhs: &[f32], start: Start, out: &mut [f32]) {
    let Shape { m, k, n } = shape;
    assert!(lhs.len() == m * k && rhs.len() == k * n && out.len() == m * n, "slices fit {shape:?}");
    if m == 0 || n == 0 {
        return;
    }
    let rows_per_block = m.div_ceil(8);
    parallel::for_each_block(out, rows_per_block * n, m * k * n / 8, |block, out| {
        let mut active = Active::new();
        for (row, out) in out.chunks_exact_mut(n).enumerate() {
            match start {
                Start::Zero => out.fill(0.0),
                Start::Row(bias) => out.copy_from_slice(bias),
                Start::Out => {}
            }
            let lhs = &lhs[(block * rows_per_block + row) * k..][..k];
            for (segment, spikes) in lhs.chunks(SEGMENT).enumerate() {
                let indices = active.scan(spikes);
                if !indices.is_empty() {
                    add_rows(&rhs[segment * SEGMENT * n..], indices, out);
                }
            }
        }
    });
}

/// Adds the rows of `rhs` that `indices` name to `out (n)`, in order.
#[inline(always)]
fn add_rows(rhs: &[f32], indices: &[u16], out: &mut [f32]) {
    let n = out.len();
    let (blocks, tail) = out.as_chunks_mut::<COLUMNS>();
    let done = n - tail.len();
    for (block, out) in blocks.iter_mut().enumerate() {
        let mut sums: [F32x4; COLUMNS / 4] = core::array::from_fn(|lane| F32x4::load(&out[4 * lane..]));
        for &index in indices {
            let row = &rhs[usize::from(index) * n + block * COLUMNS..][..COLUMNS];
            for (lane, sum) in sums.iter_mut().enumerate() {
                *sum = *sum + F32x4::load(&row[4 * lane..]);
            }
        }
        for (lane, sum) in sums.into_iter().enumerate() {
            sum.store(&mut out[4 * lane..]);
        }
    }
    for &index in indices {
        let row = &rhs[usize::from(index) * n + done..][..tail.len()];
        for (value, added) in tail.iter_mut().zip(row) {
            *value += added;
        }
    }
}

/// `out (m, n) = lhsᵀ · rhs`: `lhs (k, m)` of zeros and ones and `rhs (k, n)`, both row-major as
/// stored.
///
/// # Panics
/// If a slice does not have the length that `shape` asks for.
pub fn product_of_transposed(shape: Shape, lhs: &[f32], rhs: &[f32], out: &mut [f32]) {
    let Shape { m, k, n } = shape;
    assert!(lhs.len() == m * k && rhs.len() == k * n && out.len() == m * n, "slices fit {shape:?}");
    if m == 0 || n == 0 {
        return;
    }
    parallel::for_each_block(out, FEATURES * n, m * k * n / 8, |block, out| {
        let mut active = Active::new();
        let features = block * FEATURES..block * FEATURES + out.len() / n;
        out.fill(0.0);
        for (row, added) in rhs.chunks_exact(n).enumerate() {
            for &index in active.scan(&lhs[row * m..][features.clone()]) {
                add(added, &mut out[usize::from(index) * n..][..n]);
            }
        }
    });
}

#[inline(always)]
fn add(x: &[f32], out: &mut [f32]) {
    let (heads, tail) = out.as_chunks_mut::<4>();
    let (added, rest) = x.as_chunks::<4>();
    for (head, added) in heads.iter_mut().zip(added) {
        (F32x4::from_array(head) + F32x4::from_array(added)).store(head);
    }
    for (value, added) in tail.iter_mut().zip(rest) {
        *value += added;
    }
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
        for (m, k, n) in [(1, 1, 1), (3, 5, 7), (4, 300, 32), (9, 784, 37), (33, 70, 100), (5, 0, 3)] {
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
