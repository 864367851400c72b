//! What ours came to: for every declared reference, the number that its test measured.
//!
//! A row is `model, ours, what`, with tabs between, in the order of the catalogue; `what` is that of the
//! [`Reference`], which is unique within its model. Units are the reference's. Where a reference is
//! measured several times (seeds, rates, steps), the row holds the value farthest from it. The table is
//! written by the tests of `tests/papers`, which also hold every run to it, so that a page may show the
//! numbers without running for minutes. Floor F4.
//!
//! ```
//! use cajal::catalogue::measured;
//! let rate = measured::all().find(|row| row.model == "hodgkin-huxley" && row.what.starts_with("rate at 10"));
//! assert!(rate.is_some_and(|row| (row.ours - 68.4).abs() < 0.5)); // Hz
//! ```

use super::declarations;
use crate::decimal;
use crate::describe::Reference;

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured<'a> {
    /// Id of the model.
    pub model: &'a str,
    /// What was measured, in the words of the reference.
    pub what: &'a str,
    /// What it came to, in the reference's unit.
    pub ours: f64,
}

/// How far, in parts of it, a measurement may be from its row: runs are deterministic, but tests also use
/// the logarithms of the machine, whose last digits differ.
pub const SAME: f64 = 1e-9;

const TABLE: &str = include_str!("measured.txt");

impl Measured<'_> {
    /// Whether a run that came to `ours` agrees with this row: to [`SAME`], of the row or, where that is
    /// about zero, of what the reference tolerates.
    #[must_use]
    pub fn agrees(&self, reference: &Reference, ours: f64) -> bool {
        (ours - self.ours).abs() <= SAME * self.ours.abs().max(reference.tolerance)
    }
}

/// Reads a table; lines that are none are passed over, and are missed by the tests.
pub fn parse(table: &str) -> impl Iterator<Item = Measured<'_>> {
    table.lines().filter_map(|line| {
        let mut fields = line.splitn(3, '\t');
        let (model, ours, what) = (fields.next()?, fields.next()?, fields.next()?);
        Some(Measured { model, what, ours: decimal::parse(ours)? })
    })
}

/// Every row, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = Measured<'static>> {
    parse(TABLE)
}

/// The row of a reference of a model.
#[must_use]
pub fn of(model: &str, reference: &Reference) -> Option<Measured<'static>> {
    all().find(|row| row.model == model && row.what == reference.what)
}

/// The table with these rows, those of the present one where none is given: what renews the file.
/// References that are declared no more lose their rows.
#[must_use]
pub fn renewed<'a>(present: &'a str, newer: &'a [Measured<'a>]) -> String {
    let mut text = String::new();
    for model in declarations() {
        for reference in model.references {
            let mine = |row: &Measured<'_>| row.model == model.id && row.what == reference.what;
            let row = newer.iter().copied().rev().find(mine).or_else(|| parse(present).find(mine));
            if let Some(Measured { model, what, ours }) = row {
                // `{}` writes the shortest digits that read back as the same number.
                text.push_str(&format!("{model}\t{ours}\t{what}\n"));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_has_a_row_within_its_tolerance_and_no_row_is_left_over() {
        let mut declared = Vec::new();
        for model in declarations() {
            for reference in model.references {
                let row = of(model.id, reference);
                let row =
                    row.unwrap_or_else(|| panic!("{}: no test measured “{}”", model.id, reference.what));
                assert!((row.ours - reference.expected).abs() <= reference.tolerance, "{row:?}");
                declared.push((model.id, reference.what));
            }
        }
        // Lines that were merged may stand in another order until the table is renewed.
        let mut rows: Vec<(&str, &str)> = all().map(|row| (row.model, row.what)).collect();
        rows.sort_unstable();
        declared.sort_unstable();
        assert_eq!(rows, declared, "the table and the references that are declared");
        assert_eq!(TABLE.lines().count(), rows.len(), "every line is a row");
        declared.dedup();
        assert_eq!(declared.len(), rows.len(), "a model says the same of two references");
    }

    #[test]
    fn a_table_is_renewed_row_by_row() {
        let present = renewed(TABLE, &[]);
        let first = parse(&present).next().expect("a row");
        let newer = [Measured { ours: 0.1 + 0.2, ..first }, Measured { model: "none", ..first }];
        let text = renewed(TABLE, &newer);
        let rows: Vec<Measured<'_>> = parse(&text).collect();
        assert_eq!(rows[0].ours, 0.1 + 0.2);
        assert_eq!((&rows[1..], rows.len()), (&parse(&present).collect::<Vec<_>>()[1..], all().count()));
        let orphan = format!("{TABLE}none\t1\tnothing\n");
        assert_eq!(renewed(&orphan, &[]), present);
    }

    #[test]
    fn agreement_is_relative_and_survives_zero() {
        let reference = declarations().flat_map(|model| model.references).next().expect("a reference");
        let row = |ours| Measured { model: "", what: "", ours };
        assert!(row(68.4).agrees(reference, 68.4 * (1.0 + 1e-10)));
        assert!(!row(68.4).agrees(reference, 68.4 * (1.0 + 1e-8)));
        assert!(row(0.0).agrees(&Reference { tolerance: 1e-3, ..*reference }, 1e-13));
        assert!(!row(0.0).agrees(reference, f64::NAN));
    }
}
