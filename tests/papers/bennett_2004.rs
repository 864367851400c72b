//! Bennett, Zukin (2004), Electrical coupling and neuronal synchronization in the mammalian brain,
//! Neuron 41, 495–511: the coupling coefficient of two neurons.

use cajal::describe::Declared;
use cajal::neurons::{Input, LeakyIntegrator, NeuronModel, Stepper};
use cajal::snn::synapses::GapJunction;

#[test]
fn a_second_neuron_follows_the_first_by_the_coupling_coefficient() {
    let neuron = LeakyIntegrator::default().stepper::<f64>(0.1);
    let junction = GapJunction { conductance_ns: 0.25 };
    let (mut driven, mut follower) = (neuron.rest(), neuron.rest());
    for _ in 0..20_000 {
        let (mut first, mut second) = (Input::current(10.0), Input::current(0.0));
        junction.couple(follower[0], &mut first);
        junction.couple(driven[0], &mut second);
        neuron.step(&mut driven, first);
        neuron.step(&mut follower, second);
    }
    let rest = neuron.rest()[0];
    super::assert_meets(&GapJunction::DECLARATION.references[0], (follower[0] - rest) / (driven[0] - rest));
}
