//! A raster: which neuron fired in which step, within a bounded memory.
//!
//! Events `(step, neuron)` in the order in which they are recorded, that of steps. When there is no room,
//! the oldest are dropped and counted, so that a count over all time stays right. 16 bytes an event.
//! Floor F2.
//!
//! ```
//! use cajal::snn::monitors::raster::Raster;
//! let mut raster = Raster::new(3);
//! raster.record(0, &[0.0, 1.0, 0.0]);
//! raster.record(4, &[1.0, 1.0, 1.0]);
//! assert_eq!(raster.events().collect::<Vec<_>>(), [(4, 0), (4, 1), (4, 2)]);
//! assert_eq!((raster.dropped(), raster.total()), (1, 4));
//! ```

use std::collections::VecDeque;

/// The newest spikes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    events: VecDeque<(u64, u32)>,
    capacity: usize,
    dropped: u64,
}

impl Raster {
    /// A raster that keeps the newest `capacity` spikes.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self { events: VecDeque::new(), capacity, dropped: 0 }
    }

    /// Takes one spike, of a step not before the last one.
    #[inline]
    pub fn push(&mut self, step: u64, neuron: u32) {
        debug_assert!(self.events.back().is_none_or(|&(last, _)| last <= step), "step {step} comes late");
        if self.events.len() == self.capacity {
            self.dropped += 1;
            // The oldest goes first, so that the store never grows beyond what was promised.
            if self.events.pop_front().is_none() {
                return;
            }
        }
        self.events.push_back((step, neuron));
    }

    /// Takes the spikes of a step: `spikes[neuron]` is not 0 where a neuron fired.
    pub fn record(&mut self, step: u64, spikes: &[f32]) {
        for (neuron, _) in (0u32..).zip(spikes).filter(|(_, spike)| **spike != 0.0) {
            self.push(step, neuron);
        }
    }

    /// The spikes that are kept, `(step, neuron)`, in order.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = (u64, u32)> + ExactSizeIterator + '_ {
        self.events.iter().copied()
    }

    /// Those of them in the steps `from..to`.
    pub fn between(&self, from: u64, to: u64) -> impl Iterator<Item = (u64, u32)> + '_ {
        let first = self.events.partition_point(|&(step, _)| step < from);
        let last = self.events.partition_point(|&(step, _)| step < to).max(first);
        self.events.range(first..last).copied()
    }

    /// The times of one neuron's spikes, ms, in steps of `dt_ms`.
    #[must_use]
    pub fn times_ms(&self, neuron: u32, dt_ms: f64) -> Vec<f64> {
        self.events().filter(|event| event.1 == neuron).map(|(step, _)| step as f64 * dt_ms).collect()
    }

    /// How many spikes were dropped because there was no room.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// How many spikes were recorded, those dropped included.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.dropped + self.events.len() as u64
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.events.clear();
        self.dropped = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_bounded_and_the_total_stays_right() {
        let mut raster = Raster::new(100);
        for step in 0..1000u64 {
            raster.push(step / 3, (step % 3) as u32);
        }
        assert_eq!((raster.events().len(), raster.dropped(), raster.total()), (100, 900, 1000));
        assert_eq!(raster.events().next(), Some((300, 0)));
        raster.clear();
        assert_eq!((raster.total(), raster.events().len()), (0, 0));
        let mut tight = Raster::new(64);
        (0..1000).for_each(|step| tight.push(step, 0));
        assert_eq!(tight.events.capacity(), 64);
        let mut none = Raster::new(0);
        none.push(1, 1);
        assert_eq!((none.events().len(), none.dropped()), (0, 1));
    }

    #[test]
    fn windows_and_neurons_are_picked_out() {
        let mut raster = Raster::new(100);
        for step in 0..10 {
            raster.record(step, &[1.0, 0.0, (step % 2) as f32]);
        }
        let window: Vec<_> = raster.between(3, 5).collect();
        assert_eq!(window, [(3, 0), (3, 2), (4, 0)]);
        assert_eq!(raster.between(5, 3).count() + raster.between(50, 60).count(), 0);
        assert_eq!(raster.times_ms(2, 0.5), [0.5, 1.5, 2.5, 3.5, 4.5]);
    }
}
