//! Activation functions and their derivatives, written once over [`Real`].

use super::lane::Real;
use crate::math;

/// A function applied to each pre-activation `x` of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Activation {
    /// 1 where `x ≥ 0`, else 0. Its derivative is 0: nothing is learned through it.
    Step,
    /// `x`.
    Linear,
    /// `max(0, x)`.
    Relu,
    /// `x` where positive, else `x / 100`.
    LeakyRelu,
    /// `x·Φ(x)`, with the exact normal distribution: within 3 ULP where `x ≥ 0`, below within 2 ULP of
    /// `x`, because Φ cancels there. The slope is within 3 ULP of 1.
    Gelu,
    /// `1 / (1 + e^-x)`.
    Sigmoid,
    /// Hyperbolic tangent.
    Tanh,
    /// `ln(1 + e^x)`.
    Softplus,
}

/// What the derivative of an activation is computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saves {
    /// `y = f(x)`.
    Output,
    /// `x`.
    Input,
}

const LEAK: f32 = 0.01;

impl Activation {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Step,
        Self::Linear,
        Self::Relu,
        Self::LeakyRelu,
        Self::Gelu,
        Self::Sigmoid,
        Self::Tanh,
        Self::Softplus,
    ];

    /// `f(x)`.
    #[inline(always)]
    pub fn value<R: Real>(self, x: R) -> R {
        let (zero, one) = (R::splat(0.0), R::splat(1.0));
        match self {
            // A NaN passes through, so that a diverged run is noticed.
            Self::Step => R::select(x.lt(zero), zero, R::select(zero.le(x), one, x)),
            Self::Linear => x,
            Self::Relu => R::select(x.lt(zero), zero, x),
            Self::LeakyRelu => R::select(x.lt(zero), x * R::splat(LEAK), x),
            Self::Gelu => x * math::normal_cdf(x),
            Self::Sigmoid => math::sigmoid(x),
            Self::Tanh => x.tanh(),
            Self::Softplus => math::softplus(x),
        }
    }

    /// What the slope is computed from, and so what a forward pass has to keep.
    pub fn saves(self) -> Saves {
        match self {
            Self::Gelu | Self::Softplus => Saves::Input,
            _ => Saves::Output,
        }
    }

    /// `f'(x)`, given what [`Activation::saves`] names: `x` or `y = f(x)`.
    #[inline(always)]
    pub fn slope<R: Real>(self, saved: R) -> R {
        let (zero, one) = (R::splat(0.0), R::splat(1.0));
        match self {
            Self::Step => zero,
            Self::Linear => one,
            // The output is positive exactly where the input is.
            Self::Relu => R::select(zero.lt(saved), one, zero),
            Self::LeakyRelu => R::select(zero.lt(saved), one, R::splat(LEAK)),
            Self::Gelu => math::normal_cdf(saved) + saved * math::normal_pdf(saved),
            Self::Sigmoid => saved * (one - saved),
            Self::Tanh => one - saved * saved,
            Self::Softplus => math::sigmoid(saved),
        }
    }
}
