//! Cajal: a neural laboratory in a browser tab.
//!
//! Artificial (layered, differentiable) and biological (spiking) neurons side by side, on the same
//! task, with the same seed. See `ARCHITECTURE.md` for the map and the floors.

// F0
pub mod decimal;
pub mod describe;
pub mod digest;
pub mod kernels;
pub mod math;
pub mod order;
pub mod parallel;
pub mod rng;
pub mod units;
// F1
pub mod data;
pub mod graph;
pub mod neurons;
// F2
pub mod ann;
pub mod snn;
// F3
pub mod learning;
// F4
pub mod catalogue;
pub mod experiment;
pub mod session;
pub mod workload;
// F5
#[cfg(target_arch = "wasm32")]
pub mod bindings;
