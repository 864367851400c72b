//! What is read off a simulation: traces, spikes and the statistics that the field makes of them.

pub mod spike_triggered_average;
