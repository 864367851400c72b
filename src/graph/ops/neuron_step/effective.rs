//! The gradient through a model that is no leaky membrane: that of a leaky membrane beside it.
//!
//! What is exact: the model's own steps, its spikes, and that a spike silences what came before. What is
//! not: how the drive becomes a spike. A membrane [`Effective`](crate::neurons::Effective) takes the same drive, is put to 0 by the
//! model's spikes and rests while it is refractory; `s'(t) = σ'(ũ(t) − 1)`, with σ' the [`super::Surrogate`], and `ũ`
//! carries the gradient back through time. The mean potential is taken to move as `ũ` does. A rate unit
//! never fires; its gradient is its own, exact. Where nothing should be learned through a neuron,
//! [`super::Surrogate::Frozen`].

use super::{Neuron, NeuronStep, Readout, Surrogate};
use crate::kernels::lane::{F32x4, Real};
use crate::neurons::Membrane;

/// The potential of the effective membrane of four neurons, and the steps for which it still rests.
pub(super) struct Shadow {
    pub u: F32x4,
    pub silent: F32x4,
}

/// Constants of the effective membrane in steps of the input.
#[derive(Clone, Copy, Debug)]
pub(super) struct Follower {
    /// What a step leaves of `ũ`.
    pub decay: f64,
    /// `ũ_∞` for an input of 1, less that for none.
    pub steady: f64,
    /// `ũ_∞` for no input.
    pub base: f64,
    /// Steps of rest after a spike.
    pub refractory_steps: u32,
}

impl NeuronStep {
    /// Whether an effective membrane follows the neurons, for the gradient to read.
    pub(super) fn is_followed(&self) -> bool {
        !self.neuron.is_leaky() && self.neuron.fires() && self.surrogate != Surrogate::Frozen
    }

    /// Whether spikes are kept for the gradient beside a response that is another.
    pub(super) fn keeps_spikes(&self) -> bool {
        self.is_followed() && self.readout != Readout::Spikes
    }

    /// Whether the gradient reads the drive.
    pub(super) fn gradient_reads_drive(&self) -> bool {
        self.learned.decay || matches!(self.neuron, Neuron::Rate(_))
    }

    pub(super) fn follower(&self) -> Follower {
        let effective = self.neuron.effective();
        // What a rate unit is drawn to follows the drive by a slope of its own, found for each drive.
        let scale = if self.neuron.fires() { effective.scale } else { 1.0 };
        Follower {
            decay: libm::exp(-self.dt_ms / effective.tau_ms),
            steady: self.gain / scale,
            base: 1.0 - effective.threshold / effective.scale,
            refractory_steps: libm::round(effective.refractory_ms / self.dt_ms) as u32,
        }
    }
}

impl Follower {
    /// The membrane that the gradient through time goes through, in the scale of `ũ`.
    pub fn membrane(&self) -> Membrane {
        let Self { decay, refractory_steps, .. } = *self;
        Membrane { decay, rest_mv: 0.0, span_mv: 1.0, refractory_steps }
    }

    /// `ũ` after a step of `input`, before the neuron's own `spike` puts it to 0.
    #[inline(always)]
    pub fn step(&self, shadow: &mut Shadow, input: F32x4, spike: F32x4) -> F32x4 {
        let (zero, one) = (F32x4::splat(0.0), F32x4::splat(1.0));
        let steady = F32x4::from_f64(self.base) + input * F32x4::from_f64(self.steady);
        let moved = steady + (shadow.u - steady) * F32x4::from_f64(self.decay);
        let u = F32x4::select(zero.lt(shadow.silent), zero, moved);
        let fired = zero.lt(spike);
        let refractory = F32x4::splat(self.refractory_steps as f32);
        shadow.silent = F32x4::select(fired, refractory, (shadow.silent - one).max(zero));
        shadow.u = F32x4::select(fired, zero, u);
        u
    }
}
