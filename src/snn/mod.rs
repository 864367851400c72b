//! Spiking networks, event by event: populations of the neurons of [`crate::neurons`], projections
//! between them with delays and plasticity, inputs and monitors.
//!
//! Floor F2, beside [`crate::ann`], which it never imports.

pub mod inputs;
pub mod monitors;
pub mod synapses;
