//! What `cargo xtask bench` measures in the browser besides networks.

use super::super::error::EngineError;
use crate::kernels::{ceiling, product};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// A product of matrices with its operands.
#[wasm_bindgen]
pub struct Product {
    product: product::Product,
}

#[wasm_bindgen]
impl Product {
    /// `(m, k) · (k, n)` of fixed numbers, either operand stored transposed.
    ///
    /// # Errors
    /// If a size is zero, or all of it would take more than 1 GiB.
    #[wasm_bindgen(constructor)]
    pub fn new(
        m: u32,
        k: u32,
        n: u32,
        #[wasm_bindgen(js_name = lhsTransposed)] lhs_transposed: bool,
        #[wasm_bindgen(js_name = rhsTransposed)] rhs_transposed: bool,
    ) -> Result<Self, JsValue> {
        let product = product::Product::new((m, k, n), lhs_transposed, rhs_transposed);
        Ok(Self { product: product.map_err(EngineError::from)? })
    }

    /// Multiplies `count` times; the sum of the result.
    pub fn run(&mut self, count: u32) -> f32 {
        self.product.run(count)
    }

    /// The last result `(m, n)`, row-major.
    pub fn out(&self) -> Vec<f32> {
        self.product.out().to_vec()
    }
}

/// Multiplies and adds between registers; how many floating-point operations that were.
#[wasm_bindgen(js_name = multiplyAddCeiling)]
pub fn multiply_add_ceiling(iterations: u32) -> f64 {
    let registers = core::hint::black_box(ceiling::Registers::default());
    core::hint::black_box(ceiling::multiply_add(iterations, registers));
    f64::from(iterations) * f64::from(ceiling::OPERATIONS)
}
