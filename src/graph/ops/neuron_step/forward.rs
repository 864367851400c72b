//! Neurons stepped through time, four side by side.

use super::{Drive, Learned, NeuronStep, Readout};
use crate::kernels::lane::{F32x4, Real};
use crate::neurons::{MAX_STATE, Membrane, NeuronModel, Stepper};
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
    pub(super) fn forward<M: NeuronModel>(
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
            if self.readout == Readout::Rate {
                response.fill(0.0);
            }
            for step in 0..self.steps {
                let at = step * units;
                let drive = if self.drive == Drive::Held { drive } else { &drive[at..] };
                let mut unit = 0;
                while unit + 4 <= units {
                    let mut state = [F32x4::load(&first[unit..]), F32x4::load(&second[unit..])];
                    let drive_mv = F32x4::load(&drive[unit..]) * F32x4::from_f64(self.gain_mv);
                    let read = |row: &[f32]| F32x4::load(&row[unit..]);
                    let lanes = lanes.with(per_unit.threshold_mv(&membrane, read), per_unit.decay.map(read));
                    let stepped = lanes.step(&mut state, drive_mv);
                    state[0].store(&mut first[unit..]);
                    state[1].store(&mut second[unit..]);
                    stepped.potential.store(&mut potential[at + unit..]);
                    match self.readout {
                        Readout::Spikes => stepped.spike.store(&mut response[at + unit..]),
                        Readout::Rate => {
                            let count = F32x4::load(&response[unit..]) + stepped.spike;
                            count.store(&mut response[unit..]);
                        }
                        Readout::MeanPotential => {}
                    }
                    unit += 4;
                }
                for unit in unit..units {
                    let mut state = [first[unit], second[unit]];
                    let read = |row: &[f32]| row[unit];
                    let scalar =
                        scalar.with(per_unit.threshold_mv(&membrane, read), per_unit.decay.map(read));
                    let stepped = scalar.step(&mut state, drive[unit] * self.gain_mv as f32);
                    [first[unit], second[unit]] = state;
                    potential[at + unit] = stepped.potential;
                    match self.readout {
                        Readout::Spikes => response[at + unit] = stepped.spike,
                        Readout::Rate => response[unit] += stepped.spike,
                        Readout::MeanPotential => {}
                    }
                }
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
