//! Rate unit: a number that stands for the firing of many neurons, and follows its input.
//!
//! `τ dr/dt = −r + f(k·(I − θ))` with the logistic function or with `max(0, ·)` as `f`. The step is
//! exact for an input that is constant over it. A conductance `g` adds `−g·r`, which divides: shunting
//! inhibition. The rate is in units of the largest one; it never spikes.
//!
//! ```
//! use cajal::neurons::{Input, NeuronModel, Rate, Stepper};
//! let unit = Rate { gain: 1.0, threshold: -0.1, ..Rate::default() }.stepper::<f64>(1.0);
//! let mut state = unit.rest();
//! for _ in 0..1000 {
//!     unit.step(&mut state, Input::current(0.7));
//! }
//! assert!((state[0] - 0.69).abs() < 1e-3); // the logistic function of 0.8
//! ```

use super::{Effective, Input, NeuronModel, Stepped, Stepper, UnitModel};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Preset, Reference, Scale, StateVariable,
    declared_fields,
};
use crate::kernels::lane::Real;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Time constant τ, ms.
    pub tau_ms: f64,
    /// Gain k, per unit of input.
    pub gain: f64,
    /// Input θ at which a logistic unit is half active and a rectified one begins.
    pub threshold: f64,
    /// 1 for `max(0, ·)`, 0 for the logistic function.
    pub rectified: f64,
}

const WILSON_COWAN_1972: Citation = Citation {
    authors: "Wilson, Cowan",
    year: 1972,
    title: "Excitatory and inhibitory interactions in localized populations of model neurons",
    source: "Biophysical Journal 12(1), 1–24",
};

impl Default for Rate {
    fn default() -> Self {
        Self { tau_ms: 10.0, gain: 1.0, threshold: 0.0, rectified: 0.0 }
    }
}

const NUMBER: Parameter = Parameter {
    key: "",
    symbol: "",
    unit: Unit::One,
    range: (-100.0, 100.0),
    step: 0.1,
    scale: Scale::Linear,
    default: 0.0,
    meaning: "",
};
const STEP: &[(f64, f64)] = &[(0.0, 0.0), (100.0, 0.0), (100.0, 2.0), (300.0, 2.0), (300.0, 0.0)];

impl Declared for Rate {
    const DECLARATION: Declaration = Declaration {
        id: "rate",
        title: "Rate unit",
        citation: WILSON_COWAN_1972,
        equations: &[
            r"\tau \frac{dr}{dt} = -r + f\bigl(k (I - \theta)\bigr)",
            r"f(x) = \frac{1}{1 + e^{-x}} \text{ or } \max(0, x)",
        ],
        parameters: &[
            Parameter {
                key: "tau_ms",
                symbol: r"\tau",
                unit: Unit::Millisecond,
                range: (1.0, 1000.0),
                step: 1.0,
                default: 10.0,
                meaning: "How fast the rate follows its input.",
                ..NUMBER
            },
            Parameter {
                key: "gain",
                symbol: "k",
                range: (0.0, 100.0),
                default: 1.0,
                meaning: "How steeply the rate rises with the input.",
                ..NUMBER
            },
            Parameter {
                key: "threshold",
                symbol: r"\theta",
                meaning: "The input at which a logistic unit is half active and a rectified one begins.",
                ..NUMBER
            },
            Parameter {
                key: "rectified",
                symbol: "f",
                range: (0.0, 1.0),
                step: 1.0,
                scale: Scale::Integer,
                meaning: "1 for max(0, x), 0 for the logistic function.",
                ..NUMBER
            },
        ],
        state: &[StateVariable {
            key: "rate",
            symbol: "r",
            unit: Unit::One,
            meaning: "Activity, in units of the largest.",
        }],
        drive: Unit::One,
        integrator: Integrator::Exact,
        largest_dt_ms: 5.0,
        presets: &[
            Preset {
                id: "logistic",
                title: "Logistic",
                values: &[],
                drive: STEP,
                citation: WILSON_COWAN_1972,
            },
            Preset {
                id: "rectified",
                title: "Rectified linear",
                values: &[("rectified", 1.0)],
                drive: STEP,
                citation: WILSON_COWAN_1972,
            },
        ],
        references: &[Reference {
            what: "logistic unit under z = 0.5·0.4 + 0.8·0.7 − 0.2·0.3 + 0.1 = 0.80, steady state",
            expected: 0.689_974,
            tolerance: 1e-6,
            unit: Unit::One,
            citation: WILSON_COWAN_1972,
        }],
        not_biological: "There are no spikes, so nothing that depends on their timing can happen; a rate can be \
                         sent at any instant with any precision.",
    };
    declared_fields!(tau_ms, gain, threshold, rectified);
}

impl NeuronModel for Rate {
    type Stepper<R: Real> = RateStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> RateStepper<R> {
        RateStepper {
            rate: R::from_f64(-dt_ms / self.tau_ms),
            gain: R::from_f64(self.gain),
            threshold: R::from_f64(self.threshold),
            rectified: R::from_f64(self.rectified),
        }
    }
}

/// It never fires: the membrane is its own, and what it is drawn to is `f` of the drive.
impl UnitModel for Rate {
    fn effective(&self) -> Effective {
        let scale = 1.0 / self.gain.max(LEAST_GAIN);
        Effective { tau_ms: self.tau_ms, threshold: self.threshold, scale, ..Effective::AT_ONCE }
    }
}

/// The gain below which a drive is not asked to change anything.
const LEAST_GAIN: f64 = 1e-3;

impl Rate {
    /// By how much more the steady rate is for a little more input.
    #[inline(always)]
    pub fn slope<R: Real>(&self, input: R) -> R {
        let (zero, one, gain) = (R::splat(0.0), R::splat(1.0), R::from_f64(self.gain));
        let stepper = self.stepper::<R>(1.0);
        let response = stepper.response(input);
        let above = R::select(zero.lt(gain * (input - stepper.threshold)), gain, zero);
        R::select(zero.lt(stepper.rectified), above, gain * response * (one - response))
    }
}

/// The step of [`Rate`].
#[derive(Clone, Copy)]
pub struct RateStepper<R> {
    rate: R,
    gain: R,
    threshold: R,
    rectified: R,
}

impl<R: Real> RateStepper<R> {
    #[inline(always)]
    fn response(&self, input: R) -> R {
        let (zero, one) = (R::splat(0.0), R::splat(1.0));
        let x = self.gain * (input - self.threshold);
        // Beyond 80 the logistic function is 0 or 1 in either precision's eyes, and e^80 is finite.
        let logistic = one / (one + (-x).max(R::splat(-80.0)).min(R::splat(80.0)).exp());
        R::select(zero.lt(self.rectified), x.max(zero), logistic)
    }
}

impl<R: Real> Stepper<R> for RateStepper<R> {
    type State = [R; 1];

    fn rest(&self) -> [R; 1] {
        [self.response(R::splat(0.0))]
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 1], input: Input<R>) -> Stepped<R> {
        let load = R::splat(1.0) + input.conductance;
        let steady = self.response(input.current) / load;
        let rate = steady + (state[0] - steady) * (self.rate * load).exp();
        let zero = R::splat(0.0);
        // A rectified unit without input decays for ever: no subnormal numbers.
        let rate = R::select(rate.abs().lt(R::splat(1e-30)), zero, rate);
        *state = [rate];
        Stepped { spike: zero, potential: rate }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_its_input_with_its_time_constant() {
        for dt_ms in [0.1, 1.0, 5.0] {
            let unit = Rate { rectified: 1.0, ..Rate::default() }.stepper::<f64>(dt_ms);
            let mut state = unit.rest();
            for _ in 0..(10.0 / dt_ms) as u32 {
                unit.step(&mut state, Input::current(3.0));
            }
            let exact = 3.0 * (1.0 - (-1.0f64).exp());
            assert!((state[0] - exact).abs() < 1e-12, "dt {dt_ms}: {} against {exact}", state[0]);
        }
    }

    #[test]
    fn the_logistic_function_is_flat_beyond_eighty() {
        let (double, single) = (Rate::default().stepper::<f64>(1.0), Rate::default().stepper::<f32>(1.0));
        for far in [80.0, 1e3, 1e30] {
            assert_eq!(double.response(-far), 1.0 / (1.0 + libm::exp(80.0)), "{far}");
            assert_eq!(single.response(-far as f32), single.response(-80.0), "{far}");
            assert_eq!((double.response(far), single.response(far as f32)), (1.0, 1.0), "{far}");
        }
        assert!(single.response(-80.0) > 0.0, "a normal number");
    }

    #[test]
    fn a_conductance_divides() {
        let unit = Rate { rectified: 1.0, ..Rate::default() }.stepper::<f64>(1.0);
        let mut state = unit.rest();
        for _ in 0..1000 {
            unit.step(&mut state, Input { conductance: 3.0, ..Input::current(8.0) });
        }
        assert!((state[0] - 2.0).abs() < 1e-9, "{}", state[0]);
    }
}
