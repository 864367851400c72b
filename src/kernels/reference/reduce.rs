//! Twins of [`crate::kernels::reduce`].

use super::sum_of;
use crate::kernels::layout::Axes;
use crate::kernels::reduce::Reduction;

/// Twin of [`crate::kernels::reduce::along_axis`].
pub fn along_axis(reduction: Reduction, axes: Axes, x: &[f32], out: &mut [f32]) {
    let Axes { outer, axis, inner } = axes;
    for o in 0..outer {
        for i in 0..inner {
            let number = |a: usize| x[(o * axis + a) * inner + i];
            let sum = || match inner {
                1 => sum_of(axis, number),
                _ => (0..axis).fold(0.0, |sum, a| sum + number(a)),
            };
            out[o * inner + i] = match reduction {
                Reduction::Sum => sum(),
                Reduction::Mean => sum() / axis as f32,
                Reduction::Max => (0..axis)
                    .map(number)
                    .fold(f32::NEG_INFINITY, |best, x| if best.is_nan() || x <= best { best } else { x }),
            };
        }
    }
}

/// Twin of [`crate::kernels::reduce::along_axis_gradient`].
pub fn along_axis_gradient(reduction: Reduction, axes: Axes, [x, y, dy]: [&[f32]; 3], dx: &mut [f32]) {
    let Axes { outer, axis, inner } = axes;
    for o in 0..outer {
        for i in 0..inner {
            let (at, first) = (o * inner + i, o * axis * inner + i);
            for a in 0..axis {
                dx[first + a * inner] = match reduction {
                    Reduction::Sum => dy[at],
                    Reduction::Mean => dy[at] / axis as f32,
                    Reduction::Max => 0.0,
                };
            }
            if reduction == Reduction::Max
                && let Some(a) = (0..axis).find(|a| y[at] <= x[first + a * inner])
            {
                dx[first + a * inner] = dy[at];
            }
        }
    }
}
