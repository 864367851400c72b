//! One layer whose units are of several kinds.

use super::require;
use super::spiking::step_neurons;
use crate::ann::model::Builder;
use crate::graph::ops::neuron_step::{Drive, NeuronStep, Readout};
use crate::graph::ops::{Concat, GatherColumns};
use crate::graph::{GraphError, TensorId};
use crate::kernels::activation::Activation;

/// What the units of a group are.
#[derive(Clone, Debug, PartialEq)]
pub enum UnitKind {
    /// An activation function.
    Activation(Activation),
    /// Neurons stepped under a held drive and read out by their rate or their mean potential.
    Neurons(NeuronStep),
}

/// Units of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitGroup {
    /// What they are.
    pub kind: UnitKind,
    /// Which units of the layer.
    pub indices: Vec<u32>,
}

/// `(batch, n)` → `(batch, units)`: one weighted sum for all units, then each group does with its own
/// what its kind does. Every unit is in one group.
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
        sorted.sort_unstable();
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
        let mut responses = Vec::new();
        for UnitGroup { kind, indices } in &self.groups {
            let drive = gather(builder, drive, indices.clone())?;
            responses.push(match kind {
                UnitKind::Activation(Activation::Linear) => drive,
                UnitKind::Activation(activation) => builder.graph.activate(*activation, drive)?,
                UnitKind::Neurons(step) => {
                    let held = step.drive == Drive::Held && step.readout != Readout::Spikes;
                    let wanted = || "neurons under a held drive, read out as one number".to_owned();
                    require("unit groups", held, wanted, (step.drive, step.readout))?;
                    step_neurons(builder, step, drive)?[0]
                }
            });
        }
        let axis = builder.graph.shape(drive).len() - 1;
        let response = match responses[..] {
            [response] => response,
            _ => builder.graph.apply(Concat { axis }.into(), &responses)?,
        };
        gather(builder, response, back)
    }
}

/// Those columns of `x`; `x` itself where they are all of its own.
fn gather(builder: &mut Builder, x: TensorId, columns: Vec<u32>) -> Result<TensorId, GraphError> {
    if columns.len() == builder.columns(x) && columns.iter().zip(0..).all(|(&column, at)| column == at) {
        return Ok(x);
    }
    builder.graph.apply(GatherColumns { columns }.into(), &[x])
}
