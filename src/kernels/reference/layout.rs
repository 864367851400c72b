//! Twins of [`crate::kernels::layout`].

use crate::kernels::layout::{Axes, Window};

/// Twin of [`crate::kernels::layout::permute`].
pub fn permute(shape: &[usize], order: &[usize], x: &[f32], out: &mut [f32]) {
    for (at, x) in x.iter().enumerate() {
        let index = |d: usize| at / shape[d + 1..].iter().product::<usize>() % shape[d];
        let place = order.iter().fold(0, |place, &d| place * shape[d] + index(d));
        out[place] = *x;
    }
}

/// Twin of [`crate::kernels::layout::copy_window`].
pub fn copy_window(moved: Axes, x: &[f32], from: Window, out: &mut [f32], to: Window) {
    for o in 0..moved.outer {
        for a in 0..moved.axis {
            for i in 0..moved.inner {
                let place = |window: Window| (o * window.axis + window.start + a) * moved.inner + i;
                out[place(to)] = x[place(from)];
            }
        }
    }
}

/// Twin of [`crate::kernels::layout::gather_columns`].
pub fn gather_columns(n: usize, x: &[f32], columns: &[u32], out: &mut [f32]) {
    for (at, out) in out.iter_mut().enumerate() {
        *out = x[at / columns.len() * n + columns[at % columns.len()] as usize];
    }
}

/// Twin of [`crate::kernels::layout::scatter_columns`].
pub fn scatter_columns(n: usize, dy: &[f32], columns: &[u32], dx: &mut [f32]) {
    dx.fill(0.0);
    for (at, dy) in dy.iter().enumerate() {
        dx[at / columns.len() * n + columns[at % columns.len()] as usize] += dy;
    }
}
