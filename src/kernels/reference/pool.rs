//! Twins of [`crate::kernels::pool`]: each result looks at all places of its window.

use crate::kernels::lane::Real;
use crate::kernels::pool::{Pool2d, Pooling};

/// The places of an image that the window of one result covers.
fn covered(shape: Pool2d, result: usize) -> Vec<usize> {
    let ([rows, cols], [height, width], window) = (shape.output(), shape.input, shape.window);
    let (position, channel) = (result / shape.channels, result % shape.channels);
    let (example, row, col) = (position / cols / rows, position / cols % rows, position % cols);
    let mut places = Vec::new();
    for i in 0..window.size[0] {
        for j in 0..window.size[1] {
            let y = (row * window.stride[0] + i).wrapping_sub(window.padding[0]);
            let x = (col * window.stride[1] + j).wrapping_sub(window.padding[1]);
            if y < height && x < width {
                places.push(((example * height + y) * width + x) * shape.channels + channel);
            }
        }
    }
    places
}

/// Twin of [`crate::kernels::pool::pool2d`].
pub fn pool2d<R: Real>(shape: Pool2d, pooling: Pooling, x: &[R], out: &mut [R]) {
    for (result, out) in out.iter_mut().enumerate() {
        let places = covered(shape, result);
        *out = match pooling {
            Pooling::Max => places.iter().skip(1).fold(x[places[0]], |best, &at| {
                // A NaN stays, and replaces what is none.
                let kept = R::select(x[at].le(best), best, x[at]);
                R::select(best.le(best), kept, best)
            }),
            Pooling::Average => {
                let total = places.iter().fold(R::splat(0.0), |total, &at| total + x[at]);
                total / R::splat(places.len() as f32)
            }
        };
    }
}

/// Twin of [`crate::kernels::pool::pool2d_gradient`].
pub fn pool2d_gradient(shape: Pool2d, pooling: Pooling, x: &[f32], dy: &[f32], dx: &mut [f32]) {
    dx.fill(0.0);
    for (result, &dy) in dy.iter().enumerate() {
        let places = covered(shape, result);
        match pooling {
            Pooling::Max => {
                let nan = places.iter().find(|&&at| x[at].is_nan());
                let taken = nan.copied().unwrap_or_else(|| {
                    places.iter().fold(places[0], |best, &at| if x[at] > x[best] { at } else { best })
                });
                dx[taken] += dy;
            }
            Pooling::Average => {
                for &at in &places {
                    dx[at] += dy / places.len() as f32;
                }
            }
        }
    }
}
