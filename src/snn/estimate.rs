//! How many bytes a network takes, before it is built, and how neurons are parted.

use super::WIDEST;
use super::gaps::Gaps;
use super::inbox::Inbox;
use super::pairs::Pairs;
use super::plastic_rows;
use super::rows::Rows;
use super::spec::{NetworkSpec, ProjectionSpec};

/// The bytes of a network before it is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Synapses, about where they are drawn.
    pub synapses: u64,
    /// Bytes of synapses: targets, weights, delays, and where rows begin.
    pub synapse_bytes: u64,
    /// Bytes of neurons and of what is on its way to them.
    pub neuron_bytes: u64,
    /// Bytes of the copy to which a fault returns: neurons, and weights that learn.
    pub copy_bytes: u64,
}

impl Estimate {
    /// All of it.
    pub fn bytes(self) -> u64 {
        self.synapse_bytes + self.neuron_bytes + self.copy_bytes
    }
}

/// Sizes of the partitions of a population: as few as possible, as equal as possible.
pub(super) fn split(count: u32) -> impl Iterator<Item = (u32, u32)> {
    let parts = count.div_ceil(WIDEST as u32).max(1);
    (0..parts).map(move |part| {
        let at = |part: u32| (u64::from(count) * u64::from(part) / u64::from(parts)) as u32;
        (at(part), at(part + 1) - at(part))
    })
}

/// Places for neurons in a partition.
pub(super) fn width(count: u32) -> usize {
    (count as usize).next_multiple_of(4)
}

/// Weights that learn are copied up to this many bytes; see [`super::network::Network::advance`].
pub(super) const LARGEST_COPY: u64 = 64 << 20;

impl NetworkSpec {
    /// Bytes that the network would take.
    pub fn estimate(&self) -> Estimate {
        let longest = self.longest();
        let mut estimate = Estimate { synapses: 0, synapse_bytes: 0, neuron_bytes: 0, copy_bytes: 0 };
        for population in &self.populations {
            let parts: u64 = split(population.count)
                .map(|(_, count)| {
                    let width = width(count);
                    let state = 4 * (population.cells.state_len() + 3) as u64 * width as u64;
                    state + Inbox::bytes(population.cells.receptors(), longest, width)
                })
                .sum();
            estimate.neuron_bytes += parts;
        }
        let mut learning = 0;
        for projection in &self.projections {
            let (synapses, bytes, learns) = self.projection_bytes(projection);
            estimate.synapses += synapses;
            estimate.synapse_bytes += bytes;
            learning += learns;
        }
        for gaps in &self.gaps {
            let [one, other] = gaps.between.map(|index| self.populations[index].count);
            estimate.neuron_bytes += Gaps::bytes(gaps.connect.expected(u64::from(one), u64::from(other)));
        }
        if self.keeps_copy && learning <= LARGEST_COPY {
            estimate.copy_bytes = estimate.neuron_bytes + learning;
        }
        estimate
    }

    /// Synapses, their bytes, and how many of these learning changes.
    fn projection_bytes(&self, projection: &ProjectionSpec) -> (u64, u64, u64) {
        let [source, target] =
            [projection.source, projection.target].map(|index| self.populations[index].count);
        let synapses = projection.connect.expected(u64::from(source), u64::from(target));
        let parts = split(target).count() as u64;
        let rows = 4 * (u64::from(source) + 1) * parts;
        match &projection.learning {
            None => {
                let each = Rows::bytes_per_synapse(projection.weight, projection.delay);
                let connect = &projection.connect;
                let [sources, targets] = [source, target].map(u64::from);
                let density = connect.density(sources, targets);
                let steady = projection.short_term.is_none() && each == 2;
                let bytes = |(_, count): (u32, u32)| {
                    let ends = f64::from(source) * f64::from(count);
                    if steady && Pairs::suit(density, source, count) {
                        let repeated = connect.repeated(sources, targets) * ends;
                        Pairs::bytes_of(source, count) + 2 * repeated as u64
                    } else {
                        (each as f64 * density * ends) as u64
                    }
                };
                (synapses, split(target).map(bytes).sum::<u64>() + rows, 0)
            }
            Some(rule) => {
                let each = plastic_rows::bytes_per_synapse(rule.has_eligibility());
                let traces = parts * rule.trace_bytes(source, 0) + rule.trace_bytes(0, target);
                let ways_back = 4 * (u64::from(target) + parts);
                let changes = synapses * (each - 6) + traces;
                (synapses, synapses * each + rows + ways_back + traces, changes)
            }
        }
    }

    /// The longest way of a spike, in steps.
    pub(super) fn longest(&self) -> usize {
        let steps = self.projections.iter().filter_map(|projection| {
            let [_, longest] = projection.delay.steps(self.dt_ms, "").ok()?;
            Some(longest as usize + self.steps(projection.dendritic_ms) as usize)
        });
        steps.max().unwrap_or(1)
    }

    /// A time in whole steps.
    pub(super) fn steps(&self, ms: f64) -> u32 {
        libm::round(ms / self.dt_ms) as u32
    }
}
