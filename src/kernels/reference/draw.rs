//! Twins of [`crate::kernels::draw`].

use crate::kernels::draw::Keys;

/// Twin of [`crate::kernels::draw::dropout_mask`].
pub fn dropout_mask(probability: f32, draws: Keys, mask: &mut [f32]) {
    of_each(draws, mask, |_, key, element| {
        let dropped = draws.stream.uniform_f32(key, element) < probability;
        if dropped { 0.0 } else { 1.0 / (1.0 - probability) }
    });
}

/// Twin of [`crate::kernels::draw::bernoulli`].
pub fn bernoulli(p: &[f32], draws: Keys, out: &mut [f32]) {
    of_each(draws, out, |at, key, element| match p[at] {
        p if p.is_nan() => p,
        p => f32::from(draws.stream.uniform_f32(key, element) < p),
    });
}

/// Twin of [`crate::kernels::draw::normal`].
pub fn normal(draws: Keys, out: &mut [f32]) {
    of_each(draws, out, |_, key, element| draws.stream.normal_f32(key, element));
}

/// Twin of [`crate::kernels::draw::other_class`].
pub fn other_class(classes: u32, class: &[f32], draws: Keys, out: &mut [f32]) {
    of_each(draws, out, |at, key, element| {
        let others: Vec<u32> = (0..classes).filter(|&other| other as f32 != class[at]).collect();
        others[draws.stream.below(key, element, classes - 1) as usize] as f32
    });
}

/// Each number of `out (batch, n)` by its place, the key of its example, and its place in that.
fn of_each(draws: Keys, out: &mut [f32], draw: impl Fn(usize, u64, u64) -> f32) {
    let n = out.len() / draws.keys.len();
    for (at, out) in out.iter_mut().enumerate() {
        *out = draw(at, draws.keys[at / n], (at % n) as u64);
    }
}
