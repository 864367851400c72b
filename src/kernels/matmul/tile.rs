//! Tiles: a few rows by a few vectors of results that stay in registers while `k` runs.
//!
//! V8 leaves fifteen vector registers to SIMD128. A tile of 4×8 takes eight for its sums, two for
//! `rhs` and one for the number of `lhs` that is spread over the lanes; 6×8 spills and halves the
//! speed. Fewer rows take more columns, so that there are always sums enough to hide the latency of
//! an addition. `lhs` is read where it lies: a load that spreads costs no more from a row than from a
//! packed panel.
//!
//! The loops are written in the order in which V8 should run them: a step loads `rhs`, then a number
//! of `lhs` is loaded and used up before the next. For wasm the build tells LLVM to keep that order
//! and those addresses (`xtask/src/wasm.rs`): left to itself it weaves a step's loads together, more
//! than the registers hold, and the tile of 4×8 falls from 94 to 88 % of the ceiling.
#![allow(unsafe_code, reason = "pointers that step by a stride: slices would check bounds at each product")]

use super::super::lane::{F32x4, Real};

/// Rows of the largest tile.
pub(super) const ROWS: usize = 4;
/// Columns of the largest tile of four rows, and of a packed panel of `rhs`.
pub(super) const PANEL: usize = 8;
/// Columns of one vector, and of a panel that is at most that wide.
pub(super) const VECTOR: usize = F32x4::LANES;

/// `lhs` from some row and depth on: numbers between neighbours in a column and in a row.
#[derive(Clone, Copy)]
pub(super) struct Left {
    pub at: *const f32,
    pub row_stride: usize,
    pub depth_stride: usize,
}

/// `rhs` from some depth and column on; columns lie side by side.
#[derive(Clone, Copy)]
pub(super) struct Right {
    pub at: *const f32,
    pub depth_stride: usize,
}

/// What the sums of a tile begin with.
#[derive(Clone, Copy)]
pub(super) enum Begin {
    /// This number.
    Every(f32),
    /// A row, from the tile's first column on.
    Row(*const f32),
    /// What the result holds.
    Out,
}

/// Where results go: from some row and column of `out` on, `cols` columns of it.
#[derive(Clone, Copy)]
pub(super) struct Target {
    pub at: *mut f32,
    pub row_stride: usize,
    pub cols: usize,
    pub begin: Begin,
}

type Tile<const R: usize, const V: usize> = [[F32x4; V]; R];

/// `rows` rows by one panel of `V` vectors, four rows at a time.
///
/// # Safety
/// `left` has `rows` rows and `depth` columns, `right` `depth` rows of `4·V` numbers, `target` `rows`
/// rows of `cols ≤ 4·V` numbers that nobody else touches.
pub(super) unsafe fn panel<const V: usize>(
    rows: usize,
    depth: usize,
    mut left: Left,
    right: Right,
    mut target: Target,
) {
    // SAFETY: whole tiles and the rest make `rows` rows together.
    unsafe {
        for _ in 0..rows / ROWS {
            tile::<ROWS, V>(depth, left, right, target);
            left.at = left.at.wrapping_add(ROWS * left.row_stride);
            target.at = target.at.wrapping_add(ROWS * target.row_stride);
        }
        match rows % ROWS {
            1 => tile::<1, V>(depth, left, right, target),
            2 => tile::<2, V>(depth, left, right, target),
            3 => tile::<3, V>(depth, left, right, target),
            _ => {}
        }
    }
}

/// One tile of `R` rows and `V` vectors.
///
/// # Safety
/// As for [`panel`], with `R` rows.
#[inline(always)]
pub(super) unsafe fn tile<const R: usize, const V: usize>(
    depth: usize,
    left: Left,
    right: Right,
    target: Target,
) {
    // SAFETY: handed on.
    unsafe {
        let mut tile = target.begin::<R, V>();
        if left.depth_stride == 1 {
            rows_apart(&mut tile, depth, left, right);
        } else {
            rows_side_by_side(&mut tile, depth, left, right);
        }
        target.store(tile);
    }
}

/// Adds the products of a row-major `lhs`.
///
/// One row does little in a step: four steps together are 10 % faster. With more rows they gain
/// nothing.
#[inline(always)]
unsafe fn rows_apart<const R: usize, const V: usize>(
    tile: &mut Tile<R, V>,
    depth: usize,
    left: Left,
    right: Right,
) {
    // SAFETY: the pointers move over `depth` columns of `R` rows and `depth` rows of `V` vectors.
    unsafe {
        let mut lefts: [*const f32; R] = core::array::from_fn(|row| left.at.add(row * left.row_stride));
        let (mut right_at, right_step) = (right.at, right.depth_stride * size_of::<f32>());
        let group = const { if R == 1 { 4 } else { 1 } };
        for _ in 0..depth / group {
            for step in 0..group {
                add_products(tile, |row| *lefts[row].add(step), right_at);
                right_at = right_at.wrapping_byte_add(right_step);
            }
            for left_at in &mut lefts {
                *left_at = left_at.wrapping_add(group);
            }
        }
        for step in 0..depth % group {
            add_products(tile, |row| *lefts[row].add(step), right_at);
            right_at = right_at.wrapping_byte_add(right_step);
        }
    }
}

/// Adds the products of a transposed or packed `lhs`: the numbers of a column are neighbours.
#[inline(always)]
unsafe fn rows_side_by_side<const R: usize, const V: usize>(
    tile: &mut Tile<R, V>,
    depth: usize,
    left: Left,
    right: Right,
) {
    // SAFETY: the pointers move over `depth` columns of `R` rows and `depth` rows of `V` vectors.
    unsafe {
        let (mut left_at, left_step) = (left.at, left.depth_stride * size_of::<f32>());
        let (mut right_at, right_step) = (right.at, right.depth_stride * size_of::<f32>());
        for _ in 0..depth {
            add_products(tile, |row| *left_at.add(row), right_at);
            left_at = left_at.wrapping_byte_add(left_step);
            right_at = right_at.wrapping_byte_add(right_step);
        }
    }
}

#[inline(always)]
unsafe fn add_products<const R: usize, const V: usize>(
    tile: &mut Tile<R, V>,
    left: impl Fn(usize) -> f32,
    right: *const f32,
) {
    // SAFETY: `right` is followed by `V` vectors.
    let right: [F32x4; V] = core::array::from_fn(|v| unsafe { F32x4::read(right.add(v * VECTOR)) });
    for (row, sums) in tile.iter_mut().enumerate() {
        let left = F32x4::splat(left(row));
        for (sum, right) in sums.iter_mut().zip(right) {
            *sum = *sum + left * right;
        }
    }
}

/// One row of `lhs` by `4·V` columns of a transposed `rhs`, which is turned in registers: what is
/// read once is not worth packing. Columns past `target.cols` repeat the last one.
///
/// # Safety
/// As for [`tile`]; `right` is stored column by column, each of `depth` numbers, `right.depth_stride`
/// apart.
#[inline(always)]
pub(super) unsafe fn turned_tile<const R: usize, const V: usize>(
    depth: usize,
    left: Left,
    right: Right,
    target: Target,
) {
    // SAFETY: columns stay below `target.cols`, depths below `depth`.
    unsafe {
        let column = |at: usize| right.at.add(at.min(target.cols - 1) * right.depth_stride);
        let mut columns: [[*const f32; VECTOR]; V] =
            core::array::from_fn(|v| core::array::from_fn(|lane| column(v * VECTOR + lane)));
        let mut tile = target.begin::<R, V>();
        let mut left_at = left.at;
        for _ in 0..depth / VECTOR {
            for (v, columns) in columns.iter_mut().enumerate() {
                let turned = F32x4::transpose(columns.map(|at| F32x4::read(at)));
                for (step, right) in turned.into_iter().enumerate() {
                    for (row, sums) in tile.iter_mut().enumerate() {
                        let left = *left_at.add(row * left.row_stride + step * left.depth_stride);
                        sums[v] = sums[v] + F32x4::splat(left) * right;
                    }
                }
                *columns = columns.map(|at| at.add(VECTOR));
            }
            left_at = left_at.wrapping_add(VECTOR * left.depth_stride);
        }
        for step in 0..depth % VECTOR {
            for (v, columns) in columns.iter().enumerate() {
                let right = F32x4::from_array(&columns.map(|at| *at.add(step)));
                for (row, sums) in tile.iter_mut().enumerate() {
                    let left = *left_at.add(row * left.row_stride);
                    sums[v] = sums[v] + F32x4::splat(left) * right;
                }
            }
            left_at = left_at.wrapping_add(left.depth_stride);
        }
        target.store(tile);
    }
}

impl Target {
    #[inline(always)]
    unsafe fn begin<const R: usize, const V: usize>(self) -> Tile<R, V> {
        // SAFETY: `read_row` keeps to `cols` numbers of each of the `R` rows.
        unsafe {
            match self.begin {
                Begin::Every(number) => [[F32x4::splat(number); V]; R],
                Begin::Row(row) => [self.read_row(row); R],
                Begin::Out => core::array::from_fn(|row| self.read_row(self.at.add(row * self.row_stride))),
            }
        }
    }

    #[inline(always)]
    unsafe fn store<const R: usize, const V: usize>(self, tile: Tile<R, V>) {
        for (row, sums) in tile.into_iter().enumerate() {
            // SAFETY: `R` rows of `cols` numbers are ours.
            unsafe {
                let to = self.at.add(row * self.row_stride);
                for (v, sum) in sums.into_iter().enumerate() {
                    if self.cols >= (v + 1) * VECTOR {
                        sum.write(to.add(v * VECTOR));
                    } else {
                        for lane in v * VECTOR..self.cols {
                            *to.add(lane) = sum.to_array()[lane - v * VECTOR];
                        }
                    }
                }
            }
        }
    }

    /// `cols` numbers; those missing are zero.
    #[inline(always)]
    unsafe fn read_row<const V: usize>(self, from: *const f32) -> [F32x4; V] {
        core::array::from_fn(|v| {
            if self.cols >= (v + 1) * VECTOR {
                // SAFETY: a whole vector lies below `cols`.
                return unsafe { F32x4::read(from.add(v * VECTOR)) };
            }
            let mut lanes = [0.0; VECTOR];
            for lane in v * VECTOR..self.cols {
                // SAFETY: below `cols`.
                lanes[lane - v * VECTOR] = unsafe { *from.add(lane) };
            }
            F32x4::from_array(&lanes)
        })
    }
}
