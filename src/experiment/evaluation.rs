//! How well a network answers: loss, accuracy, confusion, spikes; a slice at a time, so that nobody
//! waits for ten thousand images.

use super::energy::Operations;
use crate::ann::Kind;
use crate::data::Split;
use crate::kernels::reduce;
use crate::session::{EVALUATION_BATCH, Session};

/// Examples of each part that stand for the whole in the curves.
pub const CURVE_EXAMPLES: u32 = 1000;
/// Misread examples that are listed.
pub const MAX_MISREAD: usize = 24;

/// Examples of a cell of the confusion that are listed.
pub const CELL_EXAMPLES: usize = 6;

/// An example that was answered wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misread {
    /// Its number among the test examples.
    pub index: u32,
    /// Its class.
    pub truth: u32,
    /// The class that was answered.
    pub predicted: u32,
}

/// Mean loss and share of right answers over some examples.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Examples judged.
    pub examples: u32,
    /// Mean loss.
    pub loss: f64,
    /// Share of right answers; NaN for numbers.
    pub accuracy: f64,
}

/// Everything that one evaluation finds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// Step at which it was made.
    pub step: u64,
    /// The first [`CURVE_EXAMPLES`] of the training part.
    pub train: Score,
    /// The first [`CURVE_EXAMPLES`] of the test part.
    pub test: Score,
    /// The whole test part, where it was asked for.
    pub complete: Option<Score>,
    /// `(classes, classes)`, rows are the truth; of all test examples that were judged.
    pub confusion: Vec<u32>,
    /// `(classes, classes, CELL_EXAMPLES)`: the first examples of each cell among the test examples, 0 beyond
    /// its count.
    pub cells: Vec<u32>,
    /// The first misread test examples.
    pub misread: Vec<Misread>,
    /// Operations of one inference, mean over the test examples.
    pub operations: Operations,
    /// Mean rate of the hidden neurons over the test examples, Hz; 0 for activation functions.
    pub spike_rate_hz: f64,
    /// Mean spikes of a hidden neuron in one step; 0 for activation functions.
    pub spikes_per_step: f64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    examples: u32,
    loss: f64,
    right: u32,
}

impl Sums {
    fn score(self, classes: usize) -> Score {
        let count = f64::from(self.examples);
        let accuracy = if classes == 0 { f64::NAN } else { f64::from(self.right) / count };
        Score { examples: self.examples, loss: self.loss / count, accuracy }
    }
}

/// An evaluation under way.
#[derive(Debug)]
pub struct Pass {
    step: u64,
    train_examples: u32,
    curve_examples: u32,
    test_examples: u32,
    complete: bool,
    next: u32,
    train: Sums,
    curve: Sums,
    test: Sums,
    confusion: Vec<u32>,
    cells: Vec<u32>,
    misread: Vec<Misread>,
    source_spikes: f64,
    hidden_spikes: Vec<f64>,
}

impl Pass {
    /// An evaluation of `session` as it stands; of the whole test part if `complete`.
    pub fn new(session: &Session, complete: bool) -> Self {
        let data = session.data();
        let classes = data.classes() as usize;
        let curve_examples = data.samples(Split::Test).min(CURVE_EXAMPLES);
        Self {
            step: session.step(),
            train_examples: data.samples(Split::Train).min(CURVE_EXAMPLES),
            curve_examples,
            test_examples: if complete { data.samples(Split::Test) } else { curve_examples },
            complete: complete || curve_examples == data.samples(Split::Test),
            next: 0,
            train: Sums::default(),
            curve: Sums::default(),
            test: Sums::default(),
            confusion: vec![0; classes * classes],
            cells: vec![0; classes * classes * CELL_EXAMPLES],
            misread: Vec::new(),
            source_spikes: 0.0,
            hidden_spikes: vec![0.0; session.config().network.hidden.len()],
        }
    }

    /// Judges the next few examples; the result when all are done.
    pub fn advance(&mut self, session: &mut Session) -> Option<Evaluation> {
        let total = self.train_examples + self.test_examples;
        let (split, first, end) = if self.next < self.train_examples {
            (Split::Train, self.next, self.train_examples)
        } else {
            (Split::Test, self.next - self.train_examples, self.test_examples)
        };
        let count = (end - first).min(EVALUATION_BATCH as u32);
        if count > 0 {
            self.judge(session, split, first..first + count);
            self.next += count;
        }
        (self.next == total).then(|| self.finish(session))
    }

    fn judge(&mut self, session: &mut Session, split: Split, range: core::ops::Range<u32>) {
        let indices: Vec<u32> = range.collect();
        let (task, outputs) = (session.config().task, session.config().network.outputs);
        let spiking = matches!(session.config().network.kind, Kind::Spiking(_));
        let responses = session.respond_to(split, &indices);
        if spiking && split == Split::Test {
            self.source_spikes += f64::from(reduce::sum(responses.source));
            for (spikes, response) in self.hidden_spikes.iter_mut().zip(&responses.hidden) {
                *spikes += f64::from(reduce::sum(response));
            }
        }
        let answers = responses.output.to_vec();
        for (&index, answer) in indices.iter().zip(answers.chunks_exact(outputs)) {
            let judged = task.judge(session.data(), split, index, answer);
            let truth = session.data().label(split, index);
            let right = judged.predicted.is_some() && judged.predicted == truth;
            let add = |sums: &mut Sums| {
                sums.examples += 1;
                sums.loss += f64::from(judged.loss);
                sums.right += u32::from(right);
            };
            match split {
                Split::Train => add(&mut self.train),
                Split::Test => {
                    add(&mut self.test);
                    if index < self.curve_examples {
                        add(&mut self.curve);
                    }
                    if let (Some(truth), Some(predicted)) = (truth, judged.predicted) {
                        let classes = session.data().classes();
                        let cell = (truth * classes + predicted) as usize;
                        let before = self.confusion[cell] as usize;
                        if before < CELL_EXAMPLES {
                            self.cells[cell * CELL_EXAMPLES + before] = index;
                        }
                        self.confusion[cell] += 1;
                        if !right && self.misread.len() < MAX_MISREAD {
                            self.misread.push(Misread { index, truth, predicted });
                        }
                    }
                }
            }
        }
    }

    fn finish(&mut self, session: &Session) -> Evaluation {
        let network = &session.config().network;
        let classes = session.data().classes() as usize;
        let shapes = network.weight_shapes();
        let count = f64::from(self.test.examples);
        let (mut operations, mut spikes_per_step, mut spike_rate_hz) = (Operations::default(), 0.0, 0.0);
        match network.kind {
            Kind::Artificial => {
                operations.macs = shapes.iter().map(|(fan_in, fan_out)| (fan_in * fan_out) as f64).sum();
            }
            Kind::Spiking(spec) => {
                let first = shapes[0].1 as f64;
                match spec.code {
                    Some(_) => operations.synaptic += self.source_spikes / count * first,
                    None => operations.macs += shapes[0].0 as f64 * first,
                }
                for (spikes, (_, fan_out)) in self.hidden_spikes.iter().zip(&shapes[1..]) {
                    operations.synaptic += spikes / count * *fan_out as f64;
                }
                let hidden: usize = network.hidden.iter().map(|layer| layer.units).sum();
                operations.membrane_updates = ((hidden + network.outputs) * spec.steps) as f64;
                if hidden > 0 {
                    let neuron_steps = count * (hidden * spec.steps) as f64;
                    spikes_per_step = self.hidden_spikes.iter().sum::<f64>() / neuron_steps;
                    spike_rate_hz = spikes_per_step * 1000.0 / spec.dt_ms;
                }
            }
        }
        Evaluation {
            step: self.step,
            train: self.train.score(classes),
            test: self.curve.score(classes),
            complete: self.complete.then(|| self.test.score(classes)),
            confusion: core::mem::take(&mut self.confusion),
            cells: core::mem::take(&mut self.cells),
            misread: core::mem::take(&mut self.misread),
            operations,
            spike_rate_hz,
            spikes_per_step,
        }
    }
}
