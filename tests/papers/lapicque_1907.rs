//! Lapicque (1907), *Recherches quantitatives sur l'excitation électrique des nerfs traitée comme une
//! polarisation*, J. Physiol. Pathol. Gén. 9, 620–635: how long a pulse must last, by its strength.

use cajal::describe::Declared;
use cajal::neurons::{Input, LeakyIntegrator, NeuronModel, Stepper};

#[test]
fn a_pulse_of_twice_the_rheobase_gets_there_after_the_chronaxie() {
    let (neuron, dt_ms) = (LeakyIntegrator::default(), 0.005);
    let stepper = neuron.stepper::<f64>(dt_ms);
    // What a current of 1 reaches in the end is the threshold, so that 1 is the rheobase.
    let reaches = |current: f64, until: &dyn Fn(f64, usize) -> bool| {
        let mut state = stepper.rest();
        let rest = state[0];
        let mut steps = 0;
        while !until(state[0] - rest, steps) {
            stepper.step(&mut state, Input::current(current));
            steps += 1;
        }
        (state[0] - rest, steps)
    };
    let (threshold, _) = reaches(1.0, &|_, steps| steps as f64 * dt_ms >= 40.0 * neuron.tau_ms);
    let (_, steps) = reaches(2.0, &|potential, _| potential >= threshold);
    super::assert_meets(&LeakyIntegrator::DECLARATION.references[0], steps as f64 * dt_ms / neuron.tau_ms);
}
