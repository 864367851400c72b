//! A trace: the newest samples of one quantity, and their extremes column by column for a plot.
//!
//! A ring of fixed size in the unit of what is recorded, a sample a step. A plot of fewer columns than
//! samples draws the smallest and the largest value of each column, so that no spike is lost between
//! pixels. Floor F2.
//!
//! ```
//! use cajal::snn::monitors::trace::Trace;
//! let mut trace = Trace::new(4);
//! for value in [-65.0, -60.0, 30.0, -70.0, -66.0] {
//!     trace.push(value);
//! }
//! assert_eq!(trace.samples().collect::<Vec<_>>(), [-60.0, 30.0, -70.0, -66.0]);
//! assert_eq!(trace.first_step(), 1);
//! assert_eq!(trace.extremes(2), [(-60.0, 30.0), (-70.0, -66.0)]);
//! ```

/// The newest samples of a quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    ring: Vec<f32>,
    capacity: usize,
    /// Samples pushed since the beginning.
    pushed: u64,
}

impl Trace {
    /// A trace that keeps the newest `capacity` samples.
    ///
    /// # Panics
    /// If the capacity is 0.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        assert!(capacity > 0, "expected room for at least one sample");
        Self { ring: Vec::with_capacity(capacity), capacity, pushed: 0 }
    }

    /// Takes the sample of the next step; the oldest gives way if there is no room.
    #[inline]
    pub fn push(&mut self, value: f32) {
        if self.ring.len() < self.capacity {
            self.ring.push(value);
        } else {
            self.ring[(self.pushed % self.capacity as u64) as usize] = value;
        }
        self.pushed += 1;
    }

    /// Forgets all samples and counts steps from 0 again.
    pub fn clear(&mut self) {
        self.ring.clear();
        self.pushed = 0;
    }

    /// How many samples are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ring.len()
    }

    /// Whether nothing was recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ring.is_empty()
    }

    /// The step of the oldest sample that is kept.
    #[must_use]
    pub fn first_step(&self) -> u64 {
        self.pushed - self.ring.len() as u64
    }

    /// The samples, the oldest first.
    pub fn samples(&self) -> impl Iterator<Item = f32> + '_ {
        let oldest = (self.first_step() % self.capacity as u64) as usize;
        self.ring[oldest..].iter().chain(&self.ring[..oldest]).copied()
    }

    /// Smallest and largest sample of each of `columns` equal shares of time, the oldest first.
    ///
    /// As many pairs as there are samples, where these are fewer; none where there are none. Samples
    /// that are not numbers are passed over; a column of nothing else gives `(NaN, NaN)`, a gap.
    #[must_use]
    pub fn extremes(&self, columns: usize) -> Vec<(f32, f32)> {
        let (count, columns) = (self.len(), columns.min(self.len()));
        let mut extremes = vec![(f32::NAN, f32::NAN); columns];
        for (place, value) in self.samples().enumerate() {
            let (low, high) = &mut extremes[(place as u64 * columns as u64 / count as u64) as usize];
            // `f32::min` prefers a number to NaN.
            (*low, *high) = (low.min(value), high.max(value));
        }
        extremes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_kept_in_order() {
        for capacity in [1, 3, 7] {
            let mut trace = Trace::new(capacity);
            assert!(trace.is_empty() && trace.extremes(5).is_empty());
            for step in 0..20u16 {
                trace.push(f32::from(step));
                let kept = usize::from(step + 1).min(capacity);
                let expected: Vec<f32> = (0..=step).rev().take(kept).rev().map(f32::from).collect();
                assert_eq!(trace.samples().collect::<Vec<_>>(), expected);
                assert_eq!(trace.first_step(), u64::from(step + 1) - kept as u64);
            }
            trace.clear();
            assert_eq!((trace.len(), trace.first_step()), (0, 0));
        }
    }

    #[test]
    fn no_extreme_is_lost_whatever_the_width() {
        let mut trace = Trace::new(1000);
        for step in 0..1500u32 {
            trace.push(if step == 777 { 40.0 } else { -65.0 + (step % 10) as f32 });
        }
        for columns in [1, 2, 3, 77, 999, 1000, 5000] {
            let extremes = trace.extremes(columns);
            assert_eq!(extremes.len(), columns.min(1000));
            assert_eq!(extremes.iter().filter(|pair| pair.1 == 40.0).count(), 1);
            assert!(extremes.iter().all(|pair| pair.0 <= pair.1 && pair.0 >= -65.0));
            assert_eq!(extremes.iter().map(|pair| pair.0).fold(0.0, f32::min), -65.0);
        }
    }

    #[test]
    fn what_is_no_number_is_a_gap() {
        let mut trace = Trace::new(4);
        for value in [1.0, f32::NAN, f32::NAN, f32::NAN] {
            trace.push(value);
        }
        let extremes = trace.extremes(2);
        assert_eq!(extremes[0], (1.0, 1.0));
        assert!(extremes[1].0.is_nan() && extremes[1].1.is_nan());
    }
}
