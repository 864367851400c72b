//! The cortical microcircuit of Potjans & Diesmann: four layers below a square millimetre of cortex.
//!
//! 77,169 leaky integrate-and-fire neurons in eight populations, 298.9 million synapses. The numbers of
//! synapses follow from the probabilities `C` that a pair is connected at least once, by
//! `K = ln(1 − C)/ln(1 − 1/(N_post·N_pre))` (Potjans & Diesmann 2014, eq. 1); source and target of each are
//! drawn anew. Everybody hears Poisson spikes of 8 Hz a source from outside.
//!
//! Synaptic currents of 87.8 pA decay with 0.5 ms into a membrane of 10 ms and 250 pF. The cells here count in
//! mV: `R = τ_m/C_m` = 40 MΩ turns a current into the potential that it would hold, 87.8 pA into 3.512 mV.
//!
//! A part of the network (`scale`) keeps that part of neurons and of the sources of each. Weights grow by
//! `1/√s`, which keeps the variance of the input, and the lost part of its mean,
//! `(1 − √s)·τ_syn·Σ K·w·ν`, comes as a constant current, with ν the rates of the whole (van Albada, Helias
//! & Diesmann 2015, PLoS Comput. Biol. 11(9): e1004490). Correlations grow as the network shrinks, and the
//! rates of layer 2/3 fall: at a fifth of the size NEST gives 0.59 Hz for its excitatory neurons instead of
//! 0.90 Hz. So a part is held to the same part in NEST.
//! Four bytes a synapse: see [`crate::snn::rows`]. Floor F4.
//!
//! ```
//! use cajal::experiment::circuits;
//! let entry = circuits::entry("microcircuit")?;
//! let estimate = entry.spec(&[("scale", 1.0)], 1)?.0.estimate();
//! assert_eq!(estimate.synapses, 298_880_970);
//! // With the copy of its neurons to which a fault returns:
//! assert!(estimate.bytes() < 1_600_000_000);
//! // What fits into half a gigabyte:
//! assert!(entry.largest_scale(&[], 500_000_000).is_some_and(|scale| scale > 0.5));
//! # Ok::<(), cajal::snn::NetworkError>(())
//! ```

use super::{Circuit, Shown, Weighed};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Reference, Scale, declared_fields,
};
use crate::neurons::Lif;
use crate::snn::cells::LifCurrent;
use crate::snn::{BackgroundSpec, Connect, Delay, NetworkSpec, PopulationSpec, ProjectionSpec, Weight};
use crate::units::Unit;

/// Parameters of the circuit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Microcircuit {
    /// Neurons as a part of 77,169, and sources of a neuron as a part of all.
    pub scale: f64,
    /// Rate of each source from outside, Hz.
    pub outer_rate_hz: f64,
    /// How many times stronger an inhibitory spike is, −g.
    pub inhibition: f64,
    /// Amplitude of an excitatory current, pA.
    pub weight_pa: f64,
}

impl Default for Microcircuit {
    fn default() -> Self {
        Self { scale: 0.1, outer_rate_hz: 8.0, inhibition: 4.0, weight_pa: 87.8 }
    }
}

/// Names of the populations: layer, excitatory or inhibitory.
pub const POPULATIONS: [&str; 8] = ["L2/3E", "L2/3I", "L4E", "L4I", "L5E", "L5I", "L6E", "L6I"];

/// Neurons of the whole (Potjans & Diesmann 2014, table 5).
const NEURONS: [f64; 8] = [20_683.0, 5_834.0, 21_915.0, 5_479.0, 4_850.0, 1_065.0, 14_395.0, 2_948.0];

/// Sources from outside of each neuron (table 5, layer-specific).
const OUTER_SOURCES: [f64; 8] = [1600.0, 1500.0, 2100.0, 1900.0, 2000.0, 1900.0, 2900.0, 2100.0];

/// Probability that a pair is connected at least once: a row for each target, a column for each source
/// (table 5).
const PROBABILITIES: [[f64; 8]; 8] = [
    [0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0.0, 0.0076, 0.0],
    [0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0.0, 0.0042, 0.0],
    [0.0077, 0.0059, 0.0497, 0.1350, 0.0067, 0.0003, 0.0453, 0.0],
    [0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0.0, 0.1057, 0.0],
    [0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0.0],
    [0.0548, 0.0269, 0.0257, 0.0022, 0.0600, 0.3158, 0.0086, 0.0],
    [0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252],
    [0.0364, 0.0010, 0.0034, 0.0005, 0.0277, 0.0080, 0.0658, 0.1443],
];

/// Mean rates of the whole network, Hz: the `full_mean_rates` that implementations of it carry to compensate
/// for scaling. Other sets are in use, the rates in them apart by up to 12 %.
const RATES_HZ: [f64; 8] = [0.903, 2.965, 4.414, 5.876, 7.569, 8.633, 1.105, 7.829];

const MEMBRANE_MS: f64 = 10.0;
const CAPACITANCE_PF: f64 = 250.0;
const SYNAPTIC_MS: f64 = 0.5;
/// Standard deviation of weights over their mean, and of delays.
const SPREAD_OF_WEIGHTS: f64 = 0.1;
const SPREAD_OF_DELAYS: f64 = 0.5;

const POTJANS_2014: Citation = Citation {
    authors: "Potjans, Diesmann",
    year: 2014,
    title: "The cell-type specific cortical microcircuit: relating structure and activity in a full-scale \
            spiking network model",
    source: "Cereb. Cortex 24, 785–806",
};

/// A fifth of the network in the reference simulator, run for these figures with the same weights and currents.
const NEST: Citation = Citation {
    authors: "Gewaltig, Diesmann",
    year: 2007,
    title: "NEST (NEural Simulation Tool)",
    source: "Scholarpedia 2(4):1430; NEST 3.10, iaf_psc_exp, fixed_total_number, step 0.1 ms, 200 to 1200 ms",
};

const fn rate(what: &'static str, expected: f64, tolerance: f64) -> Reference {
    Reference { what, expected, tolerance, unit: Unit::Hertz, citation: NEST }
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

impl Declared for Microcircuit {
    const DECLARATION: Declaration = Declaration {
        id: "microcircuit",
        title: "Cortical microcircuit",
        citation: POTJANS_2014,
        equations: &[
            r"\tau_m\,\dot V = -(V - E_L) + R I,\quad \tau_s\,\dot I = -I",
            r"K = \frac{\ln(1 - C)}{\ln(1 - 1/(N_\mathrm{post} N_\mathrm{pre}))}",
        ],
        parameters: &[
            Parameter {
                key: "scale",
                symbol: "s",
                range: (0.01, 1.0),
                step: 0.01,
                default: 0.1,
                meaning: "Part of the 77,169 neurons and of their sources; weights and a current make up for the rest.",
                ..NUMBER
            },
            Parameter {
                key: "outer_rate_hz",
                symbol: r"\nu_\mathrm{bg}",
                unit: Unit::Hertz,
                range: (0.0, 20.0),
                default: 8.0,
                meaning: "Rate of each source from outside.",
                ..NUMBER
            },
            Parameter {
                key: "inhibition",
                symbol: "-g",
                default: 4.0,
                meaning: "How many times stronger an inhibitory spike is than an excitatory one.",
                ..NUMBER
            },
            Parameter {
                key: "weight_pa",
                symbol: "w",
                unit: Unit::Picoampere,
                range: (0.0, 500.0),
                default: 87.8,
                meaning: "Current that an excitatory spike starts; twice that from layer 4 to layer 2/3.",
                ..NUMBER
            },
        ],
        state: &[],
        drive: Unit::Millivolt,
        integrator: Integrator::Exact,
        largest_dt_ms: 0.1,
        presets: &[],
        references: &[
            rate("mean rate of L2/3E at a fifth of the size", 0.59, 0.06),
            rate("mean rate of L2/3I at a fifth of the size", 2.541, 0.15),
            rate("mean rate of L4E at a fifth of the size", 4.325, 0.2),
            rate("mean rate of L4I at a fifth of the size", 5.53, 0.25),
            rate("mean rate of L5E at a fifth of the size", 7.31, 0.6),
            rate("mean rate of L5I at a fifth of the size", 8.277, 0.5),
            rate("mean rate of L6E at a fifth of the size", 1.067, 0.08),
            rate("mean rate of L6I at a fifth of the size", 7.502, 0.3),
        ],
        not_biological: "All neurons of a population are alike and have no place within a layer; what comes from \
                         the rest of the brain is noise of one rate.",
    };
    declared_fields!(scale, outer_rate_hz, inhibition, weight_pa);
}

impl Microcircuit {
    /// Synapses onto population `target` from `source` at full size.
    fn synapses([source, target]: [usize; 2]) -> f64 {
        let pairs = NEURONS[source] * NEURONS[target];
        libm::round(libm::log1p(-PROBABILITIES[target][source]) / libm::log1p(-1.0 / pairs))
    }

    /// What a spike of `source` starts in `target` at full size, in mV of `R·I`.
    fn weight_mv(&self, [source, target]: [usize; 2]) -> f64 {
        let excitatory = self.weight_pa * MEMBRANE_MS / CAPACITANCE_PF;
        match (source, target) {
            (2, 0) => 2.0 * excitatory,
            _ if source % 2 == 1 => -self.inhibition * excitatory,
            _ => excitatory,
        }
    }

    /// The mean that is lost with the sources left out, in mV of `R·I`.
    fn compensation_mv(&self, target: usize) -> f64 {
        // A spike of weight w carries w·τ_syn, mV·ms; rates are per second.
        let mean =
            |sources: f64, weight_mv: f64, rate_hz: f64| sources * weight_mv * rate_hz / 1000.0 * SYNAPTIC_MS;
        let inner = |source: usize| {
            let sources = Self::synapses([source, target]) / NEURONS[target];
            mean(sources, self.weight_mv([source, target]), RATES_HZ[source])
        };
        let outer = mean(OUTER_SOURCES[target], self.weight_mv([0, 1]), self.outer_rate_hz);
        (1.0 - libm::sqrt(self.scale)) * ((0..8).map(inner).sum::<f64>() + outer)
    }
}

impl Circuit for Microcircuit {
    const SHOWN: Shown = Shown {
        what: "Four layers under a square millimetre of cortex, each with a rate of its own.",
        span_ms: 500.0,
        speed: 1.0,
        seed: 1,
        excite: 10.0,
        silence: -3000.0,
        weights: Weighed::Drive,
    };

    fn network(&self, seed: u64) -> NetworkSpec {
        let neuron = Lif {
            tau_ms: MEMBRANE_MS,
            rest_mv: -65.0,
            reset_mv: -65.0,
            threshold_mv: -50.0,
            refractory_ms: 2.0,
        };
        let cells = LifCurrent { neuron, synaptic_tau_ms: [SYNAPTIC_MS; 2] };
        let stronger = 1.0 / libm::sqrt(self.scale);
        let population = |index: usize| PopulationSpec {
            initial_mv: Some((-68.0, -50.0)),
            current: self.compensation_mv(index) as f32,
            background: vec![BackgroundSpec {
                rate_hz: OUTER_SOURCES[index] * self.scale * self.outer_rate_hz,
                weight: (self.weight_mv([0, 1]) * stronger) as f32,
                receptor: 0,
            }],
            ..PopulationSpec::new(POPULATIONS[index], libm::round(NEURONS[index] * self.scale) as u32, cells)
        };
        let projection = |pair: [usize; 2]| {
            let total = libm::round(Self::synapses(pair) * self.scale * self.scale) as u64;
            let mean = (self.weight_mv(pair) * stronger) as f32;
            let mean_ms = if pair[0].is_multiple_of(2) { 1.5 } else { 0.75 };
            ProjectionSpec {
                weight: Weight::Normal { mean, sd: SPREAD_OF_WEIGHTS as f32 * mean.abs() },
                delay: Delay::Normal { mean_ms, sd_ms: SPREAD_OF_DELAYS * mean_ms },
                ..ProjectionSpec::new(pair, pair[0] % 2, Connect::FixedTotal(total), mean, mean_ms)
            }
        };
        let pairs = (0..8).flat_map(|target| (0..8).map(move |source| [source, target]));
        NetworkSpec {
            populations: (0..8).map(population).collect(),
            projections: pairs
                .filter(|&[source, target]| PROBABILITIES[target][source] > 0.0)
                .map(projection)
                .collect(),
            ..NetworkSpec::new(0.1, seed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::circuits;

    #[test]
    fn the_whole_has_its_published_size() {
        let (spec, _) =
            circuits::entry("microcircuit").expect("listed").spec(&[("scale", 1.0)], 1).expect("ok");
        let neurons: u32 = spec.populations.iter().map(|population| population.count).sum();
        let estimate = spec.estimate();
        assert_eq!(neurons, 77_169);
        assert!((298_800_000..299_000_000).contains(&estimate.synapses), "{}", estimate.synapses);
        assert!(estimate.bytes() < 1_600_000_000, "{}", estimate.bytes());
        // Nothing is missing at full size.
        assert!(spec.populations.iter().all(|population| population.current == 0.0));
    }

    #[test]
    fn weights_are_those_of_the_table_in_mv() {
        let whole = Microcircuit::default();
        assert!((whole.weight_mv([0, 0]) - 3.512).abs() < 1e-12);
        assert!((whole.weight_mv([2, 0]) - 7.024).abs() < 1e-12, "layer 4 to layer 2/3 is doubled");
        assert!((whole.weight_mv([1, 6]) + 14.048).abs() < 1e-12);
        assert!((whole.weight_mv([2, 1]) - 3.512).abs() < 1e-12, "onto excitatory targets alone");
    }

    /// The mean input of a scaled network with its current is that of the whole.
    #[test]
    fn the_current_makes_up_for_the_sources_left_out() {
        let mean = |scale: f64| {
            let circuit = Microcircuit { scale, ..Microcircuit::default() };
            let spec = circuit.network(1);
            let into = |target: usize| {
                let population = &spec.populations[target];
                let outer = &population.background[0];
                let mut sum = f64::from(population.current) / SYNAPTIC_MS * 1000.0;
                sum += outer.rate_hz * f64::from(outer.weight);
                for projection in spec.projections.iter().filter(|projection| projection.target == target) {
                    let Connect::FixedTotal(total) = projection.connect else { panic!("a total") };
                    let Weight::Normal { mean, .. } = projection.weight else { panic!("a mean") };
                    let sources = total as f64 / f64::from(population.count);
                    sum += sources * f64::from(mean) * RATES_HZ[projection.source];
                }
                sum
            };
            (0..8).map(into).collect::<Vec<_>>()
        };
        for (part, whole) in mean(0.1).into_iter().zip(mean(1.0)) {
            assert!((part - whole).abs() < 0.01 * whole.abs().max(3000.0), "{part} against {whole}");
        }
    }

    #[test]
    fn what_does_not_fit_says_what_would() {
        let refused =
            circuits::build("microcircuit", &[("scale", 1.0)], 1, 500_000_000).err().expect("too large");
        let said = refused.to_string();
        assert!(said.contains("298") && said.contains("scale of 0."), "{said}");
        let entry = circuits::entry("microcircuit").expect("listed");
        let scale = entry.largest_scale(&[], 500_000_000).expect("something fits");
        let bytes = |scale: f64| entry.spec(&[("scale", scale)], 1).expect("in range").0.estimate().bytes();
        assert!(bytes(scale) <= 500_000_000 && bytes(scale + 0.01) > 500_000_000, "{scale}");
        assert_eq!(entry.largest_scale(&[], 1000), None);
    }
}
