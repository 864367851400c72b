//! Who is connected with whom as bits, for projections that connect many.
//!
//! A source has a row of bits, one for each neuron of the partition ([`crate::kernels::tally`]). Where one
//! pair in sixteen or more is connected, that is smaller than two bytes a synapse, and the spikes of a step are
//! counted at all targets together instead of walking from target to target: what arrives is
//! `count × weight`. A pair that is drawn more than once has its other synapses in rows.

use super::connect::{Connect, Part};
use super::rows::Layout;
use crate::kernels::tally::{self, BLOCK, STRIP, Strip};

/// The pairs of a projection onto one partition.
#[derive(Clone)]
pub(super) struct Pairs {
    /// Row by row: those of all sources, and an empty one.
    strips: Vec<Strip>,
    /// Strips of a row.
    across: usize,
    count: usize,
}

impl Pairs {
    /// Bytes of such bits.
    pub fn bytes_of(sources: u32, targets: u32) -> u64 {
        (u64::from(sources) + 1) * u64::from(targets).div_ceil(STRIP as u64) * size_of::<Strip>() as u64
    }

    /// Whether they are smaller than a row, two bytes a synapse, at that many synapses a pair.
    pub fn suit(density: f64, sources: u32, targets: u32) -> bool {
        let rows = 2.0 * density * f64::from(sources) * f64::from(targets);
        targets as usize > BLOCK && Self::bytes_of(sources, targets) as f64 <= rows
    }

    /// Draws them, and what comes on top of them.
    pub fn build(connect: &Connect, part: Part) -> (Self, Layout) {
        let across = (part.count as usize).div_ceil(STRIP);
        let mut pairs = Self { strips: Vec::new(), across, count: 0 };
        let more = Layout::from_twice(part.sources, |more| {
            pairs.strips.clear();
            pairs.strips.resize(across * (part.sources as usize + 1), Strip::default());
            pairs.count = 0;
            connect.each(part, |source, target| {
                if pairs.insert(source, target) {
                    more(source, target);
                }
            });
        });
        (pairs, more)
    }

    /// Whether it was there before.
    fn insert(&mut self, source: u32, target: u16) -> bool {
        let (strip, place) = (usize::from(target) / STRIP, usize::from(target) % STRIP);
        let before = self.strips[source as usize * self.across + strip].insert(place);
        self.count += usize::from(!before);
        before
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Bytes that they take.
    pub fn bytes(&self) -> u64 {
        size_of_val(self.strips.as_slice()) as u64
    }

    /// A spike of each of `fired` arrives at its targets with that weight.
    pub fn deliver(&self, fired: &[u32], weight: f32, sums: &mut [f32]) {
        tally::add_counts(&self.strips, self.across, fired, weight, sums);
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::{Delay, Rows, Weight};
    use super::*;
    use crate::rng::{Stream, StreamId};

    /// Whole numbers as weights leave no difference of rounding.
    #[test]
    fn bits_say_what_rows_say() {
        let draws = Stream::new(5, StreamId::Connectivity);
        let part = Part { sources: 70, targets: 2000, first: 640, count: 640, recurrent: false, draws };
        let rules = [
            Connect::FixedInDegree(20),
            Connect::FixedTotal(60_000),
            Connect::Probability { probability: 0.2, to_itself: true },
            Connect::AllToAll { to_itself: false },
        ];
        for rule in rules {
            let strength = (Weight::Same(3.0), Delay::Same(1.0));
            let rows = Rows::build(&rule, part, strength, 0.1);
            let steady = Rows::build_steady(&rule, part, strength, 0.1);
            let pairs = steady.pairs.as_ref().expect("many are connected");
            assert_eq!(steady.len(), rows.len(), "{rule:?}");
            assert!(steady.bytes() < rows.bytes(), "{rule:?}: {} and {}", steady.bytes(), rows.bytes());
            for fired in [&[][..], &[3], &[0, 69, 12], &(0..70).collect::<Vec<u32>>()] {
                let (mut ours, mut other) = (vec![0.5f32; 640], vec![0.5f32; 640]);
                pairs.deliver(fired, 3.0, &mut ours);
                let add = |rows: &Rows, sums: &mut [f32]| {
                    for &source in fired {
                        let targets = &rows.targets()[rows.row(source)];
                        targets.iter().for_each(|&target| sums[usize::from(target)] += 3.0);
                    }
                };
                add(&steady, &mut ours);
                add(&rows, &mut other);
                assert_eq!(ours, other, "{rule:?}, {fired:?}");
            }
        }
    }

    #[test]
    fn few_pairs_stay_rows() {
        assert!(Pairs::suit(0.1, 10_000, 5_000) && Pairs::suit(0.1, 2_500, 2_500));
        assert!(!Pairs::suit(0.02, 3_200, 3_200), "CUBA");
        assert!(!Pairs::suit(1.0, 100, 100), "a block is hardly filled");
        let draws = Stream::new(5, StreamId::Connectivity);
        let part = Part { sources: 70, targets: 640, first: 0, count: 640, recurrent: false, draws };
        let connect = Connect::FixedInDegree(20);
        let uniform = (Weight::Uniform { low: 0.0, high: 1.0 }, Delay::Same(1.0));
        let each = (Weight::Same(1.0), Delay::Normal { mean_ms: 1.0, sd_ms: 0.1 });
        for strength in [uniform, each] {
            assert!(Rows::build_steady(&connect, part, strength, 0.1).pairs.is_none());
        }
    }
}
