//! A moment of a run: every variable of a neuron, the current into it, and how fast each variable moves.
//!
//! Rates are what the model's own step does within a millionth of a ms, over that time, so that no equation is
//! written twice; they are off by `h/2` of the fastest process, far below what is shown. There is none where
//! the neuron leaps (it is put back after a spike), of a count, of a model that is a rule from step to step,
//! and of a place in a cell, whose neighbours are not all recorded.

use super::config::SubjectConfig;
use super::error::BenchError;
use super::plane::moves;
use super::record::Record;
use super::subject::Variable;
use crate::describe::{Declaration, Integrator};
use crate::neurons::{AnyNeuron, AnyNeuronError, Input};
use crate::units::Unit;

/// The step by which rates are taken, ms: of a gate as fast as 0.01 ms they are right to 1 in 20,000.
const TINY_MS: f64 = 1e-6;

/// What a neuron is in.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// When: the last sample at or before the time that was asked for, ms.
    pub time_ms: f64,
    /// The current over the step that begins then, in the unit of drive.
    pub drive: f64,
    /// What stands for that current in equations, as LaTeX: a drive in mV is that of `R I`.
    pub drive_symbol: &'static str,
    /// Whether the neuron has just fired and is put back: its potential is that before.
    pub resets: bool,
    /// What was recorded, then what is declared and was not.
    pub variables: Vec<Standing>,
}

/// A variable at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// What it is.
    pub variable: Variable,
    /// Its value; none where the run did not keep it.
    pub value: Option<f64>,
    /// By how much it moves, a ms; none where that says nothing.
    pub rate: Option<f64>,
}

impl Standing {
    /// The symbol of the unit of its rate.
    #[must_use]
    pub fn rate_unit(&self) -> String {
        match self.variable.unit {
            Unit::One | Unit::Count => Unit::PerMillisecond.symbol().to_owned(),
            unit => format!("{}/ms", unit.symbol()),
        }
    }
}

/// The moment of a run at `time_ms`.
pub(super) fn moment(
    config: &SubjectConfig,
    declaration: &Declaration,
    record: &Record,
    place: usize,
    time_ms: f64,
) -> Result<Moment, BenchError> {
    let at = record.index_at(time_ms);
    let state: Vec<f64> = record.samples.iter().map(|samples| f64::from(samples[at])).collect();
    let drive = f64::from(record.drive[at]);
    let resets = record.resets.binary_search(&at).is_ok();
    let point = record.variables.iter().all(|variable| variable.distance_um.is_none());
    let after = if point && !resets && declaration.integrator != Integrator::Map {
        after(config, &state, drive).map_err(|why| BenchError::Neuron { neuron: place, why })?
    } else {
        None
    };
    let rate = |of: usize| after.as_ref().map(|after| (after[of] - state[of]) / TINY_MS);
    let recorded = record.variables.iter().enumerate().map(|(of, variable)| Standing {
        variable: variable.clone(),
        value: Some(state[of]),
        rate: rate(of).filter(|_| moves(variable.unit)),
    });
    let known = |key: &str| record.variables.iter().any(|variable| variable.key == key);
    let missing = declaration.state.iter().filter(|declared| !known(declared.key));
    let missing =
        missing.map(|declared| Standing { variable: Variable::of(declared, None), value: None, rate: None });
    Ok(Moment {
        time_ms: at as f64 * record.dt_ms,
        drive,
        drive_symbol: if declaration.drive == Unit::Millivolt { "R I" } else { "I" },
        resets,
        variables: recorded.chain(missing).collect(),
    })
}

/// The state a tiny step later; none where that step fires and puts it back.
fn after(config: &SubjectConfig, state: &[f64], drive: f64) -> Result<Option<Vec<f64>>, AnyNeuronError> {
    let mut neuron = AnyNeuron::new(&config.model, &config.pairs(), TINY_MS)?;
    neuron.state_mut().copy_from_slice(state);
    let stepped = neuron.step(Input::current(drive));
    let kept = neuron.state().first() == Some(&stepped.potential);
    Ok(kept.then(|| neuron.state().to_vec()))
}
