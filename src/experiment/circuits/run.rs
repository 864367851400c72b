//! A circuit in time: its network, advanced window by window under its stimuli.

use super::Stimulus;
use crate::snn::{Network, NetworkError, NetworkSpec};

/// See the module.
pub struct Run {
    spec: NetworkSpec,
    network: Network,
    stimuli: Vec<Scheduled>,
}

struct Scheduled {
    stimulus: Stimulus,
    /// The population's own current, once the stimulus is on.
    before: Option<f32>,
}

impl Run {
    /// Builds a network, and knows what will be done to it.
    ///
    /// # Errors
    /// As [`NetworkSpec::build`].
    pub fn new(spec: NetworkSpec, stimuli: Vec<Stimulus>, limit_bytes: u64) -> Result<Self, NetworkError> {
        let network = spec.build(limit_bytes)?;
        let stimuli = stimuli.into_iter().map(|stimulus| Scheduled { stimulus, before: None });
        Ok(Self { spec, network, stimuli: stimuli.collect() })
    }

    /// Goes on as the circuit of `spec` would; whether it can, or must be built anew.
    ///
    /// # Errors
    /// As [`Network::retune`]; nothing is changed then.
    pub fn retune(&mut self, spec: NetworkSpec) -> Result<bool, NetworkError> {
        if !self.spec.is_tuned_like(&spec) {
            return Ok(false);
        }
        self.network.retune(&spec)?;
        for Scheduled { stimulus, before } in &mut self.stimuli {
            if before.is_some() {
                let Stimulus { population, neurons, current, .. } = stimulus;
                *before = Some(self.network.current(*population, neurons.start));
                self.network.set_current(*population, neurons.clone(), *current);
            }
        }
        self.spec = spec;
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

    /// One more stimulus; what of it has passed is left out.
    pub fn stimulate(&mut self, stimulus: Stimulus) {
        self.stimuli.push(Scheduled { stimulus, before: None });
    }

    /// Advances by one window, in which stimuli begin and end with the window that they fall into.
    ///
    /// # Errors
    /// As [`Network::advance`].
    pub fn advance(&mut self) -> Result<(), NetworkError> {
        let begin_ms = self.network.time_ms();
        let end_ms = begin_ms + f64::from(self.network.window()) * self.network.dt_ms();
        let network = &mut self.network;
        self.stimuli.retain_mut(|Scheduled { stimulus, before }| {
            let Stimulus { population, neurons, from_ms, until_ms, current } = stimulus;
            if *until_ms <= begin_ms {
                if let Some(before) = before {
                    network.set_current(*population, neurons.clone(), *before);
                }
                return false;
            }
            if *from_ms < end_ms && before.is_none() {
                *before = Some(network.current(*population, neurons.start));
                network.set_current(*population, neurons.clone(), *current);
            }
            true
        });
        self.network.advance()
    }
}
