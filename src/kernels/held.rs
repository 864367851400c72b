//! What kernels are held to in tests: twins bit by bit, gradients by central differences.

pub(crate) use super::reference::tests::hard_numbers;

/// Lengths around those of vectors and chunks.
pub(crate) const LENGTHS: [usize; 9] = [0, 1, 3, 4, 5, 31, 32, 33, 1003];

/// Numbers of moderate size, without any special ones.
pub(crate) fn plain_numbers(len: usize, seed: u32) -> Vec<f32> {
    hard_numbers(len, seed).into_iter().map(|x| if x.abs() <= 2.0 { x } else { 0.25 }).collect()
}

/// Equal bits everywhere; the payload of a NaN is not part of the contract.
pub(crate) fn same_bits(what: &str, ours: &[f32], twin: &[f32]) {
    assert_eq!(ours.len(), twin.len(), "{what}: lengths");
    for (at, (ours, twin)) in ours.iter().zip(twin).enumerate() {
        let same = ours.to_bits() == twin.to_bits() || (ours.is_nan() && twin.is_nan());
        assert!(same, "{what}: {ours:e} at {at}, its twin says {twin:e}");
    }
}

/// Holds the gradient of `f` at `x` to central differences, relative 1e-4 of the largest.
pub(crate) fn gradient(what: &str, x: &[f32], ours: &[f32], f: impl Fn(&[f64]) -> f64) {
    assert_eq!(x.len(), ours.len(), "{what}: lengths");
    let mut at: Vec<f64> = x.iter().map(|&x| f64::from(x)).collect();
    let h = 1e-5;
    let differences: Vec<f64> = (0..at.len())
        .map(|index| {
            let middle = at[index];
            at[index] = middle + h;
            let above = f(&at);
            at[index] = middle - h;
            let below = f(&at);
            at[index] = middle;
            (above - below) / (2.0 * h)
        })
        .collect();
    let scale = differences.iter().fold(1e-3, |scale: f64, x| scale.max(x.abs()));
    for (index, (ours, exact)) in ours.iter().zip(&differences).enumerate() {
        let error = (f64::from(*ours) - exact).abs();
        assert!(error <= 1e-4 * scale, "{what}: gradient {index} is {ours}, central difference {exact}");
    }
}

/// `Σ a·b` in f64: a number whose gradient by `a` is `b`.
pub(crate) fn dot(a: &[f64], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, &b)| a * f64::from(b)).sum()
}
