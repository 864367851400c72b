//! A ready circuit as a JavaScript class.

use super::super::convert::{from_js, to_js};
use super::super::error::EngineError;
use super::circuit_shapes::{
    CircuitEstimate, CircuitOverview, CircuitReading, CircuitTurns, PlannedStimulus, PopulationEntry,
    PopulationStatistics, WeightDistribution,
};
use crate::describe::ParameterError;
use crate::experiment::circuits::turns::TurnsObserver;
use crate::experiment::circuits::weights::weights;
use crate::experiment::circuits::{self, CIRCUITS, Observer, Run, Stimulus};
use crate::snn::NetworkError;
use crate::snn::dale::Effect;
use crate::snn::monitors::weight_histogram::WeightHistogram;
use core::fmt;
use js_sys::{Float32Array, Uint32Array};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// A circuit that runs, and what is seen of it.
#[wasm_bindgen]
pub struct Circuit {
    entry: &'static circuits::Entry,
    values: Values,
    seed: u64,
    run: Run,
    observer: Observer,
    turns: Option<TurnsObserver>,
}

/// Numbers by the key of their parameter.
struct Values(Vec<(String, f64)>);

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Values;
            fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
                out.write_str("numbers by the keys of parameters")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Values, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Values(pairs))
            }
        }
        from.deserialize_map(Pairs)
    }
}

/// Rates of all populations over some time, Hz, `(populations, bins)`.
#[wasm_bindgen]
pub struct CircuitCourse {
    course: circuits::observer::Course,
}

#[wasm_bindgen]
impl CircuitCourse {
    /// Biological time at which the first bin begins, ms.
    #[wasm_bindgen(getter, js_name = startMs)]
    pub fn start_ms(&self) -> f64 {
        self.course.from_ms
    }
    /// Length of a bin, ms.
    #[wasm_bindgen(getter, js_name = binMs)]
    pub fn bin_ms(&self) -> f64 {
        self.course.bin_ms
    }
    /// Hz, population by population.
    pub fn rates(&self) -> Float32Array {
        Float32Array::from(&self.course.rates_hz[..])
    }
}

/// Spikes since the last look: times in ms and places in the raster, in the order of time.
#[wasm_bindgen]
pub struct CircuitSpikes {
    times: Vec<f32>,
    places: Vec<u32>,
}

#[wasm_bindgen]
impl CircuitSpikes {
    /// Times, ms.
    pub fn times(&self) -> Float32Array {
        Float32Array::from(&self.times[..])
    }
    /// Places.
    pub fn places(&self) -> Uint32Array {
        Uint32Array::from(&self.places[..])
    }
}

impl From<NetworkError> for EngineError {
    fn from(error: NetworkError) -> Self {
        Self::new(error.code(), error.to_string(), "")
    }
}

fn refused(error: ParameterError) -> EngineError {
    NetworkError::from(error).into()
}

fn pairs(values: &Values) -> Vec<(&str, f64)> {
    values.0.iter().map(|(key, value)| (key.as_str(), *value)).collect()
}

#[wasm_bindgen]
impl Circuit {
    /// All circuits, with their parameters as declared.
    ///
    /// # Errors
    /// Never.
    #[wasm_bindgen(unchecked_return_type = "CircuitOverview[]")]
    pub fn overview() -> Result<JsValue, JsValue> {
        let all = CIRCUITS.iter().filter_map(|entry| {
            let (spec, _) = entry.spec(&[], 0).ok()?;
            let estimate = spec.estimate();
            let keys = entry.declaration.parameters.iter().map(|parameter| parameter.key);
            Some(CircuitOverview {
                id: entry.declaration.id,
                shows: entry.shown.what,
                span_ms: entry.shown.span_ms,
                speed: entry.shown.speed,
                seed: entry.shown.seed,
                neurons: spec.neurons() as f64,
                synapses: estimate.synapses as f64,
                bytes: estimate.bytes() as f64,
                rebuilds: keys.filter(|key| !entry.retunes(key)).collect(),
            })
        });
        to_js(&all.collect::<Vec<_>>())
    }

    /// Neurons, synapses and bytes of a circuit, before it is built.
    ///
    /// # Errors
    /// If there is no such circuit or a value is refused.
    #[wasm_bindgen(unchecked_return_type = "CircuitEstimate")]
    pub fn estimate(
        id: &str,
        #[wasm_bindgen(unchecked_param_type = "Record<string, number>")] values: JsValue,
        limit_bytes: f64,
    ) -> Result<JsValue, JsValue> {
        let values = from_js(values)?;
        let entry = circuits::entry(id).map_err(refused)?;
        let (spec, _) = entry.spec(&pairs(&values), 0).map_err(refused)?;
        spec.check().map_err(EngineError::from)?;
        let estimate = spec.estimate();
        to_js(&CircuitEstimate {
            neurons: spec.neurons() as f64,
            synapses: estimate.synapses as f64,
            bytes: estimate.bytes() as f64,
            largest_scale: entry.largest_scale(&pairs(&values), limit_bytes as u64),
        })
    }

    /// Builds a circuit with a raster of so many places at most.
    ///
    /// # Errors
    /// If there is no such circuit, a value is refused, or it takes more than `limit_bytes`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        id: &str,
        #[wasm_bindgen(unchecked_param_type = "Record<string, number>")] values: JsValue,
        seed: u32,
        places: u32,
        limit_bytes: f64,
    ) -> Result<Self, JsValue> {
        let values = from_js(values)?;
        let seed = u64::from(seed);
        let entry = circuits::entry(id).map_err(refused)?;
        let run = circuits::build(id, &pairs(&values), seed, limit_bytes as u64);
        let run = run.map_err(EngineError::from)?;
        let observer = Observer::new(&run, places);
        let turns = entry.turns(&pairs(&values)).map(TurnsObserver::new);
        Ok(Self { entry, values, seed, run, observer, turns })
    }

    /// Goes on with other values; false if the circuit must be built anew for them.
    ///
    /// # Errors
    /// If a value is refused; nothing is changed then.
    pub fn retune(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Record<string, number>")] values: JsValue,
    ) -> Result<bool, JsValue> {
        let values = from_js(values)?;
        let (spec, stimuli) = self.entry.spec(&pairs(&values), self.seed).map_err(refused)?;
        let goes_on = self.run.retune(spec, stimuli).map_err(EngineError::from)?;
        if goes_on {
            self.values = values;
            self.observer.restart(&self.run);
            if let (Some(turns), Some(about)) = (&mut self.turns, self.entry.turns(&pairs(&self.values))) {
                turns.restart(about);
            }
        }
        Ok(goes_on)
    }

    /// The populations, in order.
    ///
    /// # Errors
    /// Never.
    #[wasm_bindgen(unchecked_return_type = "PopulationEntry[]")]
    pub fn populations(&self) -> Result<JsValue, JsValue> {
        let watched = self.observer.watched().iter();
        let spec = self.run.spec();
        let all = spec.populations.iter().zip(watched).enumerate().map(|(index, (population, watched))| {
            PopulationEntry {
                name: population.name.clone(),
                count: population.count,
                begin: watched.begin,
                places: watched.places,
                stride: watched.stride,
                effect: spec.effect_of(index).map(|effect| match effect {
                    Effect::Excitatory => "excitatory",
                    Effect::Inhibitory => "inhibitory",
                }),
                hears: population.cells.hears(),
            }
        });
        to_js(&all.collect::<Vec<_>>())
    }

    /// What the circuit says that is done to it for some time, at places of the raster.
    ///
    /// # Errors
    /// Never.
    #[wasm_bindgen(unchecked_return_type = "PlannedStimulus[]")]
    pub fn planned(&self) -> Result<JsValue, JsValue> {
        let ends = self.run.planned().iter().filter(|stimulus| stimulus.until_ms.is_finite());
        let all = ends.map(|stimulus| {
            let (from, until) = self.observer.places(stimulus.population, &stimulus.neurons);
            PlannedStimulus { from, until, from_ms: stimulus.from_ms, until_ms: stimulus.until_ms }
        });
        to_js(&all.collect::<Vec<_>>())
    }

    /// Advances by at least so many ms of biological time.
    ///
    /// # Errors
    /// If the integration becomes unstable; the circuit is as before the window then.
    pub fn advance(&mut self, duration_ms: f64) -> Result<(), JsValue> {
        let until = self.run.network().time_ms() + duration_ms;
        while self.run.network().time_ms() < until - 1e-9 {
            self.observer.advance(&mut self.run).map_err(EngineError::from)?;
            if let Some(turns) = &mut self.turns {
                turns.follow(&mut self.run);
            }
        }
        Ok(())
    }

    /// Biological time, ms.
    #[wasm_bindgen(getter, js_name = timeMs)]
    pub fn time_ms(&self) -> f64 {
        self.run.network().time_ms()
    }

    /// Steps taken.
    #[wasm_bindgen(getter)]
    pub fn step(&self) -> f64 {
        self.run.network().step() as f64
    }

    /// Synapses.
    #[wasm_bindgen(getter)]
    pub fn synapses(&self) -> f64 {
        self.run.network().synapses() as f64
    }

    /// Bytes of synapses.
    #[wasm_bindgen(getter, js_name = synapseBytes)]
    pub fn synapse_bytes(&self) -> f64 {
        self.run.network().synapse_bytes() as f64
    }

    /// Spikes of all neurons so far.
    #[wasm_bindgen(getter)]
    pub fn spikes(&self) -> f64 {
        self.observer.spikes() as f64
    }

    /// Spikes of watched neurons since the last call.
    #[wasm_bindgen(js_name = takeSpikes)]
    pub fn take_spikes(&mut self) -> CircuitSpikes {
        let (times, places) = self.observer.take_spikes();
        CircuitSpikes { times, places }
    }

    /// Rates of all populations over the last `span_ms`, in at most `most` bins of equal length.
    pub fn course(&self, span_ms: f64, most: u32) -> CircuitCourse {
        CircuitCourse { course: self.observer.course(span_ms, most) }
    }

    /// The number that its activity stands for; null where it stands for none.
    ///
    /// # Errors
    /// Never.
    #[wasm_bindgen(unchecked_return_type = "CircuitReading | null")]
    pub fn reading(&self) -> Result<JsValue, JsValue> {
        let values = pairs(&self.values);
        let reading = self.entry.read_from(&values).and_then(|(population, last_ms)| {
            self.entry.read(&values, self.observer.counts(&self.run, population, last_ms))
        });
        to_js(&reading.map(|reading| CircuitReading {
            population: reading.population as u32,
            unit: reading.unit.symbol(),
            value: reading.value.is_finite().then_some(reading.value),
            wanted: reading.wanted,
            concentration: reading.concentration,
            low: reading.range[0],
            high: reading.range[1],
            circular: reading.circular,
            counts: reading.counts,
        }))
    }

    /// Mean rate, irregularity and spectrum of a population.
    ///
    /// # Errors
    /// Never.
    #[wasm_bindgen(unchecked_return_type = "PopulationStatistics")]
    pub fn statistics(&self, population: u32) -> Result<JsValue, JsValue> {
        let population = population as usize;
        let spectrum = self.observer.spectrum(population);
        to_js(&PopulationStatistics {
            rate_hz: self.observer.mean_rate_hz(population),
            irregularity: self.observer.irregularity(population),
            synchrony: self.observer.synchrony(population),
            peak_hz: spectrum.as_ref().and_then(|spectrum| spectrum.peak_hz()),
            step_hz: spectrum.as_ref().map_or(0.0, |spectrum| spectrum.step_hz),
            density: spectrum.map(|spectrum| spectrum.density).unwrap_or_default(),
        })
    }

    /// Potentials of a population, mV.
    pub fn potentials(&self, population: u32) -> Float32Array {
        Float32Array::from(&self.run.network().potentials(population as usize)[..])
    }

    /// All weights, from population to population, each in at most `bins` bins.
    ///
    /// # Errors
    /// Never.
    #[wasm_bindgen(unchecked_return_type = "WeightDistribution[]")]
    pub fn weights(&self, bins: u32) -> Result<JsValue, JsValue> {
        let unit = self.entry.shown.weights.id();
        let all = weights(&self.run, bins as usize).into_iter().map(|own| {
            let [source, target] = own.between.map(|at| at as u32);
            let WeightHistogram { range: [low, high], counts, count, mean, deviation } = own.histogram;
            let synapses = count as f64;
            WeightDistribution { source, target, unit, synapses, low, high, counts, mean, deviation }
        });
        to_js(&all.collect::<Vec<_>>())
    }

    /// How two of its populations take turns; null where none do.
    ///
    /// # Errors
    /// Never.
    #[wasm_bindgen(unchecked_return_type = "CircuitTurns | null")]
    pub fn turns(&self) -> Result<JsValue, JsValue> {
        to_js(&self.turns.as_ref().map(|turns| {
            let about = turns.about();
            let positive = |value: f64| (value > 0.0).then_some(value);
            CircuitTurns {
                sides: about.sides.map(|side| side as u32),
                unit: about.unit.symbol(),
                escapes_below: positive(about.escapes_below),
                expected_ms: positive(about.period_ms),
                period_ms: turns.period_ms(),
                phase: turns.phase(),
            }
        }))
    }

    /// The course of both sides over the last `span_ms`, in at most `most` rows of time in ms, mean potential
    /// of either side in mV, and the mean of what tires of either; empty where none take turns.
    #[wasm_bindgen(js_name = turnsCourse)]
    pub fn turns_course(&self, span_ms: f64, most: u32) -> Float32Array {
        let course = self.turns.as_ref().map(|turns| turns.course(span_ms, most));
        Float32Array::from(&course.unwrap_or_default()[..])
    }

    /// Excites or silences the neurons at some places of the raster for some time from now on, by a current
    /// on top of what they get.
    pub fn brush(&mut self, from_place: u32, until_place: u32, excite: bool, duration_ms: f64) {
        let from_ms = self.run.network().time_ms();
        let current = if excite { self.entry.shown.excite } else { self.entry.shown.silence };
        for (population, neurons) in self.observer.neurons(from_place, until_place) {
            let until_ms = from_ms + duration_ms;
            self.run.add(Stimulus { population, neurons, from_ms, until_ms, current });
        }
    }

    /// SHA-256 of its state.
    pub fn hash(&self) -> String {
        self.run.network().hash()
    }
}
