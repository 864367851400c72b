//! Excitable units on which spikes act in the step in which they arrive; who hears nothing costs nothing.
//!
//! What [`super::Composed`] makes of [`Excitable`], but a unit without drive takes no draw: it cannot fire,
//! and draws are counter-based, so nobody misses them. The current is added to what arrives.

use super::{CellKind, Cells, Inbox, Silence, first_not_finite};
use crate::describe::Declared;
use crate::digest::Digest;
use crate::kernels::lane::{F32x4, Real};
use crate::neurons::{Excitable, excitable};
use crate::rng::Stream;

/// The unit; its only receptor takes hazards, [`excitable::hazard`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExcitableUnits {
    /// How long it rests.
    pub unit: Excitable,
}

impl CellKind for ExcitableUnits {
    fn title(&self) -> &'static str {
        Excitable::DECLARATION.title
    }
    fn receptors(&self) -> usize {
        1
    }
    fn largest_dt_ms(&self) -> f64 {
        Excitable::DECLARATION.largest_dt_ms
    }
    fn state_len(&self) -> usize {
        2
    }
    #[allow(private_interfaces, reason = "only this crate makes cells")]
    fn build(&self, count: usize, width: usize, dt_ms: f64, draws: Stream) -> Box<dyn Cells> {
        let mut refractory = vec![0.0; width];
        // Places without a unit stay refractory for ever.
        refractory[count..].fill(f32::INFINITY);
        Box::new(State {
            count,
            draws,
            silence: Silence::new(libm::round(self.unit.refractory_ms / dt_ms) as f32),
            hazard: vec![0.0; width],
            refractory,
        })
    }
}

#[derive(Clone)]
struct State {
    count: usize,
    draws: Stream,
    silence: Silence,
    /// What arrived in the last step.
    hazard: Vec<f32>,
    /// From which step on it responds, in the time of `silence`.
    refractory: Vec<f32>,
}

impl Cells for State {
    fn step(&mut self, step: u64, inbox: &mut Inbox, currents: &[f32], _: &[f32], fired: &mut Vec<u16>) {
        let (now, again) = self.silence.at(step);
        let ([now, ..], [again, ..]) = (now.to_array(), again.to_array());
        let arrived = inbox.at(0, step);
        assert!(arrived.len().min(currents.len()) >= self.hazard.len(), "one number for each unit");
        let all = self.hazard.as_chunks_mut::<4>().0.iter_mut();
        let all = all.zip(self.refractory.as_chunks_mut::<4>().0);
        let all = all.zip(arrived.as_chunks_mut::<4>().0).zip(currents.as_chunks::<4>().0);
        for (group, (((hazard_at, refractory), arrived), current)) in all.enumerate() {
            let hazard = F32x4::from_array(arrived) + F32x4::from_array(current);
            *hazard_at = hazard.to_array();
            *arrived = [0.0; 4];
            if F32x4::splat(0.0).lt(hazard).bits() == 0 {
                continue;
            }
            let chances = excitable::probability(hazard).to_array();
            for (lane, (chance, responds_from)) in chances.into_iter().zip(refractory).enumerate() {
                let unit = 4 * group + lane;
                let drawn = || self.draws.uniform_f32(step, unit as u64);
                if chance > 0.0 && *responds_from <= now && drawn() < chance {
                    fired.push(unit as u16);
                    *responds_from = again;
                }
            }
        }
    }

    fn settle(&mut self) {
        self.silence.settle(&mut self.refractory);
    }

    fn potentials(&self, out: &mut [f32]) {
        for (out, hazard) in out.iter_mut().zip(&self.hazard) {
            *out = *hazard;
        }
    }

    fn set_potentials(&mut self, potentials: &[f32]) {
        for (at, potential) in self.hazard.iter_mut().zip(potentials) {
            *at = *potential;
        }
    }

    fn fault(&self) -> Option<(usize, f32)> {
        first_not_finite(&self.hazard, self.count)
    }

    fn digest(&self, digest: Digest) -> Digest {
        let all = [&self.hazard, &self.refractory];
        all.into_iter().fold(digest, |digest, numbers| digest.f32s(&numbers[..self.count]))
    }

    fn boxed(&self) -> Box<dyn Cells> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snn::cells::Composed;
    use crate::snn::{NetworkSpec, PopulationSpec};

    /// Under a constant drive, which both get in the same step, the draws are the same, and so are the bits.
    #[test]
    fn it_fires_as_the_composed_cell_does() {
        let unit = Excitable { refractory_ms: 3.0 };
        let spikes = |population: PopulationSpec| {
            let population = PopulationSpec { current: 0.2, ..population };
            let spec = NetworkSpec { populations: vec![population], ..NetworkSpec::new(1.0, 4) };
            let (mut network, mut spikes) = (spec.build(1 << 28).expect("a network"), Vec::new());
            while network.time_ms() < 128.0 {
                network.advance().expect("finite");
                network.each_spike(|_, step, unit| spikes.push((step, unit)));
            }
            spikes
        };
        let fast = spikes(PopulationSpec::new("fast", 203, ExcitableUnits { unit }));
        let composed =
            spikes(PopulationSpec::new("composed", 203, Composed { neuron: unit, receptors: Vec::new() }));
        assert_eq!(fast, composed);
        // An interval is three steps of rest and 1/p steps of waiting: p = 1 − e^(−0.2).
        let expected = 203.0 * 128.0 / (3.0 + 1.0 / (1.0 - libm::exp(-0.2)));
        assert!((fast.len() as f64 / expected - 1.0).abs() < 0.06, "{} against {expected}", fast.len());
    }
}
