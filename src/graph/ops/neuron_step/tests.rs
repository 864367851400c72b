//! Values, gradients and refusals of neurons as an operation.

use super::*;
use crate::graph::executor::{CpuExecutor, Executor, Work};
use crate::graph::ops::{Add, HalfMeanSquare, MatMul, Scale, StopGradient};
use crate::graph::oracle::{check, numbers};
use crate::graph::plan::{ParameterLayout, Plan};
use crate::kernels::activation::Activation;
use crate::neurons::Effective;
use crate::neurons::{AnyNeuron, EscapeNoise, Exponential, Input, LeakyIntegrator, Lif, any};
use crate::rng::{Stream, StreamId};

const SURROGATES: [Surrogate; 3] = [
    Surrogate::FastSigmoid { slope: 4.0 },
    Surrogate::Arctan { slope: 3.0 },
    Surrogate::Triangular { slope: 1.5 },
];

fn layer(neuron: Neuron, drive: Drive, readout: Readout, learned: Learned) -> NeuronStep {
    let membrane = Lif::default().membrane(1.0);
    let gain = match drive {
        Drive::Held => 3.0 * membrane.span_mv,
        Drive::PerStep => NeuronStep::gain_for_jump(membrane, 0.6),
    };
    NeuronStep {
        neuron,
        steps: 9,
        dt_ms: 1.0,
        drive,
        gain,
        readout,
        surrogate: SURROGATES[0],
        learned,
        site: 0,
    }
}

fn hold(step: &NeuronStep, fixed_drive: bool) {
    check(&format!("{step:?}"), |graph| {
        let (x, w) = (graph.input("x", &[3, 9, 4]), graph.parameter("w", &[4, 6]));
        let (held, v) = (graph.input("held", &[3, 4]), graph.parameter("v", &[4, 6]));
        let per_step = step.drive == Drive::PerStep;
        let (x, w, unused) = if per_step { (x, w, v) } else { (held, v, w) };
        let drive = graph.apply(MatMul::of(false, false).into(), &[x, w]).expect("fits");
        let mut fed = vec![(x, numbers(len(graph.shape(x)), 1))];
        let mut inputs = vec![drive];
        if fixed_drive {
            inputs[0] = graph.apply(StopGradient.into(), &[drive]).expect("fits");
        }
        for (learned, least) in [(step.learned.threshold, 0.8), (step.learned.decay, 0.7)] {
            if learned {
                // What is learned lies around a number that makes sense.
                let raw = graph.parameter("learned", &[6]);
                let row = graph.activate(Activation::Sigmoid, raw).expect("fits");
                let row = graph.apply(Scale(0.25).into(), &[row]).expect("fits");
                let base = graph.input("base", &[6]);
                fed.push((base, vec![least; 6]));
                inputs.push(graph.apply(Add.into(), &[row, base]).expect("fits"));
            }
        }
        let response = graph.apply(step.clone().into(), &inputs).expect("fits");
        let mut loss_of = |graph: &mut Graph, y: TensorId, key| {
            let shape = graph.shape(y).to_vec();
            let target = graph.input("target", &shape);
            fed.push((target, numbers(len(&shape), key)));
            graph.apply(HalfMeanSquare.into(), &[y, target]).expect("fits")
        };
        let mut loss = loss_of(graph, response, 2);
        for rest in if fixed_drive { vec![unused, w] } else { vec![unused] } {
            let other = loss_of(graph, rest, 3);
            loss = graph.apply(Add.into(), &[loss, other]).expect("fits");
        }
        (fed, loss)
    });
}

#[test]
fn every_readout_surrogate_and_learned_number() {
    let lif = |refractory_ms| Neuron::Lif(Lif { refractory_ms, ..Lif::default() });
    let all = Learned { threshold: true, decay: true };
    for drive in [Drive::Held, Drive::PerStep] {
        for readout in [Readout::Spikes, Readout::Rate, Readout::MeanPotential] {
            for refractory_ms in [0.0, 2.0] {
                for surrogate in SURROGATES {
                    let step = layer(lif(refractory_ms), drive, readout, Learned::default());
                    hold(&NeuronStep { surrogate, ..step }, false);
                }
                if readout != Readout::MeanPotential {
                    for learned in [all, Learned { decay: false, ..all }] {
                        hold(&layer(lif(refractory_ms), drive, readout, learned), false);
                        hold(&layer(lif(refractory_ms), drive, readout, learned), true);
                    }
                }
                let decay = Learned { threshold: false, decay: true };
                hold(&layer(lif(refractory_ms), drive, readout, decay), false);
            }
        }
        let integrator = Neuron::LeakyIntegrator(LeakyIntegrator::default());
        let decay = Learned { threshold: false, decay: true };
        hold(&layer(integrator, drive, Readout::MeanPotential, decay), false);
    }
}

#[test]
fn nothing_flows_through_frozen_neurons() {
    for neuron in Neuron::all() {
        let mut graph = Graph::new();
        let (w, target) = (graph.parameter("w", &[2, 3]), graph.input("target", &[2, 3]));
        let readout = if neuron.fires() { Readout::Rate } else { Readout::MeanPotential };
        let frozen = NeuronStep { surrogate: Surrogate::Frozen, ..layer_of(neuron, Drive::Held, readout) };
        let outputs = graph.apply_all(frozen.into(), &[w]).expect("fits");
        assert_eq!(outputs.len(), 2, "nothing is kept for a gradient that nobody asks for");
        let loss = graph.apply(HalfMeanSquare.into(), &[outputs[0], target]).expect("fits");
        assert!(graph.backward(loss).expect("gradients").is_empty());
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let mut graph = Graph::new();
    let (x, row) = (graph.input("x", &[2, 3]), graph.input("row", &[2]));
    let integrator = Neuron::LeakyIntegrator(LeakyIntegrator::default());
    let rate = layer(integrator, Drive::Held, Readout::Rate, Learned::default());
    let error = graph.apply(rate.into(), &[x]).unwrap_err().to_string();
    assert!(error.starts_with("neurons: expected neurons that fire, got \"leaky-integrator\""), "{error}");
    let learned = Learned { threshold: true, decay: false };
    let lif = layer(Neuron::Lif(Lif::default()), Drive::Held, Readout::Rate, learned);
    let error = graph.apply(lif.into(), &[x, row]).unwrap_err().to_string();
    assert_eq!(error, "neurons: expected a row of 3 numbers, got [2]");
}

/// A layer of any neurons, driven from far below to a few times what makes them fire.
fn layer_of(neuron: Neuron, drive: Drive, readout: Readout) -> NeuronStep {
    let step = layer(neuron, drive, readout, Learned::default());
    let Effective { threshold, scale, .. } = neuron.effective();
    let reach = threshold.max(scale);
    let gain = match drive {
        Drive::Held => 3.0 * reach,
        Drive::PerStep => 0.6 * reach / (1.0 - step.follower().decay),
    };
    NeuronStep { gain, site: 5, ..step }
}

/// The readouts that a neuron has.
fn readouts(neuron: &Neuron) -> &'static [Readout] {
    if neuron.fires() {
        &[Readout::Spikes, Readout::Rate, Readout::MeanPotential]
    } else {
        &[Readout::MeanPotential]
    }
}

const KEYS: [u64; 5] = [3, 9, 4, 1, 700];

/// What a layer makes of `drive (batch, 3)` or `(batch, steps, 3)`.
fn outputs_of(step: &NeuronStep, drive: &[f32], keys: &[u64]) -> Vec<Vec<f32>> {
    let mut graph = Graph::new();
    let units = 3;
    let per_step = [keys.len(), step.steps, units];
    let shape = if step.drive == Drive::Held { &[keys.len(), units][..] } else { &per_step };
    let x = graph.input("x", shape);
    let outputs = graph.apply_all(step.clone().into(), &[x]).expect("fits");
    let layout = ParameterLayout::of(&graph);
    let plan = Plan::compile(&graph, &layout, &outputs).expect("small");
    let mut executor = CpuExecutor::new(layout);
    let draws = Draws { stream: Stream::new(2, StreamId::Encoding), keys };
    let ticket = executor.submit(Work::Run { plan: &plan, inputs: &[(x, drive)], draws }).expect("fits");
    assert!(executor.poll(ticket));
    outputs.iter().map(|&output| executor.read(&plan, output).to_vec()).collect()
}

#[test]
fn every_model_of_the_catalogue_can_be_a_unit() {
    let ids = Neuron::all().map(|neuron| neuron.declaration().id);
    assert_eq!(ids.as_slice(), any::MODELS.iter().map(|model| model.declaration.id).collect::<Vec<_>>());
    let given = Neuron::named("adaptive-exponential", &[("b_pa", 0.0)]).expect("a parameter of the model");
    assert_ne!(Ok(given), Neuron::named("adaptive-exponential", &[]));
    let refusal = |id, values| Neuron::named(id, values).unwrap_err().to_string();
    assert_eq!(refusal("glia", &[]), "there is no neuron `glia`");
    assert!(refusal("lif", &[("tau_ms", 0.0)]).contains("2 to 100 ms"));
}

#[test]
fn every_model_steps_as_it_does_alone() {
    for neuron in Neuron::all() {
        let id = neuron.declaration().id;
        let mut spikes = 0.0;
        for drive in [Drive::Held, Drive::PerStep] {
            for &readout in readouts(&neuron) {
                let step = NeuronStep { steps: 30, ..layer_of(neuron, drive, readout) };
                let held = drive == Drive::Held;
                let drives = numbers(if held { 15 } else { 15 * 30 }, 8);
                let outputs = outputs_of(&step, &drives, &KEYS);
                let substeps = step.substeps();
                let stream = Stream::new(2, StreamId::Encoding).sub(5);
                for (example, unit) in (0..5).flat_map(|example| (0..3).map(move |unit| (example, unit))) {
                    let dt_ms = step.dt_ms / f64::from(substeps);
                    let mut alone = AnyNeuron::single(id, &[], dt_ms).expect("a model");
                    let (mut count, mut sum, mut time) = (0.0, 0.0, 0);
                    let membrane = step.membrane();
                    for t in 0..30 {
                        let at = (example * 30 + t) * 3 + unit;
                        let current = drives[if held { example * 3 + unit } else { at }] * step.gain as f32;
                        let (mut fired, mut potential) = (0.0f32, 0.0);
                        for _ in 0..substeps {
                            let uniform = stream.uniform_f32(KEYS[example], ((unit as u64) << 32) + time);
                            time += 1;
                            let stepped = alone.step(Input { uniform, ..Input::current(current) });
                            fired = fired.max(stepped.spike);
                            potential = stepped.potential;
                        }
                        let ours = outputs[1][at];
                        let close = (ours - potential).abs() <= 2e-5 * potential.abs().max(1.0);
                        let same = if neuron.is_leaky() { close } else { ours == potential };
                        assert!(same, "{id} at step {t}: {ours} mV, alone {potential} mV");
                        if readout == Readout::Spikes {
                            assert_eq!(outputs[0][at], fired, "{id} at step {t}");
                        }
                        count += fired;
                        sum += f64::from(potential) - membrane.rest_mv;
                    }
                    spikes += count;
                    let response =
                        outputs[0][if readout == Readout::Spikes { 0 } else { example * 3 + unit }];
                    match readout {
                        Readout::Spikes => {}
                        Readout::Rate => assert!((response - count / 30.0).abs() < 1e-6, "{id}: {response}"),
                        Readout::MeanPotential => {
                            let mean = sum / membrane.span_mv / 30.0;
                            let error = (f64::from(response) - mean).abs();
                            assert!(error < 1e-4 * mean.abs().max(1.0), "{id}: {response}, alone {mean}");
                        }
                    }
                }
            }
        }
        assert_eq!(spikes > 0.0, neuron.fires(), "{id} fires {spikes} times");
    }
}

#[test]
fn a_step_of_the_input_is_as_many_of_the_model_as_it_asks_for() {
    let substeps = |id: &str, dt_ms: f64| {
        let neuron = Neuron::named(id, &[]).expect("a model");
        NeuronStep { dt_ms, ..layer(neuron, Drive::Held, neuron.readout(), Learned::default()) }.substeps()
    };
    for (id, dt_ms, count) in [
        ("lif", 5.0, 1),
        ("perceptron", 5.0, 1),
        ("escape-noise", 1.0, 1),
        ("escape-noise", 1.2, 2),
        ("izhikevich", 1.0, 2),
        ("hodgkin-huxley", 0.1, 1),
        ("hodgkin-huxley", 0.3, 3),
        ("hodgkin-huxley", 0.7, 7),
        ("wang-buzsaki", 5.0, 100),
    ] {
        assert_eq!(substeps(id, dt_ms), count, "{id} at {dt_ms} ms");
    }
}

#[test]
fn every_model_has_the_gradient_of_the_membrane_that_stands_for_it() {
    for neuron in Neuron::all().into_iter().chain([
        Neuron::named("rate", &[("rectified", 1.0), ("gain", 2.0), ("threshold", 0.3)]).expect("a model"),
        Neuron::Exponential(Exponential { refractory_ms: 0.0, ..Exponential::default() }),
        Neuron::named("perceptron", &[("bias", 0.7)]).expect("a model"),
    ]) {
        for drive in [Drive::Held, Drive::PerStep] {
            for &readout in readouts(&neuron) {
                for surrogate in SURROGATES {
                    hold(&NeuronStep { surrogate, ..layer_of(neuron, drive, readout) }, false);
                }
            }
        }
    }
}

#[test]
fn what_the_membrane_that_stands_for_a_model_is() {
    let of = |id: &str| Neuron::named(id, &[]).expect("a model").effective();
    // From the parameters by hand: C/g, and the drive at which the fast parts lose their rest.
    for (id, tau_ms, threshold) in [
        ("lif", 20.0, 15.0),
        ("escape-noise", 20.0, 15.0),
        ("exponential", 10.0, 0.162),
        ("adaptive-exponential", 281.0 / 30.0, 30.0 * 18.2 + 4.0 * 20.2),
        ("izhikevich", 1.0 / 0.6, 3.75),
        ("mcculloch-pitts", 0.0, 2.0),
        ("perceptron", 0.0, 0.5),
    ] {
        let effective = of(id);
        assert!((effective.tau_ms - tau_ms).abs() < 1e-9, "{id}: {effective:?}");
        assert!((effective.threshold - threshold).abs() < 1e-9, "{id}: {effective:?}");
    }
    // The squid's axon fires once from 2.2 and for ever from 6.3 µA/cm² on, the interneuron for ever from 0.16.
    for (id, from, to) in [("hodgkin-huxley", 2.2, 6.3), ("wang-buzsaki", 0.13, 0.17)] {
        let threshold = of(id).threshold;
        assert!((from..to).contains(&threshold), "{id}: {threshold}");
    }
    for preset in
        any::MODELS.iter().flat_map(|model| model.declaration.presets.iter().map(move |p| (model, p)))
    {
        let (model, preset) = preset;
        let neuron = Neuron::named(model.declaration.id, preset.values).expect("a declared preset");
        let effective = neuron.effective();
        let numbers = [effective.threshold, effective.rest_mv, effective.tau_ms];
        let sound = numbers.iter().all(|number| number.is_finite()) && effective.tau_ms >= 0.0;
        assert!(sound && effective.scale > 0.0 && effective.span_mv > 0.0, "{}: {effective:?}", preset.id);
    }
}

#[test]
fn neurons_that_draw_do_so_by_example_and_unit() {
    let step = layer_of(Neuron::EscapeNoise(EscapeNoise::default()), Drive::Held, Readout::Spikes);
    let step = NeuronStep { steps: 200, gain: 14.0, ..step };
    let spikes = |keys: &[u64]| outputs_of(&step, &vec![1.0; 3 * keys.len()], keys)[0].clone();
    let five = spikes(&KEYS);
    for (example, key) in KEYS.iter().enumerate() {
        assert_eq!(spikes(&[*key]), five[example * 600..][..600], "an example alone is as among others");
    }
    let of_unit = |unit: usize| five.iter().skip(unit).step_by(3).take(200).copied().collect::<Vec<f32>>();
    assert_ne!(of_unit(0), of_unit(1), "units draw apart");
    let other_site = NeuronStep { site: 6, ..step.clone() };
    assert_ne!(outputs_of(&other_site, &[1.0; 15], &KEYS)[0], five);
    // The definition itself: about 0.1·e^((14 − 15)/2) a millisecond once the membrane is charged.
    let rate = five.iter().sum::<f32>() / five.len() as f32;
    assert!((0.01..0.06).contains(&rate), "{rate}");
}

#[test]
fn a_long_step_and_learned_numbers_of_other_neurons_are_refused() {
    let mut graph = Graph::new();
    let (x, row) = (graph.input("x", &[2, 3]), graph.input("row", &[3]));
    let step = layer_of(Neuron::named("wang-buzsaki", &[]).expect("a model"), Drive::Held, Readout::Rate);
    let long = NeuronStep { dt_ms: 1e4, ..step.clone() };
    let error = graph.apply(long.into(), &[x]).unwrap_err().to_string();
    assert_eq!(error, "neurons: expected a step of at most 10000 of the model's own, got 10000.0");
    let learned = NeuronStep { learned: Learned { threshold: true, decay: false }, ..step };
    let error = graph.apply(learned.into(), &[x, row]).unwrap_err().to_string();
    assert!(error.contains("expected a leaky membrane, to learn its threshold"), "{error}");
}
