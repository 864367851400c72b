//! Hines, Carnevale (1997), *The NEURON simulation environment*, Neural Computation 9, 1179–1209: the
//! same cells in NEURON. `tests/fixtures/make_neuron_cables.py` writes what is compared.

use cajal::neurons::compartments::cable::{Branch, Material, Origin};
use cajal::neurons::compartments::{Cell, Contact, Receptor, Simulation, SquidAxon};
use serde_json::Value;

fn fixture() -> Value {
    serde_json::from_str(include_str!("../fixtures/neuron_cables.json")).expect("the fixture")
}

#[test]
fn a_spike_passes_when_it_does_in_neuron() {
    let fixture = fixture();
    let dt_ms = fixture["axon"]["dt_ms"].as_f64().expect("a step");
    let ours = SquidAxon::default().passages((true, false), dt_ms, 6.0).expect("finite potentials");
    let theirs = fixture["axon"]["passages_ms"].as_object().expect("times by compartment");
    assert_eq!(theirs.len(), 6);
    for (place, time) in theirs {
        let place: usize = place.parse().expect("a compartment");
        let time = time.as_f64().expect("a time");
        let difference = ours[place][0] - time;
        println!("{place}: {} against {time} ms", ours[place][0]);
        assert!(difference.abs() < 1e-6, "compartment {place}: {} against {time} ms", ours[place][0]);
    }
}

#[test]
fn a_synapse_on_a_twig_does_what_it_does_in_neuron() {
    let mut cell = Cell::new(Material {
        capacitance_uf_cm2: 1.0,
        membrane_kohm_cm2: 20.0,
        axial_ohm_cm: 150.0,
        leak_mv: -70.0,
    })
    .expect("a material");
    for (from, length_um, diameter_um, compartments) in [
        (Origin::Root, 20.0, 20.0, 1),
        (Origin::Centre(0), 200.0, 2.0, 6),
        (Origin::End(6), 150.0, 1.0, 5),
        (Origin::Centre(0), 120.0, 1.5, 4),
    ] {
        cell.grow(Branch { from, length_um, diameter_um, compartments }).expect("a branch");
    }
    let receptor = Receptor { rise_ms: 0.5, decay_ms: 5.0, reversal_mv: 0.0, magnesium_mm: 0.0 };
    let contact = Contact { compartment: 9, receptor, peak_ns: 2.0, at_ms: 2.0 };
    let mut simulation = Simulation::new(&cell).expect("a cell");
    let fixture = fixture();
    let theirs = fixture["tree"]["potentials_mv"].as_object().expect("potentials by compartment");
    let (dt_ms, mut openings) = (0.025, Vec::new());
    let mut furthest: f64 = 0.0;
    for sample in 0..20 {
        for step in 0..80 {
            let middle_ms = (f64::from(sample) * 80.0 + f64::from(step) + 0.5) * dt_ms;
            Contact::openings(&[contact], middle_ms, &mut openings);
            simulation.advance(dt_ms, &[], &openings).expect("a step");
        }
        for (place, potentials) in theirs {
            let ours = simulation.potentials()[place.parse::<usize>().expect("a compartment")];
            let theirs = potentials[sample as usize].as_f64().expect("a potential");
            furthest = furthest.max((ours - theirs).abs());
        }
    }
    println!("furthest {furthest} mV");
    assert!(furthest < 0.005, "{furthest} mV apart");
    let highest = |place: &str| -> f64 {
        let potentials = theirs[place].as_array().expect("potentials").iter();
        potentials.filter_map(Value::as_f64).fold(-70.0, f64::max)
    };
    assert!(highest("9") > -50.0 && highest("0") > -69.0, "the synapse is felt");
}
