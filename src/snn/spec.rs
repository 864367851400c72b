//! What a network is built from: populations, projections and junctions.

use super::cells::CellKind;
use super::connect::Connect;
use super::dale::Effect;
use super::gaps::GapSpec;
use super::plastic_rows::Learning;
use super::rows::{Delay, Weight};
use super::short_term::ShortTerm;
use core::any::Any;
use std::sync::Arc;

/// What is behind a `dyn`, compared: the kinds of cells and of learning.
pub trait Same: Any {
    /// Whether the other one is of the same kind and equal.
    fn is_same(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + Any> Same for T {
    fn is_same(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}

/// Neurons of one kind.
#[derive(Debug)]
pub struct PopulationSpec {
    /// Name in messages and plots.
    pub name: String,
    /// How many.
    pub count: u32,
    /// What they are.
    pub cells: Box<dyn CellKind>,
    /// Potentials to begin with, uniform between these, mV; at rest where nothing is said.
    pub initial_mv: Option<(f32, f32)>,
    /// A current into every neuron, in the unit of the model's drive.
    pub current: f32,
    /// Spikes from outside.
    pub background: Vec<BackgroundSpec>,
    /// What its neurons do to all of their targets, where Dale's principle is to hold.
    pub effect: Option<Effect>,
}

impl PopulationSpec {
    /// `count` neurons of this kind, at rest and without input.
    pub fn new(name: &str, count: u32, cells: impl CellKind + 'static) -> Self {
        Self {
            name: name.to_owned(),
            count,
            cells: Box::new(cells),
            initial_mv: None,
            current: 0.0,
            background: Vec::new(),
            effect: None,
        }
    }
}

/// Independent Poisson spikes into each neuron of a population.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BackgroundSpec {
    /// All sources of a neuron together, Hz.
    pub rate_hz: f64,
    /// Of each spike.
    pub weight: f32,
    /// Place in the list of the neuron's receptors.
    pub receptor: usize,
}

/// Synapses from one population to another.
#[derive(Clone, Debug)]
pub struct ProjectionSpec {
    /// Index of the source population.
    pub source: usize,
    /// Index of the target population.
    pub target: usize,
    /// Place in the list of the target's receptors.
    pub receptor: usize,
    /// Who is connected with whom.
    pub connect: Connect,
    /// How strongly.
    pub weight: Weight,
    /// How late a spike reaches the synapse.
    pub delay: Delay,
    /// How much later it reaches the target, and how late the target's own spike the synapse, ms.
    pub dendritic_ms: f64,
    /// How synapses tire and warm up.
    pub short_term: Option<ShortTerm>,
    /// How they learn; their delay must be the same for all, and each takes bytes for a weight of its
    /// own.
    pub learning: Option<Arc<dyn Learning>>,
}

impl ProjectionSpec {
    /// Synapses from one population to another, by their places in the list, onto the receptor in that
    /// place, all alike.
    pub fn new(
        [source, target]: [usize; 2],
        receptor: usize,
        connect: Connect,
        weight: f32,
        delay_ms: f64,
    ) -> Self {
        let (weight, delay) = (Weight::Same(weight), Delay::Same(delay_ms));
        let (dendritic_ms, short_term, learning) = (0.0, None, None);
        Self { source, target, receptor, connect, weight, delay, dendritic_ms, short_term, learning }
    }

    /// The same with weights that learn by a rule.
    #[must_use]
    pub fn learning(self, rule: impl Learning + 'static) -> Self {
        Self { learning: Some(Arc::new(rule)), ..self }
    }
}

/// What a network is built from.
#[derive(Debug)]
pub struct NetworkSpec {
    /// Length of a step, ms.
    pub dt_ms: f64,
    /// Of everything that is drawn.
    pub seed: u64,
    /// Groups of neurons.
    pub populations: Vec<PopulationSpec>,
    /// What connects them.
    pub projections: Vec<ProjectionSpec>,
    /// What joins them without spikes.
    pub gaps: Vec<GapSpec>,
    /// Whether the network keeps a copy of an earlier state, to which it returns from a fault.
    pub keeps_copy: bool,
}

impl NetworkSpec {
    /// A network without anything in it.
    pub fn new(dt_ms: f64, seed: u64) -> Self {
        let (populations, projections, gaps) = (Vec::new(), Vec::new(), Vec::new());
        Self { dt_ms, seed, populations, projections, gaps, keeps_copy: true }
    }
}
