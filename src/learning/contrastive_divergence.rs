//! Contrastive divergence with one step (CD-1, Hinton 2002) for a restricted Boltzmann machine that sees
//! examples together with their class (Larochelle & Bengio 2008).
//!
//! Energy `E(v, h) = −bᵀv − cᵀh − vᵀWh`. From an example `v⁰` the hidden units are sampled once, what is
//! seen is reconstructed as probabilities `v¹` (a softmax over the classes), and
//! `ΔW ∝ ⟨v⁰h⁰⟩ − ⟨v¹h¹⟩` with probabilities for `h⁰` and `h¹`. Nothing is differentiated: the program is
//! run, update. To predict, the class of lowest free energy
//! `F(v) = −bᵀv − Σ_j ln(1 + e^(c_j + (vᵀW)_j))` is taken.
//!
//! A hidden unit that is held at `a` is one whose only state is `a`: it has that value wherever a
//! probability or a sample stands above, and `a·(c_j + (vᵀW)_j)` in the place of its logarithm. At 0 it is
//! gone; at another number it acts as one more bias of what is seen, and its weights go on learning that.

use super::program::Program;
use super::stack::{Stack, held, side_by_side};
use crate::ann::model::{Builder, Start};
use crate::ann::{Mode, Model, Network};
use crate::graph::autodiff::ParameterGradient;
use crate::graph::ops::SumRows;
use crate::graph::ops::{
    Add, Bernoulli, Concat, Constant, Hold, MatMul, Mul, PointwiseLoss, Reduce, Scale, Slice, Softmax, Sub,
};
use crate::graph::{BuildError, Graph, GraphError, TensorId};
use crate::kernels::activation::Activation;
use crate::kernels::loss::Pointwise;
use crate::kernels::reduce::Reduction;

/// Weights `(visible, hidden)`, hidden bias, visible bias: the parameters, in this order.
fn machine(builder: &mut Builder, stack: &Stack) -> [TensorId; 3] {
    let (visible, hidden) = (stack.inputs + stack.classes, stack.hidden[0]);
    let weights = builder.weights(visible, hidden);
    let hidden_bias = builder.bias(hidden);
    [weights, hidden_bias, builder.parameter("visible bias", &[visible], Start::Value(0.0))]
}

fn stack_of(model: &Model) -> Result<Stack, BuildError> {
    let stack = Stack::of(model, "contrastive divergence")?;
    if stack.hidden.len() == 1 {
        return Ok(stack);
    }
    let got = format!("{} hidden layers", stack.hidden.len());
    Err(BuildError::Kind { rule: "contrastive divergence", expected: "one hidden layer", got })
}

/// The program for batches of `batch` examples. Its loss is the mean square of the reconstruction's
/// error, which is watched and not descended.
///
/// # Errors
/// If the model is no classifier with one hidden layer, or is too large.
pub fn program(model: &Model, batch: usize) -> Result<Program, BuildError> {
    let stack = stack_of(model)?;
    let mut builder = Builder::new(batch, Mode::Learn);
    let [weights, hidden_bias, visible_bias] = machine(&mut builder, &stack);
    let site = builder.site();
    let graph = &mut builder.graph;
    let (input, class) = (graph.input("input", &[batch, stack.inputs]), graph.input("class", &[batch]));
    let seen = stack.with_class(graph, input, class)?;
    let hold = stack.hold(graph, 0);
    let up = |graph: &mut Graph, visible| -> Result<TensorId, GraphError> {
        let drive = graph.linear(visible, weights, hidden_bias)?;
        let probability = graph.activate(Activation::Sigmoid, drive)?;
        held(graph, probability, hold)
    };
    let stirred = up(graph, seen)?;
    let sample = graph.apply(Bernoulli { site }.into(), &[stirred])?;
    let sample = held(graph, sample, hold)?;
    let back = MatMul { rhs_transposed: true, ..MatMul::plain() };
    let drive = graph.apply(back.into(), &[sample, weights, visible_bias])?;
    let (inputs, visible) = (stack.inputs, stack.inputs + stack.classes);
    let pixels = graph.apply(Slice { axis: 1, range: 0..inputs }.into(), &[drive])?;
    let pixels = graph.activate(Activation::Sigmoid, pixels)?;
    let classes = graph.apply(Slice { axis: 1, range: inputs..visible }.into(), &[drive])?;
    let classes = graph.apply(Softmax { scale: 1.0, causal: false }.into(), &[classes])?;
    let dreamt = graph.apply(Concat { axis: 1 }.into(), &[pixels, classes])?;
    let stirred_again = up(graph, dreamt)?;
    let share = Scale(1.0 / batch as f32);
    let outer = MatMul::of(true, false);
    let [was, is] =
        [graph.apply(outer.into(), &[seen, stirred])?, graph.apply(outer.into(), &[dreamt, stirred_again])?];
    let of_weights = graph.apply(Sub.into(), &[is, was])?;
    let of_weights = graph.apply(share.into(), &[of_weights])?;
    let mut of_bias = |is, was| -> Result<TensorId, GraphError> {
        let difference = graph.apply(Sub.into(), &[is, was])?;
        let sum = graph.apply(SumRows.into(), &[difference])?;
        graph.apply(share.into(), &[sum])
    };
    let gradients = [
        (weights, of_weights),
        (hidden_bias, of_bias(stirred_again, stirred)?),
        (visible_bias, of_bias(dreamt, seen)?),
    ];
    let loss = graph.apply(PointwiseLoss(Pointwise::MeanSquare).into(), &[dreamt, seen])?;
    let gradients = gradients.map(|(parameter, gradient)| ParameterGradient { parameter, gradient });
    hold.iter().for_each(|&hold| builder.response(stirred, hold));
    let network = builder.finish(input, class, dreamt, Some(loss));
    Program::descend(network, loss, gradients.to_vec())
}

/// The network that answers with what speaks for each class, `(batch, classes)`: minus the free energy,
/// but for what all classes have in common.
///
/// # Errors
/// If the model is no classifier with one hidden layer.
pub fn answering(model: &Model, batch: usize) -> Result<Network, BuildError> {
    let stack = stack_of(model)?;
    let mut builder = Builder::new(batch, Mode::Answer);
    let [weights, hidden_bias, visible_bias] = machine(&mut builder, &stack);
    let graph = &mut builder.graph;
    let (input, class) = (graph.input("input", &[batch, stack.inputs]), graph.input("class", &[batch]));
    let of_example = stack.of_example(graph, weights)?;
    let common = graph.linear(input, of_example, hidden_bias)?;
    let hold = stack.hold(graph, 0);
    // What a hidden unit with this drive takes off the free energy: `ln(1 + e^x)` where it is free, and
    // `level·x` where it is held.
    let relief = |graph: &mut Graph, drive| -> Result<TensorId, GraphError> {
        let soft = graph.activate(Activation::Softplus, drive)?;
        let Some(inputs) = hold else { return Ok(soft) };
        let zeros = Constant { value: 0.0, shape: vec![stack.hidden[0]] };
        let zeros = graph.apply(zeros.into(), &[])?;
        let factor = held(graph, zeros, hold)?;
        let free = graph.apply(Hold.into(), &[soft, inputs.held, zeros])?;
        let held = graph.apply(Mul.into(), &[drive, factor])?;
        graph.apply(Add.into(), &[free, held])
    };
    let mut columns = Vec::with_capacity(stack.classes);
    for class in 0..stack.classes {
        let row = stack.of_class(graph, weights, class)?;
        let drive = graph.apply(Add.into(), &[common, row])?;
        let soft = relief(graph, drive)?;
        columns.push(graph.apply(Reduce { kind: Reduction::Sum, axis: 1 }.into(), &[soft])?);
    }
    let stirred = side_by_side(graph, &columns)?;
    let range = stack.inputs..stack.inputs + stack.classes;
    let of_classes = graph.apply(Slice { axis: 0, range }.into(), &[visible_bias])?;
    let output = graph.apply(Add.into(), &[stirred, of_classes])?;
    if let Some(inputs) = hold {
        let row = stack.of_no_class(graph, weights)?;
        let drive = graph.apply(Add.into(), &[common, row])?;
        let probability = graph.activate(Activation::Sigmoid, drive)?;
        let response = held(graph, probability, hold)?;
        builder.response(response, inputs);
    }
    Ok(builder.finish(input, class, output, None))
}
