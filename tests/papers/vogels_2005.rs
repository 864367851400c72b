//! Vogels, Abbott (2005), Signal propagation and logic gating in networks of integrate-and-fire neurons,
//! J. Neurosci. 25, 10786–10795: exponential currents and conductances with τ = 5 ms.

use cajal::describe::Declared;
use cajal::neurons::Input;
use cajal::snn::synapses::{ExponentialConductance, ExponentialCurrent, SynapseModel, SynapseStepper};

/// Integrals of current and conductance after one spike of weight 1.
fn integrals(model: impl SynapseModel) -> (f64, f64) {
    let receptor = model.stepper::<f64>(0.5);
    let (mut state, mut current, mut conductance) = (receptor.rest(), 0.0, 0.0);
    for step in 0..1_000 {
        let mut input = Input::current(0.0);
        receptor.step(&mut state, if step == 0 { 1.0 } else { 0.0 }, -60.0, &mut input);
        current += 0.5 * input.current;
        conductance += 0.5 * input.conductance;
    }
    (current, conductance)
}

#[test]
fn a_spike_carries_its_weight_times_the_time_constant() {
    super::assert_meets(
        &ExponentialCurrent::DECLARATION.references[0],
        integrals(ExponentialCurrent::default()).0,
    );
    let conductance = integrals(ExponentialConductance::default()).1;
    super::assert_meets(&ExponentialConductance::DECLARATION.references[0], conductance);
}
