//! Feedback alignment (Lillicrap, Cownden, Tweed & Akerman 2016): backpropagation whose way back goes
//! through fixed random matrices instead of the transposed weights, `δ_l = (B_l δ_{l+1}) ⊙ f'`.
//!
//! Program: run forward and backward, update. The matrices are parameters that nothing moves.

use super::program::Program;
use crate::ann::{Network, Start};
use crate::graph::autodiff::Cotangent;
use crate::graph::{BuildError, GraphError};

/// The program for a network that was built to learn.
///
/// # Errors
/// If the network has no loss, or is too large.
pub fn program(mut network: Network) -> Result<Program, BuildError> {
    let loss = network.loss.ok_or(GraphError::NoGradient { op: "a network without a loss" })?;
    let found = network.graph.pull_back(&[(loss, Cotangent::One)], &[])?;
    let gradients = found.of_parameters(&network.graph);
    // The first layer sends nothing back.
    for linear in network.linears.iter().skip(1) {
        let shape = network.graph.shape(linear.weights).to_vec();
        let feedback = network.graph.parameter("feedback", &shape);
        network.starts.push(Start::Feedback { fan_in: shape[0], fan_out: shape[1] });
        network.graph.replace_operand(found.nodes.clone(), linear.weights, feedback)?;
    }
    Program::descend(network, loss, gradients)
}
