//! Short-term plasticity: synapses that tire and synapses that warm up.
//!
//! Each spike uses the fraction `u` of the resources `x` that are there, so its amplitude is `A·u·x`.
//! Used resources come back with `τ_rec`; `u` is raised by each spike and falls to `U` with `τ_f`.
//! From spike to spike, `Δ` apart (Markram, Wang, Tsodyks 1998, equations 2 and 3):
//! `u ← U + u(1 − U)·e^(−Δ/τ_f)`, `x ← 1 + (x − u_before·x − 1)·e^(−Δ/τ_rec)`.
//!
//! Nothing happens between spikes that is not in these formulas, so the state is touched by events
//! alone, and exactly. All synapses of a source that share parameters share a state. `τ_f = 0` means
//! that nothing facilitates: `u` is `U` at every spike (Tsodyks & Markram 1997).
//!
//! ```
//! use cajal::snn::short_term::{ShortTerm, ShortTermState};
//! let rule = ShortTerm { use_fraction: 0.04, recovery_ms: 100.0, facilitation_ms: 1000.0 };
//! let rule = rule.rule::<f64>();
//! let mut state = ShortTermState::default();
//! let first = rule.on_spike(&mut state, 0.0);
//! let second = rule.on_spike(&mut state, 50.0);
//! assert!((second / first - 1.867).abs() < 1e-3);
//! ```

use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Preset, Reference, Scale, StateVariable,
    declared_fields,
};
use crate::kernels::lane::Real;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShortTerm {
    /// U: fraction of the resources that a spike after a long rest uses.
    pub use_fraction: f64,
    /// `τ_rec`: time constant of recovery, ms.
    pub recovery_ms: f64,
    /// `τ_f`: time constant of facilitation, ms; 0 for none.
    pub facilitation_ms: f64,
}

impl Default for ShortTerm {
    fn default() -> Self {
        Self { use_fraction: 0.5, recovery_ms: 800.0, facilitation_ms: 0.0 }
    }
}

const MARKRAM_1998: Citation = Citation {
    authors: "Markram, Wang, Tsodyks",
    year: 1998,
    title: "Differential signaling via the same axon of neocortical pyramidal neurons",
    source: "Proc. Natl. Acad. Sci. USA 95, 5323–5328",
};
const TSODYKS_MARKRAM_1997: Citation = Citation {
    authors: "Tsodyks, Markram",
    year: 1997,
    title: "The neural code between neocortical pyramidal neurons depends on neurotransmitter release probability",
    source: "Proc. Natl. Acad. Sci. USA 94, 719–723",
};

const fn facilitated(spike: &'static str, expected: f64) -> Reference {
    Reference { what: spike, expected, tolerance: 1e-3, unit: Unit::One, citation: MARKRAM_1998 }
}

const fn time_constant(
    key: &'static str,
    symbol: &'static str,
    default: f64,
    meaning: &'static str,
) -> Parameter {
    let (unit, scale) = (Unit::Millisecond, Scale::Linear);
    Parameter { key, symbol, unit, range: (0.0, 5000.0), step: 10.0, scale, default, meaning }
}

impl Declared for ShortTerm {
    const DECLARATION: Declaration = Declaration {
        id: "short-term",
        title: "Short-term plasticity",
        citation: MARKRAM_1998,
        equations: &[
            r"\text{amplitude} = A\, u\, x",
            r"u \leftarrow U + u\,(1 - U)\, e^{-\Delta/\tau_f}",
            r"x \leftarrow 1 + (x - u x - 1)\, e^{-\Delta/\tau_\mathrm{rec}}",
        ],
        parameters: &[
            Parameter {
                key: "use_fraction",
                symbol: "U",
                unit: Unit::One,
                range: (0.001, 1.0),
                step: 0.01,
                scale: Scale::Linear,
                default: 0.5,
                meaning: "Fraction of the resources that a spike after a long rest uses.",
            },
            time_constant(
                "recovery_ms",
                r"\tau_\mathrm{rec}",
                800.0,
                "How long used resources take to come back.",
            ),
            time_constant(
                "facilitation_ms",
                r"\tau_f",
                0.0,
                "How long a spike eases the release of later ones.",
            ),
        ],
        state: &[
            StateVariable {
                key: "used",
                symbol: "u",
                unit: Unit::One,
                meaning: "Fraction of the resources that the last spike used.",
            },
            StateVariable {
                key: "left",
                symbol: "x",
                unit: Unit::One,
                meaning: "Resources that the last spike left.",
            },
            StateVariable {
                key: "last_ms",
                symbol: "t",
                unit: Unit::Millisecond,
                meaning: "Time of the last spike.",
            },
        ],
        drive: Unit::One,
        integrator: Integrator::Exact,
        largest_dt_ms: 5.0,
        presets: &[
            Preset {
                id: "depressing",
                title: "Depressing",
                values: &[("use_fraction", 0.5), ("recovery_ms", 800.0), ("facilitation_ms", 0.0)],
                drive: &[],
                citation: TSODYKS_MARKRAM_1997,
            },
            Preset {
                id: "facilitating",
                title: "Facilitating",
                values: &[("use_fraction", 0.04), ("recovery_ms", 100.0), ("facilitation_ms", 1000.0)],
                drive: &[],
                citation: MARKRAM_1998,
            },
        ],
        references: &[
            facilitated("facilitating, 20 Hz: second amplitude over first", 1.867),
            facilitated("facilitating, 20 Hz: third amplitude over first", 2.582),
            facilitated("facilitating, 20 Hz: fourth amplitude over first", 3.161),
            facilitated("facilitating, 20 Hz: fifth amplitude over first", 3.629),
            Reference {
                what: "depressing, 20 Hz: steady amplitude over first, (1 − E)/(1 − (1 − U)E), E = e^(−50/800)",
                expected: 0.1143,
                tolerance: 1e-3,
                unit: Unit::One,
                citation: TSODYKS_MARKRAM_1997,
            },
        ],
        not_biological: "Release is a mean: real synapses release whole vesicles, or none, by chance.",
    };
    declared_fields!(use_fraction, recovery_ms, facilitation_ms);
}

impl ShortTerm {
    /// Constants of one precision.
    pub fn rule<R: Real>(&self) -> ShortTermRule<R> {
        // Without facilitation (or with instant recovery) nothing is left of a spike at the next.
        let rate = |tau_ms: f64| if tau_ms > 0.0 { -1.0 / tau_ms } else { -1e6 };
        ShortTermRule {
            use_fraction: R::from_f64(self.use_fraction),
            recovery: R::from_f64(rate(self.recovery_ms)),
            facilitation: R::from_f64(rate(self.facilitation_ms)),
        }
    }
}

/// What a source remembers of its spikes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShortTermState<R> {
    /// u before its rise by the next spike; 0 after a long rest.
    pub used: R,
    /// x after the last spike.
    pub left: R,
    /// Time of the last spike, ms.
    pub last_ms: f64,
}

impl<R: Real> Default for ShortTermState<R> {
    fn default() -> Self {
        Self { used: R::splat(0.0), left: R::splat(1.0), last_ms: 0.0 }
    }
}

/// The rule of [`ShortTerm`] in one precision.
#[derive(Clone, Copy, Debug)]
pub struct ShortTermRule<R> {
    use_fraction: R,
    recovery: R,
    facilitation: R,
}

impl<R: Real> ShortTermRule<R> {
    /// Takes a spike at `time_ms`, not before the last one, and gives `u·x`: what the weight is
    /// multiplied by.
    pub fn on_spike(&self, state: &mut ShortTermState<R>, time_ms: f64) -> R {
        let one = R::splat(1.0);
        let elapsed = R::from_f64(time_ms - state.last_ms);
        let used =
            self.use_fraction + state.used * (one - self.use_fraction) * (elapsed * self.facilitation).exp();
        let there = one - (one - state.left) * (elapsed * self.recovery).exp();
        let amplitude = used * there;
        *state = ShortTermState { used, left: there - amplitude, last_ms: time_ms };
        amplitude
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spikes_at_irregular_times_follow_the_differential_equations() {
        // du/dt = −u/τ_f, dx/dt = (1 − x)/τ_rec in small steps, with jumps at the spikes.
        let model = ShortTerm { use_fraction: 0.2, recovery_ms: 130.0, facilitation_ms: 530.0 };
        let rule = model.rule::<f64>();
        let mut state = ShortTermState::default();
        let (mut u, mut x, dt_ms) = (0.0f64, 1.0f64, 0.001);
        let mut step = 0;
        for time_ms in [3.0, 11.0, 15.0, 80.0, 81.0, 400.0] {
            while f64::from(step) * dt_ms < time_ms - 0.5 * dt_ms {
                u -= dt_ms * u / 530.0;
                x += dt_ms * (1.0 - x) / 130.0;
                step += 1;
            }
            u += 0.2 * (1.0 - u);
            let amplitude = u * x;
            x -= amplitude;
            let ours = rule.on_spike(&mut state, time_ms);
            assert!((ours - amplitude).abs() < 1e-5, "at {time_ms}: {ours} against {amplitude}");
        }
    }

    #[test]
    fn single_precision_agrees() {
        let model = ShortTerm::preset("facilitating").expect("a declared preset");
        let (single, double) = (model.rule::<f32>(), model.rule::<f64>());
        let (mut a, mut b) = (ShortTermState::default(), ShortTermState::default());
        for spike in 0..50 {
            let time_ms = 1e7 + f64::from(spike) * 37.3;
            let (a, b) = (single.on_spike(&mut a, time_ms), double.on_spike(&mut b, time_ms));
            assert!((f64::from(a) - b).abs() < 1e-5);
        }
    }
}
