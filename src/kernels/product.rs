//! A product with its operands, to be run again and again: what the benches measure.

use super::matmul::{Finish, Operand, Shape, Start, matmul};

/// The most that operands, result and scratch space may take together.
const LIMIT_BYTES: u128 = 1 << 30;

/// Why a product cannot be set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProductError {
    /// A side without length.
    #[error("a product wants sizes of at least 1, not {m}×{k}×{n}")]
    Empty {
        /// Rows of the result.
        m: u32,
        /// Length of the sums.
        k: u32,
        /// Columns of the result.
        n: u32,
    },
    /// More memory than a bench may take.
    #[error("a product may take 1024 MiB, not {mebibytes} MiB")]
    TooLarge {
        /// What it would take.
        mebibytes: u128,
    },
}

/// `out (m, n) = lhs (m, k) · rhs (k, n)`, either operand stored transposed.
pub struct Product {
    shape: Shape,
    lhs: Vec<f32>,
    rhs: Vec<f32>,
    out: Vec<f32>,
    workspace: Vec<f32>,
    transposed: (bool, bool),
}

impl Product {
    /// A product of fixed numbers between -1 and 1.
    ///
    /// # Errors
    /// If a size is zero, or all of it would take more than 1 GiB.
    pub fn new(
        (m, k, n): (u32, u32, u32),
        lhs_transposed: bool,
        rhs_transposed: bool,
    ) -> Result<Self, ProductError> {
        if m == 0 || k == 0 || n == 0 {
            return Err(ProductError::Empty { m, k, n });
        }
        let [wide_m, wide_k, wide_n] = [m, k, n].map(u128::from);
        // Operands once as given and once packed; packing rounds up by less than 16.
        let numbers = 2 * (wide_m + 16) * wide_k + 2 * wide_k * (wide_n + 16) + wide_m * wide_n;
        if 4 * numbers > LIMIT_BYTES {
            return Err(ProductError::TooLarge { mebibytes: (4 * numbers) >> 20 });
        }
        let shape = Shape { m: m as usize, k: k as usize, n: n as usize };
        Ok(Self {
            shape,
            lhs: numbers_from(1, shape.m * shape.k),
            rhs: numbers_from(2, shape.k * shape.n),
            out: vec![0.0; shape.m * shape.n],
            workspace: vec![0.0; shape.workspace_len()],
            transposed: (lhs_transposed, rhs_transposed),
        })
    }

    /// Multiplies `count` times; the sum of the result, which shows that it was computed.
    pub fn run(&mut self, count: u32) -> f32 {
        let lhs = Operand { data: &self.lhs, transposed: self.transposed.0 };
        let rhs = Operand { data: &self.rhs, transposed: self.transposed.1 };
        for _ in 0..count {
            matmul(self.shape, lhs, rhs, Start::Zero, Finish::None, &mut self.out, &mut self.workspace);
        }
        self.out.iter().sum()
    }

    /// The last result `(m, n)`, row-major.
    pub fn out(&self) -> &[f32] {
        &self.out
    }

    /// Floating-point operations of one product.
    pub fn operations(&self) -> f64 {
        2.0 * self.shape.m as f64 * self.shape.k as f64 * self.shape.n as f64
    }
}

/// A linear congruential sequence (Numerical Recipes' constants), the same in every engine that the
/// bench compares.
fn numbers_from(seed: u32, len: usize) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let draw = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / 8_388_608.0 - 1.0
    };
    std::iter::repeat_with(draw).take(len).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::reference;

    #[test]
    fn it_multiplies_what_it_says() {
        for (lhs_transposed, rhs_transposed) in [(false, false), (true, false), (false, true), (true, true)] {
            let mut product = Product::new((5, 9, 7), lhs_transposed, rhs_transposed).expect("it is small");
            let mut expected = vec![0.0; 35];
            let lhs = Operand { data: &product.lhs, transposed: lhs_transposed };
            let rhs = Operand { data: &product.rhs, transposed: rhs_transposed };
            reference::matmul(product.shape, lhs, rhs, Start::Zero, Finish::None, &mut expected);
            assert_eq!(product.run(2), expected.iter().sum::<f32>());
            assert_eq!(product.out(), expected);
            assert_eq!(product.operations(), 630.0);
        }
    }

    #[test]
    fn what_cannot_be_set_up_is_refused() {
        for (sizes, words) in [
            ((0, 1, 1), "not 0×1×1"),
            ((1, 1, 0), "not 1×1×0"),
            ((16_384, 16_384, 1), "MiB, not 2"),
            ((u32::MAX, u32::MAX, u32::MAX), "1024 MiB"),
        ] {
            let refusal = Product::new(sizes, false, false).err().expect("it must be refused");
            assert!(refusal.to_string().contains(words), "{sizes:?}: {refusal}");
        }
    }
}
