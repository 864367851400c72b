//! Neurons as an operation: a model of [`crate::neurons`] unrolled in time, with a gradient.
//!
//! Forward, each unit is stepped `steps` times. Backward, the spike's derivative is replaced by a
//! [`Surrogate`] of the distance to threshold, where `u = (V − E_L)/(θ − E_L)` is 1; the reset is not
//! differentiated (Neftci et al. 2019, eq. 12). Threshold and decay of each unit can be learned, too
//! (Fang et al. 2021, ICCV). Layout is `(batch, steps, units)`, so an example is one piece of memory.
//!
//! That holds of leaky membranes (`forward`). Any other neuron is stepped by its own rule, in as many steps as
//! it asks for within a step of the input (`stepped`), and the gradient goes through a leaky membrane that
//! stands for it (`effective`).

mod backward;
mod curve;
mod effective;
#[cfg(test)]
mod exact;
mod forward;
mod neuron;
mod stepped;
mod surrogate;

use super::SumRows;
use super::elementwise::expect_row;
use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Draws, Operands, Operation, len, rows_and_columns};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId};
use crate::neurons::{LeakyModel, Membrane, NeuronModel};
use backward::{Forward, Gradients};
use forward::PerUnit;
pub use neuron::Neuron;
use stepped::{Lanes, Outputs};
pub use surrogate::Surrogate;

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
    /// Mean over the steps of the spikes, `(batch, units)`: at most one counts in a step.
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
/// (batch, steps, units)`. Neurons that are no leaky membranes and have a gradient give it two more things to
/// read: `ũ` of the effective membrane and, where the response is another, spikes, both `(batch, steps, units)`.
#[derive(Clone, Debug, PartialEq)]
pub struct NeuronStep {
    /// The model and its parameters.
    pub neuron: Neuron,
    /// Time steps an input is shown for.
    pub steps: usize,
    /// Length of a step of the input, ms; the model may take several of its own, see [`Self::substeps`].
    pub dt_ms: f64,
    /// How the drive arrives.
    pub drive: Drive,
    /// Drive for an input of 1, in the model's unit of drive: `R·I` in mV for leaky membranes.
    pub gain: f64,
    /// What the layer gives; see [`Neuron::readout`].
    pub readout: Readout,
    /// What stands for the derivative of a spike.
    pub surrogate: Surrogate,
    /// What is learned of the neurons.
    pub learned: Learned,
    /// A number that no other operation of the graph draws by, where the neuron draws.
    pub site: u32,
}

/// `response, potential or ũ, d response[, threshold][, decay][, spikes][, drive] → d drive[, d threshold
/// (batch, units)][, d decay (batch, units)]`: the surrogate gradient through time.
#[derive(Clone, Debug, PartialEq)]
pub struct NeuronStepGradient(pub NeuronStep);

/// State variables of the larger of the leaky neurons; others keep theirs in registers.
const MOST_STATE: usize = 2;
/// Most steps of a model in a step of the input: beyond, the step is a slip of the unit.
const MOST_SUBSTEPS: f64 = 10_000.0;

impl NeuronStep {
    /// The gain by which an input of 1 raises the potential by `share` of the way from rest to
    /// threshold in one step.
    pub fn gain_for_jump(membrane: Membrane, share: f64) -> f64 {
        share * membrane.span_mv / (1.0 - membrane.decay)
    }

    /// The membrane: of leaky neurons their own, of others the one that stands for them, in mV.
    pub fn membrane(&self) -> Membrane {
        match self.neuron {
            Neuron::Lif(model) => model.membrane(self.dt_ms),
            Neuron::LeakyIntegrator(model) => model.membrane(self.dt_ms),
            other => {
                let effective = other.effective();
                let (rest_mv, span_mv) = (effective.rest_mv, effective.span_mv);
                Membrane { rest_mv, span_mv, ..self.follower().membrane() }
            }
        }
    }

    /// Steps of the model in a step of the input: as few as its declaration allows. A leaky membrane is
    /// solved exactly for a drive that lasts a step, whose length is its own.
    pub fn substeps(&self) -> u32 {
        if self.neuron.is_leaky() { 1 } else { libm::ceil(self.whole_substeps()) as u32 }
    }

    /// The quotient that is rounded up; less than any rounding of it adds nothing.
    fn whole_substeps(&self) -> f64 {
        (self.dt_ms / self.neuron.declaration().largest_dt_ms - 1e-9).max(0.5)
    }

    /// Scratch numbers a run needs for `batch` examples of `units` neurons.
    fn state_len(batch: usize, units: usize) -> usize {
        len(&[batch, units, MOST_STATE])
    }

    /// How long one of the outputs that a gradient alone reads is.
    fn kept_shapes(&self, over_time: &[usize]) -> Vec<Vec<usize>> {
        let count = usize::from(self.is_followed()) + usize::from(self.keeps_spikes());
        vec![over_time.to_vec(); count]
    }

    /// Runs the model that the layer consists of.
    fn step_any(
        &self,
        units: usize,
        given: (&[f32], PerUnit),
        out: Outputs,
        workspace: &mut [f32],
        draws: Draws,
    ) {
        let dt_ms = self.dt_ms / f64::from(self.substeps());
        let lanes: &dyn Lanes = match &self.neuron {
            Neuron::Lif(model) => {
                return self.forward(model, units, given, [out.response, out.potential], workspace);
            }
            Neuron::LeakyIntegrator(model) => {
                return self.forward(model, units, given, [out.response, out.potential], workspace);
            }
            Neuron::McCullochPitts(model) => &model.stepper(dt_ms),
            Neuron::Perceptron(model) => &model.stepper(dt_ms),
            Neuron::Rate(model) => &model.stepper(dt_ms),
            Neuron::AdaptiveThreshold(model) => &model.stepper(dt_ms),
            Neuron::Excitable(model) => &model.stepper(dt_ms),
            Neuron::EscapeNoise(model) => &model.stepper(dt_ms),
            Neuron::Exponential(model) => &model.stepper(dt_ms),
            Neuron::AdaptiveExponential(model) => &model.stepper(dt_ms),
            Neuron::Izhikevich(model) => &model.stepper(dt_ms),
            Neuron::HodgkinHuxley(model) => &model.stepper(dt_ms),
            Neuron::WangBuzsaki(model) => &model.stepper(dt_ms),
        };
        self.step_through(lanes, units, given.0, out, draws);
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
        let times = [self.dt_ms, 1.0 / self.dt_ms, self.gain];
        let sensible = self.dt_ms > 0.0 && times.iter().all(|number| number.is_finite());
        expect(
            sensible,
            || "a finite step above 0 ms and a finite gain".to_owned(),
            (self.dt_ms, self.gain),
        )?;
        let few = self.neuron.is_leaky() || self.whole_substeps() <= MOST_SUBSTEPS;
        let wanted = || format!("a step of at most {MOST_SUBSTEPS} of the model's own");
        expect(few, wanted, self.dt_ms)?;
        let none = self.learned == Learned::default();
        let wanted = || "a leaky membrane, to learn its threshold or decay".to_owned();
        expect(self.neuron.is_leaky() || none, wanted, self.neuron.declaration().id)?;
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
        expect(
            self.neuron.fires() || !spikes,
            || "neurons that fire".to_owned(),
            self.neuron.declaration().id,
        )?;
        let (batch, units) = (drive[0], drive[drive.len() - 1]);
        let over_time = vec![batch, self.steps, units];
        let response = match self.readout {
            Readout::Spikes => over_time.clone(),
            Readout::Rate | Readout::MeanPotential => vec![batch, units],
        };
        let kept = self.kept_shapes(&over_time);
        Ok([vec![response, over_time], kept].concat())
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        if self.neuron.is_leaky() { Self::state_len(inputs[0][0], rows_and_columns(inputs[0]).1) } else { 0 }
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        let units = rows_and_columns(inputs[0]).1;
        // What the declarations say of cost: a state variable is about one equation of a dozen operations.
        let variables = if self.neuron.is_leaky() { 1 } else { self.neuron.declaration().state.len() as u64 };
        12 * variables * u64::from(self.substeps()) * len(&[inputs[0][0], self.steps, units]) as u64
    }
    fn draws(&self) -> bool {
        self.neuron.draws()
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
        let potential = node.outputs[if self.is_followed() { 2 } else { 1 }];
        let mut inputs = vec![node.outputs[0], potential, dy];
        inputs.extend(&node.inputs[1..]);
        if self.keeps_spikes() {
            inputs.push(node.outputs[3]);
        }
        if self.gradient_reads_drive() {
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
        let Operands { inputs, shapes, outputs, workspace, draws, .. } = operands;
        let [response, potential, effective, spikes, ..] = outputs;
        let units = rows_and_columns(&shapes[0]).1;
        let given = (inputs[0], PerUnit::of(self.learned, &inputs[1..]));
        let out = Outputs { response, potential, effective, spikes };
        self.step_any(units, given, out, workspace, draws);
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
        let step = &self.0;
        let extra = usize::from(step.keeps_spikes()) + usize::from(step.gradient_reads_drive());
        let count = 3 + step.learned.count() + extra;
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
        let (behind, kept) = (3 + self.0.learned.count(), self.0.keeps_spikes());
        let forward = Forward {
            response: inputs[0],
            potential: inputs[1],
            d_response: inputs[2],
            drive: if self.0.gradient_reads_drive() { inputs[behind + usize::from(kept)] } else { &[] },
            spikes: if kept { inputs[behind] } else { inputs[0] },
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
mod tests;
