//! Rows as directions.

use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation, len, rows_and_columns};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId};
use crate::kernels::unit_length;

/// `x (…, n) → x/(‖x‖ + ε)`, row by row, and the lengths `(rows)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitLength {
    /// ε, above 0.
    pub epsilon: f32,
}

/// `x, lengths, dy → dx`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitLengthGradient(pub UnitLength);

impl Operation for UnitLength {
    fn name(&self) -> &'static str {
        "unit_length"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 1 && !inputs[0].is_empty(), || "one tensor".to_owned(), inputs)?;
        expect(self.epsilon > 0.0, || "an epsilon above 0".to_owned(), self.epsilon)?;
        Ok(vec![inputs[0].to_vec(), vec![rows_and_columns(inputs[0]).0]])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        3 * len(inputs[0]) as u64
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let inputs = [node.inputs[0], node.outputs[1], dy];
        Ok(vec![Some(graph.apply(UnitLengthGradient(*self).into(), &inputs)?)])
    }
    fn run(&self, Operands { inputs: [x, ..], outputs: [y, lengths, ..], .. }: Operands) {
        unit_length::unit_length(self.epsilon, x, y, lengths);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let rows = given.inputs[0].chunks_exact(rows_and_columns(given.shapes[0]).1);
        let lengths: Vec<f64> =
            rows.clone().map(|row| row.iter().map(|x| x * x).sum::<f64>().sqrt()).collect();
        let unit = |(row, length): (&[f64], &f64)| -> Vec<f64> {
            row.iter().map(|x| x / (length + f64::from(self.epsilon))).collect()
        };
        vec![rows.zip(&lengths).flat_map(unit).collect(), lengths]
    }
}

impl Operation for UnitLengthGradient {
    fn name(&self) -> &'static str {
        "unit_length_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 3, || "three inputs".to_owned(), inputs.len())?;
        expect(inputs[0] == inputs[2], || format!("a gradient {:?}", inputs[0]), inputs[2])?;
        Ok(vec![inputs[0].to_vec()])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        5 * len(inputs[0]) as u64
    }
    fn run(&self, Operands { inputs: [x, lengths, dy, ..], outputs: [dx, ..], .. }: Operands) {
        unit_length::unit_length_gradient(self.0.epsilon, [x, dy], lengths, dx);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::oracle::{Given, check_operation};

    #[test]
    fn values_and_gradients() {
        check_operation(UnitLength { epsilon: 0.1 }, &[Given::Learned(&[2, 3, 5])]);
    }

    #[test]
    fn nothing_to_keep_from_zero_is_refused() {
        let mut graph = Graph::new();
        let x = graph.input("x", &[2, 3]);
        let error = graph.apply(UnitLength { epsilon: 0.0 }.into(), &[x]).unwrap_err().to_string();
        assert_eq!(error, "unit_length: expected an epsilon above 0, got 0.0");
    }
}
