//! Izhikevich: Simple model of spiking neurons. IEEE Transactions on Neural Networks 14, 1569–1572
//! (2003). The spike times are those to which Open Source Brain holds its versions of the model.

use crate::neuron::{meets, spikes_from};
use cajal::describe::Declared;
use cajal::neurons::{Izhikevich, NeuronModel, Stepper};

#[test]
fn regular_spiking() {
    let neuron = Izhikevich::preset("regular-spiking").expect("a declared preset").stepper::<f64>(0.25);
    let current = |t_ms| if t_ms < 15.0 { 0.0 } else { 14.0 };
    let times = spikes_from(neuron, neuron.rest(), 0.25, 150.0, current);
    assert_eq!(times.len(), 5);
    for (nth, time) in ["1st", "2nd", "3rd", "4th", "5th"].into_iter().zip(times) {
        meets(&Izhikevich::DECLARATION, &format!("regular spiking: time of the {nth}"), time);
    }
}
