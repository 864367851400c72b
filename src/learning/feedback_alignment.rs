//! Feedback alignment (Lillicrap, Cownden, Tweed & Akerman 2016): backpropagation whose way back goes
//! through fixed random matrices instead of the transposed weights, `δ_l = (B_l δ_{l+1}) ⊙ f'`.
//!
//! Program: run forward and backward, update. The matrices are parameters that nothing moves. A network
//! that learns by other weights too, as a recurrent layer or an embedding does, is refused: they would
//! send errors back through themselves.

use super::chain;
use super::program::Program;
use crate::ann::{Network, Start};
use crate::graph::autodiff::Cotangent;
use crate::graph::{BuildError, GraphError, Role};

/// The program for a network that was built to learn.
///
/// # Errors
/// If the network has no loss, learns by more than weighted sums, or is too large.
pub fn program(mut network: Network) -> Result<Program, BuildError> {
    let loss = network.loss.ok_or(GraphError::NoGradient { op: "a network without a loss" })?;
    chain::check(&network, "feedback alignment")?;
    let found = network.graph.pull_back(&[(loss, Cotangent::One)], &[])?;
    let gradients = found.of_parameters(&network.graph);
    // The first layer sends nothing back.
    for linear in network.linears.iter().skip(1) {
        let Role::Parameter(number) = network.graph.tensor(linear.weights).role else { continue };
        let shape = network.graph.shape(linear.weights).to_vec();
        let feedback = network.graph.parameter("feedback", &shape);
        // The way back is as wide as the way there.
        network.starts.push(match network.starts[number as usize] {
            Start::Weights { fan_in, fan_out } => Start::Feedback { fan_in, fan_out },
            other => other,
        });
        network.graph.replace_operand(found.nodes.clone(), linear.weights, feedback)?;
    }
    Program::descend(network, loss, gradients)
}
