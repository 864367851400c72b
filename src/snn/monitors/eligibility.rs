//! Summary of eligibility traces: what synapses remember of their spikes while a reward is awaited.
//!
//! A trace is marked by coincidences of spikes, of either sign, and fades with a time constant of about
//! a second (Izhikevich 2007, Cereb. Cortex 17, 2443–2452). Traces in the unit in which a plasticity
//! rule keeps them, one a synapse. Floor F2.
//!
//! ```
//! use cajal::snn::monitors::eligibility::summary;
//! let summary = summary(&[0.0, 0.5, -0.5, 1.0], 0.1).expect("traces");
//! assert_eq!((summary.mean, summary.mean_magnitude, summary.largest), (0.25, 0.5, 1.0));
//! assert_eq!(summary.marked_share, 0.75);
//! ```

use super::moments;

/// What many traces have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EligibilitySummary {
    /// Mean: above 0 where rewarded synapses would grow.
    pub mean: f64,
    /// Standard deviation.
    pub deviation: f64,
    /// Mean magnitude.
    pub mean_magnitude: f64,
    /// Largest magnitude.
    pub largest: f64,
    /// Share of synapses whose trace is larger in magnitude than the threshold, 0 to 1.
    pub marked_share: f64,
}

/// The summary of `traces`, one a synapse; those beyond `threshold` in magnitude count as marked.
///
/// None without a trace or if one is not finite.
#[must_use]
pub fn summary(traces: &[f32], threshold: f64) -> Option<EligibilitySummary> {
    let magnitudes = || traces.iter().map(|&trace| f64::from(trace.abs()));
    let (mean, variance) = moments(traces.iter().map(|&trace| f64::from(trace)))?;
    let (mean_magnitude, _) = moments(magnitudes())?;
    let marked = magnitudes().filter(|&magnitude| magnitude > threshold).count();
    Some(EligibilitySummary {
        mean,
        deviation: variance.sqrt(),
        mean_magnitude,
        largest: magnitudes().fold(0.0, f64::max),
        marked_share: marked as f64 / traces.len() as f64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Stream, StreamId};

    #[test]
    fn normal_traces_have_the_moments_of_a_normal() {
        let mut traces = vec![0.0f32; 100_000];
        Stream::new(9, StreamId::Sample).fill_normal(0, 0, &mut traces);
        let summary = summary(&traces, 1.0).expect("traces");
        assert!(summary.mean.abs() < 0.016 && (summary.deviation - 1.0).abs() < 0.012);
        assert!((summary.mean_magnitude - (2.0 / std::f64::consts::PI).sqrt()).abs() < 0.01);
        assert!((summary.marked_share - 0.3173).abs() < 0.0075);
        assert!((3.5..6.4).contains(&summary.largest));
    }

    #[test]
    fn without_traces_there_is_no_summary() {
        assert_eq!(summary(&[], 0.1), None);
        assert_eq!(summary(&[1.0, f32::NAN], 0.1), None);
        assert_eq!(summary(&[0.0; 3], 0.0).map(|summary| summary.marked_share), Some(0.0));
    }
}
