//! Which part of a product is computed when, by whom, and what is packed for it.
#![allow(unsafe_code, reason = "threads write parts of the result that are no slices: rectangles of it")]

use super::super::elementwise;
use super::pack::{PackedRhs, Stored, pack_lhs, packed_lhs_len, panel_width};
use super::tile::{Begin, Left, PANEL, ROWS, Right, Target, VECTOR, panel, tile, turned_tile};
use super::{Finish, Operand, Shape, Start};
use crate::parallel;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ops::Range;

/// Products summed before a tile is put down: its panel then takes a quarter of an L1 cache.
const DEPTH: usize = 256;
/// Panels packed together, so that each line of the cache is read once.
const TOGETHER: usize = 2;
/// Rows that use a panel before the next is packed: with [`DEPTH`] they stay in an L2 cache.
const BLOCK_ROWS: usize = 256;
/// Up to here all of `rhs` is in the L1 cache, and strides do no harm.
const SMALL: usize = 4096;
/// Parts that a product is split into for threads.
const PARTS: usize = 8;

/// Panels of a part of `rhs`.
type Scratch = MaybeUninit<[f32; DEPTH * TOGETHER * PANEL]>;

/// A right operand.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    Stored(Stored<'a>),
    Packed(PackedRhs<'a>),
}

/// How the tiles get at `rhs`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// It is packed already.
    Packed,
    /// Where it lies, its rows a stride apart.
    Direct,
    /// Where it lies, turned in registers.
    Turned,
    /// Panel by panel, just before use.
    Pack,
}

/// Whether a transposed `lhs` is packed: when it is used often and would not stay in the L1 cache,
/// because it is large or its columns are a power of two apart.
pub(super) fn packs_transposed_lhs(Shape { m, k, n }: Shape) -> bool {
    n > 2 * PANEL && m >= ROWS && m * k > SMALL && (k > 128 || m.is_multiple_of(256))
}

/// A product that is being computed.
pub(super) struct Product<'a> {
    shape: Shape,
    lhs: Operand<'a>,
    left: Left,
    source: Source<'a>,
    way: Way,
    begin: Begin,
    finish: Finish<'a>,
    out: *mut f32,
    borrowed: PhantomData<(&'a mut [f32], &'a [f32])>,
}

// SAFETY: threads compute parts of `out` that do not overlap, and only read everything else.
unsafe impl Sync for Product<'_> {}

impl<'a> Product<'a> {
    pub(super) fn new(
        mut shape: Shape,
        mut lhs: Operand<'a>,
        mut source: Source<'a>,
        start: Start<'a>,
        finish: Finish<'a>,
        out: &'a mut [f32],
    ) -> Self {
        let Shape { m, k, n } = shape;
        assert_eq!(lhs.data.len(), m * k, "lhs must be m×k = {m}×{k}");
        assert_eq!(out.len(), m * n, "out must be m×n = {m}×{n}");
        if let Finish::Gradient(_, saved) = finish {
            assert_eq!(saved.len(), m * n, "what is saved must be m×n = {m}×{n}");
        }
        let mut begin = match start {
            Start::Zero => Begin::Every(0.0),
            Start::Row(bias) => {
                assert_eq!(bias.len(), n, "the bias must have n = {n} numbers");
                Begin::Row(bias.as_ptr())
            }
            Start::Out => Begin::Out,
        };
        if let (1, Source::Stored(stored)) = (n, source) {
            // One column is one row: products commute, and a row fills vectors.
            if let Start::Row(bias) = start {
                begin = Begin::Every(bias[0]);
            }
            let rhs = Operand { data: lhs.data, transposed: !lhs.transposed };
            lhs = Operand::plain(stored.rhs.data);
            source = Source::Stored(Stored { rhs, k, n: m });
            shape = Shape { m: 1, k, n: m };
        }
        let way = match source {
            Source::Packed(_) => Way::Packed,
            Source::Stored(stored) => way(shape, stored.rhs.transposed),
        };
        let (row_stride, depth_stride) = lhs.strides(shape.m, shape.k);
        // A single row is row-major whatever it says.
        let depth_stride = if shape.m == 1 { 1 } else { depth_stride };
        let left = Left { at: lhs.data.as_ptr(), row_stride, depth_stride };
        Self { shape, lhs, left, source, way, begin, finish, out: out.as_mut_ptr(), borrowed: PhantomData }
    }

    pub(super) fn compute(mut self, workspace: &mut [f32]) {
        let Shape { m, k, n } = self.shape;
        if m == 0 || n == 0 {
            return;
        }
        if self.lhs.transposed && packs_transposed_lhs(self.shape) {
            let panels = &mut workspace[..packed_lhs_len(self.shape)];
            pack_lhs(self.shape, self.lhs.data, panels);
            // Four rows make a panel of `4·k` numbers: `k` from row to row, if one counts in fours.
            self.left = Left { at: panels.as_ptr(), row_stride: k, depth_stride: ROWS };
        }
        let operations = (2 * m).saturating_mul(k).saturating_mul(n);
        if !parallel::pays(operations) {
            return self.rows(0..m, 0..n);
        }
        // Columns are shared where there are many: then each panel of `rhs` is packed by one thread.
        let (rows, cols) = if n >= PARTS * TOGETHER * PANEL {
            (m, n.div_ceil(PARTS).next_multiple_of(TOGETHER * PANEL))
        } else {
            (m.div_ceil(PARTS).next_multiple_of(ROWS), n)
        };
        let across = n.div_ceil(cols);
        parallel::for_each(m.div_ceil(rows) * across, operations, |part| {
            let (row, col) = (part / across * rows, part % across * cols);
            self.rows(row..m.min(row + rows), col..n.min(col + cols));
        });
    }

    fn rows(&self, rows: Range<usize>, cols: Range<usize>) {
        for row in rows.clone().step_by(BLOCK_ROWS) {
            self.block(row..rows.end.min(row + BLOCK_ROWS), cols.clone());
        }
    }

    /// A part of the result, beginning at a multiple of four rows and of a panel's columns.
    fn block(&self, rows: Range<usize>, cols: Range<usize>) {
        let k = self.shape.k;
        let passes = k.div_ceil(DEPTH).max(1);
        let depth = if self.way == Way::Turned { k } else { k.div_ceil(passes) };
        let mut scratch = Scratch::uninit();
        let mut from = 0;
        loop {
            let to = k.min(from + depth);
            self.pass([rows.clone(), cols.clone(), from..to], &mut scratch);
            from = to;
            if from == k {
                break;
            }
        }
        self.finish(rows, cols);
    }

    /// Adds the products of some depth.
    fn pass(&self, [rows, cols, depth]: [Range<usize>; 3], scratch: &mut Scratch) {
        let Shape { n, .. } = self.shape;
        // SAFETY: rows, columns and depth lie inside the shape, by which all slices were checked, and
        // no other thread has these rows and columns.
        unsafe {
            let left = Left {
                at: self
                    .left
                    .at
                    .add(rows.start * self.left.row_stride + depth.start * self.left.depth_stride),
                ..self.left
            };
            let target = |col: usize, width: usize| Target {
                at: self.out.add(rows.start * n + col),
                row_stride: n,
                cols: width.min(n - col),
                begin: match self.begin {
                    _ if depth.start > 0 => Begin::Out,
                    Begin::Row(row) => Begin::Row(row.add(col)),
                    other => other,
                },
            };
            let mut col = cols.start;
            while col < cols.end {
                col += match (self.way, self.source) {
                    (Way::Packed, Source::Packed(packed)) => {
                        let width = panel_width(n, col);
                        let at = packed.panels.as_ptr().add(col * packed.k + depth.start * width);
                        let right = Right { at, depth_stride: width };
                        any_panel(rows.len(), depth.len(), left, right, target(col, width));
                        width
                    }
                    (Way::Direct, Source::Stored(stored)) if n - col >= VECTOR => {
                        let at = stored.rhs.data.as_ptr().add(depth.start * n + col);
                        let right = Right { at, depth_stride: n };
                        direct(
                            rows.len(),
                            depth.len(),
                            left,
                            right,
                            |width| target(col, width),
                            cols.end - col,
                        )
                    }
                    (Way::Turned, Source::Stored(stored)) => {
                        let at = stored.rhs.data.as_ptr().add(col * stored.k + depth.start);
                        let right = Right { at, depth_stride: stored.k };
                        turned(rows.len(), depth.len(), left, right, |width| target(col, width))
                    }
                    (_, Source::Stored(stored)) => {
                        let end = cols.end.min(col + TOGETHER * PANEL);
                        let panels: *mut f32 = scratch.as_mut_ptr().cast();
                        for at in (col..end).step_by(PANEL) {
                            let to = panels.add((at - col) * depth.len());
                            stored.pack_panel(depth.clone(), at, to);
                        }
                        for at in (col..end).step_by(PANEL) {
                            let width = panel_width(n, at);
                            let right =
                                Right { at: panels.add((at - col) * depth.len()), depth_stride: width };
                            any_panel(rows.len(), depth.len(), left, right, target(at, width));
                        }
                        end - col
                    }
                    (_, Source::Packed(_)) => unreachable!("a packed operand is read as such"),
                };
            }
        }
    }

    fn finish(&self, rows: Range<usize>, cols: Range<usize>) {
        if matches!(self.finish, Finish::None) {
            return;
        }
        let n = self.shape.n;
        // Whole rows are one piece.
        let whole = cols.len() == n;
        let (pieces, len) = if whole { (1, rows.len() * n) } else { (rows.len(), cols.len()) };
        for piece in 0..pieces {
            let at = (rows.start + piece) * n + cols.start;
            // SAFETY: the piece lies inside the rows and columns that are ours.
            let out = unsafe { core::slice::from_raw_parts_mut(self.out.add(at), len) };
            match self.finish {
                Finish::None => {}
                Finish::Activate(activation) => elementwise::activate_in_place(activation, out),
                Finish::Gradient(activation, saved) => {
                    elementwise::activate_gradient_in_place(activation, &saved[at..at + len], out);
                }
            }
        }
    }
}

fn way(Shape { m, k, n }: Shape, transposed: bool) -> Way {
    match transposed {
        true if m < ROWS => Way::Turned,
        // Rows of one panel are one panel, and what few rows use or the cache holds needs no packing.
        false if m < ROWS || n == PANEL || n == VECTOR => Way::Direct,
        false if n.is_multiple_of(PANEL) && (k * n <= SMALL || m == ROWS) => Way::Direct,
        _ => Way::Pack,
    }
}

/// # Safety
/// As for [`panel`].
unsafe fn any_panel(rows: usize, depth: usize, left: Left, right: Right, target: Target) {
    // SAFETY: handed on.
    unsafe {
        if right.depth_stride == PANEL {
            panel::<2>(rows, depth, left, right, target);
        } else {
            panel::<1>(rows, depth, left, right, target);
        }
    }
}

/// The widest tiles of a `rhs` that lies as it is stored, of at least four columns; gives their
/// width.
///
/// # Safety
/// As for [`panel`].
#[inline(always)]
unsafe fn direct(
    rows: usize,
    depth: usize,
    left: Left,
    right: Right,
    target: impl Fn(usize) -> Target,
    cols: usize,
) -> usize {
    // SAFETY: handed on; no tile is wider than `cols`.
    unsafe {
        match (rows, cols) {
            (1, 32..) => {
                tile::<1, 8>(depth, left, right, target(32));
                32
            }
            (2, 16..) => {
                tile::<2, 4>(depth, left, right, target(16));
                16
            }
            (_, PANEL..) => {
                panel::<2>(rows, depth, left, right, target(PANEL));
                PANEL
            }
            _ => {
                panel::<1>(rows, depth, left, right, target(VECTOR));
                VECTOR
            }
        }
    }
}

/// Tiles of a transposed `rhs` for fewer than four rows; gives their width.
///
/// # Safety
/// As for [`turned_tile`].
unsafe fn turned(
    rows: usize,
    depth: usize,
    left: Left,
    right: Right,
    target: impl Fn(usize) -> Target,
) -> usize {
    // SAFETY: handed on.
    unsafe {
        match rows {
            1 => {
                turned_tile::<1, 4>(depth, left, right, target(4 * VECTOR));
                4 * VECTOR
            }
            2 => {
                turned_tile::<2, 2>(depth, left, right, target(2 * VECTOR));
                2 * VECTOR
            }
            _ => {
                turned_tile::<3, 2>(depth, left, right, target(2 * VECTOR));
                2 * VECTOR
            }
        }
    }
}
