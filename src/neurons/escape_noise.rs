//! Stochastic neuron with escape noise: a leaky membrane that may fire at any potential.
//!
//! `τ dV/dt = −(V − E_L) + R·I`, exact as in [`super::Lif`]; within a step it fires with probability
//! `1 − e^(−ρ·dt)`, where `ρ(V) = ρ_θ·e^((V − θ)/Δ)` is the momentary rate. Potentials in mV, times in
//! ms, rates in 1/ms. A step needs a draw of its own in [`Input::uniform`].
//!
//! ```
//! use cajal::neurons::{EscapeNoise, Input, NeuronModel, Stepper};
//! let neuron = EscapeNoise::default().stepper::<f64>(0.1);
//! let mut state = neuron.rest();
//! let lucky = Input { uniform: 0.0, ..Input::current(0.0) };
//! assert_eq!(neuron.step(&mut state, lucky).spike, 1.0);
//! ```

use super::{Effective, Input, NeuronModel, Stepped, Stepper, UnitModel};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, ParameterError, Preset, Reference, Scale,
    StateVariable, declared_fields,
};
use crate::kernels::lane::Real;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EscapeNoise {
    /// Membrane time constant τ, ms.
    pub tau_ms: f64,
    /// Resting potential `E_L`, mV.
    pub rest_mv: f64,
    /// Potential after a spike `V_r`, mV.
    pub reset_mv: f64,
    /// Threshold θ, mV.
    pub threshold_mv: f64,
    /// Rate at the threshold `ρ_θ`, 1/ms.
    pub threshold_rate_per_ms: f64,
    /// Softness of the threshold Δ, mV: the distance over which the rate grows e-fold.
    pub softness_mv: f64,
    /// Absolute refractory period `t_ref`, ms; rounded to whole steps.
    pub refractory_ms: f64,
}

const GERSTNER_2014: Citation = Citation {
    authors: "Gerstner, Kistler, Naud, Paninski",
    year: 2014,
    title: "Neuronal Dynamics, section 9.1",
    source: "Cambridge University Press, doi:10.1017/CBO9781107447615",
};

impl Default for EscapeNoise {
    fn default() -> Self {
        Self {
            tau_ms: 20.0,
            rest_mv: -65.0,
            reset_mv: -65.0,
            threshold_mv: -50.0,
            threshold_rate_per_ms: 0.1,
            softness_mv: 2.0,
            refractory_ms: 2.0,
        }
    }
}

const POTENTIAL: Parameter = Parameter {
    key: "",
    symbol: "",
    unit: Unit::Millivolt,
    range: (-120.0, 60.0),
    step: 1.0,
    scale: Scale::Linear,
    default: -65.0,
    meaning: "",
};
const STEP: &[(f64, f64)] = &[(0.0, 0.0), (100.0, 0.0), (100.0, 14.0), (600.0, 14.0), (600.0, 0.0)];

impl Declared for EscapeNoise {
    const DECLARATION: Declaration = Declaration {
        id: "escape-noise",
        title: "Integrate-and-fire with escape noise",
        citation: GERSTNER_2014,
        equations: &[
            r"\tau_m \frac{dV}{dt} = -(V - E_L) + R I",
            r"\rho(V) = \rho_\theta e^{(V - \theta)/\Delta},\quad P = 1 - e^{-\rho\,dt}",
        ],
        parameters: &[
            Parameter {
                key: "tau_ms",
                symbol: r"\tau_m",
                unit: Unit::Millisecond,
                range: (2.0, 100.0),
                default: 20.0,
                meaning: "How long the membrane remembers its input.",
                ..POTENTIAL
            },
            Parameter {
                key: "rest_mv",
                symbol: "E_L",
                meaning: "Where the potential rests without input.",
                ..POTENTIAL
            },
            Parameter {
                key: "reset_mv",
                symbol: "V_r",
                meaning: "Where a spike leaves the potential.",
                ..POTENTIAL
            },
            Parameter {
                key: "threshold_mv",
                symbol: r"\theta",
                default: -50.0,
                meaning: "Where the momentary rate is the one given.",
                ..POTENTIAL
            },
            Parameter {
                key: "threshold_rate_per_ms",
                symbol: r"\rho_\theta",
                unit: Unit::PerMillisecond,
                range: (0.001, 10.0),
                step: 1.1,
                scale: Scale::Logarithmic,
                default: 0.1,
                meaning: "Momentary rate at the threshold.",
            },
            Parameter {
                key: "softness_mv",
                symbol: r"\Delta",
                range: (0.1, 20.0),
                step: 0.1,
                default: 2.0,
                meaning: "How far below the threshold chance still makes it fire.",
                ..POTENTIAL
            },
            Parameter {
                key: "refractory_ms",
                symbol: r"t_\mathrm{ref}",
                unit: Unit::Millisecond,
                range: (0.0, 10.0),
                step: 0.5,
                default: 2.0,
                meaning: "How long the neuron is silent after a spike.",
                ..POTENTIAL
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
        ],
        drive: Unit::Millivolt,
        integrator: Integrator::Exact,
        largest_dt_ms: 1.0,
        presets: &[
            Preset { id: "soft", title: "Soft threshold", values: &[], drive: STEP, citation: GERSTNER_2014 },
            Preset {
                id: "sharp",
                title: "Sharp threshold",
                values: &[("softness_mv", 0.2)],
                drive: STEP,
                citation: GERSTNER_2014,
            },
        ],
        references: &[Reference {
            what: "rate at a potential held 2 mV below the threshold, ρ = 0.1·e⁻¹ per ms",
            expected: 36.79,
            tolerance: 1.0,
            unit: Unit::Hertz,
            citation: GERSTNER_2014,
        }],
        not_biological: "Channel noise and synaptic noise are drawn as one probability for each step, after the \
                         membrane instead of in it.",
    };
    declared_fields!(
        tau_ms,
        rest_mv,
        reset_mv,
        threshold_mv,
        threshold_rate_per_ms,
        softness_mv,
        refractory_ms,
    );

    fn check(&self) -> Result<(), ParameterError> {
        if self.reset_mv < self.threshold_mv {
            return Ok(());
        }
        let (reset, threshold) = (self.reset_mv, self.threshold_mv);
        let why = format!("a reset of {reset} mV must lie below the threshold of {threshold} mV");
        Err(ParameterError::Contradiction { model: Self::DECLARATION.title, why })
    }
}

impl NeuronModel for EscapeNoise {
    type Stepper<R: Real> = EscapeNoiseStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> EscapeNoiseStepper<R> {
        EscapeNoiseStepper {
            rate: R::from_f64(-dt_ms / self.tau_ms),
            rest: R::from_f64(self.rest_mv),
            reset: R::from_f64(self.reset_mv),
            threshold: R::from_f64(self.threshold_mv),
            softness: R::from_f64(self.softness_mv),
            expected_at_threshold: R::from_f64(self.threshold_rate_per_ms * dt_ms),
            refractory_steps: R::from_f64(libm::round(self.refractory_ms / dt_ms)),
        }
    }
}

/// Its own membrane; the threshold is where the momentary rate is the one given.
impl UnitModel for EscapeNoise {
    fn effective(&self) -> Effective {
        let times_ms = [self.tau_ms, self.refractory_ms];
        let threshold = self.threshold_mv - self.rest_mv;
        Effective::of_membrane(times_ms, [threshold, 1.0], [self.rest_mv, self.threshold_mv])
    }
}

/// The step of [`EscapeNoise`].
#[derive(Clone, Copy)]
pub struct EscapeNoiseStepper<R> {
    rate: R,
    rest: R,
    reset: R,
    threshold: R,
    softness: R,
    expected_at_threshold: R,
    refractory_steps: R,
}

impl<R: Real> EscapeNoiseStepper<R> {
    /// The probability to fire within a step at this potential.
    #[inline(always)]
    fn probability(&self, potential: R) -> R {
        let one = R::splat(1.0);
        // Beyond e^40 the probability is 1 whatever the step; single precision holds up to e^88.
        let exponent = ((potential - self.threshold) / self.softness).min(R::splat(40.0));
        let expected = self.expected_at_threshold * exponent.exp();
        // 1 − e^(−x) loses the digits of a small x; its series keeps them (x³/6 is below 2e-10).
        let series = expected * (one - R::splat(0.5) * expected);
        R::select(expected.lt(R::splat(1e-3)), series, one - (-expected).exp())
    }
}

impl<R: Real> Stepper<R> for EscapeNoiseStepper<R> {
    type State = [R; 2];
    const DRAWS: bool = true;

    fn rest(&self) -> [R; 2] {
        [self.rest, R::splat(0.0)]
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 2], input: Input<R>) -> Stepped<R> {
        let (zero, one) = (R::splat(0.0), R::splat(1.0));
        let [potential, refractory] = *state;
        let load = one + input.conductance;
        let steady = (self.rest + input.current) / load;
        let integrated = steady + (potential - steady) * (self.rate * load).exp();
        let responsive = refractory.le(zero);
        let potential = R::select(responsive, integrated, self.reset);
        let probability = R::select(responsive, self.probability(potential), zero);
        let fires = input.uniform.lt(probability);
        *state = [
            R::select(fires, self.reset, potential),
            R::select(fires, self.refractory_steps, R::select(responsive, zero, refractory - one)),
        ];
        Stepped { spike: R::select(fires, one, zero), potential }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Stream, StreamId};

    #[test]
    fn small_probabilities_keep_their_digits() {
        let neuron = EscapeNoise::default();
        for (dt_ms, potential_mv) in [(0.1, -65.0), (0.1, -58.0), (1.0, -54.7), (1.0, -50.0), (0.1, 0.0)] {
            let x = 0.1 * dt_ms * libm::exp((potential_mv + 50.0) / 2.0);
            let exact = -libm::expm1(-x);
            let double = neuron.stepper::<f64>(dt_ms).probability(potential_mv);
            let single = neuron.stepper::<f32>(dt_ms).probability(potential_mv as f32);
            assert!((double / exact - 1.0).abs() < 1e-6, "{double} against {exact}");
            assert!((f64::from(single) / exact - 1.0).abs() < 1e-4, "{single} against {exact}");
        }
    }

    #[test]
    fn silent_while_refractory() {
        let neuron = EscapeNoise { refractory_ms: 3.0, ..EscapeNoise::default() }.stepper::<f32>(1.0);
        let mut state = neuron.rest();
        let input = Input { uniform: 0.0, ..Input::current(0.0) };
        let spikes: Vec<f32> = (0..9).map(|_| neuron.step(&mut state, input).spike).collect();
        assert_eq!(spikes, [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
    }

    /// Survival in steps at a held potential is geometric: its mean is 1/p for any size of step.
    #[test]
    fn the_held_rate_does_not_depend_on_the_step() {
        let draws = Stream::new(7, StreamId::Noise);
        for dt_ms in [0.1, 0.5, 1.0] {
            let model =
                EscapeNoise { refractory_ms: 0.0, reset_mv: -51.0, rest_mv: -51.0, ..EscapeNoise::default() };
            let neuron = model.stepper::<f64>(dt_ms);
            let mut state = neuron.rest();
            let steps = (200_000.0 / dt_ms) as u64;
            let spikes: f64 = (0..steps)
                .map(|step| {
                    let uniform = draws.uniform_f64(step, 0);
                    neuron.step(&mut state, Input { uniform, ..Input::current(0.0) }).spike
                })
                .sum();
            let rho = 0.1 * libm::exp(-0.5);
            let expected = steps as f64 * (1.0 - libm::exp(-rho * dt_ms));
            assert!(
                (spikes - expected).abs() < 4.0 * expected.sqrt(),
                "dt {dt_ms}: {spikes} against {expected}"
            );
        }
    }
}
