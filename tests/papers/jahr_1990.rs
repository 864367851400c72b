//! Jahr, Stevens (1990), Voltage dependence of NMDA-activated macroscopic conductances predicted by
//! single-channel kinetics, J. Neurosci. 10, 3178–3182: the block by magnesium.

use cajal::describe::Declared;
use cajal::neurons::Input;
use cajal::snn::synapses::{Nmda, SynapseModel, SynapseStepper};

/// The conductance at a potential over that without magnesium.
fn free(potential_mv: f64) -> f64 {
    let [with, without] = [1.0, 0.0].map(|magnesium_mm| {
        let receptor = Nmda { magnesium_mm, ..Nmda::default() }.stepper::<f64>(0.1);
        let mut input = Input::current(0.0);
        receptor.step(&mut receptor.rest(), 1.0, potential_mv, &mut input);
        input.conductance
    });
    with / without
}

#[test]
fn magnesium_blocks_as_published() {
    super::assert_meets(&Nmda::DECLARATION.references[2], free(-80.0));
    super::assert_meets(&Nmda::DECLARATION.references[3], free(-40.0));
}
