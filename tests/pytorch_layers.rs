//! Layers and losses against PyTorch, which computed the fixtures in double precision:
//! `tests/fixtures/pytorch_layers.py`.

use cajal::ann::layers::{
    Attention, BatchNorm, Dense, Embedding, Flatten, Layer, LayerNorm, MixtureOfExperts,
};
use cajal::ann::{Loss, Mode, Model};
use cajal::graph::executor::{CpuExecutor, Draws, Executor, Work};
use cajal::graph::plan::{ParameterLayout, Plan};
use cajal::kernels::activation::Activation;
use cajal::kernels::loss::Pointwise;
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

#[test]
fn layers_and_losses() {
    let cases = fixtures::read(include_str!("fixtures/pytorch_layers.txt"));
    assert_eq!(cases.len(), 10);
    for case in cases {
        let model = model(&case);
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
        let ticket = executor.submit(Work::Run { plan: &plan, inputs: &inputs, draws });
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
}
