//! Numbers of a network that may change while it runs: weights, rates from outside, currents.

use super::error::NetworkError;
use super::inputs::PoissonCounts;
use super::network::Network;
use super::rows::Weight;
use super::spec::{NetworkSpec, ProjectionSpec};

impl NetworkSpec {
    /// Whether a network of this spec can go on as one of `other` by [`Network::retune`]: the same
    /// neurons, pairs and delays, and only weights that all synapses of a projection share, rates and
    /// weights from outside, currents and conductances of junctions differ.
    pub fn is_tuned_like(&self, other: &Self) -> bool {
        let lengths = |spec: &Self| [spec.populations.len(), spec.projections.len(), spec.gaps.len()];
        let populations = self.populations.iter().zip(&other.populations).all(|(one, two)| {
            let receptors = |spec: &super::PopulationSpec| {
                spec.background.iter().map(|background| background.receptor).collect::<Vec<_>>()
            };
            one.count == two.count && (*one.cells).is_same(&*two.cells) && receptors(one) == receptors(two)
        });
        let projections = self.projections.iter().zip(&other.projections).all(|(one, two)| {
            let shared =
                |spec: &ProjectionSpec| spec.learning.is_none() && matches!(spec.weight, Weight::Same(_));
            let learning = |one: &ProjectionSpec, two: &ProjectionSpec| match (&one.learning, &two.learning) {
                (Some(one), Some(two)) => (**one).is_same(&**two),
                (one, two) => one.is_none() && two.is_none(),
            };
            (one.source, one.target, one.receptor) == (two.source, two.target, two.receptor)
                && one.connect == two.connect
                && (one.delay, one.dendritic_ms) == (two.delay, two.dendritic_ms)
                && one.short_term == two.short_term
                && learning(one, two)
                && (one.weight == two.weight || shared(one) && shared(two))
        });
        let gaps = self.gaps.iter().zip(&other.gaps);
        let mut gaps = gaps.map(|(one, two)| one.between == two.between && one.connect == two.connect);
        (self.dt_ms, self.seed) == (other.dt_ms, other.seed)
            && lengths(self) == lengths(other)
            && populations
            && projections
            && gaps.all(|same| same)
    }
}

impl Network {
    /// Takes over the numbers of `spec`, which must be [`NetworkSpec::is_tuned_like`] its own.
    ///
    /// # Errors
    /// As [`NetworkSpec::check`]; nothing is changed then.
    pub fn retune(&mut self, spec: &NetworkSpec) -> Result<(), NetworkError> {
        spec.check()?;
        let counts = |rate_hz: f64, old: &PoissonCounts| {
            PoissonCounts::new(old.stream(), rate_hz * spec.dt_ms / 1000.0).map_err(|_| NetworkError::Value {
                place: "background".to_owned(),
                what: "rate of the background",
                wanted: "from 0 to 1000 spikes a step".to_owned(),
                got: rate_hz,
            })
        };
        // Rates first: they alone can still be refused.
        let mut rates = Vec::new();
        for partition in &self.partitions {
            let tuned = spec.populations[partition.population].background.iter();
            let own = partition.background.iter().zip(tuned);
            rates.push(
                own.map(|(own, tuned)| counts(tuned.rate_hz, &own.counts)).collect::<Result<Vec<_>, _>>()?,
            );
        }
        self.copy = None;
        for (partition, rates) in self.partitions.iter_mut().zip(rates) {
            let tuned = &spec.populations[partition.population];
            for ((own, background), counts) in
                partition.background.iter_mut().zip(&tuned.background).zip(rates)
            {
                (own.weight, own.counts) = (background.weight, counts);
            }
            partition.currents.fill(tuned.current);
            for incoming in &mut partition.incoming {
                if let Weight::Same(weight) = spec.projections[incoming.projection].weight {
                    incoming.weight = weight;
                }
            }
            for gaps in &mut partition.gaps {
                gaps.conductance = spec.gaps[gaps.spec].conductance;
            }
        }
        Ok(())
    }
}
