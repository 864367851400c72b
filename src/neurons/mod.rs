//! Models of neurons: each file declares one and defines one step of it.
//!
//! `(state, input, dt) → (state, spike, potential)`, generic over [`Real`]: scalars in f64 for
//! single neurons and convergence tests, four lanes of f32 for populations and for layers of a
//! network. What arrives over a step is [`Input`]: a current and, where synapses open channels, the
//! conductance by which that current falls with the potential. Each declaration names the unit of
//! its drive (mV of `R·I` for a leaky membrane, pA, or µA/cm²); conductances are in that unit a mV.

pub mod adaptive_exponential;
pub mod adaptive_threshold;
pub mod any;
pub mod compartments;
pub mod escape_noise;
pub mod excitable;
pub mod exponential;
pub mod hodgkin_huxley;
pub mod izhikevich;
pub mod leaky_integrator;
pub mod lif;
pub mod mcculloch_pitts;
pub mod perceptron;
pub mod rate;
#[cfg(test)]
mod tests;
pub mod wang_buzsaki;

use crate::describe::Declared;
use crate::kernels::lane::Real;

pub use adaptive_exponential::AdaptiveExponential;
pub use adaptive_threshold::AdaptiveThreshold;
pub use any::{AnyNeuron, AnyNeuronError};
pub use escape_noise::EscapeNoise;
pub use excitable::Excitable;
pub use exponential::Exponential;
pub use hodgkin_huxley::HodgkinHuxley;
pub use izhikevich::Izhikevich;
pub use leaky_integrator::LeakyIntegrator;
pub use lif::Lif;
pub use mcculloch_pitts::McCullochPitts;
pub use perceptron::Perceptron;
pub use rate::Rate;
pub use wang_buzsaki::WangBuzsaki;

/// What reaches a neuron over one step: `I(V) = current − conductance·V`.
///
/// Synapses with the conductances `g` and the reversal potentials `E` give `current = Σ g·E` and
/// `conductance = Σ g`.
#[derive(Clone, Copy, Debug)]
pub struct Input<R> {
    /// The part that does not depend on the potential, in the model's unit of drive.
    pub current: R,
    /// The part that falls with the potential, in that unit a mV.
    pub conductance: R,
    /// Uniform in [0, 1): a draw of its own for each neuron and step, where [`Stepper::DRAWS`].
    pub uniform: R,
}

impl<R: Real> Input<R> {
    /// A current alone.
    #[inline(always)]
    pub fn current(current: R) -> Self {
        Self { current, conductance: R::splat(0.0), uniform: R::splat(0.5) }
    }
}

/// What one step gives besides the new state.
#[derive(Clone, Copy, Debug)]
pub struct Stepped<R> {
    /// 1 where the neuron fired in this step, else 0.
    pub spike: R,
    /// Membrane potential in mV before a reset, or what stands for it.
    pub potential: R,
}

/// A model with its constants for one time step and one precision.
pub trait Stepper<R: Real>: Copy + Send + Sync {
    /// State variables, an array, in the order of the declaration; the potential first.
    type State: Copy + AsRef<[R]> + AsMut<[R]>;
    /// Whether a step uses [`Input::uniform`].
    const DRAWS: bool = false;
    /// State at rest.
    fn rest(&self) -> Self::State;
    /// Advances the state by one time step.
    fn step(&self, state: &mut Self::State, input: Input<R>) -> Stepped<R>;
}

/// A model of a neuron: parameters that can be made into a [`Stepper`].
pub trait NeuronModel: Declared + Send + Sync + 'static {
    /// The step for a given precision.
    type Stepper<R: Real>: Stepper<R>;
    /// Constants for steps of `dt_ms`.
    fn stepper<R: Real>(&self, dt_ms: f64) -> Self::Stepper<R>;
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

/// A leaky membrane, whose gradient through time is known: what layers of a network are made of.
pub trait LeakyModel: NeuronModel {
    /// Constants of the gradient through time.
    fn membrane(&self, dt_ms: f64) -> Membrane;
}

/// The leaky membrane that stands for a model where a network learns through it.
///
/// `ũ(t+1) = e^(−dt/τ)·ũ(t) + (1 − e^(−dt/τ))·ũ_∞` with `ũ_∞ = 1 + (drive − threshold)/scale`, put to 0 by
/// the spikes of the model itself: 1 is the drive at which the model is on the brink of firing, 0 is rest.
/// What makes a spike end, adaptation, bursts and resonance are left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effective {
    /// Time constant at rest, ms; 0 where nothing is remembered.
    pub tau_ms: f64,
    /// The drive under which the fast parts of the model no longer hold it at rest.
    pub threshold: f64,
    /// The difference of drive that moves `ũ_∞` by 1, above 0: the threshold itself unless that would say
    /// nothing, as where the model fires without any drive.
    pub scale: f64,
    /// How long it neither listens nor remembers after a spike, ms.
    pub refractory_ms: f64,
    /// Potential at rest, mV or what stands for it.
    pub rest_mv: f64,
    /// From rest to the brink of firing, above 0: the scale in which networks read the potential.
    pub span_mv: f64,
}

impl Effective {
    /// A unit without a membrane, on the brink at a drive of 0: it answers what it is asked, at once.
    pub(crate) const AT_ONCE: Self =
        Self { tau_ms: 0.0, threshold: 0.0, scale: 1.0, refractory_ms: 0.0, rest_mv: 0.0, span_mv: 1.0 };

    /// Of a membrane that needs `threshold` of drive to fire; `least_drive` and `least_mv` are taken for
    /// scale and span where the membrane says nothing sensible.
    pub(crate) fn of_membrane(
        [tau_ms, refractory_ms]: [f64; 2],
        [threshold, least_drive]: [f64; 2],
        [rest_mv, brink_mv]: [f64; 2],
    ) -> Self {
        let scale = if threshold > least_drive { threshold } else { least_drive };
        let span_mv = if brink_mv - rest_mv > LEAST_SPAN_MV { brink_mv - rest_mv } else { LEAST_SPAN_MV };
        Self { tau_ms, threshold, scale, refractory_ms, rest_mv, span_mv }
    }
}

/// The smallest distance from rest to the brink that networks scale potentials by, mV.
const LEAST_SPAN_MV: f64 = 1.0;

/// Where a membrane is on the brink of firing: the potential above rest at which its fast parts no longer
/// hold it, and the drive under which it rests there.
///
/// `outward(v, at)` is the current at `v` while all that is slow is as it is at a rest at `at`. Fast are the
/// leak and what opens at once. Where its slope is no longer positive, a rest at `at` does not last (Izhikevich
/// 2007, *Dynamical Systems in Neuroscience*, section 3.3): at the fold of a neuron of type I, a little before
/// the Hopf bifurcation of one of type II. Looked for in steps of a quarter of a millivolt up to 100 mV.
pub(crate) fn brink(rest_mv: f64, outward: impl Fn(f64, f64) -> f64) -> [f64; 2] {
    let held = |at: f64| outward(at + 0.01, at) > outward(at - 0.01, at);
    let quarters = (1..400).take_while(|&quarter| held(rest_mv + 0.25 * f64::from(quarter))).count() as u32;
    let potential_mv = rest_mv + 0.25 * f64::from(quarters + 1);
    [potential_mv, outward(potential_mv, potential_mv)]
}

/// A model that a unit of a network can be: it says by which membrane a network learns through it.
pub trait UnitModel: NeuronModel {
    /// That membrane, from the parameters.
    fn effective(&self) -> Effective;
}

/// The step of a [`LeakyModel`] under currents alone.
pub trait LeakyStepper<R: Real>: Stepper<R> {
    /// [`Stepper::step`] without conductances: the decay is a constant then.
    fn step_driven(&self, state: &mut Self::State, drive_mv: R) -> Stepped<R>;
    /// The same with a threshold in mV and a decay `e^(−dt/τ)` of its own, where they are given.
    fn with(self, threshold_mv: Option<R>, decay: Option<R>) -> Self;
}
