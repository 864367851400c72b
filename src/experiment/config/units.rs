//! Units of another kind than their layer: which ones, and which numbers their neurons have.

use super::{ConfigError, LayerConfig, check_as, declared, refused_choice};
use crate::ann::{Swap, UnitNeuron};
use crate::experiment::Side;
use crate::graph::ops::neuron_step::Neuron;
use serde::{Deserialize, Serialize};

/// A unit that is of another kind than the rest of its layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UnitConfig {
    /// Unit, from 0.
    pub unit: u32,
    /// Id of its kind: an activation, or a neuron; of a spiking unit a neuron that fires.
    pub kind: String,
}

/// A neuron that units of another kind are, where it is not as declared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NeuronConfig {
    /// Id of the neuron; not `lif`, whose numbers are those of the spiking network.
    pub id: String,
    /// Parameters that differ from their defaults.
    pub values: Vec<NeuronValue>,
    /// Whether nothing is learned through it.
    pub frozen: bool,
}

/// A parameter of a neuron.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NeuronValue {
    /// Key of the parameter, as the neuron declares it.
    pub key: String,
    /// Its value.
    pub value: f64,
}

impl LayerConfig {
    /// Units of another kind in one of the networks.
    pub(super) fn kinds(&self, side: Side) -> Result<Vec<(u32, Swap)>, ConfigError> {
        let (key, others) = match side {
            Side::Artificial => (others_key(side), &self.others),
            Side::Spiking => (others_key(side), &self.spiking_others),
        };
        let kind = |(at, other): (usize, &UnitConfig)| {
            let kind = unit_kind(side, &other.kind)?;
            let twice = others[..at].iter().any(|before| before.unit == other.unit);
            if twice || other.unit >= self.units {
                return Err(ConfigError::Unit { key, units: self.units, got: other.unit });
            }
            Ok((other.unit, kind))
        };
        others.iter().enumerate().map(kind).collect()
    }
}

impl NeuronConfig {
    /// The neuron, checked.
    pub(super) fn unit(&self) -> Result<UnitNeuron, ConfigError> {
        let kind = unit_kind(Side::Artificial, &self.id);
        let model = kind.ok().and_then(Swap::model).ok_or_else(|| {
            let others = Swap::all().filter_map(Swap::model).map(|neuron| neuron.declaration().id);
            refused_choice("neurons", others, &self.id)
        })?;
        let declaration = model.declaration();
        for NeuronValue { key, value } in &self.values {
            let parameter = declaration.parameters.iter().find(|parameter| parameter.key == key);
            let parameter = parameter.ok_or_else(|| {
                let keys = declaration.parameters.iter().map(|parameter| parameter.key);
                refused_choice(&format!("neurons.{}", declaration.id), keys, key)
            })?;
            check_as(&format!("neurons.{}.{}", declaration.id, parameter.key), parameter, *value)?;
        }
        let values: Vec<(&str, f64)> =
            self.values.iter().map(|given| (given.key.as_str(), given.value)).collect();
        let neuron = Neuron::named(declaration.id, &values);
        let neuron = neuron.map_err(|error| ConfigError::Neuron { why: error.to_string() })?;
        Ok(UnitNeuron { neuron, frozen: self.frozen })
    }
}

/// Key of the list of units of another kind.
fn others_key(side: Side) -> &'static str {
    match side {
        Side::Artificial => "layers.others",
        Side::Spiking => "layers.spikingOthers",
    }
}

/// What a unit of a network can become, by its id.
///
/// # Errors
/// If there is none of that id.
pub fn unit_kind(side: Side, id: &str) -> Result<Swap, ConfigError> {
    let key = others_key(side);
    let spiking = side == Side::Spiking;
    let becomes =
        |kind: Swap| !spiking || kind == Swap::Neuron || kind.model().is_some_and(|neuron| neuron.fires());
    let kinds = || Swap::all().zip(&declared::UNIT_KINDS).filter(|(kind, _)| becomes(*kind));
    let found = kinds().find(|(_, choice)| choice.id == id).map(|(kind, _)| kind);
    found.ok_or_else(|| refused_choice(key, kinds().map(|(_, choice)| choice.id), id))
}

/// The id of what a unit is.
pub fn kind_id(kind: Swap) -> &'static str {
    let found = Swap::all().zip(&declared::UNIT_KINDS).find(|(other, _)| *other == kind);
    // The fitted leaky neuron is in no list: it has the name of the other.
    found.map_or("lif", |(_, choice)| choice.id)
}

/// What a unit becomes while the network learns, by its id: as [`unit_kind`], but fitted to what it was, the
/// leaky integrate-and-fire neuron, too.
///
/// # Errors
/// If there is none of that id.
pub fn trained_kind(side: Side, id: &str) -> Result<Swap, ConfigError> {
    let kind = unit_kind(side, id)?;
    Ok(if side == Side::Artificial { kind.of_trained() } else { kind })
}
