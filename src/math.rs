//! The elementary functions of the engine: the same operations, hence the same bits, in scalar
//! code, in SSE2 and in SIMD128.
//!
//! Polynomials were fitted to the functions below by weighted least squares (Lawson's iteration);
//! the reductions are the classical ones of Cody & Waite, *Software Manual for the Elementary
//! Functions* (1980). Errors are stated against exact values, in units of the last place (ULP) of
//! single precision, and tested over the range. Double precision goes to the `libm` crate, whose
//! source is the same on every target.
//!
//! ```
//! use cajal::math::{exp, tanh};
//! assert!((exp(1.0f32) - 2.7182817).abs() < 3e-7);
//! assert_eq!(tanh(20.0f32), 1.0);
//! ```

use crate::kernels::lane::{Real, Single};

const LOG2_E: f32 = core::f32::consts::LOG2_E;
const LN_2_HI: f32 = 0.693_359_4;
const LN_2_LO: f32 = -2.121_944_4e-4;
/// Added to a number below 2^22 in magnitude, it rounds to the nearest whole number (ties to even).
const ROUND: f32 = 12_582_912.0;
/// Results below 2^-125 are flushed to zero.
const EXP_LOWEST: f32 = -86.64;
const EXP_HIGHEST: f32 = 88.722_83;

/// `c[0] + c[1]·x + …` by Horner's rule.
#[inline(always)]
fn polynomial<R: Real, const N: usize>(x: R, coefficients: [f32; N]) -> R {
    let mut sum = R::splat(coefficients[N - 1]);
    for degree in (0..N - 1).rev() {
        sum = sum * x + R::splat(coefficients[degree]);
    }
    sum
}

/// `e^x`, within 2 ULP; 0 below -86.64, infinite above 88.72.
#[inline(always)]
pub fn exp<R: Single>(x: R) -> R {
    let shifted = x * R::splat(LOG2_E) + R::splat(ROUND);
    let whole = shifted - R::splat(ROUND);
    let r = x - whole * R::splat(LN_2_HI) - whole * R::splat(LN_2_LO);
    let tail = polynomial(r, [0.499_999_93, 0.166_665_21, 0.041_668_39, 0.008_368_715, 0.001_381_46]);
    let mantissa = R::splat(1.0) + (r + r * r * tail);
    // One power of two is held back, so that 2^128 never has to be represented.
    let value = mantissa * (shifted - R::splat(1.0)).pow2_from_shifted() * R::splat(2.0);
    let value = R::select(x.lt(R::splat(EXP_LOWEST)), R::splat(0.0), value);
    R::select(R::splat(EXP_HIGHEST).lt(x), R::splat(f32::INFINITY), value)
}

/// Natural logarithm, within 2 ULP; -∞ at 0, NaN below.
#[inline(always)]
pub fn ln<R: Single>(x: R) -> R {
    let subnormal = x.lt(R::splat(f32::MIN_POSITIVE));
    let scaled = R::select(subnormal, x * R::splat(16_777_216.0), x);
    let (mantissa, exponent) = scaled.split_exponent();
    let exponent = R::select(subnormal, exponent - R::splat(24.0), exponent);
    let f = mantissa - R::splat(1.0);
    let tail = polynomial(
        f,
        [
            0.333_333_13,
            -0.250_000_1,
            0.200_021_2,
            -0.166_679_97,
            0.142_195_45,
            -0.124_055_74,
            0.118_882_09,
            -0.116_757_72,
            0.067_466_85,
        ],
    );
    let square = f * f;
    let log = f - (R::splat(0.5) * square - square * f * tail - exponent * R::splat(LN_2_LO));
    let value = log + exponent * R::splat(LN_2_HI);
    // Infinity and NaN stand for themselves.
    let value = R::select(x.le(R::splat(f32::MAX)), value, x);
    let value = R::select(x.le(R::splat(0.0)), R::splat(f32::NEG_INFINITY), value);
    R::select(x.lt(R::splat(0.0)), R::splat(f32::NAN), value)
}

/// Hyperbolic tangent, within 3 ULP.
#[inline(always)]
pub fn tanh<R: Single>(x: R) -> R {
    let magnitude = x.abs();
    let square = x * x;
    let series =
        polynomial(square, [-0.333_332_8, 0.133_314_42, -0.053_739_71, 0.020_639_079, -0.005_704_978_4]);
    let small = x + x * square * series;
    let large = R::splat(1.0) - R::splat(2.0) / (exp(magnitude + magnitude) + R::splat(1.0));
    let large = R::select(x.lt(R::splat(0.0)), -large, large);
    R::select(magnitude.lt(R::splat(0.625)), small, large)
}

/// Error function, within 4 ULP.
#[inline(always)]
pub fn erf<R: Single>(x: R) -> R {
    let magnitude = R::splat(4.0).min(x.abs());
    let square = x * x;
    let small = x * polynomial(
        square,
        [
            core::f32::consts::FRAC_2_SQRT_PI,
            -0.376_126_26,
            0.112_835_85,
            -0.026_853_812,
            0.005_188_327_6,
            -8.010_192_5e-4,
            7.853_858e-5,
        ],
    );
    let t = R::splat(1.0) / (R::splat(1.0) + R::splat(0.5) * magnitude);
    let scaled = polynomial(
        t,
        [
            -1.021_568_5e-4,
            0.284_023_15,
            0.266_282_22,
            0.320_104_93,
            -0.031_545_65,
            0.444_334_9,
            -0.349_619_8,
            0.048_960_17,
            0.017_671_876,
        ],
    );
    let large = R::splat(1.0) - exp(-(magnitude * magnitude)) * scaled;
    let large = R::select(x.lt(R::splat(0.0)), -large, large);
    R::select(x.abs().lt(R::splat(1.0)), small, large)
}

/// Logistic sigmoid `1 / (1 + e^-x)`, within 3 ULP above -86.
#[inline(always)]
pub fn sigmoid<R: Real>(x: R) -> R {
    R::splat(1.0) / (R::splat(1.0) + (-x).exp())
}

/// `ln(1 + e^x)`, within 2 ULP where `x ≥ 0`. Below, where the sum drowns `e^x`, within 2 ULP of 1, an
/// absolute error of 1.2e-7.
#[inline(always)]
pub fn softplus<R: Real>(x: R) -> R {
    let positive = x.max(R::splat(0.0));
    positive + (R::splat(1.0) + (-x.abs()).exp()).ln()
}

/// Cumulative distribution of the standard normal, `Φ(x)`, within 2 ULP where `x ≥ 0`; below, where the
/// sum cancels, within 2 ULP of 1, an absolute error of 1.2e-7.
#[inline(always)]
pub fn normal_cdf<R: Real>(x: R) -> R {
    R::splat(0.5) * (R::splat(1.0) + (x * R::splat(core::f32::consts::FRAC_1_SQRT_2)).erf())
}

/// Density of the standard normal, `φ(x)`, within 6 ULP where `|x| ≤ 3` and within 1 ULP of 1 everywhere:
/// the rounding of `x²` grows with it.
#[inline(always)]
pub fn normal_pdf<R: Real>(x: R) -> R {
    // 1 / √(2π)
    R::splat(0.398_942_3) * (R::splat(-0.5) * x * x).exp()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::activation::Activation;
    use crate::kernels::lane::F32x4;

    /// The unit of the last place of the single-precision number nearest to `of`; that of the smallest
    /// normal number below it.
    fn ulp(of: f64) -> f64 {
        let of = (of as f32).abs().clamp(f32::MIN_POSITIVE, f32::MAX).to_bits();
        f64::from(f32::from_bits(of)) - f64::from(f32::from_bits(of - 1))
    }

    /// What is stated of a function, and how to tell.
    struct Stated<Ours, Lanes> {
        /// Where it holds.
        range: (f64, f64),
        ours: Ours,
        lanes: Lanes,
        truth: fn(f64) -> f64,
        /// The number, of `x` and the true value, whose last place counts.
        of: fn(f64, f64) -> f64,
    }

    impl<Ours: Fn(f32) -> f32, Lanes: Fn(F32x4) -> F32x4> Stated<Ours, Lanes> {
        /// Largest distance in units of the last place, scalar against `f64`, while the vector must
        /// repeat the scalar bit by bit. Numbers are taken by their bits, so that small ones are met as
        /// often as large ones; of those of both signs every so many.
        fn worst(&self, every: usize) -> f64 {
            let mut worst = 0.0f64;
            for bits in (0..=u32::MAX).step_by(every) {
                let x = f32::from_bits(bits);
                let wide = f64::from(x);
                if !x.is_finite() || !(self.range.0..=self.range.1).contains(&wide) {
                    continue;
                }
                let got = (self.ours)(x);
                let lanes = (self.lanes)(F32x4::splat(x)).to_array()[3];
                assert_eq!(got.to_bits(), lanes.to_bits(), "lanes differ at {x}");
                let exact = (self.truth)(wide);
                let distance = (f64::from(got) - exact).abs() / ulp((self.of)(wide, exact));
                assert!(!distance.is_nan(), "no number at {x}");
                worst = worst.max(distance);
            }
            worst
        }
    }

    /// Two tests of what is stated: with every 1009th number of single precision, and with every one
    /// (`cargo test --release --lib math -- --ignored`, a minute or more each).
    macro_rules! stated {
        ($($name:ident: $ulp:literal ULP of $of:expr, in $range:expr, $ours:expr, $truth:expr;)*) => {$(
            mod $name {
                use super::*;

                fn check(every: usize) {
                    let stated =
                        Stated { range: $range, ours: $ours, lanes: $ours, truth: $truth, of: $of };
                    let worst = stated.worst(every);
                            assert!(worst <= $ulp, "{worst:.3} ULP, stated {}", $ulp);
                }

                #[test]
                fn is_as_exact_as_stated() {
                    check(1009);
                }

                #[test]
                #[ignore = "every number of single precision takes a minute or more"]
                fn is_as_exact_as_stated_everywhere() {
                    check(1);
                }
            }
        )*};
    }

    const ALL: (f64, f64) = (-f64::MAX, f64::MAX);

    fn result(_: f64, y: f64) -> f64 {
        y
    }
    fn at_least_one(_: f64, y: f64) -> f64 {
        y.max(1.0)
    }
    fn argument(x: f64, _: f64) -> f64 {
        x
    }
    fn one(_: f64, _: f64) -> f64 {
        1.0
    }

    fn cdf(x: f64) -> f64 {
        0.5 * libm::erfc(-x * core::f64::consts::FRAC_1_SQRT_2)
    }
    fn pdf(x: f64) -> f64 {
        (-0.5 * x * x).exp() / (2.0 * core::f64::consts::PI).sqrt()
    }

    stated! {
        exponential: 2.0 ULP of result, in (-86.64, 88.722), exp, f64::exp;
        logarithm: 2.0 ULP of result, in (1e-46, f64::MAX), ln, f64::ln;
        hyperbolic_tangent: 3.0 ULP of result, in ALL, tanh, f64::tanh;
        error_function: 4.0 ULP of result, in ALL, erf, libm::erf;
        logistic: 3.0 ULP of result, in (-86.0, f64::MAX), sigmoid, |x| 1.0 / (1.0 + (-x).exp());
        softplus_positive: 2.0 ULP of result, in (0.0, f64::MAX), softplus, |x| x + (-x).exp().ln_1p();
        softplus_everywhere: 2.0 ULP of at_least_one, in ALL, softplus,
            |x| x.max(0.0) + (-x.abs()).exp().ln_1p();
        cumulative_positive: 2.0 ULP of result, in (0.0, f64::MAX), normal_cdf, cdf;
        cumulative: 2.0 ULP of one, in ALL, normal_cdf, cdf;
        density: 1.0 ULP of one, in ALL, normal_pdf, pdf;
        density_near: 6.0 ULP of result, in (-3.0, 3.0), normal_pdf, pdf;
        gelu_positive: 3.0 ULP of result, in (0.0, f64::MAX), |x| Activation::Gelu.value(x), |x| x * cdf(x);
        gelu: 2.0 ULP of argument, in ALL, |x| Activation::Gelu.value(x), |x| x * cdf(x);
        gelu_slope: 3.0 ULP of one, in ALL, |x| Activation::Gelu.slope(x), |x| cdf(x) + x * pdf(x);
    }

    #[test]
    fn edges_are_exact() {
        assert_eq!(exp(0.0f32), 1.0);
        assert_eq!(exp(-1000.0f32), 0.0);
        assert_eq!(exp(1000.0f32), f32::INFINITY);
        assert!(exp(f32::NAN).is_nan());
        assert_eq!(ln(1.0f32), 0.0);
        assert_eq!(ln(0.0f32), f32::NEG_INFINITY);
        assert_eq!(ln(f32::INFINITY), f32::INFINITY);
        assert!(ln(-1.0f32).is_nan() && ln(f32::NAN).is_nan());
        assert!((ln(1e-42f32) - (1e-42f32 as f64).ln() as f32).abs() < 1e-4);
        assert_eq!(tanh(f32::NEG_INFINITY), -1.0);
        assert_eq!(erf(9.0f32), 1.0);
        assert!(tanh(f32::NAN).is_nan() && erf(f32::NAN).is_nan());
        assert_eq!(softplus(100.0f32), 100.0);
        assert_eq!(softplus(-100.0f32), 0.0);
    }
}
