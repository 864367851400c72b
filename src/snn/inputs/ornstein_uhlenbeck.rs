//! Ornstein-Uhlenbeck noise: what many small synaptic currents add up to, Gaussian and remembered for τ.
//!
//! `τ dI/dt = −(I − μ) + σ√(2τ)·ξ(t)`. The update is exact at any time step (Gillespie 1996, Phys. Rev. E
//! 54, 2084–2091, eq. 1.9): `I ← μ + (I − μ)·ρ + σ√(1 − ρ²)·ξ`, `ρ = e^(−dt/τ)`, so variance `σ²` and
//! autocorrelation `e^(−|s|/τ)` do not depend on `dt`. Step 0 is drawn from the stationary distribution.
//!
//! The innovations are pure functions of stream, step and element; the current itself carries a
//! state, which may be stored and put back. μ and σ in the unit of drive of the neuron, τ in ms.
//! Floor F2.
//!
//! ```
//! use cajal::rng::{Stream, StreamId};
//! use cajal::snn::inputs::OrnsteinUhlenbeck;
//! let stream = Stream::new(3, StreamId::OrnsteinUhlenbeck);
//! let noise = OrnsteinUhlenbeck { mean: 1.0, deviation: 0.5, tau_ms: 5.0 };
//! let mut process = noise.process(stream, 0.1, 100)?; // at step 0
//! let first = process.values()[7];
//! process.advance();
//! assert_eq!(process.step(), 1);
//! assert!((process.values()[7] - first).abs() < 0.6);
//! # Ok::<(), cajal::snn::inputs::InputError>(())
//! ```

use super::{InputError, checked_dt, drive};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Reference, Scale, StateVariable, declared_fields,
};
use crate::rng::Stream;
use crate::units::Unit;

/// Parameters of the noise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OrnsteinUhlenbeck {
    /// Mean μ, in the unit of drive.
    pub mean: f64,
    /// Standard deviation σ, in the unit of drive.
    pub deviation: f64,
    /// Correlation time τ, ms.
    pub tau_ms: f64,
}

impl Default for OrnsteinUhlenbeck {
    fn default() -> Self {
        Self { mean: 0.0, deviation: 1.0, tau_ms: 5.0 }
    }
}

const UHLENBECK_1930: Citation = Citation {
    authors: "Uhlenbeck, Ornstein",
    year: 1930,
    title: "On the theory of the Brownian motion",
    source: "Phys. Rev. 36, 823–841, doi:10.1103/PhysRev.36.823",
};

impl Declared for OrnsteinUhlenbeck {
    const DECLARATION: Declaration = Declaration {
        id: "ornstein-uhlenbeck",
        title: "Ornstein-Uhlenbeck noise",
        citation: UHLENBECK_1930,
        equations: &[
            r"\tau \frac{dI}{dt} = -(I - \mu) + \sigma \sqrt{2\tau}\, \xi(t)",
            r"I_{n+1} = \mu + (I_n - \mu) e^{-\Delta t/\tau} + \sigma \sqrt{1 - e^{-2\Delta t/\tau}}\, \xi_n",
        ],
        parameters: &[
            drive("mean", r"\mu", 0.0, "The mean of the current."),
            Parameter {
                key: "deviation",
                symbol: r"\sigma",
                unit: Unit::One,
                range: (0.0, 1e5),
                step: 0.1,
                scale: Scale::Linear,
                default: 1.0,
                meaning: "Standard deviation of the current.",
            },
            Parameter {
                key: "tau_ms",
                symbol: r"\tau",
                unit: Unit::Millisecond,
                range: (0.1, 1e4),
                step: 1.1,
                scale: Scale::Logarithmic,
                default: 5.0,
                meaning: "How long the current remembers itself.",
            },
        ],
        state: &[StateVariable {
            key: "current",
            symbol: "I",
            unit: Unit::One,
            meaning: "The current itself.",
        }],
        drive: Unit::One,
        integrator: Integrator::Exact,
        largest_dt_ms: 10.0,
        presets: &[],
        references: &[
            Reference {
                what: "variance of the current in units of σ²",
                expected: 1.0,
                tolerance: 0.01,
                unit: Unit::One,
                citation: UHLENBECK_1930,
            },
            Reference {
                what: "correlation of the current with itself τ later",
                expected: 0.367_879_441_171_442_33,
                tolerance: 0.01,
                unit: Unit::One,
                citation: UHLENBECK_1930,
            },
        ],
        not_biological: "It may swing below zero without bound, as no sum of excitatory currents can.",
    };
    declared_fields!(mean, deviation, tau_ms);
}

impl OrnsteinUhlenbeck {
    /// As many independent currents as `elements`, at step 0, in steps of `dt_ms`.
    ///
    /// # Errors
    /// If the time step is not a positive number.
    pub fn process(
        &self,
        stream: Stream,
        dt_ms: f64,
        elements: usize,
    ) -> Result<OrnsteinUhlenbeckProcess, InputError> {
        let rate = checked_dt(dt_ms)? / self.tau_ms;
        let mut process = OrnsteinUhlenbeckProcess {
            stream,
            mean: self.mean,
            kept: libm::exp(-rate),
            fresh: self.deviation * (-libm::expm1(-2.0 * rate)).sqrt(),
            step: 0,
            values: vec![0.0; elements],
            normals: vec![0.0; elements],
        };
        stream.fill_normal(0, 0, &mut process.normals);
        for (value, &normal) in process.values.iter_mut().zip(&process.normals) {
            *value = self.mean + self.deviation * f64::from(normal);
        }
        Ok(process)
    }
}

/// Ornstein-Uhlenbeck currents on their way through time.
#[derive(Clone, Debug, PartialEq)]
pub struct OrnsteinUhlenbeckProcess {
    stream: Stream,
    mean: f64,
    /// ρ, what is kept of the distance to the mean.
    kept: f64,
    /// σ√(1 − ρ²), what is new.
    fresh: f64,
    step: u64,
    values: Vec<f64>,
    normals: Vec<f32>,
}

impl OrnsteinUhlenbeckProcess {
    /// The step of [`Self::values`].
    #[must_use]
    pub fn step(&self) -> u64 {
        self.step
    }

    /// The current of each element during [`Self::step`].
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Goes on to the next step.
    pub fn advance(&mut self) {
        self.step += 1;
        self.stream.fill_normal(self.step, 0, &mut self.normals);
        for (value, &normal) in self.values.iter_mut().zip(&self.normals) {
            *value = self.mean + (*value - self.mean) * self.kept + self.fresh * f64::from(normal);
        }
    }

    /// Puts back what [`Self::step`] and [`Self::values`] gave earlier.
    ///
    /// # Errors
    /// If there are not as many finite numbers as elements; nothing changes then.
    pub fn restore(&mut self, step: u64, values: &[f64]) -> Result<(), InputError> {
        let finite = values.iter().filter(|value| value.is_finite()).count();
        if finite != self.values.len() || values.len() != finite {
            return Err(InputError::State { expected: self.values.len(), got: finite });
        }
        self.step = step;
        self.values.copy_from_slice(values);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::StreamId;

    fn process(dt_ms: f64, elements: usize) -> OrnsteinUhlenbeckProcess {
        let noise = OrnsteinUhlenbeck { mean: -1.0, deviation: 2.0, tau_ms: 5.0 };
        noise.process(Stream::new(8, StreamId::OrnsteinUhlenbeck), dt_ms, elements).expect("a time step")
    }

    /// Mean, variance and the covariance with what was `lag` steps ago, at the end of `2·lag` steps.
    fn moments(dt_ms: f64, lag: u64) -> (f64, f64, f64) {
        let n = 200_000;
        let mut process = process(dt_ms, n);
        for _ in 0..lag {
            process.advance();
        }
        let earlier = process.values().to_vec();
        for _ in 0..lag {
            process.advance();
        }
        let (mut mean, mut variance, mut covariance) = (0.0, 0.0, 0.0);
        for (now, then) in process.values().iter().zip(&earlier) {
            mean += now / n as f64;
            variance += (now + 1.0).powi(2) / n as f64;
            covariance += (now + 1.0) * (then + 1.0) / n as f64;
        }
        (mean, variance, covariance)
    }

    #[test]
    fn variance_and_memory_do_not_depend_on_the_time_step() {
        for (dt_ms, lag) in [(0.1, 50u64), (1.0, 5), (5.0, 1), (50.0, 1), (2.5, 1)] {
            let (mean, variance, covariance) = moments(dt_ms, lag);
            let remembered = 4.0 * (-dt_ms * lag as f64 / 5.0).exp();
            assert!((mean + 1.0).abs() < 0.023, "dt {dt_ms}: mean {mean}");
            assert!((variance - 4.0).abs() < 0.064, "dt {dt_ms}: variance {variance}");
            assert!((covariance - remembered).abs() < 0.064, "dt {dt_ms}: {covariance}, {remembered}");
        }
    }

    #[test]
    fn what_is_put_back_goes_on_the_same_way() {
        let mut process = process(0.1, 33);
        process.advance();
        let (step, values) = (process.step(), process.values().to_vec());
        process.advance();
        process.advance();
        let expected = process.clone();
        process.restore(step, &values).expect("its own state");
        process.advance();
        process.advance();
        assert_eq!(process, expected);
        let error = process.restore(0, &values[1..]).unwrap_err();
        assert_eq!(error, InputError::State { expected: 33, got: 32 });
        assert!(process.restore(0, &[f64::NAN; 33]).is_err());
        assert_eq!(process, expected);
    }
}
