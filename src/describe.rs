//! What a thing says of itself: the words and ranges from which the page's controls, the link, the
//! documentation and the parameter tests all derive.

use crate::units::Unit;

/// Where an equation, a figure or a data set comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Family names, as in a reference list.
    pub authors: &'static str,
    /// Year of publication.
    pub year: u16,
    /// Title of the work.
    pub title: &'static str,
    /// Journal, book or archive, with volume and pages or an identifier.
    pub source: &'static str,
}

/// How a control moves through its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Equal steps.
    Linear,
    /// Equal ratios.
    Logarithmic,
    /// Whole numbers.
    Integer,
}

/// A number that a visitor may choose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// Name in configurations and links.
    pub key: &'static str,
    /// Symbol in equations, as LaTeX.
    pub symbol: &'static str,
    /// Unit of the number.
    pub unit: Unit,
    /// Smallest and largest value that is accepted.
    pub range: (f64, f64),
    /// Smallest difference that a control offers; a ratio for logarithmic scales.
    pub step: f64,
    /// How a control moves through the range.
    pub scale: Scale,
    /// Value when nothing is said.
    pub default: f64,
    /// What it does, in one sentence.
    pub meaning: &'static str,
}

impl Parameter {
    /// Whether `value` is finite, within the range, and whole where it must be.
    pub fn accepts(&self, value: f64) -> bool {
        value.is_finite()
            && (self.range.0..=self.range.1).contains(&value)
            && (self.scale != Scale::Integer || value == value.trunc())
    }
}

/// One of several named things that a visitor may choose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Name in configurations and links.
    pub id: &'static str,
    /// Name in the page.
    pub title: &'static str,
    /// Its equation as LaTeX; empty where there is none.
    pub equation: &'static str,
    /// Its source.
    pub citation: Citation,
    /// In what it is unlike a nervous system; empty where it does not claim to be like one.
    pub not_biological: &'static str,
}

/// A figure that a model is held to by a test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reference {
    /// What is measured, and under which conditions.
    pub what: &'static str,
    /// The value of the source.
    pub expected: f64,
    /// How far ours may be from it.
    pub tolerance: f64,
    /// Unit of both.
    pub unit: Unit,
    /// Where the value comes from.
    pub citation: Citation,
}

/// A number that a model carries from step to step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateVariable {
    /// Name in traces and exports.
    pub key: &'static str,
    /// Symbol in equations, as LaTeX.
    pub symbol: &'static str,
    /// Unit of the number.
    pub unit: Unit,
    /// What it stands for, in one sentence.
    pub meaning: &'static str,
}

/// How a model gets from one step to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Integrator {
    /// The solution itself, for a drive that is constant over the step.
    Exact,
    /// The solution for coefficients that are constant over the step: `x∞ + (x − x∞)·e^(−dt/τ)`.
    ExponentialEuler,
    /// Crank-Nicolson for potentials, gates staggered by half a step (Hines 1984).
    CrankNicolson,
    /// Classical Runge-Kutta of fourth order.
    RungeKutta4,
    /// Forward Euler, where the source defines the model by it.
    Euler,
    /// No differential equation: the model is a rule from step to step.
    Map,
}

impl Integrator {
    /// Name in data and links.
    pub fn id(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::ExponentialEuler => "exponential-euler",
            Self::CrankNicolson => "crank-nicolson",
            Self::RungeKutta4 => "runge-kutta-4",
            Self::Euler => "euler",
            Self::Map => "map",
        }
    }

    /// Order of convergence for smooth solutions; none where there is no equation to converge to.
    pub fn order(self) -> Option<u32> {
        match self {
            Self::Exact | Self::Map => None,
            Self::ExponentialEuler | Self::Euler => Some(1),
            Self::CrankNicolson => Some(2),
            Self::RungeKutta4 => Some(4),
        }
    }
}

/// A named set of parameters with its source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Preset {
    /// Name in configurations and links.
    pub id: &'static str,
    /// Name in the page.
    pub title: &'static str,
    /// Parameters that differ from the defaults, by key.
    pub values: &'static [(&'static str, f64)],
    /// The drive that shows it: times in ms and values in the model's unit of drive, straight lines
    /// between them; two values at one time are a jump.
    pub drive: &'static [(f64, f64)],
    /// Its source.
    pub citation: Citation,
}

/// What a model (of a neuron, a synapse, a rule of plasticity) says of itself.
#[derive(Clone, Copy, Debug)]
pub struct Declaration {
    /// Name in configurations and links.
    pub id: &'static str,
    /// Name in the page.
    pub title: &'static str,
    /// Its source.
    pub citation: Citation,
    /// Equations as LaTeX.
    pub equations: &'static [&'static str],
    /// What may be chosen.
    pub parameters: &'static [Parameter],
    /// What it carries from step to step, in the order of the stepper's state.
    pub state: &'static [StateVariable],
    /// Unit of the current that drives it.
    pub drive: Unit,
    /// How it is stepped.
    pub integrator: Integrator,
    /// The largest time step that it is meant for, ms.
    pub largest_dt_ms: f64,
    /// Named sets of parameters.
    pub presets: &'static [Preset],
    /// What it is checked against.
    pub references: &'static [Reference],
    /// What in it is not biological, in one sentence.
    pub not_biological: &'static str,
}

/// Why a model cannot be made from the given values.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ParameterError {
    /// No such parameter.
    #[error("{model} has no parameter `{key}`")]
    Unknown {
        /// Title of the model.
        model: &'static str,
        /// What was asked for.
        key: String,
    },
    /// Not finite, outside the range, or not whole where it must be.
    #[error("{key} of {model} wants a number from {min} to {max} {unit}, not {value}")]
    OutOfRange {
        /// Title of the model.
        model: &'static str,
        /// Key of the parameter.
        key: &'static str,
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
        /// Symbol of the unit.
        unit: &'static str,
        /// What came.
        value: f64,
    },
    /// A combination that makes no sense, although each number alone does.
    #[error("{model}: {why}")]
    Contradiction {
        /// Title of the model.
        model: &'static str,
        /// What does not fit.
        why: String,
    },
}

/// A model whose numbers are declared: a struct with one `f64` field for each declared parameter.
pub trait Declared: Copy + Default {
    /// What the model says of itself.
    const DECLARATION: Declaration;

    /// The field that a declared key names; see `declared_fields!`.
    fn field(&mut self, key: &str) -> Option<&mut f64>;

    /// What no single range can say, for example that a reset lies below a threshold.
    ///
    /// # Errors
    /// [`ParameterError::Contradiction`].
    fn check(&self) -> Result<(), ParameterError> {
        Ok(())
    }

    /// The default with these values in their places.
    ///
    /// # Errors
    /// If a key is not declared, a value is not accepted, or the values contradict each other.
    fn with_values<'a>(values: impl IntoIterator<Item = (&'a str, f64)>) -> Result<Self, ParameterError> {
        let mut model = Self::default();
        let mut put = |key: &str, value| model.field(key).map(|field| *field = value);
        put_values(&Self::DECLARATION, &mut values.into_iter(), &mut put)?;
        model.check()?;
        Ok(model)
    }

    /// The model of a declared preset.
    ///
    /// # Errors
    /// If there is no such preset, or as [`Declared::with_values`].
    fn preset(id: &str) -> Result<Self, ParameterError> {
        let declaration = Self::DECLARATION;
        let preset = declaration.presets.iter().find(|preset| preset.id == id).ok_or_else(|| {
            ParameterError::Unknown { model: declaration.title, key: format!("preset {id}") }
        })?;
        Self::with_values(preset.values.iter().copied())
    }
}

/// What [`Declared::with_values`] does of every model alike, and is compiled once: `put` sets a field.
fn put_values(
    declaration: &Declaration,
    values: &mut dyn Iterator<Item = (&str, f64)>,
    put: &mut dyn FnMut(&str, f64) -> Option<()>,
) -> Result<(), ParameterError> {
    for (key, value) in values {
        let unknown = || ParameterError::Unknown { model: declaration.title, key: key.to_owned() };
        let parameter = declaration.parameters.iter().find(|parameter| parameter.key == key);
        let parameter = parameter.ok_or_else(unknown)?;
        if !parameter.accepts(value) {
            return Err(ParameterError::OutOfRange {
                model: declaration.title,
                key: parameter.key,
                min: parameter.range.0,
                max: parameter.range.1,
                unit: parameter.unit.symbol(),
                value,
            });
        }
        put(key, value).ok_or_else(unknown)?;
    }
    Ok(())
}

/// Ties the fields of a model to declared keys, which are their names: `declared_fields!(tau_ms,
/// rest_mv);` within `impl Declared`.
macro_rules! declared_fields {
    ($($field:ident),* $(,)?) => {
        fn field(&mut self, key: &str) -> Option<&mut f64> {
            $(if key == stringify!($field) {
                return Some(&mut self.$field);
            })*
            let _ = key;
            None
        }
    };
}
pub(crate) use declared_fields;
