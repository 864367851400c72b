//! A recording: what was played to a real neuron, and when it fired.
//!
//! The file holds two trials of ten seconds from an auditory receptor of a grasshopper (Rokem, Watzl,
//! Gollisch, Stemmler, Herz & Samengo 2006, J. Neurophysiol. 95, 2541–2552). The stimulus is the
//! amplitude of a tone of 2.5 kHz, relative to the largest that was played, with random modulations
//! up to 200 Hz in the first trial and 800 Hz in the second. It was published at 20 kHz and is kept at
//! 4 kHz, after a symmetric low-pass of nine samples (see `data/README.md`); spike times are in 0.1 ms.
//!
//! The format, all numbers little-endian: `"CAJR"`, then `u32` version (1) and trials. Each trial: `u32`
//! samples, microseconds a sample, spikes; the stimulus as differences of neighbours modulo 2¹⁶, the
//! first from 0, all low bytes before all high bytes (a level `k` stands for `k/65535`); the spike
//! times as `u32` in units of 0.1 ms, rising. This module reads the unpacked bytes, which travel
//! through gzip, and never panics on any. Floor F1.
//!
//! ```
//! use cajal::data::recording::Recording;
//! let mut file = b"CAJR".to_vec();
//! for number in [1u32, 1, 2, 250, 1] {
//!     file.extend(number.to_le_bytes());
//! }
//! file.extend([0xff, 0x00, 0xff, 0x80]); // 65535, then 32767 (a difference of 0x8000)
//! file.extend(4u32.to_le_bytes());
//! let recording = Recording::parse(&file)?;
//! let trial = &recording.trials[0];
//! assert_eq!((trial.stimulus[0], trial.period_ms, trial.spikes_ms[0]), (1.0, 0.25, 0.4));
//! # Ok::<(), cajal::data::recording::RecordingError>(())
//! ```

use crate::digest::sha256_hex;

/// A packed recording, as it is shipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordingFile {
    /// Where it lies, relative to the repository and to the page.
    pub path: &'static str,
    /// Size as shipped, gzip.
    pub bytes: u32,
    /// SHA-256 as shipped, lower-case hex.
    pub sha256: &'static str,
    /// Size unpacked.
    pub unpacked_bytes: u32,
    /// SHA-256 unpacked, lower-case hex.
    pub unpacked_sha256: &'static str,
}

/// Why bytes are not the recording that was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordingError {
    /// The bytes do not begin as a packed recording does.
    #[error("expected a packed recording to begin with the letters CAJR, got the bytes {got:?}")]
    Magic {
        /// What it begins with (shorter, when the file is).
        got: Vec<u8>,
    },
    /// A number is out of its range.
    #[error("expected {field} {expected} in trial {trial}, got {got}")]
    Header {
        /// Which number.
        field: &'static str,
        /// Its range.
        expected: &'static str,
        /// Which trial; 0 for what stands before all of them.
        trial: u32,
        /// The number that came.
        got: u32,
    },
    /// The file ends before, or goes on after, what its header says.
    #[error("expected {expected} more bytes at byte {at}, got {got}")]
    Length {
        /// Where in the file.
        at: usize,
        /// What should follow, in bytes.
        expected: u64,
        /// What follows, in bytes.
        got: u64,
    },
    /// A spike before the one in front of it, or after the end of the stimulus.
    #[error("spike {spike} of trial {trial} at {got} tenths of a ms is out of order or beyond the stimulus")]
    Spike {
        /// Which trial, from 0.
        trial: u32,
        /// Which spike, from 0.
        spike: usize,
        /// Its time in tenths of a ms.
        got: u32,
    },
    /// The bytes are not those that were shipped.
    #[error("expected {path} with sha256 {expected}, got {got}")]
    Checksum {
        /// The file.
        path: &'static str,
        /// Declared checksum.
        expected: &'static str,
        /// Checksum of what came.
        got: String,
    },
}

impl RecordingError {
    /// A stable name by which a page translates the message.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Magic { .. } => "recording-magic",
            Self::Header { .. } => "recording-header",
            Self::Length { .. } => "recording-length",
            Self::Spike { .. } => "recording-spike",
            Self::Checksum { .. } => "recording-checksum",
        }
    }
}

impl RecordingFile {
    /// The recording in `unpacked`, if these are the bytes that were shipped, after gzip.
    ///
    /// # Errors
    /// [`RecordingError::Checksum`], or as [`Recording::parse`].
    pub fn read(&self, unpacked: &[u8]) -> Result<Recording, RecordingError> {
        let got = sha256_hex(unpacked);
        if got != self.unpacked_sha256 {
            let (path, expected) = (self.path, self.unpacked_sha256);
            return Err(RecordingError::Checksum { path, expected, got });
        }
        Recording::parse(unpacked)
    }
}

/// What was played in one trial, and when the neuron fired.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// Time from sample to sample, ms.
    pub period_ms: f64,
    /// The stimulus, 0 to 1; sample `n` at `n·period_ms`.
    pub stimulus: Vec<f32>,
    /// When the neuron fired, ms, rising.
    pub spikes_ms: Vec<f64>,
}

/// Trials with one neuron.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// The trials, in the order of the file.
    pub trials: Vec<Trial>,
}

const MAGIC: &[u8] = b"CAJR";
const MAX_TRIALS: u32 = 1024;

/// The bytes that are left, and where they begin.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: u64) -> Result<&'a [u8], RecordingError> {
        let left = &self.bytes[self.at..];
        let short = RecordingError::Length { at: self.at, expected: count, got: left.len() as u64 };
        let count = usize::try_from(count).map_err(|_| short.clone())?;
        let taken = left.get(..count).ok_or(short)?;
        self.at += count;
        Ok(taken)
    }

    fn numbers<const N: usize>(&mut self) -> Result<[u32; N], RecordingError> {
        let bytes = self.take(4 * N as u64)?;
        let mut numbers = [0; N];
        for (number, word) in numbers.iter_mut().zip(bytes.as_chunks::<4>().0) {
            *number = u32::from_le_bytes(*word);
        }
        Ok(numbers)
    }
}

impl Recording {
    /// Reads the unpacked bytes of a file.
    ///
    /// # Errors
    /// [`RecordingError`] when they are not in the format, down to the last spike.
    pub fn parse(bytes: &[u8]) -> Result<Self, RecordingError> {
        let begin = &bytes[..bytes.len().min(MAGIC.len())];
        if begin != MAGIC {
            return Err(RecordingError::Magic { got: begin.to_vec() });
        }
        let mut reader = Reader { bytes, at: MAGIC.len() };
        let [version, count] = reader.numbers()?;
        in_range("version", "1", 0, version, version == 1)?;
        in_range("trials", "1 to 1024", 0, count, (1..=MAX_TRIALS).contains(&count))?;
        let trials = (0..count).map(|trial| read_trial(&mut reader, trial));
        let trials = trials.collect::<Result<Vec<Trial>, RecordingError>>()?;
        let (at, got) = (reader.at, (bytes.len() - reader.at) as u64);
        if got > 0 { Err(RecordingError::Length { at, expected: 0, got }) } else { Ok(Self { trials }) }
    }
}

fn in_range(
    field: &'static str,
    expected: &'static str,
    trial: u32,
    got: u32,
    holds: bool,
) -> Result<(), RecordingError> {
    if holds { Ok(()) } else { Err(RecordingError::Header { field, expected, trial, got }) }
}

fn read_trial(reader: &mut Reader<'_>, trial: u32) -> Result<Trial, RecordingError> {
    let [samples, period_us, spikes] = reader.numbers()?;
    in_range("samples", "at least 1", trial, samples, samples > 0)?;
    in_range(
        "microseconds a sample",
        "1 to 1000000",
        trial,
        period_us,
        (1..=1_000_000).contains(&period_us),
    )?;
    let low = reader.take(u64::from(samples))?;
    let high = reader.take(u64::from(samples))?;
    let mut level = 0u16;
    let stimulus = low.iter().zip(high).map(|(&low, &high)| {
        level = level.wrapping_add(u16::from_le_bytes([low, high]));
        f32::from(level) / 65535.0
    });
    let stimulus: Vec<f32> = stimulus.collect();
    let end_us = u64::from(samples) * u64::from(period_us);
    let times = reader.take(4 * u64::from(spikes))?;
    let mut before = None;
    let mut spikes_ms = Vec::with_capacity(spikes as usize);
    for (spike, word) in times.as_chunks::<4>().0.iter().enumerate() {
        let got = u32::from_le_bytes(*word);
        if before.is_some_and(|before| before >= got) || u64::from(got) * 100 >= end_us {
            return Err(RecordingError::Spike { trial, spike, got });
        }
        before = Some(got);
        spikes_ms.push(f64::from(got) / 10.0);
    }
    Ok(Trial { period_ms: f64::from(period_us) / 1000.0, stimulus, spikes_ms })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One trial of three samples at 1 ms and two spikes.
    fn small() -> Vec<u8> {
        let mut bytes = b"CAJR".to_vec();
        for number in [1u32, 1, 3, 1000, 2] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend([1, 0xff, 0, 0, 0xff, 0x80]);
        bytes.extend(5u32.to_le_bytes());
        bytes.extend(29u32.to_le_bytes());
        bytes
    }

    #[test]
    fn reads_what_the_format_says() {
        let recording = Recording::parse(&small()).expect("the format");
        let levels: Vec<f32> = recording.trials[0].stimulus.iter().map(|value| value * 65535.0).collect();
        assert_eq!(levels, [1.0, 0.0, 32768.0]);
        assert_eq!(recording.trials[0].spikes_ms, [0.5, 2.9]);
    }

    #[test]
    fn no_change_of_a_byte_and_no_cut_makes_it_panic() {
        let whole = small();
        for length in 0..whole.len() {
            assert!(Recording::parse(&whole[..length]).is_err(), "cut to {length}");
        }
        for place in 0..whole.len() {
            for value in [0, 1, 0x7f, 0xff] {
                let mut bytes = whole.clone();
                bytes[place] = value;
                let _ = Recording::parse(&bytes);
            }
        }
        let mut longer = whole.clone();
        longer.push(0);
        let error = Recording::parse(&longer).unwrap_err();
        assert_eq!(error, RecordingError::Length { at: whole.len(), expected: 0, got: 1 });
    }

    #[test]
    fn spikes_out_of_order_or_beyond_the_end_are_refused_with_their_place() {
        for (place, value, spike) in [(30, 30u32, 0), (34, 4, 1), (34, 5, 1), (34, 30, 1)] {
            let mut bytes = small();
            bytes[place..place + 4].copy_from_slice(&value.to_le_bytes());
            let error = Recording::parse(&bytes).unwrap_err();
            assert_eq!(error, RecordingError::Spike { trial: 0, spike, got: value });
        }
    }

    #[test]
    fn other_bytes_than_the_shipped_ones_are_refused() {
        let error = crate::data::packed::GRASSHOPPER.read(&small()).unwrap_err();
        assert!(matches!(error, RecordingError::Checksum { .. }));
    }
}
