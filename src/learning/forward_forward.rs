//! The forward-forward algorithm (Hinton 2022): no way back at all. Each layer sees examples with their
//! class and the same examples with a wrong class, and learns by itself to tell the two by its goodness,
//! the mean square of its activities: `p(right) = σ(s·(g − θ))`. Between layers only the direction of
//! the activities is passed on, so that a layer cannot read off the goodness of the one before.
//!
//! Program: run both feeds forward with each layer's own loss, update. To predict, every class is tried
//! and the one with the highest goodness of all layers is taken. What a layer is seen to respond is its
//! activity when no class is given. A unit that is held has its level in both feeds, counts with it in the
//! goodness and learns nothing.

use super::program::Program;
use super::stack::{Stack, held, side_by_side};
use crate::ann::model::{Builder, HoldInputs};
use crate::ann::{Mode, Model, Network};
use crate::graph::autodiff::Cotangent;
use crate::graph::ops::{Add, Concat, Constant, MatMul, PointwiseLoss, Reduce, Scale, Square, StopGradient};
use crate::graph::ops::{Sub, UnitLength, WrongClass};
use crate::graph::{BuildError, Graph, GraphError, TensorId};
use crate::kernels::activation::Activation;
use crate::kernels::loss::Pointwise;
use crate::kernels::reduce::Reduction;

/// θ: the goodness at which a layer is undecided.
pub const THRESHOLD: f32 = 1.0;
/// s: how sure a layer is of a goodness one above the threshold.
pub const STEEPNESS: f32 = 10.0;
const EPSILON: f32 = 1e-4;

/// `activities (rows, units) → goodness (rows)`.
fn goodness(graph: &mut Graph, activities: TensorId) -> Result<TensorId, GraphError> {
    let squares = graph.apply(Square.into(), &[activities])?;
    graph.apply(Reduce { kind: Reduction::Mean, axis: 1 }.into(), &[squares])
}

/// `activities (rows, units)` with a mean square of one in each row.
fn direction(graph: &mut Graph, activities: TensorId) -> Result<TensorId, GraphError> {
    let units = graph.shape(activities)[1];
    let unit = graph.apply(UnitLength { epsilon: EPSILON }.into(), &[activities])?;
    graph.apply(Scale((units as f32).sqrt()).into(), &[unit])
}

/// The program for batches of `batch` examples.
///
/// # Errors
/// If the model is no classifier of dense layers, or is too large.
pub fn program(model: &Model, batch: usize) -> Result<Program, BuildError> {
    let stack = Stack::of(model, "forward-forward")?;
    let mut builder = Builder::new(batch, Mode::Learn);
    let site = builder.site();
    let graph = &mut builder.graph;
    let (input, class) = (graph.input("input", &[batch, stack.inputs]), graph.input("class", &[batch]));
    let wrong = graph.apply(WrongClass { classes: stack.classes as u32, site }.into(), &[class])?;
    let positive = stack.with_class(graph, input, class)?;
    let negative = stack.with_class(graph, input, wrong)?;
    let mut signal = graph.apply(Concat { axis: 0 }.into(), &[positive, negative])?;
    let constant =
        |graph: &mut Graph, value, rows| graph.apply(Constant { value, shape: vec![rows] }.into(), &[]);
    let (ones, zeros) = (constant(graph, 1.0, batch)?, constant(graph, 0.0, batch)?);
    let right = graph.apply(Concat { axis: 0 }.into(), &[ones, zeros])?;
    let threshold = constant(graph, THRESHOLD, 2 * batch)?;
    let mut loss: Option<TensorId> = None;
    for (layer, &units) in stack.hidden.iter().enumerate() {
        if layer > 0 {
            signal = builder.graph.apply(StopGradient.into(), &[signal])?;
            signal = direction(&mut builder.graph, signal)?;
        }
        let drive = builder.linear(signal, units)?;
        let graph = &mut builder.graph;
        signal = graph.activate(Activation::Relu, drive)?;
        let hold = stack.hold(graph, layer);
        signal = held(graph, signal, hold)?;
        if let Some(hold) = hold {
            builder.response(signal, hold);
        }
        let graph = &mut builder.graph;
        let goodness = goodness(graph, signal)?;
        let above = graph.apply(Sub.into(), &[goodness, threshold])?;
        let logit = graph.apply(Scale(STEEPNESS).into(), &[above])?;
        let own = graph.apply(PointwiseLoss(Pointwise::BinaryCrossEntropy).into(), &[logit, right])?;
        loss = Some(match loss {
            Some(sum) => graph.apply(Add.into(), &[sum, own])?,
            None => own,
        });
    }
    let loss = loss.expect("a stack has a hidden layer");
    let mut network = builder.finish(input, class, signal, Some(loss));
    let found = network.graph.pull_back(&[(loss, Cotangent::One)], &[])?;
    let gradients = found.of_parameters(&network.graph);
    Program::descend(network, loss, gradients)
}

/// The network that answers with the goodness of each class, `(batch, classes)`.
///
/// # Errors
/// If the model is no classifier of dense layers.
pub fn answering(model: &Model, batch: usize) -> Result<Network, BuildError> {
    let stack = Stack::of(model, "forward-forward")?;
    let mut builder = Builder::new(batch, Mode::Answer);
    let input = builder.graph.input("input", &[batch, stack.inputs]);
    let class = builder.graph.input("class", &[batch]);
    let mut fan_in = stack.inputs + stack.classes;
    let mut layers = Vec::new();
    for &units in &stack.hidden {
        layers.push((builder.weights(fan_in, units), builder.bias(units)));
        fan_in = units;
    }
    let graph = &mut builder.graph;
    let (weights, bias) = layers[0];
    let of_example = stack.of_example(graph, weights)?;
    let common = graph.linear(input, of_example, bias)?;
    let holds: Vec<Option<HoldInputs>> = (0..layers.len()).map(|layer| stack.hold(graph, layer)).collect();
    // The activities of all layers for a row that stands for a class.
    let activities = |graph: &mut Graph, row| -> Result<Vec<TensorId>, GraphError> {
        let mut drive = graph.apply(Add.into(), &[common, row])?;
        let mut found = Vec::with_capacity(layers.len());
        for (layer, &hold) in holds.iter().enumerate() {
            if let Some(&signal) = found.last() {
                let (weights, bias) = layers[layer];
                let signal = direction(graph, signal)?;
                drive = graph.apply(MatMul::plain().into(), &[signal, weights, bias])?;
            }
            let active = graph.activate(Activation::Relu, drive)?;
            found.push(held(graph, active, hold)?);
        }
        Ok(found)
    };
    let mut columns = Vec::with_capacity(stack.classes);
    for class in 0..stack.classes {
        let row = stack.of_class(graph, weights, class)?;
        let found = activities(graph, row)?;
        let mut sum = goodness(graph, found[0])?;
        for &signal in &found[1..] {
            let own = goodness(graph, signal)?;
            sum = graph.apply(Add.into(), &[sum, own])?;
        }
        columns.push(sum);
    }
    let output = side_by_side(graph, &columns)?;
    if holds.iter().any(Option::is_some) {
        let row = stack.of_no_class(graph, weights)?;
        let found = activities(graph, row)?;
        for (&signal, hold) in found.iter().zip(&holds) {
            hold.iter().for_each(|&hold| builder.response(signal, hold));
        }
    }
    Ok(builder.finish(input, class, output, None))
}
