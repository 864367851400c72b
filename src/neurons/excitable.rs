//! Excitable unit: fires by chance when it is excited, and rests for a while afterwards.
//!
//! Each spike that arrives excites it with a probability of its own, independently of the others
//! (Kinouchi & Copelli 2006): `P = 1 − Π(1 − p_j) = 1 − e^(−h)`, `h = Σ −ln(1 − p_j)`. So the drive is `h`, a
//! plain number, in which arrivals add up; see [`hazard`]. Nothing is remembered from one step to the next
//! but the refractory period. A step needs a draw of its own in [`Input::uniform`].
//!
//! ```
//! use cajal::neurons::excitable::hazard;
//! use cajal::neurons::{Excitable, Input, NeuronModel, Stepper};
//! let unit = Excitable::default().stepper::<f64>(1.0);
//! let two_spikes = 2.0 * hazard(0.5); // each excites it every other time
//! let with = |uniform| Input { uniform, ..Input::current(two_spikes) };
//! assert_eq!(unit.step(&mut unit.rest(), with(0.74)).spike, 1.0);
//! assert_eq!(unit.step(&mut unit.rest(), with(0.76)).spike, 0.0);
//! ```

use super::{Effective, Input, NeuronModel, Stepped, Stepper, UnitModel};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Reference, Scale, StateVariable, declared_fields,
};
use crate::kernels::lane::Real;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Excitable {
    /// How long it cannot be excited again, ms; rounded to whole steps.
    pub refractory_ms: f64,
}

impl Default for Excitable {
    fn default() -> Self {
        Self { refractory_ms: 2.0 }
    }
}

/// The weight of a spike that excites with this probability: `−ln(1 − p)`.
#[must_use]
pub fn hazard(probability: f64) -> f64 {
    -libm::log1p(-probability)
}

/// `1 − e^(−h)`; 0 for a drive below 0.
#[inline(always)]
pub(crate) fn probability<R: Real>(hazard: R) -> R {
    let (zero, one) = (R::splat(0.0), R::splat(1.0));
    // 1 − e^(−h) loses the digits of a small h; its series keeps them (h³/6 is below 2e-10).
    let series = hazard * (one - R::splat(0.5) * hazard);
    let small = R::select(hazard.lt(zero), zero, series);
    // Beyond 40 the probability is 1; single precision holds up to e^88.
    R::select(hazard.lt(R::splat(1e-3)), small, one - (-hazard.min(R::splat(40.0))).exp())
}

const KINOUCHI_2006: Citation = Citation {
    authors: "Kinouchi, Copelli",
    year: 2006,
    title: "Optimal dynamical range of excitable networks at criticality",
    source: "Nature Physics 2, 348–351",
};

impl Declared for Excitable {
    const DECLARATION: Declaration = Declaration {
        id: "excitable",
        title: "Excitable unit",
        citation: KINOUCHI_2006,
        equations: &[r"P = 1 - \prod_j (1 - p_j) = 1 - e^{-h},\quad h = -\sum_j \ln(1 - p_j)"],
        parameters: &[Parameter {
            key: "refractory_ms",
            symbol: r"t_\mathrm{ref}",
            unit: Unit::Millisecond,
            range: (0.0, 100.0),
            step: 0.5,
            scale: Scale::Linear,
            default: 2.0,
            meaning: "How long it cannot be excited again after a spike.",
        }],
        state: &[
            StateVariable {
                key: "hazard",
                symbol: "h",
                unit: Unit::One,
                meaning: "What arrived in the last step.",
            },
            StateVariable {
                key: "refractory_steps",
                symbol: "r",
                unit: Unit::Count,
                meaning: "Time steps until it responds again.",
            },
        ],
        drive: Unit::One,
        integrator: Integrator::Map,
        largest_dt_ms: 10.0,
        presets: &[],
        references: &[Reference {
            what: "share of steps in which two spikes of p = 0.3 excite it: 1 − 0.7²",
            expected: 0.51,
            tolerance: 0.01,
            unit: Unit::One,
            citation: KINOUCHI_2006,
        }],
        not_biological: "No membrane adds up what arrives at different times: every spike has one chance to excite, \
                         in one step, and then is forgotten.",
    };
    declared_fields!(refractory_ms);
}

impl NeuronModel for Excitable {
    type Stepper<R: Real> = ExcitableStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> ExcitableStepper<R> {
        ExcitableStepper { refractory_steps: R::from_f64(libm::round(self.refractory_ms / dt_ms)) }
    }
}

/// The drive itself, of which nothing is remembered, on the brink where it fires every other time.
impl UnitModel for Excitable {
    fn effective(&self) -> Effective {
        let threshold = hazard(0.5);
        let refractory_ms = self.refractory_ms;
        Effective { threshold, scale: threshold, span_mv: threshold, refractory_ms, ..Effective::AT_ONCE }
    }
}

/// The step of [`Excitable`].
#[derive(Clone, Copy)]
pub struct ExcitableStepper<R> {
    refractory_steps: R,
}

impl<R: Real> Stepper<R> for ExcitableStepper<R> {
    type State = [R; 2];
    const DRAWS: bool = true;

    fn rest(&self) -> [R; 2] {
        [R::splat(0.0); 2]
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 2], input: Input<R>) -> Stepped<R> {
        let (zero, one) = (R::splat(0.0), R::splat(1.0));
        let responsive = state[1].le(zero);
        let chance = R::select(responsive, probability(input.current), zero);
        let fires = input.uniform.lt(chance);
        let rests = R::select(responsive, zero, state[1] - one);
        *state = [input.current, R::select(fires, self.refractory_steps, rests)];
        Stepped { spike: R::select(fires, one, zero), potential: input.current }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Stream, StreamId};

    #[test]
    fn spikes_excite_independently() {
        let unit = Excitable { refractory_ms: 0.0 }.stepper::<f64>(1.0);
        let (draws, mut state) = (Stream::new(2, StreamId::Firing), unit.rest());
        let mut fired = 0.0;
        for step in 0..20_000 {
            let uniform = draws.uniform_f64(step, 0);
            fired += unit.step(&mut state, Input { uniform, ..Input::current(2.0 * hazard(0.3)) }).spike;
        }
        let reference = &Excitable::DECLARATION.references[0];
        assert!((fired / 20_000.0 - reference.expected).abs() < reference.tolerance, "{fired}");
    }

    #[test]
    fn probabilities_keep_their_digits() {
        for wanted in [0.0, 1e-6, 0.0005, 0.0025, 0.3, 0.999_999] {
            let double: f64 = probability(hazard(wanted));
            let single: f32 = probability(hazard(wanted) as f32);
            assert!((double - wanted).abs() <= 1e-6 * wanted, "{double} against {wanted}");
            assert!((f64::from(single) - wanted).abs() <= 1e-4 * wanted, "{single} against {wanted}");
        }
        assert_eq!([probability(-1.0f64), probability(1e6f64)], [0.0, 1.0]);
    }

    #[test]
    fn silent_while_refractory() {
        let unit = Excitable { refractory_ms: 3.0 }.stepper::<f32>(1.0);
        let mut state = unit.rest();
        let input = Input { uniform: 0.0, ..Input::current(1.0) };
        let spikes: Vec<f32> = (0..9).map(|_| unit.step(&mut state, input).spike).collect();
        assert_eq!(spikes, [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
    }
}
