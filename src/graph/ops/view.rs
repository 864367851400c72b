//! The same numbers, seen otherwise. Plans place the result where the operand lies, so nothing is
//! moved and nothing is run.

use super::elementwise::same_shape;
use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation, len};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId};

/// `x → x` of another shape of as many numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reshape {
    /// The other shape.
    pub shape: Vec<usize>,
}

/// `x → x`, into which no gradient flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StopGradient;

impl Graph {
    /// `x` in another shape; `x` itself where it has that shape.
    ///
    /// # Errors
    /// If it does not hold as many numbers.
    pub fn reshape(&mut self, x: TensorId, shape: &[usize]) -> Result<TensorId, GraphError> {
        if self.shape(x) == shape {
            return Ok(x);
        }
        self.apply(Reshape { shape: shape.to_vec() }.into(), &[x])
    }
}

impl Operation for Reshape {
    fn name(&self) -> &'static str {
        "reshape"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 1, || "one input".to_owned(), inputs.len())?;
        let wanted = || format!("as many numbers as {:?} holds", self.shape);
        expect(!self.shape.is_empty() && len(inputs[0]) == len(&self.shape), wanted, inputs[0])?;
        Ok(vec![self.shape.clone()])
    }
    fn is_view(&self) -> bool {
        true
    }
    fn gives_spikes(&self, inputs: &[bool]) -> bool {
        inputs[0]
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let shape = graph.shape(node.inputs[0]).to_vec();
        Ok(vec![Some(graph.reshape(dy, &shape)?)])
    }
    fn run(&self, _: Operands) {
        unreachable!("a view is not run");
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        given.each(|x| x)
    }
}

impl Operation for StopGradient {
    fn name(&self) -> &'static str {
        "stop_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        same_shape(inputs, 1)
    }
    fn is_view(&self) -> bool {
        true
    }
    fn has_gradient(&self) -> bool {
        false
    }
    fn gives_spikes(&self, inputs: &[bool]) -> bool {
        inputs[0]
    }
    fn run(&self, _: Operands) {
        unreachable!("a view is not run");
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        given.undisturbed.as_ref().map_or_else(|| given.each(|x| x), |before| vec![before[0].to_vec()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::ops::{HalfMeanSquare, Mul};
    use crate::graph::oracle::{Given, check, check_operation, numbers};

    #[test]
    fn values_and_gradients() {
        check_operation(Reshape { shape: vec![4, 6] }, &[Given::Learned(&[2, 3, 4])]);
        check("a stopped factor", |graph| {
            let (w, target) = (graph.parameter("w", &[3, 2]), graph.input("target", &[3, 2]));
            let stopped = graph.apply(StopGradient.into(), &[w]).expect("fits");
            let square = graph.apply(Mul.into(), &[w, stopped]).expect("fits");
            let loss = graph.apply(HalfMeanSquare.into(), &[square, target]).expect("fits");
            (vec![(target, numbers(6, 1))], loss)
        });
    }

    #[test]
    fn other_numbers_are_refused() {
        let mut graph = Graph::new();
        let x = graph.input("x", &[2, 3]);
        let error = graph.reshape(x, &[5]).unwrap_err().to_string();
        assert_eq!(error, "reshape: expected as many numbers as [5] holds, got [2, 3]");
    }
}
