//! Matrix products.

use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation, rows_and_columns};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, Op, TensorId, ops};
use crate::kernels::activation::Activation;
use crate::kernels::matmul::{self, Finish, Operand, Shape, Start};
use crate::kernels::spikes;

/// What is done to each result while it is at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fused {
    /// Nothing.
    Nothing,
    /// `f(out)`.
    Activate(Activation),
    /// `out·f'`, from one more input: what the activation saved.
    Gradient(Activation),
}

/// `lhs, rhs[, bias (n)][, saved] → lhs·rhs [+ bias]`; leading dimensions count as rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatMul {
    /// Take `lhsᵀ`.
    pub lhs_transposed: bool,
    /// Take `rhsᵀ`.
    pub rhs_transposed: bool,
    /// Whether a bias is added.
    pub bias: bool,
    /// What is done to the result at once; plans fuse, graphs need not.
    pub fused: Fused,
}

impl MatMul {
    /// `lhs·rhs + bias`.
    pub fn plain() -> Self {
        Self { bias: true, ..Self::of(false, false) }
    }

    /// A product without bias.
    pub fn of(lhs_transposed: bool, rhs_transposed: bool) -> Self {
        Self { lhs_transposed, rhs_transposed, bias: false, fused: Fused::Nothing }
    }

    fn shape(&self, lhs: &[usize], rhs: &[usize]) -> Shape {
        let (rows, columns) = rows_and_columns(lhs);
        let (m, k) = if self.lhs_transposed { (columns, rows) } else { (rows, columns) };
        let (rows, columns) = rows_and_columns(rhs);
        Shape { m, k, n: if self.rhs_transposed { rows } else { columns } }
    }
}

/// The gradients of both operands of a product as products: which operands are taken transposed, and
/// the operands.
pub(super) fn gradient_products(
    [lhs_transposed, rhs_transposed]: [bool; 2],
    [lhs, rhs]: [TensorId; 2],
    dy: TensorId,
) -> [([bool; 2], [TensorId; 2]); 2] {
    [
        if lhs_transposed {
            ([rhs_transposed, true], [rhs, dy])
        } else {
            ([false, !rhs_transposed], [dy, rhs])
        },
        if rhs_transposed {
            ([true, lhs_transposed], [dy, lhs])
        } else {
            ([!lhs_transposed, false], [lhs, dy])
        },
    ]
}

impl Operation for MatMul {
    fn name(&self) -> &'static str {
        match self.fused {
            Fused::Nothing => "matmul",
            Fused::Activate(_) => "matmul+activate",
            Fused::Gradient(_) => "matmul+gradient",
        }
    }

    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        let count = 2 + usize::from(self.bias) + usize::from(matches!(self.fused, Fused::Gradient(_)));
        expect(inputs.len() == count, || format!("{count} inputs"), inputs.len())?;
        expect(!inputs[0].is_empty() && !inputs[1].is_empty(), || "matrices".to_owned(), inputs)?;
        let Shape { m, k, n } = self.shape(inputs[0], inputs[1]);
        let (rows, columns) = rows_and_columns(inputs[1]);
        let depth = if self.rhs_transposed { columns } else { rows };
        let wanted = || format!("as many columns on the left as rows on the right, {k}");
        expect(depth == k, wanted, depth)?;
        if self.bias {
            expect(inputs[2] == [n], || format!("a bias of {n} numbers"), inputs[2])?;
        }
        let mut shape = if self.lhs_transposed { vec![m] } else { inputs[0][..inputs[0].len() - 1].to_vec() };
        shape.push(n);
        Ok(vec![shape])
    }

    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        self.shape(inputs[0], inputs[1]).workspace_len()
    }

    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        let Shape { m, k, n } = self.shape(inputs[0], inputs[1]);
        2 * m as u64 * k as u64 * n as u64
    }

    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let (lhs, rhs) = (node.inputs[0], node.inputs[1]);
        let products = gradient_products([self.lhs_transposed, self.rhs_transposed], [lhs, rhs], dy);
        let mut gradients = Vec::new();
        for (input, (transposed, operands)) in [lhs, rhs].into_iter().zip(products) {
            let of = Self::of(transposed[0], transposed[1]);
            let product = graph.needs_gradient(input).then(|| graph.apply(Op::MatMul(of), &operands));
            gradients.push(product.transpose()?);
        }
        if self.bias {
            let sum = graph.needs_gradient(node.inputs[2]).then(|| graph.apply(ops::SumRows.into(), &[dy]));
            gradients.push(sum.transpose()?);
        }
        Ok(gradients)
    }

    fn run(&self, Operands { inputs, shapes, outputs: [out, ..], workspace, spikes, .. }: Operands) {
        let shape = self.shape(&shapes[0], &shapes[1]);
        let [lhs, rhs, ..] = inputs;
        let start = if self.bias { Start::Row(inputs[2]) } else { Start::Zero };
        if spikes
            && !self.rhs_transposed
            && !(self.lhs_transposed && self.bias)
            && self.fused == Fused::Nothing
            && spikes::are_sparse(lhs)
        {
            if self.lhs_transposed {
                spikes::product_of_transposed(shape, lhs, rhs, out);
            } else {
                spikes::product(shape, lhs, rhs, start, out);
            }
            return;
        }
        let finish = match self.fused {
            Fused::Nothing => Finish::None,
            Fused::Activate(activation) => Finish::Activate(activation),
            Fused::Gradient(activation) => Finish::Gradient(activation, inputs[2 + usize::from(self.bias)]),
        };
        let lhs = Operand { data: lhs, transposed: self.lhs_transposed };
        let rhs = Operand { data: rhs, transposed: self.rhs_transposed };
        matmul::matmul(shape, lhs, rhs, start, finish, out, workspace);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let Shape { m, k, n } = self.shape(given.shapes[0], given.shapes[1]);
        let (lhs, rhs) = (given.inputs[0], given.inputs[1]);
        let left = |i: usize, p: usize| if self.lhs_transposed { lhs[p * m + i] } else { lhs[i * k + p] };
        let right = |p: usize, j: usize| if self.rhs_transposed { rhs[j * k + p] } else { rhs[p * n + j] };
        let product = |at: usize| -> f64 {
            let (i, j) = (at / n, at % n);
            let sum: f64 = (0..k).map(|p| left(i, p) * right(p, j)).sum();
            sum + if self.bias { given.inputs[2][j] } else { 0.0 }
        };
        vec![(0..m * n).map(product).collect()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::oracle::{Given, check_operation};

    #[test]
    fn values_and_gradients() {
        for (lhs_transposed, lhs) in [(false, [3, 4]), (true, [4, 3])] {
            for (rhs_transposed, rhs) in [(false, [4, 5]), (true, [5, 4])] {
                let operands = [&lhs, &rhs].map(|shape| Given::Learned(shape));
                check_operation(MatMul::of(lhs_transposed, rhs_transposed), &operands);
            }
        }
        check_operation(MatMul::plain(), &[&[2, 3, 4][..], &[4, 5], &[5]].map(Given::Learned));
    }
}
