//! Values of Rust as values of JavaScript, and back.

use super::error::EngineError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

/// # Errors
/// If the value has no counterpart, which is a fault of its type.
pub fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(serde_wasm_bindgen::to_value(value).map_err(EngineError::from)?)
}

/// # Errors
/// If the value is not what is asked for.
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, EngineError> {
    Ok(serde_wasm_bindgen::from_value(value)?)
}
