//! Why a text is not a table that can be learnt from: each reason with what was expected, what came,
//! and where.
//!
//! ```
//! use cajal::data::table_error::{Cell, TableError};
//!
//! let at = Cell { line: 3, column: 2, name: "weight".into() };
//! let error = TableError::NotANumber { at, got: "heavy".into() };
//! assert_eq!(error.code(), "table-not-a-number");
//! assert!(error.to_string().starts_with("line 3, column 2 (weight): expected a number"));
//! ```

use super::table::{MAX_BYTES, MAX_CLASSES, MAX_COLUMNS, MIN_ROWS};

/// A place in the file, as a person would look for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
    /// Name of the column.
    pub name: String,
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, column {} ({})", self.line, self.column, self.name)
    }
}

/// Why a text is not a table that can be learnt from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Larger than [`MAX_BYTES`].
    #[error("expected a table of at most {MAX} bytes, got {got}", MAX = MAX_BYTES)]
    TooLarge {
        /// Bytes that came.
        got: u64,
    },
    /// Not text.
    #[error("line {line}: expected text in UTF-8, got other bytes")]
    NotUtf8 {
        /// Where they begin.
        line: u32,
    },
    /// A quoted field without an end.
    #[error("line {line}, column {column}: expected a closing quote, got the end of the table")]
    OpenQuote {
        /// Line of the opening quote.
        line: u32,
        /// Column of it.
        column: u32,
    },
    /// Something between a closing quote and the delimiter.
    #[error("line {line}, column {column}: expected a delimiter after the closing quote")]
    AfterQuote {
        /// Line of the closing quote.
        line: u32,
        /// Column of it.
        column: u32,
    },
    /// More than [`MAX_COLUMNS`].
    #[error("line {line}: expected at most {MAX} columns, got more", MAX = MAX_COLUMNS)]
    TooManyColumns {
        /// The line.
        line: u32,
    },
    /// Nothing to learn from.
    #[error("line {line}: expected at least 2 columns, split by comma, semicolon or tab, got {got}")]
    TooFewColumns {
        /// The first line that is not blank.
        line: u32,
        /// Its columns.
        got: u32,
    },
    /// Lines of different length.
    #[error("line {line}: expected {expected} columns as in the first line, got {got}")]
    Ragged {
        /// The line.
        line: u32,
        /// Columns of the first line.
        expected: u32,
        /// Columns of this line.
        got: u32,
    },
    /// A missing value.
    #[error("{at}: expected a value, got a missing one ({got:?})")]
    Missing {
        /// Where.
        at: Cell,
        /// How it is written there.
        got: String,
    },
    /// A feature, or a target among numbers, that is not a number.
    #[error("{at}: expected a number, with a point before its decimals, got {got:?}")]
    NotANumber {
        /// Where.
        at: Cell,
        /// What stands there.
        got: String,
    },
    /// Infinite, or too large to compute with.
    #[error("{at}: expected a number between -1e30 and 1e30, got {got:?}")]
    NotFinite {
        /// Where.
        at: Cell,
        /// What stands there.
        got: String,
    },
    /// Fewer than [`MIN_ROWS`].
    #[error("expected at least {MIN} rows of data, got {got}", MIN = MIN_ROWS)]
    TooFewRows {
        /// Rows without the header.
        got: u32,
    },
    /// More than [`MAX_CLASSES`].
    #[error("expected at most {MAX} classes in column {name:?}, got {got}", MAX = MAX_CLASSES)]
    TooManyClasses {
        /// Name of the target column.
        name: String,
        /// Different words in it.
        got: u32,
    },
    /// Nothing to tell apart.
    #[error("expected at least 2 different values in column {name:?}, got only {got:?}")]
    ConstantTarget {
        /// Name of the target column.
        name: String,
        /// The only value.
        got: String,
    },
}

impl TableError {
    /// A stable name by which a page translates the message.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "table-too-large",
            Self::NotUtf8 { .. } => "table-not-utf8",
            Self::OpenQuote { .. } => "table-open-quote",
            Self::AfterQuote { .. } => "table-after-quote",
            Self::TooManyColumns { .. } => "table-too-many-columns",
            Self::TooFewColumns { .. } => "table-too-few-columns",
            Self::Ragged { .. } => "table-ragged",
            Self::Missing { .. } => "table-missing",
            Self::NotANumber { .. } => "table-not-a-number",
            Self::NotFinite { .. } => "table-not-finite",
            Self::TooFewRows { .. } => "table-too-few-rows",
            Self::TooManyClasses { .. } => "table-too-many-classes",
            Self::ConstantTarget { .. } => "table-constant-target",
        }
    }
}
