//! What the page declares its neurons, synapses and circuits by.

use super::super::catalogue::{BenchEntry, DataSetEntry, ModelEntry, Parameter, data_sets, models};
use super::super::convert::to_js;
use crate::catalogue as declared;
use crate::data::packed::GRASSHOPPER;
use crate::describe;
use crate::experiment::neuron_bench::{self, BenchConfig, ClampConfig, Suggestion};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Everything declared that the benches of neurons and circuits are made of.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BiologicalCatalogue {
    neurons: Vec<ModelEntry>,
    compartments: Vec<ModelEntry>,
    synapses: Vec<ModelEntry>,
    plasticity: Vec<ModelEntry>,
    inputs: Vec<ModelEntry>,
    circuits: Vec<ModelEntry>,
    data_sets: Vec<DataSetEntry>,
    /// Seeds go from 0 to this.
    largest_seed: u32,
    neuron_bench: BenchDefaults,
}

#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
struct BenchDefaults {
    defaults: BenchConfig,
    most_neurons: u32,
    longest_ms: f64,
    /// What may be chosen of a voltage clamp, by the names of its configuration.
    clamp: Vec<Parameter>,
    clamp_defaults: ClampConfig,
    recording: RecordingEntry,
}

/// The file of the recorded stimulus.
#[derive(Serialize, Tsify)]
struct RecordingEntry {
    path: &'static str,
    bytes: u32,
}

impl BenchEntry {
    /// What suits a model with a preset, if it goes onto the bench.
    fn of(model: &describe::Declaration, preset: Option<&describe::Preset>) -> Option<Self> {
        neuron_bench::config::declaration(model.id)?;
        let Suggestion { dt_ms, duration_ms, strength, curve_to } = Suggestion::of(model, preset);
        let clamps = neuron_bench::clamp::has_gates(model);
        Some(Self { dt_ms, duration_ms, strength, curve_to, clamps })
    }
}

/// Every declaration of a neuron, a synapse, a rule of plasticity, an input and a circuit.
///
/// # Errors
/// Never.
#[wasm_bindgen(js_name = biologicalCatalogue, unchecked_return_type = "BiologicalCatalogue")]
pub fn catalogue() -> Result<JsValue, JsValue> {
    let suits = BenchEntry::of;
    to_js(&BiologicalCatalogue {
        neurons: models(&declared::NEURONS, suits),
        compartments: models(&declared::COMPARTMENTS, suits),
        synapses: models(&declared::SYNAPSES, suits),
        plasticity: models(&declared::PLASTICITY, suits),
        inputs: models(&declared::INPUTS, suits),
        circuits: models(declared::CIRCUITS.iter().map(|circuit| &circuit.declaration), suits),
        data_sets: data_sets(),
        largest_seed: u32::MAX,
        neuron_bench: BenchDefaults {
            defaults: BenchConfig::default(),
            most_neurons: neuron_bench::config::MOST_NEURONS as u32,
            longest_ms: neuron_bench::config::LONGEST_MS,
            clamp: neuron_bench::clamp::PARAMETERS.iter().copied().map(Parameter::from).collect(),
            clamp_defaults: ClampConfig::default(),
            recording: RecordingEntry { path: GRASSHOPPER.path, bytes: GRASSHOPPER.bytes },
        },
    })
}
