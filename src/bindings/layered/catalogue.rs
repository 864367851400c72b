//! What the page declares its layered networks by.

use super::super::catalogue::{DataSetEntry, ModelEntry, Parameter, citation, data_sets, models};
use super::super::convert::to_js;
use crate::catalogue as declared;
use crate::data::table;
use crate::describe;
use crate::experiment::Side;
use crate::experiment::config::{ExperimentConfig, unit_kind};
use crate::experiment::{energy, parameters};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Everything declared that layered networks are made of.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct LayeredCatalogue {
    defaults: ExperimentConfig,
    max_layers: u32,
    /// Most bytes of a visitor's table.
    max_table_bytes: u32,
    parameters: Vec<Parameter>,
    choices: Vec<ChoiceList>,
    data_sets: Vec<DataSetEntry>,
    /// Those of the neurons that the layers of both networks consist of.
    layer_neurons: Vec<ModelEntry>,
    /// What a unit can become.
    neurons: Vec<ModelEntry>,
    energy: EnergyConstants,
}

#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
struct EnergyConstants {
    mac_pj: f64,
    accumulate_pj: f64,
    access_pj: f64,
    break_even_spikes: f64,
}

#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
struct Choice {
    id: &'static str,
    title: &'static str,
    equation: &'static str,
    citation: String,
    /// Empty where it does not claim to be like a nervous system.
    not_biological: &'static str,
}

#[derive(Serialize, Tsify)]
struct ChoiceList {
    key: &'static str,
    default: &'static str,
    options: Vec<Choice>,
}

/// What a unit of the spiking network can be: the kinds of the other that fire.
fn spiking_kinds() -> ChoiceList {
    let mut list = ChoiceList::from(&("layers.spikingOthers", "lif", &parameters::UNIT_KINDS[..]));
    list.options.retain(|kind| unit_kind(Side::Spiking, kind.id).is_ok());
    list
}

impl From<&parameters::Choices> for ChoiceList {
    fn from((key, default, choices): &parameters::Choices) -> Self {
        let option = |choice: &describe::Choice| Choice {
            id: choice.id,
            title: choice.title,
            equation: choice.equation,
            citation: citation(&choice.citation),
            not_biological: choice.not_biological,
        };
        Self { key, default, options: choices.iter().map(option).collect() }
    }
}

/// Every declaration of a parameter, a choice, a data set and what a unit can be.
///
/// # Errors
/// Never.
#[wasm_bindgen(js_name = layeredCatalogue, unchecked_return_type = "LayeredCatalogue")]
pub fn catalogue() -> Result<JsValue, JsValue> {
    to_js(&LayeredCatalogue {
        defaults: ExperimentConfig::default(),
        max_layers: parameters::MAX_LAYERS as u32,
        max_table_bytes: table::MAX_BYTES as u32,
        parameters: declared::parameters().into_iter().map(Parameter::from).collect(),
        choices: declared::choices().iter().map(ChoiceList::from).chain([spiking_kinds()]).collect(),
        data_sets: data_sets(),
        layer_neurons: models(&declared::layer_neurons(), |_, _| None),
        neurons: models(&declared::NEURONS, |_, _| None),
        energy: EnergyConstants {
            mac_pj: energy::MAC_PJ,
            accumulate_pj: energy::ACCUMULATE_PJ,
            access_pj: energy::ACCESS_PJ,
            break_even_spikes: energy::BREAK_EVEN_SPIKES,
        },
    })
}
