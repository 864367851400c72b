//! Brette et al. (2007), Simulation of networks of spiking neurons: a review of tools and strategies,
//! J. Comput. Neurosci. 23, 349–398: benchmark 2, held to what Brian2 2.9 gives for it.

use cajal::describe::Declared;
use cajal::experiment::circuits::{self, Cuba};
use cajal::snn::monitors::intervals::{cv, intervals_ms};

#[test]
fn the_current_based_network_is_asynchronous_and_irregular() {
    let mut run = circuits::build("cuba", &[], 1, 1 << 28).expect("a circuit");
    let mut times_ms: Vec<Vec<f64>> = vec![Vec::new(); 4000];
    while run.network().time_ms() < 1200.0 {
        run.advance().expect("finite potentials");
        run.network().each_spike(|population, step, neuron| {
            times_ms[population * 3200 + neuron as usize].push(step as f64 * 0.1);
        });
    }
    times_ms.iter_mut().for_each(|times| times.retain(|&time| time >= 200.0));
    let [rate, irregularity] = Cuba::DECLARATION.references else { panic!("two references") };
    super::assert_meets(rate, times_ms.iter().map(Vec::len).sum::<usize>() as f64 / 4000.0);
    let known: Vec<f64> = times_ms
        .iter()
        .filter(|times| times.len() > 2)
        .filter_map(|times| cv(&intervals_ms(times)))
        .collect();
    super::assert_meets(irregularity, known.iter().sum::<f64>() / known.len() as f64);
}
