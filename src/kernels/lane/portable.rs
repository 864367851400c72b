//! Four lanes in a plain array: whatever the machine.
#![allow(unsafe_code, reason = "loads and stores through pointers, as the other backends have them")]

use super::Single;
pub type Vector = [f32; 4];

fn map(a: Vector, f: impl Fn(f32) -> f32) -> Vector {
    a.map(f)
}
fn zip(a: Vector, b: Vector, f: impl Fn(f32, f32) -> f32) -> Vector {
    core::array::from_fn(|lane| f(a[lane], b[lane]))
}
fn mask(holds: bool) -> f32 {
    f32::from_bits(if holds { u32::MAX } else { 0 })
}
pub fn splat(value: f32) -> Vector {
    [value; 4]
}
pub fn add(a: Vector, b: Vector) -> Vector {
    zip(a, b, |x, y| x + y)
}
pub fn sub(a: Vector, b: Vector) -> Vector {
    zip(a, b, |x, y| x - y)
}
pub fn mul(a: Vector, b: Vector) -> Vector {
    zip(a, b, |x, y| x * y)
}
pub fn div(a: Vector, b: Vector) -> Vector {
    zip(a, b, |x, y| x / y)
}
pub fn neg(a: Vector) -> Vector {
    map(a, |x| -x)
}
pub fn abs(a: Vector) -> Vector {
    map(a, f32::abs)
}
pub fn sqrt(a: Vector) -> Vector {
    map(a, f32::sqrt)
}
pub fn lt(a: Vector, b: Vector) -> Vector {
    zip(a, b, |x, y| mask(x < y))
}
pub fn le(a: Vector, b: Vector) -> Vector {
    zip(a, b, |x, y| mask(x <= y))
}
pub fn select(mask: Vector, then: Vector, otherwise: Vector) -> Vector {
    core::array::from_fn(|lane| if mask[lane].to_bits() != 0 { then[lane] } else { otherwise[lane] })
}
pub fn load(from: &[f32; 4]) -> Vector {
    *from
}
pub fn store(value: Vector, to: &mut [f32; 4]) {
    *to = value;
}
/// # Safety
/// Four numbers can be read at `from`.
pub unsafe fn read(from: *const f32) -> Vector {
    // SAFETY: the caller's; an array of `f32` is aligned as one.
    unsafe { *from.cast() }
}
/// # Safety
/// Four numbers can be written at `to`.
pub unsafe fn write(value: Vector, to: *mut f32) {
    // SAFETY: the caller's; an array of `f32` is aligned as one.
    unsafe { *to.cast() = value }
}
pub fn low_halves(a: Vector, b: Vector) -> Vector {
    [a[0], a[1], b[0], b[1]]
}
pub fn high_halves(a: Vector, b: Vector) -> Vector {
    [a[2], a[3], b[2], b[3]]
}
pub fn interleave_low(a: Vector, b: Vector) -> Vector {
    [a[0], b[0], a[1], b[1]]
}
pub fn interleave_high(a: Vector, b: Vector) -> Vector {
    [a[2], b[2], a[3], b[3]]
}
pub fn pow2_from_shifted(value: Vector) -> Vector {
    map(value, Single::pow2_from_shifted)
}
pub fn split_exponent(value: Vector) -> (Vector, Vector) {
    let parts = value.map(|x| x.split_exponent());
    (parts.map(|part| part.0), parts.map(|part| part.1))
}
pub fn bits(mask: Vector) -> u32 {
    (0..4).map(|lane| (mask[lane].to_bits() >> 31) << lane).sum()
}

pub type Words = [u32; 4];

pub fn words(words: [u32; 4]) -> Words {
    words
}
pub fn words_load(from: &[u32; 4]) -> Words {
    *from
}
pub fn words_to_array(words: Words) -> [u32; 4] {
    words
}
pub fn xor(a: Words, b: Words) -> Words {
    core::array::from_fn(|lane| a[lane] ^ b[lane])
}
pub fn wide_product(words: Words, factor: u32) -> [Words; 2] {
    let products = words.map(|word| u64::from(word) * u64::from(factor));
    [products.map(|product| product as u32), products.map(|product| (product >> 32) as u32)]
}
pub fn upper_24_bits(words: Words) -> Vector {
    words.map(|word| (word >> 8) as f32)
}
pub fn and(a: Words, b: Words) -> Words {
    core::array::from_fn(|lane| a[lane] & b[lane])
}
pub fn or(a: Words, b: Words) -> Words {
    core::array::from_fn(|lane| a[lane] | b[lane])
}
pub fn shift_left<const BITS: i32>(words: Words) -> Words {
    words.map(|word| word << BITS)
}
pub fn shift_right<const BITS: i32>(words: Words) -> Words {
    words.map(|word| word >> BITS)
}
fn zip_bytes(a: Words, b: Words, f: impl Fn(u8, u8) -> u8) -> Words {
    let four = |a: u32, b: u32| {
        let (a, b) = (a.to_le_bytes(), b.to_le_bytes());
        u32::from_le_bytes(core::array::from_fn(|at| f(a[at], b[at])))
    };
    core::array::from_fn(|lane| four(a[lane], b[lane]))
}
pub fn bytes_splat(byte: i8) -> Words {
    [u32::from_le_bytes([byte as u8; 4]); 4]
}
pub fn bytes_gt(a: Words, b: Words) -> Words {
    zip_bytes(a, b, |a, b| if a as i8 > b as i8 { u8::MAX } else { 0 })
}
pub fn bytes_sub(a: Words, b: Words) -> Words {
    zip_bytes(a, b, u8::wrapping_sub)
}
pub fn byte_signs(bytes: Words) -> u32 {
    let signs = bytes.iter().flat_map(|word| word.to_le_bytes()).map(|byte| u32::from(byte >> 7));
    signs.enumerate().map(|(at, sign)| sign << at).sum()
}
pub fn byte_numbers(bytes: Words) -> [Vector; 4] {
    bytes.map(|word| word.to_le_bytes().map(f32::from))
}
