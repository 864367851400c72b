//! Four lanes of SSE2.
#![allow(unsafe_code, reason = "vector instructions, which belong to the x86-64 baseline")]

use core::arch::x86_64 as arch;
pub type Vector = arch::__m128;

// SAFETY of every block below: SSE2 belongs to the x86-64 baseline, so the instructions exist.
#[inline(always)]
pub fn splat(value: f32) -> Vector {
    unsafe { arch::_mm_set1_ps(value) }
}
#[inline(always)]
pub fn add(a: Vector, b: Vector) -> Vector {
    unsafe { arch::_mm_add_ps(a, b) }
}
#[inline(always)]
pub fn sub(a: Vector, b: Vector) -> Vector {
    unsafe { arch::_mm_sub_ps(a, b) }
}
#[inline(always)]
pub fn mul(a: Vector, b: Vector) -> Vector {
    unsafe { arch::_mm_mul_ps(a, b) }
}
#[inline(always)]
pub fn div(a: Vector, b: Vector) -> Vector {
    unsafe { arch::_mm_div_ps(a, b) }
}
#[inline(always)]
pub fn neg(a: Vector) -> Vector {
    unsafe { arch::_mm_xor_ps(a, arch::_mm_set1_ps(-0.0)) }
}
#[inline(always)]
pub fn sqrt(a: Vector) -> Vector {
    unsafe { arch::_mm_sqrt_ps(a) }
}
#[inline(always)]
pub fn abs(a: Vector) -> Vector {
    unsafe { arch::_mm_andnot_ps(arch::_mm_set1_ps(-0.0), a) }
}
#[inline(always)]
pub fn lt(a: Vector, b: Vector) -> Vector {
    unsafe { arch::_mm_cmplt_ps(a, b) }
}
#[inline(always)]
pub fn le(a: Vector, b: Vector) -> Vector {
    unsafe { arch::_mm_cmple_ps(a, b) }
}
#[inline(always)]
pub fn select(mask: Vector, then: Vector, otherwise: Vector) -> Vector {
    unsafe { arch::_mm_or_ps(arch::_mm_and_ps(mask, then), arch::_mm_andnot_ps(mask, otherwise)) }
}
#[inline(always)]
pub fn load(from: &[f32; 4]) -> Vector {
    // SAFETY: the reference covers the 16 bytes that are read; `loadu` needs no alignment.
    unsafe { arch::_mm_loadu_ps(from.as_ptr()) }
}
#[inline(always)]
pub fn store(value: Vector, to: &mut [f32; 4]) {
    // SAFETY: the reference covers the 16 bytes that are written; no alignment is needed.
    unsafe { arch::_mm_storeu_ps(to.as_mut_ptr(), value) }
}
/// # Safety
/// Four numbers can be read at `from`.
#[inline(always)]
pub unsafe fn read(from: *const f32) -> Vector {
    // SAFETY: the caller's; `loadu` needs no alignment.
    unsafe { arch::_mm_loadu_ps(from) }
}
/// # Safety
/// Four numbers can be written at `to`.
#[inline(always)]
pub unsafe fn write(value: Vector, to: *mut f32) {
    // SAFETY: the caller's; `storeu` needs no alignment.
    unsafe { arch::_mm_storeu_ps(to, value) }
}
#[inline(always)]
pub fn low_halves(a: Vector, b: Vector) -> Vector {
    unsafe { arch::_mm_movelh_ps(a, b) }
}
#[inline(always)]
pub fn high_halves(a: Vector, b: Vector) -> Vector {
    unsafe { arch::_mm_movehl_ps(b, a) }
}
#[inline(always)]
pub fn interleave_low(a: Vector, b: Vector) -> Vector {
    unsafe { arch::_mm_unpacklo_ps(a, b) }
}
#[inline(always)]
pub fn interleave_high(a: Vector, b: Vector) -> Vector {
    unsafe { arch::_mm_unpackhi_ps(a, b) }
}
#[inline(always)]
pub fn pow2_from_shifted(value: Vector) -> Vector {
    unsafe {
        let shifted = arch::_mm_slli_epi32(arch::_mm_castps_si128(value), 23);
        arch::_mm_castsi128_ps(arch::_mm_add_epi32(shifted, arch::_mm_set1_epi32(0x3f80_0000)))
    }
}
#[inline(always)]
pub fn split_exponent(value: Vector) -> (Vector, Vector) {
    unsafe {
        let bits = arch::_mm_castps_si128(value);
        let offset = arch::_mm_sub_epi32(bits, arch::_mm_set1_epi32(super::SQRT_HALF_BITS as i32));
        let exponent = arch::_mm_srai_epi32(offset, 23);
        let mantissa = arch::_mm_sub_epi32(bits, arch::_mm_slli_epi32(exponent, 23));
        (arch::_mm_castsi128_ps(mantissa), arch::_mm_cvtepi32_ps(exponent))
    }
}
#[inline(always)]
pub fn bits(mask: Vector) -> u32 {
    unsafe { arch::_mm_movemask_ps(mask) as u32 }
}

pub type Words = arch::__m128i;

#[inline(always)]
pub fn words([a, b, c, d]: [u32; 4]) -> Words {
    unsafe { arch::_mm_setr_epi32(a as i32, b as i32, c as i32, d as i32) }
}
#[inline(always)]
pub fn words_load(from: &[u32; 4]) -> Words {
    // SAFETY: the reference covers the 16 bytes that are read; `loadu` needs no alignment.
    unsafe { arch::_mm_loadu_si128(from.as_ptr().cast()) }
}
#[inline(always)]
pub fn words_to_array(words: Words) -> [u32; 4] {
    let mut out = [0; 4];
    // SAFETY: the array has the 16 bytes that are written; `storeu` needs no alignment.
    unsafe { arch::_mm_storeu_si128(out.as_mut_ptr().cast(), words) }
    out
}
#[inline(always)]
pub fn xor(a: Words, b: Words) -> Words {
    unsafe { arch::_mm_xor_si128(a, b) }
}
#[inline(always)]
pub fn wide_product(words: Words, factor: u32) -> [Words; 2] {
    unsafe {
        let factor = arch::_mm_set1_epi32(factor as i32);
        let first = arch::_mm_mul_epu32(arch::_mm_unpacklo_epi32(words, words), factor);
        let second = arch::_mm_mul_epu32(arch::_mm_unpackhi_epi32(words, words), factor);
        let (first, second) = (arch::_mm_castsi128_ps(first), arch::_mm_castsi128_ps(second));
        let (low, high) = (
            arch::_mm_shuffle_ps::<0b10_00_10_00>(first, second),
            arch::_mm_shuffle_ps::<0b11_01_11_01>(first, second),
        );
        [arch::_mm_castps_si128(low), arch::_mm_castps_si128(high)]
    }
}
#[inline(always)]
pub fn upper_24_bits(words: Words) -> Vector {
    unsafe { arch::_mm_cvtepi32_ps(arch::_mm_srli_epi32(words, 8)) }
}
#[inline(always)]
pub fn and(a: Words, b: Words) -> Words {
    unsafe { arch::_mm_and_si128(a, b) }
}
#[inline(always)]
pub fn or(a: Words, b: Words) -> Words {
    unsafe { arch::_mm_or_si128(a, b) }
}
#[inline(always)]
pub fn shift_left<const BITS: i32>(words: Words) -> Words {
    unsafe { arch::_mm_slli_epi32::<BITS>(words) }
}
#[inline(always)]
pub fn shift_right<const BITS: i32>(words: Words) -> Words {
    unsafe { arch::_mm_srli_epi32::<BITS>(words) }
}
#[inline(always)]
pub fn bytes_splat(byte: i8) -> Words {
    unsafe { arch::_mm_set1_epi8(byte) }
}
#[inline(always)]
pub fn bytes_gt(a: Words, b: Words) -> Words {
    unsafe { arch::_mm_cmpgt_epi8(a, b) }
}
#[inline(always)]
pub fn bytes_sub(a: Words, b: Words) -> Words {
    unsafe { arch::_mm_sub_epi8(a, b) }
}
#[inline(always)]
pub fn byte_signs(bytes: Words) -> u32 {
    unsafe { arch::_mm_movemask_epi8(bytes) as u32 }
}
#[inline(always)]
pub fn byte_numbers(bytes: Words) -> [Vector; 4] {
    unsafe {
        let zero = arch::_mm_setzero_si128();
        let (low, high) = (arch::_mm_unpacklo_epi8(bytes, zero), arch::_mm_unpackhi_epi8(bytes, zero));
        [
            arch::_mm_cvtepi32_ps(arch::_mm_unpacklo_epi16(low, zero)),
            arch::_mm_cvtepi32_ps(arch::_mm_unpackhi_epi16(low, zero)),
            arch::_mm_cvtepi32_ps(arch::_mm_unpacklo_epi16(high, zero)),
            arch::_mm_cvtepi32_ps(arch::_mm_unpackhi_epi16(high, zero)),
        ]
    }
}
