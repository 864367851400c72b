//! Element by element: activations.
//!
//! A rule is written once over [`Real`](super::lane::Real) and applied four lanes at a time.

use super::activation::Activation;
use super::each::{BLOCK, each_here};
use crate::parallel;

/// Rough cost of one element of an activation, in floating-point operations.
const ACTIVATION_COST: usize = 16;

/// `$work`, compiled for each `$activation` by itself: nothing is decided in its loop.
macro_rules! named {
    ($activation:ident, $work:expr) => {
        named!($activation, $work, Step, Linear, Relu, LeakyRelu, Gelu, Sigmoid, Tanh, Softplus)
    };
    ($activation:ident, $work:expr, $($name:ident),*) => {
        match $activation {
            $(Activation::$name => {
                let $activation = Activation::$name;
                $work
            })*
        }
    };
}

/// `out = f(x)`; all `(len)`.
pub fn activate(activation: Activation, x: &[f32], out: &mut [f32]) {
    assert_eq!(x.len(), out.len(), "as many numbers come out as go in");
    parallel::for_each_block(out, BLOCK, ACTIVATION_COST * x.len(), |block, out| {
        out.copy_from_slice(&x[block * BLOCK..][..out.len()]);
        activate_in_place(activation, out);
    });
}

/// `out = f(out)`, in the calling thread: for a result that is still in its cache.
pub fn activate_in_place(activation: Activation, out: &mut [f32]) {
    named!(activation, each_here([], [out], |[], [x]| [activation.value(x)]));
}

/// `out = dy · f'(x)`, all `(len)`; `saved` is what [`Activation::saves`] names.
pub fn activate_gradient(activation: Activation, saved: &[f32], dy: &[f32], out: &mut [f32]) {
    let lens = (saved.len(), dy.len());
    assert_eq!(lens, (out.len(), out.len()), "as many numbers come out as go in");
    parallel::for_each_block(out, BLOCK, ACTIVATION_COST * dy.len(), |block, out| {
        let here = block * BLOCK..block * BLOCK + out.len();
        out.copy_from_slice(&dy[here.clone()]);
        activate_gradient_in_place(activation, &saved[here], out);
    });
}

/// `out = out · f'(x)`, in the calling thread: for a result that is still in its cache.
pub fn activate_gradient_in_place(activation: Activation, saved: &[f32], out: &mut [f32]) {
    named!(activation, each_here([saved], [out], |[saved], [dy]| [dy * activation.slope(saved)]));
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
