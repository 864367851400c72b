//! Deep rewiring: a fixed number of synapses looks for the places where it is of use.
//!
//! A possible connection has a parameter θ and a fixed sign `s`; it exists while `θ ≥ 0`, with the
//! weight `w = s·θ`. Existing ones walk: `θ ← θ − η·s·∂E/∂w − η·α + √(2ηT)·ν`, `ν` normal. One that
//! crosses zero is withdrawn, and as many are grown at places drawn from the silent ones, with θ = 0
//! (Bellec, Kappel, Maass, Legenstein 2018, algorithm 1). The number of synapses never changes, so
//! memory is bounded by it. The walk is a sampler: noise keeps exploring at any error.
//!
//! Draws are functions of step and place (streams of the caller), so a run can be repeated.
//!
//! ```
//! use cajal::learning::plasticity::{Rewiring, Wiring};
//! use cajal::rng::{Stream, StreamId};
//! let draws = Stream::new(1, StreamId::Weights);
//! let mut wiring = Wiring::new(20, 5, 0.1, draws);
//! Rewiring::default().step(&mut wiring, &[0.0; 5], 0, draws);
//! assert_eq!(wiring.synapses().len(), 5);
//! ```

use super::{learning_rate, number};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Reference, StateVariable, declared_fields,
};
use crate::rng::Stream;
use crate::units::Unit;

/// Parameters of the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rewiring {
    /// η.
    pub learning_rate: f64,
    /// α: pull towards withdrawal.
    pub shrinkage: f64,
    /// T: how strongly connections wander.
    pub temperature: f64,
}

impl Default for Rewiring {
    fn default() -> Self {
        Self { learning_rate: 0.05, shrinkage: 1e-3, temperature: 1e-5 }
    }
}

const BELLEC_2018: Citation = Citation {
    authors: "Bellec, Kappel, Maass, Legenstein",
    year: 2018,
    title: "Deep rewiring: training very sparse deep networks",
    source: "ICLR 2018, arXiv:1711.05136, algorithm 1",
};

impl Declared for Rewiring {
    const DECLARATION: Declaration = Declaration {
        id: "rewiring",
        title: "Rewiring",
        citation: BELLEC_2018,
        equations: &[
            r"w_k = s_k \theta_k",
            r"\theta_k \leftarrow \theta_k - \eta\, s_k \frac{\partial E}{\partial w_k} - \eta\alpha + \sqrt{2\eta T}\,\nu_k",
            r"\theta_k < 0:\; \text{withdraw } k \text{ and grow a silent one with } \theta = 0",
        ],
        parameters: &[
            learning_rate(0.05),
            number("shrinkage", r"\alpha", (0.0, 1.0), 1e-3, "Pull of all connections towards withdrawal."),
            number("temperature", "T", (0.0, 1.0), 1e-5, "How strongly connections wander by chance."),
        ],
        state: &[
            StateVariable {
                key: "place",
                symbol: "k",
                unit: Unit::Count,
                meaning: "Which connection it is.",
            },
            StateVariable {
                key: "theta",
                symbol: r"\theta",
                unit: Unit::One,
                meaning: "Magnitude of the weight.",
            },
        ],
        drive: Unit::One,
        integrator: Integrator::Map,
        largest_dt_ms: 1000.0,
        presets: &[],
        references: &[
            Reference {
                what: "synapses after any step over synapses at the beginning",
                expected: 1.0,
                tolerance: 1e-12,
                unit: Unit::One,
                citation: BELLEC_2018,
            },
            Reference {
                what: "part of the connections of a sparse teacher that are found, from chance places",
                expected: 1.0,
                tolerance: 0.15,
                unit: Unit::One,
                citation: BELLEC_2018,
            },
        ],
        not_biological: "A withdrawn synapse is replaced at once and anywhere, however far the neurons are apart.",
    };
    declared_fields!(learning_rate, shrinkage, temperature);
}

/// One synapse that exists.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grown {
    /// Its place among all possible connections.
    pub place: u32,
    /// θ: magnitude of its weight.
    pub theta: f32,
}

/// Which of the possible connections exist.
#[derive(Clone, Debug, PartialEq)]
pub struct Wiring {
    synapses: Vec<Grown>,
    exists: Vec<bool>,
    signs: Stream,
}

impl Wiring {
    /// `synapses` of `places` possible connections, drawn without repetition, with `theta` each.
    ///
    /// # Panics
    /// Unless some places stay silent: there would be nowhere to grow.
    pub fn new(places: u32, synapses: u32, theta: f32, draws: Stream) -> Self {
        assert!(synapses < places, "expected fewer than {places} synapses, got {synapses}");
        let mut exists = vec![false; places as usize];
        let chosen = draws.sub(0).permutation(0, places);
        let grown = &chosen[..synapses as usize];
        for &place in grown {
            exists[place as usize] = true;
        }
        let synapses = grown.iter().map(|&place| Grown { place, theta }).collect();
        Self { synapses, exists, signs: draws.sub(1) }
    }

    /// The synapses that exist.
    pub fn synapses(&self) -> &[Grown] {
        &self.synapses
    }

    /// The sign of a connection, whether it exists or not.
    pub fn sign(&self, place: u32) -> f32 {
        if self.signs.u32_at(0, u64::from(place)) & 1 == 0 { 1.0 } else { -1.0 }
    }

    /// The weight of a synapse.
    pub fn weight(&self, synapse: Grown) -> f32 {
        self.sign(synapse.place) * synapse.theta
    }

    /// A silent place, drawn by trial; the bound is never met unless nearly all places are taken.
    fn silent(&self, step: u64, synapse: u64, draws: Stream) -> u32 {
        let places = self.exists.len() as u32;
        let trial = |trial: u64| draws.below(step, synapse * TRIALS + trial, places);
        let free = |place: &u32| !self.exists[*place as usize];
        let drawn = (0..TRIALS).map(trial).find(free);
        drawn.unwrap_or_else(|| (0..places).find(free).expect("some place is silent, as Wiring::new asserts"))
    }
}

/// Draws for one new synapse before the first silent place is taken.
const TRIALS: u64 = 64;

impl Rewiring {
    /// Moves all synapses along `gradient` (∂E/∂w of each, in their order) and rewires; gives how many
    /// were withdrawn and grown.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn step(&self, wiring: &mut Wiring, gradient: &[f32], step: u64, draws: Stream) -> usize {
        assert_eq!(gradient.len(), wiring.synapses.len(), "one gradient for each synapse");
        let rate = self.learning_rate as f32;
        let pull = (self.learning_rate * self.shrinkage) as f32;
        let noise = (2.0 * self.learning_rate * self.temperature).sqrt() as f32;
        let (walk, places) = (draws.sub(2), draws.sub(3));
        let mut rewired = 0;
        for (index, &gradient) in gradient.iter().enumerate() {
            let Grown { place, theta } = wiring.synapses[index];
            let along = rate * wiring.sign(place) * gradient;
            let theta = theta - along - pull + noise * walk.normal_f32(step, index as u64);
            wiring.synapses[index].theta = theta;
            if theta < 0.0 {
                // The old place is freed afterwards, so that the synapse really moves.
                let grown = wiring.silent(step, index as u64, places);
                wiring.exists[grown as usize] = true;
                wiring.exists[place as usize] = false;
                wiring.synapses[index] = Grown { place: grown, theta: 0.0 };
                rewired += 1;
            }
        }
        rewired
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::StreamId;

    #[test]
    fn places_are_never_taken_twice() {
        let draws = Stream::new(3, StreamId::Weights);
        let mut wiring = Wiring::new(12, 10, 0.01, draws);
        let rule = Rewiring { temperature: 0.01, ..Rewiring::default() };
        let mut rewired = 0;
        for step in 0..500 {
            rewired += rule.step(&mut wiring, &[0.0; 10], step, draws);
            let mut places: Vec<u32> = wiring.synapses().iter().map(|synapse| synapse.place).collect();
            places.sort_unstable();
            places.dedup();
            assert_eq!(places.len(), 10);
            assert_eq!(wiring.exists.iter().filter(|&&exists| exists).count(), 10);
            assert!(wiring.synapses().iter().all(|synapse| synapse.theta >= 0.0));
        }
        assert!(rewired > 100, "{rewired}");
    }
}
