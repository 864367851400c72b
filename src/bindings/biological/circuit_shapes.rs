//! The objects that the page gets of a circuit.

use serde::Serialize;
use tsify::Tsify;

/// A population in the page.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PopulationEntry {
    pub(super) name: String,
    pub(super) count: u32,
    /// Its places in the raster, and neurons from one place to the next.
    pub(super) begin: u32,
    pub(super) places: u32,
    pub(super) stride: u32,
    #[tsify(type = "'excitatory' | 'inhibitory' | undefined")]
    pub(super) effect: Option<&'static str>,
    /// Whether it can be excited and silenced.
    pub(super) hears: bool,
}

/// What a circuit would take.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CircuitEstimate {
    pub(super) neurons: f64,
    pub(super) synapses: f64,
    pub(super) bytes: f64,
    /// The largest scale with which it takes as much as it may, where it has one.
    #[tsify(optional)]
    pub(super) largest_scale: Option<f64>,
}

/// What there is to say of a circuit of the catalogue before it is built.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CircuitOverview {
    pub(super) id: &'static str,
    /// What it shows, in one line.
    pub(super) shows: &'static str,
    pub(super) span_ms: f64,
    /// Biological time over time.
    pub(super) speed: f64,
    /// A seed with which that is seen.
    pub(super) seed: u32,
    pub(super) neurons: f64,
    pub(super) synapses: f64,
    pub(super) bytes: f64,
    /// Parameters for which it must be built anew.
    pub(super) rebuilds: Vec<&'static str>,
}

/// What a circuit says that is done to it, at places of the raster.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PlannedStimulus {
    pub(super) from: u32,
    pub(super) until: u32,
    pub(super) from_ms: f64,
    pub(super) until_ms: f64,
}

/// The number that the activity of a population stands for.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CircuitReading {
    pub(super) population: u32,
    pub(super) unit: &'static str,
    /// Absent while it says nothing.
    #[tsify(optional)]
    pub(super) value: Option<f64>,
    pub(super) wanted: f64,
    #[tsify(optional)]
    pub(super) concentration: Option<f64>,
    /// What the first of `counts` stands for, and what lies one beyond the last.
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) circular: bool,
    /// Spikes by place.
    pub(super) counts: Vec<u32>,
}

/// Statistics of a population; null where there is no answer yet.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PopulationStatistics {
    pub(super) rate_hz: Option<f64>,
    /// CV of intervals.
    pub(super) irregularity: Option<f64>,
    /// Mean correlation of spike counts in bins of a millisecond.
    pub(super) synchrony: Option<f64>,
    /// Spectral density of the rate, Hz²/Hz, at multiples of `stepHz`.
    pub(super) step_hz: f64,
    pub(super) density: Vec<f64>,
    pub(super) peak_hz: Option<f64>,
}

/// The weights from one population to another.
#[derive(Serialize, Tsify)]
pub struct WeightDistribution {
    /// Indices of both populations.
    pub(super) source: u32,
    pub(super) target: u32,
    /// What weights are counted in: `millivolts`, `drive`, `nanosiemens`, `leaks` or `hazard`.
    pub(super) unit: &'static str,
    pub(super) synapses: f64,
    /// Ends of the bins; equal, with one bin, where all weights are alike.
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) counts: Vec<u32>,
    pub(super) mean: f64,
    pub(super) deviation: f64,
}

/// How two populations take turns.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CircuitTurns {
    /// Indices of the populations.
    pub(super) sides: [u32; 2],
    /// Of what tires.
    pub(super) unit: &'static str,
    /// Below this the silent side escapes; absent where it never does.
    #[tsify(optional)]
    pub(super) escapes_below: Option<f64>,
    /// The period that follows, ms.
    #[tsify(optional)]
    pub(super) expected_ms: Option<f64>,
    /// The period of the last rounds, ms.
    #[tsify(optional)]
    pub(super) period_ms: Option<f64>,
    /// Where in them the second side begins, in parts of a round.
    #[tsify(optional)]
    pub(super) phase: Option<f64>,
}
