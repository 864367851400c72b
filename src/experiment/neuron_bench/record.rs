//! What a run leaves behind: every sample of every variable, and the parts of it that a plot wants.
//!
//! A plot of `n` columns gets two points a column: the smallest and the largest sample in the order in
//! which they came, so that no spike is lost between pixels. Where a column holds no sample, the points
//! lie on the straight line between the neighbours.

use super::subject::Variable;
use crate::snn::monitors::intervals::{cv, intervals_ms};

/// The run of one neuron. Sample `n` of a variable is its value at `n·dt_ms`.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Title of the model.
    pub title: &'static str,
    /// Symbol of the unit of drive.
    pub drive_unit: &'static str,
    /// Time step, ms.
    pub dt_ms: f64,
    /// What was recorded.
    pub variables: Vec<Variable>,
    /// Samples of each variable.
    pub samples: Vec<Vec<f32>>,
    /// The current over each step, in the unit of drive.
    pub drive: Vec<f32>,
    /// When it fired, ms: the ends of the steps in which it did.
    pub spikes_ms: Vec<f64>,
    /// The samples behind which it was put back to another potential, in their order.
    pub resets: Vec<usize>,
}

impl Record {
    /// Intervals over the time they take, Hz: the rate while it fires. None for fewer than two spikes.
    #[must_use]
    pub fn rate_hz(&self) -> Option<f64> {
        let [first, .., last] = self.spikes_ms[..] else { return None };
        Some(1000.0 * (self.spikes_ms.len() - 1) as f64 / (last - first))
    }

    /// Coefficient of variation of the intervals; None for fewer than three spikes.
    #[must_use]
    pub fn cv(&self) -> Option<f64> {
        cv(&intervals_ms(&self.spikes_ms))
    }

    /// The sample at or before a time.
    #[must_use]
    pub fn index_at(&self, time_ms: f64) -> usize {
        let last = self.drive.len().saturating_sub(1);
        // A NaN becomes 0.
        ((time_ms / self.dt_ms * (1.0 + 4.0 * f64::EPSILON)) as usize).min(last)
    }
}

/// Times of the points that [`extremes`] gives: a quarter and three quarters through each column.
#[must_use]
pub fn times_ms(from_ms: f64, until_ms: f64, columns: usize) -> Vec<f64> {
    let width = (until_ms - from_ms) / columns as f64;
    (0..columns)
        .flat_map(|column| [0.25, 0.75].map(|part| from_ms + (column as f64 + part) * width))
        .collect()
}

/// Two points for each of `columns` equal parts of the time from `from_ms` to `until_ms`.
#[must_use]
pub fn extremes(samples: &[f32], dt_ms: f64, (from_ms, until_ms): (f64, f64), columns: usize) -> Vec<f32> {
    let mut points = Vec::with_capacity(2 * columns);
    let width = (until_ms - from_ms) / columns as f64;
    let first_at = |time_ms: f64| (libm::ceil(time_ms / dt_ms - 1e-9).max(0.0) as usize).min(samples.len());
    for column in 0..columns {
        let begin_ms = from_ms + column as f64 * width;
        let (begin, end) = (first_at(begin_ms), first_at(begin_ms + width));
        if begin < end {
            points.extend(in_order(&samples[begin..end]));
        } else {
            points.extend([0.25, 0.75].map(|part| between(samples, (begin_ms + part * width) / dt_ms)));
        }
    }
    points
}

/// Smallest and largest, the earlier one first.
fn in_order(samples: &[f32]) -> [f32; 2] {
    let (mut low, mut high) = (0, 0);
    for (at, value) in samples.iter().enumerate() {
        if *value < samples[low] {
            low = at;
        }
        if *value > samples[high] {
            high = at;
        }
    }
    [samples[low.min(high)], samples[low.max(high)]]
}

/// On the line between two samples; the last sample behind them all, NaN where there is none.
fn between(samples: &[f32], place: f64) -> f32 {
    let Some(last) = samples.last() else { return f32::NAN };
    let left = libm::floor(place.max(0.0));
    let (from, to) = (samples.get(left as usize), samples.get(left as usize + 1));
    match (from, to) {
        (Some(from), Some(to)) => from + (to - from) * (place - left).clamp(0.0, 1.0) as f32,
        _ => *last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_extreme_is_lost_whatever_the_window() {
        let samples: Vec<f32> =
            (0..10_000).map(|n| if n == 7_777 { 40.0 } else { (n % 10) as f32 }).collect();
        for columns in [1, 7, 100, 999] {
            let points = extremes(&samples, 0.1, (0.0, 1000.0), columns);
            assert_eq!(points.len(), 2 * columns);
            assert_eq!(points.iter().filter(|point| **point == 40.0).count(), 1, "{columns}");
            assert_eq!(points.iter().copied().fold(f32::INFINITY, f32::min), 0.0);
        }
        // A window without the spike does not show it.
        let beside = extremes(&samples, 0.1, (0.0, 777.0), 50);
        assert!(beside.iter().all(|point| *point < 10.0));
        assert_eq!(times_ms(0.0, 10.0, 2), [1.25, 3.75, 6.25, 8.75]);
    }

    #[test]
    fn points_come_in_the_order_of_time() {
        assert_eq!(extremes(&[1.0, 5.0, 2.0, 0.0], 1.0, (0.0, 4.0), 1), [5.0, 0.0]);
        assert_eq!(extremes(&[0.0, 5.0], 1.0, (0.0, 2.0), 1), [0.0, 5.0]);
    }

    #[test]
    fn between_samples_the_line_is_straight() {
        let points = extremes(&[0.0, 1.0, 2.0, 3.0], 1.0, (1.0, 2.0), 100);
        let times = times_ms(1.0, 2.0, 100);
        // The sample at 1 stands alone in its column.
        for (point, time) in points.iter().zip(&times).skip(2) {
            assert!((f64::from(*point) - time).abs() < 1e-6, "{time}: {point}");
        }
        assert!(extremes(&[], 1.0, (0.0, 1.0), 3).iter().all(|point| point.is_nan()));
        assert_eq!(extremes(&[4.0], 1.0, (5.0, 6.0), 1), [4.0, 4.0]);
    }
}
