//! Unit of a perceptron: a weighted sum and a step.
//!
//! `y = 1` if `Σ w·x + b ≥ 0`, else 0. The weighted sum `Σ w·x` arrives as [`Input::current`]; no
//! channel opens, so a conductance has no effect. Plain numbers without units; one answer a step.
//!
//! ```
//! use cajal::neurons::{Input, NeuronModel, Perceptron, Stepper};
//! let unit = Perceptron { bias: 0.1 }.stepper::<f64>(1.0);
//! let sum = 0.5 * 0.4 + 0.8 * 0.7 - 0.2 * 0.3;
//! let stepped = unit.step(&mut unit.rest(), Input::current(sum));
//! assert!(stepped.spike == 1.0 && (stepped.potential - 0.8).abs() < 1e-12);
//! ```

use super::{Effective, Input, NeuronModel, Stepped, Stepper, UnitModel};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Preset, Reference, Scale, StateVariable,
    declared_fields,
};
use crate::kernels::lane::Real;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Perceptron {
    /// Bias b: the negative of the threshold.
    pub bias: f64,
}

const ROSENBLATT_1958: Citation = Citation {
    authors: "Rosenblatt",
    year: 1958,
    title: "The perceptron: a probabilistic model for information storage and organization in the brain",
    source: "Psychological Review 65(6), 386–408",
};

const NOVIKOFF_1962: Citation = Citation {
    authors: "Novikoff",
    year: 1962,
    title: "On convergence proofs on perceptrons",
    source: "Proc. Symposium on the Mathematical Theory of Automata 12, 615–622",
};

const COVER_1965: Citation = Citation {
    authors: "Cover",
    year: 1965,
    title: "Geometrical and statistical properties of systems of linear inequalities with applications in pattern \
            recognition",
    source: "IEEE Trans. Electronic Computers EC-14(3), 326–334",
};

impl Default for Perceptron {
    fn default() -> Self {
        Self { bias: -0.5 }
    }
}

impl Declared for Perceptron {
    const DECLARATION: Declaration = Declaration {
        id: "perceptron",
        title: "Perceptron unit",
        citation: ROSENBLATT_1958,
        equations: &[r"z = \sum_i w_i x_i + b", r"y = \begin{cases} 1 & z \ge 0 \\ 0 & z < 0 \end{cases}"],
        parameters: &[Parameter {
            key: "bias",
            symbol: "b",
            unit: Unit::One,
            range: (-100.0, 100.0),
            step: 0.1,
            scale: Scale::Linear,
            default: -0.5,
            meaning: "What is added to the weighted sum before the step.",
        }],
        state: &[StateVariable {
            key: "sum",
            symbol: "z",
            unit: Unit::One,
            meaning: "Weighted sum with bias of the last step.",
        }],
        drive: Unit::One,
        integrator: Integrator::Map,
        largest_dt_ms: 100.0,
        presets: &[Preset {
            id: "ramp",
            title: "A rising sum crosses the step once",
            values: &[],
            drive: &[(0.0, 0.0), (1000.0, 1.0)],
            citation: ROSENBLATT_1958,
        }],
        references: &[
            Reference {
                what: "updates until it has learned and, or, over the bound (R/γ)²: at most 1",
                expected: 0.5,
                tolerance: 0.5,
                unit: Unit::One,
                citation: NOVIKOFF_1962,
            },
            Reference {
                what: "tables of two inputs that it learns, of 16: all but exclusive or and its opposite",
                expected: 14.0,
                tolerance: 0.5,
                unit: Unit::Count,
                citation: COVER_1965,
            },
        ],
        not_biological: "It has no time: the answer depends on the present input alone, and one unit may excite \
                         some targets and inhibit others.",
    };
    declared_fields!(bias);
}

impl NeuronModel for Perceptron {
    type Stepper<R: Real> = PerceptronStepper<R>;

    fn stepper<R: Real>(&self, _dt_ms: f64) -> PerceptronStepper<R> {
        PerceptronStepper { bias: R::from_f64(self.bias) }
    }
}

/// The sum itself, of which nothing is remembered: `ũ − 1 = z`.
impl UnitModel for Perceptron {
    fn effective(&self) -> Effective {
        Effective { threshold: -self.bias, ..Effective::AT_ONCE }
    }
}

/// The step of [`Perceptron`].
#[derive(Clone, Copy)]
pub struct PerceptronStepper<R> {
    bias: R,
}

impl<R: Real> Stepper<R> for PerceptronStepper<R> {
    type State = [R; 1];

    fn rest(&self) -> [R; 1] {
        [self.bias]
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 1], input: Input<R>) -> Stepped<R> {
        let (zero, one) = (R::splat(0.0), R::splat(1.0));
        let sum = input.current + self.bias;
        *state = [sum];
        Stepped { spike: R::select(zero.le(sum), one, zero), potential: sum }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_is_at_zero_and_includes_it() {
        let unit = Perceptron { bias: -0.5 }.stepper::<f64>(1.0);
        let fires = |sum| unit.step(&mut unit.rest(), Input::current(sum)).spike;
        assert_eq!([0.499, 0.5, 0.501].map(fires), [0.0, 1.0, 1.0]);
    }
}
