//! Single neurons and synapses against Brian2 and NEURON: the same equations, integrator and step.
//!
//! `tests/fixtures/make_spiking.py` writes what is compared, and says where definitions of a step differ.

use cajal::describe::Declared;
use cajal::learning::plasticity::PairStdp;
use cajal::neurons::any::{MODELS, drive_at};
use cajal::neurons::{AnyNeuron, HodgkinHuxley, Input, Lif, NeuronModel, Stepper};
use cajal::snn::plasticity::{Arrival, Firing, Modulation, Plasticity, SpikeRule, Traces};
use cajal::snn::short_term::{ShortTerm, ShortTermState};
use cajal::snn::synapses::{ExponentialConductance, SynapseModel, SynapseStepper};
use serde_json::Value;

/// How far a spike may be from theirs, ms.
const TOLERANCE_MS: f64 = 0.05;

fn fixture() -> Value {
    serde_json::from_str(include_str!("fixtures/spiking.json")).expect("the fixture")
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(number).collect()
}

/// Keys and numbers of an object.
fn values(value: &Value) -> Vec<(&str, f64)> {
    value.as_object().expect("an object").iter().map(|(key, value)| (key.as_str(), number(value))).collect()
}

fn points(value: &Value) -> Vec<(f64, f64)> {
    value.as_array().expect("points").iter().map(|point| (number(&point[0]), number(&point[1]))).collect()
}

/// The drive at a time: the script's own rule, which is that of presets.
fn drive(points: &[(f64, f64)], t_ms: f64) -> f64 {
    let after = points.partition_point(|&(time, _)| time <= t_ms);
    match (after.checked_sub(1).map(|at| points[at]), points.get(after)) {
        (Some((from, low)), Some(&(to, high))) => low + (high - low) * (t_ms - from) / (to - from),
        (Some((_, last)), None) => last,
        (None, first) => first.expect("a point").1,
    }
}

/// Times of the steps in which `fires`, ms.
fn spikes(fixture: &Value, mut fires: impl FnMut(u32, f64) -> bool) -> Vec<f64> {
    let (dt_ms, until_ms) = (number(&fixture["dt_ms"]), number(&fixture["until_ms"]));
    let times = (0..(until_ms / dt_ms).round() as u32).map(|step| (step, f64::from(step) * dt_ms));
    times.filter(|&(step, t_ms)| fires(step, t_ms)).map(|(_, t_ms)| t_ms).collect()
}

/// The largest distance of a spike from theirs.
fn furthest(ours: &[f64], theirs: &[f64]) -> f64 {
    ours.iter().zip(theirs).map(|(ours, theirs)| (ours - theirs).abs()).fold(0.0, f64::max)
}

#[track_caller]
fn assert_alike(what: &str, ours: &[f64], theirs: &[f64]) {
    println!("{what}: {} spikes, furthest {:.3} ms", ours.len(), furthest(ours, theirs));
    assert_eq!(ours.len(), theirs.len(), "{what}: ours {ours:?}, theirs {theirs:?}");
    assert!(furthest(ours, theirs) <= TOLERANCE_MS, "{what}: ours {ours:?}, theirs {theirs:?}");
}

/// A neuron of the fixture fires when it does in the other simulator.
fn cell(fixture: &Value, cell: &Value) -> Vec<f64> {
    let text = |key: &str| cell[key].as_str().expect("a text");
    let (dt_ms, points) = (number(&fixture["dt_ms"]), points(&cell["drive"]));
    let parameters = values(&cell["values"]);
    if text("simulator") == "NEURON" {
        let squid = HodgkinHuxley::with_values(parameters).expect("its parameters");
        let neuron = squid.runge_kutta::<f64>(dt_ms);
        let mut state = neuron.rest();
        state.copy_from_slice(&numbers(&cell["start"]));
        return spikes(fixture, |_, t_ms| {
            neuron.step(&mut state, Input::current(drive(&points, t_ms))).spike > 0.0
        });
    }
    let mut neuron = AnyNeuron::new(text("model"), &parameters, dt_ms).expect("a neuron");
    if cell.get("start").is_some() {
        neuron.state_mut().copy_from_slice(&numbers(&cell["start"]));
    }
    spikes(fixture, |_, t_ms| neuron.step(Input::current(drive(&points, t_ms))).spike > 0.0)
}

#[test]
fn neurons_fire_when_they_do_in_other_simulators() {
    let fixture = fixture();
    let cells = fixture["cells"].as_array().expect("cells");
    for of in cells {
        let [simulator, integrator, model, what] =
            ["simulator", "integrator", "model", "what"].map(|key| of[key].as_str().expect("a text"));
        let name = format!("{simulator}, {integrator}: {model}, {what}");
        let (ours, theirs) = (cell(&fixture, of), numbers(&of["spikes_ms"]));
        if of["chaotic"] == Value::Bool(true) {
            println!("{name}: {} spikes, theirs {}", ours.len(), theirs.len());
            assert_eq!(ours.len(), theirs.len(), "{name}");
        } else {
            assert_alike(&name, &ours, &theirs);
        }
    }
    let of = |model: &str| cells.iter().filter(|cell| cell["model"] == model).count();
    let models =
        ["lif", "exponential", "adaptive-exponential", "izhikevich", "hodgkin-huxley", "wang-buzsaki"];
    assert_eq!(models.map(of), [3, 3, 8, 7, 12, 4]);
}

/// What the fixture was made with is what the presets say.
#[test]
fn presets_are_those_of_the_fixture() {
    let fixture = fixture();
    for of in fixture["cells"].as_array().expect("cells") {
        let Some(id) = of["preset"].as_str() else { continue };
        let model = of["model"].as_str().expect("a model");
        let declaration = MODELS.iter().map(|entry| &entry.declaration).find(|found| found.id == model);
        let declaration = declaration.expect("a declared model");
        let preset = declaration.presets.iter().find(|preset| preset.id == id).expect("a preset");
        for (key, theirs) in values(&of["values"]) {
            let given = preset.values.iter().find(|(name, _)| *name == key).map(|(_, value)| *value);
            let default = declaration.parameters.iter().find(|parameter| parameter.key == key);
            let ours = given.or(default.map(|parameter| parameter.default));
            assert_eq!(ours, Some(theirs), "{model}, {id}: {key}");
        }
        let points = points(&of["drive"]);
        for t_ms in (0..500).map(f64::from) {
            assert_eq!(drive_at(preset, t_ms), drive(&points, t_ms), "{model}, {id}: drive at {t_ms} ms");
        }
    }
}

#[test]
fn conductances_make_a_leaky_neuron_fire_when_they_do_in_brian2() {
    let fixture = fixture();
    let dt_ms = number(&fixture["dt_ms"]);
    let of = &fixture["conductances"];
    let neuron = Lif::with_values(values(&of["neuron"])).expect("its parameters").stepper::<f64>(dt_ms);
    let mut state = neuron.rest();
    let mut receptors: Vec<_> = of["receptors"]
        .as_array()
        .expect("receptors")
        .iter()
        .map(|receptor| {
            let [tau_ms, reversal_mv, weight] =
                ["tau_ms", "reversal_mv", "weight"].map(|key| number(&receptor[key]));
            let stepper = ExponentialConductance { tau_ms, reversal_mv }.stepper::<f64>(dt_ms);
            let steps: Vec<u32> =
                numbers(&receptor["spikes_ms"]).iter().map(|ms| (ms / dt_ms).round() as u32).collect();
            (stepper, stepper.rest(), weight, steps)
        })
        .collect();
    let ours = spikes(&fixture, |step, _| {
        let mut input = Input::current(0.0);
        for (receptor, opened, weight, steps) in &mut receptors {
            // What was delivered at the end of a step acts from the next one on.
            let arrives = step > 0 && steps.binary_search(&(step - 1)).is_ok();
            receptor.step(opened, if arrives { *weight } else { 0.0 }, state[0], &mut input);
        }
        neuron.step(&mut state, input).spike > 0.0
    });
    let theirs = numbers(&of["spikes_ms"]);
    assert!(theirs.len() > 20);
    assert_alike("Brian2, Runge-Kutta 4: lif under conductances", &ours, &theirs);
}

#[test]
fn synapses_tire_and_warm_up_as_in_brian2() {
    let fixture = fixture();
    let times = numbers(&fixture["short_term"]["spikes_ms"]);
    let sets = fixture["short_term"]["sets"].as_array().expect("sets");
    assert_eq!((times.len() > 10, sets.len()), (true, 2));
    for set in sets {
        let [use_fraction, recovery_ms, facilitation_ms] =
            ["use_fraction", "recovery_ms", "facilitation_ms"].map(|key| number(&set[key]));
        let rule = ShortTerm { use_fraction, recovery_ms, facilitation_ms }.rule::<f64>();
        let mut state = ShortTermState::default();
        let ours = times.iter().map(|&time_ms| rule.on_spike(&mut state, time_ms));
        for (spike, (ours, theirs)) in ours.zip(numbers(&set["released"])).enumerate() {
            assert!(
                (ours / theirs - 1.0).abs() < 1e-9,
                "{}, spike {spike}: {ours}, not {theirs}",
                set["what"]
            );
        }
    }
}

#[test]
fn weights_move_as_under_the_rule_of_pairs_in_brian2() {
    let fixture = fixture();
    let of = &fixture["pair_stdp"];
    let [start, every_ms] = ["start", "every_ms"].map(|key| number(&of[key]));
    let post = numbers(&of["post_ms"]);
    for (pairing, nearest) in [("all-to-all", 0.0), ("nearest", 1.0)] {
        let rule = values(&of["rule"]).into_iter().chain([("nearest", nearest)]);
        let rule = PairStdp::with_values(rule).expect("its parameters").rule();
        let mut furthest: f64 = 0.0;
        for (source, expected) in
            of["weights"][pairing].as_array().expect("rows of weights").iter().enumerate()
        {
            // One synapse: in f32, as populations have them.
            let mut weights = [start as f32];
            let (mut pre_traces, mut post_traces) = (Traces::new(1, 1), Traces::new(1, 1));
            let pre = numbers(&of["pre_ms"][source]);
            let mut events: Vec<(f64, bool)> = pre.iter().map(|&time| (time, true)).collect();
            events.extend(post.iter().map(|&time| (time, false)));
            events.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut events = events.into_iter().peekable();
            let modulation = Modulation::default();
            for (sample, theirs) in numbers(expected).into_iter().enumerate() {
                while let Some((time_ms, is_pre)) = events.next_if(|event| event.0 < sample as f64 * every_ms)
                {
                    if is_pre {
                        let (targets, weights) = (&[0u16][..], &mut weights[..]);
                        let arrival = Arrival {
                            source: 0,
                            time_ms,
                            targets,
                            weights,
                            eligibility: &mut [],
                            modulation,
                        };
                        rule.on_pre(arrival, &mut pre_traces, &post_traces);
                    } else {
                        let firing =
                            Firing { target: 0, time_ms, synapses: &[0], sources: &[0u16], modulation };
                        rule.on_post(firing, &mut weights, &mut [], &pre_traces, &mut post_traces);
                    }
                }
                furthest = furthest.max((f64::from(weights[0]) - theirs).abs());
                assert!(furthest < 1e-6, "{pairing}, source {source}: {} against {theirs}", weights[0]);
            }
            let last = numbers(expected).pop().expect("a weight");
            assert!((last - start).abs() > 1e-3, "{pairing}: a weight that moves");
        }
        println!("Brian2: pairs, {pairing}: furthest {furthest:.1e}");
    }
}
