//! A network as a graph of operations on tensors, before anything is computed.
//!
//! [`Graph`] is built forward, of [`ops`]; [`autodiff`] extends it with the operations of the
//! gradient; [`plan`] fuses what belongs together and lays it out flat over one arena; [`executor`]
//! runs the plan. Shapes are static, and what does not fit is refused when it is applied.
//!
//! ```
//! use cajal::graph::Graph;
//! use cajal::kernels::activation::Activation;
//! let mut graph = Graph::new();
//! let x = graph.input("x", &[4, 2]);
//! let w = graph.parameter("w", &[2, 3]);
//! let b = graph.parameter("b", &[3]);
//! let z = graph.linear(x, w, b)?;
//! let y = graph.activate(Activation::Tanh, z)?;
//! assert_eq!(graph.shape(y), [4, 3]);
//! let short = graph.parameter("short", &[2]);
//! assert!(graph.linear(x, w, short).unwrap_err().to_string().contains("expected"));
//! # Ok::<(), cajal::graph::GraphError>(())
//! ```

pub mod arena;
pub mod autodiff;
pub mod error;
pub mod executor;
mod fuse;
pub mod operation;
pub mod ops;
pub mod plan;

#[cfg(test)]
pub(crate) mod oracle;

use crate::kernels::activation::Activation;
pub use error::{BuildError, GraphError, MemoryError, WorkError};
pub use ops::Op;

/// A tensor of one graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TensorId(u32);

impl TensorId {
    /// Position in the graph's list.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where a tensor's numbers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Written before a run.
    Input,
    /// Learned; lives longer than a run. The number counts parameters in the order of creation.
    Parameter(u32),
    /// Computed by a node.
    Value,
}

/// Name, shape and role of a tensor; numbers are row-major.
#[derive(Clone, Debug)]
pub struct Tensor {
    /// Name in printed plans.
    pub name: String,
    /// Extent of each dimension.
    pub shape: Vec<usize>,
    /// Where its numbers come from.
    pub role: Role,
    /// Whether it is a loss, or a sum of losses.
    pub is_loss: bool,
    needs_gradient: bool,
    holds_spikes: bool,
    /// Its numbers can name things: below this, or whatever a plan will ask of what is fed.
    names_below: Option<usize>,
}

/// Below what numbers lie that are fed: a plan asks when they come.
const ASKED_LATER: usize = usize::MAX;

impl Tensor {
    /// How many numbers it holds.
    pub fn len(&self) -> usize {
        usize::try_from(self.bytes() / 4).unwrap_or(usize::MAX)
    }

    /// What its numbers take; `u64::MAX` where nobody could hold them.
    pub fn bytes(&self) -> u64 {
        self.shape.iter().fold(4, |bytes: u64, &extent| bytes.saturating_mul(extent as u64))
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One operation and the tensors it reads and writes.
#[derive(Clone, Debug)]
pub struct Node {
    /// What is computed.
    pub op: Op,
    /// What it reads.
    pub inputs: Vec<TensorId>,
    /// What it writes.
    pub outputs: Vec<TensorId>,
}

/// Operations in the order in which they run.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    tensors: Vec<Tensor>,
    nodes: Vec<Node>,
    parameters: Vec<TensorId>,
}

impl Graph {
    /// A graph without operations.
    pub fn new() -> Self {
        Self::default()
    }

    fn push(&mut self, name: &str, shape: &[usize], role: Role) -> TensorId {
        let id = TensorId(u32::try_from(self.tensors.len()).expect("fewer than 2^32 tensors"));
        let needs_gradient = matches!(role, Role::Parameter(_));
        let (name, shape) = (name.to_owned(), shape.to_vec());
        let (is_loss, holds_spikes) = (false, false);
        let names_below = (role == Role::Input).then_some(ASKED_LATER);
        self.tensors.push(Tensor { name, shape, role, is_loss, needs_gradient, holds_spikes, names_below });
        id
    }

    /// A tensor that is written before each run.
    pub fn input(&mut self, name: &str, shape: &[usize]) -> TensorId {
        self.push(name, shape, Role::Input)
    }

    /// A tensor that is learned.
    pub fn parameter(&mut self, name: &str, shape: &[usize]) -> TensorId {
        let id = self.push(name, shape, Role::Parameter(self.parameters.len() as u32));
        self.parameters.push(id);
        id
    }

    /// Appends an operation and gives its first output.
    ///
    /// # Errors
    /// If the inputs do not fit the operation; the graph is then as it was.
    pub fn apply(&mut self, op: Op, inputs: &[TensorId]) -> Result<TensorId, GraphError> {
        Ok(self.apply_all(op, inputs)?[0])
    }

    /// Appends an operation and gives all its outputs.
    ///
    /// # Errors
    /// If the inputs do not fit the operation; the graph is then as it was.
    pub fn apply_all(&mut self, op: Op, inputs: &[TensorId]) -> Result<Vec<TensorId>, GraphError> {
        let operation = op.operation();
        let name = operation.name();
        self.know(name, inputs)?;
        let is_loss = operation.is_loss() || inputs.iter().any(|&id| self.tensor(id).is_loss);
        let on_loss = inputs.iter().any(|&id| self.tensor(id).is_loss);
        if on_loss && !operation.takes_losses() {
            return Err(GraphError::AfterLoss { op: name });
        }
        let shapes: Vec<&[usize]> = inputs.iter().map(|&id| self.shape(id)).collect();
        let misfit = |error::Misfit { expected, got }| GraphError::Misfit { op: name, expected, got };
        if inputs.len() > operation::MAX_INPUTS {
            let expected = format!("at most {} inputs", operation::MAX_INPUTS);
            return Err(misfit(error::Misfit { expected, got: inputs.len().to_string() }));
        }
        let output_shapes = operation.output_shapes(&shapes).map_err(misfit)?;
        if let Some(shape) =
            shapes.iter().copied().chain(output_shapes.iter().map(Vec::as_slice)).find(|s| s.contains(&0))
        {
            return Err(GraphError::Empty { op: name, shape: shape.to_vec() });
        }
        let names_of = |input: usize| self.tensor(inputs[input]).names_below;
        if let Some((input, count)) = operation.names(&shapes)
            && names_of(input).is_none_or(|below| below != ASKED_LATER && below > count)
        {
            let (expected, got) = (format!("whole numbers below {count} that are fed"), "computed ones");
            return Err(misfit(error::Misfit { expected, got: got.to_owned() }));
        }
        let names_below = if operation.is_view() { names_of(0) } else { operation.gives_names() };
        let needs_gradient = operation.has_gradient() && inputs.iter().any(|&id| self.needs_gradient(id));
        let spikes: Vec<bool> = inputs.iter().map(|&id| self.holds_spikes(id)).collect();
        let gives_spikes = operation.gives_spikes(&spikes);
        let outputs: Vec<TensorId> =
            output_shapes.iter().map(|shape| self.push(name, shape, Role::Value)).collect();
        for output in &outputs {
            let tensor = &mut self.tensors[output.index()];
            (tensor.is_loss, tensor.needs_gradient) = (is_loss, needs_gradient);
        }
        let first = &mut self.tensors[outputs[0].index()];
        (first.holds_spikes, first.names_below) = (gives_spikes, names_below);
        self.nodes.push(Node { op, inputs: inputs.to_vec(), outputs: outputs.clone() });
        Ok(outputs)
    }

    /// Whether all of `ids` are tensors of this graph.
    pub(crate) fn know(&self, op: &'static str, ids: &[TensorId]) -> Result<(), GraphError> {
        match ids.iter().find(|id| id.index() >= self.tensors.len()) {
            None => Ok(()),
            Some(id) => Err(GraphError::Misfit {
                op,
                expected: format!("one of {} tensors of this graph", self.tensors.len()),
                got: id.index().to_string(),
            }),
        }
    }

    /// `x·w + b`: `x (…, k)`, `w (k, n)`, `b (n)` → `(…, n)`.
    ///
    /// # Errors
    /// If shapes do not fit.
    pub fn linear(&mut self, x: TensorId, w: TensorId, b: TensorId) -> Result<TensorId, GraphError> {
        self.apply(Op::MatMul(ops::MatMul::plain()), &[x, w, b])
    }

    /// `f(x)`, element by element.
    ///
    /// # Errors
    /// If `x` is a loss.
    pub fn activate(&mut self, activation: Activation, x: TensorId) -> Result<TensorId, GraphError> {
        self.apply(Op::Activate(ops::Activate(activation)), &[x])
    }

    /// Whether a tensor can hold nothing but zeros and ones, by the operation that writes it.
    pub fn holds_spikes(&self, id: TensorId) -> bool {
        self.tensors[id.index()].holds_spikes
    }

    /// All nodes, in order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// One tensor's description.
    pub fn tensor(&self, id: TensorId) -> &Tensor {
        &self.tensors[id.index()]
    }

    /// All tensors' descriptions.
    pub fn tensors(&self) -> &[Tensor] {
        &self.tensors
    }

    /// One tensor's shape.
    pub fn shape(&self, id: TensorId) -> &[usize] {
        &self.tensors[id.index()].shape
    }

    /// The learned tensors, in the order of creation.
    pub fn parameters(&self) -> &[TensorId] {
        &self.parameters
    }
}
