//! A recorded stimulus: the amplitude of a tone that was played to an auditory receptor of a
//! grasshopper, as a current; and the spikes with which the receptor answered, as a train.
//!
//! `I(t) = I₀ + g·s(t)`, where `s` is the recorded amplitude, 0 to 1, on straight lines between its samples;
//! before and after the recording `s` is 0. Times in ms, currents in the unit of drive of the neuron.
//! The recording is read by [`crate::data::recording`]. Floor F2.
//!
//! ```
//! use cajal::data::recording::Trial;
//! use cajal::snn::inputs::{Curve, Recorded};
//! let trial = Trial { period_ms: 0.25, stimulus: vec![0.0, 1.0, 0.5], spikes_ms: vec![0.4] };
//! let current = Recorded { gain: 4.0, baseline: 1.0 }.of_trial(&trial);
//! assert_eq!([0.0, 0.125, 0.25, 0.5, 9.0].map(|t| current.value_at(t)), [1.0, 3.0, 5.0, 3.0, 1.0]);
//! ```

use super::{Curve, drive};
use crate::data::recording::Trial;
use crate::describe::{Citation, Declaration, Declared, Integrator, Reference, declared_fields};
use crate::units::Unit;

/// How the recorded amplitude becomes a current.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recorded {
    /// Current at the largest amplitude, in the unit of drive.
    pub gain: f64,
    /// Current in silence, in the unit of drive.
    pub baseline: f64,
}

impl Default for Recorded {
    fn default() -> Self {
        Self { gain: 1.0, baseline: 0.0 }
    }
}

const ROKEM_2006: Citation = Citation {
    authors: "Rokem, Watzl, Gollisch, Stemmler, Herz, Samengo",
    year: 2006,
    title: "Spike-timing precision underlies the coding efficiency of auditory receptor neurons",
    source: "J. Neurophysiol. 95, 2541–2552, doi:10.1152/jn.00891.2005",
};

/// Where the average stimulus peaks in the recording as it was published, a sample every 0.05 ms: computed
/// from that recording, not a number printed in the paper. The tolerance is one sample of what is kept.
const fn peak(what: &'static str, expected: f64) -> Reference {
    Reference { what, expected, tolerance: 0.25, unit: Unit::Millisecond, citation: ROKEM_2006 }
}

impl Declared for Recorded {
    const DECLARATION: Declaration = Declaration {
        id: "recorded",
        title: "Recorded stimulus",
        citation: ROKEM_2006,
        equations: &[r"I(t) = I_0 + g\, s(t)"],
        parameters: &[
            drive("gain", "g", 1.0, "The current at the largest amplitude of the tone."),
            drive("baseline", "I_0", 0.0, "The current in silence."),
        ],
        state: &[],
        drive: Unit::One,
        integrator: Integrator::Map,
        largest_dt_ms: 1.0,
        presets: &[],
        references: &[
            peak("how long before a spike its average stimulus peaks, modulated up to 200 Hz", 6.05),
            peak("how long before a spike its average stimulus peaks, modulated up to 800 Hz", 6.95),
        ],
        not_biological: "The eardrum and the transduction between the tone and the receptor's current are left out.",
    };
    declared_fields!(gain, baseline);
}

impl Recorded {
    /// The current of a trial.
    #[must_use]
    pub fn of_trial(self, trial: &Trial) -> RecordedCurrent<'_> {
        RecordedCurrent { scale: self, period_ms: trial.period_ms, stimulus: &trial.stimulus }
    }
}

/// A recorded stimulus as a current.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RecordedCurrent<'a> {
    scale: Recorded,
    period_ms: f64,
    stimulus: &'a [f32],
}

impl Curve for RecordedCurrent<'_> {
    fn value_at(&self, time_ms: f64) -> f64 {
        let place = time_ms / self.period_ms;
        let last = self.stimulus.len() as f64 - 1.0;
        if !(0.0..=last).contains(&place) {
            return self.scale.baseline;
        }
        let left = libm::floor(place);
        let at = |index: usize| f64::from(self.stimulus[index.min(self.stimulus.len() - 1)]);
        let (from, to) = (at(left as usize), at(left as usize + 1));
        self.scale.baseline + self.scale.gain * (from + (to - from) * (place - left))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_met_and_silence_surrounds_them() {
        let stimulus: Vec<f32> = (0..40).map(|n| (n % 7) as f32 / 8.0).collect();
        let trial = Trial { period_ms: 0.25, stimulus, spikes_ms: vec![] };
        let current = Recorded { gain: 8.0, baseline: -1.0 }.of_trial(&trial);
        for n in 0..40u32 {
            assert_eq!(current.value_at(f64::from(n) * 0.25), f64::from(n % 7) - 1.0);
        }
        for outside in [-0.1, 9.8, 1e9, f64::NAN] {
            assert_eq!(current.value_at(outside), -1.0);
        }
        let empty = Trial { stimulus: vec![], ..trial };
        assert_eq!(Recorded::default().of_trial(&empty).value_at(0.0), 0.0);
    }
}
