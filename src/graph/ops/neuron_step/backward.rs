//! The surrogate gradient through time, from the last step to the first.

use super::forward::PerUnit;
use super::{Drive, Neuron, NeuronStep, Readout};
use crate::kernels::lane::{F32x4, Real};
use crate::neurons::Membrane;
use crate::parallel;

/// What the gradient reads. Of all examples, or of one.
#[derive(Clone, Copy)]
pub(super) struct Forward<'a> {
    pub response: &'a [f32],
    pub potential: &'a [f32],
    pub d_response: &'a [f32],
    /// Read where decays are learned, else empty.
    pub drive: &'a [f32],
    pub per_unit: PerUnit<'a>,
}

/// What it writes: the last two `(batch, units)` where they are learned, else empty.
pub(super) struct Gradients<'a> {
    pub drive: &'a mut [f32],
    pub threshold: &'a mut [f32],
    pub decay: &'a mut [f32],
}

struct Constants {
    membrane: Membrane,
    decay: f32,
    /// `∂u/∂input` of one step.
    gain: f32,
    /// `u` that an input of 1 leads to in the end.
    steady: f32,
    rest_mv: f32,
    per_span: f32,
    /// Where the potential is put by a spike, in the scale of `u`.
    reset: f32,
    /// Infinite for neurons that never fire.
    threshold_mv: f32,
    mean: f32,
}

#[derive(Clone, Copy)]
struct At {
    step: usize,
    unit: usize,
    units: usize,
}

/// Gradients of one step.
struct Flow<R> {
    drive: R,
    threshold: R,
    decay: R,
}

impl NeuronStep {
    fn constants(&self) -> Constants {
        let membrane = self.membrane();
        let (reset_mv, threshold_mv) = match self.neuron {
            Neuron::Lif(model) => (model.reset_mv, model.threshold_mv),
            Neuron::LeakyIntegrator(_) => (membrane.rest_mv, f64::INFINITY),
        };
        Constants {
            membrane,
            decay: membrane.decay as f32,
            gain: ((1.0 - membrane.decay) * self.gain_mv / membrane.span_mv) as f32,
            steady: (self.gain_mv / membrane.span_mv) as f32,
            rest_mv: membrane.rest_mv as f32,
            per_span: (1.0 / membrane.span_mv) as f32,
            reset: ((reset_mv - membrane.rest_mv) / membrane.span_mv) as f32,
            threshold_mv: threshold_mv as f32,
            mean: 1.0 / self.steps as f32,
        }
    }

    pub(super) fn backward(&self, units: usize, forward: Forward, out: Gradients, workspace: &mut [f32]) {
        let over_time = self.steps * units;
        let (drive_len, response_len) = (self.drive_len(units), self.response_len(units));
        if over_time == 0 {
            return;
        }
        let batch = forward.potential.len() / over_time;
        let constants = self.constants();
        let row = |learned: bool| if learned { units } else { 0 };
        let lens = [drive_len, units, row(self.learned.threshold), row(self.learned.decay)];
        let outs = [out.drive, &mut workspace[..batch * units], out.threshold, out.decay];
        let cost = batch * over_time * 16;
        parallel::for_each_blocks(batch, outs, lens, cost, |example, [drive, carry, threshold, decay]| {
            let read_drive = if self.learned.decay { drive_len } else { 0 };
            let forward = Forward {
                response: &forward.response[example * response_len..][..response_len],
                potential: &forward.potential[example * over_time..][..over_time],
                d_response: &forward.d_response[example * response_len..][..response_len],
                drive: &forward.drive[example * read_drive..][..read_drive],
                per_unit: forward.per_unit,
            };
            carry.fill(0.0);
            threshold.fill(0.0);
            decay.fill(0.0);
            if self.drive == Drive::Held {
                drive.fill(0.0);
            }
            for step in (0..self.steps).rev() {
                let mut unit = 0;
                while unit + 4 <= units {
                    let at = At { step, unit, units };
                    let mut memory = F32x4::load(&carry[unit..]);
                    let read = |from: &[f32], at: usize| F32x4::load(&from[at..]);
                    let flow = self.flow(&constants, at, &forward, &mut memory, read);
                    memory.store(&mut carry[unit..]);
                    let add = |flow: F32x4, to: &mut [f32]| (F32x4::load(to) + flow).store(to);
                    match self.drive {
                        Drive::PerStep => flow.drive.store(&mut drive[step * units + unit..]),
                        Drive::Held => add(flow.drive, &mut drive[unit..]),
                    }
                    if self.learned.threshold {
                        add(flow.threshold, &mut threshold[unit..]);
                    }
                    if self.learned.decay {
                        add(flow.decay, &mut decay[unit..]);
                    }
                    unit += 4;
                }
                for unit in unit..units {
                    let at = At { step, unit, units };
                    let read = |from: &[f32], at: usize| from[at];
                    let flow = self.flow(&constants, at, &forward, &mut carry[unit], read);
                    match self.drive {
                        Drive::PerStep => drive[step * units + unit] = flow.drive,
                        Drive::Held => drive[unit] += flow.drive,
                    }
                    if self.learned.threshold {
                        threshold[unit] += flow.threshold;
                    }
                    if self.learned.decay {
                        decay[unit] += flow.decay;
                    }
                }
            }
        });
    }

    /// Gradients of one step; `carry` is what flows back into the step before.
    #[inline(always)]
    fn flow<R: Real>(
        &self,
        constants: &Constants,
        At { step, unit, units }: At,
        forward: &Forward,
        carry: &mut R,
        read: impl Fn(&[f32], usize) -> R,
    ) -> Flow<R> {
        let (zero, one) = (R::splat(0.0), R::splat(1.0));
        let Forward { response, potential, d_response, drive, per_unit } = *forward;
        let at = step * units + unit;
        let u =
            |at: usize| (read(potential, at) - R::splat(constants.rest_mv)) * R::splat(constants.per_span);
        let threshold_mv = per_unit
            .threshold_mv(&constants.membrane, |row| read(row, unit))
            .unwrap_or(R::splat(constants.threshold_mv));
        let spike = |at: usize| match self.readout {
            Readout::Spikes => read(response, at),
            _ => R::select(threshold_mv.le(read(potential, at)), one, zero),
        };
        let mut threshold = zero;
        let flow = if let Neuron::LeakyIntegrator(_) = self.neuron {
            *carry + read(d_response, unit) * R::splat(constants.mean)
        } else {
            let survives = one - spike(at);
            let from_response = match self.readout {
                Readout::MeanPotential => read(d_response, unit) * R::splat(constants.mean),
                Readout::Spikes | Readout::Rate => {
                    let of_units = per_unit.threshold.map_or(one, |row| read(row, unit));
                    let surrogate = self.surrogate.derivative(u(at) - of_units);
                    let d_spike = match self.readout {
                        Readout::Spikes => read(d_response, at),
                        _ => read(d_response, unit) * R::splat(constants.mean),
                    };
                    threshold = -(d_spike * surrogate);
                    d_spike * surrogate
                }
            };
            let flow = *carry * survives + from_response;
            // A refractory membrane neither listens nor remembers.
            let mut silenced = zero;
            for back in 1..=(constants.membrane.refractory_steps as usize).min(step) {
                silenced = silenced + spike((step - back) * units + unit);
            }
            R::select(zero.lt(silenced), zero, flow)
        };
        let Some(row) = per_unit.decay else {
            *carry = flow * R::splat(constants.decay);
            return Flow { drive: flow * R::splat(constants.gain), threshold, decay: zero };
        };
        let decay = read(row, unit);
        let steady = R::splat(constants.steady);
        let driven = read(drive, if self.drive == Drive::Held { unit } else { at }) * steady;
        let before = if step == 0 {
            zero
        } else {
            let at = at - units;
            let fired = zero.lt(spike(at));
            R::select(fired, R::splat(constants.reset), u(at))
        };
        *carry = flow * decay;
        Flow { drive: flow * ((one - decay) * steady), threshold, decay: flow * (before - driven) }
    }
}
