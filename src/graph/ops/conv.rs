//! Convolution of images with learned kernels: [`crate::kernels::conv`] says how it is defined.

use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId, ops};
use crate::kernels::conv::{self, Conv2d as Sizes};
#[cfg(test)]
use crate::kernels::reference;
use crate::kernels::window::Window;

/// `x (batch, rows, columns, channels), weights (kernel rows, kernel columns, channels / groups, maps)
/// [, bias (maps)] → (batch, rows', columns', maps)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conv2d {
    /// Size, stride and padding of a kernel.
    pub window: Window,
    /// Parts that channels and maps fall into; a map sees the channels of its part alone.
    pub groups: usize,
}

/// `x, dy → d weights`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conv2dWeightGradient {
    /// What it is the gradient of.
    pub of: Conv2d,
}

/// `dy, weights → dx`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conv2dInputGradient {
    /// What it is the gradient of.
    pub of: Conv2d,
    /// Shape of `x`.
    pub shape: Vec<usize>,
}

/// `(batch, rows and columns, channels)` of images.
pub(super) fn images(shape: &[usize]) -> Result<(usize, [usize; 2], usize), Misfit> {
    match *shape {
        [batch, rows, columns, channels] => Ok((batch, [rows, columns], channels)),
        _ => Err(Misfit {
            expected: "images (batch, rows, columns, channels)".to_owned(),
            got: format!("{shape:?}"),
        }),
    }
}

/// Positions of a window on images.
pub(super) fn positions(window: Window, input: [usize; 2]) -> Result<[usize; 2], Misfit> {
    let Window { size, stride, padding } = window;
    let sides = [size, stride].concat();
    expect(!sides.contains(&0), || "a window with a size and a stride of at least 1".to_owned(), window)?;
    let wanted = || format!("images in which a window of {size:?} fits, with a border of {padding:?}");
    expect(window.output_size(input).is_some(), wanted, input)?;
    Ok(window.output_size(input).unwrap_or_default())
}

impl Conv2d {
    /// All sizes, for images and maps that fit.
    fn sizes(self, x: &[usize], maps: usize) -> Sizes {
        let (batch, input, in_channels) = images(x).expect("checked when the node was added");
        let Self { window, groups } = self;
        let window = window.within(input);
        Sizes { batch, input, in_channels, out_channels: maps, groups, window }
    }

    fn output_shape(self, x: &[usize], weights: &[usize]) -> Result<Vec<usize>, Misfit> {
        let (batch, input, channels) = images(x)?;
        let [rows, columns] = positions(self.window, input)?;
        let groups = self.groups;
        let wanted = || format!("channels in {groups} equal groups");
        expect(groups > 0 && channels.is_multiple_of(groups), wanted, x)?;
        let [kernel_rows, kernel_columns] = self.window.size;
        let wanted = || format!("weights ({kernel_rows}, {kernel_columns}, {}, maps)", channels / groups);
        let kernel = [kernel_rows, kernel_columns, channels / groups];
        expect(weights.len() == 4 && weights[..3] == kernel, wanted, weights)?;
        let maps = weights[3];
        expect(maps.is_multiple_of(groups), || format!("maps in {groups} equal groups"), maps)?;
        Ok(vec![batch, rows, columns, maps])
    }
}

impl Operation for Conv2d {
    fn name(&self) -> &'static str {
        "conv2d"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(matches!(inputs.len(), 2 | 3), || "two or three inputs".to_owned(), inputs.len())?;
        let shape = self.output_shape(inputs[0], inputs[1])?;
        let maps = shape[3];
        if let Some(bias) = inputs.get(2) {
            expect(*bias == [maps], || format!("a bias of {maps} numbers"), bias)?;
        }
        Ok(vec![shape])
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        self.sizes(inputs[0], inputs[1][3]).workspace_len()
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        self.sizes(inputs[0], inputs[1][3]).operations() as u64
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let (x, weights) = (node.inputs[0], node.inputs[1]);
        let shape = graph.shape(x).to_vec();
        let dx = graph
            .needs_gradient(x)
            .then(|| graph.apply(Conv2dInputGradient { of: *self, shape }.into(), &[dy, weights]));
        let d_weights = graph
            .needs_gradient(weights)
            .then(|| graph.apply(Conv2dWeightGradient { of: *self }.into(), &[x, dy]));
        let mut gradients = vec![dx.transpose()?, d_weights.transpose()?];
        if let Some(&bias) = node.inputs.get(2) {
            let sum = graph.needs_gradient(bias).then(|| graph.apply(ops::SumRows.into(), &[dy]));
            gradients.push(sum.transpose()?);
        }
        Ok(gradients)
    }
    fn run(&self, Operands { inputs, shapes, outputs: [out, ..], workspace, .. }: Operands) {
        let [x, weights, bias, ..] = inputs;
        let bias = (shapes.len() == 3).then_some(bias);
        conv::conv2d(self.sizes(&shapes[0], shapes[1][3]), x, weights, bias, out, workspace);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let sizes = self.sizes(given.shapes[0], given.shapes[1][3]);
        let mut out = vec![0.0; sizes.output_len()];
        let bias = given.inputs.get(2).copied();
        reference::conv::conv2d(sizes, given.inputs[0], given.inputs[1], bias, &mut out);
        vec![out]
    }
}

impl Operation for Conv2dWeightGradient {
    fn name(&self) -> &'static str {
        "conv2d_weight_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 2, || "two inputs".to_owned(), inputs.len())?;
        let (_, _, channels) = images(inputs[0])?;
        let (_, _, maps) = images(inputs[1])?;
        let [rows, columns] = self.of.window.size;
        let weights = vec![rows, columns, channels / self.of.groups, maps];
        let wanted = self.of.output_shape(inputs[0], &weights)?;
        expect(inputs[1] == wanted, || format!("a gradient {wanted:?}"), inputs[1])?;
        Ok(vec![weights])
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        self.of.sizes(inputs[0], inputs[1][3]).weight_gradient_workspace_len()
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        self.of.sizes(inputs[0], inputs[1][3]).operations() as u64
    }
    fn run(&self, Operands { inputs: [x, dy, ..], shapes, outputs: [out, ..], workspace, .. }: Operands) {
        conv::conv2d_weight_gradient(self.of.sizes(&shapes[0], shapes[1][3]), x, dy, out, workspace);
    }
}

impl Operation for Conv2dInputGradient {
    fn name(&self) -> &'static str {
        "conv2d_input_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 2, || "two inputs".to_owned(), inputs.len())?;
        let wanted = self.of.output_shape(&self.shape, inputs[1])?;
        expect(inputs[0] == wanted, || format!("a gradient {wanted:?}"), inputs[0])?;
        Ok(vec![self.shape.clone()])
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        self.of.sizes(&self.shape, inputs[1][3]).input_gradient_workspace_len()
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        self.of.sizes(&self.shape, inputs[1][3]).operations() as u64
    }
    fn run(
        &self,
        Operands { inputs: [dy, weights, ..], shapes, outputs: [out, ..], workspace, .. }: Operands,
    ) {
        conv::conv2d_input_gradient(self.of.sizes(&self.shape, shapes[1][3]), dy, weights, out, workspace);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::oracle::{Given, check_operation};

    fn conv(size: [usize; 2], stride: [usize; 2], padding: [usize; 2], groups: usize) -> Conv2d {
        Conv2d { window: Window { size, stride, padding }, groups }
    }

    #[test]
    fn values_and_gradients() {
        let cases: [(Conv2d, &[usize], &[usize]); 4] = [
            (conv([3, 3], [1, 1], [0, 0], 1), &[2, 4, 5, 2], &[3, 3, 2, 3]),
            (conv([3, 2], [2, 1], [1, 1], 1), &[2, 5, 4, 1], &[3, 2, 1, 5]),
            (conv([2, 2], [1, 2], [1, 0], 2), &[1, 4, 5, 4], &[2, 2, 2, 6]),
            (conv([1, 1], [1, 1], [0, 0], 3), &[2, 2, 3, 3], &[1, 1, 1, 3]),
        ];
        for (conv, x, weights) in cases {
            let bias = [weights[3]];
            check_operation(conv, &[x, weights, &bias].map(Given::Learned));
        }
        check_operation(
            conv([2, 2], [1, 1], [0, 0], 1),
            &[&[2, 3, 3, 1][..], &[2, 2, 1, 2]].map(Given::Learned),
        );
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let refused = |conv: Conv2d, x: &[usize], weights: &[usize]| {
            let mut graph = Graph::new();
            let (x, weights) = (graph.input("x", x), graph.input("weights", weights));
            graph.apply(conv.into(), &[x, weights]).unwrap_err().to_string()
        };
        let plain = conv([5, 5], [1, 1], [0, 0], 1);
        let large = "conv2d: expected images in which a window of [5, 5] fits, with a border of [0, 0], got";
        assert_eq!(refused(plain, &[1, 4, 9, 1], &[5, 5, 1, 2]), format!("{large} [4, 9]"));
        let flat = refused(plain, &[3, 784], &[5, 5, 1, 2]);
        assert!(flat.contains("expected images (batch, rows, columns, channels), got [3, 784]"), "{flat}");
        for conv in [conv([0, 5], [1, 1], [0, 0], 1), conv([5, 5], [1, 0], [0, 0], 1)] {
            let error = refused(conv, &[1, 9, 9, 1], &[5, 5, 1, 2]);
            assert!(error.contains("expected a window with a size and a stride of at least 1"), "{error}");
        }
        for groups in [0, 2] {
            let error = refused(Conv2d { groups, ..plain }, &[1, 9, 9, 3], &[5, 5, 1, 2]);
            assert!(error.contains(&format!("expected channels in {groups} equal groups")), "{error}");
        }
        let error = refused(Conv2d { groups: 2, ..plain }, &[1, 9, 9, 2], &[5, 5, 1, 3]);
        assert!(error.ends_with("expected maps in 2 equal groups, got 3"), "{error}");
        let error = refused(plain, &[1, 9, 9, 2], &[5, 5, 1, 3]);
        assert!(error.ends_with("expected weights (5, 5, 2, maps), got [5, 5, 1, 3]"), "{error}");
    }
}
