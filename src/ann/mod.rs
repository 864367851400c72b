//! Layered networks: what they consist of, how they become a graph, how they start.

pub mod activation;
pub mod initialise;
pub mod network;
pub mod optimiser;

pub use initialise::Initialiser;
pub use network::{Hidden, Kind, Loss, Network, NetworkSpec, SpikingSpec};
pub use optimiser::Optimiser;
