//! Sine and cosine in double precision, the same bits on every target.
//!
//! Reduction by a multiple of π/2 in two parts (Cody and Waite 1980, *Software Manual for the
//! Elementary Functions*, ch. 8), then the minimax polynomials of FreeBSD's msun `k_sin.c` and
//! `k_cos.c` (Sun Microsystems 1993) on [−π/4, π/4]. Only `+ − ×` and `floor`, so no platform's
//! library decides a bit. For |x| ≤ 1000 the absolute error is below 4e-16 (tested against std).

/// The 33 leading bits of π/2: a whole number below 2²⁰ times it is exact.
const HALF_PI_HIGH: f64 = 1.570_796_326_734_125_6;
/// The rest of π/2.
const HALF_PI_LOW: f64 = 6.077_100_506_506_192e-11;

const SIN: [f64; 6] = [
    -1.666_666_666_666_663_2e-1,
    8.333_333_333_322_49e-3,
    -1.984_126_982_985_795e-4,
    2.755_731_370_707_007e-6,
    -2.505_076_025_340_686_3e-8,
    1.589_690_995_211_55e-10,
];
const COS: [f64; 6] = [
    4.166_666_666_666_66e-2,
    -1.388_888_888_887_411e-3,
    2.480_158_728_947_673e-5,
    -2.755_731_435_139_066_3e-7,
    2.087_572_321_298_175e-9,
    -1.135_964_755_778_819_5e-11,
];

/// `(sin x, cos x)` of an angle in radians, |x| ≤ 1000.
pub(super) fn sin_cos(x: f64) -> (f64, f64) {
    debug_assert!(x.abs() <= 1000.0, "expected an angle of at most 1000, got {x}");
    let quadrant = (x * std::f64::consts::FRAC_2_PI + 0.5).floor();
    let r = (x - quadrant * HALF_PI_HIGH) - quadrant * HALF_PI_LOW;
    let square = r * r;
    let polynomial = |c: &[f64; 6]| c.iter().rev().fold(0.0, |sum, c| sum * square + c);
    let sin = r + r * square * polynomial(&SIN);
    let cos = 1.0 - (0.5 * square - square * square * polynomial(&COS));
    match (quadrant as i32).rem_euclid(4) {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    }
}

#[cfg(test)]
mod tests {
    use super::sin_cos;

    #[test]
    fn agrees_with_std_to_the_stated_error() {
        let mut worst = 0.0f64;
        for i in -400_000..=400_000 {
            let x = f64::from(i) * 0.0025;
            let (sin, cos) = sin_cos(x);
            worst = worst.max((sin - x.sin()).abs()).max((cos - x.cos()).abs());
        }
        assert!(worst < 4e-16, "worst error {worst:e}");
    }

    #[test]
    fn is_exact_where_it_must_be() {
        assert_eq!(sin_cos(0.0), (0.0, 1.0));
        let (sin, cos) = sin_cos(std::f64::consts::FRAC_PI_2);
        assert_eq!(sin, 1.0);
        assert!(cos.abs() < 1e-16);
    }
}
