//! Sums in a fixed order.

use super::lane::{F32x4, Real};

/// Numbers summed into one partial result.
const CHUNK: usize = 1024;

/// The sum of all numbers: chunks of 1024, in each four lanes that run side by side and are then
/// added as `(0+1)+(2+3)`; the chunks in order. The same tree on every machine.
pub fn sum(x: &[f32]) -> f32 {
    x.chunks(CHUNK).map(chunk_sum).fold(0.0, |total, part| total + part)
}

fn chunk_sum(x: &[f32]) -> f32 {
    let (heads, tail) = x.as_chunks::<4>();
    let mut lanes = F32x4::splat(0.0);
    for head in heads {
        lanes = lanes + F32x4::from_array(head);
    }
    let mut last = [0.0; 4];
    last[..tail.len()].copy_from_slice(tail);
    let [a, b, c, d] = (lanes + F32x4::from_array(&last)).to_array();
    (a + b) + (c + d)
}

/// `out (cols)` = sum of the rows of `x (rows, cols)`, in the order of the rows.
pub fn sum_rows(x: &[f32], out: &mut [f32]) {
    out.fill(0.0);
    if out.is_empty() {
        return;
    }
    for row in x.chunks_exact(out.len()) {
        super::elementwise::add_assign(row, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::reference::{self, tests::hard_numbers};

    #[test]
    fn sum_repeats_its_twin_bit_by_bit() {
        for len in [0, 1, 3, 4, 5, 31, 32, 33, 1003, 1024, 1025, 5000] {
            // Numbers of moderate size: with the largest among them every order overflows alike.
            let moderate = |x: f32| if x.abs() < 100.0 { x } else { 0.5 };
            let x: Vec<f32> = hard_numbers(len, 3).into_iter().map(moderate).collect();
            assert_eq!(sum(&x).to_bits(), reference::sum(&x).to_bits(), "{len} numbers");
        }
    }

    #[test]
    fn rows_are_added_in_order() {
        let mut out = [9.0; 3];
        sum_rows(&[1.0, 2.0, 3.0, 10.0, 20.0, 30.0], &mut out);
        assert_eq!(out, [11.0, 22.0, 33.0]);
        assert!(sum(&[1.0, f32::NAN]).is_nan());
    }
}
