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

pub mod poisson;

use crate::describe::ParameterError;

pub use poisson::{Poisson, PoissonCounts};

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
    /// A declared number that is not accepted.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
}

/// `dt_ms` if time can be divided by it.
fn checked_dt(dt_ms: f64) -> Result<f64, InputError> {
    if dt_ms > 0.0 && dt_ms.is_finite() { Ok(dt_ms) } else { Err(InputError::TimeStep { got: dt_ms }) }
}
