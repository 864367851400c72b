//! Losses that are means over all numbers.

use super::loss::{cotangent, gradient, gradient_shape, loss_shape};
use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation, len};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId};
use crate::kernels::loss::Pointwise;

/// `y, target → mean of a loss of each number` `(1)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointwiseLoss(pub Pointwise);

/// `y, target[, cotangent (1)] → d y`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointwiseLossGradient(pub Pointwise);

impl Operation for PointwiseLoss {
    fn name(&self) -> &'static str {
        match self.0 {
            Pointwise::MeanSquare => "mean_square",
            Pointwise::Huber { .. } => "huber",
            Pointwise::BinaryCrossEntropy => "binary_cross_entropy",
        }
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        if let Pointwise::Huber { delta } = self.0 {
            expect(delta > 0.0, || "a delta above 0".to_owned(), delta)?;
        }
        loss_shape(inputs)
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
        gradient(graph, node, cotangent, PointwiseLossGradient(self.0).into())
    }
    fn run(&self, Operands { inputs: [y, target, ..], outputs: [out, ..], .. }: Operands) {
        out[0] = self.0.mean(y, target);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let one = |y: f64, t: f64| match self.0 {
            Pointwise::MeanSquare => (y - t).powi(2),
            Pointwise::Huber { delta } => {
                let (delta, distance) = (f64::from(delta), (y - t).abs());
                if distance <= delta { 0.5 * distance.powi(2) } else { delta * (distance - 0.5 * delta) }
            }
            Pointwise::BinaryCrossEntropy => y.exp().ln_1p() - t * y,
        };
        let losses = given.inputs[0].iter().zip(given.inputs[1]).map(|(&y, &t)| one(y, t));
        vec![vec![losses.sum::<f64>() / given.inputs[0].len() as f64]]
    }
}

impl Operation for PointwiseLossGradient {
    fn name(&self) -> &'static str {
        match self.0 {
            Pointwise::MeanSquare => "mean_square_gradient",
            Pointwise::Huber { .. } => "huber_gradient",
            Pointwise::BinaryCrossEntropy => "binary_cross_entropy_gradient",
        }
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        gradient_shape(inputs)
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        4 * len(inputs[0]) as u64
    }
    fn run(&self, Operands { inputs, outputs: [out, ..], .. }: Operands) {
        self.0.mean_gradient(inputs[0], inputs[1], cotangent(&inputs), out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::oracle::{Given, check_operation, numbers};

    #[test]
    fn values_and_gradients() {
        let target: Vec<f32> = numbers(12, 1).iter().map(|x| x.abs().min(1.0)).collect();
        for loss in [Pointwise::MeanSquare, Pointwise::Huber { delta: 0.7 }, Pointwise::BinaryCrossEntropy] {
            let target = Given::Fixed(&[3, 4], target.clone());
            check_operation(PointwiseLoss(loss), &[Given::Learned(&[3, 4]), target]);
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut graph = Graph::new();
        let (y, target) = (graph.input("y", &[3, 4]), graph.input("target", &[3]));
        let mut refused =
            |loss, target| graph.apply(PointwiseLoss(loss).into(), &[y, target]).unwrap_err().to_string();
        let shape = refused(Pointwise::MeanSquare, target);
        assert_eq!(shape, "mean_square: expected targets [3, 4], got [3]");
        let delta = refused(Pointwise::Huber { delta: 0.0 }, y);
        assert_eq!(delta, "huber: expected a delta above 0, got 0.0");
    }
}
