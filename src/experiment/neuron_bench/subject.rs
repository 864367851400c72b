//! A neuron on the bench, with or without an extent, behind one step.

use super::config::{SubjectConfig, declaration};
use super::error::BenchError;
use crate::describe::{Declaration, StateVariable};
use crate::neurons::compartments::{Opening, Simulation, Synapses, driven};
use crate::neurons::{AnyNeuron, AnyNeuronError, Input};
use crate::rng::{Stream, StreamId};
use crate::units::Unit;

/// How many places of a cell are watched: its ends and two between them.
const PLACES: usize = 4;

/// A variable that is recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// Key of the declaration; `potential_mv` at each place of a cell.
    pub key: &'static str,
    /// Symbol as LaTeX.
    pub symbol: &'static str,
    /// Unit.
    pub unit: Unit,
    /// What it stands for.
    pub meaning: &'static str,
    /// Where in a cell, µm from its beginning.
    pub distance_um: Option<f64>,
}

impl Variable {
    /// As it is declared, at a place of a cell if one is given.
    pub(super) fn of(declared: &StateVariable, distance_um: Option<f64>) -> Self {
        Self {
            key: declared.key,
            symbol: declared.symbol,
            unit: declared.unit,
            meaning: declared.meaning,
            distance_um,
        }
    }
}

/// A neuron with its state.
pub(super) struct Subject {
    pub declaration: &'static Declaration,
    place: usize,
    kind: Kind,
}

enum Kind {
    Point { neuron: AnyNeuron, draws: Stream },
    Cell(Box<Extended>),
}

struct Extended {
    simulation: Simulation,
    injected_pa: Vec<f64>,
    synapses: Synapses,
    openings: Vec<Opening>,
    open: bool,
    threshold_mv: f64,
    watched: Vec<usize>,
    distances_um: Vec<f64>,
    /// What the unit of drive is in pA.
    pa: f64,
    dt_ms: f64,
}

impl Subject {
    /// The neuron at this place of the bench, at rest.
    pub fn new(config: &SubjectConfig, place: usize, seed: u32) -> Result<Self, BenchError> {
        let Some(declaration) = declaration(&config.model) else {
            return Err(BenchError::UnknownModel {
                neuron: place,
                model: config.model.chars().take(40).collect(),
            });
        };
        let values = config.pairs();
        let kind = match AnyNeuron::new(&config.model, &values, config.dt_ms) {
            Ok(neuron) => {
                let draws = Stream::new(u64::from(seed), StreamId::Firing).sub(place as u32);
                Kind::Point { neuron, draws }
            }
            Err(AnyNeuronError::UnknownModel(_)) => {
                Kind::Cell(Box::new(extended(declaration, config, &values, place)?))
            }
            Err(why) => return Err(BenchError::Neuron { neuron: place, why }),
        };
        Ok(Self { declaration, place, kind })
    }

    /// Lets the synapses of a cell do what its preset says: they are part of its own drive, of no other
    /// stimulus and of no protocol.
    pub fn open_synapses(&mut self) {
        if let Kind::Cell(cell) = &mut self.kind {
            cell.open = true;
        }
    }

    /// What is recorded of it.
    pub fn variables(&self) -> Vec<Variable> {
        let [first, ..] = self.declaration.state else { return Vec::new() };
        match &self.kind {
            Kind::Point { .. } => {
                self.declaration.state.iter().map(|declared| Variable::of(declared, None)).collect()
            }
            Kind::Cell(cell) => cell.distances_um.iter().map(|&um| Variable::of(first, Some(um))).collect(),
        }
    }

    /// The state as it is recorded.
    pub fn record(&self, out: &mut [f64]) {
        match &self.kind {
            Kind::Point { neuron, .. } => out.copy_from_slice(neuron.state()),
            Kind::Cell(cell) => {
                let potentials = cell.simulation.potentials();
                out.iter_mut().zip(&cell.watched).for_each(|(out, &at)| *out = potentials[at]);
            }
        }
    }

    /// The potential from which the next step goes on, where the recorded one is that before a reset.
    pub fn potential(&self) -> Option<f64> {
        match &self.kind {
            Kind::Point { neuron, .. } => neuron.state().first().copied(),
            Kind::Cell(_) => None,
        }
    }

    /// Advances by a step under a current in the unit of drive and writes what is recorded of it; whether
    /// it fired. The potential is that before a reset, so that a spike is seen.
    pub fn step(&mut self, step: u64, current: f64, out: &mut [f64]) -> Result<bool, BenchError> {
        let place = self.place;
        match &mut self.kind {
            Kind::Point { neuron, draws } => {
                let uniform = if neuron.draws() { draws.uniform_f64(step, 0) } else { 0.5 };
                let stepped = neuron.step(Input { uniform, ..Input::current(current) });
                out.copy_from_slice(neuron.state());
                if let Some(first) = out.first_mut() {
                    *first = stepped.potential;
                }
                Ok(stepped.spike > 0.0)
            }
            Kind::Cell(cell) => {
                let before = cell.simulation.potentials()[0];
                let middle_ms = cell.simulation.time_ms() + cell.dt_ms / 2.0;
                if cell.open {
                    cell.synapses.openings(middle_ms, &mut cell.openings);
                }
                cell.injected_pa[0] = current * cell.pa;
                let advanced = cell.simulation.advance(cell.dt_ms, &cell.injected_pa, &cell.openings);
                advanced.map_err(|why| BenchError::Step { neuron: place, why })?;
                let after = cell.simulation.potentials()[0];
                let fires = before < cell.threshold_mv && after >= cell.threshold_mv;
                self.record(out);
                Ok(fires)
            }
        }
    }
}

fn extended(
    declaration: &Declaration,
    config: &SubjectConfig,
    values: &[(&str, f64)],
    place: usize,
) -> Result<Extended, BenchError> {
    let preset = config.own_preset(place)?.map_or("", |preset| preset.id);
    let built = driven(&config.model, values, preset);
    let built = built.map_err(|why| BenchError::Cell { neuron: place, why })?;
    let cell = built.cell;
    let largest_ms = cell.largest_dt_ms.min(declaration.largest_dt_ms);
    let dt_ms = config.dt_ms;
    if !(dt_ms > 0.0 && dt_ms <= largest_ms) {
        let why = AnyNeuronError::TimeStep { model: declaration.title, largest_ms, dt_ms };
        return Err(BenchError::Neuron { neuron: place, why });
    }
    let pieces = cell.compartments();
    let last = pieces.len() - 1;
    let mut watched: Vec<usize> = (0..PLACES).map(|at| last * at / (PLACES - 1)).collect();
    watched.dedup();
    let simulation = Simulation::new(&cell);
    let simulation = simulation.map_err(|why| BenchError::Step { neuron: place, why: why.into() })?;
    Ok(Extended {
        simulation,
        synapses: built.synapses,
        openings: Vec::new(),
        open: false,
        threshold_mv: built.threshold_mv,
        injected_pa: vec![0.0; pieces.len()],
        distances_um: watched.iter().map(|&at| pieces[at].distance_um).collect(),
        watched,
        pa: if declaration.drive == Unit::Nanoampere { 1000.0 } else { 1.0 },
        dt_ms,
    })
}
