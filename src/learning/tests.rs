//! Each rule against its definition, written in plain loops in f64.

use super::*;
use crate::ann::layers::Dense;
use crate::ann::{Descent, Initialiser, Loss, Model, Optimiser};
use crate::graph::executor::{CpuExecutor, Draws, Executor};
use crate::kernels::activation::Activation;
use crate::rng::{Stream, StreamId};

const BATCH: usize = 5;
const SIZES: [usize; 4] = [6, 7, 4, 3];

/// Two hidden layers of tanh and a softmax.
fn model() -> Model {
    let layer = |units, activation| Dense { units, activation }.into();
    let layers = vec![
        layer(SIZES[1], Activation::Tanh),
        layer(SIZES[2], Activation::Tanh),
        layer(SIZES[3], Activation::Linear),
    ];
    Model { example: vec![SIZES[0]], layers, loss: Loss::CrossEntropy }
}

/// A rule in the middle of learning one batch.
struct Student {
    program: Program,
    executor: CpuExecutor,
    input: Vec<f32>,
    class: Vec<f32>,
    steps: u64,
}

impl Student {
    fn new(rule: Rule, model: &Model) -> Self {
        let program = rule.program(model, BATCH).expect("a program");
        let mut executor = CpuExecutor::new(program.layout.clone());
        Initialiser::Glorot.start(3, &program.starts, program.layout.ranges(), executor.persistent_mut());
        let mut input = vec![0.0; BATCH * SIZES[0]];
        Stream::new(4, StreamId::Data).fill_uniform(0, 0, &mut input);
        Self { program, executor, input, class: vec![2.0, 0.0, 1.0, 1.0, 0.0], steps: 0 }
    }

    fn parameter(&self, number: usize) -> &[f32] {
        &self.executor.persistent()[self.program.layout.ranges()[number].clone()]
    }

    fn set(&mut self, number: usize, values: &[f32]) {
        let range = self.program.layout.ranges()[number].clone();
        self.executor.persistent_mut()[range].copy_from_slice(values);
    }

    /// One step; the loss before it.
    fn step(&mut self, learning_rate: f32) -> f32 {
        self.steps += 1;
        let keys: Vec<u64> = (0..BATCH as u64).map(|at| at + 100 * self.steps).collect();
        let draws = Draws { stream: Stream::new(5, StreamId::Encoding), keys: &keys };
        let feed = Feed { input: &self.input, target: &self.class, held: &[], draws };
        let descent = Descent::plain(Optimiser::Sgd, learning_rate);
        self.program.step(&mut self.executor, feed, &descent, self.steps);
        self.program.loss(&self.executor)
    }

    /// The gradient that the last step followed, of a parameter by its number.
    fn gradient(&self, number: usize) -> Vec<f32> {
        let found = self.program.instructions.iter().find_map(|instruction| {
            let Instruction::Update { plan, gradients, .. } = instruction else { return None };
            let (_, tensor) = gradients.iter().find(|(parameter, _)| *parameter == number)?;
            Some(self.executor.read(&self.program.plans[*plan], *tensor).to_vec())
        });
        found.unwrap_or_else(|| panic!("parameter {number} has no gradient"))
    }
}

/// A matrix in f64.
#[derive(Clone)]
struct Matrix {
    rows: usize,
    columns: usize,
    data: Vec<f64>,
}

impl Matrix {
    fn of(rows: usize, columns: usize, numbers: &[f32]) -> Self {
        assert_eq!(numbers.len(), rows * columns);
        Self { rows, columns, data: numbers.iter().map(|&x| f64::from(x)).collect() }
    }

    fn make(rows: usize, columns: usize, f: impl Fn(usize, usize) -> f64) -> Self {
        let data = (0..rows * columns).map(|at| f(at / columns, at % columns)).collect();
        Self { rows, columns, data }
    }

    fn at(&self, row: usize, column: usize) -> f64 {
        self.data[row * self.columns + column]
    }

    fn times(&self, other: &Self) -> Self {
        assert_eq!(self.columns, other.rows);
        Self::make(self.rows, other.columns, |i, j| {
            (0..self.columns).map(|k| self.at(i, k) * other.at(k, j)).sum()
        })
    }

    fn transposed(&self) -> Self {
        Self::make(self.columns, self.rows, |i, j| self.at(j, i))
    }

    fn zip(&self, other: &Self, f: impl Fn(f64, f64) -> f64) -> Self {
        Self::make(self.rows, self.columns, |i, j| f(self.at(i, j), other.at(i, j)))
    }

    fn assert_close(&self, name: &str, ours: &[f32]) {
        let largest = self.data.iter().fold(1e-6, |largest: f64, x| largest.max(x.abs()));
        for (at, (ours, exact)) in ours.iter().zip(&self.data).enumerate() {
            let error = (f64::from(*ours) - exact).abs();
            assert!(error <= 1e-5 * largest, "{name}: {at} is {ours}, by definition {exact}");
        }
    }
}

/// Activities of each layer, the input first, and the error of the logits, of the batch's mean loss.
fn forward(student: &Student) -> (Vec<Matrix>, Matrix) {
    let mut activities = vec![Matrix::of(BATCH, SIZES[0], &student.input)];
    for layer in 0..3 {
        let weights = Matrix::of(SIZES[layer], SIZES[layer + 1], student.parameter(2 * layer));
        let drive = activities[layer].times(&weights);
        let bias = student.parameter(2 * layer + 1);
        let value = |i, j| drive.at(i, j) + f64::from(bias[j]);
        let squashed = |i: usize, j: usize| if layer < 2 { value(i, j).tanh() } else { value(i, j) };
        activities.push(Matrix::make(BATCH, SIZES[layer + 1], squashed));
    }
    let logits = activities.pop().expect("a last layer");
    let error = Matrix::make(BATCH, SIZES[3], |i, j| {
        let total: f64 = (0..SIZES[3]).map(|class| logits.at(i, class).exp()).sum();
        let hit = f64::from(student.class[i] as usize == j);
        (logits.at(i, j).exp() / total - hit) / BATCH as f64
    });
    (activities, error)
}

/// Weight gradients of a hidden layer from what is sent back to its response.
fn local(activities: &[Matrix], layer: usize, sent: &Matrix) -> (Matrix, Matrix) {
    let delta = sent.zip(&activities[layer + 1], |sent, y| sent * (1.0 - y * y));
    (activities[layer].transposed().times(&delta), delta)
}

#[test]
fn feedback_alignment_sends_errors_through_its_own_matrices() {
    let mut student = Student::new(Rule::FeedbackAlignment, &model());
    let before = forward(&student);
    // Behind the six parameters of the network: of the second layer and of the third.
    let feedback = [6, 7].map(|number| student.parameter(number).to_vec());
    let backward =
        [Matrix::of(SIZES[1], SIZES[2], &feedback[0]), Matrix::of(SIZES[2], SIZES[3], &feedback[1])];
    assert_ne!(feedback[0], student.parameter(2), "they are not the weights");
    student.step(0.1);
    let (activities, error) = before;
    activities[2].transposed().times(&error).assert_close("output", &student.gradient(4));
    let (second, delta) = local(&activities, 1, &error.times(&backward[1].transposed()));
    second.assert_close("second layer", &student.gradient(2));
    let (first, _) = local(&activities, 0, &delta.times(&backward[0].transposed()));
    first.assert_close("first layer", &student.gradient(0));
    assert_eq!([6, 7].map(|number| student.parameter(number).to_vec()), feedback, "nothing moves them");
}

#[test]
fn direct_feedback_alignment_sends_the_output_error_to_every_layer() {
    let mut student = Student::new(Rule::DirectFeedbackAlignment, &model());
    let (activities, error) = forward(&student);
    let sent = [0, 1]
        .map(|layer| error.times(&Matrix::of(SIZES[3], SIZES[layer + 1], student.parameter(6 + layer))));
    student.step(0.1);
    activities[2].transposed().times(&error).assert_close("output", &student.gradient(4));
    for layer in 0..2 {
        let (gradient, delta) = local(&activities, layer, &sent[layer]);
        gradient.assert_close("hidden weights", &student.gradient(2 * layer));
        let sums = Matrix::make(1, SIZES[layer + 1], |_, j| (0..BATCH).map(|i| delta.at(i, j)).sum());
        sums.assert_close("hidden biases", &student.gradient(2 * layer + 1));
    }
}

#[test]
fn with_the_weights_themselves_the_way_back_is_backpropagation() {
    let mut backpropagation = Student::new(Rule::Backpropagation, &model());
    let mut alignment = Student::new(Rule::FeedbackAlignment, &model());
    for (feedback, weights) in [(6, 2), (7, 4)] {
        let weights = alignment.parameter(weights).to_vec();
        alignment.set(feedback, &weights);
    }
    backpropagation.step(0.1);
    alignment.step(0.1);
    for number in 0..6 {
        assert_eq!(backpropagation.parameter(number), alignment.parameter(number), "bit by bit");
    }
}

/// Cosine of the angle between what the two ways back send to the last hidden layer.
fn cosine(student: &Student) -> f64 {
    let (_, error) = forward(student);
    let weights = Matrix::of(SIZES[2], SIZES[3], student.parameter(4)).transposed();
    let feedback = Matrix::of(SIZES[2], SIZES[3], student.parameter(7)).transposed();
    let (a, b) = (error.times(&weights), error.times(&feedback));
    let dot = |a: &Matrix, b: &Matrix| a.data.iter().zip(&b.data).map(|(a, b)| a * b).sum::<f64>();
    dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt()
}

/// Lillicrap et al. 2016, fig. 2: the weights come to agree with the random way back, so that the angle
/// between what both would send falls well below 90°.
#[test]
fn the_weights_align_with_the_feedback() {
    let mut student = Student::new(Rule::FeedbackAlignment, &model());
    for _ in 0..2000 {
        student.step(0.1);
    }
    let degrees = cosine(&student).acos().to_degrees();
    assert!(degrees < 60.0, "the angle is {degrees}°");
}

#[test]
fn every_rule_lowers_its_loss() {
    for rule in Rule::ALL {
        let mut student = Student::new(rule, &model());
        let first: f32 = (0..10).map(|_| student.step(0.1)).sum();
        for _ in 0..300 {
            student.step(0.1);
        }
        let last: f32 = (0..10).map(|_| student.step(0.1)).sum();
        assert!(last < 0.9 * first, "{rule:?}: {first}, later {last}");
    }
}
