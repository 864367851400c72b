//! Histogram of synaptic weights, with their mean and spread.
//!
//! Weights come as values with how many there are of each, so that a projection whose synapses share one
//! weight is told in a step. Equal bins reach from the smallest to the largest, and at least over a range that
//! is given, so that they stay where they are while weights learn. In the unit of the projection. Floor F2.
//!
//! ```
//! use cajal::snn::monitors::weight_histogram::weight_histogram;
//! let weights = [(0.0, 1), (0.25, 1), (0.75, 1), (1.0, 1)];
//! let histogram = weight_histogram(|tell| weights.iter().for_each(|&(w, n)| tell(w, n)), 2, None);
//! let histogram = histogram.expect("weights");
//! assert_eq!((histogram.counts, histogram.mean), (vec![2, 2], 0.5));
//! ```

/// How weights are distributed.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightHistogram {
    /// The lower end of the first and the upper end of the last bin, which belongs to it; equal, with one bin,
    /// where all weights are alike.
    pub range: [f64; 2],
    /// Weights in each bin.
    pub counts: Vec<u32>,
    /// All weights.
    pub count: u64,
    /// Mean of all weights.
    pub mean: f64,
    /// Standard deviation of all weights.
    pub deviation: f64,
}

/// The histogram of what `each` tells, a weight and how many there are of it, in `bins` bins; it is asked
/// twice, and tells the same.
///
/// None without a weight or a bin, or if a weight or an end of `reach` is not finite.
#[must_use]
pub fn weight_histogram(
    each: impl Fn(&mut dyn FnMut(f64, u32)),
    bins: usize,
    reach: Option<[f64; 2]>,
) -> Option<WeightHistogram> {
    let [mut low, mut high] = reach.unwrap_or([f64::INFINITY, f64::NEG_INFINITY]);
    let (mut count, mut sum) = (0, 0.0);
    each(&mut |weight, times| {
        count += u64::from(times);
        sum += weight * f64::from(times);
        (low, high) = (low.min(weight), high.max(weight));
    });
    let mean = sum / count as f64;
    // A sum is not finite if a weight is not.
    if bins == 0 || !(mean + (high - low)).is_finite() {
        return None;
    }
    let mut counts = vec![0; if low < high { bins } else { 1 }];
    let (wide, last, mut squares) = (high - low, counts.len() - 1, 0.0);
    each(&mut |weight, times| {
        squares += (weight - mean) * (weight - mean) * f64::from(times);
        let share = if wide > 0.0 { (weight - low) / wide } else { 0.0 };
        counts[((share * bins as f64) as usize).min(last)] += times;
    });
    Some(WeightHistogram {
        range: [low, high],
        counts,
        count,
        mean,
        deviation: (squares / count as f64).sqrt(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Stream, StreamId};

    fn of(weights: &[f32], bins: usize, reach: Option<[f64; 2]>) -> Option<WeightHistogram> {
        weight_histogram(|tell| weights.iter().for_each(|&weight| tell(f64::from(weight), 1)), bins, reach)
    }

    #[test]
    fn normal_weights_give_a_normal_histogram() {
        let mut weights = vec![0.0f32; 100_000];
        Stream::new(3, StreamId::Weights).fill_normal(0, 0, &mut weights);
        for weight in &mut weights {
            *weight = 2.0 + 0.5 * *weight;
        }
        let histogram = of(&weights, 16, Some([-2.0, 6.0])).expect("weights");
        assert_eq!((histogram.range, histogram.count), ([-2.0, 6.0], 100_000));
        assert!((histogram.mean - 2.0).abs() < 0.01 && (histogram.deviation - 0.5).abs() < 0.01);
        let cumulative = |x: f64| 1e5 * 0.5 * (1.0 + libm::erf((x - 2.0) / 0.5 / 2f64.sqrt()));
        for (bin, &count) in histogram.counts.iter().enumerate() {
            let from = -2.0 + 0.5 * bin as f64;
            let expected = cumulative(from + 0.5) - cumulative(from);
            let spread = 5.0 * expected.sqrt() + 1.0;
            assert!((f64::from(count) - expected).abs() < spread, "bin {bin}: {count}");
        }
    }

    #[test]
    fn ends_belong_to_the_bins_and_nothing_gives_none() {
        let histogram = of(&[-1.0, 0.0, 1.0], 2, None).expect("weights");
        assert_eq!((histogram.range, histogram.counts), ([-1.0, 1.0], vec![1, 2]));
        let alike = of(&[3.0; 5], 4, None).expect("weights");
        assert_eq!((alike.range, alike.counts, alike.deviation), ([3.0, 3.0], vec![5], 0.0));
        let wider = of(&[0.5, 3.0], 2, Some([0.0, 2.0])).expect("weights");
        assert_eq!((wider.range, wider.counts), ([0.0, 3.0], vec![1, 1]));
        let shared = weight_histogram(|tell| tell(0.25, 1 << 31), 4, None).expect("weights");
        assert_eq!((shared.counts, shared.mean), (vec![1 << 31], 0.25));
        assert_eq!(of(&[], 4, None), None);
        assert_eq!(of(&[], 4, Some([0.0, 1.0])), None);
        assert_eq!(of(&[1.0], 0, None), None);
        assert_eq!(of(&[1.0, f32::NAN], 4, None), None);
        assert_eq!(of(&[1.0, f32::INFINITY], 4, None), None);
    }
}
