//! Bennett, Zukin (2004), Electrical coupling and neuronal synchronization in the mammalian brain, Neuron
//! 41, 495–511: the second of two coupled membranes follows the first by the coupling coefficient.

use cajal::describe::Declared;
use cajal::neurons::{Input, LeakyIntegrator, NeuronModel, Stepper};
use cajal::snn::synapses::GapJunction;

#[test]
fn the_second_membrane_follows_by_the_coupling_coefficient() {
    let neuron = LeakyIntegrator::default().stepper::<f64>(0.1);
    let (junction, rest) = (GapJunction { conductance_ns: 0.25 }, neuron.rest());
    let mut states = [rest; 2];
    for _ in 0..20_000 {
        let before = states.map(|state| state[0]);
        for (index, state) in states.iter_mut().enumerate() {
            let mut input = Input::current(if index == 0 { 10.0 } else { 0.0 });
            junction.couple(before[1 - index], &mut input);
            neuron.step(state, input);
        }
    }
    let [first, second] = states.map(|state| state[0] - rest[0]);
    super::assert_meets(&GapJunction::DECLARATION.references[0], second / first);
}
