//! Four `f32` lanes with the same meaning on every target: SIMD128 in wasm, SSE2 on x86-64 and a
//! plain array elsewhere.
//!
//! [`Real`] is the face that numeric code is written against once: `f32` gives the scalar twin,
//! [`F32x4`] the kernel, `f64` the convergence tests. All three perform the same operations in the
//! same order, and none of them is fused or reassociated, so lanes and scalars agree bit by bit.
#![allow(unsafe_code, reason = "reads and writes through pointers, which callers vouch for")]

use core::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Neg, Sub};

#[cfg_attr(target_arch = "wasm32", path = "lane/wasm.rs")]
#[cfg_attr(target_arch = "x86_64", path = "lane/sse2.rs")]
#[cfg_attr(not(any(target_arch = "wasm32", target_arch = "x86_64")), path = "lane/portable.rs")]
mod backend;

/// A floating-point number, or several of them side by side.
pub trait Real:
    Copy
    + Send
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

/// Four single-precision numbers side by side.
#[derive(Clone, Copy)]
pub struct F32x4(backend::Vector);

/// The outcome of a comparison of two [`F32x4`].
#[derive(Clone, Copy)]
pub struct Mask4(backend::Vector);

impl Mask4 {
    /// One bit for each lane, the first one lowest.
    #[inline(always)]
    pub fn bits(self) -> u32 {
        backend::bits(self.0)
    }
}

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

/// Four 32-bit words side by side.
#[derive(Clone, Copy)]
pub struct U32x4(backend::Words);

impl U32x4 {
    /// The same word in every lane.
    #[inline(always)]
    pub fn splat(value: u32) -> Self {
        Self::from_array([value; 4])
    }

    /// These four words.
    #[inline(always)]
    pub fn from_array(from: [u32; 4]) -> Self {
        Self(backend::words(from))
    }

    /// Words that stand side by side.
    #[inline(always)]
    pub fn load(from: &[u32; 4]) -> Self {
        Self(backend::words_load(from))
    }

    /// The four words.
    #[inline(always)]
    pub fn to_array(self) -> [u32; 4] {
        backend::words_to_array(self.0)
    }

    /// The lower and the upper halves of the products with `factor`.
    #[inline(always)]
    pub fn wide_product(self, factor: u32) -> [Self; 2] {
        backend::wide_product(self.0, factor).map(Self)
    }

    /// Each word times 2 to the power of `BITS`.
    #[inline(always)]
    pub fn shift_left<const BITS: i32>(self) -> Self {
        Self(backend::shift_left::<BITS>(self.0))
    }

    /// Each word over 2 to the power of `BITS`.
    #[inline(always)]
    pub fn shift_right<const BITS: i32>(self) -> Self {
        Self(backend::shift_right::<BITS>(self.0))
    }

    /// Its bytes.
    #[inline(always)]
    pub fn bytes(self) -> Bytes {
        Bytes(self.0)
    }

    /// The upper 24 bits of each word as a number, which is exact.
    #[inline(always)]
    pub fn upper_24_bits(self) -> F32x4 {
        F32x4(backend::upper_24_bits(self.0))
    }
}

macro_rules! word_operator {
    ($trait:ident, $method:ident, $name:ident) => {
        impl $trait for U32x4 {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                Self(backend::$name(self.0, other.0))
            }
        }
    };
}
word_operator!(BitXor, bitxor, xor);
word_operator!(BitAnd, bitand, and);
word_operator!(BitOr, bitor, or);

/// Sixteen bytes side by side: those of a [`U32x4`], the lowest first.
#[derive(Clone, Copy)]
pub struct Bytes(backend::Words);

impl Bytes {
    /// The same byte everywhere.
    #[inline(always)]
    pub fn splat(byte: i8) -> Self {
        Self(backend::bytes_splat(byte))
    }

    /// 255 where `self > other`, both taken as signed, else 0.
    #[inline(always)]
    pub fn gt(self, other: Self) -> Self {
        Self(backend::bytes_gt(self.0, other.0))
    }

    /// The upper bit of each byte, the first one lowest.
    #[inline(always)]
    pub fn signs(self) -> u32 {
        backend::byte_signs(self.0)
    }

    /// The sixteen bytes as numbers from 0 to 255.
    #[inline(always)]
    pub fn numbers(self) -> [F32x4; 4] {
        backend::byte_numbers(self.0).map(F32x4)
    }

    /// The bytes as words.
    #[inline(always)]
    pub fn words(self) -> U32x4 {
        U32x4(self.0)
    }
}

impl Sub for Bytes {
    type Output = Self;
    /// Wraps around.
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(backend::bytes_sub(self.0, other.0))
    }
}

#[cfg(test)]
mod tests;
