//! Networks of both kinds and optimisers against PyTorch, which computed the fixtures in double
//! precision: `tests/fixtures/make_pytorch.py`.

use cajal::ann::{
    Clip, Descent, Hidden, Kind, Loss, Mode, Network, NetworkSpec, Optimiser, SpikingSpec, Start, activation,
};
use cajal::graph::executor::{CpuExecutor, Draws, Executor, UpdateWork, Work};
use cajal::graph::ops::neuron_step::{Drive, Learned, Neuron, NeuronStep, Surrogate};
use cajal::graph::ops::{CrossEntropy, HalfMeanSquare};
use cajal::graph::plan::{ParameterLayout, Plan};
use cajal::graph::{Graph, Op, TensorId};
use cajal::kernels::activation::Activation;
use cajal::kernels::update::{Pull, Update};
use cajal::neurons::{LeakyIntegrator, LeakyModel, Lif};
use cajal::rng::{Stream, StreamId};
use fixtures::{Case, FLOOR, FLOOR_OF_MEMBRANES, assert_close};

mod fixtures;

/// The loss that a case's name ends in.
fn loss(case: &Case) -> Loss {
    match case.name.rsplit('/').next() {
        Some("half-mean-square") => Loss::HalfMeanSquare(Activation::Tanh),
        Some("cross-entropy") => Loss::CrossEntropy,
        _ => panic!("{} names no loss", case.name),
    }
}

/// A network of the fixture's sizes, with two hidden layers.
fn spec(case: &Case, activation: Activation, kind: Kind) -> NetworkSpec {
    let [(inputs, first), (_, second), (_, outputs)] =
        [0, 1, 2].map(|layer| case.shape(&format!("weights-{layer}")));
    let hidden = [first, second].map(|units| Hidden { units, activation, others: vec![] }).to_vec();
    NetworkSpec { inputs, hidden, outputs, loss: loss(case), kind, neuron: None, neurons: vec![] }
}

/// Runs a network forward and backward on the fixture's numbers and compares all it gives; the
/// responses of the hidden layers are compared where the fixture has spikes.
fn check(case: &Case, mut network: Network, floor: f64) {
    let loss = network.loss.expect("built with its loss");
    let gradients = network.graph.backward(loss).expect("gradients");
    let mut keep = vec![loss, network.output];
    keep.extend(&network.responses);
    keep.extend(gradients.iter().map(|pair| pair.gradient));
    let layout = ParameterLayout::of(&network.graph);
    let plan = Plan::compile(&network.graph, &layout, &keep).expect("small");
    let mut executor = CpuExecutor::new(layout.clone());
    // Parameters alternate: weights, biases.
    let names = (0..3).flat_map(|layer| [format!("weights-{layer}"), format!("biases-{layer}")]);
    let names: Vec<String> = names.collect();
    for (range, name) in layout.ranges().iter().zip(&names) {
        executor.persistent_mut()[range.clone()].copy_from_slice(&case.singles(name));
    }
    let (input, target) = (case.singles("input"), case.singles("target"));
    let inputs = [(network.input, input.as_slice()), (network.target, target.as_slice())];
    let draws = Draws { stream: Stream::new(0, StreamId::Encoding), keys: &[] };
    let ticket = executor.submit(Work::Run { plan: &plan, inputs: &inputs, draws }).expect("it fits");
    assert!(executor.poll(ticket));

    if network.graph.shape(network.responses[0]).len() == 3 {
        for (layer, &response) in network.responses.iter().enumerate() {
            let spikes = case.singles(&format!("spikes-{layer}"));
            assert_eq!(executor.read(&plan, response), spikes, "{}: spikes of layer {layer}", case.name);
        }
    }
    let close = |name: &str, tensor: TensorId| {
        assert_close(case.name, name, executor.read(&plan, tensor), case.numbers(name), floor);
    };
    close("output", network.output);
    close("loss", loss);
    assert_eq!(gradients.len(), names.len(), "{}: every parameter has a gradient", case.name);
    for (pair, name) in gradients.iter().zip(&names) {
        close(&format!("d-{name}"), pair.gradient);
    }
}

#[test]
fn dense_networks_of_every_activation_and_loss() {
    let cases = fixtures::read(include_str!("fixtures/pytorch_dense.txt"));
    for kind in activation::CHOICES {
        assert_eq!(cases.iter().filter(|case| case.name.starts_with(kind.id)).count(), 2, "{}", kind.id);
    }
    for case in cases {
        let id = case.name.split('/').next().expect("a name has a beginning");
        let activation = activation::find(id).unwrap_or_else(|| panic!("{id} is no activation"));
        let network = spec(&case, activation, Kind::Artificial)
            .build(case.shape("input").0, Mode::Learn)
            .expect("a network");
        check(&case, network, FLOOR);
    }
}

/// The numbers of two parameters, so that the norm of gradients is one of both together.
fn in_two(numbers: &[f32]) -> [&[f32]; 2] {
    numbers.split_at(4).into()
}

/// Two parameters whose gradients are inputs: no more than an update needs.
struct Updated {
    gradients: [TensorId; 2],
    plan: Plan,
    executor: CpuExecutor,
}

impl Updated {
    fn new(start: [&[f32]; 2]) -> Self {
        let mut graph = Graph::new();
        start.iter().for_each(|start| _ = graph.parameter("w", &[start.len()]));
        let gradients = start.map(|start| graph.input("gradient", &[start.len()]));
        let layout = ParameterLayout::of(&graph);
        let plan = Plan::compile(&graph, &layout, &gradients).expect("small");
        let mut executor = CpuExecutor::new(layout.clone());
        for (range, start) in layout.ranges().iter().zip(start) {
            executor.persistent_mut()[range.clone()].copy_from_slice(start);
        }
        Self { gradients, plan, executor }
    }

    /// The parameters after an update.
    fn follow(&mut self, gradients: [&[f32]; 2], rule: Update, pull: Pull, largest_norm: f32) -> Vec<f32> {
        let Self { gradients: [first, second], ref plan, ref mut executor } = *self;
        let inputs = [(first, gradients[0]), (second, gradients[1])];
        executor.submit(Work::Write { plan, inputs: &inputs }).expect("it fits");
        let gradients = &[(0, first), (1, second)];
        let update = UpdateWork { gradients, rule, pull, largest_norm };
        let ticket = executor.submit(Work::Update { plan, update }).expect("it fits");
        assert!(executor.poll(ticket));
        let ranges = executor.layout().ranges().iter();
        ranges.flat_map(|range| &executor.persistent()[range.clone()]).copied().collect()
    }
}

#[test]
fn optimisers_with_regularisation_and_with_gradients_held_back() {
    let cases = fixtures::read(include_str!("fixtures/pytorch_optimisers.txt"));
    assert_eq!(cases.len(), 6 * Optimiser::ALL.len());
    for case in cases {
        let (name, kind) = case.name.split_once('/').expect("an optimiser and what is done besides");
        let at = Optimiser::CHOICES.iter().position(|choice| choice.id == name);
        let optimiser = Optimiser::ALL[at.expect("a name starts with the optimiser")];
        let [learning_rate, l1, l2] = ["learning-rate", "l1", "l2"].map(|name| case.scalar(name) as f32);
        let clip = match kind {
            "norm" => Clip::Norm(case.scalar("limit") as f32),
            "value" => Clip::Value(case.scalar("limit") as f32),
            _ => Clip::Free,
        };
        let descent = Descent { clip, l1, l2, ..Descent::plain(optimiser, learning_rate) };
        let start = case.singles("start");
        let mut updated = Updated::new(in_two(&start));
        let gradients = case.singles("gradients");
        let after = case.numbers("after").chunks_exact(start.len());
        let mut worst: f64 = 0.0;
        for (count, (gradient, after)) in (1..).zip(gradients.chunks_exact(start.len()).zip(after)) {
            let (rule, pull) = (optimiser.update(count), descent.pull(count));
            let w = updated.follow(in_two(gradient), rule, pull, descent.largest_norm());
            for at in 0..w.len() {
                // Of the way that the weight has gone, besides the rounding of the weight itself.
                let way = (after[at] - f64::from(start[at])).abs();
                let error = (f64::from(w[at]) - after[at]).abs();
                let rounding = 1e-6 * after[at].abs();
                assert!(
                    error <= 1e-5 * way + rounding,
                    "{}: after update {count}, weight {at} is {}, PyTorch says {}",
                    case.name,
                    w[at],
                    after[at]
                );
                if error > rounding {
                    worst = worst.max((error - rounding) / way);
                }
            }
        }
        println!("{}: weights within {worst:.1e} of their way", case.name);
    }
}

fn spiking(case: &Case) -> SpikingSpec {
    SpikingSpec {
        code: None,
        signed: true,
        peak: 1.0,
        steps: case.shape("spikes-0").0 / case.shape("output").0,
        dt_ms: case.scalar("dt-ms"),
        neuron: Lif {
            tau_ms: case.scalar("tau-ms"),
            rest_mv: case.scalar("rest-mv"),
            reset_mv: case.scalar("reset-mv"),
            threshold_mv: case.scalar("threshold-mv"),
            refractory_ms: case.scalar("refractory-ms"),
        },
        slope: case.scalar("slope") as f32,
    }
}

/// The network that `NetworkSpec` builds for a spike code, fed with given spikes instead of draws.
fn fed_with_trains(spec: &NetworkSpec, spiking: SpikingSpec, batch: usize) -> Network {
    let SpikingSpec { steps, dt_ms, neuron: lif, slope, .. } = spiking;
    let membrane = lif.membrane(dt_ms);
    let readout = LeakyIntegrator { tau_ms: lif.tau_ms, rest_mv: lif.rest_mv, span_mv: membrane.span_mv };
    let gain = NeuronStep::gain_for_jump(membrane, 1.0);
    let mut graph = Graph::new();
    let input = graph.input("trains", &[batch, steps, spec.inputs]);
    let mut signals = vec![input];
    for (layer, (fan_in, fan_out)) in spec.weight_shapes().into_iter().enumerate() {
        let neuron = if layer < 2 { Neuron::Lif(lif) } else { Neuron::LeakyIntegrator(readout) };
        let weights = graph.parameter("weights", &[fan_in, fan_out]);
        let biases = graph.parameter("biases", &[fan_out]);
        let drive = graph.linear(signals[layer], weights, biases).expect("fits");
        let layer = NeuronStep {
            neuron,
            steps,
            dt_ms,
            drive: Drive::PerStep,
            gain,
            readout: neuron.readout(),
            surrogate: Surrogate::FastSigmoid { slope },
            learned: Learned::default(),
            site: 0,
        };
        signals.push(graph.apply(layer.into(), &[drive]).expect("fits"));
    }
    let mut output = signals[3];
    let (target, loss) = match spec.loss {
        Loss::CrossEntropy => (graph.input("class", &[batch]), Op::CrossEntropy(CrossEntropy)),
        Loss::HalfMeanSquare(activation) => {
            output = graph.activate(activation, output).expect("fits");
            (graph.input("target", &[batch, spec.outputs]), Op::HalfMeanSquare(HalfMeanSquare))
        }
        other => panic!("no case has {other:?}"),
    };
    let loss = Some(graph.apply(loss, &[output, target]).expect("fits"));
    Network {
        graph,
        input,
        source: input,
        target,
        responses: signals[1..3].to_vec(),
        potentials: Vec::new(),
        holds: Vec::new(),
        output,
        loss,
        linears: Vec::new(),
        starts: vec![Start::Value(0.0); 6],
        follows: Vec::new(),
    }
}

#[test]
fn spiking_networks_fed_with_currents_and_with_trains() {
    let cases = fixtures::read(include_str!("fixtures/pytorch_spiking.txt"));
    let count = |part: &str| cases.iter().filter(|case| case.name.contains(part)).count();
    assert_eq!(["held", "trains", "refractory-0", "refractory-2"].map(count), [4; 4]);
    for case in cases {
        let spiking = spiking(&case);
        let spec = spec(&case, Activation::Linear, Kind::Spiking(spiking));
        let batch = case.shape("output").0;
        let held = case.name.starts_with("held");
        let network = if held {
            spec.build(batch, Mode::Learn).expect("a network")
        } else {
            fed_with_trains(&spec, spiking, batch)
        };
        check(&case, network, FLOOR_OF_MEMBRANES);
    }
}
