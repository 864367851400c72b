//! The graph once more, in f64 and in the plainest words, for tests: each operation defines itself
//! beside its code ([`Operation::exact`](super::operation::Operation::exact)), and gradients of the
//! executor are held against central differences of that.

mod networks;

use super::autodiff::ParameterGradient;
use super::executor::{CpuExecutor, Draws, Executor, Work};
use super::operation::len;
use super::ops::{Add, HalfMeanSquare};
use super::plan::{ParameterLayout, Plan};
use super::{Graph, Op, Role, TensorId};
use crate::rng::{Stream, StreamId};

/// Numbers of every tensor, by its index.
type Values = Vec<Vec<f64>>;

/// What an operation is given to define itself.
pub struct Exact<'a> {
    /// What it reads.
    pub inputs: Vec<&'a [f64]>,
    /// Shapes of what it reads.
    pub shapes: Vec<&'a [usize]>,
    /// What the executor wrote: draws and spikes that differences must not move.
    pub observed: Vec<&'a [f32]>,
    /// What it read before anything was moved.
    pub undisturbed_inputs: Vec<&'a [f64]>,
    /// What it gave before anything was moved; `None` while that is found out.
    pub undisturbed: Option<Vec<&'a [f64]>>,
}

impl Exact<'_> {
    /// What the executor wrote, as it is: for draws.
    pub fn as_observed(&self) -> Vec<Vec<f64>> {
        self.observed.iter().map(|numbers| numbers.iter().map(|&x| f64::from(x)).collect()).collect()
    }

    /// `f` of each number of the first input.
    pub fn each(&self, f: impl Fn(f64) -> f64) -> Vec<Vec<f64>> {
        vec![self.inputs[0].iter().map(|&x| f(x)).collect()]
    }

    /// `f` of the numbers of both inputs; the second begins again where it ends.
    pub fn each_two(&self, f: impl Fn(f64, f64) -> f64) -> Vec<Vec<f64>> {
        vec![self.inputs[0].iter().zip(self.inputs[1].iter().cycle()).map(|(&a, &b)| f(a, b)).collect()]
    }
}

/// What the executor computed in f32, and the same in f64.
struct Baseline<'a> {
    graph: &'a Graph,
    forward: usize,
    f32_values: Vec<Vec<f32>>,
    values: Values,
}

fn evaluate(
    graph: &Graph,
    forward: usize,
    values: &mut Values,
    observed: &[Vec<f32>],
    base: Option<&Values>,
) {
    for node in &graph.nodes()[..forward] {
        let given = Exact {
            inputs: node.inputs.iter().map(|id| values[id.index()].as_slice()).collect(),
            undisturbed_inputs: (node.inputs.iter())
                .map(|id| base.map_or(&values[id.index()], |base| &base[id.index()]).as_slice())
                .collect(),
            shapes: node.inputs.iter().map(|&id| graph.shape(id)).collect(),
            observed: node.outputs.iter().map(|id| observed[id.index()].as_slice()).collect(),
            undisturbed: base.map(|base| node.outputs.iter().map(|id| base[id.index()].as_slice()).collect()),
        };
        let operation = node.op.operation();
        let results = operation.exact(&given);
        assert_eq!(results.len(), node.outputs.len(), "{} defines what it gives", operation.name());
        for (output, result) in node.outputs.iter().zip(results) {
            values[output.index()] = result;
        }
    }
}

impl<'a> Baseline<'a> {
    /// Runs the graph on the executor, and the first nodes, as many as `forward`, in f64.
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
        let ticket = executor.submit(Work::Run { plan: &plan, inputs: &feeds, draws }).expect("it fits");
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
        Self { graph, forward, f32_values, values }
    }

    fn loss_at(&self, loss: TensorId, moved: TensorId, at: usize, by: f64) -> f64 {
        let mut values = self.values.clone();
        values[moved.index()][at] += by;
        evaluate(self.graph, self.forward, &mut values, &self.f32_values, Some(&self.values));
        values[loss.index()][0]
    }
}

/// What [`check_gradients`] does, for a graph all of whose parameters have a gradient.
pub fn check(name: &str, build: impl Fn(&mut Graph) -> (Vec<(TensorId, Vec<f32>)>, TensorId)) {
    let mut parameters = 0;
    let gradients = check_gradients(name, |graph| {
        let built = build(graph);
        parameters = graph.parameters().len();
        built
    });
    assert_eq!(gradients, parameters, "{name}: every parameter has a gradient");
}

/// Builds a graph with `build` (inputs, then loss), fills inputs and parameters, and holds values
/// and every gradient against f64: relative 1e-4 of the largest gradient of the tensor. Says how many
/// parameters have a gradient.
pub fn check_gradients(
    name: &str,
    build: impl FnOnce(&mut Graph) -> (Vec<(TensorId, Vec<f32>)>, TensorId),
) -> usize {
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
    for output in graph.nodes()[..forward].iter().flat_map(|node| &node.outputs) {
        let exact = &baseline.values[output.index()];
        let scale = exact.iter().fold(1.0, |scale: f64, x| scale.max(x.abs()));
        for (ours, exact) in baseline.f32_values[output.index()].iter().zip(exact) {
            let close = (f64::from(*ours) - exact).abs() <= 2e-5 * scale;
            assert!(close, "{name}: {} gives {ours}, f64 {exact}", graph.tensor(*output).name);
        }
    }
    for &pair in &gradients {
        hold_gradient(name, &baseline, loss, pair);
    }
    gradients.len()
}

fn hold_gradient(name: &str, baseline: &Baseline, loss: TensorId, pair: ParameterGradient) {
    let ours = &baseline.f32_values[pair.gradient.index()];
    assert_eq!(ours.len(), baseline.values[pair.parameter.index()].len(), "{name}: a gradient of that shape");
    let h = 1e-5;
    let differences: Vec<f64> = (0..ours.len())
        .map(|at| {
            let loss_at = |by: f64| baseline.loss_at(loss, pair.parameter, at, by);
            (loss_at(h) - loss_at(-h)) / (2.0 * h)
        })
        .collect();
    let scale = differences.iter().fold(1e-3, |scale: f64, x| scale.max(x.abs()));
    for (at, (ours, exact)) in ours.iter().zip(&differences).enumerate() {
        let error = (f64::from(*ours) - exact).abs();
        assert!(error <= 1e-4 * scale, "{name}: gradient {at} is {ours}, central difference {exact}");
    }
}

/// An operand of an operation under test.
#[derive(Clone, Debug)]
pub enum Given<'a> {
    /// Of this shape, learned.
    Learned(&'a [usize]),
    /// Of this shape and with these numbers; no gradient is asked for.
    Fixed(&'a [usize], Vec<f32>),
}

/// Holds one operation against its definition in f64: alone, as a branch beside another, and with
/// each of its learned operands in turn as an input that needs no gradient.
pub fn check_operation(op: impl Into<Op>, operands: &[Given]) {
    let op = op.into();
    let learned = operands.iter().filter(|operand| matches!(operand, Given::Learned(_))).count();
    let name = format!("{op:?}");
    check(&name, |graph| part_of_a_network(graph, &op, operands, None, false));
    check(&format!("{name} as a branch"), |graph| part_of_a_network(graph, &op, operands, None, true));
    for fixed in 0..if learned > 1 { operands.len() } else { 0 } {
        let name = format!("{name} with operand {fixed} fixed");
        check(&name, |graph| part_of_a_network(graph, &op, operands, Some(fixed), false));
    }
}

fn part_of_a_network(
    graph: &mut Graph,
    op: &Op,
    operands: &[Given],
    fixed: Option<usize>,
    branch: bool,
) -> (Vec<(TensorId, Vec<f32>)>, TensorId) {
    let mut inputs = Vec::new();
    let mut half_square = |graph: &mut Graph, x: TensorId, key: u64| {
        let shape = graph.shape(x).to_vec();
        let target = graph.input("target", &shape);
        inputs.push((target, numbers(len(&shape), key)));
        graph.apply(HalfMeanSquare.into(), &[x, target]).expect("fits")
    };
    let mut given = Vec::new();
    let mut fed = Vec::new();
    for (at, operand) in operands.iter().enumerate() {
        given.push(match operand {
            Given::Learned(shape) if fixed != Some(at) => graph.parameter("learned", shape),
            Given::Learned(shape) => {
                let id = graph.input("fixed", shape);
                fed.push((id, numbers(len(shape), 40 + at as u64)));
                id
            }
            Given::Fixed(shape, numbers) => {
                let id = graph.input("fixed", shape);
                fed.push((id, numbers.clone()));
                id
            }
        });
    }
    let mut loss = graph.apply(op.clone(), &given).expect("fits");
    if !graph.tensor(loss).is_loss {
        loss = half_square(graph, loss, 20);
    }
    if branch {
        let learned = given.iter().filter(|&&id| matches!(graph.tensor(id).role, Role::Parameter(_)));
        for operand in learned.copied().collect::<Vec<_>>() {
            let other = half_square(graph, operand, 30);
            loss = graph.apply(Add.into(), &[loss, other]).expect("fits");
        }
    }
    inputs.extend(fed);
    (inputs, loss)
}

/// Numbers to feed.
pub fn numbers(len: usize, key: u64) -> Vec<f32> {
    let mut out = vec![0.0; len];
    Stream::new(9, StreamId::Data).fill_normal(key, 0, &mut out);
    out
}
