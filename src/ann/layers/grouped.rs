//! One layer whose units are of several kinds.

use super::require;
use super::spiking::step_neurons;
use crate::ann::calibrate::Fit;
use crate::ann::model::Builder;
use crate::graph::ops::neuron_step::{Drive, NeuronStep, Readout};
use crate::graph::ops::{Add, Concat, Constant, GatherColumns, Scale};
use crate::graph::{GraphError, TensorId};
use crate::kernels::activation::Activation;
use crate::order;

/// What the units of a group are.
#[derive(Clone, Debug, PartialEq)]
pub enum UnitKind {
    /// An activation function.
    Activation(Activation),
    /// Neurons, read out by their rate or their mean potential under a held drive, or by their spikes.
    Neurons(NeuronStep),
    /// Neurons read out by one number, in place of an activation function.
    Fitted(NeuronStep, Fit),
}

impl UnitKind {
    /// Neurons that take the place of an activation function, with the gain that is found for them.
    pub fn fitted(step: &NeuronStep, activation: Activation) -> Self {
        let fit = Fit::of(step, activation);
        Self::Fitted(NeuronStep { gain: fit.gain, ..step.clone() }, fit)
    }
}

/// Most tensors that are put side by side at once; the operations of a graph read twelve at most.
const TOGETHER: usize = 8;

/// Units of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitGroup {
    /// What they are.
    pub kind: UnitKind,
    /// Which units of the layer.
    pub indices: Vec<u32>,
}

/// `(batch, n)` → `(batch, units)`, or `(batch, n)` or `(batch, steps, n)` → spikes `(batch, steps, units)`: one
/// weighted sum for all units, then each group does with its own what its kind does. Every unit is in one group,
/// and all answer with a number, or all with spikes.
#[derive(Clone, Debug, PartialEq)]
pub struct Grouped {
    /// Number of units.
    pub units: usize,
    /// Who they are.
    pub groups: Vec<UnitGroup>,
}

impl Grouped {
    pub(super) fn add(&self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let order: Vec<u32> = self.groups.iter().flat_map(|group| group.indices.clone()).collect();
        let mut sorted = order.clone();
        order::sort(&mut sorted);
        let twice = sorted.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0]);
        let wrong = twice.or(sorted.last().copied().filter(|&unit| unit as usize >= self.units));
        let wanted = || format!("each unit below {} once", self.units);
        require("unit groups", wrong.is_none(), wanted, wrong.unwrap_or_default())?;
        let wanted = || format!("groups of all {} units", self.units);
        require("unit groups", order.len() == self.units, wanted, order.len())?;
        let mut back = vec![0; order.len()];
        for (place, &unit) in order.iter().enumerate() {
            back[unit as usize] = place as u32;
        }
        let drive = builder.linear(x, self.units)?;
        let spikes = |kind: &UnitKind| match kind {
            UnitKind::Activation(_) | UnitKind::Fitted(..) => false,
            UnitKind::Neurons(step) => step.readout == Readout::Spikes,
        };
        let over_time = self.groups.iter().any(|group| spikes(&group.kind));
        let mixed = self.groups.iter().find(|group| spikes(&group.kind) != over_time);
        let wanted = || "units that all answer with one number, or all with spikes".to_owned();
        require("unit groups", mixed.is_none(), wanted, mixed.map(|group| &group.kind))?;
        let (mut responses, mut potentials) = (Vec::new(), Vec::new());
        for UnitGroup { kind, indices } in &self.groups {
            let drive = gather(builder, drive, indices.clone())?;
            responses.push(match kind {
                UnitKind::Activation(Activation::Linear) => drive,
                UnitKind::Activation(activation) => builder.graph.activate(*activation, drive)?,
                UnitKind::Neurons(step) if over_time => {
                    let outputs = step_neurons(builder, step, drive)?;
                    potentials.push(outputs[1]);
                    outputs[0]
                }
                UnitKind::Neurons(step) => answer(builder, step, drive)?,
                UnitKind::Fitted(step, fit) => {
                    let drive = shifted(builder, drive, fit.shift)?;
                    let response = answer(builder, step, drive)?;
                    let response = builder.graph.apply(Scale(fit.scale).into(), &[response])?;
                    shifted(builder, response, fit.offset)?
                }
            });
        }
        if over_time {
            let potential = side_by_side(builder, &potentials)?;
            let potential = gather(builder, potential, back.clone())?;
            builder.potentials(potential);
        }
        let response = side_by_side(builder, &responses)?;
        gather(builder, response, back)
    }
}

/// One number of neurons under a held drive.
fn answer(builder: &mut Builder, step: &NeuronStep, drive: TensorId) -> Result<TensorId, GraphError> {
    let held = step.drive == Drive::Held && step.readout != Readout::Spikes;
    let wanted = || "neurons under a held drive, read out as one number".to_owned();
    require("unit groups", held, wanted, (step.drive, step.readout))?;
    Ok(step_neurons(builder, step, drive)?[0])
}

/// `x + by`.
fn shifted(builder: &mut Builder, x: TensorId, by: f32) -> Result<TensorId, GraphError> {
    let shape = vec![builder.columns(x)];
    let by = builder.graph.apply(Constant { value: by, shape }.into(), &[])?;
    builder.graph.apply(Add.into(), &[x, by])
}

/// All columns of some tensors, however many.
fn side_by_side(builder: &mut Builder, tensors: &[TensorId]) -> Result<TensorId, GraphError> {
    let mut tensors = tensors.to_vec();
    while tensors.len() > 1 {
        let axis = builder.graph.shape(tensors[0]).len() - 1;
        let joined = tensors.chunks(TOGETHER).map(|some| match *some {
            [tensor] => Ok(tensor),
            _ => builder.graph.apply(Concat { axis }.into(), some),
        });
        tensors = joined.collect::<Result<_, _>>()?;
    }
    Ok(tensors[0])
}

/// Those columns of `x`; `x` itself where they are all of its own.
fn gather(builder: &mut Builder, x: TensorId, columns: Vec<u32>) -> Result<TensorId, GraphError> {
    if columns.len() == builder.columns(x) && columns.iter().zip(0..).all(|(&column, at)| column == at) {
        return Ok(x);
    }
    builder.graph.apply(GatherColumns { columns }.into(), &[x])
}
