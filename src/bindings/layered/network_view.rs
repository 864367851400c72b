//! What the picture of a network asks of the laboratory, and what is done to it by hand.

use super::super::convert::to_js;
use super::super::error::EngineError;
use super::lab::{Lab, side_of, split_of};
use super::network_shapes::{
    Backward, DigitReading, HeldUnit, LayerGradients, LayerPicture, NetworkPicture, OtherUnit, PictureQuery,
    Reading, UnitCurve, UnitInTime, UnitName, UnitState,
};
use crate::experiment::edit::{Edit, EditError};
use crate::experiment::{Side, anatomy, drawn_digit, microscope};
use js_sys::Float32Array;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

fn floats(numbers: &[f32]) -> Float32Array {
    Float32Array::from(numbers)
}

fn absent() -> EngineError {
    EngineError::new("unit-absent", "there is no such unit".to_owned(), "")
}

#[wasm_bindgen]
impl Lab {
    /// Both networks as they can be drawn: weights of the units that are shown.
    ///
    /// # Errors
    /// If the query cannot be read.
    #[wasm_bindgen(unchecked_return_type = "NetworkPicture[]")]
    pub fn picture(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "PictureQuery")] query: JsValue,
    ) -> Result<JsValue, JsValue> {
        let query: PictureQuery = serde_wasm_bindgen::from_value(query).map_err(EngineError::from)?;
        to_js(&Side::BOTH.map(|side| self.network_picture(side, &query)))
    }

    /// Puts a weight, or the bias where `from` is none, to a number; layers are counted from the first hidden
    /// one, the output last.
    ///
    /// # Errors
    /// If there is no such weight, or the number is none.
    #[wasm_bindgen(js_name = editWeight)]
    pub fn edit_weight(
        &mut self,
        network: &str,
        layer: u32,
        from: Option<u32>,
        unit: u32,
        value: f32,
    ) -> Result<(), JsValue> {
        let side = side_of(network);
        let edit = Edit::Weight { from, value };
        let command = edit.command(&self.lab.twin().half(side).session, side, layer, unit);
        let command = command.map_err(EngineError::from)?;
        Ok(self.lab.twin_mut().command(side, command).map_err(EngineError::from)?)
    }

    /// What a unit of a hidden layer answers to weighted sums.
    ///
    /// # Errors
    /// If there is no such unit.
    #[wasm_bindgen(js_name = unitCurve, unchecked_return_type = "UnitCurve")]
    pub fn unit_curve(&self, network: &str, layer: u32, unit: u32) -> Result<JsValue, JsValue> {
        let session = &self.lab.twin().half(side_of(network)).session;
        let found = anatomy::curve(session, layer as usize, unit).ok_or_else(absent)?;
        to_js(&UnitCurve {
            inputs: floats(&found.inputs),
            response: floats(&found.response),
            rate_hz: floats(&found.rate_hz),
            activation: floats(&found.activation),
            gain: found.gain,
        })
    }

    /// One example forward and back, without an update; in time for the unit that is chosen.
    ///
    /// # Errors
    /// If the query cannot be read, or there is not enough memory.
    #[wasm_bindgen(unchecked_return_type = "Backward[]")]
    pub fn backward(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "PictureQuery")] query: JsValue,
    ) -> Result<JsValue, JsValue> {
        let query: PictureQuery = serde_wasm_bindgen::from_value(query).map_err(EngineError::from)?;
        let [artificial, spiking] = Side::BOTH.map(|side| self.network_backward(side, &query));
        to_js(&[artificial?, spiking?])
    }

    /// What both networks read in a square of pixels, 0 to 1, that somebody drew; brought into the form of the
    /// digits first.
    ///
    /// # Errors
    /// If the data are no square images of that size.
    #[wasm_bindgen(js_name = readDrawing, unchecked_return_type = "DigitReading")]
    pub fn read_drawing(&mut self, pixels: &[f32]) -> Result<JsValue, JsValue> {
        let size = self.lab.twin().data().declaration().image_size;
        let side = size.filter(|&(width, height)| width == height).map_or(0, |(width, _)| width as usize);
        if side == 0 || pixels.len() != side * side || !pixels.iter().all(|ink| (0.0..=1.0).contains(ink)) {
            let message = format!("expected {side} × {side} pixels from 0 to 1, got {}", pixels.len());
            return Err(EngineError::new("drawing", message, "").into());
        }
        let seen = drawn_digit::normalised(pixels, side);
        let networks = Side::BOTH.map(|side| {
            let found = drawn_digit::read(self.lab.twin_mut(), side, &seen);
            Reading {
                kind: side.id(),
                output: floats(&found.output),
                predicted: found.predicted,
                spikes: found.spikes,
            }
        });
        to_js(&DigitReading { seen: floats(&seen), networks: networks.into() })
    }
}

impl From<EditError> for EngineError {
    fn from(error: EditError) -> Self {
        match error {
            EditError::Kind(error) => error.into(),
            EditError::Command(error) => error.into(),
        }
    }
}

impl PictureQuery {
    fn shown(&self, side: Side) -> &[Vec<u32>] {
        self.shown.get(side.index()).map_or(&[], Vec::as_slice)
    }

    fn chosen(&self, side: Side) -> Option<&UnitName> {
        self.chosen.as_ref().filter(|unit| unit.network == side.id())
    }
}

impl Lab {
    fn example(&self, query: &PictureQuery) -> (crate::data::Split, u32) {
        let split = split_of(&query.split);
        (split, query.example.min(self.lab.twin().data().samples(split).saturating_sub(1)))
    }

    fn network_picture(&mut self, side: Side, query: &PictureQuery) -> NetworkPicture {
        let (split, example) = self.example(query);
        let image = self.lab.twin().data().declaration().image_size.is_some();
        let session = &mut self.lab.twin_mut().half_mut(side).session;
        let mut input = vec![0.0; session.data().features()];
        session.data().write_inputs(split, &[example], &mut input);
        let layers = anatomy::layers(session, query.shown(side), query.most as usize, image);
        let chosen = query.chosen(side).and_then(|name| {
            let (layer, unit) = (name.layer, name.unit);
            anatomy::unit(session, layer as usize, unit as usize, split, example)
                .map(|found| (layer, unit, found))
        });
        NetworkPicture {
            kind: side.id(),
            input: floats(&input),
            channels: session.network().channels() as u32,
            layers: layers.into_iter().map(LayerPicture::from).collect(),
            unit: chosen.map(|(layer, unit, found)| UnitState {
                layer,
                unit,
                kind: found.kind,
                held: found.held,
                inputs: floats(&found.inputs),
                weights: floats(&found.weights),
                bias: found.bias,
                drive: found.drive,
                response: found.response,
                outgoing: floats(&found.outgoing),
            }),
        }
    }

    fn network_backward(&mut self, side: Side, query: &PictureQuery) -> Result<Backward, EngineError> {
        let example = self.example(query);
        let session = &mut self.lab.twin_mut().half_mut(side).session;
        let chosen = query.chosen(side).map(|name| (name.layer as usize, name.unit));
        let found = microscope::backward(session, query.shown(side), chosen, example);
        let found = found.map_err(|error| EngineError::new("config-memory", error.to_string(), ""))?;
        Ok(Backward {
            kind: side.id(),
            loss: found.loss,
            output: floats(&found.output),
            target: floats(&found.target),
            layers: found
                .layers
                .iter()
                .map(|layer| LayerGradients {
                    weights: floats(&layer.weights),
                    largest: layer.largest,
                    biases: floats(&layer.biases),
                    responses: floats(&layer.responses),
                })
                .collect(),
            in_time: found.in_time.map(|unit| UnitInTime {
                potential: floats(&unit.potential),
                spikes: floats(&unit.spikes),
                surrogate: floats(&unit.surrogate),
                error: floats(&unit.error),
                flow: floats(&unit.flow),
            }),
        })
    }
}

impl From<anatomy::LayerPicture> for LayerPicture {
    fn from(layer: anatomy::LayerPicture) -> Self {
        Self {
            shown: layer.shown,
            weights: floats(&layer.weights),
            biases: floats(&layer.biases),
            norms: floats(&layer.norms),
            fields: floats(&layer.fields),
            others: layer.others.into_iter().map(|(unit, kind)| OtherUnit { unit, kind }).collect(),
            held: layer.held.into_iter().map(|(unit, level)| HeldUnit { unit, level }).collect(),
        }
    }
}
