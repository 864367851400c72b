//! Delta synapse: a spike moves the potential at once.
//!
//! `V ← V + w`, `w` in mV. A neuron only takes a drive that is constant over a step, so the receptor
//! sends the drive for which the potential of a leaky membrane is higher by exactly `w` at the end of
//! the step: such a membrane moves by `RI·(1 − e^(−dt/τ))`, hence
//! `I = w·g_L / (1 − e^(−dt/τ_m))`. The leak conductance `g_L` is 1 for neurons that are driven by
//! `R·I` in mV, and in nS for those driven by pA.
//!
//! Exact for a membrane without open conductances; a conductance of `g` leaks takes the part
//! `g·dt/2τ` of the jump within the step. A refractory neuron loses it, as it loses any current.
//!
//! ```
//! use cajal::neurons::{Input, LeakyIntegrator, NeuronModel, Stepper};
//! use cajal::snn::synapses::{Delta, SynapseModel, SynapseStepper};
//! let (neuron, receptor) = (LeakyIntegrator::default(), Delta::default());
//! let (neuron, receptor) = (neuron.stepper::<f64>(0.5), receptor.stepper::<f64>(0.5));
//! let mut input = Input::current(0.0);
//! receptor.step(&mut receptor.rest(), 2.0, -65.0, &mut input);
//! let potential = neuron.step(&mut neuron.rest(), input).potential;
//! assert!((potential - (-65.0 + 2.0)).abs() < 1e-9);
//! ```

use super::{SynapseModel, SynapseStepper, time_constant};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Reference, Scale, declared_fields,
};
use crate::kernels::lane::Real;
use crate::neurons::Input;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Delta {
    /// Time constant of the membrane that is moved, ms.
    pub tau_ms: f64,
    /// Leak conductance of that membrane, in its unit of drive a mV.
    pub leak: f64,
}

impl Default for Delta {
    fn default() -> Self {
        Self { tau_ms: 20.0, leak: 1.0 }
    }
}

const BRUNEL_2000: Citation = Citation {
    authors: "Brunel",
    year: 2000,
    title: "Dynamics of sparsely connected networks of excitatory and inhibitory spiking neurons",
    source: "J. Comput. Neurosci. 8, 183–208, equation 2",
};

impl Declared for Delta {
    const DECLARATION: Declaration = Declaration {
        id: "delta",
        title: "Delta",
        citation: BRUNEL_2000,
        equations: &[r"V \leftarrow V + w"],
        parameters: &[
            time_constant("tau_ms", r"\tau_m", 20.0, "Time constant of the membrane that is moved."),
            Parameter {
                key: "leak",
                symbol: "g_L",
                unit: Unit::One,
                range: (1e-3, 1e3),
                step: 1.1,
                scale: Scale::Logarithmic,
                default: 1.0,
                meaning: "Leak of that membrane in its unit of drive a mV; 1 where the drive is in mV.",
            },
        ],
        state: &[],
        drive: Unit::Millivolt,
        integrator: Integrator::Exact,
        largest_dt_ms: 5.0,
        presets: &[],
        references: &[Reference {
            what: "jump of a membrane of 20 ms by a weight of 1.5 mV, step 0.5 ms",
            expected: 1.5,
            tolerance: 1e-9,
            unit: Unit::Millivolt,
            citation: BRUNEL_2000,
        }],
        not_biological: "Charge enters in no time, and as much at every potential: there is no channel that opens \
                         and closes.",
    };
    declared_fields!(tau_ms, leak);
}

impl SynapseModel for Delta {
    type Stepper<R: Real> = DeltaStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> DeltaStepper<R> {
        DeltaStepper { drive: R::from_f64(self.leak / -libm::expm1(-dt_ms / self.tau_ms)) }
    }
}

/// The step of [`Delta`].
#[derive(Clone, Copy)]
pub struct DeltaStepper<R> {
    drive: R,
}

impl<R: Real> SynapseStepper<R> for DeltaStepper<R> {
    type State = [R; 0];

    fn rest(&self) -> [R; 0] {
        []
    }

    #[inline(always)]
    fn step(&self, _state: &mut [R; 0], arrived: R, _potential_mv: R, input: &mut Input<R>) {
        input.current = input.current + arrived * self.drive;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::neurons::{Lif, NeuronModel, Stepper};

    #[test]
    fn the_potential_jumps_by_the_weight_and_then_leaks() {
        for dt_ms in [0.1, 0.5, 2.0] {
            let neuron = Lif::default().stepper::<f64>(dt_ms);
            let receptor = Delta::default().stepper::<f64>(dt_ms);
            let mut state = neuron.rest();
            let mut potential = 0.0;
            for step in 0..5 {
                let mut input = Input::current(0.0);
                receptor.step(&mut [], if step == 0 { 1.5 } else { 0.0 }, state[0], &mut input);
                potential = neuron.step(&mut state, input).potential;
                let exact = -65.0 + 1.5 * (-f64::from(step) * dt_ms / 20.0).exp();
                assert!((potential - exact).abs() < 1e-9, "dt {dt_ms}: {potential} against {exact}");
            }
            assert!(potential < -63.5);
        }
    }

    #[test]
    fn the_leak_turns_millivolts_into_the_unit_of_drive() {
        let [plain, scaled] = [1.0, 30.0].map(|leak| {
            let mut input = Input::current(0.0);
            let model = Delta { leak, ..Delta::default() };
            model.stepper::<f64>(0.1).step(&mut [], 1.0, -65.0, &mut input);
            input.current
        });
        assert!((scaled / plain - 30.0).abs() < 1e-12);
    }
}
