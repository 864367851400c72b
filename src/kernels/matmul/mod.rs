//! Matrix products `out (m, n) = start + lhs (m, k) · rhs (k, n)`, either operand transposed.
//!
//! Both operands are packed into panels (4 rows of `lhs`, 8 columns of `rhs`), and a tile of 4×8
//! results stays in registers: eight accumulators, two vectors of `rhs` and one broadcast fit the
//! fifteen vector registers that V8 leaves to SIMD128 (a 6×8 tile spills and halves the speed).
//! Each result sums its products in the order of `k`, starting from `start`, whatever the blocking
//! or the number of threads: bits equal those of the plain triple loop in [`super::reference`].

use super::activation::Activation;
use super::elementwise;
use super::lane::{F32x4, Real};
use crate::parallel;

mod batch;
pub use batch::batch_matmul;

const TILE_ROWS: usize = 4;
const TILE_COLS: usize = 8;
/// Products summed before a tile is put down: a panel of `rhs` is then 16 KiB, half the L1 cache.
const BLOCK_K: usize = 512;

/// A row-major matrix as an operand; `transposed` says that its columns are the logical rows.
#[derive(Clone, Copy)]
pub struct Operand<'a> {
    /// Numbers, row-major as stored.
    pub data: &'a [f32],
    /// Whether the product takes the transpose of what is stored.
    pub transposed: bool,
}

impl<'a> Operand<'a> {
    /// The matrix as it is stored.
    pub fn plain(data: &'a [f32]) -> Self {
        Self { data, transposed: false }
    }

    /// The transpose of what is stored.
    pub fn transposed(data: &'a [f32]) -> Self {
        Self { data, transposed: true }
    }

    /// Distance in memory of neighbours in a logical column and in a logical row.
    pub(super) fn strides(&self, rows: usize, cols: usize) -> (usize, usize) {
        if self.transposed { (1, rows) } else { (cols, 1) }
    }
}

/// What the sums start from.
#[derive(Clone, Copy)]
pub enum Start<'a> {
    /// Zero.
    Zero,
    /// The same row `(n)` everywhere: a bias.
    Row(&'a [f32]),
    /// What `out` holds: the product is added to it.
    Out,
}

/// What is done with each result when its sum is complete, while it is in the cache.
#[derive(Clone, Copy)]
pub enum Finish<'a> {
    /// Nothing.
    None,
    /// `out = f(out)`.
    Activate(Activation),
    /// `out = out · f'`, the slope taken from the saved `(m, n)`; see [`Activation::saves`].
    Gradient(Activation, &'a [f32]),
}

/// Logical sizes of a product: `(m, k) · (k, n)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Rows of `lhs` and of the result.
    pub m: usize,
    /// Columns of `lhs`, rows of `rhs`.
    pub k: usize,
    /// Columns of `rhs` and of the result.
    pub n: usize,
}

impl Shape {
    /// Numbers of scratch space that [`matmul`] and [`matmul_packed`] need.
    pub fn workspace_len(self) -> usize {
        self.k * self.m.next_multiple_of(TILE_ROWS) + packed_len(self.k, self.n)
    }

    /// Numbers of scratch space that [`batch_matmul`] needs for so many groups.
    pub fn batch_workspace_len(self, groups: usize) -> usize {
        groups.min(batch::SHARES) * self.workspace_len()
    }
}

/// A right operand `(k, n)` as the tiles read it, so that several products share the work.
#[derive(Clone, Copy)]
pub struct PackedRhs<'a> {
    panels: &'a [f32],
    k: usize,
    n: usize,
}

/// Numbers that [`pack_rhs`] needs for a right operand `(k, n)`.
pub fn packed_len(k: usize, n: usize) -> usize {
    k * n.next_multiple_of(TILE_COLS)
}

/// Packs `rhs (k, n)` into `panels`, which hold [`packed_len`] numbers.
///
/// # Panics
/// If a slice does not have the length that `k` and `n` ask for.
pub fn pack_rhs<'a>(k: usize, n: usize, rhs: Operand, panels: &'a mut [f32]) -> PackedRhs<'a> {
    assert_eq!(rhs.data.len(), k * n, "rhs must be k×n = {k}×{n}");
    let panels = &mut panels[..packed_len(k, n)];
    if n > 0 {
        let (row_stride, col_stride) = rhs.strides(k, n);
        pack::<TILE_COLS>(rhs.data, (n, k), (col_stride, row_stride), panels);
    }
    PackedRhs { panels, k, n }
}

/// `out = finish(start + lhs · rhs)`, row-major. `workspace` holds [`Shape::workspace_len`] numbers.
///
/// # Panics
/// If a slice does not have the length that `shape` asks for.
pub fn matmul(
    shape: Shape,
    lhs: Operand,
    rhs: Operand,
    start: Start,
    finish: Finish,
    out: &mut [f32],
    workspace: &mut [f32],
) {
    let (panels, workspace) = workspace.split_at_mut(packed_len(shape.k, shape.n));
    let rhs = pack_rhs(shape.k, shape.n, rhs, panels);
    matmul_packed(shape, lhs, rhs, start, finish, out, workspace);
}

/// Like [`matmul`], with a right operand that is packed already.
///
/// # Panics
/// If an operand does not have the size that `shape` asks for.
pub fn matmul_packed(
    shape: Shape,
    lhs: Operand,
    rhs: PackedRhs,
    start: Start,
    finish: Finish,
    out: &mut [f32],
    workspace: &mut [f32],
) {
    let Shape { m, k, n } = shape;
    assert_eq!(lhs.data.len(), m * k, "lhs must be m×k = {m}×{k}");
    assert_eq!((rhs.k, rhs.n), (k, n), "rhs must be k×n");
    assert_eq!(out.len(), m * n, "out must be m×n = {m}×{n}");
    if let Start::Row(bias) = start {
        assert_eq!(bias.len(), n, "the bias must have n = {n} numbers");
    }
    if let Finish::Gradient(_, saved) = finish {
        assert_eq!(saved.len(), m * n, "the saved must be m×n = {m}×{n}");
    }
    if m == 0 || n == 0 {
        return;
    }
    let lhs_panels = &mut workspace[..k * m.next_multiple_of(TILE_ROWS)];
    let (row_stride, col_stride) = lhs.strides(m, k);
    pack::<TILE_ROWS>(lhs.data, (m, k), (row_stride, col_stride), lhs_panels);

    let lhs_panels = &*lhs_panels;
    let rows_per_block = m.div_ceil(8).next_multiple_of(TILE_ROWS);
    parallel::for_each_block(out, rows_per_block * n, 2 * m * k * n, |block, out| {
        let first_panel = block * rows_per_block / TILE_ROWS;
        multiply_rows(&lhs_panels[first_panel * TILE_ROWS * k..], rhs.panels, (k, n), start, out);
        match finish {
            Finish::None => {}
            Finish::Activate(activation) => elementwise::activate_in_place(activation, out),
            Finish::Gradient(activation, saved) => {
                let saved = &saved[block * rows_per_block * n..][..out.len()];
                elementwise::activate_gradient_in_place(activation, saved, out);
            }
        }
    });
}

/// Rearranges `(lanes, depth)` into panels of `WIDTH` lanes, each panel depth-major; missing lanes
/// of the last panel are zero. `strides` are those of a lane and of the depth in `from`.
fn pack<const WIDTH: usize>(
    from: &[f32],
    (lanes, depth): (usize, usize),
    (lane_stride, depth_stride): (usize, usize),
    panels: &mut [f32],
) {
    if depth == 0 {
        return;
    }
    for (index, panel) in panels.chunks_exact_mut(WIDTH * depth).enumerate() {
        let first = index * WIDTH;
        let width = WIDTH.min(lanes - first);
        let (groups, _) = panel.as_chunks_mut::<WIDTH>();
        if width == WIDTH && lane_stride == 1 {
            for (p, group) in groups.iter_mut().enumerate() {
                let at = first + p * depth_stride;
                group.copy_from_slice(&from[at..at + WIDTH]);
            }
        } else if width == WIDTH && depth_stride == 1 {
            let lines: [&[f32]; WIDTH] =
                core::array::from_fn(|lane| &from[(first + lane) * lane_stride..][..depth]);
            for (p, group) in groups.iter_mut().enumerate() {
                *group = core::array::from_fn(|lane| lines[lane][p]);
            }
        } else {
            for (p, group) in groups.iter_mut().enumerate() {
                *group = [0.0; WIDTH];
                for (lane, value) in group[..width].iter_mut().enumerate() {
                    *value = from[(first + lane) * lane_stride + p * depth_stride];
                }
            }
        }
    }
}

type Tile = [[F32x4; 2]; TILE_ROWS];

/// The rows of `out` whose `lhs` panels begin `lhs_panels`.
fn multiply_rows(
    lhs_panels: &[f32],
    rhs_panels: &[f32],
    (k, n): (usize, usize),
    start: Start,
    out: &mut [f32],
) {
    let rows = out.len() / n;
    let mut from_k = 0;
    loop {
        let to_k = k.min(from_k + BLOCK_K);
        for col in (0..n).step_by(TILE_COLS) {
            let panel = &rhs_panels[col * k..][..TILE_COLS * k];
            let rhs = &panel[from_k * TILE_COLS..to_k * TILE_COLS];
            let cols = TILE_COLS.min(n - col);
            for row in (0..rows).step_by(TILE_ROWS) {
                let lhs = &lhs_panels[row * k..][from_k * TILE_ROWS..to_k * TILE_ROWS];
                let tile_rows = TILE_ROWS.min(rows - row);
                let at = TileAt { row, rows: tile_rows, col, cols, n };
                let tile = if from_k == 0 { at.start(start, out) } else { at.load(out) };
                at.store(accumulate(lhs, rhs, tile), out);
            }
        }
        from_k = to_k;
        if from_k >= k {
            return;
        }
    }
}

/// Adds the products of one panel pair to a tile, in the order of `k`.
#[inline(always)]
fn accumulate(lhs: &[f32], rhs: &[f32], mut tile: Tile) -> Tile {
    let (lhs, _) = lhs.as_chunks::<TILE_ROWS>();
    let (rhs, _) = rhs.as_chunks::<TILE_COLS>();
    for (column, row) in lhs.iter().zip(rhs) {
        let right = [F32x4::load(&row[..4]), F32x4::load(&row[4..])];
        for (sums, &left) in tile.iter_mut().zip(column) {
            let left = F32x4::splat(left);
            sums[0] = sums[0] + left * right[0];
            sums[1] = sums[1] + left * right[1];
        }
    }
    tile
}

/// Where a tile lies in a result of `n` columns, and how much of it is inside.
struct TileAt {
    row: usize,
    rows: usize,
    col: usize,
    cols: usize,
    n: usize,
}

impl TileAt {
    fn start(&self, start: Start, out: &[f32]) -> Tile {
        let row = match start {
            Start::Out => return self.load(out),
            Start::Zero => [F32x4::splat(0.0); 2],
            Start::Row(bias) => read_row(&bias[self.col..][..self.cols]),
        };
        [row; TILE_ROWS]
    }

    fn load(&self, out: &[f32]) -> Tile {
        let mut tile = [[F32x4::splat(0.0); 2]; TILE_ROWS];
        for (index, row) in tile[..self.rows].iter_mut().enumerate() {
            *row = read_row(&out[(self.row + index) * self.n + self.col..][..self.cols]);
        }
        tile
    }

    #[inline(always)]
    fn store(&self, tile: Tile, out: &mut [f32]) {
        for (index, [low, high]) in tile[..self.rows].iter().enumerate() {
            let to = &mut out[(self.row + index) * self.n + self.col..][..self.cols];
            if let Some(to) = to.first_chunk_mut::<TILE_COLS>() {
                low.store(&mut to[..4]);
                high.store(&mut to[4..]);
            } else {
                let mut whole = [0.0; TILE_COLS];
                low.store(&mut whole[..4]);
                high.store(&mut whole[4..]);
                to.copy_from_slice(&whole[..self.cols]);
            }
        }
    }
}

/// Up to eight neighbouring numbers; those missing are zero.
#[inline(always)]
fn read_row(from: &[f32]) -> [F32x4; 2] {
    let mut whole = [0.0; TILE_COLS];
    whole[..from.len()].copy_from_slice(from);
    [F32x4::load(&whole[..4]), F32x4::load(&whole[4..])]
}

#[cfg(test)]
mod tests;
