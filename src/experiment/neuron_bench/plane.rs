//! The phase plane of a neuron of the bench: its potential against one other variable.
//!
//! A model of two variables has one plane. Of one with more, the plane is the section through the state at
//! a moment of the run: the other variables stay as they are there, as FitzHugh (1960, J. Gen. Physiol. 43,
//! 867–896) reduced the squid's four to two. The current is that of the moment. Rates are what the model's
//! own step does within a ten-thousandth of a ms, over that time, so that nothing is derived twice; where
//! that step resets the neuron there is no rate.

use super::config::SubjectConfig;
use super::error::BenchError;
use super::record::Record;
use crate::neurons::{AnyNeuron, Input};
use crate::snn::monitors::phase_plane::{Arrow, FixedPoint, Plane, Segment};
use crate::units::Unit;
use core::cell::RefCell;

/// The step by which rates are taken, ms.
const TINY_MS: f64 = 1e-4;
/// Cells of the grid on which nullclines are looked for.
const FINE: (u32, u32) = (96, 72);
/// Cells of the grid of arrows.
const COARSE: (u32, u32) = (22, 16);
/// A trajectory keeps a point that is so far from the last one, in parts of the plane's sides.
const APART: f64 = 1.0 / 250.0;
const MOST_POINTS: usize = 6_000;

/// What there is to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct PhasePlane {
    /// Index of the variable along y.
    pub variable: usize,
    /// Range of the potential.
    pub x: (f64, f64),
    /// Range of the other variable.
    pub y: (f64, f64),
    /// Current of the moment, in the unit of drive.
    pub drive: f64,
    /// Where the potential stands still.
    pub x_nullcline: Vec<Segment>,
    /// Where the other variable does.
    pub y_nullcline: Vec<Segment>,
    /// The flow.
    pub arrows: Vec<Arrow>,
    /// Where both stand still.
    pub fixed_points: Vec<FixedPoint>,
    /// The run: potential and other variable; not a number where a reset interrupts it.
    pub trajectory: Vec<(f32, f32)>,
    /// The state of the moment.
    pub now: (f32, f32),
}

/// Whether a variable of a model moves by an equation: a count of steps does not.
pub fn moves(unit: Unit) -> bool {
    unit != Unit::Count
}

/// The plane of the potential and `variable` at `time_ms`.
pub(super) fn plane(
    config: &SubjectConfig,
    record: &Record,
    place: usize,
    variable: usize,
    time_ms: f64,
) -> Result<PhasePlane, BenchError> {
    let found = record.variables.get(variable).filter(|found| variable > 0 && moves(found.unit));
    if found.is_none_or(|found| found.distance_um.is_some()) {
        return Err(BenchError::Unfit {
            neuron: place,
            model: record.title,
            what: "second variable for a plane",
        });
    }
    let refused = |why| BenchError::Neuron { neuron: place, why };
    let neuron = AnyNeuron::new(&config.model, &config.pairs(), TINY_MS).map_err(refused)?;
    let at = record.index_at(time_ms);
    let state: Vec<f64> = record.samples.iter().map(|samples| f64::from(samples[at])).collect();
    let drive = f64::from(record.drive[at]);
    let neuron = RefCell::new(neuron);
    let rates = |x: f64, y: f64| {
        let mut neuron = neuron.borrow_mut();
        let held = neuron.state_mut();
        held.copy_from_slice(&state);
        (held[0], held[variable]) = (x, y);
        let stepped = neuron.step(Input::current(drive));
        let after = neuron.state();
        if after[0] != stepped.potential {
            return (f64::NAN, f64::NAN);
        }
        ((after[0] - x) / TINY_MS, (after[variable] - y) / TINY_MS)
    };
    let (xs, ys) = (&record.samples[0], &record.samples[variable]);
    let (x, y) =
        (range(xs, 10.0), range(ys, if found.is_some_and(|v| v.unit == Unit::One) { 0.1 } else { 5.0 }));
    let fine = Plane { x, y, columns: FINE.0, rows: FINE.1 };
    let coarse = Plane { columns: COARSE.0, rows: COARSE.1, ..fine };
    Ok(PhasePlane {
        variable,
        x,
        y,
        drive,
        x_nullcline: fine.nullcline(|x, y| rates(x, y).0),
        y_nullcline: fine.nullcline(|x, y| rates(x, y).1),
        arrows: coarse.vector_field(rates),
        fixed_points: fine.fixed_points(rates),
        trajectory: trajectory(record, (xs, ys), (x.1 - x.0, y.1 - y.0)),
        now: (xs[at], ys[at]),
    })
}

/// The range of samples with a tenth of it to either side, and at least `least` to either side.
fn range(samples: &[f32], least: f64) -> (f64, f64) {
    let (low, high) = samples
        .iter()
        .fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), value| (low.min(*value), high.max(*value)));
    let (low, high) = (f64::from(low), f64::from(high));
    let margin = (0.1 * (high - low)).max(least);
    (low - margin, high + margin)
}

fn trajectory(record: &Record, (xs, ys): (&[f32], &[f32]), (width, height): (f64, f64)) -> Vec<(f32, f32)> {
    let mut apart = APART;
    loop {
        let mut points: Vec<(f32, f32)> = Vec::new();
        for (at, (&x, &y)) in xs.iter().zip(ys).enumerate() {
            let far = points.last().is_none_or(|last| {
                last.0.is_nan()
                    || f64::from((x - last.0).abs()) > apart * width
                    || f64::from((y - last.1).abs()) > apart * height
            });
            let reset = record.resets.binary_search(&at).is_ok();
            if far || reset {
                points.push((x, y));
            }
            if reset {
                points.push((f32::NAN, f32::NAN));
            }
        }
        if points.len() <= MOST_POINTS {
            return points;
        }
        apart *= 2.0;
    }
}
