//! Layers of images `(batch, rows, columns, channels)`.

use crate::ann::model::{Builder, Linear, Start};
use crate::graph::operation::len;
use crate::graph::{GraphError, TensorId, ops};
use crate::kernels::activation::Activation;
use crate::kernels::pool::Pooling;
use crate::kernels::window::Window;

/// Kernels that slide over an image, each giving a map: `(batch, rows, columns, channels)` →
/// `(batch, rows', columns', maps)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conv2d {
    /// Number of maps.
    pub maps: usize,
    /// Size, stride and border of the kernels.
    pub window: Window,
    /// Parts that channels and maps fall into; a map sees the channels of its part alone.
    pub groups: usize,
    /// What is done to each number of a map.
    pub activation: Activation,
}

/// Of each window one number a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool2d {
    /// The largest number or the mean.
    pub pooling: Pooling,
    /// The window; its border is less than its size.
    pub window: Window,
}

impl Conv2d {
    pub(super) fn add(&self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let Self { maps, window, groups, activation } = *self;
        let [rows, columns] = window.size;
        // What does not divide is refused when the operation is applied.
        let channels = builder.columns(x) / groups.max(1);
        let fan_in = len(&[rows, columns, channels]);
        let fan_out = len(&[rows, columns, maps / groups.max(1)]);
        let start = Start::Weights { fan_in, fan_out };
        let weights = builder.parameter("kernels", &[rows, columns, channels, maps], start);
        let bias = builder.bias(maps);
        let drive = builder.graph.apply(ops::Conv2d { window, groups }.into(), &[x, weights, bias])?;
        builder.weighted(Linear { read: x, weights, bias, drive });
        builder.activated(activation, drive)
    }
}

impl Pool2d {
    pub(super) fn add(&self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let Self { pooling, window } = *self;
        builder.graph.apply(ops::Pool2d { pooling, window }.into(), &[x])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ann::layers::{Dense, Flatten};
    use crate::ann::{Initialiser, Loss, Mode, Model};
    use crate::graph::plan::ParameterLayout;

    fn window(size: usize, stride: usize, padding: usize) -> Window {
        Window { size: [size; 2], stride: [stride; 2], padding: [padding; 2] }
    }

    fn conv(window: Window, groups: usize) -> Conv2d {
        Conv2d { maps: 6, window, groups, activation: Activation::Relu }
    }

    fn model(conv: Conv2d) -> Model {
        let pool = Pool2d { pooling: Pooling::Max, window: window(2, 2, 0) };
        let dense = Dense { units: 3, activation: Activation::Linear };
        let layers = vec![conv.into(), pool.into(), Flatten.into(), dense.into()];
        Model { example: vec![8, 9, 4], layers, loss: Loss::CrossEntropy }
    }

    #[test]
    fn an_image_becomes_classes() {
        let network = model(conv(window(3, 1, 1), 2)).build(5, Mode::Learn).expect("it fits");
        let shapes: Vec<&[usize]> =
            network.graph.parameters().iter().map(|&id| network.graph.shape(id)).collect();
        assert_eq!(shapes, [&[3, 3, 2, 6][..], &[6], &[4 * 4 * 6, 3], &[3]]);
        assert_eq!(network.starts[0], Start::Weights { fan_in: 18, fan_out: 27 });
        assert_eq!(network.graph.shape(network.output), [5, 3]);
        // The first layer needs no gradient of the images.
        let mut graph = network.graph.clone();
        graph.backward(network.loss.expect("a loss")).expect("gradients");
        let names = graph.nodes().iter().map(|node| node.op.operation().name());
        assert_eq!(names.filter(|name| name.starts_with("conv2d")).count(), 2);
    }

    #[test]
    fn kernels_start_orthogonal() {
        let network = model(conv(window(3, 1, 1), 1)).build(1, Mode::Answer).expect("it fits");
        let layout = ParameterLayout::of(&network.graph);
        let mut numbers = vec![0.0; layout.persistent_len()];
        Initialiser::Orthogonal.start(1, &network.starts, layout.ranges(), &mut numbers);
        let kernels = &numbers[layout.ranges()[0].clone()];
        for (a, b) in [(0, 0), (0, 1), (2, 5), (4, 4)] {
            let dot: f32 = kernels.chunks_exact(6).map(|taps| taps[a] * taps[b]).sum();
            assert!((dot - f32::from(u8::from(a == b))).abs() < 1e-5, "maps {a} and {b}: {dot}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let refused = |conv| model(conv).build(5, Mode::Learn).unwrap_err().to_string();
        assert!(refused(conv(window(9, 1, 0), 1)).contains("a window of [9, 9] fits"));
        assert!(refused(conv(window(3, 0, 0), 1)).contains("a stride of at least 1"));
        assert!(refused(conv(window(0, 1, 0), 1)).contains("a size and a stride of at least 1"));
        for groups in [0, 3] {
            let error = refused(conv(window(3, 1, 0), groups));
            assert!(error.contains(&format!("channels in {groups} equal groups")), "{error}");
        }
    }
}
