//! A chirp: a sine whose frequency grows (or falls) in proportion to time, to find resonances in one run.
//!
//! `I(t) = I₀ + A·sin(2π(f₀·s + (f₁ − f₀)·s²/2T))` with `s = t − t₁`, for `0 ≤ s < T`; `I₀` outside. The
//! frequency at `s` is `f₀ + (f₁ − f₀)·s/T`. Times in ms, frequencies in Hz, currents in the unit of drive
//! of the neuron. Floor F2.
//!
//! ```
//! use cajal::snn::inputs::{Chirp, Curve};
//! let zap = Chirp { start_ms: 100.0, ..Chirp::default() };
//! assert_eq!(zap.value_at(99.0), 0.0);
//! assert!((zap.frequency_at(100.0 + zap.duration_ms / 2.0) - 10.25).abs() < 1e-12);
//! ```

use std::f64::consts::TAU;

use super::{Curve, drive, hertz, moment, reached};
use crate::describe::{Citation, Declaration, Declared, Integrator, ParameterError, declared_fields};
use crate::units::Unit;

/// Parameters of the chirp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chirp {
    /// When it begins, ms.
    pub start_ms: f64,
    /// How long it lasts, ms.
    pub duration_ms: f64,
    /// Mean, in the unit of drive.
    pub offset: f64,
    /// Amplitude, in the unit of drive.
    pub amplitude: f64,
    /// Frequency at the start, Hz.
    pub from_hz: f64,
    /// Frequency at the end, Hz.
    pub to_hz: f64,
}

impl Default for Chirp {
    fn default() -> Self {
        let (from_hz, to_hz) = (0.5, 20.0);
        Self { start_ms: 0.0, duration_ms: 20_000.0, offset: 0.0, amplitude: 1.0, from_hz, to_hz }
    }
}

impl Chirp {
    /// The frequency at a time within the chirp, Hz.
    #[must_use]
    pub fn frequency_at(&self, time_ms: f64) -> f64 {
        self.from_hz + (self.to_hz - self.from_hz) * (time_ms - self.start_ms) / self.duration_ms
    }
}

impl Declared for Chirp {
    const DECLARATION: Declaration = Declaration {
        id: "chirp",
        title: "Chirp",
        citation: Citation {
            authors: "Hutcheon, Yarom",
            year: 2000,
            title: "Resonance, oscillation and the intrinsic frequency preferences of neurons",
            source: "Trends Neurosci. 23, 216–222, doi:10.1016/S0166-2236(00)01547-2",
        },
        equations: &[
            r"I(t) = I_0 + A \sin\!\left(2\pi\left(f_0 s + \frac{f_1 - f_0}{2T} s^2\right)\right), \quad s = t - t_1",
        ],
        parameters: &[
            moment("start_ms", "t_1", 0.0, "When the chirp begins."),
            moment("duration_ms", "T", 20_000.0, "How long it lasts."),
            drive("offset", "I_0", 0.0, "The mean of the current."),
            drive("amplitude", "A", 1.0, "How far it swings to either side."),
            hertz("from_hz", "f_0", 0.5, "The frequency it begins with."),
            hertz("to_hz", "f_1", 20.0, "The frequency it ends with."),
        ],
        state: &[],
        drive: Unit::One,
        integrator: Integrator::Map,
        largest_dt_ms: 10.0,
        presets: &[],
        references: &[],
        not_biological: "A sweep through all frequencies is a laboratory's probe; no synapse sends one.",
    };
    declared_fields!(start_ms, duration_ms, offset, amplitude, from_hz, to_hz);

    fn check(&self) -> Result<(), ParameterError> {
        if self.duration_ms > 0.0 {
            return Ok(());
        }
        let why = "a duration of 0 ms has no frequency".to_owned();
        Err(ParameterError::Contradiction { model: Self::DECLARATION.title, why })
    }
}

impl Curve for Chirp {
    fn value_at(&self, time_ms: f64) -> f64 {
        if !reached(time_ms, self.start_ms) || reached(time_ms, self.start_ms + self.duration_ms) {
            return self.offset;
        }
        let since_ms = time_ms - self.start_ms;
        let mean_hz = (self.from_hz + self.frequency_at(time_ms)) / 2.0;
        let turns = mean_hz * since_ms / 1000.0;
        self.offset + self.amplitude * libm::sin(TAU * (turns - libm::floor(turns)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_makes_as_many_turns_as_its_mean_frequency_says() {
        let chirp = Chirp::default();
        let values: Vec<f64> = (0..200_000).map(|n| chirp.value_at(f64::from(n) * 0.1)).collect();
        let rises = values.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
        assert_eq!(rises, 204); // 20 s at a mean of 10.25 Hz, less the rise at the very start
        assert!(values.iter().all(|value| value.abs() <= 1.0));
    }

    #[test]
    fn its_frequency_is_what_it_says() {
        let chirp = Chirp::default();
        let mut rises = (1..200_000).map(f64::from).map(|n| n * 0.1);
        let mut last = None;
        // Between two rises through zero lies one turn, at the frequency of the middle.
        while let Some(t) = rises.find(|&t| chirp.value_at(t - 0.1) < 0.0 && chirp.value_at(t) >= 0.0) {
            if let Some(before) = last.replace(t) {
                let measured = 1000.0 / (t - before);
                let said = chirp.frequency_at((t + before) / 2.0);
                assert!((measured / said - 1.0).abs() < 0.01, "{measured} Hz at {t} ms, said {said}");
            }
        }
        assert_eq!(chirp.value_at(20_000.0), 0.0);
        assert!(Chirp::with_values([("duration_ms", 0.0)]).is_err());
    }
}
