//! Oja (1982), A simplified neuron model as a principal component analyzer, J. Math. Biol. 15, 267–273.

use cajal::describe::Declared;
use cajal::learning::plasticity::Oja;
use cajal::rng::{Stream, StreamId};
use cajal::snn::plasticity::RateRule;

#[test]
fn the_weights_become_the_first_principal_component() {
    // Gaussian inputs along three orthogonal directions with standard deviations 2, 1 and 0.5.
    let axes = [
        [2.0 / 3.0, 2.0 / 3.0, 1.0 / 3.0],
        [-2.0 / 3.0, 1.0 / 3.0, 2.0 / 3.0],
        [1.0 / 3.0, -2.0 / 3.0, 2.0 / 3.0],
    ];
    let spread = [2.0, 1.0, 0.5];
    let [length_is, cosine_is] = Oja::DECLARATION.references else { panic!("two references are declared") };
    let (mut lengths, mut cosines) = (Vec::new(), Vec::new());
    for seed in 1..=5 {
        let draws = Stream::new(seed, StreamId::Sample);
        let mut weights = [0.3f64, -0.2, 0.4];
        let steps = 60_000;
        let mut mean = [0.0; 3];
        for step in 0..steps {
            let mut pre = [0.0; 3];
            for (axis, (direction, spread)) in axes.iter().zip(spread).enumerate() {
                let along = spread * draws.normal_f64(step, axis as u64);
                (0..3).for_each(|input| pre[input] += along * direction[input]);
            }
            let post = (0..3).map(|input| weights[input] * pre[input]).sum();
            // The rate falls, as the theorem asks of it.
            let rule = Oja { learning_rate: 0.01 / (1.0 + step as f64 / 1_000.0) };
            rule.update(&mut 0.0, &pre, post, &mut weights);
            if step >= steps / 2 {
                (0..3).for_each(|input| mean[input] += weights[input] / (steps / 2) as f64);
            }
        }
        let length = mean.iter().map(|weight| weight * weight).sum::<f64>().sqrt();
        let cosine = (0..3).map(|input| mean[input] * axes[0][input]).sum::<f64>().abs() / length;
        lengths.push(length);
        cosines.push(cosine);
    }
    super::assert_meets(length_is, super::farthest(length_is, lengths));
    super::assert_meets(cosine_is, super::farthest(cosine_is, cosines));
}
