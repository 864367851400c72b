//! Voltage clamp: an electrode holds the potential at a value, steps it, and its current is read.
//!
//! The clamp is ideal: it follows at once, so the current that charges the membrane is left out. What
//! flows is what holds `dV/dt` at 0: with the rate `r(I)` of the potential under a current, which is linear in
//! it, `I = −r(0)/(r(1) − r(0))`. So an outward current of the channels is positive and an inward one
//! negative (Hodgkin, Huxley, Katz 1952, J. Physiol. 116, 424–448, with the sign of today).
//!
//! Models with sodium and potassium conductances are clamped again without one of them, as by tetrodotoxin
//! or tetraethylammonium; the difference is the current of that channel. Gates do not depend on it.

use super::config::SubjectConfig;
use super::error::BenchError;
use super::record::Record;
use crate::describe::{Parameter, Scale};
use crate::neurons::{AnyNeuron, AnyNeuronError, Input};
use crate::units::Unit;
use serde::{Deserialize, Serialize};

const TINY_MS: f64 = 1e-4;
/// Time at the holding potential before anything is read, ms: far beyond the slowest gate.
const SETTLE_MS: f64 = 200.0;
/// The most steps of a level.
const MOST_STEPS: f64 = 1e6;

const fn potential(
    key: &'static str,
    symbol: &'static str,
    default: f64,
    meaning: &'static str,
) -> Parameter {
    let (unit, range, step, scale) = (Unit::Millivolt, (-120.0, 100.0), 1.0, Scale::Linear);
    Parameter { key, symbol, unit, range, step, scale, default, meaning }
}

const fn spell(key: &'static str, symbol: &'static str, default: f64, meaning: &'static str) -> Parameter {
    let (unit, range, step, scale) = (Unit::Millisecond, (0.0, 1000.0), 1.0, Scale::Linear);
    Parameter { key, symbol, unit, range, step, scale, default, meaning }
}

/// What may be chosen of a protocol, by the names and in the order of the fields of [`ClampConfig`].
pub static PARAMETERS: [Parameter; 7] = [
    potential("holdingMv", "V_h", -65.0, "The potential before and after the step."),
    potential("fromMv", "V_1", -45.0, "The potential of the first step."),
    potential("toMv", "V_n", 55.0, "The potential of the last step."),
    Parameter {
        key: "levels",
        symbol: "n",
        unit: Unit::Count,
        range: (1.0, 21.0),
        step: 1.0,
        scale: Scale::Integer,
        default: 6.0,
        meaning: "How many steps, evenly from the first to the last.",
    },
    spell("beforeMs", "", 1.0, "Time at the holding potential that is shown before the step."),
    Parameter {
        range: (0.1, 1000.0),
        step: 1.1,
        scale: Scale::Logarithmic,
        ..spell("stepMs", "", 8.0, "Time at the potential of the step.")
    },
    spell("afterMs", "", 2.0, "Time at the holding potential after the step."),
];

/// What the electrode does; ranges and defaults are those of [`PARAMETERS`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClampConfig {
    /// Potential before and after, mV.
    pub holding_mv: f64,
    /// The first level, mV.
    pub from_mv: f64,
    /// The last level, mV.
    pub to_mv: f64,
    /// How many levels, evenly from the first to the last.
    pub levels: u32,
    /// Time at the holding potential that is shown before the step, ms.
    pub before_ms: f64,
    /// Time at the level, ms.
    pub step_ms: f64,
    /// Time at the holding potential after it, ms.
    pub after_ms: f64,
}

/// What the electrode reads at one level, a number a step of time.
#[derive(Clone, Debug, PartialEq)]
pub struct ClampLevel {
    /// The level, mV.
    pub level_mv: f64,
    /// Its whole current, in the unit of drive.
    pub current: Vec<f32>,
    /// What flows through sodium channels, where the model has them.
    pub sodium: Option<Vec<f32>>,
    /// What flows through potassium channels, where the model has them.
    pub potassium: Option<Vec<f32>>,
    /// The largest inward current of the step (the least number).
    pub inward: f64,
    /// The current at the end of the step.
    pub steady: f64,
}

impl Default for ClampConfig {
    fn default() -> Self {
        let [holding_mv, from_mv, to_mv, levels, before_ms, step_ms, after_ms] =
            PARAMETERS.each_ref().map(|parameter| parameter.default);
        Self { holding_mv, from_mv, to_mv, levels: levels as u32, before_ms, step_ms, after_ms }
    }
}

impl ClampConfig {
    /// In the order of [`PARAMETERS`].
    fn values(&self) -> [f64; 7] {
        let Self { holding_mv, from_mv, to_mv, levels, before_ms, step_ms, after_ms } = *self;
        [holding_mv, from_mv, to_mv, f64::from(levels), before_ms, step_ms, after_ms]
    }

    /// Steps of time before, at and after the level.
    fn spells(&self, dt_ms: f64) -> [usize; 3] {
        [self.before_ms, self.step_ms, self.after_ms].map(|ms| libm::round(ms / dt_ms) as usize)
    }

    fn check(&self, dt_ms: f64) -> Result<(), BenchError> {
        let accept = |what, got: f64, (min, max): (f64, f64)| {
            let refused = BenchError::Protocol { what, min, max, got };
            if (min..=max).contains(&got) { Ok(()) } else { Err(refused) }
        };
        for (parameter, got) in PARAMETERS.iter().zip(self.values()) {
            accept(parameter.key, got, parameter.range)?;
        }
        accept("stepMs", self.step_ms, (dt_ms, PARAMETERS[5].range.1))?;
        let steps = (self.before_ms + self.step_ms + self.after_ms) / dt_ms;
        accept("the number of time steps", steps, (1.0, MOST_STEPS))
    }
}

/// Whether a model is a point with gates that a clamp shows: an electrode does not hold a whole cable.
#[must_use]
pub fn has_gates(model: &crate::describe::Declaration) -> bool {
    let point = crate::neurons::any::MODELS.iter().any(|entry| entry.declaration.id == model.id);
    let voltage = model.state.first().is_some_and(|first| first.unit == Unit::Millivolt);
    let gated =
        model.state.iter().skip(1).any(|variable| variable.unit == Unit::One && variable.key.len() == 1);
    point && voltage && gated
}

/// The levels of a protocol.
pub(super) fn clamp(
    config: &SubjectConfig,
    record: &Record,
    place: usize,
    spec: ClampConfig,
) -> Result<Vec<ClampLevel>, BenchError> {
    let model = super::config::declaration(&config.model).filter(|model| has_gates(model));
    let Some(model) = model else {
        return Err(BenchError::Unfit {
            neuron: place,
            model: record.title,
            what: "gates for a voltage clamp",
        });
    };
    spec.check(config.dt_ms)?;
    let apart = (spec.to_mv - spec.from_mv) / f64::from((spec.levels - 1).max(1));
    let refused = |why| BenchError::Neuron { neuron: place, why };
    let has = |key: &str| model.parameters.iter().any(|parameter| parameter.key == key);
    let [before, step, _] = spec.spells(config.dt_ms);
    let level = |at: u32| {
        let level_mv = spec.from_mv + f64::from(at) * apart;
        let current = electrode(config, None, spec, level_mv).map_err(refused)?;
        let without = |key: &'static str| -> Result<Option<Vec<f32>>, BenchError> {
            if !has(key) {
                return Ok(None);
            }
            let rest = electrode(config, Some(key), spec, level_mv).map_err(refused)?;
            Ok(Some(current.iter().zip(&rest).map(|(all, rest)| all - rest).collect()))
        };
        let held = &current[before..before + step];
        Ok(ClampLevel {
            level_mv,
            sodium: without("g_na_ms_cm2")?,
            potassium: without("g_k_ms_cm2")?,
            inward: held.iter().copied().fold(f64::INFINITY, |least, value| least.min(f64::from(value))),
            steady: held.last().map_or(f64::NAN, |value| f64::from(*value)),
            current,
        })
    };
    (0..spec.levels).map(level).collect()
}

/// The current of the electrode, a number a step, without the channels of `blocked`.
fn electrode(
    config: &SubjectConfig,
    blocked: Option<&str>,
    spec: ClampConfig,
    level_mv: f64,
) -> Result<Vec<f32>, AnyNeuronError> {
    let mut values = config.pairs();
    if let Some(key) = blocked {
        values.retain(|value| value.0 != key);
        values.push((key, 0.0));
    }
    let mut neuron = AnyNeuron::new(&config.model, &values, config.dt_ms)?;
    let mut probe = AnyNeuron::new(&config.model, &values, TINY_MS)?;
    let mut held = |neuron: &mut AnyNeuron, potential_mv: f64| {
        neuron.state_mut()[0] = potential_mv;
        let mut rate = |current: f64| {
            probe.state_mut().copy_from_slice(neuron.state());
            (probe.step(Input::current(current)).potential - potential_mv) / TINY_MS
        };
        let (still, driven) = (rate(0.0), rate(1.0));
        neuron.step(Input::current(0.0));
        (-still / (driven - still)) as f32
    };
    for _ in 0..libm::round(SETTLE_MS / config.dt_ms) as u64 {
        neuron.state_mut()[0] = spec.holding_mv;
        neuron.step(Input::current(0.0));
    }
    let [before, step, after] = spec.spells(config.dt_ms);
    let course = [(before, spec.holding_mv), (step, level_mv), (after, spec.holding_mv)];
    let course = course.into_iter().flat_map(|(steps, mv)| core::iter::repeat_n(mv, steps));
    Ok(course.map(|potential_mv| held(&mut neuron, potential_mv)).collect())
}
