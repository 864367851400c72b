//! The models that benches measure, as a JavaScript class.

use super::super::error::EngineError;
use crate::workload::{self, WorkloadError};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// A model of a fixed size that learns one fixed batch.
#[wasm_bindgen]
pub struct Workload {
    work: workload::Workload,
}

impl From<WorkloadError> for EngineError {
    fn from(error: WorkloadError) -> Self {
        Self::new("workload", error.to_string(), "")
    }
}

#[wasm_bindgen]
impl Workload {
    /// The work of that name.
    ///
    /// # Errors
    /// If no work has that name.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str) -> Result<Self, JsValue> {
        Ok(Self { work: workload::Workload::new(name).map_err(EngineError::from)? })
    }

    /// The names of all works.
    pub fn names() -> Vec<String> {
        workload::NAMES.map(str::to_owned).to_vec()
    }

    /// Learns the batch so many times more; the loss before the last of them.
    pub fn train(&mut self, steps: u32) -> f32 {
        self.work.train(steps)
    }

    /// Examples of a batch.
    #[wasm_bindgen(getter)]
    pub fn batch(&self) -> u32 {
        self.work.batch() as u32
    }

    /// Floating-point operations of a step, the update left aside.
    #[wasm_bindgen(getter)]
    pub fn flops(&self) -> f64 {
        self.work.flops() as f64
    }
}
