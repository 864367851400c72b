//! Destexhe, Mainen, Sejnowski (1998), Kinetic models of synaptic transmission, Methods in Neuronal
//! Modeling, 2nd edition, MIT Press, 1–25: AMPA α/β = 1.1/0.19, NMDA 0.072/0.0066, GABA-A 5/0.18 under
//! 1 mM for 1 ms, and the four rates of GABA-B.

use cajal::describe::{Declared, Reference};
use cajal::neurons::Input;
use cajal::snn::synapses::kinetics::Pulse;
use cajal::snn::synapses::{Ampa, GabaA, GabaB, Nmda, SynapseModel, SynapseStepper};

fn meets(model: impl SynapseModel, pulse: Pulse, references: &[Reference]) {
    // The kinetics themselves, in steps of a microsecond.
    let mut open = 0.0;
    for _ in 0..1_000 {
        open += 1e-3 * (pulse.alpha * (1.0 - open) - pulse.beta * open);
    }
    super::assert_meets(&references[0], open);
    super::assert_within(&references[0], pulse.peak());
    // The tail of the receptor that populations use.
    let receptor = model.stepper::<f64>(0.1);
    let mut state = receptor.rest();
    let conductances: Vec<f64> = (0..300)
        .map(|step| {
            let mut input = Input::current(0.0);
            receptor.step(&mut state, if step == 0 { 1.0 } else { 0.0 }, -60.0, &mut input);
            input.conductance
        })
        .collect();
    let tau_ms = 10.0 / (conductances[150] / conductances[250]).ln();
    super::assert_meets(&references[1], tau_ms);
}

#[test]
fn receptors_open_and_close_as_published() {
    meets(Ampa::default(), Ampa::default().pulse(), Ampa::DECLARATION.references);
    meets(Nmda::default(), Nmda::default().pulse(), Nmda::DECLARATION.references);
    meets(GabaA::default(), GabaA::default().pulse(), GabaA::DECLARATION.references);
}

#[test]
fn lasting_transmitter_brings_gaba_b_to_its_steady_state() {
    let receptor = GabaB { k2: 1e-4, ..GabaB::default() }.stepper::<f64>(0.1);
    let mut state = receptor.rest();
    let mut last = Input::current(0.0);
    for _ in 0..20_000 {
        last = Input::current(0.0);
        receptor.step(&mut state, 5.0, -65.0, &mut last);
    }
    super::assert_meets(&GabaB::DECLARATION.references[0], state[2] / state[1]);
    super::assert_meets(&GabaB::DECLARATION.references[1], last.conductance);
}
