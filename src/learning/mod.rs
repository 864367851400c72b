//! Learning rules: each turns a model into a program over plans.

pub mod backpropagation;
pub mod direct_feedback_alignment;
pub mod feedback_alignment;
pub mod program;
pub mod rule;

#[cfg(test)]
mod tests;

pub use program::{Feed, Instruction, Program};
pub use rule::Rule;
