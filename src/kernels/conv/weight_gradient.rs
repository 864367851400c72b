//! The gradient of a convolution to its weights.
//!
//! `d weight[i, j, c, o] = Σ_(b, y, x) image[b, y·s + i − p, x·s + j − p, c] · dy[b, y, x, o]`.
//! A tile of 4 taps × 8 out channels stays in registers while it runs over the positions.
#![allow(unsafe_code, reason = "reads in the innermost loop, within bounds that are asserted once a line")]

use super::tile::{self, read_row, write_row};
use super::{Conv2d, POSITIONS_PER_ROUND, depthwise, len};
use crate::kernels::lane::{F32x4, Real};
use crate::parallel;

/// Taps given to a thread at a time are a multiple of this, the height of the tallest tile.
const TALLEST: usize = 8;
/// Parts that the taps are split into for threads, at most.
const BLOCKS: usize = 8;

impl Conv2d {
    /// Numbers of scratch space for [`conv2d_weight_gradient`].
    pub fn weight_gradient_workspace_len(self) -> usize {
        if self.is_padded() { len(&[self.batch, self.padded_example()]) } else { 0 }
    }
}

/// `d weights`, from the images and `dy (batch, rows, columns, out channels)`. `workspace` holds
/// [`Conv2d::weight_gradient_workspace_len`] numbers.
///
/// # Panics
/// If a slice does not have the length that `shape` asks for.
pub fn conv2d_weight_gradient(
    shape: Conv2d,
    images: &[f32],
    dy: &[f32],
    d_weights: &mut [f32],
    workspace: &mut [f32],
) {
    assert_eq!(images.len(), shape.input_len(), "the images must be those of {shape:?}");
    assert_eq!(dy.len(), shape.output_len(), "the gradient must be that of the result of {shape:?}");
    assert_eq!(d_weights.len(), shape.weight_len(), "as many gradients as weights in {shape:?}");
    d_weights.fill(0.0);
    if d_weights.is_empty() || dy.is_empty() {
        return;
    }
    let mut padded = images;
    if shape.is_padded() {
        let to = &mut workspace[..shape.weight_gradient_workspace_len()];
        let (from_len, to_len) = (shape.input_example(), shape.padded_example());
        parallel::for_each_block(to, to_len, to.len(), |example, to| {
            shape.pad(&images[example * from_len..][..from_len], to);
        });
        padded = to;
    }
    let taps_per_block = shape.depth().div_ceil(BLOCKS).next_multiple_of(TALLEST);
    let block_len = taps_per_block * shape.out_channels;
    parallel::for_each_block(d_weights, block_len, shape.operations(), |block, d_weights| {
        sum_block(shape, block * taps_per_block, padded, dy, d_weights);
    });
}

/// The gradients of the taps from `first` on, as many as `d_weights` has rows.
fn sum_block(shape: Conv2d, first: usize, padded: &[f32], dy: &[f32], d_weights: &mut [f32]) {
    if shape.is_depthwise() {
        return depthwise::weight_gradient(shape, first, padded, dy, d_weights);
    }
    let [rows, cols] = shape.output();
    let taps = d_weights.len() / shape.out_channels;
    let examples_per_round = POSITIONS_PER_ROUND.div_ceil(rows * cols);
    for example in (0..shape.batch).step_by(examples_per_round) {
        let examples = example..shape.batch.min(example + examples_per_round);
        for group in 0..shape.groups {
            for (column, columns, width) in tile::panels(shape.group_outputs()) {
                let column = group * shape.group_outputs() + column;
                let lines = Lines::new(shape, examples.clone(), column);
                let height = 32 / width;
                for tap in (0..taps).step_by(height) {
                    let inside = height.min(taps - tap);
                    let offset = |tap: usize| shape.tap_offset(group, first + tap);
                    let d_weights = &mut d_weights[tap * shape.out_channels + column..];
                    let place = Place { rows: inside, columns, row_len: shape.out_channels };
                    // Missing taps repeat the last one; their sums are dropped.
                    if width == 8 {
                        let taps: [usize; 4] =
                            core::array::from_fn(|index| offset(tap + index.min(inside - 1)));
                        place.add::<4, 2>(&lines, taps, padded, dy, d_weights);
                    } else {
                        let taps: [usize; 8] =
                            core::array::from_fn(|index| offset(tap + index.min(inside - 1)));
                        place.add::<8, 1>(&lines, taps, padded, dy, d_weights);
                    }
                }
            }
        }
    }
}

impl Conv2d {
    /// Where a tap finds its number, from the corner of the kernel on.
    pub(super) fn tap_offset(self, group: usize, tap: usize) -> usize {
        let (place, channel) = (tap / self.group_inputs(), tap % self.group_inputs());
        let (row, col) = (place / self.window.size[1], place % self.window.size[1]);
        (row * self.padded()[1] + col) * self.in_channels + group * self.group_inputs() + channel
    }
}

/// Part of the gradients of the weights.
struct Place {
    rows: usize,
    columns: usize,
    row_len: usize,
}

impl Place {
    /// Adds the products at all positions to the sums so far.
    #[inline(always)]
    fn add<const TAPS: usize, const VECTORS: usize>(
        &self,
        lines: &Lines,
        taps: [usize; TAPS],
        padded: &[f32],
        dy: &[f32],
        d_weights: &mut [f32],
    ) {
        let mut tile = [[F32x4::splat(0.0); VECTORS]; TAPS];
        for (row, sums) in tile[..self.rows].iter_mut().enumerate() {
            *sums = read_row(&d_weights[row * self.row_len..][..self.columns]);
        }
        tile = lines.accumulate(tile, taps, padded, dy);
        for (row, sums) in tile[..self.rows].iter().enumerate() {
            write_row(*sums, &mut d_weights[row * self.row_len..][..self.columns]);
        }
    }
}

/// Lines of positions of some examples: where they lie in the padded images and in `dy`, from the
/// first column of a tile on.
struct Lines {
    examples: core::ops::Range<usize>,
    column: usize,
    rows: usize,
    cols: usize,
    image: usize,
    image_row: usize,
    image_step: usize,
    dy_step: usize,
}

impl Lines {
    fn new(shape: Conv2d, examples: core::ops::Range<usize>, column: usize) -> Self {
        let [rows, cols] = shape.output();
        Self {
            examples,
            column,
            rows,
            cols,
            image: shape.padded_example(),
            image_row: shape.window.stride[0] * shape.padded()[1] * shape.in_channels,
            image_step: shape.window.stride[1] * shape.in_channels,
            dy_step: shape.out_channels,
        }
    }

    #[inline(always)]
    fn accumulate<const TAPS: usize, const VECTORS: usize>(
        &self,
        mut tile: [[F32x4; VECTORS]; TAPS],
        taps: [usize; TAPS],
        padded: &[f32],
        dy: &[f32],
    ) -> [[F32x4; VECTORS]; TAPS] {
        let positions = self.rows * self.cols;
        for example in self.examples.clone() {
            let lines = taps.map(|tap| &padded[example * self.image + tap..]);
            let dy = &dy[example * positions * self.dy_step + self.column..];
            // The last columns of the tile may read what belongs to the next position: those sums
            // are dropped. Only at the end of `dy` there is no next position.
            let rows = match dy.len().checked_sub(4 * VECTORS) {
                Some(room) if room >= (positions - 1) * self.dy_step => self.rows,
                Some(room) => (room / self.dy_step + 1) / self.cols,
                None => 0,
            };
            tile = self.along(tile, lines, dy, [rows, self.cols]);
            for position in rows * self.cols..positions {
                let dy = &dy[position * self.dy_step..];
                let mut whole = [0.0; 8];
                let inside = dy.len().min(whole.len());
                whole[..inside].copy_from_slice(&dy[..inside]);
                let (row, col) = (position / self.cols, position % self.cols);
                let at = row * self.image_row + col * self.image_step;
                tile = self.along(tile, lines.map(|line| &line[at..]), &whole, [1, 1]);
            }
        }
        tile
    }

    /// Adds the products of so many rows and columns of positions, from the first of `dy` on.
    #[inline(always)]
    fn along<const TAPS: usize, const VECTORS: usize>(
        &self,
        mut tile: [[F32x4; VECTORS]; TAPS],
        lines: [&[f32]; TAPS],
        dy: &[f32],
        [rows, cols]: [usize; 2],
    ) -> [[F32x4; VECTORS]; TAPS] {
        if rows * cols == 0 {
            return tile;
        }
        let reach = (rows - 1) * self.image_row + (cols - 1) * self.image_step;
        assert!(lines.iter().all(|line| reach < line.len()), "the images have all positions");
        let dy_reach = (rows * cols - 1) * self.dy_step + 4 * VECTORS;
        assert!(dy_reach <= dy.len(), "the gradient has all positions");
        let mut dy_at = 0;
        for row in 0..rows {
            let mut at = row * self.image_row;
            for _ in 0..cols {
                let right: [F32x4; VECTORS] = core::array::from_fn(|part| {
                    let from = dy_at + 4 * part;
                    // SAFETY: `dy_at` is at most `rows·cols − 1` steps, within `dy_reach`.
                    F32x4::load(unsafe { dy.get_unchecked(from..from + 4) })
                });
                for (sums, line) in tile.iter_mut().zip(lines) {
                    // SAFETY: `at` is at most `reach`, which lies in each line.
                    let left = F32x4::splat(unsafe { *line.get_unchecked(at) });
                    for (sum, right) in sums.iter_mut().zip(right) {
                        *sum = *sum + left * right;
                    }
                }
                dy_at += self.dy_step;
                at += self.image_step;
            }
        }
        tile
    }
}
