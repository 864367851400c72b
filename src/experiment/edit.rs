//! What a visitor says of single units and weights, as commands of a session.

use super::{ConfigError, Side};
use crate::session::Session;
use crate::session::log::{Command, CommandError};

/// The command that puts a weight, or a bias where `from` is none, to a number.
///
/// # Errors
/// If there is no such weight.
pub fn weight_command(
    session: &Session,
    layer: u32,
    from: Option<u32>,
    unit: u32,
    value: f32,
) -> Result<Command, CommandError> {
    let network = session.network();
    let shapes = network.weight_shapes();
    let parameter = layer.saturating_mul(2).saturating_add(u32::from(from.is_none()));
    let index = u64::from(from.unwrap_or(0));
    let refused =
        |len: usize| CommandError::NoWeight { parameter, index: unit, parameters: 2 * shapes.len(), len };
    let &(fan_in, fan_out) = shapes.get(layer as usize).ok_or_else(|| refused(0))?;
    if unit as usize >= fan_out || index >= fan_in as u64 {
        return Err(refused(if from.is_some() { fan_in * fan_out } else { fan_out }));
    }
    let index = index * fan_out as u64 + u64::from(unit);
    Ok(Command::Weight { parameter, index: index as u32, value })
}

/// What a visitor says of units and weights.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Holds a unit at a number, or lets it go.
    Hold {
        /// The number.
        level: Option<f32>,
    },
    /// Makes a unit one of another kind, by its id; of its own again where it is empty.
    Swap {
        /// The id.
        kind: String,
    },
    /// Puts a weight, or the bias, to a number.
    Weight {
        /// Which input of the unit, or none for the bias.
        from: Option<u32>,
        /// The number.
        value: f32,
    },
}

impl Edit {
    /// The command that it is, to a unit of one of the networks.
    ///
    /// # Errors
    /// If there is no such kind or weight.
    pub fn command(
        &self,
        session: &Session,
        side: Side,
        layer: u32,
        unit: u32,
    ) -> Result<Command, EditError> {
        Ok(match self {
            Self::Hold { level } => Command::Hold { layer, unit, level: *level },
            Self::Swap { kind } if kind.is_empty() => Command::Swap { layer, unit, to: None },
            Self::Swap { kind } => {
                Command::Swap { layer, unit, to: Some(super::config::trained_kind(side, kind)?) }
            }
            Self::Weight { from, value } => weight_command(session, layer, *from, unit, *value)?,
        })
    }
}

/// Why an edit is refused.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// A kind that does not exist.
    #[error(transparent)]
    Kind(#[from] ConfigError),
    /// What cannot be done.
    #[error(transparent)]
    Command(#[from] CommandError),
}
