//! A cell in time: potentials at whole steps, gates half a step ahead of them.
//!
//! Over one step the gates first go from `t − dt/2` to `t + dt/2` under the potential at `t`, which is
//! the middle of their way; then the potentials go from `t` to `t + dt` with conductances that belong
//! to the middle of theirs. The potentials' step is Crank-Nicolson, written as half a step of backward
//! Euler doubled: `V(t + dt) = 2·V(t + dt/2) − V(t)`. Both are exact to the second order, so the whole
//! is, without an iteration (Hines 1984). The magnesium block depends on the potential at once; its
//! current is taken along its tangent at `V(t)`, which keeps the order.
//!
//! f64 throughout: conductances of fine cables exceed the leak ten-thousandfold, and f32 would leave
//! three digits of the difference.
//!
//! ```
//! use cajal::neurons::compartments::{CompartmentModel, RallCable, Simulation};
//! let cell = RallCable::default().cell()?;
//! let mut simulation = Simulation::new(&cell)?;
//! let mut injected_pa = vec![0.0; cell.compartments().len()];
//! injected_pa[0] = 100.0;
//! for _ in 0..1000 {
//!     simulation.advance(0.1, &injected_pa, &[])?;
//! }
//! let potentials = simulation.potentials();
//! assert!(potentials[0] > potentials[50] && potentials[50] > -70.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::squid_channels::{relax, steady};
use super::{Cell, CellError, Opening, SquidChannels, hines};

/// How potentials get from one step to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Scheme {
    /// Exact to the second order; a sudden current rings for a few steps where compartments are much
    /// shorter than the way a potential spreads in one step.
    #[default]
    CrankNicolson,
    /// Exact to the first order; never rings.
    BackwardEuler,
}

/// Why a step is refused or was not taken; the simulation keeps its last good state.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SimulationError {
    /// A time step that is not positive or too long for the cell.
    #[error("a time step of this cell lies between 0 and {largest_ms} ms, not {dt_ms}")]
    TimeStep {
        /// What came.
        dt_ms: f64,
        /// The longest.
        largest_ms: f64,
    },
    /// Currents that do not fit the cell.
    #[error("{compartments} compartments need as many injected currents (or none), not {currents}")]
    Currents {
        /// What the cell has.
        compartments: usize,
        /// What came.
        currents: usize,
    },
    /// An opening in a compartment that is not there.
    #[error("no compartment {compartment} to open channels in; there are {compartments}")]
    NoSuchCompartment {
        /// What came.
        compartment: u32,
        /// What the cell has.
        compartments: usize,
    },
    /// A conductance that is negative or not finite, or a current that is not finite.
    #[error("{what} of compartment {compartment} must be a finite number, not {value}")]
    Drive {
        /// Which one.
        what: &'static str,
        /// Where.
        compartment: usize,
        /// What came.
        value: f64,
    },
    /// Channels that magnesium frees feed back faster than the step can follow.
    #[error("synapses around compartment {compartment} are too strong for a step of {dt_ms} ms")]
    Unstable {
        /// Where the system has no pivot.
        compartment: usize,
        /// The step.
        dt_ms: f64,
    },
    /// There is nothing to simulate.
    #[error(transparent)]
    Cell(#[from] CellError),
    /// The step led to a potential that is not finite.
    #[error("the potential of compartment {compartment} would become {potential_mv} mV at {time_ms} ms")]
    NotFinite {
        /// The first such compartment.
        compartment: usize,
        /// The potential.
        potential_mv: f64,
        /// The time.
        time_ms: f64,
    },
}

/// A channel-bearing compartment and its gates.
#[derive(Clone, Copy)]
struct Active {
    compartment: u32,
    sodium_ns: f64,
    potassium_ns: f64,
    gates: [f64; 3],
}

/// A cell being simulated.
#[derive(Clone)]
pub struct Simulation {
    scheme: Scheme,
    largest_dt_ms: f64,
    time_ms: f64,
    /// How far the gates' time lies ahead of the potentials', ms.
    gates_ahead_ms: f64,
    parents: Vec<u32>,
    axial_ns: Vec<f64>,
    capacitance_pf: Vec<f64>,
    /// Leak and axial conductances: what the diagonal has in every step.
    passive_ns: Vec<f64>,
    leak_pa: Vec<f64>,
    channels: Option<SquidChannels>,
    active: Vec<Active>,
    next_gates: Vec<[f64; 3]>,
    potentials_mv: Vec<f64>,
    diagonal: Vec<f64>,
    right: Vec<f64>,
}

impl Simulation {
    /// What one compartment takes at most: itself in the [`Cell`], and its place in every list here.
    pub const BYTES_PER_COMPARTMENT: u64 = (size_of::<super::Compartment>()
        + size_of::<u32>()
        + 7 * size_of::<f64>()
        + size_of::<Active>()
        + size_of::<[f64; 3]>()) as u64;

    /// The cell at its initial potential, gates at rest there.
    ///
    /// # Errors
    /// If the cell has no compartment.
    pub fn new(cell: &Cell) -> Result<Self, CellError> {
        let pieces = cell.compartments();
        if pieces.is_empty() {
            return Err(CellError::Empty { what: "a cell" });
        }
        let mut passive_ns: Vec<f64> = pieces.iter().map(|piece| piece.leak_ns).collect();
        for (child, piece) in pieces.iter().enumerate().skip(1) {
            passive_ns[child] += piece.axial_ns;
            passive_ns[piece.parent as usize] += piece.axial_ns;
        }
        let excitable = cell.channels().is_some();
        let active: Vec<Active> = (0u32..)
            .zip(pieces)
            .filter(|(_, piece)| excitable && piece.sodium_ns + piece.potassium_ns > 0.0)
            .map(|(compartment, piece)| Active {
                compartment,
                sodium_ns: piece.sodium_ns,
                potassium_ns: piece.potassium_ns,
                gates: steady(cell.initial_mv),
            })
            .collect();
        Ok(Self {
            scheme: Scheme::default(),
            largest_dt_ms: cell.largest_dt_ms,
            time_ms: 0.0,
            gates_ahead_ms: 0.0,
            parents: pieces.iter().map(|piece| piece.parent).collect(),
            axial_ns: pieces.iter().map(|piece| piece.axial_ns).collect(),
            capacitance_pf: pieces.iter().map(|piece| piece.capacitance_pf).collect(),
            passive_ns,
            leak_pa: pieces.iter().map(|piece| piece.leak_ns * cell.material().leak_mv).collect(),
            channels: cell.channels(),
            next_gates: vec![[0.0; 3]; active.len()],
            active,
            potentials_mv: vec![cell.initial_mv; pieces.len()],
            diagonal: vec![0.0; pieces.len()],
            right: vec![0.0; pieces.len()],
        })
    }

    /// The same with another scheme.
    #[must_use]
    pub fn with_scheme(self, scheme: Scheme) -> Self {
        Self { scheme, ..self }
    }

    /// Potentials of the compartments, mV, in the order of the cell.
    pub fn potentials(&self) -> &[f64] {
        &self.potentials_mv
    }

    /// How much time has passed, ms.
    pub fn time_ms(&self) -> f64 {
        self.time_ms
    }

    /// The gates `m`, `h` and `n` of a compartment, if it has channels; they are half a step ahead.
    pub fn gates(&self, compartment: u32) -> Option<[f64; 3]> {
        let place = self.active.binary_search_by_key(&compartment, |active| active.compartment).ok()?;
        Some(self.active[place].gates)
    }

    /// Advances by `dt_ms` under the currents `injected_pa` (one for each compartment, or none at all)
    /// and the channels that synapses hold open, both as they are in the middle of the step.
    ///
    /// # Errors
    /// If the drive does not fit, the time step is too long, or the state would stop being finite.
    /// Nothing has changed then.
    pub fn advance(
        &mut self,
        dt_ms: f64,
        injected_pa: &[f64],
        openings: &[Opening],
    ) -> Result<(), SimulationError> {
        self.check(dt_ms, injected_pa, openings)?;
        self.assemble(dt_ms, injected_pa, openings);
        hines::solve(&self.parents, &self.axial_ns, &mut self.diagonal, &mut self.right);
        // What is left of the diagonal are the pivots. The tangent of a blocked current can rise, and
        // then they need not be positive, while the solution is finite and meaningless.
        if let Some(compartment) = self.diagonal.iter().position(|pivot| *pivot <= 0.0) {
            return Err(SimulationError::Unstable { compartment, dt_ms });
        }
        if self.scheme == Scheme::CrankNicolson {
            for (middle, before) in self.right.iter_mut().zip(&self.potentials_mv) {
                *middle = 2.0 * *middle - before;
            }
        }
        let time_ms = self.time_ms + dt_ms;
        if let Some(compartment) = self.right.iter().position(|potential| !potential.is_finite()) {
            let potential_mv = self.right[compartment];
            return Err(SimulationError::NotFinite { compartment, potential_mv, time_ms });
        }
        core::mem::swap(&mut self.potentials_mv, &mut self.right);
        for (active, gates) in self.active.iter_mut().zip(&self.next_gates) {
            active.gates = *gates;
        }
        self.time_ms = time_ms;
        self.gates_ahead_ms = -dt_ms / 2.0;
        Ok(())
    }

    fn check(&self, dt_ms: f64, injected_pa: &[f64], openings: &[Opening]) -> Result<(), SimulationError> {
        if !(dt_ms > 0.0 && dt_ms <= self.largest_dt_ms) {
            return Err(SimulationError::TimeStep { dt_ms, largest_ms: self.largest_dt_ms });
        }
        let compartments = self.parents.len();
        if !injected_pa.is_empty() && injected_pa.len() != compartments {
            return Err(SimulationError::Currents { compartments, currents: injected_pa.len() });
        }
        if let Some(compartment) = injected_pa.iter().position(|current| !current.is_finite()) {
            let value = injected_pa[compartment];
            return Err(SimulationError::Drive { what: "the injected current", compartment, value });
        }
        for opening in openings {
            let compartment = opening.compartment as usize;
            if compartment >= compartments {
                let compartment = opening.compartment;
                return Err(SimulationError::NoSuchCompartment { compartment, compartments });
            }
            for (what, value, signed) in [
                ("the synaptic conductance", opening.conductance_ns, false),
                ("magnesium at a synapse", opening.magnesium_mm, false),
                ("the reversal potential of a synapse", opening.reversal_mv, true),
            ] {
                if !value.is_finite() || (value < 0.0 && !signed) {
                    return Err(SimulationError::Drive { what, compartment, value });
                }
            }
        }
        Ok(())
    }

    /// The system of one step, with the gates that belong to its middle.
    fn assemble(&mut self, dt_ms: f64, injected_pa: &[f64], openings: &[Opening]) {
        let per_ms = match self.scheme {
            Scheme::CrankNicolson => 2.0 / dt_ms,
            Scheme::BackwardEuler => 1.0 / dt_ms,
        };
        for compartment in 0..self.parents.len() {
            let charge = self.capacitance_pf[compartment] * per_ms;
            self.diagonal[compartment] = charge + self.passive_ns[compartment];
            self.right[compartment] = charge * self.potentials_mv[compartment] + self.leak_pa[compartment];
        }
        for (right, injected) in self.right.iter_mut().zip(injected_pa) {
            *right += injected;
        }
        if let Some(channels) = self.channels {
            let spell_ms = (dt_ms / 2.0 - self.gates_ahead_ms) * channels.speed();
            for (active, next) in self.active.iter().zip(&mut self.next_gates) {
                let at = active.compartment as usize;
                *next = relax(active.gates, self.potentials_mv[at], spell_ms);
                let [m, h, n] = *next;
                let sodium = active.sodium_ns * m * m * m * h;
                let potassium = active.potassium_ns * n * n * n * n;
                self.diagonal[at] += sodium + potassium;
                self.right[at] += sodium * channels.sodium_mv + potassium * channels.potassium_mv;
            }
        }
        for opening in openings {
            let at = opening.compartment as usize;
            let potential = self.potentials_mv[at];
            let (current, fall) = opening.current(potential);
            self.diagonal[at] += fall;
            self.right[at] += current + fall * potential;
        }
    }
}

#[cfg(test)]
#[path = "simulation_tests.rs"]
mod tests;
