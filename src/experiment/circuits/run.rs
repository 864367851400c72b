//! A circuit in time: its network, advanced window by window under its stimuli.

use super::Stimulus;
use crate::snn::{Network, NetworkError, NetworkSpec};
use core::ops::Range;

/// See the module.
pub struct Run {
    spec: NetworkSpec,
    network: Network,
    /// What the circuit itself says that is done to it.
    planned: Vec<Stimulus>,
    scheduled: Vec<Scheduled>,
}

#[derive(Clone)]
struct Scheduled {
    stimulus: Stimulus,
    /// The current comes on top of what the neurons get anyway, instead of in its place.
    added: bool,
    on: bool,
}

impl Scheduled {
    fn planned(stimulus: &Stimulus) -> Self {
        Self { stimulus: stimulus.clone(), added: false, on: false }
    }
}

impl Run {
    /// Builds a network, and knows what will be done to it.
    ///
    /// # Errors
    /// As [`NetworkSpec::build`].
    pub fn new(spec: NetworkSpec, stimuli: Vec<Stimulus>, limit_bytes: u64) -> Result<Self, NetworkError> {
        let network = spec.build(limit_bytes)?;
        let scheduled = stimuli.iter().map(Scheduled::planned).collect();
        Ok(Self { spec, network, planned: stimuli, scheduled })
    }

    /// Whether what a circuit says that is done to it may become `after` at that time: what is over in one
    /// of both is over in the other, and was the same.
    pub fn may_replace(before: &[Stimulus], after: &[Stimulus], time_ms: f64) -> bool {
        let over = |stimuli: &[Stimulus]| {
            stimuli.iter().filter(|stimulus| stimulus.until_ms <= time_ms).cloned().collect::<Vec<_>>()
        };
        over(before) == over(after)
    }

    /// Goes on as the circuit of `spec` would, to which `stimuli` are done; whether it can, or must be
    /// built anew.
    ///
    /// # Errors
    /// As [`Network::retune`]; nothing is changed then.
    pub fn retune(&mut self, spec: NetworkSpec, stimuli: Vec<Stimulus>) -> Result<bool, NetworkError> {
        let replaces = Self::may_replace(&self.planned, &stimuli, self.network.time_ms());
        if !self.spec.is_tuned_like(&spec) || !replaces {
            return Ok(false);
        }
        // Sets all currents to those of the populations.
        self.network.retune(&spec)?;
        self.spec = spec;
        if self.planned != stimuli {
            let by_hand = self.scheduled.iter().filter(|scheduled| scheduled.added).cloned();
            let still = stimuli.iter().filter(|stimulus| stimulus.until_ms > self.network.time_ms());
            self.scheduled = still.map(Scheduled::planned).chain(by_hand).collect();
            self.planned = stimuli;
        }
        self.apply();
        Ok(true)
    }

    /// The network as it is.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The same, to be changed.
    pub fn network_mut(&mut self) -> &mut Network {
        &mut self.network
    }

    /// What it is made of.
    pub fn spec(&self) -> &NetworkSpec {
        &self.spec
    }

    /// What the circuit itself says that is done to it.
    pub fn planned(&self) -> &[Stimulus] {
        &self.planned
    }

    /// One more stimulus; what of it has passed is left out. Where several reach a neuron, the last holds.
    pub fn stimulate(&mut self, stimulus: Stimulus) {
        self.scheduled.push(Scheduled { stimulus, added: false, on: false });
    }

    /// One more stimulus whose current is added to what its neurons get.
    pub fn add(&mut self, stimulus: Stimulus) {
        self.scheduled.push(Scheduled { stimulus, added: true, on: false });
    }

    /// Advances by one window, in which stimuli begin and end with the window that they fall into.
    ///
    /// # Errors
    /// As [`Network::advance`].
    pub fn advance(&mut self) -> Result<(), NetworkError> {
        let begin_ms = self.network.time_ms();
        let end_ms = begin_ms + f64::from(self.network.window()) * self.network.dt_ms();
        let mut ended: Vec<(usize, Range<u32>)> = Vec::new();
        self.scheduled.retain(|Scheduled { stimulus, on, .. }| {
            let over = stimulus.until_ms <= begin_ms;
            if over && *on {
                ended.push((stimulus.population, stimulus.neurons.clone()));
            }
            !over
        });
        let mut begins = false;
        for Scheduled { stimulus, on, .. } in &mut self.scheduled {
            if stimulus.from_ms < end_ms && !*on {
                (*on, begins) = (true, true);
            }
        }
        if begins || !ended.is_empty() {
            // Those that go on may overlap with what begins or ends: all are put on again.
            let on = self.scheduled.iter().filter(|scheduled| scheduled.on);
            ended
                .extend(on.map(|Scheduled { stimulus, .. }| (stimulus.population, stimulus.neurons.clone())));
            for (population, neurons) in ended {
                self.network.set_current(population, neurons, self.spec.populations[population].current);
            }
            self.apply();
        }
        self.network.advance()
    }

    /// Puts on what is on, over the populations' own currents.
    fn apply(&mut self) {
        for Scheduled { stimulus, added, .. } in self.scheduled.iter().filter(|scheduled| scheduled.on) {
            let Stimulus { population, neurons, current, .. } = stimulus;
            if !added {
                self.network.set_current(*population, neurons.clone(), *current);
            }
        }
        for Scheduled { stimulus, added, .. } in self.scheduled.iter().filter(|scheduled| scheduled.on) {
            let &Stimulus { population, ref neurons, current, .. } = stimulus;
            if *added {
                let end = neurons.end.min(self.spec.populations[population].count);
                for neuron in neurons.start..end {
                    let sum = self.network.current(population, neuron) + current;
                    self.network.set_current(population, neuron..neuron + 1, sum);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::build;
    use super::*;

    fn stimulus(from_ms: f64, until_ms: f64, current: f32) -> Stimulus {
        Stimulus { population: 0, neurons: 2..4, from_ms, until_ms, current }
    }

    #[test]
    fn stimuli_overlap_and_leave_what_was_before() {
        let mut run = build("half-centre", &[], 1, 1 << 24).expect("a circuit");
        let own = run.network().current(0, 2);
        run.add(stimulus(0.0, 10.0, 5.0));
        run.add(stimulus(4.0, 20.0, 7.0));
        run.stimulate(stimulus(6.0, 8.0, 100.0));
        let seen = [(1.0, own + 5.0), (5.0, own + 12.0), (7.0, 112.0), (9.0, own + 12.0), (15.0, own + 7.0)];
        for (time_ms, current) in seen.into_iter().chain([(25.0, own)]) {
            while run.network().time_ms() < time_ms {
                run.advance().expect("finite");
            }
            assert_eq!(run.network().current(0, 3), current, "{time_ms} ms");
            assert_eq!(run.network().current(0, 4), own);
        }
    }

    #[test]
    fn stimuli_of_a_circuit_follow_its_parameters_until_they_are_over() {
        let entry = super::super::entry("population-vector").expect("listed");
        let mut run = build("population-vector", &[("direction_deg", 0.0)], 1, 1 << 24).expect("a circuit");
        run.advance().expect("finite");
        let before = run.network().current(0, 0);
        let (spec, stimuli) = entry.spec(&[("direction_deg", 180.0)], 1).expect("in range");
        assert_eq!(run.retune(spec, stimuli), Ok(true));
        run.advance().expect("finite");
        assert!(run.network().current(0, 0) < before - 1.0, "it prefers the opposite direction");

        let entry = super::super::entry("ring-attractor").expect("listed");
        let values = |cue: f64| [("count", 64.0), ("cue_deg", cue)];
        let mut run = build("ring-attractor", &values(90.0), 1, 1 << 24).expect("a circuit");
        let retune = |run: &mut Run, cue| {
            let (spec, stimuli) = entry.spec(&values(cue), 1).expect("in range");
            run.retune(spec, stimuli)
        };
        assert_eq!(retune(&mut run, 200.0), Ok(true));
        while run.network().time_ms() < 800.0 {
            run.advance().expect("finite");
        }
        assert_eq!(retune(&mut run, 90.0), Ok(false), "the cue is over");
    }
}
