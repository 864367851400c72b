//! Conductance that jumps with a spike and decays exponentially.
//!
//! `I = g·(E − V)`, `τ dg/dt = −g`, `g ← g + w` at a spike; `w` in the neuron's unit of drive a mV (nS
//! for pA, leak conductances for a membrane driven in mV). The decay is exact.
//!
//! ```
//! use cajal::neurons::Input;
//! use cajal::snn::synapses::{ExponentialConductance, SynapseModel, SynapseStepper};
//! let receptor = ExponentialConductance { tau_ms: 10.0, reversal_mv: -80.0 }.stepper::<f64>(0.1);
//! let mut input = Input::current(0.0);
//! receptor.step(&mut receptor.rest(), 4.0, -65.0, &mut input);
//! assert!((input.current / input.conductance - -80.0).abs() < 1e-9);
//! ```

use super::{Decay, SynapseModel, SynapseStepper, open, reversal, time_constant};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Preset, Reference, StateVariable, declared_fields,
};
use crate::kernels::lane::Real;
use crate::neurons::Input;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExponentialConductance {
    /// Time constant of the decay, ms.
    pub tau_ms: f64,
    /// Reversal potential E, mV.
    pub reversal_mv: f64,
}

impl Default for ExponentialConductance {
    fn default() -> Self {
        Self { tau_ms: 5.0, reversal_mv: 0.0 }
    }
}

const VOGELS_ABBOTT_2005: Citation = Citation {
    authors: "Vogels, Abbott",
    year: 2005,
    title: "Signal propagation and logic gating in networks of integrate-and-fire neurons",
    source: "J. Neurosci. 25, 10786–10795",
};

impl Declared for ExponentialConductance {
    const DECLARATION: Declaration = Declaration {
        id: "exponential-conductance",
        title: "Exponential conductance",
        citation: VOGELS_ABBOTT_2005,
        equations: &[r"I = g\,(E - V)", r"\tau \frac{dg}{dt} = -g", r"g \leftarrow g + w"],
        parameters: &[
            time_constant("tau_ms", r"\tau", 5.0, "How long the channels stay open."),
            reversal(0.0),
        ],
        state: &[StateVariable {
            key: "conductance",
            symbol: "g",
            unit: Unit::Nanosiemens,
            meaning: "Conductance of the open channels, in the neuron's unit of drive a mV.",
        }],
        drive: Unit::Nanosiemens,
        integrator: Integrator::Exact,
        largest_dt_ms: 5.0,
        presets: &[
            Preset {
                id: "excitatory",
                title: "Excitatory",
                values: &[],
                drive: &[],
                citation: VOGELS_ABBOTT_2005,
            },
            Preset {
                id: "inhibitory",
                title: "Inhibitory",
                values: &[("tau_ms", 10.0), ("reversal_mv", -80.0)],
                drive: &[],
                citation: VOGELS_ABBOTT_2005,
            },
        ],
        references: &[Reference {
            what: "integral of the conductance of one spike over weight, τ 5 ms",
            expected: 5.0,
            tolerance: 1e-9,
            unit: Unit::Millisecond,
            citation: VOGELS_ABBOTT_2005,
        }],
        not_biological: "All channels open at once, and any number of spikes open more of them.",
    };
    declared_fields!(tau_ms, reversal_mv);
}

impl SynapseModel for ExponentialConductance {
    type Stepper<R: Real> = ExponentialConductanceStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> ExponentialConductanceStepper<R> {
        ExponentialConductanceStepper {
            decay: Decay::new(self.tau_ms, dt_ms),
            reversal: R::from_f64(self.reversal_mv),
        }
    }
}

/// The step of [`ExponentialConductance`].
#[derive(Clone, Copy)]
pub struct ExponentialConductanceStepper<R> {
    decay: Decay<R>,
    reversal: R,
}

impl<R: Real> SynapseStepper<R> for ExponentialConductanceStepper<R> {
    type State = [R; 1];

    fn rest(&self) -> [R; 1] {
        [R::splat(0.0)]
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 1], arrived: R, _potential_mv: R, input: &mut Input<R>) {
        open(input, self.decay.step(&mut state[0], arrived), self.reversal);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::sent;
    use super::*;
    use crate::neurons::{LeakyIntegrator, NeuronModel, Stepper};

    #[test]
    fn the_conductance_has_its_integral_and_its_reversal() {
        let model = ExponentialConductance::default();
        for dt_ms in [0.1, 2.0] {
            let inputs = sent(&model, dt_ms, 4_000, &[0, 3], 2.0);
            let integral: f64 = inputs.iter().map(|input| input.conductance * dt_ms).sum();
            assert!((integral - 2.0 * 2.0 * 5.0).abs() < 1e-9, "{integral}");
        }
    }

    #[test]
    fn an_open_channel_never_pulls_beyond_its_reversal() {
        let model = ExponentialConductance::preset("inhibitory").expect("a declared preset");
        let neuron = LeakyIntegrator::default().stepper::<f64>(0.1);
        let mut state = neuron.rest();
        let mut lowest = 0.0f64;
        for input in sent(&model, 0.1, 1_000, &[0, 10, 20], 500.0) {
            lowest = lowest.min(neuron.step(&mut state, input).potential);
        }
        assert!((-80.0..-79.9).contains(&lowest), "{lowest}");
    }
}
