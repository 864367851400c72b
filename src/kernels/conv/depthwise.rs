//! Convolutions of each channel by itself: as many groups as channels, one map each (Sifre 2014; Chollet
//! 2017, CVPR). A tile of [`super::tile`] has nothing to share there, one channel into one map; here a lane
//! is a channel, and a tile is 4 positions × 8 channels. The sums have the same order.

use super::tile::{Pass, Position, Walk};
use super::{Conv2d, POSITIONS_PER_ROUND, len};
use crate::kernels::each::{padded, put};
use crate::kernels::lane::{F32x4, Real};

/// Positions of a tile.
const POSITIONS: usize = 4;
/// Vectors of channels of a tile.
const VECTORS: usize = 2;
/// Channels of a tile.
const WIDE: usize = 4 * VECTORS;
/// Taps whose gradients are summed at the same time.
const TAPS: usize = 3;

impl Conv2d {
    /// Whether each channel has a kernel and a map of its own.
    pub(super) fn is_depthwise(self) -> bool {
        self.groups > 1 && self.groups == self.in_channels && self.groups == self.out_channels
    }
}

/// As many channels as there are, up to [`WIDE`].
#[inline(always)]
fn read(from: &[f32]) -> [F32x4; VECTORS] {
    match from.first_chunk::<WIDE>() {
        Some(from) => core::array::from_fn(|part| F32x4::load(&from[4 * part..])),
        None => core::array::from_fn(|part| padded(from.get(4 * part..).unwrap_or_default())),
    }
}

#[inline(always)]
fn write(row: [F32x4; VECTORS], to: &mut [f32]) {
    for (vector, to) in row.into_iter().zip(to.chunks_mut(4)) {
        put(vector, to);
    }
}

/// Runs a pass of one channel and one column a group; weights are `(taps, groups)`.
pub(super) fn run(
    pass: &Pass,
    examples: usize,
    from: &[f32],
    weights: &[f32],
    bias: Option<&[f32]>,
    out: &mut [f32],
) {
    let mut grid = pass.grid;
    grid.example.count = examples;
    let (mut walk, mut left) = (Walk::new(grid), examples * grid.row.count * grid.col.count);
    while left > 0 {
        let inside = left.min(POSITIONS);
        left -= inside;
        let mut positions = [walk.next(); POSITIONS];
        for index in 1..POSITIONS {
            // Missing positions repeat the last one; their results are dropped.
            positions[index] = if index < inside { walk.next() } else { positions[index - 1] };
        }
        for first in (0..pass.groups).step_by(WIDE) {
            let count = WIDE.min(pass.groups - first);
            // A width that is known lets the loops of a whole tile stay without branches.
            let tile = if count == WIDE {
                accumulate(pass, positions, (first, WIDE), from, weights, bias)
            } else {
                accumulate(pass, positions, (first, count), from, weights, bias)
            };
            for (position, row) in positions[..inside].iter().zip(tile) {
                write(row, &mut out[position.to + first..][..count]);
            }
        }
    }
}

#[inline(always)]
fn accumulate(
    pass: &Pass,
    positions: [Position; POSITIONS],
    (first, count): (usize, usize),
    from: &[f32],
    weights: &[f32],
    bias: Option<&[f32]>,
) -> [[F32x4; VECTORS]; POSITIONS] {
    let start = bias.map_or([F32x4::splat(0.0); VECTORS], |bias| read(&bias[first..][..count]));
    let mut tile = [start; POSITIONS];
    let mut weights = weights.chunks_exact(pass.groups);
    for row in 0..pass.taps[0] {
        for (col, weights) in (0..pass.taps[1]).zip(&mut weights) {
            let weights = read(&weights[first..][..count]);
            let tap = row * pass.row + col * pass.col + first;
            for (sums, position) in tile.iter_mut().zip(positions) {
                let numbers = read(&from[position.from + tap..][..count]);
                for ((sum, number), weight) in sums.iter_mut().zip(numbers).zip(weights) {
                    *sum = *sum + number * weight;
                }
            }
        }
    }
    tile
}

/// The gradients of the taps from `first` on, as many as `d_weights` has rows, from images with their
/// border and `dy`.
pub(super) fn weight_gradient(
    shape: Conv2d,
    first: usize,
    images: &[f32],
    dy: &[f32],
    d_weights: &mut [f32],
) {
    let channels = shape.groups;
    let taps = d_weights.len() / channels;
    let positions = len(&shape.output());
    let round = POSITIONS_PER_ROUND.div_ceil(positions).max(1);
    for example in (0..shape.batch).step_by(round) {
        let examples = example..shape.batch.min(example + round);
        for channel in (0..channels).step_by(WIDE) {
            let count = WIDE.min(channels - channel);
            for tap in (0..taps).step_by(TAPS) {
                let inside = TAPS.min(taps - tap);
                let d_weights = &mut d_weights[tap * channels + channel..];
                // Missing taps repeat the last one; their sums are dropped.
                let offsets: [usize; TAPS] = core::array::from_fn(|index| {
                    shape.tap_offset(0, first + tap + index.min(inside - 1)) + channel
                });
                let mut sums = [[F32x4::splat(0.0); VECTORS]; TAPS];
                for (index, sums) in sums[..inside].iter_mut().enumerate() {
                    *sums = read(&d_weights[index * channels..][..count]);
                }
                let dy = &dy[channel..];
                let sums = if count == WIDE {
                    sum_taps(shape, examples.clone(), (offsets, WIDE), images, dy, sums)
                } else {
                    sum_taps(shape, examples.clone(), (offsets, count), images, dy, sums)
                };
                for (index, sums) in sums[..inside].iter().enumerate() {
                    write(*sums, &mut d_weights[index * channels..][..count]);
                }
            }
        }
    }
}

#[inline(always)]
fn sum_taps(
    shape: Conv2d,
    examples: core::ops::Range<usize>,
    (offsets, count): ([usize; TAPS], usize),
    images: &[f32],
    dy: &[f32],
    mut sums: [[F32x4; VECTORS]; TAPS],
) -> [[F32x4; VECTORS]; TAPS] {
    let [rows, cols] = shape.output();
    let [row_stride, col_stride] = shape.window.stride;
    let line = row_stride * shape.padded()[1] * shape.in_channels;
    for example in examples {
        let image = example * shape.padded_example();
        for row in 0..rows {
            let mut at = image + row * line;
            let mut dy_at = (example * rows + row) * cols * shape.out_channels;
            for _ in 0..cols {
                let right = read(&dy[dy_at..][..count]);
                for (sums, offset) in sums.iter_mut().zip(offsets) {
                    let left = read(&images[at + offset..][..count]);
                    for ((sum, left), right) in sums.iter_mut().zip(left).zip(right) {
                        *sum = *sum + left * right;
                    }
                }
                dy_at += shape.out_channels;
                at += col_stride * shape.in_channels;
            }
        }
    }
    sums
}
