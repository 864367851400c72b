//! The objects that leave the engine. Bulk numbers are typed arrays, copied out of wasm memory.

use js_sys::{Array, Float32Array, Uint8Array, Uint32Array};
use serde::Serialize;
use tsify::Tsify;

/// What the engine made of a configuration.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// `classification` or `regression`.
    pub task: &'static str,
    /// `points`, `images` or `table`.
    pub kind: &'static str,
    /// Numbers an example.
    pub features: u32,
    /// Classes; 0 in regression.
    pub classes: u32,
    /// Names of the classes.
    pub class_names: Vec<String>,
    /// Examples to learn from.
    pub train_examples: u32,
    /// Examples to measure on.
    pub test_examples: u32,
    /// Steps until every training example was seen once.
    pub batches_per_epoch: u32,
    /// Rows of x, y, label or target, 1 for test; empty unless the set lies in the plane.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub points: Float32Array,
    /// The square that a surface covers: x from, x to, y from, y to.
    pub extent: [f32; 4],
    /// Smallest and largest target of the first output: what a surface is coloured over.
    pub output_range: [f32; 2],
    /// Pixels across; 0 without images.
    pub image_width: u32,
    /// Pixels down; 0 without images.
    pub image_height: u32,
    /// Outputs of the networks.
    pub outputs: u32,
    /// Units of the hidden layers of the spiking network, as a fair match made them.
    pub spiking_units: Vec<u32>,
    /// Its time steps, as a fair match made them.
    pub spiking_steps: u32,
}

/// Loss and accuracy over the whole test part.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Evaluation {
    /// Step at which it was made.
    pub step: f64,
    /// Examples judged.
    pub examples: u32,
    /// Mean loss.
    pub loss: f64,
    /// Share of right answers; NaN in regression.
    pub accuracy: f64,
}

/// A misread example.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Misread {
    /// Its number among the test examples.
    pub index: u32,
    /// Its class.
    pub truth: u32,
    /// The class that was answered.
    pub predicted: u32,
    /// `(height, width)`, 0 to 255; empty without images.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Uint8Array")]
    pub pixels: Uint8Array,
}

/// Estimates, pJ an inference.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Energy {
    /// 45 nm arithmetic alone.
    pub ops_only_pj: f64,
    /// With the traffic of on-chip memory.
    pub with_memory_pj: f64,
}

/// One network in a snapshot.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NetworkSnapshot {
    /// `artificial` or `spiking`.
    pub kind: &'static str,
    /// Rows of step, train loss, test loss, train accuracy, test accuracy.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub curve: Float32Array,
    /// Test examples that the curve stands on.
    pub test_examples: u32,
    /// Last score over the whole test part.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub complete: Option<Evaluation>,
    /// `(resolution, resolution)`, y down.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub surface: Float32Array,
    /// Cells along a side of the surface.
    pub surface_resolution: u32,
    /// For each hidden layer `(units, resolution, resolution)`, of its first 64 units.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array[]")]
    pub unit_surfaces: Array,
    /// Cells along a side of a unit's surface.
    pub unit_resolution: u32,
    /// For each hidden layer the response of each unit to the viewed example.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array[]")]
    pub unit_responses: Array,
    /// What it answers to the viewed example: shares of the classes where the loss is cross-entropy.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub answer: Float32Array,
    /// Pairs of time step and unit for the viewed example, input first; empty for activations.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Uint32Array[]")]
    pub rasters: Array,
    /// `(classes, classes)`, rows are the truth.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Uint32Array")]
    pub confusion: Uint32Array,
    /// `(classes, classes, k)`: the first k test examples of each cell, 0 beyond its count.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Uint32Array")]
    pub cells: Uint32Array,
    /// The first misread test examples.
    pub misread: Vec<Misread>,
    /// Weights and biases.
    pub parameters: u32,
    /// Multiply-accumulates an inference.
    pub macs: f64,
    /// Synaptic operations an inference.
    pub synaptic_ops: f64,
    /// Updates of a membrane an inference: neurons times steps.
    pub membrane_updates: f64,
    /// All of these operations.
    pub operations: f64,
    /// Mean rate of a hidden neuron, Hz.
    pub spike_rate_hz: f64,
    /// Mean spikes of a hidden neuron in one step.
    pub spikes_per_step: f64,
    /// Energy, estimated.
    pub energy: Energy,
}

/// Why training stands still.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Divergence {
    /// `artificial` or `spiking`.
    pub network: &'static str,
    /// First layer that is not finite, from 0.
    pub layer: u32,
    /// `weights` or `responses`.
    pub reason: &'static str,
    /// Key of the setting that most likely did it.
    pub setting: &'static str,
    /// The same in a sentence.
    pub message: String,
}

/// What may be changed while the networks learn, as it is in force.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SettingsInForce {
    /// Step size.
    pub learning_rate: f64,
    /// Examples in a batch.
    pub batch_size: u32,
    /// L1 regularisation.
    pub l1: f64,
    /// L2 regularisation.
    pub l2: f64,
}

/// Where both networks stand.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// Updates of the weights.
    pub step: f64,
    /// Times that the training part was gone through.
    pub epoch: f64,
    /// Examples of each network's training so far.
    pub examples: f64,
    /// Settings in force: a step back brings back those of then.
    pub settings: SettingsInForce,
    /// Set after a loss that is no number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub divergence: Option<Divergence>,
    /// Artificial, spiking.
    pub networks: Vec<NetworkSnapshot>,
}

/// Which pictures a snapshot should hold.
#[derive(serde::Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// Whether surfaces are seen.
    pub surface: bool,
    /// The example that is looked at.
    pub example: u32,
    /// `train` or `test`.
    pub split: String,
}

/// A mean and its 95 % interval.
#[derive(Serialize, Tsify)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Mean.
    pub mean: f64,
    /// Upper end.
    pub high: f64,
}

/// One run of a sweep.
#[derive(Serialize, Tsify)]
pub struct SweepRun {
    /// Its seed.
    pub seed: u32,
    /// Accuracy, or loss, of the artificial network.
    pub artificial: f64,
    /// The same of the spiking network.
    pub spiking: f64,
}

/// How far a sweep is.
#[derive(Serialize, Tsify)]
pub struct SweepProgress {
    /// Whether all runs are done.
    pub done: bool,
    /// Share of the whole that is done.
    pub fraction: f64,
    /// Runs that diverged.
    pub diverged: u32,
    /// Finished runs.
    pub runs: Vec<SweepRun>,
    /// `accuracy` or `loss`.
    pub measure: &'static str,
    /// Interval of the artificial network.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub artificial: Option<Interval>,
    /// Interval of the spiking network.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub spiking: Option<Interval>,
}
