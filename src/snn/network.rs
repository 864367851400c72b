//! A network: populations, projections between them, and time.
//!
//! Neurons are split into partitions of at most [`super::WIDEST`]; a partition owns its neurons, all synapses
//! onto them and what is on its way to them. All partitions advance by a window as long as the shortest
//! delay, then who fired is put together, step by step and in the order of neurons, and delivered at the
//! beginning of the next window. Threads take partitions; partitions do not depend on threads, so
//! neither do the bits (Morrison et al. 2005, Neural Computation 17:1776).

use super::error::NetworkError;
use super::history::{History, Spikes};
use super::partition::{Around, Partition, Plastic};
use crate::digest::Digest;
use crate::parallel;

/// A network at some step.
pub struct Network {
    pub(super) dt_ms: f64,
    pub(super) window: u32,
    pub(super) step: u64,
    pub(super) names: Vec<String>,
    pub(super) counts: Vec<u32>,
    pub(super) partitions: Vec<Partition>,
    pub(super) history: History,
    /// Potentials of all populations, if there are gap junctions.
    pub(super) potentials: Vec<Vec<f32>>,
    pub(super) keeps_copy: bool,
    /// Nothing was changed from outside since.
    pub(super) copy: Option<Earlier>,
}

/// An earlier state.
pub(super) struct Earlier {
    step: u64,
    partitions: Vec<Partition>,
    history: History,
}

/// Most steps of a window.
pub(super) const LONGEST_WINDOW: u32 = 64;
/// After how many windows a copy is renewed: it costs less than a hundredth of them.
const WINDOWS_OF_A_COPY: u64 = 256;
/// About what a neuron and step cost, in operations: whether threads are worth waking.
const OPERATIONS_A_STEP: usize = 24;

impl Network {
    /// Biological time, ms.
    pub fn time_ms(&self) -> f64 {
        self.step as f64 * self.dt_ms
    }

    /// Steps taken.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// Length of a step, ms.
    pub fn dt_ms(&self) -> f64 {
        self.dt_ms
    }

    /// Steps of a window.
    pub fn window(&self) -> u32 {
        self.window
    }

    /// Name and number of neurons of each population.
    pub fn populations(&self) -> impl Iterator<Item = (&str, u32)> {
        self.names.iter().map(String::as_str).zip(self.counts.iter().copied())
    }

    /// Synapses that were drawn.
    pub fn synapses(&self) -> u64 {
        let fixed = self.partitions.iter().flat_map(|part| &part.incoming).map(|own| own.rows.len());
        let learning = self.partitions.iter().flat_map(|part| &part.plastic);
        (fixed.sum::<usize>() + learning.map(|own| own.rows.weights().len()).sum::<usize>()) as u64
    }

    /// Bytes that they take.
    pub fn synapse_bytes(&self) -> u64 {
        let fixed = self.partitions.iter().flat_map(|part| &part.incoming).map(|own| own.rows.bytes());
        let learning = self.partitions.iter().flat_map(|part| &part.plastic).map(|own| own.rows.bytes());
        fixed.sum::<u64>() + learning.sum::<u64>()
    }

    /// Who fired in the last window, by population. Its first step is [`Network::step`] −
    /// [`Network::window`].
    pub fn spikes(&self) -> &[Spikes] {
        &self.history.last
    }

    /// Calls `spike(population, step, neuron)` for each spike of the last window, population by
    /// population, in the order of steps and neurons.
    pub fn each_spike(&self, mut spike: impl FnMut(usize, u64, u32)) {
        let begin = self.step.saturating_sub(u64::from(self.window));
        for (population, spikes) in self.history.last.iter().enumerate() {
            for (step, fired) in spikes.steps() {
                fired.iter().for_each(|&neuron| spike(population, begin + step, neuron));
            }
        }
    }

    /// Advances by one window.
    ///
    /// # Errors
    /// If a number of a neuron is not finite: the population, the neuron and the number. The network
    /// is then as it was before this window: it returns to a copy and takes the windows since again.
    /// (Without [`super::NetworkSpec::keeps_copy`], and where weights that learn take more than 64 MiB,
    /// there is no copy, and the network has taken the window.)
    pub fn advance(&mut self) -> Result<(), NetworkError> {
        let since = self.copy.as_ref().map(|copy| (self.step - copy.step) / u64::from(self.window));
        if self.keeps_copy && since.is_none_or(|windows| windows >= WINDOWS_OF_A_COPY) {
            let (partitions, history) = (self.partitions.clone(), self.history.clone());
            self.copy = Some(Earlier { step: self.step, partitions, history });
        }
        self.take_window();
        let Err(fault) = self.check() else { return Ok(()) };
        if let Some(copy) = self.copy.take() {
            let last_good = self.step - u64::from(self.window);
            (self.step, self.partitions, self.history) = (copy.step, copy.partitions, copy.history);
            while self.step < last_good {
                self.take_window();
            }
        }
        Err(fault)
    }

    fn take_window(&mut self) {
        for (population, potentials) in self.potentials.iter_mut().enumerate() {
            potentials.clear();
            collect_potentials(&self.partitions, population, potentials);
        }
        let (step, window) = (self.step, self.window);
        let around =
            Around { history: &self.history, potentials: &self.potentials, dt_ms: self.dt_ms, window };
        let neurons: usize = self.counts.iter().map(|&count| count as usize).sum();
        let operations = neurons * window as usize * OPERATIONS_A_STEP;
        parallel::for_each_block(&mut self.partitions, 1, operations, |_, partition| {
            let partition = &mut partition[0];
            if step > 0 {
                partition.deliver(step, &around);
            }
            partition.advance(step, &around);
        });
        self.step += u64::from(window);
        self.history.gather(&self.partitions);
    }

    fn check(&self) -> Result<(), NetworkError> {
        for partition in &self.partitions {
            if let Some((neuron, value)) = partition.cells.fault() {
                return Err(NetworkError::NotFinite {
                    population: self.names[partition.population].clone(),
                    neuron: partition.first + neuron as u32,
                    value,
                    time_ms: self.time_ms(),
                });
            }
        }
        Ok(())
    }

    /// Potentials of a population, mV.
    pub fn potentials(&self, population: usize) -> Vec<f32> {
        let mut all = Vec::new();
        collect_potentials(&self.partitions, population, &mut all);
        all
    }

    /// The current into a neuron of a population, in the unit of its drive; 0 where there is none.
    pub fn current(&self, population: usize, neuron: u32) -> f32 {
        let own = self.partitions.iter().filter(|partition| partition.population == population);
        let mut own = own.filter(|partition| neuron >= partition.first);
        let holder = own.rfind(|partition| neuron - partition.first < partition.count as u32);
        holder.map_or(0.0, |partition| partition.currents[(neuron - partition.first) as usize])
    }

    /// Sets the current into some neurons of a population, in the unit of its drive.
    pub fn set_current(&mut self, population: usize, neurons: core::ops::Range<u32>, current: f32) {
        self.copy = None;
        for partition in self.partitions.iter_mut().filter(|partition| partition.population == population) {
            for (neuron, at) in (partition.first..).zip(&mut partition.currents[..partition.count]) {
                if neurons.contains(&neuron) {
                    *at = current;
                }
            }
        }
    }

    /// A state variable of a population's neurons by its place in the declaration of their model; none
    /// for cells that keep their state in a form of their own.
    pub fn variable(&mut self, population: usize, index: usize) -> Option<Vec<f32>> {
        let own = self.partitions.iter_mut().filter(|partition| partition.population == population);
        let parts: Option<Vec<_>> =
            own.map(|partition| Some(partition.cells.variable(index)?.to_vec())).collect();
        parts.map(|parts| parts.concat())
    }

    /// Sets it.
    ///
    /// # Errors
    /// If there is no such variable, the number of values is another, or one is not finite; nothing is
    /// changed then.
    pub fn set_variable(
        &mut self,
        population: usize,
        index: usize,
        values: &[f32],
    ) -> Result<(), NetworkError> {
        let count = self.variable(population, index).map_or(0, |values| values.len());
        if count == 0 || values.len() != count || values.iter().any(|value| !value.is_finite()) {
            let place = self.names.get(population).cloned().unwrap_or_else(|| format!("{population}"));
            let wanted = format!("{count} finite numbers");
            return Err(NetworkError::Value {
                place,
                what: "state variable",
                wanted,
                got: values.len() as f64,
            });
        }
        self.copy = None;
        for partition in self.partitions.iter_mut().filter(|partition| partition.population == population) {
            let first = partition.first as usize;
            if let Some(row) = partition.cells.variable(index) {
                let count = row.len();
                row.copy_from_slice(&values[first..first + count]);
            }
        }
        Ok(())
    }

    /// Rates of a population of [`super::cells::PoissonSource`], Hz, one for each neuron.
    ///
    /// # Errors
    /// If the population does not consist of such, their number is another, or a rate is negative or
    /// not finite; nothing is changed then.
    pub fn set_rates(&mut self, population: usize, rates_hz: &[f32]) -> Result<(), NetworkError> {
        let refused = |what, wanted: String, got| {
            let place = self.names.get(population).cloned().unwrap_or_else(|| format!("{population}"));
            Err(NetworkError::Value { place, what, wanted, got })
        };
        let count = self.counts.get(population).map_or(0, |&count| count as usize);
        if rates_hz.len() != count {
            return refused("number of rates", format!("{count}"), rates_hz.len() as f64);
        }
        if let Some(&wrong) = rates_hz.iter().find(|rate| !(**rate >= 0.0 && rate.is_finite())) {
            return refused("rate", "finite and at least 0 Hz".to_owned(), f64::from(wrong));
        }
        let mut sources = true;
        for partition in self.partitions.iter_mut().filter(|partition| partition.population == population) {
            let first = partition.first as usize;
            sources &= partition.cells.set_rates(&rates_hz[first..first + partition.count]);
        }
        self.copy = None;
        if sources {
            Ok(())
        } else {
            refused("population with rates of its own", "of sources".to_owned(), 0.0)
        }
    }

    /// Switches the rule of a projection on or off; its weights stay.
    pub fn set_learning(&mut self, projection: usize, learning: bool) {
        self.plastic(projection).for_each(|(own, _)| own.learning = learning);
    }

    /// A third factor reaches a projection: `amount` in the unit of its rule.
    pub fn reward(&mut self, projection: usize, amount: f32) {
        let now_ms = self.time_ms();
        self.plastic(projection).for_each(|(own, _)| {
            own.rows.advance(now_ms);
            own.rows.reward(amount);
        });
    }

    /// Multiplies the weights of each target of a projection that learns so that they add up to
    /// `total` (synaptic scaling).
    pub fn scale_weights(&mut self, projection: usize, total: f32) {
        self.plastic(projection).for_each(|(own, _)| own.rows.scale_to(total));
    }

    /// Source, target and weight of each synapse of a projection that learns, partition by partition;
    /// empty for others.
    pub fn weights(&self, projection: usize) -> Vec<(u32, u32, f32)> {
        let mut all = Vec::new();
        for partition in &self.partitions {
            for own in partition.plastic.iter().filter(|own| own.projection == projection) {
                let mut weights = own.rows.weights().iter();
                own.rows.each(&mut |source, target| {
                    let weight = weights.next().copied().unwrap_or(f32::NAN);
                    all.push((source, partition.first + u32::from(target), weight));
                });
            }
        }
        all
    }

    /// Calls `weight(how strong, how many)` until all synapses of a projection are told: once for each
    /// weight that they share, once for each synapse where they learn.
    pub fn each_weight(&self, projection: usize, weight: &mut dyn FnMut(f32, u32)) {
        for partition in &self.partitions {
            for own in partition.incoming.iter().filter(|own| own.projection == projection) {
                own.rows.each_weight(own.weight, weight);
            }
            for own in partition.plastic.iter().filter(|own| own.projection == projection) {
                own.rows.weights().iter().for_each(|&own| weight(own, 1));
            }
        }
    }

    /// Sets weights in the order of [`Network::weights`].
    ///
    /// # Errors
    /// If their number is another or one is not finite; nothing is changed then.
    pub fn set_weights(&mut self, projection: usize, weights: &[f32]) -> Result<(), NetworkError> {
        let count = self.plastic(projection).map(|(own, _)| own.rows.weights().len()).sum::<usize>();
        let refused = |what, wanted: String, got| {
            Err(NetworkError::Value { place: format!("projection {projection}"), what, wanted, got })
        };
        if weights.len() != count {
            return refused("number of weights", format!("{count}"), weights.len() as f64);
        }
        if let Some(&wrong) = weights.iter().find(|weight| !weight.is_finite()) {
            return refused("weight", "finite".to_owned(), f64::from(wrong));
        }
        let mut rest = weights;
        self.plastic(projection).for_each(|(own, _)| {
            let (these, others) = rest.split_at(own.rows.weights().len());
            own.rows.weights_mut().copy_from_slice(these);
            rest = others;
        });
        Ok(())
    }

    /// Eligibilities in the order of [`Network::weights`], as of the last advance; empty for rules
    /// without.
    pub fn eligibilities(&self, projection: usize) -> Vec<f32> {
        let plastic = self.partitions.iter().flat_map(|partition| &partition.plastic);
        let own = plastic.filter(|own| own.projection == projection);
        own.flat_map(|own| own.rows.eligibility().iter().copied()).collect()
    }

    /// The parts of a projection that learns, to be changed, with the first neuron of each.
    fn plastic(&mut self, projection: usize) -> impl Iterator<Item = (&mut Plastic, u32)> {
        self.copy = None;
        let parts = self.partitions.iter_mut().flat_map(|partition| {
            let first = partition.first;
            partition.plastic.iter_mut().map(move |own| (own, first))
        });
        parts.filter(move |(own, _)| own.projection == projection)
    }

    /// SHA-256 of all neurons, of weights that learn and traces, of what is on its way, and of the step.
    pub fn hash(&self) -> String {
        let digest = self.partitions.iter().fold(Digest::new().u64(self.step), |digest, partition| {
            let digest = partition.inbox.digest(partition.cells.digest(digest));
            partition.plastic.iter().fold(digest, |digest, own| own.rows.digest(digest))
        });
        let spikes =
            |digest: Digest, spikes: &Spikes| digest.u64(spikes.count() as u64).u32s(spikes.neurons());
        self.history.last.iter().fold(digest, spikes).hex()
    }
}

fn collect_potentials(partitions: &[Partition], population: usize, all: &mut Vec<f32>) {
    for partition in partitions.iter().filter(|partition| partition.population == population) {
        let begin = all.len();
        all.resize(begin + partition.currents.len(), 0.0);
        partition.cells.potentials(&mut all[begin..]);
        all.truncate(begin + partition.count);
    }
}
