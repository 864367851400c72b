use super::*;

#[test]
fn the_default_is_valid() {
    ExperimentConfig::default().check().expect("defaults are within their ranges");
}

fn other(unit: u32, kind: &str) -> UnitConfig {
    UnitConfig { unit, kind: kind.to_owned() }
}

#[test]
fn what_is_out_of_range_is_refused_by_name() {
    type Spoil = fn(&mut ExperimentConfig);
    let cases: [(&str, Spoil); 26] = [
        ("config-choice", |config| config.data.set = "nowhere".into()),
        ("config-number", |config| config.data.samples = 0),
        ("config-number", |config| config.data.noise = f64::NAN),
        ("config-number", |config| config.data.train_share = 1.5),
        ("config-layers", |config| {
            config.layers = vec![LayerConfig { units: 1, activation: "relu".into(), others: vec![] }; 7];
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
    ];
    for (code, spoil) in cases {
        let mut config = ExperimentConfig::default();
        spoil(&mut config);
        let error = config.check().expect_err(code);
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().len() < 300, "{error}");
    }
}
