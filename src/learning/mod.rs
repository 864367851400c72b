//! Learning rules: each turns a network's forward graph into a program over plans.

pub mod backpropagation;
pub mod program;

pub use program::{Feed, Instruction, Program};
