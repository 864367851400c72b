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
    Citation, Declaration, Declared, Integrator, Parameter, Preset, Scale, StateVariable, declared_fields,
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
        references: &[],
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

    const PATTERNS: [([f64; 2], [f64; 3]); 4] = [
        ([0.0, 0.0], [0.0, 0.0, 0.0]),
        ([0.0, 1.0], [0.0, 1.0, 1.0]),
        ([1.0, 0.0], [0.0, 1.0, 1.0]),
        ([1.0, 1.0], [1.0, 1.0, 0.0]),
    ];

    #[test]
    fn the_step_is_at_zero_and_includes_it() {
        let unit = Perceptron { bias: -0.5 }.stepper::<f64>(1.0);
        let fires = |sum| unit.step(&mut unit.rest(), Input::current(sum)).spike;
        assert_eq!([0.499, 0.5, 0.501].map(fires), [0.0, 1.0, 1.0]);
    }

    /// Rosenblatt's correction until nothing is wrong; the updates, if it ends within `limit`.
    fn learn(column: usize, limit: usize) -> Option<usize> {
        let (mut weights, mut bias, mut updates) = ([0.0; 2], 0.0, 0);
        for _ in 0..limit {
            let before = updates;
            for (x, targets) in PATTERNS {
                let unit = Perceptron { bias }.stepper::<f64>(1.0);
                let sum = weights[0] * x[0] + weights[1] * x[1];
                let error = targets[column] - unit.step(&mut unit.rest(), Input::current(sum)).spike;
                if error != 0.0 {
                    updates += 1;
                    bias += error;
                    weights = [weights[0] + error * x[0], weights[1] + error * x[1]];
                }
            }
            if updates == before {
                return Some(updates);
            }
        }
        None
    }

    /// Novikoff's bound `(R/γ)²`, with the constant input in the pattern: `R² = 3`, and a separating
    /// unit vector with margin γ is `(1, 1, −3/2)/√4.25` for AND, `(1, 1, −1/2)/√2.25` for OR.
    #[test]
    fn learning_ends_within_the_bound_where_a_line_separates() {
        let and = learn(0, 100).expect("a line separates AND");
        assert!(and > 0 && and as f64 <= 3.0 * 4.25 / 0.25, "{and}");
        let or = learn(1, 100).expect("a line separates OR");
        assert!(or > 0 && or as f64 <= 3.0 * 2.25 / 0.25, "{or}");
        assert_eq!(learn(2, 1000), None, "no line separates exclusive or");
    }
}
