//! What will arrive at neurons: a ring of time steps for each receptor.
//!
//! A slot holds, for one step to come, the sum of the weights of all spikes that arrive at its end.

use super::WIDEST;
use crate::digest::Digest;
use crate::kernels::tally::BLOCK;

/// Rings of some neurons side by side: `(receptor, step mod slots, neuron)`.
#[derive(Clone)]
pub(super) struct Inbox {
    sums: Vec<f32>,
    /// Whether anything may have arrived since a step's sums were taken: `(receptor, step mod slots)`.
    touched: Vec<bool>,
    slots: usize,
    /// Places of a step, of which neurons have the first.
    width: usize,
    neurons: usize,
}

impl Inbox {
    /// Room for arrivals up to `longest` steps ahead at so many neurons.
    pub fn new(receptors: usize, longest: usize, neurons: usize) -> Self {
        let (slots, width) = (Self::slots(longest), Self::width(neurons));
        let sums = vec![0.0; receptors * slots * width + Self::beyond(width)];
        Self { sums, touched: vec![false; receptors * slots], slots, width, neurons }
    }

    /// Bytes of such rings.
    pub fn bytes(receptors: usize, longest: usize, neurons: usize) -> u64 {
        let (slots, width) = (Self::slots(longest), Self::width(neurons));
        4 * (receptors as u64 * slots as u64 * width as u64 + Self::beyond(width) as u64)
    }

    /// A power of two, so that no division stands in the way of a spike.
    fn slots(longest: usize) -> usize {
        (longest + 1).next_power_of_two()
    }

    /// Whole blocks, except of few neurons.
    fn width(neurons: usize) -> usize {
        if neurons > BLOCK { neurons.next_multiple_of(BLOCK) } else { neurons }
    }

    /// Places behind the last ring, never used: each step has [`WIDEST`] places to it then, whose number
    /// the compiler knows. Few neurons do without.
    fn beyond(width: usize) -> usize {
        if width > WIDEST / 8 { WIDEST - width } else { 0 }
    }

    /// Which of all steps of all rings.
    fn ring_step(&self, receptor: usize, step: u64) -> usize {
        receptor * self.slots + (step & (self.slots as u64 - 1)) as usize
    }

    /// Where sums begin to which something is added.
    #[inline]
    fn touch(&mut self, receptor: usize, step: u64) -> usize {
        let at = self.ring_step(receptor, step);
        self.touched[at] = true;
        at * self.width
    }

    /// Sums that arrive in `step`.
    pub fn at(&mut self, receptor: usize, step: u64) -> &mut [f32] {
        let place = self.touch(receptor, step);
        &mut self.sums[place..][..self.width]
    }

    /// The same for two receptors, for those who leave zeros behind; and whether any sum of each may be
    /// another number than zero.
    pub fn take_both(&mut self, step: u64) -> ([&mut [f32]; 2], [bool; 2]) {
        let places = [0, 1].map(|receptor| self.ring_step(receptor, step));
        let touched = places.map(|at| std::mem::take(&mut self.touched[at]));
        let [first, second] = places.map(|at| at * self.width);
        let (low, high) = self.sums.split_at_mut(second);
        ([&mut low[first..][..self.width], &mut high[..self.width]], touched)
    }

    /// `weight` arrives at each of `targets` in `step`.
    #[inline]
    pub fn deliver(&mut self, receptor: usize, step: u64, targets: &[u16], weight: f32) {
        let place = self.touch(receptor, step);
        // An array and an index that cannot leave it need no check at each synapse.
        match self.sums[place..].first_chunk_mut::<WIDEST>() {
            Some(sums) => targets.iter().for_each(|&target| sums[target as usize % WIDEST] += weight),
            None => {
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

    /// Adds all that is on its way; not how the rings are laid out.
    pub fn digest(&self, digest: Digest) -> Digest {
        let steps = self.sums.chunks(self.width.max(1)).take(self.touched.len());
        steps.fold(digest, |digest, sums| digest.f32s(&sums[..self.neurons]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_arrive_in_their_step_and_nobody_else_sees_them() {
        for width in [4, 100, BLOCK + 4, 1000, 3200, WIDEST] {
            let mut inbox = Inbox::new(2, 5, width);
            let last = width as u16 - 1;
            inbox.deliver(1, 7, &[0, last, last], 0.5);
            inbox.add(0, 9, 2, -1.0);
            for step in 4..12 {
                let ([one, two], touched) = inbox.take_both(step);
                assert_eq!(touched, [step == 9, step == 7], "{width}, {step}");
                let sum = |sums: &[f32]| sums.iter().sum::<f32>();
                let expected = if step == 7 {
                    (0.0, 1.5)
                } else if step == 9 {
                    (-1.0, 0.0)
                } else {
                    (0.0, 0.0)
                };
                assert_eq!((sum(one), sum(two)), expected, "{width}, {step}");
                assert!(one.len() >= width && two.len() == one.len());
                if step == 7 {
                    assert_eq!((two[0], two[width - 1]), (0.5, 1.0));
                }
                [one, two].into_iter().for_each(|sums| sums.fill(0.0));
            }
            // Taken once, it is told once.
            assert_eq!(inbox.take_both(7).1, [false; 2]);
            inbox.at(0, 7)[1] = 2.0;
            assert_eq!(inbox.take_both(7).1, [true, false]);
        }
    }

    #[test]
    fn bytes_are_those_of_the_numbers() {
        for (receptors, longest, width) in [(1, 15, 5000), (2, 15, 3200), (0, 1, 8), (2, 1, 40)] {
            let inbox = Inbox::new(receptors, longest, width);
            assert_eq!(Inbox::bytes(receptors, longest, width), 4 * inbox.sums.len() as u64);
        }
    }
}
