//! Neurons stepped through time, four side by side.

use super::{Drive, Learned, NeuronStep, Readout};
use crate::kernels::each::{padded, put};
use crate::kernels::lane::{F32x4, Real};
use crate::neurons::{LeakyModel, LeakyStepper, Membrane, Stepper};
use crate::parallel;

/// Numbers of single units where they are learned: rows `(units)`.
#[derive(Clone, Copy)]
pub(super) struct PerUnit<'a> {
    /// Thresholds, in the scale of `u`.
    pub threshold: Option<&'a [f32]>,
    /// What a step leaves of the potential.
    pub decay: Option<&'a [f32]>,
}

impl<'a> PerUnit<'a> {
    /// From the inputs of a node that stand behind those of every node.
    pub fn of(learned: Learned, inputs: &[&'a [f32]]) -> Self {
        let decay = usize::from(learned.threshold);
        Self { threshold: learned.threshold.then(|| inputs[0]), decay: learned.decay.then(|| inputs[decay]) }
    }

    /// The thresholds in mV.
    #[inline(always)]
    pub fn threshold_mv<R: Real>(&self, membrane: &Membrane, read: impl FnOnce(&[f32]) -> R) -> Option<R> {
        let (rest, span) = (R::splat(membrane.rest_mv as f32), R::splat(membrane.span_mv as f32));
        self.threshold.map(|threshold| rest + read(threshold) * span)
    }
}

impl NeuronStep {
    /// `drive` → response and potential; `workspace` as [`Self::state_len`] says.
    pub(super) fn forward<M: LeakyModel<Stepper<F32x4>: LeakyStepper<F32x4>>>(
        &self,
        model: &M,
        units: usize,
        (drive, per_unit): (&[f32], PerUnit),
        [response, potential]: [&mut [f32]; 2],
        workspace: &mut [f32],
    ) {
        let over_time = self.steps * units;
        let (drive_len, response_len) = (self.drive_len(units), self.response_len(units));
        if over_time == 0 {
            return;
        }
        let batch = potential.len() / over_time;
        let lanes = model.stepper::<F32x4>(self.dt_ms);
        let membrane = self.membrane();
        let outs = [response, potential, &mut workspace[..Self::state_len(batch, units)]];
        let lens = [response_len, over_time, Self::state_len(1, units)];
        let cost = batch * over_time * 12;
        parallel::for_each_blocks(batch, outs, lens, cost, |example, [response, potential, state]| {
            let drive = &drive[example * drive_len..][..drive_len];
            for (variable, rest) in state.chunks_exact_mut(units).zip(lanes.rest().as_ref()) {
                variable.fill(rest.to_array()[0]);
            }
            if self.readout == Readout::Rate {
                response.fill(0.0);
            }
            // Named again, so that nothing is decided in the loops.
            let none = PerUnit { threshold: None, decay: None };
            let plain = per_unit.threshold.is_none() && per_unit.decay.is_none();
            if self.readout == Readout::Spikes && plain {
                self.steps_forward(lanes, Readout::Spikes, (drive, none), [response, potential], state);
            } else {
                self.steps_forward(lanes, self.readout, (drive, per_unit), [response, potential], state);
            }
            match self.readout {
                Readout::Spikes => {}
                Readout::Rate => {
                    let share = 1.0 / self.steps as f32;
                    response.iter_mut().for_each(|count| *count *= share);
                }
                Readout::MeanPotential => mean_potential(membrane, self.steps, potential, response),
            }
        });
    }
    /// All steps of one example.
    #[inline(always)]
    fn steps_forward<S: LeakyStepper<F32x4>>(
        &self,
        lanes: S,
        readout: Readout,
        (drive, per_unit): (&[f32], PerUnit),
        [response, potential]: [&mut [f32]; 2],
        state: &mut [f32],
    ) {
        let units = potential.len() / self.steps;
        let (membrane, gain) = (self.membrane(), F32x4::from_f64(self.gain));
        for (step, potential) in potential.chunks_exact_mut(units).enumerate() {
            let at = step * units;
            let drive = &drive[if self.drive == Drive::Held { 0 } else { at }..][..units];
            let response = match readout {
                Readout::Spikes => &mut response[at..][..units],
                _ => &mut response[..units],
            };
            for unit in (0..units).step_by(4) {
                let mut here = lanes.rest();
                for (variable, at) in here.as_mut().iter_mut().zip((unit..).step_by(units)) {
                    *variable = padded(&state[at..(at - unit) + units]);
                }
                let read = |row: &[f32]| padded(&row[unit..]);
                let lanes = lanes.with(per_unit.threshold_mv(&membrane, read), per_unit.decay.map(read));
                let stepped = lanes.step_driven(&mut here, padded(&drive[unit..]) * gain);
                for (variable, at) in here.as_ref().iter().zip((unit..).step_by(units)) {
                    put(*variable, &mut state[at..(at - unit) + units]);
                }
                put(stepped.potential, &mut potential[unit..]);
                match readout {
                    Readout::Spikes => put(stepped.spike, &mut response[unit..]),
                    Readout::Rate => put(padded(&response[unit..]) + stepped.spike, &mut response[unit..]),
                    Readout::MeanPotential => {}
                }
            }
        }
    }
}

/// `u`, of potentials in mV, as the mean over the steps.
pub(super) fn mean_potential(membrane: Membrane, steps: usize, potential: &[f32], mean: &mut [f32]) {
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
