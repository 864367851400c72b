//! Brunel (2000), Dynamics of sparsely connected networks of excitatory and inhibitory spiking neurons,
//! J. Comput. Neurosci. 8, 183–208: synapses that move the potential by their weight.

use cajal::describe::Declared;
use cajal::neurons::{Input, Lif, NeuronModel, Stepper};
use cajal::snn::synapses::{Delta, SynapseModel, SynapseStepper};

#[test]
fn a_spike_moves_the_potential_by_its_weight() {
    let neuron = Lif::default().stepper::<f64>(0.5);
    let receptor = Delta::default().stepper::<f64>(0.5);
    let (mut state, mut input) = (neuron.rest(), Input::current(0.0));
    receptor.step(&mut receptor.rest(), 1.5, state[0], &mut input);
    let before = state[0];
    neuron.step(&mut state, input);
    super::assert_meets(&Delta::DECLARATION.references[0], state[0] - before);
}
