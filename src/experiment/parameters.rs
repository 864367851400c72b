//! The numbers and choices of an experiment, declared once: ranges, defaults, meanings.

use super::fair_match::Fair;
use crate::ann::activation;
use crate::ann::clip::Clip;
use crate::ann::schedule::Course;
use crate::ann::{Initialiser, Optimiser};
use crate::data::points;
use crate::describe::{Choice, Citation, Declared, Parameter, Scale};
use crate::learning::Rule;
use crate::neurons::{Lif, any};
use crate::units::Unit;

/// Most hidden layers.
pub const MAX_LAYERS: usize = 6;

const fn number(
    key: &'static str,
    symbol: &'static str,
    range: (f64, f64),
    default: f64,
    meaning: &'static str,
) -> Parameter {
    Parameter { key, symbol, unit: Unit::One, range, step: 0.01, scale: Scale::Linear, default, meaning }
}

const fn whole(
    key: &'static str,
    symbol: &'static str,
    range: (f64, f64),
    default: f64,
    meaning: &'static str,
) -> Parameter {
    Parameter { key, symbol, unit: Unit::Count, range, step: 1.0, scale: Scale::Integer, default, meaning }
}

/// Noise added to points, as a share of the size of the plane.
pub const NOISE: Parameter = number(
    "data.noise",
    r"\sigma",
    (0.0, points::MAX_NOISE),
    0.0,
    "How far points are thrown from their place.",
);
/// Share of the examples that is learned from.
pub const TRAIN_SHARE: Parameter = number(
    "data.trainShare",
    "",
    (crate::data::MIN_TRAIN_SHARE, crate::data::MAX_TRAIN_SHARE),
    0.5,
    "The part of the examples that is learned from; the rest is for the test.",
);
/// Number of points.
pub const SAMPLES: Parameter = Parameter {
    step: 50.0,
    ..whole(
        "data.samples",
        "N",
        (points::MIN_SAMPLES as f64, points::MAX_SAMPLES as f64),
        500.0,
        "How many points there are.",
    )
};
/// Seed of the points.
pub const DATA_SEED: Parameter =
    whole("data.seed", "", (0.0, 4_294_967_295.0), 1.0, "Which points of all possible ones.");
/// Seed of everything else.
pub const SEED: Parameter =
    whole("seed", "", (0.0, 4_294_967_295.0), 1.0, "Initial weights, order of the examples, spike draws.");
/// Units of a hidden layer.
pub const UNITS: Parameter = whole("layers.units", "n", (1.0, 1024.0), 8.0, "How many units the layer has.");
/// Step size.
pub const LEARNING_RATE: Parameter = Parameter {
    step: 1.1,
    scale: Scale::Logarithmic,
    ..number("training.learningRate", r"\eta", (1e-5, 10.0), 0.01, "How far a step of learning goes.")
};
/// Batch size.
pub const BATCH_SIZE: Parameter =
    whole("training.batchSize", "B", (1.0, 512.0), 10.0, "How many examples a step of learning looks at.");
/// L1 regularisation.
pub const L1: Parameter = Parameter {
    step: 0.0001,
    ..number(
        "training.l1",
        r"\lambda_1",
        (0.0, 1.0),
        0.0,
        "Pull of every weight to zero, by a constant force.",
    )
};
/// L2 regularisation.
pub const L2: Parameter = Parameter {
    step: 0.0001,
    ..number("training.l2", r"\lambda_2", (0.0, 1.0), 0.0, "Pull of every weight to zero, like a spring.")
};
/// Steps of a schedule.
pub const SCHEDULE_STEPS: Parameter = Parameter {
    step: 100.0,
    ..whole(
        "training.scheduleSteps",
        "n",
        (1.0, 1_000_000.0),
        1000.0,
        "Steps between two falls of the learning rate, or those in which a cosine comes down.",
    )
};
/// What a schedule leaves of the rate.
pub const SCHEDULE_FACTOR: Parameter = number(
    "training.scheduleFactor",
    r"\gamma",
    (0.001, 1.0),
    0.1,
    "What is left of the learning rate after each fall, or at the end of a cosine.",
);
/// Steps in which the rate rises.
pub const WARM_UP: Parameter = Parameter {
    step: 10.0,
    ..whole(
        "training.warmUp",
        "w",
        (0.0, 100_000.0),
        0.0,
        "Steps in which the learning rate rises to its full height.",
    )
};
/// What gradients may be.
pub const CLIP_LIMIT: Parameter = Parameter {
    step: 1.1,
    scale: Scale::Logarithmic,
    ..number(
        "training.clipLimit",
        r"\theta",
        (1e-4, 1000.0),
        1.0,
        "The largest norm of all gradients, or the largest magnitude of one.",
    )
};
/// Time steps of the spiking twin.
pub const STEPS: Parameter = whole(
    "spiking.steps",
    "T",
    (2.0, 100.0),
    25.0,
    "How many time steps the spiking network sees an example.",
);
/// Length of a time step.
pub const DT: Parameter = Parameter {
    unit: Unit::Millisecond,
    step: 0.1,
    ..number("spiking.dtMs", r"\Delta t", (0.1, 5.0), 1.0, "Length of a time step.")
};
/// Rate of an input spike train.
pub const PEAK_RATE: Parameter = Parameter {
    unit: Unit::Hertz,
    step: 10.0,
    ..number(
        "spiking.peakRateHz",
        r"r_\mathrm{max}",
        (10.0, 1000.0),
        500.0,
        "Rate of an input spike train at full strength (rate code).",
    )
};
/// Slope of the surrogate.
pub const SLOPE: Parameter = Parameter {
    step: 0.5,
    ..number(
        "spiking.surrogateSlope",
        "k",
        (0.5, 100.0),
        5.0,
        "How sharply the surrogate gradient is confined to the threshold.",
    )
};

/// Spikes a neuron and step that a fair match counts with.
pub const FAIR_SPIKES: Parameter = number(
    "fair.spikes",
    "p",
    (0.005, 1.0),
    super::energy::BREAK_EVEN_SPIKES,
    "Spikes a neuron and step that operations are counted with; what they were is measured below.",
);

/// The numbers of the spiking twin's neurons that the page offers: as the model declares them, under
/// the configuration's own names.
pub fn neuron() -> [Parameter; 2] {
    [("tau_ms", "spiking.tauMs"), ("refractory_ms", "spiking.refractoryMs")].map(|(declared, key)| {
        let declared = Lif::DECLARATION.parameters.iter().find(|parameter| parameter.key == declared);
        Parameter { key, ..*declared.expect("a leaky integrate-and-fire neuron declares it") }
    })
}

/// All numbers, in the order of the page.
pub fn all() -> Vec<Parameter> {
    let mut all = vec![
        NOISE,
        TRAIN_SHARE,
        SAMPLES,
        DATA_SEED,
        SEED,
        UNITS,
        LEARNING_RATE,
        BATCH_SIZE,
        L1,
        L2,
        SCHEDULE_STEPS,
        SCHEDULE_FACTOR,
        WARM_UP,
        CLIP_LIMIT,
        STEPS,
        DT,
        PEAK_RATE,
        SLOPE,
        FAIR_SPIKES,
    ];
    all.extend(neuron());
    all
}

/// How inputs reach the spiking network, by the id in configurations.
pub const ENCODINGS: [Choice; 3] = [
    Choice {
        id: "current",
        title: "Constant current",
        equation: r"I_i(t) = x_i",
        citation: Citation {
            authors: "Rueckauer, Lungu, Hu, Pfeiffer, Liu",
            year: 2017,
            title: "Conversion of continuous-valued deep networks to efficient event-driven networks",
            source: "Front. Neurosci. 11, 682",
        },
        not_biological: "",
    },
    Choice {
        id: "rate",
        title: "Spike rate",
        equation: r"P(\text{spike in } \Delta t) = |x_i|\, r_\mathrm{max} \Delta t",
        citation: Citation {
            authors: "Adrian, Zotterman",
            year: 1926,
            title: "The impulses produced by sensory nerve-endings, part II",
            source: "J. Physiol. 61, 151–171",
        },
        not_biological: "",
    },
    Choice {
        id: "latency",
        title: "First-spike latency",
        equation: r"t_i = (1 - |x_i|)\,(T - 1)\,\Delta t",
        citation: Citation {
            authors: "Thorpe, Fize, Marlot",
            year: 1996,
            title: "Speed of processing in the human visual system",
            source: "Nature 381, 520–522",
        },
        not_biological: "",
    },
];

/// Losses, by the id in configurations.
pub const LOSSES: [Choice; 2] = [
    Choice {
        id: "half-mse",
        title: "Half mean squared error",
        equation: r"L = \tfrac12 \langle (y - t)^2 \rangle",
        citation: Citation {
            authors: "Rumelhart, Hinton, Williams",
            year: 1986,
            title: "Learning representations by back-propagating errors",
            source: "Nature 323, 533–536",
        },
        not_biological: "",
    },
    Choice {
        id: "cross-entropy",
        title: "Cross-entropy",
        equation: r"L = -\langle \ln \mathrm{softmax}(y)_t \rangle",
        citation: Citation {
            authors: "Bridle",
            year: 1990,
            title: "Probabilistic interpretation of feedforward classification network outputs",
            source: "Neurocomputing, NATO ASI F68, 227–236",
        },
        not_biological: "",
    },
];

/// Rules that teach both networks. Forward-forward and contrastive divergence teach stacks of dense layers
/// alone: a network in time has no such one, and twins learn by the same rule.
pub const RULES: [Choice; 3] = [Rule::CHOICES[0], Rule::CHOICES[1], Rule::CHOICES[2]];

/// What a unit can be, in the order of [`Swap::all`](crate::ann::Swap::all): an activation function, the neuron
/// of the spiking network, or another neuron. In the spiking network those remain that fire.
pub const UNIT_KINDS: [Choice; activation::CHOICES.len() + any::MODELS.len()] = {
    let neuron = Choice {
        id: "lif",
        title: "Leaky integrate-and-fire neuron",
        equation: r"y = \langle s(t) \rangle",
        citation: Lif::DECLARATION.citation,
        not_biological: Lif::DECLARATION.not_biological,
    };
    let (mut all, mut at) = ([neuron; activation::CHOICES.len() + any::MODELS.len()], 0);
    while at < activation::CHOICES.len() {
        all[at] = activation::CHOICES[at];
        at += 1;
    }
    let (models, mut model) = (any::declarations(), 0);
    // Behind the neuron of the spiking network.
    at += 1;
    while model < models.len() {
        let declared = &models[model];
        if model != LIF {
            let (id, title, citation) = (declared.id, declared.title, declared.citation);
            let not_biological = declared.not_biological;
            all[at] = Choice { id, title, equation: declared.equations[0], citation, not_biological };
            at += 1;
        }
        model += 1;
    }
    all
};

/// The place of the leaky integrate-and-fire neuron among the models.
const LIF: usize = 4;

/// A list of choices: its key in configurations, the id when nothing is said, the choices.
pub type Choices = (&'static str, &'static str, &'static [Choice]);

/// All lists of choices, in the order of the page.
pub const CHOICES: [Choices; 10] = [
    ("layers.activation", "tanh", &activation::CHOICES),
    ("layers.others", "lif", &UNIT_KINDS),
    ("training.rule", "backpropagation", &RULES),
    ("training.loss", "half-mse", &LOSSES),
    ("training.optimiser", "adam", &Optimiser::CHOICES),
    ("training.schedule", "constant", &Course::CHOICES),
    ("training.clip", "free", &Clip::CHOICES),
    ("training.initialiser", "glorot", &Initialiser::CHOICES),
    ("spiking.encoding", "current", &ENCODINGS),
    ("fair.by", "units", &Fair::CHOICES),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ann::Swap;

    #[test]
    fn declarations_hold_together() {
        let all = all();
        for parameter in &all {
            assert!(parameter.accepts(parameter.default), "{} refuses its default", parameter.key);
            assert!(!parameter.meaning.is_empty() && parameter.meaning.ends_with('.'), "{}", parameter.key);
            assert!(parameter.range.0 < parameter.range.1 && parameter.step > 0.0, "{}", parameter.key);
            assert!(!parameter.accepts(f64::NAN) && !parameter.accepts(parameter.range.1 + 1.0));
        }
        let mut keys: Vec<&str> = all.iter().map(|parameter| parameter.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all.len(), "a key occurs twice");
        assert_eq!(any::MODELS[LIF].declaration.id, "lif");
        let kinds = Swap::all().map(|kind| match kind {
            Swap::Activation(at) => activation::CHOICES[usize::from(at)].id,
            Swap::Neuron => "lif",
            Swap::Model(at) => any::MODELS[usize::from(at)].declaration.id,
        });
        assert_eq!(kinds.collect::<Vec<_>>(), UNIT_KINDS.map(|choice| choice.id));
        for (key, default, choices) in CHOICES {
            assert!(choices.iter().any(|choice| choice.id == default), "{key} lacks its default");
            assert!(choices.iter().all(|choice| choice.citation.year > 1900));
        }
    }
}
