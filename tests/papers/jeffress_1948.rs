//! Jeffress (1948), A place theory of sound localization, J. Comp. Physiol. Psychol. 41, 35–39: the
//! detector that answers most is the one whose delay lines make up for the difference of arrival; and
//! Woodworth (1938), Experimental Psychology, for how large that is.

use cajal::describe::Declared;
use cajal::experiment::circuits::{self, Jeffress, jeffress};

/// Spikes of each detector.
fn counts(values: &[(&str, f64)], seed: u64) -> Vec<u32> {
    let mut run = circuits::build("jeffress", values, seed, 1 << 24).expect("a circuit");
    let mut counts = vec![0; 2 * jeffress::SIDE as usize + 1];
    while run.network().time_ms() < jeffress::TONE_MS + 5.0 {
        run.advance().expect("finite potentials");
        run.network().each_spike(|population, _, neuron| {
            if population == jeffress::DETECTORS {
                counts[neuron as usize] += 1;
            }
        });
    }
    counts
}

#[test]
fn the_place_of_the_answer_is_the_difference_of_arrival() {
    let [largest, place] = Jeffress::DECLARATION.references else { panic!("two references") };
    let at = |azimuth_deg: f64| Jeffress { azimuth_deg, ..Jeffress::default() }.itd_us();
    super::assert_meets(largest, at(90.0));
    let angles = [-80.0, -60.0, -40.0, -20.0, -10.0, -5.0, 0.0, 5.0, 10.0, 20.0, 40.0, 60.0, 80.0];
    let mut squares = 0.0;
    for (angle, seed) in angles.into_iter().zip(1..) {
        let ours = Jeffress::place_us(&counts(&[("azimuth_deg", angle)], seed));
        squares += (ours - at(angle)).powi(2) / angles.len() as f64;
    }
    super::assert_meets(place, squares.sqrt());
}

#[test]
fn only_coincidence_makes_a_detector_fire() {
    let counts = counts(&[("azimuth_deg", 0.0)], 1);
    let (middle, ends) =
        (counts[jeffress::SIDE as usize], counts[0].max(counts[2 * jeffress::SIDE as usize]));
    // 200 cycles.
    assert!(middle > 120 && ends < middle / 4, "{middle} in the middle, {ends} at the ends");
}
