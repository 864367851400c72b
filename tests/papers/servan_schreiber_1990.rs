//! Servan-Schreiber, Printz, Cohen (1990), A network model of catecholamine effects: gain,
//! signal-to-noise ratio, and behavior, Science 249, 892–895: gain multiplies the slope alone.

use cajal::describe::Declared;
use cajal::learning::plasticity::GainModulation;
use cajal::neurons::{Input, Lif, NeuronModel, Stepper};

/// Rate of a leaky integrate-and-fire neuron without refractory period, from its intervals, Hz.
fn rate_hz(gain: f64, drive_mv: f64) -> f64 {
    let modulation = GainModulation { gain, ..GainModulation::default() };
    let dt_ms = 0.005;
    let neuron = Lif { refractory_ms: 0.0, ..Lif::default() }.stepper::<f64>(dt_ms);
    let mut state = neuron.rest();
    let drive = Input::current(modulation.drive(drive_mv));
    let times: Vec<f64> = (0..200_000)
        .filter(|_| neuron.step(&mut state, drive).spike > 0.0)
        .map(|step| f64::from(step) * dt_ms)
        .collect();
    if times.len() < 2 {
        0.0
    } else {
        1000.0 * (times.len() - 1) as f64 / (times[times.len() - 1] - times[0])
    }
}

/// The smallest drive at which it fires within a second, mV.
fn threshold_mv(gain: f64) -> f64 {
    let (mut silent, mut firing) = (10.0, 20.0);
    for _ in 0..12 {
        let middle = 0.5 * (silent + firing);
        if rate_hz(gain, middle) > 0.0 { firing = middle } else { silent = middle }
    }
    firing
}

#[test]
fn gain_scales_the_slope_and_leaves_the_threshold() {
    let references = GainModulation::DECLARATION.references;
    let slope = |gain: f64| rate_hz(gain, 60.0) - rate_hz(gain, 50.0);
    super::assert_meets(&references[0], slope(2.0) / slope(1.0));
    super::assert_meets(&references[1], threshold_mv(2.0) - threshold_mv(0.5));
}
