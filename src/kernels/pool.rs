//! Pooling of images `(batch, height, width, channels)`: one number of each channel for all that a
//! window covers. What of a window lies in the padding does not count, neither for the largest
//! number nor for the mean (PyTorch's `count_include_pad=False`).
//!
//! Windows are worked off four channels at a time; where four do not divide them, the last vector
//! overlaps the one before it.

use super::lane::{F32x4, Real};
use super::window::Window;
use crate::parallel;

/// What a window makes of its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pooling {
    /// The largest; NaN where one of them is NaN. Its gradient goes to the first of equals, or to the
    /// first NaN, row by row.
    Max,
    /// The mean of those inside, summed row by row.
    Average,
}

/// Sizes of a pooling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pool2d {
    /// Examples.
    pub batch: usize,
    /// Rows and columns of an image.
    pub input: [usize; 2],
    /// Channels of an image and of the result.
    pub channels: usize,
    /// The window; its padding is less than its size, so that each position covers something.
    pub window: Window,
}

impl Pool2d {
    /// Rows and columns of the result.
    ///
    /// # Panics
    /// If the window does not fit, or can lie in the padding altogether.
    pub fn output(self) -> [usize; 2] {
        let Window { size, padding, .. } = self.window;
        assert!(padding[0] < size[0] && padding[1] < size[1], "padding must be less than {size:?}");
        let output = self.window.output_size(self.input);
        output.unwrap_or_else(|| panic!("{:?} must fit into {:?}", self.window, self.input))
    }

    /// Numbers in the images.
    pub fn input_len(self) -> usize {
        self.batch * self.input_example()
    }

    /// Numbers in the result.
    pub fn output_len(self) -> usize {
        self.batch * self.output_example()
    }

    fn input_example(self) -> usize {
        self.input[0] * self.input[1] * self.channels
    }

    fn output_example(self) -> usize {
        let [rows, cols] = self.output();
        rows * cols * self.channels
    }

    /// Rough cost, in floating-point operations.
    fn operations(self) -> usize {
        let [rows, cols] = self.window.size;
        self.output_len().saturating_mul(4).saturating_mul(rows).saturating_mul(cols)
    }

    /// Calls `work` for every position of an example, with what of its window is inside and where its
    /// result goes.
    #[inline(always)]
    fn for_each_spot(self, mut work: impl FnMut(Spot, usize)) {
        let Window { size, stride, padding } = self.window;
        let [rows, cols] = self.output();
        let line = self.input[1] * self.channels;
        for row in 0..rows {
            let (top, height) = inside(row * stride[0], size[0], padding[0], self.input[0]);
            for col in 0..cols {
                let (left, width) = inside(col * stride[1], size[1], padding[1], self.input[1]);
                let first = top * line + left * self.channels;
                let spot = Spot { first, height, line, width, step: self.channels };
                work(spot, (row * cols + col) * self.channels);
            }
        }
    }
}

/// First place and number of places of a window that begins at `start` of the padded side.
#[inline(always)]
fn inside(start: usize, size: usize, padding: usize, input: usize) -> (usize, usize) {
    let first = start.saturating_sub(padding);
    (first, (start + size - padding).min(input) - first)
}

/// What of one window is inside: places of its first channel.
#[derive(Clone, Copy)]
struct Spot {
    first: usize,
    height: usize,
    line: usize,
    width: usize,
    step: usize,
}

impl Spot {
    /// Row by row.
    #[inline(always)]
    fn for_each(self, mut work: impl FnMut(usize)) {
        // By far the commonest window; its loops would cost more than its four places.
        if self.height == 2 && self.width == 2 {
            let below = self.first + self.line;
            for at in [self.first, self.first + self.step, below, below + self.step] {
                work(at);
            }
            return;
        }
        for row in 0..self.height {
            let mut at = self.first + row * self.line;
            for _ in 0..self.width {
                work(at);
                at += self.step;
            }
        }
    }
}

/// One number or four neighbouring ones.
trait Numbers: Real {
    fn read(from: &[f32]) -> Self;
    fn write(self, to: &mut [f32]);
}

impl Numbers for f32 {
    #[inline(always)]
    fn read(from: &[f32]) -> Self {
        from[0]
    }
    #[inline(always)]
    fn write(self, to: &mut [f32]) {
        to[0] = self;
    }
}

impl Numbers for F32x4 {
    #[inline(always)]
    fn read(from: &[f32]) -> Self {
        Self::load(from)
    }
    #[inline(always)]
    fn write(self, to: &mut [f32]) {
        self.store(to);
    }
}

impl Pooling {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Max, Self::Average];

    #[inline(always)]
    fn value<R: Numbers>(self, spot: Spot, x: &[f32]) -> R {
        match self {
            Self::Max => {
                let mut best = R::read(&x[spot.first..]);
                spot.for_each(|at| best = larger(best, R::read(&x[at..])));
                best
            }
            Self::Average => {
                let mut total = R::splat(0.0);
                spot.for_each(|at| total = total + R::read(&x[at..]));
                total / R::splat((spot.height * spot.width) as f32)
            }
        }
    }

    /// Adds what comes back through one result.
    #[inline(always)]
    fn spread<R: Numbers>(self, spot: Spot, x: &[f32], y: R, dy: R, dx: &mut [f32]) {
        match self {
            Self::Max => {
                let zero = R::splat(0.0);
                let mut left = dy;
                spot.for_each(|at| {
                    let x = R::read(&x[at..]);
                    // `x` is what was taken if it equals `y`, or is NaN as `y` is.
                    let pick = |taken: R, other: R| {
                        let unordered = R::select(x.le(x), other, taken);
                        R::select(x.lt(y), other, R::select(x.le(y), taken, unordered))
                    };
                    let (here, after) = (pick(left, zero), pick(zero, left));
                    left = after;
                    (R::read(&dx[at..]) + here).write(&mut dx[at..]);
                });
            }
            Self::Average => {
                let part = dy / R::splat((spot.height * spot.width) as f32);
                spot.for_each(|at| (R::read(&dx[at..]) + part).write(&mut dx[at..]));
            }
        }
    }
}

/// The larger one, the first of equals; NaN if one of them is NaN.
#[inline(always)]
fn larger<R: Real>(best: R, x: R) -> R {
    R::select(x.le(best), best, R::select(best.le(best), x, best))
}

/// `out (batch, rows, columns, channels)`, pooled from the images `x`.
///
/// # Panics
/// If a slice does not have the length that `shape` asks for.
pub fn pool2d(shape: Pool2d, pooling: Pooling, x: &[f32], out: &mut [f32]) {
    assert_eq!(x.len(), shape.input_len(), "the images must be those of {shape:?}");
    assert_eq!(out.len(), shape.output_len(), "the result must be that of {shape:?}");
    let (in_len, out_len) = (shape.input_example(), shape.output_example());
    parallel::for_each_block(out, out_len.max(1), shape.operations(), |example, out| {
        let x = &x[example * in_len..][..in_len];
        match pooling {
            // Twice the same call, so that each loop is compiled for what it does.
            Pooling::Max => pool_example(shape, Pooling::Max, x, out),
            Pooling::Average => pool_example(shape, Pooling::Average, x, out),
        }
    });
}

#[inline(always)]
fn pool_example(shape: Pool2d, pooling: Pooling, x: &[f32], out: &mut [f32]) {
    let channels = shape.channels;
    shape.for_each_spot(|spot, to| {
        let out = &mut out[to..][..channels];
        if channels < 4 {
            for (channel, out) in out.iter_mut().enumerate() {
                *out = pooling.value(spot, &x[channel..]);
            }
            return;
        }
        for channel in (0..channels).step_by(4) {
            let channel = channel.min(channels - 4);
            pooling.value::<F32x4>(spot, &x[channel..]).store(&mut out[channel..]);
        }
    });
}

/// `dx`, from the images `x`, their pooled `y` and `dy`.
///
/// # Panics
/// If a slice does not have the length that `shape` asks for.
pub fn pool2d_gradient(shape: Pool2d, pooling: Pooling, x: &[f32], y: &[f32], dy: &[f32], dx: &mut [f32]) {
    let (len, out_len) = (shape.input_len(), shape.output_len());
    assert!(x.len() == len && dx.len() == len, "the images must be those of {shape:?}");
    assert!(y.len() == out_len && dy.len() == out_len, "the result must be that of {shape:?}");
    let (in_len, out_len) = (shape.input_example(), shape.output_example());
    parallel::for_each_block(dx, in_len.max(1), 2 * shape.operations(), |example, dx| {
        let x = &x[example * in_len..][..in_len];
        let (y, dy) = (&y[example * out_len..][..out_len], &dy[example * out_len..][..out_len]);
        match pooling {
            Pooling::Max => spread_example(shape, Pooling::Max, x, [y, dy], dx),
            Pooling::Average => spread_example(shape, Pooling::Average, x, [y, dy], dx),
        }
    });
}

#[inline(always)]
fn spread_example(shape: Pool2d, pooling: Pooling, x: &[f32], [y, dy]: [&[f32]; 2], dx: &mut [f32]) {
    let channels = shape.channels;
    dx.fill(0.0);
    shape.for_each_spot(|spot, from| {
        let (y, dy) = (&y[from..][..channels], &dy[from..][..channels]);
        if channels < 4 {
            for channel in 0..channels {
                pooling.spread(spot, &x[channel..], y[channel], dy[channel], &mut dx[channel..]);
            }
            return;
        }
        let whole = channels / 4 * 4;
        for channel in (0..whole).step_by(4) {
            let (y, dy) = (F32x4::load(&y[channel..]), F32x4::load(&dy[channel..]));
            pooling.spread(spot, &x[channel..], y, dy, &mut dx[channel..]);
        }
        if whole < channels {
            // What the vector before has spread already is nothing here.
            let channel = channels - 4;
            let done = F32x4::splat((whole - channel) as f32);
            let is_done = F32x4::from_array(&[0.0, 1.0, 2.0, 3.0]).lt(done);
            let (y, dy) = (F32x4::load(&y[channel..]), F32x4::load(&dy[channel..]));
            let dy = F32x4::select(is_done, F32x4::splat(0.0), dy);
            pooling.spread(spot, &x[channel..], y, dy, &mut dx[channel..]);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::held::{dot, gradient, hard_numbers, plain_numbers, same_bits};
    use crate::kernels::reference::pool as twin;

    fn shapes() -> Vec<Pool2d> {
        let windows = [
            ([2, 2], [2, 2], [0, 0]),
            ([3, 3], [2, 2], [1, 1]),
            ([3, 2], [1, 3], [0, 1]),
            ([1, 1], [1, 1], [0, 0]),
            ([5, 4], [3, 1], [2, 2]),
            ([6, 7], [1, 1], [0, 0]),
        ];
        let mut shapes = Vec::new();
        for (size, stride, padding) in windows {
            for channels in [1, 3, 4, 5, 6, 31, 33] {
                let window = Window { size, stride, padding };
                shapes.push(Pool2d { batch: shapes.len() % 3 + 1, input: [6, 7], channels, window });
            }
        }
        shapes
    }

    #[test]
    fn both_directions_repeat_their_twins_bit_by_bit() {
        for shape in shapes() {
            for pooling in Pooling::ALL {
                for numbers in [hard_numbers, plain_numbers] {
                    let (x, dy) = (numbers(shape.input_len(), 1), numbers(shape.output_len(), 2));
                    let mut y = vec![7.0; shape.output_len()];
                    let mut expected = vec![0.0; shape.output_len()];
                    pool2d(shape, pooling, &x, &mut y);
                    twin::pool2d(shape, pooling, &x, &mut expected);
                    same_bits(&format!("{pooling:?}, {shape:?}"), &y, &expected);

                    let mut dx = vec![7.0; shape.input_len()];
                    let mut expected = vec![0.0; shape.input_len()];
                    pool2d_gradient(shape, pooling, &x, &y, &dy, &mut dx);
                    twin::pool2d_gradient(shape, pooling, &x, &dy, &mut expected);
                    same_bits(&format!("gradient of {pooling:?}, {shape:?}"), &dx, &expected);
                }
            }
        }
    }

    #[test]
    fn gradients_are_those_of_central_differences() {
        for shape in shapes().into_iter().filter(|shape| shape.channels < 7) {
            for pooling in Pooling::ALL {
                // No two are equal: there the largest has no slope.
                let x = plain_numbers(shape.input_len(), 1);
                let x: Vec<f32> = x.iter().enumerate().map(|(at, x)| x + at as f32 * 1e-3).collect();
                let (mut y, dy) = (vec![0.0; shape.output_len()], plain_numbers(shape.output_len(), 2));
                let mut dx = vec![0.0; shape.input_len()];
                pool2d(shape, pooling, &x, &mut y);
                pool2d_gradient(shape, pooling, &x, &y, &dy, &mut dx);
                gradient(&format!("{pooling:?}, {shape:?}"), &x, &dx, |x| {
                    let mut y = vec![0.0; shape.output_len()];
                    twin::pool2d(shape, pooling, x, &mut y);
                    dot(&y, &dy)
                });
            }
        }
    }

    #[test]
    fn a_nan_is_kept_and_gets_the_gradient_and_equals_give_it_to_the_first() {
        let window = Window { size: [2, 2], stride: [2, 2], padding: [0, 0] };
        let shape = Pool2d { batch: 1, input: [2, 4], channels: 1, window };
        let x = [1.0, 2.0, 5.0, 5.0, f32::NAN, 3.0, 5.0, 4.0];
        let (mut y, mut dx) = ([0.0; 2], [0.0; 8]);
        pool2d(shape, Pooling::Max, &x, &mut y);
        assert!(y[0].is_nan());
        assert_eq!(y[1], 5.0);
        pool2d_gradient(shape, Pooling::Max, &x, &y, &[3.0, 4.0], &mut dx);
        assert_eq!(dx, [0.0, 0.0, 4.0, 0.0, 3.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn the_padding_does_not_count() {
        let window = Window { size: [2, 2], stride: [2, 2], padding: [1, 1] };
        let shape = Pool2d { batch: 1, input: [2, 2], channels: 1, window };
        let x = [-1.0, -2.0, -3.0, -4.0];
        for pooling in Pooling::ALL {
            let mut y = [0.0; 4];
            pool2d(shape, pooling, &x, &mut y);
            assert_eq!(y, x, "{pooling:?}");
        }
    }
}
