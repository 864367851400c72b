//! Models that make no sense are refused in words, before anything large is allocated.

use cajal::ann::layers::{Attention, Dense, Dropout, MixtureOfExperts};
use cajal::ann::{Layer, Loss, Mode, Model};
use cajal::graph::ops::{CrossEntropy, MatMul};
use cajal::graph::plan::{ARENA_LIMIT, ParameterLayout, Plan};
use cajal::graph::{BuildError, Graph};
use cajal::kernels::activation::Activation;
use cajal::learning::Rule;

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
