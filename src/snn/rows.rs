//! The synapses of a projection onto one partition, source by source.
//!
//! Compressed rows: where each source begins, and for each synapse its target within the partition in
//! two bytes. Weights and delays take nothing where all are the same, and a byte each where they are
//! distributed: a weight is one of 256 levels between the smallest and the largest (an error of 0.2 %
//! of the range at most), a delay a number of steps.
//!
//! Where that is smaller and weight and delay are shared, pairs are bits instead, and the rows hold only what
//! a pair has beyond its first synapse ([`super::pairs`]).

use super::connect::{Connect, Part};
use super::error::NetworkError;
use super::pairs::Pairs;
use crate::rng::Stream;

/// How strong the synapses of a projection are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Weight {
    /// All alike.
    Same(f32),
    /// Normally distributed, of one sign: numbers beyond it become 0; four standard deviations at most.
    Normal {
        /// Mean.
        mean: f32,
        /// Standard deviation.
        sd: f32,
    },
    /// Anything between two numbers of one sign with the same chance.
    Uniform {
        /// Smallest.
        low: f32,
        /// Largest.
        high: f32,
    },
}

impl Weight {
    /// The smallest and the largest that can be drawn.
    pub fn ends(self) -> [f32; 2] {
        match self {
            Self::Same(weight) => [weight; 2],
            Self::Normal { mean, sd } => {
                [mean - 4.0 * sd, mean + 4.0 * sd].map(|end| if end * mean > 0.0 { end } else { 0.0 })
            }
            Self::Uniform { low, high } => [low, high],
        }
    }

    /// The weight of the synapse in this place.
    fn drawn(self, draws: Stream, at: usize) -> f32 {
        match self {
            Self::Same(weight) => weight,
            Self::Normal { mean, sd } => {
                let weight = mean + sd * draws.normal_f32(0, at as u64).clamp(-4.0, 4.0);
                if weight * mean > 0.0 { weight } else { 0.0 }
            }
            Self::Uniform { low, high } => low + (high - low) * draws.uniform_f32(0, at as u64),
        }
    }

    /// The weights of the first `count` synapses.
    pub(super) fn draw(self, draws: Stream, count: usize) -> Vec<f32> {
        (0..count).map(|at| self.drawn(draws, at)).collect()
    }
}

/// How long spikes travel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Delay {
    /// All alike, ms.
    Same(f64),
    /// Normally distributed, rounded to steps, one step at least.
    Normal {
        /// Mean, ms.
        mean_ms: f64,
        /// Standard deviation, ms.
        sd_ms: f64,
    },
}

impl Delay {
    /// The shortest and the longest in steps, or what is wrong.
    pub(super) fn steps(self, dt_ms: f64, projection: &str) -> Result<[u32; 2], NetworkError> {
        let wrong = |delay_ms: f64| NetworkError::Delay {
            projection: projection.to_owned(),
            dt_ms,
            longest: 255.0 * dt_ms,
            delay_ms,
        };
        let rounded = |ms: f64| libm::round(ms / dt_ms);
        match self {
            Self::Same(ms) if (1.0..=255.0).contains(&rounded(ms)) => Ok([rounded(ms) as u32; 2]),
            Self::Same(ms) => Err(wrong(ms)),
            Self::Normal { mean_ms, sd_ms } => {
                let longest = rounded(mean_ms + 6.0 * sd_ms);
                let sensible = sd_ms >= 0.0 && rounded(mean_ms) >= 1.0 && longest <= 255.0;
                if sensible { Ok([1, longest as u32]) } else { Err(wrong(mean_ms)) }
            }
        }
    }
}

/// Levels of a distributed weight.
const LEVELS: f32 = 255.0;

#[derive(Clone)]
pub(super) enum Weights {
    /// The projection has one for all.
    Same,
    /// `base + step·level`.
    Levels { base: f32, step: f32, levels: Vec<u8> },
}

#[derive(Clone)]
pub(super) enum Delays {
    Same(u32),
    Each(Vec<u8>),
}

/// Targets, source by source.
#[derive(Clone)]
pub(super) struct Layout {
    /// Where each source begins, and the end.
    pub starts: Vec<u32>,
    /// Target of each synapse within the partition.
    pub targets: Vec<u16>,
}

impl Layout {
    /// Draws the synapses: once to count, once to fill.
    pub fn build(connect: &Connect, part: Part) -> Self {
        Self::from_twice(part.sources, |synapse| connect.each(part, synapse))
    }

    /// Of the synapses that are told twice, in the same order.
    pub fn from_twice(sources: u32, mut each: impl FnMut(&mut dyn FnMut(u32, u16))) -> Self {
        let mut starts = vec![0u32; sources as usize + 1];
        each(&mut |source, _| starts[source as usize + 1] += 1);
        for source in 0..sources as usize {
            starts[source + 1] += starts[source];
        }
        let count = *starts.last().unwrap_or(&0) as usize;
        let mut targets = vec![0u16; count];
        // Each row's start serves as its place to write, and is one row ahead afterwards.
        each(&mut |source, target| {
            let place = &mut starts[source as usize];
            targets[*place as usize] = target;
            *place += 1;
        });
        starts.rotate_right(1);
        if let Some(first) = starts.first_mut() {
            *first = 0;
        }
        Self { starts, targets }
    }

    /// The synapses of a source.
    #[inline]
    pub fn row(&self, source: u32) -> core::ops::Range<usize> {
        self.starts[source as usize] as usize..self.starts[source as usize + 1] as usize
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> u64 {
        (4 * self.starts.len() + 2 * self.targets.len()) as u64
    }
}

/// Synapses of a projection onto one partition.
#[derive(Clone)]
pub(super) struct Rows {
    layout: Layout,
    /// Who is connected at all, as bits; then the layout has the rest.
    pub pairs: Option<Pairs>,
    pub weights: Weights,
    pub delays: Delays,
}

impl Rows {
    /// Bytes that a synapse takes.
    pub fn bytes_per_synapse(weight: Weight, delay: Delay) -> u64 {
        2 + u64::from(!matches!(weight, Weight::Same(_))) + u64::from(!matches!(delay, Delay::Same(_)))
    }

    /// Draws synapses whose sources do not tire.
    pub fn build_steady(connect: &Connect, part: Part, (weight, delay): (Weight, Delay), dt_ms: f64) -> Self {
        let density = connect.density(u64::from(part.sources), u64::from(part.targets));
        match (weight, delay) {
            (Weight::Same(_), Delay::Same(ms)) if Pairs::suit(density, part.sources, part.count) => {
                let (pairs, layout) = Pairs::build(connect, part);
                let delays = Delays::Same(libm::round(ms / dt_ms) as u32);
                Self { layout, pairs: Some(pairs), weights: Weights::Same, delays }
            }
            strength => Self::build(connect, part, strength, dt_ms),
        }
    }

    /// Draws the synapses, each with a place in its row.
    pub fn build(connect: &Connect, part: Part, (weight, delay): (Weight, Delay), dt_ms: f64) -> Self {
        let layout = Layout::build(connect, part);
        let count = layout.targets.len();
        // Draws of their own, by the synapse's place.
        let (weight_draws, delay_draws) = (part.draws.sub(1), part.draws.sub(2));
        let weights = match weight {
            Weight::Same(_) => Weights::Same,
            distributed => levels(weight_draws, distributed, count),
        };
        let delays = match delay {
            Delay::Same(ms) => Delays::Same(libm::round(ms / dt_ms) as u32),
            Delay::Normal { mean_ms, sd_ms } => Delays::Each(
                (0..count as u64)
                    .map(|at| {
                        let ms = mean_ms + sd_ms * delay_draws.normal_f64(0, at).clamp(-6.0, 6.0);
                        libm::round(ms / dt_ms).max(1.0) as u8
                    })
                    .collect(),
            ),
        };
        Self { layout, pairs: None, weights, delays }
    }

    /// The same with all delays longer by so many steps.
    pub fn later(mut self, steps: u32) -> Self {
        match &mut self.delays {
            Delays::Same(delay) => *delay += steps,
            Delays::Each(delays) => delays.iter_mut().for_each(|delay| *delay += steps as u8),
        }
        self
    }

    /// The synapses of a source.
    pub fn row(&self, source: u32) -> core::ops::Range<usize> {
        self.layout.row(source)
    }

    pub fn targets(&self) -> &[u16] {
        &self.layout.targets
    }

    /// Calls `weight(how strong, how many)`; `shared` is what all have where they share one.
    pub fn each_weight(&self, shared: f32, weight: &mut dyn FnMut(f32, u32)) {
        let Weights::Levels { base, step, levels } = &self.weights else {
            return weight(shared, self.len() as u32);
        };
        let mut counts = [0; LEVELS as usize + 1];
        levels.iter().for_each(|&level| counts[usize::from(level)] += 1);
        let used = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        used.for_each(|(level, &count)| weight(base + step * level as f32, count));
    }

    pub fn len(&self) -> usize {
        self.layout.targets.len() + self.pairs.as_ref().map_or(0, Pairs::len)
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> u64 {
        let weights = match &self.weights {
            Weights::Same => 0,
            Weights::Levels { levels, .. } => levels.len(),
        };
        let delays = if let Delays::Each(delays) = &self.delays { delays.len() } else { 0 };
        self.layout.bytes() + self.pairs.as_ref().map_or(0, Pairs::bytes) + (weights + delays) as u64
    }
}

fn levels(draws: Stream, weight: Weight, count: usize) -> Weights {
    let [base, end] = weight.ends();
    let step = (end - base) / LEVELS;
    let level =
        |at: usize| if step == 0.0 { 0 } else { ((weight.drawn(draws, at) - base) / step + 0.5) as u8 };
    Weights::Levels { base, step, levels: (0..count).map(level).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::StreamId;

    fn rows(weight: Weight, delay: Delay) -> Rows {
        let draws = Stream::new(5, StreamId::Connectivity);
        let part = Part { sources: 100, targets: 200, first: 0, count: 200, recurrent: false, draws };
        Rows::build(&Connect::AllToAll { to_itself: true }, part, (weight, delay), 0.1)
    }

    #[test]
    fn rows_hold_the_targets_of_their_source() {
        let rows = rows(Weight::Same(1.0), Delay::Same(1.5));
        assert_eq!((rows.len(), rows.bytes()), (20_000, 40_000 + 4 * 101));
        for source in [0, 57, 99] {
            let targets = &rows.targets()[rows.row(source)];
            assert!(targets.iter().copied().eq(0..200), "{source}");
        }
        assert!(matches!((&rows.weights, &rows.delays), (Weights::Same, Delays::Same(15))));
    }

    #[test]
    fn distributed_weights_keep_mean_deviation_and_sign() {
        for (mean, sd) in [(2.0f32, 0.2f32), (-2.0, 0.2), (1.0, 0.5)] {
            let rows = rows(Weight::Normal { mean, sd }, Delay::Same(1.0));
            let Weights::Levels { base, step, levels } = &rows.weights else { panic!("a level each") };
            let weights: Vec<f64> =
                levels.iter().map(|&level| f64::from(base + step * f32::from(level))).collect();
            let average = weights.iter().sum::<f64>() / 20_000.0;
            let variance = weights.iter().map(|weight| (weight - average).powi(2)).sum::<f64>() / 20_000.0;
            // What lies beyond the sign becomes 0: at two deviations a little of the spread is lost.
            assert!((average / f64::from(mean) - 1.0).abs() < 0.02, "{average} for {mean}");
            assert!((variance.sqrt() / f64::from(sd) - 1.0).abs() < 0.04, "{} for {sd}", variance.sqrt());
            assert!(weights.iter().all(|weight| weight * f64::from(mean) > -1e-6));
            assert_eq!(rows.bytes(), 60_000 + 4 * 101);
        }
    }

    #[test]
    fn every_weight_is_told_as_often_as_it_is() {
        let told = |rows: &Rows| {
            let mut told = Vec::new();
            rows.each_weight(1.5, &mut |weight, times| told.push((weight, times)));
            told
        };
        assert_eq!(told(&rows(Weight::Same(1.5), Delay::Same(1.0))), [(1.5, 20_000)]);
        let rows = rows(Weight::Normal { mean: -2.0, sd: 0.2 }, Delay::Same(1.0));
        let Weights::Levels { base, step, levels } = &rows.weights else { panic!("a level each") };
        let told = told(&rows);
        assert_eq!(told.iter().map(|&(_, times)| times).sum::<u32>(), 20_000);
        for (weight, times) in told {
            let own = levels.iter().filter(|&&level| base + step * f32::from(level) == weight).count();
            assert_eq!(own, times as usize, "{weight}");
        }
    }

    #[test]
    fn distributed_delays_keep_their_mean_and_take_a_step_at_least() {
        let rows = rows(Weight::Same(1.0), Delay::Normal { mean_ms: 1.5, sd_ms: 0.75 });
        let Delays::Each(delays) = &rows.delays else { panic!("a delay each") };
        let average = delays.iter().map(|&delay| f64::from(delay)).sum::<f64>() / 20_000.0;
        // A tail of 2.9 % is lifted to one step.
        assert!((average - 15.0).abs() < 0.3, "{average} steps");
        assert!(delays.contains(&1) && !delays.contains(&0));
        assert!(delays.iter().all(|&delay| delay <= 60), "six deviations at most");
    }

    #[test]
    fn delays_that_no_step_can_keep_are_refused() {
        let steps = |delay: Delay| delay.steps(0.1, "a → b");
        assert_eq!(steps(Delay::Same(1.5)), Ok([15, 15]));
        assert_eq!(steps(Delay::Normal { mean_ms: 1.5, sd_ms: 0.75 }), Ok([1, 60]));
        for wrong in [0.04, -1.0, 25.6, f64::NAN, f64::INFINITY] {
            let said = steps(Delay::Same(wrong)).expect_err("it must be refused").to_string();
            assert!(said.starts_with("a → b: delays from 0.1 ms"), "{said}");
        }
        for (mean_ms, sd_ms) in [(20.0, 2.0), (1.5, -0.1), (1.5, f64::NAN), (0.0, 0.1)] {
            assert!(steps(Delay::Normal { mean_ms, sd_ms }).is_err(), "{mean_ms} ± {sd_ms}");
        }
    }
}
