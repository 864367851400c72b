//! Direct feedback alignment (Nøkland 2016): the error of the output goes to every hidden layer at once
//! through a fixed random matrix of its own, `δ_l = (B_l e) ⊙ f'`. Nothing goes back from layer to
//! layer. A layer of maps, or of units with a response in each step, hears of the error in all of them.
//!
//! Program: run forward, each layer's own gradient, update. A network with ways round a layer, or one
//! that learns by more than weighted sums, is refused.

use super::chain;
use super::program::Program;
use crate::ann::{Network, Start};
use crate::graph::autodiff::Cotangent;
use crate::graph::operation::{len, rows_and_columns};
use crate::graph::ops::MatMul;
use crate::graph::{BuildError, GraphError, Op};

/// The program for a network that was built to learn.
///
/// # Errors
/// If the network has no loss, is no chain of weighted sums, or is too large.
pub fn program(mut network: Network) -> Result<Program, BuildError> {
    let loss = network.loss.ok_or(GraphError::NoGradient { op: "a network without a loss" })?;
    chain::check(&network, "direct feedback alignment")?;
    let linears = network.linears.clone();
    let last = *linears.last().ok_or(GraphError::NoGradient { op: "a network without layers" })?;
    let graph = &mut network.graph;
    let found = graph.pull_back(&[(loss, Cotangent::One)], &[last.read])?;
    let error = found.of(last.drive).ok_or(GraphError::NoGradient { op: "the output" })?;
    let mut gradients = found.of_parameters(graph);
    let (errors, outputs) = rows_and_columns(graph.shape(error));
    for pair in linears.windows(2) {
        // What the next layer reads is this layer's response.
        let (read, response) = (pair[0].read, pair[1].read);
        let shape = graph.shape(response).to_vec();
        let units = len(&shape) / errors;
        let feedback = graph.parameter("feedback", &[outputs, units]);
        network.starts.push(Start::Feedback { fan_in: outputs, fan_out: units });
        let sent = graph.apply(Op::MatMul(MatMul::of(false, false)), &[error, feedback])?;
        let sent = graph.reshape(sent, &shape)?;
        let found = graph.pull_back(&[(response, Cotangent::Tensor(sent))], &[read])?;
        gradients.extend(found.of_parameters(graph));
    }
    chain::check_once(&gradients, "direct feedback alignment")?;
    Program::descend(network, loss, gradients)
}
