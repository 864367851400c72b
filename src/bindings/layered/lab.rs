//! The laboratory as a JavaScript class.

use super::super::catalogue::task_id;
use super::super::convert::{from_js, to_js};
use super::super::error::EngineError;
use super::shapes::{
    Divergence, Energy, Evaluation, Interval, Misread, NetworkSnapshot, SettingsInForce, Snapshot, Summary,
    SweepProgress, SweepRun, View,
};
use crate::ann::Kind;
use crate::data::{Dataset, Split};
use crate::experiment::lab::{Start, Trained};
use crate::experiment::microscope::answers;
use crate::experiment::twin::Half;
use crate::experiment::{self, ExperimentConfig, Side, config, responses, sweep};
use crate::session::log::{Command, Settings, as_written};
use js_sys::{Array, Float32Array, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Cells along a side of a network's surface.
const SURFACE_RESOLUTION: usize = 48;
/// Half the side of the square that surfaces cover, in units of the data.
const EXTENT: f32 = 1.0;

/// An artificial network and its spiking twin, their data and a sweep over seeds.
#[wasm_bindgen]
pub struct Lab {
    pub(super) lab: experiment::Lab,
}

pub(super) fn side_of(name: &str) -> Side {
    if name == Side::Spiking.id() { Side::Spiking } else { Side::Artificial }
}

pub(super) fn split_of(name: &str) -> Split {
    if name == "train" { Split::Train } else { Split::Test }
}

#[wasm_bindgen]
impl Lab {
    /// A laboratory with the default experiment.
    ///
    /// # Errors
    /// Never, as long as the defaults are valid.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Self, JsValue> {
        let lab = experiment::Lab::new().map_err(EngineError::from)?;
        Ok(Self { lab })
    }

    /// The id of the set whose files must be handed in first, or ''.
    ///
    /// # Errors
    /// If the configuration cannot be read, or names no set.
    pub fn needs(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ExperimentConfig")] config: JsValue,
    ) -> Result<String, JsValue> {
        let needed = self.lab.needs(&from_js::<ExperimentConfig>(config)?).map_err(EngineError::from)?;
        Ok(needed.unwrap_or_default().to_owned())
    }

    /// Takes the two unpacked files of an image set.
    ///
    /// # Errors
    /// If they are not what was shipped.
    #[wasm_bindgen(js_name = loadImages)]
    pub fn load_images(&mut self, id: &str, train: Vec<u8>, test: Vec<u8>) -> Result<(), JsValue> {
        Ok(self.lab.load_images(id, train, test).map_err(EngineError::from)?)
    }

    /// Puts another experiment on the bench: where a checkpoint says, or at its initial weights, with the
    /// commands of a journal to come.
    ///
    /// # Errors
    /// If it cannot be made, or cannot begin there; the old one stays then.
    #[wasm_bindgen(unchecked_return_type = "Summary")]
    pub fn configure(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "ExperimentConfig")] config: JsValue,
        table: Option<String>,
        checkpoint: Option<Vec<u8>>,
        journal: Option<String>,
    ) -> Result<JsValue, JsValue> {
        let start = checkpoint.as_deref().map(Start::Checkpoint);
        let start = start.unwrap_or(Start::Journal(journal.as_deref().unwrap_or_default()));
        self.lab
            .configure_at(from_js::<ExperimentConfig>(config)?, table.as_deref(), start)
            .map_err(EngineError::from)?;
        to_js(&self.summary())
    }

    /// Updates of the weights so far.
    pub fn step(&self) -> f64 {
        self.lab.twin().step() as f64
    }

    /// Trains up to so many batches: how many it were, 0 when an evaluation comes first, -1 when a
    /// loss is no number.
    pub fn train(&mut self, most: u32) -> i32 {
        match self.lab.train(most) {
            Trained::Batches(batches) => batches as i32,
            Trained::Diverged => -1,
        }
    }

    /// Learns from one example; false when a loss is no number.
    #[wasm_bindgen(js_name = trainSample)]
    pub fn train_sample(&mut self) -> bool {
        self.lab.twin_mut().train_single() != experiment::twin::Advanced::Diverged
    }

    /// A slice of an evaluation; true when none is left. `now` asks for one where the networks stand.
    pub fn evaluate(&mut self, now: bool) -> bool {
        self.lab.evaluate(now)
    }

    /// Where both networks stand, with the pictures that the view asks for.
    ///
    /// # Errors
    /// If the view cannot be read.
    #[wasm_bindgen(unchecked_return_type = "Snapshot")]
    pub fn snapshot(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "View")] view: JsValue,
    ) -> Result<JsValue, JsValue> {
        let view: View = serde_wasm_bindgen::from_value(view).map_err(EngineError::from)?;
        let networks = Side::BOTH.map(|side| self.network(side, &view)).into();
        let twin = self.lab.twin();
        let divergence = twin.divergence().map(|found| Divergence {
            network: found.side.id(),
            layer: found.layer,
            reason: if found.weights { "weights" } else { "responses" },
            setting: found.setting,
            message: found.to_string(),
        });
        let snapshot = Snapshot {
            step: twin.step() as f64,
            epoch: twin.epochs(),
            examples: twin.examples() as f64,
            settings: SettingsInForce::from(twin.settings()),
            divergence,
            networks,
        };
        to_js(&snapshot)
    }

    /// Changes a setting while the networks learn: a command, stamped with the step.
    ///
    /// # Errors
    /// If there is no such setting, or the value is out of range.
    pub fn set(&mut self, key: &str, value: f64) -> Result<(), JsValue> {
        Ok(self.lab.twin_mut().set_number(key, value).map_err(EngineError::from)?)
    }

    /// Holds a unit of a hidden layer at a number, a lesion at 0, or lets it go (undefined).
    ///
    /// # Errors
    /// If there is no such unit, or the number is none.
    #[wasm_bindgen(js_name = holdUnit)]
    pub fn hold_unit(
        &mut self,
        network: &str,
        layer: u32,
        unit: u32,
        level: Option<f32>,
    ) -> Result<(), JsValue> {
        let command = Command::Hold { layer, unit, level };
        Ok(self.lab.twin_mut().command(side_of(network), command).map_err(EngineError::from)?)
    }

    /// Makes a unit one of another kind, by its id, or of its own again (''). Of the artificial network,
    /// unless another is named: there it can be any activation function or neuron, in the spiking one any
    /// neuron that fires.
    ///
    /// # Errors
    /// If there is no such unit or kind, or the rule cannot teach it.
    #[wasm_bindgen(js_name = swapUnit)]
    pub fn swap_unit(
        &mut self,
        layer: u32,
        unit: u32,
        kind: &str,
        network: Option<String>,
    ) -> Result<(), JsValue> {
        let side = side_of(network.as_deref().unwrap_or_default());
        let to = if kind.is_empty() { Ok(None) } else { config::trained_kind(side, kind).map(Some) };
        let command = Command::Swap { layer, unit, to: to.map_err(EngineError::from)? };
        Ok(self.lab.twin_mut().command(side, command).map_err(EngineError::from)?)
    }

    /// Test examples as pictures, `(examples, height, width)`, 0 to 255; empty without images, or where one of
    /// them is absent.
    #[wasm_bindgen(js_name = testImages)]
    pub fn test_images(&self, indices: &[u32]) -> Uint8Array {
        let data = self.lab.twin().data();
        let there = indices.iter().all(|&index| index < data.samples(Split::Test));
        pixels(data, if there { indices } else { &[] })
    }

    /// Goes to the nearest stored state before so many batches back; `replay` does the rest.
    pub fn back(&mut self, batches: u32) {
        self.lab.twin_mut().back(u64::from(batches));
    }

    /// A slice of the way that is trained once more after a step back; true when none is left.
    pub fn replay(&mut self) -> bool {
        self.lab.replay()
    }

    /// Back to the initial weights of the same seed; the settings in force stay.
    pub fn reset(&mut self) {
        self.lab.twin_mut().reset();
    }

    /// After a divergence: to the last weights that were worth something; `replay` does the rest.
    #[wasm_bindgen(js_name = restoreLastGood)]
    pub fn restore_last_good(&mut self) {
        self.lab.twin_mut().back_to_last_good();
    }

    /// Where the experiment stands, as bytes; undefined after a divergence and on the way back.
    pub fn checkpoint(&self) -> Option<Uint8Array> {
        self.lab.checkpoint().map(|bytes| Uint8Array::from(bytes.as_slice()))
    }

    /// The same without curves and an earlier state, for a link.
    #[wasm_bindgen(js_name = lightCheckpoint)]
    pub fn light_checkpoint(&self) -> Option<Uint8Array> {
        self.lab.light_checkpoint().map(|bytes| Uint8Array::from(bytes.as_slice()))
    }

    /// The experiment that a checkpoint is of.
    ///
    /// # Errors
    /// If the bytes are no checkpoint.
    #[wasm_bindgen(js_name = configOf, unchecked_return_type = "ExperimentConfig")]
    pub fn config_of(&self, bytes: &[u8]) -> Result<JsValue, JsValue> {
        to_js(&experiment::checkpoint::config_of(bytes).map_err(EngineError::from)?)
    }

    /// The commands so far, as text.
    pub fn journal(&self) -> String {
        self.lab.journal()
    }

    /// Goes where the bytes say.
    ///
    /// # Errors
    /// If they are not a checkpoint of this experiment.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<(), JsValue> {
        Ok(self.lab.restore(bytes).map_err(EngineError::from)?)
    }

    /// SHA-256 of the weights of both, separated by a space; '' after a divergence.
    pub fn hash(&self) -> String {
        self.lab.twin().hash().map(|hashes| hashes.join(" ")).unwrap_or_default()
    }

    /// Starts the same experiment with several seeds.
    ///
    /// # Errors
    /// If it cannot be made.
    #[wasm_bindgen(js_name = sweepStart)]
    pub fn sweep_start(&mut self, epochs: u32, seeds: u32) -> Result<(), JsValue> {
        Ok(self.lab.sweep_start(epochs, seeds).map_err(EngineError::from)?)
    }

    /// A slice of the sweep, and how far it is.
    ///
    /// # Errors
    /// If the next run cannot be made, or there is no sweep.
    #[wasm_bindgen(js_name = sweepAdvance, unchecked_return_type = "SweepProgress")]
    pub fn sweep_advance(&mut self) -> Result<JsValue, JsValue> {
        let progress = self.lab.sweep_advance().map_err(EngineError::from)?;
        let none = || EngineError::new("sweep-none", "no sweep is under way".to_owned(), "");
        to_js(&self.sweep_shape(&progress.ok_or_else(none)?))
    }

    /// Ends the sweep.
    #[wasm_bindgen(js_name = sweepCancel)]
    pub fn sweep_cancel(&mut self) {
        self.lab.sweep_cancel();
    }

    /// Panics, so that a test can see what the page does then.
    #[wasm_bindgen(js_name = provokePanic)]
    pub fn provoke_panic(&self) {
        panic!("provoked on request");
    }
}

impl Lab {
    fn summary(&self) -> Summary {
        let twin = self.lab.twin();
        let data = twin.data();
        let (train, test) = (data.samples(Split::Train), data.samples(Split::Test));
        let (width, height) = data.declaration().image_size.unwrap_or((0, 0));
        let config = twin.half(Side::Artificial).session.config();
        let spiking = &twin.half(Side::Spiking).session.config().network;
        Summary {
            task: task_id(data.task()),
            kind: data.declaration().kind(),
            features: data.features() as u32,
            classes: data.classes(),
            class_names: data.class_names().to_vec(),
            train_examples: train,
            test_examples: test,
            batches_per_epoch: train.div_ceil(config.settings.batch_size).max(1),
            points: Float32Array::from(responses::points(data).as_slice()),
            extent: [-EXTENT, EXTENT, -EXTENT, EXTENT],
            output_range: responses::target_range(data),
            image_width: width,
            image_height: height,
            outputs: config.network.outputs as u32,
            spiking_units: spiking.hidden.iter().map(|layer| layer.units as u32).collect(),
            spiking_steps: match spiking.kind {
                Kind::Spiking(spec) => spec.steps as u32,
                Kind::Artificial => 0,
            },
        }
    }

    fn network(&mut self, side: Side, view: &View) -> NetworkSnapshot {
        let data = std::sync::Arc::clone(self.lab.twin().data());
        let half = self.lab.twin_mut().half_mut(side);
        let surface = if view.surface {
            responses::surface(&mut half.session, SURFACE_RESOLUTION, EXTENT).unwrap_or_default()
        } else {
            responses::Surface::default()
        };
        let split = split_of(&view.split);
        let index = view.example.min(data.samples(split).saturating_sub(1));
        let example = responses::example(&mut half.session, split, index);
        let evaluation = half.evaluation.clone().unwrap_or_default();
        let energy = evaluation.operations.energy();
        NetworkSnapshot {
            kind: side.id(),
            curve: Float32Array::from(half.curve.as_slice()),
            complete: complete(half),
            surface: Float32Array::from(surface.output.as_slice()),
            surface_resolution: surface.resolution as u32,
            unit_surfaces: arrays(&surface.units),
            test_examples: evaluation.test.examples,
            unit_resolution: surface.resolution as u32,
            unit_responses: arrays(&example.units),
            answer: Float32Array::from(answers(half.session.network(), &example.output).as_slice()),
            rasters: example.rasters.iter().map(|raster| Uint32Array::from(raster.as_slice())).collect(),
            confusion: Uint32Array::from(evaluation.confusion.as_slice()),
            cells: Uint32Array::from(evaluation.cells.as_slice()),
            misread: evaluation.misread.iter().map(|found| misread(&data, *found)).collect(),
            parameters: half.session.config().network.parameter_count() as u32,
            macs: evaluation.operations.macs,
            synaptic_ops: evaluation.operations.synaptic,
            membrane_updates: evaluation.operations.membrane_updates,
            operations: evaluation.operations.total(),
            spike_rate_hz: evaluation.spike_rate_hz,
            spikes_per_step: evaluation.spikes_per_step,
            energy: Energy { ops_only_pj: energy.operations_pj, with_memory_pj: energy.with_memory_pj },
        }
    }

    fn sweep_shape(&self, progress: &sweep::Progress) -> SweepProgress {
        let twin = self.lab.twin();
        let numbers = twin.data().classes() == 0;
        let value = |score: &experiment::evaluation::Score| if numbers { score.loss } else { score.accuracy };
        let interval = |found: experiment::interval::Interval| {
            let half = found.half_width.unwrap_or(f64::NAN);
            Interval { low: found.mean - half, mean: found.mean, high: found.mean + half }
        };
        let runs = progress.seeds_finished.iter().zip(progress.scores[0].iter().zip(&progress.scores[1]));
        SweepProgress {
            done: progress.finished == progress.seeds,
            fraction: progress.share,
            diverged: progress.diverged,
            runs: runs
                .map(|(&seed, (artificial, spiking))| SweepRun {
                    seed,
                    artificial: value(artificial),
                    spiking: value(spiking),
                })
                .collect(),
            measure: if numbers { "loss" } else { "accuracy" },
            artificial: progress.intervals[0].map(interval),
            spiking: progress.intervals[1].map(interval),
        }
    }
}

impl From<Settings> for SettingsInForce {
    fn from(settings: Settings) -> Self {
        Self {
            learning_rate: as_written(settings.learning_rate),
            batch_size: settings.batch_size,
            l1: as_written(settings.l1),
            l2: as_written(settings.l2),
        }
    }
}

fn complete(half: &Half) -> Option<Evaluation> {
    half.complete.map(|(step, score)| Evaluation {
        step: step as f64,
        examples: score.examples,
        loss: score.loss,
        accuracy: score.accuracy,
    })
}

fn misread(data: &Dataset, found: experiment::evaluation::Misread) -> Misread {
    let experiment::evaluation::Misread { index, truth, predicted } = found;
    Misread { index, truth, predicted, pixels: pixels(data, &[index]) }
}

/// `(examples, height, width)`, 0 to 255; empty without images.
fn pixels(data: &Dataset, indices: &[u32]) -> Uint8Array {
    let mut bytes = Vec::new();
    if data.declaration().image_size.is_some() {
        let mut inputs = vec![0.0; indices.len() * data.features()];
        data.write_inputs(Split::Test, indices, &mut inputs);
        bytes.extend(inputs.iter().map(|pixel| (pixel * 255.0 + 0.5) as u8));
    }
    Uint8Array::from(bytes.as_slice())
}

fn arrays(layers: &[Vec<f32>]) -> Array {
    layers.iter().map(|layer| Float32Array::from(layer.as_slice())).collect()
}
