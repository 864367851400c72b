//! Lorente de Nó (1938), Analysis of the activity of the chains of internuncial neurons, J. Neurophysiol. 1,
//! 207–244: impulses circulate in closed chains. Activity outlasts the stimulus if and only if the loop gain
//! is above 1; the figures are those of the branching process that a lap is (Harris 1963, The Theory of
//! Branching Processes).

use cajal::describe::Declared;
use cajal::experiment::circuits::{self, ReverberatingChain, Stimulus};

/// Spikes of the first group in each lap of 20 ms, until `laps` are over.
fn laps(gain: f64, stimulated: f64, seed: u64, laps: usize) -> Vec<f64> {
    let values = [("gain", gain), ("stimulated", stimulated)];
    let mut run = circuits::build("reverberating-chain", &values, seed, 1 << 26).expect("a circuit");
    let mut spikes = vec![0.0; laps];
    while run.network().time_ms() < 20.0 * laps as f64 {
        run.advance().expect("finite");
        run.network().each_spike(|group, step, _| {
            if group == 0 {
                spikes[(step / 40) as usize] += 1.0;
            }
        });
    }
    spikes
}

#[test]
fn activity_outlasts_the_stimulus_if_and_only_if_the_gain_is_above_one() {
    let silent = &ReverberatingChain::DECLARATION.references[3];
    let mut left = Vec::new();
    for seed in 1..=5 {
        for gain in [0.3, 0.6, 0.8] {
            left.push(laps(gain, 100.0, seed, 101)[100]);
        }
        for gain in [1.5, 2.0, 4.0] {
            let last = laps(gain, 100.0, seed, 101)[100];
            assert!(last > 100.0, "gain {gain}, seed {seed}: {last} spikes in the last lap");
        }
        assert_eq!(laps(2.0, 0.0, seed, 20), [0.0; 20], "nothing comes of nothing");
    }
    super::assert_meets(silent, super::farthest(silent, left));
}

/// Twenty spikes at a time, so that few of the two thousand units of a group are excited.
#[test]
fn the_declared_gain_is_that_of_a_lap() {
    let values = [("gain", 0.8), ("stimulated", 0.0)];
    let mut run = circuits::build("reverberating-chain", &values, 1, 1 << 26).expect("a circuit");
    let (mut before, mut after) = (0.0, 0.0);
    for trial in 0..200 {
        let from_ms = run.network().time_ms();
        let neurons = trial * 97 % 1980..trial * 97 % 1980 + 20;
        run.stimulate(Stimulus { population: 0, neurons, from_ms, until_ms: from_ms + 5.0, current: 100.0 });
        // Four windows of 5 ms are a lap.
        let mut laps = [0.0; 12];
        for lap in &mut laps {
            for _ in 0..4 {
                run.advance().expect("finite");
                *lap += run.network().spikes()[0].count() as f64;
            }
        }
        before += laps[..11].iter().sum::<f64>();
        after += laps[1..].iter().sum::<f64>();
        // What is left of a trial would count as caused by the next one.
        while run.network().spikes().iter().any(|spikes| spikes.count() > 0) {
            run.advance().expect("finite");
        }
    }
    super::assert_meets(&ReverberatingChain::DECLARATION.references[0], after / before);
}

#[test]
fn what_goes_round_fills_the_share_where_gain_and_saturation_meet() {
    for (reference, gain) in ReverberatingChain::DECLARATION.references[1..].iter().zip([1.5, 4.0]) {
        let spikes = laps(gain, 100.0, 1, 200);
        super::assert_meets(reference, spikes[50..].iter().sum::<f64>() / 150.0 / 2000.0);
    }
}
