//! McCulloch, Pitts (1943), *A logical calculus of the ideas immanent in nervous activity*, Bulletin of
//! Mathematical Biophysics 5, 115–133: what units compute by their thresholds, and what one alone cannot.

use cajal::describe::Declared;
use cajal::neurons::{Input, McCullochPitts, NeuronModel, Stepper};

const PAIRS: [(f64, f64); 4] = [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)];

fn unit(threshold: f64, excited: f64, inhibited: f64) -> f64 {
    let unit = McCullochPitts { threshold }.stepper::<f64>(1.0);
    unit.step(&mut unit.rest(), Input { conductance: inhibited, ..Input::current(excited) }).spike
}

/// Rows of a table that are as wanted.
fn right(table: impl IntoIterator<Item = f64>, wanted: &[f64]) -> usize {
    table.into_iter().zip(wanted).filter(|(ours, wanted)| ours == *wanted).count()
}

#[test]
fn units_answer_as_the_tables_of_logic() {
    let rows = right(PAIRS.map(|(a, b)| unit(2.0, a + b, 0.0)), &[0.0, 0.0, 0.0, 1.0])
        + right(PAIRS.map(|(a, b)| unit(1.0, a + b, 0.0)), &[0.0, 1.0, 1.0, 1.0])
        + right(PAIRS.map(|(a, b)| unit(1.0, a, b)), &[0.0, 0.0, 1.0, 0.0])
        // A unit that is always active excites what the input inhibits.
        + right([0.0, 1.0].map(|a| unit(1.0, 1.0, a)), &[1.0, 0.0]);
    super::assert_meets(&McCullochPitts::DECLARATION.references[0], rows as f64);
}

#[test]
fn one_unit_has_no_exclusive_or_and_two_layers_have() {
    let wanted = [0.0, 1.0, 1.0, 0.0];
    // Each input acts through up to three synapses of either kind.
    let units = (1..=4).flat_map(|threshold| {
        (0..256)
            .map(move |n| (f64::from(threshold), [n & 3, n >> 2 & 3, n >> 4 & 3, n >> 6 & 3].map(f64::from)))
    });
    let most = units.map(|(threshold, [a_excites, b_excites, a_inhibits, b_inhibits])| {
        let table = PAIRS
            .map(|(a, b)| unit(threshold, a * a_excites + b * b_excites, a * a_inhibits + b * b_inhibits));
        right(table, &wanted)
    });
    let most = most.max().expect("units");
    super::assert_meets(&McCullochPitts::DECLARATION.references[1], most as f64);
    let layered = PAIRS.map(|(a, b)| unit(1.0, unit(1.0, a, b) + unit(1.0, b, a), 0.0));
    assert_eq!(layered, wanted);
}
