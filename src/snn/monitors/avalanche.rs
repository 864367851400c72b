//! Avalanches: how much activity follows from one beginning.
//!
//! Time is cut into bins; an avalanche is a run of bins with spikes between two without, its size the
//! number of spikes, its duration the number of bins (Beggs & Plenz 2003, J. Neurosci. 23, 11167–11177).
//! That is the activity of one beginning only where beginnings are rare. If every spike causes a Poisson
//! number of others, σ in the mean, sizes follow Borel's law (Otter 1949, Ann. Math. Stat. 20, 206–224):
//! `P(n) = e^(−σn)·(σn)^(n−1)/n!`, with the mean `1/(1 − σ)` below σ = 1 and the tail `n^(−3/2)` at it.
//!
//! A power law alone proves no criticality: mixtures of exponentials, thresholded noise and random
//! superpositions have one, too (Touboul & Destexhe 2010, PLoS ONE 5(2): e8982). Look at the branching ratio
//! and at how the cut-off moves with the size of the network as well. Floor F2.
//!
//! ```
//! use cajal::snn::monitors::avalanche::{Avalanches, borel};
//! let mut avalanches = Avalanches::default();
//! [0, 2, 1, 0, 0, 1, 0, 5].into_iter().for_each(|spikes| avalanches.bin(spikes));
//! assert_eq!(avalanches.sizes(), [3, 1]); // the last one is not over
//! assert!((borel(1, 1.0) - 0.3679).abs() < 1e-4 && (borel(2, 1.0) - 0.1353).abs() < 1e-4);
//! ```

/// Sizes and durations of all avalanches that are over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Avalanches {
    sizes: Vec<u32>,
    durations: Vec<u32>,
    /// Of the one that goes on; a duration of 0 says that there is none.
    size: u32,
    duration: u32,
    /// Spikes that had a next bin, and those of the next bins.
    parents: u64,
    children: u64,
    last: u32,
}

impl Avalanches {
    /// The spikes of the next bin.
    pub fn bin(&mut self, spikes: u32) {
        self.parents += u64::from(self.last);
        self.children += if self.last > 0 { u64::from(spikes) } else { 0 };
        self.last = spikes;
        if spikes > 0 {
            self.size = self.size.saturating_add(spikes);
            self.duration += 1;
        } else if self.duration > 0 {
            self.sizes.push(self.size);
            self.durations.push(self.duration);
            (self.size, self.duration) = (0, 0);
        }
    }

    /// Spikes of each, in the order in which they ended.
    #[must_use]
    pub fn sizes(&self) -> &[u32] {
        &self.sizes
    }

    /// Bins of each.
    #[must_use]
    pub fn durations(&self) -> &[u32] {
        &self.durations
    }

    /// Whether one goes on.
    #[must_use]
    pub fn ongoing(&self) -> bool {
        self.duration > 0
    }

    /// Spikes of one bin over those of the bin before, over all bins with spikes: an estimate of σ that is
    /// right where bins are generations. None before any.
    #[must_use]
    pub fn branching_ratio(&self) -> Option<f64> {
        (self.parents > 0).then(|| self.children as f64 / self.parents as f64)
    }
}

/// Share of sizes that are `size`; None without any.
#[must_use]
pub fn share(sizes: &[u32], size: u32) -> Option<f64> {
    let count = sizes.iter().filter(|&&one| one == size).count();
    (!sizes.is_empty()).then(|| count as f64 / sizes.len() as f64)
}

/// Mean size; None without any.
#[must_use]
pub fn mean_size(sizes: &[u32]) -> Option<f64> {
    super::moments(sizes.iter().map(|&size| f64::from(size))).map(|(mean, _)| mean)
}

/// Borel's law: the probability that an avalanche has `size` spikes at the branching ratio `sigma` of 0 to 1.
#[must_use]
pub fn borel(size: u32, sigma: f64) -> f64 {
    if size == 0 {
        return 0.0;
    }
    let n = f64::from(size);
    // (σn)^(n−1) is 1 for n = 1 at any σ, also at 0, whose logarithm is not finite.
    let grown = if size == 1 { 0.0 } else { (n - 1.0) * libm::log(sigma * n) };
    libm::exp(grown - sigma * n - libm::lgamma(n + 1.0))
}

/// The exponent α of `P(n) ∝ n^(−α)` that makes the sizes from `smallest` to `largest` likeliest (Clauset,
/// Shalizi & Newman 2009, SIAM Rev. 51, 661–703, for whole numbers, cut off above, where a network ends).
///
/// None without a size in that range, if all of them are alike, or beyond an exponent of 0 to 10.
#[must_use]
pub fn tail_exponent(sizes: &[u32], smallest: u32, largest: u32) -> Option<f64> {
    let within = sizes.iter().filter(|size| (smallest.max(1)..=largest).contains(*size));
    let (mean_log, spread) = super::moments(within.map(|&size| libm::log(f64::from(size))))?;
    if spread == 0.0 {
        return None;
    }
    // The likelihood is largest where the mean logarithm of the law is that of the sizes; it falls with α.
    let expected = |alpha: f64| {
        let (mut sum, mut weighted) = (0.0, 0.0);
        for size in smallest.max(1)..=largest {
            let log = libm::log(f64::from(size));
            let weight = libm::exp(-alpha * log);
            sum += weight;
            weighted += weight * log;
        }
        weighted / sum
    };
    let (mut low, mut high) = (0.0, 10.0);
    if !(expected(high)..=expected(low)).contains(&mean_log) {
        return None;
    }
    for _ in 0..50 {
        let middle = 0.5 * (low + high);
        if expected(middle) > mean_log {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(0.5 * (low + high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Stream, StreamId};

    #[test]
    fn runs_of_bins_are_avalanches() {
        let mut avalanches = Avalanches::default();
        for spikes in [1, 2, 3, 0, 0, 4, 0, 2] {
            avalanches.bin(spikes);
        }
        assert_eq!(avalanches.sizes(), [6, 4]);
        assert_eq!(avalanches.durations(), [3, 1]);
        assert!(avalanches.ongoing());
        // Parents 1, 2, 3, 4; their children 2, 3, 0, 0.
        assert_eq!(avalanches.branching_ratio(), Some(0.5));
        assert_eq!(Avalanches::default().branching_ratio(), None);
    }

    #[test]
    fn the_law_of_borel_sums_to_one_below_criticality_and_has_its_mean() {
        for sigma in [0.0, 0.3, 0.8] {
            let total: f64 = (1..2000).map(|size| borel(size, sigma)).sum();
            let mean: f64 = (1..2000).map(|size| f64::from(size) * borel(size, sigma)).sum();
            assert!(
                (total - 1.0).abs() < 1e-9 && (mean - 1.0 / (1.0 - sigma)).abs() < 1e-6,
                "{sigma}: {mean}"
            );
        }
        assert!((borel(1000, 1.0) / borel(100, 1.0) - 10.0f64.powf(-1.5)).abs() < 1e-4);
        assert_eq!(borel(0, 1.0), 0.0);
    }

    #[test]
    fn the_exponent_of_a_power_law_is_found() {
        let draws = Stream::new(3, StreamId::Sample);
        for alpha in [1.5, 2.5] {
            // By inversion of the cumulative law over 10 to 500.
            let law: Vec<f64> = (10..=500).map(|size| f64::from(size).powf(-alpha)).collect();
            let total: f64 = law.iter().sum();
            let size = |n: u64| {
                let mut left = draws.uniform_f64(0, n) * total;
                let at = law.iter().position(|weight| {
                    left -= weight;
                    left <= 0.0
                });
                at.map_or(500, |at| 10 + at as u32)
            };
            let sizes: Vec<u32> = (0..20_000).map(size).collect();
            let found = tail_exponent(&sizes, 10, 500).expect("sizes");
            assert!((found - alpha).abs() < 0.03, "{found} against {alpha}");
        }
        assert_eq!(tail_exponent(&[3, 3, 3], 1, 10), None);
        assert_eq!(tail_exponent(&[], 1, 10), None);
        assert_eq!(share(&[1, 1, 2, 5], 1), Some(0.5));
        assert_eq!((share(&[], 1), mean_size(&[])), (None, None));
        assert_eq!(mean_size(&[1, 1, 2, 4]), Some(2.0));
    }
}
