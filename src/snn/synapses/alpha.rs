//! Alpha function: a conductance that rises and falls with one time constant.
//!
//! `I = g·(E − V)`, `g(t) = w·(t/τ)·e^(1 − t/τ)` after a spike: it reaches `w` at `t = τ`. As two
//! equations, `τ dx/dt = −x` with `x ← x + w` at a spike, `τ dg/dt = −g + e·x`; solved exactly:
//! `g ← (g + e·x·dt/τ)·e^(−dt/τ)`. The mean over each step is sent, so a spike carries `w·e·τ`.
//!
//! ```
//! use cajal::neurons::Input;
//! use cajal::snn::synapses::{Alpha, SynapseModel, SynapseStepper};
//! let receptor = Alpha { tau_ms: 2.0, reversal_mv: 0.0 }.stepper::<f64>(0.1);
//! let mut state = receptor.rest();
//! for step in 0..20 {
//!     receptor.step(&mut state, if step == 0 { 3.0 } else { 0.0 }, -65.0, &mut Input::current(0.0));
//! }
//! assert!((state[1] - 3.0).abs() < 1e-9); // after 2 ms
//! ```

use super::{Decay, SynapseModel, SynapseStepper, flushed, open, reversal, time_constant};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Reference, StateVariable, declared_fields,
};
use crate::kernels::lane::Real;
use crate::neurons::Input;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alpha {
    /// Time from a spike to the peak, ms.
    pub tau_ms: f64,
    /// Reversal potential E, mV.
    pub reversal_mv: f64,
}

impl Default for Alpha {
    fn default() -> Self {
        Self { tau_ms: 2.0, reversal_mv: 0.0 }
    }
}

const RALL_1967: Citation = Citation {
    authors: "Rall",
    year: 1967,
    title: "Distinguishing theoretical synaptic potentials computed for different soma-dendritic distributions of \
            synaptic input",
    source: "J. Neurophysiol. 30, 1138–1168",
};

impl Declared for Alpha {
    const DECLARATION: Declaration = Declaration {
        id: "alpha",
        title: "Alpha function",
        citation: RALL_1967,
        equations: &[r"I = g\,(E - V)", r"g(t) = w\,\frac{t}{\tau}\,e^{1 - t/\tau}"],
        parameters: &[time_constant("tau_ms", r"\tau", 2.0, "Time from a spike to the peak."), reversal(0.0)],
        state: &[
            StateVariable {
                key: "rising",
                symbol: "x",
                unit: Unit::Nanosiemens,
                meaning: "What still opens channels.",
            },
            StateVariable {
                key: "conductance",
                symbol: "g",
                unit: Unit::Nanosiemens,
                meaning: "Conductance of the open channels, in the neuron's unit of drive a mV.",
            },
        ],
        drive: Unit::Nanosiemens,
        integrator: Integrator::Exact,
        largest_dt_ms: 5.0,
        presets: &[],
        references: &[
            Reference {
                what: "conductance over weight, τ after a spike",
                expected: 1.0,
                tolerance: 1e-9,
                unit: Unit::One,
                citation: RALL_1967,
            },
            Reference {
                what: "conductance over weight, 3 τ after a spike",
                expected: 0.406,
                tolerance: 5e-4,
                unit: Unit::One,
                citation: RALL_1967,
            },
        ],
        not_biological: "Rise and fall share one time constant, which real channels do not.",
    };
    declared_fields!(tau_ms, reversal_mv);
}

impl SynapseModel for Alpha {
    type Stepper<R: Real> = AlphaStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> AlphaStepper<R> {
        let steps = dt_ms / self.tau_ms;
        let kept = libm::exp(-steps);
        AlphaStepper {
            decay: Decay::new(self.tau_ms, dt_ms),
            gain: R::from_f64(core::f64::consts::E * steps),
            // ∫ e·(t/τ)·e^(−t/τ) dt over the step, divided by the step.
            gain_mean: R::from_f64(core::f64::consts::E * (-libm::expm1(-steps) - steps * kept) / steps),
            reversal: R::from_f64(self.reversal_mv),
        }
    }
}

/// The step of [`Alpha`].
#[derive(Clone, Copy)]
pub struct AlphaStepper<R> {
    decay: Decay<R>,
    gain: R,
    gain_mean: R,
    reversal: R,
}

impl<R: Real> SynapseStepper<R> for AlphaStepper<R> {
    type State = [R; 2];

    fn rest(&self) -> [R; 2] {
        [R::splat(0.0); 2]
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 2], arrived: R, _potential_mv: R, input: &mut Input<R>) {
        let rising = state[0] + arrived;
        let conductance = state[1];
        state[0] = flushed(rising * self.decay.kept);
        state[1] = flushed((conductance + rising * self.gain) * self.decay.kept);
        open(input, conductance * self.decay.mean + rising * self.gain_mean, self.reversal);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::sent;
    use super::*;

    #[test]
    fn the_integral_is_exact_whatever_the_step() {
        for dt_ms in [0.1, 1.0, 5.0] {
            let inputs = sent(&Alpha::default(), dt_ms, 4_000, &[0, 7], 2.0);
            let integral: f64 = inputs.iter().map(|input| input.conductance * dt_ms).sum();
            let exact = 2.0 * 2.0 * core::f64::consts::E * 2.0;
            assert!((integral - exact).abs() < 1e-9, "dt {dt_ms}: {integral} against {exact}");
        }
    }
}
