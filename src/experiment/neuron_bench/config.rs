//! What stands on the bench: up to four neurons, the stimulus that all of them get, for how long.

use super::error::BenchError;
use crate::describe::{Declaration, Integrator, Preset};
use crate::neurons::{Izhikevich, any, compartments};
use crate::units::Unit;
use serde::{Deserialize, Serialize};

/// The most neurons side by side.
pub const MOST_NEURONS: usize = 4;
/// The longest run, ms.
pub const LONGEST_MS: f64 = 60_000.0;
/// The most samples that a run keeps, over all neurons and variables: 32 MiB.
pub const MOST_SAMPLES: u64 = 8 << 20;
/// The most that the strength of a stimulus may be, in the neuron's unit of drive.
pub const LARGEST_STRENGTH: f64 = 1e6;

/// The stimulus by which each neuron gets the drive of its own preset; its strength where it has none.
pub const OWN_DRIVE: &str = "own";

/// All that a run depends on: the same one gives the same bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BenchConfig {
    /// One to four neurons.
    pub neurons: Vec<SubjectConfig>,
    /// What all of them get.
    pub stimulus: StimulusConfig,
    /// How long, ms.
    pub duration_ms: f64,
    /// Seed of noise and of what neurons draw.
    pub seed: u32,
}

/// A neuron on the bench.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubjectConfig {
    /// Id of the model.
    pub model: String,
    /// Id of the preset whose drive is its own; its first one if empty.
    pub preset: String,
    /// Parameters in place of the defaults.
    pub values: Vec<NamedNumber>,
    /// What a stimulus of 1 is for this neuron, in its unit of drive.
    pub strength: f64,
    /// Time step, ms.
    pub dt_ms: f64,
}

/// The stimulus: a shape, in units of each neuron's strength.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StimulusConfig {
    /// Id of an input of the catalogue, or `own`.
    pub input: String,
    /// Its parameters in place of the defaults.
    pub values: Vec<NamedNumber>,
    /// Breakpoints of a drawn waveform: ms and value.
    pub points: Vec<(f64, f64)>,
    /// Times of a list of spikes, ms.
    pub spikes_ms: Vec<f64>,
    /// Which trial of the recorded stimulus, from 0.
    pub trial: u32,
}

/// A parameter by its key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NamedNumber {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: f64,
}

impl Default for BenchConfig {
    /// The squid's axon under a step of 10 µA/cm².
    fn default() -> Self {
        let values = [("start_ms", 50.0), ("stop_ms", 450.0)].map(|(key, value)| NamedNumber::of(key, value));
        Self {
            neurons: vec![SubjectConfig::of("hodgkin-huxley", "squid")],
            stimulus: StimulusConfig { values: values.to_vec(), ..StimulusConfig::of("step") },
            duration_ms: 500.0,
            seed: 1,
        }
    }
}

impl NamedNumber {
    /// A value for a key.
    #[must_use]
    pub fn of(key: &str, value: f64) -> Self {
        Self { key: key.to_owned(), value }
    }
}

impl StimulusConfig {
    /// An input with its defaults.
    #[must_use]
    pub fn of(input: &str) -> Self {
        let input = input.to_owned();
        Self { input, values: Vec::new(), points: Vec::new(), spikes_ms: Vec::new(), trial: 0 }
    }
}

impl SubjectConfig {
    /// A model as a preset has it (as its defaults have it where there is no such preset), with the step
    /// and the strength that suit it.
    #[must_use]
    pub fn of(model: &str, preset: &str) -> Self {
        let declaration = declaration(model);
        let found = declaration.and_then(|model| model.presets.iter().find(|one| one.id == preset));
        let suits = declaration.map(|model| Suggestion::of(model, found)).unwrap_or_default();
        let values = found.map_or(&[][..], |preset| preset.values);
        Self {
            model: model.to_owned(),
            preset: preset.to_owned(),
            values: values.iter().map(|&(key, value)| NamedNumber::of(key, value)).collect(),
            strength: suits.strength,
            dt_ms: suits.dt_ms,
        }
    }

    /// The parameters as models take them.
    pub(super) fn pairs(&self) -> Vec<(&str, f64)> {
        self.values.iter().map(|named| (named.key.as_str(), named.value)).collect()
    }

    /// The preset whose drive is the neuron's own.
    pub(super) fn own_preset(&self, place: usize) -> Result<Option<&'static Preset>, BenchError> {
        let Some(model) = declaration(&self.model) else {
            return Err(BenchError::UnknownModel { neuron: place, model: self.model.clone() });
        };
        if self.preset.is_empty() {
            return Ok(model.presets.first());
        }
        let found = model.presets.iter().find(|preset| preset.id == self.preset);
        let (model, preset) = (model.title, self.preset.clone());
        found.map(Some).ok_or(BenchError::UnknownPreset { neuron: place, model, preset })
    }
}

/// What suits a preset on the bench.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Suggestion {
    /// Time step, ms.
    pub dt_ms: f64,
    /// How long its own drive lasts, and somewhat longer, ms.
    pub duration_ms: f64,
    /// A drive under which it does something, in its unit.
    pub strength: f64,
    /// Up to where an f-I curve from 0 is worth looking at, in its unit.
    pub curve_to: f64,
}

impl Default for Suggestion {
    fn default() -> Self {
        Self { dt_ms: 0.1, duration_ms: 500.0, strength: 1.0, curve_to: 2.0 }
    }
}

impl Suggestion {
    /// For a model with a preset, its first one if none is given.
    #[must_use]
    pub fn of(model: &Declaration, preset: Option<&Preset>) -> Self {
        let preset = preset.or(model.presets.first());
        let drive = preset.map_or(&[][..], |preset| preset.drive);
        let largest = drive.iter().fold(
            0.0,
            |largest: f64, point| {
                if point.1.abs() > largest.abs() { point.1 } else { largest }
            },
        );
        let last_ms = drive.last().map_or(0.0, |point| point.0);
        // A cable says what it shows within its drive; a point neuron's drive may be a step without end.
        let extended = compartment_declaration(model.id).is_some();
        let duration_ms = if extended && last_ms > 0.0 { last_ms } else { (1.2 * last_ms).max(100.0) };
        let strength = if largest == 0.0 { default_strength(model.drive) } else { largest };
        Self {
            dt_ms: step_ms(model, preset),
            duration_ms: if drive.is_empty() { 500.0 } else { libm::ceil(duration_ms / 10.0) * 10.0 },
            strength,
            curve_to: 2.0 * strength.abs(),
        }
    }
}

/// A tenth of the largest step, which is far within its accuracy, and never so coarse that a spike has
/// no shape; what the source of a pattern drew it with, where a pattern depends on that.
fn step_ms(model: &Declaration, preset: Option<&Preset>) -> f64 {
    match (model.id, preset) {
        ("izhikevich", Some(preset)) => Izhikevich::pattern_dt_ms(preset.id),
        _ if model.integrator == Integrator::Map => 1.0,
        _ => (model.largest_dt_ms / 10.0).min(0.1),
    }
}

/// For models whose presets have no current.
fn default_strength(unit: Unit) -> f64 {
    match unit {
        Unit::Millivolt => 20.0,
        Unit::Picoampere => 200.0,
        _ => 1.0,
    }
}

fn compartment_declaration(id: &str) -> Option<&'static Declaration> {
    compartments::SIMULATED.iter().find(|model| model.id == id)
}

/// What a model of the bench says of itself: a point neuron, or a cell that can be simulated.
#[must_use]
pub fn declaration(id: &str) -> Option<&'static Declaration> {
    let point = any::MODELS.iter().map(|entry| &entry.declaration).find(|model| model.id == id);
    point.or_else(|| compartment_declaration(id))
}
