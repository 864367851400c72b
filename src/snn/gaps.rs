//! Gap junctions of a partition: currents by the difference of two potentials, in every step.
//!
//! A junction conducts both ways and needs no spike, so a network that has any advances in windows of
//! one step: potentials of all coupled populations are put together before each.

use super::connect::{Connect, Part};
use crate::rng::Stream;

/// Junctions between two populations, or within one.
#[derive(Clone, Debug, PartialEq)]
pub struct GapSpec {
    /// Indices of the two populations.
    pub between: [usize; 2],
    /// Which pairs; each is coupled both ways.
    pub connect: Connect,
    /// Conductance of each, in the neurons' unit of drive a mV.
    pub conductance: f32,
}

/// The junctions of one spec at the neurons of a partition.
#[derive(Clone)]
pub(super) struct Gaps {
    /// Place in the list of junctions.
    pub spec: usize,
    /// Population on the other side.
    other: usize,
    pub conductance: f32,
    /// Own neuron within the partition, and the neuron on the other side.
    pairs: Vec<(u16, u32)>,
}

/// Currents and conductances into the neurons of a partition.
pub(super) struct Drive<'a> {
    pub currents: &'a mut [f32],
    pub conductances: &'a mut [f32],
}

impl Gaps {
    /// Junctions at the neurons from `first` on of the population on side `side`.
    pub fn build(
        (index, spec): (usize, &GapSpec),
        side: usize,
        counts: [u32; 2],
        own: (u32, u32),
        draws: Stream,
    ) -> Self {
        let (first, count) = own;
        let mut pairs = Vec::new();
        // Pairs are drawn for the whole of both populations, so that both sides find the same.
        let part = Part {
            sources: counts[0],
            targets: counts[1],
            first: 0,
            count: counts[1],
            recurrent: spec.between[0] == spec.between[1],
            draws,
        };
        spec.connect.each(part, |one, other| {
            let ends = [one, u32::from(other)];
            if (first..first + count).contains(&ends[side]) {
                pairs.push(((ends[side] - first) as u16, ends[1 - side]));
            }
        });
        Self { spec: index, other: spec.between[1 - side], conductance: spec.conductance, pairs }
    }

    /// Bytes of so many junctions at both ends.
    pub fn bytes(junctions: u64) -> u64 {
        2 * junctions * size_of::<(u16, u32)>() as u64
    }

    /// Adds what they bring, from the potentials of all populations.
    pub fn couple(&self, potentials: &[Vec<f32>], drive: &mut Drive) {
        let others = &potentials[self.other];
        for &(own, other) in &self.pairs {
            drive.currents[usize::from(own)] += self.conductance * others[other as usize];
            drive.conductances[usize::from(own)] += self.conductance;
        }
    }
}
