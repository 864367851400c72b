//! How a circuit is shown: what there is to see, over which time, how hard a group is driven by hand, and
//! what the activity says where it stands for a number. Floor F4.

use crate::units::Unit;

/// What suits a circuit on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shown {
    /// What it shows, in one line.
    pub what: &'static str,
    /// Biological time in which that is seen, ms.
    pub span_ms: f64,
    /// Biological time over time at which it is worth watching.
    pub speed: f64,
    /// A seed with which that is seen.
    pub seed: u32,
    /// What is added to the current of a group to excite it, in the unit of the circuit's drive.
    pub excite: f32,
    /// What is added to silence it, also where whatever kept the others in check falls silent with it.
    pub silence: f32,
    /// What the weights of its synapses are counted in.
    pub weights: Weighed,
}

/// What weights are counted in: what one spike adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighed {
    /// To the potential, mV.
    Millivolts,
    /// To a current that decays, times the resistance, mV: the potential rises by much less.
    Drive,
    /// To a conductance, nS.
    Nanosiemens,
    /// To a conductance, as a multiple of the leak.
    Leaks,
    /// To the chance of firing: see [`crate::neurons::excitable::hazard`].
    Hazard,
}

impl Weighed {
    /// Its name on a page.
    pub fn id(self) -> &'static str {
        match self {
            Self::Millivolts => "millivolts",
            Self::Drive => "drive",
            Self::Nanosiemens => "nanosiemens",
            Self::Leaks => "leaks",
            Self::Hazard => "hazard",
        }
    }
}

/// The number that the activity of a population stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Index of the population.
    pub population: usize,
    /// Unit of the number.
    pub unit: Unit,
    /// What the population says; not a number while it says nothing.
    pub value: f64,
    /// What it should say.
    pub wanted: f64,
    /// How much it is of one mind, 0 to 1, where that is known.
    pub concentration: Option<f64>,
    /// What the first place of `counts` stands for, and what lies one beyond the last.
    pub range: [f64; 2],
    /// Whether the ends meet.
    pub circular: bool,
    /// Spikes by place.
    pub counts: Vec<u32>,
}

/// How much of the past is read: population and ms.
pub type Window = (usize, f64);
