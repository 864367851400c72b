//! Digits by learning rules other than backpropagation.

use crate::digits::train;
use cajal::ann::clip::Clip;
use cajal::ann::schedule::Schedule;
use cajal::ann::{Hidden, Initialiser, Kind, Loss, NetworkSpec, Optimiser};
use cajal::data::Dataset;
use cajal::kernels::activation::Activation;
use cajal::learning::Rule;
use cajal::session::log::Settings;
use cajal::session::task::Task;
use cajal::session::{Session, SessionConfig};
use std::sync::Arc;
use std::time::Instant;

/// A rule, what it teaches and how well it has to.
struct Lesson {
    id: &'static str,
    rule: Rule,
    hidden: &'static [usize],
    activation: Activation,
    optimiser: Optimiser,
    learning_rate: f32,
    epochs: u64,
    /// Share of right answers that is asked for, as the mean of the seeds.
    bar: f64,
}

const BATCH: u32 = 32;
const SEEDS: u32 = 3;

const LESSONS: [Lesson; 4] = [
    Lesson {
        id: "feedback-alignment",
        rule: Rule::FeedbackAlignment,
        hidden: &[256],
        activation: Activation::Tanh,
        optimiser: Optimiser::Adam,
        learning_rate: 1e-3,
        epochs: 5,
        bar: 0.97,
    },
    Lesson {
        id: "direct-feedback-alignment",
        rule: Rule::DirectFeedbackAlignment,
        hidden: &[256, 128],
        activation: Activation::Tanh,
        optimiser: Optimiser::Adam,
        learning_rate: 1e-3,
        epochs: 5,
        bar: 0.965,
    },
    Lesson {
        id: "forward-forward",
        rule: Rule::ForwardForward,
        hidden: &[500, 500],
        activation: Activation::Relu,
        optimiser: Optimiser::Adam,
        learning_rate: 1e-3,
        epochs: 5,
        bar: 0.95,
    },
    Lesson {
        id: "contrastive-divergence",
        rule: Rule::ContrastiveDivergence,
        hidden: &[500],
        activation: Activation::Sigmoid,
        optimiser: Optimiser::Momentum,
        learning_rate: 0.004,
        epochs: 5,
        bar: 0.93,
    },
];

/// Every lesson that is wanted; those that missed their bar.
pub fn run(wanted: impl Fn(&str) -> bool, data: &Arc<Dataset>) -> Vec<String> {
    let missed = LESSONS.iter().filter(|lesson| wanted("rules") || wanted(lesson.id));
    missed.filter(|lesson| !teach(lesson, data)).map(|lesson| lesson.id.to_owned()).collect()
}

/// Whether a rule is asked for.
pub fn is_wanted(wanted: impl Fn(&str) -> bool) -> bool {
    wanted("rules") || LESSONS.iter().any(|lesson| wanted(lesson.id))
}

fn teach(lesson: &Lesson, data: &Arc<Dataset>) -> bool {
    let sizes: Vec<String> = lesson.hidden.iter().map(usize::to_string).collect();
    println!(
        "{}, 784-{}-10, {:?} {}, batch {BATCH}, {} epochs: at least {:.1} %",
        lesson.id,
        sizes.join("-"),
        lesson.optimiser,
        lesson.learning_rate,
        lesson.epochs,
        100.0 * lesson.bar
    );
    let mut sum = 0.0;
    for seed in 1..=SEEDS {
        let hidden = lesson.hidden.iter().map(|&units| Hidden {
            units,
            activation: lesson.activation,
            others: vec![],
        });
        let config = SessionConfig {
            network: NetworkSpec {
                inputs: data.features(),
                hidden: hidden.collect(),
                outputs: 10,
                loss: Loss::CrossEntropy,
                kind: Kind::Artificial,
                neuron: None,
                neurons: vec![],
            },
            task: Task::Softmax { classes: 10 },
            input_scale: 1.0,
            initialiser: Initialiser::Glorot,
            rule: lesson.rule,
            schedule: Schedule::constant(1.0),
            clip: Clip::Free,
            optimiser: lesson.optimiser,
            settings: Settings { learning_rate: lesson.learning_rate, batch_size: BATCH, l1: 0.0, l2: 0.0 },
            seed,
        };
        let started = Instant::now();
        let mut session =
            Session::new(config, Arc::clone(data), 0).expect("a network that the rule can teach");
        let accuracy = train(&mut session, lesson.epochs);
        let weights = session.hash().expect("finite weights");
        let seconds = started.elapsed().as_secs_f64();
        println!("  seed {seed}: {:.2} % in {seconds:.1} s, weights {weights}", 100.0 * accuracy);
        sum += accuracy;
    }
    let mean = sum / f64::from(SEEDS);
    println!("  mean {:.2} %", 100.0 * mean);
    mean >= lesson.bar
}
