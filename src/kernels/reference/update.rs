//! Twins of [`crate::kernels::update`].

use crate::kernels::update::{Pull, Update};

/// Twin of [`crate::kernels::update::update`].
pub fn update(rule: Update, pull: Pull, w: &mut [f32], g: &[f32], m: &mut [f32], v: &mut [f32]) {
    for at in 0..w.len() {
        [w[at], m[at], v[at]] = rule.apply(pull, [w[at], g[at], m[at], v[at]]);
    }
}

/// Twin of [`crate::kernels::update::sum_of_squares`].
pub fn sum_of_squares(x: &[f32]) -> f32 {
    super::sum_of(x.len(), |at| x[at] * x[at])
}
