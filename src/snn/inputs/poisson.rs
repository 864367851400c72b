//! Poisson trains: in each step of `dt` an element emits `k` spikes with probability `λᵏe^(−λ)/k!`,
//! `λ = rate·dt`, independently of all others.
//!
//! Counts are drawn exactly at any `λ`, in two stages (Marsaglia, Tsang & Wang 2004, Journal of Statistical
//! Software 11(3), whose condensed tables split probabilities by their digits; here two digits, the first of
//! base 256, the second of base 2⁶⁴).
//!
//! 1. A byte chooses one of 256 cells. A count `k` owns `⌊256·P(k)⌋` of them, side by side, so that sixteen
//!    bytes at a time are compared with the few places where one count ends and the next begins.
//! 2. The cells that are left (`λ = 2`: 1.2 % of the draws, `λ = 4`: 1.9 %) share what is left of the
//!    probabilities: 64 more bits, of another stream, and the cell make a number that is looked up in
//!    its cumulative sums, in units of 2⁻⁷².
//!
//! The tail is no longer table than the rest: it ends where less than 2⁻⁸⁰ is left, which no draw can tell
//! from nothing. So the only errors are the resolution of 2⁻⁷² and the rounding of the distribution `F`, which
//! is summed in f64 from the small terms to the large ones, from below under the median and from above over
//! it: a few 2⁻⁵³ relative to the nearer tail at small `λ`, below 10⁻¹³ at 1,000.
//!
//! Counts are a pure function of stream, step and element. Floor F2.
//!
//! ```
//! use cajal::rng::{Stream, StreamId};
//! use cajal::snn::inputs::{Poisson, PoissonCounts, Train};
//!
//! let stream = Stream::new(7, StreamId::Poisson);
//! let external = PoissonCounts::new(stream, 2.0)?; // events a step
//! let mut counts = [0.0f32; 100];
//! external.fill_counts(0, 40, &mut counts);
//! assert_eq!(counts[2], external.count_at(0, 42) as f32);
//! let same = Poisson { rate_hz: 20_000.0 }.counts(stream, 0.1)?;
//! assert_eq!(same.count_at(0, 42), external.count_at(0, 42));
//! # Ok::<(), cajal::snn::inputs::InputError>(())
//! ```

use super::{InputError, Train, checked_dt};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Reference, Scale, declared_fields,
};
use crate::kernels::lane::{Bytes, F32x4, Real};
use crate::rng::Stream;
use crate::units::Unit;

/// Parameters: one rate for all elements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Poisson {
    /// Mean rate of each element, Hz; 0 to 10⁷, default 10.
    pub rate_hz: f64,
}

impl Default for Poisson {
    fn default() -> Self {
        Self { rate_hz: 10.0 }
    }
}

const STEIN_1965: Citation = Citation {
    authors: "Stein",
    year: 1965,
    title: "A theoretical analysis of neuronal variability",
    source: "Biophysical Journal 5, 173–194, doi:10.1016/S0006-3495(65)86709-1",
};

impl Declared for Poisson {
    const DECLARATION: Declaration = Declaration {
        id: "poisson",
        title: "Poisson trains",
        citation: STEIN_1965,
        equations: &[r"P(k) = \frac{\lambda^k}{k!} e^{-\lambda}, \quad \lambda = r\,\Delta t"],
        parameters: &[Parameter {
            key: "rate_hz",
            symbol: "r",
            unit: Unit::Hertz,
            range: (0.0, 1e7),
            step: 1.1,
            scale: Scale::Logarithmic,
            default: 10.0,
            meaning: "Mean number of spikes a second of each train.",
        }],
        state: &[],
        drive: Unit::Count,
        integrator: Integrator::Exact,
        largest_dt_ms: 10.0,
        presets: &[],
        references: &[Reference {
            what: "variance of the counts over their mean, at any rate",
            expected: 1.0,
            tolerance: 0.01,
            unit: Unit::One,
            citation: STEIN_1965,
        }],
        not_biological: "Real neurons are refractory and their inputs correlated: nothing here remembers the last \
                         spike.",
    };
    declared_fields!(rate_hz);
}

impl Poisson {
    /// The counts in steps of `dt_ms`.
    ///
    /// # Errors
    /// If the time step is not positive or the events a step are more than [`LARGEST_LAMBDA`].
    pub fn counts(&self, stream: Stream, dt_ms: f64) -> Result<PoissonCounts, InputError> {
        PoissonCounts::new(stream, self.rate_hz * checked_dt(dt_ms)? / 1000.0)
    }
}

/// The most events a step that are drawn.
pub const LARGEST_LAMBDA: f64 = 1000.0;

/// Cells of the first stage, and what one is worth in the second.
const CELLS: u32 = 256;
const CELL_WIDTH: u128 = 1 << 64;
/// Terms smaller than this share of the largest one are left out: 2⁻⁹⁰.
const NEGLIGIBLE: f64 = 1.0 / (1u128 << 90) as f64;

/// Elements that four blocks of the generator serve, a byte each.
const GROUP: usize = 64;

/// Counts of Poisson trains with `λ` events a step and element.
#[derive(Clone, Debug)]
pub struct PoissonCounts {
    lambda: f64,
    stream: Stream,
    /// Where the lower bits of the undecided come from.
    lower: Stream,
    /// Beyond which byte, as a signed number, the next count begins.
    ends: Vec<i8>,
    /// The count of the first cells.
    smallest: f32,
    /// How many cells decide.
    decided: u32,
    /// Cumulative sums of what is left, in units of 2⁻⁷²; the last one is that of all other cells.
    rest: Vec<u128>,
    /// The count of the first of them.
    first: u32,
}

/// A place of which the first stage leaves the count open.
#[derive(Clone, Copy, Default)]
struct Open {
    place: usize,
    cell: u32,
}

impl PoissonCounts {
    /// Counts with the mean `lambda`, drawn from `stream`.
    ///
    /// # Errors
    /// If `lambda` is not between 0 and [`LARGEST_LAMBDA`].
    pub fn new(stream: Stream, lambda: f64) -> Result<Self, InputError> {
        if !(0.0..=LARGEST_LAMBDA).contains(&lambda) {
            return Err(InputError::EventsPerStep { largest: LARGEST_LAMBDA, got: lambda });
        }
        let (first, steps) = cumulative(lambda);
        let (mut ends, mut smallest, mut decided) = (Vec::new(), None, 0);
        let (mut rest, mut before, mut left) = (Vec::new(), 0, 0);
        for (count, &step) in (first..).zip(&steps) {
            let (cells, more) = ((step - before) / CELL_WIDTH, (step - before) % CELL_WIDTH);
            (before, left) = (step, left + more);
            rest.push(left);
            if cells > 0 {
                // There is a next count: those with cells of their own are neighbours.
                if decided > 0 {
                    ends.push(signed(decided - 1));
                }
                smallest.get_or_insert(count);
                decided += cells as u32;
            }
        }
        let smallest = smallest.unwrap_or(first) as f32;
        Ok(Self { lambda, stream, lower: stream.sub(u32::MAX), ends, smallest, decided, rest, first })
    }

    /// Where they are drawn from.
    #[must_use]
    pub fn stream(&self) -> Stream {
        self.stream
    }

    /// Mean number of events a step and element.
    #[must_use]
    pub fn lambda(&self) -> f64 {
        self.lambda
    }

    /// The second stage: the count of a cell that does not decide.
    #[inline(always)]
    fn resolved(&self, cell: u32, lower: u64) -> u32 {
        let x = u128::from(cell - self.decided) * CELL_WIDTH + u128::from(lower);
        // No draw reaches the last sum.
        self.first + self.rest.iter().take_while(|&&sum| sum <= x).count() as u32
    }

    /// The counts of up to four open places.
    fn resolve(&self, step: u64, first_element: u64, open: &[Open], out: &mut [f32]) {
        let elements: [u64; 4] =
            core::array::from_fn(|at| first_element + open.get(at).map_or(0, |open| open.place as u64));
        let words = self.lower.word_blocks(step, elements.map(|element| element / 2));
        for (lane, open) in open.iter().enumerate() {
            let half = (elements[lane] % 2) as usize * 2;
            let lower = u64::from(words[half][lane]) << 32 | u64::from(words[half + 1][lane]);
            out[open.place] = self.resolved(open.cell, lower) as f32;
        }
    }

    /// The first stage of a group: its counts, its cells, and a bit for each that is left open.
    #[inline(always)]
    fn group(&self, step: u64, group: u64) -> ([[F32x4; 4]; 4], [[u32; 4]; 4], u64) {
        let words = self.stream.blocks_at(step, core::array::from_fn(|block| 4 * group + block as u64));
        let bytes = words.map(|words| words.bytes());
        let mut counts = [Bytes::splat(0); 4];
        for &end in &self.ends {
            let end = Bytes::splat(end);
            for (count, bytes) in counts.iter_mut().zip(bytes) {
                // Where it holds all bits are set: −1.
                *count = *count - bytes.gt(end);
            }
        }
        let mut open = 0;
        if self.decided < CELLS {
            let end = Bytes::splat(signed(self.decided - 1));
            for (at, bytes) in bytes.into_iter().enumerate() {
                open |= u64::from(bytes.gt(end).signs()) << (16 * at);
            }
        }
        let smallest = F32x4::splat(self.smallest);
        let counts = counts.map(|counts| counts.numbers().map(|count| count + smallest));
        (counts, words.map(|words| words.to_array()), open)
    }
}

/// A number of cells below [`CELLS`] as the signed byte in its place among signed bytes.
#[inline(always)]
fn signed(cell: u32) -> i8 {
    (cell as i32 - 128) as i8
}

/// The cell of a place of a group, by the words of its blocks.
#[inline(always)]
fn cell_of(words: &[[u32; 4]; 4], place: usize) -> u32 {
    let byte = words[place / 16][place % 16 / 4].to_le_bytes()[place % 4];
    (i32::from(byte as i8) + 128) as u32
}

/// The smallest count whose share is not negligible, and `F` from there on in units of 2⁻⁷².
///
/// Terms are made from the largest one outwards by `p(k+1) = p(k)·λ/(k+1)` and divided by their sum,
/// so that neither `e^(−λ)` nor a factorial is needed, only correctly rounded operations.
fn cumulative(lambda: f64) -> (u32, Vec<u128>) {
    const ONE: f64 = (CELL_WIDTH * CELLS as u128) as f64;
    let mode = lambda as u32;
    let mut below = Vec::new();
    let (mut k, mut term) = (mode, 1.0);
    while k > 0 {
        term *= f64::from(k) / lambda;
        if term < NEGLIGIBLE {
            break;
        }
        below.push(term);
        k -= 1;
    }
    let first = mode - below.len() as u32;
    let mut terms: Vec<f64> = below.into_iter().rev().collect();
    let (mut k, mut term) = (mode, 1.0);
    while term >= NEGLIGIBLE {
        terms.push(term);
        k += 1;
        term *= lambda / f64::from(k);
    }
    // Sums up to and with each term, and beyond it, each begun at its small end.
    let running = |sum: &mut f64, term: &f64| {
        *sum += term;
        Some(*sum)
    };
    let up: Vec<f64> = terms.iter().scan(0.0, running).collect();
    let down: Vec<f64> = terms.iter().rev().scan(0.0, running).collect();
    let median = up.iter().zip(down.iter().rev()).position(|(up, down)| up >= down).unwrap_or(0);
    let total = up[median] + (down[terms.len() - 1 - median] - terms[median]);
    let steps = (0..terms.len()).map(|i| {
        if i + 1 == terms.len() {
            return ONE as u128;
        }
        let beyond = down[terms.len() - 2 - i];
        if up[i] < beyond {
            (up[i] / total * ONE) as u128
        } else {
            ONE as u128 - (beyond / total * ONE) as u128
        }
    });
    (first, steps.collect())
}

impl Train for PoissonCounts {
    fn count_at(&self, step: u64, element: u64) -> u32 {
        let (group, place) = (element / GROUP as u64, (element % GROUP as u64) as usize);
        let block = self.stream.block4_at(step, 4 * group + place as u64 % 16 / 4);
        let cell = cell_of(&block.map(|word| [word; 4]), place);
        if cell >= self.decided {
            return self.resolved(cell, self.lower.u64_at(step, element));
        }
        let beyond = self.ends.iter().filter(|&&end| signed(cell) > end).count();
        self.smallest as u32 + beyond as u32
    }

    /// Sixty-four elements at a time.
    fn fill_counts(&self, step: u64, first_element: u64, out: &mut [f32]) {
        if out.is_empty() {
            return;
        }
        let mut waiting = [Open::default(); 4];
        let mut count = 0;
        // Groups begin at multiples of their size, wherever `out` does.
        let skipped = (first_element % GROUP as u64) as usize;
        let groups = (skipped + out.len()).div_ceil(GROUP);
        for at in 0..groups {
            let (counts, words, mut open) = self.group(step, first_element / GROUP as u64 + at as u64);
            // The part of the group that belongs to `out`.
            let from = if at == 0 { skipped } else { 0 };
            let begin = at * GROUP + from - skipped;
            let len = (GROUP - from).min(out.len() - begin);
            if let Some(out) = out[begin..begin + len].as_chunks_mut::<GROUP>().0.first_mut() {
                for (out, count) in out.as_chunks_mut::<4>().0.iter_mut().zip(counts.as_flattened()) {
                    *out = count.to_array();
                }
            } else {
                let counts = counts.map(|counts| counts.map(F32x4::to_array));
                let counts = counts.as_flattened().as_flattened();
                out[begin..begin + len].copy_from_slice(&counts[from..from + len]);
                open &= (u64::MAX >> (GROUP - len)) << from;
            }
            while open != 0 {
                let place = open.trailing_zeros() as usize;
                open &= open - 1;
                waiting[count] = Open { place: begin + place - from, cell: cell_of(&words, place) };
                count += 1;
                if count == waiting.len() {
                    self.resolve(step, first_element, &waiting, out);
                    count = 0;
                }
            }
        }
        if count > 0 {
            self.resolve(step, first_element, &waiting[..count], out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::StreamId;

    fn drawn(lambda: f64) -> PoissonCounts {
        PoissonCounts::new(Stream::new(5, StreamId::Poisson), lambda).expect("a rate in range")
    }

    /// Mean and variance of `elements × steps` counts.
    fn moments(counts: &PoissonCounts, elements: usize, steps: u64) -> (f64, f64) {
        let mut out = vec![0.0f32; elements];
        let (mut sum, mut squares) = (0.0, 0.0);
        for step in 0..steps {
            counts.fill_counts(step, 0, &mut out);
            for &count in &out {
                let apart = f64::from(count) - counts.lambda;
                sum += apart;
                squares += apart * apart;
            }
        }
        let n = elements as f64 * steps as f64;
        (counts.lambda + sum / n, squares / n)
    }

    #[test]
    fn mean_and_variance_are_the_rate_from_one_in_a_million_to_a_thousand() {
        for lambda in [1e-6, 1e-4, 0.01, 0.5, 1.0, 2.0, 7.3, 30.0, 255.5, 1000.0] {
            let (elements, steps) = (20_000, if lambda < 0.1 { 1000 } else { 50 });
            let n = elements as f64 * steps as f64;
            let (mean, variance) = moments(&drawn(lambda), elements, steps);
            // Five standard errors: of a mean √(λ/n), of a variance √((2λ² + λ)/n).
            assert!((mean - lambda).abs() < 5.0 * (lambda / n).sqrt(), "mean at {lambda}: {mean}");
            let error = ((2.0 * lambda * lambda + lambda) / n).sqrt();
            assert!((variance - lambda).abs() < 5.0 * error, "variance at {lambda}: {variance}");
        }
    }

    /// `F` and `1 − F` summed in 80 digits with Python's `decimal`.
    #[test]
    fn the_steps_are_those_of_the_distribution() {
        for (lambda, k, below, above) in DISTRIBUTION {
            let (first, steps) = cumulative(lambda);
            let one = (1u128 << 72) as f64;
            let ours = steps[(k - first) as usize];
            let tolerance = if lambda < 100.0 { 4e-16 } else { 1e-13 };
            let (what, ours, expected) = if below < above {
                ("F", ours as f64 / one, below)
            } else {
                ("1 − F", ((1u128 << 72) - ours) as f64 / one, above)
            };
            let error = (ours - expected).abs();
            assert!(error < tolerance * expected + 1.0 / one, "{what}({k}) at {lambda}: {ours}");
        }
    }

    const DISTRIBUTION: [(f64, u32, f64, f64); 9] = [
        (1e-06, 0, 0.9999990000005, 9.999995000001667e-07),
        (1e-06, 1, 0.9999999999995, 4.999996666667916e-13),
        (0.5, 0, 0.6065306597126334, 0.3934693402873666),
        (2.0, 0, 0.1353352832366127, 0.8646647167633873),
        (2.0, 2, 0.6766764161830635, 0.32332358381693654),
        (2.0, 9, 0.9999535019249828, 4.6498075017263805e-05),
        (2.0, 20, 0.9999999999999939, 6.108071948428181e-15),
        (1000.0, 800, 3.229888722729022e-11, 0.9999999999677011),
        (1000.0, 1200, 0.9999999996115061, 3.8849395709879235e-10),
    ];

    #[test]
    fn the_tail_has_its_share() {
        // Of 4·10⁶ draws at λ = 2 beyond 8, 10 and 12: 0.0237 %, 8.3e-6 and 1.6e-7 of them.
        let counts = drawn(2.0);
        let mut out = vec![0.0f32; 40_000];
        let mut beyond = [0u32; 13];
        for step in 0..100 {
            counts.fill_counts(step, 0, &mut out);
            for &count in &out {
                for seen in beyond.iter_mut().take(count as usize) {
                    *seen += 1;
                }
            }
        }
        for (k, &seen) in beyond.iter().enumerate() {
            let below: f64 = (0..=k as u32).rev().map(|k| probability(2.0, k)).sum();
            let expected = 4e6 * (1.0 - below);
            assert!(
                (f64::from(seen) - expected).abs() < 5.0 * expected.sqrt() + 1.0,
                "{k}: {seen}, {expected}"
            );
        }
        // The very last bits of both draws: the farthest count that can occur.
        let farthest = counts.resolved(CELLS - 1, u64::MAX);
        assert!((25..40).contains(&farthest), "{farthest}");
    }

    fn probability(lambda: f64, k: u32) -> f64 {
        (1..=k).fold((-lambda).exp(), |p, k| p * lambda / f64::from(k))
    }

    #[test]
    fn counts_are_distributed_as_poisson_and_neighbours_are_independent() {
        let counts = drawn(2.0);
        let mut out = vec![0.0f32; 100_000];
        let mut pairs = [[0u32; 6]; 6];
        for step in 0..10 {
            counts.fill_counts(step, 0, &mut out);
            for pair in out.as_chunks::<2>().0 {
                pairs[pair[0].min(5.0) as usize][pair[1].min(5.0) as usize] += 1;
            }
        }
        let mut share: Vec<f64> = (0..5).map(|k| probability(2.0, k)).collect();
        share.push(1.0 - share.iter().sum::<f64>());
        let mut chi2 = 0.0;
        for (row, p) in pairs.iter().zip(&share) {
            for (&seen, q) in row.iter().zip(&share) {
                let expected = 500_000.0 * p * q;
                chi2 += (f64::from(seen) - expected).powi(2) / expected;
            }
        }
        assert!((14.0..75.0).contains(&chi2), "chi² over 35 degrees: {chi2}");
    }

    #[test]
    fn the_bits_do_not_depend_on_how_many_are_asked_for() {
        for lambda in [0.0, 0.01, 2.0, 400.0] {
            let counts = drawn(lambda);
            let mut whole = vec![0.0f32; 300];
            counts.fill_counts(3, 0, &mut whole);
            for first in [0, 1, 3, 4, 31, 63, 64, 65, 100] {
                for length in [0, 1, 5, 31, 32, 33, 63, 64, 65, 128, 200] {
                    let mut part = vec![0.0f32; length];
                    counts.fill_counts(3, first, &mut part);
                    assert_eq!(part, whole[first as usize..first as usize + length]);
                }
            }
            for element in 0..300 {
                assert_eq!(counts.count_at(3, element) as f32, whole[element as usize]);
            }
        }
    }

    #[test]
    fn no_rate_gives_no_spike_and_nonsense_is_refused() {
        let mut out = vec![1.0f32; 50];
        drawn(0.0).fill_counts(0, 0, &mut out);
        assert!(out.iter().all(|&count| count == 0.0));
        let stream = Stream::new(1, StreamId::Poisson);
        for lambda in [-1.0, f64::NAN, 1000.5, f64::INFINITY] {
            assert!(PoissonCounts::new(stream, lambda).is_err());
        }
        for dt_ms in [0.0, -0.1, f64::NAN] {
            let error = Poisson::default().counts(stream, dt_ms).unwrap_err();
            assert!(matches!(error, InputError::TimeStep { .. }));
        }
    }

    /// Frozen draws: a change here changes every stored hash and every shared link.
    #[test]
    fn counts_are_frozen() {
        let counts = drawn(2.0);
        let drawn: Vec<u32> = (0..16).map(|element| counts.count_at(9, element)).collect();
        assert_eq!(drawn, [2, 2, 4, 1, 3, 2, 2, 2, 5, 3, 1, 2, 1, 4, 2, 4]);
    }
}
