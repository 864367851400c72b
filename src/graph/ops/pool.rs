//! Images made smaller: of each window one number a channel.

use super::conv::{images, positions};
use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation, len};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId};
use crate::kernels::pool::{self, Pool2d as Sizes, Pooling};
#[cfg(test)]
use crate::kernels::reference;
use crate::kernels::window::Window;

/// `x (batch, rows, columns, channels) → (batch, rows', columns', channels)`: the largest number or the
/// mean of what a window covers; the padding counts as nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool2d {
    /// What a window makes of its numbers.
    pub pooling: Pooling,
    /// The window; its padding is less than its size.
    pub window: Window,
}

/// `x, y, dy → dx`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool2dGradient {
    /// What it is the gradient of.
    pub of: Pool2d,
}

impl Pool2d {
    /// All sizes, for images that fit.
    fn sizes(self, x: &[usize]) -> Sizes {
        let (batch, input, channels) = images(x).expect("checked when the node was added");
        Sizes { batch, input, channels, window: self.window.within(input) }
    }

    fn output_shape(self, x: &[usize]) -> Result<Vec<usize>, Misfit> {
        let (batch, input, channels) = images(x)?;
        let [rows, columns] = positions(self.window, input)?;
        let Window { size, padding, .. } = self.window;
        let wanted = || format!("a border less than the window of {size:?}");
        expect(padding[0] < size[0] && padding[1] < size[1], wanted, padding)?;
        Ok(vec![batch, rows, columns, channels])
    }
}

impl Operation for Pool2d {
    fn name(&self) -> &'static str {
        match self.pooling {
            Pooling::Max => "max_pool2d",
            Pooling::Average => "average_pool2d",
        }
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 1, || "one input".to_owned(), inputs.len())?;
        Ok(vec![self.output_shape(inputs[0])?])
    }
    fn gives_spikes(&self, inputs: &[bool]) -> bool {
        self.pooling == Pooling::Max && inputs[0]
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let gradient = Pool2dGradient { of: *self };
        Ok(vec![Some(graph.apply(gradient.into(), &[node.inputs[0], node.outputs[0], dy])?)])
    }
    fn run(&self, Operands { inputs: [x, ..], shapes, outputs: [out, ..], .. }: Operands) {
        pool::pool2d(self.sizes(&shapes[0]), self.pooling, x, out);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let sizes = self.sizes(given.shapes[0]);
        let mut out = vec![0.0; sizes.output_len()];
        reference::pool::pool2d(sizes, self.pooling, given.inputs[0], &mut out);
        vec![out]
    }
}

impl Operation for Pool2dGradient {
    fn name(&self) -> &'static str {
        match self.of.pooling {
            Pooling::Max => "max_pool2d_gradient",
            Pooling::Average => "average_pool2d_gradient",
        }
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 3, || "three inputs".to_owned(), inputs.len())?;
        let wanted = self.of.output_shape(inputs[0])?;
        expect(inputs[1] == wanted, || format!("a result {wanted:?}"), inputs[1])?;
        expect(inputs[2] == wanted, || format!("a gradient {wanted:?}"), inputs[2])?;
        Ok(vec![inputs[0].to_vec()])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        len(inputs[0]) as u64
    }
    fn run(&self, Operands { inputs: [x, y, dy, ..], shapes, outputs: [out, ..], .. }: Operands) {
        pool::pool2d_gradient(self.of.sizes(&shapes[0]), self.of.pooling, x, y, dy, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::oracle::{Given, check_operation};

    fn pool(pooling: Pooling, size: [usize; 2], stride: [usize; 2], padding: [usize; 2]) -> Pool2d {
        Pool2d { pooling, window: Window { size, stride, padding } }
    }

    #[test]
    fn values_and_gradients() {
        for pooling in [Pooling::Max, Pooling::Average] {
            check_operation(pool(pooling, [2, 2], [2, 2], [0, 0]), &[Given::Learned(&[2, 4, 5, 5])]);
            check_operation(pool(pooling, [3, 2], [1, 2], [1, 1]), &[Given::Learned(&[2, 4, 5, 2])]);
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let refused = |pool: Pool2d, x: &[usize]| {
            let mut graph = Graph::new();
            let x = graph.input("x", x);
            graph.apply(pool.into(), &[x]).unwrap_err().to_string()
        };
        let error = refused(pool(Pooling::Max, [2, 2], [2, 2], [2, 0]), &[1, 4, 4, 1]);
        assert_eq!(error, "max_pool2d: expected a border less than the window of [2, 2], got [2, 0]");
        let error = refused(pool(Pooling::Average, [3, 3], [1, 1], [0, 0]), &[1, 2, 4, 1]);
        assert!(
            error.starts_with("average_pool2d: expected images in which a window of [3, 3] fits"),
            "{error}"
        );
    }
}
