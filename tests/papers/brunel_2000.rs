//! Brunel (2000), Dynamics of sparsely connected networks of excitatory and inhibitory spiking neurons,
//! J. Comput. Neurosci. 8, 183–208: synapses that move the potential by their weight, and the four states of
//! figure 8 at full size. Rates are those of the same network in NEST 3.10 (iaf_psc_delta, fixed in-degrees,
//! step 0.1 ms, the first 100 ms left out), a seed or two for each state: in state D they differ, 5.80 Hz over a
//! second and 6.15 Hz over two, and the tolerance is as wide.

use cajal::describe::{Declared, Reference};
use cajal::experiment::circuits::{self, Brunel};
use cajal::neurons::{Input, Lif, NeuronModel, Stepper};
use cajal::snn::monitors::spectrum::welch;
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

/// Mean rate, Hz, and the centre of the power of the whole between two frequencies, Hz, from 100 ms on.
fn observe(preset: &str, until_ms: f64, [low_hz, high_hz]: [f64; 2]) -> (f64, f64) {
    let presets = Brunel::DECLARATION.presets;
    let preset = presets.iter().find(|known| known.id == preset).expect("a declared preset");
    let mut run = circuits::build("brunel", preset.values, 1, 1 << 28).expect("a circuit");
    // Spikes in bins of 0.5 ms.
    let mut bins = vec![0.0; (until_ms * 2.0) as usize];
    while run.network().time_ms() < until_ms {
        run.advance().expect("finite potentials");
        run.network().each_spike(|_, step, _| {
            if let Some(bin) = bins.get_mut((step / 5) as usize) {
                *bin += 1.0;
            }
        });
    }
    let settled = &bins[200..];
    let rate = settled.iter().sum::<f64>() / 12_500.0 / (until_ms - 100.0) * 1000.0;
    let spectrum = welch(settled, 0.5, 256).expect("enough bins");
    // Steadier than the place of the largest line, which moves by a fifth from half second to half second.
    let lines =
        spectrum.density.iter().enumerate().map(|(line, density)| (line as f64 * spectrum.step_hz, density));
    let lines = lines.filter(|(hz, _)| (low_hz..=high_hz).contains(hz));
    let (power, moment) =
        lines.fold((0.0, 0.0), |(power, moment), (hz, density)| (power + density, moment + hz * density));
    (rate, moment / power)
}

fn figures() -> &'static [Reference] {
    Brunel::DECLARATION.references
}

#[test]
fn state_a_is_synchronous_and_regular() {
    super::assert_meets(&figures()[0], observe("synchronous-regular", 300.0, [0.0, 1000.0]).0);
}

#[test]
fn state_b_oscillates_faster_than_its_neurons_fire() {
    let (rate, frequency) = observe("fast-oscillation", 1100.0, [120.0, 260.0]);
    super::assert_meets(&figures()[1], rate);
    super::assert_meets(&figures()[2], frequency);
}

#[test]
fn state_c_is_asynchronous() {
    super::assert_meets(&figures()[3], observe("asynchronous", 600.0, [0.0, 1000.0]).0);
}

#[test]
fn state_d_oscillates_slowly() {
    let (rate, frequency) = observe("slow-oscillation", 2100.0, [8.0, 40.0]);
    super::assert_meets(&figures()[4], rate);
    super::assert_meets(&figures()[5], frequency);
}
