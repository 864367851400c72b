//! What will arrive at neurons: a ring of time steps for each receptor.
//!
//! A slot holds, for one step to come, the sum of the weights of all spikes that arrive at its end.

use super::WIDEST;
use crate::digest::Digest;

/// Rings of some neurons side by side: `(receptor, step mod slots, neuron)`.
#[derive(Clone)]
pub(super) struct Inbox {
    sums: Vec<f32>,
    slots: usize,
    width: usize,
}

impl Inbox {
    /// Room for arrivals up to `longest` steps ahead at `width` neurons.
    pub fn new(receptors: usize, longest: usize, width: usize) -> Self {
        // A power of two, so that no division stands in the way of a spike.
        let slots = (longest + 1).next_power_of_two();
        Self { sums: vec![0.0; receptors * slots * width], slots, width }
    }

    /// Bytes of such rings.
    pub fn bytes(receptors: usize, longest: usize, width: usize) -> u64 {
        4 * receptors as u64 * (longest as u64 + 1).next_power_of_two() * width as u64
    }

    fn place(&self, receptor: usize, step: u64) -> usize {
        let slot = (step & (self.slots as u64 - 1)) as usize;
        (receptor * self.slots + slot) * self.width
    }

    /// Sums that arrive in `step`.
    pub fn at(&mut self, receptor: usize, step: u64) -> &mut [f32] {
        let place = self.place(receptor, step);
        &mut self.sums[place..][..self.width]
    }

    /// The same for two receptors.
    pub fn both_at(&mut self, step: u64) -> [&mut [f32]; 2] {
        let (first, second) = (self.place(0, step), self.place(1, step));
        let (low, high) = self.sums.split_at_mut(second);
        [&mut low[first..][..self.width], &mut high[..self.width]]
    }

    /// `weight` arrives at each of `targets` in `step`.
    #[inline]
    pub fn deliver(&mut self, receptor: usize, step: u64, targets: &[u16], weight: f32) {
        let sums = self.at(receptor, step);
        // An array and an index that cannot leave it need no check at each synapse.
        match <&mut [f32; WIDEST]>::try_from(sums) {
            Ok(sums) => targets.iter().for_each(|&target| sums[target as usize % WIDEST] += weight),
            Err(_) => {
                let sums = self.at(receptor, step);
                targets.iter().for_each(|&target| sums[target as usize] += weight);
            }
        }
    }

    /// `weight` arrives at one target.
    #[inline]
    pub fn add(&mut self, receptor: usize, step: u64, target: u16, weight: f32) {
        self.at(receptor, step)[target as usize] += weight;
    }

    /// Adds all that is on its way.
    pub fn digest(&self, digest: Digest) -> Digest {
        digest.f32s(&self.sums)
    }
}
