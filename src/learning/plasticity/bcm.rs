//! Bienenstock, Cooper and Munro's rule: strong responses grow, weak ones shrink, and what counts as
//! strong slides with the neuron's own activity.
//!
//! `Δw = η·x·y·(y − θ)`, and θ follows `y²` with the time constant `τ_θ` (in examples):
//! `Δθ = (y² − θ)/τ_θ`, so it comes to `E[y²]` (the form of Intrator & Cooper 1992). The threshold
//! must slide faster than weights grow. A unit that sees `n` linearly independent patterns equally
//! often ends by answering one of them, with `y = n`, and none of the others.
//!
//! ```
//! use cajal::learning::plasticity::Bcm;
//! use cajal::snn::plasticity::RateRule;
//! let (mut threshold, mut weights) = (0.0f64, [0.5f64]);
//! for _ in 0..20_000 {
//!     let post = weights[0];
//!     Bcm::default().update(&mut threshold, &[1.0], post, &mut weights);
//! }
//! assert!((weights[0] - 1.0).abs() < 1e-3); // y = θ = y²
//! ```

use super::learning_rate;
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Reference, Scale, StateVariable, declared_fields,
};
use crate::kernels::lane::Real;
use crate::snn::plasticity::RateRule;
use crate::units::Unit;

/// Parameters of the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bcm {
    /// η.
    pub learning_rate: f64,
    /// `τ_θ`: over how many examples the threshold averages.
    pub window: f64,
}

impl Default for Bcm {
    fn default() -> Self {
        Self { learning_rate: 0.002, window: 50.0 }
    }
}

const BIENENSTOCK_1982: Citation = Citation {
    authors: "Bienenstock, Cooper, Munro",
    year: 1982,
    title: "Theory for the development of neuron selectivity: orientation specificity and binocular interaction in \
            visual cortex",
    source: "J. Neurosci. 2, 32–48",
};
const INTRATOR_1992: Citation = Citation {
    authors: "Intrator, Cooper",
    year: 1992,
    title: "Objective function formulation of the BCM theory of visual cortical plasticity",
    source: "Neural Netw. 5, 3–17",
};

impl Declared for Bcm {
    const DECLARATION: Declaration = Declaration {
        id: "bcm",
        title: "Bienenstock-Cooper-Munro",
        citation: BIENENSTOCK_1982,
        equations: &[
            r"\Delta w_i = \eta\, x_i\, y\,(y - \theta)",
            r"\Delta\theta = (y^2 - \theta)/\tau_\theta",
        ],
        parameters: &[
            learning_rate(0.002),
            Parameter {
                key: "window",
                symbol: r"\tau_\theta",
                unit: Unit::Count,
                range: (1.0, 10_000.0),
                step: 1.1,
                scale: Scale::Logarithmic,
                default: 50.0,
                meaning: "Over how many examples the threshold averages.",
            },
        ],
        state: &[StateVariable {
            key: "threshold",
            symbol: r"\theta",
            unit: Unit::One,
            meaning: "Response above which weights grow.",
        }],
        drive: Unit::One,
        integrator: Integrator::Map,
        largest_dt_ms: 1000.0,
        presets: &[],
        references: &[
            Reference {
                what: "response to the pattern that is chosen, of four that come equally often",
                expected: 4.0,
                tolerance: 0.3,
                unit: Unit::One,
                citation: INTRATOR_1992,
            },
            Reference {
                what: "largest response to the others",
                expected: 0.0,
                tolerance: 0.15,
                unit: Unit::One,
                citation: INTRATOR_1992,
            },
            Reference {
                what: "mean of the sliding threshold over the mean of the squared response",
                expected: 1.0,
                tolerance: 0.02,
                unit: Unit::One,
                citation: INTRATOR_1992,
            },
        ],
        not_biological: "The neuron knows its mean squared response, and synapses may change their sign.",
    };
    declared_fields!(learning_rate, window);
}

impl RateRule for Bcm {
    fn update<R: Real>(&self, threshold: &mut R, pre: &[R], post: R, weights: &mut [R]) {
        let change = R::from_f64(self.learning_rate) * post * (post - *threshold);
        for (weight, &pre) in weights.iter_mut().zip(pre) {
            *weight = *weight + change * pre;
        }
        *threshold = *threshold + (post * post - *threshold) * R::from_f64(1.0 / self.window);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_of_change_turns_at_the_threshold() {
        for (post, sign) in [(0.5, -1.0), (1.5, 1.0), (0.0, 0.0)] {
            let (mut threshold, mut weights) = (1.0f64, [0.0f64]);
            Bcm::default().update(&mut threshold, &[1.0], post, &mut weights);
            assert_eq!(if weights[0] == 0.0 { 0.0 } else { weights[0].signum() }, sign, "post {post}");
        }
    }
}
