//! CUBA: excitation and inhibition by currents, in balance, keep 4,000 neurons firing irregularly.
//!
//! `τ dV/dt = −(V − E_L) + g_e + g_i`, `τ_e dg_e/dt = −g_e`, `τ_i dg_i/dt = −g_i`, all in mV; each pair
//! is connected with a probability of 2 %. Vogels & Abbott (2005) showed that such a network sustains
//! asynchronous irregular activity by itself; Brette et al. (2007) made it a benchmark (number 2) with
//! the numbers used here. Spikes travel 1.5 ms, so that a window of steps needs no exchange.

use super::{Circuit, Shown, Weighed};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Reference, Scale, declared_fields,
};
use crate::neurons::Lif;
use crate::snn::cells::LifCurrent;
use crate::snn::{Connect, NetworkSpec, PopulationSpec, ProjectionSpec};
use crate::units::Unit;

/// Parameters of the circuit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cuba {
    /// Neurons as a part of 4,000; the probability of a synapse rises by as much as neurons fall.
    pub scale: f64,
    /// Jump of an excitatory current, mV.
    pub excitation_mv: f64,
    /// Jump of an inhibitory current downwards, mV.
    pub inhibition_mv: f64,
    /// How long spikes travel, ms.
    pub delay_ms: f64,
}

impl Default for Cuba {
    fn default() -> Self {
        Self { scale: 1.0, excitation_mv: 1.62, inhibition_mv: 9.0, delay_ms: 1.5 }
    }
}

const BRETTE_2007: Citation = Citation {
    authors: "Brette, Rudolph, Carnevale, Hines, Beeman, Bower, et al.",
    year: 2007,
    title: "Simulation of networks of spiking neurons: a review of tools and strategies",
    source: "J. Comput. Neurosci. 23, 349–398, benchmark 2",
};

const fn millivolt(
    key: &'static str,
    symbol: &'static str,
    default: f64,
    meaning: &'static str,
) -> Parameter {
    let (unit, scale) = (Unit::Millivolt, Scale::Linear);
    Parameter { key, symbol, unit, range: (0.0, 100.0), step: 0.01, scale, default, meaning }
}

impl Declared for Cuba {
    const DECLARATION: Declaration = Declaration {
        id: "cuba",
        title: "Balanced network with currents (CUBA)",
        citation: BRETTE_2007,
        equations: &[
            r"\tau\,\dot V = -(V - E_L) + g_e + g_i",
            r"\tau_e\,\dot g_e = -g_e",
            r"\tau_i\,\dot g_i = -g_i",
        ],
        parameters: &[
            Parameter {
                key: "scale",
                symbol: "s",
                unit: Unit::One,
                range: (0.05, 1.0),
                step: 0.05,
                scale: Scale::Linear,
                default: 1.0,
                meaning: "Part of the 4,000 neurons; the probability of a synapse rises by as much as they fall.",
            },
            millivolt("excitation_mv", "w_e", 1.62, "What an excitatory spike adds to the current."),
            millivolt("inhibition_mv", "w_i", 9.0, "What an inhibitory spike takes from it."),
            Parameter {
                key: "delay_ms",
                symbol: "d",
                unit: Unit::Millisecond,
                range: (0.1, 20.0),
                step: 0.1,
                scale: Scale::Linear,
                default: 1.5,
                meaning: "How long spikes travel.",
            },
        ],
        state: &[],
        drive: Unit::Millivolt,
        integrator: Integrator::Exact,
        largest_dt_ms: 0.1,
        presets: &[],
        references: &[
            Reference {
                what: "mean rate over 1 s, one seed of 5.2 to 6.0 Hz in Brian2 2.9",
                expected: 5.6,
                tolerance: 0.4,
                unit: Unit::Hertz,
                citation: BRETTE_2007,
            },
            Reference {
                what: "CV of intervals, 0.52 to 0.54 in Brian2 2.9",
                expected: 0.53,
                tolerance: 0.02,
                unit: Unit::One,
                citation: BRETTE_2007,
            },
        ],
        not_biological: "All neurons of a kind are alike, any two are connected with the same chance wherever they \
                         are, and synaptic currents do not depend on the potential.",
    };
    declared_fields!(scale, excitation_mv, inhibition_mv, delay_ms);
}

impl Circuit for Cuba {
    const SHOWN: Shown = Shown {
        what: "Excitation and inhibition in balance keep firing irregularly, without any input.",
        span_ms: 1000.0,
        speed: 1.0,
        seed: 1,
        excite: 10.0,
        silence: -200.0,
        weights: Weighed::Drive,
    };

    fn network(&self, seed: u64) -> NetworkSpec {
        let neuron =
            Lif { tau_ms: 20.0, rest_mv: -49.0, reset_mv: -60.0, threshold_mv: -50.0, refractory_ms: 5.0 };
        let cells = LifCurrent { neuron, synaptic_tau_ms: [5.0, 10.0] };
        let population = |name: &str, full: f64| PopulationSpec {
            initial_mv: Some((-60.0, -50.0)),
            ..PopulationSpec::new(name, libm::round(full * self.scale) as u32, cells)
        };
        let probability = (0.02 / self.scale).min(1.0);
        let connect = Connect::Probability { probability, to_itself: true };
        let projection = |source: usize, target| {
            let weight = if source == 0 { self.excitation_mv } else { -self.inhibition_mv } as f32;
            ProjectionSpec::new([source, target], source, connect.clone(), weight, self.delay_ms)
        };
        NetworkSpec {
            populations: vec![population("excitatory", 3200.0), population("inhibitory", 800.0)],
            projections: vec![projection(0, 0), projection(0, 1), projection(1, 0), projection(1, 1)],
            ..NetworkSpec::new(0.1, seed)
        }
    }
}
