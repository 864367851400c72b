//! Neurons as an operation: a model of [`crate::neurons`] unrolled in time, with a gradient.
//!
//! Forward, each unit is stepped `steps` times. Backward, the spike's derivative is replaced by a
//! fast sigmoid (Zenke & Ganguli 2018, `SuperSpike`): `∂s/∂u = 1/(1 + slope·|u − 1|)²`, where
//! `u = (V − E_L)/(θ − E_L)` is 1 at threshold; the reset is not differentiated (Neftci et al.
//! 2019, eq. 12). Layout is `(batch, steps, units)`, so an example is one piece of memory.

#[cfg(test)]
mod exact;

use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation, len, rows_and_columns};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, Op, TensorId};
use crate::kernels::lane::{F32x4, Real};
use crate::neurons::{LeakyIntegrator, Lif, MAX_STATE, Membrane, NeuronModel, Stepper};
use crate::parallel;

/// A model that a layer can consist of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Neuron {
    /// Fires; read out as spikes.
    Lif(Lif),
    /// Never fires; read out as the mean potential.
    LeakyIntegrator(LeakyIntegrator),
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
    /// Mean over the steps of `u`, `(batch, units)`.
    MeanPotential,
}

/// A layer of neurons over time: `drive → response, potential (batch, steps, units)`.
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
    /// Steepness of the surrogate gradient.
    pub slope: f32,
}

/// `response, potential, d response → d drive`: the surrogate gradient through time.
#[derive(Clone, Debug, PartialEq)]
pub struct NeuronStepGradient(pub NeuronStep);

struct Gradient {
    decay: f32,
    /// `∂u/∂input` of one step.
    gain: f32,
    rest_mv: f32,
    per_span: f32,
    refractory_steps: usize,
    slope: f32,
    mean: f32,
}

impl NeuronStep {
    /// The gain by which an input of 1 raises the potential by `share` of the way from rest to
    /// threshold in one step.
    pub fn gain_for_jump(membrane: Membrane, share: f64) -> f64 {
        share * membrane.span_mv / (1.0 - membrane.decay)
    }

    /// What the layer gives: spikes where the model fires, else the mean potential.
    pub fn readout(&self) -> Readout {
        match self.neuron {
            Neuron::Lif(_) => Readout::Spikes,
            Neuron::LeakyIntegrator(_) => Readout::MeanPotential,
        }
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
        batch * units * MAX_STATE
    }

    /// `drive` → response and potential; `workspace` as [`Self::state_len`] says.
    fn step_through(
        &self,
        units: usize,
        drive: &[f32],
        [response, potential]: [&mut [f32]; 2],
        workspace: &mut [f32],
    ) {
        match self.neuron {
            Neuron::Lif(model) => self.forward(&model, units, drive, [response, potential], workspace),
            Neuron::LeakyIntegrator(model) => {
                self.forward(&model, units, drive, [response, potential], workspace);
            }
        }
    }

    fn forward<M: NeuronModel>(
        &self,
        model: &M,
        units: usize,
        drive: &[f32],
        [response, potential]: [&mut [f32]; 2],
        workspace: &mut [f32],
    ) {
        let over_time = self.steps * units;
        let (drive_len, response_len) = (self.drive_len(units), self.response_len(units));
        if over_time == 0 {
            return;
        }
        let batch = potential.len() / over_time;
        let (lanes, scalar) = (model.stepper::<F32x4>(self.dt_ms), model.stepper::<f32>(self.dt_ms));
        let membrane = self.membrane();
        let outs = [response, potential, &mut workspace[..Self::state_len(batch, units)]];
        let lens = [response_len, over_time, MAX_STATE * units];
        let cost = batch * over_time * 12;
        parallel::for_each_blocks(batch, outs, lens, cost, |example, [response, potential, state]| {
            let drive = &drive[example * drive_len..][..drive_len];
            let (first, second) = state.split_at_mut(units);
            let rest = scalar.rest();
            first.fill(rest[0]);
            second.fill(rest[1]);
            for step in 0..self.steps {
                let at = step * units;
                let drive = if self.drive == Drive::Held { drive } else { &drive[at..] };
                let mut unit = 0;
                while unit + 4 <= units {
                    let mut state = [F32x4::load(&first[unit..]), F32x4::load(&second[unit..])];
                    let drive_mv = F32x4::load(&drive[unit..]) * F32x4::from_f64(self.gain_mv);
                    let stepped = lanes.step(&mut state, drive_mv);
                    state[0].store(&mut first[unit..]);
                    state[1].store(&mut second[unit..]);
                    stepped.potential.store(&mut potential[at + unit..]);
                    if self.readout() == Readout::Spikes {
                        stepped.spike.store(&mut response[at + unit..]);
                    }
                    unit += 4;
                }
                for unit in unit..units {
                    let mut state = [first[unit], second[unit]];
                    let stepped = scalar.step(&mut state, drive[unit] * self.gain_mv as f32);
                    [first[unit], second[unit]] = state;
                    potential[at + unit] = stepped.potential;
                    if self.readout() == Readout::Spikes {
                        response[at + unit] = stepped.spike;
                    }
                }
            }
            if self.readout() == Readout::MeanPotential {
                mean_potential(membrane, self.steps, potential, response);
            }
        });
    }

    /// `response, potential, d response → d drive`.
    fn step_back_through(
        &self,
        units: usize,
        [response, potential, d_response]: [&[f32]; 3],
        d_drive: &mut [f32],
        workspace: &mut [f32],
    ) {
        let over_time = self.steps * units;
        let (drive_len, response_len) = (self.drive_len(units), self.response_len(units));
        if over_time == 0 {
            return;
        }
        let batch = potential.len() / over_time;
        let membrane = self.membrane();
        let constants = Gradient {
            decay: membrane.decay as f32,
            gain: ((1.0 - membrane.decay) * self.gain_mv / membrane.span_mv) as f32,
            rest_mv: membrane.rest_mv as f32,
            per_span: (1.0 / membrane.span_mv) as f32,
            refractory_steps: membrane.refractory_steps as usize,
            slope: self.slope,
            mean: 1.0 / self.steps as f32,
        };
        let outs = [d_drive, &mut workspace[..batch * units]];
        let cost = batch * over_time * 16;
        parallel::for_each_blocks(batch, outs, [drive_len, units], cost, |example, [d_drive, carry]| {
            let response = &response[example * response_len..][..response_len];
            let potential = &potential[example * over_time..][..over_time];
            let d_response = &d_response[example * response_len..][..response_len];
            carry.fill(0.0);
            if self.drive == Drive::Held {
                d_drive.fill(0.0);
            }
            for step in (0..self.steps).rev() {
                let mut unit = 0;
                while unit + 4 <= units {
                    let at = At { step, unit, units };
                    let mut memory = F32x4::load(&carry[unit..]);
                    let read = |from: &[f32], at: usize| F32x4::load(&from[at..]);
                    let flow =
                        self.flow(&constants, at, [response, potential, d_response], &mut memory, read);
                    memory.store(&mut carry[unit..]);
                    match self.drive {
                        Drive::PerStep => flow.store(&mut d_drive[step * units + unit..]),
                        Drive::Held => (F32x4::load(&d_drive[unit..]) + flow).store(&mut d_drive[unit..]),
                    }
                    unit += 4;
                }
                for unit in unit..units {
                    let at = At { step, unit, units };
                    let read = |from: &[f32], at: usize| from[at];
                    let tensors = [response, potential, d_response];
                    let flow = self.flow(&constants, at, tensors, &mut carry[unit], read);
                    match self.drive {
                        Drive::PerStep => d_drive[step * units + unit] = flow,
                        Drive::Held => d_drive[unit] += flow,
                    }
                }
            }
        });
    }

    /// The gradient of one step's drive; `carry` is what flows back into the step before.
    #[inline(always)]
    fn flow<R: Real>(
        &self,
        constants: &Gradient,
        At { step, unit, units }: At,
        [response, potential, d_response]: [&[f32]; 3],
        carry: &mut R,
        read: impl Fn(&[f32], usize) -> R,
    ) -> R {
        let (zero, one) = (R::splat(0.0), R::splat(1.0));
        let at = step * units + unit;
        let flow = match self.readout() {
            Readout::MeanPotential => *carry + read(d_response, unit) * R::splat(constants.mean),
            Readout::Spikes => {
                let u = (read(potential, at) - R::splat(constants.rest_mv)) * R::splat(constants.per_span);
                let width = one + R::splat(constants.slope) * (u - one).abs();
                let surrogate = one / (width * width);
                let survives = one - read(response, at);
                let flow = *carry * survives + read(d_response, at) * surrogate;
                // A refractory membrane neither listens nor remembers.
                let mut silenced = zero;
                for back in 1..=constants.refractory_steps.min(step) {
                    silenced = silenced + read(response, (step - back) * units + unit);
                }
                R::select(zero.lt(silenced), zero, flow)
            }
        };
        *carry = flow * R::splat(constants.decay);
        flow * R::splat(constants.gain)
    }

    fn drive_len(&self, units: usize) -> usize {
        if self.drive == Drive::Held { units } else { self.steps * units }
    }

    fn response_len(&self, units: usize) -> usize {
        if self.readout() == Readout::Spikes { self.steps * units } else { units }
    }
}

impl Operation for NeuronStep {
    fn name(&self) -> &'static str {
        "neurons"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 1, || "one drive".to_owned(), inputs.len())?;
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
        let (batch, units) = (drive[0], drive[drive.len() - 1]);
        let over_time = vec![batch, self.steps, units];
        Ok(match self.readout() {
            Readout::Spikes => vec![over_time.clone(), over_time],
            Readout::MeanPotential => vec![vec![batch, units], over_time],
        })
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        Self::state_len(inputs[0][0], rows_and_columns(inputs[0]).1)
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        let over_time = inputs[0][0] * self.steps * rows_and_columns(inputs[0]).1;
        12 * over_time as u64
    }
    fn gives_spikes(&self, _: &[bool]) -> bool {
        self.readout() == Readout::Spikes
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangents: &[Option<Cotangent>],
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let Some(dy) = cotangents[0] else { return Ok(vec![None]) };
        let dy = dy.tensor(graph, node.outputs[0])?;
        let inputs = [node.outputs[0], node.outputs[1], dy];
        Ok(vec![Some(graph.apply(Op::NeuronStepGradient(NeuronStepGradient(self.clone())), &inputs)?)])
    }
    fn run(&self, operands: Operands) {
        let Operands { inputs: [drive, ..], shapes, outputs: [response, potential, ..], workspace, .. } =
            operands;
        self.step_through(rows_and_columns(&shapes[0]).1, drive, [response, potential], workspace);
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
        expect(inputs.len() == 3 && inputs[1].len() == 3, || "three inputs over time".to_owned(), inputs)?;
        expect(inputs[0] == inputs[2], || "one shape of response and its gradient".to_owned(), inputs)?;
        let potential = inputs[1];
        Ok(vec![match self.0.drive {
            Drive::Held => vec![potential[0], potential[2]],
            Drive::PerStep => potential.to_vec(),
        }])
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        NeuronStep::state_len(inputs[1][0], inputs[1][2])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        16 * len(inputs[1]) as u64
    }
    fn run(&self, operands: Operands) {
        let Operands { inputs: [response, potential, d_response, ..], shapes, .. } = operands;
        let Operands { outputs: [d_drive, ..], workspace, .. } = operands;
        self.0.step_back_through(shapes[1][2], [response, potential, d_response], d_drive, workspace);
    }
}

#[derive(Clone, Copy)]
struct At {
    step: usize,
    unit: usize,
    units: usize,
}

fn mean_potential(membrane: Membrane, steps: usize, potential: &[f32], mean: &mut [f32]) {
    let (rest, scale) = (membrane.rest_mv as f32, (1.0 / membrane.span_mv) as f32 / steps as f32);
    mean.fill(0.0);
    for step in potential.chunks_exact(mean.len()) {
        for (mean, potential) in mean.iter_mut().zip(step) {
            *mean += potential - rest;
        }
    }
    for mean in mean {
        *mean *= scale;
    }
}
