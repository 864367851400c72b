//! What is read off a simulation: traces, spikes and the statistics that the field makes of them.
//!
//! Monitors know slices alone, not networks. Spikes come as events `(step, neuron)` in the order of
//! steps, or as times in ms for one neuron, rising; traces as samples in the order of time. What has
//! no answer, such as the variation of a single interval, is None, never NaN.

pub mod avalanche;
pub mod eligibility;
pub mod fi_curve;
pub mod intervals;
pub mod phase_plane;
pub mod raster;
pub mod rate;
pub mod spectrum;
pub mod spike_triggered_average;
pub mod synchrony;
pub mod trace;
pub mod weight_histogram;

/// Mean and variance (over `n`) of finite numbers; None without any or if one is not finite.
fn moments(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    // Welford (1962): the mean is followed, so that a large one does not swallow the variance.
    let (mut count, mut mean, mut squares) = (0.0, 0.0, 0.0);
    for value in values {
        count += 1.0;
        let apart = value - mean;
        mean += apart / count;
        squares += apart * (value - mean);
    }
    let known = count > 0.0 && (mean + squares).is_finite();
    known.then_some((mean, squares / count))
}
