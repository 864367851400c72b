//! Temporal-difference learning: the error of a prediction of reward, as dopamine neurons report it.
//!
//! `δ(t) = r(t) + γ·V(t+1) − V(t)`, `V(t) = Σ w_i·x_i(t)`, `w_i ← w_i + α·δ(t)·x_i(t)` (Sutton 1988;
//! Schultz, Dayan, Montague 1997). A stimulus is represented by a tapped delay line: `x_i(t)` is 1 in
//! the time step `i` after the cue, else 0; before the cue nothing is predicted, as it comes at
//! chance. With training the error moves from the reward to the cue. Reward that does not come leaves
//! a dip of what was expected.
//!
//! ```
//! use cajal::learning::plasticity::TemporalDifference;
//! let rule = TemporalDifference::default();
//! let mut weights = [0.0; 10];
//! for _ in 0..1_000 {
//!     rule.trial(&mut weights, 5, |step| if step == 12 { 1.0 } else { 0.0 }, 20);
//! }
//! let errors = rule.trial(&mut weights, 5, |_| 0.0, 20);
//! assert!((errors[12] + 1.0).abs() < 0.01); // the dip
//! ```

use super::{learning_rate, number};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Reference, StateVariable, declared_fields,
};
use crate::units::Unit;

/// Parameters of the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TemporalDifference {
    /// α.
    pub learning_rate: f64,
    /// γ: what a reward one step later is worth.
    pub discount: f64,
}

impl Default for TemporalDifference {
    fn default() -> Self {
        Self { learning_rate: 0.3, discount: 1.0 }
    }
}

const SCHULTZ_1997: Citation = Citation {
    authors: "Schultz, Dayan, Montague",
    year: 1997,
    title: "A neural substrate of prediction and reward",
    source: "Science 275, 1593–1599",
};

const fn error(what: &'static str, expected: f64) -> Reference {
    Reference { what, expected, tolerance: 1e-2, unit: Unit::One, citation: SCHULTZ_1997 }
}

impl Declared for TemporalDifference {
    const DECLARATION: Declaration = Declaration {
        id: "temporal-difference",
        title: "Temporal difference",
        citation: SCHULTZ_1997,
        equations: &[
            r"\delta(t) = r(t) + \gamma V(t+1) - V(t)",
            r"V(t) = \sum_i w_i x_i(t)",
            r"w_i \leftarrow w_i + \alpha\, \delta(t)\, x_i(t)",
        ],
        parameters: &[
            learning_rate(0.3),
            number("discount", r"\gamma", (0.0, 1.0), 1.0, "What a reward one step later is worth."),
        ],
        state: &[StateVariable {
            key: "weight",
            symbol: "w_i",
            unit: Unit::One,
            meaning: "Reward that is predicted i steps after the cue.",
        }],
        drive: Unit::One,
        integrator: Integrator::Map,
        largest_dt_ms: 1000.0,
        presets: &[],
        references: &[
            error("error at an unexpected reward of 1", 1.0),
            error("error at the cue after training", 1.0),
            error("error at the predicted reward after training", 0.0),
            error("error when the reward is omitted", -1.0),
        ],
        not_biological: "Time since the cue has a cell for each moment, and errors below the resting rate are as exact \
                         as those above.",
    };
    declared_fields!(learning_rate, discount);
}

impl TemporalDifference {
    /// One trial of `steps` time steps with a cue at `cue`: changes the weights, one for each step
    /// after the cue, and gives the error that is reported in each step.
    ///
    /// The error stands at the step in which it becomes known, that of the later prediction: the cue's
    /// at the cue, the reward's at the reward.
    pub fn trial(
        &self,
        weights: &mut [f64],
        cue: usize,
        reward: impl Fn(usize) -> f64,
        steps: usize,
    ) -> Vec<f64> {
        let tap = |step: usize| step.checked_sub(cue).filter(|&tap| tap < weights.len());
        let taps: Vec<Option<usize>> = (0..steps).map(tap).collect();
        let mut errors = vec![0.0; steps];
        for (step, error) in errors.iter_mut().enumerate() {
            let before = step.checked_sub(1).and_then(|before| taps[before]);
            let value = |tap: Option<usize>| tap.map_or(0.0, |tap| weights[tap]);
            *error = reward(step) + self.discount * value(taps[step]) - value(before);
            if let Some(before) = before {
                weights[before] += self.learning_rate * *error;
            }
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_the_discounted_reward() {
        let rule = TemporalDifference { discount: 0.9, ..TemporalDifference::default() };
        let mut weights = [0.0; 10];
        for _ in 0..2_000 {
            rule.trial(&mut weights, 2, |step| if step == 7 { 1.0 } else { 0.0 }, 15);
        }
        for (tap, weight) in weights.iter().enumerate() {
            let exact = if tap < 5 { 0.9f64.powi(4 - tap as i32) } else { 0.0 };
            assert!((weight - exact).abs() < 1e-6, "tap {tap}: {weight} against {exact}");
        }
    }
}
