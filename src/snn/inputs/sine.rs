//! A sine of current: `I(t) = I₀ + A·sin(2π·f·t + φ)`.
//!
//! Time in ms, frequency in Hz, phase in degrees, currents in the unit of drive of the neuron.
//! The sine is that of the `libm` crate: the same bits on every target. Floor F2.
//!
//! ```
//! use cajal::snn::inputs::{Curve, Sine};
//! let sine = Sine { offset: 1.0, amplitude: 2.0, frequency_hz: 10.0, phase_deg: 0.0 };
//! assert!((sine.value_at(25.0) - 3.0).abs() < 1e-12); // a quarter of a period
//! ```

use std::f64::consts::TAU;

use super::{Curve, drive, hertz};
use crate::describe::{Citation, Declaration, Declared, Integrator, Parameter, Scale, declared_fields};
use crate::units::Unit;

/// Parameters of the sine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sine {
    /// Mean, in the unit of drive.
    pub offset: f64,
    /// Amplitude, in the unit of drive.
    pub amplitude: f64,
    /// Frequency, Hz.
    pub frequency_hz: f64,
    /// Phase at time 0, degrees.
    pub phase_deg: f64,
}

impl Default for Sine {
    fn default() -> Self {
        Self { offset: 0.0, amplitude: 1.0, frequency_hz: 10.0, phase_deg: 0.0 }
    }
}

impl Declared for Sine {
    const DECLARATION: Declaration = Declaration {
        id: "sine",
        title: "Sine",
        citation: Citation {
            authors: "Knight",
            year: 1972,
            title: "Dynamics of encoding in a population of neurons",
            source: "J. Gen. Physiol. 59, 734–766, doi:10.1085/jgp.59.6.734",
        },
        equations: &[r"I(t) = I_0 + A \sin(2\pi f t + \varphi)"],
        parameters: &[
            drive("offset", "I_0", 0.0, "The mean of the current."),
            drive("amplitude", "A", 1.0, "How far it swings to either side."),
            hertz("frequency_hz", "f", 10.0, "Periods a second."),
            Parameter {
                key: "phase_deg",
                symbol: r"\varphi",
                unit: Unit::Degree,
                range: (-360.0, 360.0),
                step: 5.0,
                scale: Scale::Linear,
                default: 0.0,
                meaning: "Where in its period it begins.",
            },
        ],
        state: &[],
        drive: Unit::One,
        integrator: Integrator::Map,
        largest_dt_ms: 10.0,
        presets: &[],
        references: &[],
        not_biological: "Rhythms of the brain are never a single frequency for long.",
    };
    declared_fields!(offset, amplitude, frequency_hz, phase_deg);
}

impl Curve for Sine {
    fn value_at(&self, time_ms: f64) -> f64 {
        let turns = self.frequency_hz * time_ms / 1000.0 + self.phase_deg / 360.0;
        // Whole turns are taken off first: the argument stays small and the sine sharp.
        self.offset + self.amplitude * libm::sin(TAU * (turns - libm::floor(turns)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_repeats_swings_by_its_amplitude_and_begins_at_its_phase() {
        let sine = Sine { offset: 0.5, amplitude: 2.0, frequency_hz: 40.0, phase_deg: 90.0 };
        assert!((sine.value_at(0.0) - 2.5).abs() < 1e-12);
        assert!((sine.value_at(12.5) + 1.5).abs() < 1e-12);
        for n in 0..100 {
            let t = f64::from(n) * 0.37;
            assert!((sine.value_at(t) - sine.value_at(t + 25.0 * 4000.0)).abs() < 1e-9);
        }
    }

    #[test]
    fn its_mean_square_is_half_the_square_of_its_amplitude() {
        let sine = Sine { amplitude: 3.0, ..Sine::default() };
        let squares: f64 = (0..1000).map(|n| sine.value_at(f64::from(n) * 0.1).powi(2)).sum();
        assert!((squares / 1000.0 - 4.5).abs() < 1e-9);
    }
}
