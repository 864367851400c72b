//! What JavaScript sees: the only place with `#[wasm_bindgen]`. A binding converts, calls one core
//! function and converts back.

mod bench;
mod catalogue;
mod circuit;
mod circuit_shapes;
mod digits;
mod error;
mod lab;
mod network_shapes;
mod network_view;
mod neuron_bench;
mod shapes;
mod workload;

pub use bench::{Product, multiply_add_ceiling};
pub use circuit::Circuit;
pub use digits::DigitStudent;
pub use lab::Lab;
pub use neuron_bench::NeuronBench;
pub use workload::Workload;

use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(feature = "threads")]
pub use wasm_bindgen_rayon::init_thread_pool;

/// A panic says where and why in the console.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// The version of the engine.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
