//! Convolution of images with learned kernels, as cross-correlation:
//!
//! `out[b, y, x, o] = bias[o] + Σ_(i, j, c) image[b, y·s + i − p, x·s + j − p, c] · weight[i, j, c, o]`.
//!
//! Images are `(batch, height, width, channels)`, weights `(kernel rows, kernel columns,
//! in channels / groups, out channels)`. The padding is zeros, which are multiplied like any other
//! number: next to a border an infinite weight gives NaN (in the gradient to the images, it may).
//!
//! Nothing is unrolled into columns (im2col). With the channels innermost, all that one row of a
//! kernel covers is contiguous, so the 4×8 register tile of [`super::matmul`] (4 positions × 8 out
//! channels) reads straight from a padded copy of the image ([`tile`]). The gradient to the images
//! is the same tile over the gradient of the output; the gradient to the weights is a tile of 4 taps
//! × 8 out channels that runs over all positions. The gradient to a bias is
//! [`super::reduce::sum_rows`].
//!
//! Where each channel has a kernel of its own, lanes are channels ([`depthwise`]).
//!
//! Every sum has one order, whatever the blocking or the number of threads: `(i, j, c)` for an
//! output, `(row, column, out channel)` of the output for an image, `(example, row, column)` for a
//! weight.

mod depthwise;
mod input_gradient;
mod tile;
mod weight_gradient;

pub use input_gradient::conv2d_input_gradient;
pub use weight_gradient::conv2d_weight_gradient;

use super::window::Window;
use crate::parallel;
use tile::{Axis, Grid, Pass};

/// Parts that a batch is split into for threads.
const BLOCKS: usize = 16;
/// Positions that tiles run over before the next images are fetched, at least.
const POSITIONS_PER_ROUND: usize = 128;

/// How many numbers have these sizes, or the largest number: sizes are judged before there is memory.
fn len(sizes: &[usize]) -> usize {
    sizes.iter().fold(1, |len: usize, &size| len.saturating_mul(size))
}

/// Sizes of a convolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Conv2d {
    /// Examples.
    pub batch: usize,
    /// Rows and columns of an image.
    pub input: [usize; 2],
    /// Channels of an image.
    pub in_channels: usize,
    /// Channels of the result.
    pub out_channels: usize,
    /// Parts that both kinds of channels fall into; each sees its own part only.
    pub groups: usize,
    /// The kernel's size, stride and padding.
    pub window: Window,
}

impl Conv2d {
    /// Rows and columns of the result.
    ///
    /// # Panics
    /// If the window does not fit, or the groups do not divide the channels.
    pub fn output(self) -> [usize; 2] {
        let divides = |channels: usize| self.groups > 0 && channels.is_multiple_of(self.groups);
        assert!(
            divides(self.in_channels) && divides(self.out_channels),
            "{} groups must divide {} and {} channels",
            self.groups,
            self.in_channels,
            self.out_channels
        );
        let output = self.window.output_size(self.input);
        output.unwrap_or_else(|| panic!("{:?} must fit into {:?}", self.window, self.input))
    }

    /// Numbers in the images.
    pub fn input_len(self) -> usize {
        len(&[self.batch, self.input_example()])
    }

    /// Numbers in the weights.
    pub fn weight_len(self) -> usize {
        len(&[self.depth(), self.out_channels])
    }

    /// Numbers in the result.
    pub fn output_len(self) -> usize {
        len(&[self.batch, self.output_example()])
    }

    /// Floating-point operations of the convolution, as of each of its gradients.
    pub fn operations(self) -> usize {
        len(&[2, self.output_len(), self.depth()])
    }

    /// Numbers of scratch space for [`conv2d`].
    pub fn workspace_len(self) -> usize {
        let padded = if self.is_padded() { len(&[self.rounds().images(), self.padded_example()]) } else { 0 };
        self.packed_weights_len().saturating_add(padded)
    }

    /// Taps of a kernel: what one result sums.
    fn depth(self) -> usize {
        len(&[self.window.size[0], self.window.size[1], self.group_inputs()])
    }

    fn group_inputs(self) -> usize {
        self.in_channels / self.groups
    }

    fn group_outputs(self) -> usize {
        self.out_channels / self.groups
    }

    fn input_example(self) -> usize {
        len(&[self.input[0], self.input[1], self.in_channels])
    }

    fn output_example(self) -> usize {
        let [rows, cols] = self.output();
        len(&[rows, cols, self.out_channels])
    }

    fn is_padded(self) -> bool {
        self.window.padding != [0, 0]
    }

    /// Rows and columns of an image with its border.
    fn padded(self) -> [usize; 2] {
        core::array::from_fn(|axis| {
            self.input[axis].saturating_add(self.window.padding[axis].saturating_mul(2))
        })
    }

    fn padded_example(self) -> usize {
        let [rows, cols] = self.padded();
        len(&[rows, cols, self.in_channels])
    }

    fn packed_weights_len(self) -> usize {
        len(&[self.groups, self.depth(), tile::padded_columns(self.group_outputs())])
    }

    fn rounds(self) -> Rounds {
        Rounds::new(self.batch, len(&self.output()))
    }

    /// Copies images into padded ones.
    fn pad(self, images: &[f32], padded: &mut [f32]) {
        place((images, self.input), (padded, self.padded()), self.window.padding, self.in_channels);
    }
}

/// How a batch is worked off: blocks for threads, in each a few images at a time that stay in cache.
#[derive(Clone, Copy)]
struct Rounds {
    blocks: usize,
    examples_per_block: usize,
    examples_per_round: usize,
}

impl Rounds {
    fn new(batch: usize, positions: usize) -> Self {
        let examples_per_block = batch.div_ceil(BLOCKS).max(1);
        Self {
            blocks: batch.div_ceil(examples_per_block),
            examples_per_block,
            examples_per_round: POSITIONS_PER_ROUND.div_ceil(positions.max(1)).min(examples_per_block),
        }
    }

    /// Images in use at the same time by all blocks together.
    fn images(self) -> usize {
        self.blocks * self.examples_per_round
    }
}

/// `out = image ⋆ weight [+ bias]`. `workspace` holds [`Conv2d::workspace_len`] numbers.
///
/// # Panics
/// If a slice does not have the length that `shape` asks for.
pub fn conv2d(
    shape: Conv2d,
    images: &[f32],
    weights: &[f32],
    bias: Option<&[f32]>,
    out: &mut [f32],
    workspace: &mut [f32],
) {
    assert_eq!(images.len(), shape.input_len(), "the images must be those of {shape:?}");
    assert_eq!(weights.len(), shape.weight_len(), "the weights must be those of {shape:?}");
    assert_eq!(out.len(), shape.output_len(), "the result must be that of {shape:?}");
    if let Some(bias) = bias {
        assert_eq!(bias.len(), shape.out_channels, "the bias must have one number an out channel");
    }
    let (rounds, in_len, out_len) = (shape.rounds(), shape.input_example(), shape.output_example());
    let padded_len = if shape.is_padded() { shape.padded_example() } else { 0 };
    let (panels, rest) = workspace.split_at_mut(shape.packed_weights_len());
    let padded = &mut rest[..rounds.images() * padded_len];
    pack_weights(shape, weights, panels);
    let pass = forward_pass(shape);

    let panels = &*panels;
    let block_lens = [rounds.examples_per_block * out_len, rounds.examples_per_round * padded_len];
    parallel::for_each_blocks(
        rounds.blocks,
        [out, padded],
        block_lens,
        shape.operations(),
        |block, [out, padded]| {
            let images = &images[block * rounds.examples_per_block * in_len..];
            let outs = out.chunks_mut((rounds.examples_per_round * out_len).max(1));
            for (round, out) in outs.enumerate() {
                let examples = out.len() / out_len;
                let images = &images[round * rounds.examples_per_round * in_len..][..examples * in_len];
                if shape.is_padded() {
                    let padded = &mut padded[..examples * padded_len];
                    shape.pad(images, padded);
                    pass.run(examples, padded, panels, bias, out);
                } else {
                    pass.run(examples, images, panels, bias, out);
                }
            }
        },
    );
}

fn forward_pass(shape: Conv2d) -> Pass {
    let ([rows, cols], [padded_rows, padded_cols]) = (shape.output(), shape.padded());
    let (row, col) = (padded_cols * shape.in_channels, shape.in_channels);
    let [row_stride, col_stride] = shape.window.stride;
    let grid = Grid {
        from_start: 0,
        to_start: 0,
        example: Axis { count: 0, from: padded_rows * row, to: rows * cols * shape.out_channels },
        row: Axis { count: rows, from: row_stride * row, to: cols * shape.out_channels },
        col: Axis { count: cols, from: col_stride * col, to: shape.out_channels },
    };
    Pass {
        grid,
        taps: shape.window.size,
        row,
        col,
        channels: shape.group_inputs(),
        columns: shape.group_outputs(),
        groups: shape.groups,
        solid: None,
    }
}

/// Weights as panels of up to eight out channels of one group, each panel tap by tap.
fn pack_weights(shape: Conv2d, weights: &[f32], panels: &mut [f32]) {
    if shape.is_depthwise() {
        panels[..weights.len()].copy_from_slice(weights);
        return;
    }
    tile::pack(shape.groups, shape.depth(), shape.group_outputs(), panels, |group, columns, tap, to| {
        let from = tap * shape.out_channels + group * shape.group_outputs() + columns.start;
        to[..columns.len()].copy_from_slice(&weights[from..][..columns.len()]);
    });
}

/// Copies images `(…, rows, columns, channels)` into others, beginning at `[top, left]`, with zeros
/// around; what does not fit at the bottom and at the right is left out.
fn place(
    (from, [rows, cols]): (&[f32], [usize; 2]),
    (to, [to_rows, to_cols]): (&mut [f32], [usize; 2]),
    [top, left]: [usize; 2],
    channels: usize,
) {
    to.fill(0.0);
    let width = cols.min(to_cols.saturating_sub(left)) * channels;
    if width == 0 {
        return;
    }
    let images = from.chunks_exact(rows * cols * channels);
    for (image, to) in images.zip(to.chunks_exact_mut(to_rows * to_cols * channels)) {
        let lines = to.chunks_exact_mut(to_cols * channels).skip(top);
        for (line, to) in image.chunks_exact(cols * channels).zip(lines) {
            to[left * channels..][..width].copy_from_slice(&line[..width]);
        }
    }
}

#[cfg(test)]
mod tests;
