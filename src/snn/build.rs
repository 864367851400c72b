//! From a [`NetworkSpec`] to a [`Network`]: partitions, and the synapses onto each.

use super::connect::Part;
use super::error::NetworkError;
use super::estimate::{LARGEST_COPY, split, width};
use super::gaps::Gaps;
use super::history::History;
use super::inbox::Inbox;
use super::inputs::PoissonCounts;
use super::network::{LONGEST_WINDOW, Network};
use super::partition::{Background, Incoming, Partition, Plastic, Release};
use super::rows::Rows;
use super::short_term::ShortTermState;
use super::spec::{BackgroundSpec, NetworkSpec, ProjectionSpec};
use crate::parallel;
use crate::rng::{Stream, StreamId};
use std::collections::VecDeque;
use std::sync::Arc;

impl NetworkSpec {
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
        let window = self.window()?;
        let mut partitions = Vec::new();
        for (population, spec) in self.populations.iter().enumerate() {
            for (part, (first, count)) in split(spec.count).enumerate() {
                partitions.push(self.partition(population, part, first, count)?);
            }
        }
        // One more place for what went wrong, so that threads need not talk.
        let mut connected: Vec<(Partition, Result<(), NetworkError>)> =
            partitions.into_iter().map(|partition| (partition, Ok(()))).collect();
        parallel::for_each_block(&mut connected, 1, usize::MAX, |_, connected| {
            let (partition, result) = &mut connected[0];
            *result = self.connect(partition);
        });
        let mut partitions = Vec::new();
        for (partition, result) in connected {
            result?;
            partitions.push(partition);
        }
        let potentials = if self.gaps.is_empty() { 0 } else { self.populations.len() };
        let learning: u64 =
            partitions.iter().flat_map(|part| &part.plastic).map(|own| own.rows.bytes()).sum();
        Ok(Network {
            dt_ms: self.dt_ms,
            window,
            step: 0,
            names: self.populations.iter().map(|population| population.name.clone()).collect(),
            counts: self.populations.iter().map(|population| population.count).collect(),
            partitions,
            history: History::new(window, &self.kept_steps()),
            potentials: vec![Vec::new(); potentials],
            keeps_copy: self.keeps_copy && learning <= LARGEST_COPY,
            copy: None,
        })
    }

    /// Steps of a window: those of the shortest delay.
    fn window(&self) -> Result<u32, NetworkError> {
        if !self.gaps.is_empty() {
            return Ok(1);
        }
        let shortest = |projection: &ProjectionSpec| -> Result<u32, NetworkError> {
            let [shortest, _] = projection.delay.steps(self.dt_ms, "")?;
            let learns = projection.learning.is_some();
            Ok(shortest + if learns { 0 } else { self.steps(projection.dendritic_ms) })
        };
        let shortest = self.projections.iter().map(shortest).collect::<Result<Vec<_>, _>>()?;
        // Without a projection nobody waits for anybody; windows are still short enough to be seen.
        Ok(shortest.into_iter().min().unwrap_or(LONGEST_WINDOW).min(LONGEST_WINDOW))
    }

    /// For how many steps the spikes of each population must be known.
    fn kept_steps(&self) -> Vec<u32> {
        let longest = |population: usize| {
            let learning = self.projections.iter().filter(|projection| projection.learning.is_some());
            let own = learning.filter(|projection| projection.source == population);
            own.filter_map(|projection| Some(projection.delay.steps(self.dt_ms, "").ok()?[1])).max()
        };
        (0..self.populations.len()).map(|population| longest(population).unwrap_or(1)).collect()
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
            plastic: Vec::new(),
            gaps: Vec::new(),
            background: spec.background.iter().enumerate().map(background).collect::<Result<_, _>>()?,
            currents: vec![spec.current; width],
            coupled: if self.gaps.is_empty() {
                [const { Vec::new() }; 2]
            } else {
                [(); 2].map(|()| vec![0.0; width])
            },
            fired: Vec::new(),
            ends: Vec::new(),
            drawn: vec![0.0; width],
        })
    }

    /// Draws all synapses and junctions of a partition.
    fn connect(&self, partition: &mut Partition) -> Result<(), NetworkError> {
        for (index, projection) in self.projections.iter().enumerate() {
            if projection.target == partition.population {
                self.connect_projection(index, projection, partition)?;
            }
        }
        for (index, spec) in self.gaps.iter().enumerate() {
            let draws = Stream::new(self.seed, StreamId::Connectivity).sub(GAPS + index as u32);
            let counts = spec.between.map(|population| self.populations[population].count);
            let own = (partition.first, partition.count as u32);
            for side in 0..2 {
                if spec.between[side] == partition.population {
                    partition.gaps.push(Gaps::build((index, spec), side, counts, own, draws));
                }
            }
        }
        Ok(())
    }

    fn connect_projection(
        &self,
        index: usize,
        projection: &ProjectionSpec,
        partition: &mut Partition,
    ) -> Result<(), NetworkError> {
        let draws = Stream::new(self.seed, StreamId::Connectivity).sub(index as u32).sub(partition.first);
        let sources = self.populations[projection.source].count;
        let part = Part {
            sources,
            targets: self.populations[projection.target].count,
            first: partition.first,
            count: partition.count as u32,
            recurrent: projection.source == projection.target,
            draws,
        };
        let release = projection.short_term.map(|model| {
            let rested = ShortTermState::default();
            Release { rule: model.rule(), sources: vec![rested; sources as usize] }
        });
        let dendritic = self.steps(projection.dendritic_ms);
        let (source, receptor) = (projection.source, projection.receptor);
        let Some(rule) = &projection.learning else {
            let strength = (projection.weight, projection.delay);
            let build = if release.is_none() { Rows::build_steady } else { Rows::build };
            let rows = build(&projection.connect, part, strength, self.dt_ms).later(dendritic);
            let [weight, _] = projection.weight.ends();
            let (projection, rows) = (index, Arc::new(rows));
            partition.incoming.push(Incoming { projection, source, receptor, weight, release, rows });
            return Ok(());
        };
        let between = [source, projection.target];
        let [axonal, _] = projection.delay.steps(self.dt_ms, &self.projection_name(between))?;
        let rows = rule.build(&projection.connect, part, projection.weight);
        let rows = rows.ok_or_else(|| NetworkError::Value {
            place: self.projection_name(between),
            what: "number of synapses of one source that learn",
            wanted: "up to 65,535 onto 8,192 targets".to_owned(),
            got: f64::INFINITY,
        })?;
        let (learning, returning) = (true, VecDeque::new());
        partition.plastic.push(Plastic {
            projection: index,
            source,
            receptor,
            axonal,
            dendritic,
            learning,
            release,
            returning,
            rows,
        });
        Ok(())
    }
}

/// Streams of junctions begin here, beyond those of projections.
const GAPS: u32 = 1 << 16;
