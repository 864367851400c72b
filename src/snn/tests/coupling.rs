//! Gap junctions, and Dale's principle, within a network.

use super::LIMIT;
use crate::neurons::{LeakyIntegrator, Lif};
use crate::snn::cells::{Composed, LifConductance, LifCurrent, Receptor};
use crate::snn::dale::Effect;
use crate::snn::synapses::ExponentialConductance;
use crate::snn::{Connect, GapSpec, NetworkSpec, PopulationSpec, ProjectionSpec};

#[test]
fn a_joined_neuron_follows_by_the_coupling_coefficient() {
    // Two membranes of one population, and one of another: g/(g + g_L) at g = 0.25 g_L.
    let cells = || Composed { neuron: LeakyIntegrator::default(), receptors: Vec::new() };
    let mut spec = NetworkSpec::new(0.1, 1);
    spec.populations.push(PopulationSpec::new("pair", 2, cells()));
    spec.populations.push(PopulationSpec::new("other", 1, cells()));
    let gaps = |between, pairs| GapSpec { between, connect: Connect::List(pairs), conductance: 0.25 };
    spec.gaps = vec![gaps([0, 0], vec![(0, 1)])];
    let coefficients = |spec: &NetworkSpec, followers: [(usize, usize); 2]| {
        let mut network = spec.build(LIMIT).expect("a network");
        network.set_current(0, 0..1, 10.0);
        (0..4000).for_each(|_| network.advance().expect("finite potentials"));
        let above = |(population, neuron): (usize, usize)| network.potentials(population)[neuron] + 65.0;
        followers.map(|follower| above(follower) / above((0, 0)))
    };
    let [within, apart] = coefficients(&spec, [(0, 1), (1, 0)]);
    assert!((within - 0.2).abs() < 1e-4 && apart.abs() < 1e-6, "{within} and {apart}");
    spec.gaps = vec![gaps([1, 0], vec![(0, 0)])];
    let [within, apart] = coefficients(&spec, [(0, 1), (1, 0)]);
    assert!((apart - 0.2).abs() < 1e-4 && within.abs() < 1e-6, "{within} and {apart}");
}

#[test]
fn junctions_that_cannot_be_are_refused() {
    let cells = LifCurrent { neuron: Lif::default(), synaptic_tau_ms: [5.0, 10.0] };
    let mut spec = NetworkSpec::new(0.1, 1);
    spec.populations.push(PopulationSpec::new("closed", 2, cells));
    let gaps = GapSpec { between: [0, 0], connect: Connect::List(vec![(0, 1)]), conductance: 0.1 };
    spec.gaps = vec![gaps.clone()];
    assert!(spec.check().expect_err("no conductance").to_string().starts_with("closed: "));
    let open = Composed { neuron: Lif::default(), receptors: Vec::new() };
    spec.populations[0] = PopulationSpec::new("open", 2, open);
    spec.check().expect("it can be");
    spec.gaps[0].conductance = f32::NAN;
    assert!(spec.check().expect_err("not a number").to_string().contains("conductance must be finite"));
    spec.gaps[0] = GapSpec { connect: Connect::List(vec![(0, 2)]), ..gaps };
    assert!(spec.check().expect_err("beyond").to_string().contains("within both populations"));
}

#[test]
fn a_population_keeps_to_dales_principle() {
    let currents = LifCurrent { neuron: Lif::default(), synaptic_tau_ms: [5.0, 10.0] };
    let reversals = [0.0, -80.0].map(|reversal_mv| {
        Receptor::new(ExponentialConductance { reversal_mv, ..ExponentialConductance::default() })
    });
    let conductances = Composed { neuron: Lif::default(), receptors: reversals.to_vec() };
    let at_once =
        LifConductance { neuron: Lif::default(), synaptic_tau_ms: [5.0; 2], reversal_mv: [0.0, -80.0] };
    let said = |effect, target: usize, receptor, weight| {
        let mut spec = NetworkSpec::new(0.1, 1);
        spec.populations
            .push(PopulationSpec { effect: Some(effect), ..PopulationSpec::new("currents", 2, currents) });
        spec.populations.push(PopulationSpec::new("conductances", 2, conductances.clone()));
        spec.populations.push(PopulationSpec::new("at once", 2, at_once));
        spec.projections.push(ProjectionSpec::new([0, target], receptor, Connect::OneToOne, weight, 1.0));
        spec.check().err().map(|error| error.to_string())
    };
    assert_eq!(said(Effect::Excitatory, 0, 1, 0.5), None);
    let wrong = said(Effect::Excitatory, 0, 1, -0.5).expect("it must be refused");
    assert_eq!(wrong, "currents → currents: weight must be excitatory, not -0.5");
    assert_eq!(said(Effect::Inhibitory, 0, 0, -0.5), None);
    for target in [1, 2] {
        assert_eq!(said(Effect::Inhibitory, target, 1, 0.5), None, "the reversal decides");
        assert!(said(Effect::Inhibitory, target, 0, 0.5).is_some());
        assert!(said(Effect::Excitatory, target, 0, -0.5).is_some(), "conductances are not negative");
    }
}
