//! How parameters follow their gradients, all in one: rule, rate, limits and regularisation.

use super::clip::{Clip, ClipError};
use super::optimiser::Optimiser;
use super::schedule::{Schedule, ScheduleError};
use crate::kernels::update::Pull;

/// What a step of learning needs besides gradients.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Descent {
    /// The rule.
    pub optimiser: Optimiser,
    /// The learning rate and its way.
    pub schedule: Schedule,
    /// How gradients are held back.
    pub clip: Clip,
    /// Weight of `Σ|w|`.
    pub l1: f32,
    /// Weight of `½Σw²`.
    pub l2: f32,
}

/// Why nothing can be learned so.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum DescentError {
    /// A learning rate that leads nowhere.
    #[error(transparent)]
    Schedule(#[from] ScheduleError),
    /// A limit that means nothing.
    #[error(transparent)]
    Clip(#[from] ClipError),
    /// A regularisation that is none.
    #[error("{name}: expected a finite weight from 0 on, got {got}")]
    Regularisation {
        /// Which.
        name: &'static str,
        /// The number that came.
        got: f32,
    },
}

impl Descent {
    /// A rule and a rate, and nothing else.
    pub fn plain(optimiser: Optimiser, learning_rate: f32) -> Self {
        let schedule = Schedule::constant(f64::from(learning_rate));
        Self { optimiser, schedule, clip: Clip::Free, l1: 0.0, l2: 0.0 }
    }

    /// Whether every number means something.
    ///
    /// # Errors
    /// The first that does not.
    pub fn check(&self) -> Result<(), DescentError> {
        self.schedule.check()?;
        self.clip.check()?;
        for (name, got) in [("L1", self.l1), ("L2", self.l2)] {
            if !(got.is_finite() && got >= 0.0) {
                return Err(DescentError::Regularisation { name, got });
            }
        }
        Ok(())
    }

    /// Step size and regularisation of update `count`, counted from 1.
    pub fn pull(&self, count: u64) -> Pull {
        let learning_rate = self.schedule.at(count.saturating_sub(1)) as f32;
        let pull = Pull { l1: self.l1, l2: self.l2, ..Pull::plain(learning_rate) };
        match self.clip {
            Clip::Value(limit) => Pull { gradient_limit: limit, ..pull },
            Clip::Free | Clip::Norm(_) => pull,
        }
    }

    /// What the norm of all gradients together may be; infinite where it is not limited.
    pub fn largest_norm(&self) -> f32 {
        if let Clip::Norm(limit) = self.clip { limit } else { f32::INFINITY }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ann::schedule::Course;

    #[test]
    fn what_means_nothing_is_refused_in_words() {
        let good = Descent::plain(Optimiser::Sgd, 0.1);
        assert_eq!(good.check(), Ok(()));
        for (bad, says) in [
            (Descent::plain(Optimiser::Adam, f32::NAN), "learning rate above 0, got NaN"),
            (Descent::plain(Optimiser::Adam, f32::INFINITY), "got inf"),
            (Descent::plain(Optimiser::Adam, 0.0), "got 0"),
            (Descent { clip: Clip::Norm(f32::NAN), ..good }, "above 0, got NaN"),
            (Descent { l1: -1.0, ..good }, "L1: expected a finite weight from 0 on, got -1"),
            (Descent { l2: f32::NAN, ..good }, "L2"),
        ] {
            let error = bad.check().unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn the_rate_goes_with_the_steps_and_limits_are_passed_on() {
        let course = Course::Step { factor: 0.5, every: 2 };
        let schedule = Schedule { rate: 0.8, course, warm_up: 0 };
        let descent = Descent { schedule, ..Descent::plain(Optimiser::Sgd, 0.1) };
        let rates: Vec<f32> = (1..=5).map(|count| descent.pull(count).learning_rate).collect();
        assert_eq!(rates, [0.8, 0.8, 0.4, 0.4, 0.2]);
        assert_eq!(Descent { clip: Clip::Value(2.0), ..descent }.pull(1).gradient_limit, 2.0);
        assert_eq!(Descent { clip: Clip::Norm(3.0), ..descent }.largest_norm(), 3.0);
        assert_eq!(descent.largest_norm(), f32::INFINITY);
        let rate = 0.003f32;
        assert_eq!(Descent::plain(Optimiser::Sgd, rate).pull(9).learning_rate.to_bits(), rate.to_bits());
    }
}
