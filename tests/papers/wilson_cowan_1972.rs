//! Wilson, Cowan: Excitatory and inhibitory interactions in localized populations of model neurons.
//! Biophysical Journal 12, 1–24 (1972): the logistic response in the steady state.

use crate::neuron::meets;
use cajal::describe::Declared;
use cajal::neurons::{Input, NeuronModel, Rate, Stepper};

#[test]
fn steady_state() {
    let unit = Rate { threshold: -0.1, ..Rate::default() }.stepper::<f64>(1.0);
    let mut state = unit.rest();
    for _ in 0..1000 {
        unit.step(&mut state, Input::current(0.5 * 0.4 + 0.8 * 0.7 - 0.2 * 0.3));
    }
    meets(&Rate::DECLARATION, "logistic unit", state[0]);
}
