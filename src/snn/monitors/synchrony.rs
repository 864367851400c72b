//! Synchrony: whether neurons do the same at the same time.
//!
//! - `χ² = Var_t⟨V⟩ / ⟨Var_t V⟩` (Golomb & Rinzel 1994, Physica D 72, 259–282): the variance of the mean
//!   potential over the mean variance of the potentials. 1 if all are alike, about `1/N` for χ² if none
//!   has to do with another.
//! - the mean correlation coefficient of spike counts over all pairs of neurons.
//!
//! Floor F2.
//!
//! ```
//! use cajal::snn::monitors::synchrony::golomb_rinzel_chi;
//! let alike = [-65.0f32, -65.0, -50.0, -50.0, -60.0, -60.0]; // three steps of two neurons
//! assert!((golomb_rinzel_chi(&alike, 2).expect("it varies") - 1.0).abs() < 1e-12);
//! ```

use super::moments;

/// χ of potentials in mV (or any other unit), `(steps, neurons)` row-major.
///
/// None for fewer than two neurons or steps, a last row that is not complete, or potentials that
/// never change.
#[must_use]
pub fn golomb_rinzel_chi(potentials: &[f32], neurons: usize) -> Option<f64> {
    if neurons < 2 || potentials.len() < 2 * neurons || !potentials.len().is_multiple_of(neurons) {
        return None;
    }
    let steps = || potentials.chunks_exact(neurons);
    let mean_of = |row: &[f32]| row.iter().map(|&v| f64::from(v)).sum::<f64>() / neurons as f64;
    let (_, of_mean) = moments(steps().map(mean_of))?;
    let mut single = 0.0;
    for neuron in 0..neurons {
        single += moments(steps().map(|row| f64::from(row[neuron])))?.1 / neurons as f64;
    }
    (single > 0.0).then(|| (of_mean / single).sqrt())
}

/// Mean correlation coefficient over all pairs of neurons of the counts `(neurons, bins)`, row-major.
///
/// Neurons whose count never changes have no correlation and are left out. None with fewer than
/// two others, or if a row is not complete. Takes a pass over the counts, not one for each pair:
/// with `z` the counts less their mean over their deviation, `Σ_{i≠j} z_i·z_j = |Σz|² − Σ|z|²`.
#[must_use]
pub fn mean_count_correlation(counts: &[f32], bins: usize) -> Option<f64> {
    if bins < 2 || !counts.len().is_multiple_of(bins) {
        return None;
    }
    let mut sum = vec![0.0; bins];
    let mut neurons = 0.0;
    for row in counts.chunks_exact(bins) {
        let (mean, variance) = moments(row.iter().map(|&count| f64::from(count)))?;
        if variance > 0.0 {
            let scale = 1.0 / (variance * bins as f64).sqrt();
            for (sum, &count) in sum.iter_mut().zip(row) {
                *sum += (f64::from(count) - mean) * scale;
            }
            neurons += 1.0;
        }
    }
    let together: f64 = sum.iter().map(|value| value * value).sum();
    (neurons > 1.0).then(|| (together - neurons) / (neurons * (neurons - 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Stream, StreamId};

    fn normal(count: usize, element: u64) -> Vec<f32> {
        let mut out = vec![0.0; count];
        Stream::new(17, StreamId::CurrentNoise).fill_normal(0, element, &mut out);
        out
    }

    #[test]
    fn chi_goes_from_one_over_the_root_of_n_to_one() {
        let (steps, neurons) = (4000, 100);
        let own = normal(steps * neurons, 0);
        let shared = normal(steps, 1 << 40);
        for share in [0.0f64, 0.25, 0.5, 1.0] {
            let mixed: Vec<f32> = own
                .iter()
                .enumerate()
                .map(|(place, own)| {
                    let common = shared[place / neurons] * share.sqrt() as f32;
                    common + own * (1.0 - share).sqrt() as f32 - 60.0
                })
                .collect();
            let exact = (share + (1.0 - share) / neurons as f64).sqrt();
            let chi = golomb_rinzel_chi(&mixed, neurons).expect("it varies");
            assert!((chi - exact).abs() < 0.04 * exact, "share {share}: {chi}, {exact}");
            let mut counts = vec![0.0; mixed.len()];
            for (place, value) in mixed.iter().enumerate() {
                counts[place % neurons * steps + place / neurons] = *value;
            }
            let correlation = mean_count_correlation(&counts, steps).expect("it varies");
            assert!((correlation - share).abs() < 0.03, "share {share}: {correlation}");
        }
    }

    #[test]
    fn the_mean_over_pairs_is_that_of_the_pairs_one_by_one() {
        let counts = normal(5 * 40, 7);
        let rows: Vec<&[f32]> = counts.chunks_exact(40).collect();
        let pearson = |a: &[f32], b: &[f32]| {
            let mean = |row: &[f32]| row.iter().map(|&v| f64::from(v)).sum::<f64>() / 40.0;
            let (ma, mb) = (mean(a), mean(b));
            let product = |x: &[f32], mx: f64, y: &[f32], my: f64| {
                x.iter().zip(y).map(|(&x, &y)| (f64::from(x) - mx) * (f64::from(y) - my)).sum::<f64>()
            };
            product(a, ma, b, mb) / (product(a, ma, a, ma) * product(b, mb, b, mb)).sqrt()
        };
        let mut sum = 0.0;
        for i in 0..5 {
            for j in 0..i {
                sum += pearson(rows[i], rows[j]);
            }
        }
        let ours = mean_count_correlation(&counts, 40).expect("it varies");
        assert!((ours - sum / 10.0).abs() < 1e-12);
        // Two neurons one against the other, and a silent one that does not count.
        let opposed = [[0.0f32, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0; 3]].concat();
        assert!((mean_count_correlation(&opposed, 3).expect("two vary") + 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_does_not_vary_has_no_synchrony() {
        assert_eq!(golomb_rinzel_chi(&[], 2), None);
        assert_eq!(golomb_rinzel_chi(&[-65.0; 8], 2), None);
        assert_eq!(golomb_rinzel_chi(&[1.0, 2.0, 3.0], 2), None);
        assert_eq!(golomb_rinzel_chi(&[1.0, 2.0, 3.0], 1), None);
        assert_eq!(golomb_rinzel_chi(&[1.0, f32::NAN, 3.0, 4.0], 2), None);
        assert_eq!(mean_count_correlation(&[], 4), None);
        assert_eq!(mean_count_correlation(&[1.0; 8], 4), None);
        assert_eq!(mean_count_correlation(&[1.0, 2.0, 3.0, 0.0, 0.0, 0.0], 3), None);
        assert_eq!(mean_count_correlation(&[1.0, 2.0], 0), None);
    }
}
