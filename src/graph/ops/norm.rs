//! Normalisation: over each row, or over each column of a batch.

use super::elementwise::expect_row;
use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation, len, rows_and_columns};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId};
use crate::kernels::norm::{self, Affine, Statistics};

/// `x (…, n), gamma (n), beta (n) → y, mean (rows), 1/deviation (rows)`, over each row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerNorm {
    /// Added to the variance.
    pub epsilon: f32,
}

/// `gamma, mean, 1/deviation, x, dy → dx`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerNormGradient;

/// `mean, 1/deviation, x, dy → d gamma, d beta`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerNormAffineGradient;

/// `x (…, n), gamma (n), beta (n) → y, mean (n), variance (n)`, over all rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BatchNorm {
    /// Added to the variance.
    pub epsilon: f32,
}

/// `x, dy, mean, variance, gamma → dx, d gamma, d beta`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BatchNormGradient(pub BatchNorm);

/// `x (…, n), gamma, beta, mean, variance (n) → y`: with statistics that are given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normalise {
    /// Added to the variance.
    pub epsilon: f32,
}

/// `x, dy, mean, variance, gamma → dx, d gamma, d beta, d mean, d variance`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NormaliseGradient(pub Normalise);

fn expect_rows(epsilon: f32, inputs: &[&[usize]], rows: usize) -> Result<(), Misfit> {
    expect(inputs.len() == 1 + rows, || format!("{} inputs", 1 + rows), inputs.len())?;
    expect(!inputs[0].is_empty(), || "rows of numbers".to_owned(), inputs[0])?;
    expect(epsilon >= 0.0, || "an epsilon of at least 0".to_owned(), epsilon)?;
    inputs[1..].iter().try_for_each(|row| expect_row(inputs[0], row))
}

/// Mean and biased variance of some numbers.
#[cfg(test)]
fn statistics(numbers: &[f64]) -> (f64, f64) {
    let count = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / count;
    (mean, numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count)
}

impl Operation for LayerNorm {
    fn name(&self) -> &'static str {
        "layer_norm"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect_rows(self.epsilon, inputs, 2)?;
        let rows = rows_and_columns(inputs[0]).0;
        Ok(vec![inputs[0].to_vec(), vec![rows], vec![rows]])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        8 * len(inputs[0]) as u64
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let (x, gamma, beta) = (node.inputs[0], node.inputs[1], node.inputs[2]);
        let (mean, inverse) = (node.outputs[1], node.outputs[2]);
        let mut gradients = vec![None; 3];
        if graph.needs_gradient(x) {
            gradients[0] = Some(graph.apply(LayerNormGradient.into(), &[gamma, mean, inverse, x, dy])?);
        }
        if graph.needs_gradient(gamma) || graph.needs_gradient(beta) {
            let found = graph.apply_all(LayerNormAffineGradient.into(), &[mean, inverse, x, dy])?;
            gradients[1] = graph.needs_gradient(gamma).then_some(found[0]);
            gradients[2] = graph.needs_gradient(beta).then_some(found[1]);
        }
        Ok(gradients)
    }
    fn run(&self, Operands { inputs, outputs: [y, mean, inverse, ..], .. }: Operands) {
        let affine = Affine { gamma: inputs[1], beta: inputs[2] };
        norm::layer_norm(self.epsilon, inputs[0], affine, y, [mean, inverse]);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let n = rows_and_columns(given.shapes[0]).1;
        let (gamma, beta) = (given.inputs[1], given.inputs[2]);
        let mut outputs = vec![Vec::new(); 3];
        for row in given.inputs[0].chunks_exact(n) {
            let (mean, variance) = statistics(row);
            let inverse = 1.0 / (variance + f64::from(self.epsilon)).sqrt();
            outputs[0].extend((0..n).map(|at| gamma[at] * (row[at] - mean) * inverse + beta[at]));
            outputs[1].push(mean);
            outputs[2].push(inverse);
        }
        outputs
    }
}

impl Operation for LayerNormGradient {
    fn name(&self) -> &'static str {
        "layer_norm_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 5, || "five inputs".to_owned(), inputs.len())?;
        Ok(vec![inputs[3].to_vec()])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        12 * len(inputs[3]) as u64
    }
    fn run(&self, Operands { inputs, outputs: [dx, ..], .. }: Operands) {
        let [gamma, mean, inverse, x, dy, ..] = inputs;
        norm::layer_norm_gradient(gamma, [mean, inverse], [x, dy], dx);
    }
}

impl Operation for LayerNormAffineGradient {
    fn name(&self) -> &'static str {
        "layer_norm_affine_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 4, || "four inputs".to_owned(), inputs.len())?;
        let row = vec![rows_and_columns(inputs[2]).1];
        Ok(vec![row.clone(), row])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        5 * len(inputs[2]) as u64
    }
    fn run(&self, Operands { inputs, outputs: [d_gamma, d_beta, ..], .. }: Operands) {
        let [mean, inverse, x, dy, ..] = inputs;
        norm::layer_norm_affine_gradient([mean, inverse], [x, dy], [d_gamma, d_beta]);
    }
}

impl Operation for BatchNorm {
    fn name(&self) -> &'static str {
        "batch_norm"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect_rows(self.epsilon, inputs, 2)?;
        let row = inputs[1].to_vec();
        Ok(vec![inputs[0].to_vec(), row.clone(), row])
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        len(inputs[1])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        8 * len(inputs[0]) as u64
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let inputs = [node.inputs[0], dy, node.outputs[1], node.outputs[2], node.inputs[1]];
        let found = graph.apply_all(BatchNormGradient(*self).into(), &inputs)?;
        let needed = node.inputs.iter().zip(found);
        Ok(needed.map(|(&input, gradient)| graph.needs_gradient(input).then_some(gradient)).collect())
    }
    fn run(&self, Operands { inputs, outputs: [y, mean, variance, ..], workspace, .. }: Operands) {
        let [x, gamma, beta, ..] = inputs;
        norm::column_statistics(x, mean, variance);
        let statistics = Statistics { epsilon: self.epsilon, mean, variance };
        norm::batch_norm(x, statistics, Affine { gamma, beta }, y, workspace);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let [x, gamma, beta] = [0, 1, 2].map(|at| given.inputs[at]);
        let n = gamma.len();
        let columns = (0..n).map(|at| x.iter().skip(at).step_by(n).copied().collect::<Vec<f64>>());
        let (mean, variance): (Vec<f64>, Vec<f64>) = columns.map(|column| statistics(&column)).unzip();
        let y = |at: usize| {
            let unit = at % n;
            let deviation = (variance[unit] + f64::from(self.epsilon)).sqrt();
            gamma[unit] * (x[at] - mean[unit]) / deviation + beta[unit]
        };
        vec![(0..x.len()).map(y).collect(), mean, variance]
    }
}

impl Operation for BatchNormGradient {
    fn name(&self) -> &'static str {
        "batch_norm_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 5, || "five inputs".to_owned(), inputs.len())?;
        Ok(vec![inputs[0].to_vec(), inputs[4].to_vec(), inputs[4].to_vec()])
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        3 * len(inputs[4])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        10 * len(inputs[0]) as u64
    }
    fn run(&self, Operands { inputs, outputs: [dx, d_gamma, d_beta, ..], workspace, .. }: Operands) {
        let [x, dy, mean, variance, gamma, ..] = inputs;
        let statistics = Statistics { epsilon: self.0.epsilon, mean, variance };
        norm::batch_norm_gradient([x, dy], statistics, gamma, [dx, d_gamma, d_beta], workspace);
    }
}

impl Operation for Normalise {
    fn name(&self) -> &'static str {
        "normalise"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect_rows(self.epsilon, inputs, 4)?;
        Ok(vec![inputs[0].to_vec()])
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        len(inputs[1])
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
        let [x, gamma, mean, variance] = [0, 1, 3, 4].map(|at| node.inputs[at]);
        let found = graph.apply_all(NormaliseGradient(*self).into(), &[x, dy, mean, variance, gamma])?;
        let needed = node.inputs.iter().zip(found);
        Ok(needed.map(|(&input, gradient)| graph.needs_gradient(input).then_some(gradient)).collect())
    }
    fn run(&self, Operands { inputs, outputs: [y, ..], workspace, .. }: Operands) {
        let [x, gamma, beta, mean, variance, ..] = inputs;
        let statistics = Statistics { epsilon: self.epsilon, mean, variance };
        norm::batch_norm(x, statistics, Affine { gamma, beta }, y, workspace);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let [x, gamma, beta, mean, variance] = [0, 1, 2, 3, 4].map(|at| given.inputs[at]);
        let y = |at: usize| {
            let unit = at % gamma.len();
            let deviation = (variance[unit] + f64::from(self.epsilon)).sqrt();
            gamma[unit] * (x[at] - mean[unit]) / deviation + beta[unit]
        };
        vec![(0..x.len()).map(y).collect()]
    }
}

impl Operation for NormaliseGradient {
    fn name(&self) -> &'static str {
        "normalise_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 5, || "five inputs".to_owned(), inputs.len())?;
        let row = inputs[4].to_vec();
        Ok(vec![inputs[0].to_vec(), row.clone(), row.clone(), row.clone(), row])
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        len(inputs[4])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        6 * len(inputs[0]) as u64
    }
    fn run(&self, Operands { inputs, outputs, workspace, .. }: Operands) {
        let [x, dy, mean, variance, gamma, ..] = inputs;
        let statistics = Statistics { epsilon: self.0.epsilon, mean, variance };
        norm::normalise_gradient([x, dy], statistics, gamma, outputs, workspace);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Op;
    use crate::graph::ops::{HalfMeanSquare, Square};
    use crate::graph::oracle::{Given, check, check_operation, numbers};

    #[test]
    fn values_and_gradients() {
        let operands = [&[2, 3, 5][..], &[5], &[5]].map(Given::Learned);
        check_operation(LayerNorm { epsilon: 1e-3 }, &operands);
        check_operation(BatchNorm { epsilon: 1e-3 }, &operands);
        // A variance is a square: parameters of the oracle have either sign.
        check("given statistics", |graph| {
            let target = graph.input("target", &[2, 3, 5]);
            let [x, gamma, beta, mean, root] =
                [&[2, 3, 5][..], &[5], &[5], &[5], &[5]].map(|shape| graph.parameter("given", shape));
            let variance = graph.apply(Square.into(), &[root]).expect("fits");
            let inputs = [x, gamma, beta, mean, variance];
            let y = graph.apply(Normalise { epsilon: 0.1 }.into(), &inputs).expect("fits");
            let loss = graph.apply(HalfMeanSquare.into(), &[y, target]).expect("fits");
            (vec![(target, numbers(30, 1))], loss)
        });
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut graph = Graph::new();
        let (x, row) = (graph.input("x", &[2, 3]), graph.input("row", &[2]));
        for (op, name) in
            [(Op::from(LayerNorm { epsilon: 1e-5 }), "layer"), (BatchNorm { epsilon: 1e-5 }.into(), "batch")]
        {
            let error = graph.apply(op, &[x, row, row]).unwrap_err().to_string();
            assert_eq!(error, format!("{name}_norm: expected a row of 3 numbers, got [2]"));
        }
    }
}
