//! Who fired, as far back as anybody still has to know.

use super::partition::Partition;
use std::collections::VecDeque;

/// Who fired in a window: numbers within the population, step by step.
#[derive(Clone, Debug, Default)]
pub struct Spikes {
    neurons: Vec<u32>,
    ends: Vec<usize>,
}

impl Spikes {
    /// The steps of the window, from 0, and who fired in each, in order.
    pub fn steps(&self) -> impl Iterator<Item = (u64, &[u32])> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        let steps = begins.zip(&self.ends).map(|(begin, &end)| &self.neurons[begin..end]);
        steps.enumerate().map(|(step, fired)| (step as u64, fired))
    }

    /// How many spikes.
    pub fn count(&self) -> usize {
        self.neurons.len()
    }

    /// All of them, in the order of steps.
    pub(super) fn neurons(&self) -> &[u32] {
        &self.neurons
    }

    /// Who fired in a step of the window, from 0.
    pub fn fired_in(&self, step: usize) -> &[u32] {
        let begin = if step == 0 { 0 } else { self.ends[step - 1] };
        &self.neurons[begin..self.ends[step]]
    }

    fn gather<'a>(&mut self, window: u32, partitions: impl Iterator<Item = &'a Partition> + Clone) {
        self.neurons.clear();
        self.ends.clear();
        for step in 0..window as usize {
            for partition in partitions.clone() {
                let fired = partition.fired_in(step).iter();
                self.neurons.extend(fired.map(|&neuron| partition.first + u32::from(neuron)));
            }
            self.ends.push(self.neurons.len());
        }
    }
}

/// The spikes of all populations in the last windows.
#[derive(Clone)]
pub(super) struct History {
    window: u32,
    /// How many windows of a population are kept beside the last.
    depths: Vec<usize>,
    /// Of the last window, by population.
    pub last: Vec<Spikes>,
    /// Of those before, the latest first.
    earlier: Vec<VecDeque<Spikes>>,
}

impl History {
    /// Keeps the spikes of each population for so many steps.
    pub fn new(window: u32, kept_steps: &[u32]) -> Self {
        Self {
            window,
            depths: kept_steps
                .iter()
                .map(|steps| (steps.div_ceil(window)).saturating_sub(1) as usize)
                .collect(),
            last: vec![Spikes::default(); kept_steps.len()],
            earlier: vec![VecDeque::new(); kept_steps.len()],
        }
    }

    /// Who fired in a step, where `now` is the first step of the window that is being taken; nobody
    /// before the beginning.
    pub fn fired(&self, population: usize, step: u64, now: u64) -> &[u32] {
        let back = now - 1 - step;
        let (windows, within) =
            ((back / u64::from(self.window)) as usize, (back % u64::from(self.window)) as usize);
        let spikes = match windows {
            0 => Some(&self.last[population]),
            _ => self.earlier[population].get(windows - 1),
        };
        spikes.map_or(&[], |spikes| spikes.fired_in(self.window as usize - 1 - within))
    }

    /// Takes in a window that all partitions have advanced by.
    pub fn gather(&mut self, partitions: &[Partition]) {
        for (population, last) in self.last.iter_mut().enumerate() {
            let own = partitions.iter().filter(move |partition| partition.population == population);
            let (earlier, depth) = (&mut self.earlier[population], self.depths[population]);
            if depth > 0 && !last.ends.is_empty() {
                let room = if earlier.len() == depth { earlier.pop_back() } else { None };
                earlier.push_front(std::mem::replace(last, room.unwrap_or_default()));
            }
            last.gather(self.window, own);
        }
    }
}
