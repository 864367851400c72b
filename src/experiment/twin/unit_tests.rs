//! Units of every kind in both twins.

use super::tests::{evaluate, small, train, twin_of};
use super::*;
use crate::ann::{Swap, UnitNeuron};
use crate::experiment::checkpoint;
use crate::experiment::config::{NeuronConfig, NeuronValue, UnitConfig, trained_kind, unit_kind};
use crate::experiment::parameters::UNIT_KINDS;

fn accuracy(twin: &mut Twin, side: Side) -> f64 {
    evaluate(twin);
    let evaluation = twin.half(side).evaluation.as_ref().expect("an evaluation");
    evaluation.complete.expect("points are judged completely").accuracy
}

#[test]
fn a_trained_network_bears_a_unit_of_any_kind() {
    let mut config = small();
    config.spiking.steps = 25;
    let mut twin = twin_of(config);
    train(&mut twin, 1500);
    let bytes = checkpoint::encode(&twin).expect("finite weights");
    for side in Side::BOTH {
        let usual = accuracy(&mut twin, side);
        println!("{side:?} as trained: {:.0} %", 100.0 * usual);
        for choice in &UNIT_KINDS {
            let Ok(kind) = trained_kind(side, choice.id) else { continue };
            let (mut worst, mut sum) = (1.0f64, 0.0);
            for unit in 0..8 {
                checkpoint::restore(&mut twin, &bytes).expect("its own checkpoint");
                twin.command(side, Command::Swap { layer: 0, unit, to: Some(kind) }).expect("a kind");
                let found = accuracy(&mut twin, side);
                (worst, sum) = (worst.min(found), sum + found / 8.0);
            }
            println!(
                "  one of 8 a {:24} mean {:5.1} %, worst {:3.0} %",
                choice.id,
                100.0 * sum,
                100.0 * worst
            );
            // A neuron is fitted to what it replaces; another activation function is what it is.
            let fitted = kind.activation().is_none();
            assert!(!fitted || sum > usual - 0.1, "{side:?}: a unit {} leaves {sum} of {usual}", choice.id);
            train(&mut twin, 20);
            assert!(twin.hash().is_some(), "{}: finite weights", choice.id);
        }
    }
}

/// A layer each of whose units is another kind.
fn mixed() -> ExperimentConfig {
    let mut config = small();
    config.layers[0].units = UNIT_KINDS.len() as u32;
    for side in Side::BOTH {
        let named = |(unit, choice): (u32, &crate::describe::Choice)| {
            unit_kind(side, choice.id).ok().map(|_| UnitConfig { unit, kind: choice.id.to_owned() })
        };
        let others = (0..).zip(&UNIT_KINDS).filter_map(named).collect();
        match side {
            Side::Artificial => config.layers[0].others = others,
            Side::Spiking => config.layers[0].spiking_others = others,
        }
    }
    config
}

#[test]
fn layers_of_every_kind_learn() {
    let mut twin = twin_of(mixed());
    evaluate(&mut twin);
    let loss = |twin: &Twin, side| twin.half(side).evaluation.as_ref().expect("an evaluation").train.loss;
    let before = Side::BOTH.map(|side| loss(&twin, side));
    train(&mut twin, 600);
    evaluate(&mut twin);
    for side in Side::BOTH {
        let (before, after) = (before[side.index()], loss(&twin, side));
        println!("{side:?}: loss {before:.3}, after 600 steps {after:.3}");
        assert!(after < 0.5 * before, "{side:?}: {before}, then {after}");
    }
    let bytes = checkpoint::encode(&twin).expect("finite weights");
    train(&mut twin, 20);
    let there = twin.hash();
    let mut fresh = twin_of(mixed());
    checkpoint::restore(&mut fresh, &bytes).expect("its own checkpoint");
    train(&mut fresh, 20);
    assert_eq!(fresh.hash(), there, "out and in, draws included");
}

#[test]
fn neurons_have_the_numbers_that_the_configuration_gives_them() {
    let mut config = small();
    let kind = |id| UnitConfig { unit: 1, kind: String::from(id) };
    (config.layers[0].others, config.layers[0].spiking_others) =
        (vec![kind("izhikevich")], vec![kind("izhikevich")]);
    let usual = twin_of(config.clone());
    let values = vec![NeuronValue { key: "d".to_owned(), value: 2.0 }];
    config.neurons = vec![NeuronConfig { id: "izhikevich".to_owned(), values, frozen: true }];
    let mut twin = twin_of(config.clone());
    let izhikevich =
        Swap::all().find(|kind| kind.model().is_some_and(|neuron| neuron.declaration().id == "izhikevich"));
    for side in Side::BOTH {
        let network = twin.half(side).session.network();
        let UnitNeuron { neuron, frozen } =
            network.neuron_of(izhikevich.expect("it exists")).expect("a neuron");
        assert!(frozen && format!("{neuron:?}").contains("d: 2.0"), "{side:?}: {neuron:?}");
    }
    // Nothing is learned through a frozen neuron: what drives it stays, but for the pull of other units.
    let column = |twin: &Twin, side: Side| -> Vec<f32> {
        twin.half(side).session.parameter(0).iter().skip(1).step_by(8).copied().collect()
    };
    let before = Side::BOTH.map(|side| column(&twin, side));
    let mut usual = usual;
    for (twin, moves) in [(&mut twin, false), (&mut usual, true)] {
        train(twin, 30);
        for side in Side::BOTH {
            assert_eq!(column(twin, side) != before[side.index()], moves, "{side:?}");
        }
    }
    let bytes = checkpoint::encode(&twin).expect("finite weights");
    assert!(checkpoint::restore(&mut usual, &bytes).is_err(), "another neuron, another experiment");
    let mut fresh = twin_of(config);
    checkpoint::restore(&mut fresh, &bytes).expect("its own checkpoint");
    train(&mut fresh, 20);
    train(&mut twin, 20);
    assert_eq!(fresh.hash(), twin.hash());
}
