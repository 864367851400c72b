//! The order of convergence of every integrator, measured: halving the step must shrink the error
//! of one trajectory as the declaration says. And that four lanes are four scalars, bit by bit.

use super::hodgkin_huxley::HodgkinHuxley;
use super::{
    AdaptiveExponential, EscapeNoise, Exponential, Input, Izhikevich, LeakyIntegrator, Lif, McCullochPitts,
    NeuronModel, Perceptron, Rate, Stepper, WangBuzsaki,
};
use crate::kernels::lane::{F32x4, Real};

/// The potential after `steps` steps under a constant current, without a spike or through one.
fn potential<S: Stepper<f64>>(stepper: S, steps: u32, current: f64) -> f64 {
    let mut state = stepper.rest();
    for _ in 0..steps {
        stepper.step(&mut state, Input { conductance: 0.0, uniform: 1.0, current });
    }
    state.as_ref()[0]
}

/// log₂ of how the error shrinks when steps of `duration/steps` are halved, twice.
fn orders(at: impl Fn(f64, u32) -> f64, duration_ms: f64, steps: u32, reference: f64) -> [f64; 2] {
    let error = |factor: u32| {
        let steps = steps * factor;
        (at(duration_ms / f64::from(steps), steps) - reference).abs()
    };
    [1, 2].map(|factor| (error(factor) / error(2 * factor)).log2())
}

/// Compares a model's order with its declaration, or, where that is exact, its steps with each other.
fn check<M: NeuronModel>(model: M, current: f64, duration_ms: f64, steps: u32) {
    let declaration = M::DECLARATION;
    let at = |dt_ms, steps| potential(model.stepper::<f64>(dt_ms), steps, current);
    let Some(order) = declaration.integrator.order() else {
        let (coarse, fine) = (at(duration_ms / 8.0, 8), at(duration_ms / 1024.0, 1024));
        assert!((coarse - fine).abs() < 1e-9, "{}: {coarse} against {fine}", declaration.id);
        return;
    };
    let finest = steps * if order == 1 { 4096 } else { 64 };
    let reference = at(duration_ms / f64::from(finest), finest);
    for observed in orders(at, duration_ms, steps, reference) {
        assert!((observed - f64::from(order)).abs() < 0.3, "{}: order {observed}", declaration.id);
    }
}

#[test]
fn integrators_converge_as_declared() {
    check(LeakyIntegrator::default(), 10.0, 20.0, 0);
    check(Lif::default(), 10.0, 20.0, 0);
    check(EscapeNoise::default(), 10.0, 20.0, 0);
    check(Rate::default(), 2.0, 20.0, 0);
    check(Exponential::default(), 0.15, 20.0, 20);
    check(AdaptiveExponential::default(), 500.0, 20.0, 20);
    check(Izhikevich::default(), 3.0, 5.0, 100);
    check(WangBuzsaki::default(), 0.15, 10.0, 200);
}

/// Through a whole spike, where every term works: both integrators of the squid's axon agree in the
/// limit, one with the first and one with the fourth power of the step.
#[test]
fn both_integrators_of_hodgkin_and_huxley_converge_to_the_same_spike() {
    let neuron = HodgkinHuxley::default();
    let accurate = |dt_ms, steps| potential(neuron.runge_kutta::<f64>(dt_ms), steps, 10.0);
    let plain = |dt_ms, steps| potential(neuron.stepper::<f64>(dt_ms), steps, 10.0);
    let reference = accurate(4.0 / 16_384.0, 16_384);
    for observed in orders(accurate, 4.0, 128, reference) {
        assert!((observed - 4.0).abs() < 0.3, "Runge-Kutta: order {observed}");
    }
    for observed in orders(plain, 4.0, 1024, reference) {
        assert!((observed - 1.0).abs() < 0.3, "exponential Euler: order {observed}");
    }
}

/// Steps four neurons under currents of their own, side by side and one by one.
fn lanes_agree<M: NeuronModel>(model: M, currents: [f32; 4]) {
    let dt_ms = 0.05;
    let (four, one) = (model.stepper::<F32x4>(dt_ms), model.stepper::<f32>(dt_ms));
    let (mut states, mut alone) = (four.rest(), [one.rest(); 4]);
    let mut spikes = 0.0;
    for step in 0..4000u16 {
        let uniform = (f32::from(step) * 0.618_034).fract();
        let conductance = if step > 2000 { 0.01 } else { 0.0 };
        let current = F32x4::from_array(&currents);
        let (conductances, uniforms) = (F32x4::splat(conductance), F32x4::splat(uniform));
        let together =
            four.step(&mut states, Input { current, conductance: conductances, uniform: uniforms });
        for (lane, state) in alone.iter_mut().enumerate() {
            let stepped = one.step(state, Input { current: currents[lane], conductance, uniform });
            let id = M::DECLARATION.id;
            assert_eq!(together.spike.to_array()[lane], stepped.spike, "{id} at {step}");
            assert_eq!(together.potential.to_array()[lane].to_bits(), stepped.potential.to_bits(), "{id}");
            for (wide, narrow) in states.as_ref().iter().zip(state.as_ref()) {
                assert_eq!(wide.to_array()[lane].to_bits(), narrow.to_bits(), "{id} at {step}");
            }
            spikes += stepped.spike;
        }
    }
    assert!(spikes > 0.0 || M::DECLARATION.id == "rate" || M::DECLARATION.id == "leaky-integrator");
}

#[test]
fn four_lanes_are_four_scalars() {
    lanes_agree(McCullochPitts::default(), [0.0, 1.0, 2.0, 3.0]);
    lanes_agree(Perceptron::default(), [-1.0, 0.0, 0.5, 2.0]);
    lanes_agree(Rate::default(), [-100.0, 0.0, 0.5, 200.0]);
    lanes_agree(LeakyIntegrator::default(), [-10.0, 0.0, 10.0, 20.0]);
    lanes_agree(Lif::default(), [-10.0, 0.0, 16.0, 60.0]);
    lanes_agree(EscapeNoise::default(), [-10.0, 0.0, 16.0, 60.0]);
    lanes_agree(Exponential::default(), [-1.0, 0.1, 1.0, 20.0]);
    lanes_agree(AdaptiveExponential::default(), [-500.0, 300.0, 800.0, 5000.0]);
    lanes_agree(Izhikevich::default(), [-20.0, 3.0, 10.0, 80.0]);
    lanes_agree(HodgkinHuxley::default(), [-10.0, 2.0, 10.0, 60.0]);
    lanes_agree(WangBuzsaki::default(), [-1.0, 0.1, 1.0, 20.0]);
}
