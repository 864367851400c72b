//! The ground that all neurons with an extent stand on: a tree of compartments, the currents through
//! their membranes, and the step of it all.
//!
//! For compartment `i` with parent `p` and children `c`
//! `C_i dV_i/dt = Σ I_ion + Σ I_synapse + I_injected + G_i (V_p − V_i) + Σ_c G_c (V_c − V_i)`.
//! Potentials in mV, times in ms, currents in pA, conductances in nS, capacitances in pF; so every
//! product is in pA without a factor.

pub mod hines;
pub mod receptor;
mod simulation;
pub mod squid_channels;
mod tree;

pub use receptor::{Contact, Opening, Receptor};
pub use simulation::{Scheme, Simulation, SimulationError};
pub use squid_channels::SquidChannels;
pub use tree::{Branch, Cell, CellError, Compartment, LARGEST_CELL, Material, Origin};
