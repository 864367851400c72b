//! Order of convergence, conservation of charge, and what is refused.

use super::*;
use crate::neurons::compartments::cable::{Branch, Contact, Material, Origin, Receptor};

const MATERIAL: Material =
    Material { capacitance_uf_cm2: 1.0, membrane_kohm_cm2: 20.0, axial_ohm_cm: 150.0, leak_mv: -70.0 };

/// A soma with two branches, one of which divides.
fn tree(material: Material) -> Cell {
    let mut cell = Cell::new(material).unwrap();
    let branch =
        |from, length_um, diameter_um, compartments| Branch { from, length_um, diameter_um, compartments };
    cell.grow(branch(Origin::Root, 20.0, 20.0, 1)).unwrap();
    cell.grow(branch(Origin::Centre(0), 200.0, 2.0, 6)).unwrap();
    cell.grow(branch(Origin::End(6), 150.0, 1.0, 5)).unwrap();
    cell.grow(branch(Origin::End(6), 100.0, 1.2, 4)).unwrap();
    cell.grow(branch(Origin::Centre(0), 120.0, 1.5, 4)).unwrap();
    cell
}

/// The ratio by which the error at the end falls when the step is halved.
fn ratio(finish: impl Fn(u32) -> Vec<f64>, steps: u32) -> f64 {
    let exact = finish(steps * 32);
    let error = |steps: u32| {
        let ours = finish(steps);
        ours.iter().zip(&exact).map(|(ours, exact)| (ours - exact).abs()).fold(0.0, f64::max)
    };
    error(steps) / error(2 * steps)
}

/// A current without a jump in value or slope, pA.
fn swell(time_ms: f64, highest_pa: f64) -> f64 {
    let wave = libm::sin(core::f64::consts::PI * time_ms / 10.0);
    highest_pa * wave * wave
}

fn passive(scheme: Scheme, steps: u32) -> Vec<f64> {
    let cell = tree(MATERIAL);
    let mut simulation = Simulation::new(&cell).unwrap().with_scheme(scheme);
    let mut injected = vec![0.0; cell.compartments().len()];
    let dt_ms = 7.0 / f64::from(steps);
    for step in 0..steps {
        injected[12] = swell((f64::from(step) + 0.5) * dt_ms, 100.0);
        simulation.advance(dt_ms, &injected, &[]).unwrap();
    }
    simulation.potentials().to_vec()
}

#[test]
fn a_passive_tree_converges_with_the_declared_order() {
    let second = ratio(|steps| passive(Scheme::CrankNicolson, steps), 32);
    assert!((second - 4.0).abs() < 0.3, "Crank-Nicolson: {second}");
    let first = ratio(|steps| passive(Scheme::BackwardEuler, steps), 32);
    assert!((1.8..2.2).contains(&first), "backward Euler: {first}");
}

#[test]
fn an_excitable_tree_converges_with_order_two() {
    let finish = |steps: u32| {
        let mut cell = tree(Material { membrane_kohm_cm2: 1.0 / 0.3, leak_mv: -54.387, ..MATERIAL });
        cell.excite(SquidChannels { sodium_mv: 50.0, potassium_mv: -77.0, celsius: 6.3 }, (120.0, 36.0));
        cell.initial_mv = -60.0;
        let mut simulation = Simulation::new(&cell).unwrap();
        let mut injected = vec![0.0; cell.compartments().len()];
        let dt_ms = 4.0 / f64::from(steps);
        for step in 0..steps {
            injected[0] = swell((f64::from(step) + 0.5) * dt_ms, 2000.0);
            simulation.advance(dt_ms, &injected, &[]).unwrap();
        }
        assert!(simulation.potentials()[0] > -55.0, "a spike is under way");
        simulation.potentials().to_vec()
    };
    let ratio = ratio(finish, 400);
    assert!((ratio - 4.0).abs() < 0.4, "{ratio}");
}

#[test]
fn a_tree_with_blocked_channels_converges_with_order_two() {
    let finish = |steps: u32| {
        let cell = tree(MATERIAL);
        let mut simulation = Simulation::new(&cell).unwrap();
        let contact = Contact { compartment: 11, receptor: Receptor::NMDA, peak_ns: 20.0, at_ms: 0.0 };
        let mut openings = Vec::new();
        let dt_ms = 20.0 / f64::from(steps);
        for step in 0..steps {
            Contact::openings(&[contact], (f64::from(step) + 0.5) * dt_ms, &mut openings);
            simulation.advance(dt_ms, &[], &openings).unwrap();
        }
        assert!(simulation.potentials()[11] > -50.0);
        simulation.potentials().to_vec()
    };
    let ratio = ratio(finish, 100);
    assert!((ratio - 4.0).abs() < 0.4, "{ratio}");
}

#[test]
fn a_change_of_the_step_keeps_the_gates_in_time() {
    let finish = |steps: u32| {
        let mut cell = tree(Material { membrane_kohm_cm2: 1.0 / 0.3, leak_mv: -54.387, ..MATERIAL });
        cell.excite(SquidChannels { sodium_mv: 50.0, potassium_mv: -77.0, celsius: 6.3 }, (120.0, 36.0));
        cell.initial_mv = -60.0;
        let mut simulation = Simulation::new(&cell).unwrap();
        for part in 0..4 {
            let dt_ms = if part % 2 == 0 { 1.0 } else { 0.25 } / f64::from(steps);
            for _ in 0..steps {
                simulation.advance(dt_ms, &[], &[]).unwrap();
            }
        }
        simulation.potentials().to_vec()
    };
    let ratio = ratio(finish, 50);
    assert!((ratio - 4.0).abs() < 0.5, "{ratio}");
}

#[test]
fn charge_is_conserved() {
    let sealed = tree(Material { membrane_kohm_cm2: f64::INFINITY, ..MATERIAL });
    let leaky = tree(MATERIAL);
    for scheme in [Scheme::CrankNicolson, Scheme::BackwardEuler] {
        for cell in [&sealed, &leaky] {
            let mut simulation = Simulation::new(cell).unwrap().with_scheme(scheme);
            let count = cell.compartments().len();
            let injected: Vec<f64> = (0..count).map(|index| (index * 5 % 7) as f64 - 2.0).collect();
            let charge = |potentials: &[f64]| -> f64 {
                let pieces = cell.compartments().iter();
                pieces.zip(potentials).map(|(piece, mv)| piece.capacitance_pf * (mv + 70.0)).sum()
            };
            let (mut gained, dt_ms) = (0.0, 0.2);
            for _ in 0..500 {
                let before = simulation.potentials().to_vec();
                simulation.advance(dt_ms, &injected, &[]).unwrap();
                for (index, piece) in cell.compartments().iter().enumerate() {
                    let after = simulation.potentials()[index];
                    let middle = match scheme {
                        Scheme::CrankNicolson => (before[index] + after) / 2.0,
                        Scheme::BackwardEuler => after,
                    };
                    gained += dt_ms * (injected[index] + piece.leak_ns * (-70.0 - middle));
                }
            }
            let held = charge(simulation.potentials());
            assert!((held - gained).abs() < 1e-8 * held.abs().max(1.0), "{held} against {gained} fC");
            assert!(held.abs() > 1.0);
        }
    }
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let cell = tree(MATERIAL);
    let mut simulation = Simulation::new(&cell).unwrap();
    let count = cell.compartments().len();
    simulation.advance(0.1, &vec![3.0; count], &[]).unwrap();
    let before = simulation.potentials().to_vec();
    let good = Opening { compartment: 0, conductance_ns: 1.0, reversal_mv: 0.0, magnesium_mm: 1.0 };
    let nan = vec![f64::NAN; count];
    let huge = vec![f64::MAX; count];
    let attempts: [(f64, &[f64], Opening); 9] = [
        (0.1, &[], Opening { conductance_ns: 1e9, ..good }),
        (0.0, &[], good),
        (f64::NAN, &[], good),
        (1.5, &[], good),
        (0.1, &[1.0], good),
        (0.1, &nan, good),
        (0.1, &huge, good),
        (0.1, &[], Opening { compartment: count as u32, ..good }),
        (0.1, &[], Opening { conductance_ns: -1.0, ..good }),
    ];
    for (dt_ms, injected, opening) in attempts {
        let refused = simulation.advance(dt_ms, injected, &[opening]);
        assert!(refused.is_err(), "{dt_ms} {opening:?}");
        assert_eq!(simulation.potentials(), before);
        assert!((simulation.time_ms() - 0.1).abs() < 1e-12);
    }
    assert!(simulation.advance(0.1, &[], &[good]).is_ok());
    assert!(Simulation::new(&Cell::new(MATERIAL).unwrap()).is_err());
}

#[test]
fn a_cell_at_rest_stays_there() {
    let cell = tree(MATERIAL);
    let mut simulation = Simulation::new(&cell).unwrap();
    for _ in 0..1000 {
        simulation.advance(1.0, &[], &[]).unwrap();
    }
    assert!(simulation.potentials().iter().all(|mv| (mv + 70.0).abs() < 1e-9));
}
