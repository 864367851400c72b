//! One neuron under a current, and its figures against those that it declares.

use cajal::describe::{Declaration, Reference};
use cajal::neurons::{Input, Stepper};

/// The declared reference that begins with `what`.
#[track_caller]
pub fn declared(declaration: &Declaration, what: &str) -> &'static Reference {
    let mut fitting = declaration.references.iter().filter(|reference| reference.what.starts_with(what));
    let reference = fitting.next().expect("a declared reference");
    assert!(fitting.next().is_none(), "`{what}` names more than one reference");
    reference
}

/// Holds `ours` to the declared reference that begins with `what`.
#[track_caller]
pub fn meets(declaration: &Declaration, what: &str, ours: f64) {
    super::assert_meets(declared(declaration, what), ours);
}

/// Times of the steps in which it fires, ms, from `state` on.
pub fn spikes_from<S: Stepper<f64>>(
    neuron: S,
    mut state: S::State,
    dt_ms: f64,
    until_ms: f64,
    current: impl Fn(f64) -> f64,
) -> Vec<f64> {
    let times = (0..(until_ms / dt_ms).round() as u32).map(|step| f64::from(step) * dt_ms);
    times.filter(|&t_ms| neuron.step(&mut state, Input::current(current(t_ms))).spike > 0.0).collect()
}

/// The same from rest under a constant current.
pub fn spikes<S: Stepper<f64>>(neuron: S, dt_ms: f64, until_ms: f64, current: f64) -> Vec<f64> {
    spikes_from(neuron, neuron.rest(), dt_ms, until_ms, |_| current)
}

/// The smallest value between `low` and `high`, to `within`, from which on `holds` does.
pub fn smallest(low: f64, high: f64, within: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (low, high);
    assert!(!holds(low) && holds(high), "the onset lies outside of {low} to {high}");
    while high - low > within {
        let middle = 0.5 * (low + high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// Rate of the last interval, Hz.
pub fn last_rate_hz(spikes_ms: &[f64]) -> f64 {
    let [.., before, last] = spikes_ms else {
        panic!("{} spikes have no interval", spikes_ms.len());
    };
    1000.0 / (last - before)
}
