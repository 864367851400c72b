//! What every operation says of itself, and what it is given when it runs.

use super::autodiff::Cotangent;
use super::error::{GraphError, Misfit};
use super::{Graph, Node, TensorId};
use crate::rng::Stream;

/// Most tensors that an operation reads.
pub const MAX_INPUTS: usize = 12;
/// Most tensors that an operation writes.
pub const MAX_OUTPUTS: usize = 5;

/// Where a run's draws come from: one stream, and for each example the step at which it draws.
#[derive(Clone, Copy)]
pub struct Draws<'a> {
    /// The stream of all draws of the run.
    pub stream: Stream,
    /// One key for each example of the batch.
    pub keys: &'a [u64],
}

/// The numbers of one operation during a run. All slices are row-major.
pub struct Operands<'a> {
    /// What is read, in the order of the node's inputs; empty behind the last.
    pub inputs: [&'a [f32]; MAX_INPUTS],
    /// Shapes of what is read.
    pub shapes: &'a [Vec<usize>],
    /// What is written; empty behind the last.
    pub outputs: [&'a mut [f32]; MAX_OUTPUTS],
    /// Scratch, as [`Operation::workspace_len`] says.
    pub workspace: &'a mut [f32],
    /// Where random numbers come from.
    pub draws: Draws<'a>,
    /// Whether the first input can hold nothing but zeros and ones.
    pub spikes: bool,
}

/// One kind of operation: shapes, cost, gradient, and how the processor does it.
pub trait Operation {
    /// Name in printed plans and in errors.
    fn name(&self) -> &'static str;

    /// Shapes of what it writes, given those of what it reads.
    ///
    /// # Errors
    /// What it takes and what came, if they do not fit.
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit>;

    /// Scratch numbers it needs.
    fn workspace_len(&self, _inputs: &[&[usize]]) -> usize {
        0
    }

    /// Floating-point operations; an elementary function counts as one.
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        inputs.first().map_or(0, |shape| len(shape) as u64)
    }

    /// Whether its output lies where its input does: the same numbers, seen otherwise. It is not run.
    fn is_view(&self) -> bool {
        false
    }

    /// Whether a gradient flows through it.
    fn has_gradient(&self) -> bool {
        true
    }

    /// Whether its first output is a loss.
    fn is_loss(&self) -> bool {
        false
    }

    /// Whether it may read a loss: sums and multiples of losses are losses.
    fn takes_losses(&self) -> bool {
        false
    }

    /// The input, by its place, that names things by whole numbers, and how many things there are.
    fn names(&self, _inputs: &[&[usize]]) -> Option<(usize, usize)> {
        None
    }

    /// How many things the numbers of its first output name, where they are whole numbers.
    fn gives_names(&self) -> Option<usize> {
        None
    }

    /// Whether each example draws random numbers.
    fn draws(&self) -> bool {
        false
    }

    /// Whether its first output can hold nothing but zeros and ones; `inputs` says the same of what
    /// it reads.
    fn gives_spikes(&self, _inputs: &[bool]) -> bool {
        false
    }

    /// Appends to `graph` what gives the gradients of the node's inputs, from that of its first output.
    /// `None` where no gradient flows.
    ///
    /// # Errors
    /// If there is none: the operations of a gradient have no gradient themselves.
    fn gradients(
        &self,
        _graph: &mut Graph,
        _node: &Node,
        _cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        Err(GraphError::NoGradient { op: self.name() })
    }

    /// Computes it.
    fn run(&self, operands: Operands);

    /// All that a forward operation gives, in f64 and in the plainest words: what its code, and the
    /// differences that its gradient is held against, are compared with.
    #[cfg(test)]
    fn exact(&self, _given: &super::oracle::Exact) -> Vec<Vec<f64>> {
        panic!("{} belongs to no forward graph", self.name())
    }
}

/// `(rows, columns)` when leading dimensions count as rows.
pub fn rows_and_columns(shape: &[usize]) -> (usize, usize) {
    let columns = *shape.last().expect("a tensor of at least one dimension");
    (len(&shape[..shape.len() - 1]), columns)
}

/// Numbers of a tensor of this shape; the largest number where they cannot be counted, as sizes that
/// make no sense cannot where addresses have 32 bits.
pub fn len(shape: &[usize]) -> usize {
    shape.iter().fold(1, |len: usize, &extent| len.saturating_mul(extent))
}
