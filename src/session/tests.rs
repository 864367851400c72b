use super::log::Command;
use super::*;
use crate::ann::schedule::Course;
use crate::ann::{Hidden, Kind, Loss, SpikingSpec, Swap};
use crate::data::{self, PointsConfig};
use crate::graph::ops::encode::Code;
use crate::kernels::activation::Activation;
use crate::neurons::Lif;

fn spiral() -> Arc<Dataset> {
    points("spiral")
}

fn points(set: &str) -> Arc<Dataset> {
    let config = PointsConfig { set: set.into(), samples: 200, noise: 0.1, train_share: 0.5, seed: 3 };
    Arc::new(data::points::generate(&config).expect("a valid set"))
}

pub(super) fn session(kind: Kind) -> Session {
    let hidden = [8, 6].map(|units| Hidden { units, activation: Activation::Tanh, others: vec![] }).to_vec();
    let task = Task::Sign;
    let loss = Loss::HalfMeanSquare(Activation::Tanh);
    let config = SessionConfig {
        network: NetworkSpec {
            inputs: 2,
            hidden,
            outputs: 1,
            loss,
            kind,
            neuron: Some(neuron(None)),
            neurons: vec![],
        },
        task,
        input_scale: 1.0,
        initialiser: Initialiser::Glorot,
        rule: Rule::Backpropagation,
        schedule: Schedule::constant(1.0),
        clip: Clip::Free,
        optimiser: Optimiser::Adam,
        settings: Settings { learning_rate: 0.01, batch_size: 10, l1: 1e-5, l2: 1e-4 },
        seed: 7,
    };
    Session::new(config, spiral(), 1 << 20).expect("a network")
}

fn spiking(code: Option<Code>) -> Kind {
    Kind::Spiking(neuron(code))
}

pub(super) fn neuron(code: Option<Code>) -> SpikingSpec {
    SpikingSpec { code, signed: true, peak: 0.8, steps: 10, dt_ms: 1.0, neuron: Lif::default(), slope: 10.0 }
}

fn kinds() -> [Kind; 4] {
    [Kind::Artificial, spiking(None), spiking(Some(Code::Rate)), spiking(Some(Code::Latency))]
}

fn train(session: &mut Session, steps: u64) {
    for _ in 0..steps {
        assert!(matches!(session.train(), Stepped::Trained { .. }));
    }
}

fn hash(session: &Session) -> String {
    session.hash().expect("finite weights")
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_does_not() {
    for kind in kinds() {
        let (mut a, mut b) = (session(kind), session(kind));
        assert_eq!(hash(&a), hash(&b));
        train(&mut a, 40);
        train(&mut b, 40);
        assert_eq!(hash(&a), hash(&b));
        let mut config = a.config().clone();
        config.seed += 1;
        let mut other = Session::new(config, spiral(), 0).expect("a network");
        train(&mut other, 40);
        assert_ne!(hash(&a), hash(&other));
    }
}

#[test]
fn back_and_forward_meet_the_same_bytes() {
    for kind in kinds() {
        let mut session = session(kind);
        train(&mut session, 23);
        session
            .command(Command::Settings(Settings { learning_rate: 0.003, batch_size: 7, l1: 0.0, l2: 0.0 }))
            .expect("a command");
        train(&mut session, 20);
        session.command(Command::Single).expect("a command");
        train(&mut session, 40);
        let (there, examples) = (hash(&session), session.examples());
        for back in [1, 5, 39, 40, 41, 61, 83] {
            let target = session.step() - back;
            session.back_to(target);
            assert_eq!(session.step(), target);
            train(&mut session, back);
            assert_eq!(hash(&session), there, "{back} back and forward");
            assert_eq!(session.examples(), examples);
        }
        session.back_to(10);
        assert_eq!(session.settings().batch_size, 10, "the command lies ahead");
        session.command(Command::Single).expect("a command");
        train(&mut session, 73);
        assert_ne!(hash(&session), there, "another command, another future");
    }
}

#[test]
fn evaluation_moves_nothing() {
    for kind in kinds() {
        let (mut a, mut b) = (session(kind), session(kind));
        train(&mut a, 20);
        train(&mut b, 10);
        let first = b.respond_to(Split::Test, &[0, 5, 7]).output.to_vec();
        let points = b.respond_to_points(&[0.5; 16]).output.len();
        assert_eq!(points, 8);
        let second = b.respond_to(Split::Test, &[3, 5]).output.to_vec();
        assert_eq!(first[1], second[1], "an answer depends on the example alone");
        train(&mut b, 10);
        assert_eq!(hash(&a), hash(&b));
    }
}

#[test]
fn a_held_unit_gives_its_number_and_comes_back_with_the_step() {
    for kind in kinds() {
        let mut session = session(kind);
        let many: Vec<u32> = (0..64).collect();
        train(&mut session, 9);
        let before = session.respond_to(Split::Test, &many).hidden[0].to_vec();
        train(&mut session, 1);
        let free = session.respond_to(Split::Test, &[0, 1, 2]).output.to_vec();
        let responses = session.respond_to(Split::Test, &many);
        let of_unit = |unit: usize, hidden: &[f32]| -> Vec<f32> {
            hidden.iter().skip(unit).step_by(8).copied().collect()
        };
        let stirs = |unit: &usize| of_unit(*unit, responses.hidden[0]).iter().any(|&x| x != 0.0);
        let unit = (0..8).find(stirs).expect("not every unit is silent");
        let units = |hidden: &[f32]| of_unit(unit, hidden);
        let hold = |level| Command::Hold { layer: 0, unit: unit as u32, level };
        session.command(hold(Some(0.0))).expect("a unit");
        let responses = session.respond_to(Split::Test, &[0, 1, 2]);
        assert!(units(responses.hidden[0]).iter().all(|&response| response == 0.0));
        train(&mut session, 10);
        let there = hash(&session);
        session.back_to(9);
        assert_eq!(session.respond_to(Split::Test, &many).hidden[0], before, "not held yet");
        train(&mut session, 11);
        assert_eq!(hash(&session), there);
        session.back_to(10);
        session.command(hold(None)).expect("a unit");
        assert_eq!(session.respond_to(Split::Test, &[0, 1, 2]).output, free, "as if nothing had been");
        session.command(hold(Some(0.5))).expect("a unit");
        assert!(units(session.respond_to(Split::Test, &[0]).hidden[0]).iter().all(|&x| x == 0.5));
        train(&mut session, 3);
    }
}

#[test]
fn an_edited_weight_is_part_of_the_way() {
    for kind in kinds() {
        let mut session = session(kind);
        train(&mut session, 10);
        session.command(Command::Weight { parameter: 2, index: 3, value: 0.75 }).expect("a weight");
        assert_eq!(session.parameter(2)[3], 0.75);
        train(&mut session, 10);
        let there = hash(&session);
        session.back_to(5);
        assert_ne!(session.parameter(2)[3], 0.75);
        train(&mut session, 15);
        assert_eq!(hash(&session), there);
    }
}

#[test]
fn a_command_that_makes_no_sense_changes_nothing() {
    let mut session = session(Kind::Artificial);
    train(&mut session, 3);
    let before = hash(&session);
    let settings = session.settings();
    for (command, says) in [
        (Command::Hold { layer: 2, unit: 0, level: None }, "2 hidden layers"),
        (Command::Hold { layer: 1, unit: 6, level: None }, "a unit below 6"),
        (Command::Hold { layer: 1, unit: 0, level: Some(f32::NAN) }, "finite"),
        (Command::Weight { parameter: 6, index: 0, value: 1.0 }, "one of 6 tensors"),
        (Command::Weight { parameter: 0, index: 16, value: 1.0 }, "below 16"),
        (Command::Weight { parameter: 0, index: 0, value: f32::INFINITY }, "finite"),
        (Command::Settings(Settings { learning_rate: f32::NAN, ..settings }), "learning rate"),
        (Command::Settings(Settings { learning_rate: 0.0, ..settings }), "above 0"),
        (Command::Settings(Settings { batch_size: 0, ..settings }), "batch size"),
        (Command::Settings(Settings { l2: -1.0, ..settings }), "L2"),
    ] {
        let error = session.command(command).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
    assert_eq!((hash(&session), session.log().entries().len()), (before, 0));
}

#[test]
fn reset_returns_to_the_initial_weights() {
    let mut session = session(Kind::Artificial);
    let start = hash(&session);
    train(&mut session, 30);
    session.command(Command::Single).expect("a command");
    session.reset();
    assert_eq!((hash(&session), session.step(), session.examples()), (start, 0, 0));
    assert!(session.log().entries().is_empty());
}

#[test]
fn training_lowers_the_loss_of_both_kinds() {
    for kind in kinds() {
        let mut session =
            Session::new(session(kind).config().clone(), points("gauss"), 0).expect("a network");
        let loss = |session: &mut Session| {
            let indices: Vec<u32> = (0..64).collect();
            let output = session.respond_to(Split::Train, &indices).output.to_vec();
            let judged = |(&index, answer): (&u32, &f32)| {
                Task::Sign.judge(session.data(), Split::Train, index, &[*answer]).loss
            };
            indices.iter().zip(&output).map(judged).sum::<f32>() / 64.0
        };
        let before = loss(&mut session);
        train(&mut session, 300);
        let after = loss(&mut session);
        assert!(after < 0.3 * before, "{kind:?}: {before} to {after}");
    }
}

#[test]
fn a_loss_that_is_not_finite_stops_before_the_weights_move() {
    let mut session = session(Kind::Artificial);
    train(&mut session, 40);
    let good = hash(&session);
    let last = session.parameter_tensors() - 2;
    let mut weights = session.parameter(last).to_vec();
    weights[0] = f32::NAN;
    session.set_parameter(last, &weights);
    let examples = session.examples();
    assert_eq!(session.train(), Stepped::Diverged);
    assert!(session.diverged());
    assert_eq!((session.step(), session.examples(), session.hash()), (40, examples, None));
    let step = session.last_good_step();
    session.back_to(step);
    assert_eq!(session.step(), 32, "the last checkpoint before");
    assert!(!session.diverged());
    train(&mut session, 8);
    assert_eq!(hash(&session), good);
}

/// `½(w·x − t)²` is finite where `(w·x − t)·x` no longer is.
#[test]
fn gradients_that_are_not_finite_stop_before_the_weights_move() {
    let mut config = session(Kind::Artificial).config().clone();
    config.network.hidden.clear();
    config.network.loss = Loss::HalfMeanSquare(Activation::Linear);
    for clip in [Clip::Free, Clip::Norm(1.0), Clip::Value(1.0)] {
        let config = SessionConfig { input_scale: 3e21, clip, ..config.clone() };
        let mut session = Session::new(config, spiral(), 1 << 20).expect("a network");
        session.set_parameter(0, &[0.001, 0.001]);
        let before = session.checkpoint();
        assert_eq!(session.train(), Stepped::Diverged, "{clip:?}");
        let after = session.checkpoint();
        assert_eq!((&after.numbers, after.step, after.examples), (&before.numbers, 0, 0), "{clip:?}");
        assert!(session.diverged() && session.parameter(0) == [0.001, 0.001], "{clip:?}");
    }
}

#[cfg(feature = "threads")]
#[test]
fn the_number_of_threads_does_not_show() {
    let wide = |kind: Kind| {
        let mut config = session(kind).config().clone();
        config.network.hidden[0].units = 300;
        config.network.hidden[1].units = 200;
        config.settings.batch_size = 50;
        config
    };
    for kind in kinds() {
        let hashes = [1, 2, 3].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| {
                let mut session = Session::new(wide(kind), spiral(), 0).expect("a network");
                train(&mut session, 10);
                hash(&session)
            })
        });
        assert!(hashes[0] == hashes[1] && hashes[1] == hashes[2], "{kind:?}: {hashes:?}");
    }
}

#[test]
fn a_session_that_leads_nowhere_is_not_begun() {
    let good = session(Kind::Artificial).config().clone();
    let begin = |config: SessionConfig| Session::new(config, spiral(), 0).map(drop);
    assert_eq!(begin(good.clone()), Ok(()));
    let rate = |learning_rate| Settings { learning_rate, ..good.settings };
    for learning_rate in [f32::NAN, f32::INFINITY, 0.0, -0.1] {
        let error = begin(SessionConfig { settings: rate(learning_rate), ..good.clone() }).unwrap_err();
        assert!(error.to_string().contains("expected a learning rate above 0"), "{error}");
    }
    assert!(begin(SessionConfig { clip: Clip::Norm(f32::NAN), ..good.clone() }).is_err());
    let mut wide = good.clone();
    wide.network.hidden[0].units = 1 << 28;
    let error = begin(wide).unwrap_err();
    assert!(error.to_string().contains("expected a model of at most 1500 MB"), "{error}");
}

#[test]
fn units_are_held_under_every_rule() {
    for rule in Rule::ALL {
        let mut config = session(Kind::Artificial).config().clone();
        config.rule = rule;
        config.network.loss = Loss::CrossEntropy;
        config.network.outputs = 2;
        config.task = Task::Softmax { classes: 2 };
        if rule == Rule::ContrastiveDivergence {
            config.network.hidden.truncate(1);
        }
        let mut session = Session::new(config, spiral(), 1 << 20).expect("a network that the rule can teach");
        train(&mut session, 3);
        let examples = [0, 1, 2];
        let free = session.respond_to(Split::Test, &examples).output.to_vec();
        let hold = |level| Command::Hold { layer: 0, unit: 3, level };
        session.command(hold(Some(0.6))).expect("a unit");
        let clamped = session.respond_to(Split::Test, &examples);
        assert!(clamped.hidden[0].iter().skip(3).step_by(8).all(|&x| x == 0.6), "{rule:?}");
        assert_ne!(clamped.output, free, "{rule:?}");
        train(&mut session, 4);
        let there = hash(&session);
        session.back_to(1);
        train(&mut session, 6);
        assert_eq!(hash(&session), there, "{rule:?}: the way is the same");
        session.back_to(3);
        session.command(hold(None)).expect("a unit");
        assert_eq!(
            session.respond_to(Split::Test, &examples).output,
            free,
            "{rule:?}: as if nothing had been"
        );
    }
}

#[test]
fn a_unit_becomes_another_and_keeps_its_weights() {
    let many: Vec<u32> = (0..64).collect();
    let responses = |session: &mut Session| session.respond_to(Split::Test, &many).hidden[0].to_vec();
    let of_unit =
        |unit: usize, hidden: &[f32]| -> Vec<f32> { hidden.iter().skip(unit).step_by(8).copied().collect() };
    let tanh = Activation::ALL.iter().position(|&f| f == Activation::Tanh).expect("there is one") as u8;
    let kinds = Swap::all().chain([Swap::Neuron.of_trained()]);
    for to in kinds.filter(|&to| to != Swap::Activation(tanh)) {
        let (mut usual, mut session) = (session(Kind::Artificial), session(Kind::Artificial));
        train(&mut usual, 10);
        train(&mut session, 10);
        let before = responses(&mut session);
        let swap = |to| Command::Swap { layer: 0, unit: 3, to };
        session.command(swap(Some(to))).expect("a kind");
        assert_eq!((hash(&session), session.step()), (hash(&usual), 10), "weights and step stay");
        assert_eq!(session.checkpoint(), usual.checkpoint(), "moments, too");
        let after = responses(&mut session);
        for unit in (0..8).filter(|&unit| unit != 3) {
            assert_eq!(of_unit(unit, &before), of_unit(unit, &after), "unit {unit} is what it was");
        }
        // tanh is odd and grows; what it was tells what the drive is.
        let pairs = || of_unit(3, &before).into_iter().zip(of_unit(3, &after));
        if let Some(activation) = to.activation() {
            for (was, is) in pairs() {
                let at = was.atanh();
                let edge = activation == Activation::Step && at.abs() < 1e-3;
                assert!(edge || (activation.value(at) - is).abs() < 1e-3, "{to:?}: {was}, then {is}");
            }
        } else {
            if to == Swap::Neuron {
                for (_, is) in pairs() {
                    let spikes = 10.0 * is;
                    assert!((0.0..=10.0).contains(&spikes) && (spikes - spikes.round()).abs() < 1e-5, "{is}");
                }
            }
            let apart = pairs().map(|(was, is)| (was - is).abs()).sum::<f32>() / 64.0;
            assert!(apart < 0.7, "{to:?} covers what it replaces but for {apart} on the mean");
        }
        assert_ne!(of_unit(3, &before), of_unit(3, &after));
        train(&mut session, 10);
        train(&mut usual, 10);
        let there = hash(&session);
        assert_ne!(there, hash(&usual), "it learns as what it is");
        session.back_to(10);
        assert_eq!(responses(&mut session), after, "the command was given after step 10");
        session.back_to(9);
        assert!(session.network().hidden[0].others.is_empty(), "not yet another");
        train(&mut session, 11);
        assert_eq!(hash(&session), there, "the way is the same");
        session.back_to(10);
        session.command(swap(None)).expect("a unit");
        assert_eq!(responses(&mut session), before, "as if nothing had been");
        train(&mut session, 10);
        assert_eq!(hash(&session), hash(&usual));
        session.reset();
        assert!(session.network().hidden[0].others.is_empty());
    }
    let mut session = session(Kind::Artificial);
    let nonsense =
        [(0, 8, Swap::Neuron), (2, 0, Swap::Neuron), (0, 0, Swap::Activation(250)), (0, 0, Swap::Model(13))];
    for (layer, unit, to) in nonsense {
        let before = hash(&session);
        session.command(Command::Swap { layer, unit, to: Some(to) }).expect_err("no such unit or kind");
        assert_eq!((hash(&session), session.log().entries().len()), (before, 0));
    }
}

#[test]
fn a_spiking_unit_becomes_any_neuron_that_fires() {
    for code in [None, Some(Code::Rate), Some(Code::Latency)] {
        let mut usual = session(spiking(code));
        train(&mut usual, 10);
        for to in Swap::all().chain([Swap::Neuron.of_trained(), Swap::Model(200)]) {
            let mut session = session(spiking(code));
            train(&mut session, 10);
            let command = |to| Command::Swap { layer: 0, unit: 3, to };
            let fires = to == Swap::Neuron || to.model().is_some_and(|neuron| neuron.fires());
            if !fires || to == Swap::Neuron.of_trained() {
                let refusal = session.command(command(Some(to))).unwrap_err().to_string();
                assert!(refusal.contains("expected a neuron that fires"), "{refusal}");
                continue;
            }
            session.command(command(Some(to))).expect("a neuron that fires");
            assert_eq!(hash(&session), hash(&usual), "weights stay");
            let examples = [0, 1, 2, 3];
            let (before, after) =
                (usual.respond_to(Split::Test, &examples), session.respond_to(Split::Test, &examples));
            assert!(after.hidden[0].iter().all(|&spike| spike == 0.0 || spike == 1.0), "{to:?}");
            assert!(after.potentials[0].iter().all(|potential| potential.is_finite()), "{to:?}");
            let others = |hidden: &[f32]| -> Vec<f32> {
                hidden.iter().enumerate().filter(|(at, _)| at % 8 != 3).map(|(_, &spike)| spike).collect()
            };
            assert_eq!(others(before.hidden[0]), others(after.hidden[0]), "{to:?}");
            if to == Swap::Neuron {
                assert_eq!(before.output, after.output, "what it is already");
            }
            train(&mut session, 10);
            let there = hash(&session);
            session.back_to(9);
            train(&mut session, 11);
            assert_eq!(hash(&session), there, "{to:?}: the way is the same");
        }
    }
}

#[test]
fn a_learning_rate_goes_its_course_and_follows_the_setting() {
    let mut config = session(Kind::Artificial).config().clone();
    config.optimiser = Optimiser::Sgd;
    config.settings = Settings { l1: 0.0, l2: 0.0, ..config.settings };
    let course = Course::Cosine { floor: 0.5, over: 4 };
    config.schedule = Schedule { rate: 1.0, course, warm_up: 2 };
    let rates = |rate: f32| -> Vec<f32> {
        let settings = Settings { learning_rate: rate, ..config.settings };
        (1..=8).map(|count| config.descent(settings).pull(count).learning_rate).collect()
    };
    for rate in [0.1, 0.001] {
        let given = rates(rate);
        for (at, share) in [(0, 0.5), (1, 1.0), (2, 1.0), (4, 0.75), (6, 0.5), (7, 0.5)] {
            assert!((given[at] / rate - share).abs() < 1e-6, "rate {rate}, step {at}: {given:?}");
        }
    }
    // Far below the floor of 0.5: a floor that did not follow the rate would be refused.
    let mut session = Session::new(config.clone(), spiral(), 1 << 20).expect("a schedule");
    session.command(Command::Settings(Settings { learning_rate: 1e-4, ..config.settings })).expect("a rate");
    train(&mut session, 10);
}
