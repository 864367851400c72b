//! Neurons as an operation: a model of [`crate::neurons`] unrolled in time, with a gradient.
//!
//! Forward, each unit is stepped `steps` times. Backward, the spike's derivative is replaced by a
//! [`Surrogate`] of the distance to threshold, where `u = (V − E_L)/(θ − E_L)` is 1; the reset is not
//! differentiated (Neftci et al. 2019, eq. 12). Threshold and decay of each unit can be learned, too
//! (Fang et al. 2021, ICCV). Layout is `(batch, steps, units)`, so an example is one piece of memory.

mod backward;
#[cfg(test)]
mod exact;
mod forward;
mod surrogate;

use super::SumRows;
use super::elementwise::expect_row;
use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation, len, rows_and_columns};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId};
use crate::neurons::{LeakyIntegrator, LeakyModel, Lif, Membrane};
use backward::{Forward, Gradients};
use forward::PerUnit;
pub use surrogate::Surrogate;

/// A model that a layer can consist of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Neuron {
    /// Fires.
    Lif(Lif),
    /// Never fires.
    LeakyIntegrator(LeakyIntegrator),
}

impl Neuron {
    /// Whether it ever fires.
    pub fn fires(self) -> bool {
        matches!(self, Self::Lif(_))
    }

    /// What it is read out by, unless something else is asked for: spikes where it fires, else the
    /// mean potential.
    pub fn readout(self) -> Readout {
        if self.fires() { Readout::Spikes } else { Readout::MeanPotential }
    }
}

/// How the drive arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drive {
    /// One number a unit, `(batch, units)`, held through all steps: a constant current.
    Held,
    /// One number a unit and step, `(batch, steps, units)`.
    PerStep,
}

/// What the layer gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readout {
    /// Spikes `(batch, steps, units)`, 0 or 1.
    Spikes,
    /// Mean over the steps of the spikes, `(batch, units)`.
    Rate,
    /// Mean over the steps of `u`, `(batch, units)`.
    MeanPotential,
}

/// Which numbers of the neurons are learned: each is one more input `(units)`, in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Learned {
    /// The threshold, in the scale of `u`: 1 is the model's own.
    pub threshold: bool,
    /// What a step leaves of the potential, in (0, 1).
    pub decay: bool,
}

impl Learned {
    fn count(self) -> usize {
        usize::from(self.threshold) + usize::from(self.decay)
    }
}

/// A layer of neurons over time: `drive[, threshold (units)][, decay (units)] → response, potential
/// (batch, steps, units)`.
#[derive(Clone, Debug, PartialEq)]
pub struct NeuronStep {
    /// The model and its parameters.
    pub neuron: Neuron,
    /// Time steps an input is shown for.
    pub steps: usize,
    /// Length of a step, ms.
    pub dt_ms: f64,
    /// How the drive arrives.
    pub drive: Drive,
    /// Drive `R·I` in mV for an input of 1.
    pub gain_mv: f64,
    /// What the layer gives; see [`Neuron::readout`].
    pub readout: Readout,
    /// What stands for the derivative of a spike.
    pub surrogate: Surrogate,
    /// What is learned of the neurons.
    pub learned: Learned,
}

/// `response, potential, d response[, threshold][, decay, drive] → d drive[, d threshold (batch,
/// units)][, d decay (batch, units)]`: the surrogate gradient through time.
#[derive(Clone, Debug, PartialEq)]
pub struct NeuronStepGradient(pub NeuronStep);

/// State variables of the largest of these neurons.
const MOST_STATE: usize = 2;

impl NeuronStep {
    /// The gain by which an input of 1 raises the potential by `share` of the way from rest to
    /// threshold in one step.
    pub fn gain_for_jump(membrane: Membrane, share: f64) -> f64 {
        share * membrane.span_mv / (1.0 - membrane.decay)
    }

    /// Constants of the gradient through time.
    pub fn membrane(&self) -> Membrane {
        match self.neuron {
            Neuron::Lif(model) => model.membrane(self.dt_ms),
            Neuron::LeakyIntegrator(model) => model.membrane(self.dt_ms),
        }
    }

    /// Scratch numbers a run needs for `batch` examples of `units` neurons.
    fn state_len(batch: usize, units: usize) -> usize {
        len(&[batch, units, MOST_STATE])
    }

    fn drive_len(&self, units: usize) -> usize {
        if self.drive == Drive::Held { units } else { self.steps * units }
    }

    fn response_len(&self, units: usize) -> usize {
        if self.readout == Readout::Spikes { self.steps * units } else { units }
    }
}

impl Operation for NeuronStep {
    fn name(&self) -> &'static str {
        "neurons"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        let count = 1 + self.learned.count();
        let wanted = || format!("one drive and {} rows", count - 1);
        expect(inputs.len() == count, wanted, inputs.len())?;
        let times = [self.dt_ms, 1.0 / self.dt_ms, self.gain_mv];
        let sensible = self.dt_ms > 0.0 && times.iter().all(|number| number.is_finite());
        expect(
            sensible,
            || "a finite step above 0 ms and a finite gain".to_owned(),
            (self.dt_ms, self.gain_mv),
        )?;
        let drive = inputs[0];
        let fits = match self.drive {
            Drive::Held => drive.len() == 2,
            Drive::PerStep => drive.len() == 3 && drive[1] == self.steps,
        };
        let wanted = || match self.drive {
            Drive::Held => "a drive (batch, units)".to_owned(),
            Drive::PerStep => format!("a drive (batch, {} steps, units)", self.steps),
        };
        expect(fits, wanted, drive)?;
        inputs[1..].iter().try_for_each(|row| expect_row(drive, row))?;
        let spikes = self.readout != Readout::MeanPotential || self.learned.threshold;
        expect(self.neuron.fires() || !spikes, || "neurons that fire".to_owned(), self.neuron)?;
        let (batch, units) = (drive[0], drive[drive.len() - 1]);
        let over_time = vec![batch, self.steps, units];
        Ok(match self.readout {
            Readout::Spikes => vec![over_time.clone(), over_time],
            Readout::Rate | Readout::MeanPotential => vec![vec![batch, units], over_time],
        })
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        Self::state_len(inputs[0][0], rows_and_columns(inputs[0]).1)
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        let units = rows_and_columns(inputs[0]).1;
        12 * len(&[inputs[0][0], self.steps, units]) as u64
    }
    fn has_gradient(&self) -> bool {
        self.surrogate != Surrogate::Frozen
    }
    fn gives_spikes(&self, _: &[bool]) -> bool {
        self.readout == Readout::Spikes
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        let mut inputs = vec![node.outputs[0], node.outputs[1], dy];
        inputs.extend(&node.inputs[1..]);
        if self.learned.decay {
            inputs.push(node.inputs[0]);
        }
        let found = graph.apply_all(NeuronStepGradient(self.clone()).into(), &inputs)?;
        let mut gradients = Vec::new();
        for (at, (&input, gradient)) in node.inputs.iter().zip(found).enumerate() {
            gradients.push(match (graph.needs_gradient(input), at) {
                (false, _) => None,
                (true, 0) => Some(gradient),
                (true, _) => Some(graph.apply(SumRows.into(), &[gradient])?),
            });
        }
        Ok(gradients)
    }
    fn run(&self, operands: Operands) {
        let Operands { inputs, shapes, outputs: [response, potential, ..], workspace, .. } = operands;
        let units = rows_and_columns(&shapes[0]).1;
        let given = (inputs[0], PerUnit::of(self.learned, &inputs[1..]));
        let outs = [response, potential];
        match self.neuron {
            Neuron::Lif(model) => self.forward(&model, units, given, outs, workspace),
            Neuron::LeakyIntegrator(model) => self.forward(&model, units, given, outs, workspace),
        }
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        exact::neurons(self, given)
    }
}

impl Operation for NeuronStepGradient {
    fn name(&self) -> &'static str {
        "neurons_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        let Learned { threshold, decay } = self.0.learned;
        let count = 3 + usize::from(threshold) + 2 * usize::from(decay);
        let wanted = || format!("{count} inputs");
        expect(inputs.len() == count && inputs[1].len() == 3, wanted, inputs)?;
        expect(inputs[0] == inputs[2], || "one shape of response and its gradient".to_owned(), inputs)?;
        let potential = inputs[1];
        let units = vec![potential[0], potential[2]];
        let drive = if self.0.drive == Drive::Held { units.clone() } else { potential.to_vec() };
        Ok([vec![drive], vec![units; self.0.learned.count()]].concat())
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        NeuronStep::state_len(inputs[1][0], inputs[1][2])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        16 * len(inputs[1]) as u64
    }
    fn run(&self, Operands { inputs, shapes, outputs, workspace, .. }: Operands) {
        let Learned { threshold, decay } = self.0.learned;
        let forward = Forward {
            response: inputs[0],
            potential: inputs[1],
            d_response: inputs[2],
            drive: inputs[4 + usize::from(threshold)],
            per_unit: PerUnit::of(self.0.learned, &inputs[3..]),
        };
        let [drive, second, third, ..] = outputs;
        let (threshold, decay) = match (threshold, decay) {
            (false, true) => (third, second),
            _ => (second, third),
        };
        self.0.backward(shapes[1][2], forward, Gradients { drive, threshold, decay }, workspace);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::ops::{Add, HalfMeanSquare, MatMul, Scale, StopGradient};
    use crate::graph::oracle::{check, numbers};
    use crate::kernels::activation::Activation;

    const SURROGATES: [Surrogate; 3] = [
        Surrogate::FastSigmoid { slope: 4.0 },
        Surrogate::Arctan { slope: 3.0 },
        Surrogate::Triangular { slope: 1.5 },
    ];

    fn layer(neuron: Neuron, drive: Drive, readout: Readout, learned: Learned) -> NeuronStep {
        let membrane = Lif::default().membrane(1.0);
        let gain_mv = match drive {
            Drive::Held => 3.0 * membrane.span_mv,
            Drive::PerStep => NeuronStep::gain_for_jump(membrane, 0.6),
        };
        NeuronStep {
            neuron,
            steps: 9,
            dt_ms: 1.0,
            drive,
            gain_mv,
            readout,
            surrogate: SURROGATES[0],
            learned,
        }
    }

    fn hold(step: &NeuronStep, fixed_drive: bool) {
        check(&format!("{step:?}"), |graph| {
            let (x, w) = (graph.input("x", &[3, 9, 4]), graph.parameter("w", &[4, 6]));
            let (held, v) = (graph.input("held", &[3, 4]), graph.parameter("v", &[4, 6]));
            let per_step = step.drive == Drive::PerStep;
            let (x, w, unused) = if per_step { (x, w, v) } else { (held, v, w) };
            let drive = graph.apply(MatMul::of(false, false).into(), &[x, w]).expect("fits");
            let mut fed = vec![(x, numbers(len(graph.shape(x)), 1))];
            let mut inputs = vec![drive];
            if fixed_drive {
                inputs[0] = graph.apply(StopGradient.into(), &[drive]).expect("fits");
            }
            for (learned, least) in [(step.learned.threshold, 0.8), (step.learned.decay, 0.7)] {
                if learned {
                    // What is learned lies around a number that makes sense.
                    let raw = graph.parameter("learned", &[6]);
                    let row = graph.activate(Activation::Sigmoid, raw).expect("fits");
                    let row = graph.apply(Scale(0.25).into(), &[row]).expect("fits");
                    let base = graph.input("base", &[6]);
                    fed.push((base, vec![least; 6]));
                    inputs.push(graph.apply(Add.into(), &[row, base]).expect("fits"));
                }
            }
            let response = graph.apply(step.clone().into(), &inputs).expect("fits");
            let mut loss_of = |graph: &mut Graph, y: TensorId, key| {
                let shape = graph.shape(y).to_vec();
                let target = graph.input("target", &shape);
                fed.push((target, numbers(len(&shape), key)));
                graph.apply(HalfMeanSquare.into(), &[y, target]).expect("fits")
            };
            let mut loss = loss_of(graph, response, 2);
            for rest in if fixed_drive { vec![unused, w] } else { vec![unused] } {
                let other = loss_of(graph, rest, 3);
                loss = graph.apply(Add.into(), &[loss, other]).expect("fits");
            }
            (fed, loss)
        });
    }

    #[test]
    fn every_readout_surrogate_and_learned_number() {
        let lif = |refractory_ms| Neuron::Lif(Lif { refractory_ms, ..Lif::default() });
        let all = Learned { threshold: true, decay: true };
        for drive in [Drive::Held, Drive::PerStep] {
            for readout in [Readout::Spikes, Readout::Rate, Readout::MeanPotential] {
                for refractory_ms in [0.0, 2.0] {
                    for surrogate in SURROGATES {
                        let step = layer(lif(refractory_ms), drive, readout, Learned::default());
                        hold(&NeuronStep { surrogate, ..step }, false);
                    }
                    if readout != Readout::MeanPotential {
                        for learned in [all, Learned { decay: false, ..all }] {
                            hold(&layer(lif(refractory_ms), drive, readout, learned), false);
                            hold(&layer(lif(refractory_ms), drive, readout, learned), true);
                        }
                    }
                    let decay = Learned { threshold: false, decay: true };
                    hold(&layer(lif(refractory_ms), drive, readout, decay), false);
                }
            }
            let integrator = Neuron::LeakyIntegrator(LeakyIntegrator::default());
            let decay = Learned { threshold: false, decay: true };
            hold(&layer(integrator, drive, Readout::MeanPotential, decay), false);
        }
    }

    #[test]
    fn nothing_flows_through_frozen_neurons() {
        let mut graph = Graph::new();
        let (w, target) = (graph.parameter("w", &[2, 3]), graph.input("target", &[2, 3]));
        let step = layer(Neuron::Lif(Lif::default()), Drive::Held, Readout::Rate, Learned::default());
        let frozen = NeuronStep { surrogate: Surrogate::Frozen, ..step };
        let y = graph.apply(frozen.into(), &[w]).expect("fits");
        let loss = graph.apply(HalfMeanSquare.into(), &[y, target]).expect("fits");
        assert!(graph.backward(loss).expect("gradients").is_empty());
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut graph = Graph::new();
        let (x, row) = (graph.input("x", &[2, 3]), graph.input("row", &[2]));
        let integrator = Neuron::LeakyIntegrator(LeakyIntegrator::default());
        let rate = layer(integrator, Drive::Held, Readout::Rate, Learned::default());
        let error = graph.apply(rate.into(), &[x]).unwrap_err().to_string();
        assert!(error.starts_with("neurons: expected neurons that fire, got LeakyIntegrator"), "{error}");
        let learned = Learned { threshold: true, decay: false };
        let lif = layer(Neuron::Lif(Lif::default()), Drive::Held, Readout::Rate, learned);
        let error = graph.apply(lif.into(), &[x, row]).unwrap_err().to_string();
        assert_eq!(error, "neurons: expected a row of 3 numbers, got [2]");
    }
}
