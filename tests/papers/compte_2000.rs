//! Compte, Brunel, Goldman-Rakic, Wang (2000), Synaptic mechanisms and network dynamics underlying
//! spatial working memory in a cortical network model, Cereb. Cortex 10, 910–923: a cue leaves a bump
//! that stays, and drifts as far as chance takes it.

use cajal::describe::Declared;
use cajal::experiment::circuits::{self, RingAttractor, ring_attractor::CUE_MS};

/// Spikes of the excitatory neurons in each window of so many ms.
fn windows(values: &[(&str, f64)], seed: u64, window_ms: f64, until_ms: f64) -> Vec<Vec<u32>> {
    let mut run = circuits::build("ring-attractor", values, seed, 1 << 28).expect("a circuit");
    let (_, count) = run.network().populations().next().expect("excitatory neurons");
    let mut windows = vec![vec![0; count as usize]; (until_ms / window_ms) as usize];
    while run.network().time_ms() < until_ms {
        run.advance().expect("finite potentials");
        run.network().each_spike(|population, step, neuron| {
            let window = (step as f64 * 0.1 / window_ms) as usize;
            if population == 0 && window < windows.len() {
                windows[window][neuron as usize] += 1;
            }
        });
    }
    windows
}

/// From one place to the other, −180° to 180°.
fn turn(from: f64, to: f64) -> f64 {
    (to - from + 180.0).rem_euclid(360.0) - 180.0
}

#[test]
fn a_bump_stays_where_the_cue_was_and_there_is_none_without_structure() {
    let rate = |counts: &[u32]| f64::from(counts.iter().sum::<u32>()) / counts.len() as f64 / 0.25;
    for cue_deg in [90.0, 355.0] {
        let windows = windows(&[("cue_deg", cue_deg)], 1, 250.0, 3000.0);
        assert!((0.3..5.0).contains(&rate(&windows[1])), "{} Hz", rate(&windows[1]));
        assert!(RingAttractor::place(&windows[1]).1 < 0.2, "nothing before the cue");
        for counts in &windows[4..] {
            let (place, concentration) = RingAttractor::place(counts);
            assert!(concentration > 0.5 && turn(cue_deg, place).abs() < 30.0, "{place}° {concentration}");
        }
    }
    let flat = windows(&[("peak", 1.0)], 1, 250.0, 2000.0);
    assert!(flat[4..].iter().all(|counts| RingAttractor::place(counts).1 < 0.2), "nothing is remembered");
}

#[test]
fn the_drift_grows_with_the_root_of_time() {
    const WINDOW_MS: f64 = 250.0;
    let begin = (CUE_MS[1] / WINDOW_MS) as usize + 1;
    let lags = [1usize, 2, 4, 8];
    let mut squares = [(0.0, 0u32); 4];
    for seed in 1..=16 {
        let all = windows(&[], seed, WINDOW_MS, 5000.0);
        let places: Vec<f64> = all[begin..].iter().map(|counts| RingAttractor::place(counts).0).collect();
        for (lag, (sum, count)) in lags.into_iter().zip(&mut squares) {
            for pair in places.windows(lag + 1) {
                *sum += turn(pair[0], pair[lag]).powi(2);
                *count += 1;
            }
        }
    }
    let drift = squares.map(|(sum, count)| (sum / f64::from(count)).sqrt());
    // Least squares over equally spaced logarithms.
    let logs = drift.map(f64::ln);
    let exponent = (3.0 * (logs[3] - logs[0]) + (logs[2] - logs[1])) / 10.0 / 2.0f64.ln();
    super::assert_meets(&RingAttractor::DECLARATION.references[0], exponent);
}
