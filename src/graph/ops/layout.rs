//! Numbers moved and left as they are: dimensions in another order, stretches of an axis, columns.

use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId};
use crate::kernels::layout::{self, Axes, MAX_DIMENSIONS, Window};
use core::ops::Range;

/// `x → x` with its dimensions in another order: dimension `d` of the result is `order[d]` of `x`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permute {
    /// The order.
    pub order: Vec<usize>,
}

/// `x →` a stretch of an axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// The axis.
    pub axis: usize,
    /// The stretch.
    pub range: Range<usize>,
}

/// `x → x` with zeros before and behind along an axis: the other way of [`Slice`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pad {
    /// The axis.
    pub axis: usize,
    /// Zeros before.
    pub before: usize,
    /// Length of the axis then.
    pub extent: usize,
}

/// Tensors `→` one, which they follow each other in along an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Concat {
    /// The axis.
    pub axis: usize,
}

/// Whether `x` is one tensor with this axis.
fn expect_axis(inputs: &[&[usize]], axis: usize) -> Result<(), Misfit> {
    expect(inputs.len() == 1, || "one input".to_owned(), inputs.len())?;
    expect(axis < inputs[0].len(), || format!("a tensor with an axis {axis}"), inputs[0])
}

/// `shape` with another length of an axis.
fn with_extent(shape: &[usize], axis: usize, extent: usize) -> Vec<usize> {
    let mut shape = shape.to_vec();
    shape[axis] = extent;
    shape
}

/// Moves all of `x` that fits between two windows of an axis, in f64.
#[cfg(test)]
fn moved(x: &[f64], from: (Axes, usize), to: (Axes, usize), out: &mut [f64]) {
    let count = from.0.axis.min(to.0.axis);
    for o in 0..from.0.outer {
        for a in 0..count {
            for i in 0..from.0.inner {
                let place = |(axes, start): (Axes, usize)| (o * axes.axis + start + a) * axes.inner + i;
                out[place(to)] = x[place(from)];
            }
        }
    }
}

impl Operation for Permute {
    fn name(&self) -> &'static str {
        "permute"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        let dimensions = self.order.len();
        let fits = dimensions <= MAX_DIMENSIONS && (0..dimensions).all(|d| self.order.contains(&d));
        let wanted = || format!("an order of up to {MAX_DIMENSIONS} dimensions, each once");
        expect(fits, wanted, &self.order)?;
        expect(inputs.len() == 1, || "one input".to_owned(), inputs.len())?;
        expect(inputs[0].len() == dimensions, || format!("{dimensions} dimensions"), inputs[0])?;
        Ok(vec![self.order.iter().map(|&from| inputs[0][from]).collect()])
    }
    fn gives_spikes(&self, inputs: &[bool]) -> bool {
        inputs[0]
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let mut order = vec![0; self.order.len()];
        for (to, &from) in self.order.iter().enumerate() {
            order[from] = to;
        }
        Ok(vec![Some(graph.apply(Self { order }.into(), &[dy])?)])
    }
    fn run(&self, Operands { inputs: [x, ..], shapes, outputs: [out, ..], .. }: Operands) {
        layout::permute(&shapes[0], &self.order, x, out);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let from = given.shapes[0];
        let to: Vec<usize> = self.order.iter().map(|&d| from[d]).collect();
        let place = |at: usize| {
            let mut place = vec![0; from.len()];
            let mut rest = at;
            for d in (0..to.len()).rev() {
                place[self.order[d]] = rest % to[d];
                rest /= to[d];
            }
            place.iter().zip(from).fold(0, |place, (at, extent)| place * extent + at)
        };
        vec![(0..given.inputs[0].len()).map(|at| given.inputs[0][place(at)]).collect()]
    }
}

impl Operation for Slice {
    fn name(&self) -> &'static str {
        "slice"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect_axis(inputs, self.axis)?;
        let Range { start, end } = self.range;
        let wanted = || format!("an axis {} of at least {end} places, from {start} on", self.axis);
        expect(start <= end && end <= inputs[0][self.axis], wanted, inputs[0])?;
        Ok(vec![with_extent(inputs[0], self.axis, end - start)])
    }
    fn gives_spikes(&self, inputs: &[bool]) -> bool {
        inputs[0]
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let extent = graph.shape(node.inputs[0])[self.axis];
        let pad = Pad { axis: self.axis, before: self.range.start, extent };
        Ok(vec![Some(graph.apply(pad.into(), &[dy])?)])
    }
    fn run(&self, Operands { inputs: [x, ..], shapes, outputs: [out, ..], .. }: Operands) {
        let axes = Axes::of(&shapes[0], self.axis);
        let from = Window { axis: axes.axis, start: self.range.start };
        let moved = Axes { axis: self.range.len(), ..axes };
        layout::copy_window(moved, x, from, out, Window { axis: self.range.len(), start: 0 });
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let axes = Axes::of(given.shapes[0], self.axis);
        let to = Axes { axis: self.range.len(), ..axes };
        let mut out = vec![0.0; to.len()];
        moved(given.inputs[0], (axes, self.range.start), (to, 0), &mut out);
        vec![out]
    }
}

impl Operation for Pad {
    fn name(&self) -> &'static str {
        "pad"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect_axis(inputs, self.axis)?;
        let room = self.extent.saturating_sub(self.before);
        let wanted = || format!("an axis {} of at most {room} places", self.axis);
        expect(inputs[0][self.axis] <= room, wanted, inputs[0])?;
        Ok(vec![with_extent(inputs[0], self.axis, self.extent)])
    }
    fn gives_spikes(&self, inputs: &[bool]) -> bool {
        inputs[0]
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let range = self.before..self.before + graph.shape(node.inputs[0])[self.axis];
        Ok(vec![Some(graph.apply(Slice { axis: self.axis, range }.into(), &[dy])?)])
    }
    fn run(&self, Operands { inputs: [x, ..], shapes, outputs: [out, ..], .. }: Operands) {
        let moved = Axes::of(&shapes[0], self.axis);
        out.fill(0.0);
        let to = Window { axis: self.extent, start: self.before };
        layout::copy_window(moved, x, Window { axis: moved.axis, start: 0 }, out, to);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let axes = Axes::of(given.shapes[0], self.axis);
        let to = Axes { axis: self.extent, ..axes };
        let mut out = vec![0.0; to.len()];
        moved(given.inputs[0], (axes, 0), (to, self.before), &mut out);
        vec![out]
    }
}

impl Operation for Concat {
    fn name(&self) -> &'static str {
        "concat"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(!inputs.is_empty(), || "at least one input".to_owned(), inputs.len())?;
        let axis = self.axis;
        let fits = |shape: &&[usize]| {
            axis < shape.len() && with_extent(shape, axis, 0) == with_extent(inputs[0], axis, 0)
        };
        let wanted = || format!("tensors that differ in axis {axis} alone");
        expect(axis < inputs[0].len() && inputs.iter().all(fits), wanted, inputs)?;
        let extent = inputs.iter().fold(0, |sum: usize, shape| sum.saturating_add(shape[axis]));
        Ok(vec![with_extent(inputs[0], axis, extent)])
    }
    fn flops(&self, _: &[&[usize]]) -> u64 {
        0
    }
    fn gives_spikes(&self, inputs: &[bool]) -> bool {
        inputs.iter().all(|spikes| *spikes)
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let axis = self.axis;
        let mut end = 0;
        let slices = node.inputs.iter().map(|&input| {
            let range = end..end + graph.shape(input)[axis];
            end = range.end;
            let needed = graph.needs_gradient(input);
            needed.then(|| graph.apply(Slice { axis, range }.into(), &[dy])).transpose()
        });
        slices.collect()
    }
    fn run(&self, Operands { inputs, shapes, outputs: [out, ..], .. }: Operands) {
        let axis = shapes.iter().map(|shape| shape[self.axis]).sum();
        let mut start = 0;
        for (x, shape) in inputs.iter().zip(shapes) {
            let moved = Axes::of(shape, self.axis);
            let from = Window { axis: moved.axis, start: 0 };
            layout::copy_window(moved, x, from, out, Window { axis, start });
            start += moved.axis;
        }
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let axis = given.shapes.iter().map(|shape| shape[self.axis]).sum();
        let mut out = vec![0.0; given.inputs.iter().map(|x| x.len()).sum()];
        let mut start = 0;
        for (x, shape) in given.inputs.iter().zip(&given.shapes) {
            let axes = Axes::of(shape, self.axis);
            moved(x, (axes, 0), (Axes { axis, ..axes }, start), &mut out);
            start += axes.axis;
        }
        vec![out]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::oracle::{Given, check_operation};

    #[test]
    fn values_and_gradients() {
        for order in [[0, 2, 1, 3], [2, 0, 3, 1], [3, 2, 1, 0]] {
            check_operation(Permute { order: order.to_vec() }, &[Given::Learned(&[2, 3, 4, 2])]);
        }
        for (axis, range) in [(0, 0..1), (1, 1..4), (2, 1..3)] {
            check_operation(Slice { axis, range }, &[Given::Learned(&[2, 4, 3])]);
        }
        for (axis, before, extent) in [(0, 0, 4), (1, 2, 7), (2, 1, 4)] {
            check_operation(Pad { axis, before, extent }, &[Given::Learned(&[2, 4, 3])]);
        }
        for (axis, second) in [(0, [1, 4, 3]), (1, [2, 5, 3]), (2, [2, 4, 1])] {
            let operands = [&[2, 4, 3][..], &second, &[2, 4, 3]].map(Given::Learned);
            check_operation(Concat { axis }, &operands);
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut graph = Graph::new();
        let (x, y) = (graph.input("x", &[2, 3]), graph.input("y", &[3, 3]));
        let mut refused =
            |op: crate::graph::Op, inputs: &[TensorId]| graph.apply(op, inputs).unwrap_err().to_string();
        let order = refused(Permute { order: vec![0, 0] }.into(), &[x]);
        assert_eq!(order, "permute: expected an order of up to 5 dimensions, each once, got [0, 0]");
        let slice = refused(Slice { axis: 1, range: 1..4 }.into(), &[x]);
        assert_eq!(slice, "slice: expected an axis 1 of at least 4 places, from 1 on, got [2, 3]");
        let none = refused(Slice { axis: 1, range: 1..1 }.into(), &[x]);
        assert_eq!(none, "slice: expected a result of at least one number, got shape [2, 0]");
        let pad = refused(Pad { axis: 1, before: 1, extent: 3 }.into(), &[x]);
        assert_eq!(pad, "pad: expected an axis 1 of at most 2 places, got [2, 3]");
        let concat = refused(Concat { axis: 1 }.into(), &[x, y]);
        assert_eq!(concat, "concat: expected tensors that differ in axis 1 alone, got [[2, 3], [3, 3]]");
        let axis = refused(Concat { axis: 2 }.into(), &[x, x]);
        assert_eq!(axis, "concat: expected tensors that differ in axis 2 alone, got [[2, 3], [2, 3]]");
        let many = refused(Concat { axis: 0 }.into(), &[x; 13]);
        assert_eq!(many, "concat: expected at most 12 inputs, got 13");
    }
}
