//! A network: populations, projections between them, and time.
//!
//! Neurons are split into partitions of at most [`super::WIDEST`]; a partition owns its neurons, all synapses
//! onto them and what is on its way to them. All partitions advance by a window as long as the shortest
//! delay, then who fired is put together, step by step and in the order of neurons, and delivered at the
//! beginning of the next window. Threads take partitions; partitions do not depend on threads, so
//! neither do the bits (Morrison et al. 2005, Neural Computation 17:1776).

use super::error::NetworkError;
use super::partition::Partition;
use crate::digest::Digest;
use crate::parallel;

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
}

/// A network at some step.
pub struct Network {
    pub(super) dt_ms: f64,
    pub(super) window: u32,
    pub(super) step: u64,
    pub(super) names: Vec<String>,
    pub(super) counts: Vec<u32>,
    pub(super) partitions: Vec<Partition>,
    /// Of the last window, by population.
    pub(super) spikes: Vec<Spikes>,
    pub(super) synapses: u64,
    pub(super) synapse_bytes: u64,
}

/// Most steps of a window.
pub(super) const LONGEST_WINDOW: u32 = 64;
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
        self.synapses
    }

    /// Bytes that they take.
    pub fn synapse_bytes(&self) -> u64 {
        self.synapse_bytes
    }

    /// Who fired in the last window, by population. Its first step is [`Network::step`] −
    /// [`Network::window`].
    pub fn spikes(&self) -> &[Spikes] {
        &self.spikes
    }

    /// Calls `spike(population, step, neuron)` for each spike of the last window, population by
    /// population, in the order of steps and neurons.
    pub fn each_spike(&self, mut spike: impl FnMut(usize, u64, u32)) {
        let begin = self.step.saturating_sub(u64::from(self.window));
        for (population, spikes) in self.spikes.iter().enumerate() {
            for (step, fired) in spikes.steps() {
                fired.iter().for_each(|&neuron| spike(population, begin + step, neuron));
            }
        }
    }

    /// Advances by one window.
    ///
    /// # Errors
    /// If a potential is not finite: the population, the neuron and the number. The network has taken
    /// the step then.
    pub fn advance(&mut self) -> Result<(), NetworkError> {
        let (step, window, spikes) = (self.step, self.window, &self.spikes);
        let neurons: usize = self.counts.iter().map(|&count| count as usize).sum();
        let operations = neurons * window as usize * OPERATIONS_A_STEP;
        parallel::for_each_block(&mut self.partitions, 1, operations, |_, partition| {
            let partition = &mut partition[0];
            if step > 0 {
                partition.deliver(step - u64::from(window), spikes);
            }
            partition.advance(step, window);
        });
        self.step += u64::from(window);
        self.gather();
        self.check()
    }

    /// Puts together who fired.
    fn gather(&mut self) {
        for (population, spikes) in self.spikes.iter_mut().enumerate() {
            spikes.neurons.clear();
            spikes.ends.clear();
            for step in 0..self.window as usize {
                for partition in self.partitions.iter().filter(|partition| partition.population == population)
                {
                    let fired = partition.fired_in(step).iter();
                    spikes.neurons.extend(fired.map(|&neuron| partition.first + u32::from(neuron)));
                }
                spikes.ends.push(spikes.neurons.len());
            }
        }
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
        for partition in self.partitions.iter().filter(|partition| partition.population == population) {
            let mut own = vec![0.0; partition.currents.len()];
            partition.cells.potentials(&mut own);
            all.extend_from_slice(&own[..partition.count]);
        }
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
        for partition in self.partitions.iter_mut().filter(|partition| partition.population == population) {
            for (neuron, at) in (partition.first..).zip(&mut partition.currents[..partition.count]) {
                if neurons.contains(&neuron) {
                    *at = current;
                }
            }
        }
    }

    /// SHA-256 of all neurons, of what is on its way, and of the step.
    pub fn hash(&self) -> String {
        let digest = self.partitions.iter().fold(Digest::new().u64(self.step), |digest, partition| {
            let digest = partition.cells.digest(digest);
            partition.inbox.digest(digest)
        });
        let spikes =
            |digest: Digest, spikes: &Spikes| digest.u64(spikes.count() as u64).u32s(&spikes.neurons);
        self.spikes.iter().fold(digest, spikes).hex()
    }
}
