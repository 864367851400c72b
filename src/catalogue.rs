//! Every declaration of the engine, in one list: what the page's controls, the link, the
//! documentation and the parameter tests derive from. To add a model is to add its file and its
//! line here; a test compares this list with the folders.

use crate::data::{self, DataDeclaration};
use crate::describe::{Declaration, Declared, Parameter};
use crate::experiment::parameters::{self, Choices};
use crate::neurons::compartments::{DirectionSelective, NmdaDendrite, RallCable, SquidAxon, TwoLayer};
use crate::neurons::{LeakyIntegrator, Lif};

/// Models of neurons, one for each file of `neurons/`.
pub const NEURONS: [Declaration; 2] = [LeakyIntegrator::DECLARATION, Lif::DECLARATION];

/// Neurons with an extent, one for each file of `neurons/compartments/`.
pub const COMPARTMENTS: [Declaration; 5] = [
    RallCable::DECLARATION,
    SquidAxon::DECLARATION,
    TwoLayer::DECLARATION,
    NmdaDendrite::DECLARATION,
    DirectionSelective::DECLARATION,
];

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
    use crate::neurons::{Input, NeuronModel, Stepper};

    /// The names of the modules in a folder of `src`, without `mod.rs`.
    #[cfg(not(target_arch = "wasm32"))]
    fn modules(folder: &str) -> Vec<String> {
        let path = format!("{}/src/{folder}", env!("CARGO_MANIFEST_DIR"));
        let entries = std::fs::read_dir(&path).expect("a folder of the source");
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(".rs").map(str::to_owned))
            .filter(|name| name != "mod")
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
        let files = modules("data");
        for set in data_sets() {
            let file = if set.kind() == "images" { "images" } else { set.id };
            assert!(files.iter().any(|name| name == file), "{} has no file", set.id);
        }
    }

    #[test]
    fn declarations_are_complete() {
        for model in NEURONS.iter().chain(&COMPARTMENTS) {
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
    fn every_neuron_runs_a_second_without_a_number_that_is_not_finite() {
        fn run(model: impl NeuronModel) {
            for drive_mv in [-50.0, 0.0, 20.0, 500.0] {
                let neuron = model.stepper::<f32>(0.1);
                let mut state = neuron.rest();
                for _ in 0..10_000 {
                    let stepped = neuron.step(&mut state, Input::current(drive_mv));
                    assert!(stepped.potential.is_finite() && (0.0..=1.0).contains(&stepped.spike));
                }
            }
        }
        run(Lif::default());
        run(LeakyIntegrator::default());
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
}
