//! Native half of the promise: the weights of `golden/weights.json`, with any number of threads.
//! After a change that is meant to change weights: `CAJAL_BLESS=1 cargo test --test determinism`.
//! The other halves are `web.rs`, `web_worker.rs` and the end-to-end tests.

mod golden;

#[test]
fn weights_are_those_of_the_golden_file() {
    if std::env::var_os("CAJAL_BLESS").is_some() {
        let mut cases = golden::all();
        for case in &mut cases {
            case.weights = golden::train(&case.config);
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/weights.json");
        let text = serde_json::to_string_pretty(&cases).expect("plain data") + "\n";
        std::fs::write(path, text).expect("the golden file can be written");
        let circuit = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/circuit.txt");
        std::fs::write(circuit, golden::circuit::simulate() + "\n").expect("the golden file can be written");
        let works = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/works.json");
        let text = serde_json::to_string_pretty(&golden::works::hashes()).expect("plain data") + "\n";
        std::fs::write(works, text).expect("the golden file can be written");
        panic!("wrote {path}, {works} and {circuit}: read the difference, then run again");
    }
    for case in golden::all() {
        assert_eq!(golden::train(&case.config), case.weights, "{}", case.name);
    }
}

#[test]
fn the_circuit_is_that_of_the_golden_file() {
    if std::env::var_os("CAJAL_BLESS").is_none() {
        assert_eq!(golden::circuit::simulate(), golden::circuit::golden());
    }
}

#[test]
fn the_spiking_works_are_those_of_the_golden_file() {
    if std::env::var_os("CAJAL_BLESS").is_none() {
        assert_eq!(golden::works::hashes(), golden::works::golden());
    }
}

#[test]
fn the_long_runs_have_configurations_of_today() {
    let runs: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("golden/digits.json")).expect("a list of runs");
    assert!(!runs.is_empty());
    for run in runs {
        let config: cajal::experiment::ExperimentConfig = serde_json::from_value(run["config"].clone())
            .unwrap_or_else(|error| panic!("{}: {error}", run["id"]));
        config.check().unwrap_or_else(|error| panic!("{}: {error}", run["id"]));
    }
}

#[cfg(feature = "threads")]
#[test]
fn the_number_of_threads_does_not_show() {
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        assert_eq!(pool.install(golden::circuit::simulate), golden::circuit::golden(), "{threads} threads");
        assert_eq!(pool.install(golden::works::hashes), golden::works::golden(), "{threads} threads");
        for case in golden::all() {
            let weights = pool.install(|| golden::train(&case.config));
            assert_eq!(weights, case.weights, "{} with {threads} threads", case.name);
        }
    }
}
