//! A dendrite that tells in which order its synapses are active.
//!
//! Ten equal compartments `0.2 λ` apart, the first of them the soma. Synapses in the pairs (2, 3),
//! (4, 5), (6, 7), (8, 9) open one pair after the other for a quarter of the membrane's time constant
//! each, with as much conductance as the resting membrane has. In the order from the tip to the soma the
//! potentials arrive together and their sum is higher than in the order away from it; all pairs at once
//! at a quarter of the conductance over the whole time lie between. With a share of NMDA channels,
//! which open where it is depolarised already, the difference grows.
//!
//! `C dV/dt = g_L(E_L − V) + axial + ℰ(t) g_L((1 − p) + p·s(V)/s(E_L))(E − V)`; λ, τ as in
//! [`super::rall_cable`], `s(V)` as in [`super::cable::receptor`]. mV, ms.
//!
//! ```
//! use cajal::neurons::compartments::direction_selective::{Direction, DirectionSelective};
//! let dendrite = DirectionSelective::default();
//! let toward = dendrite.somatic_peak(Direction::Toward)?;
//! let away = dendrite.somatic_peak(Direction::Away)?;
//! assert!(toward.potential_mv > away.potential_mv && toward.at_ms > away.at_ms);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::cable::receptor::unblocked;
use super::{
    Cell, CellError, CompartmentModel, Opening, Peak, RallCable, Simulation, SimulationError, Synapses,
    count, linear,
};
use crate::describe::{Citation, Declaration, Declared, Integrator, Preset, StateVariable, declared_fields};
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DirectionSelective {
    /// Pairs of compartments with synapses.
    pub pairs: f64,
    /// Distance between compartments, in length constants.
    pub spacing: f64,
    /// Time constant of the membrane, ms.
    pub tau_ms: f64,
    /// How long each pair is open, ms.
    pub interval_ms: f64,
    /// Synaptic conductance of a compartment in units of its resting one, ℰ.
    pub excitation: f64,
    /// Resting potential, mV.
    pub rest_mv: f64,
    /// Reversal potential of the synapses, mV.
    pub reversal_mv: f64,
    /// Share of NMDA channels in the conductance at rest, p.
    pub nmda_share: f64,
}

impl Default for DirectionSelective {
    fn default() -> Self {
        Self {
            pairs: 4.0,
            spacing: 0.2,
            tau_ms: 20.0,
            interval_ms: 5.0,
            excitation: 1.0,
            rest_mv: -70.0,
            reversal_mv: 0.0,
            nmda_share: 0.0,
        }
    }
}

const RALL_1964: Citation = Citation {
    authors: "Rall",
    year: 1964,
    title: "Theoretical significance of dendritic trees for neuronal input-output relations",
    source: "in Reiss (editor), Neural Theory and Modeling, Stanford University Press, 73–97",
};

const BRANCO_2010: Citation = Citation {
    authors: "Branco, Clark, Häusser",
    year: 2010,
    title: "Dendritic discrimination of temporal input sequences in cortical neurons",
    source: "Science 329(5999), 1671–1675",
};

impl Declared for DirectionSelective {
    const DECLARATION: Declaration = Declaration {
        id: "direction-selective",
        title: "Direction-selective dendrite",
        citation: RALL_1964,
        equations: &[
            r"\tau\frac{dV_i}{dt} = E_L - V_i + \frac{V_{i-1}-2V_i+V_{i+1}}{\Delta^2} + \mathcal{E}_i(t)\left(1-p+p\frac{s(V_i)}{s(E_L)}\right)(E-V_i)",
        ],
        parameters: &[
            count("pairs", "P", 20.0, 4.0, "How many pairs of compartments have synapses."),
            linear(
                "spacing",
                r"\Delta",
                Unit::One,
                (0.02, 0.5, 0.01),
                0.2,
                "Distance between compartments in length constants.",
            ),
            linear(
                "tau_ms",
                r"\tau",
                Unit::Millisecond,
                (2.0, 100.0, 1.0),
                20.0,
                "How long the membrane remembers.",
            ),
            linear(
                "interval_ms",
                r"\delta",
                Unit::Millisecond,
                (0.5, 50.0, 0.5),
                5.0,
                "How long each pair is open.",
            ),
            linear(
                "excitation",
                r"\mathcal{E}",
                Unit::One,
                (0.0, 10.0, 0.1),
                1.0,
                "Conductance of the open synapses in units of the resting membrane's.",
            ),
            linear(
                "rest_mv",
                "E_L",
                Unit::Millivolt,
                (-100.0, -50.0, 1.0),
                -70.0,
                "Where the potential rests.",
            ),
            linear(
                "reversal_mv",
                "E",
                Unit::Millivolt,
                (-40.0, 40.0, 1.0),
                0.0,
                "Where the synapses' current turns round.",
            ),
            linear(
                "nmda_share",
                "p",
                Unit::One,
                (0.0, 1.0, 0.05),
                0.0,
                "How much of the conductance heeds the potential.",
            ),
        ],
        state: &[StateVariable {
            key: "potential_mv",
            symbol: "V",
            unit: Unit::Millivolt,
            meaning: "Potential of the soma and of each compartment.",
        }],
        drive: Unit::Picoampere,
        integrator: Integrator::CrankNicolson,
        largest_dt_ms: 0.5,
        presets: &[
            Preset {
                id: "rall",
                title: "Passive, from the tip to the soma",
                values: &[],
                drive: &[(0.0, 0.0), (100.0, 0.0)],
                citation: RALL_1964,
            },
            Preset {
                id: "away",
                title: "Passive, from the soma to the tip",
                values: &[],
                drive: &[(0.0, 0.0), (100.0, 0.0)],
                citation: RALL_1964,
            },
            Preset {
                id: "nmda",
                title: "With channels that magnesium blocks, to the soma",
                values: &[("nmda_share", 0.7)],
                drive: &[(0.0, 0.0), (100.0, 0.0)],
                citation: BRANCO_2010,
            },
            Preset {
                id: "nmda-away",
                title: "With channels that magnesium blocks, to the tip",
                values: &[("nmda_share", 0.7)],
                drive: &[(0.0, 0.0), (100.0, 0.0)],
                citation: BRANCO_2010,
            },
        ],
        // No numbers: both sources show the order of the peaks, which the tests hold; the heights are an
        // illustration.
        references: &[],
        not_biological: "An illustration: the order of the peaks is that of the sources, their height is not compared; \
                         one unbranched cylinder stands for a dendrite and its soma, and synapses open and close at once.",
    };
    declared_fields!(pairs, spacing, tau_ms, interval_ms, excitation, rest_mv, reversal_mv, nmda_share);
}

/// In which order the pairs of synapses are active.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the tip to the soma.
    Toward,
    /// From the soma to the tip.
    Away,
    /// All over the whole time, each with its share of the conductance.
    Together,
}

impl DirectionSelective {
    fn cable(&self) -> RallCable {
        let cable = RallCable {
            membrane_kohm_cm2: self.tau_ms,
            rest_mv: self.rest_mv,
            compartments: 2.0 * self.pairs + 2.0,
            ..RallCable::default()
        };
        let spacing_um = self.spacing * cable.length_constant_um();
        RallCable { length_um: spacing_um * cable.compartments, ..cable }
    }

    /// What is open at a time after the sequence began, ms; the middle of a step.
    pub fn openings(&self, cell: &Cell, direction: Direction, time_ms: f64) -> Vec<Opening> {
        let pairs = self.pairs as u32;
        let turn = (time_ms / self.interval_ms) as u32;
        if time_ms < 0.0 || turn >= pairs {
            return Vec::new();
        }
        let (open, strength) = match direction {
            Direction::Toward => (pairs - 1 - turn..pairs - turn, self.excitation),
            Direction::Away => (turn..turn + 1, self.excitation),
            Direction::Together => (0..pairs, self.excitation / self.pairs),
        };
        let magnesium_mm = 1.0;
        let at_rest = unblocked(self.rest_mv, magnesium_mm);
        let compartments = open.flat_map(|pair| [1 + 2 * pair, 2 + 2 * pair]);
        compartments
            .filter_map(|at| cell.compartments().get(at as usize).map(|piece| (at, piece.leak_ns * strength)))
            .flat_map(|(compartment, whole_ns)| {
                let reversal_mv = self.reversal_mv;
                let fast = whole_ns * (1.0 - self.nmda_share);
                let slow = whole_ns * self.nmda_share / at_rest;
                [
                    Opening { compartment, conductance_ns: fast, reversal_mv, magnesium_mm: 0.0 },
                    Opening { compartment, conductance_ns: slow, reversal_mv, magnesium_mm },
                ]
            })
            .collect()
    }

    /// The peak at the soma within four time constants after the sequence, from rest.
    ///
    /// # Errors
    /// As [`Simulation::advance`].
    pub fn somatic_peak(&self, direction: Direction) -> Result<Peak, SimulationError> {
        let mut highest = Peak { potential_mv: self.rest_mv, at_ms: 0.0 };
        let cell = self.cell()?;
        let mut simulation = Simulation::new(&cell)?;
        // The intervals are whole numbers of steps, so that no step straddles a change.
        let dt_ms = self.interval_ms / libm::ceil(self.interval_ms / (0.0025 * self.tau_ms));
        let end_ms = self.pairs * self.interval_ms + 4.0 * self.tau_ms;
        while simulation.time_ms() < end_ms {
            let openings = self.openings(&cell, direction, simulation.time_ms() + dt_ms / 2.0);
            simulation.advance(dt_ms, &[], &openings)?;
            let potential_mv = simulation.potentials()[0];
            if potential_mv > highest.potential_mv {
                highest = Peak { potential_mv, at_ms: simulation.time_ms() };
            }
        }
        Ok(highest)
    }
}

impl CompartmentModel for DirectionSelective {
    fn cell(&self) -> Result<Cell, CellError> {
        let mut cell = self.cable().cell()?;
        cell.largest_dt_ms = Self::DECLARATION.largest_dt_ms;
        Ok(cell)
    }

    fn synapses(&self, cell: &Cell, preset: &str) -> Synapses {
        let direction = if preset.ends_with("away") { Direction::Away } else { Direction::Toward };
        // Later than the sequence by itself, so that a trace shows the rest before it.
        let begin_ms = 10.0;
        let turns = (0..self.pairs as u32).flat_map(|turn| {
            let [from, middle, until] =
                [0.0, 0.5, 1.0].map(|part| (f64::from(turn) + part) * self.interval_ms);
            let open = self.openings(cell, direction, middle);
            open.into_iter().map(move |opening| (begin_ms + from, begin_ms + until, opening))
        });
        Synapses { sequence: turns.collect(), ..Synapses::default() }
    }
}
