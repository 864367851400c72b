//! What stands for the derivative of a spike, which is 0 or infinite.

use crate::kernels::lane::Real;

/// A derivative of a spike by `x = u − θ`, the distance to threshold; 1 at threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Surrogate {
    /// `1/(1 + slope·|x|)²` (Zenke & Ganguli 2018, `SuperSpike`).
    FastSigmoid {
        /// Steepness.
        slope: f32,
    },
    /// `1/(1 + (slope·x)²)`, the derivative of an arc tangent (Fang et al. 2021, ICCV, equation 11).
    Arctan {
        /// Steepness.
        slope: f32,
    },
    /// `max(0, 1 − slope·|x|)` (Bellec et al. 2018, NeurIPS 31, equation 3).
    Triangular {
        /// Steepness.
        slope: f32,
    },
    /// Nothing flows through the neurons: what lies before them does not learn through them.
    Frozen,
}

impl Surrogate {
    /// The derivative at `x`.
    #[inline(always)]
    pub fn derivative<R: Real>(self, x: R) -> R {
        let (zero, one) = (R::splat(0.0), R::splat(1.0));
        match self {
            Self::FastSigmoid { slope } => {
                let width = one + R::splat(slope) * x.abs();
                one / (width * width)
            }
            Self::Arctan { slope } => {
                let wide = R::splat(slope) * x;
                one / (one + wide * wide)
            }
            Self::Triangular { slope } => zero.max(one - R::splat(slope) * x.abs()),
            Self::Frozen => zero,
        }
    }

    /// Its integral from threshold to `x`.
    #[cfg(test)]
    pub fn height(self, x: f64) -> f64 {
        match self {
            Self::FastSigmoid { slope } => x / (1.0 + f64::from(slope) * x.abs()),
            Self::Arctan { slope } => (f64::from(slope) * x).atan() / f64::from(slope),
            Self::Triangular { slope } => {
                let distance = x.abs().min(1.0 / f64::from(slope));
                x.signum() * (distance - 0.5 * f64::from(slope) * distance * distance)
            }
            Self::Frozen => 0.0,
        }
    }
}
