//! The works that benches measure: models of fixed sizes that learn one fixed batch.
//!
//! Nothing is fed or evaluated in between, so what is timed is training alone. `benches/README.md`
//! defines each work for every engine that is measured.
//!
//! ```
//! let mut work = cajal::workload::Workload::new("mlp-2-8-8-1")?;
//! let first = work.train(1);
//! assert!(work.train(200) < first);
//! # Ok::<(), cajal::workload::WorkloadError>(())
//! ```

use crate::ann::layers::{
    Attention, Conv2d, Dense, Flatten, LayerNorm, MeanOverTime, Neurons, Pool2d, Recurrent, Residual, Spikes,
};
use crate::ann::{Descent, Initialiser, Layer, Loss, Mode, Model, Optimiser};
use crate::graph::BuildError;
use crate::graph::executor::{CpuExecutor, Draws, Executor};
use crate::graph::ops::Encode;
use crate::graph::ops::encode::Code;
use crate::graph::ops::neuron_step::{Drive, Learned, Neuron, NeuronStep, Surrogate};
use crate::graph::plan::Plan;
use crate::kernels::activation::Activation;
use crate::kernels::pool::Pooling;
use crate::kernels::recurrent::Cell;
use crate::kernels::window::Window;
use crate::learning::{Feed, Instruction, Program, backpropagation};
use crate::neurons::{LeakyIntegrator, LeakyModel, Lif};
use crate::order;
use crate::rng::{Stream, StreamId};

/// A model in the middle of learning one batch.
#[derive(Debug)]
pub struct Workload {
    batch: usize,
    program: Program,
    executor: CpuExecutor,
    input: Vec<f32>,
    target: Vec<f32>,
    keys: Vec<u64>,
    learning_rate: f32,
    steps: u64,
}

/// What one kind of operation takes of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// Name of the operation.
    pub name: &'static str,
    /// How many there are in a step.
    pub count: u32,
    /// Floating-point operations of all of them.
    pub flops: u64,
    /// Seconds that they take together, as a mean over steps.
    pub seconds: f64,
}

/// Why there is no such work.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum WorkloadError {
    /// A name that no work has.
    #[error("expected one of {}, got {got:?}", NAMES.join(", "))]
    Unknown {
        /// The name that came.
        got: String,
    },
    /// A model that cannot be built.
    #[error(transparent)]
    Build(#[from] BuildError),
}

/// The names of all works.
pub const NAMES: [&str; 7] = [
    "mlp-2-8-8-1",
    "mlp-784-128-10",
    "mlp-784-1024-1024-10",
    "lenet",
    "lstm",
    "transformer",
    "lif-784-256-10",
];

struct Work {
    model: Model,
    batch: usize,
    learning_rate: f32,
}

fn work(name: &str) -> Option<Work> {
    Some(match name {
        "mlp-2-8-8-1" => Work {
            model: Model {
                example: vec![2],
                layers: dense(&[8, 8, 1], Activation::Tanh),
                loss: Loss::HalfMeanSquare(Activation::Tanh),
            },
            batch: 10,
            learning_rate: 0.03,
        },
        "mlp-784-128-10" => classifier(&[784], dense(&[128, 10], Activation::Relu), 64),
        "mlp-784-1024-1024-10" => classifier(&[784], dense(&[1024, 1024, 10], Activation::Relu), 128),
        "lenet" => classifier(&[28, 28, 1], lenet(), 64),
        "lstm" => classifier(&[32, 64], lstm(128), 32),
        "transformer" => classifier(&[64, 128], transformer(128, 4, 512), 16),
        "lif-784-256-10" => classifier(&[784], spiking(256, 10, 25), 64),
        _ => return None,
    })
}

fn classifier(example: &[usize], layers: Vec<Layer>, batch: usize) -> Work {
    let model = Model { example: example.to_vec(), layers, loss: Loss::CrossEntropy };
    Work { model, batch, learning_rate: 0.01 }
}

/// Layers of these sizes, the last one linear.
fn dense(sizes: &[usize], activation: Activation) -> Vec<Layer> {
    let last = sizes.len() - 1;
    let layer = |(at, &units)| {
        let activation = if at == last { Activation::Linear } else { activation };
        Dense { units, activation }.into()
    };
    sizes.iter().enumerate().map(layer).collect()
}

/// Two convolutions, each followed by the maximum of 2×2, and three dense layers: after `LeNet`-5 (LeCun,
/// Bottou, Bengio & Haffner 1998).
fn lenet() -> Vec<Layer> {
    let window = |size: usize, stride: usize, padding: usize| Window {
        size: [size; 2],
        stride: [stride; 2],
        padding: [padding; 2],
    };
    let maps = |maps, padding| Conv2d {
        maps,
        window: window(5, 1, padding),
        groups: 1,
        activation: Activation::Relu,
    };
    let pool = Pool2d { pooling: Pooling::Max, window: window(2, 2, 0) };
    let images = [maps(6, 2).into(), pool.into(), maps(16, 0).into(), pool.into(), Flatten.into()];
    images.into_iter().chain(dense(&[120, 84, 10], Activation::Relu)).collect()
}

/// Long short-term memory, of which the last outputs are read.
fn lstm(units: usize) -> Vec<Layer> {
    let remember = Recurrent { cell: Cell::Lstm, units, truncation: None, last: true };
    vec![remember.into(), Dense { units: 10, activation: Activation::Linear }.into()]
}

/// A block that normalises before it attends and before it computes (Xiong et al. 2020), and the mean of
/// what it makes of all tokens.
fn transformer(width: usize, heads: usize, hidden: usize) -> Vec<Layer> {
    let norm = || LayerNorm { epsilon: 1e-5 }.into();
    let dense = |units, activation| Dense { units, activation }.into();
    let attend = vec![norm(), Attention { heads, causal: false }.into()];
    let compute = vec![norm(), dense(hidden, Activation::Gelu), dense(width, Activation::Linear)];
    let read = dense(10, Activation::Linear);
    vec![Residual(attend).into(), Residual(compute).into(), MeanOverTime.into(), read]
}

/// A rate code, a layer of leaky integrate-and-fire neurons, a read-out of leaky integrators.
fn spiking(hidden: usize, outputs: usize, steps: usize) -> Vec<Layer> {
    let lif = Lif::default();
    let membrane = lif.membrane(1.0);
    let readout = LeakyIntegrator { tau_ms: lif.tau_ms, rest_mv: lif.rest_mv, span_mv: membrane.span_mv };
    let step = |neuron: Neuron| NeuronStep {
        neuron,
        steps,
        dt_ms: 1.0,
        drive: Drive::PerStep,
        gain: NeuronStep::gain_for_jump(membrane, 1.0),
        readout: neuron.readout(),
        surrogate: Surrogate::FastSigmoid { slope: 10.0 },
        learned: Learned::default(),
        site: 0,
    };
    vec![
        Spikes(Encode { code: Code::Rate, steps, signed: false, peak: 1.0 }).into(),
        Neurons { units: hidden, step: step(Neuron::Lif(lif)) }.into(),
        Neurons { units: outputs, step: step(Neuron::LeakyIntegrator(readout)) }.into(),
    ]
}

impl Workload {
    /// The work of that name, with seed 1, before its first step.
    ///
    /// # Errors
    /// If no work has that name.
    pub fn new(name: &str) -> Result<Self, WorkloadError> {
        let Some(Work { model, batch, learning_rate }) = work(name) else {
            return Err(WorkloadError::Unknown { got: name.chars().take(40).collect() });
        };
        let network = model.build(batch, Mode::Learn).map_err(BuildError::from)?;
        let [inputs, targets] = [network.input, network.target].map(|id| network.graph.tensor(id).len());
        let outputs = *network.graph.shape(network.output).last().expect("an answer has numbers");
        let program = backpropagation::program(network)?;
        let mut executor = CpuExecutor::new(program.layout.clone());
        let ranges = program.layout.ranges();
        Initialiser::Glorot.start(1, &program.starts, ranges, executor.persistent_mut());
        let data = Stream::new(1, StreamId::Data);
        let (mut input, mut target) = (vec![0.0; inputs], vec![0.0; targets]);
        data.fill_uniform(0, 0, &mut input);
        if name.starts_with("lif") {
            // As sparse as handwritten digits: one pixel of five has ink.
            input.iter_mut().for_each(|x| *x = (5.0 * *x - 4.0).max(0.0));
        }
        for (at, target) in (0..).zip(&mut target) {
            *target = match model.loss {
                Loss::CrossEntropy => data.below(1, at, outputs as u32) as f32,
                _ => 1.6 * data.uniform_f32(1, at) - 0.8,
            };
        }
        let keys = (0..batch as u64).collect();
        Ok(Self { batch, program, executor, input, target, keys, learning_rate, steps: 0 })
    }

    /// Learns the batch so many times more; the loss before the last of them.
    pub fn train(&mut self, steps: u32) -> f32 {
        let Self { program, executor, input, target, keys, .. } = self;
        let descent = Descent::plain(Optimiser::Sgd, self.learning_rate);
        for _ in 0..steps {
            self.steps += 1;
            let draws = Draws { stream: Stream::new(1, StreamId::Encoding), keys };
            let feed = Feed { input, target, held: &[], draws };
            program
                .step(executor, feed, &descent, self.steps)
                .unwrap_or_else(|why| panic!("its own batch fits: {why}"));
        }
        program.loss(executor)
    }

    /// Where the time of a step goes: `steps` more steps are timed by `clock`, which gives seconds. One
    /// row for each kind of operation, the dearest first.
    pub fn profile(&mut self, steps: u32, mut clock: impl FnMut() -> f64) -> Vec<Share> {
        let draws = Draws { stream: Stream::new(1, StreamId::Encoding), keys: &self.keys };
        let descent = Descent::plain(Optimiser::Sgd, self.learning_rate);
        let mut shares: Vec<Share> = Vec::new();
        let mut add = |name, flops, seconds: f64, first| {
            let at = shares.iter().position(|share| share.name == name).unwrap_or_else(|| {
                shares.push(Share { name, count: 0, flops: 0, seconds: 0.0 });
                shares.len() - 1
            });
            shares[at].seconds += seconds / f64::from(steps);
            if first {
                (shares[at].count, shares[at].flops) = (shares[at].count + 1, shares[at].flops + flops);
            }
        };
        for step in 0..steps {
            for instruction in &self.program.instructions {
                let mut before = clock();
                let mut lap = || {
                    let now = clock();
                    now - core::mem::replace(&mut before, now)
                };
                match instruction {
                    Instruction::Run(plan) => {
                        let plan = &self.program.plans[*plan];
                        self.executor.run(plan, draws, |at| {
                            let done = &plan.steps()[at];
                            add(done.op.operation().name(), done.flops, lap(), step == 0);
                        });
                    }
                    Instruction::Guard { .. } | Instruction::Update { .. } | Instruction::Follow { .. } => {
                        let done = self.program.update(&mut self.executor, instruction, &descent, 1);
                        done.unwrap_or_else(|why| panic!("an update feeds nothing: {why}"));
                        let guards = matches!(instruction, Instruction::Guard { .. });
                        let (name, share) = if guards { ("guard", 1) } else { ("update", 2) };
                        let flops = share * self.program.layout.parameter_count() as u64;
                        add(name, flops, lap(), step == 0);
                    }
                }
            }
        }
        order::sort_by(&mut shares, |a, b| b.seconds.total_cmp(&a.seconds));
        shares
    }

    /// Examples of a batch.
    pub fn batch(&self) -> usize {
        self.batch
    }

    /// Floating-point operations of a step, the update left aside.
    pub fn flops(&self) -> u64 {
        self.program.plans.iter().map(Plan::flops).sum()
    }

    /// What a step does, in order.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> u64 {
        4 * self.program.arena_len() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_work_learns_its_batch() {
        for name in NAMES {
            let mut work = Workload::new(name).expect("a work of that name");
            let first = work.train(1);
            let last = work.train(20);
            assert!(last < first, "{name}: loss {first}, after 20 steps {last}");
            assert!(work.flops() > 0 && work.bytes() > 0);
        }
        let error = Workload::new("mlp-0").unwrap_err().to_string();
        assert!(error.contains("expected one of mlp-2-8-8-1") && error.contains("mlp-0"), "{error}");
    }
}
