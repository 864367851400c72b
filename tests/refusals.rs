//! Models that make no sense are refused in words, before anything large is allocated.

use cajal::ann::layers::{
    Attention, BatchNorm, Conv2d, Dense, Dropout, Embedding, Flatten, Grouped, LayerNorm, MeanOverTime,
    MixtureOfExperts, Pool2d, Positions, Recurrent, Residual, Sample, Spikes, UnitGroup, UnitKind, Units,
};
use cajal::ann::{Descent, Initialiser, Layer, Loss, Mode, Model, Optimiser};
use cajal::graph::executor::{CpuExecutor, Draws, Executor, Work};
use cajal::graph::ops::encode::Code;
use cajal::graph::ops::{CrossEntropy, Encode, MatMul};
use cajal::graph::plan::{ARENA_LIMIT, ParameterLayout, Plan};
use cajal::graph::{BuildError, Graph, WorkError};
use cajal::kernels::activation::Activation;
use cajal::kernels::pool::Pooling;
use cajal::kernels::recurrent::Cell;
use cajal::kernels::window::Window;
use cajal::learning::{Feed, Program, Rule};
use cajal::rng::{Stream, StreamId};

fn dense(units: usize) -> Layer {
    Dense { units, activation: Activation::Relu }.into()
}

fn model(example: &[usize], layers: Vec<Layer>) -> Model {
    Model { example: example.to_vec(), layers, loss: Loss::CrossEntropy }
}

fn refusal(model: &Model, batch: usize) -> BuildError {
    Rule::Backpropagation.program(model, batch).expect_err("a model that makes no sense")
}

#[test]
fn shapes_that_do_not_fit_say_what_was_expected_and_what_came() {
    let mut graph = Graph::new();
    let (x, w) = (graph.input("x", &[4, 3]), graph.parameter("w", &[5, 2]));
    let nodes = graph.nodes().len();
    let error = graph.apply(MatMul::of(false, false).into(), &[x, w]).unwrap_err().to_string();
    assert_eq!(error, "matmul: expected as many columns on the left as rows on the right, 3, got 5");
    let class = graph.input("class", &[3]);
    let error = graph.apply(CrossEntropy.into(), &[x, class]).unwrap_err().to_string();
    assert!(error.contains("expected 4 classes") && error.contains("[3]"), "{error}");
    assert_eq!(graph.nodes().len(), nodes, "nothing half-changed");
}

#[test]
fn a_layer_after_a_loss_is_refused() {
    let mut graph = Graph::new();
    let (x, class) = (graph.input("x", &[4, 3]), graph.input("class", &[4]));
    let loss = graph.apply(CrossEntropy.into(), &[x, class]).expect("fits");
    let error = graph.activate(Activation::Relu, loss).unwrap_err().to_string();
    assert!(error.contains("expected a tensor of the network, got a loss"), "{error}");
    assert!(graph.backward(x).unwrap_err().to_string().contains("expected a loss"));
}

#[test]
fn nothing_of_size_zero_is_built() {
    for (model, batch) in [
        (model(&[6], vec![dense(0), dense(3)]), 4),
        (model(&[0], vec![dense(3)]), 4),
        (model(&[6], vec![dense(3)]), 0),
    ] {
        let error = refusal(&model, batch).to_string();
        assert!(error.contains("expected a result of at least one number"), "{error}");
    }
}

#[test]
fn settings_of_layers_that_make_no_sense_are_refused() {
    let experts = MixtureOfExperts { experts: 2, k: 3, hidden: 4, activation: Activation::Relu, units: 3 };
    for (layer, example) in [
        (Layer::from(Attention { heads: 3, causal: false }), vec![5, 8]),
        (Dropout { rate: 1.0 }.into(), vec![8]),
        (Dropout { rate: f32::NAN }.into(), vec![8]),
        (experts.into(), vec![8]),
    ] {
        let error = refusal(&model(&example, vec![layer, dense(3)]), 4).to_string();
        assert!(error.contains("expected") && error.contains("got"), "{error}");
    }
}

#[test]
fn a_model_beyond_the_limit_is_refused_with_what_it_would_take() {
    let wide = model(&[60_000], vec![dense(60_000), dense(10)]);
    let BuildError::Memory(error) = refusal(&wide, 32) else { panic!("expected a refusal for memory") };
    assert!(error.needed >= 4 * 60_000 * 60_000 && error.limit == ARENA_LIMIT, "{error}");
    assert!(error.to_string().contains("expected a model of at most 1500 MB"), "{error}");
    // Sizes whose product no address can name.
    let absurd = model(&[usize::MAX / 2], vec![dense(usize::MAX / 2)]);
    assert!(matches!(refusal(&absurd, 1 << 20), BuildError::Memory(_)));
    // Many tensors that fit one by one, and not together.
    let deep = model(&[9000], (0..12).map(|_| dense(9000)).collect());
    assert!(matches!(refusal(&deep, 32), BuildError::Memory(_)));
}

#[test]
fn a_plan_is_compiled_without_its_arena() {
    // 1.4 GB, which the test could not afford to touch.
    let large = model(&[10_000], vec![dense(10_000), dense(10)]);
    let network = large.build(1, Mode::Learn).expect("a graph");
    let layout = ParameterLayout::of(&network.graph);
    let plan = Plan::compile(&network.graph, &layout, &[network.output]).expect("just below the limit");
    assert!(plan.arena_len() > 300_000_000);
}

/// A program over `model`, an executor with its start, and what a step made of a feed.
struct Student {
    program: Program,
    executor: CpuExecutor,
}

impl Student {
    fn new(rule: Rule, model: &Model, batch: usize) -> Self {
        let program = rule.program(model, batch).expect("a program");
        let mut executor = CpuExecutor::new(program.layout.clone());
        Initialiser::Glorot.start(3, &program.starts, program.layout.ranges(), executor.persistent_mut());
        Self { program, executor }
    }

    fn step(&mut self, input: &[f32], target: &[f32], keys: &[u64]) -> Result<(), WorkError> {
        let draws = Draws { stream: Stream::new(5, StreamId::Encoding), keys };
        let descent = Descent::plain(Optimiser::Adam, 0.1);
        let feed = Feed { input, target, held: &[], draws };
        self.program.step(&mut self.executor, feed, &descent, 1).map(drop)
    }
}

#[test]
fn a_feed_that_does_not_fit_is_refused_and_nothing_moves() {
    let classifier = model(&[2], vec![dense(4), dense(3)]);
    let (input, keys) = ([0.5; 8], [0, 1, 2, 3]);
    for rule in [Rule::Backpropagation, Rule::ForwardForward, Rule::ContrastiveDivergence] {
        let mut student = Student::new(rule, &classifier, 4);
        let before = student.executor.persistent().to_vec();
        let huge = vec![0.0; 100_000];
        for wrong in [3.0, -1.0, 0.5, 1e30, f32::NAN, f32::INFINITY] {
            let error = student.step(&input, &[0.0, 1.0, wrong, 2.0], &keys).unwrap_err();
            let says = format!("class: expected whole numbers below 3, got {wrong} at place 2");
            assert_eq!(error.to_string(), says, "{rule:?}");
        }
        let mut refused = |input: &[f32], class: &[f32]| {
            student.step(input, class, &keys).expect_err("a feed that does not fit").to_string()
        };
        assert_eq!(refused(&[], &[0.0; 4]), "input: expected 8 numbers, got 0");
        assert_eq!(refused(&huge, &[0.0; 4]), "input: expected 8 numbers, got 100000");
        assert_eq!(refused(&input, &[0.0; 3]), "class: expected 4 numbers, got 3");
        assert_eq!(student.executor.persistent(), before, "{rule:?}");
        assert_eq!(student.step(&input, &[0.0, 1.0, 2.0, 2.0], &keys), Ok(()), "{rule:?}");
        assert_ne!(student.executor.persistent(), before, "{rule:?}");
    }
    let draws = Encode { code: Code::Rate, steps: 3, signed: true, peak: 1.0 };
    let mean = vec![Spikes(draws).into(), MeanOverTime.into(), dense(3)];
    let mut student = Student::new(Rule::Backpropagation, &model(&[2], mean), 4);
    let error = student.step(&input, &[0.0; 4], &keys[..3]).unwrap_err().to_string();
    assert_eq!(error, "expected a key for each of 4 examples to draw by, got 3");
    let symbols = vec![Embedding { vocabulary: 7, units: 4 }.into(), Flatten.into(), dense(3)];
    let mut student = Student::new(Rule::Backpropagation, &model(&[2], symbols), 4);
    let error = student.step(&[7.0; 8], &[0.0; 4], &keys).unwrap_err().to_string();
    assert_eq!(error, "input: expected whole numbers below 7, got 7 at place 0");
    let computed = vec![dense(4), Embedding { vocabulary: 7, units: 4 }.into(), Flatten.into(), dense(3)];
    let error = refusal(&model(&[2], computed), 4).to_string();
    assert_eq!(error, "embedding: expected whole numbers below 7 that are fed, got computed ones");
    let held = model(&[2], vec![dense(4), Units.into(), dense(3)]);
    let error = Student::new(Rule::Backpropagation, &held, 4).step(&input, &[0.0; 4], &keys).unwrap_err();
    assert_eq!(error.to_string(), "expected held units of 1 layers, got 0");
}

#[test]
fn what_belongs_to_another_graph_is_refused() {
    let mut large = Graph::new();
    let last = (0..9).map(|_| large.input("x", &[2, 2])).last().expect("nine tensors");
    let mut graph = Graph::new();
    let (x, w) = (graph.input("x", &[2, 2]), graph.parameter("w", &[2, 2]));
    let says =
        |error: String| assert!(error.contains("expected one of 2 tensors of this graph, got 8"), "{error}");
    says(graph.activate(Activation::Relu, last).unwrap_err().to_string());
    says(graph.backward(last).unwrap_err().to_string());
    says(graph.replace_operand(0..0, x, last).unwrap_err().to_string());
    let layout = ParameterLayout::of(&graph);
    says(Plan::compile(&graph, &layout, &[last]).unwrap_err().to_string());
    let none = ParameterLayout::of(&large);
    let error = Plan::compile(&graph, &none, &[w]).unwrap_err().to_string();
    assert!(error.contains("a place of 4 numbers for parameter 0"), "{error}");
    let plan = Plan::compile(&graph, &layout, &[]).expect("small");
    let mut executor = CpuExecutor::new(layout);
    let error = executor.submit(Work::Write { plan: &plan, inputs: &[(w, &[0.0; 4])] }).unwrap_err();
    assert_eq!(error, WorkError::NoInput);
}

#[test]
fn a_model_that_is_too_large_is_told_all_that_it_would_take() {
    // 200 MB of parameters with their moments, and 100 results of 100 MB that the way back reads.
    let layers = (0..100).map(|_| dense(400)).collect();
    let BuildError::Memory(error) = refusal(&model(&[400], layers), 62_500) else {
        panic!("expected a refusal for memory")
    };
    assert!((10_000_000_000..13_000_000_000).contains(&error.needed), "{error}");
}

/// A stride beyond the image leaves one position, which is no reason to refuse; the border counts.
#[test]
fn windows_larger_than_everything_are_judged_before_there_is_memory() {
    let of = |stride: usize, padding: usize, channels: usize| {
        let window = Window { size: [3, 3], stride: [stride; 2], padding: [padding; 2] };
        let first = Conv2d { window, maps: channels, groups: 1, activation: Activation::Tanh };
        let layers = vec![first.into(), first.into(), Flatten.into(), dense(3)];
        model(&[5, 5, channels], layers)
    };
    let (image, keys) = ([0.5; 50], [0, 1]);
    let mut student = Student::new(Rule::Backpropagation, &of(usize::MAX, 1, 1), 2);
    assert_eq!(student.step(&image, &[0.0, 1.0], &keys), Ok(()));
    for padding in [1 << 20, usize::MAX / 4] {
        let error = refusal(&of(usize::MAX / 2, padding, 2), 2);
        assert!(matches!(error, BuildError::Memory(error) if error.needed > ARENA_LIMIT), "{error}");
    }
}

/// One of some sizes, of which every second model has some that make no sense: products of them do not fit
/// into an address.
fn size(draws: &Stream, step: u64, at: &mut u64) -> usize {
    const SENSIBLE: [usize; 10] = [4, 1, 2, 3, 4, 1, 8, 3, 2, 1];
    const ABSURD: [usize; 7] =
        [0, 70_000, 1 << 31, u32::MAX as usize, usize::MAX / 4, usize::MAX - 1, usize::MAX];
    *at += 1;
    let drawn = draws.below(step, *at, 32) as usize;
    let absurd = ABSURD.get(drawn).filter(|_| step.is_multiple_of(2));
    absurd.copied().unwrap_or(SENSIBLE[drawn % SENSIBLE.len()])
}

fn hostile_layer(draws: &Stream, step: u64, at: &mut u64, depth: u32) -> Layer {
    *at += 1;
    let kind = draws.below(step, *at, 19);
    let mut size = || size(draws, step, at);
    let mut window =
        || Window { size: [size(), size()], stride: [size(), size()], padding: [size(), size()] };
    let activation = Activation::Tanh;
    let odd = [0.0, 0.5, -1.0, f32::NAN, f32::INFINITY, 1e-5];
    match kind {
        0 => Conv2d { window: window(), maps: size(), groups: size(), activation }.into(),
        1 => Pool2d { pooling: Pooling::Max, window: window() }.into(),
        2 => Pool2d { pooling: Pooling::Average, window: window() }.into(),
        3 => Recurrent { cell: Cell::ALL[size() % 3], units: size(), truncation: Some(size()), last: true }
            .into(),
        4 => Recurrent { cell: Cell::ALL[size() % 3], units: size(), truncation: None, last: false }.into(),
        5 => Attention { heads: size(), causal: size() > 2 }.into(),
        6 => {
            MixtureOfExperts { experts: size(), k: size(), hidden: size(), activation, units: size() }.into()
        }
        7 => Embedding { vocabulary: size(), units: size() }.into(),
        8 => Positions.into(),
        9 => Flatten.into(),
        10 => Dropout { rate: odd[size() % 6] }.into(),
        11 => LayerNorm { epsilon: odd[size() % 6] }.into(),
        12 => BatchNorm { epsilon: odd[size() % 6] }.into(),
        13 => Sample { units: size(), divergence: odd[size() % 6] }.into(),
        14 => Spikes(Encode { code: Code::Rate, steps: size(), signed: true, peak: odd[size() % 6] }).into(),
        15 => {
            let indices = vec![size() as u32, size() as u32];
            let groups = vec![UnitGroup { kind: UnitKind::Activation(activation), indices }];
            Grouped { units: size(), groups }.into()
        }
        16 if depth > 0 => Residual(vec![hostile_layer(draws, step, at, depth - 1)]).into(),
        17 => MeanOverTime.into(),
        _ => dense(size()),
    }
}

/// Thousands of models of nonsense: each is refused in words or learns a step of a feed of nonsense. The
/// arithmetic of sizes is checked in this profile, so what would wrap where addresses have 32 bits panics.
#[test]
fn no_model_makes_the_engine_panic() {
    let draws = Stream::new(11, StreamId::Data);
    let (mut refused, mut stepped) = (0, 0);
    for step in 0..6000 {
        let mut at = 0;
        let dimensions = 1 + draws.below(step, 1000, 3) as usize;
        let example: Vec<usize> = (0..dimensions).map(|_| size(&draws, step, &mut at)).collect();
        let count = 1 + draws.below(step, 1001, 3);
        let hostile = (0..count).map(|_| hostile_layer(&draws, step, &mut at, 2));
        let layers = hostile.chain([Flatten.into(), dense(3)]).collect();
        let batch = size(&draws, step, &mut at);
        let loss =
            [Loss::CrossEntropy, Loss::HalfMeanSquare(Activation::Tanh), Loss::SmoothedCrossEntropy(0.1)]
                [draws.below(step, 1002, 3) as usize];
        let model = Model { example, layers, loss };
        for rule in Rule::ALL {
            let answering = rule.answering(&model, batch);
            let program = match rule.program(&model, batch) {
                Ok(program) if program.arena_len() < 1 << 20 => program,
                Ok(_) => continue,
                Err(error) => {
                    assert!(error.to_string().contains("expected"), "{error}");
                    refused += 1;
                    continue;
                }
            };
            assert!(answering.is_ok(), "what learns can answer: {model:?}");
            let mut executor = CpuExecutor::new(program.layout.clone());
            Initialiser::Orthogonal.start(
                3,
                &program.starts,
                program.layout.ranges(),
                executor.persistent_mut(),
            );
            let len = |tensor| program.plans[0].place(tensor).len();
            let (input, target) = (vec![1.0; len(program.input)], vec![0.0; len(program.target)]);
            let keys: Vec<u64> = (0..batch as u64).collect();
            let draws = Draws { stream: Stream::new(5, StreamId::Encoding), keys: &keys };
            let feed = Feed { input: &input, target: &target, held: &[], draws };
            if program.step(&mut executor, feed, &Descent::plain(Optimiser::Sgd, 0.1), 1).is_ok() {
                stepped += 1;
            }
        }
    }
    assert!(refused > 1000 && stepped > 1000, "{refused} refused, {stepped} learned a step");
}
