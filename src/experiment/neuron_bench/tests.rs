//! The bench as a whole: every model and input, refusals, and figures of the squid's axon.

use super::*;
use crate::neurons::compartments::{CompartmentModel, NmdaDendrite};
use crate::neurons::{AnyNeuron, Input, any, compartments};
use crate::snn::monitors::phase_plane::Stability;

fn with(neurons: Vec<SubjectConfig>, stimulus: StimulusConfig, duration_ms: f64) -> BenchConfig {
    BenchConfig { neurons, stimulus, duration_ms, seed: 1 }
}

fn squid() -> SubjectConfig {
    SubjectConfig::of("hodgkin-huxley", "squid")
}

#[test]
fn every_preset_of_every_model_runs_under_its_own_drive() {
    let mut bench = NeuronBench::default();
    let points = any::MODELS.iter().map(|entry| &entry.declaration);
    for model in points.chain(&compartments::SIMULATED) {
        for preset in model.presets {
            let suits = Suggestion::of(model, Some(preset));
            let duration_ms = suits.duration_ms.min(300.0);
            let config =
                with(vec![SubjectConfig::of(model.id, preset.id)], StimulusConfig::of("own"), duration_ms);
            bench.configure(config).unwrap_or_else(|why| panic!("{} {}: {why}", model.id, preset.id));
            let record = &bench.records()[0];
            let steps = libm::ceil(duration_ms / record.dt_ms - 1e-9) as usize;
            assert!(record.samples.iter().all(|samples| samples.len() == steps + 1), "{}", model.id);
            let drive = f64::from(record.drive[record.index_at(0.0)]);
            assert_eq!(drive, any::drive_at(preset, 0.0) as f32 as f64, "{} {}", model.id, preset.id);
            if compartments::SIMULATED.iter().any(|cell| cell.id == model.id) {
                let trace = &record.samples[0];
                let ends =
                    trace.iter().fold((f32::MAX, f32::MIN), |(low, high), v| (low.min(*v), high.max(*v)));
                assert!(ends.1 - ends.0 > 1.0, "{} {} is flat", model.id, preset.id);
            }
        }
    }
}

#[test]
fn four_neurons_get_one_stimulus_and_the_same_bytes_each_time() {
    let neurons: Vec<SubjectConfig> = ["escape-noise", "izhikevich", "lif", "adaptive-exponential"]
        .map(|model| SubjectConfig::of(model, ""))
        .to_vec();
    let values = vec![NamedNumber::of("mean", 1.0), NamedNumber::of("deviation", 0.5)];
    let noise = StimulusConfig { values, ..StimulusConfig::of("ornstein-uhlenbeck") };
    let config = with(neurons, noise, 1000.0);
    let mut bench = NeuronBench::default();
    bench.configure(config.clone()).expect("a run");
    let first = bench.records().to_vec();
    assert!(
        first.iter().all(|record| record.spikes_ms.len() > 3),
        "{:?}",
        first.iter().map(|r| r.spikes_ms.len()).collect::<Vec<_>>()
    );
    bench.configure(BenchConfig { seed: 2, ..config.clone() }).expect("a run");
    assert_ne!(bench.records(), first);
    bench.configure(config).expect("a run");
    assert_eq!(bench.records(), first);
    // The same shape, each in its own unit.
    let shape = |record: &Record, time_ms: f64| {
        f64::from(record.drive[record.index_at(time_ms)] / record.drive[record.index_at(0.0)])
    };
    for time_ms in [100.0, 500.0] {
        assert!((shape(&first[0], time_ms) / shape(&first[1], time_ms) - 1.0).abs() < 1e-5);
    }
}

#[test]
fn a_drawn_drive_and_a_list_of_spikes_reach_the_neuron() {
    let mut bench = NeuronBench::default();
    let points = vec![(0.0, 0.0), (50.0, 0.0), (50.0, 1.0), (60.0, 1.0), (60.0, 0.0)];
    let drawn = StimulusConfig { points, ..StimulusConfig::of("waveform") };
    bench.configure(with(vec![squid()], drawn, 100.0)).expect("a run");
    let [spike] = bench.records()[0].spikes_ms[..] else { panic!("one spike") };
    assert!((50.0..56.0).contains(&spike), "{spike}");
    let spikes = StimulusConfig { spikes_ms: vec![20.0, 60.0], ..StimulusConfig::of("spike-list") };
    bench.configure(with(vec![squid()], spikes, 100.0)).expect("a run");
    let times = &bench.records()[0].spikes_ms;
    assert!(times.len() == 2 && times[0] > 20.0 && times[1] > 60.0, "{times:?}");
}

#[test]
fn a_spike_travels_along_the_axon() {
    let mut bench = NeuronBench::default();
    let axon = SubjectConfig::of("axon", "squid");
    bench.configure(with(vec![axon], StimulusConfig::of("own"), 8.0)).expect("a run");
    let record = &bench.records()[0];
    let peaks: Vec<usize> = record
        .samples
        .iter()
        .map(|samples| samples.iter().position(|mv| *mv > 0.0).expect("a spike everywhere"))
        .collect();
    assert!(peaks.len() == 4 && peaks.is_sorted() && peaks[3] > peaks[0] + 100, "{peaks:?}");
    let distances: Vec<f64> = record.variables.iter().filter_map(|variable| variable.distance_um).collect();
    assert!(distances.len() == 4 && distances.is_sorted());
}

#[test]
fn what_is_refused_names_the_neuron_and_leaves_the_run() {
    let mut bench = NeuronBench::default();
    let before = bench.records().to_vec();
    let step = || StimulusConfig::of("step");
    let second = |neuron: SubjectConfig| with(vec![squid(), neuron], step(), 100.0);
    let valued = |key: &str, value| SubjectConfig { values: vec![NamedNumber::of(key, value)], ..squid() };
    let cases = [
        (with(vec![], step(), 100.0), "bench-count", "not 0"),
        (with(vec![squid(); 5], step(), 100.0), "bench-count", "not 5"),
        (
            second(SubjectConfig { model: "perpetuum".into(), ..squid() }),
            "bench-unknown",
            "neuron 2: there is no model",
        ),
        (second(SubjectConfig { model: "two-layer".into(), ..squid() }), "bench-unknown", "two-layer"),
        (second(SubjectConfig { preset: "hot".into(), ..squid() }), "bench-unknown", "no preset `hot`"),
        (second(SubjectConfig { dt_ms: 0.2, ..squid() }), "bench-neuron", "neuron 2: Hodgkin-Huxley"),
        (second(SubjectConfig { dt_ms: f64::NAN, ..squid() }), "bench-neuron", "up to 0.1 ms"),
        (
            second(SubjectConfig { dt_ms: 1.0, ..SubjectConfig::of("axon", "") }),
            "bench-neuron",
            "up to 0.05 ms",
        ),
        (second(valued("g_na_ms_cm2", f64::NAN)), "bench-neuron", "g_na_ms_cm2"),
        (second(valued("temperature_c", 90.0)), "bench-neuron", "0 to 40 °C"),
        (second(SubjectConfig { strength: f64::INFINITY, ..squid() }), "bench-neuron", "strength"),
        (
            second(SubjectConfig {
                values: vec![NamedNumber::of("diameter_um", 0.0)],
                ..SubjectConfig::of("axon", "")
            }),
            "bench-neuron",
            "diameter_um",
        ),
        (with(vec![squid()], step(), f64::NAN), "bench-duration", "not NaN ms"),
        (with(vec![squid()], step(), 0.0), "bench-duration", "above 0"),
        (with(vec![squid()], step(), 60_000.0), "bench-duration", "30000000 samples (120 MB)"),
        (with(vec![squid()], StimulusConfig::of("recorded"), 10.0), "bench-recording", "not there yet"),
    ];
    for (config, code, words) in cases {
        let refused = bench.configure(config).expect_err(words);
        assert_eq!(refused.code(), code, "{refused}");
        assert!(refused.to_string().contains(words), "{refused}");
        assert_eq!(bench.records(), before, "{refused}");
        assert_eq!(bench.config(), &BenchConfig::default(), "{refused}");
    }
    assert_eq!(bench.plane(4, 1, 0.0).expect_err("no neuron").neuron(), Some(4));
}

#[test]
fn the_curve_of_the_squid_meets_its_reference_point_by_point() {
    let mut bench = NeuronBench::default();
    assert_eq!(bench.curve_advance(), Ok(None));
    let spec = CurveConfig { from: 0.0, to: 20.0, points: 3, settle_ms: 200.0, measure_ms: 1000.0 };
    bench.curve_start(0, spec).expect("a protocol");
    let mut seen = 0;
    let progress = loop {
        let progress = bench.curve_advance().expect("finite").expect("a curve");
        seen += 1;
        assert_eq!(progress.points.len(), seen);
        if progress.done {
            break progress;
        }
    };
    let rates: Vec<f64> = progress.points.iter().map(|point| point.rate_hz).collect();
    let reference =
        declaration_of("hodgkin-huxley").references.iter().find(|one| one.what.starts_with("rate at 10"));
    let reference = reference.expect("a declared rate");
    assert!(rates[0] == 0.0 && rates[2] > rates[1], "{rates:?}");
    assert!((rates[1] - reference.expected).abs() <= reference.tolerance, "{rates:?}");
    for bad in [
        CurveConfig { points: 0, ..spec },
        CurveConfig { points: 1000, ..spec },
        CurveConfig { from: f64::NAN, ..spec },
        CurveConfig { measure_ms: 0.0, ..spec },
        CurveConfig { measure_ms: 60_000.0, ..spec },
    ] {
        assert_eq!(bench.curve_start(0, bad).expect_err("refused").code(), "bench-protocol");
    }
}

fn declaration_of(id: &str) -> &'static crate::describe::Declaration {
    config::declaration(id).expect("a model")
}

#[test]
fn the_plane_of_the_adaptive_neuron_has_the_nullclines_of_its_equations() {
    let mut bench = NeuronBench::default();
    let izhikevich = SubjectConfig { values: vec![], ..SubjectConfig::of("izhikevich", "regular-spiking") };
    bench.configure(with(vec![izhikevich], StimulusConfig::of("own"), 100.0)).expect("a run");
    for time_ms in [5.0, 50.0] {
        let plane = bench.plane(0, 1, time_ms).expect("a plane");
        assert_eq!(plane.drive, if time_ms < 15.0 { 0.0 } else { 14.0 });
        assert!(plane.x_nullcline.len() > 20 && plane.y_nullcline.len() > 20 && plane.arrows.len() > 200);
        for (v, u) in plane.x_nullcline.iter().flatten() {
            let exact = 0.04 * v * v + 5.0 * v + 140.0 + plane.drive;
            assert!((u - exact).abs() < 1e-3, "({v}, {u}) beside {exact}");
        }
        for (v, u) in plane.y_nullcline.iter().flatten() {
            // The source's step lets u follow the new v: 0.2 of what v moves in 1e-4 ms.
            let moved = 1e-4 * (0.04 * v * v + 5.0 * v + 140.0 - u + plane.drive);
            assert!((u - 0.2 * (v + moved)).abs() < 1e-6, "({v}, {u})");
        }
        // Without a current a rest and a saddle; under 14 neither is left.
        let kinds: Vec<Stability> = plane.fixed_points.iter().map(|point| point.stability).collect();
        let expected: &[Stability] =
            if time_ms < 15.0 { &[Stability::StableNode, Stability::Saddle] } else { &[] };
        assert_eq!(kinds, expected);
        assert!(plane.trajectory.len() > 50);
        // Spikes at 18.25, 24, 54.25 and 87.5 ms, each with its reset.
        assert_eq!(plane.trajectory.iter().filter(|point| point.0.is_nan()).count(), 4);
    }
    assert_eq!(bench.plane(0, 0, 1.0).expect_err("the potential itself").code(), "bench-unfit");
    assert!(bench.plane(0, 1, f64::NAN).is_ok());
}

#[test]
fn the_rest_of_the_squid_is_a_fixed_point_of_its_section() {
    let bench = NeuronBench::default();
    let plane = bench.plane(0, 3, 10.0).expect("a plane of V and n");
    let rest = plane.fixed_points.iter().find(|point| point.stability.is_stable()).expect("a rest");
    assert!((rest.x + 65.0).abs() < 0.01 && (rest.y - 0.3177).abs() < 1e-3, "{rest:?}");
    let mut lif = NeuronBench::default();
    lif.configure(with(vec![SubjectConfig::of("lif", "")], StimulusConfig::of("step"), 10.0)).expect("a run");
    assert_eq!(lif.plane(0, 1, 0.0).expect_err("a counter").code(), "bench-unfit");
}

/// Hodgkin, Huxley 1952, equations 1 to 6 by hand: what flows at a potential held long enough.
#[test]
fn the_clamp_reads_the_currents_of_the_equations() {
    let bench = NeuronBench::default();
    let spec = ClampConfig {
        holding_mv: -65.0,
        from_mv: -65.0,
        to_mv: 55.0,
        levels: 4,
        before_ms: 1.0,
        step_ms: 40.0,
        after_ms: 2.0,
    };
    let levels = bench.clamp(0, spec).expect("currents");
    assert_eq!(levels.iter().map(|level| level.level_mv).collect::<Vec<_>>(), [-65.0, -25.0, 15.0, 55.0]);
    let gate = |opening: f64, closing: f64| opening / (opening + closing);
    for level in &levels {
        let v = level.level_mv;
        let m = gate(0.1 * (v + 40.0) / (1.0 - (-(v + 40.0) / 10.0).exp()), 4.0 * (-(v + 65.0) / 18.0).exp());
        let h = gate(0.07 * (-(v + 65.0) / 20.0).exp(), 1.0 / (1.0 + (-(v + 35.0) / 10.0).exp()));
        let n =
            gate(0.01 * (v + 55.0) / (1.0 - (-(v + 55.0) / 10.0).exp()), 0.125 * (-(v + 65.0) / 80.0).exp());
        let sodium = 120.0 * m.powi(3) * h * (v - 50.0);
        let potassium = 36.0 * n.powi(4) * (v + 77.0);
        let exact = sodium + potassium + 0.3 * (v + 54.387);
        let scale = 1.0 + exact.abs();
        assert!((level.steady - exact).abs() < 5e-3 * scale, "{v} mV: {} beside {exact}", level.steady);
        let last = 4099;
        let parts = [(&level.sodium, sodium), (&level.potassium, potassium)];
        for (ours, exact) in parts {
            let ours = f64::from(ours.as_ref().expect("channels")[last]);
            assert!((ours - exact).abs() < 5e-3 * (1.0 + exact.abs()), "{v} mV: {ours} beside {exact}");
        }
        assert_eq!(level.current.len(), 4300);
    }
    // Early and inward between rest and the reversal of sodium, outward beyond it.
    assert!(
        levels[1].inward < -500.0 && levels[2].inward < -300.0,
        "{} {}",
        levels[1].inward,
        levels[2].inward
    );
    let beyond = levels[3].sodium.as_ref().expect("channels");
    let held = &beyond[100..4100];
    assert!(held.iter().all(|current| *current > -1e-3) && held.iter().any(|current| *current > 50.0));
    let refused = bench.clamp(0, ClampConfig { levels: 0, ..spec }).expect_err("no level");
    assert_eq!(refused.code(), "bench-protocol");
    let mut other = NeuronBench::default();
    other
        .configure(with(vec![SubjectConfig::of("lif", "")], StimulusConfig::of("step"), 10.0))
        .expect("a run");
    assert_eq!(other.clamp(0, spec).expect_err("no gates").code(), "bench-unfit");
    assert!(!clamp::has_gates(declaration_of("axon")) && clamp::has_gates(declaration_of("wang-buzsaki")));
}

#[test]
fn statistics_need_enough_spikes() {
    let mut bench = NeuronBench::default();
    assert!(bench.records()[0].rate_hz().is_some_and(|rate| (rate - 68.0).abs() < 1.0));
    assert!(bench.records()[0].cv().is_some_and(|cv| cv < 0.05));
    bench
        .configure(with(vec![SubjectConfig { strength: 0.0, ..squid() }], StimulusConfig::of("step"), 200.0))
        .expect("a run");
    assert_eq!((bench.records()[0].rate_hz(), bench.records()[0].cv()), (None, None));
}

#[test]
fn a_model_without_a_drive_of_its_own_gets_its_strength() {
    let mut bench = NeuronBench::default();
    bench
        .configure(with(vec![SubjectConfig::of("lif", "")], StimulusConfig::of("own"), 200.0))
        .expect("a run");
    assert!(bench.records()[0].drive.iter().all(|drive| *drive == 20.0));
    assert!(bench.records()[0].spikes_ms.len() > 4);
}

fn own(model: &str, presets: &[&str]) -> Vec<Record> {
    let neurons = presets.iter().map(|preset| SubjectConfig::of(model, preset)).collect();
    let mut bench = NeuronBench::default();
    bench.configure(with(neurons, StimulusConfig::of("own"), 100.0)).expect("a run");
    bench.records().to_vec()
}

fn peak(record: &Record) -> f32 {
    record.samples[0].iter().copied().fold(f32::MIN, f32::max)
}

#[test]
fn a_dendrite_separates_what_no_perceptron_can() {
    let presets = ["bound-first", "bound-second", "unbound-first", "unbound-second"];
    let fired: Vec<usize> =
        own("nmda-dendrite", &presets).iter().map(|record| record.spikes_ms.len()).collect();
    assert_eq!(fired, [1, 1, 0, 0]);
    // Both classes open the same synapses in sum, so under any weights the total is the same, and no threshold
    // has both of one above it and both of the other below.
    let model = NmdaDendrite::default();
    let cell = model.cell().expect("a cell");
    let opened = |class: &[&str]| {
        let mut sums = std::collections::BTreeMap::new();
        for contact in class.iter().flat_map(|preset| model.synapses(&cell, preset).contacts) {
            let magnesium = contact.receptor.magnesium_mm > 0.0;
            *sums.entry((contact.compartment, magnesium)).or_insert(0.0) += contact.peak_ns;
        }
        sums
    };
    assert_eq!(opened(&presets[..2]), opened(&presets[2..]));
    assert!(opened(&presets[..1]) != opened(&presets[1..2]));
}

#[test]
fn a_dendrite_tells_toward_from_away_and_rests_without_its_own_drive() {
    let records = own("direction-selective", &["rall", "away", "nmda", "nmda-away"]);
    let peaks: Vec<f32> = records.iter().map(peak).collect();
    assert!(peaks[0] > peaks[1] + 1.0 && peaks[2] > peaks[3] + 1.0, "{peaks:?}");
    let mut bench = NeuronBench::default();
    let quiet = SubjectConfig { strength: 0.0, ..SubjectConfig::of("direction-selective", "rall") };
    bench.configure(with(vec![quiet], StimulusConfig::of("step"), 100.0)).expect("a run");
    assert!((peak(&bench.records()[0]) + 70.0).abs() < 1e-3);
}

/// The run again, step by step, beside what the moments of the bench say.
#[test]
fn a_moment_is_the_state_of_a_direct_simulation() {
    for id in ["hodgkin-huxley", "adaptive-exponential", "izhikevich", "wang-buzsaki", "lif"] {
        let mut subject = SubjectConfig::of(id, "");
        if id == "adaptive-exponential" {
            // Above its rheobase, so that it is put back.
            subject.strength = 1000.0;
        }
        let mut bench = NeuronBench::default();
        bench.configure(with(vec![subject.clone()], StimulusConfig::of("step"), 300.0)).expect("a run");
        let record = &bench.records()[0];
        let mut neuron = AnyNeuron::new(id, &subject.pairs(), subject.dt_ms).expect("a neuron");
        for (step, &drive) in record.drive.iter().enumerate() {
            let moment = bench.moment(0, step as f64 * subject.dt_ms).expect("a moment");
            assert_eq!(moment.drive, f64::from(drive), "{id}");
            assert!((moment.time_ms - step as f64 * subject.dt_ms).abs() < 1e-9);
            let declared = neuron.declaration().state.iter().map(|one| (one.key, one.unit));
            let shown = moment.variables.iter().map(|one| (one.variable.key, one.variable.unit));
            assert!(declared.eq(shown), "{id}");
            let kept: Vec<f64> = neuron.state().iter().map(|value| f64::from(*value as f32)).collect();
            let values: Vec<f64> = moment.variables.iter().filter_map(|one| one.value).collect();
            // Where it is put back, the potential is that of the spike.
            assert_eq!(values[1..], kept[1..], "{id} at step {step}");
            assert!(moment.resets || values[0] == kept[0], "{id} at step {step}");
            assert!(!moment.resets || moment.variables.iter().all(|one| one.rate.is_none()), "{id}");
            // The current of the run in double precision is the amplitude of a step.
            neuron.step(Input::current(if drive == 0.0 { 0.0 } else { subject.strength }));
        }
        let resets = record.resets.iter().map(|&at| at as f64 * record.dt_ms);
        let shaped = ["hodgkin-huxley", "wang-buzsaki"].contains(&id);
        let spikes = record.spikes_ms.iter().copied().filter(|_| !shaped);
        assert!(resets.eq(spikes), "{id}");
        assert!(!record.spikes_ms.is_empty(), "{id}");
    }
}

/// Hodgkin, Huxley 1952, equations 1 to 6 by hand, in the rise of a spike and after it.
#[test]
fn the_rates_of_a_moment_are_those_of_the_equations() {
    let bench = NeuronBench::default();
    let spike_ms = bench.records()[0].spikes_ms[0];
    for time_ms in [0.0, spike_ms - 0.1, spike_ms + 0.3, spike_ms + 2.0] {
        let moment = bench.moment(0, time_ms).expect("a moment");
        let [v, m, h, n] = [0, 1, 2, 3].map(|at| moment.variables[at].value.expect("a value"));
        let gate = |x: f64, opening: f64, closing: f64| opening * (1.0 - x) - closing * x;
        let exact = [
            moment.drive
                - 120.0 * m.powi(3) * h * (v - 50.0)
                - 36.0 * n.powi(4) * (v + 77.0)
                - 0.3 * (v + 54.387),
            gate(m, 0.1 * (v + 40.0) / (1.0 - (-(v + 40.0) / 10.0).exp()), 4.0 * (-(v + 65.0) / 18.0).exp()),
            gate(h, 0.07 * (-(v + 65.0) / 20.0).exp(), 1.0 / (1.0 + (-(v + 35.0) / 10.0).exp())),
            gate(
                n,
                0.01 * (v + 55.0) / (1.0 - (-(v + 55.0) / 10.0).exp()),
                0.125 * (-(v + 65.0) / 80.0).exp(),
            ),
        ];
        for (ours, exact) in moment.variables.iter().zip(exact) {
            let rate = ours.rate.expect("a rate");
            // Within 1 in 10,000, or the digits that a step of a millionth of a ms leaves of a potential.
            assert!(
                (rate - exact).abs() < 1e-4 * exact.abs() + 1e-7,
                "{}: {rate} beside {exact}",
                ours.variable.key
            );
        }
        let units: Vec<String> = moment.variables.iter().map(Standing::rate_unit).collect();
        assert_eq!(units, ["mV/ms", "1/ms", "1/ms", "1/ms"]);
    }
}

#[test]
fn a_moment_says_what_was_not_kept_and_what_has_no_rate() {
    let mut bench = NeuronBench::default();
    let neurons = ["axon", "mcculloch-pitts", "lif"].map(|model| SubjectConfig::of(model, ""));
    bench.configure(with(neurons.to_vec(), StimulusConfig::of("step"), 3.0)).expect("a run");
    let axon = bench.moment(0, 1.0).expect("a moment");
    let (kept, missing): (Vec<_>, Vec<_>) = axon.variables.iter().partition(|one| one.value.is_some());
    assert!(kept.len() == 4 && kept.iter().all(|one| one.variable.distance_um.is_some()));
    assert_eq!(missing.iter().map(|one| one.variable.key).collect::<Vec<_>>(), ["m", "h", "n"]);
    assert!(axon.variables.iter().all(|one| one.rate.is_none()));
    assert!(bench.moment(1, 1.0).expect("a moment").variables.iter().all(|one| one.rate.is_none()));
    let lif = bench.moment(2, 1.0).expect("a moment");
    assert!(lif.variables[0].rate.is_some() && lif.variables[1].rate.is_none(), "a count has no rate");
    assert!(bench.moment(0, f64::NAN).is_ok());
    assert_eq!(bench.moment(3, 0.0).expect_err("no neuron").neuron(), Some(3));
}

#[test]
fn a_clamp_refuses_by_what_it_declares() {
    let bench = NeuronBench::default();
    let standard = ClampConfig::default();
    assert_eq!(bench.clamp(0, standard).expect("currents").len(), standard.levels as usize);
    let spoilt = |at: usize, value: f64| {
        let mut spec = standard;
        match at {
            0 => spec.holding_mv = value,
            1 => spec.from_mv = value,
            2 => spec.to_mv = value,
            3 => spec.levels = value as u32,
            4 => spec.before_ms = value,
            5 => spec.step_ms = value,
            _ => spec.after_ms = value,
        }
        spec
    };
    for (at, parameter) in clamp::PARAMETERS.iter().enumerate() {
        assert!(
            parameter.accepts(parameter.default) && parameter.meaning.ends_with('.'),
            "{}",
            parameter.key
        );
        for beyond in [parameter.range.0 - 1.0, parameter.range.1 + 1.0, f64::NAN] {
            let refused = bench.clamp(0, spoilt(at, beyond)).expect_err(parameter.key);
            assert!(refused.to_string().starts_with(parameter.key), "{refused}");
        }
    }
}
