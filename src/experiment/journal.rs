//! The commands of both networks as text, for a link: what was said, at which step, of which unit.
//!
//! Entries stand one after another, `~` between them; the two networks are separated by `!` where they were
//! not told the same. An entry is a step, a letter and its numbers, `_` between them:
//!
//! | entry | means |
//! |---|---|
//! | `120t0.02_10_0_0` | from step 120 on: learning rate, batch size, L1, L2 |
//! | `121o` | step 121 learns from one example |
//! | `130h0_3_0` | unit 3 of layer 0 is held at 0 |
//! | `140f0_3` | and free again |
//! | `150k0_3_relu` | it becomes a unit of another kind |
//! | `160c0_3` | and of the kind that the configuration gives it |
//! | `170w2_14_-0.5` | number 14 of tensor 2 is put to −0.5 |
//!
//! All characters go into an address as they are. Whether a network can obey is asked elsewhere
//! ([`Twin::follow`]); here a text is read or refused, and nothing else.

use super::config::trained_kind;
use super::parameters::UNIT_KINDS;
use super::{Side, Twin};
use crate::ann::{Swap, activation};
use crate::neurons::any;
use crate::session::log::{Command, Log, Settings};
use core::fmt::Write;

/// Most commands of one network that are read.
const MOST: usize = 10_000;
/// The farthest step: numbers of JavaScript are exact up to there.
const FARTHEST: u64 = 1 << 53;

/// Why a text is no list of commands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// An entry that cannot be read.
    #[error("expected a command such as 120t0.02_10_0_0, got {got:?}")]
    Entry {
        /// The beginning of it.
        got: String,
    },
    /// Steps that go back.
    #[error("expected commands in the order of their steps, got step {step} after step {after}")]
    Order {
        /// The step that came too late.
        step: u64,
        /// The one before it.
        after: u64,
    },
    /// Too many.
    #[error("expected at most {MOST} commands, got {got}")]
    TooMany {
        /// How many came.
        got: usize,
    },
}

/// The commands of both networks.
pub fn write(twin: &Twin) -> String {
    let [artificial, spiking] = Side::BOTH.map(|side| write_log(twin.half(side).session.log()));
    if artificial == spiking { artificial } else { format!("{artificial}!{spiking}") }
}

fn write_log(log: &Log) -> String {
    let mut text = String::new();
    for entry in log.entries() {
        let separator = if text.is_empty() { "" } else { "~" };
        let step = entry.step;
        // Writing to a string cannot fail.
        let _ = match entry.command {
            Command::Settings(Settings { learning_rate, batch_size, l1, l2 }) => {
                write!(text, "{separator}{step}t{learning_rate}_{batch_size}_{l1}_{l2}")
            }
            Command::Single => write!(text, "{separator}{step}o"),
            Command::Hold { layer, unit, level: Some(level) } => {
                write!(text, "{separator}{step}h{layer}_{unit}_{level}")
            }
            Command::Hold { layer, unit, level: None } => write!(text, "{separator}{step}f{layer}_{unit}"),
            Command::Swap { layer, unit, to: Some(to) } => {
                write!(text, "{separator}{step}k{layer}_{unit}_{}", id_of(to))
            }
            Command::Swap { layer, unit, to: None } => write!(text, "{separator}{step}c{layer}_{unit}"),
            Command::Weight { parameter, index, value } => {
                write!(text, "{separator}{step}w{parameter}_{index}_{value}")
            }
        };
    }
    text
}

fn id_of(kind: Swap) -> &'static str {
    match kind {
        Swap::Activation(at) => activation::CHOICES[usize::from(at)].id,
        Swap::Neuron => UNIT_KINDS[activation::CHOICES.len()].id,
        Swap::Model(at) => any::MODELS[usize::from(at)].declaration.id,
    }
}

/// Reads what [`write`] wrote; `initial` are the settings that the networks begin with.
///
/// # Errors
/// If it is no such text.
pub fn read(text: &str, initial: Settings) -> Result<[Log; 2], JournalError> {
    let (artificial, spiking) = text.split_once('!').unwrap_or((text, text));
    Ok([read_log(artificial, initial, Side::Artificial)?, read_log(spiking, initial, Side::Spiking)?])
}

fn read_log(text: &str, initial: Settings, side: Side) -> Result<Log, JournalError> {
    let mut log = Log::new(initial);
    if text.is_empty() {
        return Ok(log);
    }
    let got = text.split('~').count();
    if got > MOST {
        return Err(JournalError::TooMany { got });
    }
    let mut after = 0;
    for entry in text.split('~') {
        let refused = || JournalError::Entry { got: entry.chars().take(40).collect() };
        let (step, command) = read_entry(entry, side).ok_or_else(refused)?;
        if step < after {
            return Err(JournalError::Order { step, after });
        }
        after = step;
        log.push(step, command);
    }
    Ok(log)
}

fn read_entry(entry: &str, side: Side) -> Option<(u64, Command)> {
    let at = entry.find(|letter: char| !letter.is_ascii_digit())?;
    let step = entry[..at].parse().ok().filter(|step| *step <= FARTHEST)?;
    let letter = entry[at..].chars().next()?;
    let rest = &entry[at + letter.len_utf8()..];
    let mut fields = rest.split('_');
    let mut next = || fields.next();
    let number = |field: Option<&str>| field?.parse::<f32>().ok().filter(|number| number.is_finite());
    let whole = |field: Option<&str>| field?.parse::<u32>().ok();
    let command = match letter {
        't' => Command::Settings(Settings {
            learning_rate: number(next())?,
            batch_size: whole(next())?,
            l1: number(next())?,
            l2: number(next())?,
        }),
        'o' if rest.is_empty() => return Some((step, Command::Single)),
        'h' => Command::Hold { layer: whole(next())?, unit: whole(next())?, level: Some(number(next())?) },
        'f' => Command::Hold { layer: whole(next())?, unit: whole(next())?, level: None },
        'k' => Command::Swap {
            layer: whole(next())?,
            unit: whole(next())?,
            to: Some(trained_kind(side, next()?).ok()?),
        },
        'c' => Command::Swap { layer: whole(next())?, unit: whole(next())?, to: None },
        'w' => Command::Weight { parameter: whole(next())?, index: whole(next())?, value: number(next())? },
        _ => return None,
    };
    next().is_none().then_some((step, command))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::log::Stamped;

    const INITIAL: Settings = Settings { learning_rate: 0.01, batch_size: 10, l1: 0.0, l2: 0.0 };

    #[test]
    fn every_command_comes_back_as_it_was() {
        let text = "0t0.02_32_0.00001_0~0o~7h0_3_0~7h1_2_-0.25~9f0_3~9k0_1_relu~12k1_0_adaptive-exponential~12k0_0_lif\
                    ~15c0_1~18w2_14_-0.5";
        let [artificial, _] = read(&format!("{text}!3o"), INITIAL).expect("a list of commands");
        assert_eq!(artificial.entries().len(), 10);
        assert_eq!(write_log(&artificial), text);
        assert_eq!(artificial.settings_at(0).batch_size, 32);
        let settings = Settings { learning_rate: 1e-30, l1: f32::MIN_POSITIVE, ..INITIAL };
        let mut log = Log::new(INITIAL);
        log.push(1 << 40, Command::Settings(settings));
        let [again, spiking] = read(&write_log(&log), INITIAL).expect("what was written");
        assert_eq!((&again, &spiking), (&log, &log));
    }

    #[test]
    fn what_units_of_the_spiking_network_cannot_be_is_refused() {
        let [_, spiking] = read("!5k0_1_adaptive-exponential", INITIAL).expect("a neuron that fires");
        assert!(matches!(spiking.entries(), [Stamped { step: 5, command: Command::Swap { .. } }]));
        assert!(read("!5k0_1_relu", INITIAL).is_err());
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "~",
            "t",
            "5",
            "5x",
            "5t",
            "5t1_2_3",
            "5t1_2_3_4_5",
            "5t1_2.5_0_0",
            "5tnan_1_0_0",
            "5tinf_1_0_0",
            "5o1",
            "5h0_1",
            "5h-1_0_0",
            "5h0_0_1e60",
            "5w0_0_",
            "-5o",
            "5k0_0_",
            "5k0_0_nothing",
            "99999999999999999999o",
            "5o~",
            "5é",
            "!5",
        ] {
            assert!(read(text, INITIAL).is_err(), "{text}");
        }
        let refusal = read("5o~4o", INITIAL).expect_err("goes back");
        assert_eq!(refusal, JournalError::Order { step: 4, after: 5 });
        let many = vec!["5f0_0"; MOST + 1].join("~");
        assert_eq!(read(&many, INITIAL), Err(JournalError::TooMany { got: MOST + 1 }));
    }
}
