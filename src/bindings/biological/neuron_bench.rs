//! The neuron bench as a JavaScript class.

use super::super::convert::{from_js, to_js};
use super::super::error::EngineError;
use crate::experiment::neuron_bench::{self, BenchConfig, BenchError, record};
use crate::snn::monitors::fi_curve::Point;
use crate::snn::monitors::phase_plane::{Segment, Stability};
use js_sys::{Array, Float32Array, Float64Array};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Up to four neurons under one stimulus.
#[wasm_bindgen]
pub struct NeuronBench {
    bench: neuron_bench::NeuronBench,
}

/// A run in numbers.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BenchSummary {
    /// How long it lasted, ms.
    pub duration_ms: f64,
    /// Each neuron, in the order of the configuration.
    pub neurons: Vec<BenchNeuron>,
}

/// What one neuron did.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BenchNeuron {
    /// Title of its model.
    pub title: &'static str,
    /// Unit of its drive.
    pub drive_unit: &'static str,
    /// What was recorded.
    pub variables: Vec<BenchVariable>,
    /// When it fired, ms.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float64Array")]
    pub spikes_ms: Float64Array,
    /// Rate while it fires, Hz; absent for fewer than two spikes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub rate_hz: Option<f64>,
    /// Coefficient of variation of its intervals; absent for fewer than three spikes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub cv: Option<f64>,
}

/// A variable that was recorded.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BenchVariable {
    /// Key of its declaration.
    pub key: &'static str,
    /// Symbol, LaTeX.
    pub symbol: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// What it stands for.
    pub meaning: &'static str,
    /// Where in a cell, µm; absent in a point.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub distance_um: Option<f64>,
    /// Whether a phase plane can have it along y.
    pub plane: bool,
}

/// Traces for a plot: two points a column, the extremes of it.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BenchTraces {
    /// Times of the points, ms.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float64Array")]
    pub times_ms: Float64Array,
    /// Each neuron.
    pub neurons: Vec<NeuronTraces>,
}

/// Traces of one neuron.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NeuronTraces {
    /// The current, in its unit of drive.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub drive: Float32Array,
    /// One for each variable.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array[]")]
    pub variables: Array,
}

/// What a neuron is in at a moment.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BenchMoment {
    /// When: the last sample at or before the time that was asked for, ms.
    pub time_ms: f64,
    /// The current into it, in the unit of drive.
    pub drive: f64,
    /// What stands for it in equations, LaTeX.
    pub drive_symbol: &'static str,
    /// Whether it has just fired and is put back: its potential is that before.
    pub resets: bool,
    /// What was recorded, then what is declared and was not.
    pub variables: Vec<BenchStanding>,
}

/// A variable at a moment.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BenchStanding {
    /// Symbol, LaTeX.
    pub symbol: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// Where in a cell, µm; absent in a point.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub distance_um: Option<f64>,
    /// Its value; absent where the run did not keep it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub value: Option<f64>,
    /// By how much it moves a ms; absent where that says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub rate: Option<f64>,
    /// Unit of that.
    pub rate_unit: String,
}

/// A phase plane.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BenchPlane {
    /// Index of the variable along y.
    pub variable: u32,
    /// Range along x, of the first variable.
    pub x: (f64, f64),
    /// Range along y.
    pub y: (f64, f64),
    /// Current of the moment, in the unit of drive.
    pub drive: f64,
    /// Pieces `x, y, x, y` on which the first variable stands still.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub x_nullcline: Float32Array,
    /// Pieces on which the other one does.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub y_nullcline: Float32Array,
    /// Arrows `x, y, dx/dt, dy/dt`.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub arrows: Float32Array,
    /// Where both stand still.
    pub fixed_points: Vec<BenchFixedPoint>,
    /// The run, `x, y` after `x, y`.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub trajectory: Float32Array,
    /// The state of the moment.
    pub now: (f32, f32),
}

/// A fixed point and what happens near it.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BenchFixedPoint {
    /// Along x.
    pub x: f64,
    /// Along y.
    pub y: f64,
    /// Its kind.
    #[tsify(
        type = "'stable-node' | 'unstable-node' | 'saddle' | 'stable-focus' | 'unstable-focus' | 'marginal'"
    )]
    pub kind: &'static str,
    /// Whether small deviations die out.
    pub stable: bool,
}

/// Currents of an electrode that holds the potential.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BenchClamp {
    /// Times of the points, ms.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float64Array")]
    pub times_ms: Float64Array,
    /// Each level.
    pub levels: Vec<BenchClampLevel>,
}

/// One level of a voltage clamp.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BenchClampLevel {
    /// The level, mV.
    pub level_mv: f64,
    /// The whole current, outward positive, in the unit of drive.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub current: Float32Array,
    /// That of sodium channels; empty where the model has none.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub sodium: Float32Array,
    /// That of potassium channels; empty where the model has none.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "Float32Array")]
    pub potassium: Float32Array,
    /// The most inward current of the step.
    pub inward: f64,
    /// The current at the end of the step.
    pub steady: f64,
}

/// How far an f-I curve is.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BenchCurve {
    /// Whether all points are there.
    pub done: bool,
    /// How many there will be.
    pub total: u32,
    /// Those that are there.
    pub points: Vec<CurvePoint>,
}

/// A point of an f-I curve.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CurvePoint {
    /// The current, in the unit of drive.
    pub drive: f64,
    /// Rate once settled, Hz.
    pub rate_hz: f64,
    /// The first interval as a rate, Hz; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub initial_rate_hz: Option<f64>,
    /// From the onset to the first spike, ms; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub latency_ms: Option<f64>,
}

impl From<BenchError> for EngineError {
    fn from(error: BenchError) -> Self {
        let neuron = error.neuron().map(|neuron| neuron.to_string()).unwrap_or_default();
        Self::new(error.code(), error.to_string(), &neuron)
    }
}

impl From<&neuron_bench::Record> for BenchNeuron {
    fn from(record: &neuron_bench::Record) -> Self {
        let variable = |(at, variable): (usize, &neuron_bench::Variable)| BenchVariable {
            key: variable.key,
            symbol: variable.symbol,
            unit: variable.unit.symbol(),
            meaning: variable.meaning,
            distance_um: variable.distance_um,
            plane: at > 0 && variable.distance_um.is_none() && neuron_bench::plane::moves(variable.unit),
        };
        Self {
            title: record.title,
            drive_unit: record.drive_unit,
            variables: record.variables.iter().enumerate().map(variable).collect(),
            spikes_ms: Float64Array::from(record.spikes_ms.as_slice()),
            rate_hz: record.rate_hz(),
            cv: record.cv(),
        }
    }
}

impl From<neuron_bench::Moment> for BenchMoment {
    fn from(moment: neuron_bench::Moment) -> Self {
        let standing = |one: &neuron_bench::Standing| BenchStanding {
            symbol: one.variable.symbol,
            unit: one.variable.unit.symbol(),
            distance_um: one.variable.distance_um,
            value: one.value,
            rate: one.rate,
            rate_unit: one.rate_unit(),
        };
        Self {
            time_ms: moment.time_ms,
            drive: moment.drive,
            drive_symbol: moment.drive_symbol,
            resets: moment.resets,
            variables: moment.variables.iter().map(standing).collect(),
        }
    }
}

impl From<&Point> for CurvePoint {
    fn from(point: &Point) -> Self {
        let Point { drive, rate_hz, initial_rate_hz, latency_ms } = *point;
        Self { drive, rate_hz, initial_rate_hz, latency_ms }
    }
}

impl From<neuron_bench::PhasePlane> for BenchPlane {
    fn from(plane: neuron_bench::PhasePlane) -> Self {
        let floats = |numbers: Vec<f32>| Float32Array::from(numbers.as_slice());
        let pieces = |segments: &[Segment]| {
            floats(segments.iter().flatten().flat_map(|&(x, y)| [x as f32, y as f32]).collect())
        };
        let arrows =
            plane.arrows.iter().flat_map(|arrow| [arrow.at.0, arrow.at.1, arrow.rate.0, arrow.rate.1]);
        let kind = |stability| match stability {
            Stability::StableNode => "stable-node",
            Stability::UnstableNode => "unstable-node",
            Stability::Saddle => "saddle",
            Stability::StableFocus => "stable-focus",
            Stability::UnstableFocus => "unstable-focus",
            Stability::Marginal => "marginal",
        };
        let fixed = plane.fixed_points.iter().map(|point| BenchFixedPoint {
            x: point.x,
            y: point.y,
            kind: kind(point.stability),
            stable: point.stability.is_stable(),
        });
        Self {
            variable: plane.variable as u32,
            x: plane.x,
            y: plane.y,
            drive: plane.drive,
            x_nullcline: pieces(&plane.x_nullcline),
            y_nullcline: pieces(&plane.y_nullcline),
            arrows: floats(arrows.map(|number| number as f32).collect()),
            fixed_points: fixed.collect(),
            trajectory: floats(plane.trajectory.iter().flat_map(|&(x, y)| [x, y]).collect()),
            now: plane.now,
        }
    }
}

/// Columns of a plot: enough for any screen.
const MOST_COLUMNS: u32 = 8_192;

#[wasm_bindgen]
impl NeuronBench {
    /// A bench with its default run.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "JavaScript knows no Default")]
    pub fn new() -> Self {
        Self { bench: neuron_bench::NeuronBench::default() }
    }

    /// Whether a configuration wants the recording, which must be handed in first.
    ///
    /// # Errors
    /// If the configuration cannot be read.
    #[wasm_bindgen(js_name = needsRecording)]
    pub fn needs_recording(
        &self,
        #[wasm_bindgen(unchecked_param_type = "BenchConfig")] config: JsValue,
    ) -> Result<bool, JsValue> {
        Ok(self.bench.needs_recording(&from_js::<BenchConfig>(config)?))
    }

    /// Takes the unpacked file of the recorded stimulus.
    ///
    /// # Errors
    /// If it is not the one that was shipped.
    #[wasm_bindgen(js_name = loadRecording)]
    pub fn load_recording(&mut self, unpacked: &[u8]) -> Result<(), JsValue> {
        Ok(self.bench.load_recording(unpacked).map_err(EngineError::from)?)
    }

    /// Runs another configuration.
    ///
    /// # Errors
    /// If it is refused; the run of before stays then.
    #[wasm_bindgen(unchecked_return_type = "BenchSummary")]
    pub fn configure(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "BenchConfig")] config: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.bench.configure(from_js(config)?).map_err(EngineError::from)?;
        to_js(&BenchSummary {
            duration_ms: self.bench.config().duration_ms,
            neurons: self.bench.records().iter().map(BenchNeuron::from).collect(),
        })
    }

    /// The traces of a part of the run.
    ///
    /// # Errors
    /// Never.
    #[wasm_bindgen(unchecked_return_type = "BenchTraces")]
    pub fn traces(&self, from_ms: f64, until_ms: f64, columns: u32) -> Result<JsValue, JsValue> {
        let columns = columns.clamp(1, MOST_COLUMNS) as usize;
        let neurons = self.bench.records().iter().map(|run| {
            let points = |samples: &[f32]| {
                let points = record::extremes(samples, run.dt_ms, (from_ms, until_ms), columns);
                Float32Array::from(points.as_slice())
            };
            let variables = run.samples.iter().map(|samples| points(samples)).collect();
            NeuronTraces { drive: points(&run.drive), variables }
        });
        let times = record::times_ms(from_ms, until_ms, columns);
        to_js(&BenchTraces { times_ms: Float64Array::from(times.as_slice()), neurons: neurons.collect() })
    }

    /// The phase plane of a neuron: its first variable and another one, at a moment of the run.
    ///
    /// # Errors
    /// If there is no such neuron or variable.
    #[wasm_bindgen(unchecked_return_type = "BenchPlane")]
    pub fn plane(&self, neuron: u32, variable: u32, time_ms: f64) -> Result<JsValue, JsValue> {
        let plane = self.bench.plane(neuron as usize, variable as usize, time_ms);
        to_js(&BenchPlane::from(plane.map_err(EngineError::from)?))
    }

    /// What a neuron is in at a moment of the run.
    ///
    /// # Errors
    /// If there is no such neuron.
    #[wasm_bindgen(unchecked_return_type = "BenchMoment")]
    pub fn moment(&self, neuron: u32, time_ms: f64) -> Result<JsValue, JsValue> {
        let moment = self.bench.moment(neuron as usize, time_ms);
        to_js(&BenchMoment::from(moment.map_err(EngineError::from)?))
    }

    /// The currents of a neuron under voltage clamp.
    ///
    /// # Errors
    /// If there is no such neuron, it has no gates, or the protocol is refused.
    #[wasm_bindgen(unchecked_return_type = "BenchClamp")]
    pub fn clamp(
        &self,
        neuron: u32,
        #[wasm_bindgen(unchecked_param_type = "ClampConfig")] spec: JsValue,
        columns: u32,
    ) -> Result<JsValue, JsValue> {
        let neuron = neuron as usize;
        let levels = self.bench.clamp(neuron, from_js(spec)?).map_err(EngineError::from)?;
        let dt_ms = self.bench.records().get(neuron).map_or(1.0, |run| run.dt_ms);
        let until_ms = levels.first().map_or(0, |level| level.current.len()) as f64 * dt_ms;
        let columns = columns.clamp(1, MOST_COLUMNS) as usize;
        let points = |samples: &[f32]| {
            Float32Array::from(record::extremes(samples, dt_ms, (0.0, until_ms), columns).as_slice())
        };
        let part = |samples: &Option<Vec<f32>>| match samples {
            Some(samples) => points(samples),
            None => Float32Array::new_with_length(0),
        };
        let level = |level: &neuron_bench::ClampLevel| BenchClampLevel {
            level_mv: level.level_mv,
            current: points(&level.current),
            sodium: part(&level.sodium),
            potassium: part(&level.potassium),
            inward: level.inward,
            steady: level.steady,
        };
        to_js(&BenchClamp {
            times_ms: Float64Array::from(record::times_ms(0.0, until_ms, columns).as_slice()),
            levels: levels.iter().map(level).collect(),
        })
    }

    /// Begins an f-I curve.
    ///
    /// # Errors
    /// If there is no such neuron or the protocol is refused.
    #[wasm_bindgen(js_name = curveStart)]
    pub fn curve_start(
        &mut self,
        neuron: u32,
        #[wasm_bindgen(unchecked_param_type = "CurveConfig")] spec: JsValue,
    ) -> Result<(), JsValue> {
        Ok(self.bench.curve_start(neuron as usize, from_js(spec)?).map_err(EngineError::from)?)
    }

    /// Adds a point to the curve that was begun; undefined where none was.
    ///
    /// # Errors
    /// If a neuron cannot be stepped.
    #[wasm_bindgen(js_name = curveAdvance, unchecked_return_type = "BenchCurve | undefined")]
    pub fn curve_advance(&mut self) -> Result<JsValue, JsValue> {
        let progress = self.bench.curve_advance().map_err(EngineError::from)?;
        match progress {
            Some(progress) => to_js(&BenchCurve {
                done: progress.done,
                total: progress.total as u32,
                points: progress.points.iter().map(CurvePoint::from).collect(),
            }),
            None => Ok(JsValue::UNDEFINED),
        }
    }
}
