//! The plan that answers without learning.

use crate::ann::NetworkSpec;
use crate::ann::model::HoldInputs;
use crate::graph::executor::{Draws, Executor, Work};
use crate::graph::plan::{ParameterLayout, Plan};
use crate::graph::{BuildError, TensorId};
use crate::learning::{Rule, program};

/// Examples that are looked at together when nothing is learned.
pub const EVALUATION_BATCH: usize = 64;

/// A network's answers for a fixed number of examples.
#[derive(Debug)]
pub struct Forward {
    /// What runs.
    pub plan: Plan,
    input: TensorId,
    source: TensorId,
    output: TensorId,
    responses: Vec<TensorId>,
    potentials: Vec<TensorId>,
    holds: Vec<HoldInputs>,
    /// `(batch, inputs)`: what comes in, scaled.
    pub staged: Vec<f32>,
    /// `(batch)`: at which step of its stream each example draws.
    pub keys: Vec<u64>,
}

/// What a network makes of some examples. All are row-major.
#[derive(Debug)]
pub struct Responses<'a> {
    /// `(examples, outputs)`.
    pub output: &'a [f32],
    /// What fed the first layer: `(examples, inputs)` or spikes `(examples, steps, channels)`.
    pub source: &'a [f32],
    /// For each hidden layer `(examples, units)` or spikes `(examples, steps, units)`.
    pub hidden: Vec<&'a [f32]>,
    /// For each hidden layer of a spiking network the potentials `(examples, steps, units)`.
    pub potentials: Vec<&'a [f32]>,
}

impl Forward {
    /// The plan over parameters that lie as `layout` says.
    ///
    /// # Errors
    /// If the network cannot be built, or is too large.
    pub fn new(spec: &NetworkSpec, rule: Rule, layout: &ParameterLayout) -> Result<Self, BuildError> {
        let mut network = rule.answering(&spec.model(), EVALUATION_BATCH)?;
        // The membranes of the read-out are no units of a hidden layer.
        network.potentials.truncate(network.responses.len());
        let mut keep = vec![network.source, network.output];
        keep.extend(network.responses.iter().chain(&network.potentials));
        Ok(Self {
            plan: Plan::compile(&network.graph, layout, &keep)?,
            input: network.input,
            source: network.source,
            output: network.output,
            responses: network.responses,
            potentials: network.potentials,
            holds: network.holds,
            staged: vec![0.0; EVALUATION_BATCH * spec.inputs],
            keys: vec![0; EVALUATION_BATCH],
        })
    }

    /// Runs what is staged; the first `examples` of it are answered.
    pub fn run<'a>(
        &'a mut self,
        executor: &'a mut impl Executor,
        examples: usize,
        held: &[[Vec<f32>; 2]],
        stream: crate::rng::Stream,
    ) -> Responses<'a> {
        let features = self.staged.len() / EVALUATION_BATCH;
        self.staged[examples * features..].fill(0.0);
        program::hold(executor, &self.plan, &self.holds, held)
            .unwrap_or_else(|why| panic!("a session holds what there is: {why}"));
        let draws = Draws { stream, keys: &self.keys };
        let inputs = [(self.input, self.staged.as_slice())];
        let ticket = executor.submit(Work::Run { plan: &self.plan, inputs: &inputs, draws });
        let ticket = ticket.unwrap_or_else(|why| panic!("a session feeds what fits: {why}"));
        assert!(executor.poll(ticket), "the CPU has finished when submit returns");
        let executor = &*executor;
        let read = |tensor: TensorId| {
            let all = executor.read(&self.plan, tensor);
            &all[..all.len() / EVALUATION_BATCH * examples]
        };
        Responses {
            output: read(self.output),
            source: read(self.source),
            hidden: self.responses.iter().map(|&tensor| read(tensor)).collect(),
            potentials: self.potentials.iter().map(|&tensor| read(tensor)).collect(),
        }
    }
}
