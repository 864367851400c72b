//! The f-I curve of a neuron of the bench, point by point, so that other requests come in between.
//!
//! Each point is a fresh neuron under a constant current ([`crate::snn::monitors::fi_curve`]).

use super::config::SubjectConfig;
use super::error::BenchError;
use super::subject::Subject;
use crate::snn::monitors::fi_curve::{Point, Protocol, fi_curve};
use core::cell::RefCell;
use serde::{Deserialize, Serialize};

/// The most points of a curve.
pub const MOST_POINTS: u32 = 201;
/// The most steps of a point.
const MOST_STEPS: f64 = 4e6;

/// Which currents, and how long each flows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CurveConfig {
    /// The first current, in the unit of drive.
    pub from: f64,
    /// The last one.
    pub to: f64,
    /// How many, evenly from the first to the last.
    pub points: u32,
    /// Time before the rate is measured, ms.
    pub settle_ms: f64,
    /// Time over which it is measured, ms.
    pub measure_ms: f64,
}

/// A curve on its way.
pub(super) struct Curve {
    neuron: SubjectConfig,
    place: usize,
    seed: u32,
    drives: Vec<f64>,
    protocol: Protocol,
    points: Vec<Point>,
}

/// How far a curve is.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveProgress {
    /// Whether all points are there.
    pub done: bool,
    /// How many there will be.
    pub total: usize,
    /// Those that are there, in the order of their currents.
    pub points: Vec<Point>,
}

impl Curve {
    pub fn new(
        neuron: &SubjectConfig,
        place: usize,
        seed: u32,
        spec: CurveConfig,
    ) -> Result<Self, BenchError> {
        let accept = |what, got: f64, (min, max): (f64, f64)| {
            let refused = BenchError::Protocol { what, min, max, got };
            if (min..=max).contains(&got) { Ok(()) } else { Err(refused) }
        };
        accept("the first current", spec.from, (-1e6, 1e6))?;
        accept("the last current", spec.to, (-1e6, 1e6))?;
        accept("the number of currents", f64::from(spec.points), (1.0, f64::from(MOST_POINTS)))?;
        accept("the time to settle", spec.settle_ms, (0.0, super::config::LONGEST_MS))?;
        accept("the time to measure", spec.measure_ms, (1.0, super::config::LONGEST_MS))?;
        // The neuron is made once here, so that a fault of it is told at once.
        Subject::new(neuron, place, seed)?;
        let steps = (spec.settle_ms + spec.measure_ms) / neuron.dt_ms;
        accept("the number of steps of a point", steps, (1.0, MOST_STEPS))?;
        let apart = (spec.to - spec.from) / f64::from((spec.points - 1).max(1));
        Ok(Self {
            neuron: neuron.clone(),
            place,
            seed,
            drives: (0..spec.points).map(|point| spec.from + f64::from(point) * apart).collect(),
            protocol: Protocol {
                dt_ms: neuron.dt_ms,
                settle_ms: spec.settle_ms,
                measure_ms: spec.measure_ms,
            },
            points: Vec::new(),
        })
    }

    /// Adds a point, unless all are there.
    pub fn advance(&mut self) -> Result<CurveProgress, BenchError> {
        if let Some(&drive) = self.drives.get(self.points.len()) {
            let fault = RefCell::new(None);
            let point = fi_curve(&[drive], self.protocol, |drive| {
                let made = Subject::new(&self.neuron, self.place, self.seed);
                let mut subject = made.map_err(|why| fault.replace(Some(why))).ok();
                let mut out = vec![0.0; subject.as_ref().map_or(0, |subject| subject.variables().len())];
                let (fault, mut step) = (&fault, 0);
                move || {
                    step += 1;
                    let advanced = subject.as_mut().map(|subject| subject.step(step - 1, drive, &mut out));
                    // After a fault nothing fires, and the fault is told below.
                    match advanced {
                        Some(Ok(fires)) => fires,
                        Some(Err(why)) => {
                            fault.replace(Some(why));
                            false
                        }
                        None => false,
                    }
                }
            });
            if let Some(why) = fault.into_inner() {
                return Err(why);
            }
            self.points.extend(point.unwrap_or_default());
        }
        let (done, total) = (self.points.len() == self.drives.len(), self.drives.len());
        Ok(CurveProgress { done, total, points: self.points.clone() })
    }
}
