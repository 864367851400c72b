//! Leaky integrate-and-fire neuron whose threshold rises with each of its spikes.
//!
//! `τ dV/dt = −(V − E_L) + R·I`; at `V ≥ θ₀ + θ` it fires, is put to `V_r`, stays silent for `t_ref`,
//! and `θ` grows by `Δθ`; between spikes `τ_θ dθ/dt = −θ`. With a `τ_θ` of hours this is homeostasis:
//! whoever fires often becomes hard to excite, and others get their turn (Diehl & Cook 2015). Both
//! equations are stepped exactly for a drive that is constant over the step; conductances as in
//! [`super::Lif`]. Potentials in mV, times in ms.
//!
//! ```
//! use cajal::neurons::{AdaptiveThreshold, Input, NeuronModel, Stepper};
//! let neuron = AdaptiveThreshold::default().stepper::<f64>(0.5);
//! let mut state = neuron.rest();
//! let spikes = |state: &mut _| (0..4000).map(|_| neuron.step(state, Input::current(40.0)).spike).sum::<f64>();
//! let first = spikes(&mut state);
//! assert!(spikes(&mut state) < first);
//! ```

use super::{Effective, Input, NeuronModel, Stepped, Stepper, UnitModel};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, ParameterError, Reference, Scale, StateVariable,
    declared_fields,
};
use crate::kernels::lane::Real;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdaptiveThreshold {
    /// Membrane time constant τ, ms.
    pub tau_ms: f64,
    /// Resting potential `E_L`, mV.
    pub rest_mv: f64,
    /// Potential after a spike `V_r`, mV.
    pub reset_mv: f64,
    /// The part of the threshold that stays, θ₀, mV.
    pub threshold_mv: f64,
    /// The part that adapts, in the beginning, mV.
    pub initial_theta_mv: f64,
    /// What a spike adds to it, Δθ, mV.
    pub theta_plus_mv: f64,
    /// How long it lasts, `τ_θ`, ms.
    pub tau_theta_ms: f64,
    /// Absolute refractory period `t_ref`, ms; rounded to whole steps.
    pub refractory_ms: f64,
}

impl Default for AdaptiveThreshold {
    fn default() -> Self {
        Self {
            tau_ms: 100.0,
            rest_mv: -65.0,
            reset_mv: -65.0,
            threshold_mv: -72.0,
            initial_theta_mv: 20.0,
            theta_plus_mv: 0.05,
            tau_theta_ms: 1e7,
            refractory_ms: 5.0,
        }
    }
}

const DIEHL_COOK_2015: Citation = Citation {
    authors: "Diehl, Cook",
    year: 2015,
    title: "Unsupervised learning of digit recognition using spike-timing-dependent plasticity",
    source: "Front. Comput. Neurosci. 9, 99",
};

const fn millivolts(
    key: &'static str,
    symbol: &'static str,
    range: (f64, f64),
    default: f64,
    meaning: &'static str,
) -> Parameter {
    let (unit, scale, step) = (Unit::Millivolt, Scale::Linear, (range.1 - range.0) / 200.0);
    Parameter { key, symbol, unit, range, step, scale, default, meaning }
}

const fn milliseconds(
    key: &'static str,
    symbol: &'static str,
    range: (f64, f64),
    default: f64,
    meaning: &'static str,
) -> Parameter {
    let (unit, scale) = (Unit::Millisecond, Scale::Logarithmic);
    Parameter { key, symbol, unit, range, step: 1.1, scale, default, meaning }
}

impl Declared for AdaptiveThreshold {
    const DECLARATION: Declaration = Declaration {
        id: "adaptive-threshold",
        title: "Leaky integrate-and-fire with adaptive threshold",
        citation: DIEHL_COOK_2015,
        equations: &[
            r"\tau_m \frac{dV}{dt} = -(V - E_L) + R I",
            r"\tau_\theta \frac{d\theta}{dt} = -\theta",
            r"V \ge \theta_0 + \theta:\; V \leftarrow V_r,\; \theta \leftarrow \theta + \Delta\theta",
        ],
        parameters: &[
            milliseconds(
                "tau_ms",
                r"\tau_m",
                (2.0, 200.0),
                100.0,
                "How long the membrane remembers its input.",
            ),
            millivolts("rest_mv", "E_L", (-120.0, 60.0), -65.0, "Where the potential rests without input."),
            millivolts("reset_mv", "V_r", (-120.0, 60.0), -65.0, "Where a spike leaves the potential."),
            millivolts(
                "threshold_mv",
                r"\theta_0",
                (-120.0, 60.0),
                -72.0,
                "The part of the threshold that stays.",
            ),
            millivolts(
                "initial_theta_mv",
                r"\theta(0)",
                (0.0, 100.0),
                20.0,
                "The part that adapts, in the beginning.",
            ),
            millivolts("theta_plus_mv", r"\Delta\theta", (0.0, 10.0), 0.05, "What a spike adds to it."),
            milliseconds("tau_theta_ms", r"\tau_\theta", (1.0, 1e9), 1e7, "How long it lasts."),
            Parameter {
                key: "refractory_ms",
                symbol: r"t_\mathrm{ref}",
                unit: Unit::Millisecond,
                range: (0.0, 10.0),
                step: 0.5,
                scale: Scale::Linear,
                default: 5.0,
                meaning: "How long the neuron is silent after a spike.",
            },
        ],
        state: &[
            StateVariable {
                key: "potential_mv",
                symbol: "V",
                unit: Unit::Millivolt,
                meaning: "Potential of the membrane.",
            },
            StateVariable {
                key: "refractory_steps",
                symbol: "r",
                unit: Unit::Count,
                meaning: "Time steps until it responds again.",
            },
            StateVariable {
                key: "theta_mv",
                symbol: r"\theta",
                unit: Unit::Millivolt,
                meaning: "The part of the threshold that adapts.",
            },
        ],
        drive: Unit::Millivolt,
        integrator: Integrator::Exact,
        largest_dt_ms: 5.0,
        presets: &[],
        references: &[Reference {
            what: "threshold above rest after 100 spikes within a second: 13 + 100·0.05, τ_θ of hours",
            expected: 18.0,
            tolerance: 0.01,
            unit: Unit::Millivolt,
            citation: DIEHL_COOK_2015,
        }],
        not_biological: "No ion channels; a threshold that rises for hours stands for many slow processes of a \
                         real cell.",
    };
    declared_fields!(
        tau_ms,
        rest_mv,
        reset_mv,
        threshold_mv,
        initial_theta_mv,
        theta_plus_mv,
        tau_theta_ms,
        refractory_ms,
    );

    fn check(&self) -> Result<(), ParameterError> {
        let threshold_mv = self.threshold_mv + self.initial_theta_mv;
        if self.reset_mv < threshold_mv {
            return Ok(());
        }
        let why =
            format!("a reset of {} mV must lie below the threshold of {threshold_mv} mV", self.reset_mv);
        Err(ParameterError::Contradiction { model: Self::DECLARATION.title, why })
    }
}

impl NeuronModel for AdaptiveThreshold {
    type Stepper<R: Real> = AdaptiveThresholdStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> AdaptiveThresholdStepper<R> {
        AdaptiveThresholdStepper {
            rate: R::from_f64(-dt_ms / self.tau_ms),
            rest: R::from_f64(self.rest_mv),
            reset: R::from_f64(self.reset_mv),
            threshold: R::from_f64(self.threshold_mv),
            theta: R::from_f64(self.initial_theta_mv),
            theta_plus: R::from_f64(self.theta_plus_mv),
            // Subtracting what is lost keeps more digits of a decay so slow than a factor near 1.
            theta_lost: R::from_f64(-libm::expm1(-dt_ms / self.tau_theta_ms)),
            refractory_steps: R::splat(libm::round(self.refractory_ms / dt_ms) as f32),
        }
    }
}

/// Its own membrane with the threshold of the beginning; that the threshold moves is left out.
impl UnitModel for AdaptiveThreshold {
    fn effective(&self) -> Effective {
        let times_ms = [self.tau_ms, self.refractory_ms];
        let threshold_mv = self.threshold_mv + self.initial_theta_mv;
        let threshold = threshold_mv - self.rest_mv;
        Effective::of_membrane(times_ms, [threshold, 1.0], [self.rest_mv, threshold_mv])
    }
}

/// The step of [`AdaptiveThreshold`].
#[derive(Clone, Copy)]
pub struct AdaptiveThresholdStepper<R> {
    rate: R,
    rest: R,
    reset: R,
    threshold: R,
    theta: R,
    theta_plus: R,
    theta_lost: R,
    refractory_steps: R,
}

impl<R: Real> Stepper<R> for AdaptiveThresholdStepper<R> {
    type State = [R; 3];

    fn rest(&self) -> [R; 3] {
        [self.rest, R::splat(0.0), self.theta]
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 3], input: Input<R>) -> Stepped<R> {
        let (zero, one) = (R::splat(0.0), R::splat(1.0));
        let [potential, refractory, theta] = *state;
        let load = one + input.conductance;
        let steady = (self.rest + input.current) / load;
        let integrated = steady + (potential - steady) * (self.rate * load).exp();
        let responsive = refractory.le(zero);
        let potential = R::select(responsive, integrated, self.reset);
        let theta = theta - theta * self.theta_lost;
        let fires = (self.threshold + theta).le(potential);
        *state = [
            R::select(fires, self.reset, potential),
            R::select(fires, self.refractory_steps, R::select(responsive, zero, refractory - one)),
            R::select(fires, theta + self.theta_plus, theta),
        ];
        Stepped { spike: R::select(fires, one, zero), potential }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_follow_the_rising_threshold() {
        // From reset to θ under R·I: T = τ ln(RI/(RI − (θ − E_L))), and the refractory period.
        let model = AdaptiveThreshold { theta_plus_mv: 2.0, ..AdaptiveThreshold::default() };
        let dt_ms = 0.01;
        let neuron = model.stepper::<f64>(dt_ms);
        let mut state = neuron.rest();
        let times: Vec<f64> = (0..60_000)
            .filter(|_| neuron.step(&mut state, Input::current(40.0)).spike > 0.0)
            .map(|step| f64::from(step) * dt_ms)
            .collect();
        assert!(times.len() > 6, "{times:?}");
        for (index, pair) in times.windows(2).enumerate() {
            let height = 13.0 + 2.0 * (index + 1) as f64;
            let exact = 100.0 * (40.0 / (40.0 - height)).ln() + 5.0;
            assert!((pair[1] - pair[0] - exact).abs() < 0.05, "{} against {exact}", pair[1] - pair[0]);
        }
    }

    #[test]
    fn the_threshold_falls_back() {
        let model = AdaptiveThreshold { tau_theta_ms: 500.0, ..AdaptiveThreshold::default() };
        let neuron = model.stepper::<f64>(0.5);
        let mut state = neuron.rest();
        for _ in 0..1000 {
            neuron.step(&mut state, Input::current(0.0));
        }
        assert!((state[2] - 20.0 * (-1.0f64).exp()).abs() < 1e-9, "{}", state[2]);
    }
}
