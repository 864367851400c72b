//! The numbers along an axis, as one number.

use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation, len};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId};
use crate::kernels::layout::Axes;
use crate::kernels::reduce::{self, Reduction};

/// `x →` its sums, means or largest numbers along an axis, which is no more; of a single axis `(1)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reduce {
    /// How.
    pub kind: Reduction,
    /// Along which axis.
    pub axis: usize,
}

/// `dy[, x, y] → dx`; a largest number has to be found again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReduceGradient {
    /// What it is the gradient of.
    pub of: Reduce,
    /// Shape of `x`.
    pub shape: Vec<usize>,
}

impl Operation for Reduce {
    fn name(&self) -> &'static str {
        match self.kind {
            Reduction::Sum => "sum",
            Reduction::Mean => "mean",
            Reduction::Max => "max",
        }
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 1, || "one input".to_owned(), inputs.len())?;
        let axis = self.axis;
        expect(axis < inputs[0].len(), || format!("a tensor with an axis {axis}"), inputs[0])?;
        let mut shape = inputs[0].to_vec();
        shape.remove(axis);
        Ok(vec![if shape.is_empty() { vec![1] } else { shape }])
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let gradient = ReduceGradient { of: *self, shape: graph.shape(node.inputs[0]).to_vec() };
        let found = [dy, node.inputs[0], node.outputs[0]];
        let count = if self.kind == Reduction::Max { 3 } else { 1 };
        Ok(vec![Some(graph.apply(gradient.into(), &found[..count])?)])
    }
    fn run(&self, Operands { inputs: [x, ..], shapes, outputs: [out, ..], .. }: Operands) {
        reduce::along_axis(self.kind, Axes::of(&shapes[0], self.axis), x, out);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let Axes { outer, axis, inner } = Axes::of(given.shapes[0], self.axis);
        let one = |at: usize| {
            let numbers = (0..axis).map(|a| given.inputs[0][(at / inner * axis + a) * inner + at % inner]);
            match self.kind {
                Reduction::Sum => numbers.sum::<f64>(),
                Reduction::Mean => numbers.sum::<f64>() / axis as f64,
                Reduction::Max => numbers.fold(f64::NEG_INFINITY, f64::max),
            }
        };
        vec![(0..outer * inner).map(one).collect()]
    }
}

impl Operation for ReduceGradient {
    fn name(&self) -> &'static str {
        match self.of.kind {
            Reduction::Sum => "sum_gradient",
            Reduction::Mean => "mean_gradient",
            Reduction::Max => "max_gradient",
        }
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        let [wanted] = self.of.output_shapes(&[&self.shape])?.try_into().expect("one shape");
        expect(inputs[0] == wanted, || format!("a gradient {wanted:?}"), inputs[0])?;
        Ok(vec![self.shape.clone()])
    }
    fn flops(&self, _: &[&[usize]]) -> u64 {
        len(&self.shape) as u64
    }
    fn run(&self, Operands { inputs: [dy, x, y, ..], outputs: [out, ..], .. }: Operands) {
        let axes = Axes::of(&self.shape, self.of.axis);
        reduce::along_axis_gradient(self.of.kind, axes, [x, y, dy], out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::oracle::{Given, check_operation};

    #[test]
    fn values_and_gradients() {
        for kind in Reduction::ALL {
            for axis in 0..3 {
                check_operation(Reduce { kind, axis }, &[Given::Learned(&[2, 4, 3])]);
            }
            check_operation(Reduce { kind, axis: 0 }, &[Given::Learned(&[5])]);
        }
    }

    #[test]
    fn an_axis_that_is_not_there_is_refused() {
        let mut graph = Graph::new();
        let x = graph.input("x", &[2, 3]);
        let mean = Reduce { kind: Reduction::Mean, axis: 2 };
        let error = graph.apply(mean.into(), &[x]).unwrap_err().to_string();
        assert_eq!(error, "mean: expected a tensor with an axis 2, got [2, 3]");
    }
}
