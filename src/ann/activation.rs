//! What each activation function says of itself.

use crate::describe::{Choice, Citation};
use crate::kernels::activation::Activation;

const fn choice(
    id: &'static str,
    title: &'static str,
    equation: &'static str,
    citation: Citation,
    not_biological: &'static str,
) -> Choice {
    Choice { id, title, equation, citation, not_biological }
}

const fn paper(authors: &'static str, year: u16, title: &'static str, source: &'static str) -> Citation {
    Citation { authors, year, title, source }
}

const MCCULLOCH_PITTS: Citation = paper(
    "McCulloch, Pitts",
    1943,
    "A logical calculus of the ideas immanent in nervous activity",
    "Bull. Math. Biophys. 5, 115–133",
);
const WIDROW_HOFF: Citation =
    paper("Widrow, Hoff", 1960, "Adaptive switching circuits", "IRE WESCON Convention Record 4, 96–104");
const NAIR_HINTON: Citation = paper(
    "Nair, Hinton",
    2010,
    "Rectified linear units improve restricted Boltzmann machines",
    "ICML 27, 807–814",
);
const MAAS: Citation = paper(
    "Maas, Hannun, Ng",
    2013,
    "Rectifier nonlinearities improve neural network acoustic models",
    "ICML 30",
);
const HENDRYCKS: Citation =
    paper("Hendrycks, Gimpel", 2016, "Gaussian error linear units (GELUs)", "arXiv:1606.08415");
const RUMELHART: Citation = paper(
    "Rumelhart, Hinton, Williams",
    1986,
    "Learning representations by back-propagating errors",
    "Nature 323, 533–536",
);
const LECUN: Citation = paper(
    "LeCun, Bottou, Orr, Müller",
    1998,
    "Efficient BackProp",
    "Neural Networks: Tricks of the Trade, LNCS 1524, 9–50",
);
const DUGAS: Citation = paper(
    "Dugas, Bengio, Bélisle, Nadeau, Garcia",
    2001,
    "Incorporating second-order functional knowledge for better option pricing",
    "NIPS 13, 472–478",
);

/// One entry for each of [`Activation::ALL`], in that order.
pub const CHOICES: [Choice; 8] = [
    choice(
        "step",
        "Step (no gradient)",
        r"f(x) = [x \ge 0]",
        MCCULLOCH_PITTS,
        "All or nothing as a spike is, but once an example: it does not matter when, and the unit never tires.",
    ),
    choice(
        "linear",
        "Linear",
        r"f(x) = x",
        WIDROW_HOFF,
        "An answer without a threshold or a limit, and below zero as easily as above, where no rate of spikes can go.",
    ),
    choice(
        "relu",
        "ReLU",
        r"f(x) = \max(0, x)",
        NAIR_HINTON,
        "One number stands for a rate of spikes: it has no highest value and no course in time.",
    ),
    choice(
        "leaky-relu",
        "Leaky ReLU",
        r"f(x) = \max(0.01\,x, x)",
        MAAS,
        "Below its threshold it answers with less than nothing, which no rate of spikes can be.",
    ),
    choice(
        "gelu",
        "GELU",
        r"f(x) = x\,\Phi(x)",
        HENDRYCKS,
        "It dips below zero before it rises, and it was found because it trains well, not in a neuron.",
    ),
    choice(
        "sigmoid",
        "Sigmoid",
        r"f(x) = \frac{1}{1 + e^{-x}}",
        RUMELHART,
        "One number between silence and the highest rate stands for all spikes: it has no course in time.",
    ),
    choice(
        "tanh",
        "Tanh",
        r"f(x) = \tanh x",
        LECUN,
        "It answers below zero, where no rate of spikes can go, so that one unit both excites and inhibits.",
    ),
    choice(
        "softplus",
        "Softplus",
        r"f(x) = \ln(1 + e^x)",
        DUGAS,
        "One number stands for a rate of spikes that is never quite zero, has no highest value and no course in time.",
    ),
];

/// The activation that a configuration names.
pub fn find(id: &str) -> Option<Activation> {
    CHOICES.iter().position(|choice| choice.id == id).map(|at| Activation::ALL[at])
}
