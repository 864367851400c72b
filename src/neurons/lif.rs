//! Leaky integrate-and-fire neuron with absolute refractory period.
//!
//! `τ dV/dt = −(V − E_L) + R·I`; at `V ≥ θ` it fires, is put to `V_r` and stays there for `t_ref`.
//! Between spikes the step is exact for a drive that is constant over it (no Euler error):
//! `V ← V_∞ + (V − V_∞)·e^(−dt/τ)` with `V_∞ = E_L + R·I`. Synaptic conductances `g`, in units of the
//! leak, make both follow: `τ/(1 + g)` and `(E_L + R·I)/(1 + g)`. Potentials in mV, times in ms.
//!
//! ```
//! use cajal::neurons::{Input, Lif, NeuronModel, Stepper};
//! let neuron = Lif::default().stepper::<f64>(0.1);
//! let mut state = neuron.rest();
//! let spikes: f64 = (0..10_000).map(|_| neuron.step(&mut state, Input::current(20.0)).spike).sum();
//! assert!((spikes - 33.6).abs() <= 1.0); // in one second
//! ```

use super::{Effective, Input, LeakyModel, LeakyStepper, Membrane, NeuronModel, Stepped, Stepper, UnitModel};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, ParameterError, Reference, Scale, StateVariable,
    declared_fields,
};
use crate::kernels::lane::Real;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lif {
    /// Membrane time constant τ, ms.
    pub tau_ms: f64,
    /// Resting potential `E_L`, mV.
    pub rest_mv: f64,
    /// Potential after a spike `V_r`, mV.
    pub reset_mv: f64,
    /// Threshold θ, mV.
    pub threshold_mv: f64,
    /// Absolute refractory period `t_ref`, ms; rounded to whole steps.
    pub refractory_ms: f64,
}

const GERSTNER_2014: Citation = Citation {
    authors: "Gerstner, Kistler, Naud, Paninski",
    year: 2014,
    title: "Neuronal Dynamics, section 1.3",
    source: "Cambridge University Press, doi:10.1017/CBO9781107447615",
};

impl Default for Lif {
    fn default() -> Self {
        Self { tau_ms: 20.0, rest_mv: -65.0, reset_mv: -65.0, threshold_mv: -50.0, refractory_ms: 2.0 }
    }
}

const fn millivolts(
    key: &'static str,
    symbol: &'static str,
    default: f64,
    meaning: &'static str,
) -> Parameter {
    let unit = Unit::Millivolt;
    let (range, step, scale) = ((-120.0, 60.0), 1.0, Scale::Linear);
    Parameter { key, symbol, unit, range, step, scale, default, meaning }
}

/// The membrane as a leaky capacitor.
pub(super) const LAPICQUE_1907: Citation = Citation {
    authors: "Lapicque",
    year: 1907,
    title: "Recherches quantitatives sur l'excitation électrique des nerfs traitée comme une polarisation",
    source: "J. Physiol. Pathol. Gén. 9, 620–635",
};

impl Declared for Lif {
    const DECLARATION: Declaration = Declaration {
        id: "lif",
        title: "Leaky integrate-and-fire",
        citation: LAPICQUE_1907,
        equations: &[
            r"\tau_m \frac{dV}{dt} = -(V - E_L) + R I",
            r"V \ge \theta:\; V \leftarrow V_r \text{ for } t_\mathrm{ref}",
        ],
        parameters: &[
            Parameter {
                key: "tau_ms",
                symbol: r"\tau_m",
                unit: Unit::Millisecond,
                range: (2.0, 100.0),
                step: 1.0,
                scale: Scale::Linear,
                default: 20.0,
                meaning: "How long the membrane remembers its input.",
            },
            millivolts("rest_mv", "E_L", -65.0, "Where the potential rests without input."),
            millivolts("reset_mv", "V_r", -65.0, "Where a spike leaves the potential."),
            millivolts("threshold_mv", r"\theta", -50.0, "From where on the neuron fires."),
            Parameter {
                key: "refractory_ms",
                symbol: r"t_\mathrm{ref}",
                unit: Unit::Millisecond,
                range: (0.0, 10.0),
                step: 0.5,
                scale: Scale::Linear,
                default: 2.0,
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
        ],
        drive: Unit::Millivolt,
        integrator: Integrator::Exact,
        largest_dt_ms: 5.0,
        presets: &[],
        references: &[
            Reference {
                what: "firing rate at R·I = 16 mV, threshold 15 mV above reset, τ 20 ms, t_ref 2 ms",
                expected: 17.41,
                tolerance: 0.1,
                unit: Unit::Hertz,
                citation: GERSTNER_2014,
            },
            Reference {
                what: "firing rate at R·I = 20 mV, threshold 15 mV above reset, τ 20 ms, t_ref 2 ms",
                expected: 33.64,
                tolerance: 0.1,
                unit: Unit::Hertz,
                citation: GERSTNER_2014,
            },
        ],
        not_biological: "No ion channels: the spike is a rule, not an event of the membrane, and the neuron is a \
                         point without dendrites.",
    };
    declared_fields!(tau_ms, rest_mv, reset_mv, threshold_mv, refractory_ms);

    fn check(&self) -> Result<(), ParameterError> {
        if self.reset_mv < self.threshold_mv {
            return Ok(());
        }
        let why = format!(
            "a reset of {} mV must lie below the threshold of {} mV",
            self.reset_mv, self.threshold_mv
        );
        Err(ParameterError::Contradiction { model: Self::DECLARATION.title, why })
    }
}

impl NeuronModel for Lif {
    type Stepper<R: Real> = LifStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> LifStepper<R> {
        let Membrane { decay, refractory_steps, .. } = self.membrane(dt_ms);
        LifStepper {
            decay: R::from_f64(decay),
            rate: R::from_f64(-dt_ms / self.tau_ms),
            rest: R::from_f64(self.rest_mv),
            reset: R::from_f64(self.reset_mv),
            threshold: R::from_f64(self.threshold_mv),
            refractory_steps: R::splat(refractory_steps as f32),
        }
    }
}

impl LeakyModel for Lif {
    fn membrane(&self, dt_ms: f64) -> Membrane {
        Membrane {
            decay: libm::exp(-dt_ms / self.tau_ms),
            rest_mv: self.rest_mv,
            span_mv: self.threshold_mv - self.rest_mv,
            refractory_steps: libm::round(self.refractory_ms / dt_ms) as u32,
        }
    }
}

impl UnitModel for Lif {
    fn effective(&self) -> Effective {
        let times_ms = [self.tau_ms, self.refractory_ms];
        let threshold = self.threshold_mv - self.rest_mv;
        Effective::of_membrane(times_ms, [threshold, 1.0], [self.rest_mv, self.threshold_mv])
    }
}

/// The step of [`Lif`].
#[derive(Clone, Copy)]
pub struct LifStepper<R> {
    decay: R,
    rate: R,
    rest: R,
    reset: R,
    threshold: R,
    refractory_steps: R,
}

impl<R: Real> LifStepper<R> {
    #[inline(always)]
    fn put(&self, state: &mut [R; 2], steady: R, decay: R) -> Stepped<R> {
        let (zero, one) = (R::splat(0.0), R::splat(1.0));
        let [potential, refractory] = *state;
        let integrated = steady + (potential - steady) * decay;
        let responsive = refractory.le(zero);
        let potential = R::select(responsive, integrated, self.reset);
        let fires = self.threshold.le(potential);
        *state = [
            R::select(fires, self.reset, potential),
            R::select(fires, self.refractory_steps, R::select(responsive, zero, refractory - one)),
        ];
        Stepped { spike: R::select(fires, one, zero), potential }
    }
}

impl<R: Real> Stepper<R> for LifStepper<R> {
    type State = [R; 2];

    fn rest(&self) -> [R; 2] {
        [self.rest, R::splat(0.0)]
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 2], input: Input<R>) -> Stepped<R> {
        let load = R::splat(1.0) + input.conductance;
        self.put(state, (self.rest + input.current) / load, (self.rate * load).exp())
    }
}

impl<R: Real> LeakyStepper<R> for LifStepper<R> {
    #[inline(always)]
    fn step_driven(&self, state: &mut [R; 2], drive_mv: R) -> Stepped<R> {
        self.put(state, self.rest + drive_mv, self.decay)
    }

    #[inline(always)]
    fn with(self, threshold_mv: Option<R>, decay: Option<R>) -> Self {
        let (threshold, decay) = (threshold_mv.unwrap_or(self.threshold), decay.unwrap_or(self.decay));
        Self { threshold, decay, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_is_exact_below_threshold() {
        let lif = Lif::default();
        for dt_ms in [0.1, 1.0, 5.0] {
            let neuron = lif.stepper::<f64>(dt_ms);
            let mut state = neuron.rest();
            let mut potential = 0.0;
            for _ in 0..(20.0 / dt_ms) as u32 {
                potential = neuron.step(&mut state, Input::current(10.0)).potential;
            }
            let exact = lif.rest_mv + 10.0 * (1.0 - (-1.0f64).exp());
            assert!((potential - exact).abs() < 1e-9, "dt {dt_ms}: {potential} against {exact}");
        }
    }

    #[test]
    fn silent_while_refractory() {
        let neuron = Lif { refractory_ms: 3.0, ..Lif::default() }.stepper::<f32>(1.0);
        let mut state = neuron.rest();
        let spikes: Vec<f32> =
            (0..9).map(|_| neuron.step(&mut state, Input::current(1000.0)).spike).collect();
        assert_eq!(spikes, [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
    }
}
