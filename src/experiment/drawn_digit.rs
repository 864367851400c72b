//! A digit that somebody draws, brought into the form of MNIST, and what both networks read in it.
//!
//! The digits of MNIST were scaled to fit a square of 20 pixels with their proportions kept, and put into a field
//! of 28 by 28 with their centre of mass in the middle (`LeCun`, Cortes & Burges 1998). The same is done here, by
//! bilinear interpolation. A pixel is its share of full ink, 0 to 1.

use super::Side;
use super::microscope::answers;
use super::twin::Twin;
use crate::session::Responses;

/// Side of the square that a digit fits into.
const BOX: f32 = 20.0;
/// Ink that counts for the extent of a digit.
const FAINT: f32 = 0.1;

/// What a network reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Answers `(classes)`: shares that sum to 1 where the loss is cross-entropy.
    pub output: Vec<f32>,
    /// The class that it names; `None` for numbers.
    pub predicted: Option<u32>,
    /// Spikes of all hidden units.
    pub spikes: u32,
}

/// `(side, side)` as MNIST would have it; without ink it stays as it is.
pub fn normalised(pixels: &[f32], side: usize) -> Vec<f32> {
    assert_eq!(pixels.len(), side * side, "a square of pixels");
    let inked = |at: &usize| pixels[*at] > FAINT;
    let places = || (0..pixels.len()).filter(inked).map(|at| (at % side, at / side));
    let extent = |of: fn((usize, usize)) -> usize| {
        let low = places().map(of).min()?;
        Some((low, places().map(of).max()? + 1 - low))
    };
    let (Some((_, width)), Some((_, height))) = (extent(|(x, _)| x), extent(|(_, y)| y)) else {
        return pixels.to_vec();
    };
    let mut mass = [0.0f32; 3];
    for (at, ink) in pixels.iter().enumerate() {
        let place = [1.0, (at % side) as f32, (at / side) as f32];
        for (sum, part) in mass.iter_mut().zip(place) {
            *sum += ink * part;
        }
    }
    let [ink, x, y] = mass;
    let (x, y) = (x / ink, y / ink);
    let scale = width.max(height) as f32 / (BOX * side as f32 / 28.0);
    let middle = (side as f32 - 1.0) / 2.0;
    let read = |column: i32, row: i32| {
        let inside = (0..side as i32).contains(&column) && (0..side as i32).contains(&row);
        if inside { pixels[row as usize * side + column as usize] } else { 0.0 }
    };
    (0..pixels.len())
        .map(|at| {
            let column = x + ((at % side) as f32 - middle) * scale;
            let row = y + ((at / side) as f32 - middle) * scale;
            let (left, top) = (column.floor(), row.floor());
            let (across, down) = (column - left, row - top);
            let (left, top) = (left as i32, top as i32);
            let upper = read(left, top) * (1.0 - across) + read(left + 1, top) * across;
            let lower = read(left, top + 1) * (1.0 - across) + read(left + 1, top + 1) * across;
            (upper * (1.0 - down) + lower * down).clamp(0.0, 1.0)
        })
        .collect()
}

/// What a network makes of an input in the units of the data.
pub fn read(twin: &mut Twin, side: Side, input: &[f32]) -> Reading {
    let session = &mut twin.half_mut(side).session;
    let task = session.config().task;
    let Responses { output, hidden, .. } = session.respond_to_points(input);
    let output = output.to_vec();
    let fired = |layer: &&[f32]| layer.iter().fold(0.0, |sum, spike| sum + spike);
    let spikes = match side {
        Side::Artificial => 0,
        Side::Spiking => hidden.iter().map(fired).fold(0.0, |sum, spikes| sum + spikes) as u32,
    };
    let predicted = task.predict(&output);
    Reading { output: answers(session.network(), &output), predicted, spikes }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(columns: core::ops::Range<usize>, rows: core::ops::Range<usize>) -> Vec<f32> {
        let inked = |at: usize| columns.contains(&(at % 28)) && rows.contains(&(at / 28));
        (0..784).map(|at| f32::from(inked(at))).collect()
    }

    fn centre(pixels: &[f32]) -> (f32, f32) {
        let ink: f32 = pixels.iter().sum();
        let along = |of: fn(usize) -> usize| {
            pixels.iter().enumerate().map(|(at, ink)| ink * of(at) as f32).sum::<f32>() / ink
        };
        (along(|at| at % 28), along(|at| at / 28))
    }

    #[test]
    fn a_small_stroke_in_a_corner_becomes_as_large_as_the_others_in_the_middle() {
        let seen = normalised(&bar(2..4, 1..11), 28);
        let (x, y) = centre(&seen);
        assert!((x - 13.5).abs() < 0.3 && (y - 13.5).abs() < 0.3, "{x} {y}");
        let rows = (0..28).filter(|row| seen[row * 28..][..28].iter().any(|ink| *ink > 0.5)).count();
        assert!((19..=21).contains(&rows), "{rows}");
    }

    #[test]
    fn what_is_in_its_place_stays_there_and_nothing_stays_nothing() {
        let there = bar(13..15, 4..24);
        let seen = normalised(&there, 28);
        assert!(there.iter().zip(&seen).all(|(a, b)| (a - b).abs() < 1e-4));
        assert_eq!(normalised(&[0.0; 784], 28), [0.0; 784]);
    }
}
