//! A branching network: every spike causes σ others in the mean, by chance.
//!
//! Excitable units ([`Excitable`]) whose spikes reach `K` others each, drawn with the probability `K/N` of a
//! pair, and excite every one with the probability `σ/K`. A spike thus causes a nearly Poisson number of
//! others, and as long as few of the units are involved, activity that begins with one spike is the branching
//! process of Galton and Watson: it dies out for σ ≤ 1, its sizes follow Borel's law, and above it grows until
//! the units are exhausted. Beggs & Plenz (2003) saw sizes with a tail of exponent −3/2 in slices of cortex
//! and took a branching process at σ = 1 for their model. A power law alone proves no criticality; see
//! [`crate::snn::monitors::avalanche`].
//!
//! A generation is a step of 1 ms. From outside spikes begin at random, `starts_hz` in the whole network;
//! [`grow`] begins one and waits for its end, so that no two overlap. Floor F4.
//!
//! ```
//! use cajal::experiment::circuits::{self, avalanche};
//! let quiet = [("starts_hz", 0.0), ("branching", 0.5)];
//! let mut run = circuits::build("avalanche", &quiet, 1, 1 << 26)?;
//! let size = avalanche::grow(&mut run, 17, 1000)?.expect("it ends");
//! assert!((1..100).contains(&size));
//! # Ok::<(), cajal::snn::NetworkError>(())
//! ```

use super::{Circuit, Run, Shown, Stimulus, Weighed};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Preset, Reference, Scale, declared_fields,
};
use crate::neurons::{Excitable, excitable};
use crate::snn::cells::ExcitableUnits;
use crate::snn::{BackgroundSpec, Connect, NetworkError, NetworkSpec, PopulationSpec, ProjectionSpec};
use crate::units::Unit;

/// Parameters of the circuit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Avalanche {
    /// Number of units, N.
    pub units: f64,
    /// Branching ratio σ: spikes that a spike causes in the mean.
    pub branching: f64,
    /// Units that a spike reaches in the mean, K.
    pub targets: f64,
    /// How often activity begins from outside, in the whole network, Hz.
    pub starts_hz: f64,
}

impl Default for Avalanche {
    fn default() -> Self {
        Self { units: 4096.0, branching: 1.0, targets: 400.0, starts_hz: 5.0 }
    }
}

/// A hazard that excites for certain.
const CERTAIN: f32 = 100.0;

const BEGGS_2003: Citation = Citation {
    authors: "Beggs, Plenz",
    year: 2003,
    title: "Neuronal avalanches in neocortical circuits",
    source: "J. Neurosci. 23, 11167–11177",
};
const OTTER_1949: Citation = Citation {
    authors: "Otter",
    year: 1949,
    title: "The multiplicative process",
    source: "Ann. Math. Stat. 20, 206–224",
};

const fn number(what: &'static str, expected: f64, tolerance: f64, citation: Citation) -> Reference {
    Reference { what, expected, tolerance, unit: Unit::One, citation }
}

const fn sigma(id: &'static str, title: &'static str, values: &'static [(&'static str, f64)]) -> Preset {
    Preset { id, title, values, drive: &[], citation: BEGGS_2003 }
}

const COUNT: Parameter = Parameter {
    key: "",
    symbol: "",
    unit: Unit::Count,
    range: (10.0, 8192.0),
    step: 1.0,
    scale: Scale::Integer,
    default: 4096.0,
    meaning: "",
};

impl Declared for Avalanche {
    const DECLARATION: Declaration = Declaration {
        id: "avalanche",
        title: "Avalanches in a branching network",
        citation: BEGGS_2003,
        equations: &[
            r"p = \sigma / K",
            r"P(n) = \frac{e^{-\sigma n} (\sigma n)^{n-1}}{n!},\quad \langle n \rangle = \frac{1}{1 - \sigma}",
        ],
        parameters: &[
            Parameter { key: "units", symbol: "N", meaning: "How many units there are.", ..COUNT },
            Parameter {
                key: "branching",
                symbol: r"\sigma",
                unit: Unit::One,
                range: (0.0, 2.0),
                step: 0.01,
                scale: Scale::Linear,
                default: 1.0,
                meaning: "Spikes that a spike causes in the mean.",
            },
            Parameter {
                key: "targets",
                symbol: "K",
                default: 400.0,
                meaning: "Units that a spike reaches in the mean, each by the chance σ/K.",
                ..COUNT
            },
            Parameter {
                key: "starts_hz",
                symbol: r"\nu",
                unit: Unit::Hertz,
                range: (0.0, 100.0),
                step: 0.5,
                scale: Scale::Linear,
                default: 5.0,
                meaning: "How often activity begins from outside, in the whole network.",
            },
        ],
        state: &[],
        drive: Unit::One,
        integrator: Integrator::Map,
        largest_dt_ms: 1.0,
        presets: &[
            sigma("subcritical", "Subcritical", &[("branching", 0.8)]),
            sigma("critical", "Critical", &[]),
            sigma("supercritical", "Supercritical", &[("branching", 1.2)]),
        ],
        references: &[
            number("share of avalanches of one spike, σ 1", 0.3679, 0.012, OTTER_1949),
            number("share of avalanches of two spikes, σ 1", 0.1353, 0.009, OTTER_1949),
            number("exponent of sizes from 10 to 300, σ 1", 1.5, 0.05, BEGGS_2003),
            number("mean size, σ 0.8: 1/(1 − σ)", 5.0, 0.3, OTTER_1949),
            number("branching ratio from bin to bin, σ 0.8", 0.8, 0.02, BEGGS_2003),
        ],
        not_biological: "Units have no membrane and no inhibition, generations march in step, and chances are set \
                         instead of learned; sizes that follow a power law alone prove no criticality.",
    };
    declared_fields!(units, branching, targets, starts_hz);
}

impl Circuit for Avalanche {
    const SHOWN: Shown = Shown {
        what: "Every spike causes others by chance: activity dies out, explodes, or stays at the edge.",
        span_ms: 2000.0,
        speed: 1.0,
        seed: 1,
        excite: 0.02,
        silence: -100.0,
        weights: Weighed::Hazard,
    };

    fn network(&self, seed: u64) -> NetworkSpec {
        let unit = Excitable { refractory_ms: 2.0 };
        let rate_hz = self.starts_hz / self.units;
        let start = BackgroundSpec { rate_hz, weight: CERTAIN, receptor: 0 };
        let background = if rate_hz > 0.0 { vec![start] } else { Vec::new() };
        let population = PopulationSpec {
            background,
            ..PopulationSpec::new("units", self.units as u32, ExcitableUnits { unit })
        };
        let probability = (self.targets / self.units).min(1.0);
        // At so few targets that even certain ones do not suffice, the ratio stays below the one asked for.
        let chance = self.branching / (probability * self.units);
        let hazard = excitable::hazard(chance.min(1.0)).min(f64::from(CERTAIN));
        let connect = Connect::Probability { probability, to_itself: false };
        NetworkSpec {
            populations: vec![population],
            projections: vec![ProjectionSpec::new([0, 0], 0, connect, hazard as f32, 1.0)],
            ..NetworkSpec::new(1.0, seed)
        }
    }
}

/// Lets one unit fire and follows what it causes until nothing does: the number of spikes, the first
/// included; 0 if the unit was refractory, None if activity is not over after `longest` windows.
///
/// # Errors
/// As [`Run::advance`].
pub fn grow(run: &mut Run, unit: u32, longest: u32) -> Result<Option<u64>, NetworkError> {
    let (from_ms, dt_ms) = (run.network().time_ms(), run.network().dt_ms());
    run.stimulate(Stimulus {
        population: 0,
        neurons: unit..unit + 1,
        from_ms,
        until_ms: from_ms + dt_ms,
        current: CERTAIN,
    });
    let mut size = 0;
    for _ in 0..longest {
        run.advance()?;
        let spikes = run.network().spikes()[0].count() as u64;
        size += spikes;
        if spikes == 0 {
            return Ok(Some(size));
        }
    }
    Ok(None)
}
