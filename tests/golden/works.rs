//! Spiking works that the page's engine offers too: their states as hashes after a while, the same
//! natively and in both variants in a browser (`e2e/determinism.test.ts` reads the same file). One
//! learns with delays, one is large enough for threads to share it in a browser.

use cajal::experiment::circuits::workload::CircuitWork;
use std::collections::BTreeMap;

/// Name and biological time in ms of each.
const WORKS: [(&str, f64); 2] = [("stdp", 60.0), ("hodgkin-huxley", 12.0)];

/// Hashes by `name ms`.
pub fn hashes() -> BTreeMap<String, String> {
    let hash = |(name, ms): (&str, f64)| {
        let mut work = CircuitWork::new(name).expect("a work");
        work.advance(ms).expect("finite potentials");
        (format!("{name} {ms}"), work.network().hash())
    };
    WORKS.into_iter().map(hash).collect()
}

/// What they must be.
pub fn golden() -> BTreeMap<String, String> {
    serde_json::from_str(include_str!("works.json")).expect("a valid golden file")
}
