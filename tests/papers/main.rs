//! Published figures, one file for each source: what a declaration says that it is checked against.

mod beggs_2003;
mod bellec_2018;
mod bennett_2004;
mod bienenstock_1982;
mod brette_2007;
mod brown_1911;
mod brunel_2000;
mod chalfie_1985;
mod compte_2000;
mod destexhe_1998;
mod diehl_2015;
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
mod kinouchi_2006;
mod lapicque_1907;
mod lorente_de_no_1938;
mod markram_1998;
mod mcculloch_1943;
mod naud_2008;
mod neuron;
mod novikoff_1962;
mod oja_1982;
mod pfister_2006;
mod poirazi_2003;
mod potjans_2014;
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

use cajal::catalogue::declarations;
use cajal::catalogue::measured::{self, Measured};
use cajal::describe::Reference;
use std::sync::Mutex;

/// Fails unless `ours` is as near to the reference as it says, and is what the table of measured values
/// holds, which the page shows. `CAJAL_BLESS=1 cargo test --test papers` renews the table.
#[track_caller]
fn assert_meets(reference: &Reference, ours: f64) {
    assert_within(reference, ours);
    let declaring = declarations().filter(|model| model.references.contains(reference));
    let [model] = declaring.map(|model| model.id).collect::<Vec<_>>()[..] else {
        panic!("“{}” must be declared, and by one model alone", reference.what);
    };
    if std::env::var_os("CAJAL_BLESS").is_some() {
        return bless(Measured { model, what: reference.what, ours });
    }
    let row = measured::of(model, reference).unwrap_or_else(|| {
        panic!("{model}: src/catalogue/measured.txt has no “{}”: it is {ours}", reference.what)
    });
    let what = reference.what;
    assert!(row.agrees(reference, ours), "{model}, {what}: {ours}, not {} as the table says", row.ours);
}

/// Fails unless `ours` is as near to the reference as it says: for the second way to measure it.
#[track_caller]
fn assert_within(reference: &Reference, ours: f64) {
    let Reference { what, expected, tolerance, .. } = reference;
    println!("{what}: {expected} ± {tolerance}, ours {ours}");
    assert!((ours - expected).abs() <= *tolerance, "{what}: {ours} against {expected} ± {tolerance}");
}

/// The value that is farthest from the reference: what stands for several measurements of it.
#[track_caller]
fn farthest(reference: &Reference, values: impl IntoIterator<Item = f64>) -> f64 {
    let apart = |value: f64| (value - reference.expected).abs();
    let farther = |one: f64, other: f64| if apart(other) <= apart(one) { one } else { other };
    values.into_iter().reduce(farther).expect("a measurement")
}

/// Writes one row of the table.
fn bless(row: Measured<'_>) {
    static FILE: Mutex<()> = Mutex::new(());
    // A test that failed beside this one has not harmed the file.
    let _alone = FILE.lock().unwrap_or_else(|broken| broken.into_inner());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/catalogue/measured.txt");
    let present = std::fs::read_to_string(path).expect("the table");
    std::fs::write(path, measured::renewed(&present, &[row])).expect("the table can be written");
}
