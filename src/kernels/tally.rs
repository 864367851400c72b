//! Counting bits by their place: how many of some rows have a bit set, for 512 places at once.
//!
//! Rows are added as they stand, in bit planes: one vector holds the lowest binary digit of 128 counts,
//! another the next, and a carry-save adder of five logical operations takes in a row for all of them
//! (Harley's and Seal's counting, as in Warren 2013, *Hacker's Delight*, 2nd edition, section 5-1, across
//! rows instead of within one). Only then are the planes turned into numbers, which a transposition of
//! 8×8 bits does for eight places of sixteen bytes at a time.
//!
//! Of 128 places that lie side by side, place `16·bit + byte` is that bit of that byte of a vector.

use super::lane::{F32x4, Real, U32x4};

/// Places of a strip.
pub const STRIP: usize = 512;
/// Places of a vector, of which a strip has four.
pub const BLOCK: usize = 128;

/// Rows that are counted before the planes are full: 248 of 255.
const AT_ONCE: usize = 31 * 8;

/// The bits of one row in one strip: one line of the cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(align(64))]
pub struct Strip([[u32; 4]; STRIP / BLOCK]);

/// Where the bit of a place below [`BLOCK`] is: its word, and its number within it.
#[inline(always)]
fn bit_of(place: usize) -> (usize, usize) {
    let (bit, byte) = (place / 16, place % 16);
    (byte / 4, byte % 4 * 8 + bit)
}

impl Strip {
    /// Sets the bit of a place; whether it was set before.
    #[inline]
    pub fn insert(&mut self, place: usize) -> bool {
        let (word, bit) = bit_of(place % BLOCK);
        let word = &mut self.0[place / BLOCK][word];
        let before = *word >> bit & 1 == 1;
        *word |= 1 << bit;
        before
    }

    /// Whether the bit of a place is set.
    pub fn contains(&self, place: usize) -> bool {
        let (word, bit) = bit_of(place % BLOCK);
        self.0[place / BLOCK][word] >> bit & 1 == 1
    }

    /// How many bits are set.
    pub fn count(&self) -> u32 {
        self.0.as_flattened().iter().map(|word| word.count_ones()).sum()
    }
}

/// `sums[place] += weight · count`, where `count` of `rows` have that place's bit set.
///
/// `strips` holds rows of `across` strips each, the last row empty and none of `rows`. `sums` has a place for
/// each bit, but for blocks at the end that may be missing.
///
/// # Panics
/// If there is no row, one is not there, or `sums` is not of whole blocks or longer than a row.
pub fn add_counts(strips: &[Strip], across: usize, rows: &[u32], weight: f32, sums: &mut [f32]) {
    assert!(sums.len() <= STRIP * across && sums.len().is_multiple_of(BLOCK), "blocks of {BLOCK} places");
    match rows {
        [] => {}
        [row] => {
            let strips = &strips[*row as usize * across..][..across];
            strips.iter().zip(sums.chunks_mut(STRIP)).for_each(|(strip, sums)| add_row(strip, weight, sums));
        }
        _ => rows.chunks(AT_ONCE).for_each(|rows| add_some(strips, across, rows, weight, sums)),
    }
}

/// One row: its bits alone are visited.
fn add_row(strip: &Strip, weight: f32, sums: &mut [f32]) {
    for (words, sums) in strip.0.iter().zip(sums.as_chunks_mut::<BLOCK>().0) {
        for (word, bits) in words.iter().enumerate() {
            let mut bits = *bits;
            while bits != 0 {
                let bit = bits.trailing_zeros() as usize;
                sums[(bit % 8 * 16 + word * 4 + bit / 8) % BLOCK] += weight;
                bits &= bits - 1;
            }
        }
    }
}

fn add_some(strips: &[Strip], across: usize, rows: &[u32], weight: f32, sums: &mut [f32]) {
    let empty = &strips[strips.len() - across..];
    for (strip, sums) in sums.chunks_mut(STRIP).enumerate() {
        // What is missing to eight rows is the empty one.
        let mut lines = [[&empty[strip]; 8]; AT_ONCE / 8];
        for (line, &row) in lines.as_flattened_mut().iter_mut().zip(rows) {
            *line = &strips[row as usize * across + strip];
        }
        add_strip(&lines[..rows.len().div_ceil(8)], F32x4::splat(weight), sums);
    }
}

fn add_strip(lines: &[[&Strip; 8]], weight: F32x4, sums: &mut [f32]) {
    for (block, sums) in (0..STRIP / BLOCK).zip(sums.as_chunks_mut::<BLOCK>().0) {
        let mut planes = [U32x4::splat(0); 8];
        for eight in lines {
            add_eight(&mut planes, eight.map(|line| U32x4::load(&line.0[block])));
        }
        let places = sums.as_chunks_mut::<16>().0;
        for (counts, sums) in transposed(planes).into_iter().zip(places) {
            let sums = sums.as_chunks_mut::<4>().0;
            for (sum, count) in sums.iter_mut().zip(counts.bytes().numbers()) {
                *sum = (F32x4::from_array(sum) + count * weight).to_array();
            }
        }
    }
}

/// The sum of three binary digits: the digit, and the carry.
#[inline(always)]
fn sum_of(a: U32x4, b: U32x4, c: U32x4) -> (U32x4, U32x4) {
    let either = a ^ b;
    (either ^ c, (a & b) | (either & c))
}

/// Counts eight rows.
#[inline(always)]
fn add_eight(planes: &mut [U32x4; 8], [a, b, c, d, e, f, g, h]: [U32x4; 8]) {
    let [ones, twos, fours, ..] = *planes;
    let (ones, two) = sum_of(ones, a, b);
    let (ones, more) = sum_of(ones, c, d);
    let (twos, four) = sum_of(twos, two, more);
    let (ones, two) = sum_of(ones, e, f);
    let (ones, more) = sum_of(ones, g, h);
    let (twos, more) = sum_of(twos, two, more);
    let (fours, mut carry) = sum_of(fours, four, more);
    (planes[0], planes[1], planes[2]) = (ones, twos, fours);
    for plane in &mut planes[3..] {
        (*plane, carry) = (*plane ^ carry, *plane & carry);
    }
}

/// Of eight vectors, bit `p` of each byte of the vector `b` becomes bit `b` of that byte of the vector `p`.
#[inline(always)]
fn transposed(mut planes: [U32x4; 8]) -> [U32x4; 8] {
    /// Exchanges the upper parts of the bytes of one with the lower parts of another.
    #[inline(always)]
    fn exchange<const BITS: i32>(planes: &mut [U32x4; 8], apart: usize, lower: u32) {
        let lower = U32x4::splat(lower);
        for at in (0..8).filter(|at| at & apart == 0) {
            let (one, other) = (planes[at], planes[at + apart]);
            let differs = (one.shift_right::<BITS>() ^ other) & lower;
            planes[at + apart] = other ^ differs;
            planes[at] = one ^ differs.shift_left::<BITS>();
        }
    }
    exchange::<4>(&mut planes, 4, 0x0F0F_0F0F);
    exchange::<2>(&mut planes, 2, 0x3333_3333);
    exchange::<1>(&mut planes, 1, 0x5555_5555);
    planes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::held::same_bits;
    use crate::kernels::reference::tally as twin;
    use crate::rng::{Stream, StreamId};

    /// Rows of so many strips, of which every third to tenth place is set, and an empty one.
    fn strips(rows: u32, across: u32) -> Vec<Strip> {
        let draws = Stream::new(4, StreamId::Data);
        let strip = |row: u32| {
            let mut strip = Strip::default();
            let places =
                (0..STRIP).filter(|&place| draws.below(u64::from(row), place as u64, 3 + row % 8) == 0);
            places.for_each(|place| assert!(!strip.insert(place)));
            strip
        };
        (0..rows * across).map(strip).chain((0..across).map(|_| Strip::default())).collect()
    }

    #[test]
    fn counts_match_their_twin_bit_by_bit() {
        let rows = strips(40, 2);
        let strips = &rows;
        for count in [0, 1, 2, 3, 7, 8, 9, 31, 32, 247, 248, 249, 1003] {
            let rows: Vec<u32> = (0..count).map(|at| at * 7 % 40).collect();
            for places in [0, BLOCK, 3 * BLOCK, STRIP, STRIP + BLOCK, 2 * STRIP] {
                for weight in [0.1f32, -0.6, 1.0e-42, f32::INFINITY, f32::NAN] {
                    let begin: Vec<f32> = (0..places).map(|place| place as f32 * 0.3 - 20.0).collect();
                    let (mut ours, mut other) = (begin.clone(), begin);
                    add_counts(strips, 2, &rows, weight, &mut ours);
                    twin::add_counts(strips, 2, &rows, weight, &mut other);
                    same_bits(&format!("{count} rows, {places} places, weight {weight}"), &ours, &other);
                }
            }
        }
    }

    #[test]
    fn a_bit_is_set_once() {
        let mut strip = Strip::default();
        for place in 0..STRIP {
            assert!(!strip.contains(place) && !strip.insert(place) && strip.insert(place), "{place}");
            assert!(strip.contains(place) && strip.count() == place as u32 + 1);
        }
    }

    #[test]
    #[should_panic(expected = "blocks of 128 places")]
    fn places_that_are_no_blocks() {
        add_counts(&strips(1, 1), 1, &[0, 0], 1.0, &mut [0.0; 100]);
    }
}
