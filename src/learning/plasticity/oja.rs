//! Oja's rule: Hebb's with a brake that keeps the weights at length 1.
//!
//! `Δw = η·y·(x − y·w)`, `y = w·x`. For inputs without mean the weights become the first principal
//! component: the unit learns the direction in which its inputs vary most.
//!
//! ```
//! use cajal::learning::plasticity::Oja;
//! use cajal::snn::plasticity::RateRule;
//! let mut weights = [1.0f64, 0.0];
//! for _ in 0..5_000 {
//!     let post = weights[0] * 0.6 + weights[1] * 0.8;
//!     Oja { learning_rate: 0.01 }.update(&mut 0.0, &[0.6, 0.8], post, &mut weights);
//! }
//! assert!((weights[0] - 0.6).abs() < 1e-6 && (weights[1] - 0.8).abs() < 1e-6);
//! ```

use super::learning_rate;
use crate::describe::{Citation, Declaration, Declared, Integrator, Reference, declared_fields};
use crate::kernels::lane::Real;
use crate::snn::plasticity::RateRule;
use crate::units::Unit;

/// Parameters of the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Oja {
    /// η.
    pub learning_rate: f64,
}

impl Default for Oja {
    fn default() -> Self {
        Self { learning_rate: 0.01 }
    }
}

const OJA_1982: Citation = Citation {
    authors: "Oja",
    year: 1982,
    title: "A simplified neuron model as a principal component analyzer",
    source: "J. Math. Biol. 15, 267–273",
};

impl Declared for Oja {
    const DECLARATION: Declaration = Declaration {
        id: "oja",
        title: "Oja",
        citation: OJA_1982,
        equations: &[r"\Delta w_i = \eta\, y\, (x_i - y\, w_i)"],
        parameters: &[learning_rate(0.01)],
        state: &[],
        drive: Unit::One,
        integrator: Integrator::Map,
        largest_dt_ms: 1000.0,
        presets: &[],
        references: &[
            Reference {
                what: "length of the weights in the end",
                expected: 1.0,
                tolerance: 1e-2,
                unit: Unit::One,
                citation: OJA_1982,
            },
            Reference {
                what: "cosine between the weights and the first principal component",
                expected: 1.0,
                tolerance: 1e-2,
                unit: Unit::One,
                citation: OJA_1982,
            },
        ],
        not_biological: "Rates may be negative, and each synapse knows the response of the whole neuron exactly.",
    };
    declared_fields!(learning_rate);
}

impl RateRule for Oja {
    fn update<R: Real>(&self, _state: &mut R, pre: &[R], post: R, weights: &mut [R]) {
        let change = R::from_f64(self.learning_rate) * post;
        for (weight, &pre) in weights.iter_mut().zip(pre) {
            *weight = *weight + change * (pre - post * *weight);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::lane::F32x4;

    #[test]
    fn four_units_side_by_side_learn_as_one() {
        let rule = Oja { learning_rate: 0.05 };
        let (mut one, mut four) = ([0.5f32, -0.2], [0.5f32, -0.2].map(F32x4::splat));
        for step in 0..100 {
            let pre = [(step % 3) as f32 - 1.0, (step % 5) as f32 - 2.0];
            let post = one[0] * pre[0] + one[1] * pre[1];
            rule.update(&mut 0.0, &pre, post, &mut one);
            rule.update(&mut F32x4::splat(0.0), &pre.map(F32x4::splat), F32x4::splat(post), &mut four);
        }
        assert_eq!(four.map(F32x4::to_array), one.map(|weight| [weight; 4]));
    }
}
