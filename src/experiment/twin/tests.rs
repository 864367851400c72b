use super::*;
use crate::data::{PointsConfig, points};
use crate::experiment::checkpoint::{self, CheckpointError};
use crate::experiment::config::{UnitConfig, unit_kind};
use crate::experiment::evaluation::CELL_EXAMPLES;
use crate::experiment::sweep::Sweep;
use crate::experiment::{responses, twin};
use crate::session::Session;
use crate::session::history::Checkpoint;

pub(in crate::experiment) fn twin_of(config: ExperimentConfig) -> Twin {
    let data = &config.data;
    let points = PointsConfig {
        set: data.set.clone(),
        samples: data.samples,
        noise: data.noise,
        train_share: data.train_share,
        seed: u64::from(data.seed),
    };
    let data = Arc::new(points::generate(&points).expect("a valid set"));
    Twin::new(config, data).expect("a valid configuration")
}

pub(in crate::experiment) fn small() -> ExperimentConfig {
    let mut config = ExperimentConfig::default();
    config.data.samples = 200;
    config.spiking.steps = 10;
    config
}

pub(in crate::experiment) fn train(twin: &mut Twin, steps: u64) {
    let goal = twin.step() + steps;
    while twin.step() < goal {
        assert_ne!(twin.advance(), Advanced::Diverged);
    }
}

pub(super) fn evaluate(twin: &mut Twin) {
    twin.request_evaluation();
    while twin.evaluate() != Advanced::Evaluated {}
}

#[test]
fn the_twins_have_equal_layers_and_advance_together() {
    let mut twin = twin_of(small());
    train(&mut twin, 60);
    let [artificial, spiking] = Side::BOTH.map(|side| twin.half(side));
    assert_eq!(artificial.session.step(), spiking.session.step());
    assert_eq!(artificial.session.examples(), spiking.session.examples());
    let shapes = |half: &Half| half.session.config().network.weight_shapes();
    assert_eq!(shapes(artificial), shapes(spiking));
    assert_eq!(artificial.session.config().seed, spiking.session.config().seed);
    let steps = |half: &Half| half.curve.chunks_exact(CURVE_COLUMNS).map(|row| row[0]).collect::<Vec<_>>();
    assert_eq!(steps(artificial), steps(spiking));
    assert!(steps(artificial).len() >= 5 && steps(artificial)[0] == 0.0);
}

/// Where a test example of two classes stands in the confusion, judged by itself.
fn cell_of(session: &mut Session, index: u32) -> usize {
    let answer = session.respond_to(Split::Test, &[index]).output.to_vec();
    let predicted = session.config().task.judge(session.data(), Split::Test, index, &answer).predicted;
    let truth = session.data().label(Split::Test, index).expect("classes");
    (truth * 2 + predicted.expect("classes")) as usize
}

#[test]
fn both_learn_the_circle() {
    let mut config = small();
    config.spiking.steps = 25;
    let mut twin = twin_of(config);
    train(&mut twin, 1500);
    evaluate(&mut twin);
    for side in Side::BOTH {
        let evaluation = twin.half(side).evaluation.clone().expect("an evaluation");
        let accuracy = evaluation.complete.expect("points are judged completely").accuracy;
        assert!(accuracy >= 0.9, "{side:?}: {accuracy}");
        assert_eq!(evaluation.confusion.iter().sum::<u32>(), 100);
        let wrong = evaluation.confusion[1] + evaluation.confusion[2];
        assert_eq!(evaluation.misread.len(), (wrong as usize).min(24));
        let cells = evaluation.cells.chunks_exact(CELL_EXAMPLES);
        assert_eq!(cells.len(), evaluation.confusion.len());
        let session = &mut twin.half_mut(side).session;
        for (cell, (&count, listed)) in evaluation.confusion.iter().zip(cells).enumerate() {
            let first: Vec<u32> = (0..100).filter(|&index| cell_of(session, index) == cell).collect();
            assert_eq!(first.len(), count as usize);
            let most = first.len().min(CELL_EXAMPLES);
            assert_eq!(listed[..most], first[..most], "{side:?}, cell {cell}");
            assert!(listed[most..].iter().all(|&index| index == 0));
        }
        assert!((1.0 - f64::from(wrong) / 100.0 - accuracy).abs() < 1e-12);
    }
    let spiking = twin.half(Side::Spiking).evaluation.as_ref().expect("an evaluation");
    assert!(spiking.spike_rate_hz > 1.0 && spiking.operations.synaptic > 0.0);
    let artificial = twin.half(Side::Artificial).evaluation.as_ref().expect("an evaluation");
    assert_eq!(artificial.operations.macs, f64::from(2 * 8 + 8 * 8 + 8));
}

#[test]
fn surfaces_show_what_the_networks_answer() {
    let mut twin = twin_of(small());
    train(&mut twin, 200);
    for side in Side::BOTH {
        let session = &mut twin.half_mut(side).session;
        let surface = responses::surface(session, 10, 1.0).expect("points have a surface");
        assert_eq!((surface.output.len(), surface.units[0].len(), surface.units[1].len()), (100, 800, 800));
        let point = [0.5 / 10.0 * 2.0 - 1.0, 1.0 - 0.5 / 10.0 * 2.0];
        assert_eq!(session.respond_to_points(&point).output[0], surface.output[0], "the top left cell");
        let example = responses::example(session, Split::Test, 3);
        assert_eq!(example.units[1].len(), 8);
        assert_eq!(example.rasters.len(), if side == Side::Spiking { 3 } else { 0 });
        for pair in example.rasters.iter().flat_map(|raster| raster.chunks_exact(2)) {
            assert!(pair[0] < 10 && pair[1] < 8);
        }
    }
}

#[test]
fn settings_are_commands_and_bad_ones_change_nothing() {
    let mut twin = twin_of(small());
    train(&mut twin, 10);
    let settings = twin.settings();
    let bad = [
        Settings { learning_rate: f32::NAN, ..settings },
        Settings { learning_rate: -1.0, ..settings },
        Settings { batch_size: 0, ..settings },
        Settings { l2: 5.0, ..settings },
    ];
    for settings in bad {
        assert_eq!(twin.set(settings).expect_err("out of range").code(), "config-number");
    }
    for (key, value, code) in [
        ("training.batchSize", 2.5, "config-number"),
        ("training.batchSize", f64::NAN, "config-number"),
        ("training.batchSize", 1e30, "config-number"),
        ("training.learningRate", 1e-50, "config-number"),
        ("training.l1", f64::INFINITY, "config-number"),
        ("training.optimiser", 1.0, "set-unknown"),
    ] {
        assert_eq!(twin.set_number(key, value).expect_err(key).code(), code, "{key} {value}");
    }
    assert_eq!(twin.settings(), settings);
    twin.set_number("training.learningRate", 0.05).expect("within range");
    assert_eq!(twin.settings(), Settings { learning_rate: 0.05, ..settings });
    train(&mut twin, 30);
    let there = twin.hash();
    twin.back(35);
    while !twin.replay(2) {}
    assert_eq!((twin.step(), twin.settings()), (5, settings));
    train(&mut twin, 35);
    assert_eq!(twin.hash(), there);
    twin.train_single();
    assert_eq!(twin.examples(), 401);
}

#[test]
fn a_checkpoint_survives_and_everything_else_is_refused() {
    let mut twin = twin_of(small());
    train(&mut twin, 30);
    twin.set(Settings { learning_rate: 0.02, ..twin.settings() }).expect("within range");
    train(&mut twin, 30);
    let bytes = checkpoint::encode(&twin).expect("finite weights");
    let curve = twin.half(Side::Spiking).curve.clone();
    train(&mut twin, 40);
    let there = twin.hash();

    let mut fresh = twin_of(small());
    checkpoint::restore(&mut fresh, &bytes).expect("its own checkpoint");
    assert_eq!((fresh.step(), fresh.half(Side::Spiking).curve.clone()), (60, curve));
    train(&mut fresh, 40);
    assert_eq!(fresh.hash(), there);

    let before = fresh.hash();
    for at in (0..bytes.len()).step_by(97) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        checkpoint::restore(&mut fresh, &damaged).expect_err("a changed byte");
        checkpoint::restore(&mut fresh, &bytes[..at]).expect_err("a short one");
    }
    assert_eq!(checkpoint::restore(&mut fresh, b"CAJLnonsense"), Err(CheckpointError::NotACheckpoint));
    let mut far = twin_of(small());
    for side in Side::BOTH {
        let session = &mut far.half_mut(side).session;
        let beyond = Checkpoint { examples: u64::MAX, ..session.checkpoint() };
        session.restore(beyond, None, session.log().clone());
    }
    let far = checkpoint::encode(&far).expect("finite weights");
    assert_eq!(
        checkpoint::restore(&mut fresh, &far),
        Err(CheckpointError::Malformed),
        "a place beyond counting"
    );
    assert_eq!(fresh.hash(), before, "refusals change nothing");
    let mut config = small();
    config.seed = 2;
    let refusal = checkpoint::restore(&mut twin_of(config), &bytes);
    assert_eq!(refusal, Err(CheckpointError::OtherExperiment));
}

#[test]
fn a_light_checkpoint_leads_to_the_same_weights_and_numbers_that_are_none_are_refused() {
    let mut twin = twin_of(small());
    train(&mut twin, 60);
    let (whole, light) = (checkpoint::encode(&twin), checkpoint::encode_light(&twin));
    let (whole, light) = (whole.expect("finite"), light.expect("finite"));
    assert!(3 * light.len() < 2 * whole.len(), "{} of {}", light.len(), whole.len());
    assert_eq!(checkpoint::config_of(&light), Ok(small()));
    let mut fresh = twin_of(small());
    checkpoint::restore(&mut fresh, &light).expect("its own checkpoint");
    assert_eq!((fresh.step(), fresh.hash()), (60, twin.hash()));
    train(&mut fresh, 20);
    train(&mut twin, 20);
    assert_eq!(fresh.hash(), twin.hash());

    let weights = &mut twin.half_mut(Side::Spiking).session;
    let broken = vec![f32::NAN; weights.parameter(0).len()];
    weights.set_parameter(0, &broken);
    let bytes = checkpoint::encode_light(&twin).expect("no divergence was noticed");
    let before = fresh.hash();
    assert_eq!(checkpoint::restore(&mut fresh, &bytes), Err(CheckpointError::NotFinite));
    let mut other = light.clone();
    other[4] = 5;
    assert_eq!(checkpoint::restore(&mut fresh, &other), Err(CheckpointError::Version { got: 5 }));
    assert_eq!(checkpoint::config_of(&light[..40]), Err(CheckpointError::NotACheckpoint));
    assert_eq!(fresh.hash(), before);
}

#[test]
fn the_commands_of_a_run_repeat_it() {
    use crate::experiment::journal::{self, JournalError};
    let mut twin = twin_of(small());
    train(&mut twin, 10);
    twin.set(Settings { learning_rate: 0.03, batch_size: 7, ..twin.settings() }).expect("within range");
    train(&mut twin, 5);
    twin.train_single();
    twin.command(Side::Artificial, Command::Hold { layer: 0, unit: 3, level: Some(0.0) }).expect("a unit");
    twin.command(Side::Spiking, Command::Weight { parameter: 2, index: 5, value: -0.5 }).expect("a weight");
    let kind =
        crate::experiment::config::trained_kind(Side::Artificial, "adaptive-exponential").expect("a neuron");
    twin.command(Side::Artificial, Command::Swap { layer: 1, unit: 2, to: Some(kind) }).expect("a kind");
    train(&mut twin, 9);
    let text = journal::write(&twin);
    let (there, end) = (twin.hash(), twin.step());
    assert_eq!(end, 25);

    let mut fresh = twin_of(small());
    train(&mut fresh, 4);
    let logs = journal::read(&text, fresh.initial_settings()).expect("what was written");
    fresh.follow(logs).expect("commands of the same experiment");
    assert_eq!(fresh.step(), 0);
    train(&mut fresh, end);
    assert_eq!(fresh.hash(), there);
    assert_eq!(journal::write(&fresh), text);

    for (text, setting) in [("3h9_0_0", false), ("3t0.02_100000_0_0", true), ("3k0_0_relu!3k0_0_hh", false)] {
        let Ok(logs) = journal::read(text, fresh.initial_settings()) else { continue };
        let refused = fresh.follow(logs).expect_err(text);
        assert_eq!(matches!(refused, FollowError::Settings(_)), setting, "{text}");
    }
    let unread = journal::read("3q", fresh.initial_settings());
    assert!(matches!(unread, Err(JournalError::Entry { .. })));
    assert_eq!((fresh.hash(), fresh.step()), (there, end), "refusals change nothing");
}

#[test]
fn a_divergence_names_layer_and_setting_and_offers_the_last_good_weights() {
    let mut config = small();
    config.training.optimiser = "sgd".into();
    config.training.learning_rate = 10.0;
    for layer in &mut config.layers {
        layer.activation = "linear".into();
    }
    config.data.set = "plane".into();
    let mut twin = twin_of(config);
    let mut steps = 0;
    while twin.advance() != Advanced::Diverged {
        steps += 1;
        assert!(steps < 5000, "a step of 10 on a linear output blows up");
    }
    let divergence = twin.divergence().expect("a diagnosis").clone();
    assert_eq!((divergence.side, divergence.setting), (Side::Artificial, "training.learningRate"));
    assert!(divergence.layer <= 2);
    assert_eq!((twin.hash(), twin.advance()), (None, Advanced::Diverged));
    assert!(checkpoint::encode(&twin).is_none());
    twin.set(Settings { learning_rate: 1e-4, ..twin.settings() }).expect("within range");
    twin.back_to_last_good();
    while !twin.replay(3) {}
    assert!(twin.divergence().is_none() && twin.hash().is_some());
    let [a, b] = Side::BOTH.map(|side| twin.half(side).session.step());
    assert_eq!(a, b);
    assert_eq!(twin.settings().learning_rate, 1e-4, "what was mended stays mended");
    train(&mut twin, 20);
}

#[test]
fn an_evaluation_is_of_one_state_of_the_weights() {
    let mut twin = twin_of(small());
    twin.request_evaluation();
    for _ in 0..3 {
        assert_ne!(twin.evaluate(), Advanced::Evaluated);
    }
    twin.train_single();
    while twin.evaluate() != Advanced::Evaluated {}
    let found = Side::BOTH.map(|side| twin.half(side).evaluation.as_ref().map(|found| found.step));
    assert_eq!(found, [Some(1), Some(1)]);
    assert_eq!(twin.half(Side::Artificial).curve[0], 1.0);
}

#[test]
fn reset_returns_both_to_the_same_initial_weights() {
    let mut twin = twin_of(small());
    let start = twin.hash();
    train(&mut twin, 50);
    twin.reset();
    assert_eq!((twin.hash(), twin.step()), (start.clone(), 0));
    twin.set(Settings { learning_rate: 0.5, ..twin.settings() }).expect("within range");
    train(&mut twin, 10);
    twin.reset();
    assert_eq!((twin.hash(), twin.settings().learning_rate), (start, 0.5), "settings in force stay");
    assert!(Side::BOTH.iter().all(|&side| twin.half(side).curve.is_empty()));
}

#[test]
fn a_sweep_gives_an_interval_for_both() {
    let config = small();
    let data = Arc::clone(twin_of(config.clone()).data());
    let mut sweep = Sweep::new(config.clone(), Arc::clone(&data), 3, 2).expect("a valid configuration");
    while !sweep.is_finished() {
        sweep.advance().expect("a valid configuration");
    }
    let progress = sweep.progress();
    assert_eq!((progress.finished, progress.share, progress.diverged), (3, 1.0, 0));
    for side in 0..2 {
        assert_eq!(progress.scores[side].len(), 3);
        assert!(progress.intervals[side].expect("an interval").half_width.is_some());
    }
    // The second run is the experiment with the next seed, and nothing else.
    let mut alone = twin_of(ExperimentConfig { seed: 2, ..config });
    train(&mut alone, 20);
    evaluate(&mut alone);
    let score = alone.half(Side::Artificial).evaluation.as_ref().and_then(|found| found.complete);
    assert_eq!(score, Some(progress.scores[0][1]));
}

#[test]
fn a_batch_that_takes_too_much_memory_is_refused() {
    let mut config = small();
    config.layers = vec![config.layers[0].clone(); 6];
    for layer in &mut config.layers {
        layer.units = 512;
    }
    config.training.batch_size = 1;
    config.spiking.steps = 100;
    let mut twin = twin_of(config);
    let refused = twin.set(Settings { batch_size: 512, ..twin.settings() });
    assert_eq!(refused.expect_err("gigabytes").code(), "config-memory");
    assert_eq!(twin.settings().batch_size, 1);
}

#[test]
fn a_step_back_after_a_restart_begins_near() {
    let mut twin = twin_of(small());
    train(&mut twin, 100);
    let bytes = checkpoint::encode(&twin).expect("finite weights");
    let mut fresh = twin_of(small());
    checkpoint::restore(&mut fresh, &bytes).expect("its own checkpoint");
    fresh.back(1);
    assert_eq!(fresh.step(), 96, "the stored state before");
    assert!(checkpoint::encode(&fresh).is_none(), "no checkpoint on the way");
    while !fresh.replay(1) {}
    assert_eq!(fresh.step(), 99);
    train(&mut fresh, 1);
    assert_eq!(fresh.hash(), twin.hash());
}

#[test]
fn too_large_a_network_is_refused_before_it_is_made() {
    let mut config = small();
    config.layers = vec![config.layers[0].clone(); 6];
    for layer in &mut config.layers {
        layer.units = 1024;
    }
    config.training.batch_size = 512;
    config.spiking.steps = 100;
    let data = Arc::clone(twin_of(small()).data());
    let error = twin::Twin::new(config, data).expect_err("gigabytes");
    assert_eq!(error.code(), "config-memory");
}

#[test]
fn rules_courses_limits_and_kinds_of_units_are_part_of_the_way() {
    let mut config = small();
    let usual = twin_of(config.clone());
    let training = &mut config.training;
    (training.rule, training.clip) = ("feedback-alignment".to_owned(), "norm".to_owned());
    (training.schedule, training.schedule_steps, training.warm_up) = ("step".to_owned(), 20, 5);
    training.clip_limit = 0.01;
    config.layers[0].others = vec![UnitConfig { unit: 2, kind: "lif".to_owned() }];
    let mut twin = twin_of(config.clone());
    for side in Side::BOTH {
        let (session, plain) = (&twin.half(side).session, &usual.half(side).session);
        assert_eq!(session.parameter(0), plain.parameter(0), "{side:?}: the same weights to begin with");
        assert!(session.parameter_tensors() > plain.parameter_tensors(), "{side:?}: matrices of its own");
    }
    train(&mut twin, 25);
    let swap = |unit, kind| Command::Swap {
        layer: 0,
        unit,
        to: Some(unit_kind(Side::Artificial, kind).expect("a kind")),
    };
    twin.command(Side::Artificial, swap(1, "relu")).expect("a unit");
    assert!(twin.command(Side::Spiking, swap(1, "relu")).is_err());
    train(&mut twin, 25);
    let bytes = checkpoint::encode(&twin).expect("finite weights");
    train(&mut twin, 25);
    let there = twin.hash();
    twin.back(60);
    while !twin.replay(4) {}
    train(&mut twin, 60);
    assert_eq!(twin.hash(), there, "back and forward");
    let mut fresh = twin_of(config);
    checkpoint::restore(&mut fresh, &bytes).expect("its own checkpoint");
    train(&mut fresh, 25);
    assert_eq!(fresh.hash(), there, "out and in");
}
