//! Leaky integrate-and-fire neuron with absolute refractory period.
//!
//! `τ dV/dt = −(V − E_L) + R·I`; at `V ≥ θ` it fires, is put to `V_r` and stays there for `t_ref`.
//! Between spikes the step is exact for a drive that is constant over it (no Euler error):
//! `V ← V_∞ + (V − V_∞)·e^(−dt/τ)` with `V_∞ = E_L + R·I`. Potentials in mV, times in ms.
//!
//! ```
//! use cajal::neurons::{Lif, NeuronModel, Stepper};
//! let neuron = Lif::default().stepper::<f64>(0.1);
//! let mut state = neuron.rest();
//! let spikes: f64 = (0..10_000).map(|_| neuron.step(&mut state, 20.0).spike).sum();
//! assert!((spikes - 33.6).abs() <= 1.0); // in one second
//! ```

use super::{MAX_STATE, Membrane, NeuronModel, Stepped, Stepper};
use crate::describe::{Citation, Declaration, Parameter, Reference, Scale};
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

impl NeuronModel for Lif {
    const DECLARATION: Declaration = Declaration {
        id: "lif",
        title: "Leaky integrate-and-fire",
        citation: Citation {
            authors: "Lapicque",
            year: 1907,
            title: "Recherches quantitatives sur l'excitation électrique des nerfs traitée comme une polarisation",
            source: "J. Physiol. Pathol. Gén. 9, 620–635",
        },
        equations: &[
            r"\tau_m \frac{dV}{dt} = -(V - E_L) + R I",
            r"V \ge \theta:\; V \leftarrow V_r \text{ for } t_\mathrm{ref}",
        ],
        parameters: &[
            Parameter {
                key: "spiking.tauMs",
                symbol: r"\tau_m",
                unit: Unit::Millisecond,
                range: (2.0, 100.0),
                step: 1.0,
                scale: Scale::Linear,
                default: 20.0,
                meaning: "How long the membrane remembers its input.",
            },
            Parameter {
                key: "spiking.refractoryMs",
                symbol: r"t_\mathrm{ref}",
                unit: Unit::Millisecond,
                range: (0.0, 10.0),
                step: 0.5,
                scale: Scale::Linear,
                default: 2.0,
                meaning: "How long the neuron is silent after a spike.",
            },
        ],
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
    type Stepper<R: Real> = LifStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> LifStepper<R> {
        let Membrane { decay, refractory_steps, .. } = self.membrane(dt_ms);
        LifStepper {
            decay: R::from_f64(decay),
            rest: R::from_f64(self.rest_mv),
            reset: R::from_f64(self.reset_mv),
            threshold: R::from_f64(self.threshold_mv),
            refractory_steps: R::splat(refractory_steps as f32),
        }
    }

    fn membrane(&self, dt_ms: f64) -> Membrane {
        Membrane {
            decay: libm::exp(-dt_ms / self.tau_ms),
            rest_mv: self.rest_mv,
            span_mv: self.threshold_mv - self.rest_mv,
            refractory_steps: libm::round(self.refractory_ms / dt_ms) as u32,
        }
    }
}

/// The step of [`Lif`]. State: membrane potential in mV, refractory steps left.
#[derive(Clone, Copy)]
pub struct LifStepper<R> {
    decay: R,
    rest: R,
    reset: R,
    threshold: R,
    refractory_steps: R,
}

impl<R: Real> Stepper<R> for LifStepper<R> {
    fn rest(&self) -> [R; MAX_STATE] {
        [self.rest, R::splat(0.0)]
    }

    #[inline(always)]
    fn with(self, threshold_mv: Option<R>, decay: Option<R>) -> Self {
        let (threshold, decay) = (threshold_mv.unwrap_or(self.threshold), decay.unwrap_or(self.decay));
        Self { threshold, decay, ..self }
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; MAX_STATE], drive_mv: R) -> Stepped<R> {
        let (zero, one) = (R::splat(0.0), R::splat(1.0));
        let [potential, refractory] = *state;
        let steady = self.rest + drive_mv;
        let integrated = steady + (potential - steady) * self.decay;
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Spikes per second after the first spike, over ten seconds.
    fn rate_hz(drive_mv: f64) -> f64 {
        let dt_ms = 0.01;
        let neuron = Lif::default().stepper::<f64>(dt_ms);
        let mut state = neuron.rest();
        let times: Vec<f64> = (0..1_000_000)
            .filter(|_| neuron.step(&mut state, drive_mv).spike > 0.0)
            .map(|step| f64::from(step) * dt_ms)
            .collect();
        (times.len() - 1) as f64 / (times[times.len() - 1] - times[0]) * 1000.0
    }

    #[test]
    fn declared_rates_are_met() {
        for (reference, drive_mv) in Lif::DECLARATION.references.iter().zip([16.0, 20.0]) {
            let ours = rate_hz(drive_mv);
            assert!((ours - reference.expected).abs() <= reference.tolerance, "{}: {ours}", reference.what);
        }
    }

    #[test]
    fn the_step_is_exact_below_threshold() {
        let lif = Lif::default();
        for dt_ms in [0.1, 1.0, 5.0] {
            let neuron = lif.stepper::<f64>(dt_ms);
            let mut state = neuron.rest();
            let mut potential = 0.0;
            for _ in 0..(20.0 / dt_ms) as u32 {
                potential = neuron.step(&mut state, 10.0).potential;
            }
            let exact = lif.rest_mv + 10.0 * (1.0 - (-1.0f64).exp());
            assert!((potential - exact).abs() < 1e-9, "dt {dt_ms}: {potential} against {exact}");
        }
    }

    #[test]
    fn silent_while_refractory() {
        let neuron = Lif { refractory_ms: 3.0, ..Lif::default() }.stepper::<f32>(1.0);
        let mut state = neuron.rest();
        let spikes: Vec<f32> = (0..9).map(|_| neuron.step(&mut state, 1000.0).spike).collect();
        assert_eq!(spikes, [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
    }
}
