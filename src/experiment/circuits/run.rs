//! A circuit in time: its network, advanced window by window under its stimuli.

use super::Stimulus;
use crate::snn::{Network, NetworkError};

/// See the module.
pub struct Run {
    network: Network,
    stimuli: Vec<Scheduled>,
}

struct Scheduled {
    stimulus: Stimulus,
    /// The population's own current, once the stimulus is on.
    before: Option<f32>,
}

impl Run {
    /// A network and what will be done to it.
    pub fn new(network: Network, stimuli: Vec<Stimulus>) -> Self {
        let stimuli = stimuli.into_iter().map(|stimulus| Scheduled { stimulus, before: None });
        Self { network, stimuli: stimuli.collect() }
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
