//! The objects of the picture of a network. Layers are counted from the first hidden one; the last is the output.

use js_sys::Float32Array;
use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// A unit of one of the networks.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct UnitName {
    /// `artificial` or `spiking`.
    pub network: String,
    /// Its layer.
    pub layer: u32,
    /// Its number.
    pub unit: u32,
}

/// What a picture should show.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PictureQuery {
    /// For each network and layer the units to be shown; an empty list leaves the choice to the engine.
    pub shown: Vec<Vec<Vec<u32>>>,
    /// Units of a layer that are shown where the engine chooses: those with the largest outgoing weights.
    pub most: u32,
    /// The unit that is looked at closely.
    #[tsify(optional)]
    pub chosen: Option<UnitName>,
    /// `train` or `test`.
    pub split: String,
    /// The example that is looked at.
    pub example: u32,
}

/// A unit of another kind than its layer.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct OtherUnit {
    /// Its number.
    pub unit: u32,
    /// Id of its kind.
    pub kind: &'static str,
}

/// A unit that is held at a number.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct HeldUnit {
    /// Its number.
    pub unit: u32,
    /// The number; 0 is a lesion.
    pub level: f32,
}

/// One layer as it is drawn.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct LayerPicture {
    /// The units that are shown.
    pub shown: Vec<u32>,
    /// `(shown before, shown)`; of the first layer `(inputs, shown)`, or empty.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub weights: Float32Array,
    /// `(shown)`.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub biases: Float32Array,
    /// Length of the outgoing weights of each unit, shown or not.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub norms: Float32Array,
    /// Weights from an image, `(shown, features)`, or empty.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub fields: Float32Array,
    /// Units of another kind.
    pub others: Vec<OtherUnit>,
    /// Units that are held.
    pub held: Vec<HeldUnit>,
}

/// What one unit reads and makes of it, for the viewed example.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct UnitState {
    /// Its layer.
    pub layer: u32,
    /// Its number.
    pub unit: u32,
    /// Id of what it is; empty for an output.
    pub kind: &'static str,
    /// The number at which it is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub held: Option<f32>,
    /// What it reads: numbers, or mean spikes a step.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub inputs: Float32Array,
    /// Its weights.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub weights: Float32Array,
    /// Its bias.
    pub bias: f32,
    /// Weighted sum, or its mean over the steps.
    pub drive: f32,
    /// What it answers.
    pub response: f32,
    /// Weights by which the next layer reads it.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub outgoing: Float32Array,
}

/// One network as it is drawn.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NetworkPicture {
    /// `artificial` or `spiking`.
    pub kind: &'static str,
    /// Numbers that feed the first layer: twice the inputs where ON and OFF are apart.
    pub channels: u32,
    /// The viewed example, in the units of the data.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub input: Float32Array,
    /// Its layers.
    pub layers: Vec<LayerPicture>,
    /// The unit that was chosen, if it is one of this network.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub unit: Option<UnitState>,
}

/// What a unit answers to weighted sums.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct UnitCurve {
    /// Weighted sums.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub inputs: Float32Array,
    /// What the next layer reads.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub response: Float32Array,
    /// Firing rate, Hz; empty where it does not fire.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub rate_hz: Float32Array,
    /// The activation function of its layer.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub activation: Float32Array,
    /// Drive for a weighted sum of 1, in the model's unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub gain: Option<f64>,
}

/// What one example does to a layer on its way back.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct LayerGradients {
    /// Of the weights that are shown.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub weights: Float32Array,
    /// The largest of all weights, shown or not, by its size.
    pub largest: f32,
    /// Of their biases.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub biases: Float32Array,
    /// Their responses.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub responses: Float32Array,
}

/// The surrogate gradient of a spiking unit, step by step.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct UnitInTime {
    /// 0 at rest, 1 at threshold.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub potential: Float32Array,
    /// 1 where it fires.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub spikes: Float32Array,
    /// What stands for the derivative of the spike; empty where there is no such thing.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub surrogate: Float32Array,
    /// Derivative of the loss by the spike.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub error: Float32Array,
    /// Derivative of the loss by the drive; empty where one drive is held.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub flow: Float32Array,
}

/// One example forward and back.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Backward {
    /// `artificial` or `spiking`.
    pub kind: &'static str,
    /// Its loss.
    pub loss: f32,
    /// Answers.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub output: Float32Array,
    /// Targets.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub target: Float32Array,
    /// Of each layer.
    pub layers: Vec<LayerGradients>,
    /// The chosen unit in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub in_time: Option<UnitInTime>,
}

/// What one network reads in a drawing.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// `artificial` or `spiking`.
    pub kind: &'static str,
    /// Answers for each class: shares where the loss is cross-entropy.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub output: Float32Array,
    /// The class that it names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub predicted: Option<u32>,
    /// Spikes of all hidden units.
    pub spikes: u32,
}

/// A drawing as the networks see it, and what they read.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct DigitReading {
    /// Pixels, 0 to 1.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub seen: Float32Array,
    /// Artificial, spiking.
    pub networks: Vec<Reading>,
}
