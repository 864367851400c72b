//! Histogram of synaptic weights, with their mean and spread.
//!
//! Equal bins from the smallest to the largest weight, or over a range that is given, so that the bins
//! stay where they are while the weights learn. Weights in the unit of the projection. Floor F2.
//!
//! ```
//! use cajal::snn::monitors::weight_histogram::weight_histogram;
//! let histogram = weight_histogram(&[0.0, 0.25, 0.75, 1.0], 2, Some((0.0, 1.0))).expect("weights");
//! assert_eq!((histogram.counts, histogram.mean), (vec![2, 2], 0.5));
//! ```

use super::moments;

/// How weights are distributed.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightHistogram {
    /// The lower end of the first and the upper end of the last bin, which belongs to it.
    pub range: (f64, f64),
    /// Weights in each bin.
    pub counts: Vec<u32>,
    /// Weights below the range.
    pub below: u32,
    /// Weights above the range.
    pub above: u32,
    /// Mean of all weights.
    pub mean: f64,
    /// Standard deviation of all weights.
    pub deviation: f64,
}

/// The histogram of `weights` in `bins` bins over `range`, or from the smallest to the largest.
///
/// None without a weight or a bin, if a weight is not finite, or if the range does not rise. Equal
/// weights without a given range share a range of width 1 around them.
#[must_use]
pub fn weight_histogram(weights: &[f32], bins: usize, range: Option<(f64, f64)>) -> Option<WeightHistogram> {
    let values = || weights.iter().map(|&weight| f64::from(weight));
    let (mean, variance) = moments(values())?;
    let extremes =
        values().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), w| (low.min(w), high.max(w)));
    let (low, high) = range.unwrap_or(if extremes.0 < extremes.1 {
        extremes
    } else {
        (extremes.0 - 0.5, extremes.0 + 0.5)
    });
    if bins == 0 || !(low < high && (high - low).is_finite()) {
        return None;
    }
    let (mut counts, mut below, mut above) = (vec![0; bins], 0, 0);
    for value in values() {
        if value < low {
            below += 1;
        } else if value > high {
            above += 1;
        } else {
            let bin = ((value - low) / (high - low) * bins as f64) as usize;
            counts[bin.min(bins - 1)] += 1;
        }
    }
    Some(WeightHistogram { range: (low, high), counts, below, above, mean, deviation: variance.sqrt() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Stream, StreamId};

    #[test]
    fn normal_weights_give_a_normal_histogram() {
        let mut weights = vec![0.0f32; 100_000];
        Stream::new(3, StreamId::Weights).fill_normal(0, 0, &mut weights);
        for weight in &mut weights {
            *weight = 2.0 + 0.5 * *weight;
        }
        let histogram = weight_histogram(&weights, 8, Some((1.0, 3.0))).expect("weights");
        assert!((histogram.mean - 2.0).abs() < 0.01 && (histogram.deviation - 0.5).abs() < 0.01);
        let cumulative = |x: f64| 1e5 * 0.5 * (1.0 + libm::erf((x - 2.0) / 0.5 / 2f64.sqrt()));
        for (bin, &count) in histogram.counts.iter().enumerate() {
            let from = 1.0 + 0.25 * bin as f64;
            let expected = cumulative(from + 0.25) - cumulative(from);
            assert!((f64::from(count) - expected).abs() < 5.0 * expected.sqrt(), "bin {bin}: {count}");
        }
        assert!((f64::from(histogram.below) - cumulative(1.0)).abs() < 5.0 * cumulative(1.0).sqrt());
        let total = histogram.counts.iter().sum::<u32>() + histogram.below + histogram.above;
        assert_eq!(total, 100_000);
    }

    #[test]
    fn ends_belong_to_the_bins_and_nothing_gives_none() {
        let histogram = weight_histogram(&[-1.0, 0.0, 1.0], 2, None).expect("weights");
        assert_eq!((histogram.range, histogram.counts), ((-1.0, 1.0), vec![1, 2]));
        let alike = weight_histogram(&[3.0; 5], 4, None).expect("weights");
        assert_eq!((alike.range, alike.counts.iter().sum::<u32>(), alike.deviation), ((2.5, 3.5), 5, 0.0));
        assert_eq!(weight_histogram(&[], 4, None), None);
        assert_eq!(weight_histogram(&[1.0], 0, None), None);
        assert_eq!(weight_histogram(&[1.0, f32::NAN], 4, None), None);
        assert_eq!(weight_histogram(&[1.0], 4, Some((1.0, 1.0))), None);
    }
}
