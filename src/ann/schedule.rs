//! How the learning rate goes with the steps: a pure function of the number of updates done.
//!
//! Computed in f64 with the functions of `libm`, so that it is the same everywhere.
//!
//! ```
//! use cajal::ann::schedule::{Course, Schedule};
//! let schedule = Schedule { rate: 0.1, course: Course::Cosine { floor: 0.0, over: 100 }, warm_up: 10 };
//! assert_eq!(schedule.check(), Ok(()));
//! assert!((schedule.at(0) - 0.01).abs() < 1e-12);
//! assert_eq!(schedule.at(10), 0.1);
//! assert_eq!(schedule.at(110), 0.0);
//! ```

use crate::describe::{Choice, Citation};

/// Where the learning rate goes once it is warm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Course {
    /// Nowhere.
    Constant,
    /// Times `factor` after every `every` steps.
    Step {
        /// What the rate is multiplied with, above 0 and at most 1.
        factor: f64,
        /// Steps between two falls, at least 1.
        every: u64,
    },
    /// Down half a cosine to `floor`, and stays there.
    Cosine {
        /// The last rate, from 0 up to the first one.
        floor: f64,
        /// Steps that it takes, at least 1.
        over: u64,
    },
}

impl Course {
    /// What each course says of itself, in the order of the variants.
    pub const CHOICES: [Choice; 3] = [
        Choice {
            id: "constant",
            title: "Constant",
            equation: r"\eta_t = \eta",
            citation: Citation {
                authors: "Widrow, Hoff",
                year: 1960,
                title: "Adaptive switching circuits",
                source: "IRE WESCON Convention Record 4, 96–104",
            },
            not_biological: "",
        },
        Choice {
            id: "step",
            title: "Step",
            equation: r"\eta_t = \eta\,\gamma^{\lfloor t/n \rfloor}",
            citation: Citation {
                authors: "He, Zhang, Ren, Sun",
                year: 2016,
                title: "Deep residual learning for image recognition",
                source: "CVPR, 770–778",
            },
            not_biological: "",
        },
        Choice {
            id: "cosine",
            title: "Cosine",
            equation: r"\eta_t = \eta_n + \tfrac12 (\eta - \eta_n)\left(1 + \cos(\pi t/n)\right)",
            citation: Citation {
                authors: "Loshchilov, Hutter",
                year: 2017,
                title: "SGDR: stochastic gradient descent with warm restarts",
                source: "ICLR, arXiv:1608.03983, equation 5",
            },
            not_biological: "",
        },
    ];
}

/// A learning rate and its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Schedule {
    /// The rate once it is warm, above 0.
    pub rate: f64,
    /// Where it goes from there.
    pub course: Course,
    /// Steps in which it rises to `rate` by equal parts, the first of them not 0; 0 for none.
    pub warm_up: u64,
}

/// Why a schedule cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum ScheduleError {
    /// A rate that leads nowhere.
    #[error("expected a learning rate above 0, got {0}")]
    Rate(f64),
    /// A factor that leads nowhere, or up without an end.
    #[error("expected a factor above 0 and at most 1, got {0}")]
    Factor(f64),
    /// A floor above the start, or below 0.
    #[error("expected a last learning rate from 0 to {rate}, got {floor}")]
    Floor {
        /// What was asked for.
        floor: f64,
        /// The first rate.
        rate: f64,
    },
    /// No steps to go.
    #[error("expected at least 1 step, got 0")]
    NoSteps,
}

impl Schedule {
    /// What a rise before the course says of itself.
    pub const WARM_UP: Choice = Choice {
        id: "warm-up",
        title: "Warm-up",
        equation: r"\eta_t = \eta\,(t + 1)/n,\; t < n",
        citation: Citation {
            authors: "Goyal, Dollár, Girshick, Noordhuis, Wesolowski, Kyrola, Tulloch, Jia, He",
            year: 2017,
            title: "Accurate, large minibatch SGD: training ImageNet in 1 hour",
            source: "arXiv:1706.02677, section 2.2",
        },
        not_biological: "",
    };

    /// Always the same rate.
    pub fn constant(rate: f64) -> Self {
        Self { rate, course: Course::Constant, warm_up: 0 }
    }

    /// The same course for a rate `factor` times as high.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        let course = match self.course {
            Course::Cosine { floor, over } => Course::Cosine { floor: factor * floor, over },
            course => course,
        };
        Self { rate: factor * self.rate, course, ..self }
    }

    /// Whether every rate that it gives is finite and at least 0, and the first above 0.
    ///
    /// # Errors
    /// Which number is out of its range.
    pub fn check(&self) -> Result<(), ScheduleError> {
        let positive = |x: f64| x.is_finite() && x > 0.0;
        // Rates are used in single precision.
        if !positive(self.rate) || !positive(f64::from(self.rate as f32)) {
            return Err(ScheduleError::Rate(self.rate));
        }
        match self.course {
            Course::Step { factor, .. } if !positive(factor) || factor > 1.0 => {
                Err(ScheduleError::Factor(factor))
            }
            Course::Cosine { floor, .. } if !(0.0..=self.rate).contains(&floor) => {
                Err(ScheduleError::Floor { floor, rate: self.rate })
            }
            Course::Step { every: 0, .. } | Course::Cosine { over: 0, .. } => Err(ScheduleError::NoSteps),
            _ => Ok(()),
        }
    }

    /// The rate of the update after `step` others.
    pub fn at(&self, step: u64) -> f64 {
        if step < self.warm_up {
            return self.rate * ((step + 1) as f64 / self.warm_up as f64);
        }
        let step = step - self.warm_up;
        match self.course {
            Course::Constant => self.rate,
            Course::Step { factor, every } => self.rate * libm::pow(factor, (step / every) as f64),
            Course::Cosine { floor, over } if step >= over => floor,
            Course::Cosine { floor, over } => {
                let angle = core::f64::consts::PI * step as f64 / over as f64;
                floor + 0.5 * (self.rate - floor) * (1.0 + libm::cos(angle))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_those_of_the_formulas() {
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-15, "{a} against {b}");
        let step = Schedule { rate: 0.8, course: Course::Step { factor: 0.5, every: 3 }, warm_up: 0 };
        let cosine = Course::Cosine { floor: 0.2, over: 4 };
        let cosine = Schedule { rate: 1.0, course: cosine, warm_up: 2 };
        for (schedule, expected) in [
            (Schedule::constant(0.1), [0.1; 8]),
            (step, [0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.2, 0.2]),
            (cosine, [0.5, 1.0, 1.0, 0.6 + 0.4 * 0.5f64.sqrt(), 0.6, 0.6 - 0.4 * 0.5f64.sqrt(), 0.2, 0.2]),
        ] {
            assert_eq!(schedule.check(), Ok(()));
            (0..).zip(expected).for_each(|(step, expected)| close(schedule.at(step), expected));
            assert!(schedule.at(u64::MAX) >= 0.0);
            (0..8).for_each(|step| close(schedule.times(0.25).at(step), 0.25 * schedule.at(step)));
        }
    }

    #[test]
    fn what_leads_nowhere_is_refused() {
        for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(Schedule::constant(rate).check(), Err(ScheduleError::Rate(_))), "{rate}");
        }
        let of = |course| Schedule { rate: 0.1, course, warm_up: 0 }.check();
        for factor in [0.0, -0.5, 1.5, f64::NAN] {
            assert!(
                matches!(of(Course::Step { factor, every: 1 }), Err(ScheduleError::Factor(_))),
                "{factor}"
            );
        }
        for floor in [-0.1, 0.2, f64::NAN] {
            assert!(
                matches!(of(Course::Cosine { floor, over: 1 }), Err(ScheduleError::Floor { .. })),
                "{floor}"
            );
        }
        assert_eq!(of(Course::Step { factor: 0.5, every: 0 }), Err(ScheduleError::NoSteps));
        assert_eq!(of(Course::Cosine { floor: 0.0, over: 0 }), Err(ScheduleError::NoSteps));
        let mut ids: Vec<&str> = Course::CHOICES.iter().map(|choice| choice.id).collect();
        ids.dedup();
        assert_eq!(ids, ["constant", "step", "cosine"]);
    }
}
