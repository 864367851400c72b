//! A ramp of current: straight from one value to another, held before and after.
//!
//! `I(t) = a + (b − a)·(t − t₁)/(t₂ − t₁)` between `t₁` and `t₂`. Times in ms, currents in the unit of
//! drive of the neuron. Slow ramps show accommodation and give an f-I curve in one run. Floor F2.
//!
//! ```
//! use cajal::snn::inputs::{Curve, Ramp};
//! let ramp = Ramp { start_ms: 10.0, stop_ms: 20.0, from: 1.0, to: 5.0 };
//! assert_eq!([0.0, 10.0, 15.0, 20.0, 99.0].map(|t| ramp.value_at(t)), [1.0, 1.0, 3.0, 5.0, 5.0]);
//! ```

use super::{Curve, drive, moment};
use crate::describe::{Citation, Declaration, Declared, Integrator, ParameterError, declared_fields};
use crate::units::Unit;

/// Parameters of the ramp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ramp {
    /// When it begins, ms.
    pub start_ms: f64,
    /// When it ends, ms.
    pub stop_ms: f64,
    /// Value before and at the start, in the unit of drive.
    pub from: f64,
    /// Value at the end and after, in the unit of drive.
    pub to: f64,
}

impl Default for Ramp {
    fn default() -> Self {
        Self { start_ms: 100.0, stop_ms: 1100.0, from: 0.0, to: 1.0 }
    }
}

impl Declared for Ramp {
    const DECLARATION: Declaration = Declaration {
        id: "ramp",
        title: "Ramp of current",
        citation: Citation {
            authors: "Hill",
            year: 1936,
            title: "Excitation and accommodation in nerve",
            source: "Proc. R. Soc. B 119, 305–355, doi:10.1098/rspb.1936.0012",
        },
        equations: &[r"I(t) = a + (b - a) \frac{t - t_1}{t_2 - t_1} \quad (t_1 \le t \le t_2)"],
        parameters: &[
            moment("start_ms", "t_1", 100.0, "When the ramp begins."),
            moment("stop_ms", "t_2", 1100.0, "When it ends."),
            drive("from", "a", 0.0, "The current before the ramp."),
            drive("to", "b", 1.0, "The current after it."),
        ],
        state: &[],
        drive: Unit::One,
        integrator: Integrator::Map,
        largest_dt_ms: 10.0,
        presets: &[],
        references: &[],
        not_biological: "A current that grows as a straight line comes from an electrode, not from synapses.",
    };
    declared_fields!(start_ms, stop_ms, from, to);

    fn check(&self) -> Result<(), ParameterError> {
        if self.start_ms < self.stop_ms {
            return Ok(());
        }
        let why = format!("a start at {} ms must lie before an end at {} ms", self.start_ms, self.stop_ms);
        Err(ParameterError::Contradiction { model: Self::DECLARATION.title, why })
    }
}

impl Curve for Ramp {
    fn value_at(&self, time_ms: f64) -> f64 {
        let share = (time_ms - self.start_ms) / (self.stop_ms - self.start_ms);
        self.from + (self.to - self.from) * share.clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_straight_and_held_outside() {
        let ramp = Ramp { from: -2.0, to: 3.0, ..Ramp::default() };
        for n in 0..=100 {
            let exact = -2.0 + 5.0 * f64::from(n) / 100.0;
            assert!((ramp.value_at(100.0 + 10.0 * f64::from(n)) - exact).abs() < 1e-12);
        }
        assert_eq!((ramp.value_at(0.0), ramp.value_at(1e6)), (-2.0, 3.0));
    }

    #[test]
    fn a_ramp_without_length_is_refused() {
        assert!(Ramp::with_values([("start_ms", 1100.0)]).is_err());
    }
}
