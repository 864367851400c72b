//! Neurons with an extent: trees of compartments, each model one file that declares it.
//!
//! Floor F1, beside the point neurons. [`cable`] is the common ground (shape, channels, receptors, the
//! implicit step); a model here says which cell it is. [`Simulation`] is what a bench works with: it
//! advances any cell under injected currents and synaptic conductances and shows `V(x, t)`.
//!
//! ```
//! use cajal::neurons::compartments::{CompartmentModel, Simulation, SquidAxon};
//! let cell = SquidAxon::default().cell()?;
//! let mut simulation = Simulation::new(&cell)?;
//! let mut injected_pa = vec![0.0; cell.compartments().len()];
//! for step in 0..200 {
//!     injected_pa[0] = if step < 100 { 2e7 } else { 0.0 };
//!     simulation.advance(0.005, &injected_pa, &[])?;
//! }
//! assert!(simulation.potentials()[75] > 0.0); // the spike is on its way
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod axon;
pub mod cable;
pub mod direction_selective;
pub mod nmda_dendrite;
pub mod rall_cable;
pub mod two_layer;

use crate::describe::{Declaration, Declared, Parameter, ParameterError, Scale};
use crate::units::Unit;

pub use axon::SquidAxon;
pub use cable::{Cell, CellError, Contact, Opening, Receptor, Scheme, Simulation, SimulationError};
pub use direction_selective::DirectionSelective;
pub use nmda_dendrite::NmdaDendrite;
pub use rall_cable::RallCable;
pub use two_layer::TwoLayer;

/// A model that is a cell. Its declared drive is injected into compartment 0.
pub trait CompartmentModel: Declared + Sync {
    /// The cell to be simulated.
    ///
    /// # Errors
    /// If it would be too large.
    fn cell(&self) -> Result<Cell, CellError>;

    /// What its synapses do under a preset: nothing, unless the model says otherwise.
    fn synapses(&self, _cell: &Cell, _preset: &str) -> Synapses {
        Synapses::default()
    }

    /// From which potential on the soma counts as firing, mV.
    fn threshold_mv(&self) -> f64 {
        0.0
    }
}

/// What the synapses of a cell do over time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Synapses {
    /// Spikes that arrive.
    pub contacts: Vec<Contact>,
    /// What is open from a time to another, ms.
    pub sequence: Vec<(f64, f64, Opening)>,
}

impl Synapses {
    /// What is open at a time; give the middle of a step.
    pub fn openings(&self, time_ms: f64, out: &mut Vec<Opening>) {
        Contact::openings(&self.contacts, time_ms, out);
        let open = self.sequence.iter().filter(|(from, until, _)| (*from..*until).contains(&time_ms));
        out.extend(open.map(|(.., opening)| *opening));
    }
}

/// A cell with what a preset of its model does to it.
#[derive(Clone, Debug)]
pub struct Driven {
    /// The cell.
    pub cell: Cell,
    /// What its synapses do.
    pub synapses: Synapses,
    /// From which potential on the soma counts as firing, mV.
    pub threshold_mv: f64,
}

/// Those of the models that [`build`] makes a cell of: two-layer units are a formula, no cell.
pub static SIMULATED: [Declaration; 4] = [
    RallCable::DECLARATION,
    SquidAxon::DECLARATION,
    NmdaDendrite::DECLARATION,
    DirectionSelective::DECLARATION,
];

/// Why no cell comes of an id and its values.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BuildError {
    /// No model of this id is made of compartments.
    #[error("no model of compartments is called `{0}`")]
    NoSuchModel(String),
    /// The values are refused.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    /// The cell is refused.
    #[error(transparent)]
    Cell(#[from] CellError),
}

/// The cell of a declared id with these values in the places of its defaults.
///
/// # Errors
/// If there is no such model, or the values or the cell are refused.
pub fn build(id: &str, values: &[(&str, f64)]) -> Result<Cell, BuildError> {
    Ok(driven(id, values, "")?.cell)
}

/// As [`build`], with the synapses of a preset.
///
/// # Errors
/// As [`build`].
pub fn driven(id: &str, values: &[(&str, f64)], preset: &str) -> Result<Driven, BuildError> {
    fn of<M: CompartmentModel>(values: &[(&str, f64)], preset: &str) -> Result<Driven, BuildError> {
        let model = M::with_values(values.iter().copied())?;
        let cell = model.cell()?;
        let synapses = model.synapses(&cell, preset);
        Ok(Driven { cell, synapses, threshold_mv: model.threshold_mv() })
    }
    match id {
        "rall-cable" => of::<RallCable>(values, preset),
        "axon" => of::<SquidAxon>(values, preset),
        "nmda-dendrite" => of::<NmdaDendrite>(values, preset),
        "direction-selective" => of::<DirectionSelective>(values, preset),
        _ => Err(BuildError::NoSuchModel(id.to_owned())),
    }
}

/// What becomes of a cell under spikes at its synapses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peak {
    /// Highest potential, mV.
    pub potential_mv: f64,
    /// When it was reached, ms.
    pub at_ms: f64,
}

/// Lets spikes arrive and gives the peak of a compartment within `duration_ms`.
///
/// # Errors
/// As [`Simulation::advance`].
pub fn peak(
    simulation: &mut Simulation,
    contacts: &[Contact],
    watched: usize,
    (dt_ms, duration_ms): (f64, f64),
) -> Result<Peak, SimulationError> {
    let mut openings = Vec::with_capacity(contacts.len());
    let mut highest = Peak { potential_mv: f64::NEG_INFINITY, at_ms: 0.0 };
    let end_ms = simulation.time_ms() + duration_ms;
    while simulation.time_ms() < end_ms - dt_ms / 2.0 {
        Contact::openings(contacts, simulation.time_ms() + dt_ms / 2.0, &mut openings);
        simulation.advance(dt_ms, &[], &openings)?;
        let compartments = simulation.potentials().len();
        let potential_mv = *simulation
            .potentials()
            .get(watched)
            .ok_or(SimulationError::NoSuchCompartment { compartment: watched as u32, compartments })?;
        if potential_mv > highest.potential_mv {
            highest = Peak { potential_mv, at_ms: simulation.time_ms() };
        }
    }
    Ok(highest)
}

/// A parameter with a linear control: `(lowest, highest, step)`.
const fn linear(
    key: &'static str,
    symbol: &'static str,
    unit: Unit,
    (lowest, highest, step): (f64, f64, f64),
    default: f64,
    meaning: &'static str,
) -> Parameter {
    let (range, scale) = ((lowest, highest), Scale::Linear);
    Parameter { key, symbol, unit, range, step, scale, default, meaning }
}

/// A parameter that spans decades: `(lowest, highest, ratio)`.
const fn logarithmic(
    key: &'static str,
    symbol: &'static str,
    unit: Unit,
    spread: (f64, f64, f64),
    default: f64,
    meaning: &'static str,
) -> Parameter {
    Parameter { scale: Scale::Logarithmic, ..linear(key, symbol, unit, spread, default, meaning) }
}

/// A whole number of things.
const fn count(
    key: &'static str,
    symbol: &'static str,
    highest: f64,
    default: f64,
    meaning: &'static str,
) -> Parameter {
    Parameter {
        scale: Scale::Integer,
        ..linear(key, symbol, Unit::Count, (1.0, highest, 1.0), default, meaning)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_are_built_by_their_id() {
        for model in &SIMULATED {
            assert!(build(model.id, &[]).is_ok_and(|cell| !cell.compartments().is_empty()), "{}", model.id);
        }
        let cell = build("rall-cable", &[("compartments", 7.0)]).expect("a cable");
        assert_eq!(cell.compartments().len(), 7);
        assert!(matches!(build("lif", &[]), Err(BuildError::NoSuchModel(_))));
        assert!(matches!(build("axon", &[("diameter_um", -1.0)]), Err(BuildError::Parameter(_))));
        assert!(matches!(build("rall-cable", &[("compartments", 200_000.0)]), Err(BuildError::Parameter(_))));
    }
}
