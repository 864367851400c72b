//! Sums, differences and products of numbers at the same place. The second operand may lack leading
//! dimensions: it is then the same for all of them, as a bias is for all rows.

use super::elementwise::same_shape;
use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation, len};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId, ops};
use crate::kernels::arithmetic::{self, Binary};

/// `a, b → a + b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Add;

/// `a, b → a − b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sub;

/// `a, b → a·b`, element by element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mul;

/// `a, b (…, shape…) → (shape…)`: the sum of `a·b` over the leading dimensions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SumProducts {
    /// Shape of the result.
    pub shape: Vec<usize>,
}

/// `x → factor·x`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale(pub f32);

/// `x → x²`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Square;

/// `x, dy → 2·x·dy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SquareGradient;

/// The shape of the first of two operands, of which the second has the last dimensions.
fn first_of_two(inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
    expect(inputs.len() == 2, || "two inputs".to_owned(), inputs.len())?;
    let wanted = || format!("a second operand of the last dimensions of {:?}", inputs[0]);
    expect(inputs[0].ends_with(inputs[1]) && !inputs[1].is_empty(), wanted, inputs[1])?;
    Ok(vec![inputs[0].to_vec()])
}

/// `dy` summed over the leading dimensions that `like` does not have.
fn summed_to(graph: &mut Graph, dy: TensorId, like: TensorId) -> Result<TensorId, GraphError> {
    if graph.shape(dy) == graph.shape(like) {
        return Ok(dy);
    }
    let shape = graph.shape(like).to_vec();
    let rows = vec![graph.tensor(dy).len() / len(&shape), len(&shape)];
    let rows = graph.reshape(dy, &rows)?;
    let sum = graph.apply(ops::SumRows.into(), &[rows])?;
    graph.reshape(sum, &shape)
}

impl Operation for Add {
    fn name(&self) -> &'static str {
        "add"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        first_of_two(inputs)
    }
    fn takes_losses(&self) -> bool {
        true
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let mut of = |input| -> Result<_, GraphError> {
            Ok(if graph.needs_gradient(input) { Some(summed_to(graph, dy, input)?) } else { None })
        };
        Ok(vec![of(node.inputs[0])?, of(node.inputs[1])?])
    }
    fn run(&self, Operands { inputs: [a, b, ..], outputs: [out, ..], .. }: Operands) {
        arithmetic::combine(Binary::Add, a, b, out);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        given.each_two(|a, b| a + b)
    }
}

impl Operation for Sub {
    fn name(&self) -> &'static str {
        "subtract"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        first_of_two(inputs)
    }
    fn takes_losses(&self) -> bool {
        true
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let (a, b) = (node.inputs[0], node.inputs[1]);
        let taken = if graph.needs_gradient(b) {
            let sum = summed_to(graph, dy, b)?;
            Some(graph.apply(Scale(-1.0).into(), &[sum])?)
        } else {
            None
        };
        Ok(vec![graph.needs_gradient(a).then_some(dy), taken])
    }
    fn run(&self, Operands { inputs: [a, b, ..], outputs: [out, ..], .. }: Operands) {
        arithmetic::combine(Binary::Subtract, a, b, out);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        given.each_two(|a, b| a - b)
    }
}

impl Operation for Mul {
    fn name(&self) -> &'static str {
        "multiply"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        first_of_two(inputs)
    }
    fn gives_spikes(&self, inputs: &[bool]) -> bool {
        inputs[0] && inputs[1]
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let (a, b) = (node.inputs[0], node.inputs[1]);
        let da = graph.needs_gradient(a).then(|| graph.apply(Self.into(), &[dy, b])).transpose()?;
        let db = graph.needs_gradient(b).then(|| {
            let shape = graph.shape(b).to_vec();
            if shape == graph.shape(a) {
                graph.apply(Self.into(), &[dy, a])
            } else {
                graph.apply(SumProducts { shape }.into(), &[dy, a])
            }
        });
        Ok(vec![da, db.transpose()?])
    }
    fn run(&self, Operands { inputs: [a, b, ..], outputs: [out, ..], .. }: Operands) {
        arithmetic::combine(Binary::Multiply, a, b, out);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        given.each_two(|a, b| a * b)
    }
}

impl Operation for SumProducts {
    fn name(&self) -> &'static str {
        "sum_products"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        let [shape] = same_shape(inputs, 2)?.try_into().expect("one shape");
        expect(shape.ends_with(&self.shape), || format!("operands (…, {:?})", self.shape), &shape)?;
        Ok(vec![self.shape.clone()])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        2 * len(inputs[0]) as u64
    }
    fn run(&self, Operands { inputs: [a, b, ..], outputs: [out, ..], .. }: Operands) {
        arithmetic::sum_rows_of_products(a, b, out);
    }
}

impl Operation for Scale {
    fn name(&self) -> &'static str {
        "scale"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        same_shape(inputs, 1)
    }
    fn takes_losses(&self) -> bool {
        true
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        Ok(vec![Some(graph.apply((*self).into(), &[dy])?)])
    }
    fn run(&self, Operands { inputs: [x, ..], outputs: [out, ..], .. }: Operands) {
        arithmetic::scale(self.0, x, out);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        given.each(|x| f64::from(self.0) * x)
    }
}

impl Operation for Square {
    fn name(&self) -> &'static str {
        "square"
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
        Ok(vec![Some(graph.apply(SquareGradient.into(), &[node.inputs[0], dy])?)])
    }
    fn run(&self, Operands { inputs: [x, ..], outputs: [out, ..], .. }: Operands) {
        arithmetic::square(x, out);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        given.each(|x| x * x)
    }
}

impl Operation for SquareGradient {
    fn name(&self) -> &'static str {
        "square_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        same_shape(inputs, 2)
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        2 * len(inputs[0]) as u64
    }
    fn run(&self, Operands { inputs: [x, dy, ..], outputs: [out, ..], .. }: Operands) {
        arithmetic::square_gradient(x, dy, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Op;
    use crate::graph::ops::HalfMeanSquare;
    use crate::graph::oracle::{Given, check, check_operation, numbers};

    #[test]
    fn values_and_gradients() {
        for op in [Op::from(Add), Op::from(Sub), Op::from(Mul)] {
            for second in [&[2, 3, 4][..], &[3, 4], &[4]] {
                check_operation(op.clone(), &[Given::Learned(&[2, 3, 4]), Given::Learned(second)]);
            }
        }
        check_operation(Scale(-0.7), &[Given::Learned(&[3, 4])]);
        check_operation(Square, &[Given::Learned(&[3, 4])]);
    }

    #[test]
    fn losses_are_weighed_and_added() {
        check("weighed losses", |graph| {
            let (w, target) = (graph.parameter("w", &[3, 2]), graph.input("target", &[3, 2]));
            let square = graph.apply(Mul.into(), &[w, w]).expect("fits");
            let losses = [w, square].map(|y| graph.apply(HalfMeanSquare.into(), &[y, target]).expect("fits"));
            let small = graph.apply(Scale(0.3).into(), &[losses[1]]).expect("fits");
            let loss = graph.apply(Sub.into(), &[losses[0], small]).expect("fits");
            (vec![(target, numbers(6, 1))], loss)
        });
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut graph = Graph::new();
        let (a, b) = (graph.input("a", &[2, 3]), graph.input("b", &[2]));
        let error = graph.apply(Mul.into(), &[a, b]).unwrap_err().to_string();
        assert_eq!(error, "multiply: expected a second operand of the last dimensions of [2, 3], got [2]");
    }
}
