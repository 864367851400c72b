//! Direct feedback alignment (Nøkland 2016): the error of the output goes to every hidden layer at once
//! through a fixed random matrix of its own, `δ_l = (B_l e) ⊙ f'`. Nothing goes back from layer to
//! layer.
//!
//! Program: run forward, each layer's own gradient, update.

use super::program::Program;
use crate::ann::{Network, Start};
use crate::graph::autodiff::Cotangent;
use crate::graph::ops::MatMul;
use crate::graph::{BuildError, GraphError, Op};

/// The program for a network that was built to learn.
///
/// # Errors
/// If the network has no loss or no layers, or is too large.
pub fn program(mut network: Network) -> Result<Program, BuildError> {
    let loss = network.loss.ok_or(GraphError::NoGradient { op: "a network without a loss" })?;
    let linears = network.linears.clone();
    let last = *linears.last().ok_or(GraphError::NoGradient { op: "a network without layers" })?;
    let graph = &mut network.graph;
    let found = graph.pull_back(&[(loss, Cotangent::One)], &[last.read])?;
    let error = found.of(last.drive).ok_or(GraphError::NoGradient { op: "the output" })?;
    let mut gradients = found.of_parameters(graph);
    let outputs = *graph.shape(error).last().expect("an output has numbers");
    for pair in linears.windows(2) {
        // What the next layer reads is this layer's response.
        let (read, response) = (pair[0].read, pair[1].read);
        let units = *graph.shape(response).last().expect("a layer has units");
        let feedback = graph.parameter("feedback", &[outputs, units]);
        network.starts.push(Start::Feedback { fan_in: outputs, fan_out: units });
        let sent = graph.apply(Op::MatMul(MatMul::of(false, false)), &[error, feedback])?;
        let found = graph.pull_back(&[(response, Cotangent::Tensor(sent))], &[read])?;
        gradients.extend(found.of_parameters(graph));
    }
    Program::descend(network, loss, gradients)
}
