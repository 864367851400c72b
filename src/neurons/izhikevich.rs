//! Izhikevich neuron: two variables, one square, twenty ways to fire.
//!
//! `dv/dt = k₂v² + k₁v + k₀ − u + I − g·v` and `du/dt = a(b·v + s − ℓ·u)`; at `v ≥ v_peak` it fires,
//! `v ← c`, `u ← u + d`. With `k₂ = 0.04`, `k₁ = 5`, `k₀ = 140`, `s = 0`, `ℓ = 1` these are the
//! equations of 2003. Three patterns of 2004 need others: class 1 and integrator have `k₁ = 4.1` and
//! `k₀ = 108`, accommodation has `s = 65` and `ℓ = 0`. v is in mV and t in ms; u and I have no unit.
//!
//! The step is the source's own: forward Euler for v, then for u with the new v. Some patterns exist
//! at the step that the source drew them with and vanish in the limit of small ones (bistability is
//! one), so [`Izhikevich::pattern_dt_ms`] says which step that is.
//!
//! ```
//! use cajal::neurons::{Input, Izhikevich, NeuronModel, Stepper};
//! let neuron = Izhikevich::default().stepper::<f64>(0.25);
//! let mut state = neuron.rest();
//! let spikes: f64 = (0..4000).map(|_| neuron.step(&mut state, Input::current(10.0)).spike).sum();
//! assert!((15.0..=30.0).contains(&spikes)); // in one second
//! ```

mod patterns;

use super::exponential::reset_below_peak;
use super::{Effective, Input, NeuronModel, Stepped, Stepper, UnitModel};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, ParameterError, Reference, Scale, StateVariable,
    declared_fields,
};
use crate::kernels::lane::Real;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Izhikevich {
    /// Rate of the recovery a, 1/ms.
    pub a: f64,
    /// How the recovery follows the potential b.
    pub b: f64,
    /// Potential after a spike c, mV.
    pub c_mv: f64,
    /// What a spike adds to the recovery d.
    pub d: f64,
    /// Where the spike is cut `v_peak`, mV.
    pub peak_mv: f64,
    /// Coefficient of the square `k₂`.
    pub square: f64,
    /// Coefficient of the potential `k₁`.
    pub linear: f64,
    /// Constant `k₀`.
    pub constant: f64,
    /// Constant in the recovery s.
    pub shift: f64,
    /// How the recovery decays ℓ: 1, or 0 for accommodation.
    pub recovery_leak: f64,
    /// Potential from which it starts, mV; the recovery starts in balance with it.
    pub start_mv: f64,
}

const IZHIKEVICH_2003: Citation = Citation {
    authors: "Izhikevich",
    year: 2003,
    title: "Simple model of spiking neurons",
    source: "IEEE Transactions on Neural Networks 14(6), 1569–1572",
};
const IZHIKEVICH_2004: Citation = Citation {
    authors: "Izhikevich",
    year: 2004,
    title: "Which model to use for cortical spiking neurons?",
    source: "IEEE Transactions on Neural Networks 15(5), 1063–1070",
};

impl Default for Izhikevich {
    fn default() -> Self {
        Self {
            a: 0.02,
            b: 0.2,
            c_mv: -65.0,
            d: 8.0,
            peak_mv: 30.0,
            square: 0.04,
            linear: 5.0,
            constant: 140.0,
            shift: 0.0,
            recovery_leak: 1.0,
            start_mv: -70.0,
        }
    }
}

const NUMBER: Parameter = Parameter {
    key: "",
    symbol: "",
    unit: Unit::One,
    range: (-1.0, 1.0),
    step: 0.01,
    scale: Scale::Linear,
    default: 0.0,
    meaning: "",
};
const POTENTIAL: Parameter = Parameter { unit: Unit::Millivolt, range: (-100.0, 60.0), step: 0.1, ..NUMBER };

/// A spike of the regular spiking neuron of the 2003 paper under a current of 14 from 15 ms on.
const fn spike(what: &'static str, expected: f64) -> Reference {
    Reference { what, expected, tolerance: 0.25, unit: Unit::Millisecond, citation: IZHIKEVICH_2003 }
}

impl Declared for Izhikevich {
    const DECLARATION: Declaration = Declaration {
        id: "izhikevich",
        title: "Izhikevich",
        citation: IZHIKEVICH_2003,
        equations: &[
            r"\frac{dv}{dt} = k_2 v^2 + k_1 v + k_0 - u + I",
            r"\frac{du}{dt} = a (b v + s - \ell u)",
            r"v \ge v_\mathrm{peak}:\; v \leftarrow c,\; u \leftarrow u + d",
        ],
        parameters: &[
            Parameter {
                key: "a",
                symbol: "a",
                unit: Unit::PerMillisecond,
                range: (-0.1, 1.0),
                step: 0.001,
                default: 0.02,
                meaning: "How fast the recovery follows.",
                ..NUMBER
            },
            Parameter {
                key: "b",
                symbol: "b",
                default: 0.2,
                meaning: "How strongly the recovery follows the potential below threshold.",
                ..NUMBER
            },
            Parameter {
                key: "c_mv",
                symbol: "c",
                default: -65.0,
                meaning: "Where a spike leaves the potential.",
                ..POTENTIAL
            },
            Parameter {
                key: "d",
                symbol: "d",
                range: (-30.0, 30.0),
                step: 0.05,
                default: 8.0,
                meaning: "What a spike adds to the recovery.",
                ..NUMBER
            },
            Parameter {
                key: "peak_mv",
                symbol: r"v_\mathrm{peak}",
                default: 30.0,
                meaning: "Where the spike is cut.",
                ..POTENTIAL
            },
            Parameter {
                key: "square",
                symbol: "k_2",
                range: (0.01, 0.1),
                step: 0.001,
                default: 0.04,
                meaning: "How steeply the upswing accelerates.",
                ..NUMBER
            },
            Parameter {
                key: "linear",
                symbol: "k_1",
                range: (1.0, 10.0),
                step: 0.1,
                default: 5.0,
                meaning: "With the constant, where rest and threshold lie.",
                ..NUMBER
            },
            Parameter {
                key: "constant",
                symbol: "k_0",
                range: (0.0, 300.0),
                step: 1.0,
                default: 140.0,
                meaning: "With the linear coefficient, where rest and threshold lie.",
                ..NUMBER
            },
            Parameter {
                key: "shift",
                symbol: "s",
                range: (-100.0, 100.0),
                step: 1.0,
                meaning: "Constant in the recovery; accommodation needs one.",
                ..NUMBER
            },
            Parameter {
                key: "recovery_leak",
                symbol: r"\ell",
                range: (0.0, 1.0),
                step: 1.0,
                scale: Scale::Integer,
                default: 1.0,
                meaning: "1 for a recovery that decays, 0 for one that only sums up.",
                ..NUMBER
            },
            Parameter {
                key: "start_mv",
                symbol: "v_0",
                default: -70.0,
                meaning: "Where the potential starts.",
                ..POTENTIAL
            },
        ],
        state: &[
            StateVariable {
                key: "potential_mv",
                symbol: "v",
                unit: Unit::Millivolt,
                meaning: "Potential of the membrane.",
            },
            StateVariable {
                key: "recovery",
                symbol: "u",
                unit: Unit::One,
                meaning: "Channels that bring the potential back.",
            },
        ],
        drive: Unit::One,
        integrator: Integrator::Euler,
        largest_dt_ms: 0.5,
        presets: patterns::PATTERNS,
        references: &[
            spike("regular spiking: time of the 1st spike, step 0.25 ms", 18.25),
            spike("regular spiking: time of the 2nd spike, step 0.25 ms", 24.0),
            spike("regular spiking: time of the 3rd spike, step 0.25 ms", 54.25),
            spike("regular spiking: time of the 4th spike, step 0.25 ms", 87.5),
            spike("regular spiking: time of the 5th spike, step 0.25 ms", 120.75),
        ],
        not_biological: "The coefficients were fitted to the look of recordings; they stand for no channel, and \
                         the spike and its reset are rules.",
    };
    declared_fields!(a, b, c_mv, d, peak_mv, square, linear, constant, shift, recovery_leak, start_mv,);

    fn check(&self) -> Result<(), ParameterError> {
        reset_below_peak(Self::DECLARATION.title, self.c_mv, self.peak_mv)
    }
}

impl Izhikevich {
    /// The recovery that goes with the start: where it does not change, or, where it only sums up,
    /// where the potential does not.
    fn start_recovery(&self) -> f64 {
        self.steady_recovery(self.start_mv)
    }

    /// The recovery in balance with a potential; without a decay of its own, the one that keeps it there.
    fn steady_recovery(&self, v: f64) -> f64 {
        if self.recovery_leak > 0.0 {
            return (self.b * v + self.shift) / self.recovery_leak;
        }
        self.square * v * v + self.linear * v + self.constant
    }
}

impl NeuronModel for Izhikevich {
    type Stepper<R: Real> = IzhikevichStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> IzhikevichStepper<R> {
        IzhikevichStepper {
            dt: R::from_f64(dt_ms),
            recovery_dt: R::from_f64(dt_ms * self.a),
            b: R::from_f64(self.b),
            reset: R::from_f64(self.c_mv),
            d: R::from_f64(self.d),
            peak: R::from_f64(self.peak_mv),
            square: R::from_f64(self.square),
            linear: R::from_f64(self.linear),
            constant: R::from_f64(self.constant),
            shift: R::from_f64(self.shift),
            recovery_leak: R::from_f64(self.recovery_leak),
            start: [R::from_f64(self.start_mv), R::from_f64(self.start_recovery())],
        }
    }
}

/// `1/τ = −(2k₂v + k₁)` where it starts; nothing holds it at the bottom of the parabola, `v = −k₁/2k₂`, where
/// the drive `k₁²/4k₂ − k₀ + u(v)` balances the recovery. Without a parabola, or where it starts beyond its
/// bottom, a membrane of 10 ms that 1 unit of drive brings to the brink.
impl UnitModel for Izhikevich {
    fn effective(&self) -> Effective {
        let fall = -(2.0 * self.square * self.start_mv + self.linear);
        let parabola = self.square > 0.0 && fall > 0.0;
        let (tau_ms, brink_mv) =
            if parabola { (1.0 / fall, -self.linear / (2.0 * self.square)) } else { (10.0, self.peak_mv) };
        let threshold = if parabola {
            self.linear * self.linear / (4.0 * self.square) - self.constant + self.steady_recovery(brink_mv)
        } else {
            1.0
        };
        Effective::of_membrane([tau_ms, 0.0], [threshold, 0.1], [self.start_mv, brink_mv])
    }
}

/// The step of [`Izhikevich`].
#[derive(Clone, Copy)]
pub struct IzhikevichStepper<R> {
    dt: R,
    recovery_dt: R,
    b: R,
    reset: R,
    d: R,
    peak: R,
    square: R,
    linear: R,
    constant: R,
    shift: R,
    recovery_leak: R,
    start: [R; 2],
}

impl<R: Real> Stepper<R> for IzhikevichStepper<R> {
    type State = [R; 2];

    fn rest(&self) -> [R; 2] {
        self.start
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 2], input: Input<R>) -> Stepped<R> {
        let (zero, one) = (R::splat(0.0), R::splat(1.0));
        let [v, u] = *state;
        let slope =
            (self.square * v + self.linear - input.conductance) * v + self.constant - u + input.current;
        let potential = v + self.dt * slope;
        // The source lets the recovery follow the overshoot: it shapes some of the patterns. A
        // kilovolt is far beyond any of them and keeps absurd drives from leaving the numbers.
        let seen = potential.min(R::splat(1000.0)).max(R::splat(-1000.0));
        let recovery = u + self.recovery_dt * (self.b * seen + self.shift - self.recovery_leak * u);
        let fires = self.peak.le(potential);
        let held = potential.max(R::splat(-1000.0));
        *state = [R::select(fires, self.reset, held), R::select(fires, recovery + self.d, recovery)];
        Stepped { spike: R::select(fires, one, zero), potential: held.min(self.peak) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absurd_drives_stay_within_a_kilovolt() {
        fn held<R: Real>(number: impl Fn(R) -> f64) {
            let model = Izhikevich::default();
            let neuron = model.stepper::<R>(0.5);
            for drive in [-1e5, -1e12, 1e5, 1e12] {
                let mut state = neuron.rest();
                for _ in 0..2000 {
                    let before = state.map(&number);
                    neuron.step(&mut state, Input::current(R::from_f64(drive)));
                    let [v, u] = state.map(&number);
                    assert!((-1000.0..model.peak_mv).contains(&v), "{v} mV at {drive}");
                    // The recovery follows a kilovolt at most, and a spike adds to it.
                    let most = 0.5 * model.a * (model.b.abs() * 1000.0 + before[1].abs()) + model.d;
                    assert!((u - before[1]).abs() <= 1.001 * most, "{} to {u} at {drive}", before[1]);
                }
            }
        }
        held::<f64>(|number| number);
        held::<f32>(f64::from);
    }
}
