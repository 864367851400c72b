//! COBA: as [`super::cuba`], but synapses open conductances, which is nearer to biology and bistable.
//!
//! `τ dV/dt = −(V − E_L) + g_e(E_e − V) + g_i(E_i − V)`, `τ_x dg_x/dt = −g_x`, conductances in units of the
//! leak (10 nS: an excitatory spike adds 6 nS, an inhibitory one 67 nS); each pair of 4,000 neurons is
//! connected with a probability of 2 %. Vogels & Abbott (2005) showed that it either sustains irregular
//! activity by itself or falls silent; Brette et al. (2007) made it a benchmark (number 1). Here it begins
//! with a current of `kick_mv` into everybody for [`KICK_MS`], and whether activity outlasts it depends on
//! the seed. Floor F4.

use super::{Circuit, Shown, Stimulus, Weighed};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Reference, Scale, declared_fields,
};
use crate::neurons::Lif;
use crate::snn::cells::LifConductance;
use crate::snn::{Connect, NetworkSpec, PopulationSpec, ProjectionSpec};
use crate::units::Unit;

/// Parameters of the circuit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coba {
    /// Neurons as a part of 4,000; the probability of a synapse rises by as much as neurons fall.
    pub scale: f64,
    /// What an excitatory spike opens, in units of the leak.
    pub excitation: f64,
    /// What an inhibitory spike opens, in units of the leak.
    pub inhibition: f64,
    /// The current that starts it, mV.
    pub kick_mv: f64,
    /// How long spikes travel, ms.
    pub delay_ms: f64,
}

impl Default for Coba {
    fn default() -> Self {
        Self { scale: 1.0, excitation: 0.6, inhibition: 6.7, kick_mv: 20.0, delay_ms: 1.5 }
    }
}

/// How long the current that starts it flows, ms.
pub const KICK_MS: f64 = 50.0;

const BRETTE_2007: Citation = Citation {
    authors: "Brette, Rudolph, Carnevale, Hines, Beeman, Bower, et al.",
    year: 2007,
    title: "Simulation of networks of spiking neurons: a review of tools and strategies",
    source: "J. Comput. Neurosci. 23, 349–398, benchmark 1",
};

/// The same network in the reference simulator, run for these figures.
const BRIAN: Citation = Citation {
    authors: "Stimberg, Brette, Goodman",
    year: 2019,
    title: "Brian 2, an intuitive and efficient neural simulator",
    source: "eLife 8, e47314; Brian2 2.9, exponential Euler in single precision, step 0.1 ms",
};

const NUMBER: Parameter = Parameter {
    key: "",
    symbol: "",
    unit: Unit::One,
    range: (0.0, 100.0),
    step: 0.1,
    scale: Scale::Linear,
    default: 1.0,
    meaning: "",
};

impl Declared for Coba {
    const DECLARATION: Declaration = Declaration {
        id: "coba",
        title: "Balanced network with conductances (COBA)",
        citation: BRETTE_2007,
        equations: &[
            r"\tau\,\dot V = -(V - E_L) + g_e (E_e - V) + g_i (E_i - V)",
            r"\tau_e\,\dot g_e = -g_e",
            r"\tau_i\,\dot g_i = -g_i",
        ],
        parameters: &[
            Parameter {
                key: "scale",
                symbol: "s",
                range: (0.05, 1.0),
                step: 0.05,
                meaning: "Part of the 4,000 neurons; the probability of a synapse rises by as much as they fall.",
                ..NUMBER
            },
            Parameter {
                key: "excitation",
                symbol: r"\Delta g_e",
                default: 0.6,
                meaning: "What an excitatory spike opens, in units of the leak.",
                ..NUMBER
            },
            Parameter {
                key: "inhibition",
                symbol: r"\Delta g_i",
                default: 6.7,
                meaning: "What an inhibitory spike opens, in units of the leak.",
                ..NUMBER
            },
            Parameter {
                key: "kick_mv",
                symbol: "RI",
                unit: Unit::Millivolt,
                step: 1.0,
                default: 20.0,
                meaning: "Current into everybody for the first 50 ms.",
                ..NUMBER
            },
            Parameter {
                key: "delay_ms",
                symbol: "d",
                unit: Unit::Millisecond,
                range: (0.1, 20.0),
                default: 1.5,
                meaning: "How long spikes travel.",
                ..NUMBER
            },
        ],
        state: &[],
        drive: Unit::Millivolt,
        integrator: Integrator::ExponentialEuler,
        largest_dt_ms: 0.1,
        presets: &[],
        references: &[
            Reference {
                what: "mean rate of the active state, 250 to 1250 ms, 17.7 to 20.2 Hz over seeds",
                expected: 18.8,
                tolerance: 1.8,
                unit: Unit::Hertz,
                citation: BRIAN,
            },
            Reference {
                what: "CV of intervals in the active state, 1.47 to 1.55 over seeds",
                expected: 1.51,
                tolerance: 0.06,
                unit: Unit::One,
                citation: BRIAN,
            },
            Reference {
                what: "mean rate of the silent state, 250 to 1250 ms",
                expected: 0.0,
                tolerance: 1e-9,
                unit: Unit::Hertz,
                citation: BRIAN,
            },
        ],
        not_biological: "All neurons of a kind are alike, any two are connected with the same chance wherever they \
                         are, and one that would be silent is started by a current into everybody.",
    };
    declared_fields!(scale, excitation, inhibition, kick_mv, delay_ms);
}

impl Circuit for Coba {
    const SHOWN: Shown = Shown {
        what: "The same with conductances: after a kick it goes on by itself or falls silent.",
        span_ms: 1000.0,
        speed: 1.0,
        seed: 2,
        excite: 15.0,
        silence: -4000.0,
        weights: Weighed::Leaks,
    };

    fn network(&self, seed: u64) -> NetworkSpec {
        let neuron =
            Lif { tau_ms: 20.0, rest_mv: -60.0, reset_mv: -60.0, threshold_mv: -50.0, refractory_ms: 5.0 };
        let cells = LifConductance { neuron, synaptic_tau_ms: [5.0, 10.0], reversal_mv: [0.0, -80.0] };
        let population = |name: &str, full: f64| PopulationSpec {
            initial_mv: Some((-60.0, -50.0)),
            ..PopulationSpec::new(name, libm::round(full * self.scale) as u32, cells)
        };
        let probability = (0.02 / self.scale).min(1.0);
        let connect = Connect::Probability { probability, to_itself: true };
        let projection = |source: usize, target| {
            let weight = if source == 0 { self.excitation } else { self.inhibition } as f32;
            ProjectionSpec::new([source, target], source, connect.clone(), weight, self.delay_ms)
        };
        NetworkSpec {
            populations: vec![population("excitatory", 3200.0), population("inhibitory", 800.0)],
            projections: vec![projection(0, 0), projection(0, 1), projection(1, 0), projection(1, 1)],
            ..NetworkSpec::new(0.1, seed)
        }
    }

    fn stimuli(&self) -> Vec<Stimulus> {
        let kick = |population: usize| Stimulus {
            population,
            neurons: 0..u32::MAX,
            from_ms: 0.0,
            until_ms: KICK_MS,
            current: self.kick_mv as f32,
        };
        vec![kick(0), kick(1)]
    }
}
