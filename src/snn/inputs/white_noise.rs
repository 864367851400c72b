//! White noise: a current whose values in different steps and elements are independent Gaussians.
//!
//! `I_n = μ + σ/√dt·ξ_n`. The root makes the noise a property of the current rather than of the time
//! step: its integral over a time `T` has the variance `σ²·T` whatever `dt` is, so a membrane shows the
//! same fluctuations at every `dt` that is short for it. `σ` is in the neuron's unit of drive times √ms.
//!
//! A pure function of stream, step and element; ask for element 0 alone to give all neurons the same
//! noise. Draws do not reach beyond 6.4 standard deviations. Floor F2.
//!
//! ```
//! use cajal::rng::{Stream, StreamId};
//! use cajal::snn::inputs::{Current, WhiteNoise};
//! let noise = WhiteNoise { mean: 1.0, intensity: 0.5 };
//! let noise = noise.current(Stream::new(3, StreamId::CurrentNoise), 0.1)?;
//! let mut currents = [0.0f32; 8];
//! noise.fill_currents(12, 4, &mut currents);
//! assert_eq!(currents[1], noise.current_at(12, 5) as f32);
//! # Ok::<(), cajal::snn::inputs::InputError>(())
//! ```

use super::{Current, InputError, checked_dt, drive};
use crate::describe::{Citation, Declaration, Declared, Integrator, Parameter, Scale, declared_fields};
use crate::rng::Stream;
use crate::units::Unit;

/// Parameters of the noise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WhiteNoise {
    /// Mean μ, in the unit of drive.
    pub mean: f64,
    /// Intensity σ, in the unit of drive times √ms.
    pub intensity: f64,
}

impl Default for WhiteNoise {
    fn default() -> Self {
        Self { mean: 0.0, intensity: 1.0 }
    }
}

impl Declared for WhiteNoise {
    const DECLARATION: Declaration = Declaration {
        id: "white-noise",
        title: "White noise",
        citation: Citation {
            authors: "Bryant, Segundo",
            year: 1976,
            title: "Spike initiation by transmembrane current: a white-noise analysis",
            source: "J. Physiol. 260, 279–314, doi:10.1113/jphysiol.1976.sp011516",
        },
        equations: &[
            r"I_n = \mu + \frac{\sigma}{\sqrt{\Delta t}}\, \xi_n, \quad \xi_n \sim \mathcal{N}(0, 1)",
        ],
        parameters: &[
            drive("mean", r"\mu", 0.0, "The mean of the current."),
            Parameter {
                key: "intensity",
                symbol: r"\sigma",
                unit: Unit::One,
                range: (0.0, 1e5),
                step: 0.1,
                scale: Scale::Linear,
                default: 1.0,
                meaning: "Standard deviation of the charge that one ms brings.",
            },
        ],
        state: &[],
        drive: Unit::One,
        integrator: Integrator::Map,
        largest_dt_ms: 10.0,
        presets: &[],
        references: &[],
        not_biological: "No current is white: channels and synapses smooth it over milliseconds.",
    };
    declared_fields!(mean, intensity);
}

impl WhiteNoise {
    /// The noise in steps of `dt_ms`, drawn from `stream`.
    ///
    /// # Errors
    /// If the time step is not a positive number.
    pub fn current(&self, stream: Stream, dt_ms: f64) -> Result<WhiteNoiseCurrent, InputError> {
        let deviation = self.intensity / checked_dt(dt_ms)?.sqrt();
        Ok(WhiteNoiseCurrent { stream, mean: self.mean, deviation })
    }
}

/// White noise in steps of one length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WhiteNoiseCurrent {
    stream: Stream,
    mean: f64,
    deviation: f64,
}

impl WhiteNoiseCurrent {
    #[inline(always)]
    fn of(self, normal: f32) -> f64 {
        self.mean + self.deviation * f64::from(normal)
    }
}

impl Current for WhiteNoiseCurrent {
    fn current_at(&self, step: u64, element: u64) -> f64 {
        self.of(self.stream.normal_f32(step, element))
    }

    fn fill_currents(&self, step: u64, first_element: u64, out: &mut [f32]) {
        self.stream.fill_normal(step, first_element, out);
        for value in out {
            *value = self.of(*value) as f32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::StreamId;

    #[test]
    fn its_integral_varies_the_same_at_every_time_step() {
        for (dt_ms, steps) in [(0.1, 40u64), (0.5, 8), (2.0, 2)] {
            let noise = WhiteNoise { mean: 2.0, intensity: 1.5 };
            let noise = noise.current(Stream::new(1, StreamId::CurrentNoise), dt_ms).expect("a time step");
            let n = 40_000usize;
            let (mut integral, mut values) = (vec![0.0; n], vec![0.0f32; n]);
            for step in 0..steps {
                noise.fill_currents(step, 0, &mut values);
                for (sum, &value) in integral.iter_mut().zip(&values) {
                    *sum += f64::from(value) * dt_ms;
                }
            }
            // Over 4 ms: mean 2·4, variance 1.5²·4; both within five standard errors.
            let mean = integral.iter().sum::<f64>() / n as f64;
            let variance = integral.iter().map(|x| (x - 8.0).powi(2)).sum::<f64>() / n as f64;
            assert!((mean - 8.0).abs() < 5.0 * 3.0 / (n as f64).sqrt(), "dt {dt_ms}: mean {mean}");
            let error = 9.0 * (2.0 / n as f64).sqrt();
            assert!((variance - 9.0).abs() < 5.0 * error, "dt {dt_ms}: variance {variance}");
        }
    }

    #[test]
    fn steps_and_elements_are_uncorrelated() {
        let stream = Stream::new(4, StreamId::CurrentNoise);
        let noise = WhiteNoise::default().current(stream, 1.0).expect("a time step");
        let n = 40_000u64;
        let correlation = |other: fn(u64) -> (u64, u64)| {
            let products = (0..n).map(|i| {
                let (step, element) = other(i);
                noise.current_at(i, 3) * noise.current_at(step, element)
            });
            products.sum::<f64>() / n as f64
        };
        for (what, value) in [("step", correlation(|i| (i + 1, 3))), ("element", correlation(|i| (i, 4)))] {
            assert!(value.abs() < 5.0 / (n as f64).sqrt(), "next {what}: {value}");
        }
    }
}
