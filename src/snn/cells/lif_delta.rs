//! Leaky integrate-and-fire neurons whose potential jumps by the weight of each arriving spike.
//!
//! `τ dV/dt = −(V − E_L) + R·I`, `V ← V + J` at each arrival (Brunel 2000, eq. 1 and 2). The step is
//! exact; spikes arrive at its end and are lost on a refractory neuron.

use super::{CellKind, Cells, Inbox, Silence, first_not_finite, push_fired};
use crate::describe::Declared;
use crate::digest::Digest;
use crate::kernels::lane::{F32x4, Real};
use crate::neurons::Lif;
use crate::rng::Stream;

/// The neuron; its only receptor takes weights in mV of either sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LifDelta {
    /// Membrane, threshold and refractory period.
    pub neuron: Lif,
}

impl CellKind for LifDelta {
    fn title(&self) -> &'static str {
        Lif::DECLARATION.title
    }
    fn receptors(&self) -> usize {
        1
    }
    fn largest_dt_ms(&self) -> f64 {
        Lif::DECLARATION.largest_dt_ms
    }
    fn state_len(&self) -> usize {
        2
    }
    #[allow(private_interfaces, reason = "only this crate makes cells")]
    fn build(&self, count: usize, width: usize, dt_ms: f64, _: Stream) -> Box<dyn Cells> {
        let Lif { tau_ms, rest_mv, reset_mv, threshold_mv, refractory_ms } = self.neuron;
        let mut refractory = vec![0.0; width];
        // Places without a neuron stay refractory for ever.
        refractory[count..].fill(f32::INFINITY);
        Box::new(State {
            count,
            rest_mv: rest_mv as f32,
            keep: libm::exp(-dt_ms / tau_ms) as f32,
            drive: (1.0 - libm::exp(-dt_ms / tau_ms)) as f32,
            reset: (reset_mv - rest_mv) as f32,
            threshold: (threshold_mv - rest_mv) as f32,
            silence: Silence::new(libm::round(refractory_ms / dt_ms) as f32),
            potential: vec![0.0; width],
            refractory,
        })
    }
}

#[derive(Clone)]
struct State {
    count: usize,
    rest_mv: f32,
    keep: f32,
    drive: f32,
    reset: f32,
    threshold: f32,
    silence: Silence,
    /// Above rest, mV.
    potential: Vec<f32>,
    /// From which step on it responds, in the time of `silence`.
    refractory: Vec<f32>,
}

impl Cells for State {
    fn step(&mut self, step: u64, inbox: &mut Inbox, currents: &[f32], _: &[f32], fired: &mut Vec<u16>) {
        let [keep, drive, reset, threshold] =
            [self.keep, self.drive, self.reset, self.threshold].map(F32x4::splat);
        let (now, again) = self.silence.at(step);
        let arrived = inbox.at(0, step);
        assert!(arrived.len().min(currents.len()) >= self.potential.len(), "one number for each neuron");
        let all = self.potential.as_chunks_mut::<4>().0.iter_mut();
        let all = all.zip(self.refractory.as_chunks_mut::<4>().0);
        let all = all.zip(arrived.as_chunks_mut::<4>().0).zip(currents.as_chunks::<4>().0);
        for (group, (((v_at, r_at), arrived), current)) in all.enumerate() {
            let [v, r, jump] = [&*v_at, &*r_at, &*arrived].map(F32x4::from_array);
            let integrated = v * keep + F32x4::from_array(current) * drive + jump;
            let v = F32x4::select(r.le(now), integrated, reset);
            *v_at = v.to_array();
            let fires = threshold.le(v);
            if fires.bits() != 0 {
                push_fired(fires, group, fired);
                *v_at = F32x4::select(fires, reset, v).to_array();
                *r_at = F32x4::select(fires, again, r).to_array();
            }
            *arrived = [0.0; 4];
        }
    }

    fn settle(&mut self) {
        self.silence.settle(&mut self.refractory);
    }

    fn potentials(&self, out: &mut [f32]) {
        for (out, potential) in out.iter_mut().zip(&self.potential) {
            *out = self.rest_mv + potential;
        }
    }

    fn set_potentials(&mut self, potentials: &[f32]) {
        for (at, potential) in self.potential.iter_mut().zip(potentials) {
            *at = potential - self.rest_mv;
        }
    }

    fn fault(&self) -> Option<(usize, f32)> {
        first_not_finite(&self.potential, self.count)
    }

    fn digest(&self, digest: Digest) -> Digest {
        let all = [&self.potential, &self.refractory];
        all.into_iter().fold(digest, |digest, numbers| digest.f32s(&numbers[..self.count]))
    }

    fn boxed(&self) -> Box<dyn Cells> {
        Box::new(self.clone())
    }
}
