//! Four `f32` lanes with the same meaning on every target: SIMD128 in wasm, SSE2 on x86-64 and a
//! plain array elsewhere.
//!
//! [`Real`] is the face that numeric code is written against once: `f32` gives the scalar twin,
//! [`F32x4`] the kernel, `f64` the convergence tests. All three perform the same operations in the
//! same order, and none of them is fused or reassociated, so lanes and scalars agree bit by bit.
#![allow(
    unsafe_code,
    reason = "vector loads and stores through checked slices; sound by the length assertions"
)]

use core::ops::{Add, Div, Mul, Neg, Sub};

/// A floating-point number, or several of them side by side.
pub trait Real:
    Copy
    + Sync
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// The outcome of a comparison, one per lane.
    type Mask: Copy;

    /// The same number in every lane.
    fn splat(value: f32) -> Self;
    /// The nearest number of this precision in every lane: for the constants of a model.
    fn from_f64(value: f64) -> Self;
    /// `self < other`, false where either is NaN.
    fn lt(self, other: Self) -> Self::Mask;
    /// `self <= other`, false where either is NaN.
    fn le(self, other: Self) -> Self::Mask;
    /// `then` where the mask holds, else `otherwise`.
    fn select(mask: Self::Mask, then: Self, otherwise: Self) -> Self;
    /// The magnitude; clears the sign bit, of NaN too.
    fn abs(self) -> Self;
    /// `e^self`; see [`crate::math`].
    fn exp(self) -> Self;
    /// Natural logarithm; see [`crate::math`].
    fn ln(self) -> Self;
    /// Hyperbolic tangent; see [`crate::math`].
    fn tanh(self) -> Self;
    /// Error function; see [`crate::math`].
    fn erf(self) -> Self;
    /// Square root, correctly rounded everywhere (IEEE 754).
    fn sqrt(self) -> Self;

    /// The larger of the two; `other` where the comparison is undecided.
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        Self::select(other.lt(self), self, other)
    }

    /// The smaller of the two; `other` where the comparison is undecided.
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        Self::select(self.lt(other), self, other)
    }
}

/// A [`Real`] of single precision, scalar or vector: what the shared approximations of
/// [`crate::math`] need beyond arithmetic.
pub trait Single: Real {
    /// `2^n`, where `self = n + 1.5·2^23` for a whole `n` in −126..=127.
    fn pow2_from_shifted(self) -> Self;
    /// Splits a positive normal number into a mantissa in [√½, √2) and a whole exponent.
    fn split_exponent(self) -> (Self, Self);
}

/// Bits subtracted before the exponent is read, so that mantissas lie in [√½, √2).
const SQRT_HALF_BITS: u32 = 0x3f35_04f3;

macro_rules! scalar_real {
    ($float:ty) => {
        #[inline(always)]
        fn splat(value: f32) -> Self {
            value as $float
        }
        #[inline(always)]
        fn from_f64(value: f64) -> Self {
            value as $float
        }
        #[inline(always)]
        fn lt(self, other: Self) -> bool {
            self < other
        }
        #[inline(always)]
        fn le(self, other: Self) -> bool {
            self <= other
        }
        #[inline(always)]
        fn select(mask: bool, then: Self, otherwise: Self) -> Self {
            if mask { then } else { otherwise }
        }
        #[inline(always)]
        fn abs(self) -> Self {
            <$float>::abs(self)
        }
        #[inline(always)]
        fn sqrt(self) -> Self {
            <$float>::sqrt(self)
        }
    };
}

macro_rules! single_math {
    () => {
        #[inline(always)]
        fn exp(self) -> Self {
            crate::math::exp(self)
        }
        #[inline(always)]
        fn ln(self) -> Self {
            crate::math::ln(self)
        }
        #[inline(always)]
        fn tanh(self) -> Self {
            crate::math::tanh(self)
        }
        #[inline(always)]
        fn erf(self) -> Self {
            crate::math::erf(self)
        }
    };
}

impl Real for f32 {
    type Mask = bool;
    scalar_real!(f32);
    single_math!();
}

impl Single for f32 {
    #[inline(always)]
    fn pow2_from_shifted(self) -> Self {
        f32::from_bits((self.to_bits() << 23).wrapping_add(0x3f80_0000))
    }
    #[inline(always)]
    fn split_exponent(self) -> (Self, Self) {
        let offset = self.to_bits().wrapping_sub(SQRT_HALF_BITS) as i32;
        let exponent = offset >> 23;
        let mantissa = self.to_bits().wrapping_sub((exponent as u32) << 23);
        (f32::from_bits(mantissa), exponent as f32)
    }
}

impl Real for f64 {
    type Mask = bool;
    scalar_real!(f64);
    fn exp(self) -> Self {
        libm::exp(self)
    }
    fn ln(self) -> Self {
        libm::log(self)
    }
    fn tanh(self) -> Self {
        libm::tanh(self)
    }
    fn erf(self) -> Self {
        libm::erf(self)
    }
}

#[cfg(target_arch = "wasm32")]
mod backend {
    use core::arch::wasm32 as arch;
    pub type Vector = arch::v128;
    pub use arch::{
        f32x4_abs as abs, f32x4_add as add, f32x4_div as div, f32x4_le as le, f32x4_lt as lt,
        f32x4_mul as mul, f32x4_neg as neg, f32x4_splat as splat, f32x4_sqrt as sqrt, f32x4_sub as sub,
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
}

#[cfg(target_arch = "x86_64")]
mod backend {
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
}

#[cfg(not(any(target_arch = "wasm32", target_arch = "x86_64")))]
mod backend {
    use super::{Real, Single};
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
}

/// Four single-precision numbers side by side.
#[derive(Clone, Copy)]
pub struct F32x4(backend::Vector);

/// The outcome of a comparison of two [`F32x4`].
#[derive(Clone, Copy)]
pub struct Mask4(backend::Vector);

impl F32x4 {
    /// How many numbers one vector holds.
    pub const LANES: usize = 4;

    /// The four numbers of `from`.
    #[inline(always)]
    pub fn from_array(from: &[f32; 4]) -> Self {
        Self(backend::load(from))
    }

    /// The four numbers at `from`.
    ///
    /// # Safety
    /// They can be read.
    #[inline(always)]
    pub unsafe fn read(from: *const f32) -> Self {
        // SAFETY: the caller's.
        Self(unsafe { backend::read(from) })
    }

    /// Writes the four numbers to `to`.
    ///
    /// # Safety
    /// They can be written.
    #[inline(always)]
    pub unsafe fn write(self, to: *mut f32) {
        // SAFETY: the caller's.
        unsafe { backend::write(self.0, to) }
    }

    /// The transpose of a square whose rows are given.
    #[inline(always)]
    pub fn transpose([a, b, c, d]: [Self; 4]) -> [Self; 4] {
        use backend::{high_halves, interleave_high, interleave_low, low_halves};
        let (ab_low, ab_high) = (interleave_low(a.0, b.0), interleave_high(a.0, b.0));
        let (cd_low, cd_high) = (interleave_low(c.0, d.0), interleave_high(c.0, d.0));
        [
            Self(low_halves(ab_low, cd_low)),
            Self(high_halves(ab_low, cd_low)),
            Self(low_halves(ab_high, cd_high)),
            Self(high_halves(ab_high, cd_high)),
        ]
    }

    /// The first four numbers of `from`.
    ///
    /// # Panics
    /// If `from` is shorter than four.
    #[inline(always)]
    pub fn load(from: &[f32]) -> Self {
        let (head, _) = from.split_first_chunk::<4>().expect("a vector load needs four numbers");
        Self(backend::load(head))
    }

    /// Writes the four numbers to the front of `to`.
    ///
    /// # Panics
    /// If `to` is shorter than four.
    #[inline(always)]
    pub fn store(self, to: &mut [f32]) {
        let (head, _) = to.split_first_chunk_mut::<4>().expect("a vector store needs four numbers");
        backend::store(self.0, head);
    }

    /// The four numbers.
    #[inline(always)]
    pub fn to_array(self) -> [f32; 4] {
        let mut out = [0.0; 4];
        backend::store(self.0, &mut out);
        out
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident) => {
        impl $trait for F32x4 {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                Self(backend::$method(self.0, other.0))
            }
        }
    };
}
operator!(Add, add);
operator!(Sub, sub);
operator!(Mul, mul);
operator!(Div, div);

impl Neg for F32x4 {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self(backend::neg(self.0))
    }
}

impl Real for F32x4 {
    type Mask = Mask4;
    #[inline(always)]
    fn splat(value: f32) -> Self {
        Self(backend::splat(value))
    }
    #[inline(always)]
    fn from_f64(value: f64) -> Self {
        Self::splat(value as f32)
    }
    #[inline(always)]
    fn lt(self, other: Self) -> Mask4 {
        Mask4(backend::lt(self.0, other.0))
    }
    #[inline(always)]
    fn le(self, other: Self) -> Mask4 {
        Mask4(backend::le(self.0, other.0))
    }
    #[inline(always)]
    fn select(mask: Mask4, then: Self, otherwise: Self) -> Self {
        Self(backend::select(mask.0, then.0, otherwise.0))
    }
    #[inline(always)]
    fn abs(self) -> Self {
        Self(backend::abs(self.0))
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        Self(backend::sqrt(self.0))
    }
    single_math!();
}

impl Single for F32x4 {
    #[inline(always)]
    fn pow2_from_shifted(self) -> Self {
        Self(backend::pow2_from_shifted(self.0))
    }
    #[inline(always)]
    fn split_exponent(self) -> (Self, Self) {
        let (mantissa, exponent) = backend::split_exponent(self.0);
        (Self(mantissa), Self(exponent))
    }
}

#[cfg(test)]
mod tests;
