//! Layers and losses against PyTorch, which computed the fixtures in double precision:
//! `tests/fixtures/pytorch_layers.py` and `tests/fixtures/pytorch_sequences.py`.

use cajal::ann::layers::{
    Attention, BatchNorm, Conv2d, Dense, Embedding, Flatten, Layer, LayerNorm, MixtureOfExperts, Pool2d,
    Recurrent,
};
use cajal::ann::{Loss, Mode, Model};
use cajal::graph::executor::{CpuExecutor, Draws, Executor, Work};
use cajal::graph::plan::{ParameterLayout, Plan};
use cajal::kernels::activation::Activation;
use cajal::kernels::loss::Pointwise;
use cajal::kernels::pool::Pooling;
use cajal::kernels::recurrent::Cell;
use cajal::kernels::window::Window;
use cajal::rng::{Stream, StreamId};
use fixtures::{Case, assert_close};

mod fixtures;

/// Of the largest of each tensor.
const TOLERANCE: f64 = 1e-4;
const EPSILON: f32 = 1e-5;

fn model(case: &Case) -> Model {
    let dense = |units| Layer::from(Dense { units, activation: Activation::Linear });
    let mut loss = Loss::HalfMeanSquare(Activation::Linear);
    let mut example = vec![case.shape("input").1];
    let layers = match case.name {
        "layer-norm" => vec![LayerNorm { epsilon: EPSILON }.into(), dense(3)],
        "batch-norm" => vec![BatchNorm { epsilon: EPSILON }.into(), dense(3)],
        "embedding" => vec![Embedding { vocabulary: 7, units: 5 }.into(), Flatten.into(), dense(2)],
        "attention/all" | "attention/causal" => {
            example.insert(0, 5);
            vec![Attention { heads: 2, causal: case.name.ends_with("causal") }.into()]
        }
        "mixture" => {
            let activation = Activation::Tanh;
            vec![MixtureOfExperts { experts: 4, k: 2, hidden: 3, activation, units: 2 }.into()]
        }
        name => {
            loss = match name {
                "mean-square" => Loss::Pointwise(Pointwise::MeanSquare),
                "huber" => Loss::Pointwise(Pointwise::Huber { delta: 0.7 }),
                "binary-cross-entropy" => Loss::Pointwise(Pointwise::BinaryCrossEntropy),
                "smoothed-cross-entropy" => Loss::SmoothedCrossEntropy(0.1),
                _ => panic!("{name} names no layer and no loss"),
            };
            vec![dense(3)]
        }
    };
    Model { example, layers, loss }
}

/// Runs a model forward and backward on the fixture's numbers and compares all it gives.
fn check(case: &Case, model: &Model) {
    let batch = case.singles("input").len() / model.example.iter().product::<usize>();
    let mut network = model.build(batch, Mode::Learn).expect("a network");
    let loss = network.loss.expect("built with its loss");
    let gradients = network.graph.backward(loss).expect("gradients");
    let mut keep = vec![loss, network.output];
    keep.extend(gradients.iter().map(|pair| pair.gradient));
    keep.extend(network.follows.iter().map(|follow| follow.statistic));
    let layout = ParameterLayout::of(&network.graph);
    let plan = Plan::compile(&network.graph, &layout, &keep).expect("small");
    let mut executor = CpuExecutor::new(layout.clone());
    for (number, range) in layout.ranges().iter().enumerate() {
        let values = case.singles(&format!("p-{number}"));
        executor.persistent_mut()[range.clone()].copy_from_slice(&values);
    }
    let (input, target) = (case.singles("input"), case.singles("target"));
    let inputs = [(network.input, input.as_slice()), (network.target, target.as_slice())];
    let draws = Draws { stream: Stream::new(0, StreamId::Encoding), keys: &[] };
    let ticket = executor.submit(Work::Run { plan: &plan, inputs: &inputs, draws }).expect("it fits");
    assert!(executor.poll(ticket));
    let close = |name: &str, tensor| {
        assert_close(case.name, name, executor.read(&plan, tensor), case.numbers(name), TOLERANCE);
    };
    close("output", network.output);
    assert!((f64::from(executor.read(&plan, loss)[0]) / case.scalar("loss") - 1.0).abs() < TOLERANCE);
    assert_eq!(gradients.len() + network.follows.len(), layout.ranges().len(), "{}", case.name);
    for pair in gradients {
        let number = network.graph.parameters().iter().position(|&id| id == pair.parameter);
        close(&format!("d-p-{}", number.expect("a parameter")), pair.gradient);
    }
    for (number, follow) in network.follows.iter().enumerate() {
        close(&format!("statistic-{number}"), follow.statistic);
    }
}

#[test]
fn layers_and_losses() {
    let cases = fixtures::read(include_str!("fixtures/pytorch_layers.txt"));
    assert_eq!(cases.len(), 10);
    for case in cases {
        check(&case, &model(&case));
    }
}

fn window(size: [usize; 2], stride: [usize; 2], padding: [usize; 2]) -> Window {
    Window { size, stride, padding }
}

fn conv(maps: usize, window: Window, groups: usize, activation: Activation) -> Layer {
    Conv2d { maps, window, groups, activation }.into()
}

fn pool(pooling: Pooling, window: Window) -> Layer {
    Pool2d { pooling, window }.into()
}

fn dense(units: usize, activation: Activation) -> Layer {
    Dense { units, activation }.into()
}

#[test]
fn convolution_and_pooling() {
    let (tanh, relu, linear) = (Activation::Tanh, Activation::Relu, Activation::Linear);
    let square = |size, stride, padding| window([size; 2], [stride; 2], [padding; 2]);
    let halve = || pool(Pooling::Max, square(2, 2, 0));
    let models: [(&str, &[usize], Vec<Layer>); 5] = [
        ("strided", &[6, 5, 2], vec![conv(5, window([3, 2], [2, 1], [1, 2]), 1, tanh)]),
        ("grouped", &[4, 5, 4], vec![conv(6, square(3, 1, 1), 2, tanh), conv(3, square(2, 2, 0), 3, linear)]),
        (
            "max-pooled",
            &[7, 6, 2],
            vec![
                conv(4, window([2, 3], [1, 1], [0, 0]), 1, tanh),
                pool(Pooling::Max, window([3, 2], [2, 1], [1, 0])),
            ],
        ),
        (
            "average-pooled",
            &[9, 10, 1],
            vec![
                conv(5, window([3, 2], [1, 1], [0, 0]), 1, tanh),
                pool(Pooling::Average, square(2, 2, 0)),
                pool(Pooling::Average, square(3, 2, 1)),
            ],
        ),
        (
            "lenet",
            &[12, 12, 1],
            vec![
                conv(3, square(5, 1, 2), 1, relu),
                halve(),
                conv(4, square(3, 1, 0), 1, relu),
                halve(),
                Flatten.into(),
                dense(8, relu),
                dense(4, linear),
            ],
        ),
    ];
    let cases = fixtures::read(include_str!("fixtures/pytorch_convolution.txt"));
    assert_eq!(cases.len(), models.len());
    for (case, (name, example, layers)) in cases.iter().zip(models) {
        assert_eq!(case.name, name);
        let loss = if name == "lenet" { Loss::CrossEntropy } else { Loss::HalfMeanSquare(linear) };
        check(case, &Model { example: example.to_vec(), layers, loss });
    }
}

#[test]
fn recurrent_layers_through_all_and_through_some_steps() {
    let cases = fixtures::read(include_str!("fixtures/pytorch_recurrent.txt"));
    assert_eq!(cases.len(), 3 * Cell::ALL.len());
    for case in cases {
        let words: Vec<&str> = case.name.split('/').collect();
        let [cell, outputs, steps] = words[..] else { panic!("{} has another form", case.name) };
        let cell = match cell {
            "plain" => Cell::Plain,
            "lstm" => Cell::Lstm,
            "gru" => Cell::Gru,
            _ => panic!("{cell} is no cell"),
        };
        let last = outputs == "last";
        let units = case.shape("p-2").0;
        let mut layers = vec![Recurrent { cell, units, truncation: steps.parse().ok(), last }.into()];
        let mut loss = Loss::HalfMeanSquare(Activation::Linear);
        if last {
            layers.push(dense(case.shape("output").1, Activation::Linear));
            loss = Loss::CrossEntropy;
        }
        check(&case, &Model { example: vec![7, case.shape("input").1], layers, loss });
    }
}
