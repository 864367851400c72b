//! Models of synapses: how spikes that arrive become current and conductance, step by step.
//!
//! Each file declares one kind of receptor. A receptor of a neuron sums the weights of all spikes
//! that arrive in a step; its state is shared by all synapses of that kind on the neuron, which is
//! exact for linear kinetics.

use crate::describe::Declared;
use crate::kernels::lane::Real;
use crate::neurons::Input;

/// A receptor with its constants for one time step and one precision.
pub trait SynapseStepper<R: Real>: Copy + Send + Sync {
    /// State variables, an array, in the order of the declaration.
    type State: Copy + AsRef<[R]> + AsMut<[R]>;
    /// State without input.
    fn rest(&self) -> Self::State;
    /// Advances the state by one step in which spikes of the summed weight `arrived` arrive, and adds
    /// what it sends into the neuron, whose potential is `potential_mv`, to `input`.
    fn step(&self, state: &mut Self::State, arrived: R, potential_mv: R, input: &mut Input<R>);
}

/// A model of a synapse: parameters that can be made into a [`SynapseStepper`].
pub trait SynapseModel: Declared + Send + Sync + 'static {
    /// The step for a given precision.
    type Stepper<R: Real>: SynapseStepper<R>;
    /// Constants for steps of `dt_ms`.
    fn stepper<R: Real>(&self, dt_ms: f64) -> Self::Stepper<R>;
}
