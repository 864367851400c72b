//! Refusals as the page reads them: `{code, message, detail}`.

use crate::data::DataError;
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

impl From<DataError> for EngineError {
    fn from(error: DataError) -> Self {
        Self::new(error.code(), error.to_string(), "")
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
