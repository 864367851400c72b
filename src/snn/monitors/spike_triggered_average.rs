//! Spike-triggered average: what, on average, the stimulus did around a spike.
//!
//! `STA(τ) = (1/N)·Σ_k s(t_k − τ)` over the `N` spikes whose whole window lies within the stimulus
//! (de Boer & Kuyper 1968, IEEE Trans. Biomed. Eng. 15, 169–179: reverse correlation). The stimulus is
//! sampled every `period_ms`, its value at a spike that of the sample before. Floor F2.
//!
//! ```
//! use cajal::snn::monitors::spike_triggered_average::spike_triggered_average;
//! let stimulus = [0.0f32, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0];
//! let average = spike_triggered_average(&stimulus, 1.0, &[3.0, 7.5], 2.0).expect("two spikes");
//! assert_eq!(average.mean, [0.0, 1.0, 0.0]); // at 0, 1 and 2 ms before the spike
//! assert_eq!(average.peak().0, 1.0);
//! ```

/// An average of the stimulus before spikes.
#[derive(Clone, Debug, PartialEq)]
pub struct SpikeTriggeredAverage {
    /// Time from sample to sample, ms.
    pub period_ms: f64,
    /// Mean stimulus, in its unit; sample `n` lies `n·period_ms` before the spike.
    pub mean: Vec<f64>,
    /// How many spikes it is the average of.
    pub spikes: usize,
}

impl SpikeTriggeredAverage {
    /// The largest value: how long before the spike, ms, and how large.
    #[must_use]
    pub fn peak(&self) -> (f64, f64) {
        let largest = |best: (usize, f64), (n, &value)| if value > best.1 { (n, value) } else { best };
        let (n, value) = self.mean.iter().enumerate().fold((0, f64::NEG_INFINITY), largest);
        (n as f64 * self.period_ms, value)
    }
}

/// The average of `stimulus`, a sample every `period_ms`, over the `window_ms` before the spikes.
///
/// None if no spike has its whole window within the stimulus, a sample of such a window is not finite, or
/// the period is not positive.
#[must_use]
pub fn spike_triggered_average(
    stimulus: &[f32],
    period_ms: f64,
    spikes_ms: &[f64],
    window_ms: f64,
) -> Option<SpikeTriggeredAverage> {
    if !(period_ms > 0.0 && window_ms >= 0.0 && window_ms.is_finite()) {
        return None;
    }
    let reach = libm::round(window_ms / period_ms);
    if reach >= stimulus.len() as f64 {
        return None;
    }
    let mut mean = vec![0.0; reach as usize + 1];
    let mut spikes = 0;
    for &time_ms in spikes_ms {
        let place = time_ms / period_ms * (1.0 + 4.0 * f64::EPSILON);
        if !(reach..stimulus.len() as f64).contains(&place) {
            continue;
        }
        let place = place as usize;
        for (sum, &value) in mean.iter_mut().zip(stimulus[..=place].iter().rev()) {
            *sum += f64::from(value);
        }
        spikes += 1;
    }
    for sum in &mut mean {
        *sum /= spikes as f64;
    }
    (spikes > 0 && mean.iter().all(|value| value.is_finite())).then_some(SpikeTriggeredAverage {
        period_ms,
        mean,
        spikes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Stream, StreamId};

    #[test]
    fn white_noise_through_a_filter_gives_the_filter_back() {
        let n = 200_000usize;
        let mut noise = vec![0.0f32; n];
        Stream::new(6, StreamId::CurrentNoise).fill_normal(0, 0, &mut noise);
        let filter: [f64; 6] = [0.0, 0.2, 0.9, 0.5, -0.3, 0.0];
        let size = filter.iter().map(|weight| weight * weight).sum::<f64>().sqrt();
        let threshold = 2.0;
        let filtered =
            |at: usize| filter.iter().enumerate().map(|(lag, w)| w * f64::from(noise[at - lag])).sum::<f64>();
        let spikes: Vec<f64> =
            (6..n).filter(|&at| filtered(at) > threshold * size).map(|at| at as f64 * 0.5).collect();
        let average = spike_triggered_average(&noise, 0.5, &spikes, 2.5).expect("spikes");
        // Of a Gaussian beyond θ the mean is φ(θ)/(1 − Φ(θ)), 2.373 at 2; the direction is the filter's.
        for (ours, weight) in average.mean.iter().zip(filter) {
            assert!((ours - 2.3732 * weight / size).abs() < 0.08, "{ours} for {weight}");
        }
        assert_eq!((average.spikes, average.peak().0), (spikes.len(), 1.0));
    }

    #[test]
    fn without_a_spike_in_reach_there_is_no_average() {
        let stimulus = [1.0f32; 10];
        for (spikes, window_ms) in [
            (&[][..], 2.0),
            (&[1.0], 2.0),
            (&[10.0], 2.0),
            (&[f64::NAN], 2.0),
            (&[5.0], 20.0),
            (&[5.0], -1.0),
        ] {
            assert_eq!(spike_triggered_average(&stimulus, 1.0, spikes, window_ms), None);
        }
        assert_eq!(spike_triggered_average(&[], 1.0, &[0.0], 0.0), None);
        assert_eq!(spike_triggered_average(&stimulus, 0.0, &[5.0], 2.0), None);
        let torn = [1.0, 1.0, f32::NAN, 1.0, 1.0, 1.0];
        assert_eq!(spike_triggered_average(&torn, 1.0, &[3.0], 2.0), None);
        assert!(spike_triggered_average(&torn, 1.0, &[5.0], 2.0).is_some()); // not in its window
    }
}
