//! A model as a list of layers, and the graph that it becomes for a batch.
//!
//! ```
//! use cajal::ann::layers::Dense;
//! use cajal::ann::{Loss, Mode, Model};
//! use cajal::kernels::activation::Activation;
//! let hidden = Dense { units: 8, activation: Activation::Relu };
//! let output = Dense { units: 3, activation: Activation::Linear };
//! let model = Model { example: vec![2], layers: vec![hidden.into(), output.into()], loss: Loss::CrossEntropy };
//! let network = model.build(10, Mode::Learn)?;
//! assert_eq!(network.graph.shape(network.output), [10, 3]);
//! let none = Dense { units: 0, activation: Activation::Relu };
//! let error = Model { layers: vec![none.into()], ..model }.build(10, Mode::Learn).unwrap_err();
//! assert_eq!(error.to_string(), "matmul: expected a result of at least one number, got shape [2, 0]");
//! # Ok::<(), cajal::graph::GraphError>(())
//! ```

use super::layers::Layer;
use super::loss::Loss;
use crate::graph::ops::Add;
use crate::graph::{Graph, GraphError, TensorId};
use crate::kernels::activation::Activation;

/// Layers between an input and a loss.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Shape of one example.
    pub example: Vec<usize>,
    /// What it goes through.
    pub layers: Vec<Layer>,
    /// What is made small.
    pub loss: Loss,
}

/// What a network is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// To learn: with a loss, with dropout, with the statistics of the batch.
    Learn,
    /// To answer: without a loss, without draws, with the statistics gathered.
    Answer,
}

/// Where a parameter starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Start {
    /// The same number everywhere.
    Value(f32),
    /// Draws, as the initialiser says.
    Weights {
        /// Numbers that a unit reads.
        fan_in: usize,
        /// Units that read a number.
        fan_out: usize,
    },
    /// Draws that never change: the way back of a rule that does not use the weights.
    Feedback {
        /// Numbers that a unit reads.
        fan_in: usize,
        /// Units that read a number.
        fan_out: usize,
    },
}

/// Weighted sums, `drive = read·weights + bias`, of all that is read or of windows on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linear {
    /// What is read, `(batch, …)`.
    pub read: TensorId,
    /// `(fan_in, units)`, or kernels `(rows, columns, channels, units)`.
    pub weights: TensorId,
    /// `(units)`.
    pub bias: TensorId,
    /// `(…, units)`.
    pub drive: TensorId,
}

/// Inputs by which units of a layer are held: see [`crate::graph::ops::Hold`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoldInputs {
    /// Not 0 where a unit is held, `(units)`.
    pub held: TensorId,
    /// At which number, `(units)`.
    pub level: TensorId,
}

/// A statistic that a parameter follows without a gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Follow {
    /// The parameter.
    pub parameter: TensorId,
    /// What it follows.
    pub statistic: TensorId,
    /// The share of the way that it goes in a step.
    pub share: f32,
}

/// A model as a graph over a batch.
#[derive(Clone, Debug)]
pub struct Network {
    /// All operations.
    pub graph: Graph,
    /// `(batch, example…)`.
    pub input: TensorId,
    /// What feeds the first layer: the input, or its spikes `(batch, steps, channels)`.
    pub source: TensorId,
    /// Classes `(batch)` or targets `(batch, outputs)`.
    pub target: TensorId,
    /// Responses of the layers that have units, in order, the output left aside: `(batch, units)`
    /// or spikes `(batch, steps, units)`.
    pub responses: Vec<TensorId>,
    /// For each layer of neurons its potentials `(batch, steps, units)`.
    pub potentials: Vec<TensorId>,
    /// By which units are held, one for each of the responses.
    pub holds: Vec<HoldInputs>,
    /// Answers `(batch, outputs)`: logits, or the activated output.
    pub output: TensorId,
    /// The loss `(1)`, where the graph has one.
    pub loss: Option<TensorId>,
    /// The weighted sums, in order; the last one gives the answer. Learning rules find layers by them.
    pub linears: Vec<Linear>,
    /// Where each parameter starts, in order.
    pub starts: Vec<Start>,
    /// Statistics that are followed.
    pub follows: Vec<Follow>,
}

/// A network while its layers are added.
#[derive(Debug)]
pub struct Builder {
    /// What has been built.
    pub graph: Graph,
    /// What it is for.
    pub mode: Mode,
    /// Examples of a batch.
    pub batch: usize,
    starts: Vec<Start>,
    linears: Vec<Linear>,
    source: Option<TensorId>,
    responses: Vec<TensorId>,
    potentials: Vec<TensorId>,
    holds: Vec<HoldInputs>,
    follows: Vec<Follow>,
    penalties: Vec<TensorId>,
    sites: u32,
}

impl Builder {
    /// Nothing yet.
    pub fn new(batch: usize, mode: Mode) -> Self {
        Self {
            graph: Graph::new(),
            mode,
            batch,
            starts: Vec::new(),
            linears: Vec::new(),
            source: None,
            responses: Vec::new(),
            potentials: Vec::new(),
            holds: Vec::new(),
            follows: Vec::new(),
            penalties: Vec::new(),
            sites: 0,
        }
    }

    /// A parameter that starts as `start` says.
    pub fn parameter(&mut self, name: &str, shape: &[usize], start: Start) -> TensorId {
        self.starts.push(start);
        let number = self.starts.len() - 1;
        self.graph.parameter(&format!("{name} {number}"), shape)
    }

    /// A weight matrix `(fan_in, fan_out)`.
    pub fn weights(&mut self, fan_in: usize, fan_out: usize) -> TensorId {
        self.parameter("weights", &[fan_in, fan_out], Start::Weights { fan_in, fan_out })
    }

    /// A bias `(units)`, which starts at 0.
    pub fn bias(&mut self, units: usize) -> TensorId {
        self.parameter("bias", &[units], Start::Value(0.0))
    }

    /// `x·w + b` with new parameters: `(…, n)` → `(…, units)`.
    ///
    /// # Errors
    /// If `x` is a loss, or there are no units.
    pub fn linear(&mut self, x: TensorId, units: usize) -> Result<TensorId, GraphError> {
        let fan_in = self.columns(x);
        let weights = self.weights(fan_in, units);
        let bias = self.bias(units);
        let drive = self.graph.linear(x, weights, bias)?;
        self.weighted(Linear { read: x, weights, bias, drive });
        Ok(drive)
    }

    /// Says where a layer has its weighted sums, for learning rules to find them.
    pub fn weighted(&mut self, linear: Linear) {
        self.linears.push(linear);
    }

    /// `f(x)`; `x` itself where `f` is the identity.
    ///
    /// # Errors
    /// If `x` is a loss.
    pub fn activated(&mut self, activation: Activation, x: TensorId) -> Result<TensorId, GraphError> {
        if activation == Activation::Linear { Ok(x) } else { self.graph.activate(activation, x) }
    }

    /// The last extent of a tensor.
    pub fn columns(&self, x: TensorId) -> usize {
        self.graph.shape(x).last().copied().unwrap_or(0)
    }

    /// A number that no other layer has: draws of two layers must not be the same.
    pub fn site(&mut self) -> u32 {
        self.sites += 1;
        self.sites - 1
    }

    /// Says that `x` is what the first layer reads, encoded.
    pub fn encoded(&mut self, x: TensorId) {
        self.source = Some(x);
    }

    /// Says that `x (…, units)` is the response of a layer, and by which inputs it is held.
    pub fn response(&mut self, x: TensorId, hold: HoldInputs) {
        self.responses.push(x);
        self.holds.push(hold);
    }

    /// The potentials of a layer of neurons.
    pub fn potentials(&mut self, x: TensorId) {
        self.potentials.push(x);
    }

    /// The network, when everything has been added.
    pub fn finish(
        self,
        input: TensorId,
        target: TensorId,
        output: TensorId,
        loss: Option<TensorId>,
    ) -> Network {
        let Self { graph, source, responses, potentials, holds, linears, starts, follows, .. } = self;
        let source = source.unwrap_or(input);
        Network {
            graph,
            input,
            source,
            target,
            responses,
            potentials,
            holds,
            output,
            loss,
            linears,
            starts,
            follows,
        }
    }

    /// Adds a loss to the one that the network learns by.
    pub fn penalise(&mut self, loss: TensorId) {
        self.penalties.push(loss);
    }

    /// `loss` with all that was added to it.
    pub(super) fn with_penalties(&mut self, loss: TensorId) -> Result<TensorId, GraphError> {
        let penalties = core::mem::take(&mut self.penalties);
        penalties.into_iter().try_fold(loss, |sum, loss| self.graph.apply(Add.into(), &[sum, loss]))
    }

    /// Lets a parameter follow a statistic of the batch.
    pub fn follow(&mut self, follow: Follow) {
        self.follows.push(follow);
    }
}

impl Model {
    /// The graph for `batch` examples.
    ///
    /// # Errors
    /// If a layer cannot follow the one before it.
    pub fn build(&self, batch: usize, mode: Mode) -> Result<Network, GraphError> {
        let mut builder = Builder::new(batch, mode);
        let shape: Vec<usize> = [batch].into_iter().chain(self.example.iter().copied()).collect();
        let input = builder.graph.input("input", &shape);
        let mut signal = input;
        for layer in &self.layers {
            signal = layer.add(&mut builder, signal)?;
        }
        let (output, target, loss) = self.loss.add(&mut builder, signal)?;
        let loss = (mode == Mode::Learn).then_some(loss);
        Ok(builder.finish(input, target, output, loss))
    }
}
