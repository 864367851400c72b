//! 95 % confidence intervals: of the mean of a few runs, and of a share of many answers.

/// Two-sided 95 % quantile of Student's t, by degrees of freedom from 1.
const STUDENT_T: [f64; 19] = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093,
];

/// Most values that an interval is made of.
pub const MAX_VALUES: usize = STUDENT_T.len() + 1;

/// A mean and the half width of its 95 % confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Mean of the values.
    pub mean: f64,
    /// Half the width; `None` for fewer than two values.
    pub half_width: Option<f64>,
}

impl Interval {
    /// The interval of up to [`MAX_VALUES`] values, by Student's t; `None` of none at all.
    pub fn of(values: &[f64]) -> Option<Self> {
        let count = values.len();
        if count == 0 {
            return None;
        }
        let mean = values.iter().sum::<f64>() / count as f64;
        let half_width = STUDENT_T.get(count.wrapping_sub(2)).map(|t| {
            let variance =
                values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (count - 1) as f64;
            t * (variance / count as f64).sqrt()
        });
        Some(Self { mean, half_width })
    }
}

/// How many of some answers were right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Right answers.
    pub right: u32,
    /// Answers.
    pub of: u32,
}

impl Share {
    /// The 95 % interval of the probability behind it (Wilson 1927, J. Am. Stat. Assoc. 22, 209); all
    /// of [0, 1] without an answer.
    pub fn interval(self) -> (f64, f64) {
        const Z: f64 = 1.959_963_984_540_054;
        if self.of == 0 {
            return (0.0, 1.0);
        }
        let of = f64::from(self.of);
        let share = f64::from(self.right) / of;
        let middle = share + Z * Z / (2.0 * of);
        let half_width = Z * (share * (1.0 - share) / of + Z * Z / (4.0 * of * of)).sqrt();
        let whole = 1.0 + Z * Z / of;
        (((middle - half_width) / whole).max(0.0), ((middle + half_width) / whole).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_values() {
        let interval = Interval::of(&[1.0, 2.0, 3.0, 4.0, 5.0]).expect("five values");
        assert_eq!(interval.mean, 3.0);
        // t(4) · √(2.5 / 5)
        assert!((interval.half_width.expect("a width") - 2.776 * 0.5f64.sqrt()).abs() < 1e-12);
        assert_eq!(Interval::of(&[2.0]), Some(Interval { mean: 2.0, half_width: None }));
        assert_eq!(Interval::of(&[]), None);
    }

    #[test]
    fn a_share_of_answers() {
        // Its bounds are where a share is 1.96 of its deviations from what was seen.
        let share = Share { right: 843, of: 1000 };
        let (low, high) = share.interval();
        for bound in [low, high] {
            let deviations = (0.843 - bound).abs() / (bound * (1.0 - bound) / 1000.0).sqrt();
            assert!((deviations - 1.959_963_984_540_054).abs() < 1e-9, "{bound}: {deviations}");
        }
        assert!(low < 0.843 && 0.843 < high);
        assert_eq!(Share { right: 0, of: 0 }.interval(), (0.0, 1.0));
        assert_eq!(Share { right: 0, of: 20 }.interval().0, 0.0);
        assert_eq!(Share { right: 20, of: 20 }.interval().1, 1.0);
    }
}
