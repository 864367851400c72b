//! Potjans, Diesmann (2014), The cell-type specific cortical microcircuit: relating structure and activity in
//! a full-scale spiking network model, Cereb. Cortex 24, 785–806. A fifth of it, with
//! weights and currents that make up for the rest (van Albada, Helias & Diesmann 2015, PLoS Comput. Biol. 11(9):
//! e1004490), is held to the same fifth in NEST 3.10.

use cajal::describe::Declared;
use cajal::experiment::circuits::{self, Microcircuit};

#[test]
fn a_fifth_of_the_microcircuit_fires_at_its_rates() {
    let mut run = circuits::build("microcircuit", &[("scale", SCALE)], 1, 1 << 29).expect("a circuit");
    let mut spikes = [0usize; 8];
    let (settled_ms, until_ms) = (200.0, 700.0);
    while run.network().time_ms() < until_ms {
        run.advance().expect("finite potentials");
        if run.network().time_ms() > settled_ms {
            for (sum, fired) in spikes.iter_mut().zip(run.network().spikes()) {
                *sum += fired.count();
            }
        }
    }
    let counts: Vec<u32> = run.network().populations().map(|(_, count)| count).collect();
    for ((reference, spikes), count) in Microcircuit::DECLARATION.references.iter().zip(spikes).zip(counts) {
        super::assert_meets(reference, spikes as f64 / f64::from(count) / (until_ms - settled_ms) * 1000.0);
    }
}

/// What the declaration says that its figures are for.
const SCALE: f64 = 0.2;
