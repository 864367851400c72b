//! How parameters follow their gradients, and what holds gradients back.
//!
//! A rule is written once over [`Real`]. Each reads and writes only the moments that it has: an
//! update of many parameters waits for memory, not for arithmetic.

use super::each::{each, sum_of};
use super::lane::{F32x4, Real};

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
    /// `u ← μ·u + g; w ← w − η·(g + μ·u)` (Nesterov 1983, in the form that PyTorch uses).
    Nesterov {
        /// μ.
        momentum: f32,
    },
    /// `v ← α·v + (1 − α)·g²; w ← w − η·g/(√v + ε)` (Hinton 2012, in the form that PyTorch uses).
    RmsProp {
        /// α.
        alpha: f32,
        /// `1 − α`.
        rest: f32,
        /// ε.
        epsilon: f32,
    },
    /// Kingma & Ba 2015, algorithm 1.
    Adam(Adam),
    /// The same, but `l2` pulls the weight itself, beside the step: `w ← w − η·(m̂/(√v̂ + ε) + l2·w)`
    /// (Loshchilov & Hutter 2019, algorithm 2).
    AdamW(Adam),
    /// `w ← w + share·(g − w)`: a running mean of what `g` gives. No pull reaches it.
    Follow {
        /// The part of the way that is gone at once, in [0, 1].
        share: f32,
    },
}

/// The numbers of one update by Adam.
#[derive(Clone, Copy, Debug)]
pub struct Adam {
    /// β₁.
    pub beta1: f32,
    /// β₂.
    pub beta2: f32,
    /// ε.
    pub epsilon: f32,
    /// `1 − β₁`, rounded once: in single precision `1 − 0.999` is off by 5e-5 of itself.
    pub rest1: f32,
    /// `1 − β₂`.
    pub rest2: f32,
    /// `1 − β₁^t`.
    pub correction1: f32,
    /// `1 − β₂^t`.
    pub correction2: f32,
}

/// What every rule shares: step size, what holds the gradient back, and the pull of regularisation:
/// `clamp(scale·g, ±limit) + l2·w + l1·sign(w)`.
#[derive(Clone, Copy, Debug)]
pub struct Pull {
    /// η.
    pub learning_rate: f32,
    /// Weight of `Σ|w|`.
    pub l1: f32,
    /// Weight of `½Σw²`.
    pub l2: f32,
    /// Multiplies the gradient: 1, or the factor of [`clip_factor`].
    pub gradient_scale: f32,
    /// Largest magnitude of a gradient; infinite where there is none.
    pub gradient_limit: f32,
}

impl Pull {
    /// A step size and nothing else.
    pub fn plain(learning_rate: f32) -> Self {
        Self { learning_rate, l1: 0.0, l2: 0.0, gradient_scale: 1.0, gradient_limit: f32::INFINITY }
    }

    /// Whether gradients are not held back and `l1` does not pull: the common case, in which less
    /// has to be computed for the same bits.
    fn is_plain(&self) -> bool {
        self.l1 == 0.0 && self.gradient_scale == 1.0 && self.gradient_limit == f32::INFINITY
    }

    /// The gradient `g` of the weight `w`, held back and with the pull of `l1` and, where asked, `l2`.
    #[inline(always)]
    fn on<R: Real, const PLAIN: bool>(self, w: R, g: R, l2: bool) -> R {
        let zero = R::splat(0.0);
        let pulled = |g: R| if l2 { g + R::splat(self.l2) * w } else { g };
        if PLAIN {
            return pulled(g) + R::select(w.lt(zero), -zero, zero);
        }
        let (limit, l1) = (R::splat(self.gradient_limit), R::splat(self.l1));
        let g = g * R::splat(self.gradient_scale);
        let g = R::select(limit.lt(g), limit, R::select(g.lt(-limit), -limit, g));
        pulled(g) + R::select(w.lt(zero), -l1, R::select(zero.lt(w), l1, zero))
    }
}

impl Adam {
    /// The direction of the step, and the moments after.
    #[inline(always)]
    fn direction<R: Real>(self, g: R, m: R, v: R) -> [R; 3] {
        let m = R::splat(self.beta1) * m + R::splat(self.rest1) * g;
        let v = R::splat(self.beta2) * v + R::splat(self.rest2) * (g * g);
        let mean = m / R::splat(self.correction1);
        let spread = (v / R::splat(self.correction2)).sqrt() + R::splat(self.epsilon);
        [mean / spread, m, v]
    }
}

impl Update {
    /// One parameter, its gradient and its two moments → the parameter and its moments after.
    #[inline(always)]
    pub fn apply<R: Real>(self, pull: Pull, numbers: [R; 4]) -> [R; 3] {
        self.apply_as::<R, false>(pull, numbers)
    }

    #[inline(always)]
    fn apply_as<R: Real, const PLAIN: bool>(self, pull: Pull, [w, g, m, v]: [R; 4]) -> [R; 3] {
        let rate = R::splat(pull.learning_rate);
        match self {
            Self::Sgd => [w - rate * pull.on::<R, PLAIN>(w, g, true), m, v],
            Self::Momentum { momentum } => {
                let m = R::splat(momentum) * m + pull.on::<R, PLAIN>(w, g, true);
                [w - rate * m, m, v]
            }
            Self::Nesterov { momentum } => {
                let (g, momentum) = (pull.on::<R, PLAIN>(w, g, true), R::splat(momentum));
                let m = momentum * m + g;
                [w - rate * (g + momentum * m), m, v]
            }
            Self::RmsProp { alpha, rest, epsilon } => {
                let g = pull.on::<R, PLAIN>(w, g, true);
                let v = R::splat(alpha) * v + R::splat(rest) * (g * g);
                [w - rate * (g / (v.sqrt() + R::splat(epsilon))), m, v]
            }
            Self::Adam(adam) => {
                let [direction, m, v] = adam.direction(pull.on::<R, PLAIN>(w, g, true), m, v);
                [w - rate * direction, m, v]
            }
            Self::AdamW(adam) => {
                let [direction, m, v] = adam.direction(pull.on::<R, PLAIN>(w, g, false), m, v);
                [w - rate * (direction + R::splat(pull.l2) * w), m, v]
            }
            Self::Follow { share } => [w + R::splat(share) * (g - w), m, v],
        }
    }
}

/// Applies one update to a tensor: `w`, its gradient `g` and its moments `m`, `v`, all `(len)`.
/// Moments that the rule does not have stay as they are.
pub fn update(rule: Update, pull: Pull, w: &mut [f32], g: &[f32], m: &mut [f32], v: &mut [f32]) {
    let len = w.len();
    assert!(g.len() == len && m.len() == len && v.len() == len, "an update needs equal lengths");
    let tensors = [w, m, v];
    if pull.is_plain() {
        run::<true>(rule, pull, g, tensors);
    } else {
        run::<false>(rule, pull, g, tensors);
    }
}

/// The rule is named again inside each loop, so that nothing is decided there.
fn run<const PLAIN: bool>(rule: Update, pull: Pull, g: &[f32], [w, m, v]: [&mut [f32]; 3]) {
    let none = F32x4::splat(0.0);
    match rule {
        Update::Sgd => each(4, [g], [w], |[g], [w]| {
            let [w, ..] = Update::Sgd.apply_as::<_, PLAIN>(pull, [w, g, none, none]);
            [w]
        }),
        Update::Follow { share } => each(4, [g], [w], |[g], [w]| {
            let [w, ..] = Update::Follow { share }.apply_as::<_, PLAIN>(pull, [w, g, none, none]);
            [w]
        }),
        Update::Momentum { momentum } => each(6, [g], [w, m], |[g], [w, m]| {
            let rule = Update::Momentum { momentum };
            let [w, m, _] = rule.apply_as::<_, PLAIN>(pull, [w, g, m, none]);
            [w, m]
        }),
        Update::Nesterov { momentum } => each(8, [g], [w, m], |[g], [w, m]| {
            let rule = Update::Nesterov { momentum };
            let [w, m, _] = rule.apply_as::<_, PLAIN>(pull, [w, g, m, none]);
            [w, m]
        }),
        Update::RmsProp { alpha, rest, epsilon } => each(12, [g], [w, v], |[g], [w, v]| {
            let rule = Update::RmsProp { alpha, rest, epsilon };
            let [w, _, v] = rule.apply_as::<_, PLAIN>(pull, [w, g, none, v]);
            [w, v]
        }),
        Update::Adam(adam) => each(20, [g], [w, m, v], |[g], [w, m, v]| {
            Update::Adam(adam).apply_as::<_, PLAIN>(pull, [w, g, m, v])
        }),
        Update::AdamW(adam) => each(20, [g], [w, m, v], |[g], [w, m, v]| {
            Update::AdamW(adam).apply_as::<_, PLAIN>(pull, [w, g, m, v])
        }),
    }
}

/// `Σ x²`, in the tree of [`super::reduce::sum`]: of several gradients they are added in order.
pub fn sum_of_squares(x: &[f32]) -> f32 {
    sum_of([x], |[x]| x * x)
}

/// What gradients are multiplied with so that their common norm, the root of `sum_of_squares`, does
/// not exceed `largest_norm` (Pascanu, Mikolov, Bengio 2013, algorithm 1, in PyTorch's form). NaN
/// where the sum is NaN; 0 where it is infinite.
pub fn clip_factor(sum_of_squares: f32, largest_norm: f32) -> f32 {
    let factor = largest_norm / (sum_of_squares.sqrt() + 1e-6);
    if factor > 1.0 { 1.0 } else { factor }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::held::{LENGTHS, hard_numbers, plain_numbers, same_bits};
    use crate::kernels::reference::update as twin;

    const ADAM: Adam = Adam {
        beta1: 0.9,
        beta2: 0.999,
        rest1: 0.1,
        rest2: 0.001,
        epsilon: 1e-8,
        correction1: 0.1,
        correction2: 0.001,
    };
    const RULES: [Update; 7] = [
        Update::Sgd,
        Update::Momentum { momentum: 0.9 },
        Update::Nesterov { momentum: 0.9 },
        Update::RmsProp { alpha: 0.99, rest: 0.01, epsilon: 1e-8 },
        Update::Adam(ADAM),
        Update::AdamW(ADAM),
        Update::Follow { share: 0.1 },
    ];

    #[test]
    fn updates_match_their_twins_bit_by_bit() {
        let plain = Pull { l2: 1e-3, ..Pull::plain(0.01) };
        let pull = Pull { l1: 1e-4, ..plain };
        let clipped = Pull { gradient_scale: 0.3, gradient_limit: 0.2, ..pull };
        for len in LENGTHS.into_iter().chain([20_000]) {
            for (rule, pull) in
                RULES.into_iter().flat_map(|rule| [plain, pull, clipped].map(|pull| (rule, pull)))
            {
                let mut ours: Vec<Vec<f32>> = (0..4).map(|seed| hard_numbers(len, seed)).collect();
                let mut other = ours.clone();
                let [w, g, m, v] = ours.get_disjoint_mut([0, 1, 2, 3]).expect("four slices");
                update(rule, pull, w, g, m, v);
                let [w, g, m, v] = other.get_disjoint_mut([0, 1, 2, 3]).expect("four slices");
                twin::update(rule, pull, w, g, m, v);
                for (ours, other) in ours.iter().zip(&other) {
                    same_bits(&format!("{rule:?} of {len}"), ours, other);
                }
            }
            let x = plain_numbers(len, 1);
            same_bits("squares", &[sum_of_squares(&x)], &[twin::sum_of_squares(&x)]);
        }
    }

    #[test]
    fn gradients_are_held_back() {
        let moved = |pull: Pull| {
            let (mut w, mut m, mut v) = ([0.0; 3], [0.0; 3], [0.0; 3]);
            update(Update::Sgd, pull, &mut w, &[3.0, -4.0, 0.5], &mut m, &mut v);
            w
        };
        let plain = Pull::plain(1.0);
        assert_eq!(moved(plain), [-3.0, 4.0, -0.5]);
        assert_eq!(moved(Pull { gradient_limit: 1.0, ..plain }), [-1.0, 1.0, -0.5]);
        let factor = clip_factor(sum_of_squares(&[3.0, -4.0]), 1.0);
        assert!((factor - 0.2).abs() < 1e-6);
        assert_eq!(moved(Pull { gradient_scale: 0.5, ..plain }), [-1.5, 2.0, -0.25]);
        assert_eq!(clip_factor(0.0, 1.0), 1.0);
        assert_eq!(clip_factor(f32::INFINITY, 1.0), 0.0);
        assert!(clip_factor(f32::NAN, 1.0).is_nan());
    }

    #[test]
    fn a_follower_goes_its_share_of_the_way() {
        let mut w = [1.0];
        let rule = Update::Follow { share: 0.25 };
        update(rule, Pull { l2: 5.0, ..Pull::plain(9.0) }, &mut w, &[3.0], &mut [0.0], &mut [0.0]);
        assert_eq!(w, [1.5]);
    }
}
