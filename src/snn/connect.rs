//! Who is connected with whom: rules that are drawn from a seed.
//!
//! A rule lists the synapses onto one partition of the target population, from draws that belong to the
//! projection and the partition. It can be asked twice and says the same: once to count, once to fill,
//! so that building needs no list in between.

use crate::rng::Stream;

/// A rule of connection from a population of `sources` to one of `targets`.
#[derive(Clone, Debug, PartialEq)]
pub enum Connect {
    /// Everybody with everybody.
    AllToAll {
        /// Whether neurons of a population are connected with themselves.
        to_itself: bool,
    },
    /// The neuron of a number with that of the same number.
    OneToOne,
    /// Every target has so many sources, drawn with replacement.
    FixedInDegree(u32),
    /// So many synapses in all, source and target of each drawn with replacement: degrees are binomial.
    FixedTotal(u64),
    /// Each pair with this probability, independently.
    Probability {
        /// Of a pair.
        probability: f64,
        /// Whether neurons of a population are connected with themselves.
        to_itself: bool,
    },
    /// On a ring: each pair with a probability that falls with distance as a Gaussian.
    Ring {
        /// Of neighbours at no distance.
        peak: f64,
        /// Standard deviation, in parts of the ring.
        width: f64,
    },
    /// On a ring: each pair whose distance lies from `near` up to `far`, in parts of the ring. Bands of
    /// several projections make a profile of weights that is the same everywhere.
    Band {
        /// The smallest distance.
        near: f64,
        /// The distance that is too large.
        far: f64,
    },
    /// These pairs of source and target.
    List(Vec<(u32, u32)>),
}

/// The part of a projection that a partition holds.
#[derive(Clone, Copy)]
pub(super) struct Part {
    /// Neurons of the source population.
    pub sources: u32,
    /// Neurons of the whole target population.
    pub targets: u32,
    /// The first target of the partition.
    pub first: u32,
    /// How many targets it has.
    pub count: u32,
    /// Whether source and target are one population.
    pub recurrent: bool,
    pub draws: Stream,
}

impl Connect {
    /// How many synapses there will be, for the estimate before building.
    pub fn expected(&self, sources: u64, targets: u64) -> u64 {
        match self {
            Self::AllToAll { .. } => sources * targets,
            Self::OneToOne => sources.min(targets),
            Self::FixedInDegree(degree) => targets * u64::from(*degree),
            Self::FixedTotal(total) => *total,
            Self::Probability { probability, .. } => (sources as f64 * targets as f64 * probability) as u64,
            Self::Ring { peak, width } => {
                let share = (peak * width * (2.0 * core::f64::consts::PI).sqrt()).min(1.0);
                (sources as f64 * targets as f64 * share) as u64
            }
            Self::Band { near, far } => {
                let share = (2.0 * (far.min(0.5) - near.max(0.0))).clamp(0.0, 1.0);
                (sources as f64 * targets as f64 * share) as u64
            }
            Self::List(pairs) => pairs.len() as u64,
        }
    }

    /// How many synapses a pair has, for the choice of how they are kept.
    pub(super) fn density(&self, sources: u64, targets: u64) -> f64 {
        let pairs = sources as f64 * targets as f64;
        if pairs > 0.0 { self.expected(sources, targets) as f64 / pairs } else { 0.0 }
    }

    /// The synapses of a pair beyond its first, on average.
    pub(super) fn repeated(&self, sources: u64, targets: u64) -> f64 {
        let density = self.density(sources, targets);
        match self {
            // Drawn with replacement: about Poisson.
            Self::FixedInDegree(_) | Self::FixedTotal(_) => density - 1.0 + libm::exp(-density),
            _ => 0.0,
        }
    }

    /// Calls `synapse(source, local target)` for each synapse onto the partition, always in the same
    /// order; the targets of a source come in the order in which they are called.
    pub(super) fn each(&self, part: Part, mut synapse: impl FnMut(u32, u16)) {
        let Part { sources, targets, first, count, recurrent, draws } = part;
        let itself = |source: u32, local: u32| recurrent && source == first + local;
        match self {
            Self::AllToAll { to_itself } => {
                for source in 0..sources {
                    for local in 0..count {
                        if *to_itself || !itself(source, local) {
                            synapse(source, local as u16);
                        }
                    }
                }
            }
            Self::OneToOne => {
                for local in 0..count.min(sources.saturating_sub(first)) {
                    synapse(first + local, local as u16);
                }
            }
            Self::FixedInDegree(degree) => {
                for local in 0..count {
                    draw_sources(draws, first + local, *degree, sources, |source| {
                        synapse(source, local as u16)
                    });
                }
            }
            Self::FixedTotal(total) => {
                // A partition has its share, in proportion to its targets, and asks no other for the rest.
                let until =
                    |target: u32| (u128::from(*total) * u128::from(target) / u128::from(targets)) as u64;
                let own = until(first + count) - until(first);
                draw_pairs(draws, own, [sources, count], |source, local| synapse(source, local as u16));
            }
            Self::Probability { probability, to_itself } => {
                for source in 0..sources {
                    skipping(draws, source, *probability, count, |local| {
                        if *to_itself || !itself(source, local) {
                            synapse(source, local as u16);
                        }
                    });
                }
            }
            Self::Ring { peak, width } => {
                for source in 0..sources {
                    let at = f64::from(source) / f64::from(sources);
                    for local in 0..count {
                        let apart = apart(at, f64::from(first + local) / f64::from(targets)) / width;
                        let chance = peak * libm::exp(-0.5 * apart * apart);
                        let drawn = draws.uniform_f64(u64::from(source), u64::from(local));
                        if drawn < chance && !itself(source, local) {
                            synapse(source, local as u16);
                        }
                    }
                }
            }
            Self::Band { near, far } => {
                for source in 0..sources {
                    let at = f64::from(source) / f64::from(sources);
                    for local in 0..count {
                        let apart = apart(at, f64::from(first + local) / f64::from(targets));
                        if *near <= apart && apart < *far && !itself(source, local) {
                            synapse(source, local as u16);
                        }
                    }
                }
            }
            Self::List(pairs) => {
                for &(source, target) in pairs {
                    if (first..first + count).contains(&target) {
                        synapse(source, (target - first) as u16);
                    }
                }
            }
        }
    }
}

/// Distance of two places on a ring, in parts of it: 0.5 at most.
fn apart(one: f64, other: f64) -> f64 {
    let apart = (one - other).abs();
    apart.min(1.0 - apart)
}

/// `degree` sources of one target, with replacement.
fn draw_sources(draws: Stream, target: u32, degree: u32, sources: u32, mut each: impl FnMut(u32)) {
    let scale = |low: u32, high: u32| {
        // The 64-bit word times the bound, upper half; see `Stream::below`.
        let (low, high, bound) = (u64::from(low), u64::from(high), u64::from(sources));
        ((high * bound + ((low * bound) >> 32)) >> 32) as u32
    };
    for pair in 0..degree.div_ceil(2) {
        let [a, b, c, d] = draws.block4_at(u64::from(target), u64::from(pair));
        each(scale(a, b));
        if 2 * pair + 1 < degree {
            each(scale(c, d));
        }
    }
}

/// `total` pairs of numbers below two bounds, with replacement.
fn draw_pairs(draws: Stream, total: u64, bounds: [u32; 2], mut each: impl FnMut(u32, u32)) {
    // A word times the bound, upper half: of 20,000 numbers none is likelier by more than 5e-6 of its chance.
    let below = |word: u32, bound: u32| ((u64::from(word) * u64::from(bound)) >> 32) as u32;
    // Four blocks of four words at once make eight pairs.
    for group in 0..total.div_ceil(8) {
        let [a, b, c, d] = draws.word_blocks(0, core::array::from_fn(|block| 4 * group + block as u64));
        for (half, [sources, targets]) in [[a, b], [c, d]].into_iter().enumerate() {
            let left = (total - 8 * group).saturating_sub(4 * half as u64).min(4) as usize;
            for (source, target) in sources.into_iter().zip(targets).take(left) {
                each(below(source, bounds[0]), below(target, bounds[1]));
            }
        }
    }
}

/// The places below `count` that are chosen with `probability` each: by drawing the gaps between them.
fn skipping(draws: Stream, row: u32, probability: f64, count: u32, mut each: impl FnMut(u32)) {
    if probability <= 0.0 {
        return;
    }
    // ln(1 − p); at p = 1 every gap is 0.
    let rate = 1.0 / libm::log1p(-probability.min(1.0));
    let mut place = 0.0;
    for draw in 0.. {
        // In (0, 1]: its logarithm is finite.
        let uniform = 1.0 - draws.uniform_f64(u64::from(row), draw);
        place += libm::floor(libm::log(uniform) * rate);
        if place >= f64::from(count) {
            return;
        }
        each(place as u32);
        place += 1.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::StreamId;

    fn part(sources: u32, targets: u32) -> Part {
        let draws = Stream::new(3, StreamId::Connectivity);
        Part { sources, targets, first: 0, count: targets, recurrent: true, draws }
    }

    fn listed(rule: &Connect, part: Part) -> Vec<(u32, u16)> {
        let mut pairs = Vec::new();
        rule.each(part, |source, target| pairs.push((source, target)));
        pairs
    }

    #[test]
    fn simple_rules_list_what_they_say() {
        assert_eq!(listed(&Connect::AllToAll { to_itself: false }, part(2, 2)), [(0, 1), (1, 0)]);
        assert_eq!(listed(&Connect::AllToAll { to_itself: true }, part(2, 2)).len(), 4);
        assert_eq!(listed(&Connect::OneToOne, part(2, 3)), [(0, 0), (1, 1)]);
        let later = Part { first: 2, count: 1, ..part(5, 3) };
        assert_eq!(listed(&Connect::OneToOne, later), [(2, 0)]);
        assert_eq!(listed(&Connect::List(vec![(4, 2), (1, 0)]), later), [(4, 0)]);
        assert_eq!(listed(&Connect::Probability { probability: 0.0, to_itself: true }, part(9, 9)), []);
        assert_eq!(listed(&Connect::Probability { probability: 1.0, to_itself: true }, part(9, 9)).len(), 81);
    }

    #[test]
    fn bands_share_the_pairs_of_a_ring() {
        let band = |near, far| listed(&Connect::Band { near, far }, part(12, 12));
        let (inner, outer) = (band(0.0, 0.2), band(0.2, 0.51));
        assert_eq!(inner.len(), 12 * 4, "two neighbours on either side, and not itself");
        assert_eq!(outer.len(), 12 * 7);
        assert!(inner.contains(&(0, 10)) && inner.contains(&(11, 1)) && outer.contains(&(3, 9)));
        assert_eq!(Connect::Band { near: 0.25, far: 0.5 }.expected(12, 12), 72);
    }

    #[test]
    fn in_degrees_are_fixed_and_sources_even() {
        let pairs = listed(&Connect::FixedInDegree(50), part(10, 400));
        assert_eq!(pairs.len(), 20_000);
        for target in 0..400 {
            assert_eq!(pairs.iter().filter(|pair| pair.1 == target).count(), 50);
        }
        for source in 0..10 {
            let count = pairs.iter().filter(|pair| pair.0 == source).count() as f64;
            // Binomial: 2000 ± 42.
            assert!((count - 2000.0).abs() < 200.0, "{source}: {count}");
        }
    }

    #[test]
    fn totals_are_fixed_and_degrees_binomial() {
        for total in [0, 1, 4, 5, 1003] {
            assert_eq!(listed(&Connect::FixedTotal(total), part(10, 400)).len(), total as usize);
        }
        // Partitions of one population share the total.
        let rule = Connect::FixedTotal(100_001);
        let parts =
            [(0, 133), (133, 133), (266, 134)].map(|(first, count)| Part { first, count, ..part(50, 400) });
        let listed = parts.map(|part| listed(&rule, part));
        assert_eq!(listed.iter().map(Vec::len).sum::<usize>(), 100_001);
        let mut degrees = [0.0f64; 133];
        listed[0].iter().for_each(|&(_, target)| degrees[usize::from(target)] += 1.0);
        // Binomial: 250 ± 15.8, with a variance of 250 ± 31.
        let mean = degrees.iter().sum::<f64>() / 133.0;
        let variance = degrees.iter().map(|degree| (degree - mean).powi(2)).sum::<f64>() / 133.0;
        assert!((mean - 250.0).abs() < 0.5 && (variance - 248.0).abs() < 110.0, "{mean}, {variance}");
        for source in 0..50 {
            let count = listed[1].iter().filter(|pair| pair.0 == source).count() as f64;
            assert!((count - 665.0).abs() < 110.0, "{source}: {count}");
        }
    }

    #[test]
    fn pairs_have_their_probability() {
        let rule = Connect::Probability { probability: 0.02, to_itself: false };
        let pairs = listed(&rule, part(1000, 1000));
        // Binomial: 19,980 ± 140.
        assert!((pairs.len() as f64 - 19_980.0).abs() < 600.0, "{}", pairs.len());
        assert!(pairs.iter().all(|&(source, target)| source != u32::from(target)));
        let rows: Vec<usize> =
            (0..1000).map(|row| pairs.iter().filter(|pair| pair.0 == row).count()).collect();
        let mean = pairs.len() as f64 / 1000.0;
        let variance = rows.iter().map(|&row| (row as f64 - mean).powi(2)).sum::<f64>() / 1000.0;
        assert!((variance - 19.6).abs() < 3.0, "out-degrees are binomial: {variance}");
        assert!((rule.expected(1000, 1000) as f64 - 20_000.0).abs() < 1.0);
    }
}
