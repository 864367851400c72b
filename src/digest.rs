//! SHA-256 of bytes and of numbers, as lower-case hex: checksums of data files and hashes of states.
//!
//! Numbers are hashed by their little-endian bits, whatever the machine. A count goes in as `u64`,
//! never as `usize` (32 bits in wasm). The bits of a NaN vary between browsers, so every NaN is
//! hashed as one fixed pattern; a session stops before it gets there. `0.0` and `-0.0` differ.
//!
//! Floor F0; depends on nothing of the crate.
//!
//! ```
//! use cajal::digest::{Digest, sha256_hex};
//!
//! let hash = Digest::new().f32s(&[1.0, -2.0]).u64(7).hex();
//! assert_eq!(hash.len(), 64);
//! assert_eq!(
//!     sha256_hex(b"abc"),
//!     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
//! );
//! ```

use sha2::{Digest as _, Sha256};

/// SHA-256 of `bytes` (FIPS 180-4), 64 lower-case hex digits.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    Digest::new().bytes(bytes).hex()
}

/// A hash in the making: feed it the parts in a fixed order, then take [`Digest::hex`].
///
/// Parts are not delimited: put a count before a part of variable length.
#[derive(Clone, Default)]
pub struct Digest {
    hasher: Sha256,
}

impl Digest {
    /// Nothing hashed yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds raw bytes.
    #[must_use]
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        self.hasher.update(bytes);
        self
    }

    /// Adds one whole number, eight bytes.
    #[must_use]
    pub fn u64(self, value: u64) -> Self {
        self.bytes(&value.to_le_bytes())
    }

    /// Adds whole numbers, four bytes each.
    #[must_use]
    pub fn u32s(mut self, values: &[u32]) -> Self {
        self.words(values, |value| value);
        self
    }

    /// Adds numbers by their bits, four bytes each; every NaN as the same pattern.
    #[must_use]
    pub fn f32s(mut self, values: &[f32]) -> Self {
        self.words(values, |value| if value.is_nan() { 0x7FC0_0000 } else { value.to_bits() });
        self
    }

    /// The hash of all that was added, 64 lower-case hex digits.
    #[must_use]
    pub fn hex(self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        self.hasher
            .finalize()
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .map(|nibble| DIGITS[usize::from(nibble)] as char)
            .collect()
    }

    fn words<T: Copy>(&mut self, values: &[T], bits: impl Fn(T) -> u32) {
        // Through a buffer: four bytes a call would spend more time in the hasher's bookkeeping.
        let mut buffer = [0u8; 4096];
        for chunk in values.chunks(buffer.len() / 4) {
            for (bytes, &value) in buffer.chunks_exact_mut(4).zip(chunk) {
                bytes.copy_from_slice(&bits(value).to_le_bytes());
            }
            self.hasher.update(&buffer[..chunk.len() * 4]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 180-4 examples, as published by NIST.
    #[test]
    fn sha256_matches_published_examples() {
        for (message, expected) in [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            ),
        ] {
            assert_eq!(sha256_hex(message.as_bytes()), expected);
        }
    }

    #[test]
    fn numbers_are_hashed_by_their_little_endian_bits() {
        let values: Vec<f32> = (0..3000).map(|i| i as f32 - 1500.5).collect();
        let bytes: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        assert_eq!(Digest::new().f32s(&values).hex(), sha256_hex(&bytes));
        assert_eq!(
            Digest::new().u32s(&[1, 256]).u64(3).hex(),
            sha256_hex(&[1, 0, 0, 0, 0, 1, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0])
        );
    }

    #[test]
    fn one_bit_changes_the_hash_but_the_pattern_of_a_nan_does_not() {
        let of = |value: f32| Digest::new().f32s(&[value]).hex();
        assert_ne!(of(1.0), of(f32::from_bits(1.0f32.to_bits() + 1)));
        assert_ne!(of(0.0), of(-0.0));
        assert_eq!(of(f32::from_bits(0x7FC0_0000)), of(f32::from_bits(0xFFFF_FFFF)));
    }
}
