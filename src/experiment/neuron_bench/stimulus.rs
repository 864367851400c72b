//! The stimulus as the neurons get it: one shape for all, whatever their time steps.
//!
//! A current is `strength · s(t)`, held over each step at its value at the step's beginning. Noise is drawn
//! every 0.1 ms and held until the next draw, so that neurons with different steps get the same one. A
//! train of spikes becomes the current that its synapses make: each adds `strength`, which decays with
//! 5 ms ([`ExponentialCurrent`]).

use super::config::{OWN_DRIVE, StimulusConfig};
use super::error::BenchError;
use crate::data::recording::Recording;
use crate::describe::{Declared, Preset};
use crate::neurons::Input;
use crate::rng::{Stream, StreamId};
use crate::snn::inputs::{
    Chirp, Current, Curve, OrnsteinUhlenbeck, Poisson, Ramp, Recorded, Sine, SpikeList, Step, Train,
    Waveform, WhiteNoise,
};
use crate::snn::synapses::exponential_current::ExponentialCurrentStepper;
use crate::snn::synapses::{ExponentialCurrent, SynapseModel, SynapseStepper};

/// How often noise is drawn, ms.
pub const GRID_MS: f64 = 0.1;

/// The shape.
pub enum Stimulus<'a> {
    /// Each neuron's own: the drive of its preset, in its unit; its strength all along where it has none.
    Own,
    /// A curve over time.
    Curve(Box<dyn Curve + 'a>),
    /// Values held for [`GRID_MS`] each.
    Held(Vec<f64>),
    /// Times of spikes, ms.
    Spikes(Vec<f64>),
}

/// What one neuron gets.
pub struct Feed<'a> {
    source: Source<'a>,
    strength: f64,
    dt_ms: f64,
}

enum Source<'a> {
    Constant,
    Curve(&'a (dyn Curve + 'a)),
    Own(Waveform),
    Held(&'a [f64]),
    Spikes { list: SpikeList, synapse: ExponentialCurrentStepper<f64>, state: [f64; 1] },
}

impl<'a> Stimulus<'a> {
    /// The stimulus of a configuration, for so long.
    ///
    /// # Errors
    /// If there is no such input, it refuses its numbers, or the recording is wanted and not there.
    pub fn new(
        config: &StimulusConfig,
        duration_ms: f64,
        seed: u32,
        recording: Option<&'a Recording>,
    ) -> Result<Self, BenchError> {
        let cells = libm::ceil(duration_ms / GRID_MS) as u64;
        Ok(match config.input.as_str() {
            OWN_DRIVE => Self::Own,
            "step" => Self::Curve(Box::new(made::<Step>(config)?)),
            "ramp" => Self::Curve(Box::new(made::<Ramp>(config)?)),
            "sine" => Self::Curve(Box::new(made::<Sine>(config)?)),
            "chirp" => Self::Curve(Box::new(made::<Chirp>(config)?)),
            "waveform" => Self::Curve(Box::new(Waveform::new(&config.points)?)),
            "white-noise" => {
                let stream = Stream::new(u64::from(seed), StreamId::CurrentNoise);
                let noise = made::<WhiteNoise>(config)?.current(stream, GRID_MS)?;
                Self::Held((0..cells).map(|cell| noise.current_at(cell, 0)).collect())
            }
            "ornstein-uhlenbeck" => {
                let stream = Stream::new(u64::from(seed), StreamId::OrnsteinUhlenbeck);
                let mut process = made::<OrnsteinUhlenbeck>(config)?.process(stream, GRID_MS, 1)?;
                let mut next = || {
                    let value = process.values()[0];
                    process.advance();
                    value
                };
                Self::Held((0..cells).map(|_| next()).collect())
            }
            "poisson" => {
                let stream = Stream::new(u64::from(seed), StreamId::Poisson);
                let counts = made::<Poisson>(config)?.counts(stream, GRID_MS)?;
                let times = (0..cells).flat_map(|cell| {
                    let count = counts.count_at(cell, 0) as usize;
                    core::iter::repeat_n(cell as f64 * GRID_MS, count)
                });
                Self::Spikes(times.collect())
            }
            "spike-list" => {
                // Read once here, so that a fault is told before any neuron is made.
                SpikeList::new(core::slice::from_ref(&config.spikes_ms), GRID_MS)?;
                Self::Spikes(config.spikes_ms.clone())
            }
            "recorded" => {
                let trials = &recording.ok_or(BenchError::NotLoaded)?.trials;
                let (trial, count) = (config.trial, trials.len());
                let found = trials.get(trial as usize).ok_or(BenchError::NoSuchTrial { trial, count })?;
                Self::Curve(Box::new(made::<Recorded>(config)?.of_trial(found)))
            }
            _ => return Err(BenchError::UnknownInput { got: config.input.chars().take(40).collect() }),
        })
    }

    /// What a neuron of this strength and step gets of it.
    ///
    /// # Errors
    /// If the step cannot be counted in.
    pub fn feed(&self, own: Option<&Preset>, strength: f64, dt_ms: f64) -> Result<Feed<'_>, BenchError> {
        let source = match self {
            Self::Own => match own {
                Some(preset) if !preset.drive.is_empty() => Source::Own(Waveform::of_preset(preset)?),
                _ => Source::Constant,
            },
            Self::Curve(curve) => Source::Curve(curve.as_ref()),
            Self::Held(values) => Source::Held(values),
            Self::Spikes(times) => {
                let synapse = ExponentialCurrent::default().stepper::<f64>(dt_ms);
                let list = SpikeList::new(core::slice::from_ref(times), dt_ms)?;
                Source::Spikes { list, state: synapse.rest(), synapse }
            }
        };
        Ok(Feed { source, strength, dt_ms })
    }
}

impl Feed<'_> {
    /// The current of a step, in the neuron's unit of drive. Steps are asked for in their order.
    pub fn current(&mut self, step: u64) -> f64 {
        let time_ms = step as f64 * self.dt_ms;
        match &mut self.source {
            Source::Constant => self.strength,
            Source::Curve(curve) => self.strength * curve.value_at(time_ms),
            // A preset's drive is in the neuron's unit already.
            Source::Own(drive) => drive.value_at(time_ms),
            Source::Held(values) => {
                let cell = (time_ms / GRID_MS * (1.0 + 4.0 * f64::EPSILON)) as usize;
                self.strength * values.get(cell).or(values.last()).copied().unwrap_or(0.0)
            }
            Source::Spikes { list, synapse, state } => {
                let mut input = Input::current(0.0);
                let arrived = self.strength * f64::from(list.count_at(step, 0));
                synapse.step(state, arrived, 0.0, &mut input);
                input.current
            }
        }
    }
}

fn made<I: Declared>(config: &StimulusConfig) -> Result<I, BenchError> {
    let values = config.values.iter().map(|named| (named.key.as_str(), named.value));
    Ok(I::with_values(values).map_err(crate::snn::inputs::InputError::from)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::neuron_bench::config::NamedNumber;

    fn currents(stimulus: &Stimulus<'_>, strength: f64, dt_ms: f64, until_ms: f64) -> Vec<f64> {
        let mut feed = stimulus.feed(None, strength, dt_ms).expect("a feed");
        (0..libm::round(until_ms / dt_ms) as u64).map(|step| feed.current(step)).collect()
    }

    #[test]
    fn noise_is_the_same_whatever_the_step_of_the_neuron() {
        for input in ["white-noise", "ornstein-uhlenbeck"] {
            let noise = Stimulus::new(&StimulusConfig::of(input), 100.0, 3, None).expect("noise");
            let (fine, coarse) = (currents(&noise, 2.0, 0.01, 100.0), currents(&noise, 2.0, 0.1, 100.0));
            let held = (0..1000).all(|cell| (0..10).all(|at| fine[10 * cell + at] == coarse[cell]));
            assert!(held, "{input}");
            let other = Stimulus::new(&StimulusConfig::of(input), 100.0, 4, None).expect("noise");
            assert_ne!(currents(&other, 2.0, 0.1, 100.0), coarse, "{input}");
        }
    }

    #[test]
    fn a_spike_brings_its_charge_whatever_the_step_of_the_neuron() {
        let config = StimulusConfig { spikes_ms: vec![1.0, 30.0], ..StimulusConfig::of("spike-list") };
        let spikes = Stimulus::new(&config, 200.0, 1, None).expect("spikes");
        for dt_ms in [0.01, 0.1, 0.5] {
            let charge: f64 =
                currents(&spikes, 3.0, dt_ms, 200.0).iter().map(|current| current * dt_ms).sum();
            assert!((charge - 2.0 * 3.0 * 5.0).abs() < 1e-6, "dt {dt_ms}: {charge}");
        }
    }

    #[test]
    fn a_poisson_train_has_its_rate() {
        let values = vec![NamedNumber::of("rate_hz", 400.0)];
        let config = StimulusConfig { values, ..StimulusConfig::of("poisson") };
        let Ok(Stimulus::Spikes(times)) = Stimulus::new(&config, 10_000.0, 1, None) else {
            panic!("a train of spikes");
        };
        // Four standard deviations of 4,000 spikes.
        assert!((times.len() as f64 - 4000.0).abs() < 4.0 * 4000f64.sqrt(), "{}", times.len());
        assert!(times.is_sorted());
    }

    #[test]
    fn what_is_no_stimulus_is_refused_in_words() {
        let refusal = |config: StimulusConfig| {
            let refused = Stimulus::new(&config, 10.0, 1, None).err().expect("a refusal");
            (refused.code(), refused.to_string())
        };
        assert_eq!(refusal(StimulusConfig::of("thunder")).1, "there is no input `thunder`");
        assert_eq!(refusal(StimulusConfig::of("recorded")).0, "bench-recording");
        assert!(refusal(StimulusConfig::of("waveform")).1.contains("at least one breakpoint"));
        let values = vec![NamedNumber::of("amplitude", f64::NAN)];
        assert!(refusal(StimulusConfig { values, ..StimulusConfig::of("step") }).1.contains("amplitude"));
        let spikes_ms = vec![2.0, 1.0];
        let disordered = refusal(StimulusConfig { spikes_ms, ..StimulusConfig::of("spike-list") });
        assert!(disordered.1.contains("spike 1 of train 0"), "{}", disordered.1);
    }
}
