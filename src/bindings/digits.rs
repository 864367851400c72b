//! A network that learns digits by spike timing, as a JavaScript class.

use super::error::EngineError;
use crate::data::images;
use crate::experiment::circuits::DiehlCook;
use crate::experiment::digit_student::Student;
use js_sys::Float32Array;
use serde::Serialize;
use std::sync::Arc;
use tsify::Tsify;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Digits, and a network that sees them one by one.
#[wasm_bindgen]
pub struct DigitStudent {
    student: Student,
}

/// How far it is; null where there is no answer yet.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct StudentProgress {
    /// Digits shown.
    shown: f64,
    /// Biological time, ms.
    time_ms: f64,
    /// Place in the training set of the digit that is being shown.
    showing: Option<u32>,
    /// The last digit whose answer was read.
    last: Option<MarkEntry>,
    /// Share of right answers among the last 200.
    accuracy: Option<f64>,
    /// The digit that each neuron stands for, −1 for none.
    labels: Vec<i8>,
}

/// An answer that was read.
#[derive(Clone, Copy, Serialize, Tsify)]
pub struct MarkEntry {
    index: u32,
    class: u8,
    read: Option<u8>,
}

#[wasm_bindgen]
impl DigitStudent {
    /// A network of so many neurons, and the two unpacked files of a set of pictures.
    ///
    /// # Errors
    /// If the files are not what was shipped, or the network takes more than `limit_bytes`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        set: &str,
        train: Vec<u8>,
        test: Vec<u8>,
        neurons: u32,
        seed: u32,
        limit_bytes: f64,
    ) -> Result<Self, JsValue> {
        let data = images::load(set, train, test).map_err(EngineError::from)?;
        let circuit = DiehlCook { neurons: f64::from(neurons), ..DiehlCook::default() };
        let student = Student::new(&circuit, Arc::new(data), u64::from(seed), limit_bytes as u64);
        Ok(Self { student: student.map_err(EngineError::from)? })
    }

    /// Advances by at least so many ms of biological time; how far it is then.
    ///
    /// # Errors
    /// Never, as long as conductances are finite.
    #[wasm_bindgen(unchecked_return_type = "StudentProgress")]
    pub fn advance(&mut self, duration_ms: f64) -> Result<JsValue, JsValue> {
        let mut last = None;
        let until = self.student.reader().network().time_ms() + duration_ms;
        while self.student.reader().network().time_ms() < until {
            last = self.student.advance().map_err(EngineError::from)?.or(last);
        }
        let reader = self.student.reader();
        let progress = StudentProgress {
            shown: reader.shown() as f64,
            time_ms: reader.network().time_ms(),
            showing: self.student.showing(),
            last: last.map(|mark| MarkEntry { index: mark.index, class: mark.class, read: mark.read }),
            accuracy: self.student.accuracy(),
            labels: reader.labels().iter().map(|label| label.map_or(-1, |label| label as i8)).collect(),
        };
        Ok(serde_wasm_bindgen::to_value(&progress).map_err(EngineError::from)?)
    }

    /// Weights `(784 pixels, neurons)`.
    pub fn weights(&self) -> Float32Array {
        Float32Array::from(&self.student.reader().weights()[..])
    }

    /// SHA-256 of its state.
    pub fn hash(&self) -> String {
        self.student.reader().network().hash()
    }
}
