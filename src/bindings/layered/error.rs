//! How layered networks refuse.

use super::super::error::EngineError;
use crate::experiment::checkpoint::CheckpointError;
use crate::experiment::config::ConfigError;
use crate::experiment::lab::StartError;
use crate::experiment::twin::FollowError;
use crate::kernels::product::ProductError;
use crate::session::log::CommandError;

impl From<ConfigError> for EngineError {
    fn from(error: ConfigError) -> Self {
        Self::new(error.code(), error.to_string(), error.subject())
    }
}

impl From<CommandError> for EngineError {
    fn from(error: CommandError) -> Self {
        Self::new("command", error.to_string(), "")
    }
}

impl From<FollowError> for EngineError {
    fn from(error: FollowError) -> Self {
        Self::new("journal", error.to_string(), "")
    }
}

impl From<StartError> for EngineError {
    fn from(error: StartError) -> Self {
        match error {
            StartError::Config(error) => error.into(),
            StartError::Checkpoint(error) => error.into(),
            StartError::Follow(error) => error.into(),
        }
    }
}

impl From<CheckpointError> for EngineError {
    fn from(error: CheckpointError) -> Self {
        Self::new(error.code(), error.to_string(), "")
    }
}

impl From<ProductError> for EngineError {
    fn from(error: ProductError) -> Self {
        let code = match error {
            ProductError::Empty { .. } => "product-empty",
            ProductError::TooLarge { .. } => "product-too-large",
        };
        Self::new(code, error.to_string(), "")
    }
}
