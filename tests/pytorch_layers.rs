//! Layers and losses against PyTorch, which computed the fixtures in double precision:
//! `tests/fixtures/pytorch_layers.py`, `pytorch_sequences.py` and `pytorch_neurons.py` beside it.

use cajal::ann::layers::{
    Attention, BatchNorm, Conv2d, Dense, Dropout, Embedding, Flatten, Layer, LayerNorm, MeanOverTime,
    MixtureOfExperts, Neurons, Pool2d, Positions, Recurrent, Residual, Sample,
};
use cajal::ann::{Loss, Mode, Model};
use cajal::graph::executor::{CpuExecutor, Draws, Executor, Work};
use cajal::graph::ops::neuron_step::{Drive, Learned, Neuron, NeuronStep, Readout, Surrogate};
use cajal::graph::plan::{ParameterLayout, Plan};
use cajal::graph::{Graph, Op, TensorId};
use cajal::kernels::activation::Activation;
use cajal::kernels::loss::Pointwise;
use cajal::kernels::pool::Pooling;
use cajal::kernels::recurrent::Cell;
use cajal::kernels::window::Window;
use cajal::neurons::{LeakyIntegrator, LeakyModel, Lif};
use cajal::rng::{Stream, StreamId};
use fixtures::{Case, FLOOR, FLOOR_OF_MEMBRANES, assert_close};

mod fixtures;

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
        "residual" | "mean-over-time" | "positions" => {
            example.insert(0, 4);
            let tanh = |units| Layer::from(Dense { units, activation: Activation::Tanh });
            match case.name {
                "residual" => vec![Residual(vec![tanh(3), dense(5)]).into()],
                "positions" => vec![Positions.into(), dense(2)],
                _ => vec![tanh(3), MeanOverTime.into()],
            }
        }
        "dropout" => {
            let hidden = Dense { units: 6, activation: Activation::Tanh };
            vec![hidden.into(), Dropout { rate: 0.25 }.into(), dense(2)]
        }
        "sample" => vec![Sample { units: 3, divergence: 0.2 }.into(), dense(2)],
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

/// What the graph draws by chance, where it does.
fn drawn(graph: &Graph) -> Option<TensorId> {
    let mut nodes = graph.nodes().iter();
    let draws = nodes.find(|node| matches!(node.op, Op::Dropout(_) | Op::GaussianSample(_)))?;
    Some(draws.outputs[1])
}

/// Runs a model forward and backward on the fixture's numbers and compares all it gives.
fn check(case: &Case, model: &Model) {
    let batch = case.singles("input").len() / model.example.iter().product::<usize>();
    let mut network = model.build(batch, Mode::Learn).expect("a network");
    let loss = network.loss.expect("built with its loss");
    let gradients = network.graph.backward(loss).expect("gradients");
    let mut keep = vec![loss, network.output];
    keep.extend(drawn(&network.graph));
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
    let keys: Vec<u64> = (0..batch as u64).collect();
    let draws = Draws { stream: Stream::new(0, StreamId::Encoding), keys: &keys };
    let ticket = executor.submit(Work::Run { plan: &plan, inputs: &inputs, draws }).expect("it fits");
    assert!(executor.poll(ticket));
    let floor = if network.potentials.is_empty() { FLOOR } else { FLOOR_OF_MEMBRANES };
    let close = |name: &str, tensor| {
        assert_close(case.name, name, executor.read(&plan, tensor), case.numbers(name), floor);
    };
    // PyTorch was given the same draws.
    drawn(&network.graph).into_iter().for_each(|tensor| close("drawn", tensor));
    close("output", network.output);
    close("loss", loss);
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
    assert_eq!(cases.len(), 15);
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

/// Two layers of neurons, as the words of the case's name say.
fn neurons(case: &Case) -> Model {
    let words: Vec<&str> = case.name.split('/').collect();
    let [surrogate, learned, source, readout] = words[..] else { panic!("{} has another form", case.name) };
    let slope = case.scalar("slope") as f32;
    let surrogate = match surrogate {
        "fast-sigmoid" => Surrogate::FastSigmoid { slope },
        "arctan" => Surrogate::Arctan { slope },
        "triangular" => Surrogate::Triangular { slope },
        _ => panic!("{surrogate} is no surrogate"),
    };
    let learned = Learned { threshold: learned.contains("threshold"), decay: learned.contains("decay") };
    let lif = Lif {
        tau_ms: case.scalar("tau-ms"),
        rest_mv: case.scalar("rest-mv"),
        reset_mv: case.scalar("reset-mv"),
        threshold_mv: case.scalar("threshold-mv"),
        refractory_ms: case.scalar("refractory-ms"),
    };
    let (steps, dt_ms) = (case.scalar("steps") as usize, case.scalar("dt-ms"));
    let membrane = lif.membrane(dt_ms);
    let gain = NeuronStep::gain_for_jump(membrane, 1.0);
    let (neuron, drive, spikes) = (Neuron::Lif(lif), Drive::PerStep, Readout::Spikes);
    let mut first =
        NeuronStep { neuron, steps, dt_ms, drive, gain, readout: spikes, surrogate, learned, site: 0 };
    let mut second = first.clone();
    let mut example = vec![case.shape("p-0").0];
    if source == "held" {
        first.drive = Drive::Held;
        first.gain = 10.0 * membrane.span_mv;
    } else {
        example.insert(0, steps);
    }
    second.readout = match readout {
        "spikes" => Readout::Spikes,
        "rate" => Readout::Rate,
        "mean-potential" | "integrator" => Readout::MeanPotential,
        _ => panic!("{readout} is no readout"),
    };
    if readout == "integrator" {
        let Lif { tau_ms, rest_mv, .. } = lif;
        second.neuron =
            Neuron::LeakyIntegrator(LeakyIntegrator { tau_ms, rest_mv, span_mv: membrane.span_mv });
    }
    let hidden = Neurons { units: case.shape("p-0").1, step: first };
    let output = Neurons { units: case.shape("output").1, step: second };
    let layers = vec![hidden.into(), output.into()];
    Model { example, layers, loss: Loss::HalfMeanSquare(Activation::Linear) }
}

#[test]
fn neurons_of_every_surrogate_and_with_all_that_they_learn() {
    let cases = fixtures::read(include_str!("fixtures/pytorch_neurons.txt"));
    let count = |part: &str| cases.iter().filter(|case| case.name.contains(part)).count();
    assert_eq!(["fast-sigmoid", "arctan", "triangular"].map(count), [6, 5, 5]);
    assert_eq!(["nothing", "threshold/", "/threshold+decay"].map(count), [3; 3]);
    assert_eq!(["spikes", "rate", "mean-potential", "integrator"].map(count), [6, 6, 3, 1]);
    for case in cases {
        check(&case, &neurons(&case));
    }
}
