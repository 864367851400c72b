//! Georgopoulos, Schwartz, Kettner (1986), Neuronal population coding of movement direction, Science 233,
//! 1416–1419; Georgopoulos, Kalaska, Caminiti, Massey (1982), J. Neurosci. 2, 1527–1537, for the cosine;
//! Seung, Sompolinsky (1993), Proc. Natl. Acad. Sci. USA 90, 10749–10753, for the error.

use cajal::describe::Declared;
use cajal::experiment::circuits::{self, PopulationVector};

const TIME_MS: f64 = 512.0;

/// Spikes of each neuron.
fn counts(values: &[(&str, f64)], seed: u64) -> Vec<u32> {
    let mut run = circuits::build("population-vector", values, seed, 1 << 26).expect("a circuit");
    let neurons: u32 = run.network().populations().map(|(_, count)| count).sum();
    let mut counts = vec![0; neurons as usize];
    while run.network().time_ms() < TIME_MS {
        run.advance().expect("finite potentials");
        run.network().each_spike(|_, _, neuron| counts[neuron as usize] += 1);
    }
    assert_eq!(run.network().time_ms(), TIME_MS);
    counts
}

#[test]
fn the_error_falls_with_the_root_of_the_number_of_neurons() {
    let [exponent, error, _] = PopulationVector::DECLARATION.references else { panic!("three references") };
    let numbers = [16.0f64, 64.0, 256.0, 1024.0];
    const TRIALS: u32 = 72;
    let errors_deg = numbers.map(|count| {
        let squares = (0..TRIALS).map(|trial| {
            let direction_deg = 5.0 * f64::from(trial);
            let model = PopulationVector { direction_deg, count, ..PopulationVector::default() };
            let spikes =
                counts(&[("direction_deg", direction_deg), ("count", count)], 1000 + u64::from(trial));
            let off = (model.decoded_deg(&spikes, TIME_MS) - direction_deg + 540.0).rem_euclid(360.0) - 180.0;
            off * off
        });
        (squares.sum::<f64>() / f64::from(TRIALS)).sqrt()
    });
    // Least squares over equally spaced logarithms: the outer two weigh three times as much.
    let logs = errors_deg.map(f64::ln);
    let slope = (3.0 * (logs[3] - logs[0]) + (logs[2] - logs[1])) / 10.0 / 4.0f64.ln();
    super::assert_meets(exponent, slope);
    super::assert_meets(error, errors_deg[2]);
}

#[test]
fn each_neuron_is_tuned_to_a_direction_as_a_cosine() {
    let reference = &PopulationVector::DECLARATION.references[2];
    let mut rates = vec![[0.0f64; 8]; 16];
    for (place, direction) in (0..8).map(|place| (place, 45.0 * place as f64)) {
        for seed in 1..=10 {
            let spikes = counts(&[("direction_deg", direction), ("count", 16.0)], seed);
            rates.iter_mut().zip(spikes).for_each(|(rates, spikes)| rates[place] += f64::from(spikes));
        }
    }
    let explained = |rates: &[f64; 8]| {
        let project = |of: fn(f64) -> f64| {
            (0..8).map(|place| rates[place] * of((45.0 * place as f64).to_radians())).sum::<f64>() / 4.0
        };
        let (mean, cosine, sine) = (rates.iter().sum::<f64>() / 8.0, project(f64::cos), project(f64::sin));
        let total: f64 = rates.iter().map(|rate| (rate - mean).powi(2)).sum();
        4.0 * (cosine * cosine + sine * sine) / total
    };
    let mean = rates.iter().map(explained).sum::<f64>() / 16.0;
    super::assert_meets(reference, mean);
}
