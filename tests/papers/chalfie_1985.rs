//! Chalfie, Sulston, White, Southgate, Thomson, Brenner (1985), The neural circuit for touch sensitivity in
//! *Caenorhabditis elegans*, J. Neurosci. 5, 956–964: touched at the front the worm backs away, touched
//! at the back it goes forwards, by the command neurons AVD and AVA or PVC and AVB. The circuit is an
//! illustration, so signs are tested here and not sizes.

use cajal::data::connectome::Connectome;
use cajal::describe::Declared;
use cajal::experiment::circuits::{self, CElegans, c_elegans};

const SEEDS: u64 = 10;

/// By how much the mean rates of some classes rise under touch, Hz.
fn rise(preset: &str, changed: &[(&str, f64)], classes: &[[&str; 2]; 2]) -> [f64; 2] {
    let worm = Connectome::shipped();
    let mut spikes = vec![0.0; worm.names.len()];
    let presets = CElegans::DECLARATION.presets;
    let values = presets.iter().find(|own| own.id == preset).expect("a declared preset").values;
    let values = [values, changed].concat();
    let [begin_ms, end_ms] = c_elegans::TOUCH_MS;
    for seed in 1..=SEEDS {
        let mut run = circuits::build("c-elegans", &values, seed, 1 << 26).expect("a circuit");
        let dt_ms = run.network().dt_ms();
        while run.network().time_ms() < end_ms {
            run.advance().expect("finite potentials");
            run.network().each_spike(|_, step, neuron| {
                let touched = step as f64 * dt_ms >= begin_ms;
                spikes[neuron as usize] += if touched { 1.0 } else { -1.0 };
            });
        }
    }
    // Half a second with touch, and as much without.
    classes.map(|classes| {
        let own: Vec<u32> = classes.iter().flat_map(|class| worm.class(class).collect::<Vec<_>>()).collect();
        own.iter().map(|&neuron| spikes[neuron as usize]).sum::<f64>()
            / (own.len() as f64 * SEEDS as f64 * 0.5)
    })
}

#[test]
fn touch_at_the_front_calls_for_backwards_and_touch_at_the_back_for_forwards() {
    let [backwards, forwards] = rise("anterior", &[], &c_elegans::COMMAND);
    assert!(backwards > forwards + 10.0, "front: {backwards} Hz backwards, {forwards} Hz forwards");
    let [backwards, forwards] = rise("posterior", &[], &c_elegans::COMMAND);
    assert!(forwards > backwards, "back: {backwards} Hz backwards, {forwards} Hz forwards");
    // Motor neurons of the two directions.
    let [backwards, forwards] = rise("anterior", &[], &[["DA", "VA"], ["DB", "VB"]]);
    assert!(backwards > forwards + 3.0, "front: {backwards} Hz of A, {forwards} Hz of B");
}

#[test]
fn without_contacts_only_the_touch_neurons_answer() {
    let alone = [("chemical", 0.0), ("gap", 0.0)];
    let [backwards, forwards] = rise("anterior", &alone, &c_elegans::COMMAND);
    assert!(backwards.abs() < 2.0 && forwards.abs() < 2.0, "{backwards} Hz, {forwards} Hz");
    let [touched, posterior] = rise("anterior", &alone, &[c_elegans::ANTERIOR, ["PLM", "PVM"]]);
    assert!(touched > 50.0 && posterior.abs() < 2.0, "{touched} Hz, {posterior} Hz");
}
