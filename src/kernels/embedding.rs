//! Rows of a table, looked up by number.

use crate::parallel;

/// Rows handed to a thread at a time hold about this many numbers.
const BLOCK: usize = 4096;

/// `out (count, n)` = the rows of `table (vocabulary, n)` that `indices (count)` name, whole numbers
/// below `vocabulary`.
///
/// # Panics
/// If an index is too large or the slices do not fit.
pub fn gather(n: usize, table: &[f32], indices: &[f32], out: &mut [f32]) {
    assert_eq!(out.len(), indices.len() * n, "a row for each index");
    if n == 0 {
        return;
    }
    let (rows, cost) = (BLOCK.div_ceil(n), out.len());
    parallel::for_each_block(out, rows * n, cost, |block, out| {
        for (out, &index) in out.chunks_exact_mut(n).zip(&indices[block * rows..]) {
            out.copy_from_slice(row(n, table, index));
        }
    });
}

fn row(n: usize, table: &[f32], index: f32) -> &[f32] {
    let vocabulary = table.len() / n;
    assert!((index as usize) < vocabulary, "row {index} of {vocabulary}");
    &table[index as usize * n..][..n]
}

/// `dtable (vocabulary, n)` = for each row the sum, in order, of the rows of `dy (count, n)` that
/// were taken from it; 0 for those that nobody took. Threads share the table, and each looks through
/// all indices.
///
/// # Panics
/// If an index is too large or the slices do not fit.
pub fn gather_gradient(n: usize, dy: &[f32], indices: &[f32], dtable: &mut [f32]) {
    assert_eq!(dy.len(), indices.len() * n, "a row for each index");
    if n == 0 {
        return;
    }
    let vocabulary = dtable.len() / n;
    assert!(indices.iter().all(|&index| (index as usize) < vocabulary), "rows below {vocabulary}");
    let (rows, cost) = (vocabulary.div_ceil(8).max(1), 2 * dy.len() + dtable.len());
    parallel::for_each_block(dtable, rows * n, cost, |block, out| {
        out.fill(0.0);
        for (dy, &index) in dy.chunks_exact(n).zip(indices) {
            let from = (index as usize).wrapping_sub(block * rows).saturating_mul(n);
            if let Some(out) = out.get_mut(from..from.saturating_add(n)) {
                super::elementwise::add_assign(dy, out);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::held::{LENGTHS, dot, gradient, hard_numbers, plain_numbers, same_bits};
    use crate::kernels::reference::embedding as twin;

    #[test]
    fn rows_match_their_twins_bit_by_bit() {
        for n in LENGTHS {
            for (vocabulary, count) in [(1, 3), (5, 0), (17, 40), (100, 3)] {
                let table = hard_numbers(vocabulary * n, 1);
                let indices: Vec<f32> = (0..count).map(|at| (at * 7 % vocabulary) as f32).collect();
                let (mut ours, mut other) = (vec![9.0; count * n], vec![9.0; count * n]);
                gather(n, &table, &indices, &mut ours);
                twin::gather(n, &table, &indices, &mut other);
                same_bits(&format!("{count} of {vocabulary}×{n}"), &ours, &other);
                let dy = hard_numbers(count * n, 2);
                let (mut ours, mut other) = (vec![9.0; vocabulary * n], vec![9.0; vocabulary * n]);
                gather_gradient(n, &dy, &indices, &mut ours);
                twin::gather_gradient(n, &dy, &indices, &mut other);
                same_bits(&format!("back into {vocabulary}×{n}"), &ours, &other);
            }
        }
    }

    #[test]
    fn gradients_are_those_of_differences() {
        let (n, indices) = (3, [2.0, 0.0, 2.0, 4.0]);
        let (table, dy) = (plain_numbers(5 * n, 1), plain_numbers(4 * n, 2));
        let mut dtable = vec![9.0; 5 * n];
        gather_gradient(n, &dy, &indices, &mut dtable);
        gradient("table", &table, &dtable, |table| {
            let rows = indices.iter().flat_map(|&index| &table[index as usize * n..][..n]);
            dot(&rows.copied().collect::<Vec<_>>(), &dy)
        });
    }

    #[test]
    #[should_panic(expected = "row 5 of 5")]
    fn a_row_that_is_not_there() {
        gather(2, &[0.0; 10], &[5.0], &mut [0.0; 2]);
    }
}
