//! Hodgkin, Huxley: A quantitative description of membrane current and its application to conduction
//! and excitation in nerve. Journal of Physiology 117, 500–544 (1952).
//!
//! The figures are those of two simulators of the same equations, which agree; see the declaration.

use crate::neuron::{declared, last_rate_hz, meets, smallest, spikes, spikes_from};
use cajal::describe::Declared;
use cajal::neurons::{HodgkinHuxley, NeuronModel, Stepper};

const SQUID: &cajal::describe::Declaration = &HodgkinHuxley::DECLARATION;

#[test]
fn one_spike() {
    let dt_ms = 0.01;
    let neuron = HodgkinHuxley::default().runge_kutta::<f64>(dt_ms);
    // The source's rest is −65 mV by definition. A leak of −54.387 mV rests 4 µV beside it, which
    // shifts the onset by 3 nA/cm²: so the start is the rest of a leak that is exact.
    let exact = HodgkinHuxley { e_leak_mv: -54.4011, ..HodgkinHuxley::default() };
    let start = exact.runge_kutta::<f64>(dt_ms).rest();
    assert!((start[0] + 65.0).abs() < 1e-3, "{}", start[0]);
    let count = |current| spikes_from(neuron, start, dt_ms, 200.0, |_| current).len();
    let onset = smallest(2.0, 2.5, 5e-4, |current| count(current) > 0);
    assert_eq!(count(onset), 1);
    meets(SQUID, "smallest sustained current that fires once", onset);
}

#[test]
fn repetitive_firing() {
    let dt_ms = 0.02;
    let neuron = HodgkinHuxley::default().runge_kutta::<f64>(dt_ms);
    let train = |current| spikes(neuron, dt_ms, 2000.0, current);
    let onset = smallest(6.0, 6.5, 5e-3, |current| train(current).last().is_some_and(|last| *last > 1900.0));
    meets(SQUID, "smallest sustained current that fires for ever", onset);
    meets(SQUID, "rate just above", last_rate_hz(&train(6.3)));
}

#[test]
fn rate_at_ten() {
    let neuron = HodgkinHuxley::default();
    let plain = last_rate_hz(&spikes(neuron.stepper::<f64>(0.01), 0.01, 1000.0, 10.0));
    meets(SQUID, "rate at 10", plain);
    let accurate = last_rate_hz(&spikes(neuron.runge_kutta::<f64>(0.02), 0.02, 1000.0, 10.0));
    super::assert_within(declared(SQUID, "rate at 10"), accurate);
}
