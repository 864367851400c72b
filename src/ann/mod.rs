//! Layered networks: what they consist of, how they become a graph, how they start, how they descend.

pub mod activation;
pub mod calibrate;
pub mod clip;
pub mod descent;
pub mod initialise;
pub mod layers;
pub mod loss;
pub mod model;
pub mod network;
pub mod optimiser;
pub mod schedule;

pub use clip::Clip;
pub use descent::Descent;
pub use initialise::Initialiser;
pub use layers::Layer;
pub use loss::Loss;
pub use model::{Mode, Model, Network, Start};
pub use network::{Hidden, Kind, NetworkSpec, SpikingSpec, Swap, UnitNeuron};
pub use optimiser::Optimiser;
pub use schedule::Schedule;
