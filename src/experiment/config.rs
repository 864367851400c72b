//! The configuration of an experiment: one typed struct, checked against the declarations, and what
//! is made of it.

mod units;

use super::Side;
use super::parameters as declared;
use crate::ann::clip::Clip;
use crate::ann::schedule::{Course, Schedule};
use crate::ann::{
    Hidden, Initialiser, Kind, NetworkSpec, Optimiser, SpikingSpec, Swap, UnitNeuron, activation,
};
use crate::data::{DataDeclaration, DataError, Dataset, Source};
use crate::describe::{Choice, Parameter};
use crate::graph::BuildError;
use crate::graph::ops::encode::Code;
use crate::learning::Rule;
use crate::neurons::Lif;
use crate::order;
use crate::session::log::{Settings, as_written};
use crate::session::task::Task;
use crate::session::{SessionConfig, SessionError, bytes_needed};
use serde::{Deserialize, Serialize};
pub use units::{NeuronConfig, NeuronValue, UnitConfig, trained_kind, unit_kind};

/// Most bytes that both networks of an experiment may take, checkpoints left aside. An experiment, the
/// one that replaces it and a sweep then fit into the 2 GiB of the variant with threads.
pub const MEMORY_LIMIT: u64 = 512 << 20;

/// Everything that makes an experiment what it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExperimentConfig {
    /// What is learned.
    pub data: DataConfig,
    /// Hidden layers of both networks.
    pub layers: Vec<LayerConfig>,
    /// How both networks learn.
    pub training: TrainingConfig,
    /// How the spiking network sees and steps.
    pub spiking: SpikingConfig,
    /// Neurons that are not as declared where units are of another kind.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub neurons: Vec<NeuronConfig>,
    /// Seed of weights, order and draws.
    pub seed: u32,
}

/// Which data, and how they are made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DataConfig {
    /// Id of the set.
    pub set: String,
    /// Number of points, of sets that are made.
    pub samples: u32,
    /// Noise, of sets that are made.
    pub noise: f64,
    /// Share of the examples that is learned from; images come divided.
    pub train_share: f64,
    /// Seed of the points, or of the division of a table.
    pub seed: u32,
}

/// A hidden layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LayerConfig {
    /// Number of units.
    pub units: u32,
    /// Id of the activation of the artificial units.
    pub activation: String,
    /// Artificial units of another kind.
    pub others: Vec<UnitConfig>,
    /// Spiking units of another kind.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub spiking_others: Vec<UnitConfig>,
}

/// How both networks learn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TrainingConfig {
    /// Id of the loss.
    pub loss: String,
    /// Id of the rule by which gradients are found.
    pub rule: String,
    /// Id of the rule of descent.
    pub optimiser: String,
    /// Step size.
    pub learning_rate: f64,
    /// Examples in a batch.
    pub batch_size: u32,
    /// L1 regularisation.
    pub l1: f64,
    /// L2 regularisation.
    pub l2: f64,
    /// Id of the course of the learning rate.
    pub schedule: String,
    /// Steps of that course.
    pub schedule_steps: u32,
    /// What the course leaves of the rate.
    pub schedule_factor: f64,
    /// Steps in which the rate rises.
    pub warm_up: u32,
    /// Id of how gradients are held back.
    pub clip: String,
    /// What they may be.
    pub clip_limit: f64,
    /// Id of the distribution of initial weights.
    pub initialiser: String,
}

/// How the spiking network sees and steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SpikingConfig {
    /// Id of the encoding of inputs.
    pub encoding: String,
    /// Time steps an example is shown for.
    pub steps: u32,
    /// Length of a step, ms.
    pub dt_ms: f64,
    /// Membrane time constant, ms.
    pub tau_ms: f64,
    /// Refractory period, ms.
    pub refractory_ms: f64,
    /// Rate of a spike train at full strength, Hz.
    pub peak_rate_hz: f64,
    /// Slope of the surrogate gradient.
    pub surrogate_slope: f64,
}

impl Default for ExperimentConfig {
    /// The default of every declaration, on the circle, with two layers.
    fn default() -> Self {
        let neuron = Lif::default();
        let choice = |key: &str| {
            let list = declared::CHOICES.iter().find(|(name, ..)| *name == key);
            list.map_or_else(String::new, |(_, default, _)| (*default).to_owned())
        };
        let layer = |units| LayerConfig {
            units,
            activation: choice("layers.activation"),
            others: vec![],
            spiking_others: vec![],
        };
        Self {
            data: DataConfig {
                set: "circle".to_owned(),
                samples: declared::SAMPLES.default as u32,
                noise: declared::NOISE.default,
                train_share: declared::TRAIN_SHARE.default,
                seed: declared::DATA_SEED.default as u32,
            },
            layers: vec![layer(declared::UNITS.default as u32), layer(declared::UNITS.default as u32)],
            training: TrainingConfig {
                loss: choice("training.loss"),
                rule: choice("training.rule"),
                optimiser: choice("training.optimiser"),
                learning_rate: declared::LEARNING_RATE.default,
                batch_size: declared::BATCH_SIZE.default as u32,
                l1: declared::L1.default,
                l2: declared::L2.default,
                schedule: choice("training.schedule"),
                schedule_steps: declared::SCHEDULE_STEPS.default as u32,
                schedule_factor: declared::SCHEDULE_FACTOR.default,
                warm_up: declared::WARM_UP.default as u32,
                clip: choice("training.clip"),
                clip_limit: declared::CLIP_LIMIT.default,
                initialiser: choice("training.initialiser"),
            },
            spiking: SpikingConfig {
                encoding: choice("spiking.encoding"),
                steps: declared::STEPS.default as u32,
                dt_ms: declared::DT.default,
                tau_ms: neuron.tau_ms,
                refractory_ms: neuron.refractory_ms,
                peak_rate_hz: declared::PEAK_RATE.default,
                surrogate_slope: declared::SLOPE.default,
            },
            neurons: vec![],
            seed: declared::SEED.default as u32,
        }
    }
}

/// Why a configuration cannot be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ConfigError {
    /// A number outside its range.
    #[error("{key}: expected {}{} to {}, got {got}", if *.whole { "a whole number from " } else { "" }, .range.0, .range.1)]
    Number {
        /// Key of the parameter.
        key: String,
        /// Accepted range.
        range: (f64, f64),
        /// Whether it must be whole.
        whole: bool,
        /// The number that came.
        got: f64,
    },
    /// An id that does not exist.
    #[error("{key}: expected one of {expected}, got {got:?}")]
    Choice {
        /// Key of the list.
        key: String,
        /// The ids that would do.
        expected: String,
        /// The id that came.
        got: String,
    },
    /// A setting that does not exist, or cannot change while the networks learn.
    #[error("expected a setting that can change while learning, got {got:?}")]
    NoSetting {
        /// The key that came.
        got: String,
    },
    /// Too many layers.
    #[error("expected at most {} hidden layers, got {got}", declared::MAX_LAYERS)]
    Layers {
        /// How many came.
        got: usize,
    },
    /// A unit that is named twice or does not exist.
    #[error("{key}: expected each unit below {units} at most once, got {got}")]
    Unit {
        /// Key of the list.
        key: &'static str,
        /// Units of the layer.
        units: u32,
        /// The unit that came.
        got: u32,
    },
    /// A neuron that is named twice, or whose numbers contradict each other.
    #[error("neurons: {why}")]
    Neuron {
        /// What does not fit.
        why: String,
    },
    /// A loss that does not fit the data.
    #[error("cross-entropy needs classes, but {set:?} asks for numbers: choose half-mse")]
    LossOfNumbers {
        /// Id of the set.
        set: String,
    },
    /// A network too large for memory.
    #[error(
        "this experiment would take {} MB, the limit is {} MB: choose fewer units, steps or examples a batch",
        .needed.div_ceil(1_000_000), .limit.div_ceil(1_000_000)
    )]
    Memory {
        /// Bytes it would take.
        needed: u64,
        /// Bytes there may be.
        limit: u64,
    },
    /// A network that cannot be built.
    #[error(transparent)]
    Network(#[from] SessionError),
    /// Data that are not there, or cannot be used.
    #[error(transparent)]
    Data(#[from] DataError),
    /// Data that must be handed in first.
    #[error("the files of {set:?} are not loaded")]
    NotLoaded {
        /// Id of the set.
        set: String,
    },
}

impl ConfigError {
    /// A stable name by which a page translates the message.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Number { .. } => "config-number",
            Self::Choice { .. } => "config-choice",
            Self::NoSetting { .. } => "set-unknown",
            Self::Layers { .. } => "config-layers",
            Self::Unit { .. } => "config-unit",
            Self::Neuron { .. } => "config-neuron",
            Self::LossOfNumbers { .. } => "config-loss",
            Self::Memory { .. } => "config-memory",
            Self::Network(SessionError::Build(BuildError::Memory(_))) => "config-memory",
            Self::Network(_) => "config-network",
            Self::Data(error) => error.code(),
            Self::NotLoaded { .. } => "data-not-loaded",
        }
    }

    /// The key or the set that the error is about, where there is one.
    pub fn subject(&self) -> &str {
        match self {
            Self::Number { key, .. } | Self::Choice { key, .. } => key,
            Self::NoSetting { got } => got,
            Self::LossOfNumbers { set } | Self::NotLoaded { set } => set,
            _ => "",
        }
    }
}

fn check(parameter: &Parameter, got: f64) -> Result<(), ConfigError> {
    check_as(parameter.key, parameter, got)
}

/// [`check`] of a parameter that has another name in configurations.
fn check_as(key: &str, parameter: &Parameter, got: f64) -> Result<(), ConfigError> {
    if parameter.accepts(got) {
        return Ok(());
    }
    Err(ConfigError::Number {
        key: key.to_owned(),
        range: parameter.range,
        whole: parameter.scale == crate::describe::Scale::Integer,
        got,
    })
}

fn find(key: &str, choices: &[Choice], got: &str) -> Result<usize, ConfigError> {
    let at = choices.iter().position(|choice| choice.id == got);
    at.ok_or_else(|| refused_choice(key, choices.iter().map(|choice| choice.id), got))
}

fn refused_choice<'a>(key: &str, expected: impl Iterator<Item = &'a str>, got: &str) -> ConfigError {
    ConfigError::Choice {
        key: key.to_owned(),
        expected: expected.collect::<Vec<_>>().join(", "),
        got: got.chars().take(40).collect(),
    }
}

impl ExperimentConfig {
    /// Checks every number and every name against its declaration.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), ConfigError> {
        let set = self.declaration()?;
        if matches!(set.source, Source::Points(_)) {
            check(&declared::SAMPLES, f64::from(self.data.samples))?;
            check(&declared::NOISE, self.data.noise)?;
        }
        if !matches!(set.source, Source::Images(_)) {
            check(&declared::TRAIN_SHARE, self.data.train_share)?;
        }
        if self.layers.len() > declared::MAX_LAYERS {
            return Err(ConfigError::Layers { got: self.layers.len() });
        }
        for layer in &self.layers {
            check(&declared::UNITS, f64::from(layer.units))?;
            find("layers.activation", &activation::CHOICES, &layer.activation)?;
            for side in Side::BOTH {
                layer.kinds(side)?;
            }
        }
        self.unit_neurons()?;
        let training = &self.training;
        find("training.loss", &declared::LOSSES, &training.loss)?;
        find("training.rule", &declared::RULES, &training.rule)?;
        find("training.optimiser", &Optimiser::CHOICES, &training.optimiser)?;
        find("training.schedule", &Course::CHOICES, &training.schedule)?;
        find("training.clip", &Clip::CHOICES, &training.clip)?;
        find("training.initialiser", &Initialiser::CHOICES, &training.initialiser)?;
        check(&declared::SCHEDULE_STEPS, f64::from(training.schedule_steps))?;
        check(&declared::SCHEDULE_FACTOR, training.schedule_factor)?;
        check(&declared::WARM_UP, f64::from(training.warm_up))?;
        check(&declared::CLIP_LIMIT, training.clip_limit)?;
        check_settings(training.learning_rate, f64::from(training.batch_size), training.l1, training.l2)?;
        let spiking = &self.spiking;
        find("spiking.encoding", &declared::ENCODINGS, &spiking.encoding)?;
        check(&declared::STEPS, f64::from(spiking.steps))?;
        check(&declared::DT, spiking.dt_ms)?;
        check(&declared::PEAK_RATE, spiking.peak_rate_hz)?;
        check(&declared::SLOPE, spiking.surrogate_slope)?;
        for (parameter, got) in declared::neuron().iter().zip([spiking.tau_ms, spiking.refractory_ms]) {
            check(parameter, got)?;
        }
        Ok(())
    }

    /// The declaration of its data set.
    ///
    /// # Errors
    /// If there is none of that id.
    pub fn declaration(&self) -> Result<&'static DataDeclaration, ConfigError> {
        let sets = crate::data::CATALOGUE.iter().map(|set| set.id);
        DataDeclaration::find(&self.data.set).ok_or_else(|| refused_choice("data.set", sets, &self.data.set))
    }

    /// Settings that commands may change later.
    pub fn settings(&self) -> Settings {
        Settings {
            learning_rate: self.training.learning_rate as f32,
            batch_size: self.training.batch_size,
            l1: self.training.l1 as f32,
            l2: self.training.l2 as f32,
        }
    }

    /// Takes over settings that were changed by command.
    pub fn set_settings(&mut self, settings: Settings) {
        self.training.learning_rate = as_written(settings.learning_rate);
        self.training.batch_size = settings.batch_size;
        self.training.l1 = as_written(settings.l1);
        self.training.l2 = as_written(settings.l2);
    }

    /// The session of one twin over `data`.
    ///
    /// # Errors
    /// If something is out of range or does not fit the data.
    pub fn session(&self, side: Side, data: &Dataset) -> Result<SessionConfig, ConfigError> {
        self.check()?;
        let cross_entropy = self.training.loss == "cross-entropy";
        if cross_entropy && data.classes() == 0 {
            return Err(ConfigError::LossOfNumbers { set: self.data.set.clone() });
        }
        let task = Task::of(data.classes(), cross_entropy);
        let hidden = self.layers.iter().map(|layer| {
            let at = find("layers.activation", &activation::CHOICES, &layer.activation)?;
            let activation = crate::kernels::activation::Activation::ALL[at];
            let usual = |kind: Swap| match side {
                Side::Artificial => kind.activation() == Some(activation),
                Side::Spiking => kind == Swap::Neuron,
            };
            let mut others = layer.kinds(side)?;
            others.retain(|(_, kind)| !usual(*kind));
            order::sort(&mut others);
            Ok(Hidden { units: layer.units as usize, activation, others })
        });
        let network = NetworkSpec {
            inputs: data.features(),
            hidden: hidden.collect::<Result<Vec<_>, ConfigError>>()?,
            outputs: task.outputs(),
            loss: task.loss(),
            kind: match side {
                Side::Artificial => Kind::Artificial,
                Side::Spiking => Kind::Spiking(self.spiking_spec(data)),
            },
            neuron: Some(self.spiking_spec(data)),
            neurons: self.unit_neurons()?,
        };
        let training = &self.training;
        let initialiser = find("training.initialiser", &Initialiser::CHOICES, &training.initialiser)?;
        let optimiser = find("training.optimiser", &Optimiser::CHOICES, &training.optimiser)?;
        let rule = find("training.rule", &declared::RULES, &training.rule)?;
        Ok(SessionConfig {
            input_scale: input_scale(&network, data),
            network,
            task,
            initialiser: Initialiser::ALL[initialiser],
            rule: Rule::ALL[rule],
            schedule: training.schedule(),
            clip: training.clip(),
            optimiser: Optimiser::ALL[optimiser],
            settings: self.settings(),
            seed: self.seed,
        })
    }

    /// The neurons that are not as declared.
    fn unit_neurons(&self) -> Result<Vec<UnitNeuron>, ConfigError> {
        for (at, NeuronConfig { id, .. }) in self.neurons.iter().enumerate() {
            if self.neurons[..at].iter().any(|before| before.id == *id) {
                return Err(ConfigError::Neuron {
                    why: format!("expected each neuron at most once, got {id}"),
                });
            }
        }
        self.neurons.iter().map(NeuronConfig::unit).collect()
    }

    fn spiking_spec(&self, data: &Dataset) -> SpikingSpec {
        let spiking = &self.spiking;
        SpikingSpec {
            code: match spiking.encoding.as_str() {
                "rate" => Some(Code::Rate),
                "latency" => Some(Code::Latency),
                _ => None,
            },
            signed: data.declaration().signed,
            peak: (spiking.peak_rate_hz * spiking.dt_ms / 1000.0).min(1.0) as f32,
            steps: spiking.steps as usize,
            dt_ms: spiking.dt_ms,
            neuron: Lif { tau_ms: spiking.tau_ms, refractory_ms: spiking.refractory_ms, ..Lif::default() },
            slope: spiking.surrogate_slope as f32,
        }
    }
}

impl TrainingConfig {
    /// The course of a learning rate of 1.
    fn schedule(&self) -> Schedule {
        let (steps, factor) = (u64::from(self.schedule_steps), self.schedule_factor);
        let course = match self.schedule.as_str() {
            "step" => Course::Step { factor, every: steps },
            "cosine" => Course::Cosine { floor: factor, over: steps },
            _ => Course::Constant,
        };
        Schedule { rate: 1.0, course, warm_up: u64::from(self.warm_up) }
    }

    fn clip(&self) -> Clip {
        let limit = self.clip_limit as f32;
        match self.clip.as_str() {
            "norm" => Clip::Norm(limit),
            "value" => Clip::Value(limit),
            _ => Clip::Free,
        }
    }
}

/// Checks what a command may change.
///
/// # Errors
/// The first number that is out of range.
pub fn check_settings(learning_rate: f64, batch_size: f64, l1: f64, l2: f64) -> Result<(), ConfigError> {
    check(&declared::LEARNING_RATE, learning_rate)?;
    check(&declared::BATCH_SIZE, batch_size)?;
    check(&declared::L1, l1)?;
    check(&declared::L2, l2)
}

/// A number of examples that is whole and within its range.
///
/// # Errors
/// If it is not.
pub fn batch_size(value: f64) -> Result<u32, ConfigError> {
    check(&declared::BATCH_SIZE, value)?;
    Ok(value as u32)
}

/// Checks that two networks fit into memory, before anything is allocated.
///
/// # Errors
/// If they do not.
pub fn check_memory(networks: [&NetworkSpec; 2], rule: Rule, batch_size: u32) -> Result<(), ConfigError> {
    let bytes = networks.iter().map(|network| bytes_needed(network, rule, batch_size as usize));
    let needed = bytes.sum::<Result<u64, BuildError>>().map_err(SessionError::from)?;
    if needed > MEMORY_LIMIT { Err(ConfigError::Memory { needed, limit: MEMORY_LIMIT }) } else { Ok(()) }
}

/// What coordinates in [-1, 1] are multiplied by for activation functions. For two spirals 2, 3 and 6
/// cannot be told apart (about half of the seeds learn them); at 1 and 2 a tanh network may stay on the
/// straight line of the moons, which from 3 on none of six seeds did.
const PLANE_NUMBERS: f32 = 2.0;
/// The same for held currents: a neuron needs some current to fire at all.
const PLANE_CURRENTS: f32 = 6.0;
/// Standardised columns are divided by this before they become spikes: nearly all are then within 1.
const DEVIATIONS: f32 = 3.0;

fn input_scale(network: &NetworkSpec, data: &Dataset) -> f32 {
    match (&data.declaration().source, network.kind) {
        (Source::Points(_), Kind::Artificial) => PLANE_NUMBERS,
        (Source::Points(_), Kind::Spiking(SpikingSpec { code: None, .. })) => PLANE_CURRENTS,
        (Source::Table, Kind::Spiking(SpikingSpec { code: Some(_), .. })) => 1.0 / DEVIATIONS,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests;
