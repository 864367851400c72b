//! Backpropagation (Rumelhart, Hinton & Williams 1986), through time where there is time.
//!
//! Program: run forward and backward, update.

use super::program::Program;
use crate::ann::Network;
use crate::graph::{BuildError, GraphError};

/// The program for a network that was built to learn.
///
/// # Errors
/// If the network has no loss, or is too large.
pub fn program(mut network: Network) -> Result<Program, BuildError> {
    let loss = network.loss.ok_or(GraphError::NoGradient { op: "a network without a loss" })?;
    let gradients = network.graph.backward(loss)?;
    Program::descend(network, loss, gradients)
}
