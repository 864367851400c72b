//! Reverse-mode differentiation: the gradient as more operations of the same graph.

use super::{Graph, Role, TensorId};

/// A parameter and its gradient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterGradient {
    /// The learned tensor.
    pub parameter: TensorId,
    /// `∂loss/∂parameter`, of the same shape.
    pub gradient: TensorId,
}

impl Graph {
    /// Whether a gradient has to flow into a tensor: inputs and what is made of them alone need none.
    pub(super) fn needs_gradient(&self, id: TensorId) -> bool {
        match self.tensor(id).role {
            Role::Input => false,
            Role::Parameter(_) => true,
            Role::Value => self
                .nodes
                .iter()
                .find(|node| node.outputs.contains(&id))
                .is_some_and(|node| node.inputs.iter().any(|&input| self.needs_gradient(input))),
        }
    }

    /// Appends the backward pass of `loss`, which must be the output of a loss operation, and gives
    /// the gradient of each parameter that the loss depends on, in the order of the parameters.
    pub fn backward(&mut self, loss: TensorId) -> Vec<ParameterGradient> {
        let mut gradients: Vec<Option<TensorId>> = vec![None; self.tensors.len()];
        // The seed is never read: losses write their own gradient for a cotangent of one.
        gradients[loss.index()] = Some(loss);
        for index in (0..self.nodes.len()).rev() {
            let node = self.nodes[index].clone();
            let Some(dy) = gradients[node.outputs[0].index()] else { continue };
            if !self.needs_gradient(node.outputs[0]) {
                continue;
            }
            let flows = node.op.gradients(self, &node, dy);
            for (&input, flow) in node.inputs.iter().zip(flows) {
                let Some(flow) = flow else { continue };
                gradients[input.index()] = Some(match gradients[input.index()] {
                    Some(sum) => self.apply(super::Op::Add, &[sum, flow]),
                    None => flow,
                });
            }
        }
        let parameters = self.parameters().iter();
        parameters
            .filter_map(|&parameter| {
                gradients[parameter.index()].map(|gradient| ParameterGradient { parameter, gradient })
            })
            .collect()
    }
}
