//! Current that jumps with a spike and decays exponentially.
//!
//! `τ dI/dt = −I`, `I ← I + w` at a spike; `w` in the neuron's unit of drive. The decay is exact, and
//! the mean over each step is sent, so a spike carries the charge `w·τ` whatever the step.
//!
//! ```
//! use cajal::neurons::Input;
//! use cajal::snn::synapses::{ExponentialCurrent, SynapseModel, SynapseStepper};
//! let receptor = ExponentialCurrent::default().stepper::<f64>(0.1);
//! let mut input = Input::current(0.0);
//! receptor.step(&mut receptor.rest(), 1.0, -65.0, &mut input);
//! assert!((0.98..1.0).contains(&input.current));
//! ```

use super::{Decay, SynapseModel, SynapseStepper, time_constant};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Reference, StateVariable, declared_fields,
};
use crate::kernels::lane::Real;
use crate::neurons::Input;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExponentialCurrent {
    /// Time constant of the decay, ms.
    pub tau_ms: f64,
}

impl Default for ExponentialCurrent {
    fn default() -> Self {
        Self { tau_ms: 5.0 }
    }
}

const VOGELS_ABBOTT_2005: Citation = Citation {
    authors: "Vogels, Abbott",
    year: 2005,
    title: "Signal propagation and logic gating in networks of integrate-and-fire neurons",
    source: "J. Neurosci. 25, 10786–10795",
};

impl Declared for ExponentialCurrent {
    const DECLARATION: Declaration = Declaration {
        id: "exponential-current",
        title: "Exponential current",
        citation: VOGELS_ABBOTT_2005,
        equations: &[r"\tau \frac{dI}{dt} = -I", r"I \leftarrow I + w"],
        parameters: &[time_constant("tau_ms", r"\tau", 5.0, "How long the current lasts.")],
        state: &[StateVariable {
            key: "current",
            symbol: "I",
            unit: Unit::Picoampere,
            meaning: "Current into the neuron, in its unit of drive.",
        }],
        drive: Unit::Picoampere,
        integrator: Integrator::Exact,
        largest_dt_ms: 5.0,
        presets: &[],
        references: &[Reference {
            what: "charge of one spike over weight, τ 5 ms",
            expected: 5.0,
            tolerance: 1e-9,
            unit: Unit::Millisecond,
            citation: VOGELS_ABBOTT_2005,
        }],
        not_biological: "The current does not depend on the potential, so it neither reverses nor saturates.",
    };
    declared_fields!(tau_ms);
}

impl SynapseModel for ExponentialCurrent {
    type Stepper<R: Real> = ExponentialCurrentStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> ExponentialCurrentStepper<R> {
        ExponentialCurrentStepper { decay: Decay::new(self.tau_ms, dt_ms) }
    }
}

/// The step of [`ExponentialCurrent`].
#[derive(Clone, Copy)]
pub struct ExponentialCurrentStepper<R> {
    decay: Decay<R>,
}

impl<R: Real> SynapseStepper<R> for ExponentialCurrentStepper<R> {
    type State = [R; 1];

    fn rest(&self) -> [R; 1] {
        [R::splat(0.0)]
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 1], arrived: R, _potential_mv: R, input: &mut Input<R>) {
        input.current = input.current + self.decay.step(&mut state[0], arrived);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::sent;
    use super::*;
    use crate::neurons::{LeakyIntegrator, NeuronModel, Stepper};

    #[test]
    fn a_spike_carries_its_charge_whatever_the_step() {
        for dt_ms in [0.1, 1.0, 5.0] {
            let inputs = sent(&ExponentialCurrent::default(), dt_ms, 4_000, &[0], 2.0);
            let charge: f64 = inputs.iter().map(|input| input.current * dt_ms).sum();
            assert!((charge - 2.0 * 5.0).abs() < 1e-9, "dt {dt_ms}: {charge}");
        }
    }

    /// The potential of a membrane of τ_m = 20 ms, 20 ms after a spike, against its closed form
    /// `w·τ/(τ_m − τ)·(e^(−t/τ_m) − e^(−t/τ))`.
    fn error(dt_ms: f64) -> f64 {
        let neuron = LeakyIntegrator::default().stepper::<f64>(dt_ms);
        let mut state = neuron.rest();
        for input in sent(&ExponentialCurrent::default(), dt_ms, (20.0 / dt_ms) as usize, &[0], 1.0) {
            neuron.step(&mut state, input);
        }
        let exact = 5.0 / 15.0 * ((-1.0f64).exp() - (-4.0f64).exp());
        (state[0] + 65.0 - exact).abs()
    }

    #[test]
    fn the_potential_converges_with_second_order() {
        let order = (error(0.5) / error(0.25)).log2();
        assert!((order - 2.0).abs() < 0.05, "order {order}, error at 0.5 ms {}", error(0.5));
    }
}
