//! Many matrix products of one shape.

use super::product::gradient_products;
use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation, len};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId};
use crate::kernels::matmul::{self, Finish, Operand, Shape};

/// `lhs (groups…, m, k), rhs (groups…, k, n) → (groups…, m, n)`, group by group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchMatMul {
    /// Take `lhsᵀ`: it is `(groups…, k, m)`.
    pub lhs_transposed: bool,
    /// Take `rhsᵀ`: it is `(groups…, n, k)`.
    pub rhs_transposed: bool,
}

impl BatchMatMul {
    /// Groups, and the shape of each product.
    fn shape(&self, lhs: &[usize], rhs: &[usize]) -> (usize, Shape) {
        let (groups, left) = lhs.split_at(lhs.len() - 2);
        let right = &rhs[rhs.len() - 2..];
        let (m, k) = if self.lhs_transposed { (left[1], left[0]) } else { (left[0], left[1]) };
        (len(groups), Shape { m, k, n: if self.rhs_transposed { right[0] } else { right[1] } })
    }
}

impl Operation for BatchMatMul {
    fn name(&self) -> &'static str {
        "batch_matmul"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 2, || "two inputs".to_owned(), inputs.len())?;
        let (lhs, rhs) = (inputs[0], inputs[1]);
        let split = lhs.len().saturating_sub(2);
        let fits = split > 0 && rhs.len() == lhs.len() && lhs[..split] == rhs[..split];
        expect(fits, || "groups of matrices, as many on both sides".to_owned(), inputs)?;
        let (_, Shape { m, k, n }) = self.shape(lhs, rhs);
        let depth = rhs[split + usize::from(self.rhs_transposed)];
        let wanted = || format!("as many columns on the left as rows on the right, {k}");
        expect(depth == k, wanted, depth)?;
        Ok(vec![[&lhs[..split], &[m, n]].concat()])
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        let (groups, shape) = self.shape(inputs[0], inputs[1]);
        shape.batch_workspace_len(groups)
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        let (groups, Shape { m, k, n }) = self.shape(inputs[0], inputs[1]);
        2 * groups as u64 * m as u64 * k as u64 * n as u64
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let transposed = [self.lhs_transposed, self.rhs_transposed];
        let products = gradient_products(transposed, [node.inputs[0], node.inputs[1]], dy);
        let gradients = node.inputs.iter().zip(products).map(|(&input, (transposed, operands))| {
            let product = Self { lhs_transposed: transposed[0], rhs_transposed: transposed[1] };
            graph.needs_gradient(input).then(|| graph.apply(product.into(), &operands)).transpose()
        });
        gradients.collect()
    }
    fn run(&self, Operands { inputs: [lhs, rhs, ..], shapes, outputs: [out, ..], workspace, .. }: Operands) {
        let (groups, shape) = self.shape(&shapes[0], &shapes[1]);
        let lhs = Operand { data: lhs, transposed: self.lhs_transposed };
        let rhs = Operand { data: rhs, transposed: self.rhs_transposed };
        matmul::batch_matmul(groups, shape, lhs, rhs, Finish::None, out, workspace);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let (_, Shape { m, k, n }) = self.shape(given.shapes[0], given.shapes[1]);
        let groups = given.inputs[0].chunks_exact(m * k).zip(given.inputs[1].chunks_exact(k * n));
        let product = |(lhs, rhs): (&[f64], &[f64])| -> Vec<f64> {
            let left = |i: usize, p: usize| lhs[if self.lhs_transposed { p * m + i } else { i * k + p }];
            let right = |p: usize, j: usize| rhs[if self.rhs_transposed { j * k + p } else { p * n + j }];
            (0..m * n).map(|at| (0..k).map(|p| left(at / n, p) * right(p, at % n)).sum()).collect()
        };
        vec![groups.flat_map(product).collect()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::oracle::{Given, check_operation};

    #[test]
    fn values_and_gradients() {
        for (lhs_transposed, lhs) in [(false, [2, 2, 3, 4]), (true, [2, 2, 4, 3])] {
            for (rhs_transposed, rhs) in [(false, [2, 2, 4, 5]), (true, [2, 2, 5, 4])] {
                let operands = [&lhs, &rhs].map(|shape| Given::Learned(shape));
                check_operation(BatchMatMul { lhs_transposed, rhs_transposed }, &operands);
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut graph = Graph::new();
        let mut refused = |lhs: &[usize], rhs: &[usize]| {
            let (lhs, rhs) = (graph.input("lhs", lhs), graph.input("rhs", rhs));
            let product = BatchMatMul { lhs_transposed: false, rhs_transposed: true };
            graph.apply(product.into(), &[lhs, rhs]).unwrap_err().to_string()
        };
        let groups = refused(&[2, 3, 4], &[3, 5, 4]);
        let wanted =
            "batch_matmul: expected groups of matrices, as many on both sides, got [[2, 3, 4], [3, 5, 4]]";
        assert_eq!(groups, wanted);
        let depth = refused(&[2, 3, 4], &[2, 5, 3]);
        let wanted = "batch_matmul: expected as many columns on the left as rows on the right, 4, got 3";
        assert_eq!(depth, wanted);
        assert!(refused(&[3, 4], &[5, 4]).contains("groups of matrices"));
    }
}
