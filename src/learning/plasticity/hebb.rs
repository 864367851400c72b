//! Hebb's rule: what fires together wires together.
//!
//! `Δw = η·x·y` for presynaptic rates `x` and the postsynaptic rate `y`. With `y = w·x` the weights
//! grow without limit, along the direction in which inputs vary most; [`super::Oja`] is the same rule
//! with a brake.
//!
//! ```
//! use cajal::learning::plasticity::Hebb;
//! use cajal::snn::plasticity::RateRule;
//! let mut weights = [0.0f64, 0.0];
//! Hebb { learning_rate: 0.1 }.update(&mut 0.0, &[1.0, 0.5], 2.0, &mut weights);
//! assert!((weights[0] - 0.2).abs() < 1e-12 && (weights[1] - 0.1).abs() < 1e-12);
//! ```

use super::learning_rate;
use crate::describe::{Citation, Declaration, Declared, Integrator, declared_fields};
use crate::kernels::lane::Real;
use crate::snn::plasticity::RateRule;
use crate::units::Unit;

/// Parameters of the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hebb {
    /// η.
    pub learning_rate: f64,
}

impl Default for Hebb {
    fn default() -> Self {
        Self { learning_rate: 0.01 }
    }
}

impl Declared for Hebb {
    const DECLARATION: Declaration = Declaration {
        id: "hebb",
        title: "Hebb",
        citation: Citation {
            authors: "Hebb",
            year: 1949,
            title: "The Organization of Behavior",
            source: "Wiley, New York, chapter 4",
        },
        equations: &[r"\Delta w_i = \eta\, x_i\, y"],
        parameters: &[learning_rate(0.01)],
        state: &[],
        drive: Unit::One,
        integrator: Integrator::Map,
        largest_dt_ms: 1000.0,
        presets: &[],
        references: &[],
        not_biological: "Nothing ever weakens: weights grow without limit.",
    };
    declared_fields!(learning_rate);
}

impl RateRule for Hebb {
    fn update<R: Real>(&self, _state: &mut R, pre: &[R], post: R, weights: &mut [R]) {
        let change = R::from_f64(self.learning_rate) * post;
        for (weight, &pre) in weights.iter_mut().zip(pre) {
            *weight = *weight + change * pre;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_grow_by_the_same_factor_each_time() {
        let rule = Hebb { learning_rate: 0.1 };
        let mut weights = [0.3f64, 0.4];
        let pre = [0.6, 0.8];
        for _ in 0..10 {
            let post = weights[0] * pre[0] + weights[1] * pre[1];
            rule.update(&mut 0.0, &pre, post, &mut weights);
        }
        let length = (weights[0] * weights[0] + weights[1] * weights[1]).sqrt();
        assert!((length - 0.5 * 1.1f64.powi(10)).abs() < 1e-12, "{length}");
    }
}
