//! Twins of [`crate::kernels::conv`]: every result, pixel and weight gathers its own sum. Generic, so
//! that the same loops in f64 can be differentiated numerically.

use crate::kernels::conv::Conv2d;
use crate::kernels::lane::Real;

/// Where a number of an image is, `None` in the padding.
fn pixel(shape: Conv2d, example: usize, place: [usize; 2], channel: usize) -> Option<usize> {
    let [rows, cols] = shape.input;
    let row = place[0].checked_sub(shape.window.padding[0])?;
    let col = place[1].checked_sub(shape.window.padding[1])?;
    let inside = row < rows && col < cols;
    inside.then_some(((example * rows + row) * cols + col) * shape.in_channels + channel)
}

/// Twin of [`crate::kernels::conv::conv2d`].
pub fn conv2d<R: Real>(shape: Conv2d, images: &[R], weights: &[R], bias: Option<&[R]>, out: &mut [R]) {
    let ([rows, cols], [tap_rows, tap_cols]) = (shape.output(), shape.window.size);
    let (inputs, outputs) = (shape.in_channels / shape.groups, shape.out_channels / shape.groups);
    for (index, out) in out.iter_mut().enumerate() {
        let (position, output) = (index / shape.out_channels, index % shape.out_channels);
        let (example, row, col) = (position / cols / rows, position / cols % rows, position % cols);
        let mut total = bias.map_or(R::splat(0.0), |bias| bias[output]);
        for tap in 0..tap_rows * tap_cols * inputs {
            let (i, j, c) = (tap / inputs / tap_cols, tap / inputs % tap_cols, tap % inputs);
            let place = [row * shape.window.stride[0] + i, col * shape.window.stride[1] + j];
            let at = pixel(shape, example, place, output / outputs * inputs + c);
            let number = at.map_or(R::splat(0.0), |at| images[at]);
            total = total + number * weights[tap * shape.out_channels + output];
        }
        *out = total;
    }
}

/// Twin of [`crate::kernels::conv::conv2d_weight_gradient`].
pub fn conv2d_weight_gradient<R: Real>(shape: Conv2d, images: &[R], dy: &[R], d_weights: &mut [R]) {
    let ([rows, cols], [_, tap_cols]) = (shape.output(), shape.window.size);
    let (inputs, outputs) = (shape.in_channels / shape.groups, shape.out_channels / shape.groups);
    for (index, d_weight) in d_weights.iter_mut().enumerate() {
        let (tap, output) = (index / shape.out_channels, index % shape.out_channels);
        let (i, j, c) = (tap / inputs / tap_cols, tap / inputs % tap_cols, tap % inputs);
        let mut total = R::splat(0.0);
        for position in 0..shape.batch * rows * cols {
            let (example, row, col) = (position / cols / rows, position / cols % rows, position % cols);
            let place = [row * shape.window.stride[0] + i, col * shape.window.stride[1] + j];
            let at = pixel(shape, example, place, output / outputs * inputs + c);
            let number = at.map_or(R::splat(0.0), |at| images[at]);
            total = total + number * dy[position * shape.out_channels + output];
        }
        *d_weight = total;
    }
}

/// Twin of [`crate::kernels::conv::conv2d_input_gradient`].
pub fn conv2d_input_gradient<R: Real>(shape: Conv2d, dy: &[R], weights: &[R], d_images: &mut [R]) {
    let (output, [height, width]) = (shape.output(), shape.input);
    let (inputs, outputs) = (shape.in_channels / shape.groups, shape.out_channels / shape.groups);
    let Conv2d { window, in_channels, out_channels, .. } = shape;
    for (index, d_image) in d_images.iter_mut().enumerate() {
        let (place, channel) = (index / in_channels, index % in_channels);
        let (example, place) = (place / width / height, [place / width % height, place % width]);
        let (group, input) = (channel / inputs, channel % inputs);
        let mut total = R::splat(0.0);
        for i in (0..window.size[0]).rev() {
            for j in (0..window.size[1]).rev() {
                // The kernel at `position` has its tap [i, j] on this pixel, if there is such a one.
                let reach = [place[0] + window.padding[0], place[1] + window.padding[1]];
                let taps = [i, j];
                let fits = |axis: usize| {
                    (reach[axis] + window.stride[axis] * taps[axis] - taps[axis])
                        .is_multiple_of(window.stride[axis])
                };
                if !(fits(0) && fits(1)) {
                    continue;
                }
                let position = |axis: usize| {
                    let position = reach[axis].checked_sub(taps[axis])? / window.stride[axis];
                    (position < output[axis]).then_some(position)
                };
                let at = position(0).zip(position(1));
                let at = at.map(|(row, col)| (example * output[0] + row) * output[1] + col);
                for o in group * outputs..(group + 1) * outputs {
                    let dy = at.map_or(R::splat(0.0), |at| dy[at * out_channels + o]);
                    let tap = (i * window.size[1] + j) * inputs + input;
                    total = total + dy * weights[tap * out_channels + o];
                }
            }
        }
        *d_image = total;
    }
}
