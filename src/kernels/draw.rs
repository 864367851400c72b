//! Random numbers for examples: each draws from its own key, by the number of the element within
//! the example, so that its draws do not depend on its neighbours in a batch.

use super::each::each_here;
use super::lane::{F32x4, Real};
use crate::parallel;
use crate::rng::Stream;

/// Where the examples of a batch draw from.
#[derive(Clone, Copy)]
pub struct Keys<'a> {
    /// The stream of all draws; `sub` keeps those of several layers apart.
    pub stream: Stream,
    /// For each example the step of the stream that is its own, `(batch)`.
    pub keys: &'a [u64],
}

/// Rough cost of a draw, in floating-point operations.
const COST: usize = 8;
/// Draws made at a time; they stay on the stack.
const DRAWS: usize = 256;

impl Keys<'_> {
    /// Calls `work(example, out)` for each example of `out (batch, n)`.
    fn for_each(self, out: &mut [f32], work: impl Fn(usize, &mut [f32]) + Sync) {
        let batch = self.keys.len();
        if out.is_empty() {
            return;
        }
        assert!(out.len().is_multiple_of(batch), "as many numbers for each of {batch} examples");
        let (n, cost) = (out.len() / batch, out.len() * COST);
        parallel::for_each_block(out, n, cost, work);
    }
}

/// `mask (batch, n)`: 0 with `probability`, else `1/(1 − probability)`, so that `x·mask` has the mean
/// of `x` (Srivastava et al. 2014, JMLR 15:1929, section 10, inverted). `probability` is in [0, 1).
pub fn dropout_mask(probability: f32, draws: Keys, mask: &mut [f32]) {
    let (limit, zero) = (F32x4::splat(probability), F32x4::splat(0.0));
    let kept = F32x4::splat(1.0 / (1.0 - probability));
    draws.for_each(mask, |example, mask| {
        draws.stream.fill_uniform(draws.keys[example], 0, mask);
        each_here([], [mask], |[], [draw]| [F32x4::select(draw.lt(limit), zero, kept)]);
    });
}

/// `out` = 1 with the probabilities `p`, else 0, both `(batch, n)`; NaN where `p` is, so that a
/// diverged run is noticed.
pub fn bernoulli(p: &[f32], draws: Keys, out: &mut [f32]) {
    assert_eq!(p.len(), out.len(), "a probability for each number");
    let (zero, one) = (F32x4::splat(0.0), F32x4::splat(1.0));
    draws.for_each(out, |example, out| {
        let p = &p[example * out.len()..][..out.len()];
        let mut drawn = [0.0; DRAWS];
        for (part, (p, out)) in p.chunks(DRAWS).zip(out.chunks_mut(DRAWS)).enumerate() {
            let drawn = &mut drawn[..out.len()];
            draws.stream.fill_uniform(draws.keys[example], (part * DRAWS) as u64, drawn);
            each_here([&*drawn, p], [out], |[drawn, p], _| {
                let spike = F32x4::select(drawn.lt(p), one, zero);
                [F32x4::select(p.le(p), spike, p)]
            });
        }
    });
}

/// `out (batch, n)` from the standard normal distribution.
pub fn normal(draws: Keys, out: &mut [f32]) {
    draws.for_each(out, |example, out| draws.stream.fill_normal(draws.keys[example], 0, out));
}

/// `out` = another class than `class`, both `(batch)`, each of the others equally likely.
///
/// # Panics
/// If there are fewer than two classes or the slices do not fit.
pub fn other_class(classes: u32, class: &[f32], draws: Keys, out: &mut [f32]) {
    assert!(classes > 1, "expected at least 2 classes, got {classes}");
    assert!(class.len() == out.len() && class.len() == draws.keys.len(), "a class for each example");
    for ((out, &class), &key) in out.iter_mut().zip(class).zip(draws.keys) {
        let drawn = draws.stream.below(key, 0, classes - 1);
        *out = (drawn + u32::from(drawn >= class as u32)) as f32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::held::{LENGTHS, hard_numbers, same_bits};
    use crate::kernels::reference::draw as twin;
    use crate::rng::StreamId;

    const KEYS: [u64; 3] = [7, 1 << 40, 0];

    fn draws(keys: &[u64]) -> Keys<'_> {
        Keys { stream: Stream::new(5, StreamId::Dropout).sub(1), keys }
    }

    /// What `fill` makes of a batch.
    fn drawn(keys: &[u64], n: usize, fill: impl Fn(Keys, &mut [f32])) -> Vec<f32> {
        let mut out = vec![9.0; keys.len() * n];
        fill(draws(keys), &mut out);
        out
    }

    #[test]
    fn draws_match_their_twins_bit_by_bit() {
        for n in LENGTHS {
            let ours = drawn(&KEYS, n, |draws, out| dropout_mask(0.3, draws, out));
            same_bits("dropout", &ours, &drawn(&KEYS, n, |draws, out| twin::dropout_mask(0.3, draws, out)));
            let p = hard_numbers(3 * n, 1);
            let ours = drawn(&KEYS, n, |draws, out| bernoulli(&p, draws, out));
            same_bits("bernoulli", &ours, &drawn(&KEYS, n, |draws, out| twin::bernoulli(&p, draws, out)));
            let ours = drawn(&KEYS, n, normal);
            same_bits("normal", &ours, &drawn(&KEYS, n, twin::normal));
        }
        let class = [0.0, 4.0, 2.0];
        let ours = drawn(&KEYS, 1, |draws, out| other_class(5, &class, draws, out));
        same_bits("class", &ours, &drawn(&KEYS, 1, |draws, out| twin::other_class(5, &class, draws, out)));
    }

    #[test]
    fn neighbours_do_not_matter() {
        let p = [0.5; 40];
        for fill in [
            (&|draws: Keys, out: &mut [f32]| dropout_mask(0.5, draws, out)) as &dyn Fn(Keys, &mut [f32]),
            &|draws, out| bernoulli(&p[..out.len()], draws, out),
            &|draws, out| normal(draws, out),
        ] {
            let (alone, pair) = (drawn(&[7], 20, fill), drawn(&[9, 7], 20, fill));
            assert_eq!(pair[20..], alone);
            assert_ne!(pair[..20], alone[..]);
        }
    }

    #[test]
    fn shares_are_those_that_were_asked_for() {
        let n = 100_000;
        let mean = |x: &[f32]| x.iter().map(|&x| f64::from(x)).sum::<f64>() / x.len() as f64;
        // Five standard deviations of a mean of so many draws of variance `v`.
        let tolerance = |v: f64| 5.0 * (v / n as f64).sqrt();
        let mask = drawn(&[3], n, |draws, out| dropout_mask(0.2, draws, out));
        assert!((mean(&mask) - 1.0).abs() < tolerance(0.25), "{}", mean(&mask));
        assert!(mask.iter().all(|&x| x == 0.0 || x == 1.25));
        let spikes = drawn(&[3], n, |draws, out| bernoulli(&vec![0.3; n], draws, out));
        assert!((mean(&spikes) - 0.3).abs() < tolerance(0.21));
        assert!(drawn(&[3], 9, |draws, out| dropout_mask(0.0, draws, out)).iter().all(|&x| x == 1.0));
        let numbers = drawn(&[3], n, normal);
        let squares: Vec<f32> = numbers.iter().map(|x| x * x).collect();
        assert!(mean(&numbers).abs() < tolerance(1.0) && (mean(&squares) - 1.0).abs() < tolerance(2.0));
        let keys: Vec<u64> = (0..n as u64).collect();
        let class = vec![2.0; n];
        let others = drawn(&keys, 1, |draws, out| other_class(4, &class, draws, out));
        for wanted in [0.0, 1.0, 3.0] {
            let share = others.iter().filter(|&&other| other == wanted).count() as f64 / n as f64;
            assert!((share - 1.0 / 3.0).abs() < tolerance(2.0 / 9.0), "{wanted}: {share}");
        }
        assert!(!others.contains(&2.0));
    }
}
