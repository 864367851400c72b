//! Four lanes of SIMD128.
#![allow(unsafe_code, reason = "vector loads and stores")]

use core::arch::wasm32 as arch;
pub type Vector = arch::v128;
pub use arch::{
    f32x4_abs as abs, f32x4_add as add, f32x4_div as div, f32x4_le as le, f32x4_lt as lt, f32x4_mul as mul,
    f32x4_neg as neg, f32x4_splat as splat, f32x4_sqrt as sqrt, f32x4_sub as sub,
};

#[inline(always)]
pub fn select(mask: Vector, then: Vector, otherwise: Vector) -> Vector {
    arch::v128_bitselect(then, otherwise, mask)
}
#[inline(always)]
pub fn load(from: &[f32; 4]) -> Vector {
    // SAFETY: the reference covers the 16 bytes that are read; v128 loads need no alignment.
    unsafe { arch::v128_load(from.as_ptr().cast()) }
}
#[inline(always)]
pub fn store(value: Vector, to: &mut [f32; 4]) {
    // SAFETY: the reference covers the 16 bytes that are written; no alignment is needed.
    unsafe { arch::v128_store(to.as_mut_ptr().cast(), value) }
}
/// # Safety
/// Four numbers can be read at `from`.
#[inline(always)]
pub unsafe fn read(from: *const f32) -> Vector {
    // SAFETY: the caller's; no alignment is needed.
    unsafe { arch::v128_load(from.cast()) }
}
/// # Safety
/// Four numbers can be written at `to`.
#[inline(always)]
pub unsafe fn write(value: Vector, to: *mut f32) {
    // SAFETY: the caller's; no alignment is needed.
    unsafe { arch::v128_store(to.cast(), value) }
}
#[inline(always)]
pub fn low_halves(a: Vector, b: Vector) -> Vector {
    arch::i64x2_shuffle::<0, 2>(a, b)
}
#[inline(always)]
pub fn high_halves(a: Vector, b: Vector) -> Vector {
    arch::i64x2_shuffle::<1, 3>(a, b)
}
#[inline(always)]
pub fn interleave_low(a: Vector, b: Vector) -> Vector {
    arch::i32x4_shuffle::<0, 4, 1, 5>(a, b)
}
#[inline(always)]
pub fn interleave_high(a: Vector, b: Vector) -> Vector {
    arch::i32x4_shuffle::<2, 6, 3, 7>(a, b)
}
#[inline(always)]
pub fn pow2_from_shifted(value: Vector) -> Vector {
    arch::i32x4_add(arch::i32x4_shl(value, 23), arch::i32x4_splat(0x3f80_0000))
}
#[inline(always)]
pub fn split_exponent(value: Vector) -> (Vector, Vector) {
    let offset = arch::i32x4_sub(value, arch::i32x4_splat(super::SQRT_HALF_BITS as i32));
    let exponent = arch::i32x4_shr(offset, 23);
    let mantissa = arch::i32x4_sub(value, arch::i32x4_shl(exponent, 23));
    (mantissa, arch::f32x4_convert_i32x4(exponent))
}
#[inline(always)]
pub fn bits(mask: Vector) -> u32 {
    u32::from(arch::i32x4_bitmask(mask))
}

pub type Words = arch::v128;
pub use arch::{
    i8x16_gt as bytes_gt, i8x16_sub as bytes_sub, v128_and as and, v128_or as or, v128_xor as xor,
};

#[inline(always)]
pub fn words([a, b, c, d]: [u32; 4]) -> Words {
    arch::u32x4(a, b, c, d)
}
#[inline(always)]
pub fn words_load(from: &[u32; 4]) -> Words {
    // SAFETY: the reference covers the 16 bytes that are read; v128 loads need no alignment.
    unsafe { arch::v128_load(from.as_ptr().cast()) }
}
#[inline(always)]
pub fn words_to_array(words: Words) -> [u32; 4] {
    [
        arch::u32x4_extract_lane::<0>(words),
        arch::u32x4_extract_lane::<1>(words),
        arch::u32x4_extract_lane::<2>(words),
        arch::u32x4_extract_lane::<3>(words),
    ]
}
#[inline(always)]
pub fn wide_product(words: Words, factor: u32) -> [Words; 2] {
    let factor = arch::u32x4_splat(factor);
    let first = arch::u64x2_extmul_low_u32x4(words, factor);
    let second = arch::u64x2_extmul_high_u32x4(words, factor);
    [arch::u32x4_shuffle::<0, 2, 4, 6>(first, second), arch::u32x4_shuffle::<1, 3, 5, 7>(first, second)]
}
#[inline(always)]
pub fn upper_24_bits(words: Words) -> Vector {
    arch::f32x4_convert_i32x4(arch::u32x4_shr(words, 8))
}
#[inline(always)]
pub fn shift_left<const BITS: i32>(words: Words) -> Words {
    arch::u32x4_shl(words, BITS as u32)
}
#[inline(always)]
pub fn shift_right<const BITS: i32>(words: Words) -> Words {
    arch::u32x4_shr(words, BITS as u32)
}
#[inline(always)]
pub fn bytes_splat(byte: i8) -> Words {
    arch::i8x16_splat(byte)
}
#[inline(always)]
pub fn byte_signs(bytes: Words) -> u32 {
    u32::from(arch::i8x16_bitmask(bytes))
}
#[inline(always)]
pub fn byte_numbers(bytes: Words) -> [Vector; 4] {
    let halves = [arch::u16x8_extend_low_u8x16(bytes), arch::u16x8_extend_high_u8x16(bytes)];
    let [low, high] =
        halves.map(|half| [arch::u32x4_extend_low_u16x8(half), arch::u32x4_extend_high_u16x8(half)]);
    // They are small: a signed conversion is one instruction.
    [low[0], low[1], high[0], high[1]].map(|words| arch::f32x4_convert_i32x4(words))
}
