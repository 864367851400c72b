//! What is fed into neurons: currents over time and trains of spikes, each declared in its file.
//!
//! Every input is a function of the step and of the element (a neuron), never of how often or in
//! which order it was asked: those that draw do so by [`crate::rng`]. Step `n` of length `dt` covers
//! the times `n·dt ≤ t < (n + 1)·dt`; a current is held at its value at `n·dt` over the whole step, a
//! spike belongs to the step in which its time lies. Currents are in the unit of drive of the neuron
//! they enter, which its declaration names; times are in ms, rates in Hz.
//!
//! The one exception is [`ornstein_uhlenbeck`], whose exact update needs the value before: it carries
//! that value as a state that the caller may store and put back.

pub mod chirp;
pub mod ornstein_uhlenbeck;
pub mod poisson;
pub mod ramp;
pub mod recorded;
pub mod sine;
pub mod spike_list;
pub mod step;
pub mod waveform;
pub mod white_noise;

use crate::describe::{Parameter, ParameterError, Scale};
use crate::units::Unit;

pub use chirp::Chirp;
pub use ornstein_uhlenbeck::{OrnsteinUhlenbeck, OrnsteinUhlenbeckProcess};
pub use poisson::{Poisson, PoissonCounts};
pub use ramp::Ramp;
pub use recorded::{Recorded, RecordedCurrent};
pub use sine::Sine;
pub use spike_list::SpikeList;
pub use step::Step;
pub use waveform::Waveform;
pub use white_noise::{WhiteNoise, WhiteNoiseCurrent};

/// A current, or whatever else drives a neuron, by step.
pub trait Current {
    /// What `element` receives during `step`, in the unit of drive of the neuron.
    fn current_at(&self, step: u64, element: u64) -> f64;

    /// `out[i] = current_at(step, first_element + i)`.
    fn fill_currents(&self, step: u64, first_element: u64, out: &mut [f32]) {
        for (element, value) in (first_element..).zip(out) {
            *value = self.current_at(step, element) as f32;
        }
    }
}

/// A current that is a curve over time, the same for every element.
pub trait Curve {
    /// The current at a time in ms, in the unit of drive of the neuron.
    fn value_at(&self, time_ms: f64) -> f64;

    /// The curve in steps of `dt_ms`.
    ///
    /// # Errors
    /// If the time step is not a positive number.
    fn held(self, dt_ms: f64) -> Result<Held<Self>, InputError>
    where
        Self: Sized,
    {
        Ok(Held { curve: self, dt_ms: checked_dt(dt_ms)? })
    }
}

/// A [`Curve`] that is held over each step at its value at the step's beginning.
#[derive(Clone, Debug, PartialEq)]
pub struct Held<C> {
    curve: C,
    dt_ms: f64,
}

impl<C: Curve> Current for Held<C> {
    fn current_at(&self, step: u64, _element: u64) -> f64 {
        self.curve.value_at(step as f64 * self.dt_ms)
    }

    fn fill_currents(&self, step: u64, _first_element: u64, out: &mut [f32]) {
        out.fill(self.current_at(step, 0) as f32);
    }
}

/// Trains of spikes, one an element, by step.
pub trait Train {
    /// Spikes that `element` emits during `step`.
    fn count_at(&self, step: u64, element: u64) -> u32;

    /// `out[i] = count_at(step, first_element + i)`, exact in f32 for the counts that occur.
    fn fill_counts(&self, step: u64, first_element: u64, out: &mut [f32]) {
        for (element, value) in (first_element..).zip(out) {
            *value = self.count_at(step, element) as f32;
        }
    }
}

/// Why an input cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum InputError {
    /// A time step that is no positive number.
    #[error("a time step must be a positive number of ms, not {got}")]
    TimeStep {
        /// What came.
        got: f64,
    },
    /// More or fewer events a step than can be drawn.
    #[error("expected 0 to {largest} events a step, got {got}: change the rate or the time step")]
    EventsPerStep {
        /// The most that is drawn.
        largest: f64,
        /// What came.
        got: f64,
    },
    /// A waveform without a breakpoint.
    #[error("a waveform needs at least one breakpoint")]
    NoBreakpoint,
    /// A breakpoint that is not a pair of finite numbers.
    #[error("breakpoint {index} must be two finite numbers, not ({time_ms} ms, {value})")]
    Breakpoint {
        /// Which breakpoint, from 0.
        index: usize,
        /// Its time.
        time_ms: f64,
        /// Its value.
        value: f64,
    },
    /// A breakpoint before the one in front of it, or a third one at the same time.
    #[error(
        "breakpoint {index} at {time_ms} ms cannot follow one at {before_ms} ms: times must not fall, and two at one time are a jump"
    )]
    BreakpointOrder {
        /// Which breakpoint, from 0.
        index: usize,
        /// Its time.
        time_ms: f64,
        /// The time before it.
        before_ms: f64,
    },
    /// A spike time that is negative, not a number or too far away to be counted in steps.
    #[error("spike {index} of train {train} must have a time of 0 ms or more, not {time_ms}")]
    SpikeTime {
        /// Which train, from 0.
        train: usize,
        /// Which spike of it, from 0.
        index: usize,
        /// What came.
        time_ms: f64,
    },
    /// A spike before the one in front of it.
    #[error(
        "spike {index} of train {train} at {time_ms} ms comes after one at {before_ms} ms: times must not fall"
    )]
    SpikeOrder {
        /// Which train, from 0.
        train: usize,
        /// Which spike of it, from 0.
        index: usize,
        /// Its time.
        time_ms: f64,
        /// The time before it.
        before_ms: f64,
    },
    /// A state that is not that of the process.
    #[error("expected a state of {expected} finite numbers, got {got}")]
    State {
        /// How many elements the process has.
        expected: usize,
        /// How many finite numbers came.
        got: usize,
    },
    /// A declared number that is not accepted.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
}

/// `dt_ms` if time can be divided by it.
fn checked_dt(dt_ms: f64) -> Result<f64, InputError> {
    if dt_ms > 0.0 && dt_ms.is_finite() { Ok(dt_ms) } else { Err(InputError::TimeStep { got: dt_ms }) }
}

/// Whether a step that begins at `time_ms` has reached `edge_ms`.
///
/// `n·dt` and a time written in decimals are rounded, each by half a unit in the last place, so that
/// 3 · 0.1 lies beyond 0.3: a few units are let pass.
fn reached(time_ms: f64, edge_ms: f64) -> bool {
    time_ms >= edge_ms - 4.0 * f64::EPSILON * edge_ms.abs()
}

/// A declared current, in the unit of drive of the neuron.
const fn drive(key: &'static str, symbol: &'static str, default: f64, meaning: &'static str) -> Parameter {
    let (unit, range, step, scale) = (Unit::One, (-1e5, 1e5), 0.1, Scale::Linear);
    Parameter { key, symbol, unit, range, step, scale, default, meaning }
}

/// A declared time, ms.
const fn moment(key: &'static str, symbol: &'static str, default: f64, meaning: &'static str) -> Parameter {
    let (unit, range, step, scale) = (Unit::Millisecond, (0.0, 1e7), 1.0, Scale::Linear);
    Parameter { key, symbol, unit, range, step, scale, default, meaning }
}

/// A declared frequency, Hz.
const fn hertz(key: &'static str, symbol: &'static str, default: f64, meaning: &'static str) -> Parameter {
    let (unit, range, step, scale) = (Unit::Hertz, (0.0, 1e4), 1.0, Scale::Linear);
    Parameter { key, symbol, unit, range, step, scale, default, meaning }
}
