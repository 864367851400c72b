use super::*;
use crate::experiment::Side;
use crate::experiment::edit::Edit;
use crate::experiment::microscope::backward;
use crate::experiment::twin::Twin;
use crate::experiment::twin::tests::{small, train, twin_of};

fn trained() -> Twin {
    let mut twin = twin_of(small());
    train(&mut twin, 200);
    twin
}

#[test]
fn the_units_with_the_largest_outgoing_weights_are_shown_unless_others_are_asked_for() {
    let mut twin = trained();
    let session = &twin.half(Side::Artificial).session;
    let whole = layers(session, &[], 100, false);
    let units = whole[0].shown.len();
    assert_eq!(whole[0].weights, session.parameter(0));
    assert_eq!(
        whole.last().map(|layer| layer.biases.as_slice()),
        Some(session.parameter(2 * whole.len() - 1))
    );
    let some = layers(session, &[], 3, false);
    let least = some[0].shown.iter().map(|&unit| some[0].norms[unit as usize]).fold(f32::MAX, f32::min);
    let beyond = (0..units as u32).filter(|unit| !some[0].shown.contains(unit));
    assert!(
        some[0].shown.len() == 3
            && beyond.map(|unit| whole[0].norms[unit as usize]).all(|norm| norm <= least)
    );
    let asked = layers(session, &[vec![4, 1, 4, 9999]], 3, false);
    assert_eq!(asked[0].shown, [1, 4]);
    let next = units_of(session, 1);
    assert_eq!(asked[1].weights[0], session.parameter(2)[next + asked[1].shown[0] as usize]);

    let hold = Edit::Hold { level: Some(0.0) }.command(session, Side::Artificial, 0, 2).expect("a unit");
    let swap =
        Edit::Swap { kind: "izhikevich".into() }.command(session, Side::Artificial, 0, 3).expect("a kind");
    twin.command(Side::Artificial, hold).expect("a unit");
    twin.command(Side::Artificial, swap).expect("a kind");
    let edited = layers(&twin.half(Side::Artificial).session, &[], 100, false);
    assert_eq!(
        (edited[0].held.as_slice(), edited[0].others.as_slice()),
        (&[(2, 0.0)][..], &[(3, "izhikevich")][..])
    );
}

fn units_of(session: &Session, layer: usize) -> usize {
    widths(session.network())[layer]
}

#[test]
fn a_unit_answers_what_its_formula_says() {
    let mut twin = trained();
    for layer in 0..2 {
        let session = &mut twin.half_mut(Side::Artificial).session;
        let found = unit(session, layer, 1, Split::Test, 5).expect("a unit");
        assert_eq!(found.kind, "tanh");
        let expected = crate::math::tanh(found.drive);
        assert!((found.response - expected).abs() < 1e-4, "{} {expected}", found.response);
        assert_eq!(found.outgoing.len(), units_of(session, layer + 1));
    }
    let session = &mut twin.half_mut(Side::Spiking).session;
    let found = unit(session, 1, 1, Split::Test, 5).expect("a unit");
    assert_eq!(found.kind, "lif");
    assert!(found.inputs.iter().all(|rate| (0.0..=1.0).contains(rate)));
    assert!(
        unit(session, 0, 10_000, Split::Test, 5).is_none() && unit(session, 9, 0, Split::Test, 5).is_none()
    );
}

#[test]
fn curves_rise_and_say_what_was_put_in_the_place_of_what() {
    let mut twin = trained();
    let lif = curve(&twin.half(Side::Spiking).session, 1, 0).expect("a unit");
    assert!(lif.gain.is_some() && lif.rate_hz[0] == 0.0 && lif.rate_hz[POINTS - 1] > 20.0);
    let tanh = curve(&twin.half(Side::Artificial).session, 0, 0).expect("a unit");
    assert!(tanh.response == tanh.activation && tanh.rate_hz.is_empty());
    for kind in ["hodgkin-huxley", "adaptive-exponential", "lif"] {
        let session = &twin.half(Side::Artificial).session;
        let command = Edit::Swap { kind: kind.into() }.command(session, Side::Artificial, 0, 0);
        let command = command.expect("a kind");
        twin.command(Side::Artificial, command).expect("a kind");
        let swapped = curve(&twin.half(Side::Artificial).session, 0, 0).expect("a unit");
        assert_eq!(swapped.activation, tanh.activation);
        assert!(swapped.response[POINTS - 1] > 0.5 && swapped.response[0] < -0.5, "{kind}");
        assert!(swapped.rate_hz.iter().all(|rate| *rate >= 0.0) && !swapped.rate_hz.is_empty());
    }
}

#[test]
fn gradients_are_shown_for_the_units_that_are_shown() {
    let mut twin = trained();
    for side in Side::BOTH {
        let session = &mut twin.half_mut(side).session;
        let whole = session.trace(Split::Train, 2).expect("it fits");
        let shown = vec![vec![1, 3], vec![0, 2]];
        let picture = backward(session, &shown, Some((1, 2)), (Split::Train, 2)).expect("it fits");
        assert_eq!(picture.loss, whole.loss);
        let most = whole.layers[1].d_weights.iter().fold(0.0f32, |most, slope| most.max(slope.abs()));
        assert_eq!(picture.layers[1].largest, most);
        let units = units_of(session, 1);
        assert_eq!(picture.layers[1].weights[1], whole.layers[1].d_weights[units + 2]);
        assert_eq!(picture.layers[0].biases, [whole.layers[0].d_bias[1], whole.layers[0].d_bias[3]]);
        match side {
            Side::Artificial => assert!(picture.in_time.is_none()),
            Side::Spiking => {
                let time = picture.in_time.expect("a spiking unit");
                let steps = time.potential.len();
                assert!(
                    steps > 1
                        && [&time.spikes, &time.surrogate, &time.error, &time.flow]
                            .iter()
                            .all(|part| part.len() == steps)
                );
                assert!(time.surrogate.iter().all(|part| (0.0..=1.0).contains(part)));
            }
        }
    }
}

#[test]
fn a_weight_is_named_by_its_two_ends() {
    let mut twin = trained();
    let edit = |from, value| Edit::Weight { from, value };
    for (from, layer) in [(Some(1), 1), (None, 0), (Some(2), 2)] {
        let session = &twin.half(Side::Spiking).session;
        let command = edit(from, 0.25).command(session, Side::Spiking, layer, 0).expect("a weight");
        twin.command(Side::Spiking, command).expect("a weight");
        let session = &mut twin.half_mut(Side::Spiking).session;
        let found = unit(session, layer as usize, 0, Split::Test, 0).expect("a unit");
        assert_eq!(from.map_or(found.bias, |from| found.weights[from as usize]), 0.25);
    }
    let session = &twin.half(Side::Spiking).session;
    for (from, layer, unit) in [(Some(999), 1, 0), (Some(0), 1, 999), (Some(0), 9, 0), (None, 0, 999)] {
        assert!(edit(from, 0.0).command(session, Side::Spiking, layer, unit).is_err());
    }
}
