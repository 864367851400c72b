//! Kinouchi, Copelli (2006), Optimal dynamical range of excitable networks at criticality, Nature Physics 2,
//! 348–351: spikes excite independently of each other.

use cajal::describe::Declared;
use cajal::neurons::excitable::hazard;
use cajal::neurons::{Excitable, Input, NeuronModel, Stepper};
use cajal::rng::{Stream, StreamId};

#[test]
fn two_spikes_have_two_chances() {
    let unit = Excitable { refractory_ms: 0.0 }.stepper::<f64>(1.0);
    let (draws, mut state) = (Stream::new(3, StreamId::Firing), unit.rest());
    let mut fired = 0.0;
    for step in 0..40_000 {
        let uniform = draws.uniform_f64(step, 0);
        fired += unit.step(&mut state, Input { uniform, ..Input::current(2.0 * hazard(0.3)) }).spike;
    }
    super::assert_meets(&Excitable::DECLARATION.references[0], fired / 40_000.0);
}
