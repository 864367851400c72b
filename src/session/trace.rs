//! One example on its way there and back, with the present weights and without an update: what a page
//! needs to show how backpropagation works.
//!
//! The network is built to learn from a batch of one, and its gradients are those of the loss by true
//! backpropagation (through time where there is time), whatever rule the session learns by. Weights, moments,
//! step and order of examples stay as they are.

use super::Session;
use crate::ann::Mode;
use crate::data::Split;
use crate::graph::autodiff::{Cotangent, Gradients};
use crate::graph::executor::{CpuExecutor, Draws, Executor, Work};
use crate::graph::plan::Plan;
use crate::graph::{BuildError, GraphError, TensorId};
use crate::learning::program;
use crate::rng::{Stream, StreamId};

/// What one example does. Gradients are derivatives of the loss; they are empty where none flows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// The loss.
    pub loss: f32,
    /// `(outputs)`: logits, or the activated output.
    pub output: Vec<f32>,
    /// What the loss compares them with: the class, or `(outputs)`.
    pub target: Vec<f32>,
    /// Of each layer, the output last.
    pub layers: Vec<LayerTrace>,
}

/// One layer in a [`Trace`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayerTrace {
    /// `(units)` or spikes `(steps, units)`; of the output layer empty.
    pub response: Vec<f32>,
    /// Potentials `(steps, units)`, mV; empty without neurons in time.
    pub potential: Vec<f32>,
    /// Of the weights, `(fan_in, units)`.
    pub d_weights: Vec<f32>,
    /// Of the biases, `(units)`: what flows back into each weighted sum, over all steps.
    pub d_bias: Vec<f32>,
    /// Of the weighted sums, `(units)` or `(steps, units)`.
    pub d_drive: Vec<f32>,
    /// Of the responses, as they are laid out.
    pub d_response: Vec<f32>,
}

/// Tensors of one layer that are read after the run.
struct Read {
    response: Option<TensorId>,
    potential: Option<TensorId>,
    gradients: [Option<TensorId>; 4],
}

impl Session {
    /// One example forward and backward.
    ///
    /// # Errors
    /// If the network cannot be built for a batch of one.
    pub fn trace(&mut self, split: Split, index: u32) -> Result<Trace, BuildError> {
        let mut network = self.network.model().build(1, Mode::Learn)?;
        let loss = network.loss.ok_or(GraphError::NoGradient { op: "a network without a loss" })?;
        let found: Gradients = network.graph.pull_back(&[(loss, Cotangent::One)], &[])?;
        let hidden = network.responses.len();
        let layers: Vec<Read> = network
            .linears
            .iter()
            .enumerate()
            .map(|(at, linear)| {
                let response = network.responses.get(at).copied();
                Read {
                    response,
                    potential: network.potentials.get(at).copied().filter(|_| at < hidden),
                    gradients: [
                        found.of(linear.weights),
                        found.of(linear.bias),
                        found.of(linear.drive),
                        response.and_then(|response| found.of(response)),
                    ],
                }
            })
            .collect();
        let read = |layer: &Read| {
            let gradients = layer.gradients.iter().flatten().copied();
            layer.response.into_iter().chain(layer.potential).chain(gradients).collect::<Vec<_>>()
        };
        let mut keep = vec![loss, network.output];
        keep.extend(layers.iter().flat_map(read));
        let plan = Plan::compile(&network.graph, self.executor.layout(), &keep)?;

        let mut input = vec![0.0; self.data.features()];
        self.data.write_inputs(split, &[index], &mut input);
        self.config.scale(&mut input);
        let mut target = Vec::new();
        self.config.task.write_targets(&self.data, split, &[index], &mut target);
        program::hold(&mut self.executor, &plan, &network.holds, &self.held)
            .expect("a session holds what there is");
        let draws = Draws {
            stream: Stream::new(u64::from(self.config.seed), StreamId::EvalEncoding),
            keys: &[super::key_of(split, index)],
        };
        let inputs = [(network.input, input.as_slice()), (network.target, target.as_slice())];
        let work = Work::Run { plan: &plan, inputs: &inputs, draws };
        let ticket = self.executor.submit(work).expect("a session feeds what fits");
        assert!(self.executor.poll(ticket), "the CPU has finished when submit returns");

        let executor: &CpuExecutor = &self.executor;
        let numbers = |tensor: Option<TensorId>| {
            tensor.map(|tensor| executor.read(&plan, tensor).to_vec()).unwrap_or_default()
        };
        let layer = |layer: Read| {
            let [d_weights, d_bias, d_drive, d_response] = layer.gradients.map(numbers);
            let (response, potential) = (numbers(layer.response), numbers(layer.potential));
            LayerTrace { response, potential, d_weights, d_bias, d_drive, d_response }
        };
        Ok(Trace {
            loss: executor.read(&plan, loss)[0],
            output: executor.read(&plan, network.output).to_vec(),
            target,
            layers: layers.into_iter().map(layer).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::log::Command;
    use super::super::tests::{neuron, session};
    use super::*;
    use crate::ann::Kind;

    /// The loss of one example with one weight moved a little.
    fn loss_with(session: &mut Session, parameter: u32, index: u32, value: f32) -> f64 {
        session.command(Command::Weight { parameter, index, value }).expect("a weight");
        f64::from(session.trace(Split::Train, 3).expect("it fits").loss)
    }

    #[test]
    fn the_gradient_of_one_example_is_that_of_its_loss() {
        let mut session = session(Kind::Artificial);
        for _ in 0..20 {
            session.train();
        }
        let trace = session.trace(Split::Train, 3).expect("it fits");
        let (h, mut compared) = (1e-2f32, 0);
        for (layer, traced) in trace.layers.iter().enumerate() {
            for (part, gradient) in [&traced.d_weights, &traced.d_bias].into_iter().enumerate() {
                let parameter = 2 * layer + part;
                for (index, &ours) in gradient.iter().enumerate() {
                    let own = session.parameter(parameter)[index];
                    let (number, place) = (parameter as u32, index as u32);
                    let [above, below] =
                        [own + h, own - h].map(|value| loss_with(&mut session, number, place, value));
                    loss_with(&mut session, number, place, own);
                    let slope = (above - below) / (2.0 * f64::from(h));
                    let ours = f64::from(ours);
                    assert!(
                        (slope - ours).abs() < 2e-4 + 1e-2 * slope.abs(),
                        "{number} {place}: {ours} {slope}"
                    );
                    compared += 1;
                }
            }
        }
        assert_eq!(compared, session.config().network.parameter_count());
    }

    #[test]
    fn to_look_changes_nothing() {
        for kind in [Kind::Artificial, Kind::Spiking(neuron(None))] {
            let (mut watched, mut alone) = (session(kind), session(kind));
            for step in 0..12 {
                let trace = watched.trace(Split::Test, step).expect("it fits");
                assert!(trace.loss.is_finite() && trace.layers.len() == 3);
                watched.train();
                alone.train();
            }
            assert_eq!(watched.hash(), alone.hash());
        }
    }

    #[test]
    fn every_rule_and_every_kind_of_unit_can_be_looked_at() {
        use crate::ann::Swap;
        use crate::learning::Rule;
        for rule in [Rule::Backpropagation, Rule::FeedbackAlignment, Rule::DirectFeedbackAlignment] {
            for kind in [Kind::Artificial, Kind::Spiking(neuron(None))] {
                let plain = session(kind);
                let config = super::super::SessionConfig { rule, ..plain.config().clone() };
                let mut session = Session::new(config, plain.data.clone(), 1 << 20).expect("it fits");
                session.train();
                let firing = Swap::all().filter(|&to| session.network().can_become(to)).last();
                let swap = Command::Swap { layer: 1, unit: 2, to: firing };
                session.command(swap).expect("a kind");
                let trace = session.trace(Split::Test, 1).expect("it fits");
                let shapes = session.network().weight_shapes();
                for (layer, (fan_in, fan_out)) in trace.layers.iter().zip(shapes) {
                    assert_eq!((layer.d_weights.len(), layer.d_bias.len()), (fan_in * fan_out, fan_out));
                    assert!(layer.d_weights.iter().all(|slope| slope.is_finite()));
                }
            }
        }
    }

    #[test]
    fn the_example_answers_as_it_does_without_a_way_back() {
        use crate::graph::ops::encode::Code;
        for code in [None, Some(Code::Rate)] {
            let mut session = session(Kind::Spiking(neuron(code)));
            session.train();
            let hidden: Vec<Vec<f32>> =
                session.respond_to(Split::Test, &[4]).hidden.iter().map(|layer| layer.to_vec()).collect();
            let trace = session.trace(Split::Test, 4).expect("it fits");
            for (layer, seen) in hidden.iter().enumerate() {
                assert_eq!(&trace.layers[layer].response, seen);
                assert_eq!(trace.layers[layer].potential.len(), seen.len());
                let summed: Vec<f32> = {
                    let units = trace.layers[layer].d_bias.len();
                    let flow = &trace.layers[layer].d_drive;
                    (0..units).map(|unit| flow[unit..].iter().step_by(units).sum()).collect()
                };
                for (summed, bias) in summed.iter().zip(&trace.layers[layer].d_bias) {
                    assert!((summed - bias).abs() <= 1e-5 * (1.0 + bias.abs()), "{summed} {bias}");
                }
            }
        }
    }
}
