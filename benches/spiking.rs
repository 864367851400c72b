//! A spiking work natively, in one thread: `cargo bench --bench spiking -- WORK`, or `bytes`.
//!
//! Speaks as the peers of `benches/spiking` do: a line of JSON about the work, then one for each line
//! that comes. `bytes` builds a synapse of each kind in numbers and tells what it takes, and what levels of
//! distributed weights do to the rate.

use cajal::experiment::circuits::workload::{CircuitWork, SYNAPSES, bytes_per_synapse, quantised};
use serde_json::{Value, json};
use std::io::BufRead;
use std::time::Instant;

/// Milliseconds that an action takes, and what it gives.
fn timed<T>(action: impl FnOnce() -> T) -> (f64, T) {
    let began = Instant::now();
    let value = action();
    (1000.0 * began.elapsed().as_secs_f64(), value)
}

fn built(name: &str) -> CircuitWork {
    CircuitWork::new(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn bytes() -> Value {
    let kinds = SYNAPSES.map(|kind| {
        let (bytes, synapses) = bytes_per_synapse(kind).unwrap_or_else(|error| panic!("{kind}: {error}"));
        json!({ "kind": kind, "bytes": bytes, "synapses": synapses })
    });
    let quantised = [0.1, 0.3].map(|sd| {
        let rates = quantised(sd, 20, 2100.0).unwrap_or_else(|error| panic!("rates: {error}"));
        json!({ "sd": sd, "exact_hz": rates.exact_hz, "levels_hz": rates.levels_hz, "spread_hz": rates.spread_hz })
    });
    json!({ "bytes": kinds, "quantised": quantised })
}

/// Each line is how many milliseconds to advance, and whether from the beginning.
fn serve(name: &str) {
    let (build_ms, mut work) = timed(|| built(name));
    let (neurons, synapses) = (work.neurons(), work.network().synapses());
    println!("{}", json!({ "neurons": neurons, "synapses": synapses, "build_s": build_ms / 1000.0 }));
    for line in std::io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        if asked["anew"] == true {
            work = built(name);
        }
        let before = work.network().time_ms();
        let (ms, spikes) = timed(|| work.advance(asked["ms"].as_f64().expect("a time")));
        let biological_ms = work.network().time_ms() - before;
        let spikes = spikes.unwrap_or_else(|error| panic!("{name}: {error}"));
        println!("{}", json!({ "ms": ms, "biological_ms": biological_ms, "spikes": spikes }));
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().find(|argument| !argument.starts_with('-')).map(String::as_str) {
        Some("bytes") => println!("{}", bytes()),
        Some(name) => serve(name),
        None => panic!("expected the name of a work, or `bytes`"),
    }
}
