//! Leaky integrate-and-fire neurons with two exponential synaptic conductances, in one pass.
//!
//! `τ dV/dt = −(V − E_L) + R·I + g_e(E_e − V) + g_i(E_i − V)`, `τ_x dg_x/dt = −g_x`; conductances are in
//! units of the leak, potentials in mV (Vogels & Abbott 2005, conductance-based; Brette et al. 2007,
//! benchmark 1). With the conductances held over a step the solution is known (exponential Euler):
//! `V ← V∞ + (V − V∞)·e^(−(1 + g)·dt/τ)`, `g = g_e + g_i`, `V∞ = (E_L + R·I + g_e·E_e + g_i·E_i)/(1 + g)`.
//! They are held at their value at the beginning of the step, decay exactly, and what arrives is added at
//! its end, as in Brian2. It is what [`super::Composed`] makes of [`Lif`] and two
//! [`crate::snn::synapses::ExponentialConductance`]s, which send their mean over a step instead, without
//! the rows of numbers that go back and forth between neuron and receptors.

use super::{CellKind, Cells, Inbox, Silence, first_not_finite, flush, push_fired};
use crate::describe::Declared;
use crate::digest::Digest;
use crate::kernels::lane::{F32x4, Real};
use crate::neurons::Lif;
use crate::rng::Stream;
use crate::snn::dale::Effect;

/// The neuron and its two receptors: 0 excitatory, 1 inhibitory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LifConductance {
    /// Membrane, threshold and refractory period.
    pub neuron: Lif,
    /// Time constants of the conductances, ms.
    pub synaptic_tau_ms: [f64; 2],
    /// The potentials towards which they pull, mV.
    pub reversal_mv: [f64; 2],
}

impl CellKind for LifConductance {
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
    fn effect(&self, receptor: usize) -> Option<Effect> {
        Some(Effect::of_reversal(self.reversal_mv[receptor], self.neuron.threshold_mv))
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
            rate: (-dt_ms / tau_ms) as f32,
            decay: self.synaptic_tau_ms.map(|tau| libm::exp(-dt_ms / tau) as f32),
            reversal: self.reversal_mv.map(|reversal| (reversal - rest_mv) as f32),
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
    /// −dt/τ.
    rate: f32,
    decay: [f32; 2],
    /// Above rest, mV.
    reversal: [f32; 2],
    reset: f32,
    threshold: f32,
    silence: Silence,
    /// Above rest, mV.
    potential: Vec<f32>,
    /// In units of the leak.
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
        let [rate, reset, threshold] = [self.rate, self.reset, self.threshold].map(F32x4::splat);
        let (now, again) = self.silence.at(step);
        let [towards_e, towards_i] = self.reversal.map(F32x4::splat);
        let [decay_e, decay_i] = self.decay.map(F32x4::splat);
        let one = F32x4::splat(1.0);
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
            let load = one + (e + i);
            let steady = (F32x4::from_array(current) + (e * towards_e + i * towards_i)) / load;
            let integrated = steady + (v - steady) * (rate * load).exp();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::StreamId;
    use crate::snn::cells::{Composed, Receptor};
    use crate::snn::synapses::ExponentialConductance;
    use crate::snn::{BackgroundSpec, NetworkSpec, PopulationSpec};

    const NEURON: Lif =
        Lif { tau_ms: 20.0, rest_mv: -60.0, reset_mv: -60.0, threshold_mv: -50.0, refractory_ms: 5.0 };
    const KIND: LifConductance =
        LifConductance { neuron: NEURON, synaptic_tau_ms: [5.0, 10.0], reversal_mv: [0.0, -80.0] };

    /// The potential of one neuron, mV, after each of `steps` steps in which `weights` arrive at the first.
    fn response(kind: LifConductance, dt_ms: f64, steps: u64, weights: [f32; 2]) -> Vec<f32> {
        let mut cells = kind.build(1, 4, dt_ms, Stream::new(1, StreamId::Firing));
        let (mut inbox, mut fired) = (Inbox::new(2, 1, 4), Vec::new());
        let mut out = [0.0; 4];
        for (receptor, weight) in weights.into_iter().enumerate() {
            inbox.add(receptor, 0, 0, weight);
        }
        (0..steps)
            .map(|step| {
                cells.step(step, &mut inbox, &[0.0; 4], &[], &mut fired);
                cells.potentials(&mut out);
                out[0]
            })
            .collect()
    }

    #[test]
    fn a_conductance_pulls_towards_its_reversal_and_the_step_has_the_first_order() {
        let inhibited = response(KIND, 0.1, 3000, [0.0, 500.0]);
        let lowest = inhibited.iter().copied().fold(0.0, f32::min);
        assert!((-80.0..-79.5).contains(&lowest), "{lowest}");
        // The peak of an excitatory response by steps of 1/1000 ms in f64, without a spike.
        let (mut v, mut g, mut peak) = (0.0f64, 0.2f64, 0.0f64);
        for _ in 0..40_000 {
            v += 0.001 / 20.0 * (-v + g * (60.0 - v));
            g -= 0.001 / 5.0 * g;
            peak = peak.max(v);
        }
        let error = |dt_ms: f64| {
            let steps = response(KIND, dt_ms, (40.0 / dt_ms) as u64, [0.2, 0.0]);
            f64::from(steps.into_iter().fold(-60.0, f32::max)) + 60.0 - peak
        };
        let (coarse, fine) = (error(0.4), error(0.2));
        assert!(fine.abs() < 0.05 && (coarse / fine - 2.0).abs() < 0.2, "{coarse} and {fine} mV");
    }

    #[test]
    fn it_agrees_with_the_composed_cell() {
        let rate = |mut population: PopulationSpec| {
            let spikes = |rate_hz, weight, receptor| BackgroundSpec { rate_hz, weight, receptor };
            population.background = vec![spikes(800.0, 0.2, 0), spikes(100.0, 0.3, 1)];
            let spec = NetworkSpec { populations: vec![population], ..NetworkSpec::new(0.1, 4) };
            let (mut network, mut fired) = (spec.build(1 << 28).expect("a network"), 0);
            while network.time_ms() < 1000.0 {
                network.advance().expect("finite potentials");
                fired += network.spikes()[0].count();
            }
            fired as f64 / 500.0
        };
        let receptor = |tau_ms, reversal_mv| Receptor::new(ExponentialConductance { tau_ms, reversal_mv });
        let receptors = vec![receptor(5.0, 0.0), receptor(10.0, -80.0)];
        let fused = rate(PopulationSpec::new("fused", 500, KIND));
        let composed = rate(PopulationSpec::new("composed", 500, Composed { neuron: NEURON, receptors }));
        assert!(fused > 5.0 && (composed / fused - 1.0).abs() < 0.03, "{fused} and {composed} Hz");
    }
}
