//! Losses. Each writes one number, and its gradient takes the cotangent of that number where it is
//! not one: a share of a sum of losses.

use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation, len};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, Op, TensorId};
use crate::kernels::loss;

/// `y, target → ½·mean((y − target)²)` `(1)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HalfMeanSquare;

/// `y, target[, cotangent (1)] → (y − target)/len`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HalfMeanSquareGradient;

/// `logits (batch, classes), class (batch) → mean of −ln softmax` `(1)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrossEntropy;

/// `logits, class[, cotangent (1)] → (softmax − one-hot)/batch`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrossEntropyGradient;

/// [`CrossEntropy`] against targets of which a part is shared among all classes (Szegedy et al. 2016,
/// section 7).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SmoothedCrossEntropy {
    /// The part, in [0, 1).
    pub smoothing: f32,
}

/// `logits, class[, cotangent (1)] → (softmax − target)/batch`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SmoothedCrossEntropyGradient(pub SmoothedCrossEntropy);

/// Appends the gradient of a loss to its first input; the target gets none.
pub(super) fn gradient(
    graph: &mut Graph,
    node: &Node,
    cotangent: Cotangent,
    op: Op,
) -> Result<Vec<Option<TensorId>>, GraphError> {
    Ok(vec![Some(graph.apply(op, &read_with(node, cotangent))?), None])
}

/// What the gradient of a loss reads: what the loss does, and its cotangent where that is not one.
pub(super) fn read_with(node: &Node, cotangent: Cotangent) -> Vec<TensorId> {
    let given = match cotangent {
        Cotangent::One => None,
        Cotangent::Tensor(tensor) => Some(tensor),
    };
    node.inputs.iter().copied().chain(given).collect()
}

/// One number, if there is a target for each output.
pub(super) fn loss_shape(inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
    expect(inputs.len() == 2, || "two inputs".to_owned(), inputs.len())?;
    expect(inputs[0] == inputs[1], || format!("targets {:?}", inputs[0]), inputs[1])?;
    Ok(vec![vec![1]])
}

/// As the first input, with one more where there is a cotangent.
pub(super) fn gradient_shape(inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
    expect((2..=3).contains(&inputs.len()), || "two inputs or three".to_owned(), inputs.len())?;
    Ok(vec![inputs[0].to_vec()])
}

/// The cotangent of a loss.
pub(super) fn cotangent(inputs: &[&[f32]]) -> f32 {
    inputs[2].first().copied().unwrap_or(1.0)
}

impl Operation for HalfMeanSquare {
    fn name(&self) -> &'static str {
        "half_mean_square"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        loss_shape(inputs)
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        len(inputs[0])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        3 * len(inputs[0]) as u64
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
        gradient(graph, node, cotangent, Op::HalfMeanSquareGradient(HalfMeanSquareGradient))
    }
    fn run(&self, Operands { inputs: [y, target, ..], outputs: [out, ..], workspace, .. }: Operands) {
        out[0] = loss::half_mean_square(y, target, workspace);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let squares = given.inputs[0].iter().zip(given.inputs[1]).map(|(y, t)| (y - t).powi(2));
        vec![vec![0.5 * squares.sum::<f64>() / given.inputs[0].len() as f64]]
    }
}

impl Operation for HalfMeanSquareGradient {
    fn name(&self) -> &'static str {
        "half_mean_square_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        gradient_shape(inputs)
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        2 * len(inputs[0]) as u64
    }
    fn run(&self, Operands { inputs, outputs: [out, ..], .. }: Operands) {
        loss::half_mean_square_gradient(inputs[0], inputs[1], cotangent(&inputs), out);
    }
}

impl Operation for CrossEntropy {
    fn name(&self) -> &'static str {
        "cross_entropy"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 2, || "two inputs".to_owned(), inputs.len())?;
        expect(inputs[0].len() == 2, || "logits (batch, classes)".to_owned(), inputs[0])?;
        expect(inputs[1] == [inputs[0][0]], || format!("{} classes of examples", inputs[0][0]), inputs[1])?;
        Ok(vec![vec![1]])
    }
    fn names(&self, inputs: &[&[usize]]) -> Option<(usize, usize)> {
        Some((1, inputs[0][1]))
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        len(inputs[1])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        4 * len(inputs[0]) as u64
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
        gradient(graph, node, cotangent, Op::CrossEntropyGradient(CrossEntropyGradient))
    }
    fn run(&self, Operands { inputs: [logits, class, ..], outputs: [out, ..], workspace, .. }: Operands) {
        out[0] = loss::cross_entropy(logits, class, workspace);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let classes = given.shapes[0][1];
        let rows = given.inputs[0].chunks_exact(classes).zip(given.inputs[1]);
        let loss = rows.map(|(logits, &class)| {
            let total: f64 = logits.iter().map(|logit| logit.exp()).sum();
            total.ln() - logits[class as usize]
        });
        vec![vec![loss.sum::<f64>() / given.inputs[1].len() as f64]]
    }
}

impl Operation for CrossEntropyGradient {
    fn name(&self) -> &'static str {
        "cross_entropy_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        gradient_shape(inputs)
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        5 * len(inputs[0]) as u64
    }
    fn run(&self, Operands { inputs, outputs: [out, ..], .. }: Operands) {
        loss::cross_entropy_gradient(inputs[0], inputs[1], cotangent(&inputs), out);
    }
}

impl Operation for SmoothedCrossEntropy {
    fn name(&self) -> &'static str {
        "smoothed_cross_entropy"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        let smoothing = self.smoothing;
        expect((0.0..1.0).contains(&smoothing), || "a smoothing in [0, 1)".to_owned(), smoothing)?;
        CrossEntropy.output_shapes(inputs)
    }
    fn names(&self, inputs: &[&[usize]]) -> Option<(usize, usize)> {
        Some((1, inputs[0][1]))
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        len(inputs[1])
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
        gradient(graph, node, cotangent, SmoothedCrossEntropyGradient(*self).into())
    }
    fn run(&self, Operands { inputs: [logits, class, ..], outputs: [out, ..], workspace, .. }: Operands) {
        out[0] = loss::smoothed_cross_entropy(logits, class, self.smoothing, workspace);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let (classes, smoothing) = (given.shapes[0][1], f64::from(self.smoothing));
        let rows = given.inputs[0].chunks_exact(classes).zip(given.inputs[1]);
        let loss = rows.map(|(logits, &class)| {
            let total = logits.iter().map(|logit| logit.exp()).sum::<f64>().ln();
            let mean = logits.iter().sum::<f64>() / classes as f64;
            total - (1.0 - smoothing) * logits[class as usize] - smoothing * mean
        });
        vec![vec![loss.sum::<f64>() / given.inputs[1].len() as f64]]
    }
}

impl Operation for SmoothedCrossEntropyGradient {
    fn name(&self) -> &'static str {
        "smoothed_cross_entropy_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        gradient_shape(inputs)
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        6 * len(inputs[0]) as u64
    }
    fn run(&self, Operands { inputs, outputs: [out, ..], .. }: Operands) {
        let seed = cotangent(&inputs);
        loss::smoothed_cross_entropy_gradient(inputs[0], inputs[1], self.0.smoothing, seed, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::oracle::{Given, check_operation, numbers};

    #[test]
    fn values_and_gradients() {
        check_operation(HalfMeanSquare, &[Given::Learned(&[3, 4]), Given::Fixed(&[3, 4], numbers(12, 1))]);
        let class = Given::Fixed(&[3], vec![0.0, 3.0, 1.0]);
        check_operation(CrossEntropy, &[Given::Learned(&[3, 4]), class.clone()]);
        check_operation(SmoothedCrossEntropy { smoothing: 0.1 }, &[Given::Learned(&[3, 4]), class]);
    }

    #[test]
    fn a_smoothing_of_all_is_refused() {
        let mut graph = Graph::new();
        let (logits, class) = (graph.input("logits", &[3, 4]), graph.input("class", &[3]));
        let loss = SmoothedCrossEntropy { smoothing: 1.0 };
        let error = graph.apply(loss.into(), &[logits, class]).unwrap_err().to_string();
        assert_eq!(error, "smoothed_cross_entropy: expected a smoothing in [0, 1), got 1.0");
    }
}
