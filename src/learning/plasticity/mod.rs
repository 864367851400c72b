//! Rules by which synapses and neurons change: each file declares one.
//!
//! Rules for spikes implement [`crate::snn::plasticity::Plasticity`] and are called by the simulator
//! or by a test of two neurons alike. Rules for rates implement
//! [`crate::snn::plasticity::RateRule`]. What acts slower than both (scaling, rewiring, gain,
//! reward prediction) is a struct with functions of its own. Amplitudes are in the unit of the weight.

pub mod bcm;
pub mod dopamine_stdp;
pub mod gain_modulation;
pub mod hebb;
pub mod homeostatic;
#[cfg(test)]
mod in_network;
pub mod oja;
pub mod pair_stdp;
pub mod post_stdp;
pub mod rewiring;
pub mod temporal_difference;
pub mod triplet_stdp;

use crate::describe::{Parameter, Scale};
use crate::units::Unit;

pub use bcm::Bcm;
pub use dopamine_stdp::DopamineStdp;
pub use gain_modulation::GainModulation;
pub use hebb::Hebb;
pub use homeostatic::Homeostatic;
pub use oja::Oja;
pub use pair_stdp::PairStdp;
pub use post_stdp::PostStdp;
pub use rewiring::{Rewiring, Wiring};
pub use temporal_difference::TemporalDifference;
pub use triplet_stdp::TripletStdp;

const fn number(
    key: &'static str,
    symbol: &'static str,
    range: (f64, f64),
    default: f64,
    meaning: &'static str,
) -> Parameter {
    let (unit, scale, step) = (Unit::One, Scale::Linear, (range.1 - range.0) / 1000.0);
    Parameter { key, symbol, unit, range, step, scale, default, meaning }
}

const fn time_constant(
    key: &'static str,
    symbol: &'static str,
    default: f64,
    meaning: &'static str,
) -> Parameter {
    let (unit, scale) = (Unit::Millisecond, Scale::Logarithmic);
    Parameter { key, symbol, unit, range: (1.0, 100_000.0), step: 1.1, scale, default, meaning }
}

const fn learning_rate(default: f64) -> Parameter {
    let (unit, scale) = (Unit::One, Scale::Logarithmic);
    let meaning = "How much one example changes the weights.";
    Parameter {
        key: "learning_rate",
        symbol: r"\eta",
        unit,
        range: (1e-6, 1.0),
        step: 1.1,
        scale,
        default,
        meaning,
    }
}

const PAIRING: Parameter = Parameter {
    key: "nearest",
    symbol: "n",
    unit: Unit::One,
    range: (0.0, 1.0),
    step: 1.0,
    scale: Scale::Integer,
    default: 0.0,
    meaning: "0 to pair each spike with all others, 1 with the nearest only.",
};
