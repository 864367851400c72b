//! The spiking networks that benches measure, as a JavaScript class.

use super::super::error::EngineError;
use crate::experiment::circuits::workload as circuit;
use crate::snn::NetworkError;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// A spiking network of a fixed size, with all of its spikes.
#[wasm_bindgen]
pub struct CircuitWork {
    work: circuit::CircuitWork,
}

#[wasm_bindgen]
impl CircuitWork {
    /// The work of that name, at its beginning.
    ///
    /// # Errors
    /// If no work has that name, or it would take too much memory.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str) -> Result<Self, JsValue> {
        Ok(Self { work: circuit::CircuitWork::new(name).map_err(network)? })
    }

    /// The names of all works.
    pub fn names() -> Vec<String> {
        circuit::NAMES.map(str::to_owned).to_vec()
    }

    /// Advances by about so many milliseconds; how many spikes there were.
    ///
    /// # Errors
    /// If a number of the network is not finite.
    pub fn advance(&mut self, ms: f64) -> Result<f64, JsValue> {
        Ok(self.work.advance(ms).map_err(network)? as f64)
    }

    /// Biological time, ms.
    #[wasm_bindgen(getter, js_name = timeMs)]
    pub fn time_ms(&self) -> f64 {
        self.work.network().time_ms()
    }

    /// Neurons of all populations.
    #[wasm_bindgen(getter)]
    pub fn neurons(&self) -> u32 {
        self.work.neurons()
    }

    /// Synapses that were drawn.
    #[wasm_bindgen(getter)]
    pub fn synapses(&self) -> f64 {
        self.work.network().synapses() as f64
    }

    /// SHA-256 of the state.
    pub fn hash(&self) -> String {
        self.work.network().hash()
    }
}

fn network(error: NetworkError) -> EngineError {
    EngineError::new("workload", error.to_string(), "")
}
