//! The spiral with both networks, as on the page.

use cajal::experiment::lab::{Lab, Trained};
use cajal::experiment::twin::CURVE_COLUMNS;
use cajal::experiment::{ExperimentConfig, Side};
use std::time::Instant;

/// Steps that a spiral is given: some seconds in a browser.
const SPIRAL_STEPS: u64 = 150_000;
/// Loss on the test half that counts as learned, and of how many seeds of ten.
const SPIRAL_BAR: (f32, u32) = (0.02, 5);

/// Ten seeds; whether enough of them learn it.
pub fn run() -> bool {
    let (loss, seeds) = SPIRAL_BAR;
    println!("spiral, 2-8-8-1 tanh, Adam 0.01, batch 10: ½·MSE at most {loss} for {seeds} of 10 seeds");
    let mut reached = 0;
    for seed in 1..=10 {
        let mut config = ExperimentConfig { seed, ..ExperimentConfig::default() };
        config.data.set = "spiral".into();
        let mut lab = Lab::new().expect("valid defaults");
        lab.configure(config, None).expect("a valid configuration");
        let started = Instant::now();
        let best = |lab: &Lab, side: Side| {
            let rows = lab.twin().half(side).curve.chunks_exact(CURVE_COLUMNS);
            rows.map(|row| row[2]).fold(f32::INFINITY, f32::min)
        };
        let mut lowest = [f32::INFINITY; 2];
        while lab.twin().step() < SPIRAL_STEPS && lowest[0] > loss {
            while !lab.evaluate(false) {}
            assert_ne!(lab.train(1000), Trained::Diverged);
            lowest = [0, 1].map(|side| lowest[side].min(best(&lab, Side::BOTH[side])));
        }
        println!(
            "  seed {seed}: artificial {:.4}, spiking {:.4} at step {} after {:.1} s",
            lowest[0],
            lowest[1],
            lab.twin().step(),
            started.elapsed().as_secs_f64()
        );
        reached += u32::from(lowest[0] <= loss);
    }
    println!("  {reached} of 10");
    reached >= seeds
}
