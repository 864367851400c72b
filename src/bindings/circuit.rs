//! A ready circuit as a JavaScript class.

use super::error::EngineError;
use crate::experiment::circuits::{self, Observer, Run, Stimulus};
use crate::snn::NetworkError;
use crate::snn::monitors::weight_histogram::{WeightHistogram, weight_histogram};
use core::fmt;
use js_sys::{Float32Array, Uint32Array};
use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use tsify::Tsify;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// A circuit that runs, and what is seen of it.
#[wasm_bindgen]
pub struct Circuit {
    id: String,
    seed: u64,
    run: Run,
    observer: Observer,
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

/// A population in the page.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PopulationEntry {
    name: String,
    count: u32,
    /// Its places in the raster.
    begin: u32,
    places: u32,
}

/// What a circuit would take.
#[derive(Serialize, Tsify)]
pub struct CircuitEstimate {
    neurons: f64,
    synapses: f64,
    bytes: f64,
}

/// Statistics of a population; null where there is no answer yet.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PopulationStatistics {
    rate_hz: Option<f64>,
    irregularity: Option<f64>,
    /// Spectral density of the rate, Hz²/Hz, at multiples of `stepHz`.
    step_hz: f64,
    density: Vec<f64>,
    peak_hz: Option<f64>,
}

/// How weights are distributed.
#[derive(Serialize, Tsify)]
pub struct WeightDistribution {
    low: f64,
    high: f64,
    counts: Vec<u32>,
    mean: f64,
    deviation: f64,
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

fn read(values: JsValue) -> Result<Values, EngineError> {
    Ok(serde_wasm_bindgen::from_value(values)?)
}

fn pairs(values: &Values) -> Vec<(&str, f64)> {
    values.0.iter().map(|(key, value)| (key.as_str(), *value)).collect()
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(serde_wasm_bindgen::to_value(value).map_err(EngineError::from)?)
}

#[wasm_bindgen]
impl Circuit {
    /// Neurons, synapses and bytes of a circuit, before it is built.
    ///
    /// # Errors
    /// If there is no such circuit or a value is refused.
    #[wasm_bindgen(unchecked_return_type = "CircuitEstimate")]
    pub fn estimate(
        id: &str,
        #[wasm_bindgen(unchecked_param_type = "Record<string, number>")] values: JsValue,
    ) -> Result<JsValue, JsValue> {
        let values = read(values)?;
        let made = circuits::entry(id).and_then(|entry| entry.spec(&pairs(&values), 0));
        let (spec, _) = made.map_err(|error| EngineError::from(NetworkError::from(error)))?;
        spec.check().map_err(EngineError::from)?;
        let estimate = spec.estimate();
        let neurons = spec.populations.iter().map(|population| f64::from(population.count)).sum();
        to_js(&CircuitEstimate {
            neurons,
            synapses: estimate.synapses as f64,
            bytes: estimate.bytes() as f64,
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
        let values = read(values)?;
        let seed = u64::from(seed);
        let run = circuits::build(id, &pairs(&values), seed, limit_bytes as u64);
        let run = run.map_err(EngineError::from)?;
        let observer = Observer::new(&run, places);
        Ok(Self { id: id.to_owned(), seed, run, observer })
    }

    /// Goes on with other values; false if the circuit must be built anew for them.
    ///
    /// # Errors
    /// If a value is refused; nothing is changed then.
    pub fn retune(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Record<string, number>")] values: JsValue,
    ) -> Result<bool, JsValue> {
        let values = read(values)?;
        let made = circuits::entry(&self.id).and_then(|entry| entry.spec(&pairs(&values), self.seed));
        let (spec, _) = made.map_err(|error| EngineError::from(NetworkError::from(error)))?;
        Ok(self.run.retune(spec).map_err(EngineError::from)?)
    }

    /// The populations, in order.
    ///
    /// # Errors
    /// Never.
    #[wasm_bindgen(unchecked_return_type = "PopulationEntry[]")]
    pub fn populations(&self) -> Result<JsValue, JsValue> {
        let watched = self.observer.watched().iter();
        let all = self.run.network().populations().zip(watched).map(|((name, count), watched)| {
            PopulationEntry { name: name.to_owned(), count, begin: watched.begin, places: watched.places }
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
        }
        Ok(())
    }

    /// Biological time, ms.
    #[wasm_bindgen(getter, js_name = timeMs)]
    pub fn time_ms(&self) -> f64 {
        self.run.network().time_ms()
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

    /// Rate of a population in Hz in the last milliseconds, bin by bin.
    pub fn rates(&self, population: u32, bins: u32) -> Float32Array {
        let rates = self.observer.rates_hz(population as usize, bins as usize);
        Float32Array::from(&rates.into_iter().map(|rate| rate as f32).collect::<Vec<_>>()[..])
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
            peak_hz: spectrum.as_ref().and_then(|spectrum| spectrum.peak_hz()),
            step_hz: spectrum.as_ref().map_or(0.0, |spectrum| spectrum.step_hz),
            density: spectrum.map(|spectrum| spectrum.density).unwrap_or_default(),
        })
    }

    /// Potentials of a population, mV.
    pub fn potentials(&self, population: u32) -> Float32Array {
        Float32Array::from(&self.run.network().potentials(population as usize)[..])
    }

    /// How the weights of a projection that learns are distributed over `bins` equal parts of their
    /// range; null if none learns.
    ///
    /// # Errors
    /// Never.
    #[wasm_bindgen(js_name = weightHistogram, unchecked_return_type = "WeightDistribution | null")]
    pub fn weight_histogram(&self, projection: u32, bins: u32) -> Result<JsValue, JsValue> {
        let weights = self.run.network().weights(projection as usize);
        let weights: Vec<f32> = weights.into_iter().map(|(.., weight)| weight).collect();
        let histogram = weight_histogram(&weights, bins as usize, None);
        to_js(&histogram.map(|WeightHistogram { range: (low, high), counts, mean, deviation, .. }| {
            WeightDistribution { low, high, counts, mean, deviation }
        }))
    }

    /// A current into the neurons at some places of the raster for some time from now on.
    pub fn stimulate(&mut self, from_place: u32, until_place: u32, current: f32, duration_ms: f64) {
        let from_ms = self.run.network().time_ms();
        for (population, neurons) in self.observer.neurons(from_place, until_place) {
            let until_ms = from_ms + duration_ms;
            self.run.stimulate(Stimulus { population, neurons, from_ms, until_ms, current });
        }
    }

    /// SHA-256 of its state.
    pub fn hash(&self) -> String {
        self.run.network().hash()
    }
}
