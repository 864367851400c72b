//! A table that the visitor drops or pastes: text of at most 5 MB, one example a line.
//!
//! - Comma, semicolon or tab, found by itself; quoted fields; any line ending; UTF-8 with or without
//!   a byte-order mark; blank lines are passed over.
//! - The first line is a header when, of the columns that hold numbers in the second line, it has
//!   words in more than it has numbers in.
//! - The target is the column named as one of [`TARGET_NAMES`], else the last. Words are classes, in
//!   alphabetical order of their bytes. Whole numbers are classes, ascending, when there are at most
//!   [`MAX_WHOLE_CLASSES`] different ones and at least twice as many rows; other numbers are to be
//!   predicted as numbers.
//! - All other columns must be numbers. A missing value (an empty field, `NA`, `N/A`, `NaN`, `null`,
//!   `?`) is refused with its line and column, never filled in.
//!
//! The rows are shuffled by the seed and split. Each feature, and a target that is a number, is
//! standardised as `(x − mean)/deviation` with mean and deviation of the *training* rows (a column
//! constant there is only centred), and held within ±10⁶. The split is not stratified.
//!
//! ```
//! use cajal::data::{Split, TableConfig, table};
//!
//! let csv = "height,weight,kind\n".to_string() + &"1.2,3,cat\n4.5,20,dog\n".repeat(10);
//! let set = table::read(csv.as_bytes(), &TableConfig { train_share: 0.8, seed: 1 })?;
//! assert_eq!((set.features(), set.class_names().join(" ")), (2, "cat dog".into()));
//! assert_eq!(set.samples(Split::Train), 16);
//!
//! let refused = table::read(b"1,a\n,b\n", &TableConfig { train_share: 0.8, seed: 1 });
//! assert!(refused.unwrap_err().to_string().starts_with("line 2, column 1"));
//! # Ok::<(), cajal::data::DataError>(())
//! ```

use std::borrow::Cow;

use super::csv::{Field, Records, delimiter_of};
use super::dataset::{Columns, Dataset, Inputs, Scaling, Targets, check_train_share, shuffled_split};
use super::table_error::{Cell, TableError};
use super::{DataDeclaration, DataError, Source, Task};
use crate::decimal::parse;
use crate::order;

/// See the module.
pub static DECLARATION: DataDeclaration = DataDeclaration {
    id: "table",
    title: "Your own table",
    task: Task::Classification,
    class_names: &[],
    features: 0,
    signed: true,
    image_size: None,
    equations: r"x' = (x - \mu_\text{train}) / \sigma_\text{train}",
    meaning: "A CSV file of yours: one example a line, numbers, and a column to predict. \
        It stays in this browser.",
    citation: "Shafranovich (2005) Common format and MIME type for CSV files. RFC 4180",
    licence: "Yours; nothing is sent anywhere",
    not_biological: "Independent numbers in a fixed order, standardised with knowledge of the whole \
        training set, which no receptor has.",
    source: Source::Table,
};

/// Most bytes of a table.
pub const MAX_BYTES: usize = 5_000_000;
/// Most columns of a table, the target included.
pub const MAX_COLUMNS: u32 = 4096;
/// Most classes of a table.
pub const MAX_CLASSES: usize = 100;
/// Most different whole numbers that are taken for classes.
pub const MAX_WHOLE_CLASSES: usize = 20;
/// Fewest rows of a table, without its header.
pub const MIN_ROWS: u32 = 10;
/// Largest magnitude of a number: its square, summed over all rows, is still far from overflow.
pub const MAX_MAGNITUDE: f64 = 1e30;
/// Names by which a column says that it is the target, whatever the case; the first found wins.
pub const TARGET_NAMES: [&str; 8] =
    ["label", "class", "target", "species", "labels", "classes", "outcome", "category"];

/// Standardised values are held within this: a training column of tiny spread may meet any number
/// in the test rows.
const MAX_STANDARDISED: f64 = 1e6;

/// How to use a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TableConfig {
    /// Share of the rows to learn from, 0.1 to 0.9.
    pub train_share: f64,
    /// Seed of the order and of the split.
    pub seed: u64,
}

/// Reads a table and makes a set of it.
///
/// # Errors
/// [`DataError::TrainShare`], or [`DataError::Table`] with the reason and, where there is one, the
/// line and the column. No bytes make it panic.
pub fn read(csv: &[u8], config: &TableConfig) -> Result<Dataset, DataError> {
    check_train_share(config.train_share)?;
    let text = decode(csv)?;
    let layout = Layout::of(text)?;
    let cells = layout.cells(text)?;
    let target = layout.target(&cells.targets)?;
    let samples = cells.targets.len() as u32;
    let (order, train) = shuffled_split(config.seed, samples, config.train_share)?;

    let features = layout.names.len() - 1;
    let column = |feature: usize| {
        let values = &cells.features;
        order.iter().map(move |&row| values[row as usize * features + feature])
    };
    let mut inputs = vec![0.0; features * samples as usize];
    let mut scaling = Vec::with_capacity(features);
    for feature in 0..features {
        let scale = Scaling::of(column(feature).take(train as usize));
        for (row, value) in column(feature).enumerate() {
            inputs[row * features + feature] = scale.apply(value);
        }
        scaling.push(scale);
    }
    let (targets, class_names, target_scaling) = match target {
        Target::Classes { labels, names } => {
            let labels = order.iter().map(|&row| labels[row as usize]).collect();
            (Targets::Labels(labels), names, None)
        }
        Target::Numbers(numbers) => {
            let shuffled = || order.iter().map(|&row| numbers[row as usize]);
            let scale = Scaling::of(shuffled().take(train as usize));
            let values = shuffled().map(|value| scale.apply(value)).collect();
            (Targets::Values(values), Vec::new(), Some(scale))
        }
    };
    let mut names = layout.names;
    let target = names.remove(layout.target);
    Ok(Dataset {
        declaration: &DECLARATION,
        features,
        train,
        test: samples - train,
        inputs: Inputs::Dense(inputs),
        targets,
        class_names,
        columns: Some(Columns { features: names, target, scaling, target_scaling }),
    })
}

/// The text of the bytes, without a byte-order mark.
fn decode(csv: &[u8]) -> Result<&str, TableError> {
    if csv.len() > MAX_BYTES {
        return Err(TableError::TooLarge { got: csv.len() as u64 });
    }
    let text = std::str::from_utf8(csv).map_err(|error| {
        let before = &csv[..error.valid_up_to()];
        let ends = before.iter().filter(|&&byte| byte == b'\n').count();
        TableError::NotUtf8 { line: ends as u32 + 1 }
    })?;
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text))
}

/// What the first two lines tell.
struct Layout {
    delimiter: u8,
    header: bool,
    /// Of all columns, the target included.
    names: Vec<String>,
    /// Which column is the target.
    target: usize,
}

/// All rows, checked, in the order of the file.
struct Cells<'a> {
    /// `(rows, columns − 1)`, row-major.
    features: Vec<f64>,
    targets: Vec<Field<'a>>,
}

enum Target {
    Classes { labels: Vec<u32>, names: Vec<String> },
    Numbers(Vec<f64>),
}

impl Layout {
    fn of(text: &str) -> Result<Self, TableError> {
        let delimiter = delimiter_of(text);
        let mut records = Records::new(text, delimiter);
        let (mut first, mut second) = (Vec::new(), Vec::new());
        if !records.read(&mut first)? {
            return Err(TableError::TooFewRows { got: 0 });
        }
        if first.len() < 2 {
            return Err(TableError::TooFewColumns { line: first[0].line, got: first.len() as u32 });
        }
        records.read(&mut second)?;

        let header = is_header(&first, &second);
        let names: Vec<String> = (1..)
            .zip(&first)
            .map(|(column, field)| match &field.text {
                name if header && !name.is_empty() => excerpt(name),
                _ => format!("column {column}"),
            })
            .collect();
        let named = TARGET_NAMES
            .iter()
            .find_map(|name| names.iter().position(|column| column.eq_ignore_ascii_case(name)));
        let target = named.unwrap_or(names.len() - 1);
        Ok(Self { delimiter, header, names, target })
    }

    fn cells<'a>(&self, text: &'a str) -> Result<Cells<'a>, TableError> {
        let mut records = Records::new(text, self.delimiter);
        let mut record = Vec::new();
        let mut cells = Cells { features: Vec::new(), targets: Vec::new() };
        if self.header {
            records.read(&mut record)?;
        }
        while records.read(&mut record)? {
            if record.len() != self.names.len() {
                return Err(TableError::Ragged {
                    line: record[0].line,
                    expected: self.names.len() as u32,
                    got: record.len() as u32,
                });
            }
            for (column, field) in record.drain(..).enumerate() {
                if is_missing(&field.text) {
                    let (at, got) = self.refused(&field, column);
                    return Err(TableError::Missing { at, got });
                }
                if column == self.target {
                    cells.targets.push(field);
                } else {
                    cells.features.push(self.number(&field, column)?);
                }
            }
        }
        let rows = cells.targets.len() as u32;
        if rows < MIN_ROWS {
            return Err(TableError::TooFewRows { got: rows });
        }
        Ok(cells)
    }

    /// Whether the target is a class or a number, and its values.
    fn target(&self, fields: &[Field]) -> Result<Target, TableError> {
        let numbers: Vec<Option<f64>> = fields.iter().map(|field| parse(&field.text)).collect();
        let numeric = numbers.iter().flatten().count();
        if numeric == fields.len() {
            return self.numeric_target(fields);
        }
        let mut classes: Vec<&str> = fields.iter().map(|field| &*field.text).collect();
        order::sort(&mut classes);
        classes.dedup();
        if classes.len() > MAX_CLASSES {
            // Mostly numbers: it is the other values that are wrong, and the first of them is told.
            let odd = numbers.iter().position(Option::is_none).map(|row| &fields[row]);
            if let Some(odd) = odd.filter(|_| numeric > fields.len() / 2) {
                let (at, got) = self.refused(odd, self.target);
                return Err(TableError::NotANumber { at, got });
            }
            let name = self.names[self.target].clone();
            return Err(TableError::TooManyClasses { name, got: classes.len() as u32 });
        }
        self.check_varied(classes.len(), fields)?;
        let names = classes.iter().map(|name| excerpt(name)).collect();
        let label = |field: &Field| classes.partition_point(|class| **class < *field.text) as u32;
        let labels = fields.iter().map(label).collect();
        Ok(Target::Classes { labels, names })
    }

    fn numeric_target(&self, fields: &[Field]) -> Result<Target, TableError> {
        let numbers: Vec<f64> =
            fields.iter().map(|field| self.number(field, self.target)).collect::<Result<_, _>>()?;
        let mut different = numbers.clone();
        order::sort_by(&mut different, f64::total_cmp);
        different.dedup();
        self.check_varied(different.len(), fields)?;
        let whole = different.iter().all(|value| value.trunc() == *value && value.abs() < 1e15);
        let few = different.len() <= MAX_WHOLE_CLASSES && fields.len() >= 2 * different.len();
        if !(whole && few) {
            return Ok(Target::Numbers(numbers));
        }
        let label_of = |number: &f64| different.iter().position(|value| value == number);
        Ok(Target::Classes {
            labels: numbers.iter().filter_map(label_of).map(|label| label as u32).collect(),
            names: different.iter().map(|value| (*value as i64).to_string()).collect(),
        })
    }

    fn check_varied(&self, different: usize, fields: &[Field]) -> Result<(), TableError> {
        if different >= 2 {
            return Ok(());
        }
        Err(TableError::ConstantTarget {
            name: self.names[self.target].clone(),
            got: fields.first().map_or(String::new(), |field| excerpt(&field.text)),
        })
    }

    fn number(&self, field: &Field, column: usize) -> Result<f64, TableError> {
        match parse(&field.text) {
            Some(number) if number.abs() <= MAX_MAGNITUDE => Ok(number),
            Some(_) => {
                let (at, got) = self.refused(field, column);
                Err(TableError::NotFinite { at, got })
            }
            None => {
                let (at, got) = self.refused(field, column);
                Err(TableError::NotANumber { at, got })
            }
        }
    }

    /// Where a value stands and what it is, for a message.
    fn refused(&self, field: &Field, column: usize) -> (Cell, String) {
        let cell = Cell { line: field.line, column: column as u32 + 1, name: self.names[column].clone() };
        (cell, excerpt(&field.text))
    }
}

impl Scaling {
    /// Mean and deviation, summed in the order given.
    fn of(values: impl Iterator<Item = f64> + Clone) -> Self {
        let count = values.clone().count() as f64;
        let first = values.clone().next().unwrap_or(0.0);
        // Rounding of the mean must not give a constant column a deviation.
        if values.clone().all(|value| value == first) {
            return Self { mean: first, deviation: 1.0 };
        }
        let mean = values.clone().sum::<f64>() / count;
        let variance = values.map(|value| (value - mean) * (value - mean)).sum::<f64>() / count;
        let deviation = variance.sqrt();
        // Differences so small that their squares vanish.
        Self { mean, deviation: if deviation > 0.0 { deviation } else { 1.0 } }
    }

    fn apply(self, value: f64) -> f32 {
        let standardised = (value - self.mean) / self.deviation;
        standardised.clamp(-MAX_STANDARDISED, MAX_STANDARDISED) as f32
    }
}

/// Of the columns that are numbers in the second line, more are words than numbers in the first.
/// A single word among numbers is an error in the data, and is reported as one. A line by itself is
/// a header when it holds no number.
fn is_header(first: &[Field], second: &[Field]) -> bool {
    if second.is_empty() {
        return first.iter().all(|field| parse(&field.text).is_none());
    }
    let (mut words, mut numbers) = (0, 0);
    for (above, below) in first.iter().zip(second) {
        if is_missing(&below.text) || parse(&below.text).is_none() {
            continue;
        }
        if parse(&above.text).is_some() {
            numbers += 1;
        } else if !is_missing(&above.text) {
            words += 1;
        }
    }
    words > numbers
}

fn is_missing(text: &str) -> bool {
    ["", "?", "na", "n/a", "nan", "null"].iter().any(|missing| text.eq_ignore_ascii_case(missing))
}

/// The beginning of a text, for a message or a name.
fn excerpt(text: &str) -> String {
    const LENGTH: usize = 60;
    let short: Cow<str> = match text.char_indices().nth(LENGTH) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    };
    short.into_owned()
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
