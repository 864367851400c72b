//! Brown (1911), The intrinsic factors in the act of progression in the mammal, Proc. R. Soc. B 84,
//! 308–319: two half-centres that inhibit each other take turns; Skinner, Kopell, Marder (1994),
//! J. Comput. Neurosci. 1, 69–87, and Wang, Rinzel (1992), Neural Comput. 4, 84–97, for how.

use cajal::describe::Declared;
use cajal::experiment::circuits::{self, HalfCentre, half_centre::NEURONS};

/// When bursts of each side begin and end, ms, after the first two of each.
fn bursts(values: &[(&str, f64)], until_ms: f64) -> [Vec<[f64; 2]>; 2] {
    let mut run = circuits::build("half-centre", values, 1, 1 << 24).expect("a circuit");
    let mut bursts = [Vec::new(), Vec::<[f64; 2]>::new()];
    while run.network().time_ms() < until_ms {
        run.advance().expect("finite potentials");
        run.network().each_spike(|side, step, neuron| {
            assert!(neuron < NEURONS);
            let time_ms = step as f64 * 0.1;
            match bursts[side].last_mut() {
                Some([_, end]) if time_ms - *end < 150.0 => *end = time_ms,
                _ => bursts[side].push([time_ms, time_ms]),
            }
        });
    }
    bursts.map(|bursts| bursts.get(2..).unwrap_or_default().to_vec())
}

#[test]
fn the_sides_take_turns_with_the_period_of_escape() {
    let [period, phase] = HalfCentre::DECLARATION.references else { panic!("two references") };
    for values in [&[][..], &[("tau_w_ms", 2000.0), ("b_pa", 5.0)], &[("b_pa", 7.5)]] {
        let model = HalfCentre::with_values(values.iter().copied()).expect("declared values");
        let derived_ms = model.escape(|drive_pa| model.rate_hz(drive_pa)).period_ms;
        let [left, right] = bursts(values, 40_000.0);
        let cycles = left.len() - 1;
        let ours_ms = (left[cycles][0] - left[0][0]) / cycles as f64;
        assert!(
            (ours_ms / derived_ms - 1.0).abs() < period.tolerance / period.expected,
            "{values:?}: {ours_ms} against {derived_ms} ms"
        );
        if values.is_empty() {
            super::assert_within(period, derived_ms);
            super::assert_meets(period, ours_ms);
        }
        let after = right.iter().filter_map(|burst| {
            let cycle = left.windows(2).find(|cycle| cycle[0][0] <= burst[0] && burst[0] < cycle[1][0])?;
            Some((burst[0] - cycle[0][0]) / (cycle[1][0] - cycle[0][0]))
        });
        let phases: Vec<f64> = after.collect();
        assert!(phases.len() > 2);
        let ours = phases.iter().sum::<f64>() / phases.len() as f64;
        if values.is_empty() {
            super::assert_meets(phase, ours);
        }
        super::assert_within(phase, ours);
    }
}

#[test]
fn without_inhibition_nobody_waits() {
    let [left, right] = bursts(&[("inhibition_ns", 0.0)], 3000.0);
    assert!(left.is_empty() && right.is_empty(), "one burst without an end on each side");
}
