//! Whole networks against their definition in f64.

use super::{check, numbers};
use crate::graph::ops::encode::{Code, Encode};
use crate::graph::ops::neuron_step::{Drive, Learned, Neuron, NeuronStep, Surrogate};
use crate::graph::ops::{Add, CrossEntropy, HalfMeanSquare};
use crate::kernels::activation::Activation;
use crate::neurons::{LeakyIntegrator, LeakyModel, Lif};

#[test]
fn dense_layers_of_every_activation() {
    for kind in Activation::ALL {
        check(&format!("{kind:?}"), |graph| {
            let (x, target) = (graph.input("x", &[5, 3]), graph.input("target", &[5, 2]));
            let (w1, b1) = (graph.parameter("w1", &[3, 6]), graph.parameter("b1", &[6]));
            let (w2, b2) = (graph.parameter("w2", &[6, 2]), graph.parameter("b2", &[2]));
            let z = graph.linear(x, w1, b1).expect("fits");
            let h = graph.activate(kind, z).expect("fits");
            let y = graph.linear(h, w2, b2).expect("fits");
            let loss = graph.apply(HalfMeanSquare.into(), &[y, target]).expect("fits");
            (vec![(x, numbers(15, 1)), (target, numbers(10, 2))], loss)
        });
    }
}

#[test]
fn cross_entropy_and_a_branch_that_is_added() {
    check("branches", |graph| {
        let (x, class) = (graph.input("x", &[4, 3]), graph.input("class", &[4]));
        let w = graph.parameter("w", &[3, 5]);
        let b = graph.parameter("b", &[5]);
        let z = graph.linear(x, w, b).expect("fits");
        let a = graph.activate(Activation::Tanh, z).expect("fits");
        let c = graph.activate(Activation::Sigmoid, z).expect("fits");
        let y = graph.apply(Add.into(), &[a, c]).expect("fits");
        let loss = graph.apply(CrossEntropy.into(), &[y, class]).expect("fits");
        (vec![(x, numbers(12, 3)), (class, vec![0.0, 4.0, 2.0, 1.0])], loss)
    });
}

fn spiking(code: Option<Code>, refractory_ms: f64) {
    let lif = Lif { refractory_ms, ..Lif::default() };
    let readout = LeakyIntegrator::default();
    let steps = 12;
    let layer = |drive: Drive, neuron: Neuron, share: f64| NeuronStep {
        neuron,
        steps,
        dt_ms: 1.0,
        drive,
        gain: NeuronStep::gain_for_jump(lif.membrane(1.0), share),
        readout: neuron.readout(),
        surrogate: Surrogate::FastSigmoid { slope: 4.0 },
        learned: Learned::default(),
        site: 0,
    };
    check(&format!("spiking, {code:?}, refractory {refractory_ms} ms"), |graph| {
        let (x, class) = (graph.input("x", &[3, 5]), graph.input("class", &[3]));
        let (source, drive, channels) = match code {
            Some(code) => {
                let encode = Encode { code, steps, signed: true, peak: 0.8 };
                (graph.apply(encode.into(), &[x]).expect("fits"), Drive::PerStep, 10)
            }
            None => (x, Drive::Held, 5),
        };
        let (w1, b1) = (graph.parameter("w1", &[channels, 7]), graph.parameter("b1", &[7]));
        let (w2, b2) = (graph.parameter("w2", &[7, 6]), graph.parameter("b2", &[6]));
        let (w3, b3) = (graph.parameter("w3", &[6, 4]), graph.parameter("b3", &[4]));
        let z = graph.linear(source, w1, b1).expect("fits");
        let s = graph.apply(layer(drive, Neuron::Lif(lif), 0.4).into(), &[z]).expect("fits");
        let z = graph.linear(s, w2, b2).expect("fits");
        let s = graph.apply(layer(Drive::PerStep, Neuron::Lif(lif), 0.4).into(), &[z]).expect("fits");
        let z = graph.linear(s, w3, b3).expect("fits");
        let neuron = Neuron::LeakyIntegrator(readout);
        let y = graph.apply(layer(Drive::PerStep, neuron, 0.4).into(), &[z]).expect("fits");
        let loss = graph.apply(CrossEntropy.into(), &[y, class]).expect("fits");
        let x_values = numbers(15, 6).iter().map(|x| x.clamp(-1.0, 1.0)).collect();
        (vec![(x, x_values), (class, vec![3.0, 0.0, 1.0])], loss)
    });
}

#[test]
fn spiking_layers_through_time() {
    for refractory_ms in [0.0, 1.0, 2.0] {
        for code in [None, Some(Code::Rate), Some(Code::Latency)] {
            spiking(code, refractory_ms);
        }
    }
}
