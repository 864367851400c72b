//! Some neurons of a population, all synapses onto them, and what is on its way to them.
//!
//! A partition is what one thread advances for a window of steps without asking anybody: no spike of
//! the window can arrive within it, because a window is as long as the shortest delay.

use super::cells::Cells;
use super::inbox::Inbox;
use super::inputs::{PoissonCounts, Train};
use super::network::Spikes;
use super::rows::{Delays, Rows, Weights};

/// Spikes from outside, drawn for each neuron.
#[derive(Clone)]
pub(super) struct Background {
    pub receptor: usize,
    pub weight: f32,
    pub counts: PoissonCounts,
}

/// A projection's synapses onto the partition.
#[derive(Clone)]
pub(super) struct Incoming {
    /// Index of the source population.
    pub source: usize,
    pub receptor: usize,
    pub rows: Rows,
}

/// See the module.
pub(super) struct Partition {
    /// Index of the population.
    pub population: usize,
    /// Its first neuron, in the population.
    pub first: u32,
    pub count: usize,
    pub cells: Box<dyn Cells>,
    pub inbox: Inbox,
    pub incoming: Vec<Incoming>,
    pub background: Vec<Background>,
    /// Current for each neuron.
    pub currents: Vec<f32>,
    /// Who fired in the window, step by step, and where each step ends.
    pub fired: Vec<u16>,
    pub ends: Vec<usize>,
    /// Room for draws.
    pub drawn: Vec<f32>,
}

impl Partition {
    /// Puts the spikes of the last window, which began at `from`, on their way.
    pub fn deliver(&mut self, from: u64, spikes: &[Spikes]) {
        for Incoming { source, receptor, rows } in &self.incoming {
            let spikes = &spikes[*source];
            for (step, fired) in spikes.steps() {
                for &neuron in fired {
                    let row = rows.row(neuron);
                    put(&mut self.inbox, *receptor, rows, row, from + step);
                }
            }
        }
    }

    /// Advances all neurons by `steps` steps.
    pub fn advance(&mut self, from: u64, steps: u32) {
        self.fired.clear();
        self.ends.clear();
        for step in from..from + u64::from(steps) {
            for Background { receptor, weight, counts } in &self.background {
                let drawn = &mut self.drawn[..self.count];
                counts.fill_counts(step, u64::from(self.first), drawn);
                let sums = self.inbox.at(*receptor, step);
                for (sum, count) in sums.iter_mut().zip(drawn) {
                    *sum += *count * weight;
                }
            }
            self.cells.step(step, &mut self.inbox, &self.currents, &mut self.fired);
            self.ends.push(self.fired.len());
        }
        self.cells.settle();
    }

    /// Who fired in a step of the window, numbered within the partition.
    pub fn fired_in(&self, step: usize) -> &[u16] {
        let begin = if step == 0 { 0 } else { self.ends[step - 1] };
        &self.fired[begin..self.ends[step]]
    }
}

#[inline]
fn put(inbox: &mut Inbox, receptor: usize, rows: &Rows, row: core::ops::Range<usize>, step: u64) {
    let targets = &rows.targets()[row.clone()];
    match (&rows.delays, &rows.weights) {
        (Delays::Same(delay), Weights::Same(weight)) => {
            inbox.deliver(receptor, step + u64::from(*delay), targets, *weight);
        }
        (delays, weights) => {
            for (place, &target) in row.zip(targets) {
                let delay = match delays {
                    Delays::Same(delay) => *delay,
                    Delays::Each(delays) => u32::from(delays[place]),
                };
                let weight = match weights {
                    Weights::Same(weight) => *weight,
                    Weights::Levels { base, step, levels } => base + step * f32::from(levels[place]),
                };
                inbox.add(receptor, step + u64::from(delay), target, weight);
            }
        }
    }
}
