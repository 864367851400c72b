//! Bellec, Kappel, Maass, Legenstein (2018), Deep rewiring: training very sparse deep networks, ICLR,
//! arXiv:1711.05136: the number of synapses is constant, and they find the places where they help.

use cajal::describe::Declared;
use cajal::learning::plasticity::{Rewiring, Wiring};
use cajal::rng::{Stream, StreamId};

const PLACES: u32 = 100;
const SYNAPSES: usize = 10;

#[test]
fn ten_synapses_find_the_ten_inputs_of_a_teacher() {
    let references = Rewiring::DECLARATION.references;
    let rule = Rewiring { learning_rate: 0.02, shrinkage: 0.02, temperature: 2e-5 };
    let (mut found, mut places) = (0.0, Vec::new());
    for seed in 1..=5 {
        let draws = Stream::new(seed, StreamId::Weights);
        let inputs = Stream::new(seed, StreamId::Sample);
        let mut wiring = Wiring::new(PLACES, SYNAPSES as u32, 0.1, draws);
        // The teacher's weights are ±1, with the signs that these connections can have.
        let teacher: Vec<u32> = inputs.permutation(0, PLACES)[..SYNAPSES].to_vec();
        let desired: Vec<(u32, f32)> = teacher.iter().map(|&place| (place, wiring.sign(place))).collect();
        let by_chance = wiring.synapses().iter().filter(|synapse| teacher.contains(&synapse.place)).count();
        assert!(by_chance <= 4, "chance has found {by_chance}");
        for step in 0..20_000u64 {
            let mut gradient = [0.0f32; SYNAPSES];
            for example in 0..8 {
                let input =
                    |place: u32| inputs.normal_f32(1 + step, example * u64::from(PLACES) + u64::from(place));
                let ours: f32 = wiring
                    .synapses()
                    .iter()
                    .map(|&synapse| wiring.weight(synapse) * input(synapse.place))
                    .sum();
                let error = ours - desired.iter().map(|&(place, weight)| weight * input(place)).sum::<f32>();
                for (gradient, synapse) in gradient.iter_mut().zip(wiring.synapses()) {
                    *gradient += error * input(synapse.place) / 8.0;
                }
            }
            rule.step(&mut wiring, &gradient, step, draws);
            places.push(wiring.synapses().len() as f64 / SYNAPSES as f64);
        }
        found += overlap(&wiring, &teacher) / 5.0;
    }
    super::assert_meets(&references[0], super::farthest(&references[0], places));
    super::assert_meets(&references[1], found);
}

/// Part of the teacher's places that hold a synapse of some weight.
fn overlap(wiring: &Wiring, teacher: &[u32]) -> f64 {
    let held = |place: &&u32| {
        wiring.synapses().iter().any(|synapse| synapse.place == **place && synapse.theta > 0.3)
    };
    let count = teacher.iter().filter(held).count();
    count as f64 / teacher.len() as f64
}
