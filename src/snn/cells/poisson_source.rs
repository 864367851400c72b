//! Neurons that fire by chance alone, each at a rate of its own: what a picture or a sense becomes
//! before it reaches a network.
//!
//! In a step a neuron fires with the probability `1 − e^(−rate·dt)` that a Poisson process has at least
//! one event in it; a second event of the same step is not told apart (at 100 Hz and 0.1 ms one spike
//! in 200 falls there). The draw of a neuron and step depends on nothing else, so neither other rates
//! nor partitions change it.

use super::{CellKind, Cells, Inbox};
use crate::digest::Digest;
use crate::rng::Stream;

/// Sources that all begin with one rate; see [`crate::snn::Network::set_rates`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PoissonSource {
    /// Rate of each neuron, Hz.
    pub rate_hz: f32,
}

impl CellKind for PoissonSource {
    fn title(&self) -> &'static str {
        "Poisson source"
    }
    fn hears(&self) -> bool {
        false
    }

    fn receptors(&self) -> usize {
        0
    }
    fn largest_dt_ms(&self) -> f64 {
        5.0
    }
    fn state_len(&self) -> usize {
        1
    }
    #[allow(private_interfaces, reason = "only this crate makes cells")]
    fn build(&self, count: usize, _: usize, dt_ms: f64, draws: Stream) -> Box<dyn Cells> {
        let mut state = State { dt_ms, draws, chances: vec![0.0; count], active: Vec::new() };
        state.set_rates(&vec![self.rate_hz; count]);
        Box::new(state)
    }
}

#[derive(Clone)]
struct State {
    dt_ms: f64,
    draws: Stream,
    /// Probability of each neuron to fire in a step.
    chances: Vec<f32>,
    /// Groups of four with anybody who can fire.
    active: Vec<u16>,
}

impl Cells for State {
    fn step(&mut self, step: u64, _: &mut Inbox, _: &[f32], _: &[f32], fired: &mut Vec<u16>) {
        for &group in &self.active {
            let first = 4 * usize::from(group);
            let chances = &self.chances[first..(first + 4).min(self.chances.len())];
            let mut drawn = [0.0; 4];
            self.draws.fill_uniform(step, first as u64, &mut drawn);
            for (neuron, (drawn, chance)) in (first as u16..).zip(drawn.iter().zip(chances)) {
                if drawn < chance {
                    fired.push(neuron);
                }
            }
        }
    }

    fn settle(&mut self) {}

    fn potentials(&self, out: &mut [f32]) {
        out.fill(0.0);
    }

    fn set_potentials(&mut self, _: &[f32]) {}

    fn fault(&self) -> Option<(usize, f32)> {
        None
    }

    fn digest(&self, digest: Digest) -> Digest {
        digest.f32s(&self.chances)
    }

    fn boxed(&self) -> Box<dyn Cells> {
        Box::new(self.clone())
    }

    fn set_rates(&mut self, rates_hz: &[f32]) -> bool {
        for (chance, &rate_hz) in self.chances.iter_mut().zip(rates_hz) {
            *chance = -libm::expm1(-f64::from(rate_hz) * self.dt_ms / 1000.0) as f32;
        }
        self.active.clear();
        let groups = (0u16..).zip(self.chances.chunks(4));
        let awake = groups.filter(|(_, chances)| chances.iter().any(|&chance| chance > 0.0));
        self.active.extend(awake.map(|(group, _)| group));
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::snn::cells::PoissonSource;
    use crate::snn::{NetworkSpec, PopulationSpec};

    #[test]
    fn each_neuron_fires_at_its_own_rate() {
        let mut spec = NetworkSpec::new(0.5, 3);
        spec.populations.push(PopulationSpec::new("sources", 10, PoissonSource { rate_hz: 20.0 }));
        let mut network = spec.build(1 << 20).expect("a network");
        let mut rates = [0.0; 10];
        rates[..9].copy_from_slice(&[10.0, 0.0, 60.0, 0.0, 0.0, 0.0, 0.0, 0.0, 5.0]);
        network.set_rates(0, &rates).expect("sources");
        let mut counts = [0u32; 10];
        while network.time_ms() < 50_000.0 {
            network.advance().expect("nothing that could fail");
            network.each_spike(|_, _, neuron| counts[neuron as usize] += 1);
        }
        for (count, rate) in counts.iter().zip(rates) {
            // Poisson: within four deviations of the 50 s; half a percent is lost to second events.
            let mean = 50.0 * f64::from(rate) * (1.0 - 0.0005 * f64::from(rate) / 4.0);
            let apart = (f64::from(*count) - mean).abs();
            assert!(apart <= 4.0 * mean.sqrt(), "{count} spikes at {rate} Hz");
        }
    }
}
