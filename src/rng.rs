//! Random numbers without a generator: every draw is a pure function of `(seed, stream, step, element)`.
//!
//! The bits come from Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011, *Parallel random numbers: as
//! easy as 1, 2, 3*, SC '11, doi:10.1145/2063384.2063405): ten rounds of
//! `(hi, lo) = M · c;  c' = (hi₁ ^ c₁ ^ k₀, lo₁, hi₀ ^ c₃ ^ k₁, lo₀)` over a 128-bit counter and a
//! 64-bit key. There is no state to advance, so the order in which threads ask for draws, and
//! whether anybody evaluated in between, cannot change one of them; going back is asking again.
//!
//! - the key is made of `seed` and the stream's fixed number (and of a layer's index, [`Stream::sub`]);
//! - the counter is `(block, step)`, 64 bits each; a block holds four elements, in order.
//!
//! Use a stream for one kind of draw: `u32_at`, `uniform_f32` and `normal_f32` read the same word for
//! the same element, `uniform_f64` and `below` read two words an element.
//! Everything is made with integer operations and correctly rounded `+ - * / sqrt`: the same bits
//! natively, in wasm, and whatever the number of threads. No `usize` enters a draw.
//!
//! Many draws at once are made four blocks side by side, in the lanes of [`crate::kernels::lane`].
//!
//! Floor F0.
//!
//! ```
//! use cajal::rng::{Stream, StreamId};
//!
//! let weights = Stream::new(7, StreamId::Weights).sub(2); // third layer
//! let mut row = [0.0f32; 6];
//! weights.fill_uniform(0, 10, &mut row);
//! assert_eq!(row[3], weights.uniform_f32(0, 13)); // the same element is the same number
//! ```

use crate::kernels::lane::{F32x4, Real, U32x4};

/// Elements (32-bit words) that one Philox block holds.
const WORDS: u64 = 4;

/// Multipliers and key increments of Philox4x32 (Salmon et al. 2011, table 2 and section 3.3).
const MULTIPLIER: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];

/// Second counter word of the blocks that derive keys. Draws cannot reach it: their block number is
/// an element divided by four, so its high word stays below 2³⁰.
const DERIVE: u32 = u32::MAX;

/// Philox4x32-10: the 128-bit block at `counter` under `key`.
#[inline]
#[must_use]
pub fn philox4x32_10(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let [mut c0, mut c1, mut c2, mut c3] = counter;
    let [mut k0, mut k1] = key;
    for _ in 0..10 {
        let p0 = u64::from(MULTIPLIER[0]) * u64::from(c0);
        let p1 = u64::from(MULTIPLIER[1]) * u64::from(c2);
        c0 = (p1 >> 32) as u32 ^ c1 ^ k0;
        c2 = (p0 >> 32) as u32 ^ c3 ^ k1;
        c1 = p1 as u32;
        c3 = p0 as u32;
        k0 = k0.wrapping_add(WEYL[0]);
        k1 = k1.wrapping_add(WEYL[1]);
    }
    [c0, c1, c2, c3]
}

/// [`philox4x32_10`] of four counters, one a lane, under one key.
#[inline(always)]
fn philox4x32_10_by_four(counters: [U32x4; 4], key: [u32; 2]) -> [U32x4; 4] {
    let [mut c0, mut c1, mut c2, mut c3] = counters;
    let [mut k0, mut k1] = key;
    for _ in 0..10 {
        let [low0, high0] = c0.wide_product(MULTIPLIER[0]);
        let [low1, high1] = c2.wide_product(MULTIPLIER[1]);
        (c0, c1) = (high1 ^ c1 ^ U32x4::splat(k0), low1);
        (c2, c3) = (high0 ^ c3 ^ U32x4::splat(k1), low0);
        k0 = k0.wrapping_add(WEYL[0]);
        k1 = k1.wrapping_add(WEYL[1]);
    }
    [c0, c1, c2, c3]
}

/// The named streams. The numbers are part of every stored hash and shared link: never renumber one,
/// only append.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum StreamId {
    /// Where the points of a generated data set fall.
    Data = 1,
    /// The noise laid over them.
    Noise = 2,
    /// The order of a data set and its split into train and test.
    Split = 3,
    /// Initial weights; `sub(layer)`.
    Weights = 4,
    /// The order of the examples within an epoch; `step` is the epoch.
    Permutation = 5,
    /// Spike encoding of inputs while training.
    Encoding = 6,
    /// Spike encoding of inputs while evaluating or viewing: evaluation consumes no training draw.
    EvalEncoding = 7,
    /// Dropout; the numbers of these four are fixed with their names.
    Dropout = 8,
    /// Samples of probabilities and of Gaussians.
    Sample = 9,
    /// Fixed random ways back of learning rules; `sub(layer)`.
    Feedback = 10,
    /// Wrong classes.
    Negative = 11,
    /// White noise of an injected current.
    CurrentNoise = 20,
    /// Innovations of Ornstein-Uhlenbeck currents; `sub(population)`.
    OrnsteinUhlenbeck = 21,
    /// Counts of Poisson trains; `sub(population)`.
    Poisson = 22,
    /// Who is connected with whom; `sub(projection).sub(partition)`.
    Connectivity = 30,
    /// Weights of single synapses.
    SynapticWeight = 31,
    /// Delays of single synapses.
    Delay = 32,
    /// Where neurons begin; `sub(population)`.
    InitialState = 33,
    /// Whether a neuron with noise fires; `sub(population).sub(partition)`.
    Firing = 34,
    /// Spikes that reach a population from outside; `sub(population).sub(source)`.
    Background = 35,
    /// What a neuron with noise answers while its gain is looked for; of no seed but 0.
    Calibration = 36,
    /// What a circuit is stimulated with; `sub(population)`.
    Stimulus = 40,
}

/// One stream of draws: a 64-bit key. Copy it freely; it holds no position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    key: [u32; 2],
}

impl Stream {
    /// The stream `id` of `seed`.
    #[must_use]
    pub fn new(seed: u64, id: StreamId) -> Self {
        let root = Self { key: [seed as u32, (seed >> 32) as u32] };
        root.derive([id as u32, DERIVE, 0, 0])
    }

    /// An independent stream below this one, for a layer, a neuron group or an epoch.
    #[must_use]
    #[allow(clippy::should_implement_trait, reason = "a sub-stream, not a difference; no trait fits")]
    pub fn sub(self, index: u32) -> Self {
        self.derive([index, DERIVE, 1, 0])
    }

    /// The key is a block of the cipher itself: two streams share a key by chance only (2⁻⁶⁴ a pair).
    fn derive(self, counter: [u32; 4]) -> Self {
        let [k0, k1, ..] = philox4x32_10(counter, self.key);
        Self { key: [k0, k1] }
    }

    /// Elements `4·block .. 4·block + 4` of `step` as raw words. `block` is below 2⁶².
    #[inline]
    #[must_use]
    pub fn block4_at(self, step: u64, block: u64) -> [u32; 4] {
        debug_assert!(block < 1 << 62, "block {block} is not below 2^62");
        philox4x32_10([block as u32, (block >> 32) as u32, step as u32, (step >> 32) as u32], self.key)
    }

    /// The word of `element` at `step`: 32 uniform bits.
    #[inline]
    #[must_use]
    pub fn u32_at(self, step: u64, element: u64) -> u32 {
        self.block4_at(step, element / WORDS)[(element % WORDS) as usize]
    }

    /// Words `2·element` and `2·element + 1` as one: 64 uniform bits. `element` is below 2⁶³.
    #[inline]
    #[must_use]
    pub fn u64_at(self, step: u64, element: u64) -> u64 {
        let words = self.block4_at(step, element / 2);
        let pair = if element.is_multiple_of(2) { [words[0], words[1]] } else { [words[2], words[3]] };
        u64::from(pair[0]) << 32 | u64::from(pair[1])
    }

    /// Uniform in `[0, 1)`, a multiple of 2⁻²⁴ (every one of them equally likely).
    #[inline]
    #[must_use]
    pub fn uniform_f32(self, step: u64, element: u64) -> f32 {
        unit_f32(self.u32_at(step, element))
    }

    /// Uniform in `[0, 1)`, a multiple of 2⁻⁵³. Reads two words an element.
    #[inline]
    #[must_use]
    pub fn uniform_f64(self, step: u64, element: u64) -> f64 {
        (self.u64_at(step, element) >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Standard normal, mean 0 and standard deviation 1, by inversion; never beyond ±6.4.
    #[inline]
    #[must_use]
    pub fn normal_f32(self, step: u64, element: u64) -> f32 {
        normal_of_word(self.u32_at(step, element)) as f32
    }

    /// [`Stream::normal_f32`] before it is rounded to 32 bits.
    #[inline]
    #[must_use]
    pub fn normal_f64(self, step: u64, element: u64) -> f64 {
        normal_of_word(self.u32_at(step, element))
    }

    /// A whole number in `0..bound`. Reads two words an element: the 64-bit word times `bound`,
    /// upper half (Lemire 2019, eq. 5 without the rejection), so no number is more likely than
    /// another by more than 2⁻³² of its probability.
    ///
    /// # Panics
    /// When `bound` is 0: there is nothing to draw from.
    #[inline]
    #[must_use]
    pub fn below(self, step: u64, element: u64, bound: u32) -> u32 {
        assert!(bound > 0, "expected a bound of at least 1, got 0");
        scale_word(self.u64_at(step, element), bound)
    }

    /// Four blocks side by side: lane `b` of word `w` is `block4_at(step, blocks[b])[w]`.
    #[inline(always)]
    pub(crate) fn blocks_at(self, step: u64, blocks: [u64; 4]) -> [U32x4; 4] {
        debug_assert!(blocks.iter().all(|&block| block < 1 << 62), "blocks {blocks:?} are below 2^62");
        let low = U32x4::from_array(blocks.map(|block| block as u32));
        let high = U32x4::from_array(blocks.map(|block| (block >> 32) as u32));
        let step = [step as u32, (step >> 32) as u32].map(U32x4::splat);
        philox4x32_10_by_four([low, high, step[0], step[1]], self.key)
    }

    /// Four blocks at once, for those who use the raw words: `[w][b]` is `block4_at(step, blocks[b])[w]`.
    #[inline(always)]
    #[must_use]
    pub fn word_blocks(self, step: u64, blocks: [u64; 4]) -> [[u32; 4]; 4] {
        self.blocks_at(step, blocks).map(U32x4::to_array)
    }

    /// Of each of four blocks its four elements, as [`Stream::uniform_f32`] gives them.
    #[inline]
    #[must_use]
    pub fn uniform_blocks(self, step: u64, blocks: [u64; 4]) -> [F32x4; 4] {
        F32x4::transpose(self.blocks_at(step, blocks).map(unit_f32x4))
    }

    /// `out[i] = uniform_f32(step, first_element + i)`, sixteen at a time.
    pub fn fill_uniform(self, step: u64, first_element: u64, out: &mut [f32]) {
        self.fill(step, first_element, out, unit_f32, unit_f32x4);
    }

    /// `out[i] = normal_f32(step, first_element + i)`, sixteen at a time.
    pub fn fill_normal(self, step: u64, first_element: u64, out: &mut [f32]) {
        let normal = |word| normal_of_word(word) as f32;
        self.fill(step, first_element, out, normal, |words| F32x4::from_array(&words.to_array().map(normal)));
    }

    #[inline(always)]
    fn fill(
        self,
        step: u64,
        first: u64,
        out: &mut [f32],
        of_word: impl Fn(u32) -> f32,
        of_words: impl Fn(U32x4) -> F32x4,
    ) {
        let head = (first.wrapping_neg() % WORDS).min(out.len() as u64);
        let (head, body) = out.split_at_mut(head as usize);
        for (element, value) in (first..).zip(head.iter_mut()) {
            *value = of_word(self.u32_at(step, element));
        }
        let mut block = first.div_ceil(WORDS);
        let (fours, tail) = body.as_chunks_mut::<16>();
        for values in fours {
            let words = self.blocks_at(step, [block, block + 1, block + 2, block + 3]);
            let drawn = F32x4::transpose(words.map(&of_words));
            for (values, drawn) in values.as_chunks_mut::<4>().0.iter_mut().zip(drawn) {
                *values = drawn.to_array();
            }
            block += 4;
        }
        for (block, values) in (block..).zip(tail.chunks_mut(WORDS as usize)) {
            let words = self.block4_at(step, block);
            for (value, word) in values.iter_mut().zip(words) {
                *value = of_word(word);
            }
        }
    }

    /// A permutation of `0..n`: Fisher-Yates (Durstenfeld 1964) from the top, element `i` of the
    /// stream's `step` choosing the partner of place `i`.
    #[must_use]
    pub fn permutation(self, step: u64, n: u32) -> Vec<u32> {
        let mut order = Vec::new();
        self.permute(step, n, &mut order);
        order
    }

    /// [`Stream::permutation`] in the place of what `order` held.
    pub fn permute(self, step: u64, n: u32, order: &mut Vec<u32>) {
        order.clear();
        order.extend(0..n);
        for last in (1..n).rev() {
            let partner = scale_word(self.u64_at(step, u64::from(last)), last + 1);
            order.swap(last as usize, partner as usize);
        }
    }
}

#[inline]
fn unit_f32(word: u32) -> f32 {
    (word >> 8) as f32 * (1.0 / (1 << 24) as f32)
}

#[inline(always)]
fn unit_f32x4(words: U32x4) -> F32x4 {
    words.upper_24_bits() * F32x4::splat(1.0 / (1 << 24) as f32)
}

/// `⌊word · bound / 2⁶⁴⌋` in 64-bit arithmetic (wasm has no 128-bit product).
#[inline]
fn scale_word(word: u64, bound: u32) -> u32 {
    let bound = u64::from(bound);
    let low = (word & 0xFFFF_FFFF) * bound;
    (((word >> 32) * bound + (low >> 32)) >> 32) as u32
}

/// The normal quantile of the middle of the word's interval, `p = (word + ½) / 2³²`.
#[inline]
fn normal_of_word(word: u32) -> f64 {
    let p = (f64::from(word) + 0.5) * (1.0 / (1u64 << 32) as f64);
    normal_quantile(p)
}

fn horner(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

/// Φ⁻¹(p) by Wichura's PPND16 (1988, algorithm AS 241, Applied Statistics 37:477), relative error
/// about 1e-16. Its third region, `p` or `1 - p` below e⁻²⁵, is out of reach of a 32-bit word.
fn normal_quantile(p: f64) -> f64 {
    const A: [f64; 8] = [
        2_509.080_928_730_122_7,
        33_430.575_583_588_13,
        67_265.770_927_008_7,
        45_921.953_931_549_87,
        13_731.693_765_509_46,
        1_971.590_950_306_551_3,
        133.141_667_891_784_38,
        3.387_132_872_796_366_5,
    ];
    const B: [f64; 8] = [
        5_226.495_278_852_546,
        28_729.085_735_721_943,
        39_307.895_800_092_71,
        21_213.794_301_586_597,
        5_394.196_021_424_751,
        687.187_007_492_057_9,
        42.313_330_701_600_91,
        1.0,
    ];
    const C: [f64; 8] = [
        7.745_450_142_783_414e-4,
        0.022_723_844_989_269_184,
        0.241_780_725_177_450_6,
        1.270_458_252_452_368_4,
        3.647_848_324_763_204_5,
        5.769_497_221_460_691,
        4.630_337_846_156_546,
        1.423_437_110_749_683_5,
    ];
    const D: [f64; 8] = [
        1.050_750_071_644_416_9e-9,
        5.475_938_084_995_345e-4,
        0.015_198_666_563_616_457,
        0.148_103_976_427_480_08,
        0.689_767_334_985_1,
        1.676_384_830_183_803_8,
        2.053_191_626_637_759,
        1.0,
    ];
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * horner(&A, r) / horner(&B, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = (-ln(tail)).sqrt() - 1.6;
    let z = horner(&C, r) / horner(&D, r);
    if q < 0.0 { -z } else { z }
}

/// Natural logarithm of a positive normal number: `x = m·2ᵉ` with `m` in `[√½, √2)`, then
/// `ln m = 2·artanh(s)`, `s = (m - 1)/(m + 1)`, |s| < 0.172, by its series to s²³ (truncation
/// below 1e-19). Private to this file so that the bits of a draw depend on nothing else.
fn ln(x: f64) -> f64 {
    const LN_2_HIGH: f64 = 0.693_147_180_369_123_8; // 33 significant bits: e·LN_2_HIGH is exact
    const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    const SERIES: [f64; 12] = [
        2.0 / 23.0,
        2.0 / 21.0,
        2.0 / 19.0,
        2.0 / 17.0,
        2.0 / 15.0,
        2.0 / 13.0,
        2.0 / 11.0,
        2.0 / 9.0,
        2.0 / 7.0,
        2.0 / 5.0,
        2.0 / 3.0,
        2.0,
    ];
    let bits = x.to_bits();
    let mut exponent = ((bits >> 52) & 0x7FF) as i32 - 1023;
    let mut mantissa = f64::from_bits((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
    if mantissa > std::f64::consts::SQRT_2 {
        mantissa *= 0.5;
        exponent += 1;
    }
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let exponent = f64::from(exponent);
    exponent * LN_2_HIGH + (exponent * LN_2_LOW + s * horner(&SERIES, s * s))
}

#[cfg(test)]
mod tests;
