//! The speed limit of a core: multiplications and additions between registers and nothing else.
//!
//! `sums[i] = sums[i] · factor + offset`, a chain for each of [`CHAINS`] registers. A product of
//! matrices cannot run faster than this without fused multiply-add, so the benches state every
//! product as a share of it. Thirteen chains, `factor` and `offset` are the fifteen registers that V8
//! leaves to SIMD128 (with fourteen it spills, and halves the speed), and more than the twelve that two
//! multipliers and two adders of three cycles each need to be busy all the time.

use super::lane::{F32x4, Real};

/// Sums that do not wait for one another.
const CHAINS: usize = 13;

/// Floating-point operations of one iteration of [`multiply_add`].
pub const OPERATIONS: u32 = (2 * CHAINS * F32x4::LANES) as u32;

/// What the registers begin with. The compiler must not know these numbers, or it would leave out the
/// work: hand them through [`core::hint::black_box`].
#[derive(Clone, Copy)]
pub struct Registers {
    /// The first sum; each further one is larger by 1.
    pub start: f32,
    /// What a sum is multiplied by.
    pub factor: f32,
    /// What is added to it.
    pub offset: f32,
}

impl Default for Registers {
    /// Sums that go to 1: neither overflow nor subnormal numbers.
    fn default() -> Self {
        Self { start: 2.0, factor: 0.75, offset: 0.25 }
    }
}

/// Does `iterations × OPERATIONS` operations; the sum of all registers at the end.
pub fn multiply_add(iterations: u32, registers: Registers) -> f32 {
    run::<F32x4>(iterations, registers).to_array().iter().sum()
}

#[inline(always)]
fn run<R: Real>(iterations: u32, Registers { start, factor, offset }: Registers) -> R {
    let (factor, offset) = (R::splat(factor), R::splat(offset));
    let mut sums: [R; CHAINS] = core::array::from_fn(|chain| R::splat(start + chain as f32));
    for _ in 0..iterations {
        for sum in &mut sums {
            *sum = *sum * factor + offset;
        }
    }
    let [first, rest @ ..] = sums;
    rest.into_iter().fold(first, |total, sum| total + sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lane_does_what_the_scalar_does() {
        for iterations in [0, 1, 2, 7] {
            let scalar: f32 = run(iterations, Registers::default());
            let lanes = run::<F32x4>(iterations, Registers::default()).to_array();
            assert!(lanes.iter().all(|lane| lane.to_bits() == scalar.to_bits()), "{iterations}");
        }
    }

    #[test]
    fn it_ends_where_the_recurrence_does() {
        let begun = multiply_add(0, Registers::default());
        assert_eq!(begun, 4.0 * (0..13).map(|chain| 2.0 + chain as f32).sum::<f32>());
        let end = multiply_add(100, Registers::default());
        assert!((end - 52.0).abs() < 1e-4, "every register comes to 1, not {}", end / 52.0);
    }
}
