//! Cajal: a neural laboratory in a browser tab.
//!
//! Artificial (layered, differentiable) and biological (spiking) neurons side by side, on the same
//! task, with the same seed. See `ARCHITECTURE.md` for the map and the floors.

pub mod data;
pub mod digest;
pub mod rng;
