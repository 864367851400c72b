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
}

impl Optimiser {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Sgd, Self::Momentum, Self::Adam];

    /// What each of [`Self::ALL`] says of itself.
    pub const CHOICES: [Choice; 3] = [
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
        },
    ];

    /// The rule with its numbers for update `count`, counted from 1.
    pub fn update(self, count: u64) -> Update {
        match self {
            Self::Sgd => Update::Sgd,
            Self::Momentum => Update::Momentum { momentum: 0.9 },
            Self::Adam => {
                let correction = |beta: f64| (1.0 - libm::pow(beta, count as f64)) as f32;
                Update::Adam(Adam {
                    beta1: 0.9,
                    beta2: 0.999,
                    rest1: 0.1,
                    rest2: 0.001,
                    epsilon: 1e-8,
                    correction1: correction(0.9),
                    correction2: correction(0.999),
                })
            }
        }
    }
}
