//! What a page sees of a running circuit: spikes of some neurons, the rate of each population, and the
//! statistics that the field makes of them.
//!
//! Spikes of watched neurons are kept until they are taken, within a bounded memory; rates in bins of a
//! millisecond for the last seconds. A watched neuron has its place in the raster: populations side by
//! side, evenly thinned where there are more neurons than places.

use super::Run;
use crate::snn::NetworkError;
use crate::snn::monitors::intervals::{cv, intervals_ms};
use crate::snn::monitors::raster::Raster;
use crate::snn::monitors::spectrum::{Spectrum, welch};
use std::collections::VecDeque;

/// Length of a bin of rates, ms.
pub const BIN_MS: f64 = 1.0;
/// Bins that are kept: two seconds and a half.
const BINS: usize = 2560;
/// Length of a piece of the spectrum, bins; its steps are about 2 Hz.
const PIECE: usize = 512;
/// Spikes that wait to be taken, at most.
const WAITING: usize = 400_000;
/// Spike times that are kept for intervals, at most.
const REMEMBERED: usize = 100_000;

/// Neurons of a population that are watched: every `stride`-th, from place `begin` in the raster on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Place of its first neuron.
    pub begin: u32,
    /// How many places it has.
    pub places: u32,
    /// From one watched neuron to the next.
    pub stride: u32,
}

/// See the module.
pub struct Observer {
    watched: Vec<Watched>,
    counts: Vec<u32>,
    /// Spikes `(step, place)` that nobody has taken yet.
    waiting: Raster,
    /// The same, kept for intervals.
    remembered: Raster,
    dt_ms: f64,
    /// The bin that is being filled, and spikes in it by population.
    bin: u64,
    filling: Vec<u32>,
    /// Spikes by population of whole bins, the oldest first.
    bins: VecDeque<Vec<u32>>,
    spikes: u64,
}

impl Observer {
    /// Watches a circuit with so many places in its raster at most.
    pub fn new(run: &Run, places: u32) -> Self {
        let counts: Vec<u32> = run.network().populations().map(|(_, count)| count).collect();
        let all: u64 = counts.iter().map(|&count| u64::from(count)).sum();
        let stride = all.div_ceil(u64::from(places.max(1))).max(1) as u32;
        let mut begin = 0;
        let watched = counts.iter().map(|&count| {
            let places = count.div_ceil(stride);
            let watched = Watched { begin, places, stride };
            begin += places;
            watched
        });
        Self {
            watched: watched.collect(),
            filling: vec![0; counts.len()],
            counts,
            waiting: Raster::new(WAITING),
            remembered: Raster::new(REMEMBERED),
            dt_ms: run.network().dt_ms(),
            bin: 0,
            bins: VecDeque::new(),
            spikes: 0,
        }
    }

    /// Who is watched, by population.
    pub fn watched(&self) -> &[Watched] {
        &self.watched
    }

    /// Spikes of all neurons so far.
    pub fn spikes(&self) -> u64 {
        self.spikes
    }

    /// Advances a circuit by one window and takes down what happens.
    ///
    /// # Errors
    /// As [`Run::advance`].
    pub fn advance(&mut self, run: &mut Run) -> Result<(), NetworkError> {
        run.advance()?;
        let network = run.network();
        let begin = network.step() - u64::from(network.window());
        for step in 0..u64::from(network.window()) {
            let bin = ((begin + step) as f64 * self.dt_ms / BIN_MS) as u64;
            while self.bin < bin {
                if self.bins.len() == BINS {
                    self.bins.pop_front();
                }
                let next = vec![0; self.counts.len()];
                self.bins.push_back(std::mem::replace(&mut self.filling, next));
                self.bin += 1;
            }
            for (population, spikes) in network.spikes().iter().enumerate() {
                let fired = spikes.fired_in(step as usize);
                self.filling[population] += fired.len() as u32;
                self.spikes += fired.len() as u64;
                let Watched { begin: place, stride, .. } = self.watched[population];
                for &neuron in fired.iter().filter(|&&neuron| neuron % stride == 0) {
                    self.waiting.push(begin + step, place + neuron / stride);
                    self.remembered.push(begin + step, place + neuron / stride);
                }
            }
        }
        Ok(())
    }

    /// Spikes since the last call, as times in ms and places in the raster.
    pub fn take_spikes(&mut self) -> (Vec<f32>, Vec<u32>) {
        let taken =
            self.waiting.events().map(|(step, place)| ((step as f64 * self.dt_ms) as f32, place)).unzip();
        self.waiting.clear();
        taken
    }

    /// Rate of a population in Hz, bin by bin, of the last `bins` whole bins at most.
    pub fn rates_hz(&self, population: usize, bins: usize) -> Vec<f64> {
        let one = 1000.0 / BIN_MS / f64::from(self.counts[population].max(1));
        let skipped = self.bins.len().saturating_sub(bins);
        self.bins.iter().skip(skipped).map(|counts| f64::from(counts[population]) * one).collect()
    }

    /// Mean rate of a population over all bins that are kept, Hz; none before the first.
    pub fn mean_rate_hz(&self, population: usize) -> Option<f64> {
        let rates = self.rates_hz(population, BINS);
        (!rates.is_empty()).then(|| rates.iter().sum::<f64>() / rates.len() as f64)
    }

    /// Spectrum of the rate of a population; none before half a second.
    pub fn spectrum(&self, population: usize) -> Option<Spectrum> {
        welch(&self.rates_hz(population, BINS), BIN_MS, PIECE)
    }

    /// Mean CV of the intervals of watched neurons of a population, of those with three at least.
    pub fn irregularity(&self, population: usize) -> Option<f64> {
        let Watched { begin, places, .. } = self.watched[population];
        let mut times: Vec<Vec<f64>> = vec![Vec::new(); places as usize];
        for (step, place) in self.remembered.events() {
            if let Some(times) = place.checked_sub(begin).and_then(|place| times.get_mut(place as usize)) {
                times.push(step as f64 * self.dt_ms);
            }
        }
        let known = times.iter().filter(|times| times.len() > 3).filter_map(|times| cv(&intervals_ms(times)));
        let (sum, count) = known.fold((0.0, 0.0), |(sum, count), cv| (sum + cv, count + 1.0));
        (count > 0.0).then(|| sum / count)
    }

    /// The neurons of a population that stand at places of the raster, as a range.
    pub fn neurons(&self, from_place: u32, until_place: u32) -> Vec<(usize, core::ops::Range<u32>)> {
        let mut ranges = Vec::new();
        for (population, &Watched { begin, places, stride }) in self.watched.iter().enumerate() {
            let from = from_place.max(begin);
            let until = until_place.min(begin + places);
            if from < until {
                let end = ((until - begin) * stride).min(self.counts[population]);
                ranges.push((population, (from - begin) * stride..end));
            }
        }
        ranges
    }
}

#[cfg(test)]
mod tests {
    use super::super::build;
    use super::*;

    #[test]
    fn what_is_seen_is_what_happened() {
        let mut run = build("cuba", &[("scale", 0.25)], 3, 1 << 28).expect("a circuit");
        let mut observer = Observer::new(&run, 500);
        assert_eq!(observer.watched()[0], Watched { begin: 0, places: 400, stride: 2 });
        assert_eq!(observer.watched()[1], Watched { begin: 400, places: 100, stride: 2 });
        let (mut all, mut even) = ([0u32; 2], 0);
        while run.network().time_ms() < 1500.0 {
            observer.advance(&mut run).expect("finite potentials");
            run.network().each_spike(|population, _, neuron| {
                all[population] += 1;
                even += u32::from(neuron % 2 == 0);
            });
        }
        assert_eq!(observer.spikes(), u64::from(all[0] + all[1]));
        let (times, places) = observer.take_spikes();
        assert_eq!((times.len(), places.len()), (even as usize, even as usize));
        assert!(times.is_sorted() && places.iter().all(|&place| place < 500));
        assert!(observer.take_spikes().0.is_empty(), "each spike is taken once");
        for (population, count) in [(0, 800.0), (1, 200.0)] {
            let whole = observer.mean_rate_hz(population).expect("bins") * count * 1.5;
            assert!((whole - f64::from(all[population])).abs() <= 0.01 * whole + 2.0, "{whole}");
        }
        let irregularity = observer.irregularity(0).expect("intervals");
        assert!((0.2..1.2).contains(&irregularity), "{irregularity}");
        assert!(observer.spectrum(0).expect("a second and more").density.len() == PIECE / 2 + 1);
        assert_eq!(observer.neurons(390, 420), [(0, 780..800), (1, 0..40)]);
    }
}
