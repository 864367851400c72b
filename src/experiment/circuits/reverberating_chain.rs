//! A closed chain of groups of neurons, in which activity may go round after its cause is gone.
//!
//! Lorente de Nó (1938) found chains of internuncial neurons that close upon themselves and concluded that
//! impulses can circulate in them. Here `n` groups of `m` excitable units ([`Excitable`]) make a ring; a
//! spike reaches `K` units of the next group and excites each of them with the chance `σ/K`.
//!
//! The *loop gain* is `G = σⁿ`: the spikes that one spike causes in its own group one lap later, while few
//! of the others are excited. A lap is a branching process: for `G ≤ 1` activity dies out, for `G > 1` it
//! outlasts the stimulus, and grows until as many units are excited twice as fail: the share `x` of a group
//! that fires in a lap then fulfils `x = 1 − e^(−σx)`. With few units a chain little above 1 still dies by
//! chance. Floor F4.
//!
//! ```
//! use cajal::experiment::circuits;
//! let mut run = circuits::build("reverberating-chain", &[("gain", 0.3)], 1, 1 << 26)?;
//! while run.network().time_ms() < 500.0 {
//!     run.advance()?;
//! }
//! assert!(run.network().spikes().iter().all(|spikes| spikes.count() == 0)); // it died out
//! # Ok::<(), cajal::snn::NetworkError>(())
//! ```

use super::{Circuit, Shown, Stimulus, Weighed};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Preset, Reference, Scale, declared_fields,
};
use crate::neurons::{Excitable, excitable};
use crate::snn::cells::ExcitableUnits;
use crate::snn::{Connect, NetworkSpec, PopulationSpec, ProjectionSpec};
use crate::units::Unit;

/// Parameters of the circuit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReverberatingChain {
    /// Loop gain G: spikes in a group that one spike of it causes one lap later.
    pub gain: f64,
    /// Number of groups, n.
    pub groups: f64,
    /// Units of a group, m.
    pub units: f64,
    /// Units of the first group that the stimulus excites.
    pub stimulated: f64,
    /// How long spikes travel from group to group, ms.
    pub delay_ms: f64,
}

impl Default for ReverberatingChain {
    fn default() -> Self {
        Self { gain: 1.5, groups: 4.0, units: 2000.0, stimulated: 100.0, delay_ms: 5.0 }
    }
}

/// Units that a spike reaches in the mean, K.
const TARGETS: f64 = 200.0;
/// A hazard that excites for certain.
const CERTAIN: f32 = 100.0;

const LORENTE_1938: Citation = Citation {
    authors: "Lorente de Nó",
    year: 1938,
    title: "Analysis of the activity of the chains of internuncial neurons",
    source: "J. Neurophysiol. 1, 207–244",
};
/// Where the laws of the branching process stand that a lap is.
const HARRIS_1963: Citation = Citation {
    authors: "Harris",
    year: 1963,
    title: "The Theory of Branching Processes",
    source: "Springer, chapter I",
};

const fn preset(id: &'static str, title: &'static str, values: &'static [(&'static str, f64)]) -> Preset {
    Preset { id, title, values, drive: &[], citation: LORENTE_1938 }
}

const fn number(what: &'static str, expected: f64, tolerance: f64) -> Reference {
    Reference { what, expected, tolerance, unit: Unit::One, citation: HARRIS_1963 }
}

const COUNT: Parameter = Parameter {
    key: "",
    symbol: "",
    unit: Unit::Count,
    range: (2.0, 20.0),
    step: 1.0,
    scale: Scale::Integer,
    default: 4.0,
    meaning: "",
};

impl Declared for ReverberatingChain {
    const DECLARATION: Declaration = Declaration {
        id: "reverberating-chain",
        title: "Reverberating chain",
        citation: LORENTE_1938,
        equations: &[r"G = \sigma^n,\quad p = \sigma / K", r"x = 1 - e^{-\sigma x}"],
        parameters: &[
            Parameter {
                key: "gain",
                symbol: "G",
                unit: Unit::One,
                range: (0.0, 10.0),
                step: 0.05,
                scale: Scale::Linear,
                default: 1.5,
                meaning: "Spikes of a group that one spike of it causes a lap later, while few are excited.",
            },
            Parameter { key: "groups", symbol: "n", meaning: "How many groups make the ring.", ..COUNT },
            Parameter {
                key: "units",
                symbol: "m",
                range: (200.0, 8192.0),
                default: 2000.0,
                meaning: "How many units a group has.",
                ..COUNT
            },
            Parameter {
                key: "stimulated",
                symbol: "m_0",
                range: (0.0, 8192.0),
                default: 100.0,
                meaning: "How many units of the first group the stimulus excites.",
                ..COUNT
            },
            Parameter {
                key: "delay_ms",
                symbol: "d",
                unit: Unit::Millisecond,
                range: (1.0, 50.0),
                step: 0.5,
                scale: Scale::Linear,
                default: 5.0,
                meaning: "How long spikes travel from group to group.",
            },
        ],
        state: &[],
        drive: Unit::One,
        integrator: Integrator::Map,
        largest_dt_ms: 0.5,
        presets: &[
            preset("dying", "Gain below 1: it dies out", &[("gain", 0.8)]),
            preset("reverberating", "Gain above 1: it goes round", &[]),
        ],
        references: &[
            number("spikes of a lap over those of the lap before, gain 0.8, few excited", 0.8, 0.04),
            number("share of a group that fires in a lap, gain 1.5: x = 1 − e^(−σx)", 0.1875, 0.015),
            number("share of a group that fires in a lap, gain 4: x = 1 − e^(−σx)", 0.5220, 0.015),
            number("spikes two seconds after the stimulus, gain 0.8", 0.0, 0.5),
        ],
        not_biological: "A unit has no membrane, each group hears only the one before it, and nothing tires or \
                         inhibits: real chains have side branches, and fatigue ends their activity.",
    };
    declared_fields!(gain, groups, units, stimulated, delay_ms);
}

impl Circuit for ReverberatingChain {
    const SHOWN: Shown = Shown {
        what: "Activity goes round a ring of groups, or dies out: the gain of the loop decides.",
        span_ms: 300.0,
        speed: 0.1,
        seed: 1,
        excite: 0.05,
        silence: -100.0,
        weights: Weighed::Hazard,
    };

    fn network(&self, seed: u64) -> NetworkSpec {
        let unit = Excitable { refractory_ms: self.delay_ms };
        let groups = self.groups as usize;
        let branching = libm::pow(self.gain, 1.0 / self.groups);
        let probability = (TARGETS / self.units).min(1.0);
        let hazard = excitable::hazard(branching / (probability * self.units)) as f32;
        let connect = Connect::Probability { probability, to_itself: true };
        let link = |source: usize| {
            let pair = [source, (source + 1) % groups];
            ProjectionSpec::new(pair, 0, connect.clone(), hazard, self.delay_ms)
        };
        let group = |index: usize| {
            PopulationSpec::new(&format!("group {}", index + 1), self.units as u32, ExcitableUnits { unit })
        };
        NetworkSpec {
            populations: (0..groups).map(group).collect(),
            projections: (0..groups).map(link).collect(),
            ..NetworkSpec::new(0.5, seed)
        }
    }

    fn stimuli(&self) -> Vec<Stimulus> {
        // Over one window each unit fires once, because it is refractory for the rest of it.
        vec![Stimulus {
            population: 0,
            neurons: 0..self.stimulated as u32,
            from_ms: 0.0,
            until_ms: self.delay_ms,
            current: CERTAIN,
        }]
    }
}
