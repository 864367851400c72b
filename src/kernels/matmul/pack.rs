//! Operands laid out as the tiles read them.
//!
//! `rhs` becomes panels of eight columns (a last one of four where that is enough), each with its
//! depth running slowest; a transposed `lhs` becomes panels of four rows. Places of a panel that lie
//! outside the matrix hold any numbers: their results are never stored.
#![allow(unsafe_code, reason = "the pack of a block is on the stack and never filled before")]

use super::super::lane::F32x4;
use super::tile::{PANEL, ROWS, VECTOR};
use super::{Operand, Shape};
use crate::parallel;
use core::ops::Range;

/// The right operand `(k, n)` of a product as it is stored.
#[derive(Clone, Copy)]
pub(super) struct Stored<'a> {
    pub rhs: Operand<'a>,
    pub k: usize,
    pub n: usize,
}

/// A right operand `(k, n)` as the tiles read it, so that several products share the packing.
#[derive(Clone, Copy)]
pub struct PackedRhs<'a> {
    pub(super) panels: &'a [f32],
    pub(super) k: usize,
    pub(super) n: usize,
}

/// Numbers that [`pack_rhs`] needs for a right operand `(k, n)`.
pub fn packed_len(k: usize, n: usize) -> usize {
    k * n.next_multiple_of(VECTOR)
}

/// Columns of the panel that begins at `col`.
pub(super) fn panel_width(n: usize, col: usize) -> usize {
    if n - col > VECTOR { PANEL } else { VECTOR }
}

/// Packs `rhs (k, n)` into `panels`, which hold [`packed_len`] numbers.
///
/// # Panics
/// If a slice does not have the length that `k` and `n` ask for.
pub fn pack_rhs<'a>(k: usize, n: usize, rhs: Operand, panels: &'a mut [f32]) -> PackedRhs<'a> {
    assert_eq!(rhs.data.len(), k * n, "rhs must be k×n = {k}×{n}");
    let panels = &mut panels[..packed_len(k, n)];
    let stored = Stored { rhs, k, n };
    parallel::for_each_block(panels, (PANEL * k).max(1), 2 * k * n, |index, panel| {
        // SAFETY: the block is the panel's own, `k` rows of its width.
        unsafe { stored.pack_panel(0..k, index * PANEL, panel.as_mut_ptr()) };
    });
    PackedRhs { panels, k, n }
}

impl Stored<'_> {
    /// Packs the panel that begins at `col`, some of its depth.
    ///
    /// # Safety
    /// `to` has room for that depth times [`panel_width`] numbers.
    pub(super) unsafe fn pack_panel(self, depth: Range<usize>, col: usize, to: *mut f32) {
        assert!(depth.end <= self.k && col < self.n && self.rhs.data.len() == self.k * self.n);
        // SAFETY: handed on.
        unsafe {
            match (self.rhs.transposed, panel_width(self.n, col)) {
                (false, PANEL) => self.copy::<2>(depth, col, to),
                (false, _) => self.copy::<1>(depth, col, to),
                (true, PANEL) => self.turn::<2>(depth, col, to),
                (true, _) => self.turn::<1>(depth, col, to),
            }
        }
    }

    /// Rows of `rhs` hold rows of the panel.
    unsafe fn copy<const V: usize>(self, depth: Range<usize>, col: usize, mut to: *mut f32) {
        let (n, data) = (self.n, self.rhs.data);
        // Beyond its last column a row may be read as long as another row follows.
        let whole = depth.end.min((data.len() + n - col).saturating_sub(V * VECTOR) / n).max(depth.start);
        // SAFETY: row `p` is read up to `p·n + col + 4·V`, within the matrix for all `p < whole`; the
        // last rows keep to their columns. `to` has room for the depth.
        unsafe {
            let mut from = data.as_ptr().wrapping_add(depth.start * n + col);
            for _ in depth.start..whole {
                for v in 0..V {
                    F32x4::read(from.add(v * VECTOR)).write(to.add(v * VECTOR));
                }
                from = from.wrapping_add(n);
                to = to.add(V * VECTOR);
            }
            for p in whole..depth.end {
                for lane in 0..V * VECTOR {
                    *to.add(lane) = data[p * n + (col + lane).min(n - 1)];
                }
                to = to.add(V * VECTOR);
            }
        }
    }

    /// Rows of the stored `(n, k)` hold columns of the panel: turned in squares of four.
    unsafe fn turn<const V: usize>(self, depth: Range<usize>, col: usize, mut to: *mut f32) {
        let (k, data) = (self.k, self.rhs.data);
        // SAFETY: columns stay below `n`, depths below `k`, and `to` has room for the depth.
        unsafe {
            let column = |at: usize| data.as_ptr().add((col + at).min(self.n - 1) * k + depth.start);
            let mut columns: [[*const f32; VECTOR]; V] =
                core::array::from_fn(|v| core::array::from_fn(|lane| column(v * VECTOR + lane)));
            for _ in 0..depth.len() / VECTOR {
                for (v, columns) in columns.iter_mut().enumerate() {
                    let turned = F32x4::transpose(columns.map(|at| F32x4::read(at)));
                    for (step, row) in turned.into_iter().enumerate() {
                        row.write(to.add((step * V + v) * VECTOR));
                    }
                    *columns = columns.map(|at| at.add(VECTOR));
                }
                to = to.add(VECTOR * V * VECTOR);
            }
            for step in 0..depth.len() % VECTOR {
                for (at, column) in columns.iter().flatten().enumerate() {
                    *to.add(at) = *column.add(step);
                }
                to = to.add(V * VECTOR);
            }
        }
    }
}

/// Numbers that [`pack_lhs`] needs.
pub(super) fn packed_lhs_len(shape: Shape) -> usize {
    shape.k * shape.m.next_multiple_of(ROWS)
}

/// Packs a transposed `lhs`, stored `(k, m)`, into panels of four rows.
pub(super) fn pack_lhs(Shape { m, k, .. }: Shape, lhs: &[f32], panels: &mut [f32]) {
    /// Panels that one line of the cache reaches over.
    const TOGETHER: usize = 4;
    parallel::for_each_block(panels, TOGETHER * ROWS * k, 2 * m * k, |block, panels| {
        for (p, stored) in lhs.chunks_exact(m).enumerate() {
            let stored = &stored[block * TOGETHER * ROWS..];
            let (whole, rest) = stored.as_chunks::<ROWS>();
            for (index, numbers) in whole.iter().take(TOGETHER).enumerate() {
                panels[(index * k + p) * ROWS..][..ROWS].copy_from_slice(numbers);
            }
            if whole.len() < TOGETHER && !rest.is_empty() {
                panels[(whole.len() * k + p) * ROWS..][..rest.len()].copy_from_slice(rest);
            }
        }
    });
}
