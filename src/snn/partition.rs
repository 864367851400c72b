//! Some neurons of a population, all synapses onto them, and what is on its way to them.
//!
//! A partition is what one thread advances for a window of steps without asking anybody: no spike of
//! the window can arrive within it, because a window is as long as the shortest delay. Synapses that do
//! not learn are delivered ahead, spike by spike; those that learn when the spike arrives, so that
//! their rule sees both sides in the order of time.

use super::cells::Cells;
use super::gaps::{Drive, Gaps};
use super::history::History;
use super::inbox::Inbox;
use super::inputs::{PoissonCounts, Train};
use super::plastic_rows::PlasticRows;
use super::rows::{Delays, Rows, Weights};
use super::short_term::{ShortTermRule, ShortTermState};
use std::collections::VecDeque;
use std::sync::Arc;

/// Spikes from outside, drawn for each neuron.
#[derive(Clone)]
pub(super) struct Background {
    pub receptor: usize,
    pub weight: f32,
    pub counts: PoissonCounts,
}

/// How a projection's sources tire and warm up.
#[derive(Clone)]
pub(super) struct Release {
    pub rule: ShortTermRule<f32>,
    pub sources: Vec<ShortTermState<f32>>,
}

impl Release {
    /// What the weight is multiplied by for a spike of a source.
    fn factor(release: &mut Option<Self>, source: u32, time_ms: f64) -> f32 {
        release
            .as_mut()
            .map_or(1.0, |Self { rule, sources }| rule.on_spike(&mut sources[source as usize], time_ms))
    }
}

/// A projection's synapses onto the partition.
#[derive(Clone)]
pub(super) struct Incoming {
    /// Index of the projection.
    pub projection: usize,
    /// Index of the source population.
    pub source: usize,
    pub receptor: usize,
    /// Weight of all synapses, where they share one.
    pub weight: f32,
    pub release: Option<Release>,
    pub rows: Arc<Rows>,
}

/// The same of a projection that learns.
pub(super) struct Plastic {
    /// Index of the projection.
    pub projection: usize,
    /// Index of the source population.
    pub source: usize,
    pub receptor: usize,
    /// Steps from a source to the synapse, and between the synapse and the target.
    pub axonal: u32,
    pub dendritic: u32,
    pub learning: bool,
    pub release: Option<Release>,
    /// Spikes of targets that have not reached the synapse yet, with the step in which they will.
    pub returning: VecDeque<(u64, u16)>,
    pub rows: Box<dyn PlasticRows>,
}

impl Clone for Plastic {
    fn clone(&self) -> Self {
        let Self { projection, source, receptor, axonal, dendritic, learning, .. } = *self;
        let (release, returning, rows) = (self.release.clone(), self.returning.clone(), self.rows.boxed());
        Self { projection, source, receptor, axonal, dendritic, learning, release, returning, rows }
    }
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
    pub plastic: Vec<Plastic>,
    pub gaps: Vec<Gaps>,
    pub background: Vec<Background>,
    /// Current for each neuron.
    pub currents: Vec<f32>,
    /// Currents and conductances of a step with junctions.
    pub coupled: [Vec<f32>; 2],
    /// Who fired in the window, step by step, and where each step ends.
    pub fired: Vec<u16>,
    pub ends: Vec<usize>,
    /// Room for draws.
    pub drawn: Vec<f32>,
}

impl Clone for Partition {
    fn clone(&self) -> Self {
        Self {
            population: self.population,
            first: self.first,
            count: self.count,
            cells: self.cells.boxed(),
            inbox: self.inbox.clone(),
            incoming: self.incoming.clone(),
            plastic: self.plastic.clone(),
            gaps: self.gaps.clone(),
            background: self.background.clone(),
            currents: self.currents.clone(),
            coupled: self.coupled.clone(),
            fired: self.fired.clone(),
            ends: self.ends.clone(),
            drawn: self.drawn.clone(),
        }
    }
}

/// What a partition needs to know of the rest of the network for a window.
pub(super) struct Around<'a> {
    /// Who fired before it.
    pub history: &'a History,
    /// Potentials of populations, where there are junctions.
    pub potentials: &'a [Vec<f32>],
    pub dt_ms: f64,
    /// Steps of the window.
    pub window: u32,
}

/// How often eligibilities are brought to the present, ms; see [`super::plasticity`].
const ADVANCED_EVERY_MS: f64 = 50.0;

impl Partition {
    /// Puts the spikes of the window before `from` on their way.
    pub fn deliver(&mut self, from: u64, around: &Around) {
        let begin = from - u64::from(around.window);
        for Incoming { source, receptor, weight, release, rows, .. } in &mut self.incoming {
            for (step, fired) in around.history.last[*source].steps() {
                let step = begin + step;
                if let (Some(pairs), Delays::Same(delay)) = (&rows.pairs, &rows.delays) {
                    let step = step + u64::from(*delay);
                    pairs.deliver(fired, *weight, self.inbox.at(*receptor, step));
                    put_all(&mut self.inbox, *receptor, (rows, *weight), fired, step);
                    continue;
                }
                for &neuron in fired {
                    let factor = Release::factor(release, neuron, step as f64 * around.dt_ms);
                    put(&mut self.inbox, *receptor, (rows, *weight), neuron, step, factor);
                }
            }
        }
    }

    /// Advances all neurons by a window.
    pub fn advance(&mut self, from: u64, around: &Around) {
        self.fired.clear();
        self.ends.clear();
        for Plastic { rows, .. } in &mut self.plastic {
            let before = |ms: f64| (ms / ADVANCED_EVERY_MS) as u64;
            let begin_ms = from as f64 * around.dt_ms;
            if before(begin_ms) != before(begin_ms - f64::from(around.window) * around.dt_ms) {
                rows.advance(begin_ms);
            }
        }
        for step in from..from + u64::from(around.window) {
            for Background { receptor, weight, counts } in &self.background {
                let drawn = &mut self.drawn[..self.count];
                counts.fill_counts(step, u64::from(self.first), drawn);
                let sums = self.inbox.at(*receptor, step);
                for (sum, count) in sums.iter_mut().zip(drawn) {
                    *sum += *count * weight;
                }
            }
            for plastic in &mut self.plastic {
                plastic.arrivals(step, from, around, &mut self.inbox);
            }
            let before = self.fired.len();
            if self.gaps.is_empty() {
                self.cells.step(step, &mut self.inbox, &self.currents, &[], &mut self.fired);
            } else {
                let [currents, conductances] = &mut self.coupled;
                currents.copy_from_slice(&self.currents);
                conductances.fill(0.0);
                let mut drive = Drive { currents, conductances };
                self.gaps.iter().for_each(|gaps| gaps.couple(around.potentials, &mut drive));
                let [currents, conductances] = &self.coupled;
                self.cells.step(step, &mut self.inbox, currents, conductances, &mut self.fired);
            }
            for plastic in &mut self.plastic {
                plastic.firings(step, &self.fired[before..], around.dt_ms);
            }
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

impl Plastic {
    /// Spikes of sources that reach the synapses in `step`.
    fn arrivals(&mut self, step: u64, from: u64, around: &Around, inbox: &mut Inbox) {
        let Some(left) = step.checked_sub(u64::from(self.axonal)) else { return };
        let fired = around.history.fired(self.source, left, from);
        if fired.is_empty() {
            return;
        }
        let time_ms = step as f64 * around.dt_ms;
        let sums = inbox.at(self.receptor, step + u64::from(self.dendritic));
        for &source in fired {
            let factor = Release::factor(&mut self.release, source, time_ms);
            self.rows.arrive(source, time_ms, factor, sums, self.learning);
        }
    }

    /// Targets that fired in `step`, and those whose spike reaches the synapses in it.
    fn firings(&mut self, step: u64, fired: &[u16], dt_ms: f64) {
        if !self.learning {
            return;
        }
        let time_ms = step as f64 * dt_ms;
        if self.dendritic == 0 {
            fired.iter().for_each(|&target| self.rows.fire(target, time_ms));
            return;
        }
        while self.returning.front().is_some_and(|&(due, _)| due <= step) {
            if let Some((_, target)) = self.returning.pop_front() {
                self.rows.fire(target, time_ms);
            }
        }
        let due = step + u64::from(self.dendritic);
        self.returning.extend(fired.iter().map(|&target| (due, target)));
    }
}

/// Spikes of all of `fired` arrive in `step` with one weight.
fn put_all(inbox: &mut Inbox, receptor: usize, (rows, weight): (&Rows, f32), fired: &[u32], step: u64) {
    // Rows are short and far from each other: where they begin is looked up for several at once, so that
    // none waits for the one before.
    for fired in fired.chunks(32) {
        let mut places = [(0, 0); 32];
        for (place, &source) in places.iter_mut().zip(fired) {
            let row = rows.row(source);
            *place = (row.start, row.end);
        }
        for &(start, end) in &places[..fired.len()] {
            inbox.deliver(receptor, step, &rows.targets()[start..end], weight);
        }
    }
}

#[inline]
fn put(
    inbox: &mut Inbox,
    receptor: usize,
    (rows, shared): (&Rows, f32),
    source: u32,
    step: u64,
    factor: f32,
) {
    let row = rows.row(source);
    let targets = &rows.targets()[row.clone()];
    match (&rows.delays, &rows.weights) {
        (Delays::Same(delay), Weights::Same) => {
            inbox.deliver(receptor, step + u64::from(*delay), targets, shared * factor);
        }
        (delays, weights) => {
            for (place, &target) in row.zip(targets) {
                let delay = match delays {
                    Delays::Same(delay) => *delay,
                    Delays::Each(delays) => u32::from(delays[place]),
                };
                let weight = match weights {
                    Weights::Same => shared,
                    Weights::Levels { base, step, levels } => base + step * f32::from(levels[place]),
                };
                inbox.add(receptor, step + u64::from(delay), target, weight * factor);
            }
        }
    }
}
