//! How parameters follow their gradients.

use crate::describe::{Choice, Citation};
use crate::kernels::update::{Adam, Update};

/// A rule of descent, with the customary constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Optimiser {
    /// Plain stochastic gradient descent.
    Sgd,
    /// With momentum 0.9.
    Momentum,
    /// With β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
    Adam,
    /// With momentum 0.9, looking ahead.
    Nesterov,
    /// With α = 0.99, ε = 1e-8.
    RmsProp,
    /// Adam, with the pull of L2 beside the step instead of within the gradient.
    AdamW,
}

impl Optimiser {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Sgd, Self::Momentum, Self::Adam, Self::Nesterov, Self::RmsProp, Self::AdamW];

    /// What each of [`Self::ALL`] says of itself.
    pub const CHOICES: [Choice; 6] = [
        Choice {
            id: "sgd",
            title: "Gradient descent",
            equation: r"w \leftarrow w - \eta g",
            citation: Citation {
                authors: "Robbins, Monro",
                year: 1951,
                title: "A stochastic approximation method",
                source: "Ann. Math. Stat. 22, 400–407",
            },
            not_biological: "",
        },
        Choice {
            id: "momentum",
            title: "Momentum",
            equation: r"u \leftarrow 0.9\,u + g,\; w \leftarrow w - \eta u",
            citation: Citation {
                authors: "Sutskever, Martens, Dahl, Hinton",
                year: 2013,
                title: "On the importance of initialization and momentum in deep learning",
                source: "ICML 30, 1139–1147",
            },
            not_biological: "",
        },
        Choice {
            id: "adam",
            title: "Adam",
            equation: r"w \leftarrow w - \eta\,\hat m / (\sqrt{\hat v} + \varepsilon)",
            citation: Citation {
                authors: "Kingma, Ba",
                year: 2015,
                title: "Adam: a method for stochastic optimization",
                source: "ICLR, arXiv:1412.6980",
            },
            not_biological: "",
        },
        Choice {
            id: "nesterov",
            title: "Nesterov momentum",
            equation: r"u \leftarrow 0.9\,u + g,\; w \leftarrow w - \eta\,(g + 0.9\,u)",
            citation: Citation {
                authors: "Nesterov",
                year: 1983,
                title: "A method of solving a convex programming problem with convergence rate O(1/k²)",
                source: "Soviet Math. Dokl. 27, 372–376",
            },
            not_biological: "",
        },
        Choice {
            id: "rmsprop",
            title: "RMSProp",
            equation: r"v \leftarrow 0.99\,v + 0.01\,g^2,\; w \leftarrow w - \eta g / (\sqrt v + \varepsilon)",
            citation: Citation {
                authors: "Hinton, Srivastava, Swersky",
                year: 2012,
                title: "Neural networks for machine learning, lecture 6e",
                source: "Coursera",
            },
            not_biological: "",
        },
        Choice {
            id: "adamw",
            title: "AdamW",
            equation: r"w \leftarrow w - \eta\,\hat m / (\sqrt{\hat v} + \varepsilon) - \eta \lambda_2 w",
            citation: Citation {
                authors: "Loshchilov, Hutter",
                year: 2019,
                title: "Decoupled weight decay regularization",
                source: "ICLR, arXiv:1711.05101",
            },
            not_biological: "",
        },
    ];

    /// The rule with its numbers for update `count`, counted from 1.
    pub fn update(self, count: u64) -> Update {
        match self {
            Self::Sgd => Update::Sgd,
            Self::Momentum => Update::Momentum { momentum: 0.9 },
            Self::Nesterov => Update::Nesterov { momentum: 0.9 },
            Self::RmsProp => Update::RmsProp { alpha: 0.99, rest: 0.01, epsilon: 1e-8 },
            Self::Adam => Update::Adam(adam(count)),
            Self::AdamW => Update::AdamW(adam(count)),
        }
    }
}

fn adam(count: u64) -> Adam {
    let correction = |beta: f64| (1.0 - libm::pow(beta, count as f64)) as f32;
    Adam {
        beta1: 0.9,
        beta2: 0.999,
        rest1: 0.1,
        rest2: 0.001,
        epsilon: 1e-8,
        correction1: correction(0.9),
        correction2: correction(0.999),
    }
}
