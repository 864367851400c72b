//! Rows of shares that sum to one.

use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation, len, rows_and_columns};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId};
use crate::kernels::softmax;

/// `x (…, n) → softmax(scale·x)` of each row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Softmax {
    /// Multiplies every number first.
    pub scale: f32,
    /// Whether row `r` of each `(n, n)` sees columns `0..=r` only; others are 0.
    pub causal: bool,
}

/// `x (…, n) → softmax` of the `k` largest of each row, 0 elsewhere (Shazeer et al. 2017).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TopKGate {
    /// How many, at least 1.
    pub k: usize,
}

/// `y, dy → dx` of either.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SoftmaxGradient(pub Softmax);

impl Softmax {
    fn kernel(self, shape: &[usize]) -> softmax::Softmax {
        softmax::Softmax { n: rows_and_columns(shape).1, scale: self.scale, causal: self.causal }
    }
}

fn gradient(
    graph: &mut Graph,
    node: &Node,
    cotangent: Cotangent,
    of: Softmax,
) -> Result<Vec<Option<TensorId>>, GraphError> {
    let dy = cotangent.tensor(graph, node.outputs[0])?;
    Ok(vec![Some(graph.apply(SoftmaxGradient(of).into(), &[node.outputs[0], dy])?)])
}

#[cfg(test)]
fn shares(row: &[f64], scale: f64, seen: impl Fn(usize) -> bool) -> Vec<f64> {
    let power = |at: usize| if seen(at) { (scale * row[at]).exp() } else { 0.0 };
    let total: f64 = (0..row.len()).map(power).sum();
    (0..row.len()).map(|at| power(at) / total).collect()
}

impl Operation for Softmax {
    fn name(&self) -> &'static str {
        "softmax"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 1 && !inputs[0].is_empty(), || "one tensor".to_owned(), inputs)?;
        let square = inputs[0].len() > 1 && inputs[0][inputs[0].len() - 2..].windows(2).all(|n| n[0] == n[1]);
        expect(!self.causal || square, || "as many rows as columns".to_owned(), inputs[0])?;
        Ok(vec![inputs[0].to_vec()])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        4 * len(inputs[0]) as u64
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        gradient(graph, node, cotangent, *self)
    }
    fn run(&self, Operands { inputs: [x, ..], shapes, outputs: [y, ..], .. }: Operands) {
        self.kernel(&shapes[0]).run(x, y);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let n = rows_and_columns(given.shapes[0]).1;
        let rows = given.inputs[0].chunks_exact(n).enumerate();
        let seen = |row: usize, at: usize| !self.causal || at <= row % n;
        vec![rows.flat_map(|(r, row)| shares(row, f64::from(self.scale), |at| seen(r, at))).collect()]
    }
}

impl Operation for TopKGate {
    fn name(&self) -> &'static str {
        "top_k_gate"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 1 && !inputs[0].is_empty(), || "one tensor".to_owned(), inputs)?;
        let n = rows_and_columns(inputs[0]).1;
        expect((1..=n).contains(&self.k), || format!("1 to {n} of {n} to be taken"), self.k)?;
        Ok(vec![inputs[0].to_vec()])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        (4 + self.k as u64) * len(inputs[0]) as u64
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        gradient(graph, node, cotangent, Softmax { scale: 1.0, causal: false })
    }
    fn run(&self, Operands { inputs: [x, ..], shapes, outputs: [y, ..], .. }: Operands) {
        softmax::top_softmax(self.k, rows_and_columns(&shapes[0]).1, x, y);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let rows = given.inputs[0].chunks_exact(rows_and_columns(given.shapes[0]).1);
        let gates = |row: &[f64]| {
            let larger = |at: usize| row.iter().filter(|x| **x > row[at]).count();
            shares(row, 1.0, |at| larger(at) < self.k)
        };
        vec![rows.flat_map(gates).collect()]
    }
}

impl Operation for SoftmaxGradient {
    fn name(&self) -> &'static str {
        "softmax_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        super::elementwise::same_shape(inputs, 2)
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        5 * len(inputs[0]) as u64
    }
    fn run(&self, Operands { inputs: [y, dy, ..], shapes, outputs: [dx, ..], .. }: Operands) {
        self.0.kernel(&shapes[0]).gradient(y, dy, dx);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Op;
    use crate::graph::oracle::{Given, check_operation};

    #[test]
    fn values_and_gradients() {
        for causal in [false, true] {
            check_operation(Softmax { scale: 0.6, causal }, &[Given::Learned(&[2, 5, 5])]);
        }
        for k in [1, 2, 6] {
            check_operation(TopKGate { k }, &[Given::Learned(&[2, 3, 6])]);
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut graph = Graph::new();
        let x = graph.input("x", &[4, 3]);
        let mut refused = |op: Op| graph.apply(op, &[x]).unwrap_err().to_string();
        let causal = refused(Softmax { scale: 1.0, causal: true }.into());
        assert_eq!(causal, "softmax: expected as many rows as columns, got [4, 3]");
        for k in [0, 4] {
            let error = refused(TopKGate { k }.into());
            assert_eq!(error, format!("top_k_gate: expected 1 to 3 of 3 to be taken, got {k}"));
        }
    }
}
