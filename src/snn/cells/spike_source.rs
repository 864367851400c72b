//! Neurons that fire when a list says so: recorded trains, or those of a model elsewhere.
//!
//! They have no potential and no receptor. A spike at `t` falls into the step `n` with
//! `n·dt ≤ t < (n + 1)·dt`; two of one neuron in one step are one.
//!
//! ```
//! use cajal::snn::NetworkSpec;
//! use cajal::snn::cells::SpikeSource;
//! let mut spec = NetworkSpec::new(0.1, 1);
//! spec.populations.push(SpikeSource::population("ear", &[vec![0.5, 2.0], vec![1.0]])?);
//! let mut network = spec.build(1 << 20)?;
//! network.advance()?;
//! assert_eq!(network.spikes()[0].count(), 3);
//! let error = SpikeSource::population("ear", &[vec![2.0, 1.0]]).unwrap_err();
//! assert!(error.to_string().starts_with("ear: spike 1 of train 0 at 1 ms"));
//! # Ok::<(), cajal::snn::NetworkError>(())
//! ```

use super::{CellKind, Cells, Inbox};
use crate::digest::Digest;
use crate::rng::Stream;
use crate::snn::inputs::{InputError, SpikeList};
use crate::snn::{NetworkError, PopulationSpec, WIDEST};
use std::sync::Arc;

/// The times of each neuron, ms, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct SpikeSource {
    trains: Arc<[Vec<f64>]>,
}

/// The shortest step in which times are told apart, ms: lists may last for 26 days.
const FINEST_MS: f64 = 1e-6;

impl SpikeSource {
    fn new(trains: &[Vec<f64>]) -> Result<Self, InputError> {
        SpikeList::new(trains, FINEST_MS)?;
        Ok(Self { trains: trains.into() })
    }

    /// A population of this name, with a neuron for each list of times in ms.
    ///
    /// # Errors
    /// If a time is negative, not a number or before the one in front of it, or if there is no list or
    /// more than a partition holds.
    pub fn population(name: &str, trains: &[Vec<f64>]) -> Result<PopulationSpec, NetworkError> {
        if !(1..=WIDEST).contains(&trains.len()) {
            let (place, wanted) = (name.to_owned(), format!("from 1 to {WIDEST}"));
            let got = trains.len() as f64;
            return Err(NetworkError::Value { place, what: "number of spike trains", wanted, got });
        }
        let fault = |source| NetworkError::SpikeTrain { population: name.to_owned(), source };
        let cells = Self::new(trains).map_err(fault)?;
        Ok(PopulationSpec::new(name, trains.len() as u32, cells))
    }
}

impl CellKind for SpikeSource {
    fn title(&self) -> &'static str {
        "Spike source"
    }
    fn receptors(&self) -> usize {
        0
    }
    fn largest_dt_ms(&self) -> f64 {
        10.0
    }
    fn state_len(&self) -> usize {
        0
    }
    #[allow(private_interfaces, reason = "only this crate makes cells")]
    fn build(&self, count: usize, _width: usize, dt_ms: f64, _: Stream) -> Box<dyn Cells> {
        let list = SpikeList::new(&self.trains, dt_ms.max(FINEST_MS))
            .unwrap_or_else(|why| panic!("times that were checked: {why}"));
        let mut events: Vec<(u64, u16)> = list
            .events()
            .iter()
            .filter(|event| (event.1 as usize) < count)
            .map(|&(step, train)| (step, train as u16))
            .collect();
        events.dedup();
        Box::new(State { events: events.into(), next: 0 })
    }
}

#[derive(Clone)]
struct State {
    /// `(step, neuron)`, sorted.
    events: Arc<[(u64, u16)]>,
    next: usize,
}

impl Cells for State {
    fn step(&mut self, step: u64, _: &mut Inbox, _: &[f32], _: &[f32], fired: &mut Vec<u16>) {
        while let Some(&(at, neuron)) = self.events.get(self.next)
            && at <= step
        {
            fired.push(neuron);
            self.next += 1;
        }
    }

    fn settle(&mut self) {}

    fn potentials(&self, out: &mut [f32]) {
        out.fill(0.0);
    }

    fn set_potentials(&mut self, _potentials: &[f32]) {}

    fn fault(&self) -> Option<(usize, f32)> {
        None
    }

    fn digest(&self, digest: Digest) -> Digest {
        let left = &self.events[self.next..];
        left.iter().fold(digest, |digest, &(step, neuron)| digest.u64(step).u64(u64::from(neuron)))
    }

    fn boxed(&self) -> Box<dyn Cells> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snn::NetworkSpec;

    #[test]
    fn neurons_fire_in_the_steps_of_their_lists() {
        let trains = [vec![0.3, 5.0], vec![], vec![0.35, 0.36, 12.0]];
        let mut spec = NetworkSpec::new(0.1, 1);
        spec.populations.push(SpikeSource::population("source", &trains).expect("in order"));
        let mut network = spec.build(1 << 20).expect("a network");
        let mut spikes = Vec::new();
        while network.time_ms() < 20.0 {
            network.advance().expect("no potentials");
            network.each_spike(|_, step, neuron| spikes.push((step, neuron)));
        }
        assert_eq!(spikes, [(3, 0), (3, 2), (50, 0), (120, 2)]);
    }

    #[test]
    fn bad_lists_are_refused_with_the_population() {
        let refused = |trains: &[Vec<f64>]| SpikeSource::population("ear", trains).unwrap_err();
        let error = refused(&[vec![1.0], vec![2.0, 1.5]]);
        let NetworkError::SpikeTrain { population, source } = &error else { panic!("{error}") };
        assert_eq!(population, "ear");
        assert_eq!(*source, InputError::SpikeOrder { train: 1, index: 1, time_ms: 1.5, before_ms: 2.0 });
        assert!(matches!(refused(&[vec![f64::NAN]]), NetworkError::SpikeTrain { .. }));
        assert!(refused(&[]).to_string().contains("from 1 to 8192, not 0"));
        assert!(matches!(refused(&vec![vec![]; 8193]), NetworkError::Value { .. }));
    }
}
