//! f-I curve: the rate of a neuron against the current that drives it.
//!
//! Each current is given to a neuron from its beginning; after a time to settle, the rate is the number
//! of intervals over the time they take, which has no error of rounding to whole spikes. Currents are
//! in the unit of drive of the neuron, times in ms, rates in Hz. Floor F2.
//!
//! ```
//! use cajal::neurons::{Input, Lif, NeuronModel, Stepper};
//! use cajal::snn::monitors::fi_curve::{Protocol, fi_curve};
//! let protocol = Protocol { dt_ms: 0.01, settle_ms: 100.0, measure_ms: 1000.0 };
//! let neuron = Lif::default().stepper::<f64>(protocol.dt_ms);
//! let curve = fi_curve(&[10.0, 16.0, 20.0], protocol, |drive_mv| {
//!     let mut state = neuron.rest();
//!     move || neuron.step(&mut state, Input::current(drive_mv)).spike > 0.0
//! });
//! let rates: Vec<f64> = curve.expect("a time step").iter().map(|point| point.rate_hz).collect();
//! assert!(rates[0] == 0.0 && (rates[1] - 17.41).abs() < 0.1 && (rates[2] - 33.64).abs() < 0.1);
//! ```

/// The most steps that a current flows: 2³², twelve hours of a neuron's life at 0.01 ms.
const LARGEST_STEPS: f64 = (1u64 << 32) as f64;

/// How long each current flows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Protocol {
    /// Time step of the neuron, ms.
    pub dt_ms: f64,
    /// Time before the rate is measured, ms.
    pub settle_ms: f64,
    /// Time over which it is measured, ms.
    pub measure_ms: f64,
}

/// A point of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The current, in the unit of drive of the neuron.
    pub drive: f64,
    /// Rate once settled, Hz: intervals over the time they take, or spikes over the time measured
    /// where there is only one or none.
    pub rate_hz: f64,
    /// The first interval of all as a rate, Hz; against `rate_hz` it shows adaptation. None without one.
    pub initial_rate_hz: Option<f64>,
    /// From the onset to the first spike, ms; None without one.
    pub latency_ms: Option<f64>,
}

/// A point for each of `drives`; `neuron(drive)` gives a closure that advances a fresh neuron by one step
/// under that current and says whether it fired.
///
/// None if the time step or the time to measure is not positive and finite, the time to settle is
/// negative or not finite, or these are more than 2³² steps.
pub fn fi_curve<N: FnMut() -> bool>(
    drives: &[f64],
    protocol: Protocol,
    mut neuron: impl FnMut(f64) -> N,
) -> Option<Vec<Point>> {
    let Protocol { dt_ms, settle_ms, measure_ms } = protocol;
    let steps = (settle_ms + measure_ms) / dt_ms;
    if !(dt_ms > 0.0 && measure_ms > 0.0 && settle_ms >= 0.0 && steps <= LARGEST_STEPS) {
        return None;
    }
    let settle = libm::round(settle_ms / dt_ms) as u64;
    let steps = settle + libm::round(measure_ms / dt_ms).max(1.0) as u64;
    let point = |&drive: &f64| {
        let mut step_on = neuron(drive);
        let spikes: Vec<u64> = (0..steps).filter(|_| step_on()).collect();
        let measured = &spikes[spikes.partition_point(|&step| step < settle)..];
        let rate = |intervals: usize, steps: u64| intervals as f64 * 1000.0 / (steps as f64 * dt_ms);
        let rate_hz = match measured {
            [first, .., last] => rate(measured.len() - 1, last - first),
            _ => rate(measured.len(), steps - settle),
        };
        let initial_rate_hz = spikes.windows(2).next().map(|pair| rate(1, pair[1] - pair[0]));
        let latency_ms = spikes.first().map(|&step| (step + 1) as f64 * dt_ms);
        Point { drive, rate_hz, initial_rate_hz, latency_ms }
    };
    Some(drives.iter().map(point).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::neurons::{Input, Lif, NeuronModel, Stepper};

    const PROTOCOL: Protocol = Protocol { dt_ms: 0.01, settle_ms: 200.0, measure_ms: 2000.0 };

    #[test]
    fn a_leaky_neuron_follows_its_closed_form() {
        let neuron = Lif::default().stepper::<f64>(PROTOCOL.dt_ms);
        let drives = [14.9, 15.5, 18.0, 25.0, 60.0];
        let curve = fi_curve(&drives, PROTOCOL, |drive_mv| {
            let mut state = neuron.rest();
            move || neuron.step(&mut state, Input::current(drive_mv)).spike > 0.0
        });
        let curve = curve.expect("a time step");
        assert_eq!((curve[0].rate_hz, curve[0].latency_ms, curve[0].initial_rate_hz), (0.0, None, None));
        for point in &curve[1..] {
            let charge_ms = 20.0 * (point.drive / (point.drive - 15.0)).ln();
            let exact = 1000.0 / (2.0 + charge_ms);
            assert!((point.rate_hz / exact - 1.0).abs() < 1e-2, "{point:?}, {exact}");
            assert!((point.latency_ms.expect("it fires") - charge_ms).abs() < 0.011, "{point:?}");
        }
    }

    #[test]
    fn single_spikes_and_adaptation_are_told_apart() {
        // Fires at 10, 20, 40, 80 … steps: slower and slower.
        let protocol = Protocol { dt_ms: 1.0, settle_ms: 100.0, measure_ms: 100.0 };
        let doubling = |_| {
            let (mut step, mut next) = (0, 10);
            move || {
                step += 1;
                let fires = step == next;
                next *= if fires { 2 } else { 1 };
                fires
            }
        };
        let curve = fi_curve(&[1.0], protocol, doubling).expect("a time step");
        assert_eq!(curve[0].initial_rate_hz, Some(100.0));
        assert_eq!((curve[0].rate_hz, curve[0].latency_ms), (10.0, Some(10.0))); // one spike in 100 ms
    }

    #[test]
    fn without_time_there_is_no_curve() {
        for dt_ms in [0.0, -1.0, f64::NAN] {
            assert_eq!(fi_curve(&[1.0], Protocol { dt_ms, ..PROTOCOL }, |_| || true), None);
        }
        assert_eq!(fi_curve(&[1.0], Protocol { measure_ms: 0.0, ..PROTOCOL }, |_| || true), None);
        for settle_ms in [-1.0, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(fi_curve(&[1.0], Protocol { settle_ms, ..PROTOCOL }, |_| || true), None);
        }
        assert_eq!(fi_curve(&[], PROTOCOL, |_| || true), Some(vec![]));
    }
}
