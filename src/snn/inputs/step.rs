//! A step of current: the baseline, from `start` until `stop` the amplitude, the baseline again.
//!
//! `I(t) = I₀ + A` for `t₁ ≤ t < t₂`, else `I₀`. Times in ms, currents in the unit of drive of the neuron.
//! Floor F2.
//!
//! ```
//! use cajal::snn::inputs::{Current, Curve, Step};
//! let step = Step { start_ms: 0.3, stop_ms: 0.7, amplitude: 2.0, baseline: 0.5 }.held(0.1)?;
//! let values: Vec<f64> = (0..9).map(|n| step.current_at(n, 0)).collect();
//! assert_eq!(values, [0.5, 0.5, 0.5, 2.5, 2.5, 2.5, 2.5, 0.5, 0.5]);
//! # Ok::<(), cajal::snn::inputs::InputError>(())
//! ```

use super::{Curve, drive, moment, reached};
use crate::describe::{Citation, Declaration, Declared, Integrator, ParameterError, declared_fields};
use crate::units::Unit;

/// Parameters of the step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// When it begins, ms.
    pub start_ms: f64,
    /// When it ends, ms.
    pub stop_ms: f64,
    /// What is added between, in the unit of drive.
    pub amplitude: f64,
    /// What flows always, in the unit of drive.
    pub baseline: f64,
}

impl Default for Step {
    fn default() -> Self {
        Self { start_ms: 100.0, stop_ms: 600.0, amplitude: 1.0, baseline: 0.0 }
    }
}

impl Declared for Step {
    const DECLARATION: Declaration = Declaration {
        id: "step",
        title: "Step of current",
        citation: Citation {
            authors: "Hodgkin",
            year: 1948,
            title: "The local electric changes associated with repetitive action in a non-medullated axon",
            source: "J. Physiol. 107, 165–181, doi:10.1113/jphysiol.1948.sp004260",
        },
        equations: &[r"I(t) = I_0 + A \quad (t_1 \le t < t_2), \quad I_0 \text{ else}"],
        parameters: &[
            moment("start_ms", "t_1", 100.0, "When the step begins."),
            moment("stop_ms", "t_2", 600.0, "When it ends."),
            drive("amplitude", "A", 1.0, "What the step adds."),
            drive("baseline", "I_0", 0.0, "What flows before, during and after it."),
        ],
        state: &[],
        drive: Unit::One,
        integrator: Integrator::Map,
        largest_dt_ms: 10.0,
        presets: &[],
        references: &[],
        not_biological: "No synapse switches a current on at once and holds it: this is the experimenter's electrode.",
    };
    declared_fields!(start_ms, stop_ms, amplitude, baseline);

    fn check(&self) -> Result<(), ParameterError> {
        if self.start_ms <= self.stop_ms {
            return Ok(());
        }
        let why =
            format!("a start at {} ms must not lie behind an end at {} ms", self.start_ms, self.stop_ms);
        Err(ParameterError::Contradiction { model: Self::DECLARATION.title, why })
    }
}

impl Curve for Step {
    fn value_at(&self, time_ms: f64) -> f64 {
        let on = reached(time_ms, self.start_ms) && !reached(time_ms, self.stop_ms);
        self.baseline + if on { self.amplitude } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snn::inputs::Current;

    #[test]
    fn edges_fall_on_their_steps_whatever_the_time_step() {
        for (dt_ms, per_ms) in [(0.1, 10), (0.05, 20), (0.01, 100), (0.025, 40)] {
            for start in [1u32, 3, 7, 100, 1201] {
                let (start_ms, stop_ms) = (f64::from(start), f64::from(start + 2));
                let step = Step { start_ms, stop_ms, ..Step::default() }.held(dt_ms).expect("a time step");
                let on = (0..200_000).filter(|&n| step.current_at(n, 0) > 0.0);
                let on: Vec<u64> = on.collect();
                assert_eq!((on[0], on.len() as u32), (u64::from(start * per_ms), 2 * per_ms), "dt {dt_ms}");
            }
        }
    }

    #[test]
    fn an_end_before_the_start_is_refused() {
        assert!(Step::with_values([("start_ms", 700.0)]).is_err());
        assert!(Step::with_values([("start_ms", 600.0)]).is_ok());
        assert!(Step::default().held(0.0).is_err());
    }
}
