//! Rall (1967), Distinguishing theoretical synaptic potentials computed for different soma-dendritic
//! distributions of synaptic input, J. Neurophysiol. 30, 1138–1168: the alpha function.

use cajal::describe::Declared;
use cajal::neurons::Input;
use cajal::snn::synapses::{Alpha, SynapseModel, SynapseStepper};

#[test]
fn the_conductance_peaks_at_its_weight() {
    let model = Alpha::default();
    let receptor = model.stepper::<f64>(0.1);
    let mut state = receptor.rest();
    let conductances: Vec<f64> = (0..100)
        .map(|step| {
            receptor.step(&mut state, if step == 0 { 1.0 } else { 0.0 }, -65.0, &mut Input::current(0.0));
            state[1]
        })
        .collect();
    let at = |time_ms: f64| conductances[(time_ms / 0.1).round() as usize - 1];
    super::assert_meets(&Alpha::DECLARATION.references[0], at(model.tau_ms));
    super::assert_meets(&Alpha::DECLARATION.references[1], at(3.0 * model.tau_ms));
    assert!(conductances.iter().all(|&conductance| conductance <= 1.0 + 1e-12));
}
