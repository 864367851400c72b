//! What each activation function says of itself.

use crate::describe::{Choice, Citation};
use crate::kernels::activation::Activation;

const fn choice(id: &'static str, title: &'static str, equation: &'static str, citation: Citation) -> Choice {
    Choice { id, title, equation, citation }
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
    choice("step", "Step (no gradient)", r"f(x) = [x \ge 0]", MCCULLOCH_PITTS),
    choice("linear", "Linear", r"f(x) = x", WIDROW_HOFF),
    choice("relu", "ReLU", r"f(x) = \max(0, x)", NAIR_HINTON),
    choice("leaky-relu", "Leaky ReLU", r"f(x) = \max(0.01\,x, x)", MAAS),
    choice("gelu", "GELU", r"f(x) = x\,\Phi(x)", HENDRYCKS),
    choice("sigmoid", "Sigmoid", r"f(x) = \frac{1}{1 + e^{-x}}", RUMELHART),
    choice("tanh", "Tanh", r"f(x) = \tanh x", LECUN),
    choice("softplus", "Softplus", r"f(x) = \ln(1 + e^x)", DUGAS),
];

/// The activation that a configuration names.
pub fn find(id: &str) -> Option<Activation> {
    CHOICES.iter().position(|choice| choice.id == id).map(|at| Activation::ALL[at])
}
