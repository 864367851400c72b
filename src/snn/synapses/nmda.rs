//! NMDA receptor: slow excitation that magnesium blocks at rest.
//!
//! `I = ḡ·B(V)·r·(E − V)`; `r` follows `dr/dt = α[T](1 − r) − βr` with a pulse of transmitter at each spike,
//! carried as the two exponentials of [`super::kinetics`] (rise/decay form, stepped exactly). The
//! weight is the conductance `ḡ` with all channels open, in the neuron's unit of drive a mV.
//!
//! `B(V) = 1/(1 + [Mg]·e^(−0.062·V)/3.57)`, [Mg] in mM and V in mV (Jahr & Stevens 1990), is taken at
//! the potential with which the step begins, as magnesium enters and leaves within microseconds.
//!
//! ```
//! use cajal::neurons::Input;
//! use cajal::snn::synapses::{Nmda, SynapseModel, SynapseStepper};
//! let receptor = Nmda::default().stepper::<f64>(0.1);
//! let (mut state, mut input) = (receptor.rest(), Input::current(0.0));
//! receptor.step(&mut state, 1.0, -65.0, &mut input);
//! assert!(input.conductance > 0.0);
//! ```

use super::kinetics::{Pulse, TwoExponentialsStepper};
use super::{SynapseModel, SynapseStepper, open, rate, reversal};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Reference, Scale, StateVariable, declared_fields,
};
use crate::kernels::lane::Real;
use crate::neurons::Input;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nmda {
    /// Rate of opening α, 1/(mM·ms).
    pub alpha: f64,
    /// Rate of closing β, 1/ms.
    pub beta: f64,
    /// Reversal potential E, mV.
    pub reversal_mv: f64,
    /// Magnesium outside the cell, mM.
    pub magnesium_mm: f64,
}

impl Default for Nmda {
    fn default() -> Self {
        Self { alpha: 0.072, beta: 0.0066, reversal_mv: 0.0, magnesium_mm: 1.0 }
    }
}

const DESTEXHE_1998: Citation = Citation {
    authors: "Destexhe, Mainen, Sejnowski",
    year: 1998,
    title: "Kinetic models of synaptic transmission",
    source: "Methods in Neuronal Modeling, 2nd edition, MIT Press, 1–25",
};

const JAHR_STEVENS_1990: Citation = Citation {
    authors: "Jahr, Stevens",
    year: 1990,
    title: "Voltage dependence of NMDA-activated macroscopic conductances predicted by single-channel kinetics",
    source: "J. Neurosci. 10, 3178–3182",
};

impl Nmda {
    /// The kinetics under the pulse of 1 mM for 1 ms that the source takes.
    pub fn pulse(&self) -> Pulse {
        Pulse { alpha: self.alpha, beta: self.beta, transmitter_mm: 1.0, pulse_ms: 1.0 }
    }

    /// The fraction of channels that magnesium leaves free at `potential_mv`.
    pub fn unblocked(&self, potential_mv: f64) -> f64 {
        unblocked(self.magnesium_mm / 3.57, potential_mv)
    }
}

impl Declared for Nmda {
    const DECLARATION: Declaration = Declaration {
        id: "nmda",
        title: "NMDA",
        citation: DESTEXHE_1998,
        equations: &[
            r"I = \bar g\, B(V)\, r\, (E - V)",
            r"\frac{dr}{dt} = \alpha [T] (1 - r) - \beta r",
            r"B(V) = \frac{1}{1 + [\mathrm{Mg}]\, e^{-0.062 V} / 3.57}",
        ],
        parameters: &[
            rate(
                "alpha",
                r"\alpha",
                Unit::PerMillimolarMillisecond,
                0.072,
                "How fast transmitter opens channels.",
            ),
            rate("beta", r"\beta", Unit::PerMillisecond, 0.0066, "How fast open channels close."),
            reversal(0.0),
            Parameter {
                key: "magnesium_mm",
                symbol: r"[\mathrm{Mg}]",
                unit: Unit::Millimolar,
                range: (0.0, 10.0),
                step: 0.1,
                scale: Scale::Linear,
                default: 1.0,
                meaning: "Magnesium outside the cell; without it the channels conduct at every potential.",
            },
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
                expected: 0.0692,
                tolerance: 1e-4,
                unit: Unit::One,
                citation: DESTEXHE_1998,
            },
            Reference {
                what: "time constant of the decay",
                expected: 151.5,
                tolerance: 0.1,
                unit: Unit::Millisecond,
                citation: DESTEXHE_1998,
            },
            Reference {
                what: "fraction free of magnesium at −80 mV, 1 mM",
                expected: 0.0244,
                tolerance: 5e-5,
                unit: Unit::One,
                citation: JAHR_STEVENS_1990,
            },
            Reference {
                what: "fraction free of magnesium at −40 mV, 1 mM",
                expected: 0.230,
                tolerance: 5e-4,
                unit: Unit::One,
                citation: JAHR_STEVENS_1990,
            },
        ],
        not_biological: "One rate opens and one closes all channels; neither the state of the receptors that desensitise nor the \
                         noise of single channels is in it.",
    };
    declared_fields!(alpha, beta, reversal_mv, magnesium_mm);
}

impl SynapseModel for Nmda {
    type Stepper<R: Real> = NmdaStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> NmdaStepper<R> {
        NmdaStepper {
            kinetics: self.pulse().two_exponentials().stepper(dt_ms),
            reversal: R::from_f64(self.reversal_mv),
            magnesium: R::from_f64(self.magnesium_mm / 3.57),
        }
    }
}

/// The step of [`Nmda`].
#[derive(Clone, Copy)]
pub struct NmdaStepper<R> {
    kinetics: TwoExponentialsStepper<R>,
    reversal: R,
    magnesium: R,
}

/// `B(V)` with `[Mg]/3.57 mM` as `magnesium`.
#[inline(always)]
fn unblocked<R: Real>(magnesium: R, potential_mv: R) -> R {
    let one = R::splat(1.0);
    one / (one + magnesium * (potential_mv * R::from_f64(-0.062)).exp())
}

impl<R: Real> SynapseStepper<R> for NmdaStepper<R> {
    type State = [R; 2];

    fn rest(&self) -> [R; 2] {
        [R::splat(0.0); 2]
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 2], arrived: R, potential_mv: R, input: &mut Input<R>) {
        let conductance = self.kinetics.step(state, arrived);
        open(input, conductance * unblocked(self.magnesium, potential_mv), self.reversal);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_integral_is_that_of_the_kinetics_times_what_magnesium_leaves() {
        let model = Nmda::default();
        for potential_mv in [-80.0, -40.0, 20.0] {
            let receptor = model.stepper::<f64>(0.5);
            let (mut state, mut integral) = (receptor.rest(), 0.0);
            for step in 0..8_000 {
                let mut input = Input::current(0.0);
                receptor.step(&mut state, if step == 0 { 2.0 } else { 0.0 }, potential_mv, &mut input);
                integral += input.conductance * 0.5;
            }
            let exact = 2.0 * model.pulse().integral_ms() * model.unblocked(potential_mv);
            assert!((integral / exact - 1.0).abs() < 1e-6, "{potential_mv} mV: {integral} against {exact}");
        }
    }

    #[test]
    fn without_magnesium_nothing_is_blocked() {
        let free = Nmda { magnesium_mm: 0.0, ..Nmda::default() };
        assert_eq!(free.unblocked(-80.0), 1.0);
        assert!(free.stepper::<f32>(0.1).magnesium == 0.0);
    }
}
