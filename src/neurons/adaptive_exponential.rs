//! Adaptive exponential integrate-and-fire neuron: an upswing and a current that remembers spikes.
//!
//! `C dV/dt = −g_L(V − E_L) + g_L·Δ_T·e^((V − V_T)/Δ_T) − w + I − g·V` and
//! `τ_w dw/dt = a(V − E_L) − w`; at `V ≥ V_peak` it fires, `V ← V_r`, `w ← w + b`. Units pF, nS, mV,
//! ms, pA. The integrator and its safe upswing are those of [`super::exponential`].
//!
//! ```
//! use cajal::describe::Declared;
//! use cajal::neurons::{AdaptiveExponential, Input, NeuronModel, Stepper};
//! let neuron = AdaptiveExponential::preset("adapting")?.stepper::<f64>(0.05);
//! let mut state = neuron.rest();
//! let spikes: f64 = (0..12_000).map(|_| neuron.step(&mut state, Input::current(500.0)).spike).sum();
//! assert_eq!(spikes, 12.0); // in 600 ms
//! # Ok::<(), cajal::describe::ParameterError>(())
//! ```

use super::exponential::{Upswing, reset_below_peak};
use super::{Effective, Input, NeuronModel, Stepped, Stepper, UnitModel};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, ParameterError, Preset, Reference, Scale,
    StateVariable, declared_fields,
};
use crate::kernels::lane::Real;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdaptiveExponential {
    /// Capacitance C, pF.
    pub c_pf: f64,
    /// Leak conductance `g_L`, nS.
    pub g_leak_ns: f64,
    /// Reversal potential of the leak `E_L`, mV.
    pub rest_mv: f64,
    /// Threshold `V_T`, mV.
    pub threshold_mv: f64,
    /// Sharpness of the upswing `Δ_T`, mV.
    pub slope_mv: f64,
    /// Adaptation below threshold a, nS.
    pub a_ns: f64,
    /// Time constant of the adaptation `τ_w`, ms.
    pub tau_w_ms: f64,
    /// Adaptation that each spike adds b, pA.
    pub b_pa: f64,
    /// Potential after a spike `V_r`, mV.
    pub reset_mv: f64,
    /// Where the upswing is cut `V_peak`, mV.
    pub peak_mv: f64,
}

const BRETTE_GERSTNER_2005: Citation = Citation {
    authors: "Brette, Gerstner",
    year: 2005,
    title: "Adaptive exponential integrate-and-fire model as an effective description of neuronal activity",
    source: "Journal of Neurophysiology 94(5), 3637–3642",
};
const NAUD_2008: Citation = Citation {
    authors: "Naud, Marcille, Clopath, Gerstner",
    year: 2008,
    title: "Firing patterns in the adaptive exponential integrate-and-fire model",
    source: "Biological Cybernetics 99, 335–347",
};

impl Default for AdaptiveExponential {
    fn default() -> Self {
        Self {
            c_pf: 281.0,
            g_leak_ns: 30.0,
            rest_mv: -70.6,
            threshold_mv: -50.4,
            slope_mv: 2.0,
            a_ns: 4.0,
            tau_w_ms: 144.0,
            b_pa: 80.5,
            reset_mv: -70.6,
            peak_mv: 20.0,
        }
    }
}

const POTENTIAL: Parameter = Parameter {
    key: "",
    symbol: "",
    unit: Unit::Millivolt,
    range: (-120.0, 60.0),
    step: 0.1,
    scale: Scale::Linear,
    default: 0.0,
    meaning: "",
};

const fn naud(
    id: &'static str,
    title: &'static str,
    values: &'static [(&'static str, f64)],
    drive: &'static [(f64, f64)],
) -> Preset {
    Preset { id, title, values, drive, citation: NAUD_2008 }
}

/// A figure of a preset over the 600 ms from the onset of its current.
const fn figure(what: &'static str, expected: f64, tolerance: f64, unit: Unit) -> Reference {
    Reference { what, expected, tolerance, unit, citation: NAUD_2008 }
}

impl Declared for AdaptiveExponential {
    const DECLARATION: Declaration = Declaration {
        id: "adaptive-exponential",
        title: "Adaptive exponential (AdEx)",
        citation: BRETTE_GERSTNER_2005,
        equations: &[
            r"C \frac{dV}{dt} = -g_L (V - E_L) + g_L \Delta_T e^{(V - V_T)/\Delta_T} - w + I",
            r"\tau_w \frac{dw}{dt} = a (V - E_L) - w",
            r"V \ge V_\mathrm{peak}:\; V \leftarrow V_r,\; w \leftarrow w + b",
        ],
        parameters: &[
            Parameter {
                key: "c_pf",
                symbol: "C",
                unit: Unit::Picofarad,
                range: (50.0, 1000.0),
                step: 1.0,
                default: 281.0,
                meaning: "Charge that the membrane holds for each millivolt.",
                ..POTENTIAL
            },
            Parameter {
                key: "g_leak_ns",
                symbol: "g_L",
                unit: Unit::Nanosiemens,
                range: (1.0, 100.0),
                step: 1.0,
                default: 30.0,
                meaning: "How leaky the membrane is.",
                ..POTENTIAL
            },
            Parameter {
                key: "rest_mv",
                symbol: "E_L",
                default: -70.6,
                meaning: "Where the leak draws the potential.",
                ..POTENTIAL
            },
            Parameter {
                key: "threshold_mv",
                symbol: "V_T",
                default: -50.4,
                meaning: "Where the upswing begins to outweigh the leak.",
                ..POTENTIAL
            },
            Parameter {
                key: "slope_mv",
                symbol: r"\Delta_T",
                range: (0.5, 10.0),
                default: 2.0,
                meaning: "How gently the upswing begins.",
                ..POTENTIAL
            },
            Parameter {
                key: "a_ns",
                symbol: "a",
                unit: Unit::Nanosiemens,
                range: (-20.0, 100.0),
                default: 4.0,
                meaning: "How the adaptation follows the potential below threshold.",
                ..POTENTIAL
            },
            Parameter {
                key: "tau_w_ms",
                symbol: r"\tau_w",
                unit: Unit::Millisecond,
                range: (5.0, 1000.0),
                step: 1.0,
                default: 144.0,
                meaning: "How long the adaptation lasts.",
                ..POTENTIAL
            },
            Parameter {
                key: "b_pa",
                symbol: "b",
                unit: Unit::Picoampere,
                range: (0.0, 500.0),
                step: 0.5,
                default: 80.5,
                meaning: "What each spike adds to the adaptation.",
                ..POTENTIAL
            },
            Parameter {
                key: "reset_mv",
                symbol: "V_r",
                default: -70.6,
                meaning: "Where a spike leaves the potential; above the threshold it bursts.",
                ..POTENTIAL
            },
            Parameter {
                key: "peak_mv",
                symbol: r"V_\mathrm{peak}",
                default: 20.0,
                meaning: "Where the upswing is cut.",
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
                key: "adaptation_pa",
                symbol: "w",
                unit: Unit::Picoampere,
                meaning: "Outward current that follows potential and spikes.",
            },
        ],
        drive: Unit::Picoampere,
        integrator: Integrator::RungeKutta4,
        largest_dt_ms: 0.5,
        presets: &[
            naud(
                "tonic",
                "Tonic spiking",
                &[
                    ("c_pf", 200.0),
                    ("g_leak_ns", 10.0),
                    ("rest_mv", -70.0),
                    ("threshold_mv", -50.0),
                    ("a_ns", 2.0),
                    ("tau_w_ms", 30.0),
                    ("b_pa", 0.0),
                    ("reset_mv", -58.0),
                    ("peak_mv", 0.0),
                ],
                &[(0.0, 500.0)],
            ),
            naud(
                "adapting",
                "Adapting",
                &[
                    ("c_pf", 200.0),
                    ("g_leak_ns", 12.0),
                    ("rest_mv", -70.0),
                    ("threshold_mv", -50.0),
                    ("a_ns", 2.0),
                    ("tau_w_ms", 300.0),
                    ("b_pa", 60.0),
                    ("reset_mv", -58.0),
                    ("peak_mv", 0.0),
                ],
                &[(0.0, 500.0)],
            ),
            naud(
                "initial-burst",
                "Initial burst",
                &[
                    ("c_pf", 130.0),
                    ("g_leak_ns", 18.0),
                    ("rest_mv", -58.0),
                    ("threshold_mv", -50.0),
                    ("a_ns", 4.0),
                    ("tau_w_ms", 150.0),
                    ("b_pa", 120.0),
                    ("reset_mv", -50.0),
                    ("peak_mv", 0.0),
                ],
                &[(0.0, 400.0)],
            ),
            naud(
                "regular-bursting",
                "Regular bursting",
                &[
                    ("c_pf", 200.0),
                    ("g_leak_ns", 10.0),
                    ("rest_mv", -58.0),
                    ("threshold_mv", -50.0),
                    ("a_ns", 2.0),
                    ("tau_w_ms", 120.0),
                    ("b_pa", 100.0),
                    ("reset_mv", -46.0),
                    ("peak_mv", 0.0),
                ],
                &[(0.0, 210.0)],
            ),
            naud(
                "delayed-accelerating",
                "Delayed accelerating",
                &[
                    ("c_pf", 200.0),
                    ("g_leak_ns", 12.0),
                    ("rest_mv", -70.0),
                    ("threshold_mv", -50.0),
                    ("a_ns", -10.0),
                    ("tau_w_ms", 300.0),
                    ("b_pa", 0.0),
                    ("reset_mv", -58.0),
                    ("peak_mv", 0.0),
                ],
                &[(0.0, 300.0)],
            ),
            naud(
                "delayed-regular-bursting",
                "Delayed regular bursting",
                &[
                    ("c_pf", 100.0),
                    ("g_leak_ns", 10.0),
                    ("rest_mv", -65.0),
                    ("threshold_mv", -50.0),
                    ("a_ns", -10.0),
                    ("tau_w_ms", 90.0),
                    ("b_pa", 30.0),
                    ("reset_mv", -47.0),
                    ("peak_mv", 0.0),
                ],
                &[(0.0, 110.0)],
            ),
            naud(
                "transient",
                "Transient spiking",
                &[
                    ("c_pf", 100.0),
                    ("g_leak_ns", 10.0),
                    ("rest_mv", -65.0),
                    ("threshold_mv", -50.0),
                    ("a_ns", 10.0),
                    ("tau_w_ms", 90.0),
                    ("b_pa", 100.0),
                    ("reset_mv", -47.0),
                    ("peak_mv", 0.0),
                ],
                &[(0.0, 180.0)],
            ),
            naud(
                "irregular",
                "Irregular spiking",
                &[
                    ("c_pf", 100.0),
                    ("g_leak_ns", 12.0),
                    ("rest_mv", -60.0),
                    ("threshold_mv", -50.0),
                    ("a_ns", -11.0),
                    ("tau_w_ms", 130.0),
                    ("b_pa", 30.0),
                    ("reset_mv", -48.0),
                    ("peak_mv", 0.0),
                ],
                &[(0.0, 160.0)],
            ),
        ],
        references: &[
            figure("tonic: spikes in 600 ms", 62.0, 0.5, Unit::Count),
            figure("adapting: spikes in 600 ms", 12.0, 0.5, Unit::Count),
            figure("adapting: first interval", 11.3, 0.1, Unit::Millisecond),
            figure("adapting: last interval within 600 ms", 75.9, 0.1, Unit::Millisecond),
            figure("regular bursting: spikes in 600 ms", 11.0, 0.5, Unit::Count),
            figure("delayed regular bursting: spikes in 600 ms", 32.0, 0.5, Unit::Count),
        ],
        not_biological: "One variable stands for all slow channels, and the downswing of a spike is a rule.",
    };
    declared_fields!(
        c_pf,
        g_leak_ns,
        rest_mv,
        threshold_mv,
        slope_mv,
        a_ns,
        tau_w_ms,
        b_pa,
        reset_mv,
        peak_mv,
    );

    fn check(&self) -> Result<(), ParameterError> {
        reset_below_peak(Self::DECLARATION.title, self.reset_mv, self.peak_mv)
    }
}

impl NeuronModel for AdaptiveExponential {
    type Stepper<R: Real> = AdaptiveExponentialStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> AdaptiveExponentialStepper<R> {
        let upswing = Upswing {
            leak: R::from_f64(self.g_leak_ns),
            rest: R::from_f64(self.rest_mv),
            threshold: R::from_f64(self.threshold_mv),
            slope: R::from_f64(self.slope_mv),
            peak: R::from_f64(self.peak_mv),
        };
        AdaptiveExponentialStepper {
            upswing,
            dt_per_c: R::from_f64(dt_ms / self.c_pf),
            dt_per_tau: R::from_f64(dt_ms / self.tau_w_ms),
            coupling: R::from_f64(self.a_ns),
            increment: R::from_f64(self.b_pa),
            reset: R::from_f64(self.reset_mv),
        }
    }
}

/// `τ = C/g_L`; the leak loses to the upswing at `V_T`, where the adaptation asks for its part of the drive:
/// `g_L(V_T − E_L − Δ_T) + a(V_T − E_L)`.
impl UnitModel for AdaptiveExponential {
    fn effective(&self) -> Effective {
        let leak = self.g_leak_ns;
        let span_mv = self.threshold_mv - self.rest_mv;
        let threshold = leak * (span_mv - self.slope_mv) + self.a_ns * span_mv;
        let drives = [threshold, leak];
        Effective::of_membrane([self.c_pf / leak, 0.0], drives, [self.rest_mv, self.threshold_mv])
    }
}

/// The step of [`AdaptiveExponential`].
#[derive(Clone, Copy)]
pub struct AdaptiveExponentialStepper<R> {
    upswing: Upswing<R>,
    dt_per_c: R,
    dt_per_tau: R,
    coupling: R,
    increment: R,
    reset: R,
}

impl<R: Real> AdaptiveExponentialStepper<R> {
    /// By how much a whole step at the slopes of this point would move potential and adaptation.
    #[inline(always)]
    fn change(&self, potential: R, adaptation: R, input: Input<R>) -> [R; 2] {
        // Beyond the peak the adaptation must not follow what is no potential of a membrane.
        let potential = potential.min(self.upswing.peak);
        let current =
            self.upswing.current(potential) - adaptation + input.current - input.conductance * potential;
        let goal = self.coupling * (potential - self.upswing.rest);
        [self.dt_per_c * current, self.dt_per_tau * (goal - adaptation)]
    }
}

impl<R: Real> Stepper<R> for AdaptiveExponentialStepper<R> {
    type State = [R; 2];

    fn rest(&self) -> [R; 2] {
        [self.upswing.rest, R::splat(0.0)]
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 2], input: Input<R>) -> Stepped<R> {
        let (zero, half, one) = (R::splat(0.0), R::splat(0.5), R::splat(1.0));
        let (two, six) = (R::splat(2.0), R::splat(6.0));
        let [v, w] = *state;
        let first = self.change(v, w, input);
        let second = self.change(v + half * first[0], w + half * first[1], input);
        let third = self.change(v + half * second[0], w + half * second[1], input);
        let fourth = self.change(v + third[0], w + third[1], input);
        let sum = |of: usize| (first[of] + two * (second[of] + third[of]) + fourth[of]) / six;
        let potential = (v + sum(0)).min(self.upswing.peak);
        let adaptation = w + sum(1);
        // Without coupling it decays for ever: no subnormal numbers.
        let adaptation = R::select(adaptation.abs().lt(R::splat(1e-30)), zero, adaptation);
        let fires = self.upswing.peak.le(potential);
        *state = [
            R::select(fires, self.reset, potential),
            R::select(fires, adaptation + self.increment, adaptation),
        ];
        Stepped { spike: R::select(fires, one, zero), potential }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::neurons::any::drive_at;

    /// Spike times of a preset over 600 ms.
    fn spikes_ms(id: &str, dt_ms: f64) -> Vec<f64> {
        let neuron = AdaptiveExponential::preset(id).expect("a preset").stepper::<f64>(dt_ms);
        let presets = AdaptiveExponential::DECLARATION.presets;
        let preset = presets.iter().find(|preset| preset.id == id).expect("a preset");
        let mut state = neuron.rest();
        let times = (0..(600.0 / dt_ms) as u32).map(|step| f64::from(step) * dt_ms);
        times
            .filter(|&t_ms| neuron.step(&mut state, Input::current(drive_at(preset, t_ms))).spike > 0.0)
            .collect()
    }

    #[test]
    fn each_preset_shows_its_pattern() {
        let intervals = |times: &[f64]| times.windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<_>>();
        let burst = intervals(&spikes_ms("initial-burst", 0.05));
        assert!(burst[0] < 5.0 && burst[burst.len() - 1] > 50.0, "{burst:?}");
        let accelerating = spikes_ms("delayed-accelerating", 0.05);
        let between = intervals(&accelerating);
        assert!(accelerating[0] > 30.0 && between.is_sorted_by(|a, b| *b <= a + 0.051), "{between:?}");
        assert_eq!(spikes_ms("transient", 0.05).len(), 1);
        let irregular = intervals(&spikes_ms("irregular", 0.05));
        let mean = irregular.iter().sum::<f64>() / irregular.len() as f64;
        let variance =
            irregular.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / irregular.len() as f64;
        assert!(irregular.len() > 20 && variance.sqrt() / mean > 0.3, "{irregular:?}");
    }

    #[test]
    fn the_upswing_does_not_reach_the_adaptation() {
        let neuron = AdaptiveExponential { b_pa: 0.0, ..AdaptiveExponential::default() }.stepper::<f32>(0.5);
        let mut state = neuron.rest();
        for _ in 0..2000 {
            neuron.step(&mut state, Input::current(5000.0));
            // At most what the highest potential could hold it at.
            assert!(state[1] >= 0.0 && state[1] <= 4.0 * 90.6, "{}", state[1]);
        }
    }
}
