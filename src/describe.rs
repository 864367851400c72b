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

/// What a model of a neuron says of itself.
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
    /// What it is checked against.
    pub references: &'static [Reference],
    /// What in it is not biological, in one sentence.
    pub not_biological: &'static str,
}
