//! What can be known to be wrong with a network before it is built.

use super::connect::Connect;
use super::dale::Effect;
use super::error::NetworkError;
use super::gaps::GapSpec;
use super::rows::{Delay, Weight};
use super::spec::{NetworkSpec, PopulationSpec, ProjectionSpec};

fn refused<T>(place: &str, what: &'static str, wanted: &str, got: f64) -> Result<T, NetworkError> {
    Err(NetworkError::Value { place: place.to_owned(), what, wanted: wanted.to_owned(), got })
}

impl PopulationSpec {
    fn check(&self, dt_ms: f64) -> Result<(), NetworkError> {
        let (place, largest) = (&self.name, self.cells.largest_dt_ms());
        if !(dt_ms > 0.0 && dt_ms <= largest) {
            return Err(NetworkError::TimeStep { population: place.clone(), largest, dt_ms });
        }
        if self.count == 0 {
            return refused(place, "number of neurons", "at least 1", 0.0);
        }
        if !self.current.is_finite() {
            return refused(place, "current", "finite", f64::from(self.current));
        }
        if let Some((low, high)) = self.initial_mv
            && !(low <= high && low.is_finite() && high.is_finite())
        {
            return refused(place, "range of first potentials", "finite and ascending", f64::from(low));
        }
        for background in &self.background {
            if background.receptor >= self.cells.receptors() {
                let got = background.receptor as f64;
                return refused(place, "receptor of the background", "one that it has", got);
            }
            if !background.weight.is_finite() {
                return refused(place, "weight of the background", "finite", f64::from(background.weight));
            }
        }
        Ok(())
    }
}

impl NetworkSpec {
    /// Checks everything that can be known without building.
    ///
    /// # Errors
    /// With the population or projection and the value that does not do.
    pub fn check(&self) -> Result<(), NetworkError> {
        self.populations.iter().try_for_each(|population| population.check(self.dt_ms))?;
        self.projections.iter().try_for_each(|projection| self.check_projection(projection))?;
        self.gaps.iter().try_for_each(|gaps| self.check_gaps(gaps))
    }

    /// The name of a projection in messages.
    pub(super) fn projection_name(&self, [source, target]: [usize; 2]) -> String {
        let name = |index: usize| self.populations.get(index).map_or("?", |population| &population.name);
        format!("{} → {}", name(source), name(target))
    }

    fn ends(&self, place: &str, ends: [usize; 2]) -> Result<[&PopulationSpec; 2], NetworkError> {
        let (count, wrong) = (self.populations.len(), ends[0].max(ends[1]));
        if wrong >= count {
            return refused(place, "population", &format!("below {count}"), wrong as f64);
        }
        Ok(ends.map(|index| &self.populations[index]))
    }

    fn check_projection(&self, projection: &ProjectionSpec) -> Result<(), NetworkError> {
        let between = [projection.source, projection.target];
        let place = &self.projection_name(between);
        let [source, target] = self.ends(place, between)?;
        let receptors = target.cells.receptors();
        if projection.receptor >= receptors {
            let got = projection.receptor as f64;
            return refused(place, "receptor", &format!("below {receptors}"), got);
        }
        let [_, longest] = projection.delay.steps(self.dt_ms, place)?;
        let dendritic_ms = projection.dendritic_ms;
        let whole = f64::from(longest) * self.dt_ms + dendritic_ms;
        if !(dendritic_ms >= 0.0 && whole <= 255.0 * self.dt_ms) {
            let wanted = format!("from 0 ms, and {} ms at most with the axonal delay", 255.0 * self.dt_ms);
            return refused(place, "dendritic delay", &wanted, dendritic_ms);
        }
        let numbers = match projection.weight {
            Weight::Same(weight) => [weight, 0.0],
            Weight::Normal { mean, sd } => [mean, sd],
            Weight::Uniform { low, high } => [low, high - low],
        };
        if !numbers.iter().all(|number| number.is_finite()) || numbers[1] < 0.0 {
            let wanted = "finite, with a deviation of at least 0";
            return refused(place, "weight", wanted, f64::from(numbers[0]));
        }
        if let Some(effect) = source.effect {
            check_dale(place, effect, projection, target)?;
        }
        if projection.learning.is_some() {
            if !matches!(projection.delay, Delay::Same(_)) {
                return refused(place, "delay of synapses that learn", "one for all", f64::NAN);
            }
            if source.count > 65_536 {
                let got = f64::from(source.count);
                return refused(place, "number of sources of synapses that learn", "up to 65,536", got);
            }
        }
        check_pairs(place, &projection.connect, [source.count, target.count])
    }

    fn check_gaps(&self, gaps: &GapSpec) -> Result<(), NetworkError> {
        let place = &self.projection_name(gaps.between);
        let ends = self.ends(place, gaps.between)?;
        if let Some(closed) = ends.into_iter().find(|population| !population.cells.conducts()) {
            let what = "number of populations of neurons that take no conductance, joined by gap junctions";
            return refused(&closed.name, what, "0", 1.0);
        }
        if !(gaps.conductance >= 0.0 && gaps.conductance.is_finite()) {
            return refused(place, "conductance", "finite and at least 0", f64::from(gaps.conductance));
        }
        if ends[1].count > 65_536 {
            let got = f64::from(ends[1].count);
            return refused(place, "number of neurons with gap junctions", "up to 65,536", got);
        }
        check_pairs(place, &gaps.connect, ends.map(|population| population.count))
    }
}

/// Whether a projection does what its source does everywhere.
fn check_dale(
    place: &str,
    effect: Effect,
    projection: &ProjectionSpec,
    target: &PopulationSpec,
) -> Result<(), NetworkError> {
    let ends = projection.weight.ends();
    // Where the receptor decides, weights are conductances.
    let held = match target.cells.effect(projection.receptor) {
        Some(of_receptor) => of_receptor == effect && ends.iter().all(|&end| end >= 0.0),
        None => ends.iter().all(|&end| effect.holds(end)),
    };
    let wrong = ends.into_iter().find(|&end| !effect.holds(end)).unwrap_or(ends[0]);
    if held { Ok(()) } else { refused(place, "weight", &effect.to_string(), f64::from(wrong)) }
}

fn check_pairs(place: &str, connect: &Connect, [sources, targets]: [u32; 2]) -> Result<(), NetworkError> {
    match connect {
        Connect::Probability { probability, .. } if !(0.0..=1.0).contains(probability) => {
            refused(place, "probability", "from 0 to 1", *probability)
        }
        Connect::Ring { peak, width } if !((0.0..=1.0).contains(peak) && *width > 0.0) => {
            refused(place, "ring", "a peak from 0 to 1 and a width above 0", *width)
        }
        Connect::List(pairs) => match pairs.iter().find(|pair| pair.0 >= sources || pair.1 >= targets) {
            Some(pair) => refused(place, "pair", "within both populations", f64::from(pair.0)),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}
