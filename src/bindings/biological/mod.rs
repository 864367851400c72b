//! Single neurons, circuits, and the network that learns digits by its own rule.

mod catalogue;
mod circuit;
mod circuit_shapes;
mod circuit_work;
mod digits;
mod neuron_bench;

pub use circuit::Circuit;
pub use circuit_work::CircuitWork;
pub use digits::DigitStudent;
pub use neuron_bench::NeuronBench;
