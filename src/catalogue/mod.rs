//! Every declaration of the engine, in one list: what the page's controls, the link, the
//! documentation and the parameter tests derive from. To add a model is to add its file and its
//! line here; a test compares this list with the folders. [`measured`] adds what ours came to for each
//! reference that a declaration names.

pub mod measured;

use crate::data::{self, DataDeclaration};
use crate::describe::{Declaration, Declared, Parameter};
use crate::experiment::circuits;
use crate::experiment::parameters::{self, Choices};
use crate::learning::plasticity::{
    Bcm, DopamineStdp, GainModulation, Hebb, Homeostatic, Oja, PairStdp, PostStdp, Rewiring,
    TemporalDifference, TripletStdp,
};
use crate::neurons::compartments::{DirectionSelective, NmdaDendrite, RallCable, SquidAxon, TwoLayer};
use crate::neurons::{LeakyIntegrator, Lif, any};
use crate::snn::inputs::{
    Chirp, OrnsteinUhlenbeck, Poisson, Ramp, Recorded, Sine, Step, WhiteNoise, spike_list, waveform,
};
use crate::snn::short_term::ShortTerm;
use crate::snn::synapses::{
    Alpha, Ampa, Delta, ExponentialConductance, ExponentialCurrent, GabaA, GabaB, GapJunction, Nmda,
};

/// Models of neurons, one for each file of `neurons/`, from the list by which any is made by name.
pub static NEURONS: [Declaration; any::MODELS.len()] = any::declarations();

/// Those of them that the layers of a network consist of: what the page of the twins tells about.
pub fn layer_neurons() -> [Declaration; 2] {
    [LeakyIntegrator::DECLARATION, Lif::DECLARATION]
}

/// Neurons with an extent, one for each file of `neurons/compartments/`.
pub static COMPARTMENTS: [Declaration; 5] = [
    RallCable::DECLARATION,
    SquidAxon::DECLARATION,
    TwoLayer::DECLARATION,
    NmdaDendrite::DECLARATION,
    DirectionSelective::DECLARATION,
];

/// Models of receptors and junctions, one for each file of `snn/synapses/`.
pub static SYNAPSES: [Declaration; 9] = [
    Delta::DECLARATION,
    ExponentialCurrent::DECLARATION,
    ExponentialConductance::DECLARATION,
    Alpha::DECLARATION,
    Ampa::DECLARATION,
    Nmda::DECLARATION,
    GabaA::DECLARATION,
    GabaB::DECLARATION,
    GapJunction::DECLARATION,
];

/// Rules of plasticity: short-term, then one for each file of `learning/plasticity/`.
pub static PLASTICITY: [Declaration; 12] = [
    ShortTerm::DECLARATION,
    Hebb::DECLARATION,
    Oja::DECLARATION,
    Bcm::DECLARATION,
    PairStdp::DECLARATION,
    PostStdp::DECLARATION,
    TripletStdp::DECLARATION,
    DopamineStdp::DECLARATION,
    Homeostatic::DECLARATION,
    Rewiring::DECLARATION,
    GainModulation::DECLARATION,
    TemporalDifference::DECLARATION,
];

/// Inputs of neurons, one for each file of `snn/inputs/`.
pub static INPUTS: [Declaration; 10] = [
    Step::DECLARATION,
    Ramp::DECLARATION,
    Sine::DECLARATION,
    Chirp::DECLARATION,
    OrnsteinUhlenbeck::DECLARATION,
    WhiteNoise::DECLARATION,
    waveform::DECLARATION,
    spike_list::DECLARATION,
    Poisson::DECLARATION,
    Recorded::DECLARATION,
];

/// Ready circuits, one for each file of `experiment/circuits/`.
pub const CIRCUITS: &[circuits::Entry] = circuits::CIRCUITS;

/// Every declaration of a model, list after list: a new list is added here too.
pub fn declarations() -> impl Iterator<Item = &'static Declaration> {
    static LISTS: [&[Declaration]; 5] = [&NEURONS, &COMPARTMENTS, &SYNAPSES, &PLASTICITY, &INPUTS];
    LISTS.into_iter().flatten().chain(CIRCUITS.iter().map(|circuit| &circuit.declaration))
}

/// Data sets, in the order of the page.
pub fn data_sets() -> &'static [&'static DataDeclaration] {
    &data::CATALOGUE
}

/// Numbers that a visitor may choose, in the order of the page.
pub fn parameters() -> Vec<Parameter> {
    parameters::all()
}

/// Lists of named things that a visitor may choose, in the order of the page.
pub fn choices() -> &'static [Choices] {
    &parameters::CHOICES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::{Citation, Scale};
    use crate::kernels::lane::Real;
    use crate::learning::plasticity::Wiring;
    use crate::neurons::{AnyNeuron, Input};
    use crate::rng::{Stream, StreamId};
    use crate::snn::plasticity::{Arrival, Firing, Modulation, Plasticity, RateRule, SpikeRule, Traces};
    use crate::snn::short_term::ShortTermState;
    use crate::snn::synapses::{SynapseModel, SynapseStepper};
    use crate::units::Unit;

    /// The names of the modules in a folder of `src`, without `mod.rs` and the list of `any.rs`.
    #[cfg(not(target_arch = "wasm32"))]
    fn modules(folder: &str) -> Vec<String> {
        let path = format!("{}/src/{folder}", env!("CARGO_MANIFEST_DIR"));
        let entries = std::fs::read_dir(&path).expect("a folder of the source");
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(".rs").map(str::to_owned))
            .filter(|name| name != "mod" && name != "any" && name != "in_network")
            .collect();
        names.sort();
        names
    }

    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn every_file_of_the_folder_is_listed() {
        let mut listed: Vec<String> = NEURONS.iter().map(|model| model.id.replace('-', "_")).collect();
        listed.sort();
        assert_eq!(listed, modules("neurons"));
        let mut extended: Vec<String> = COMPARTMENTS.iter().map(|model| model.id.replace('-', "_")).collect();
        extended.sort();
        assert_eq!(extended, modules("neurons/compartments"));
        let mut listed: Vec<String> = INPUTS.iter().map(|input| input.id.replace('-', "_")).collect();
        listed.sort();
        assert_eq!(listed, modules("snn/inputs"));
        let mut listed: Vec<String> =
            CIRCUITS.iter().map(|circuit| circuit.declaration.id.replace('-', "_")).collect();
        listed.sort();
        let mut circuits = modules("experiment/circuits");
        circuits.retain(|name| {
            !["run", "observer", "shown", "turns", "weights", "workload"].contains(&name.as_str())
        });
        assert_eq!(listed, circuits);
        let files = modules("data");
        for set in data_sets() {
            let file = if set.kind() == "images" { "images" } else { set.id };
            assert!(files.iter().any(|name| name == file), "{} has no file", set.id);
        }
    }

    #[test]
    fn declarations_are_complete() {
        for model in NEURONS.iter().chain(&COMPARTMENTS).chain(&INPUTS) {
            assert!(model.citation.year > 1900 && !model.equations.is_empty(), "{}", model.id);
            assert!(model.not_biological.ends_with('.'), "{}", model.id);
            for parameter in model.parameters {
                assert!(parameter.accepts(parameter.default), "{}", parameter.key);
            }
            for reference in model.references {
                assert!(reference.tolerance > 0.0 && reference.expected.is_finite(), "{}", reference.what);
            }
        }
    }

    #[test]
    fn what_learns_and_what_answers_says_what_is_not_biological() {
        let said = crate::learning::Rule::CHOICES.iter().chain(&crate::experiment::parameters::UNIT_KINDS);
        for choice in said {
            assert!(choice.not_biological.ends_with('.'), "{}", choice.id);
        }
    }

    #[test]
    fn every_circuit_is_made_from_its_declaration_and_runs() {
        for entry in CIRCUITS {
            let declared = &entry.declaration;
            assert!(
                declared.citation.year > 1900 && declared.not_biological.ends_with('.'),
                "{}",
                declared.id
            );
            for parameter in declared.parameters {
                assert!(parameter.accepts(parameter.default), "{} of {}", parameter.key, declared.id);
                for beyond in [parameter.range.0 - 1.0, f64::NAN] {
                    let error =
                        entry.spec(&[(parameter.key, beyond)], 1).map(drop).expect_err("out of range");
                    assert!(error.to_string().contains(parameter.key), "{error}");
                }
            }
            let presets = declared.presets.iter().map(|preset| preset.values);
            for values in presets.chain([&[][..]]) {
                let (spec, _) = entry.spec(values, 1).expect("declared values");
                spec.check().expect("a network that can be built");
                if spec.estimate().bytes() < 20_000_000 {
                    let mut run = circuits::build(declared.id, values, 1, 1 << 26).expect("a circuit");
                    while run.network().time_ms() < 20.0 {
                        run.advance().expect("finite potentials");
                    }
                }
            }
        }
    }

    #[test]
    fn every_input_is_made_from_its_declaration() {
        fn walk<I: Declared>() {
            let declared = I::DECLARATION;
            let values = declared.parameters.iter().map(|parameter| (parameter.key, parameter.default));
            I::with_values(values).expect("the defaults make an input");
            let mut default = I::default();
            for parameter in declared.parameters {
                let field = default.field(parameter.key).copied();
                assert_eq!(field, Some(parameter.default), "{} of {}", parameter.key, declared.id);
                for beyond in [parameter.range.0 - 1.0, parameter.range.1 + 1.0, f64::NAN] {
                    let error = I::with_values([(parameter.key, beyond)]).err().expect("out of range");
                    assert!(error.to_string().contains(parameter.key), "{error}");
                }
            }
        }
        walk::<Step>();
        walk::<Ramp>();
        walk::<Sine>();
        walk::<Chirp>();
        walk::<OrnsteinUhlenbeck>();
        walk::<WhiteNoise>();
        walk::<Poisson>();
        walk::<Recorded>();
    }

    #[test]
    fn every_neuron_declares_all_that_it_is_made_of() {
        for entry in any::MODELS {
            let model = &entry.declaration;
            let sourced = |citation: &Citation| {
                citation.year > 1900 && ![citation.authors, citation.title, citation.source].contains(&"")
            };
            assert!(sourced(&model.citation) && !model.equations.is_empty(), "{}", model.id);
            assert!(!model.state.is_empty() && model.largest_dt_ms > 0.0, "{}", model.id);
            assert!(model.not_biological.ends_with('.'), "{}", model.id);
            for parameter in model.parameters {
                let name = format!("{} of {}", parameter.key, model.id);
                assert!(parameter.accepts(parameter.default) && parameter.step > 0.0, "{name}");
                assert!(parameter.range.0 < parameter.range.1 && parameter.meaning.ends_with('.'), "{name}");
                assert_eq!(entry.field(parameter.key), Some(parameter.default), "{name}");
                assert!(parameter.scale != Scale::Logarithmic || parameter.range.0 > 0.0, "{name}");
                if let Some((_, unit)) = UNITS.iter().find(|(suffix, _)| parameter.key.ends_with(suffix)) {
                    assert_eq!(parameter.unit, *unit, "{name}");
                }
            }
            for reference in model.references {
                assert!(reference.tolerance > 0.0 && reference.expected.is_finite(), "{}", reference.what);
                assert!(sourced(&reference.citation), "{}", reference.what);
            }
            for preset in model.presets {
                assert!(sourced(&preset.citation) && !preset.title.is_empty(), "{}", preset.id);
                assert!(preset.drive.is_sorted_by_key(|point| point.0), "{}", preset.id);
            }
        }
    }

    /// The units that a key of a parameter names.
    const UNITS: [(&str, Unit); 7] = [
        ("_per_ms", Unit::PerMillisecond),
        ("_mv", Unit::Millivolt),
        ("_ms", Unit::Millisecond),
        ("_pa", Unit::Picoampere),
        ("_ns", Unit::Nanosiemens),
        ("_ms_cm2", Unit::MillisiemensPerSquareCentimetre),
        ("_uf_cm2", Unit::MicrofaradPerSquareCentimetre),
    ];

    /// Runs a neuron for a second of its time under `drive`.
    fn run<R: Real>(
        mut neuron: AnyNeuron<R>,
        dt_ms: f64,
        drive: impl Fn(f64) -> f64,
        number: impl Fn(R) -> f64,
    ) {
        let finite = |value: R| number(value).is_finite();
        for step in 0..(1000.0 / dt_ms) as u32 {
            // Equidistributed, which is all that a unit that draws needs here.
            let uniform = R::from_f64((f64::from(step) * 0.618_033_988_749_895).fract());
            let current = R::from_f64(drive(f64::from(step) * dt_ms));
            let stepped = neuron.step(Input { uniform, ..Input::current(current) });
            let kept = neuron.state().iter().all(|value| finite(*value));
            let id = neuron.declaration().id;
            assert!(
                kept && finite(stepped.potential) && [0.0, 1.0].contains(&number(stepped.spike)),
                "{id} at step {step}"
            );
        }
    }

    #[test]
    fn every_neuron_runs_a_second_without_a_number_that_is_not_finite() {
        for model in &NEURONS {
            let dt_ms = model.largest_dt_ms.min(0.1);
            let both = |values: &[(&str, f64)], drive: &dyn Fn(f64) -> f64| {
                let double = AnyNeuron::new(model.id, values, dt_ms).expect("a model of the catalogue");
                run(double, dt_ms, drive, |number| number);
                let single = AnyNeuron::single(model.id, values, dt_ms).expect("a model of the catalogue");
                run(single, dt_ms, drive, f64::from);
            };
            for constant in [-500.0, -50.0, 0.0, 20.0, 500.0, 5000.0] {
                both(&[], &|_| constant);
            }
            for preset in model.presets {
                both(preset.values, &|t_ms| any::drive_at(preset, t_ms));
            }
        }
    }

    #[test]
    fn every_neuron_with_an_extent_runs_its_presets_for_a_second() {
        use crate::neurons::compartments::{CompartmentModel, Simulation};
        fn run<M: CompartmentModel>() {
            let mut presets: Vec<_> = M::DECLARATION.presets.iter().map(|preset| Some(preset.id)).collect();
            presets.push(None);
            for id in presets {
                let model = id.map_or_else(|| Ok(M::default()), M::preset).expect("a declared preset");
                let cell = model.cell().expect("a cell");
                let mut simulation = Simulation::new(&cell).expect("a cell");
                let dt_ms = M::DECLARATION.largest_dt_ms;
                let pulse_pa: f64 =
                    if M::DECLARATION.drive == crate::units::Unit::Nanoampere { 1e7 } else { 1e3 };
                let mut injected_pa = vec![0.0; cell.compartments().len()];
                while simulation.time_ms() < 1000.0 {
                    injected_pa[0] = if simulation.time_ms() % 100.0 < 1.0 { pulse_pa } else { 0.0 };
                    simulation.advance(dt_ms, &injected_pa, &[]).expect("finite potentials");
                }
            }
        }
        run::<RallCable>();
        run::<SquidAxon>();
        run::<NmdaDendrite>();
        run::<DirectionSelective>();
    }

    #[test]
    fn the_declared_defaults_are_the_models_own() {
        fn check<M: Declared>() {
            for parameter in M::DECLARATION.parameters {
                let mut model = M::default();
                let field = model.field(parameter.key).expect("a field for each declared parameter");
                assert!(*field == parameter.default, "{} of {}", parameter.key, M::DECLARATION.id);
            }
            for preset in M::DECLARATION.presets {
                assert!(M::preset(preset.id).is_ok(), "{} of {}", preset.id, M::DECLARATION.id);
            }
        }
        check::<RallCable>();
        check::<SquidAxon>();
        check::<TwoLayer>();
        check::<NmdaDendrite>();
        check::<DirectionSelective>();
    }

    fn walk<M: Declared>(try_with: impl Fn(M)) {
        let declaration = M::DECLARATION;
        assert!(declaration.citation.year > 1900 && !declaration.equations.is_empty(), "{}", declaration.id);
        assert!(declaration.not_biological.ends_with('.'), "{}", declaration.id);
        assert!(declaration.largest_dt_ms > 0.0);
        for parameter in declaration.parameters {
            let Parameter { key, default, range, step, .. } = *parameter;
            assert!(parameter.accepts(default) && step > 0.0, "{} of {}", key, declaration.id);
            assert_eq!(M::default().field(key).copied(), Some(default), "{} of {}", key, declaration.id);
            for bound in [range.0, range.1] {
                try_with(M::with_values([(key, bound)]).expect("the ends of a range are accepted"));
            }
        }
        for preset in declaration.presets {
            try_with(M::preset(preset.id).expect("a declared preset"));
        }
        for reference in declaration.references {
            assert!(reference.tolerance > 0.0 && reference.expected.is_finite(), "{}", reference.what);
        }
        try_with(M::default());
    }

    /// One second of spikes at a potential that sweeps the physiological range.
    fn receptor_runs(model: impl SynapseModel) {
        let receptor = model.stepper::<f32>(0.1);
        let mut state = receptor.rest();
        for step in 0..10_000 {
            let mut input = Input::current(0.0);
            let potential_mv = -100.0 + 150.0 * (step % 1_000) as f32 / 1_000.0;
            receptor.step(&mut state, if step % 83 == 0 { 2.0 } else { 0.0 }, potential_mv, &mut input);
            assert!(input.current.is_finite() && input.conductance >= 0.0);
            assert!(state.as_ref().iter().all(|number| number.is_finite()));
        }
    }

    fn rule_runs(model: impl Plasticity) {
        fn run<S: SpikeRule>(rule: S) {
            let (mut pre, mut post) = (Traces::new(1, S::PRE_TRACES), Traces::new(1, S::POST_TRACES));
            let (mut weights, mut eligibility, mut modulation) = ([0.5f32], [0.0f32], Modulation::default());
            for step in 0..1_000 {
                let time_ms = f64::from(step);
                if step % 100 == 0 {
                    rule.advance(time_ms, &modulation, &mut weights, &mut eligibility);
                    rule.advance_modulation(time_ms, &mut modulation);
                    rule.reward(&mut modulation, 0.5);
                }
                if step % 17 == 0 {
                    let (weights, eligibility) = (&mut weights[..], &mut eligibility[..]);
                    let row =
                        Arrival { source: 0, time_ms, targets: &[0u16], weights, eligibility, modulation };
                    rule.on_pre(row, &mut pre, &post);
                }
                if step % 23 == 0 {
                    let firing = Firing { target: 0, time_ms, synapses: &[0], sources: &[0u16], modulation };
                    rule.on_post(firing, &mut weights, &mut eligibility, &pre, &mut post);
                }
                assert!(weights[0].is_finite() && eligibility[0].is_finite());
            }
        }
        run(model.rule());
    }

    fn rate_rule_runs(rule: impl RateRule) {
        let (mut state, mut weights) = (0.0f64, [0.1, 0.2]);
        for step in 0..10 {
            let pre = [0.1 * f64::from(step % 3), 0.2];
            let post = weights[0] * pre[0] + weights[1] * pre[1];
            rule.update(&mut state, &pre, post, &mut weights);
            assert!(state.is_finite() && weights.iter().all(|weight| weight.is_finite()));
        }
    }

    #[test]
    fn every_synapse_runs_a_second_within_all_its_ranges() {
        walk::<Delta>(receptor_runs);
        walk::<ExponentialCurrent>(receptor_runs);
        walk::<ExponentialConductance>(receptor_runs);
        walk::<Alpha>(receptor_runs);
        walk::<Ampa>(receptor_runs);
        walk::<Nmda>(receptor_runs);
        walk::<GabaA>(receptor_runs);
        walk::<GabaB>(receptor_runs);
        walk::<GapJunction>(|junction| {
            let mut input = Input::current(0.0f32);
            junction.couple(-40.0, &mut input);
            assert!(input.current.is_finite());
        });
    }

    #[test]
    fn every_rule_runs_within_all_its_ranges() {
        walk::<ShortTerm>(|model| {
            let (rule, mut state) = (model.rule::<f32>(), ShortTermState::default());
            for spike in 0..100 {
                let amplitude = rule.on_spike(&mut state, f64::from(spike) * 10.0);
                assert!((0.0..=1.0).contains(&amplitude));
            }
        });
        walk::<Hebb>(rate_rule_runs);
        walk::<Oja>(rate_rule_runs);
        walk::<Bcm>(rate_rule_runs);
        walk::<PairStdp>(rule_runs);
        walk::<PostStdp>(rule_runs);
        walk::<TripletStdp>(rule_runs);
        walk::<DopamineStdp>(rule_runs);
        walk::<Homeostatic>(|rule| assert!(rule.factor(20.0, 1.0).is_finite()));
        walk::<Rewiring>(|rule| {
            let draws = Stream::new(1, StreamId::Sample);
            let mut wiring = Wiring::new(10, 4, 0.1, draws);
            (0..50).for_each(|step| {
                rule.step(&mut wiring, &[0.5; 4], step, draws);
            });
            assert!(wiring.synapses().iter().all(|synapse| synapse.theta.is_finite()));
        });
        walk::<GainModulation>(|rule| assert!(rule.drive(20.0f32).is_finite()));
        walk::<TemporalDifference>(|rule| {
            let errors = rule.trial(&mut [0.0; 5], 1, |_| 1.0, 10);
            assert!(errors.iter().all(|error| error.is_finite()));
        });
    }

    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn every_synapse_and_rule_has_its_file() {
        let names = |list: &[Declaration]| {
            let mut names: Vec<String> = list.iter().map(|model| model.id.replace('-', "_")).collect();
            names.sort();
            names
        };
        assert_eq!(names(&SYNAPSES), modules("snn/synapses"));
        assert_eq!(names(&PLASTICITY[1..]), modules("learning/plasticity"));
    }
}
