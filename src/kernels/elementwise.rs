//! Element by element: activations and parameter updates.
//!
//! A rule is written once over [`Real`]; four lanes at a time do the bulk and the same code does
//! the remainder one by one.

use super::activation::Activation;
use super::lane::{F32x4, Real};
use crate::parallel;

/// Elements handed to a thread at a time.
const BLOCK: usize = 4096;
/// Rough cost of one element of an activation, in floating-point operations.
const ACTIVATION_COST: usize = 16;

/// `out = f(x)`; all `(len)`.
pub fn activate(activation: Activation, x: &[f32], out: &mut [f32]) {
    assert_eq!(x.len(), out.len(), "an activation keeps the length");
    parallel::for_each_block(out, BLOCK, x.len() * ACTIVATION_COST, |block, out| {
        let x = &x[block * BLOCK..][..out.len()];
        let (heads, tail) = out.as_chunks_mut::<4>();
        for (index, head) in heads.iter_mut().enumerate() {
            activation.value(F32x4::load(&x[index * 4..])).store(head);
        }
        let done = x.len() - tail.len();
        for (value, &x) in tail.iter_mut().zip(&x[done..]) {
            *value = activation.value(x);
        }
    });
}

/// `out = f(out)`, in the calling thread: for a result that is still in its cache.
pub fn activate_in_place(activation: Activation, out: &mut [f32]) {
    let (heads, tail) = out.as_chunks_mut::<4>();
    for head in heads {
        activation.value(F32x4::from_array(head)).store(head);
    }
    for value in tail {
        *value = activation.value(*value);
    }
}

/// `out = dy · f'(x)`, all `(len)`; `saved` is what [`Activation::saves`] names.
pub fn activate_gradient(activation: Activation, saved: &[f32], dy: &[f32], out: &mut [f32]) {
    let len = out.len();
    assert!(saved.len() == len && dy.len() == len, "an activation keeps the length");
    parallel::for_each_block(out, BLOCK, len * ACTIVATION_COST, |block, out| {
        let from = block * BLOCK;
        out.copy_from_slice(&dy[from..][..out.len()]);
        activate_gradient_in_place(activation, &saved[from..][..out.len()], out);
    });
}

/// `out = out · f'(x)`, in the calling thread: for a result that is still in its cache.
pub fn activate_gradient_in_place(activation: Activation, saved: &[f32], out: &mut [f32]) {
    assert_eq!(saved.len(), out.len(), "an activation keeps the length");
    let (heads, tail) = out.as_chunks_mut::<4>();
    let (saved_heads, saved_tail) = saved.as_chunks::<4>();
    for (head, saved) in heads.iter_mut().zip(saved_heads) {
        (F32x4::from_array(head) * activation.slope(F32x4::from_array(saved))).store(head);
    }
    for (value, &saved) in tail.iter_mut().zip(saved_tail) {
        *value *= activation.slope(saved);
    }
}

/// `out += x`; both `(len)`.
pub fn add_assign(x: &[f32], out: &mut [f32]) {
    assert_eq!(x.len(), out.len(), "a sum needs equal lengths");
    for (value, &x) in out.iter_mut().zip(x) {
        *value += x;
    }
}

/// How a parameter follows its gradient. Numbers of one update; see [`Update::apply`].
#[derive(Clone, Copy, Debug)]
pub enum Update {
    /// `w ← w − η·g`.
    Sgd,
    /// `u ← μ·u + g; w ← w − η·u` (Sutskever et al. 2013, in the form that PyTorch uses).
    Momentum {
        /// μ.
        momentum: f32,
    },
    /// Kingma & Ba 2015, algorithm 1.
    Adam {
        /// β₁.
        beta1: f32,
        /// β₂.
        beta2: f32,
        /// ε.
        epsilon: f32,
        /// `1 − β₁`, rounded once: in single precision `1 − 0.999` is off by 5e-5 of itself.
        rest1: f32,
        /// `1 − β₂`.
        rest2: f32,
        /// `1 − β₁^t`.
        correction1: f32,
        /// `1 − β₂^t`.
        correction2: f32,
    },
}

/// What every rule shares: step size and the pull of regularisation on the gradient,
/// `g + l2·w + l1·sign(w)`.
#[derive(Clone, Copy, Debug)]
pub struct Pull {
    /// η.
    pub learning_rate: f32,
    /// Weight of `Σ|w|`.
    pub l1: f32,
    /// Weight of `½Σw²`.
    pub l2: f32,
}

impl Update {
    /// One parameter, its gradient and its two moments → the parameter and its moments after.
    #[inline(always)]
    pub fn apply<R: Real>(self, pull: Pull, [w, g, m, v]: [R; 4]) -> [R; 3] {
        let (zero, one) = (R::splat(0.0), R::splat(1.0));
        let rate = R::splat(pull.learning_rate);
        let sign = R::select(w.lt(zero), -one, R::select(zero.lt(w), one, zero));
        let g = g + R::splat(pull.l2) * w + R::splat(pull.l1) * sign;
        match self {
            Self::Sgd => [w - rate * g, m, v],
            Self::Momentum { momentum } => {
                let m = R::splat(momentum) * m + g;
                [w - rate * m, m, v]
            }
            Self::Adam { beta1, beta2, rest1, rest2, epsilon, correction1, correction2 } => {
                let m = R::splat(beta1) * m + R::splat(rest1) * g;
                let v = R::splat(beta2) * v + R::splat(rest2) * (g * g);
                let mean = m / R::splat(correction1);
                let spread = (v / R::splat(correction2)).sqrt() + R::splat(epsilon);
                [w - rate * (mean / spread), m, v]
            }
        }
    }
}

/// Applies one update to a tensor: `w`, its gradient `g` and its moments `m`, `v`, all `(len)`.
pub fn update(rule: Update, pull: Pull, w: &mut [f32], g: &[f32], m: &mut [f32], v: &mut [f32]) {
    let len = w.len();
    assert!(g.len() == len && m.len() == len && v.len() == len, "an update needs equal lengths");
    let whole = len / 4 * 4;
    for at in (0..whole).step_by(4) {
        let numbers =
            [F32x4::load(&w[at..]), F32x4::load(&g[at..]), F32x4::load(&m[at..]), F32x4::load(&v[at..])];
        let [new_w, new_m, new_v] = rule.apply(pull, numbers);
        new_w.store(&mut w[at..]);
        new_m.store(&mut m[at..]);
        new_v.store(&mut v[at..]);
    }
    for at in whole..len {
        [w[at], m[at], v[at]] = rule.apply(pull, [w[at], g[at], m[at], v[at]]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::activation::Saves;
    use crate::kernels::reference::{self, tests::hard_numbers};

    /// Where the two differ first; the payload of a NaN is not part of the contract.
    fn difference(a: &[f32], b: &[f32]) -> Option<usize> {
        a.iter().zip(b).position(|(a, b)| a.to_bits() != b.to_bits() && !(a.is_nan() && b.is_nan()))
    }

    #[test]
    fn activations_match_their_twins_bit_by_bit() {
        for len in [0, 1, 3, 4, 5, 31, 32, 33, 1003] {
            let x = hard_numbers(len + 1, 7);
            let (x, dy) = (&x[1..], hard_numbers(len, 8));
            for activation in Activation::ALL {
                let (mut y, mut twin) = (vec![0.0; len], vec![0.0; len]);
                activate(activation, x, &mut y);
                reference::activate(activation, x, &mut twin);
                assert_eq!(difference(&y, &twin), None, "{activation:?} of {len}");
                let (mut dx, mut twin) = (vec![0.0; len], vec![0.0; len]);
                let saved = if activation.saves() == Saves::Output { &y[..] } else { x };
                activate_gradient(activation, saved, &dy, &mut dx);
                reference::activate_gradient(activation, saved, &dy, &mut twin);
                assert_eq!(difference(&dx, &twin), None, "gradient of {activation:?} of {len}");
            }
        }
    }

    #[test]
    fn updates_match_their_twins_bit_by_bit() {
        let adam = Update::Adam {
            beta1: 0.9,
            beta2: 0.999,
            rest1: 0.1,
            rest2: 0.001,
            epsilon: 1e-8,
            correction1: 0.1,
            correction2: 0.001,
        };
        let pull = Pull { learning_rate: 0.01, l1: 1e-4, l2: 1e-3 };
        for len in [0, 1, 3, 4, 5, 31, 32, 33, 1003] {
            for rule in [Update::Sgd, Update::Momentum { momentum: 0.9 }, adam] {
                let mut ours: Vec<Vec<f32>> = (0..4).map(|seed| hard_numbers(len, seed)).collect();
                let mut twin = ours.clone();
                let [w, g, m, v] = ours.get_disjoint_mut([0, 1, 2, 3]).expect("four slices");
                update(rule, pull, w, g, m, v);
                let [w, g, m, v] = twin.get_disjoint_mut([0, 1, 2, 3]).expect("four slices");
                reference::update(rule, pull, w, g, m, v);
                for (a, b) in ours.iter().zip(&twin) {
                    assert_eq!(difference(a, b), None, "{rule:?} of {len}");
                }
            }
        }
    }
}
