//! Element by element: activations.
//!
//! A rule is written once over [`Real`]; four lanes at a time do the bulk and the same code does
//! the remainder one by one.

use super::activation::Activation;
use super::lane::F32x4;
use crate::parallel;

/// Elements handed to a thread at a time.
const BLOCK: usize = 4096;
/// Rough cost of one element of an activation, in floating-point operations.
const ACTIVATION_COST: usize = 16;

/// `out = f(x)`; all `(len)`.
pub fn activate(activation: Activation, x: &[f32], out: &mut [f32]) {
    assert_eq!(x.len(), out.len(), "an activation keeps the length");
    parallel::for_each_block(out, BLOCK, x.len() * ACTIVATION_COST, |block, out| {
        let x = &x[block * BLOCK..][..out.len()];
        let (heads, tail) = out.as_chunks_mut::<4>();
        for (index, head) in heads.iter_mut().enumerate() {
            activation.value(F32x4::load(&x[index * 4..])).store(head);
        }
        let done = x.len() - tail.len();
        for (value, &x) in tail.iter_mut().zip(&x[done..]) {
            *value = activation.value(x);
        }
    });
}

/// `out = f(out)`, in the calling thread: for a result that is still in its cache.
pub fn activate_in_place(activation: Activation, out: &mut [f32]) {
    let (heads, tail) = out.as_chunks_mut::<4>();
    for head in heads {
        activation.value(F32x4::from_array(head)).store(head);
    }
    for value in tail {
        *value = activation.value(*value);
    }
}

/// `out = dy · f'(x)`, all `(len)`; `saved` is what [`Activation::saves`] names.
pub fn activate_gradient(activation: Activation, saved: &[f32], dy: &[f32], out: &mut [f32]) {
    let len = out.len();
    assert!(saved.len() == len && dy.len() == len, "an activation keeps the length");
    parallel::for_each_block(out, BLOCK, len * ACTIVATION_COST, |block, out| {
        let from = block * BLOCK;
        out.copy_from_slice(&dy[from..][..out.len()]);
        activate_gradient_in_place(activation, &saved[from..][..out.len()], out);
    });
}

/// `out = out · f'(x)`, in the calling thread: for a result that is still in its cache.
pub fn activate_gradient_in_place(activation: Activation, saved: &[f32], out: &mut [f32]) {
    assert_eq!(saved.len(), out.len(), "an activation keeps the length");
    let (heads, tail) = out.as_chunks_mut::<4>();
    let (saved_heads, saved_tail) = saved.as_chunks::<4>();
    for (head, saved) in heads.iter_mut().zip(saved_heads) {
        (F32x4::from_array(head) * activation.slope(F32x4::from_array(saved))).store(head);
    }
    for (value, &saved) in tail.iter_mut().zip(saved_tail) {
        *value *= activation.slope(saved);
    }
}

/// `out += x`; both `(len)`.
pub fn add_assign(x: &[f32], out: &mut [f32]) {
    assert_eq!(x.len(), out.len(), "a sum needs equal lengths");
    for (value, &x) in out.iter_mut().zip(x) {
        *value += x;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::activation::Saves;
    use crate::kernels::reference::{self, tests::hard_numbers};

    /// Where the two differ first; the payload of a NaN is not part of the contract.
    fn difference(a: &[f32], b: &[f32]) -> Option<usize> {
        a.iter().zip(b).position(|(a, b)| a.to_bits() != b.to_bits() && !(a.is_nan() && b.is_nan()))
    }

    #[test]
    fn activations_match_their_twins_bit_by_bit() {
        for len in [0, 1, 3, 4, 5, 31, 32, 33, 1003] {
            let x = hard_numbers(len + 1, 7);
            let (x, dy) = (&x[1..], hard_numbers(len, 8));
            for activation in Activation::ALL {
                let (mut y, mut twin) = (vec![0.0; len], vec![0.0; len]);
                activate(activation, x, &mut y);
                reference::activate(activation, x, &mut twin);
                assert_eq!(difference(&y, &twin), None, "{activation:?} of {len}");
                let (mut dx, mut twin) = (vec![0.0; len], vec![0.0; len]);
                let saved = if activation.saves() == Saves::Output { &y[..] } else { x };
                activate_gradient(activation, saved, &dy, &mut dx);
                reference::activate_gradient(activation, saved, &dy, &mut twin);
                assert_eq!(difference(&dx, &twin), None, "gradient of {activation:?} of {len}");
            }
        }
    }
}
