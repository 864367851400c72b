//! Rows of a table, by their numbers.

use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation, len};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId};
use crate::kernels::embedding;

/// `table (vocabulary, n), indices (…) → (…, n)`; indices are whole numbers below `vocabulary`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Embedding;

/// `dy (…, n), indices (…) → d table`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmbeddingGradient {
    /// Rows of the table.
    pub vocabulary: usize,
}

impl Operation for Embedding {
    fn name(&self) -> &'static str {
        "embedding"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 2, || "two inputs".to_owned(), inputs.len())?;
        expect(inputs[0].len() == 2, || "a table (vocabulary, n)".to_owned(), inputs[0])?;
        Ok(vec![[inputs[1], &[inputs[0][1]]].concat()])
    }
    fn names(&self, inputs: &[&[usize]]) -> Option<(usize, usize)> {
        Some((1, inputs[0][0]))
    }
    fn flops(&self, _: &[&[usize]]) -> u64 {
        0
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let gradient = EmbeddingGradient { vocabulary: graph.shape(node.inputs[0])[0] };
        Ok(vec![Some(graph.apply(gradient.into(), &[dy, node.inputs[1]])?), None])
    }
    fn run(&self, Operands { inputs: [table, indices, ..], shapes, outputs: [out, ..], .. }: Operands) {
        embedding::gather(shapes[0][1], table, indices, out);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let n = given.shapes[0][1];
        let row = |&index: &f64| given.inputs[0][index as usize * n..][..n].to_vec();
        vec![given.inputs[1].iter().flat_map(row).collect()]
    }
}

impl Operation for EmbeddingGradient {
    fn name(&self) -> &'static str {
        "embedding_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 2, || "two inputs".to_owned(), inputs.len())?;
        let n = inputs[0].last().copied().unwrap_or(0);
        expect(inputs[0] == [inputs[1], &[n]].concat(), || "a row for each index".to_owned(), inputs)?;
        Ok(vec![vec![self.vocabulary, n]])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        len(inputs[0]) as u64
    }
    fn run(&self, Operands { inputs: [dy, indices, ..], shapes, outputs: [d_table, ..], .. }: Operands) {
        embedding::gather_gradient(shapes[0][shapes[0].len() - 1], dy, indices, d_table);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::oracle::{Given, check_operation};

    #[test]
    fn values_and_gradients() {
        let indices = Given::Fixed(&[2, 3], vec![4.0, 0.0, 4.0, 2.0, 1.0, 4.0]);
        check_operation(Embedding, &[Given::Learned(&[5, 4]), indices]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let mut graph = Graph::new();
        let (table, x) = (graph.input("table", &[4]), graph.input("x", &[2]));
        let error = graph.apply(Embedding.into(), &[table, x]).unwrap_err().to_string();
        assert_eq!(error, "embedding: expected a table (vocabulary, n), got [4]");
    }
}
