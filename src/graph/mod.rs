//! A network as a graph of operations on tensors, before anything is computed.
//!
//! [`Graph`] is built forward; [`autodiff`] extends it with the operations of the gradient;
//! [`plan`] lays it out flat over one arena; [`executor`] runs the plan. Shapes are static.
//!
//! ```
//! use cajal::graph::{Graph, Op};
//! use cajal::kernels::activation::Activation;
//! let mut graph = Graph::new();
//! let x = graph.input("x", &[4, 2]);
//! let w = graph.parameter("w", &[2, 3]);
//! let b = graph.parameter("b", &[3]);
//! let z = graph.linear(x, w, b);
//! let y = graph.apply(Op::Activate(Activation::Tanh), &[z]);
//! assert_eq!(graph.shape(y), [4, 3]);
//! ```

pub mod autodiff;
pub mod encode;
pub mod executor;
pub mod neuron_step;
pub mod op;
pub mod plan;

#[cfg(test)]
mod oracle;

pub use op::Op;

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
}

impl Tensor {
    /// How many numbers it holds.
    pub fn len(&self) -> usize {
        self.shape.iter().product()
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
        self.tensors.push(Tensor { name: name.to_owned(), shape: shape.to_vec(), role });
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
    /// # Panics
    /// If the shapes of the inputs do not fit the operation.
    pub fn apply(&mut self, op: Op, inputs: &[TensorId]) -> TensorId {
        let shapes: Vec<&[usize]> = inputs.iter().map(|&id| self.shape(id)).collect();
        let output_shapes = op.output_shapes(&shapes);
        let name = op.name();
        let outputs: Vec<TensorId> =
            output_shapes.iter().map(|shape| self.push(name, shape, Role::Value)).collect();
        let first = outputs[0];
        self.nodes.push(Node { op, inputs: inputs.to_vec(), outputs });
        first
    }

    /// `x·w + b`: `x (…, k)`, `w (k, n)`, `b (n)` → `(…, n)`.
    pub fn linear(&mut self, x: TensorId, w: TensorId, b: TensorId) -> TensorId {
        self.apply(Op::MatMul { lhs_transposed: false, rhs_transposed: false }, &[x, w, b])
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
