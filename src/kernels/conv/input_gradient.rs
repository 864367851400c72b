//! The gradient of a convolution to its images.
//!
//! `d image[y, x, c] = Σ dy[(y + p − i)/s, (x + p − j)/s, o] · weight[i, j, c, o]` over the taps for
//! which `s` divides: a convolution of `dy` with turned kernels. With a stride the pixels fall into
//! `s·s` phases, each with its own part of the taps; so nothing is multiplied with the zeros that a
//! dilated `dy` would have between its numbers.

use super::tile::{self, Axis, Grid, Pass, Solid};
use super::{Conv2d, Rounds, len, place};
use crate::parallel;

/// One direction of one phase.
#[derive(Clone, Copy)]
struct Phase {
    /// Taps `first + stride·index`.
    first: usize,
    taps: usize,
    /// Pixels `pixel + stride·index`.
    pixel: usize,
    pixels: usize,
    /// Where the first pixel begins to read in the padded gradient.
    from: usize,
    /// Where the gradient itself lies, seen from there.
    solid: Solid,
}

/// One direction of the padded gradient.
struct Side {
    size: usize,
    stride: usize,
    padding: usize,
    input: usize,
    output: usize,
}

impl Side {
    fn new(shape: Conv2d, axis: usize) -> Self {
        let window = shape.window;
        Self {
            size: window.size[axis],
            stride: window.stride[axis],
            padding: window.padding[axis],
            input: shape.input[axis],
            output: shape.output()[axis],
        }
    }

    /// Zeros before the gradient: taps of the fullest phase but one.
    fn before(&self) -> usize {
        self.size.div_ceil(self.stride) - 1
    }

    /// Length of the gradient with its zeros: what the last pixel reads.
    fn padded(&self) -> usize {
        self.before().saturating_add(self.input.saturating_add(self.padding).div_ceil(self.stride))
    }

    fn phases(self) -> impl Iterator<Item = Phase> {
        let (size, stride, padding, input) = (self.size, self.stride, self.padding, self.input);
        let before = self.before();
        (0..stride).map(move |first| {
            let taps = size.saturating_sub(first).div_ceil(stride);
            let output = padding.saturating_sub(first).div_ceil(stride);
            let pixel = output * stride + first - padding;
            let pixels = input.saturating_sub(pixel).div_ceil(stride);
            let from = if taps > 0 { output + before + 1 - taps } else { 0 };
            let solid = Solid {
                start: before.saturating_sub(from),
                end: (before + self.output).saturating_sub(from),
            };
            Phase { first, taps, pixel, pixels, from, solid }
        })
    }
}

impl Conv2d {
    /// Numbers of scratch space for [`conv2d_input_gradient`].
    pub fn input_gradient_workspace_len(self) -> usize {
        let padded = if self.gradient_is_padded() {
            len(&[self.input_rounds().images(), self.padded_gradient_example()])
        } else {
            0
        };
        self.turned_weights_len().saturating_add(padded)
    }

    fn turned_weights_len(self) -> usize {
        let taps = len(&self.window.size);
        len(&[self.groups, taps, self.group_outputs(), tile::padded_columns(self.group_inputs())])
    }

    fn padded_gradient(self) -> [usize; 2] {
        core::array::from_fn(|axis| Side::new(self, axis).padded())
    }

    fn gradient_is_padded(self) -> bool {
        self.padded_gradient() != self.output() || (0..2).any(|axis| Side::new(self, axis).before() > 0)
    }

    fn padded_gradient_example(self) -> usize {
        let [rows, cols] = self.padded_gradient();
        len(&[rows, cols, self.out_channels])
    }

    fn input_rounds(self) -> Rounds {
        Rounds::new(self.batch, len(&self.input))
    }

    /// The pass of each phase, and the first tap in both directions.
    fn phases(self) -> impl Iterator<Item = (Pass, [usize; 2])> {
        let [padded_rows, padded_cols] = self.padded_gradient();
        let (row, col) = (padded_cols * self.out_channels, self.out_channels);
        let (to_row, to_col) = (self.input[1] * self.in_channels, self.in_channels);
        let [row_stride, col_stride] = self.window.stride;
        let pass = move |vertical: Phase, horizontal: Phase| Pass {
            grid: Grid {
                from_start: vertical.from * row + horizontal.from * col,
                to_start: vertical.pixel * to_row + horizontal.pixel * to_col,
                example: Axis { count: 0, from: padded_rows * row, to: self.input_example() },
                row: Axis { count: vertical.pixels, from: row, to: row_stride * to_row },
                col: Axis { count: horizontal.pixels, from: col, to: col_stride * to_col },
            },
            taps: [vertical.taps, horizontal.taps],
            row,
            col,
            channels: self.group_outputs(),
            columns: self.group_inputs(),
            groups: self.groups,
            solid: Some(vertical.solid),
        };
        Side::new(self, 0).phases().flat_map(move |vertical| {
            let horizontals = Side::new(self, 1).phases();
            horizontals
                .map(move |horizontal| (pass(vertical, horizontal), [vertical.first, horizontal.first]))
        })
    }
}

/// `d images`, from `dy (batch, rows, columns, out channels)` and the weights. `workspace` holds
/// [`Conv2d::input_gradient_workspace_len`] numbers.
///
/// # Panics
/// If a slice does not have the length that `shape` asks for.
pub fn conv2d_input_gradient(
    shape: Conv2d,
    dy: &[f32],
    weights: &[f32],
    d_images: &mut [f32],
    workspace: &mut [f32],
) {
    assert_eq!(dy.len(), shape.output_len(), "the gradient must be that of the result of {shape:?}");
    assert_eq!(weights.len(), shape.weight_len(), "the weights must be those of {shape:?}");
    assert_eq!(d_images.len(), shape.input_len(), "as many gradients as numbers in the images of {shape:?}");
    let (rounds, in_len, out_len) = (shape.input_rounds(), shape.input_example(), shape.output_example());
    let is_padded = shape.gradient_is_padded();
    let padded_len = if is_padded { shape.padded_gradient_example() } else { 0 };
    let (panels, rest) = workspace.split_at_mut(shape.turned_weights_len());
    let padded = &mut rest[..rounds.images() * padded_len];
    pack_turned(shape, weights, panels);

    let panels = &*panels;
    let before = core::array::from_fn(|axis| Side::new(shape, axis).before());
    let block_lens = [rounds.examples_per_block * in_len, rounds.examples_per_round * padded_len];
    parallel::for_each_blocks(
        rounds.blocks,
        [d_images, padded],
        block_lens,
        shape.operations(),
        |block, [d_images, padded]| {
            let dy = &dy[block * rounds.examples_per_block * out_len..];
            let d_images = d_images.chunks_mut((rounds.examples_per_round * in_len).max(1));
            for (round, d_images) in d_images.enumerate() {
                let examples = d_images.len() / in_len;
                let mut from = &dy[round * rounds.examples_per_round * out_len..][..examples * out_len];
                if is_padded {
                    let to = &mut padded[..examples * padded_len];
                    let sizes = (shape.output(), shape.padded_gradient());
                    place((from, sizes.0), (to, sizes.1), before, shape.out_channels);
                    from = to;
                }
                let mut rest = panels;
                for (pass, _) in shape.phases() {
                    let (panels, behind) = rest.split_at(pass.packed_len());
                    rest = behind;
                    pass.run(examples, from, panels, None, d_images);
                }
            }
        },
    );
}

/// For each phase its weights as panels of in channels, taps from the last to the first.
fn pack_turned(shape: Conv2d, weights: &[f32], panels: &mut [f32]) {
    let (inputs, outputs) = (shape.group_inputs(), shape.group_outputs());
    let [row_stride, col_stride] = shape.window.stride;
    let mut rest = panels;
    for (pass, [first_row, first_col]) in shape.phases() {
        let (phase, behind) = core::mem::take(&mut rest).split_at_mut(pass.packed_len());
        rest = behind;
        let [rows, cols] = pass.taps;
        if shape.is_depthwise() {
            for (depth, to) in phase.chunks_exact_mut(shape.groups).take(pass.depth()).enumerate() {
                let row = first_row + row_stride * (rows - 1 - depth / cols);
                let col = first_col + col_stride * (cols - 1 - depth % cols);
                to.copy_from_slice(
                    &weights[(row * shape.window.size[1] + col) * shape.groups..][..shape.groups],
                );
            }
            continue;
        }
        tile::pack(shape.groups, pass.depth(), inputs, phase, |group, columns, depth, to| {
            let (tap, output) = (depth / outputs, depth % outputs);
            let row = first_row + row_stride * (rows - 1 - tap / cols);
            let col = first_col + col_stride * (cols - 1 - tap % cols);
            let tap = (row * shape.window.size[1] + col) * inputs;
            for (to, input) in to.iter_mut().zip(columns) {
                *to = weights[(tap + input) * shape.out_channels + group * outputs + output];
            }
        });
    }
}
