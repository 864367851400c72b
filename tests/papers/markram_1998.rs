//! Markram, Wang, Tsodyks (1998), Differential signaling via the same axon of neocortical pyramidal
//! neurons, Proc. Natl. Acad. Sci. USA 95, 5323–5328; Tsodyks, Markram (1997), same journal 94, 719–723.

use cajal::describe::Declared;
use cajal::snn::short_term::{ShortTerm, ShortTermState};

/// Amplitudes at 20 Hz over the first.
fn at_20_hz(preset: &str, spikes: u32) -> Vec<f64> {
    let rule = ShortTerm::preset(preset).expect("a declared preset").rule::<f64>();
    let mut state = ShortTermState::default();
    let amplitudes: Vec<f64> =
        (0..spikes).map(|spike| rule.on_spike(&mut state, 7.0 + f64::from(spike) * 50.0)).collect();
    amplitudes.iter().map(|amplitude| amplitude / amplitudes[0]).collect()
}

#[test]
fn facilitating_synapses_grow() {
    let amplitudes = at_20_hz("facilitating", 5);
    for (reference, ours) in ShortTerm::DECLARATION.references.iter().zip(&amplitudes[1..]) {
        super::assert_meets(reference, *ours);
    }
}

#[test]
fn depressing_synapses_tire() {
    let amplitudes = at_20_hz("depressing", 60);
    super::assert_meets(&ShortTerm::DECLARATION.references[4], amplitudes[59]);
    assert!(amplitudes.windows(2).all(|pair| pair[1] <= pair[0]));
}
