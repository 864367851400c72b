//! GABA-A receptor: fast inhibition by chloride.
//!
//! `I = ḡ·r·(E − V)`; `r` follows `dr/dt = α[T](1 − r) − βr` with a pulse of transmitter at each spike,
//! carried as the two exponentials of [`super::kinetics`] (rise/decay form, stepped exactly). The
//! weight is the conductance `ḡ` with all channels open, in the neuron's unit of drive a mV.
//!
//! ```
//! use cajal::neurons::Input;
//! use cajal::snn::synapses::{GabaA, SynapseModel, SynapseStepper};
//! let receptor = GabaA::default().stepper::<f64>(0.1);
//! let (mut state, mut input) = (receptor.rest(), Input::current(0.0));
//! receptor.step(&mut state, 1.0, -65.0, &mut input);
//! assert!(input.conductance > 0.0);
//! ```

use super::kinetics::{Pulse, TwoExponentialsStepper};
use super::{SynapseModel, SynapseStepper, open, rate, reversal};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Reference, StateVariable, declared_fields,
};
use crate::kernels::lane::Real;
use crate::neurons::Input;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GabaA {
    /// Rate of opening α, 1/(mM·ms).
    pub alpha: f64,
    /// Rate of closing β, 1/ms.
    pub beta: f64,
    /// Reversal potential E, mV.
    pub reversal_mv: f64,
}

impl Default for GabaA {
    fn default() -> Self {
        Self { alpha: 5.0, beta: 0.18, reversal_mv: -80.0 }
    }
}

const DESTEXHE_1998: Citation = Citation {
    authors: "Destexhe, Mainen, Sejnowski",
    year: 1998,
    title: "Kinetic models of synaptic transmission",
    source: "Methods in Neuronal Modeling, 2nd edition, MIT Press, 1–25",
};

impl GabaA {
    /// The kinetics under the pulse of 1 mM for 1 ms that the source takes.
    pub fn pulse(&self) -> Pulse {
        Pulse { alpha: self.alpha, beta: self.beta, transmitter_mm: 1.0, pulse_ms: 1.0 }
    }
}

impl Declared for GabaA {
    const DECLARATION: Declaration = Declaration {
        id: "gaba-a",
        title: "GABA-A",
        citation: DESTEXHE_1998,
        equations: &[r"I = \bar g\, r\, (E - V)", r"\frac{dr}{dt} = \alpha [T] (1 - r) - \beta r"],
        parameters: &[
            rate(
                "alpha",
                r"\alpha",
                Unit::PerMillimolarMillisecond,
                5.0,
                "How fast transmitter opens channels.",
            ),
            rate("beta", r"\beta", Unit::PerMillisecond, 0.18, "How fast open channels close."),
            reversal(-80.0),
        ],
        state: &[
            StateVariable {
                key: "slow",
                symbol: "s",
                unit: Unit::Nanosiemens,
                meaning: "The exponential that falls with β.",
            },
            StateVariable {
                key: "fast",
                symbol: "f",
                unit: Unit::Nanosiemens,
                meaning: "The exponential that is taken off it while channels open; s − f is open.",
            },
        ],
        drive: Unit::Nanosiemens,
        integrator: Integrator::Exact,
        largest_dt_ms: 1.0,
        presets: &[],
        references: &[
            Reference {
                what: "open fraction at the end of a pulse of 1 mM for 1 ms",
                expected: 0.960,
                tolerance: 5e-4,
                unit: Unit::One,
                citation: DESTEXHE_1998,
            },
            Reference {
                what: "time constant of the decay",
                expected: 5.56,
                tolerance: 0.01,
                unit: Unit::Millisecond,
                citation: DESTEXHE_1998,
            },
        ],
        not_biological: "One rate opens and one closes all channels; neither the state of the receptors that desensitise nor the \
                         noise of single channels is in it.",
    };
    declared_fields!(alpha, beta, reversal_mv);
}

impl SynapseModel for GabaA {
    type Stepper<R: Real> = GabaAStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> GabaAStepper<R> {
        GabaAStepper {
            kinetics: self.pulse().two_exponentials().stepper(dt_ms),
            reversal: R::from_f64(self.reversal_mv),
        }
    }
}

/// The step of [`GabaA`].
#[derive(Clone, Copy)]
pub struct GabaAStepper<R> {
    kinetics: TwoExponentialsStepper<R>,
    reversal: R,
}

impl<R: Real> SynapseStepper<R> for GabaAStepper<R> {
    type State = [R; 2];

    fn rest(&self) -> [R; 2] {
        [R::splat(0.0); 2]
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 2], arrived: R, _potential_mv: R, input: &mut Input<R>) {
        let conductance = self.kinetics.step(state, arrived);
        open(input, conductance, self.reversal);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::sent;
    use super::*;

    #[test]
    fn the_conductance_has_the_integral_of_the_kinetics() {
        let model = GabaA::default();
        for dt_ms in [0.1, 0.5] {
            let inputs = sent(&model, dt_ms, (200.0 / dt_ms) as usize, &[0], 2.0);
            let integral: f64 = inputs.iter().map(|input| input.conductance * dt_ms).sum();
            let exact = 2.0 * model.pulse().integral_ms();
            assert!((integral / exact - 1.0).abs() < 1e-6, "dt {dt_ms}: {integral} against {exact}");
            assert!((inputs[0].current - inputs[0].conductance * model.reversal_mv).abs() < 1e-12);
        }
    }
}
