//! Each rule against its definition, written in plain loops in f64.

use super::*;
use crate::ann::layers::{Conv2d, Dense, Flatten, Recurrent, Residual, Units};
use crate::ann::{Descent, Initialiser, Loss, Model, Optimiser};
use crate::graph::executor::{CpuExecutor, Draws, Executor, Work};
use crate::graph::plan::Plan;
use crate::kernels::activation::Activation;
use crate::kernels::draw::{self, Keys};
use crate::kernels::recurrent::Cell;
use crate::kernels::window::Window;
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
    held: Vec<[Vec<f32>; 2]>,
}

impl Student {
    fn new(rule: Rule, model: &Model) -> Self {
        let program = rule.program(model, BATCH).expect("a program");
        let mut executor = CpuExecutor::new(program.layout.clone());
        Initialiser::Glorot.start(3, &program.starts, program.layout.ranges(), executor.persistent_mut());
        let mut input = vec![0.0; BATCH * SIZES[0]];
        Stream::new(4, StreamId::Data).fill_uniform(0, 0, &mut input);
        Self { program, executor, input, class: vec![2.0, 0.0, 1.0, 1.0, 0.0], steps: 0, held: Vec::new() }
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
        let feed = Feed { input: &self.input, target: &self.class, held: &self.held, draws };
        let descent = Descent::plain(Optimiser::Sgd, learning_rate);
        self.program.step(&mut self.executor, feed, &descent, self.steps).expect("it fits");
        self.program.loss(&self.executor)
    }

    /// What the network answers to its examples, with what it has learned, `(batch, classes)`.
    fn answers(&mut self, rule: Rule, model: &Model) -> Vec<f32> {
        let network = rule.answering(model, BATCH).expect("a network that answers");
        assert_eq!(network.graph.shape(network.output), [BATCH, SIZES[3]]);
        let plan = Plan::compile(&network.graph, &self.program.layout, &[network.output]).expect("small");
        let draws = Draws { stream: Stream::new(5, StreamId::EvalEncoding), keys: &[0; BATCH] };
        let inputs = [(network.input, self.input.as_slice())];
        program::hold(&mut self.executor, &plan, &network.holds, &self.held).expect("as in learning");
        self.executor.submit(Work::Run { plan: &plan, inputs: &inputs, draws }).expect("it fits");
        self.executor.read(&plan, network.output).to_vec()
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
fn every_rule_lowers_its_loss_and_answers_what_it_learned() {
    for rule in Rule::ALL {
        let model = if rule == Rule::ContrastiveDivergence { classifier(&[20]) } else { model() };
        let mut student = Student::new(rule, &model);
        let first: f32 = (0..10).map(|_| student.step(0.1)).sum();
        for _ in 0..2000 {
            student.step(0.1);
        }
        let last: f32 = (0..10).map(|_| student.step(0.1)).sum();
        assert!(last < 0.9 * first, "{rule:?}: {first}, later {last}");
        let answers = student.answers(rule, &model);
        let answers = answers.chunks_exact(SIZES[3]);
        let right = answers
            .zip(&student.class)
            .filter(|(answer, class)| answer.iter().all(|&other| other <= answer[**class as usize]));
        assert!(right.count() >= 4, "{rule:?} answers what it was taught");
    }
}

/// One hidden layer less, of rectified units: what forward-forward and the machine are given.
fn classifier(hidden: &[usize]) -> Model {
    let layer = |&units: &usize| Dense { units, activation: Activation::Relu }.into();
    let output = Dense { units: SIZES[3], activation: Activation::Linear }.into();
    let layers = hidden.iter().map(layer).chain([output]).collect();
    Model { example: vec![SIZES[0]], layers, loss: Loss::CrossEntropy }
}

/// The same with units that can be held, and some of them held: in the first layer one at 0 and one at
/// 0.75, in the second one at 0.5.
fn held_classifier(hidden: &[usize]) -> (Model, Vec<[Vec<f32>; 2]>) {
    let mut model = classifier(hidden);
    model.layers = (model.layers.into_iter())
        .flat_map(|layer| [layer, Units.into()])
        .take(2 * hidden.len())
        .chain([Dense { units: SIZES[3], activation: Activation::Linear }.into()])
        .collect();
    let mut held: Vec<[Vec<f32>; 2]> =
        hidden.iter().map(|&units| [vec![0.0; units], vec![9.0; units]]).collect();
    for (layer, unit, level) in [(0, 1, 0.0), (0, 4, 0.75), (1, 2, 0.5)] {
        if let Some([held, levels]) = held.get_mut(layer) {
            (held[unit], levels[unit]) = (1.0, level);
        }
    }
    (model, held)
}

/// `x`, or the level of the unit where it is held.
fn or_level(held: &[[Vec<f32>; 2]], layer: usize, unit: usize, x: f64) -> f64 {
    match held.get(layer) {
        Some([held, level]) if held[unit] != 0.0 => f64::from(level[unit]),
        _ => x,
    }
}

/// Examples with a class: `(batch, inputs + classes)`.
fn with_class(input: &[f32], class: &[f32]) -> Matrix {
    Matrix::make(BATCH, SIZES[0] + SIZES[3], |i, j| match j.checked_sub(SIZES[0]) {
        None => f64::from(input[i * SIZES[0] + j]),
        Some(of) => f64::from(class[i] as usize == of),
    })
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[test]
fn forward_forward_teaches_each_layer_by_its_own_goodness() {
    teaches_by_goodness(&classifier(&[7, 4]), Vec::new());
    let (model, held) = held_classifier(&[7, 4]);
    teaches_by_goodness(&model, held);
}

fn teaches_by_goodness(model: &Model, held: Vec<[Vec<f32>; 2]>) {
    let hidden = [7, 4];
    let mut student = Student::new(Rule::ForwardForward, model);
    student.held.clone_from(&held);
    let parameters: Vec<Vec<f32>> = (0..4).map(|number| student.parameter(number).to_vec()).collect();
    student.step(0.1);
    // The wrong classes are drawn at site 0 by the keys of the first step.
    let keys: Vec<u64> = (0..BATCH as u64).map(|at| at + 100).collect();
    let draws = Keys { stream: Stream::new(5, StreamId::Encoding).sub(0), keys: &keys };
    let mut wrong = vec![0.0; BATCH];
    draw::other_class(SIZES[3] as u32, &student.class, draws, &mut wrong);
    assert!(wrong.iter().zip(&student.class).all(|(wrong, class)| wrong != class));
    let (right, wrong) = (with_class(&student.input, &student.class), with_class(&student.input, &wrong));
    let rows = 2 * BATCH;
    let mut read =
        Matrix::make(
            rows,
            right.columns,
            |i, j| {
                if i < BATCH { right.at(i, j) } else { wrong.at(i - BATCH, j) }
            },
        );
    for (layer, &units) in hidden.iter().enumerate() {
        let weights = Matrix::of(read.columns, units, &parameters[2 * layer]);
        let drive = read.times(&weights);
        let bias = &parameters[2 * layer + 1];
        let active = Matrix::make(rows, units, |i, j| {
            or_level(&held, layer, j, (drive.at(i, j) + f64::from(bias[j])).max(0.0))
        });
        let square = |i: usize| (0..units).map(|j| active.at(i, j).powi(2)).sum::<f64>();
        let delta = Matrix::make(rows, units, |i, j| {
            let (steepness, threshold) =
                (f64::from(forward_forward::STEEPNESS), f64::from(forward_forward::THRESHOLD));
            let goodness = square(i) / units as f64;
            let certain = sigmoid(steepness * (goodness - threshold)) - f64::from(i < BATCH);
            let sent = certain / rows as f64 * steepness * 2.0 * active.at(i, j) / units as f64;
            if or_level(&held, layer, j, -1.0) < 0.0 { sent } else { 0.0 }
        });
        read.transposed().times(&delta).assert_close("weights", &student.gradient(2 * layer));
        // Only the direction goes on.
        read = Matrix::make(rows, units, |i, j| {
            active.at(i, j) / (square(i).sqrt() + 1e-4) * (units as f64).sqrt()
        });
    }
    // The answer: the goodness of both layers, with each class in turn.
    let answers = student.answers(Rule::ForwardForward, model);
    for class in 0..SIZES[3] {
        let mut read = with_class(&student.input, &[class as f32; BATCH]);
        let mut goodness = vec![0.0; BATCH];
        for (layer, &units) in hidden.iter().enumerate() {
            let drive = read.times(&Matrix::of(read.columns, units, student.parameter(2 * layer)));
            let bias = student.parameter(2 * layer + 1);
            let active = Matrix::make(BATCH, units, |i, j| {
                or_level(&held, layer, j, (drive.at(i, j) + f64::from(bias[j])).max(0.0))
            });
            let square = |i: usize| (0..units).map(|j| active.at(i, j).powi(2)).sum::<f64>();
            (0..BATCH).for_each(|i| goodness[i] += square(i) / units as f64);
            read = Matrix::make(BATCH, units, |i, j| {
                active.at(i, j) / (square(i).sqrt() + 1e-4) * (units as f64).sqrt()
            });
        }
        let ours: Vec<f32> = answers.iter().skip(class).step_by(SIZES[3]).copied().collect();
        Matrix { rows: BATCH, columns: 1, data: goodness }.assert_close("goodness", &ours);
    }
}

#[test]
fn contrastive_divergence_is_what_was_seen_minus_what_was_dreamt() {
    seen_minus_dreamt(&classifier(&[7]), Vec::new());
    let (model, held) = held_classifier(&[7]);
    seen_minus_dreamt(&model, held);
}

fn seen_minus_dreamt(model: &Model, held: Vec<[Vec<f32>; 2]>) {
    let (inputs, classes, hidden) = (SIZES[0], SIZES[3], 7);
    let visible = inputs + classes;
    let mut student = Student::new(Rule::ContrastiveDivergence, model);
    student.held.clone_from(&held);
    let weights = Matrix::of(visible, hidden, student.parameter(0));
    student.step(0.1);
    let up = |seen: &Matrix| {
        let drive = seen.times(&weights);
        Matrix::make(BATCH, hidden, |i, j| or_level(&held, 0, j, sigmoid(drive.at(i, j))))
    };
    let seen = with_class(&student.input, &student.class);
    let stirred = up(&seen);
    let site = Stream::new(5, StreamId::Encoding).sub(0);
    let sample = Matrix::make(BATCH, hidden, |i, j| {
        let drawn = f64::from(site.uniform_f32(i as u64 + 100, j as u64));
        or_level(&held, 0, j, f64::from(drawn < stirred.at(i, j)))
    });
    let drive = sample.times(&weights.transposed());
    let dreamt = Matrix::make(BATCH, visible, |i, j| {
        let total: f64 = (inputs..visible).map(|class| drive.at(i, class).exp()).sum();
        if j < inputs { sigmoid(drive.at(i, j)) } else { drive.at(i, j).exp() / total }
    });
    let again = up(&dreamt);
    let outer = |a: &Matrix, b: &Matrix| a.transposed().times(b);
    let of_weights = outer(&dreamt, &again).zip(&outer(&seen, &stirred), |is, was| (is - was) / BATCH as f64);
    of_weights.assert_close("weights", &student.gradient(0));
    let ones = Matrix::make(1, BATCH, |_, _| 1.0 / BATCH as f64);
    let mean = |is: &Matrix, was: &Matrix| ones.times(&is.zip(was, |is, was| is - was));
    mean(&again, &stirred).assert_close("hidden bias", &student.gradient(1));
    mean(&dreamt, &seen).assert_close("visible bias", &student.gradient(2));
    // The answer: what the class takes off the free energy; all classes share what examples bring.
    let answers = student.answers(Rule::ContrastiveDivergence, model);
    let (weights, c, b) =
        (Matrix::of(visible, hidden, student.parameter(0)), student.parameter(1), student.parameter(2));
    for class in 0..classes {
        let drive = with_class(&student.input, &[class as f32; BATCH]).times(&weights);
        let of_unit = |i: usize, j: usize| {
            let drive = drive.at(i, j) + f64::from(c[j]);
            let level = or_level(&held, 0, j, f64::NAN);
            if level.is_nan() { drive.exp().ln_1p() } else { level * drive }
        };
        let free = Matrix::make(BATCH, 1, |i, _| {
            f64::from(b[inputs + class]) + (0..hidden).map(|j| of_unit(i, j)).sum::<f64>()
        });
        let ours: Vec<f32> = answers.iter().skip(class).step_by(classes).copied().collect();
        free.assert_close("free energy", &ours);
    }
}

/// The exact log-likelihood of a small machine, by going through everything it can see.
#[test]
fn contrastive_divergence_makes_what_it_saw_likelier() {
    let mut student = Student::new(Rule::ContrastiveDivergence, &classifier(&[7]));
    for x in &mut student.input {
        *x = f32::from(*x > 0.5);
    }
    let (inputs, classes, hidden) = (SIZES[0], SIZES[3], 7);
    let free = |student: &Student, seen: &dyn Fn(usize) -> f64| -> f64 {
        let (weights, c, b) = (student.parameter(0), student.parameter(1), student.parameter(2));
        let linear: f64 = (0..inputs + classes).map(|i| f64::from(b[i]) * seen(i)).sum();
        let soft = (0..hidden).map(|j| {
            let drive: f64 =
                (0..inputs + classes).map(|i| f64::from(weights[i * hidden + j]) * seen(i)).sum();
            (1.0 + (f64::from(c[j]) + drive).exp()).ln()
        });
        linear + soft.sum::<f64>()
    };
    let likelihood = |student: &Student| -> f64 {
        let all: f64 = (0..(1usize << inputs) * classes)
            .map(|state| {
                let (pixels, class) = (state / classes, state % classes);
                free(student, &|i| match i.checked_sub(inputs) {
                    None => (pixels >> i & 1) as f64,
                    Some(of) => f64::from(of == class),
                })
                .exp()
            })
            .sum();
        let seen = with_class(&student.input, &student.class);
        (0..BATCH).map(|row| free(student, &|i| seen.at(row, i)) - all.ln()).sum::<f64>() / BATCH as f64
    };
    let before = likelihood(&student);
    for _ in 0..500 {
        student.step(0.1);
    }
    let after = likelihood(&student);
    assert!(after > before + 1.0, "{before} nats an example, later {after}");
}

#[test]
fn a_model_that_a_rule_cannot_teach_is_refused() {
    let deep = Rule::ContrastiveDivergence.program(&classifier(&[7, 4]), BATCH).unwrap_err().to_string();
    assert_eq!(deep, "contrastive divergence: expected one hidden layer, got 2 hidden layers");
    let shallow = Rule::ForwardForward.program(&classifier(&[]), BATCH).unwrap_err().to_string();
    assert!(shallow.contains("at least one of them hidden"), "{shallow}");
    let dense = |units| Dense { units, activation: Activation::Tanh };
    let round = Residual(vec![dense(SIZES[0]).into(), dense(SIZES[0]).into()]);
    let output = Dense { units: SIZES[3], activation: Activation::Linear };
    let layers = vec![dense(SIZES[0]).into(), round.into(), output.into()];
    let round = Model { layers, ..model() };
    let error = Rule::DirectFeedbackAlignment.program(&round, BATCH).unwrap_err().to_string();
    assert!(error.contains("got a way round a layer"), "{error}");
    let other = Model { loss: Loss::HalfMeanSquare(Activation::Tanh), ..classifier(&[7]) };
    assert!(Rule::ForwardForward.program(&other, BATCH).is_err());
}

#[test]
fn images_and_sequences_are_learned_by_rules_that_send_the_error_back() {
    let window = Window { size: [3, 3], stride: [1, 1], padding: [1, 1] };
    let dense = Dense { units: 3, activation: Activation::Linear };
    let maps = Conv2d { maps: 4, window, groups: 1, activation: Activation::Tanh };
    let remember = |last| Recurrent { cell: Cell::Lstm, units: 4, truncation: None, last };
    let models = [
        (vec![2, 3, 1], vec![maps.into(), maps.into(), Flatten.into(), dense.into()]),
        (vec![3, 2], vec![remember(false).into(), remember(true).into(), dense.into()]),
    ];
    for (example, layers) in models {
        let recurrent = example.len() == 2;
        let model = Model { example, layers, loss: Loss::CrossEntropy };
        for rule in [Rule::Backpropagation, Rule::FeedbackAlignment, Rule::DirectFeedbackAlignment] {
            if recurrent && rule != Rule::Backpropagation {
                let error = rule.program(&model, BATCH).unwrap_err().to_string();
                assert!(error.contains("weighted sums alone, got a parameter"), "{error}");
                continue;
            }
            let mut student = Student::new(rule, &model);
            let first = student.step(0.3);
            let last = (0..300).map(|_| student.step(0.3)).fold(first, |_, loss| loss);
            assert!(last < 0.9 * first, "{rule:?}: loss {first}, then {last}");
        }
    }
}
