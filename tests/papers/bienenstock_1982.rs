//! Bienenstock, Cooper, Munro (1982), Theory for the development of neuron selectivity, J. Neurosci. 2,
//! 32–48, with the sliding threshold of Intrator, Cooper (1992), Neural Netw. 5, 3–17.

use cajal::describe::Declared;
use cajal::learning::plasticity::Bcm;
use cajal::rng::{Stream, StreamId};
use cajal::snn::plasticity::RateRule;

/// Four patterns that overlap and are linearly independent.
const PATTERNS: [[f64; 4]; 4] =
    [[1.0, 0.4, 0.2, 0.1], [0.3, 1.0, 0.4, 0.2], [0.1, 0.3, 1.0, 0.4], [0.2, 0.1, 0.3, 1.0]];

fn response(weights: &[f64; 4], pattern: &[f64; 4]) -> f64 {
    weights.iter().zip(pattern).map(|(weight, rate)| weight * rate).sum()
}

#[test]
fn a_unit_chooses_one_pattern_and_its_threshold_slides() {
    let rule = Bcm { learning_rate: 5e-4, window: 200.0 };
    let references = Bcm::DECLARATION.references;
    let (mut chosen, mut found) = (Vec::new(), [const { Vec::new() }; 3]);
    for seed in 1..=5 {
        let draws = Stream::new(seed, StreamId::Sample);
        let (mut threshold, mut weights) = (0.0f64, [0.0; 4]);
        weights
            .iter_mut()
            .enumerate()
            .for_each(|(input, weight)| *weight = draws.uniform_f64(0, input as u64));
        let steps = 200_000;
        let (mut square, mut slid) = (0.0, 0.0);
        for step in 1..=steps {
            let pattern = &PATTERNS[draws.below(step, 9, 4) as usize];
            let post = response(&weights, pattern);
            if step > steps / 2 {
                (square, slid) = (square + post * post, slid + threshold);
            }
            rule.update(&mut threshold, pattern, post, &mut weights);
        }
        let responses = PATTERNS.map(|pattern| response(&weights, &pattern));
        let best = (0..4).fold(0, |best, next| if responses[next] > responses[best] { next } else { best });
        let others = (0..4).filter(|&other| other != best).map(|other| responses[other].abs());
        let ours = [responses[best], others.fold(0.0, f64::max), slid / square];
        found.iter_mut().zip(ours).for_each(|(found, ours)| found.push(ours));
        chosen.push(best);
    }
    for (reference, found) in references.iter().zip(found) {
        super::assert_meets(reference, super::farthest(reference, found));
    }
    chosen.sort_unstable();
    chosen.dedup();
    assert!(chosen.len() > 1, "the beginning decides which pattern is chosen, not the rule: {chosen:?}");
}
