//! Fast-spiking interneuron of Wang and Buzsáki: a conductance-based neuron of type I.
//!
//! `C dV/dt = −g_Na·m∞³h(V − E_Na) − g_K·n⁴(V − E_K) − g_L(V − E_L) + I − g·V` with sodium activation
//! at once in its steady state, `dx/dt = φ(α_x(1 − x) − β_x·x)` for h and n. Its firing begins at any
//! rate, however low, where [`super::HodgkinHuxley`] jumps to 50 Hz. Units and integrator are as there;
//! a spike is an upward crossing of 0 mV.
//!
//! ```
//! use cajal::neurons::{Input, NeuronModel, Stepper, WangBuzsaki};
//! let neuron = WangBuzsaki::default().stepper::<f64>(0.02);
//! let mut state = neuron.rest();
//! let spikes: f64 = (0..50_000).map(|_| neuron.step(&mut state, Input::current(0.2)).spike).sum();
//! assert!((spikes - 9.0).abs() <= 1.0); // in one second
//! ```

use super::hodgkin_huxley::{Gate, crossing, exp_linear, resting_potential};
use super::{Effective, Input, NeuronModel, Stepped, Stepper, UnitModel, brink};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Preset, Reference, Scale, StateVariable,
    declared_fields,
};
use crate::kernels::lane::Real;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WangBuzsaki {
    /// Capacitance C, µF/cm².
    pub c_uf_cm2: f64,
    /// Speed of the gates φ.
    pub gate_speed: f64,
    /// Largest sodium conductance, mS/cm².
    pub g_na_ms_cm2: f64,
    /// Largest potassium conductance, mS/cm².
    pub g_k_ms_cm2: f64,
    /// Leak conductance, mS/cm².
    pub g_leak_ms_cm2: f64,
    /// Reversal potential of sodium, mV.
    pub e_na_mv: f64,
    /// Reversal potential of potassium, mV.
    pub e_k_mv: f64,
    /// Reversal potential of the leak, mV.
    pub e_leak_mv: f64,
}

const WANG_BUZSAKI_1996: Citation = Citation {
    authors: "Wang, Buzsáki",
    year: 1996,
    title: "Gamma oscillation by synaptic inhibition in a hippocampal interneuronal network model",
    source: "Journal of Neuroscience 16(20), 6402–6413",
};

impl Default for WangBuzsaki {
    fn default() -> Self {
        Self {
            c_uf_cm2: 1.0,
            gate_speed: 5.0,
            g_na_ms_cm2: 35.0,
            g_k_ms_cm2: 9.0,
            g_leak_ms_cm2: 0.1,
            e_na_mv: 55.0,
            e_k_mv: -90.0,
            e_leak_mv: -65.0,
        }
    }
}

const CONDUCTANCE: Parameter = Parameter {
    key: "",
    symbol: "",
    unit: Unit::MillisiemensPerSquareCentimetre,
    range: (0.0, 200.0),
    step: 0.5,
    scale: Scale::Linear,
    default: 0.0,
    meaning: "",
};
const REVERSAL: Parameter =
    Parameter { unit: Unit::Millivolt, range: (-120.0, 120.0), step: 0.1, ..CONDUCTANCE };

impl Declared for WangBuzsaki {
    const DECLARATION: Declaration = Declaration {
        id: "wang-buzsaki",
        title: "Wang-Buzsáki interneuron",
        citation: WANG_BUZSAKI_1996,
        equations: &[
            r"C \frac{dV}{dt} = -g_\mathrm{Na} m_\infty^3 h (V - E_\mathrm{Na}) - g_\mathrm{K} n^4 (V - E_\mathrm{K}) - g_L (V - E_L) + I",
            r"\frac{dx}{dt} = \phi \bigl(\alpha_x (1 - x) - \beta_x x\bigr),\quad x \in \{h, n\}",
            r"\alpha_m = \frac{0.1 (V + 35)}{1 - e^{-(V + 35)/10}},\quad \beta_m = 4 e^{-(V + 60)/18}",
            r"\alpha_h = 0.07 e^{-(V + 58)/20},\quad \beta_h = \frac{1}{1 + e^{-(V + 28)/10}}",
            r"\alpha_n = \frac{0.01 (V + 34)}{1 - e^{-(V + 34)/10}},\quad \beta_n = 0.125 e^{-(V + 44)/80}",
        ],
        parameters: &[
            Parameter {
                key: "c_uf_cm2",
                symbol: "C",
                unit: Unit::MicrofaradPerSquareCentimetre,
                range: (0.5, 5.0),
                step: 0.1,
                default: 1.0,
                meaning: "Charge that the membrane holds for each millivolt.",
                ..CONDUCTANCE
            },
            Parameter {
                key: "gate_speed",
                symbol: r"\phi",
                unit: Unit::One,
                range: (0.5, 20.0),
                default: 5.0,
                meaning: "How fast the gates are; slower ones broaden the spike.",
                ..CONDUCTANCE
            },
            Parameter {
                key: "g_na_ms_cm2",
                symbol: r"g_\mathrm{Na}",
                default: 35.0,
                meaning: "Conductance of all sodium channels.",
                ..CONDUCTANCE
            },
            Parameter {
                key: "g_k_ms_cm2",
                symbol: r"g_\mathrm{K}",
                default: 9.0,
                meaning: "Conductance of all potassium channels.",
                ..CONDUCTANCE
            },
            Parameter {
                key: "g_leak_ms_cm2",
                symbol: "g_L",
                range: (0.01, 10.0),
                step: 0.01,
                default: 0.1,
                meaning: "Conductance that is always open.",
                ..CONDUCTANCE
            },
            Parameter {
                key: "e_na_mv",
                symbol: r"E_\mathrm{Na}",
                default: 55.0,
                meaning: "Where sodium channels draw the potential.",
                ..REVERSAL
            },
            Parameter {
                key: "e_k_mv",
                symbol: r"E_\mathrm{K}",
                default: -90.0,
                meaning: "Where potassium channels draw the potential.",
                ..REVERSAL
            },
            Parameter {
                key: "e_leak_mv",
                symbol: "E_L",
                default: -65.0,
                meaning: "Where the leak draws the potential.",
                ..REVERSAL
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
                key: "h",
                symbol: "h",
                unit: Unit::One,
                meaning: "Sodium channels that are not inactivated.",
            },
            StateVariable {
                key: "n",
                symbol: "n",
                unit: Unit::One,
                meaning: "Activation of potassium channels.",
            },
        ],
        drive: Unit::MicroamperePerSquareCentimetre,
        integrator: Integrator::ExponentialEuler,
        largest_dt_ms: 0.05,
        presets: &[Preset {
            id: "interneuron",
            title: "Hippocampal interneuron",
            values: &[],
            drive: &[(0.0, 0.0), (50.0, 0.0), (50.0, 1.0), (450.0, 1.0), (450.0, 0.0)],
            citation: WANG_BUZSAKI_1996,
        }],
        references: &[Reference {
            what: "smallest current that makes it fire for ever",
            expected: 0.16,
            tolerance: 0.005,
            unit: Unit::MicroamperePerSquareCentimetre,
            citation: Citation {
                authors: "Fourcaud-Trocmé, Hansel, van Vreeswijk, Brunel",
                year: 2003,
                title: "How spike generation mechanisms determine the neuronal response to fluctuating inputs",
                source: "Journal of Neuroscience 23(37), 11628–11640",
            },
        }],
        not_biological: "Sodium channels open without delay, and a point has no dendrites.",
    };
    declared_fields!(
        c_uf_cm2,
        gate_speed,
        g_na_ms_cm2,
        g_k_ms_cm2,
        g_leak_ms_cm2,
        e_na_mv,
        e_k_mv,
        e_leak_mv,
    );
}

/// The gates m, h, n at a potential in mV; beyond ±200 mV they stay what they are there.
#[inline(always)]
fn gates<R: Real>(potential_mv: R) -> [Gate<R>; 3] {
    let v = potential_mv.max(R::splat(-200.0)).min(R::splat(200.0));
    let above = |mv: f32, scale: f64| (v + R::splat(mv)) * R::from_f64(1.0 / scale);
    let one = R::splat(1.0);
    [
        Gate { opening: exp_linear(above(35.0, 10.0)), closing: R::splat(4.0) * (-above(60.0, 18.0)).exp() },
        Gate {
            opening: R::from_f64(0.07) * (-above(58.0, 20.0)).exp(),
            closing: one / (one + (-above(28.0, 10.0)).exp()),
        },
        Gate {
            opening: R::from_f64(0.1) * exp_linear(above(34.0, 10.0)),
            closing: R::splat(0.125) * (-above(44.0, 80.0)).exp(),
        },
    ]
}

impl NeuronModel for WangBuzsaki {
    type Stepper<R: Real> = WangBuzsakiStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> WangBuzsakiStepper<R> {
        let resting_mv = resting_potential(&[self.e_na_mv, self.e_k_mv, self.e_leak_mv], |v| {
            let [m, h, n] = gates(v).map(Gate::steady);
            self.g_na_ms_cm2 * m * m * m * h * (v - self.e_na_mv)
                + self.g_k_ms_cm2 * n * n * n * n * (v - self.e_k_mv)
                + self.g_leak_ms_cm2 * (v - self.e_leak_mv)
        });
        WangBuzsakiStepper {
            dt_per_c: R::from_f64(dt_ms / self.c_uf_cm2),
            gate_dt: R::from_f64(dt_ms * self.gate_speed),
            g_na: R::from_f64(self.g_na_ms_cm2),
            g_k: R::from_f64(self.g_k_ms_cm2),
            g_leak: R::from_f64(self.g_leak_ms_cm2),
            e_na: R::from_f64(self.e_na_mv),
            e_k: R::from_f64(self.e_k_mv),
            e_leak: R::from_f64(self.e_leak_mv),
            resting: R::from_f64(resting_mv),
        }
    }
}

/// `τ = C/Σg` with the channels that are open at rest. Fast are potential and sodium activation; inactivation
/// and potassium are slow.
impl UnitModel for WangBuzsaki {
    fn effective(&self) -> Effective {
        let [rest_mv, h, n] = self.stepper::<f64>(1.0).rest();
        let channels = |v: f64, h: f64, n: f64| {
            let m = gates(v)[0].steady();
            [self.g_na_ms_cm2 * m * m * m * h, self.g_k_ms_cm2 * n * n * n * n, self.g_leak_ms_cm2]
        };
        let conductance = channels(rest_mv, h, n).iter().fold(0.0, |sum, g| sum + g);
        let [brink_mv, threshold] = brink(rest_mv, |v, at| {
            let [_, h, n] = gates(at).map(Gate::steady);
            let [sodium, potassium, leak] = channels(v, h, n);
            sodium * (v - self.e_na_mv) + potassium * (v - self.e_k_mv) + leak * (v - self.e_leak_mv)
        });
        let tau_ms = self.c_uf_cm2 / conductance;
        Effective::of_membrane([tau_ms, 0.0], [threshold, conductance], [rest_mv, brink_mv])
    }
}

/// The step of [`WangBuzsaki`].
#[derive(Clone, Copy)]
pub struct WangBuzsakiStepper<R> {
    dt_per_c: R,
    gate_dt: R,
    g_na: R,
    g_k: R,
    g_leak: R,
    e_na: R,
    e_k: R,
    e_leak: R,
    resting: R,
}

impl<R: Real> Stepper<R> for WangBuzsakiStepper<R> {
    type State = [R; 3];

    fn rest(&self) -> [R; 3] {
        let [_, h, n] = gates(self.resting).map(Gate::steady);
        [self.resting, h, n]
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 3], input: Input<R>) -> Stepped<R> {
        let [before, h, n] = *state;
        let [m_gate, h_gate, n_gate] = gates(before);
        let m = m_gate.steady();
        let sodium = self.g_na * (m * m * m * h);
        let square = n * n;
        let potassium = self.g_k * (square * square);
        let conductance = sodium + potassium + self.g_leak + input.conductance;
        let current = sodium * self.e_na + potassium * self.e_k + self.g_leak * self.e_leak + input.current;
        let steady = current / conductance;
        let potential = steady + (before - steady) * (-(self.dt_per_c * conductance)).exp();
        *state = [potential, h_gate.after(h, self.gate_dt), n_gate.after(n, self.gate_dt)];
        Stepped { spike: crossing(before, potential), potential }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate_hz(current: f64) -> f64 {
        let dt_ms = 0.02;
        let neuron = WangBuzsaki::default().stepper::<f64>(dt_ms);
        let mut state = neuron.rest();
        let times: Vec<f64> = (0..100_000)
            .filter(|_| neuron.step(&mut state, Input::current(current)).spike > 0.0)
            .map(|step| f64::from(step) * dt_ms)
            .collect();
        if times.len() < 3 {
            return 0.0;
        }
        1000.0 / (times[times.len() - 1] - times[times.len() - 2])
    }

    /// Near the onset of a neuron of type I the rate grows with the root of the current above it.
    #[test]
    fn firing_begins_at_any_rate() {
        let onset = 0.1609;
        let (near, far) = (rate_hz(onset + 0.01), rate_hz(onset + 0.04));
        assert!(near > 0.0 && near < 6.0, "{near}");
        assert!((far / near - 2.0).abs() < 0.2, "{near} {far}");
    }

    #[test]
    fn rests_near_its_leak() {
        let neuron = WangBuzsaki::default().stepper::<f64>(0.02);
        let mut state = neuron.rest();
        assert!((state[0] + 64.0).abs() < 0.5, "{}", state[0]);
        let at_rest = state;
        for _ in 0..10_000 {
            neuron.step(&mut state, Input::current(0.0));
        }
        assert!((state[0] - at_rest[0]).abs() < 1e-9, "{}", state[0]);
    }
}
