//! Models of neurons: each file declares one and defines one step of it.
//!
//! `(state, drive, dt) → (state, spike, potential)`, generic over [`Real`]: scalars in f64 for
//! convergence tests, four lanes of f32 for populations and for layers of a network. The drive is
//! the steady depolarisation `R·I` in mV that the input current would cause.

pub mod leaky_integrator;
pub mod lif;

use crate::describe::Declaration;
use crate::kernels::lane::Real;

pub use leaky_integrator::LeakyIntegrator;
pub use lif::Lif;

/// Most state variables that any model has.
pub const MAX_STATE: usize = 2;

/// What one step gives besides the new state.
#[derive(Clone, Copy, Debug)]
pub struct Stepped<R> {
    /// 1 where the neuron fired in this step, else 0.
    pub spike: R,
    /// Membrane potential in mV before a reset.
    pub potential: R,
}

/// A model with its constants for one time step and one precision.
pub trait Stepper<R: Real>: Copy + Sync {
    /// State at rest.
    fn rest(&self) -> [R; MAX_STATE];
    /// Advances the state by one time step under `drive_mv`.
    fn step(&self, state: &mut [R; MAX_STATE], drive_mv: R) -> Stepped<R>;
    /// The same with a threshold in mV and a decay `e^(−dt/τ)` of its own, where they are given.
    fn with(self, threshold_mv: Option<R>, decay: Option<R>) -> Self;
}

/// What the gradient through time needs to know of a leaky membrane with reset.
///
/// While the neuron is neither reset nor refractory, `u(t+1) = decay·u(t) + (1 − decay)·drive`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Membrane {
    /// `e^(−dt/τ)`.
    pub decay: f64,
    /// Resting potential, mV.
    pub rest_mv: f64,
    /// Distance from rest to threshold, mV: the scale in which networks read the potential.
    pub span_mv: f64,
    /// Steps after a spike in which the neuron does not respond.
    pub refractory_steps: u32,
}

/// A model of a neuron: parameters that can be made into a [`Stepper`].
pub trait NeuronModel: Copy + Sync {
    /// What the model says of itself.
    const DECLARATION: Declaration;
    /// The step for a given precision.
    type Stepper<R: Real>: Stepper<R>;
    /// Constants for steps of `dt_ms`.
    fn stepper<R: Real>(&self, dt_ms: f64) -> Self::Stepper<R>;
    /// Constants of the gradient through time.
    fn membrane(&self, dt_ms: f64) -> Membrane;
}
