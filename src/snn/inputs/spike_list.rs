//! Trains of spikes whose times are given: recorded, typed, or made elsewhere.
//!
//! One sorted list of times in ms for each train. A spike at `t` belongs to the step `n` with
//! `n·dt ≤ t < (n + 1)·dt`. Spikes are kept in the order of `(step, train)`, in which a simulator
//! delivers them. Floor F2.
//!
//! ```
//! use cajal::snn::inputs::{SpikeList, Train};
//! let list = SpikeList::new(&[vec![0.3, 5.0], vec![], vec![0.35, 0.36]], 0.1)?;
//! assert_eq!(list.trains_at(3).collect::<Vec<_>>(), [0, 2, 2]);
//! assert_eq!(list.count_at(50, 0), 1);
//! let error = SpikeList::new(&[vec![2.0, 1.0]], 0.1).unwrap_err();
//! assert!(error.to_string().contains("spike 1 of train 0 at 1 ms"));
//! # Ok::<(), cajal::snn::inputs::InputError>(())
//! ```

use super::{InputError, Train, checked_dt};
use crate::describe::{Citation, Declaration, Integrator};
use crate::order;
use crate::units::Unit;

/// What the list says of itself; its times are given, not declared.
pub const DECLARATION: Declaration = Declaration {
    id: "spike-list",
    title: "List of spikes",
    citation: Citation {
        authors: "Perkel, Gerstein, Moore",
        year: 1967,
        title: "Neuronal spike trains and stochastic point processes. I. The single spike train",
        source: "Biophys. J. 7, 391–418, doi:10.1016/S0006-3495(67)86596-2",
    },
    equations: &[r"S(t) = \sum_k \delta(t - t_k)"],
    parameters: &[],
    state: &[],
    drive: Unit::Count,
    integrator: Integrator::Map,
    largest_dt_ms: 10.0,
    presets: &[],
    references: &[],
    not_biological: "A spike is a moment without shape, and the list does not answer to what it causes.",
};

/// Spikes of several trains by the step they fall in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpikeList {
    /// `(step, train)`, sorted.
    events: Vec<(u64, u32)>,
}

/// Steps are counted in f64 up to here: beyond, neighbours cannot be told apart.
const LARGEST_STEP: f64 = (1u64 << 51) as f64;

impl SpikeList {
    /// The list of the times of each train, ms, in steps of `dt_ms`.
    ///
    /// # Errors
    /// If the time step is not positive, or a time is negative, not a number or before the one in
    /// front of it: the error names train, spike and time.
    pub fn new(trains: &[Vec<f64>], dt_ms: f64) -> Result<Self, InputError> {
        checked_dt(dt_ms)?;
        let mut events = Vec::with_capacity(trains.iter().map(Vec::len).sum());
        for (train, times) in trains.iter().enumerate() {
            let mut before_ms = 0.0;
            for (index, &time_ms) in times.iter().enumerate() {
                // The slack is that of `reached`: 0.3 lies in step 3 of 0.1.
                let step = time_ms / dt_ms * (1.0 + 4.0 * f64::EPSILON);
                if !(0.0..LARGEST_STEP).contains(&time_ms) || step >= LARGEST_STEP {
                    return Err(InputError::SpikeTime { train, index, time_ms });
                }
                if time_ms < before_ms {
                    return Err(InputError::SpikeOrder { train, index, time_ms, before_ms });
                }
                before_ms = time_ms;
                events.push((step as u64, train as u32));
            }
        }
        order::sort(&mut events);
        Ok(Self { events })
    }

    /// All spikes as `(step, train)`, in that order.
    #[must_use]
    pub fn events(&self) -> &[(u64, u32)] {
        &self.events
    }

    /// The trains that fire in a step, in order, one of two spikes twice.
    pub fn trains_at(&self, step: u64) -> impl Iterator<Item = u32> + '_ {
        let first = self.events.partition_point(|&(at, _)| at < step);
        self.events[first..].iter().take_while(move |&&(at, _)| at == step).map(|&(_, train)| train)
    }
}

impl Train for SpikeList {
    fn count_at(&self, step: u64, element: u64) -> u32 {
        let Ok(train) = u32::try_from(element) else { return 0 };
        let before = |than: (u64, u32)| self.events.partition_point(|&event| event < than);
        let after = self.events.partition_point(|&event| event <= (step, train));
        (after - before((step, train))) as u32
    }

    fn fill_counts(&self, step: u64, first_element: u64, out: &mut [f32]) {
        out.fill(0.0);
        for train in self.trains_at(step) {
            let place = u64::from(train).checked_sub(first_element);
            if let Some(count) = place.and_then(|place| out.get_mut(place as usize)) {
                *count += 1.0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spike_falls_into_its_step() {
        let times: Vec<f64> = (0..5000).map(|n| f64::from(n) / 10.0).collect();
        let list = SpikeList::new(&[times], 0.1).expect("in order");
        assert!(list.events().iter().enumerate().all(|(n, &event)| event == (n as u64, 0)));
    }

    #[test]
    fn counts_agree_with_the_events() {
        let trains = [vec![0.0, 0.05, 0.9], vec![0.5], vec![0.02, 0.5, 0.51, 2.0]];
        let list = SpikeList::new(&trains, 0.1).expect("in order");
        let mut total = 0.0;
        for step in 0..30 {
            let mut counts = [9.0f32; 2];
            list.fill_counts(step, 1, &mut counts);
            assert_eq!(counts.map(|count| count as u32), [list.count_at(step, 1), list.count_at(step, 2)]);
            total += counts[0] + counts[1];
        }
        assert_eq!((total, list.count_at(0, 0), list.count_at(5, 2)), (5.0, 2, 2));
        assert_eq!(list.count_at(0, 1 << 40), 0);
    }

    #[test]
    fn bad_times_are_refused_with_their_place() {
        let refused = |times: Vec<f64>| SpikeList::new(&[vec![1.0], times], 0.1).unwrap_err();
        let order = InputError::SpikeOrder { train: 1, index: 2, time_ms: 1.5, before_ms: 2.0 };
        assert_eq!(refused(vec![1.0, 2.0, 1.5]), order);
        let negative = InputError::SpikeTime { train: 1, index: 0, time_ms: -0.5 };
        assert_eq!(refused(vec![-0.5]), negative);
        for time_ms in [f64::NAN, f64::INFINITY, 1e300] {
            let error = refused(vec![0.0, time_ms]);
            assert!(matches!(error, InputError::SpikeTime { train: 1, index: 1, .. }), "{error}");
        }
        assert!(SpikeList::new(&[], f64::NAN).is_err());
        assert!(SpikeList::new(&[vec![]], 0.1).expect("empty").events().is_empty());
    }
}
