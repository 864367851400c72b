//! What a network is built from: populations, projections, and how they are checked, counted and built.

use super::WIDEST;
use super::cells::CellKind;
use super::connect::{Connect, Part};
use super::error::NetworkError;
use super::inbox::Inbox;
use super::inputs::PoissonCounts;
use super::network::{LONGEST_WINDOW, Network, Spikes};
use super::partition::{Background, Incoming, Partition};
use super::rows::{Delay, Rows, Weight};
use crate::parallel;
use crate::rng::{Stream, StreamId};

/// Neurons of one kind.
#[derive(Debug)]
pub struct PopulationSpec {
    /// Name in messages and plots.
    pub name: String,
    /// How many.
    pub count: u32,
    /// What they are.
    pub cells: Box<dyn CellKind>,
    /// Potentials to begin with, uniform between these, mV; at rest where nothing is said.
    pub initial_mv: Option<(f32, f32)>,
    /// A current into every neuron, in the unit of the model's drive.
    pub current: f32,
    /// Spikes from outside.
    pub background: Vec<BackgroundSpec>,
}

impl PopulationSpec {
    /// `count` neurons of this kind, at rest and without input.
    pub fn new(name: &str, count: u32, cells: impl CellKind + 'static) -> Self {
        Self {
            name: name.to_owned(),
            count,
            cells: Box::new(cells),
            initial_mv: None,
            current: 0.0,
            background: Vec::new(),
        }
    }
}

/// Independent Poisson spikes into each neuron of a population.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BackgroundSpec {
    /// All sources of a neuron together, Hz.
    pub rate_hz: f64,
    /// Of each spike.
    pub weight: f32,
    /// Place in the list of the neuron's receptors.
    pub receptor: usize,
}

/// Synapses from one population to another.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectionSpec {
    /// Index of the source population.
    pub source: usize,
    /// Index of the target population.
    pub target: usize,
    /// Place in the list of the target's receptors.
    pub receptor: usize,
    /// Who is connected with whom.
    pub connect: Connect,
    /// How strongly.
    pub weight: Weight,
    /// How late.
    pub delay: Delay,
}

impl ProjectionSpec {
    /// Synapses from one population to another, by their places in the list, onto the receptor in that
    /// place, all alike.
    pub fn new(
        [source, target]: [usize; 2],
        receptor: usize,
        connect: Connect,
        weight: f32,
        delay_ms: f64,
    ) -> Self {
        let (weight, delay) = (Weight::Same(weight), Delay::Same(delay_ms));
        Self { source, target, receptor, connect, weight, delay }
    }
}

/// What a network is built from.
#[derive(Debug)]
pub struct NetworkSpec {
    /// Length of a step, ms.
    pub dt_ms: f64,
    /// Of everything that is drawn.
    pub seed: u64,
    /// Groups of neurons.
    pub populations: Vec<PopulationSpec>,
    /// What connects them.
    pub projections: Vec<ProjectionSpec>,
}

/// The bytes of a network before it is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Synapses, about where they are drawn.
    pub synapses: u64,
    /// Bytes of synapses: targets, weights, delays, and where rows begin.
    pub synapse_bytes: u64,
    /// Bytes of neurons and of what is on its way to them.
    pub neuron_bytes: u64,
}

impl Estimate {
    /// All of it.
    pub fn bytes(self) -> u64 {
        self.synapse_bytes + self.neuron_bytes
    }
}

/// Sizes of the partitions of a population: as few as possible, as equal as possible.
fn split(count: u32) -> impl Iterator<Item = (u32, u32)> {
    let parts = count.div_ceil(WIDEST as u32).max(1);
    (0..parts).map(move |part| {
        let at = |part: u32| (u64::from(count) * u64::from(part) / u64::from(parts)) as u32;
        (at(part), at(part + 1) - at(part))
    })
}

fn width(count: u32) -> usize {
    // Full partitions have one width, which the compiler knows.
    if count as usize > WIDEST / 2 { WIDEST } else { (count as usize).next_multiple_of(4) }
}

impl NetworkSpec {
    /// A network without anything in it.
    pub fn new(dt_ms: f64, seed: u64) -> Self {
        Self { dt_ms, seed, populations: Vec::new(), projections: Vec::new() }
    }

    /// Checks everything that can be known without building.
    ///
    /// # Errors
    /// With the population or projection and the value that does not do.
    pub fn check(&self) -> Result<(), NetworkError> {
        for population in &self.populations {
            let (place, largest) = (|| population.name.clone(), population.cells.largest_dt_ms());
            if !(self.dt_ms > 0.0 && self.dt_ms <= largest) {
                return Err(NetworkError::TimeStep { population: place(), largest, dt_ms: self.dt_ms });
            }
            let value = |what, wanted: &str, got: f64| {
                Err(NetworkError::Value { place: place(), what, wanted: wanted.to_owned(), got })
            };
            if population.count == 0 {
                return value("number of neurons", "at least 1", 0.0);
            }
            if !population.current.is_finite() {
                return value("current", "finite", f64::from(population.current));
            }
            if let Some((low, high)) = population.initial_mv
                && !(low <= high && low.is_finite() && high.is_finite())
            {
                return value("range of first potentials", "finite and ascending", f64::from(low));
            }
            for background in &population.background {
                if background.receptor >= population.cells.receptors() {
                    return value(
                        "receptor of the background",
                        "one that it has",
                        background.receptor as f64,
                    );
                }
                if !background.weight.is_finite() {
                    return value("weight of the background", "finite", f64::from(background.weight));
                }
            }
        }
        for projection in &self.projections {
            self.check_projection(projection)?;
        }
        Ok(())
    }

    fn projection_name(&self, projection: &ProjectionSpec) -> String {
        let name = |index: usize| self.populations.get(index).map_or("?", |population| &population.name);
        format!("{} → {}", name(projection.source), name(projection.target))
    }

    fn check_projection(&self, projection: &ProjectionSpec) -> Result<(), NetworkError> {
        let place = self.projection_name(projection);
        let value = |what, wanted: String, got: f64| {
            Err(NetworkError::Value { place: place.clone(), what, wanted, got })
        };
        let count = self.populations.len();
        let (Some(source), Some(target)) =
            (self.populations.get(projection.source), self.populations.get(projection.target))
        else {
            let wrong = projection.source.max(projection.target);
            return value("population", format!("below {count}"), wrong as f64);
        };
        let receptors = target.cells.receptors();
        if projection.receptor >= receptors {
            return value("receptor", format!("below {receptors}"), projection.receptor as f64);
        }
        projection.delay.steps(self.dt_ms, &place)?;
        let numbers = match projection.weight {
            Weight::Same(weight) => [weight, 0.0],
            Weight::Normal { mean, sd } => [mean, sd],
        };
        if !numbers.iter().all(|number| number.is_finite()) || numbers[1] < 0.0 {
            return value(
                "weight",
                "finite, with a deviation of at least 0".to_owned(),
                f64::from(numbers[0]),
            );
        }
        match &projection.connect {
            Connect::Probability { probability, .. } if !(0.0..=1.0).contains(probability) => {
                value("probability", "from 0 to 1".to_owned(), *probability)
            }
            Connect::Ring { peak, width } if !((0.0..=1.0).contains(peak) && *width > 0.0) => {
                value("ring", "a peak from 0 to 1 and a width above 0".to_owned(), *width)
            }
            Connect::List(pairs) => {
                let beyond = pairs.iter().find(|pair| pair.0 >= source.count || pair.1 >= target.count);
                match beyond {
                    Some(pair) => value("pair", "within both populations".to_owned(), f64::from(pair.0)),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// Bytes that the network would take.
    pub fn estimate(&self) -> Estimate {
        let longest = self.longest();
        let mut estimate = Estimate { synapses: 0, synapse_bytes: 0, neuron_bytes: 0 };
        for population in &self.populations {
            let parts: u64 = split(population.count)
                .map(|(_, count)| {
                    let width = width(count);
                    let state = 4 * (population.cells.state_len() + 3) as u64 * width as u64;
                    state + Inbox::bytes(population.cells.receptors(), longest, width)
                })
                .sum();
            estimate.neuron_bytes += parts;
        }
        for projection in &self.projections {
            let [source, target] =
                [projection.source, projection.target].map(|index| self.populations[index].count);
            let synapses = projection.connect.expected(u64::from(source), u64::from(target));
            let each = Rows::bytes_per_synapse(projection.weight, projection.delay);
            let rows = 4 * (u64::from(source) + 1) * split(target).count() as u64;
            estimate.synapses += synapses;
            estimate.synapse_bytes += synapses * each + rows;
        }
        estimate
    }

    fn longest(&self) -> usize {
        let steps =
            self.projections.iter().filter_map(|projection| projection.delay.steps(self.dt_ms, "").ok());
        steps.map(|[_, longest]| longest as usize).max().unwrap_or(1)
    }

    /// Builds it, the same bytes whatever the number of threads.
    ///
    /// # Errors
    /// As [`NetworkSpec::check`], or if it would take more than `limit_bytes`; nothing is allocated then.
    pub fn build(&self, limit_bytes: u64) -> Result<Network, NetworkError> {
        self.check()?;
        let estimate = self.estimate();
        if estimate.bytes() > limit_bytes {
            let (needed, synapses) = (estimate.bytes(), estimate.synapses);
            return Err(NetworkError::Memory { needed, synapses, limit: limit_bytes });
        }
        let delays =
            |projection: &ProjectionSpec| projection.delay.steps(self.dt_ms, "").map(|[first, _]| first);
        let shortest = self.projections.iter().map(delays).collect::<Result<Vec<_>, _>>()?;
        // Without a projection nobody waits for anybody; windows are still short enough to be seen.
        let window = shortest.into_iter().min().unwrap_or(LONGEST_WINDOW).min(LONGEST_WINDOW);
        let mut partitions = Vec::new();
        for (population, spec) in self.populations.iter().enumerate() {
            for (part, (first, count)) in split(spec.count).enumerate() {
                partitions.push(self.partition(population, part, first, count)?);
            }
        }
        let synapses = |partition: &Partition| -> Vec<(usize, u64)> {
            partition.incoming.iter().map(|incoming| (incoming.rows.len(), incoming.rows.bytes())).collect()
        };
        parallel::for_each_block(&mut partitions, 1, usize::MAX, |_, partition| {
            self.connect(&mut partition[0]);
        });
        let rows: Vec<(usize, u64)> = partitions.iter().flat_map(synapses).collect();
        Ok(Network {
            dt_ms: self.dt_ms,
            window,
            step: 0,
            names: self.populations.iter().map(|population| population.name.clone()).collect(),
            counts: self.populations.iter().map(|population| population.count).collect(),
            partitions,
            spikes: vec![Spikes::default(); self.populations.len()],
            synapses: rows.iter().map(|row| row.0 as u64).sum(),
            synapse_bytes: rows.iter().map(|row| row.1).sum(),
        })
    }

    /// A partition without its synapses.
    fn partition(
        &self,
        population: usize,
        part: usize,
        first: u32,
        count: u32,
    ) -> Result<Partition, NetworkError> {
        let spec = &self.populations[population];
        let of = |id: StreamId| Stream::new(self.seed, id).sub(population as u32);
        let width = width(count);
        let mut cells =
            spec.cells.build(count as usize, width, self.dt_ms, of(StreamId::Firing).sub(part as u32));
        if let Some((low, high)) = spec.initial_mv {
            let mut potentials = vec![0.0; width];
            cells.potentials(&mut potentials);
            let drawn = &mut potentials[..count as usize];
            of(StreamId::InitialState).fill_uniform(0, u64::from(first), drawn);
            drawn.iter_mut().for_each(|value| *value = low + *value * (high - low));
            cells.set_potentials(&potentials);
        }
        let background = |(index, background): (usize, &BackgroundSpec)| -> Result<_, NetworkError> {
            let stream = of(StreamId::Background).sub(index as u32);
            let counts = PoissonCounts::new(stream, background.rate_hz * self.dt_ms / 1000.0);
            let counts = counts.map_err(|_| NetworkError::Value {
                place: spec.name.clone(),
                what: "rate of the background",
                wanted: "from 0 to 1000 spikes a step".to_owned(),
                got: background.rate_hz,
            })?;
            Ok(Background { receptor: background.receptor, weight: background.weight, counts })
        };
        Ok(Partition {
            population,
            first,
            count: count as usize,
            cells,
            inbox: Inbox::new(spec.cells.receptors(), self.longest(), width),
            incoming: Vec::new(),
            background: spec.background.iter().enumerate().map(background).collect::<Result<_, _>>()?,
            currents: vec![spec.current; width],
            fired: Vec::new(),
            ends: Vec::new(),
            drawn: vec![0.0; width],
        })
    }

    /// Draws all synapses onto a partition.
    fn connect(&self, partition: &mut Partition) {
        for (index, projection) in self.projections.iter().enumerate() {
            if projection.target != partition.population {
                continue;
            }
            let draws = Stream::new(self.seed, StreamId::Connectivity).sub(index as u32).sub(partition.first);
            let part = Part {
                sources: self.populations[projection.source].count,
                targets: self.populations[projection.target].count,
                first: partition.first,
                count: partition.count as u32,
                recurrent: projection.source == projection.target,
                draws,
            };
            let strength = (projection.weight, projection.delay);
            let rows = Rows::build(&projection.connect, part, strength, self.dt_ms);
            partition.incoming.push(Incoming {
                source: projection.source,
                receptor: projection.receptor,
                rows,
            });
        }
    }
}
