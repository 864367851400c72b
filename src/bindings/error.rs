//! Refusals as the page reads them: `{code, message, detail}`.

use crate::data::DataError;
use crate::experiment::checkpoint::CheckpointError;
use crate::experiment::config::ConfigError;
use crate::experiment::lab::StartError;
use crate::experiment::twin::FollowError;
use crate::kernels::product::ProductError;
use crate::session::log::CommandError;
use serde::Serialize;
use wasm_bindgen::JsValue;

/// A refusal; the page translates by code and falls back to the message.
#[derive(Serialize, tsify::Tsify)]
pub struct EngineError {
    code: String,
    message: String,
    detail: Detail,
}

/// What a message may need besides.
#[derive(Serialize, tsify::Tsify)]
pub struct Detail {
    subject: String,
}

impl EngineError {
    /// A refusal about `subject`.
    pub fn new(code: &str, message: String, subject: &str) -> Self {
        Self { code: code.to_owned(), message, detail: Detail { subject: subject.to_owned() } }
    }
}

impl From<ConfigError> for EngineError {
    fn from(error: ConfigError) -> Self {
        Self::new(error.code(), error.to_string(), error.subject())
    }
}

impl From<DataError> for EngineError {
    fn from(error: DataError) -> Self {
        Self::new(error.code(), error.to_string(), "")
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

impl From<serde_wasm_bindgen::Error> for EngineError {
    fn from(error: serde_wasm_bindgen::Error) -> Self {
        Self::new("config-malformed", error.to_string(), "")
    }
}

impl From<EngineError> for JsValue {
    fn from(error: EngineError) -> Self {
        serde_wasm_bindgen::to_value(&error).unwrap_or_else(|_| Self::from_str(&error.message))
    }
}
