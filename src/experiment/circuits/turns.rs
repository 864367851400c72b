//! Two populations that take turns: when each begins, how long a round lasts, and what tires meanwhile.
//!
//! The turn of a side begins with its first spike after the other has fired alone for some spikes, so neither
//! the overlap at a change-over nor sides that fire together are taken for turns. A round goes from a turn of
//! the first side to its next one; the period is the mean of the last rounds, and the phase says where in
//! them the second side begins. What is kept of the course are the means of each side, window by window.
//! Floor F4.

use super::Run;
use crate::units::Unit;
use std::collections::VecDeque;

/// What a circuit says of its two sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turns {
    /// Indices of the populations.
    pub sides: [usize; 2],
    /// Spikes of a side without one of the other that make the next one of the other a turn.
    pub alone: u32,
    /// The variable of the neurons that tires, by its place in the declaration of their model.
    pub variable: usize,
    /// Its unit.
    pub unit: Unit,
    /// Below this the silent side escapes; not a number, or negative, where it never does.
    pub escapes_below: f64,
    /// The period that follows, ms; not a number where none does.
    pub period_ms: f64,
}

/// Rounds over which period and phase are taken, at most.
const ROUNDS: usize = 3;
/// Turns that are kept.
const KEPT: usize = 256;
/// Of how long the course is kept, at most, in windows.
const SAMPLES: usize = 12_000;

/// Follows the turns of a running circuit.
pub struct TurnsObserver {
    about: Turns,
    /// Side and time of each turn, ms.
    begun: VecDeque<(usize, f64)>,
    /// The side that fired last, and its spikes since the other's.
    last: (usize, u32),
    /// Time, mean potentials of both sides, means of what tires.
    samples: VecDeque<[f32; 5]>,
}

impl TurnsObserver {
    /// One that has seen nothing.
    pub fn new(about: Turns) -> Self {
        Self { about, begun: VecDeque::new(), last: (0, 0), samples: VecDeque::new() }
    }

    /// What is said of the sides.
    pub fn about(&self) -> &Turns {
        &self.about
    }

    /// Other numbers from now on: rounds before do not count.
    pub fn restart(&mut self, about: Turns) {
        self.about = about;
        self.begun.clear();
    }

    /// Takes down the window that a circuit has just advanced by.
    pub fn follow(&mut self, run: &mut Run) {
        let Turns { sides, variable, alone, .. } = self.about;
        let network = run.network_mut();
        let (begin, dt_ms) = (network.step() - u64::from(network.window()), network.dt_ms());
        for step in 0..network.window() as usize {
            for (side, &population) in sides.iter().enumerate() {
                let spikes = network.spikes()[population].fired_in(step).len() as u32;
                if spikes == 0 {
                    continue;
                }
                let (other, fired) = self.last;
                if other == side {
                    self.last.1 = fired.saturating_add(spikes);
                    continue;
                }
                if fired >= alone {
                    if self.begun.len() == KEPT {
                        self.begun.pop_front();
                    }
                    self.begun.push_back((side, (begin + step as u64) as f64 * dt_ms));
                }
                self.last = (side, spikes);
            }
        }
        let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len().max(1) as f32;
        let [left, right] = sides.map(|side| mean(&network.potentials(side)));
        let [one, two] = sides.map(|side| mean(&network.variable(side, variable).unwrap_or_default()));
        if self.samples.len() == SAMPLES {
            self.samples.pop_front();
        }
        self.samples.push_back([network.time_ms() as f32, left, right, one, two]);
    }

    /// Begins of the last whole rounds of the first side, and of the one that follows them, ms.
    fn rounds(&self) -> Vec<f64> {
        let first: Vec<f64> =
            self.begun.iter().filter(|(side, _)| *side == 0).map(|(_, time)| *time).collect();
        first[first.len().saturating_sub(ROUNDS + 1)..].to_vec()
    }

    /// Mean length of the last rounds, ms; none before the first is over.
    pub fn period_ms(&self) -> Option<f64> {
        let rounds = self.rounds();
        match rounds[..] {
            [first, .., last] => Some((last - first) / (rounds.len() - 1) as f64),
            _ => None,
        }
    }

    /// Where in these rounds the second side begins, in parts of a round.
    pub fn phase(&self) -> Option<f64> {
        let rounds = self.rounds();
        let second = self.begun.iter().filter(|(side, _)| *side == 1);
        let phases: Vec<f64> = second
            .filter_map(|(_, time)| {
                let round = rounds.windows(2).find(|round| round[0] <= *time && *time < round[1])?;
                Some((time - round[0]) / (round[1] - round[0]))
            })
            .collect();
        (!phases.is_empty()).then(|| phases.iter().sum::<f64>() / phases.len() as f64)
    }

    /// The course of the last `span_ms` in at most `most` rows `(time, two potentials, two of what tires)`,
    /// each the mean of as many windows.
    pub fn course(&self, span_ms: f64, most: u32) -> Vec<f32> {
        let Some(last) = self.samples.back() else { return Vec::new() };
        let from = last[0] - span_ms as f32;
        let kept: Vec<&[f32; 5]> = self.samples.iter().filter(|sample| sample[0] >= from).collect();
        let wide = kept.len().div_ceil(most.max(1) as usize).max(1);
        kept.chunks(wide)
            .flat_map(|rows| {
                let column = |at: usize| rows.iter().map(|row| row[at]).sum::<f32>() / rows.len() as f32;
                [column(0), column(1), column(2), column(3), column(4)]
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{HalfCentre, build, entry};
    use super::*;
    use crate::describe::Declared;

    fn followed(values: &[(&str, f64)], until_ms: f64) -> TurnsObserver {
        let about = entry("half-centre").expect("listed").turns(values).expect("two sides");
        let mut run = build("half-centre", values, 1, 1 << 24).expect("a circuit");
        let mut turns = TurnsObserver::new(about);
        while run.network().time_ms() < until_ms {
            run.advance().expect("finite potentials");
            turns.follow(&mut run);
        }
        turns
    }

    #[test]
    fn the_period_is_the_declared_one_and_the_other_side_begins_in_the_middle() {
        let turns = followed(&[], 16_000.0);
        let [period, phase] = HalfCentre::DECLARATION.references else { panic!("two references") };
        let within =
            |got: f64, wanted: &crate::describe::Reference| (got - wanted.expected).abs() <= wanted.tolerance;
        assert!(within(turns.period_ms().expect("rounds"), period), "{:?}", turns.period_ms());
        assert!(within(turns.about().period_ms, period), "{}", turns.about().period_ms);
        assert!(within(turns.phase().expect("rounds"), phase), "{:?}", turns.phase());
        assert!(turns.begun.iter().zip(turns.begun.iter().skip(1)).all(|(one, two)| one.0 != two.0));
        // Who is silent lies deep below threshold and escapes where it should, within what a round leaves out.
        let course = turns.course(3000.0, 300);
        let rows: Vec<&[f32]> = course.chunks(5).collect();
        assert!((200..=300).contains(&rows.len()), "{}", rows.len());
        assert!(rows.windows(2).all(|pair| pair[0][0] < pair[1][0]));
        let lowest = |at: usize| rows.iter().map(|row| row[at]).fold(f32::INFINITY, f32::min);
        for side in [0, 1] {
            let below = f64::from(lowest(3 + side));
            assert!((below / turns.about().escapes_below - 1.0).abs() < 0.15, "{below}");
        }
    }

    #[test]
    fn who_fires_together_takes_no_turns() {
        let turns = followed(&[("inhibition_ns", 0.0)], 3000.0);
        assert_eq!((turns.period_ms(), turns.phase()), (None, None));
        let period_ms = turns.about().period_ms;
        assert!(period_ms.is_nan() || period_ms <= 0.0, "{period_ms}");
    }
}
