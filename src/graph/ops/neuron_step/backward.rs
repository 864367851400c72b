//! The surrogate gradient through time, from the last step to the first.

use super::forward::PerUnit;
use super::{Drive, Learned, Neuron, NeuronStep, Readout, Surrogate};
use crate::kernels::each::{each_here, padded, put};
use crate::kernels::lane::{F32x4, Real};
use crate::neurons::Membrane;
use crate::parallel;

/// What the gradient reads. Of all examples, or of one.
#[derive(Clone, Copy)]
pub(super) struct Forward<'a> {
    pub response: &'a [f32],
    /// In mV; of an effective membrane `ũ`.
    pub potential: &'a [f32],
    pub d_response: &'a [f32],
    /// Read where decays are learned and of rate units, else empty.
    pub drive: &'a [f32],
    /// Of neurons that are no leaky membranes; those of others follow from the potential.
    pub spikes: &'a [f32],
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

/// What decides which code runs; of the usual neurons known where the loops are compiled.
#[derive(Clone, Copy)]
struct Kind<S> {
    fires: bool,
    /// Whether spikes are read: no threshold of the potential tells of them.
    reads_spikes: bool,
    readout: Readout,
    learned: Learned,
    /// The derivative of a spike by the distance to threshold.
    surrogate: S,
}

/// Gradients of one step.
struct Flow {
    drive: F32x4,
    threshold: F32x4,
    decay: F32x4,
}

impl NeuronStep {
    fn constants(&self) -> Constants {
        let follower = (!self.neuron.is_leaky()).then(|| self.follower());
        let membrane = follower.map_or_else(|| self.membrane(), |follower| follower.membrane());
        let (reset_mv, threshold_mv) = match self.neuron {
            Neuron::Lif(model) => (model.reset_mv, model.threshold_mv),
            _ => (membrane.rest_mv, f64::INFINITY),
        };
        let (gain, steady) = match follower {
            None => {
                let gain = (1.0 - membrane.decay) * self.gain / membrane.span_mv;
                (gain, self.gain / membrane.span_mv)
            }
            Some(follower) => ((1.0 - membrane.decay) * follower.steady, follower.steady),
        };
        Constants {
            membrane,
            decay: membrane.decay as f32,
            gain: gain as f32,
            steady: steady as f32,
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
            let read_drive = if self.gradient_reads_drive() { drive_len } else { 0 };
            let read_spikes = if self.keeps_spikes() { over_time } else { 0 };
            let forward = Forward {
                response: &forward.response[example * response_len..][..response_len],
                potential: &forward.potential[example * over_time..][..over_time],
                d_response: &forward.d_response[example * response_len..][..response_len],
                drive: &forward.drive[example * read_drive..][..read_drive],
                spikes: &forward.spikes[example * read_spikes..][..read_spikes],
                per_unit: forward.per_unit,
            };
            let gradients = Gradients { drive: &mut *drive, threshold, decay };
            let kind = Kind {
                fires: self.neuron.fires(),
                reads_spikes: self.keeps_spikes(),
                readout: self.readout,
                learned: self.learned,
                surrogate: |x| self.surrogate.derivative(x),
            };
            let none = Learned::default();
            let usual = kind.fires && kind.readout == Readout::Spikes && kind.learned == none;
            match self.surrogate {
                // The usual neurons are named again, so that nothing is decided in the loops.
                Surrogate::FastSigmoid { slope } if usual => {
                    let surrogate = |x| Surrogate::FastSigmoid { slope }.derivative(x);
                    let (readout, learned) = (Readout::Spikes, none);
                    let kind = Kind { fires: true, reads_spikes: false, readout, learned, surrogate };
                    self.steps_back(kind, &constants, units, forward, gradients, carry);
                }
                _ => self.steps_back(kind, &constants, units, forward, gradients, carry),
            }
            if let Neuron::Rate(model) = &self.neuron {
                let gain = F32x4::from_f64(self.gain);
                each_here([forward.drive], [drive], |[input], [gradient]| {
                    [gradient * model.slope(input * gain)]
                });
            }
        });
    }

    /// The gradients of one example.
    #[inline(always)]
    fn steps_back(
        &self,
        kind: Kind<impl Fn(F32x4) -> F32x4>,
        constants: &Constants,
        units: usize,
        forward: Forward,
        Gradients { drive, threshold, decay }: Gradients,
        carry: &mut [f32],
    ) {
        carry.fill(0.0);
        threshold.fill(0.0);
        decay.fill(0.0);
        if self.drive == Drive::Held {
            drive.fill(0.0);
        }
        for step in (0..self.steps).rev() {
            for unit in (0..units).step_by(4) {
                let some = 4.min(units - unit);
                let mut memory = padded(&carry[unit..]);
                let flow = self.flow(&kind, constants, At { step, unit, units }, &forward, &mut memory);
                put(memory, &mut carry[unit..]);
                let add = |flow: F32x4, to: &mut [f32]| put(padded(to) + flow, to);
                match self.drive {
                    Drive::PerStep => put(flow.drive, &mut drive[step * units + unit..][..some]),
                    Drive::Held => add(flow.drive, &mut drive[unit..]),
                }
                if kind.learned.threshold {
                    add(flow.threshold, &mut threshold[unit..]);
                }
                if kind.learned.decay {
                    add(flow.decay, &mut decay[unit..]);
                }
            }
        }
    }

    /// Gradients of one step; `carry` is what flows back into the step before.
    #[inline(always)]
    fn flow(
        &self,
        kind: &Kind<impl Fn(F32x4) -> F32x4>,
        constants: &Constants,
        At { step, unit, units }: At,
        forward: &Forward,
        carry: &mut F32x4,
    ) -> Flow {
        type R = F32x4;
        // Beyond the last unit lies what nobody looks at.
        let read = |from: &[f32], at: usize| padded(&from[at..]);
        let (zero, one) = (R::splat(0.0), R::splat(1.0));
        let Forward { response, potential, d_response, drive, spikes, per_unit } = *forward;
        let per_unit = PerUnit {
            threshold: per_unit.threshold.filter(|_| kind.learned.threshold),
            decay: per_unit.decay.filter(|_| kind.learned.decay),
        };
        let at = step * units + unit;
        let u =
            |at: usize| (read(potential, at) - R::splat(constants.rest_mv)) * R::splat(constants.per_span);
        let threshold_mv = per_unit
            .threshold_mv(&constants.membrane, |row| read(row, unit))
            .unwrap_or(R::splat(constants.threshold_mv));
        let spike = |at: usize| match kind.readout {
            Readout::Spikes => read(response, at),
            _ if kind.reads_spikes => read(spikes, at),
            _ => R::select(threshold_mv.le(read(potential, at)), one, zero),
        };
        let mut threshold = zero;
        let flow = if !kind.fires {
            *carry + read(d_response, unit) * R::splat(constants.mean)
        } else {
            let survives = one - spike(at);
            let from_response = match kind.readout {
                Readout::MeanPotential => read(d_response, unit) * R::splat(constants.mean),
                Readout::Spikes | Readout::Rate => {
                    let of_units = per_unit.threshold.map_or(one, |row| read(row, unit));
                    let surrogate = (kind.surrogate)(u(at) - of_units);
                    let d_spike = match kind.readout {
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
