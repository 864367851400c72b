//! The operations: their shapes and their gradients.

use super::encode::Encode;
use super::neuron_step::NeuronStep;
use super::{Graph, Node, TensorId};
use crate::kernels::activation::{Activation, Saves};

/// One operation. Inputs are listed in the order in which a node names them.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// `lhs, rhs[, bias (n)] → lhs·rhs [+ bias]`; leading dimensions of `lhs` count as rows.
    MatMul {
        /// Take `lhsᵀ`.
        lhs_transposed: bool,
        /// Take `rhsᵀ`.
        rhs_transposed: bool,
    },
    /// `x (…, n) → (n)`: the sum of all rows, in order.
    SumRows,
    /// `a, b → a + b`.
    Add,
    /// `x → f(x)`.
    Activate(Activation),
    /// `saved, dy → dy·f'(x)`, where [`Activation::saves`] says what is saved.
    ActivateGradient(Activation),
    /// `y, target → ½·mean((y − target)²)` `(1)`.
    HalfMeanSquare,
    /// `y, target → (y − target)/len`.
    HalfMeanSquareGradient,
    /// `logits (batch, classes), class (batch) → mean of −ln softmax` `(1)`.
    CrossEntropy,
    /// `logits, class → (softmax − one-hot)/batch`.
    CrossEntropyGradient,
    /// `x (batch, features) → spikes (batch, steps, channels)`, by draws.
    Encode(Encode),
    /// `drive → response, potential`: neurons unrolled in time.
    Neurons(NeuronStep),
    /// `response, potential, d response → d drive`: the surrogate gradient through time.
    NeuronsGradient(NeuronStep),
}

/// `(rows, columns)` when leading dimensions count as rows.
pub fn rows_and_columns(shape: &[usize]) -> (usize, usize) {
    let columns = *shape.last().expect("a tensor of at least one dimension");
    (shape[..shape.len() - 1].iter().product(), columns)
}

impl Op {
    /// Name in printed plans.
    pub fn name(&self) -> &'static str {
        match self {
            Self::MatMul { .. } => "matmul",
            Self::SumRows => "sum_rows",
            Self::Add => "add",
            Self::Activate(_) => "activate",
            Self::ActivateGradient(_) => "activate_gradient",
            Self::HalfMeanSquare => "half_mean_square",
            Self::HalfMeanSquareGradient => "half_mean_square_gradient",
            Self::CrossEntropy => "cross_entropy",
            Self::CrossEntropyGradient => "cross_entropy_gradient",
            Self::Encode(_) => "encode",
            Self::Neurons(_) => "neurons",
            Self::NeuronsGradient(_) => "neurons_gradient",
        }
    }

    /// Shapes of what it writes, given those of what it reads.
    ///
    /// # Panics
    /// If the inputs do not fit: a network is checked before it becomes a graph.
    pub(super) fn output_shapes(&self, inputs: &[&[usize]]) -> Vec<Vec<usize>> {
        match self {
            Self::MatMul { lhs_transposed, rhs_transposed } => {
                let (mut rows, mut inner) = rows_and_columns(inputs[0]);
                let mut leading = inputs[0][..inputs[0].len() - 1].to_vec();
                if *lhs_transposed {
                    (rows, inner) = (inner, rows);
                    leading = vec![rows];
                }
                let (mut depth, mut columns) = rows_and_columns(inputs[1]);
                if *rhs_transposed {
                    (depth, columns) = (columns, depth);
                }
                assert_eq!(inner, depth, "a product needs as many columns on the left as rows on the right");
                if let Some(bias) = inputs.get(2) {
                    assert_eq!(*bias, [columns], "a bias has one number for each column");
                }
                leading.push(columns);
                vec![leading]
            }
            Self::SumRows => vec![vec![rows_and_columns(inputs[0]).1]],
            Self::Add | Self::HalfMeanSquareGradient => {
                assert_eq!(inputs[0], inputs[1], "both operands have one shape");
                vec![inputs[0].to_vec()]
            }
            Self::Activate(_) => vec![inputs[0].to_vec()],
            Self::ActivateGradient(_) => {
                assert_eq!(inputs[0], inputs[1], "a gradient keeps the shape");
                vec![inputs[0].to_vec()]
            }
            Self::HalfMeanSquare => {
                assert_eq!(inputs[0], inputs[1], "as many targets as outputs");
                vec![vec![1]]
            }
            Self::CrossEntropy => {
                assert_eq!(inputs[0][..1], *inputs[1], "one class for each row of logits");
                vec![vec![1]]
            }
            Self::CrossEntropyGradient => vec![inputs[0].to_vec()],
            Self::Encode(encode) => vec![encode.output_shape(inputs[0])],
            Self::Neurons(step) => step.output_shapes(inputs[0]),
            Self::NeuronsGradient(step) => vec![step.drive_shape(inputs[1])],
        }
    }

    /// Appends to `graph` what gives the gradients of `node`'s inputs, from the gradient of its first
    /// output. `None` where no gradient flows.
    pub(super) fn gradients(&self, graph: &mut Graph, node: &Node, dy: TensorId) -> Vec<Option<TensorId>> {
        let input = |index: usize| node.inputs[index];
        match self {
            Self::MatMul { lhs_transposed: false, rhs_transposed: false } => {
                let dx = Self::MatMul { lhs_transposed: false, rhs_transposed: true };
                let dw = Self::MatMul { lhs_transposed: true, rhs_transposed: false };
                let mut gradients = vec![
                    graph.needs_gradient(input(0)).then(|| graph.apply(dx, &[dy, input(1)])),
                    Some(graph.apply(dw, &[input(0), dy])),
                ];
                if node.inputs.len() == 3 {
                    gradients.push(Some(graph.apply(Self::SumRows, &[dy])));
                }
                gradients
            }
            Self::Add => vec![Some(dy), Some(dy)],
            Self::Activate(activation) => {
                let saved = match activation.saves() {
                    Saves::Output => node.outputs[0],
                    Saves::Input => input(0),
                };
                vec![Some(graph.apply(Self::ActivateGradient(*activation), &[saved, dy]))]
            }
            Self::HalfMeanSquare => vec![Some(graph.apply(Self::HalfMeanSquareGradient, &node.inputs)), None],
            Self::CrossEntropy => vec![Some(graph.apply(Self::CrossEntropyGradient, &node.inputs)), None],
            Self::Neurons(step) => {
                let inputs = [node.outputs[0], node.outputs[1], dy];
                vec![Some(graph.apply(Self::NeuronsGradient(step.clone()), &inputs))]
            }
            Self::Encode(_) => vec![None],
            other => unreachable!("{} belongs to no forward graph", other.name()),
        }
    }
}
