//! The graph once more, in f64 and in the plainest words, for tests: gradients of the executor are
//! held against central differences of this.

use super::executor::{CpuExecutor, Draws, Executor, Work};
use super::operation::rows_and_columns;
use super::ops::neuron_step::{Drive, NeuronStep, Readout};
use super::plan::{ParameterLayout, Plan};
use super::{Graph, Op, Role, TensorId};
use crate::kernels::activation::Activation;
use crate::rng::{Stream, StreamId};

/// Numbers of every tensor, by its index.
type Values = Vec<Vec<f64>>;

/// What the executor computed in f32, for spikes and draws that differences must not move.
struct Baseline<'a> {
    graph: &'a Graph,
    f32_values: Vec<Vec<f32>>,
    values: Values,
}

fn activation(kind: Activation, x: f64) -> f64 {
    match kind {
        Activation::Step => f64::from(x >= 0.0),
        Activation::Linear => x,
        Activation::Relu => x.max(0.0),
        Activation::LeakyRelu => x.max(0.01 * x),
        Activation::Gelu => 0.5 * x * (1.0 + libm::erf(x / 2f64.sqrt())),
        Activation::Sigmoid => 1.0 / (1.0 + (-x).exp()),
        Activation::Tanh => x.tanh(),
        Activation::Softplus => x.exp().ln_1p(),
    }
}

/// Neurons whose spikes and resets stay those of the baseline, while each spike's height follows
/// the surrogate's own integral: the function whose gradient the surrogate is.
fn neurons(
    step: &NeuronStep,
    drive: &[f64],
    spikes: &[f32],
    base: Option<&[f64]>,
    units: usize,
) -> [Vec<f64>; 2] {
    let membrane = step.membrane();
    let batch = drive.len() / units / if step.drive == Drive::Held { 1 } else { step.steps };
    let mut potential = vec![0.0; batch * step.steps * units];
    let spiking = step.readout() == Readout::Spikes;
    let mut response = vec![0.0; batch * units * if spiking { step.steps } else { 1 }];
    let slope = f64::from(step.slope);
    let height = |u: f64| (u - 1.0) / (1.0 + slope * (u - 1.0).abs());
    for example in 0..batch {
        for unit in 0..units {
            let mut u = 0.0;
            let mut silent = 0;
            for t in 0..step.steps {
                let at = (example * step.steps + t) * units + unit;
                let input = drive[if step.drive == Drive::Held { example * units + unit } else { at }];
                let steady = input * step.gain_mv / membrane.span_mv;
                u = if silent > 0 { 0.0 } else { steady + (u - steady) * membrane.decay };
                potential[at] = u;
                if !spiking {
                    response[example * units + unit] += u / step.steps as f64;
                    continue;
                }
                let base = base.map_or(u, |base| base[at]);
                response[at] = f64::from(spikes[at]) + height(u) - height(base);
                silent = i64::max(silent - 1, 0);
                if spikes[at] > 0.0 {
                    u = 0.0;
                    silent = i64::from(membrane.refractory_steps);
                }
            }
        }
    }
    [response, potential]
}

fn evaluate(graph: &Graph, forward: usize, values: &mut Values, spikes: &[Vec<f32>], base: Option<&Values>) {
    for node in &graph.nodes()[..forward] {
        let input = |index: usize| &values[node.inputs[index].index()];
        let (rows, columns) = rows_and_columns(graph.shape(node.inputs[0]));
        let out = node.outputs[0].index();
        let result = match &node.op {
            Op::MatMul(_) => {
                let n = graph.shape(node.inputs[1])[1];
                let (x, w) = (input(0), input(1));
                let bias = node.inputs.get(2).map(|id| &values[id.index()]);
                let product = |at: usize| -> f64 {
                    let (i, j) = (at / n, at % n);
                    let sum: f64 = (0..columns).map(|p| x[i * columns + p] * w[p * n + j]).sum();
                    sum + bias.map_or(0.0, |bias| bias[j])
                };
                (0..rows * n).map(product).collect()
            }
            Op::Add(_) => input(0).iter().zip(input(1)).map(|(a, b)| a + b).collect(),
            Op::Activate(kind) => input(0).iter().map(|&x| activation(kind.0, x)).collect(),
            Op::HalfMeanSquare(_) => {
                let squares = input(0).iter().zip(input(1)).map(|(y, t)| (y - t).powi(2));
                vec![0.5 * squares.sum::<f64>() / input(0).len() as f64]
            }
            Op::CrossEntropy(_) => {
                let loss = |row: usize| {
                    let logits = &input(0)[row * columns..][..columns];
                    let total: f64 = logits.iter().map(|logit| logit.exp()).sum();
                    total.ln() - logits[input(1)[row] as usize]
                };
                vec![(0..rows).map(loss).sum::<f64>() / rows as f64]
            }
            Op::Encode(_) => spikes[out].iter().map(|&x| f64::from(x)).collect(),
            Op::NeuronStep(step) => {
                let potential = node.outputs[1].index();
                let base = base.map(|base| base[potential].as_slice());
                let [response, trace] = neurons(step, input(0), &spikes[out], base, columns);
                values[potential] = trace;
                response
            }
            other => panic!("{} belongs to no forward graph", other.operation().name()),
        };
        values[out] = result;
    }
}

impl<'a> Baseline<'a> {
    /// Runs the graph on the executor and in f64 with the same spikes.
    fn new(
        graph: &'a Graph,
        forward: usize,
        inputs: &[(TensorId, Vec<f32>)],
        parameters: &[Vec<f32>],
    ) -> Self {
        let all: Vec<TensorId> = graph.nodes().iter().flat_map(|node| node.outputs.clone()).collect();
        let layout = ParameterLayout::of(graph);
        let plan = Plan::compile(graph, &layout, &all).expect("small");
        let mut executor = CpuExecutor::new(layout.clone());
        for (range, numbers) in layout.ranges().iter().zip(parameters) {
            executor.persistent_mut()[range.clone()].copy_from_slice(numbers);
        }
        let feeds: Vec<(TensorId, &[f32])> =
            inputs.iter().map(|(id, numbers)| (*id, numbers.as_slice())).collect();
        let keys: Vec<u64> = (0..64).collect();
        let draws = Draws { stream: Stream::new(11, StreamId::Encoding), keys: &keys };
        let ticket = executor.submit(Work::Run { plan: &plan, inputs: &feeds, draws });
        assert!(executor.poll(ticket));
        let mut f32_values: Vec<Vec<f32>> = vec![Vec::new(); graph.tensors().len()];
        for (id, numbers) in inputs {
            f32_values[id.index()] = numbers.clone();
        }
        for (&id, numbers) in graph.parameters().iter().zip(parameters) {
            f32_values[id.index()] = numbers.clone();
        }
        for id in all {
            f32_values[id.index()] = executor.read(&plan, id).to_vec();
        }
        let mut values: Values =
            f32_values.iter().map(|numbers| numbers.iter().map(|&x| f64::from(x)).collect()).collect();
        evaluate(graph, forward, &mut values, &f32_values, None);
        Self { graph, f32_values, values }
    }

    fn loss_at(&self, forward: usize, loss: TensorId, moved: TensorId, at: usize, by: f64) -> f64 {
        let mut values = self.values.clone();
        values[moved.index()][at] += by;
        evaluate(self.graph, forward, &mut values, &self.f32_values, Some(&self.values));
        values[loss.index()][0]
    }
}

/// Builds a graph with `build` (inputs, then loss), fills inputs and parameters, and holds values
/// and every gradient against f64: relative 1e-4 of the largest gradient of the tensor.
fn check(name: &str, build: impl Fn(&mut Graph) -> (Vec<(TensorId, Vec<f32>)>, TensorId)) {
    let mut graph = Graph::new();
    let (inputs, loss) = build(&mut graph);
    let forward = graph.nodes().len();
    let gradients = graph.backward(loss).expect("gradients");
    let stream = Stream::new(5, StreamId::Weights);
    let parameters: Vec<Vec<f32>> = (graph.parameters().iter().enumerate())
        .map(|(number, &id)| {
            let mut numbers = vec![0.0; graph.tensor(id).len()];
            stream.fill_normal(number as u64, 0, &mut numbers);
            numbers
        })
        .collect();
    let baseline = Baseline::new(&graph, forward, &inputs, &parameters);
    for (index, tensor) in graph.tensors().iter().enumerate() {
        let is_forward = graph.nodes()[..forward].iter().any(|node| node.outputs[0].index() == index);
        if tensor.role == Role::Value && is_forward {
            for (ours, exact) in baseline.f32_values[index].iter().zip(&baseline.values[index]) {
                let close = (f64::from(*ours) - exact).abs() <= 2e-5 * exact.abs().max(1.0);
                assert!(close, "{name}: {} gives {ours}, f64 {exact}", tensor.name);
            }
        }
    }
    assert_eq!(gradients.len(), graph.parameters().len(), "{name}: every parameter has a gradient");
    for pair in gradients {
        let ours = &baseline.f32_values[pair.gradient.index()];
        let h = 1e-5;
        let differences: Vec<f64> = (0..ours.len())
            .map(|at| {
                let loss_at = |by: f64| baseline.loss_at(forward, loss, pair.parameter, at, by);
                (loss_at(h) - loss_at(-h)) / (2.0 * h)
            })
            .collect();
        let scale = differences.iter().fold(1e-3, |scale: f64, x| scale.max(x.abs()));
        for (at, (ours, exact)) in ours.iter().zip(&differences).enumerate() {
            let error = (f64::from(*ours) - exact).abs();
            assert!(error <= 1e-4 * scale, "{name}: gradient {at} is {ours}, central difference {exact}");
        }
    }
}

fn numbers(len: usize, key: u64) -> Vec<f32> {
    let mut out = vec![0.0; len];
    Stream::new(9, StreamId::Data).fill_normal(key, 0, &mut out);
    out
}

mod tests {
    use super::*;
    use crate::graph::ops::encode::{Code, Encode};
    use crate::graph::ops::neuron_step::Neuron;
    use crate::graph::ops::{Add, CrossEntropy, HalfMeanSquare};
    use crate::neurons::{LeakyIntegrator, Lif, NeuronModel};

    #[test]
    fn dense_layers_of_every_activation() {
        for kind in Activation::ALL {
            check(&format!("{kind:?}"), |graph| {
                let (x, target) = (graph.input("x", &[5, 3]), graph.input("target", &[5, 2]));
                let (w1, b1) = (graph.parameter("w1", &[3, 6]), graph.parameter("b1", &[6]));
                let (w2, b2) = (graph.parameter("w2", &[6, 2]), graph.parameter("b2", &[2]));
                let z = graph.linear(x, w1, b1).expect("fits");
                let h = graph.activate(kind, z).expect("fits");
                let y = graph.linear(h, w2, b2).expect("fits");
                let loss = graph.apply(HalfMeanSquare.into(), &[y, target]).expect("fits");
                (vec![(x, numbers(15, 1)), (target, numbers(10, 2))], loss)
            });
        }
    }

    #[test]
    fn cross_entropy_and_a_branch_that_is_added() {
        check("branches", |graph| {
            let (x, class) = (graph.input("x", &[4, 3]), graph.input("class", &[4]));
            let w = graph.parameter("w", &[3, 5]);
            let b = graph.parameter("b", &[5]);
            let z = graph.linear(x, w, b).expect("fits");
            let a = graph.activate(Activation::Tanh, z).expect("fits");
            let c = graph.activate(Activation::Sigmoid, z).expect("fits");
            let y = graph.apply(Add.into(), &[a, c]).expect("fits");
            let loss = graph.apply(CrossEntropy.into(), &[y, class]).expect("fits");
            (vec![(x, numbers(12, 3)), (class, vec![0.0, 4.0, 2.0, 1.0])], loss)
        });
    }

    fn spiking(code: Option<Code>, refractory_ms: f64) {
        let lif = Lif { refractory_ms, ..Lif::default() };
        let readout = LeakyIntegrator::default();
        let steps = 12;
        let layer = |drive: Drive, neuron: Neuron, share: f64| NeuronStep {
            neuron,
            steps,
            dt_ms: 1.0,
            drive,
            gain_mv: NeuronStep::gain_for_jump(lif.membrane(1.0), share),
            slope: 4.0,
        };
        check(&format!("spiking, {code:?}, refractory {refractory_ms} ms"), |graph| {
            let (x, class) = (graph.input("x", &[3, 5]), graph.input("class", &[3]));
            let (source, drive, channels) = match code {
                Some(code) => {
                    let encode = Encode { code, steps, signed: true, peak: 0.8 };
                    (graph.apply(encode.into(), &[x]).expect("fits"), Drive::PerStep, 10)
                }
                None => (x, Drive::Held, 5),
            };
            let (w1, b1) = (graph.parameter("w1", &[channels, 7]), graph.parameter("b1", &[7]));
            let (w2, b2) = (graph.parameter("w2", &[7, 6]), graph.parameter("b2", &[6]));
            let (w3, b3) = (graph.parameter("w3", &[6, 4]), graph.parameter("b3", &[4]));
            let z = graph.linear(source, w1, b1).expect("fits");
            let s = graph.apply(layer(drive, Neuron::Lif(lif), 0.4).into(), &[z]).expect("fits");
            let z = graph.linear(s, w2, b2).expect("fits");
            let s = graph.apply(layer(Drive::PerStep, Neuron::Lif(lif), 0.4).into(), &[z]).expect("fits");
            let z = graph.linear(s, w3, b3).expect("fits");
            let neuron = Neuron::LeakyIntegrator(readout);
            let y = graph.apply(layer(Drive::PerStep, neuron, 0.4).into(), &[z]).expect("fits");
            let loss = graph.apply(CrossEntropy.into(), &[y, class]).expect("fits");
            let x_values = numbers(15, 6).iter().map(|x| x.clamp(-1.0, 1.0)).collect();
            (vec![(x, x_values), (class, vec![3.0, 0.0, 1.0])], loss)
        });
    }

    #[test]
    fn spiking_layers_through_time() {
        for refractory_ms in [0.0, 1.0, 2.0] {
            for code in [None, Some(Code::Rate), Some(Code::Latency)] {
                spiking(code, refractory_ms);
            }
        }
    }
}
