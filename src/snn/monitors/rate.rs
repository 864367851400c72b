//! Rates: how often neurons fire, over all time and from moment to moment.
//!
//! The population rate in a bin of `b` ms is `count/(N·b)·1000` Hz a neuron. A smooth curve is its
//! convolution with a Gaussian whose standard deviation is given in ms; at the ends the weights that
//! are left are made to sum to 1, so a constant rate stays constant. Floor F2.
//!
//! ```
//! use cajal::snn::monitors::rate::{mean_rate_hz, population_rate_hz};
//! let events = [(0, 0), (5, 1), (12, 0)]; // (step, neuron) at 1 ms, two neurons
//! assert_eq!(population_rate_hz(&events, 1.0, 2, 10, 20), Some(vec![100.0, 50.0]));
//! assert_eq!(mean_rate_hz(3, 2, 20.0), Some(75.0));
//! ```

/// Rate of the population in bins of `bin_steps` steps over the first `steps`, Hz a neuron.
///
/// `events` are `(step, neuron)`; those beyond the last whole bin are left out. None without a
/// neuron, a positive time step or a whole bin.
#[must_use]
pub fn population_rate_hz(
    events: &[(u64, u32)],
    dt_ms: f64,
    neurons: u32,
    bin_steps: u32,
    steps: u64,
) -> Option<Vec<f64>> {
    let bins = steps.checked_div(u64::from(bin_steps))?;
    if bins == 0 {
        return None;
    }
    let one = mean_rate_hz(1, neurons, dt_ms * f64::from(bin_steps))?;
    let mut counts = vec![0u64; usize::try_from(bins).ok()?];
    for &(step, _) in events {
        let bin = step / u64::from(bin_steps);
        if bin < bins {
            counts[bin as usize] += 1;
        }
    }
    Some(counts.into_iter().map(|count| count as f64 * one).collect())
}

/// Mean rate of `neurons` that fired `spikes` times within `duration_ms`, Hz.
///
/// None without a neuron or a positive duration.
#[must_use]
pub fn mean_rate_hz(spikes: u64, neurons: u32, duration_ms: f64) -> Option<f64> {
    let known = neurons > 0 && duration_ms > 0.0 && duration_ms.is_finite();
    known.then(|| spikes as f64 / f64::from(neurons) / duration_ms * 1000.0)
}

/// Mean rate of each of `neurons`, Hz, from events `(step, neuron)` within `duration_ms`.
///
/// None as [`mean_rate_hz`]; events of other neurons are left out.
#[must_use]
pub fn rates_hz(events: &[(u64, u32)], neurons: u32, duration_ms: f64) -> Option<Vec<f64>> {
    mean_rate_hz(0, neurons, duration_ms)?;
    let mut rates = vec![0.0; neurons as usize];
    for &(_, neuron) in events {
        if let Some(rate) = rates.get_mut(neuron as usize) {
            *rate += 1.0;
        }
    }
    for rate in &mut rates {
        *rate *= 1000.0 / duration_ms;
    }
    Some(rates)
}

/// `rates` (a value every `bin_ms`) smoothed with a Gaussian of the standard deviation `sigma_ms`, cut at
/// four of them. As many values; unchanged where the deviation is not positive.
#[must_use]
pub fn smoothed(rates: &[f64], bin_ms: f64, sigma_ms: f64) -> Vec<f64> {
    let sigma = sigma_ms / bin_ms;
    if !(sigma > 0.0 && sigma.is_finite()) {
        return rates.to_vec();
    }
    let reach = (libm::ceil(4.0 * sigma) as usize).min(rates.len());
    let weights: Vec<f64> = (0..=reach).map(|n| libm::exp(-0.5 * (n as f64 / sigma).powi(2))).collect();
    let smooth = |place: usize| {
        let window = place.saturating_sub(reach)..rates.len().min(place + reach + 1);
        let (mut sum, mut total) = (0.0, 0.0);
        for other in window {
            let weight = weights[other.abs_diff(place)];
            sum += weight * rates[other];
            total += weight;
        }
        sum / total
    };
    (0..rates.len()).map(smooth).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Stream, StreamId};
    use crate::snn::inputs::{Poisson, Train};

    #[test]
    fn a_poisson_population_has_its_rate() {
        let train = Poisson { rate_hz: 40.0 }.counts(Stream::new(3, StreamId::Poisson), 0.5);
        let train = train.expect("a rate in range");
        let mut events = Vec::new();
        for step in 0..4000 {
            for neuron in 0..50 {
                for _ in 0..train.count_at(step, u64::from(neuron)) {
                    events.push((step, neuron));
                }
            }
        }
        // 4,000 spikes in two seconds: a standard error of 0.63 Hz.
        let mean = mean_rate_hz(events.len() as u64, 50, 2000.0).expect("neurons");
        assert!((mean - 40.0).abs() < 2.5, "{mean}");
        let bins = population_rate_hz(&events, 0.5, 50, 20, 4000).expect("bins");
        let each = rates_hz(&events, 50, 2000.0).expect("neurons");
        assert_eq!((bins.len(), each.len()), (200, 50));
        assert!((bins.iter().sum::<f64>() / 200.0 - mean).abs() < 1e-9);
        assert!((each.iter().sum::<f64>() / 50.0 - mean).abs() < 1e-9);
        let smooth = smoothed(&bins, 10.0, 50.0);
        let spread = |values: &[f64]| values.iter().map(|v| (v - 40.0).powi(2)).sum::<f64>() / 200.0;
        // White noise through a Gaussian of five bins keeps 1/(2√π·5) of its variance.
        let kept = spread(&smooth) / spread(&bins);
        assert!(kept < 0.15, "{kept}");
    }

    #[test]
    fn smoothing_keeps_constants_and_makes_of_a_peak_a_gaussian() {
        assert!(smoothed(&[7.0; 30], 1.0, 4.0).iter().all(|value| (value - 7.0).abs() < 1e-12));
        let mut peak = vec![0.0; 201];
        peak[100] = 1.0;
        let smooth = smoothed(&peak, 2.0, 10.0);
        assert!((smooth.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        for (n, value) in smooth.iter().enumerate() {
            let bins = (n as f64 - 100.0) / 5.0;
            let gaussian = (-0.5 * bins * bins).exp() / (5.0 * std::f64::consts::TAU.sqrt());
            // Cut at four deviations; the 6.3e-5 that lie beyond are shared by what is left.
            let exact = if bins.abs() <= 4.0 { gaussian } else { 0.0 };
            assert!((value - exact).abs() <= 1e-4 * exact, "{n}: {value}, {exact}");
        }
        assert_eq!(smoothed(&peak, 1.0, 0.0), peak);
        assert!(smoothed(&[], 1.0, 3.0).is_empty());
    }

    #[test]
    fn without_neurons_or_time_there_is_no_rate() {
        assert_eq!(mean_rate_hz(3, 0, 10.0), None);
        assert_eq!(mean_rate_hz(3, 4, 0.0), None);
        assert_eq!(mean_rate_hz(3, 4, f64::NAN), None);
        assert_eq!(population_rate_hz(&[], 1.0, 4, 0, 10), None);
        assert_eq!(population_rate_hz(&[], 1.0, 4, 20, 10), None);
        assert_eq!(population_rate_hz(&[], 0.0, 4, 5, 10), None);
        assert_eq!(rates_hz(&[], 0, 10.0), None);
        assert_eq!(population_rate_hz(&[(99, 0)], 1.0, 4, 5, 10), Some(vec![0.0, 0.0]));
    }
}
