//! Models of synapses: how spikes that arrive become current and conductance, step by step.
//!
//! Each file declares one kind of receptor. A receptor of a neuron sums the weights of all spikes
//! that arrive in a step; its state is shared by all synapses of that kind on the neuron, which is
//! exact for linear kinetics. In a declaration, `drive` is the unit of the weight: a current in the
//! neuron's unit of drive, or a conductance in that unit a mV.
//!
//! Spikes arrive at the beginning of a step. What a receptor sends is the *mean* of its current or
//! conductance over the step: a neuron takes its input as constant, so the charge of every spike is
//! right whatever the step, and the potential follows with an error of second order.
//!
//! ```
//! use cajal::neurons::Input;
//! use cajal::snn::synapses::{ExponentialCurrent, SynapseModel, SynapseStepper};
//! let receptor = ExponentialCurrent { tau_ms: 5.0 }.stepper::<f64>(0.1);
//! let (mut state, mut charge) = (receptor.rest(), 0.0);
//! for step in 0..2_000 {
//!     let mut input = Input::current(0.0);
//!     receptor.step(&mut state, if step == 0 { 3.0 } else { 0.0 }, -65.0, &mut input);
//!     charge += input.current * 0.1;
//! }
//! assert!((charge - 3.0 * 5.0).abs() < 1e-9); // weight times time constant
//! ```

pub mod alpha;
pub mod ampa;
pub mod delta;
pub mod exponential_conductance;
pub mod exponential_current;
pub mod gaba_a;
pub mod gaba_b;
pub mod gap_junction;
pub mod kinetics;
pub mod nmda;

use crate::describe::{Declared, Parameter, Scale};
use crate::kernels::lane::Real;
use crate::neurons::Input;
use crate::units::Unit;

pub use alpha::Alpha;
pub use ampa::Ampa;
pub use delta::Delta;
pub use exponential_conductance::ExponentialConductance;
pub use exponential_current::ExponentialCurrent;
pub use gaba_a::GabaA;
pub use gaba_b::GabaB;
pub use gap_junction::GapJunction;
pub use nmda::Nmda;

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

/// Magnitude below which a number that decays freely is put to zero: far above the subnormal numbers
/// of f32, which are slow, and far below whatever moves a membrane.
const NEGLIGIBLE: f32 = 1e-30;

/// `value`, or zero where it is negligible. NaN stays NaN.
#[inline(always)]
fn flushed<R: Real>(value: R) -> R {
    R::select(value.abs().lt(R::splat(NEGLIGIBLE)), R::splat(0.0), value)
}

/// Exponential decay over one step, exactly.
#[derive(Clone, Copy, Debug)]
struct Decay<R> {
    /// What is left after the step: `e^(−dt/τ)`.
    kept: R,
    /// The mean over the step: `τ/dt · (1 − e^(−dt/τ))`.
    mean: R,
}

impl<R: Real> Decay<R> {
    fn new(tau_ms: f64, dt_ms: f64) -> Self {
        let steps = dt_ms / tau_ms;
        Self { kept: R::from_f64(libm::exp(-steps)), mean: R::from_f64(-libm::expm1(-steps) / steps) }
    }

    /// Adds `added` to `value`, lets it decay over the step and gives its mean.
    #[inline(always)]
    fn step(&self, value: &mut R, added: R) -> R {
        let start = *value + added;
        *value = flushed(start * self.kept);
        start * self.mean
    }
}

/// Adds the conductance `conductance` with the reversal potential `reversal` to `input`.
#[inline(always)]
fn open<R: Real>(input: &mut Input<R>, conductance: R, reversal: R) {
    input.current = input.current + conductance * reversal;
    input.conductance = input.conductance + conductance;
}

const fn time_constant(
    key: &'static str,
    symbol: &'static str,
    default: f64,
    meaning: &'static str,
) -> Parameter {
    let (unit, scale) = (Unit::Millisecond, Scale::Logarithmic);
    Parameter { key, symbol, unit, range: (0.1, 1000.0), step: 1.1, scale, default, meaning }
}

const fn reversal(default: f64) -> Parameter {
    Parameter {
        key: "reversal_mv",
        symbol: "E",
        unit: Unit::Millivolt,
        range: (-120.0, 60.0),
        step: 1.0,
        scale: Scale::Linear,
        default,
        meaning: "The potential towards which the open channels pull.",
    }
}

const fn rate(
    key: &'static str,
    symbol: &'static str,
    unit: Unit,
    default: f64,
    meaning: &'static str,
) -> Parameter {
    let scale = Scale::Logarithmic;
    Parameter { key, symbol, unit, range: (1e-4, 20.0), step: 1.1, scale, default, meaning }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::lane::F32x4;

    /// What a receptor sends at each step after spikes of `weight` at the given steps.
    pub(super) fn sent(
        model: &impl SynapseModel,
        dt_ms: f64,
        steps: usize,
        spikes: &[usize],
        weight: f64,
    ) -> Vec<Input<f64>> {
        let receptor = model.stepper::<f64>(dt_ms);
        let mut state = receptor.rest();
        (0..steps)
            .map(|step| {
                let mut input = Input::current(0.0);
                let arrived = if spikes.contains(&step) { weight } else { 0.0 };
                receptor.step(&mut state, arrived, -65.0, &mut input);
                input
            })
            .collect()
    }

    fn lanes_are_the_scalars<M: SynapseModel>(model: M) {
        let (scalar, vector) = (model.stepper::<f32>(0.1), model.stepper::<F32x4>(0.1));
        let (mut ones, mut four) = (scalar.rest(), vector.rest());
        for step in 0..3_000 {
            let arrived = if step % 97 == 0 { 0.5 } else { 0.0 };
            let (mut one, mut all) = (Input::current(0.0f32), Input::current(F32x4::splat(0.0)));
            scalar.step(&mut ones, arrived, -55.0, &mut one);
            vector.step(&mut four, F32x4::splat(arrived), F32x4::splat(-55.0), &mut all);
            assert_eq!([one.current; 4], all.current.to_array(), "{}", M::DECLARATION.title);
            assert_eq!([one.conductance; 4], all.conductance.to_array());
        }
    }

    #[test]
    fn four_lanes_give_the_bits_of_one() {
        lanes_are_the_scalars(Delta::default());
        lanes_are_the_scalars(ExponentialCurrent::default());
        lanes_are_the_scalars(ExponentialConductance::default());
        lanes_are_the_scalars(Alpha::default());
        lanes_are_the_scalars(Ampa::default());
        lanes_are_the_scalars(Nmda::default());
        lanes_are_the_scalars(GabaA::default());
        lanes_are_the_scalars(GabaB::default());
    }

    #[test]
    fn what_decays_freely_ends_at_zero() {
        let receptor = ExponentialConductance::default().stepper::<f32>(1.0);
        let mut state = receptor.rest();
        let mut input = Input::current(0.0);
        receptor.step(&mut state, 1.0, -65.0, &mut input);
        for _ in 0..500 {
            receptor.step(&mut state, 0.0, -65.0, &mut input);
            assert!(state[0] == 0.0 || state[0].is_normal());
        }
        assert_eq!(state[0], 0.0);
        assert!(flushed(f32::NAN).is_nan());
    }
}
