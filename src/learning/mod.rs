//! Learning rules: each turns a model into a program over plans. The rules of synapses, which act on
//! spikes and rates, stand in [`plasticity`].

pub mod backpropagation;
mod chain;
pub mod contrastive_divergence;
pub mod direct_feedback_alignment;
pub mod feedback_alignment;
pub mod forward_forward;
pub mod plasticity;
pub mod program;
pub mod rule;
mod stack;

#[cfg(test)]
mod tests;

pub use program::{Feed, Instruction, Program};
pub use rule::Rule;
