//! Twins of [`crate::kernels::tally`].

use crate::kernels::tally::{STRIP, Strip};

/// Twin of [`crate::kernels::tally::add_counts`].
pub fn add_counts(strips: &[Strip], across: usize, rows: &[u32], weight: f32, sums: &mut [f32]) {
    let is_set =
        |row: u32, place: usize| strips[row as usize * across + place / STRIP].contains(place % STRIP);
    let alone = rows.len() == 1;
    // A count is written down before it is larger than a byte.
    for rows in rows.chunks(248) {
        for (place, sum) in sums.iter_mut().enumerate() {
            let set = rows.iter().filter(|&&row| is_set(row, place)).count();
            if !alone || set > 0 {
                *sum += set as f32 * weight;
            }
        }
    }
}
