//! Rall (1959), *Branching dendritic trees and motoneuron membrane resistivity*, Experimental Neurology
//! 1, 491–527: steady states of cables and trees. Rall (1969), *Time constants and electrotonic length
//! of membrane cylinders and neurons*, Biophysical Journal 9, 1483–1508: how they are reached.

use cajal::describe::Declared;
use cajal::neurons::compartments::cable::{Branch, Origin};
use cajal::neurons::compartments::{Cell, CompartmentModel, RallCable, Scheme, Simulation};

/// Depolarisation under 100 pA into compartment 0, after `duration_ms` of steps of 1 ms, mV.
fn settled(cell: &Cell, duration_ms: u32) -> Vec<f64> {
    let rest_mv = cell.initial_mv;
    let mut simulation = Simulation::new(cell).expect("a cell").with_scheme(Scheme::BackwardEuler);
    let mut injected_pa = vec![0.0; cell.compartments().len()];
    injected_pa[0] = 100.0;
    for _ in 0..duration_ms {
        simulation.advance(1.0, &injected_pa, &[]).expect("a step");
    }
    simulation.potentials().iter().map(|mv| mv - rest_mv).collect()
}

/// Depolarisation where the current enters: the centre of compartment 0 and the half before it.
fn at_electrode(cell: &Cell, depolarisation: &[f64]) -> f64 {
    depolarisation[0] + 0.1 * cell.half_mohm(0).expect("a compartment")
}

fn meets(index: usize, ours: f64) {
    super::assert_meets(&RallCable::DECLARATION.references[index], ours);
}

/// The depolarisation at a distance, between the compartments around it.
fn at(cell: &Cell, depolarisation: &[f64], distance_um: f64) -> f64 {
    let pieces = cell.compartments();
    let next = pieces.iter().position(|piece| piece.distance_um >= distance_um).expect("a longer cable");
    let share = (distance_um - pieces[next - 1].distance_um) / pieces[next].length_um;
    // Between two places the potential falls by ratios, not by differences.
    depolarisation[next - 1].powf(1.0 - share) * depolarisation[next].powf(share)
}

#[test]
fn a_long_cable_decays_with_its_length_constant() {
    let model = RallCable::preset("long").expect("a preset");
    let cell = model.cell().expect("a cable");
    let depolarisation = settled(&cell, 400);
    let electrode = at_electrode(&cell, &depolarisation);
    let lambda_um = model.length_constant_um();
    let shares = [10, 40].map(|index| depolarisation[index] / electrode);
    let way_um = cell.compartments()[40].distance_um - cell.compartments()[10].distance_um;
    meets(0, way_um / (shares[0] / shares[1]).ln());
    meets(1, at(&cell, &depolarisation, lambda_um) / electrode);
    meets(3, electrode / 0.1);
    for (piece, ours) in cell.compartments().iter().zip(&depolarisation) {
        if piece.distance_um < 4.0 * lambda_um {
            let exact = 0.1 * model.endless_mohm() * (-piece.distance_um / lambda_um).exp();
            assert!((ours / exact - 1.0).abs() < 2e-3, "{} µm: {ours} against {exact}", piece.distance_um);
        }
    }
}

#[test]
fn a_sealed_cable_follows_the_hyperbolic_cosine() {
    let model = RallCable::preset("sealed").expect("a preset");
    let cell = model.cell().expect("a cable");
    let depolarisation = settled(&cell, 400);
    let electrode = at_electrode(&cell, &depolarisation);
    // The slope vanishes at the seal: its half compartment takes off less than a 1/80,000.
    meets(2, depolarisation[99] / electrode);
    let input_mohm = model.endless_mohm() / 1f64.tanh();
    assert!((electrode / 0.1 / input_mohm - 1.0).abs() < 1e-4, "{} MΩ", electrode / 0.1);
    for (piece, ours) in cell.compartments().iter().zip(&depolarisation) {
        let way = 1.0 - piece.distance_um / model.length_constant_um();
        let exact = 0.1 * input_mohm * way.cosh() / 1f64.cosh();
        assert!((ours / exact - 1.0).abs() < 1e-4, "{} µm: {ours} against {exact}", piece.distance_um);
    }
}

#[test]
fn a_sealed_cable_equalises_with_its_second_time_constant() {
    let model = RallCable::preset("sealed").expect("a preset");
    let cell = model.cell().expect("a cable");
    let mut simulation = Simulation::new(&cell).expect("a cable");
    let mut injected_pa = vec![0.0; 100];
    // The difference of both ends holds the odd modes alone; the third decays seven times as fast.
    let mut differences = Vec::new();
    for step in 0..1000 {
        injected_pa[0] = if step < 100 { 100.0 } else { 0.0 };
        simulation.advance(0.01, &injected_pa, &[]).expect("a step");
        if step == 400 || step == 800 {
            differences.push(simulation.potentials()[0] - simulation.potentials()[99]);
        }
    }
    meets(4, 4.0 / (differences[0] / differences[1]).ln());
}

/// Rall's tree: where `d^{3/2}` of a parent is the sum over its daughters and all tips are equally far
/// in length constants, the tree is as good as one cylinder.
#[test]
fn a_tree_of_the_three_halves_rule_is_one_cylinder() {
    let parent = RallCable { length_um: 0.5 * 816.496_580_9, compartments: 200.0, ..RallCable::default() };
    let mut tree = parent.cell().expect("a cable");
    let daughter_um = parent.diameter_um * 0.5f64.powf(2.0 / 3.0);
    let daughter = RallCable { diameter_um: daughter_um, ..parent };
    for _ in 0..2 {
        let branch = Branch {
            from: Origin::End(199),
            length_um: 0.5 * daughter.length_constant_um(),
            diameter_um: daughter_um,
            compartments: 200,
        };
        tree.grow(branch).expect("a branch");
    }
    let ours = settled(&tree, 400);
    let cylinder = RallCable { length_um: 816.496_580_9, compartments: 400.0, ..RallCable::default() };
    let theirs = settled(&cylinder.cell().expect("a cable"), 400);
    assert!((ours[0] / theirs[0] - 1.0).abs() < 2e-3, "{} against {}", ours[0], theirs[0]);
    assert!((ours[399] / theirs[399] - 1.0).abs() < 2e-3, "{} against {}", ours[399], theirs[399]);
    assert!((ours[399] - ours[599]).abs() < 1e-9, "daughters are alike");
    // Daughters that are too thick load the parent: the rule matters.
    let mut thick = parent.cell().expect("a cable");
    for _ in 0..2 {
        let branch = Branch { from: Origin::End(199), length_um: 408.2, diameter_um: 2.0, compartments: 200 };
        thick.grow(branch).expect("a branch");
    }
    assert!(settled(&thick, 400)[0] < 0.95 * theirs[0]);
}
