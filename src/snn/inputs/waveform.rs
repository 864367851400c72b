//! A drawn waveform: breakpoints with straight lines between them.
//!
//! Two breakpoints at one time are a jump, at which the later value holds. Before the first and after
//! the last breakpoint the current stays what it is there. Times in ms, currents in the unit of drive
//! of the neuron. What presets call their drive is such a list ([`crate::describe::Preset::drive`]).
//! Floor F2.
//!
//! ```
//! use cajal::snn::inputs::{Curve, Waveform};
//! let drawn = Waveform::new(&[(0.0, 0.0), (10.0, 0.0), (10.0, 4.0), (20.0, 2.0)])?;
//! assert_eq!([9.9, 10.0, 15.0, 30.0].map(|t| drawn.value_at(t)), [0.0, 4.0, 3.0, 2.0]);
//! # Ok::<(), cajal::snn::inputs::InputError>(())
//! ```

use super::{Curve, InputError, reached};
use crate::describe::{Citation, Declaration, Integrator, Preset};
use crate::units::Unit;

/// What the waveform says of itself; its breakpoints are drawn, not declared.
pub const DECLARATION: Declaration = Declaration {
    id: "waveform",
    title: "Drawn waveform",
    citation: Citation {
        authors: "Marmont",
        year: 1949,
        title: "Studies on the axon membrane. I. A new method",
        source: "J. Cell. Comp. Physiol. 34, 351–382, doi:10.1002/jcp.1030340303",
    },
    equations: &[r"I(t) = I_k + (I_{k+1} - I_k) \frac{t - t_k}{t_{k+1} - t_k} \quad (t_k \le t < t_{k+1})"],
    parameters: &[],
    state: &[],
    drive: Unit::One,
    integrator: Integrator::Map,
    largest_dt_ms: 10.0,
    presets: &[],
    references: &[],
    not_biological: "It is whatever was drawn; a current clamp, not a synapse, makes it flow.",
};

/// Breakpoints `(time in ms, value)` in the order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Waveform {
    points: Vec<(f64, f64)>,
}

impl Waveform {
    /// The waveform through these breakpoints.
    ///
    /// # Errors
    /// If there is none, a number is not finite, times fall, or three of them are the same.
    pub fn new(points: &[(f64, f64)]) -> Result<Self, InputError> {
        if points.is_empty() {
            return Err(InputError::NoBreakpoint);
        }
        for (index, &(time_ms, value)) in points.iter().enumerate() {
            if !(time_ms.is_finite() && value.is_finite()) {
                return Err(InputError::Breakpoint { index, time_ms, value });
            }
            let before_ms = if index > 0 { points[index - 1].0 } else { f64::NEG_INFINITY };
            let third = index > 1 && points[index - 2].0 == time_ms;
            if time_ms < before_ms || third {
                return Err(InputError::BreakpointOrder { index, time_ms, before_ms });
            }
        }
        Ok(Self { points: points.to_vec() })
    }

    /// The drive that shows a preset.
    ///
    /// # Errors
    /// As [`Waveform::new`]; a preset without a drive has no breakpoint.
    pub fn of_preset(preset: &Preset) -> Result<Self, InputError> {
        Self::new(preset.drive)
    }

    /// The breakpoints, `(time in ms, value)`.
    #[must_use]
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }
}

impl Curve for Waveform {
    fn value_at(&self, time_ms: f64) -> f64 {
        let passed = self.points.partition_point(|&(edge_ms, _)| reached(time_ms, edge_ms));
        let (last, next) = (passed.checked_sub(1).map(|k| self.points[k]), self.points.get(passed));
        match (last, next) {
            (Some((from_ms, from)), Some(&(to_ms, to))) => {
                from + (to - from) * ((time_ms - from_ms) / (to_ms - from_ms)).max(0.0)
            }
            (Some((_, value)), None) | (None, Some(&(_, value))) => value,
            (None, None) => unreachable!("a waveform has a breakpoint"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snn::inputs::{Current, Step};

    #[test]
    fn a_drawn_step_is_a_step() {
        let drawn = Waveform::new(&[(0.0, 0.0), (0.3, 0.0), (0.3, 2.0), (7.1, 2.0), (7.1, 0.0)]);
        let drawn = drawn.expect("in order").held(0.1).expect("a time step");
        let step = Step { start_ms: 0.3, stop_ms: 7.1, amplitude: 2.0, baseline: 0.0 };
        let step = step.held(0.1).expect("a time step");
        for n in 0..100 {
            assert_eq!(drawn.current_at(n, 0), step.current_at(n, 5), "step {n}");
        }
    }

    #[test]
    fn lines_are_straight_and_ends_are_held() {
        let drawn = Waveform::new(&[(1.0, -1.0), (3.0, 1.0)]).expect("in order");
        for n in 0..=20 {
            let t = 1.0 + f64::from(n) / 10.0;
            assert!((drawn.value_at(t) - (t - 2.0)).abs() < 1e-12);
        }
        assert_eq!((drawn.value_at(0.0), drawn.value_at(9.0)), (-1.0, 1.0));
    }

    #[test]
    fn what_is_no_waveform_is_refused_with_its_place() {
        assert_eq!(Waveform::new(&[]), Err(InputError::NoBreakpoint));
        let falling = Waveform::new(&[(0.0, 1.0), (2.0, 1.0), (1.0, 0.0)]);
        let expected = InputError::BreakpointOrder { index: 2, time_ms: 1.0, before_ms: 2.0 };
        assert_eq!(falling, Err(expected));
        assert!(Waveform::new(&[(0.0, 1.0), (0.0, 2.0), (0.0, 3.0)]).is_err());
        let error = Waveform::new(&[(0.0, 1.0), (f64::NAN, 2.0)]).unwrap_err();
        assert!(matches!(error, InputError::Breakpoint { index: 1, .. }), "{error}");
        assert!(Waveform::new(&[(0.0, f64::INFINITY)]).is_err());
    }
}
