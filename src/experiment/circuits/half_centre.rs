//! Half-centres: two groups of neurons that inhibit each other take turns.
//!
//! Brown (1911) saw that the spinal cord alone makes the rhythm of walking and proposed two centres that
//! inhibit each other and tire. Each is a group of adaptive exponential neurons here (subthreshold
//! adaptation `a = 0`), driven by a constant current `I`. While one fires, its adaptation settles at
//! `w_on`, and its spikes open the conductance `g` in the other, whose adaptation decays from there. The
//! silent one escapes (Wang & Rinzel 1992; Skinner, Kopell & Marder 1994) when `I − w` exceeds what the
//! inhibition asks for.
//!
//! That gives the period. With the rate `f(I)` of a neuron without adaptation, `w_on` solves
//! `w = b·τ_w·f(I − w)`; then `g = n·w_syn·τ_syn·f(I − w_on)`. The fixed point of the membrane vanishes at
//! `V* = V_T + Δ_T·ln(1 + g/g_L)`, where the current is
//! `I_esc = g_L(V* − E_L) + g(V* − E_syn) − (g_L + g)Δ_T`. Escape waits for `w` to fall from `w_on` to
//! `I − I_esc`. By then the silent membrane is only just pushed on: with the current rising at
//! `r = (I − I_esc)/τ_w` and the curvature `a = (g_L + g)/(2Δ_T)` there, it takes `2.338·(C²/(a·r))^(1/3)`
//! to pass (the first zero of Airy's function). So
//! `T = 2·(τ_w·ln(w_on/(I − I_esc)) + 2.338·(C²/(a·r))^(1/3))`.
//! That leaves out that inhibition ripples, which lets the silent side escape sooner, and how long the
//! change-over itself takes, some `τ_syn`: measured periods are within 5 % where `τ_syn` is several
//! intervals and `τ_w` many `τ_syn`.
//!
//! ```
//! use cajal::experiment::circuits::HalfCentre;
//! // With f = (I − 180 pA)/1600 per ms, which is near what the neuron does.
//! let escape = HalfCentre::default().escape(|drive_pa| (drive_pa - 180.0).max(0.0) / 1.6);
//! assert!(escape.period_ms > 1000.0);
//! ```

use super::{Circuit, Shown, Stimulus, Turns, Weighed};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Preset, Reference, Scale, declared_fields,
};
use crate::neurons::{AdaptiveExponential, Input, NeuronModel, Stepper};
use crate::snn::cells::{Composed, Receptor};
use crate::snn::synapses::ExponentialConductance;
use crate::snn::{Connect, NetworkSpec, PopulationSpec, ProjectionSpec};
use crate::units::Unit;

/// Parameters of the circuit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HalfCentre {
    /// Current I into every neuron, pA.
    pub drive_pa: f64,
    /// Conductance `w_syn` that a spike opens in each neuron of the other side, nS.
    pub inhibition_ns: f64,
    /// Time constant of the adaptation `τ_w`, ms.
    pub tau_w_ms: f64,
    /// Adaptation b that each spike adds, pA.
    pub b_pa: f64,
    /// Time constant of the inhibition `τ_syn`, ms.
    pub synaptic_ms: f64,
}

impl Default for HalfCentre {
    fn default() -> Self {
        Self { drive_pa: 700.0, inhibition_ns: 0.45, tau_w_ms: 1000.0, b_pa: 10.0, synaptic_ms: 80.0 }
    }
}

/// Neurons of a half-centre.
pub const NEURONS: u32 = 10;
/// Length of a step, ms.
const DT_MS: f64 = 0.1;
/// A rate is that of so many spikes, within so many steps.
const SPIKES: usize = 20;
const LONGEST: u32 = 30_000;
/// Place of the adaptation among a neuron's variables.
const ADAPTATION: usize = 1;
/// Reversal potential of the inhibition, mV.
pub const REVERSAL_MV: f64 = -75.0;

const BROWN_1911: Citation = Citation {
    authors: "Brown",
    year: 1911,
    title: "The intrinsic factors in the act of progression in the mammal",
    source: "Proc. R. Soc. B 84, 308–319",
};
const WANG_RINZEL_1992: Citation = Citation {
    authors: "Wang, Rinzel",
    year: 1992,
    title: "Alternating and synchronous rhythms in reciprocally inhibitory model neurons",
    source: "Neural Comput. 4, 84–97",
};
const SKINNER_1994: Citation = Citation {
    authors: "Skinner, Kopell, Marder",
    year: 1994,
    title: "Mechanisms for oscillation and frequency control in reciprocally inhibitory model neural networks",
    source: "J. Comput. Neurosci. 1, 69–87",
};

const DRIVE: Parameter = Parameter {
    key: "drive_pa",
    symbol: "I",
    unit: Unit::Picoampere,
    range: (0.0, 1500.0),
    step: 10.0,
    scale: Scale::Linear,
    default: 700.0,
    meaning: "What drives both sides all the time.",
};

impl Declared for HalfCentre {
    const DECLARATION: Declaration = Declaration {
        id: "half-centre",
        title: "Two half-centres",
        citation: BROWN_1911,
        equations: &[
            r"C \dot V = -g_L (V - E_L) + g_L \Delta_T e^{(V - V_T)/\Delta_T} - g\,(V - E_\mathrm{syn}) - w + I",
            r"\tau_w \dot w = -w,\quad w \leftarrow w + b",
            r"T = 2\left(\tau_w \ln\frac{w_\mathrm{on}}{I - I_\mathrm{esc}} + 2.338\left(\frac{C^2}{a\,r}\right)^{1/3}\right)",
        ],
        parameters: &[
            DRIVE,
            Parameter {
                key: "inhibition_ns",
                symbol: r"w_\mathrm{syn}",
                unit: Unit::Nanosiemens,
                range: (0.0, 2.0),
                step: 0.01,
                default: 0.45,
                meaning: "What a spike opens in each neuron of the other side.",
                ..DRIVE
            },
            Parameter {
                key: "tau_w_ms",
                symbol: r"\tau_w",
                unit: Unit::Millisecond,
                range: (100.0, 2000.0),
                default: 1000.0,
                meaning: "How long tiredness lasts.",
                ..DRIVE
            },
            Parameter {
                key: "b_pa",
                symbol: "b",
                range: (0.0, 50.0),
                step: 0.5,
                default: 10.0,
                meaning: "How much each spike tires.",
                ..DRIVE
            },
            Parameter {
                key: "synaptic_ms",
                symbol: r"\tau_\mathrm{syn}",
                unit: Unit::Millisecond,
                range: (5.0, 200.0),
                step: 1.0,
                default: 80.0,
                meaning: "How long inhibition lasts.",
                ..DRIVE
            },
        ],
        state: &[],
        drive: Unit::Picoampere,
        integrator: Integrator::ExponentialEuler,
        largest_dt_ms: 0.1,
        presets: &[Preset {
            id: "slow",
            title: "Slow rhythm",
            values: &[("tau_w_ms", 2000.0), ("b_pa", 5.0)],
            drive: &[],
            citation: SKINNER_1994,
        }],
        references: &[
            Reference {
                what: "period that follows from the escape of the silent side",
                expected: 2729.0,
                tolerance: 136.0,
                unit: Unit::Millisecond,
                citation: SKINNER_1994,
            },
            Reference {
                what: "phase of the right side within the cycle of the left",
                expected: 0.5,
                tolerance: 0.02,
                unit: Unit::One,
                citation: WANG_RINZEL_1992,
            },
        ],
        not_biological: "All neurons of a side are alike and tire by one current; a spinal cord has many kinds of \
                         neurons, currents that rebound after inhibition, and feedback from the limbs.",
    };
    declared_fields!(drive_pa, inhibition_ns, tau_w_ms, b_pa, synaptic_ms);
}

impl HalfCentre {
    /// The neuron of both sides.
    pub fn neuron(&self) -> AdaptiveExponential {
        AdaptiveExponential {
            c_pf: 200.0,
            g_leak_ns: 10.0,
            rest_mv: -70.0,
            threshold_mv: -50.0,
            slope_mv: 2.0,
            a_ns: 0.0,
            tau_w_ms: self.tau_w_ms,
            b_pa: self.b_pa,
            reset_mv: -58.0,
            peak_mv: 0.0,
        }
    }

    /// Rate in Hz of a neuron without adaptation under a current, from the intervals between its spikes.
    pub fn rate_hz(&self, drive_pa: f64) -> f64 {
        let neuron = AdaptiveExponential { b_pa: 0.0, ..self.neuron() }.stepper::<f64>(DT_MS);
        let mut state = neuron.rest();
        let fires = |_: &u32| neuron.step(&mut state, Input::current(drive_pa)).spike > 0.0;
        let mut spikes = (0..LONGEST).filter(fires).take(SPIKES);
        let Some(first) = spikes.next() else { return 0.0 };
        let (last, count) = spikes.fold((first, 0), |(_, count), spike| (spike, count + 1));
        if count > 0 { f64::from(count) / f64::from(last - first) * 1000.0 / DT_MS } else { 0.0 }
    }

    /// How the silent side escapes by the equations of the module, where `rate_hz(I)` is the rate of a neuron
    /// without adaptation.
    pub fn escape(&self, rate_hz: impl Fn(f64) -> f64) -> Escape {
        let neuron = self.neuron();
        let adapted = |w: f64| self.b_pa * self.tau_w_ms * 1e-3 * rate_hz(self.drive_pa - w);
        let (mut low, mut high) = (0.0, self.drive_pa);
        for _ in 0..40 {
            let middle = 0.5 * (low + high);
            if adapted(middle) > middle { low = middle } else { high = middle }
        }
        let rate = 1e-3 * rate_hz(self.drive_pa - low);
        let g = f64::from(NEURONS) * self.inhibition_ns * self.synaptic_ms * rate;
        let AdaptiveExponential { g_leak_ns, rest_mv, threshold_mv, slope_mv, .. } = neuron;
        let knee_mv = threshold_mv + slope_mv * libm::log1p(g / g_leak_ns);
        let escape =
            g_leak_ns * (knee_mv - rest_mv) + g * (knee_mv - REVERSAL_MV) - (g_leak_ns + g) * slope_mv;
        let left = self.drive_pa - escape;
        let waiting_ms = self.tau_w_ms * libm::log(low / left);
        let curvature = (g_leak_ns + g) / (2.0 * slope_mv);
        let ramp = left / self.tau_w_ms;
        let passing_ms = 2.338 * libm::cbrt(neuron.c_pf * neuron.c_pf / (curvature * ramp));
        Escape { below_pa: left, period_ms: 2.0 * (waiting_ms + passing_ms) }
    }
}

/// How the silent side escapes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Escape {
    /// Its adaptation then, pA; below 0 it never does.
    pub below_pa: f64,
    /// The period, ms; not a number where the silent side never escapes or never waits.
    pub period_ms: f64,
}

impl Circuit for HalfCentre {
    const SHOWN: Shown = Shown {
        what: "Two groups that inhibit each other and tire take turns: the rhythm of walking.",
        span_ms: 8000.0,
        speed: 1.0,
        seed: 1,
        excite: 1000.0,
        silence: -1500.0,
        weights: Weighed::Nanosiemens,
    };

    fn network(&self, seed: u64) -> NetworkSpec {
        let inhibition = ExponentialConductance { tau_ms: self.synaptic_ms, reversal_mv: REVERSAL_MV };
        let side = |name| {
            let cells = Composed { neuron: self.neuron(), receptors: vec![Receptor::new(inhibition)] };
            PopulationSpec {
                current: self.drive_pa as f32,
                initial_mv: Some((-70.0, -58.0)),
                ..PopulationSpec::new(name, NEURONS, cells)
            }
        };
        let across = |pair| {
            let all = Connect::AllToAll { to_itself: true };
            ProjectionSpec::new(pair, 0, all, self.inhibition_ns as f32, 1.0)
        };
        NetworkSpec {
            populations: vec![side("left"), side("right")],
            projections: vec![across([0, 1]), across([1, 0])],
            ..NetworkSpec::new(DT_MS, seed)
        }
    }

    /// The right side begins 100 ms later: alike, they would stay together.
    fn stimuli(&self) -> Vec<Stimulus> {
        vec![Stimulus { population: 1, neurons: 0..NEURONS, from_ms: 0.0, until_ms: 100.0, current: 0.0 }]
    }
    fn turns(&self) -> Option<Turns> {
        let Escape { below_pa, period_ms } = self.escape(|drive_pa| self.rate_hz(drive_pa));
        Some(Turns {
            sides: [0, 1],
            alone: 3 * NEURONS,
            variable: ADAPTATION,
            unit: Unit::Picoampere,
            escapes_below: below_pa,
            period_ms,
        })
    }
}
