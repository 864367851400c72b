//! Pfister, Gerstner (2006), Triplets of spikes in a model of spike timing-dependent plasticity,
//! J. Neurosci. 26, 9673–9682: the frequency curve of 60 pairs, against the definition of the rule and
//! against Sjöström, Turrigiano, Nelson (2001), Neuron 32, 1149–1164 (figure 7B and its errors of the
//! mean).

use cajal::describe::Declared;
use cajal::learning::plasticity::TripletStdp;
use cajal::snn::plasticity::{Arrival, Firing, Modulation, Plasticity, SpikeRule, Traces};

const FREQUENCIES_HZ: [f64; 5] = [0.1, 10.0, 20.0, 40.0, 50.0];
const PAIRS: usize = 60;

/// Times of presynaptic and postsynaptic spikes, the post one `lag_ms` after the pre one.
fn trains(frequency_hz: f64, lag_ms: f64) -> (Vec<f64>, Vec<f64>) {
    let pre: Vec<f64> = (0..PAIRS).map(|pair| 100.0 + pair as f64 * 1000.0 / frequency_hz).collect();
    let post = pre.iter().map(|time| time + lag_ms).collect();
    (pre, post)
}

/// The change by the definition: sums over all earlier spikes, in f64.
fn defined(model: &TripletStdp, frequency_hz: f64, lag_ms: f64) -> f64 {
    let (pre, post) = trains(frequency_hz, lag_ms);
    let trace = |spikes: &[f64], now: f64, tau_ms: f64| -> f64 {
        spikes.iter().filter(|&&time| time < now).map(|time| (-(now - time) / tau_ms).exp()).sum()
    };
    let gain: f64 = post
        .iter()
        .map(|&now| {
            let triplets = model.a2_plus + model.a3_plus * trace(&post, now, model.tau_y_ms);
            trace(&pre, now, model.tau_plus_ms) * triplets
        })
        .sum();
    let loss: f64 = pre
        .iter()
        .map(|&now| {
            let triplets = model.a2_minus + model.a3_minus * trace(&pre, now, model.tau_x_ms);
            trace(&post, now, model.tau_minus_ms) * triplets
        })
        .sum();
    gain - loss
}

/// The change by the rule that the simulator calls.
fn learned(model: &TripletStdp, frequency_hz: f64, lag_ms: f64) -> f64 {
    let rule = model.rule();
    let (pre_times, post_times) = trains(frequency_hz, lag_ms);
    let mut events: Vec<(f64, bool)> = pre_times.iter().map(|&time| (time, true)).collect();
    events.extend(post_times.iter().map(|&time| (time, false)));
    events.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut pre, mut post) = (Traces::new(1, 2), Traces::new(1, 2));
    let (mut weights, modulation) = ([1.0f32], Modulation::default());
    for (time_ms, arrives) in events {
        if arrives {
            let (weights, eligibility) = (&mut weights[..], &mut [][..]);
            let row = Arrival { source: 0, time_ms, targets: &[0u16], weights, eligibility, modulation };
            rule.on_pre(row, &mut pre, &post);
        } else {
            let firing = Firing { target: 0, time_ms, synapses: &[0], sources: &[0u16], modulation };
            rule.on_post(firing, &mut weights, &mut [], &pre, &mut post);
        }
    }
    f64::from(weights[0]) - 1.0
}

#[test]
fn the_frequency_curve_is_that_of_the_definition() {
    let model = TripletStdp::default();
    for lag_ms in [10.0, -10.0] {
        for frequency_hz in FREQUENCIES_HZ {
            let (ours, exact) =
                (learned(&model, frequency_hz, lag_ms), defined(&model, frequency_hz, lag_ms));
            println!("{frequency_hz} Hz, {lag_ms} ms: {ours:.4} (defined {exact:.4})");
            assert!((ours - exact).abs() < 2e-5, "{frequency_hz} Hz, {lag_ms} ms: {ours} against {exact}");
        }
    }
}

#[test]
fn the_frequency_curve_is_that_of_the_visual_cortex() {
    let model = TripletStdp::default();
    let protocols =
        [10.0, -10.0].into_iter().flat_map(|lag| FREQUENCIES_HZ.map(|frequency| (frequency, lag)));
    for (reference, (frequency_hz, lag_ms)) in TripletStdp::DECLARATION.references.iter().zip(protocols) {
        super::assert_meets(reference, learned(&model, frequency_hz, lag_ms));
    }
}

#[test]
fn pairs_alone_cannot_reverse_with_frequency() {
    // Post before pre depresses at 0.1 Hz and potentiates at 50 Hz: only triplets do both.
    let model = TripletStdp::default();
    assert!(learned(&model, 0.1, -10.0) < -0.1 && learned(&model, 50.0, -10.0) > 0.3);
    assert!(learned(&model, 0.1, 10.0).abs() < 0.05);
}
