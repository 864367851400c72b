//! Leaky integrate-and-fire neurons with exponential synaptic currents, exact together.
//!
//! `τ dV/dt = −(V − E_L) + g_e + g_i + R·I`, `τ_e dg_e/dt = −g_e`, `τ_i dg_i/dt = −g_i`, all in mV
//! (Vogels & Abbott 2005, current-based; Brette et al. 2007, benchmark 2). The system is linear between
//! spikes, so its propagator over one step is known: `V ← V·P + g_e·P_e + g_i·P_i + R·I·(1 − P)` around
//! rest, with `P = e^(−dt/τ)` and `P_x = τ_x/(τ_x − τ)·(e^(−dt/τ_x) − e^(−dt/τ))` (Rotter & Diesmann
//! 1999, Biol. Cybern. 81:381). Spikes arrive at the end of a step.

use super::{CellKind, Cells, Inbox, Silence, first_not_finite, flush, push_fired};
use crate::describe::Declared;
use crate::digest::Digest;
use crate::kernels::lane::{F32x4, Real};
use crate::neurons::Lif;
use crate::rng::Stream;

/// The neuron and the time constants of its two receptors: 0 excitatory, 1 inhibitory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LifCurrent {
    /// Membrane, threshold and refractory period.
    pub neuron: Lif,
    /// Time constants of the currents, ms.
    pub synaptic_tau_ms: [f64; 2],
}

/// The weight of a current that decays with `tau_ms` in the potential one step later.
fn propagator(dt_ms: f64, tau_ms: f64, membrane_ms: f64) -> f64 {
    let slow = libm::exp(-dt_ms / membrane_ms);
    if (tau_ms - membrane_ms).abs() < 1e-9 * membrane_ms {
        // The limit of equal time constants.
        return dt_ms / membrane_ms * slow;
    }
    tau_ms / (tau_ms - membrane_ms) * (libm::exp(-dt_ms / tau_ms) - slow)
}

impl CellKind for LifCurrent {
    fn title(&self) -> &'static str {
        Lif::DECLARATION.title
    }
    fn receptors(&self) -> usize {
        2
    }
    fn largest_dt_ms(&self) -> f64 {
        Lif::DECLARATION.largest_dt_ms
    }
    fn state_len(&self) -> usize {
        4
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
            enter: self.synaptic_tau_ms.map(|tau| propagator(dt_ms, tau, tau_ms) as f32),
            decay: self.synaptic_tau_ms.map(|tau| libm::exp(-dt_ms / tau) as f32),
            drive: (1.0 - libm::exp(-dt_ms / tau_ms)) as f32,
            reset: (reset_mv - rest_mv) as f32,
            threshold: (threshold_mv - rest_mv) as f32,
            silence: Silence::new(libm::round(refractory_ms / dt_ms) as f32),
            potential: vec![0.0; width],
            synaptic: [vec![0.0; width], vec![0.0; width]],
            refractory,
        })
    }
}

#[derive(Clone)]
struct State {
    count: usize,
    rest_mv: f32,
    keep: f32,
    enter: [f32; 2],
    decay: [f32; 2],
    drive: f32,
    reset: f32,
    threshold: f32,
    silence: Silence,
    /// Above rest, mV.
    potential: Vec<f32>,
    synaptic: [Vec<f32>; 2],
    /// From which step on it responds, in the time of `silence`.
    refractory: Vec<f32>,
}

impl State {
    /// Advances all neurons; where nothing arrived there is nothing to add and to clear.
    fn advance<const ARRIVED_E: bool, const ARRIVED_I: bool>(
        &mut self,
        step: u64,
        [in_e, in_i]: [&mut [f32]; 2],
        currents: &[f32],
        fired: &mut Vec<u16>,
    ) {
        let [keep, drive, reset, threshold] =
            [self.keep, self.drive, self.reset, self.threshold].map(F32x4::splat);
        let (now, again) = self.silence.at(step);
        let [enter_e, enter_i] = self.enter.map(F32x4::splat);
        let [decay_e, decay_i] = self.decay.map(F32x4::splat);
        let groups = self.potential.len() / 4;
        let head = |numbers: &[f32]| numbers.len() / 4 >= groups;
        assert!(head(in_e) && head(in_i) && head(currents), "one number for each neuron");
        let [synaptic_e, synaptic_i] = &mut self.synaptic;
        let all = self.potential.as_chunks_mut::<4>().0.iter_mut();
        let all = all.zip(synaptic_e.as_chunks_mut::<4>().0).zip(synaptic_i.as_chunks_mut::<4>().0);
        let all = all.zip(self.refractory.as_chunks_mut::<4>().0);
        let all = all.zip(in_e.as_chunks_mut::<4>().0).zip(in_i.as_chunks_mut::<4>().0);
        let all = all.zip(currents.as_chunks::<4>().0);
        for (group, ((((((v_at, e_at), i_at), r_at), in_e_at), in_i_at), current)) in all.enumerate() {
            let [v, e, i, r] = [&*v_at, &*e_at, &*i_at, &*r_at].map(F32x4::from_array);
            let integrated = v * keep + (e * enter_e + i * enter_i) + F32x4::from_array(current) * drive;
            let v = F32x4::select(r.le(now), integrated, reset);
            *v_at = v.to_array();
            let fires = threshold.le(v);
            if fires.bits() != 0 {
                push_fired(fires, group, fired);
                *v_at = F32x4::select(fires, reset, v).to_array();
                *r_at = F32x4::select(fires, again, r).to_array();
            }
            let (mut e, mut i) = (e * decay_e, i * decay_i);
            if ARRIVED_E {
                e = e + F32x4::from_array(in_e_at);
                *in_e_at = [0.0; 4];
            }
            if ARRIVED_I {
                i = i + F32x4::from_array(in_i_at);
                *in_i_at = [0.0; 4];
            }
            (*e_at, *i_at) = (e.to_array(), i.to_array());
        }
    }
}

impl Cells for State {
    fn step(&mut self, step: u64, inbox: &mut Inbox, currents: &[f32], _: &[f32], fired: &mut Vec<u16>) {
        let (arrived, touched) = inbox.take_both(step);
        match touched {
            [false, false] => self.advance::<false, false>(step, arrived, currents, fired),
            [false, true] => self.advance::<false, true>(step, arrived, currents, fired),
            [true, false] => self.advance::<true, false>(step, arrived, currents, fired),
            [true, true] => self.advance::<true, true>(step, arrived, currents, fired),
        }
    }

    fn settle(&mut self) {
        self.synaptic.iter_mut().for_each(|numbers| flush(numbers));
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
        let [excitatory, inhibitory] = &self.synaptic;
        let all = [&self.potential, excitatory, inhibitory, &self.refractory];
        all.into_iter().fold(digest, |digest, numbers| digest.f32s(&numbers[..self.count]))
    }

    fn boxed(&self) -> Box<dyn Cells> {
        Box::new(self.clone())
    }
}
