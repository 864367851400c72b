//! The neuron bench: up to four neurons of any kind under one stimulus, and what the field measures of them.
//!
//! A run is a pure function of a [`BenchConfig`]: traces of every variable, spikes, rate and irregularity.
//! Beside it stand the f-I curve, the phase plane with nullclines, and the voltage clamp. What is refused
//! says why and changes nothing: the bench keeps its last good run. Times in ms, rates in Hz, currents in
//! each neuron's unit of drive. Floor F4; the neurons themselves are those of [`crate::neurons`], in double
//! precision, the inputs and statistics those of [`crate::snn`].
//!
//! ```
//! use cajal::experiment::neuron_bench::{BenchConfig, NeuronBench, SubjectConfig};
//! let mut bench = NeuronBench::default();
//! assert_eq!(bench.records()[0].spikes_ms.len(), 28); // 10 µA/cm² for 400 ms: the squid's axon
//! let config = BenchConfig { neurons: vec![SubjectConfig::of("wang-buzsaki", "")], ..BenchConfig::default() };
//! bench.configure(config)?;
//! assert!(bench.records()[0].rate_hz() > Some(30.0));
//! # Ok::<(), cajal::experiment::neuron_bench::BenchError>(())
//! ```

pub mod clamp;
pub mod config;
pub mod curve;
mod error;
pub mod moment;
pub mod plane;
pub mod record;
pub mod stimulus;
mod subject;
#[cfg(test)]
mod tests;

use crate::data::packed::GRASSHOPPER;
use crate::data::recording::Recording;

pub use clamp::{ClampConfig, ClampLevel};
pub use config::{BenchConfig, NamedNumber, StimulusConfig, SubjectConfig, Suggestion};
pub use curve::{CurveConfig, CurveProgress};
pub use error::BenchError;
pub use moment::{Moment, Standing};
pub use plane::PhasePlane;
pub use record::Record;
pub use subject::Variable;

use config::{LARGEST_STRENGTH, LONGEST_MS, MOST_NEURONS, MOST_SAMPLES};
use stimulus::Stimulus;
use subject::Subject;

/// The bench with its last good run.
pub struct NeuronBench {
    config: BenchConfig,
    records: Vec<Record>,
    recording: Option<Recording>,
    curve: Option<curve::Curve>,
}

impl Default for NeuronBench {
    /// With the run of [`BenchConfig::default`].
    fn default() -> Self {
        let config = BenchConfig::default();
        let records = run(&config, None).unwrap_or_else(|why| panic!("the default runs: {why}"));
        Self { config, records, recording: None, curve: None }
    }
}

impl NeuronBench {
    /// What the present run was made from.
    #[must_use]
    pub fn config(&self) -> &BenchConfig {
        &self.config
    }

    /// The present run, a record a neuron.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Whether a configuration wants a recording that is not there yet.
    #[must_use]
    pub fn needs_recording(&self, config: &BenchConfig) -> bool {
        config.stimulus.input == "recorded" && self.recording.is_none()
    }

    /// Takes the unpacked file of the recorded stimulus.
    ///
    /// # Errors
    /// If it is not the one that was shipped.
    pub fn load_recording(&mut self, unpacked: &[u8]) -> Result<(), BenchError> {
        self.recording = Some(GRASSHOPPER.read(unpacked)?);
        Ok(())
    }

    /// Runs another configuration.
    ///
    /// # Errors
    /// If it is refused, or a neuron's state stops being finite; the run of before stays.
    pub fn configure(&mut self, config: BenchConfig) -> Result<(), BenchError> {
        self.records = run(&config, self.recording.as_ref())?;
        self.config = config;
        self.curve = None;
        Ok(())
    }

    fn neuron(&self, neuron: usize) -> Result<(&SubjectConfig, &Record), BenchError> {
        let count = self.records.len();
        let found = self.config.neurons.get(neuron).zip(self.records.get(neuron));
        found.ok_or(BenchError::NoSuchNeuron { neuron, count })
    }

    /// Begins the f-I curve of a neuron; [`Self::curve_advance`] makes its points.
    ///
    /// # Errors
    /// If there is no such neuron or the protocol is refused; a curve on its way goes on then.
    pub fn curve_start(&mut self, neuron: usize, spec: CurveConfig) -> Result<(), BenchError> {
        let (subject, _) = self.neuron(neuron)?;
        self.curve = Some(curve::Curve::new(subject, neuron, self.config.seed, spec)?);
        Ok(())
    }

    /// Adds a point to the curve; `None` where none was begun.
    ///
    /// # Errors
    /// If a neuron cannot be stepped; the curve is given up then.
    pub fn curve_advance(&mut self) -> Result<Option<CurveProgress>, BenchError> {
        let Some(curve) = &mut self.curve else { return Ok(None) };
        let progress = curve.advance();
        if progress.is_err() {
            self.curve = None;
        }
        progress.map(Some)
    }

    /// The phase plane of a neuron's potential and another of its variables, at a moment of the run.
    ///
    /// # Errors
    /// If there is no such neuron or variable.
    pub fn plane(&self, neuron: usize, variable: usize, time_ms: f64) -> Result<PhasePlane, BenchError> {
        let (subject, record) = self.neuron(neuron)?;
        plane::plane(subject, record, neuron, variable, time_ms)
    }

    /// What a neuron is in at a moment of the run.
    ///
    /// # Errors
    /// If there is no such neuron.
    pub fn moment(&self, neuron: usize, time_ms: f64) -> Result<Moment, BenchError> {
        let (subject, record) = self.neuron(neuron)?;
        let unknown = || BenchError::UnknownModel { neuron, model: subject.model.clone() };
        let declaration = config::declaration(&subject.model).ok_or_else(unknown)?;
        moment::moment(subject, declaration, record, neuron, time_ms)
    }

    /// The currents of a neuron under voltage clamp.
    ///
    /// # Errors
    /// If there is no such neuron, it has no gates, or the protocol is refused.
    pub fn clamp(&self, neuron: usize, spec: ClampConfig) -> Result<Vec<ClampLevel>, BenchError> {
        let (subject, record) = self.neuron(neuron)?;
        clamp::clamp(subject, record, neuron, spec)
    }
}

/// Runs a configuration.
fn run(config: &BenchConfig, recording: Option<&Recording>) -> Result<Vec<Record>, BenchError> {
    let BenchConfig { neurons, stimulus, duration_ms, seed } = config;
    if !(1..=MOST_NEURONS).contains(&neurons.len()) {
        return Err(BenchError::Count { got: neurons.len() });
    }
    if !(*duration_ms > 0.0 && *duration_ms <= LONGEST_MS) {
        return Err(BenchError::Duration { what: "a run", got: *duration_ms });
    }
    let mut subjects = Vec::new();
    let mut samples = 0;
    for (place, neuron) in neurons.iter().enumerate() {
        if neuron.strength.is_nan() || neuron.strength.abs() > LARGEST_STRENGTH {
            return Err(BenchError::Strength { neuron: place, got: neuron.strength });
        }
        let mut subject = Subject::new(neuron, place, *seed)?;
        if stimulus.input == config::OWN_DRIVE {
            subject.open_synapses();
        }
        let own = neuron.own_preset(place)?;
        samples += steps(*duration_ms, neuron.dt_ms).saturating_mul(subject.variables().len() as u64 + 1);
        subjects.push((subject, neuron, own));
    }
    // Known before anything of it is allocated.
    if samples > MOST_SAMPLES {
        return Err(BenchError::TooLong { samples });
    }
    let stimulus = Stimulus::new(stimulus, *duration_ms, *seed, recording)?;
    let numbered = subjects.into_iter().enumerate();
    let record = |(place, (subject, neuron, own)): (usize, (Subject, &SubjectConfig, _))| {
        let feed = stimulus.feed(own, neuron.strength, neuron.dt_ms)?;
        record(place, subject, feed, steps(*duration_ms, neuron.dt_ms), neuron.dt_ms)
    };
    numbered.map(record).collect()
}

fn steps(duration_ms: f64, dt_ms: f64) -> u64 {
    libm::ceil(duration_ms / dt_ms - 1e-9).max(1.0) as u64
}

fn record(
    place: usize,
    mut subject: Subject,
    mut feed: stimulus::Feed<'_>,
    steps: u64,
    dt_ms: f64,
) -> Result<Record, BenchError> {
    let variables = subject.variables();
    let mut state = vec![0.0; variables.len()];
    subject.record(&mut state);
    let room = steps as usize + 1;
    let mut samples: Vec<Vec<f32>> = state
        .iter()
        .map(|first| {
            let mut samples = Vec::with_capacity(room);
            samples.push(*first as f32);
            samples
        })
        .collect();
    let mut drive = Vec::with_capacity(room);
    let (mut spikes_ms, mut resets) = (Vec::new(), Vec::new());
    for step in 0..steps {
        let current = feed.current(step);
        drive.push(current as f32);
        let time_ms = (step + 1) as f64 * dt_ms;
        if subject.step(step, current, &mut state)? {
            spikes_ms.push(time_ms);
            if subject.potential().is_some_and(|kept| kept != state[0]) {
                resets.push(step as usize + 1);
            }
        }
        for ((samples, value), variable) in samples.iter_mut().zip(&state).zip(&variables) {
            if !value.is_finite() {
                let variable = variable.key.to_owned();
                return Err(BenchError::NotFinite { neuron: place, variable, time_ms });
            }
            samples.push(*value as f32);
        }
    }
    drive.push(drive.last().copied().unwrap_or(0.0));
    let declaration = subject.declaration;
    Ok(Record {
        title: declaration.title,
        drive_unit: declaration.drive.symbol(),
        dt_ms,
        variables,
        samples,
        drive,
        spikes_ms,
        resets,
    })
}
