//! What rules that replace the way back ask of a network: that they know every weight.

use crate::ann::Network;
use crate::graph::BuildError;
use crate::graph::autodiff::ParameterGradient;
use crate::order;

fn refused(rule: &'static str, got: String) -> BuildError {
    BuildError::Kind { rule, expected: "a chain of layers that learn by weighted sums alone", got }
}

/// Whether every parameter is a weight or a bias of a weighted sum.
///
/// # Errors
/// The first that is not.
pub(super) fn check(network: &Network, rule: &'static str) -> Result<(), BuildError> {
    let of_sum = |id| network.linears.iter().any(|linear| linear.weights == id || linear.bias == id);
    match network.graph.parameters().iter().find(|&&id| !of_sum(id)) {
        None => Ok(()),
        Some(&id) => Err(refused(rule, format!("a parameter {:?}", network.graph.tensor(id).name))),
    }
}

/// Whether each parameter has one gradient: with a way round a layer it would have two.
///
/// # Errors
/// If one has more.
pub(super) fn check_once(gradients: &[ParameterGradient], rule: &'static str) -> Result<(), BuildError> {
    let mut parameters: Vec<_> = gradients.iter().map(|pair| pair.parameter).collect();
    order::sort(&mut parameters);
    if parameters.windows(2).all(|pair| pair[0] != pair[1]) {
        return Ok(());
    }
    Err(refused(rule, "a way round a layer".to_owned()))
}
