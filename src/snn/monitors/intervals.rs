//! Intervals between spikes: their histogram and how irregular they are.
//!
//! - `CV`: standard deviation over mean; 1 for a Poisson train, 0 for a clock.
//! - `CV₂ = ⟨2|I(n+1) − I(n)|/(I(n+1) + I(n))⟩` (Holt, Softky, Koch & Douglas 1996, J. Neurophysiol. 75,
//!   1806–1814), and
//! - `LV = 3⟨((I(n+1) − I(n))/(I(n+1) + I(n)))²⟩` (Shinomoto, Shima & Tanji 2003, Neural Comput. 15,
//!   2823–2842): the same two values, from neighbours alone, so that a slow change of rate is not
//!   taken for irregularity.
//!
//! Times and intervals in ms. Floor F2.
//!
//! ```
//! use cajal::snn::monitors::intervals::{cv, histogram, intervals_ms};
//! let intervals = intervals_ms(&[1.0, 3.0, 5.0, 7.0]);
//! assert_eq!(cv(&intervals), Some(0.0));
//! assert_eq!(histogram(&intervals, 1.0, 4).map(|h| h.counts), Some(vec![0, 0, 3, 0]));
//! ```

use super::moments;

/// The intervals between spikes at `times_ms`, which rise.
#[must_use]
pub fn intervals_ms(times_ms: &[f64]) -> Vec<f64> {
    times_ms.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

/// How many intervals fall into each bin.
#[derive(Clone, Debug, PartialEq)]
pub struct IntervalHistogram {
    /// Width of a bin, ms; bin `n` holds `n·bin_ms ≤ I < (n + 1)·bin_ms`.
    pub bin_ms: f64,
    /// Intervals in each bin.
    pub counts: Vec<u32>,
    /// Intervals longer than all bins.
    pub beyond: u32,
}

/// The histogram of intervals in `bins` bins of `bin_ms`.
///
/// None without an interval or a bin, or if an interval is negative or not finite.
#[must_use]
pub fn histogram(intervals_ms: &[f64], bin_ms: f64, bins: usize) -> Option<IntervalHistogram> {
    let known = |interval: &f64| *interval >= 0.0 && interval.is_finite();
    let usable = !intervals_ms.is_empty() && intervals_ms.iter().all(known);
    if !usable || bins == 0 || !(bin_ms > 0.0 && bin_ms.is_finite()) {
        return None;
    }
    let (mut counts, mut beyond) = (vec![0; bins], 0);
    for interval in intervals_ms {
        // Times are multiples of a step: a few units in the last place must not change the bin.
        let bin = libm::floor(interval / bin_ms + 1e-9);
        match counts.get_mut(bin as usize) {
            Some(count) => *count += 1,
            None => beyond += 1,
        }
    }
    Some(IntervalHistogram { bin_ms, counts, beyond })
}

/// Coefficient of variation; None for fewer than two intervals or a mean of 0.
#[must_use]
pub fn cv(intervals_ms: &[f64]) -> Option<f64> {
    let (mean, variance) = moments(intervals_ms.iter().copied())?;
    (intervals_ms.len() > 1 && mean > 0.0).then(|| variance.sqrt() / mean)
}

/// Mean of a function of the contrasts `(I(n+1) − I(n))/(I(n+1) + I(n))`; None where there is none.
fn neighbours(intervals_ms: &[f64], of: impl Fn(f64) -> f64) -> Option<f64> {
    let contrasts = intervals_ms.windows(2).filter(|pair| pair[0] + pair[1] > 0.0);
    let contrasts = contrasts.map(|pair| of((pair[1] - pair[0]) / (pair[1] + pair[0])));
    moments(contrasts).map(|(mean, _)| mean)
}

/// `CV₂` of Holt et al. (1996), 1 for a Poisson train; None for fewer than two intervals.
#[must_use]
pub fn local_cv(intervals_ms: &[f64]) -> Option<f64> {
    neighbours(intervals_ms, |contrast| 2.0 * contrast.abs())
}

/// `LV` of Shinomoto et al. (2003), 1 for a Poisson train; None for fewer than two intervals.
#[must_use]
pub fn local_variation(intervals_ms: &[f64]) -> Option<f64> {
    neighbours(intervals_ms, |contrast| 3.0 * contrast * contrast)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Stream, StreamId};

    /// Exponential intervals of a mean that may change on the way.
    fn poisson(count: u64, mean_ms: impl Fn(u64) -> f64) -> Vec<f64> {
        let stream = Stream::new(12, StreamId::Sample);
        (0..count).map(|n| -mean_ms(n) * libm::log(1.0 - stream.uniform_f64(0, n))).collect()
    }

    #[test]
    fn a_poisson_train_varies_by_one_and_a_clock_not_at_all() {
        let intervals = poisson(40_000, |_| 25.0);
        for value in [cv(&intervals), local_cv(&intervals), local_variation(&intervals)] {
            assert!((value.expect("intervals") - 1.0).abs() < 0.02, "{value:?}");
        }
        let clock = intervals_ms(&(0..100).map(|n| f64::from(n) * 8.0).collect::<Vec<_>>());
        assert_eq!(
            (cv(&clock), local_cv(&clock), local_variation(&clock)),
            (Some(0.0), Some(0.0), Some(0.0))
        );
    }

    #[test]
    fn a_slow_change_of_rate_raises_the_cv_and_not_the_local_one() {
        let intervals = poisson(40_000, |n| if n < 20_000 { 5.0 } else { 50.0 });
        // A mixture of two exponentials: variance 2·⟨m²⟩ − ⟨m⟩², mean 27.5.
        let mixed = ((2.0 * (25.0 + 2500.0) / 2.0 - 27.5f64.powi(2)).sqrt()) / 27.5;
        assert!((cv(&intervals).expect("intervals") - mixed).abs() < 0.03);
        assert!((local_cv(&intervals).expect("intervals") - 1.0).abs() < 0.02);
        assert!((local_variation(&intervals).expect("intervals") - 1.0).abs() < 0.02);
    }

    #[test]
    fn the_histogram_of_a_poisson_train_falls_exponentially() {
        let histogram = histogram(&poisson(40_000, |_| 20.0), 5.0, 20).expect("intervals");
        let total: u32 = histogram.counts.iter().sum::<u32>() + histogram.beyond;
        assert_eq!(total, 40_000);
        for (bin, &count) in histogram.counts.iter().enumerate() {
            let from = (-0.25 * bin as f64).exp();
            let expected = 40_000.0 * (from - from * (-0.25f64).exp());
            assert!((f64::from(count) - expected).abs() < 5.0 * expected.sqrt(), "bin {bin}: {count}");
        }
    }

    #[test]
    fn too_few_intervals_have_no_variation() {
        for few in [&[][..], &[3.0]] {
            assert_eq!((cv(few), local_cv(few), local_variation(few)), (None, None, None));
        }
        assert_eq!((cv(&[0.0, 0.0]), local_cv(&[0.0, 0.0])), (None, None));
        assert_eq!(cv(&[f64::NAN, 1.0]), None);
        assert_eq!(histogram(&[], 1.0, 5), None);
        assert_eq!(histogram(&[1.0], 0.0, 5), None);
        assert_eq!(histogram(&[1.0], f64::INFINITY, 5), None);
        for nonsense in [f64::NAN, f64::INFINITY, -1.0] {
            assert_eq!(histogram(&[1.0, nonsense], 1.0, 5), None);
        }
        assert!(intervals_ms(&[4.0]).is_empty());
        let edge = histogram(&[0.3, 7.0], 0.1, 5).expect("intervals");
        assert_eq!((edge.counts, edge.beyond), (vec![0, 0, 0, 1, 0], 1));
    }
}
