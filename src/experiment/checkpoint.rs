//! Where an experiment stands, as bytes: for the page to keep outside the engine.
//!
//! `CAJL`, version (u32), SHA-256 of what follows (32 bytes), length of the header (u32), header
//! (postcard), then numbers, little-endian f32: of each session where it stands and one earlier state,
//! so that a step back does not begin from the start. Everything is checked on the
//! way in: no bytes make it panic, and what does not fit changes nothing.

use super::{ExperimentConfig, Side, Twin};
use crate::digest::sha256_hex;
use crate::session::history::Checkpoint;
use crate::session::log::Log;
use serde::{Deserialize, Serialize};

const MAGIC: [u8; 4] = *b"CAJL";
const VERSION: u32 = 6;
const DIGEST_HEX: usize = 64;
/// The farthest step or example that a page can count to: numbers of JavaScript are exact up to there.
const FARTHEST: u64 = 1 << 53;
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
    logs: [Log; 2],
    curves: [Vec<f32>; 2],
    /// Of each session where it stands, then perhaps an earlier state.
    states: [Vec<State>; 2],
}

#[derive(Serialize, Deserialize)]
struct State {
    step: u64,
    examples: u64,
    loss: f32,
}

/// The bytes of where `twin` stands; `None` after a divergence and on the way back.
pub fn encode(twin: &Twin) -> Option<Vec<u8>> {
    write(twin, true)
}

/// The same without curves and without an earlier state: little enough for a link, where networks are small.
pub fn encode_light(twin: &Twin) -> Option<Vec<u8>> {
    write(twin, false)
}

fn write(twin: &Twin, whole: bool) -> Option<Vec<u8>> {
    if twin.divergence().is_some() || twin.is_replaying() {
        return None;
    }
    let checkpoints = Side::BOTH.map(|side| {
        let session = &twin.half(side).session;
        let earlier = session.earlier().filter(|_| whole).cloned();
        [Some(session.checkpoint()), earlier].into_iter().flatten().collect::<Vec<_>>()
    });
    let state =
        |stored: &Checkpoint| State { step: stored.step, examples: stored.examples, loss: stored.loss };
    let header = Header {
        config: twin.config().clone(),
        logs: Side::BOTH.map(|side| twin.half(side).session.log().clone()),
        curves: Side::BOTH.map(|side| if whole { twin.half(side).curve.clone() } else { Vec::new() }),
        states: [0, 1].map(|side| checkpoints[side].iter().map(state).collect()),
    };
    let header = postcard::to_allocvec(&header).ok()?;
    let mut content = (header.len() as u32).to_le_bytes().to_vec();
    content.extend_from_slice(&header);
    for number in checkpoints.iter().flatten().flat_map(|checkpoint| &checkpoint.numbers) {
        content.extend_from_slice(&number.to_le_bytes());
    }
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(sha256_hex(&content).as_bytes());
    bytes.extend_from_slice(&content);
    Some(bytes)
}

/// The header and the bytes of the numbers behind it.
fn open(bytes: &[u8]) -> Result<(Header, &[u8]), CheckpointError> {
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
    let header = postcard::from_bytes(header).map_err(|_| CheckpointError::Malformed)?;
    Ok((header, numbers))
}

/// The experiment that a checkpoint is of, for one to be made before it is restored.
///
/// # Errors
/// If the bytes are damaged.
pub fn config_of(bytes: &[u8]) -> Result<ExperimentConfig, CheckpointError> {
    open(bytes).map(|(header, _)| header.config)
}

/// Puts `twin` where the bytes say.
///
/// # Errors
/// If the bytes are damaged or of another experiment; the twin is as it was then.
pub fn restore(twin: &mut Twin, bytes: &[u8]) -> Result<(), CheckpointError> {
    let (header, numbers) = open(bytes)?;
    if header.config != *twin.config() {
        return Err(CheckpointError::OtherExperiment);
    }
    let (numbers, rest) = numbers.as_chunks::<4>();
    let lengths = Side::BOTH.map(|side| twin.half(side).session.checkpoint_len());
    let expected: usize = [0, 1].map(|side| header.states[side].len() * lengths[side]).iter().sum();
    let places = header.states.iter().flatten().all(|state| state.step.max(state.examples) <= FARTHEST);
    let counts = header.states.iter().all(|states| (1..=2).contains(&states.len()));
    let together = header.states[0].first().map(|state| (state.step, state.examples))
        == header.states[1].first().map(|state| (state.step, state.examples));
    let obeyed = Side::BOTH.into_iter().all(|side| {
        let session = &twin.half(side).session;
        session.accepts(&header.logs[side.index()])
    });
    if !counts || !places || !together || !obeyed || numbers.len() != expected || !rest.is_empty() {
        return Err(CheckpointError::Malformed);
    }
    let numbers: Vec<f32> = numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    if !numbers.iter().all(|number| number.is_finite()) {
        return Err(CheckpointError::NotFinite);
    }
    let mut rest = numbers.as_slice();
    for ((side, states), log) in Side::BOTH.into_iter().zip(header.states).zip(header.logs) {
        let mut checkpoints = states.into_iter().map(|State { step, examples, loss }| {
            let (numbers, behind) = rest.split_at(lengths[side.index()]);
            rest = behind;
            Checkpoint { step, examples, loss, numbers: numbers.to_vec() }
        });
        let half = twin.half_mut(side);
        if let Some(current) = checkpoints.next() {
            half.session.restore(current, checkpoints.next(), log);
        }
        half.curve.clone_from(&header.curves[side.index()]);
    }
    twin.resume();
    Ok(())
}
