//! Reverse-mode differentiation: the gradient as more operations of the same graph.
//!
//! A learning rule that is not backpropagation takes parts of it: [`Graph::pull_back`] begins at any
//! tensor and stops at others, and [`Graph::replace_operand`] puts another tensor in the place of a
//! weight matrix in the operations that were appended.

use super::error::GraphError;
use super::ops::{Add, Constant};
use super::{Graph, Op, Role, TensorId};
use core::ops::Range;

/// A parameter and its gradient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterGradient {
    /// The learned tensor.
    pub parameter: TensorId,
    /// `∂loss/∂parameter`, of the same shape.
    pub gradient: TensorId,
}

/// What a backward pass begins with at a tensor, and what it carries on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cotangent {
    /// One, at the loss itself.
    One,
    /// A tensor of the same shape.
    Tensor(TensorId),
}

impl Cotangent {
    /// As a tensor of the shape of `like`, which it is the cotangent of.
    ///
    /// # Errors
    /// None that a graph which holds `like` could give.
    pub fn tensor(self, graph: &mut Graph, like: TensorId) -> Result<TensorId, GraphError> {
        match self {
            Self::Tensor(tensor) => Ok(tensor),
            Self::One => {
                let shape = graph.shape(like).to_vec();
                graph.apply(Op::Constant(Constant { value: 1.0, shape }), &[])
            }
        }
    }
}

/// The gradients that a backward pass found, of all tensors it came by.
#[derive(Clone, Debug)]
pub struct Gradients {
    found: Vec<Option<Cotangent>>,
    /// The operations that were appended.
    pub nodes: Range<usize>,
}

impl Gradients {
    /// The gradient of a tensor.
    pub fn of(&self, tensor: TensorId) -> Option<TensorId> {
        match self.found.get(tensor.index()).copied().flatten() {
            Some(Cotangent::Tensor(gradient)) => Some(gradient),
            _ => None,
        }
    }

    /// Those of parameters, in the order of the parameters.
    pub fn of_parameters(&self, graph: &Graph) -> Vec<ParameterGradient> {
        let parameters = graph.parameters().iter();
        parameters
            .filter_map(|&parameter| {
                self.of(parameter).map(|gradient| ParameterGradient { parameter, gradient })
            })
            .collect()
    }
}

impl Graph {
    /// Whether a gradient has to flow into a tensor: inputs and what is made of them alone need none.
    pub fn needs_gradient(&self, id: TensorId) -> bool {
        self.tensors[id.index()].needs_gradient
    }

    /// Appends the backward pass of `loss` and gives the gradient of each parameter that it depends
    /// on, in the order of the parameters.
    ///
    /// # Errors
    /// If `loss` is not a loss, or an operation has no gradient.
    pub fn backward(&mut self, loss: TensorId) -> Result<Vec<ParameterGradient>, GraphError> {
        self.know("backward", &[loss])?;
        if !self.tensor(loss).is_loss {
            let got = format!("{} {:?}", self.tensor(loss).name, self.shape(loss));
            return Err(GraphError::Misfit { op: "backward", expected: "a loss".to_owned(), got });
        }
        Ok(self.pull_back(&[(loss, Cotangent::One)], &[])?.of_parameters(self))
    }

    /// Appends the backward pass from the tensors of `seeds` down to the parameters, and not beyond
    /// those of `stops`, whose gradient is still found.
    ///
    /// # Errors
    /// If an operation on the way has no gradient.
    pub fn pull_back(
        &mut self,
        seeds: &[(TensorId, Cotangent)],
        stops: &[TensorId],
    ) -> Result<Gradients, GraphError> {
        for &(tensor, cotangent) in seeds {
            let given = if let Cotangent::Tensor(given) = cotangent { given } else { tensor };
            self.know("pull_back", &[tensor, given])?;
        }
        let first = self.nodes.len();
        let mut found: Vec<Option<Cotangent>> = vec![None; self.tensors.len()];
        for &(tensor, cotangent) in seeds {
            found[tensor.index()] = Some(cotangent);
        }
        for index in (0..first).rev() {
            let node = self.nodes[index].clone();
            if !self.needs_gradient(node.outputs[0]) {
                continue;
            }
            let cotangent = |output: &TensorId| found[output.index()].filter(|_| !stops.contains(output));
            let operation = node.op.operation();
            if node.outputs[1..].iter().any(|output| cotangent(output).is_some()) {
                return Err(GraphError::Beside { op: operation.name() });
            }
            let Some(cotangent) = cotangent(&node.outputs[0]) else { continue };
            let gradients = operation.gradients(self, &node, cotangent)?;
            for (&input, gradient) in node.inputs.iter().zip(gradients) {
                let Some(gradient) = gradient else { continue };
                found[input.index()] = Some(Cotangent::Tensor(match found[input.index()] {
                    Some(sum) => {
                        let sum = sum.tensor(self, input)?;
                        self.apply(Op::Add(Add), &[sum, gradient])?
                    }
                    None => gradient,
                }));
            }
        }
        Ok(Gradients { found, nodes: first..self.nodes.len() })
    }

    /// In some operations, reads `with` wherever `tensor` was read.
    ///
    /// # Errors
    /// If the two differ in shape.
    pub fn replace_operand(
        &mut self,
        nodes: Range<usize>,
        tensor: TensorId,
        with: TensorId,
    ) -> Result<(), GraphError> {
        self.know("replace_operand", &[tensor, with])?;
        if self.shape(tensor) != self.shape(with) {
            let (expected, got) = (format!("{:?}", self.shape(tensor)), format!("{:?}", self.shape(with)));
            return Err(GraphError::Misfit { op: "replace_operand", expected, got });
        }
        for node in &mut self.nodes[nodes] {
            for input in &mut node.inputs {
                if *input == tensor {
                    *input = with;
                }
            }
        }
        Ok(())
    }

    /// Gradients are wanted of this tensor, too, and of what is made of it from now on.
    pub fn watch(&mut self, id: TensorId) {
        assert!(self.tensor(id).role != Role::Value, "what is watched is watched before it is used");
        self.tensors[id.index()].needs_gradient = true;
    }
}
