//! Homeostatic scaling: a neuron multiplies all its synapses until it fires at its own rate again.
//!
//! `dw/dt = β·w·(1 − r/r₀)`: all weights of a neuron are multiplied by one factor, so what they have
//! learned of each other stays (Turrigiano et al. 1998 found that quantal amplitudes scale so; the
//! equation is that of van Rossum, Bi, Turrigiano 2000). The rate `r` is counted by the neuron itself:
//! `τ_r dr/dt = −r` with a rise of `1/τ_r` at each spike. The factor over a step is `e^(β·dt·(1 − r/r₀))`,
//! which never turns a weight round. Scale every 100 ms or so and not in each step: a factor within
//! 1e-6 of 1 is mostly rounding in single precision, and wears ratios down by half a percent in ten
//! minutes.
//!
//! ```
//! use cajal::learning::plasticity::Homeostatic;
//! let scaling = Homeostatic::default();
//! assert!(scaling.factor(2.0 * scaling.target_hz as f32, 1000.0) < 1.0);
//! assert_eq!(scaling.factor(scaling.target_hz as f32, 1000.0), 1.0);
//! ```

use super::time_constant;
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Reference, Scale, StateVariable, declared_fields,
};
use crate::math::exp;
use crate::units::Unit;

/// Parameters of the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Homeostatic {
    /// `r₀`: the rate that the neuron keeps, Hz.
    pub target_hz: f64,
    /// `1/β`: time in which a silent neuron multiplies its weights by e, ms.
    pub tau_ms: f64,
    /// `τ_r`: over what time the neuron counts its spikes, ms.
    pub tau_rate_ms: f64,
}

impl Default for Homeostatic {
    fn default() -> Self {
        Self { target_hz: 10.0, tau_ms: 50_000.0, tau_rate_ms: 5_000.0 }
    }
}

const VAN_ROSSUM_2000: Citation = Citation {
    authors: "van Rossum, Bi, Turrigiano",
    year: 2000,
    title: "Stable Hebbian learning from spike timing-dependent plasticity",
    source: "J. Neurosci. 20, 8812–8821",
};
const TURRIGIANO_1998: Citation = Citation {
    authors: "Turrigiano, Leslie, Desai, Rutherford, Nelson",
    year: 1998,
    title: "Activity-dependent scaling of quantal amplitude in neocortical neurons",
    source: "Nature 391, 892–896",
};

impl Declared for Homeostatic {
    const DECLARATION: Declaration = Declaration {
        id: "homeostatic",
        title: "Homeostatic scaling",
        citation: TURRIGIANO_1998,
        equations: &[
            r"\frac{dw}{dt} = \beta\, w\, \left(1 - \frac{r}{r_0}\right)",
            r"\tau_r \frac{dr}{dt} = -r + \sum_k \delta(t - t_k)",
        ],
        parameters: &[
            Parameter {
                key: "target_hz",
                symbol: "r_0",
                unit: Unit::Hertz,
                range: (0.1, 200.0),
                step: 0.1,
                scale: Scale::Linear,
                default: 10.0,
                meaning: "The rate that the neuron keeps.",
            },
            time_constant(
                "tau_ms",
                r"1/\beta",
                50_000.0,
                "How slowly weights are scaled; hours in a real neuron.",
            ),
            time_constant("tau_rate_ms", r"\tau_r", 5_000.0, "Over what time the neuron counts its spikes."),
        ],
        state: &[StateVariable {
            key: "rate_hz",
            symbol: "r",
            unit: Unit::Hertz,
            meaning: "The neuron's own count of its rate.",
        }],
        drive: Unit::One,
        integrator: Integrator::ExponentialEuler,
        largest_dt_ms: 1000.0,
        presets: &[],
        references: &[
            Reference {
                what: "rate of a neuron under Poisson inputs in the end, over its target",
                expected: 1.0,
                tolerance: 0.05,
                unit: Unit::One,
                citation: VAN_ROSSUM_2000,
            },
            Reference {
                what: "largest relative change of a ratio of two weights",
                expected: 0.0,
                tolerance: 1e-3,
                unit: Unit::One,
                citation: TURRIGIANO_1998,
            },
        ],
        not_biological: "It takes seconds to minutes here, and hours to days in a neuron.",
    };
    declared_fields!(target_hz, tau_ms, tau_rate_ms);
}

impl Homeostatic {
    /// Counts a spike in the neuron's own rate, Hz.
    pub fn spike(&self, rate_hz: &mut f32) {
        *rate_hz += (1000.0 / self.tau_rate_ms) as f32;
    }

    /// The rate after `dt_ms` without a spike, Hz.
    pub fn fade(&self, rate_hz: &mut f32, dt_ms: f64) {
        let left = *rate_hz * exp((-dt_ms / self.tau_rate_ms) as f32);
        *rate_hz = if left < 1e-30 { 0.0 } else { left };
    }

    /// What all weights of a neuron at `rate_hz` are multiplied by over `dt_ms`.
    pub fn factor(&self, rate_hz: f32, dt_ms: f64) -> f32 {
        let distance = 1.0 - rate_hz / self.target_hz as f32;
        exp((dt_ms / self.tau_ms) as f32 * distance)
    }

    /// Scales the incoming synapses of a neuron, at these places in the weights of a projection.
    pub fn scale(&self, rate_hz: f32, dt_ms: f64, synapses: &[u32], weights: &mut [f32]) {
        let factor = self.factor(rate_hz, dt_ms);
        for &synapse in synapses {
            weights[synapse as usize] *= factor;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regular_train_is_counted_at_its_rate() {
        let scaling = Homeostatic::default();
        let (mut rate, mut sum) = (0.0, 0.0);
        for step in 0..100_000 {
            scaling.fade(&mut rate, 1.0);
            if step % 40 == 0 {
                scaling.spike(&mut rate);
            }
            sum += if step >= 60_000 { rate } else { 0.0 };
        }
        assert!((sum / 40_000.0 - 25.0).abs() < 0.05, "{}", sum / 40_000.0);
    }

    #[test]
    fn only_the_synapses_of_the_neuron_are_scaled() {
        let mut weights = [1.0f32; 4];
        Homeostatic::default().scale(0.0, 50_000.0, &[1, 3], &mut weights);
        assert_eq!((weights[0], weights[2]), (1.0, 1.0));
        assert!((weights[1] - core::f32::consts::E).abs() < 1e-5 && weights[3] == weights[1]);
    }
}
