//! What JavaScript sees: the only place with `#[wasm_bindgen]`. A binding converts, calls one core
//! function and converts back.
//!
//! There are two parts, each compiled into a package of its own in pkg/, so that a room of the page loads
//! what it needs: [`layered`] with the networks that learn by gradients, and [`biological`] with single
//! neurons and circuits. Nothing below this floor knows of them: the linker leaves out what neither asks for.

#[cfg(feature = "biological")]
pub mod biological;
mod catalogue;
mod convert;
mod error;
#[cfg(feature = "layered")]
pub mod layered;

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
