//! How far normal distributions are from the standard one.

use super::elementwise::same_shape;
use super::loss::{cotangent, read_with};
use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation, len};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId};
use crate::kernels::loss;

/// `mean, log variance (batch, …) → ½·Σ(μ² + σ² − 1 − ln σ²)/batch` `(1)`: the divergence of normal
/// distributions from the standard one (Kingma & Welling 2014, appendix B).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NormalDivergence;

/// `mean, log variance[, cotangent (1)] → d mean, d log variance`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NormalDivergenceGradient;

impl Operation for NormalDivergence {
    fn name(&self) -> &'static str {
        "normal_divergence"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        same_shape(inputs, 2)?;
        Ok(vec![vec![1]])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        5 * len(inputs[0]) as u64
    }
    fn is_loss(&self) -> bool {
        true
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let found = graph.apply_all(NormalDivergenceGradient.into(), &read_with(node, cotangent))?;
        let of = |at: usize| graph.needs_gradient(node.inputs[at]).then_some(found[at]);
        Ok(vec![of(0), of(1)])
    }
    fn run(&self, Operands { inputs: [mean, log, ..], shapes, outputs: [out, ..], .. }: Operands) {
        out[0] = loss::normal_divergence(shapes[0][0], mean, log);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let numbers = given.inputs[0].iter().zip(given.inputs[1]);
        let sum: f64 = numbers.map(|(mean, log)| mean * mean + log.exp() - 1.0 - log).sum();
        vec![vec![0.5 * sum / given.shapes[0][0] as f64]]
    }
}

impl Operation for NormalDivergenceGradient {
    fn name(&self) -> &'static str {
        "normal_divergence_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect((2..=3).contains(&inputs.len()), || "two inputs or three".to_owned(), inputs.len())?;
        Ok(vec![inputs[0].to_vec(), inputs[1].to_vec()])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        5 * len(inputs[0]) as u64
    }
    fn run(&self, Operands { inputs, shapes, outputs: [d_mean, d_log, ..], .. }: Operands) {
        let seed = cotangent(&inputs);
        loss::normal_divergence_gradient(shapes[0][0], inputs[0], inputs[1], seed, [d_mean, d_log]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::oracle::{Given, check_operation};

    #[test]
    fn values_and_gradients() {
        check_operation(NormalDivergence, &[Given::Learned(&[3, 4]), Given::Learned(&[3, 4])]);
    }
}
