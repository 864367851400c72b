//! Brunel's network: sparse excitation and inhibition by jumps of the potential, in four states.
//!
//! `τ dV/dt = −V + R·I`, `V ← V + J` at each arrival, `V ← V − g·J` at an inhibitory one (Brunel 2000,
//! eq. 1 and 2, model A): 10,000 excitatory and 2,500 inhibitory neurons, each with `C_E` = 1,000 and
//! `C_I` = 250 sources, and `C_E` Poisson sources from outside. `ν_thr = θ/(J·C_E·τ)` is the outer rate
//! that alone would bring the mean potential to the threshold; the external rate is a multiple of it, so
//! each neuron gets `η·θ/(J·τ)` spikes a second from outside.
//!
//! A smaller network (`scale`) has as many times fewer neurons and sources, and synapses as many times
//! stronger, which keeps the mean of the input and lets its fluctuations grow. Potentials in mV above
//! rest. Floor F4.
//!
//! ```
//! use cajal::experiment::circuits;
//! let run = circuits::build("brunel", &[("scale", 0.1), ("inhibition", 6.0)], 1, 1 << 28)?;
//! assert_eq!(run.network().synapses(), 1250 * 125);
//! # Ok::<(), cajal::snn::NetworkError>(())
//! ```

use super::{Circuit, Shown, Weighed};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Preset, Reference, Scale, declared_fields,
};
use crate::neurons::Lif;
use crate::snn::cells::LifDelta;
use crate::snn::{BackgroundSpec, Connect, NetworkSpec, PopulationSpec, ProjectionSpec};
use crate::units::Unit;

/// Parameters of the circuit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Brunel {
    /// Neurons as a part of 12,500, and sources of a neuron as a part of 1,250.
    pub scale: f64,
    /// How many times stronger an inhibitory spike is, g.
    pub inhibition: f64,
    /// The outer rate over the one that reaches the threshold, `ν_ext/ν_thr`.
    pub drive: f64,
    /// Jump of the potential by an excitatory spike at full size, mV.
    pub jump_mv: f64,
    /// How long spikes travel, ms.
    pub delay_ms: f64,
}

impl Default for Brunel {
    fn default() -> Self {
        Self { scale: 1.0, inhibition: 5.0, drive: 2.0, jump_mv: 0.1, delay_ms: 1.5 }
    }
}

const BRUNEL_2000: Citation = Citation {
    authors: "Brunel",
    year: 2000,
    title: "Dynamics of sparsely connected networks of excitatory and inhibitory spiking neurons",
    source: "J. Comput. Neurosci. 8, 183–208, figure 8",
};

/// The same network in the reference simulator, run for these figures at full size with a step of 0.1 ms.
const NEST: Citation = Citation {
    authors: "Gewaltig, Diesmann",
    year: 2007,
    title: "NEST (NEural Simulation Tool)",
    source: "Scholarpedia 2(4):1430; NEST 3.10, iaf_psc_delta",
};

const fn state(id: &'static str, title: &'static str, values: &'static [(&'static str, f64)]) -> Preset {
    Preset { id, title, values, drive: &[], citation: BRUNEL_2000 }
}

const fn figure(what: &'static str, expected: f64, tolerance: f64, citation: Citation) -> Reference {
    Reference { what, expected, tolerance, unit: Unit::Hertz, citation }
}

const NUMBER: Parameter = Parameter {
    key: "",
    symbol: "",
    unit: Unit::One,
    range: (0.0, 10.0),
    step: 0.1,
    scale: Scale::Linear,
    default: 1.0,
    meaning: "",
};

impl Declared for Brunel {
    const DECLARATION: Declaration = Declaration {
        id: "brunel",
        title: "Sparse network in four states (Brunel)",
        citation: BRUNEL_2000,
        equations: &[
            r"\tau\,\dot V = -V",
            r"V \leftarrow V + J,\quad V \leftarrow V - g J",
            r"\nu_\mathrm{thr} = \frac{\theta}{J C_E \tau}",
        ],
        parameters: &[
            Parameter {
                key: "scale",
                symbol: "s",
                range: (0.05, 1.0),
                step: 0.05,
                meaning: "Part of the 12,500 neurons and of their sources; synapses become as many times stronger.",
                ..NUMBER
            },
            Parameter {
                key: "inhibition",
                symbol: "g",
                default: 5.0,
                meaning: "How many times stronger an inhibitory spike is than an excitatory one.",
                ..NUMBER
            },
            Parameter {
                key: "drive",
                symbol: r"\nu_\mathrm{ext}/\nu_\mathrm{thr}",
                range: (0.0, 5.0),
                default: 2.0,
                meaning: "The outer rate over the one that brings the mean potential to the threshold.",
                ..NUMBER
            },
            Parameter {
                key: "jump_mv",
                symbol: "J",
                unit: Unit::Millivolt,
                range: (0.01, 1.0),
                step: 0.01,
                default: 0.1,
                meaning: "How far an excitatory spike moves the potential at full size.",
                ..NUMBER
            },
            Parameter {
                key: "delay_ms",
                symbol: "D",
                unit: Unit::Millisecond,
                range: (0.1, 10.0),
                default: 1.5,
                meaning: "How long spikes travel.",
                ..NUMBER
            },
        ],
        state: &[],
        drive: Unit::Millivolt,
        integrator: Integrator::Exact,
        largest_dt_ms: 0.1,
        presets: &[
            state("synchronous-regular", "A: synchronous, regular", &[("inhibition", 3.0), ("drive", 2.0)]),
            state(
                "fast-oscillation",
                "B: fast oscillation, irregular",
                &[("inhibition", 6.0), ("drive", 4.0)],
            ),
            state("asynchronous", "C: asynchronous, irregular", &[("inhibition", 5.0), ("drive", 2.0)]),
            state(
                "slow-oscillation",
                "D: slow oscillation, irregular",
                &[("inhibition", 4.5), ("drive", 0.9)],
            ),
        ],
        references: &[
            figure("mean rate in state A, 100 to 300 ms", 333.0, 3.0, NEST),
            figure("mean rate in state B, 100 to 1100 ms (60.7 Hz in the paper)", 58.3, 1.7, NEST),
            figure("centre of the power between 120 and 260 Hz in state B, 100 to 1100 ms", 182.2, 6.0, NEST),
            figure("mean rate in state C, 100 to 600 ms", 37.4, 1.1, NEST),
            figure("mean rate in state D, 100 to 2100 ms", 6.0, 0.3, NEST),
            figure("centre of the power between 8 and 40 Hz in state D, 100 to 2100 ms", 26.2, 2.0, NEST),
        ],
        not_biological: "All neurons are alike and wired by chance alone, a spike moves the potential at once, and \
                         everyone listens to noise of its own.",
    };
    declared_fields!(scale, inhibition, drive, jump_mv, delay_ms);
}

/// Membrane and threshold (section 2.1 of the paper), above rest.
const NEURON: Lif =
    Lif { tau_ms: 20.0, rest_mv: 0.0, reset_mv: 10.0, threshold_mv: 20.0, refractory_ms: 2.0 };

impl Circuit for Brunel {
    const SHOWN: Shown = Shown {
        what: "One network in four states: the strength of inhibition and the drive choose which.",
        span_ms: 400.0,
        speed: 1.0,
        seed: 1,
        excite: 20.0,
        silence: -1500.0,
        weights: Weighed::Millivolts,
    };

    fn network(&self, seed: u64) -> NetworkSpec {
        let scaled = |full: f64| libm::round(full * self.scale) as u32;
        let jump_mv = self.jump_mv / self.scale;
        // All C_E sources of a neuron together, Hz.
        let rate_hz = self.drive * NEURON.threshold_mv / (jump_mv * NEURON.tau_ms) * 1000.0;
        let background = BackgroundSpec { rate_hz, weight: jump_mv as f32, receptor: 0 };
        let population = |name: &str, full: f64| PopulationSpec {
            background: vec![background],
            ..PopulationSpec::new(name, scaled(full), LifDelta { neuron: NEURON })
        };
        let projection = |source: usize, target: usize| {
            let (degree, factor) = if source == 0 { (1000.0, 1.0) } else { (250.0, -self.inhibition) };
            let connect = Connect::FixedInDegree(scaled(degree));
            ProjectionSpec::new([source, target], 0, connect, (factor * jump_mv) as f32, self.delay_ms)
        };
        NetworkSpec {
            populations: vec![population("excitatory", 10_000.0), population("inhibitory", 2_500.0)],
            projections: vec![projection(0, 0), projection(0, 1), projection(1, 0), projection(1, 1)],
            ..NetworkSpec::new(0.1, seed)
        }
    }
}
