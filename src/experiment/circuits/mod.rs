//! Ready circuits: networks of the literature, each in one file with its parameters, its source and
//! the figures it is held to.
//!
//! A circuit is a declaration that makes a [`NetworkSpec`] from a seed, and what is done to the
//! network from outside at which time. [`Run`] advances it; [`CIRCUITS`] is the list by which any is
//! made from its name. A circuit without a reference is an illustration, and the page says so. What
//! consists of one neuron with an extent (a dendrite that prefers a direction) is a model of
//! [`crate::neurons::compartments`] instead.
//!
//! ```
//! use cajal::experiment::circuits;
//! let mut run = circuits::build("cuba", &[("scale", 0.1)], 1, 1 << 28)?;
//! while run.network().time_ms() < 20.0 {
//!     run.advance()?;
//! }
//! assert_eq!(run.network().populations().count(), 2);
//! # Ok::<(), cajal::snn::NetworkError>(())
//! ```

pub mod avalanche;
pub mod brunel;
pub mod c_elegans;
pub mod coba;
pub mod cuba;
pub mod diehl_cook;
pub mod half_centre;
pub mod jeffress;
pub mod microcircuit;
pub mod observer;
pub mod population_vector;
pub mod reverberating_chain;
pub mod ring_attractor;
mod run;
pub mod shown;
pub mod turns;
pub mod weights;
pub mod workload;

use crate::describe::{Declaration, Declared, ParameterError};
use crate::snn::{NetworkError, NetworkSpec};
use core::ops::Range;
use shown::Window;

pub use avalanche::Avalanche;
pub use brunel::Brunel;
pub use c_elegans::CElegans;
pub use coba::Coba;
pub use cuba::Cuba;
pub use diehl_cook::DiehlCook;
pub use half_centre::HalfCentre;
pub use jeffress::Jeffress;
pub use microcircuit::Microcircuit;
pub use observer::Observer;
pub use population_vector::PopulationVector;
pub use reverberating_chain::ReverberatingChain;
pub use ring_attractor::RingAttractor;
pub use run::Run;
pub use shown::{Reading, Shown, Weighed};
pub use turns::Turns;

/// A current into some neurons for some time.
#[derive(Clone, Debug, PartialEq)]
pub struct Stimulus {
    /// Index of the population.
    pub population: usize,
    /// Which of its neurons.
    pub neurons: Range<u32>,
    /// Begin, ms.
    pub from_ms: f64,
    /// End, ms.
    pub until_ms: f64,
    /// Current in the unit of the model's drive, instead of the population's own.
    pub current: f32,
}

/// A declared network.
pub trait Circuit: Declared {
    /// How it is shown.
    const SHOWN: Shown;

    /// What it is built from.
    fn network(&self, seed: u64) -> NetworkSpec;

    /// What is done to it from outside.
    fn stimuli(&self) -> Vec<Stimulus> {
        Vec::new()
    }

    /// The population whose activity stands for a number, and over how many ms it is read.
    fn read_from(&self) -> Option<Window> {
        None
    }

    /// The number that these spikes by place of that population stand for.
    fn read(&self, _counts: Vec<u32>) -> Option<Reading> {
        None
    }

    /// The two populations that take turns, and why.
    fn turns(&self) -> Option<Turns> {
        None
    }
}

type Values<'a> = &'a [(&'a str, f64)];
type Made = (NetworkSpec, Vec<Stimulus>);

/// A circuit of the catalogue: what it says of itself and how it is made.
pub struct Entry {
    /// What the circuit says of itself.
    pub declaration: Declaration,
    /// How it is shown.
    pub shown: Shown,
    make: fn(Values, u64) -> Result<Made, ParameterError>,
    read_from: fn(Values) -> Option<Window>,
    read: fn(Values, Vec<u32>) -> Option<Reading>,
    turns: fn(Values) -> Option<Turns>,
}

fn make<C: Circuit>(values: Values, seed: u64) -> Result<Made, ParameterError> {
    let circuit = C::with_values(values.iter().copied())?;
    Ok((circuit.network(seed), circuit.stimuli()))
}

fn read_from<C: Circuit>(values: Values) -> Option<Window> {
    C::with_values(values.iter().copied()).ok()?.read_from()
}

fn read<C: Circuit>(values: Values, counts: Vec<u32>) -> Option<Reading> {
    C::with_values(values.iter().copied()).ok()?.read(counts)
}

fn turns<C: Circuit>(values: Values) -> Option<Turns> {
    C::with_values(values.iter().copied()).ok()?.turns()
}

impl Entry {
    /// The entry of a circuit.
    pub const fn of<C: Circuit>() -> Self {
        Self {
            declaration: C::DECLARATION,
            shown: C::SHOWN,
            make: make::<C>,
            read_from: read_from::<C>,
            read: read::<C>,
            turns: turns::<C>,
        }
    }

    /// The network and its stimuli, not yet built: what [`NetworkSpec::estimate`] wants.
    ///
    /// # Errors
    /// As [`Declared::with_values`].
    pub fn spec(&self, values: Values, seed: u64) -> Result<Made, ParameterError> {
        (self.make)(values, seed)
    }

    /// The population whose activity stands for a number, and over how many ms it is read.
    pub fn read_from(&self, values: Values) -> Option<Window> {
        (self.read_from)(values)
    }

    /// The number that these spikes by place of that population stand for.
    pub fn read(&self, values: Values, counts: Vec<u32>) -> Option<Reading> {
        (self.read)(values, counts)
    }

    /// The two populations that take turns, and why.
    pub fn turns(&self, values: Values) -> Option<Turns> {
        (self.turns)(values)
    }

    /// Whether a circuit that runs can go on with another value of a parameter, or must be built anew.
    pub fn retunes(&self, key: &str) -> bool {
        let Some(parameter) = self.declaration.parameters.iter().find(|parameter| parameter.key == key)
        else {
            return false;
        };
        // The default and another value, at a small size: what differs does not depend on it.
        let small = self.declaration.parameters.iter().find(|parameter| parameter.key == "scale");
        let small = small.filter(|_| key != "scale").map(|scale| ("scale", scale.range.0));
        let (low, high) = parameter.range;
        let other = if parameter.default < high { high.min(parameter.default + parameter.step) } else { low };
        let spec = |value| self.spec(&small.into_iter().chain([(key, value)]).collect::<Vec<_>>(), 0);
        match (spec(parameter.default), spec(other)) {
            (Ok((one, before)), Ok((two, after))) => {
                one.is_tuned_like(&two) && Run::may_replace(&before, &after, f64::MAX)
            }
            _ => false,
        }
    }

    /// The largest `scale`, in steps of the declared one, with which the network takes `limit_bytes` at
    /// most; None if it has no such parameter, the values are refused or nothing fits.
    pub fn largest_scale(&self, values: Values, limit_bytes: u64) -> Option<f64> {
        let scale = self.declaration.parameters.iter().find(|parameter| parameter.key == "scale")?;
        let others = values.iter().copied().filter(|(key, _)| *key != "scale");
        let bytes = |value: f64| {
            let values: Vec<_> = others.clone().chain([("scale", value)]).collect();
            self.spec(&values, 0).ok().map(|(spec, _)| spec.estimate().bytes())
        };
        let steps = libm::round((scale.range.1 - scale.range.0) / scale.step) as u32;
        // Decimals as they are written: 0.07, not 0.07 and a few bits.
        let at = |step: u32| {
            let value = scale.range.0 + f64::from(step) * scale.step;
            (libm::round(value * 1e6) / 1e6).min(scale.range.1)
        };
        (0..=steps).rev().map(at).find(|&value| bytes(value).is_some_and(|bytes| bytes <= limit_bytes))
    }
}

/// All circuits, in the order of the page.
pub const CIRCUITS: &[Entry] = &[
    Entry::of::<HalfCentre>(),
    Entry::of::<ReverberatingChain>(),
    Entry::of::<Jeffress>(),
    Entry::of::<PopulationVector>(),
    Entry::of::<RingAttractor>(),
    Entry::of::<Avalanche>(),
    Entry::of::<Cuba>(),
    Entry::of::<Coba>(),
    Entry::of::<Brunel>(),
    Entry::of::<Microcircuit>(),
    Entry::of::<DiehlCook>(),
    Entry::of::<CElegans>(),
];

/// The entry of this id.
///
/// # Errors
/// [`ParameterError::Unknown`] if there is none.
pub fn entry(id: &str) -> Result<&'static Entry, ParameterError> {
    let unknown = || ParameterError::Unknown { model: "The list of circuits", key: id.to_owned() };
    CIRCUITS.iter().find(|entry| entry.declaration.id == id).ok_or_else(unknown)
}

/// Builds a circuit with these parameters.
///
/// # Errors
/// If there is no such circuit, a parameter is refused, or as [`NetworkSpec::build`]; where a smaller one
/// would fit into memory, [`NetworkError::Scale`] says which.
pub fn build(id: &str, values: Values, seed: u64, limit_bytes: u64) -> Result<Run, NetworkError> {
    let entry = entry(id)?;
    let (spec, stimuli) = entry.spec(values, seed)?;
    Run::new(spec, stimuli, limit_bytes).map_err(|error| match error {
        NetworkError::Memory { needed, synapses, limit } => match entry.largest_scale(values, limit_bytes) {
            Some(scale) => NetworkError::Scale { needed, synapses, limit, scale },
            None => error,
        },
        _ => error,
    })
}
