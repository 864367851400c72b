//! Stein (1965), A theoretical analysis of neuronal variability, Biophys. J. 5, 173–194: inputs are
//! Poisson trains, whose counts vary as much as their mean.

use cajal::describe::Declared;
use cajal::rng::{Stream, StreamId};
use cajal::snn::inputs::{Poisson, Train};

#[test]
fn counts_vary_as_much_as_their_mean() {
    let reference = Poisson::DECLARATION.references[0];
    let found = [50.0, 2_000.0, 20_000.0, 1_000_000.0].map(|rate_hz| {
        let stream = Stream::new(31, StreamId::Poisson);
        let poisson = Poisson { rate_hz }.counts(stream, 0.1).expect("a rate in range");
        let mut counts = vec![0.0f32; 12_500];
        let (mut sum, mut squares) = (0.0, 0.0);
        let steps = 400;
        for step in 0..steps {
            poisson.fill_counts(step, 0, &mut counts);
            for &count in &counts {
                sum += f64::from(count);
                squares += f64::from(count) * f64::from(count);
            }
        }
        let n = 12_500.0 * steps as f64;
        let mean = sum / n;
        (squares / n - mean * mean) / mean
    });
    super::assert_meets(&reference, super::farthest(&reference, found));
}
