//! Gerstner, Kistler, Naud, Paninski: Neuronal Dynamics. Cambridge University Press (2014), section
//! 1.3: the rate of a leaky membrane under a constant current; section 9.1: the rate at a held potential is
//! the escape rate there.

use crate::neuron::{meets, spikes};
use cajal::describe::Declared;
use cajal::neurons::{EscapeNoise, Input, Lif, NeuronModel, Stepper};
use cajal::rng::{Stream, StreamId};

#[test]
fn rate_of_a_leaky_membrane() {
    for (reference, drive_mv) in Lif::DECLARATION.references.iter().zip([16.0, 20.0]) {
        let times = spikes(Lif::default().stepper::<f64>(0.01), 0.01, 10_000.0, drive_mv);
        let intervals = (times.len() - 1) as f64;
        super::assert_meets(reference, 1000.0 * intervals / (times[times.len() - 1] - times[0]));
    }
}

#[test]
fn rate_at_a_held_potential() {
    let (held_mv, dt_ms) = (-52.0, 0.1);
    let model =
        EscapeNoise { rest_mv: held_mv, reset_mv: held_mv, refractory_ms: 0.0, ..EscapeNoise::default() };
    let neuron = model.stepper::<f64>(dt_ms);
    let mut state = neuron.rest();
    let draws = Stream::new(2014, StreamId::Noise);
    let seconds = 200;
    let spikes: f64 = (0..seconds * 10_000)
        .map(|step| {
            let uniform = draws.uniform_f64(step, 0);
            neuron.step(&mut state, Input { uniform, ..Input::current(0.0) }).spike
        })
        .sum();
    assert_eq!(state[0], held_mv);
    meets(&EscapeNoise::DECLARATION, "rate at a potential held", spikes / seconds as f64);
}
