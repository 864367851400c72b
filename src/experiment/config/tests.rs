use super::*;

#[test]
fn the_default_is_valid() {
    ExperimentConfig::default().check().expect("defaults are within their ranges");
}

fn neuron(id: &str, values: &[(&str, f64)]) -> NeuronConfig {
    let values = values.iter().map(|&(key, value)| NeuronValue { key: key.to_owned(), value });
    NeuronConfig { id: id.to_owned(), values: values.collect(), frozen: false }
}

fn other(unit: u32, kind: &str) -> UnitConfig {
    UnitConfig { unit, kind: kind.to_owned() }
}

#[test]
fn what_is_out_of_range_is_refused_by_name() {
    type Spoil = fn(&mut ExperimentConfig);
    let cases: [(&str, Spoil); 33] = [
        ("config-choice", |config| config.data.set = "nowhere".into()),
        ("config-number", |config| config.data.samples = 0),
        ("config-number", |config| config.data.noise = f64::NAN),
        ("config-number", |config| config.data.train_share = 1.5),
        ("config-layers", |config| {
            config.layers =
                vec![LayerConfig { units: 1, activation: "relu".into(), ..config.layers[0].clone() }; 7];
        }),
        ("config-number", |config| config.layers[0].units = 0),
        ("config-choice", |config| config.layers[0].activation = "Tanh".into()),
        ("config-choice", |config| config.training.loss = String::new()),
        ("config-choice", |config| config.training.optimiser = "x".repeat(10_000)),
        ("config-number", |config| config.training.learning_rate = f64::INFINITY),
        ("config-number", |config| config.training.batch_size = 100_000),
        ("config-number", |config| config.training.l2 = -1.0),
        ("config-number", |config| config.spiking.steps = 1),
        ("config-number", |config| config.spiking.tau_ms = 0.0),
        ("config-number", |config| config.spiking.refractory_ms = -0.5),
        ("config-choice", |config| config.spiking.encoding = "morse".into()),
        ("config-choice", |config| config.training.rule = "forward-forward".into()),
        ("config-choice", |config| config.training.schedule = "up".into()),
        ("config-number", |config| config.training.schedule_steps = 0),
        ("config-number", |config| config.training.schedule_factor = 0.0),
        ("config-number", |config| config.training.warm_up = u32::MAX),
        ("config-choice", |config| config.training.clip = "hard".into()),
        ("config-number", |config| config.training.clip_limit = f64::NAN),
        ("config-unit", |config| config.layers[0].others = vec![other(8, "lif")]),
        ("config-unit", |config| config.layers[0].others = vec![other(1, "lif"), other(1, "relu")]),
        ("config-choice", |config| config.layers[0].others = vec![other(1, "glia")]),
        ("config-choice", |config| config.layers[0].spiking_others = vec![other(1, "tanh")]),
        ("config-choice", |config| config.layers[0].spiking_others = vec![other(1, "rate")]),
        ("config-unit", |config| config.layers[0].spiking_others = vec![other(8, "izhikevich")]),
        ("config-choice", |config| config.neurons = vec![neuron("lif", &[])]),
        ("config-choice", |config| config.neurons = vec![neuron("izhikevich", &[("tau", 1.0)])]),
        ("config-number", |config| config.neurons = vec![neuron("izhikevich", &[("d", 1e9)])]),
        ("config-neuron", |config| {
            config.neurons = vec![neuron("exponential", &[("reset_mv", -20.0), ("peak_mv", -30.0)])];
        }),
    ];
    for (code, spoil) in cases {
        let mut config = ExperimentConfig::default();
        spoil(&mut config);
        let error = config.check().expect_err(code);
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().len() < 300, "{error}");
    }
}

#[test]
fn every_kind_of_unit_has_its_name_in_both_networks() {
    let refusal = unit_kind(Side::Spiking, "tanh").unwrap_err().to_string();
    let allowed = "expected one of lif, mcculloch-pitts, perceptron, escape-noise, exponential, \
                   adaptive-exponential, izhikevich, hodgkin-huxley, wang-buzsaki, got \"tanh\"";
    assert_eq!(refusal, format!("layers.spikingOthers: {allowed}"));
    for choice in &declared::UNIT_KINDS {
        let kind = unit_kind(Side::Artificial, choice.id).expect("a kind");
        let fires = kind == Swap::Neuron || kind.model().is_some_and(|neuron| neuron.fires());
        assert_eq!(unit_kind(Side::Spiking, choice.id).is_ok(), fires, "{}", choice.id);
    }
    let neurons = vec![neuron("izhikevich", &[]), neuron("izhikevich", &[])];
    let config = ExperimentConfig { neurons, ..ExperimentConfig::default() };
    assert_eq!(
        config.check().unwrap_err().to_string(),
        "neurons: expected each neuron at most once, got izhikevich"
    );
}
