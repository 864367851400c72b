//! Fourcaud-Trocmé, Hansel, van Vreeswijk, Brunel: How spike generation mechanisms determine the
//! neuronal response to fluctuating inputs. Journal of Neuroscience 23, 11628–11640 (2003).

use crate::neuron::{last_rate_hz, meets, smallest, spikes};
use cajal::describe::Declared;
use cajal::neurons::{Exponential, NeuronModel, WangBuzsaki};

#[test]
fn onset_of_the_exponential_neuron() {
    let neuron = Exponential::default().stepper::<f64>(0.05);
    let onset = smallest(0.1, 0.2, 1e-4, |current| !spikes(neuron, 0.05, 5000.0, current).is_empty());
    meets(&Exponential::DECLARATION, "smallest current", onset);
}

#[test]
fn onset_of_the_conductance_based_neuron() {
    let neuron = WangBuzsaki::default().stepper::<f64>(0.05);
    let onset = smallest(0.1, 0.2, 5e-4, |current| !spikes(neuron, 0.05, 3000.0, current).is_empty());
    meets(&WangBuzsaki::DECLARATION, "smallest current", onset);
}

#[test]
fn the_exponential_neuron_fires_as_the_one_it_was_fitted_to() {
    let simple = last_rate_hz(&spikes(Exponential::default().stepper::<f64>(0.01), 0.01, 1000.0, 1.0));
    let full = last_rate_hz(&spikes(WangBuzsaki::default().stepper::<f64>(0.01), 0.01, 1000.0, 1.0));
    assert!(full > 50.0, "{full}");
    meets(&Exponential::DECLARATION, "distance from the rate", simple - full);
}
