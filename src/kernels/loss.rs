//! Losses over a batch, and their gradients.

use super::lane::Real;
use super::reduce;

/// `½·mean((y − target)²)`; `squares` is scratch of the same length.
pub fn half_mean_square(y: &[f32], target: &[f32], squares: &mut [f32]) -> f32 {
    assert!(y.len() == target.len() && y.len() == squares.len(), "as many targets as outputs");
    for ((square, y), target) in squares.iter_mut().zip(y).zip(target) {
        *square = (y - target) * (y - target);
    }
    0.5 * reduce::sum(squares) / y.len() as f32
}

/// `out = (y − target)/len`.
pub fn half_mean_square_gradient(y: &[f32], target: &[f32], out: &mut [f32]) {
    assert!(y.len() == target.len() && y.len() == out.len(), "as many targets as outputs");
    let share = 1.0 / y.len() as f32;
    for ((out, y), target) in out.iter_mut().zip(y).zip(target) {
        *out = (y - target) * share;
    }
}

/// Mean over the rows of `−ln softmax(logits)[class]`; `logits (batch, classes)`, `class (batch)`
/// holds whole numbers below `classes`; `losses (batch)` is scratch.
pub fn cross_entropy(logits: &[f32], class: &[f32], losses: &mut [f32]) -> f32 {
    let classes = logits.len() / class.len();
    for ((loss, row), &class) in losses.iter_mut().zip(logits.chunks_exact(classes)).zip(class) {
        let (highest, total) = highest_and_total(row);
        *loss = total.ln() + highest - row[class as usize];
    }
    reduce::sum(&losses[..class.len()]) / class.len() as f32
}

/// `out = (softmax(logits) − one-hot(class))/batch`.
pub fn cross_entropy_gradient(logits: &[f32], class: &[f32], out: &mut [f32]) {
    let classes = logits.len() / class.len();
    let share = 1.0 / class.len() as f32;
    for ((out, row), &class) in out.chunks_exact_mut(classes).zip(logits.chunks_exact(classes)).zip(class) {
        let (highest, total) = highest_and_total(row);
        for (out, &logit) in out.iter_mut().zip(row) {
            *out = Real::exp(logit - highest) / total * share;
        }
        out[class as usize] -= share;
    }
}

/// Largest logit and `Σ e^(logit − largest)`: no exponential overflows.
fn highest_and_total(row: &[f32]) -> (f32, f32) {
    let highest = row.iter().fold(f32::NEG_INFINITY, |highest, &logit| Real::max(logit, highest));
    let total = row.iter().fold(0.0, |total, &logit| total + Real::exp(logit - highest));
    (highest, total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cross_entropy_of_equal_logits_is_the_logarithm_of_the_classes() {
        let mut losses = [0.0; 2];
        let loss = cross_entropy(&[5.0; 8], &[0.0, 3.0], &mut losses);
        assert!((loss - 4f32.ln()).abs() < 1e-6);
        let extreme = cross_entropy(&[1000.0, -1000.0], &[1.0], &mut losses);
        assert_eq!(extreme, 2000.0);
        assert!(cross_entropy(&[f32::NAN, 0.0], &[1.0], &mut losses).is_nan());
    }

    #[test]
    fn half_mean_square_is_half_the_mean() {
        assert_eq!(half_mean_square(&[1.0, 3.0], &[0.0, 0.0], &mut [0.0; 2]), 2.5);
    }
}
