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
use crate::snn::monitors::synchrony::mean_count_correlation;
use std::collections::VecDeque;

/// Length of a bin of rates, ms.
pub const BIN_MS: f64 = 1.0;
/// Bins that are kept, to be drawn: twelve seconds.
const BINS: usize = 12_000;
/// Bins that statistics are made of, at most: two seconds and a half.
const RECENT: usize = 2560;
/// Of how long ago intervals count, at most, ms.
const INTERVALS_MS: f64 = 5000.0;
/// Length of a bin in which spikes are counted for synchrony, ms: shorter than a round of the fastest rhythms.
const TOGETHER_MS: f64 = 1.0;
/// Neurons whose counts are compared for that, at most.
const COMPARED: u32 = 200;
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
    /// The bin and the step from which on statistics are made.
    since: (u64, u64),
    spikes: u64,
}

/// Rates of all populations over some time.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Biological time at which the first bin begins, ms.
    pub from_ms: f64,
    /// Length of a bin, ms.
    pub bin_ms: f64,
    /// Hz, `(populations, bins)`, row-major.
    pub rates_hz: Vec<f32>,
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
            since: (0, 0),
            spikes: 0,
        }
    }

    /// Makes statistics of what comes from now on: what was before belongs to another circuit.
    pub fn restart(&mut self, run: &Run) {
        self.since = (self.bin, run.network().step());
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

    /// Rates of all populations over the last `span_ms`, in bins of equal length, at most `most` of them.
    /// Bins begin at multiples of their length, so that they do not change as time goes on.
    pub fn course(&self, span_ms: f64, most: u32) -> Course {
        let wide = libm::ceil(span_ms / BIN_MS / f64::from(most.max(1))).max(1.0) as u64;
        let first = self.bin - self.bins.len() as u64;
        let wanted = self.bin.saturating_sub(libm::ceil(span_ms / BIN_MS) as u64);
        let begin = first.max(wanted).div_ceil(wide) * wide;
        let count = self.bin.saturating_sub(begin) / wide;
        let mut rates_hz = Vec::with_capacity(self.counts.len() * count as usize);
        for (population, &neurons) in self.counts.iter().enumerate() {
            let one = 1000.0 / (f64::from(neurons) * BIN_MS * wide as f64);
            rates_hz.extend((0..count).map(|bin| {
                let from = (begin - first + bin * wide) as usize;
                let spikes: u32 =
                    self.bins.range(from..from + wide as usize).map(|bin| bin[population]).sum();
                (f64::from(spikes) * one) as f32
            }));
        }
        Course { from_ms: begin as f64 * BIN_MS, bin_ms: wide as f64 * BIN_MS, rates_hz }
    }

    /// Bins that statistics are made of.
    fn recent(&self) -> usize {
        ((self.bin - self.since.0) as usize).min(RECENT).min(self.bins.len())
    }

    /// Mean rate of a population over the last two seconds and a half, Hz; none before the first bin.
    pub fn mean_rate_hz(&self, population: usize) -> Option<f64> {
        let rates = self.rates_hz(population, self.recent());
        (!rates.is_empty()).then(|| rates.iter().sum::<f64>() / rates.len() as f64)
    }

    /// Spectrum of the rate of a population over that time; none before half a second.
    pub fn spectrum(&self, population: usize) -> Option<Spectrum> {
        welch(&self.rates_hz(population, self.recent()), BIN_MS, PIECE)
    }

    /// Mean CV of the intervals of watched neurons of a population in the last five seconds, of those with
    /// three at least.
    pub fn irregularity(&self, population: usize) -> Option<f64> {
        let Watched { begin, places, .. } = self.watched[population];
        let mut times: Vec<Vec<f64>> = vec![Vec::new(); places as usize];
        let now = (self.bin as f64 * BIN_MS / self.dt_ms) as u64;
        let from = now.saturating_sub((INTERVALS_MS / self.dt_ms) as u64).max(self.since.1);
        for (step, place) in self.remembered.between(from, u64::MAX) {
            if let Some(times) = place.checked_sub(begin).and_then(|place| times.get_mut(place as usize)) {
                times.push(step as f64 * self.dt_ms);
            }
        }
        let known = times.iter().filter(|times| times.len() > 3).filter_map(|times| cv(&intervals_ms(times)));
        let (sum, count) = known.fold((0.0, 0.0), |(sum, count), cv| (sum + cv, count + 1.0));
        (count > 0.0).then(|| sum / count)
    }

    /// Mean correlation of the spike counts of pairs of watched neurons of a population, in bins of a
    /// millisecond; none before half a second.
    pub fn synchrony(&self, population: usize) -> Option<f64> {
        let Watched { begin, places, .. } = self.watched[population];
        let end = libm::floor(self.bin as f64 * BIN_MS / TOGETHER_MS) as u64;
        let first = (self.bin - self.recent() as u64) as f64 * BIN_MS / TOGETHER_MS;
        // Where spikes are many, not all of that time is remembered.
        let kept = self.remembered.events().next().map_or(0.0, |(step, _)| step as f64 * self.dt_ms);
        let whole = self.remembered.dropped() == 0;
        let kept = if whole { 0.0 } else { libm::ceil(kept / TOGETHER_MS) };
        let from = libm::ceil(first.max(kept)) as u64;
        let bins = end.checked_sub(from).filter(|&bins| bins as f64 * TOGETHER_MS >= 500.0)? as usize;
        let stride = places.div_ceil(COMPARED).max(1);
        let mut counts = vec![0.0f32; places.div_ceil(stride) as usize * bins];
        let at = |bin: u64| libm::ceil(bin as f64 * TOGETHER_MS / self.dt_ms - 1e-6) as u64;
        for (step, place) in self.remembered.between(at(from), at(end)) {
            let Some(place) = place.checked_sub(begin).filter(|&place| place < places) else { continue };
            if place % stride == 0 {
                let bin = (step as f64 * self.dt_ms / TOGETHER_MS + 1e-6) as u64 - from;
                counts[(place / stride) as usize * bins + (bin as usize).min(bins - 1)] += 1.0;
            }
        }
        mean_count_correlation(&counts, bins)
    }

    /// Spikes of the watched neurons of a population in the last `last_ms`, by place.
    pub fn counts(&self, run: &Run, population: usize, last_ms: f64) -> Vec<u32> {
        let Watched { begin, places, .. } = self.watched[population];
        let mut counts = vec![0; places as usize];
        let from = run.network().step().saturating_sub(libm::round(last_ms / self.dt_ms) as u64);
        for (_, place) in self.remembered.between(from, u64::MAX) {
            if let Some(count) = place.checked_sub(begin).and_then(|place| counts.get_mut(place as usize)) {
                *count += 1;
            }
        }
        counts
    }

    /// Places of the raster at which neurons of a population stand, and one beyond the last.
    pub fn places(&self, population: usize, neurons: &core::ops::Range<u32>) -> (u32, u32) {
        let Watched { begin, stride, .. } = self.watched[population];
        let end = neurons.end.min(self.counts[population]);
        (begin + neurons.start / stride, begin + end.div_ceil(stride))
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
        assert_eq!(
            (observer.places(1, &(0..40)), observer.places(0, &(0..u32::MAX))),
            ((400, 420), (0, 400))
        );

        let course = observer.course(1000.0, 100);
        assert_eq!((course.from_ms, course.bin_ms, course.rates_hz.len()), (500.0, 10.0, 198));
        let spikes: f32 = course.rates_hz[..99].iter().map(|rate| rate * 800.0 * 0.01).sum();
        let counts = observer.counts(&run, 0, 1000.0);
        assert!((spikes - 2.0 * counts.iter().sum::<u32>() as f32).abs() < 0.1 * spikes, "{spikes}");
        let synchrony = observer.synchrony(0).expect("a second and more");
        assert!((-0.05..0.2).contains(&synchrony), "{synchrony}");
        observer.restart(&run);
        let nothing = (observer.mean_rate_hz(0), observer.irregularity(0), observer.synchrony(0));
        assert_eq!(nothing, (None, None, None), "what was before counts no more");
    }

    #[test]
    fn neurons_that_do_the_same_are_synchronous() {
        let values = [("scale", 0.05), ("inhibition", 3.0)];
        let mut run = build("brunel", &values, 3, 1 << 28).expect("a circuit");
        let mut observer = Observer::new(&run, 500);
        while run.network().time_ms() < 900.0 {
            observer.advance(&mut run).expect("finite potentials");
        }
        // A round of state A lasts 3 ms.
        let synchrony = observer.synchrony(0).expect("half a second and more");
        assert!(synchrony > 0.02, "{synchrony}");
    }

    #[test]
    fn each_circuit_is_excited_and_silenced_by_what_it_says() {
        let mut wrong = Vec::new();
        for entry in crate::experiment::circuits::CIRCUITS {
            let id = entry.declaration.id;
            let small = entry.declaration.parameters.iter().any(|parameter| parameter.key == "scale");
            let values: &[_] = if small { &[("scale", 0.05)] } else { &[] };
            let spikes = |current: f32, population: usize| {
                let mut run = build(id, values, 3, 1 << 28).expect("a circuit");
                let stimulus = crate::experiment::circuits::Stimulus {
                    population,
                    neurons: 0..u32::MAX,
                    from_ms: 300.0,
                    until_ms: 400.0,
                    current,
                };
                run.add(stimulus);
                let mut spikes = 0;
                while run.network().time_ms() < 400.0 {
                    run.advance().expect("finite");
                    let late = run.network().time_ms() > 315.0;
                    spikes += if late { run.network().spikes()[population].count() } else { 0 };
                }
                spikes
            };
            let run = build(id, values, 3, 1 << 28).expect("a circuit");
            for (population, spec) in run.spec().populations.iter().enumerate() {
                if spec.cells.hears() {
                    let [few, many] =
                        [entry.shown.silence, entry.shown.excite].map(|current| spikes(current, population));
                    if few > 0 || many == 0 {
                        wrong.push(format!("{id}, {}: {few} and {many} spikes", spec.name));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
