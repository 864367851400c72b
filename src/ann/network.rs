//! A layered network, artificial or spiking, and its graph.
//!
//! Both kinds have the same layers of the same sizes: weights, biases, units. In the artificial one
//! a unit is an activation function; in the spiking one it is a leaky integrate-and-fire neuron
//! stepped through time, fed with spike trains or a held current, and read out from the mean
//! membrane potential of leaky integrators.

use crate::graph::encode::{Code, Encode};
use crate::graph::neuron_step::{Drive, Neuron, NeuronStep};
use crate::graph::{Graph, Op, TensorId};
use crate::kernels::activation::Activation;
use crate::neurons::{LeakyIntegrator, Lif, NeuronModel};

/// One hidden layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Number of units.
    pub units: usize,
    /// What an artificial unit does with its input.
    pub activation: Activation,
}

/// What is made small, and hence what the outputs mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// `½·mean((y − t)²)` with this activation of the output.
    HalfMeanSquare(Activation),
    /// Cross-entropy of the softmax of the outputs.
    CrossEntropy,
}

/// How a spiking network sees its input and steps through time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpikingSpec {
    /// How inputs become spikes; `None` holds them as currents.
    pub code: Option<Code>,
    /// Whether inputs can be negative: a spike code then has ON and OFF channels.
    pub signed: bool,
    /// Probability of a spike in one step for an input of 1 (rate code).
    pub peak: f32,
    /// Time steps an input is shown for.
    pub steps: usize,
    /// Length of a step, ms.
    pub dt_ms: f64,
    /// The neuron of the hidden layers.
    pub neuron: Lif,
    /// Steepness of the surrogate gradient.
    pub slope: f32,
}

/// The share of the way to threshold by which a spike through a weight of 1 raises the membrane.
const SPIKE_JUMP: f64 = 1.0;
/// The same for one step of a held current of 1: its steady state is ten times the threshold.
const HELD_STEADY: f64 = 10.0;

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Activation functions.
    Artificial,
    /// Neurons in time.
    Spiking(SpikingSpec),
}

/// A network before it has a batch size.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkSpec {
    /// Numbers of an example.
    pub inputs: usize,
    /// Layers between input and output.
    pub hidden: Vec<Hidden>,
    /// Numbers of an answer.
    pub outputs: usize,
    /// What is made small.
    pub loss: Loss,
    /// Artificial or spiking.
    pub kind: Kind,
}

/// A network as a graph over a batch.
#[derive(Clone, Debug)]
pub struct Network {
    /// All operations.
    pub graph: Graph,
    /// `(batch, inputs)`.
    pub input: TensorId,
    /// What feeds the first layer: the input, or its spikes `(batch, steps, channels)`.
    pub source: TensorId,
    /// Classes `(batch)` or targets `(batch, outputs)`.
    pub target: TensorId,
    /// For each hidden layer its response: `(batch, units)` or spikes `(batch, steps, units)`.
    pub responses: Vec<TensorId>,
    /// For each hidden layer of a spiking network its potentials `(batch, steps, units)`.
    pub potentials: Vec<TensorId>,
    /// Answers `(batch, outputs)`: logits, or the activated output.
    pub output: TensorId,
    /// The loss `(1)`, where the graph has one.
    pub loss: Option<TensorId>,
}

impl NetworkSpec {
    /// `(fan_in, fan_out)` of each weight matrix, in order.
    pub fn weight_shapes(&self) -> Vec<(usize, usize)> {
        let mut fan_in = self.channels();
        let outs = self.hidden.iter().map(|layer| layer.units).chain([self.outputs]);
        outs.map(|fan_out| (core::mem::replace(&mut fan_in, fan_out), fan_out)).collect()
    }

    /// How many numbers feed the first layer: twice the inputs where ON and OFF are apart.
    pub fn channels(&self) -> usize {
        match self.kind {
            Kind::Spiking(SpikingSpec { code: Some(_), signed: true, .. }) => 2 * self.inputs,
            _ => self.inputs,
        }
    }

    /// Weights and biases that are learned.
    pub fn parameter_count(&self) -> usize {
        self.weight_shapes().iter().map(|(fan_in, fan_out)| (fan_in + 1) * fan_out).sum()
    }

    /// The forward graph for `batch` examples, with its loss where `with_loss`.
    pub fn build(&self, batch: usize, with_loss: bool) -> Network {
        let mut graph = Graph::new();
        let input = graph.input("input", &[batch, self.inputs]);
        let source = match self.kind {
            Kind::Spiking(SpikingSpec { code: Some(code), signed, peak, steps, .. }) => {
                graph.apply(Op::Encode(Encode { code, steps, signed, peak }), &[input])
            }
            _ => input,
        };
        let mut signal = source;
        let (mut responses, mut potentials) = (Vec::new(), Vec::new());
        for (index, layer) in self.hidden.iter().enumerate() {
            let drive = self.weigh(&mut graph, index, signal);
            let op = match self.kind {
                Kind::Artificial => Op::Activate(layer.activation),
                Kind::Spiking(spec) => {
                    Op::Neurons(spec.layer(Neuron::Lif(spec.neuron), graph.shape(drive).len()))
                }
            };
            signal = graph.apply(op, &[drive]);
            responses.push(signal);
            potentials.extend(graph.nodes().last().and_then(|node| node.outputs.get(1)));
        }
        let mut output = self.weigh(&mut graph, self.hidden.len(), signal);
        if let Kind::Spiking(spec) = self.kind {
            let membrane = Neuron::LeakyIntegrator(LeakyIntegrator {
                tau_ms: spec.neuron.tau_ms,
                rest_mv: spec.neuron.rest_mv,
                span_mv: spec.neuron.threshold_mv - spec.neuron.rest_mv,
            });
            let readout = spec.layer(membrane, graph.shape(output).len());
            output = graph.apply(Op::Neurons(readout), &[output]);
        }
        if let Loss::HalfMeanSquare(activation) = self.loss
            && activation != Activation::Linear
        {
            output = graph.apply(Op::Activate(activation), &[output]);
        }
        let (target, loss) = match self.loss {
            Loss::CrossEntropy => (graph.input("class", &[batch]), Op::CrossEntropy),
            Loss::HalfMeanSquare(_) => (graph.input("target", &[batch, self.outputs]), Op::HalfMeanSquare),
        };
        let loss = with_loss.then(|| graph.apply(loss, &[output, target]));
        Network { graph, input, source, target, responses, potentials, output, loss }
    }

    /// The weighted sum of one layer, with its bias; layers count from 0.
    fn weigh(&self, graph: &mut Graph, layer: usize, signal: TensorId) -> TensorId {
        let (fan_in, fan_out) = self.weight_shapes()[layer];
        let weights = graph.parameter(&format!("weights {layer}"), &[fan_in, fan_out]);
        let bias = graph.parameter(&format!("bias {layer}"), &[fan_out]);
        graph.linear(signal, weights, bias)
    }
}

impl SpikingSpec {
    /// A layer of `neuron`, driven by spikes (three dimensions) or by a held current (two).
    fn layer(&self, neuron: Neuron, dimensions: usize) -> NeuronStep {
        let membrane = self.neuron.membrane(self.dt_ms);
        let (drive, gain_mv) = if dimensions == 3 {
            (Drive::PerStep, NeuronStep::gain_for_jump(membrane, SPIKE_JUMP))
        } else {
            (Drive::Held, HELD_STEADY * membrane.span_mv)
        };
        NeuronStep { neuron, steps: self.steps, dt_ms: self.dt_ms, drive, gain_mv, slope: self.slope }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(kind: Kind) -> NetworkSpec {
        let hidden = [8, 5].map(|units| Hidden { units, activation: Activation::Tanh }).to_vec();
        NetworkSpec { inputs: 2, hidden, outputs: 3, loss: Loss::CrossEntropy, kind }
    }

    #[test]
    fn both_kinds_have_the_same_layers() {
        let spiking = SpikingSpec {
            code: Some(Code::Rate),
            signed: true,
            peak: 1.0,
            steps: 6,
            dt_ms: 1.0,
            neuron: Lif::default(),
            slope: 10.0,
        };
        let artificial = spec(Kind::Artificial);
        assert_eq!(artificial.weight_shapes(), [(2, 8), (8, 5), (5, 3)]);
        assert_eq!(artificial.parameter_count(), 3 * 8 + 9 * 5 + 6 * 3);
        let coded = spec(Kind::Spiking(spiking));
        assert_eq!(coded.weight_shapes(), [(4, 8), (8, 5), (5, 3)]);
        let held = spec(Kind::Spiking(SpikingSpec { code: None, ..spiking }));
        assert_eq!(held.weight_shapes(), artificial.weight_shapes());
        for spec in [&artificial, &coded, &held] {
            let network = spec.build(4, true);
            assert_eq!(network.graph.shape(network.output), [4, 3]);
            assert_eq!(network.graph.parameters().len(), 6);
            assert_eq!(network.responses.len(), 2);
        }
        let network = coded.build(4, false);
        assert_eq!(network.graph.shape(network.responses[1]), [4, 6, 5]);
    }
}
