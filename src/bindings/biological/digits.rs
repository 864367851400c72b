//! A network that learns digits by spike timing, as a JavaScript class.

use super::super::convert::to_js;
use super::super::error::EngineError;
use crate::data::{Split, images};
use crate::experiment::circuits::DiehlCook;
use crate::experiment::digit_presentation::{Presentation, Spikes};
use crate::experiment::digit_reader::{PAUSE_MS, SHOWN_MS};
use crate::experiment::digit_student::{MARKS, Student};
use js_sys::{Float32Array, Int8Array, Uint8Array, Uint16Array};
use serde::Serialize;
use std::sync::Arc;
use tsify::Tsify;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Digits, and a network that sees them one by one.
#[wasm_bindgen]
pub struct DigitStudent {
    student: Student,
}

/// How far it is.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct StudentProgress {
    /// Digits that it learned from.
    shown: f64,
    /// Biological time of the network that learns, ms.
    time_ms: f64,
    /// That of the network that is shown digits now, which is a copy while it does not learn.
    present_ms: f64,
    /// Whether it learns.
    learning: bool,
    /// Right answers among the last `marks`, and how many of these there are yet.
    right: u32,
    of: u32,
    marks: u32,
    /// 95 % interval of their share.
    low: f64,
    high: f64,
    /// Digits learned from, and share of right answers then.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    curve_digits: Float32Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    curve_share: Float32Array,
    /// The last digit that was shown to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    last: Option<PresentationEntry>,
}

/// A digit as the network saw it.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PresentationEntry {
    /// Part of the data; absent for one that was drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "'train' | 'test'")]
    split: Option<&'static str>,
    /// Place in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    index: Option<u32>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    class: Option<u8>,
    /// What was read; absent without labels or without an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    read: Option<u8>,
    /// How probable each digit is by the spikes.
    probabilities: [f64; 10],
    /// Attempts that it took.
    attempts: u32,
    /// How long it is shown, and nothing after it, ms.
    shown_ms: f64,
    pause_ms: f64,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pixels: Float32Array,
    /// Spikes of the pixels.
    retina: SpikesEntry,
    /// Spikes of the excitatory neurons.
    excitatory: SpikesEntry,
}

/// Spikes in the order of time.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SpikesEntry {
    /// ms after the digit appeared.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    times_ms: Float32Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Uint16Array")]
    neurons: Uint16Array,
}

/// What each neuron is.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct StudentNeurons {
    /// Weights `(neurons, 784 pixels)`: 255 is the largest weight there may be.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Uint8Array")]
    fields: Uint8Array,
    /// The digit that each stands for, −1 for none.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Int8Array")]
    labels: Int8Array,
    /// What its threshold has risen by, mV.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    thetas_mv: Float32Array,
    /// `(neurons, 10 digits)`: how its rate is shared among the digits.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    shares: Float32Array,
}

impl From<&Spikes> for SpikesEntry {
    fn from(spikes: &Spikes) -> Self {
        Self {
            times_ms: Float32Array::from(&spikes.times_ms[..]),
            neurons: Uint16Array::from(&spikes.neurons[..]),
        }
    }
}

impl From<&Presentation> for PresentationEntry {
    fn from(shown: &Presentation) -> Self {
        let split = |split| if split == Split::Test { "test" } else { "train" };
        Self {
            split: shown.source.map(|(of, _)| split(of)),
            index: shown.source.map(|(_, index)| index),
            class: shown.class,
            read: shown.read,
            probabilities: shown.probabilities,
            attempts: shown.attempts,
            shown_ms: SHOWN_MS,
            pause_ms: PAUSE_MS,
            pixels: Float32Array::from(&shown.pixels[..]),
            retina: SpikesEntry::from(&shown.retina),
            excitatory: SpikesEntry::from(&shown.excitatory),
        }
    }
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

    /// Another network, which has seen nothing, with the same digits.
    ///
    /// # Errors
    /// As the constructor; nothing is changed then.
    pub fn restart(&mut self, neurons: u32, seed: u32, limit_bytes: f64) -> Result<(), JsValue> {
        let circuit = DiehlCook { neurons: f64::from(neurons), ..DiehlCook::default() };
        let restarted = self.student.restarted(&circuit, u64::from(seed), limit_bytes as u64);
        self.student = restarted.map_err(EngineError::from)?;
        Ok(())
    }

    /// Goes on to the end of a digit.
    ///
    /// # Errors
    /// Never, as long as conductances are finite.
    pub fn digit(&mut self) -> Result<(), JsValue> {
        while !self.student.advance().map_err(EngineError::from)? {}
        Ok(())
    }

    /// Whether it learns from the next digit on, or is asked those of the test part.
    #[wasm_bindgen(js_name = setLearning)]
    pub fn set_learning(&mut self, learning: bool) {
        self.student.set_learning(learning);
    }

    /// How far it is.
    ///
    /// # Errors
    /// Never.
    #[wasm_bindgen(unchecked_return_type = "StudentProgress")]
    pub fn progress(&self) -> Result<JsValue, JsValue> {
        let Self { student } = self;
        let (share, curve) = (student.share(), student.curve());
        let (low, high) = share.interval();
        let digits: Vec<f32> = curve.iter().map(|&(digits, _)| digits as f32).collect();
        let shares: Vec<f32> = curve.iter().map(|(_, at)| at.right as f32 / at.of as f32).collect();
        to_js(&StudentProgress {
            shown: student.reader().shown() as f64,
            time_ms: student.reader().network().time_ms(),
            present_ms: student.present_ms(),
            learning: student.learning(),
            right: share.right,
            of: share.of,
            marks: MARKS as u32,
            low,
            high,
            curve_digits: Float32Array::from(&digits[..]),
            curve_share: Float32Array::from(&shares[..]),
            last: student.last().map(PresentationEntry::from),
        })
    }

    /// What each neuron is.
    ///
    /// # Errors
    /// Never.
    #[wasm_bindgen(unchecked_return_type = "StudentNeurons")]
    pub fn neurons(&mut self) -> Result<JsValue, JsValue> {
        let thetas_mv = self.student.thetas_mv();
        let reader = self.student.reader();
        let labels: Vec<i8> = reader.labels().iter().map(|label| label.map_or(-1, |at| at as i8)).collect();
        let shares: Vec<f32> = reader.shares().iter().flatten().map(|&share| share as f32).collect();
        to_js(&StudentNeurons {
            fields: Uint8Array::from(&self.student.fields()[..]),
            labels: Int8Array::from(&labels[..]),
            thetas_mv: Float32Array::from(&thetas_mv[..]),
            shares: Float32Array::from(&shares[..]),
        })
    }

    /// Shows it a picture of 784 pixels in [0, 1], moved to where pictures of the set lie, from which it
    /// does not learn.
    ///
    /// # Errors
    /// If it is no such picture.
    #[wasm_bindgen(unchecked_return_type = "PresentationEntry")]
    pub fn ask(&mut self, pixels: &[f32]) -> Result<JsValue, JsValue> {
        let asked = self.student.ask(pixels).map_err(EngineError::from)?;
        to_js(&PresentationEntry::from(&asked))
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
