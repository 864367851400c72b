//! A pyramidal neuron as a network of two layers: branches with a sigmoid each, summed by the soma.
//!
//! A branch with `n` active synapses gives `s(n) = 1/(1 + e^((θ − n)/w)) + a·n + b·n²`, the soma fires at
//! `g(x) = c·x/(1 + k·e^(−q·x))` with `x = Σ s(n)`. The numbers were fitted to a compartmental model of
//! a CA1 pyramidal cell with 37 branches, whose firing rate they predict. Counts of synapses, Hz.
//!
//! ```
//! use cajal::neurons::compartments::TwoLayer;
//! let cell = TwoLayer::default();
//! let clustered = cell.rate_hz(&[[6.0; 18], [0.0; 18]].concat());
//! let scattered = cell.rate_hz(&[3.0; 36]);
//! assert!(clustered > scattered); // the same 108 synapses
//! ```

use super::linear;
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Preset, Reference, StateVariable, declared_fields,
};
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoLayer {
    /// Active synapses at which a branch spikes half the time, θ.
    pub branch_threshold: f64,
    /// Over how many synapses that changes, w.
    pub branch_width: f64,
    /// What each synapse adds in any case, a.
    pub branch_slope: f64,
    /// What each pair of synapses adds, b.
    pub branch_curvature: f64,
    /// Rate for each unit that arrives at the soma, c, Hz.
    pub soma_gain_hz: f64,
    /// How strongly a weak sum is held down, k.
    pub soma_hold: f64,
    /// How fast that ends as the sum grows, q.
    pub soma_release: f64,
}

impl Default for TwoLayer {
    fn default() -> Self {
        Self {
            branch_threshold: 3.6,
            branch_width: 0.2,
            branch_slope: 0.30,
            branch_curvature: 0.0114,
            soma_gain_hz: 0.96,
            soma_hold: 1509.0,
            soma_release: 0.26,
        }
    }
}

const POIRAZI_2003: Citation = Citation {
    authors: "Poirazi, Brannon, Mel",
    year: 2003,
    title: "Pyramidal neuron as two-layer neural network",
    source: "Neuron 37(6), 989–999, doi:10.1016/S0896-6273(03)00149-1",
};

impl Declared for TwoLayer {
    const DECLARATION: Declaration = Declaration {
        id: "two-layer",
        title: "Two-layer neuron (sigmoid branches)",
        citation: POIRAZI_2003,
        equations: &[
            r"s(n) = \frac{1}{1+e^{(\theta-n)/w}} + a\,n + b\,n^2",
            r"f = g\!\left(\sum_i s(n_i)\right),\quad g(x) = \frac{c\,x}{1+k\,e^{-q x}}",
        ],
        parameters: &[
            linear(
                "branch_threshold",
                r"\theta",
                Unit::Count,
                (0.0, 20.0, 0.1),
                3.6,
                "Active synapses at which a branch spikes half the time.",
            ),
            linear(
                "branch_width",
                "w",
                Unit::Count,
                (0.01, 5.0, 0.01),
                0.2,
                "Over how many synapses that changes.",
            ),
            linear(
                "branch_slope",
                "a",
                Unit::One,
                (0.0, 2.0, 0.01),
                0.3,
                "What each synapse adds in any case.",
            ),
            linear(
                "branch_curvature",
                "b",
                Unit::One,
                (-0.1, 0.1, 0.001),
                0.0114,
                "How much more the next synapse adds than the last.",
            ),
            linear(
                "soma_gain_hz",
                "c",
                Unit::Hertz,
                (0.0, 10.0, 0.01),
                0.96,
                "Rate for each unit at the soma.",
            ),
            linear(
                "soma_hold",
                "k",
                Unit::One,
                (0.0, 10_000.0, 1.0),
                1509.0,
                "How strongly a weak sum is held down.",
            ),
            linear(
                "soma_release",
                "q",
                Unit::One,
                (0.0, 2.0, 0.01),
                0.26,
                "How fast that ends as the sum grows.",
            ),
        ],
        state: &[StateVariable {
            key: "rate_hz",
            symbol: "f",
            unit: Unit::Hertz,
            meaning: "Mean firing rate while the synapses are active.",
        }],
        drive: Unit::Count,
        integrator: Integrator::Map,
        largest_dt_ms: 1000.0,
        presets: &[Preset {
            id: "ca1",
            title: "CA1 pyramidal cell, as fitted in 2003",
            values: &[],
            drive: &[(0.0, 0.0), (1000.0, 8.0)],
            citation: POIRAZI_2003,
        }],
        references: &[
            Reference {
                what: "what a branch gives with four active synapses",
                expected: 2.2632,
                tolerance: 0.0005,
                unit: Unit::One,
                citation: POIRAZI_2003,
            },
            Reference {
                what: "bound feature pairs told from unbound ones by the formula, of four",
                expected: 4.0,
                tolerance: 0.5,
                unit: Unit::Count,
                citation: POIRAZI_2003,
            },
        ],
        not_biological: "It has no time: a mean rate answers to a count of synapses, and branches do not speak to each \
                         other before the soma.",
    };
    declared_fields!(
        branch_threshold,
        branch_width,
        branch_slope,
        branch_curvature,
        soma_gain_hz,
        soma_hold,
        soma_release
    );
}

impl TwoLayer {
    /// What a branch gives with that many active synapses.
    pub fn branch(&self, synapses: f64) -> f64 {
        let sigmoid = 1.0 / (1.0 + libm::exp((self.branch_threshold - synapses) / self.branch_width));
        sigmoid + self.branch_slope * synapses + self.branch_curvature * synapses * synapses
    }

    /// The rate at which the soma fires when each branch has this many active synapses, Hz.
    pub fn rate_hz(&self, synapses: &[f64]) -> f64 {
        let sum: f64 = synapses.iter().map(|synapses| self.branch(*synapses)).sum();
        self.soma_gain_hz * sum / (1.0 + self.soma_hold * libm::exp(-self.soma_release * sum))
    }
}
