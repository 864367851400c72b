//! Spiking networks, event by event: populations of the neurons of [`crate::neurons`], projections
//! between them with delays and plasticity, inputs and monitors.
//!
//! Floor F2, beside [`crate::ann`], which it never imports.

mod build;
pub mod cells;
mod check;
pub mod connect;
pub mod dale;
pub mod error;
pub mod estimate;
mod gaps;
mod history;
mod inbox;
pub mod inputs;
pub mod monitors;
pub mod network;
mod pairs;
mod partition;
mod plastic_rows;
pub mod plasticity;
mod retune;
pub mod rows;
pub mod short_term;
pub mod spec;
pub mod synapses;

#[cfg(test)]
mod tests;

pub use connect::Connect;
pub use error::NetworkError;
pub use gaps::GapSpec;
pub use history::Spikes;
pub use network::Network;
pub use plastic_rows::Learning;
pub use rows::{Delay, Weight};
pub use spec::{BackgroundSpec, NetworkSpec, PopulationSpec, ProjectionSpec};

/// Most neurons of a partition: what arrives in a step stays in the L1 cache, and a target fits two bytes.
pub const WIDEST: usize = 8192;
