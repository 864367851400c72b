//! Declarations as data, from which the page makes its controls.

use crate::catalogue as declared;
use crate::data::{DataDeclaration, PackedFile, Source, Task};
use crate::describe;
use serde::Serialize;
use tsify::Tsify;

#[derive(Serialize, Tsify)]
pub struct Parameter {
    key: &'static str,
    symbol: &'static str,
    unit: &'static str,
    min: f64,
    max: f64,
    step: f64,
    #[tsify(type = "'linear' | 'log' | 'integer'")]
    scale: &'static str,
    default: f64,
    meaning: &'static str,
}

#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct DataSetEntry {
    id: &'static str,
    title: &'static str,
    #[tsify(type = "'points' | 'images' | 'table'")]
    kind: &'static str,
    #[tsify(type = "'classification' | 'regression'")]
    task: &'static str,
    classes: u32,
    features: u32,
    meaning: &'static str,
    equations: &'static str,
    citation: &'static str,
    licence: &'static str,
    not_biological: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    files: Option<Files>,
}

#[derive(Serialize, Tsify)]
struct Files {
    train: FileEntry,
    test: FileEntry,
}

#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
struct FileEntry {
    path: &'static str,
    sha256: &'static str,
    bytes: u32,
}

/// A model of a neuron, a receptor, a rule of plasticity or an input: all that it says of itself.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ModelEntry {
    id: &'static str,
    title: &'static str,
    citation: String,
    year: u16,
    /// LaTeX.
    equations: Vec<&'static str>,
    parameters: Vec<Parameter>,
    state: Vec<StateVariable>,
    /// Unit of the current that drives it.
    drive: &'static str,
    integrator: IntegratorEntry,
    largest_dt_ms: f64,
    presets: Vec<PresetEntry>,
    references: Vec<ReferenceEntry>,
    not_biological: &'static str,
    /// What suits it on the neuron bench; absent where it does not go there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    bench: Option<BenchEntry>,
}

/// What suits a model or a preset on the neuron bench.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BenchEntry {
    pub dt_ms: f64,
    pub duration_ms: f64,
    /// A drive under which it does something, in its unit.
    pub strength: f64,
    /// Up to where an f-I curve from 0 is worth looking at.
    pub curve_to: f64,
    /// Whether a voltage clamp shows its gates.
    pub clamps: bool,
}

#[derive(Serialize, Tsify)]
struct StateVariable {
    key: &'static str,
    /// LaTeX.
    symbol: &'static str,
    unit: &'static str,
    meaning: &'static str,
}

#[derive(Serialize, Tsify)]
struct IntegratorEntry {
    #[tsify(type = "'exact' | 'exponential-euler' | 'crank-nicolson' | 'runge-kutta-4' | 'euler' | 'map'")]
    name: &'static str,
    /// Order of convergence; absent where there is no equation to converge to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    order: Option<u32>,
}

#[derive(Serialize, Tsify)]
struct PresetEntry {
    id: &'static str,
    title: &'static str,
    citation: String,
    /// Parameters that differ from the defaults.
    values: Vec<NamedValue>,
    /// Breakpoints of the drive that shows it: ms, then the unit of drive.
    drive: Vec<(f64, f64)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    bench: Option<BenchEntry>,
}

#[derive(Serialize, Tsify)]
struct NamedValue {
    key: &'static str,
    value: f64,
}

/// A published figure and what ours came to.
#[derive(Serialize, Tsify)]
struct ReferenceEntry {
    what: &'static str,
    expected: f64,
    tolerance: f64,
    unit: &'static str,
    citation: String,
    /// As a test measured it, in the same unit.
    ours: f64,
    /// Whether that is as near as the tolerance says.
    within: bool,
}

/// `classification` or `regression`.
pub fn task_id(task: Task) -> &'static str {
    match task {
        Task::Classification => "classification",
        Task::Regression => "regression",
    }
}

pub fn citation(citation: &describe::Citation) -> String {
    let describe::Citation { authors, year, title, source } = citation;
    format!("{authors} ({year}) {title}. {source}.")
}

impl From<describe::Parameter> for Parameter {
    fn from(declared: describe::Parameter) -> Self {
        Self {
            key: declared.key,
            symbol: declared.symbol,
            unit: declared.unit.symbol(),
            min: declared.range.0,
            max: declared.range.1,
            step: declared.step,
            scale: match declared.scale {
                describe::Scale::Linear => "linear",
                describe::Scale::Logarithmic => "log",
                describe::Scale::Integer => "integer",
            },
            default: declared.default,
            meaning: declared.meaning,
        }
    }
}

impl From<&DataDeclaration> for DataSetEntry {
    fn from(set: &DataDeclaration) -> Self {
        let file = |file: PackedFile| FileEntry { path: file.path, sha256: file.sha256, bytes: file.bytes };
        Self {
            id: set.id,
            title: set.title,
            kind: set.kind(),
            task: task_id(set.task),
            classes: set.classes(),
            features: set.features,
            meaning: set.meaning,
            equations: set.equations,
            citation: set.citation,
            licence: set.licence,
            not_biological: set.not_biological,
            files: match set.source {
                Source::Images(files) => Some(Files { train: file(files.train), test: file(files.test) }),
                _ => None,
            },
        }
    }
}

impl ReferenceEntry {
    /// A reference of the model `id`; none if nobody measured it, which a test of the table rules out.
    fn of(id: &str, reference: &describe::Reference) -> Option<Self> {
        let ours = declared::measured::of(id, reference)?.ours;
        Some(Self {
            what: reference.what,
            expected: reference.expected,
            tolerance: reference.tolerance,
            unit: reference.unit.symbol(),
            citation: citation(&reference.citation),
            ours,
            within: (ours - reference.expected).abs() <= reference.tolerance,
        })
    }
}

/// What suits a model, or one of its presets, on a bench.
type Suits = fn(&describe::Declaration, Option<&describe::Preset>) -> Option<BenchEntry>;

impl PresetEntry {
    fn of(model: &describe::Declaration, preset: &describe::Preset, suits: Suits) -> Self {
        Self {
            bench: suits(model, Some(preset)),
            id: preset.id,
            title: preset.title,
            citation: citation(&preset.citation),
            values: preset.values.iter().map(|&(key, value)| NamedValue { key, value }).collect(),
            drive: preset.drive.to_vec(),
        }
    }
}

impl ModelEntry {
    fn of(model: &describe::Declaration, suits: Suits) -> Self {
        let variable = |declared: &describe::StateVariable| StateVariable {
            key: declared.key,
            symbol: declared.symbol,
            unit: declared.unit.symbol(),
            meaning: declared.meaning,
        };
        Self {
            id: model.id,
            title: model.title,
            citation: citation(&model.citation),
            year: model.citation.year,
            equations: model.equations.to_vec(),
            parameters: model.parameters.iter().copied().map(Parameter::from).collect(),
            state: model.state.iter().map(variable).collect(),
            drive: model.drive.symbol(),
            integrator: IntegratorEntry { name: model.integrator.id(), order: model.integrator.order() },
            largest_dt_ms: model.largest_dt_ms,
            presets: model.presets.iter().map(|preset| PresetEntry::of(model, preset, suits)).collect(),
            references: model.references.iter().filter_map(|one| ReferenceEntry::of(model.id, one)).collect(),
            not_biological: model.not_biological,
            bench: suits(model, None),
        }
    }
}

/// Models as the page reads them, with what suits them where there is a bench for them.
pub fn models<'a>(
    list: impl IntoIterator<Item = &'a describe::Declaration>,
    suits: Suits,
) -> Vec<ModelEntry> {
    list.into_iter().map(|model| ModelEntry::of(model, suits)).collect()
}

/// Data sets, in the order of the page.
pub fn data_sets() -> Vec<DataSetEntry> {
    declared::data_sets().iter().map(|set| DataSetEntry::from(*set)).collect()
}
