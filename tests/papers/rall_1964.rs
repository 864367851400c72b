//! Rall (1964), *Theoretical significance of dendritic trees for neuronal input-output relations*, in
//! Reiss, Neural Theory and Modeling, figure 7: the order of inputs on a dendrite. Branco, Clark,
//! Häusser (2010), *Dendritic discrimination of temporal input sequences in cortical neurons*, Science
//! 329, 1671–1675: NMDA receptors sharpen it. The order of the peaks is held, no height.

use cajal::describe::Declared;
use cajal::neurons::compartments::DirectionSelective;
use cajal::neurons::compartments::direction_selective::Direction;

fn peaks(dendrite: DirectionSelective) -> [(f64, f64); 3] {
    [Direction::Toward, Direction::Together, Direction::Away].map(|direction| {
        let peak = dendrite.somatic_peak(direction).expect("finite potentials");
        let share = (peak.potential_mv - dendrite.rest_mv) / (dendrite.reversal_mv - dendrite.rest_mv);
        println!("{direction:?}: {share} at {} ms", peak.at_ms);
        (share, peak.at_ms)
    })
}

#[test]
fn inputs_toward_the_soma_give_the_higher_and_later_peak() {
    let [toward, together, away] = peaks(DirectionSelective::default());
    assert!(toward.0 > 1.2 * away.0, "{toward:?} against {away:?}");
    assert!(toward.0 > together.0 && together.0 > away.0, "{together:?} lies between");
    assert!(toward.1 > away.1 && together.1 > away.1, "times of the peaks");
}

#[test]
fn order_matters_most_at_one_speed_and_not_where_inputs_are_close() {
    let ratio = |dendrite: DirectionSelective| {
        let [toward, _, away] = peaks(dendrite);
        toward.0 / away.0
    };
    let ordinary = ratio(DirectionSelective::default());
    let close = ratio(DirectionSelective { spacing: 0.02, ..DirectionSelective::default() });
    let slow = ratio(DirectionSelective { interval_ms: 50.0, ..DirectionSelective::default() });
    let fast = ratio(DirectionSelective { interval_ms: 0.5, ..DirectionSelective::default() });
    println!("ordinary {ordinary}, close {close}, slow {slow}, fast {fast}");
    assert!(close < 1.05 && slow < ordinary && fast < ordinary);
}

#[test]
fn nmda_channels_sharpen_the_preference() {
    let ratio = |dendrite: DirectionSelective| {
        let [toward, _, away] = peaks(dendrite);
        toward.0 / away.0
    };
    let passive = ratio(DirectionSelective::default());
    let nmda = ratio(DirectionSelective::preset("nmda").expect("a preset"));
    println!("{passive} against {nmda}");
    assert!(nmda > 1.1 * passive);
}
