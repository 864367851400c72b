//! The engine in a real browser, in a dedicated worker, where the page runs it.
#![cfg(target_arch = "wasm32")]

mod golden;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
fn the_engine_tells_its_version() {
    assert_eq!(cajal::bindings::version(), env!("CARGO_PKG_VERSION"));
}

#[wasm_bindgen_test]
fn weights_are_those_of_the_golden_file() {
    for case in golden::all() {
        assert_eq!(golden::train(&case.config), case.weights, "{}", case.name);
    }
}

#[wasm_bindgen_test]
fn the_circuit_is_that_of_the_golden_file() {
    assert_eq!(golden::circuit::simulate(), golden::circuit::golden());
}

#[wasm_bindgen_test]
fn the_spiking_works_are_those_of_the_golden_file() {
    assert_eq!(golden::works::hashes(), golden::works::golden());
}
