//! Where an experiment stands, as bytes: for the page to keep outside the engine.
//!
//! `CAJL`, version (u32), SHA-256 of what follows (32 bytes), length of the header (u32), header
//! (postcard), then the numbers of both sessions, little-endian f32. Everything is checked on the
//! way in: no bytes make it panic, and what does not fit changes nothing.

use super::{ExperimentConfig, Side, Twin};
use crate::digest::sha256_hex;
use crate::session::history::Checkpoint;
use crate::session::log::Log;
use serde::{Deserialize, Serialize};

const MAGIC: [u8; 4] = *b"CAJL";
const VERSION: u32 = 1;
const DIGEST_HEX: usize = 64;
const PROLOGUE: usize = 4 + 4 + DIGEST_HEX + 4;

/// Why bytes are no checkpoint of this experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Too short, or not begun by the magic.
    #[error("expected a checkpoint that begins with CAJL, got something else")]
    NotACheckpoint,
    /// Made by another version.
    #[error("expected version {VERSION}, got {got}")]
    Version {
        /// The version that came.
        got: u32,
    },
    /// Changed on the way.
    #[error("the checksum of the checkpoint does not match its content")]
    Checksum,
    /// The content does not have the form it should have.
    #[error("the content of the checkpoint cannot be read")]
    Malformed,
    /// Made by an experiment with another configuration.
    #[error("the checkpoint belongs to an experiment with another configuration")]
    OtherExperiment,
    /// Weights that are not finite.
    #[error("the checkpoint holds weights that are not finite")]
    NotFinite,
}

impl CheckpointError {
    /// A stable name by which a page translates the message.
    pub fn code(self) -> &'static str {
        "checkpoint"
    }
}

#[derive(Serialize, Deserialize)]
struct Header {
    config: ExperimentConfig,
    step: u64,
    examples: u64,
    log: Log,
    curves: [Vec<f32>; 2],
    lengths: [u32; 2],
}

/// The bytes of where `twin` stands; `None` after a divergence.
pub fn encode(twin: &Twin) -> Option<Vec<u8>> {
    if twin.divergence().is_some() {
        return None;
    }
    let checkpoints = Side::BOTH.map(|side| twin.half(side).session.checkpoint());
    let header = Header {
        config: twin.config().clone(),
        step: twin.step(),
        examples: twin.examples(),
        log: twin.half(Side::Artificial).session.log().clone(),
        curves: Side::BOTH.map(|side| twin.half(side).curve.clone()),
        lengths: [checkpoints[0].numbers.len() as u32, checkpoints[1].numbers.len() as u32],
    };
    let header = postcard::to_allocvec(&header).ok()?;
    let mut content = (header.len() as u32).to_le_bytes().to_vec();
    content.extend_from_slice(&header);
    for number in checkpoints.iter().flat_map(|checkpoint| &checkpoint.numbers) {
        content.extend_from_slice(&number.to_le_bytes());
    }
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(sha256_hex(&content).as_bytes());
    bytes.extend_from_slice(&content);
    Some(bytes)
}

/// Puts `twin` where the bytes say.
///
/// # Errors
/// If the bytes are damaged or of another experiment; the twin is as it was then.
pub fn restore(twin: &mut Twin, bytes: &[u8]) -> Result<(), CheckpointError> {
    let word = |from: usize| -> u32 {
        let word = bytes[from..from + 4].try_into().unwrap_or([0; 4]);
        u32::from_le_bytes(word)
    };
    if bytes.len() < PROLOGUE || bytes[..4] != MAGIC {
        return Err(CheckpointError::NotACheckpoint);
    }
    if word(4) != VERSION {
        return Err(CheckpointError::Version { got: word(4) });
    }
    let content = &bytes[8 + DIGEST_HEX..];
    if sha256_hex(content).as_bytes() != &bytes[8..8 + DIGEST_HEX] {
        return Err(CheckpointError::Checksum);
    }
    let header_len = word(8 + DIGEST_HEX) as usize;
    let (header, numbers) = content[4..].split_at_checked(header_len).ok_or(CheckpointError::Malformed)?;
    let header: Header = postcard::from_bytes(header).map_err(|_| CheckpointError::Malformed)?;
    if header.config != *twin.config() {
        return Err(CheckpointError::OtherExperiment);
    }
    let expected = Side::BOTH.map(|side| twin.half(side).session.checkpoint_len());
    let (numbers, rest) = numbers.as_chunks::<4>();
    let lengths = header.lengths.map(|length| length as usize);
    if lengths != expected || numbers.len() != expected[0] + expected[1] || !rest.is_empty() {
        return Err(CheckpointError::Malformed);
    }
    let numbers: Vec<f32> = numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    if !numbers.iter().all(|number| number.is_finite()) {
        return Err(CheckpointError::NotFinite);
    }
    let (artificial, spiking) = numbers.split_at(expected[0]);
    for (side, numbers) in Side::BOTH.into_iter().zip([artificial, spiking]) {
        let checkpoint =
            Checkpoint { step: header.step, examples: header.examples, numbers: numbers.to_vec() };
        let half = twin.half_mut(side);
        half.session.restore(&checkpoint, header.log.clone());
        half.curve.clone_from(&header.curves[side.index()]);
    }
    twin.resume();
    Ok(())
}
