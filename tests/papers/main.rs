//! Published figures, one file for each source: what a declaration says that it is checked against.

mod bellec_2018;
mod bennett_2004;
mod bienenstock_1982;
mod brette_2007;
mod brown_1911;
mod brunel_2000;
mod chalfie_1985;
mod compte_2000;
mod destexhe_1998;
mod fourcaud_trocme_2003;
mod georgopoulos_1986;
mod gerstner_2014;
mod hines_carnevale_1997;
mod hodgkin_huxley_1952;
mod hodgkin_huxley_1952_axon;
mod izhikevich_2003;
mod izhikevich_2007;
mod jahr_1990;
mod jeffress_1948;
mod markram_1998;
mod naud_2008;
mod neuron;
mod oja_1982;
mod pfister_2006;
mod poirazi_2003;
mod rall_1959;
mod rall_1964;
mod rall_1967;
#[cfg(not(target_arch = "wasm32"))] // reads a shipped file
mod rokem_2006;
mod schultz_1997;
mod servan_schreiber_1990;
mod song_2000;
mod stein_1965;
mod uhlenbeck_1930;
mod van_rossum_2000;
mod varshney_2011;
mod vogels_2005;
mod wilson_cowan_1972;

use cajal::describe::Reference;

/// Fails unless `ours` is as near to the reference as it says.
#[track_caller]
fn assert_meets(reference: &Reference, ours: f64) {
    assert!(
        (ours - reference.expected).abs() <= reference.tolerance,
        "{}: {ours} against {} ± {}",
        reference.what,
        reference.expected,
        reference.tolerance
    );
}
