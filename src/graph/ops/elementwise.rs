//! Element by element, and sums over rows.

use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation, len, rows_and_columns};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, Op, TensorId};
use crate::kernels::activation::{Activation, Saves};
use crate::kernels::{elementwise, reduce};

/// `→` a tensor of one number everywhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    /// The number.
    pub value: f32,
    /// Shape of the tensor.
    pub shape: Vec<usize>,
}

/// `x (…, n) → (n)`: the sum of all rows, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SumRows;

/// `x → f(x)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activate(pub Activation);

/// `saved, dy → dy·f'`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActivateGradient(pub Activation);

/// One shape of all inputs.
pub(super) fn same_shape(inputs: &[&[usize]], count: usize) -> Result<Vec<Vec<usize>>, Misfit> {
    expect(inputs.len() == count, || format!("{count} inputs"), inputs.len())?;
    expect(inputs.iter().all(|shape| *shape == inputs[0]), || "inputs of one shape".to_owned(), inputs)?;
    Ok(vec![inputs[0].to_vec()])
}

/// `row` has one number for each column of `x`.
pub(super) fn expect_row(x: &[usize], row: &[usize]) -> Result<(), Misfit> {
    let columns = x.last().copied().unwrap_or(0);
    expect(row == [columns], || format!("a row of {columns} numbers"), row)
}

impl Operation for Constant {
    fn name(&self) -> &'static str {
        "constant"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.is_empty(), || "no inputs".to_owned(), inputs)?;
        Ok(vec![self.shape.clone()])
    }
    fn run(&self, Operands { outputs: [out, ..], .. }: Operands) {
        out.fill(self.value);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        vec![vec![f64::from(self.value); given.observed[0].len()]]
    }
}

impl Operation for SumRows {
    fn name(&self) -> &'static str {
        "sum_rows"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 1 && !inputs[0].is_empty(), || "one tensor".to_owned(), inputs)?;
        Ok(vec![vec![rows_and_columns(inputs[0]).1]])
    }
    fn run(&self, Operands { inputs: [x, ..], outputs: [out, ..], .. }: Operands) {
        reduce::sum_rows(x, out);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let columns = rows_and_columns(given.shapes[0]).1;
        vec![(0..columns).map(|column| given.inputs[0].iter().skip(column).step_by(columns).sum()).collect()]
    }
}

impl Operation for Activate {
    fn name(&self) -> &'static str {
        "activate"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        same_shape(inputs, 1)
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let saved = match self.0.saves() {
            Saves::Input => node.inputs[0],
            Saves::Output => node.outputs[0],
        };
        Ok(vec![Some(graph.apply(Op::ActivateGradient(ActivateGradient(self.0)), &[saved, dy])?)])
    }
    fn run(&self, Operands { inputs: [x, ..], outputs: [out, ..], .. }: Operands) {
        elementwise::activate(self.0, x, out);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        given.each(|x| match self.0 {
            Activation::Step => f64::from(x >= 0.0),
            Activation::Linear => x,
            Activation::Relu => x.max(0.0),
            Activation::LeakyRelu => x.max(0.01 * x),
            Activation::Gelu => 0.5 * x * (1.0 + libm::erf(x / 2f64.sqrt())),
            Activation::Sigmoid => 1.0 / (1.0 + (-x).exp()),
            Activation::Tanh => x.tanh(),
            Activation::Softplus => x.exp().ln_1p(),
        })
    }
}

impl Operation for ActivateGradient {
    fn name(&self) -> &'static str {
        "activate_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        same_shape(inputs, 2)
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        2 * len(inputs[0]) as u64
    }
    fn run(&self, Operands { inputs: [saved, dy, ..], outputs: [out, ..], .. }: Operands) {
        elementwise::activate_gradient(self.0, saved, dy, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::oracle::{Given, check_operation};

    #[test]
    fn values_and_gradients() {
        for activation in Activation::ALL {
            check_operation(Activate(activation), &[Given::Learned(&[3, 5])]);
        }
    }
}
