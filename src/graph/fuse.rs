//! Products take over what is done to their result: an activation, or the multiplication by an
//! activation's slope. The bits are those of the separate operations; a tensor, and a way through
//! memory, are saved.

use super::ops::{Activate, ActivateGradient, Fused, MatMul};
use super::{Graph, Node, Op, TensorId};

/// The nodes of `graph` with products fused, where nobody else reads what lies between. Tensors in
/// `keep` stay.
pub fn fuse(graph: &Graph, keep: &[TensorId]) -> Vec<Node> {
    let mut readers = vec![0u32; graph.tensors().len()];
    for id in graph.nodes().iter().flat_map(|node| &node.inputs).chain(keep) {
        readers[id.index()] += 1;
    }
    let mut producer: Vec<Option<usize>> = vec![None; graph.tensors().len()];
    let mut nodes: Vec<Option<Node>> = Vec::with_capacity(graph.nodes().len());
    for node in graph.nodes() {
        let (between, fused) = match &node.op {
            Op::Activate(Activate(activation)) => (node.inputs[0], Fused::Activate(*activation)),
            Op::ActivateGradient(ActivateGradient(activation)) => {
                (node.inputs[1], Fused::Gradient(*activation))
            }
            _ => {
                producer[node.outputs[0].index()] = Some(nodes.len());
                nodes.push(Some(node.clone()));
                continue;
            }
        };
        let product = producer[between.index()].filter(|_| readers[between.index()] == 1);
        let taken = product.and_then(|at| {
            let Some(Node { op: Op::MatMul(product), inputs, .. }) = &nodes[at] else { return None };
            let takes = product.fused == Fused::Nothing && !graph.holds_spikes(inputs[0]);
            takes.then(|| (at, *product, inputs.clone()))
        });
        let Some((at, product, mut inputs)) = taken else {
            producer[node.outputs[0].index()] = Some(nodes.len());
            nodes.push(Some(node.clone()));
            continue;
        };
        if let Fused::Gradient(_) = fused {
            inputs.push(node.inputs[0]);
        }
        let op = Op::MatMul(MatMul { fused, ..product });
        // What the activation saved is there before the product runs: it is of the forward pass.
        let ready = inputs.last().and_then(|saved| producer[saved.index()]).is_none_or(|made| made < at);
        let outputs = node.outputs.clone();
        if ready {
            producer[outputs[0].index()] = Some(at);
            nodes[at] = Some(Node { op, inputs, outputs });
        } else {
            nodes[at] = None;
            producer[outputs[0].index()] = Some(nodes.len());
            nodes.push(Some(Node { op, inputs, outputs }));
        }
    }
    nodes.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::activation::Activation;

    #[test]
    fn a_chain_is_fused_and_a_branch_is_not() {
        let mut graph = Graph::new();
        let (x, target) = (graph.input("x", &[3, 4]), graph.input("target", &[3, 2]));
        let (w, b) = (graph.parameter("w", &[4, 5]), graph.parameter("b", &[5]));
        let (w2, b2) = (graph.parameter("w2", &[5, 2]), graph.parameter("b2", &[2]));
        let z = graph.linear(x, w, b).expect("fits");
        let h = graph.activate(Activation::Relu, z).expect("fits");
        let y = graph.linear(h, w2, b2).expect("fits");
        let loss =
            graph.apply(Op::HalfMeanSquare(crate::graph::ops::HalfMeanSquare), &[y, target]).expect("fits");
        graph.backward(loss).expect("has gradients");
        let names = |keep: &[TensorId]| -> Vec<&str> {
            fuse(&graph, keep).iter().map(|node| node.op.operation().name()).collect()
        };
        let fused = names(&[]);
        assert_eq!(fused.iter().filter(|name| **name == "matmul+activate").count(), 1);
        assert_eq!(fused.iter().filter(|name| **name == "matmul+gradient").count(), 1);
        assert!(!fused.iter().any(|name| name.starts_with("activate")));
        assert!(names(&[z]).contains(&"activate"), "a kept pre-activation stays");
    }
}
