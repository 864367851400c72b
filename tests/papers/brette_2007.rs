//! Brette et al. (2007), Simulation of networks of spiking neurons: a review of tools and strategies,
//! J. Comput. Neurosci. 23, 349–398: benchmarks 1 and 2, held to what Brian2 2.9 gives for them.

use cajal::describe::Declared;
use cajal::experiment::circuits::{self, Coba, Cuba};
use cajal::snn::monitors::intervals::{cv, intervals_ms};

/// Mean rate, Hz, and mean CV of intervals of 4,000 neurons over a second from `settled_ms` on, and spikes in
/// its second half.
fn observe(id: &str, values: &[(&str, f64)], seed: u64, settled_ms: f64) -> (f64, f64, usize) {
    let mut run = circuits::build(id, values, seed, 1 << 28).expect("a circuit");
    let mut times_ms: Vec<Vec<f64>> = vec![Vec::new(); 4000];
    while run.network().time_ms() < settled_ms + 1000.0 {
        run.advance().expect("finite potentials");
        run.network().each_spike(|population, step, neuron| {
            times_ms[population * 3200 + neuron as usize].push(step as f64 * 0.1);
        });
    }
    times_ms.iter_mut().for_each(|times| times.retain(|&time| time >= settled_ms));
    let known: Vec<f64> = times_ms
        .iter()
        .filter(|times| times.len() > 2)
        .filter_map(|times| cv(&intervals_ms(times)))
        .collect();
    let late = times_ms.iter().flatten().filter(|&&time| time >= settled_ms + 500.0).count();
    let rate = times_ms.iter().map(Vec::len).sum::<usize>() as f64 / 4000.0;
    (rate, known.iter().sum::<f64>() / known.len() as f64, late)
}

#[test]
fn the_current_based_network_is_asynchronous_and_irregular() {
    let (rate, irregularity, _) = observe("cuba", &[], 1, 200.0);
    super::assert_meets(&Cuba::DECLARATION.references[0], rate);
    super::assert_meets(&Cuba::DECLARATION.references[1], irregularity);
}

/// Whether activity outlasts the kick depends on the seed, as it does in Brian2; where it does, it has one rate.
#[test]
fn the_conductance_based_network_is_active_or_silent() {
    let [active, irregular, silent] = Coba::DECLARATION.references else { panic!("three references") };
    let (mut rates, mut irregularities) = (Vec::new(), Vec::new());
    for seed in 1..=8 {
        let (rate, irregularity, late) = observe("coba", &[], seed, 250.0);
        if late > 0 {
            super::assert_within(active, rate);
            super::assert_within(irregular, irregularity);
            rates.push(rate);
            irregularities.push(irregularity);
        }
    }
    assert!((2..8).contains(&rates.len()), "{} of 8 seeds stay active", rates.len());
    super::assert_meets(active, super::farthest(active, rates));
    super::assert_meets(irregular, super::farthest(irregular, irregularities));
    super::assert_meets(silent, observe("coba", &[("kick_mv", 0.0)], 1, 250.0).0);
}
