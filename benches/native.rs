//! The works of `cargo xtask bench` natively, in one thread: `cargo bench --bench native -- OUT`.
//!
//! Writes JSON: milliseconds of every sample, by the names that benches/browser/works.js gives.

use cajal::kernels::ceiling::{self, Registers};
use cajal::kernels::product::Product;
use cajal::workload::{NAMES, Workload};
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// One sample takes at least this long.
const SAMPLE: Duration = Duration::from_millis(100);
/// Some 5 million operations, as in benches/browser/ceiling.js.
const CEILING_ITERATIONS: u32 = 50_000;
/// A profile of a work that is trained is taken for this long.
const PROFILE: Duration = Duration::from_millis(500);

/// What is measured: a name, and something that does it `count` times.
struct Work {
    id: String,
    operations: f64,
    /// A name of a work that is trained.
    trained: Option<&'static str>,
    run: Box<dyn FnMut(u32)>,
}

impl Work {
    fn product(m: u32, k: u32, n: u32) -> Self {
        let mut product = Product::new((m, k, n), false, false).expect("the works are small");
        let square = m == k && k == n;
        Self {
            id: if square { format!("product-{m}") } else { format!("product-{m}x{k}x{n}") },
            operations: product.operations(),
            trained: None,
            run: Box::new(move |count| {
                black_box(product.run(count));
            }),
        }
    }

    fn training(name: &'static str) -> Self {
        let mut work = Workload::new(name).expect("it is one of the names");
        Self {
            id: name.to_owned(),
            operations: work.flops() as f64,
            trained: Some(name),
            run: Box::new(move |count| {
                black_box(work.train(count));
            }),
        }
    }

    fn ceiling() -> Self {
        let run = |count| {
            for _ in 0..count {
                black_box(ceiling::multiply_add(CEILING_ITERATIONS, black_box(Registers::default())));
            }
        };
        let operations = f64::from(CEILING_ITERATIONS) * f64::from(ceiling::OPERATIONS);
        Self { id: "ceiling".to_owned(), operations, trained: None, run: Box::new(run) }
    }

    fn time(&mut self, count: u32) -> Duration {
        let began = Instant::now();
        (self.run)(count);
        began.elapsed()
    }

    /// How many runs make a sample; they warm caches up besides.
    fn calibrate(&mut self) -> u32 {
        let mut count = 1;
        loop {
            let time = self.time(count);
            if time >= SAMPLE / 4 {
                let runs = f64::from(count) * SAMPLE.as_secs_f64() / time.as_secs_f64();
                return (runs.ceil() as u32).max(1);
            }
            count *= 2;
        }
    }
}

fn works() -> Vec<Work> {
    let squares = [64, 128, 256, 512, 1024].map(|size| Work::product(size, size, size));
    let mut works = vec![Work::ceiling()];
    works.extend(squares);
    works.extend([(64, 784, 128), (128, 1024, 1024), (1, 784, 128)].map(|(m, k, n)| Work::product(m, k, n)));
    works.extend(NAMES.map(Work::training));
    works
}

/// Which share of a step each kind of operation takes.
fn profile(name: &'static str, step: Duration) -> Value {
    let mut work = Workload::new(name).expect("it is one of the names");
    let steps = (PROFILE.as_secs_f64() / step.as_secs_f64()).ceil() as u32;
    let began = Instant::now();
    let shares = work.profile(steps.max(1), || began.elapsed().as_secs_f64());
    let whole: f64 = shares.iter().map(|share| share.seconds).sum();
    let rows = shares.iter().map(|share| json!({ "operation": share.name, "share": share.seconds / whole }));
    rows.collect()
}

/// The values that follow a flag.
fn values_of<'a>(arguments: &'a [String], flag: &str) -> Vec<&'a str> {
    let pairs = arguments.windows(2).filter(|pair| pair[0] == flag);
    pairs.map(|pair| pair[1].as_str()).collect()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let only = values_of(&arguments, "--only");
    let rounds = values_of(&arguments, "--rounds").first().map_or(12, |rounds| {
        rounds.parse().unwrap_or_else(|_| panic!("--rounds wants a number, not `{rounds}`"))
    });
    let wanted = |work: &Work| {
        work.id == "ceiling" || only.is_empty() || only.iter().any(|name| work.id.contains(name))
    };
    let mut works: Vec<Work> = works().into_iter().filter(wanted).collect();
    let counts: Vec<u32> = works.iter_mut().map(Work::calibrate).collect();
    let mut samples = vec![Vec::new(); works.len()];
    for _ in 0..rounds {
        for ((work, &count), samples) in works.iter_mut().zip(&counts).zip(&mut samples) {
            samples.push(1000.0 * work.time(count).as_secs_f64() / f64::from(count));
        }
    }
    let measured = works.iter().zip(samples).map(|(work, samples)| {
        let fastest = samples.iter().copied().fold(f64::INFINITY, f64::min);
        let profile = work.trained.map(|name| profile(name, Duration::from_secs_f64(fastest / 1000.0)));
        json!({ "id": work.id, "operations": work.operations, "samples": samples, "profile": profile })
    });
    let text = Value::Array(measured.collect()).to_string();
    match arguments.iter().find(|argument| argument.ends_with(".json")) {
        Some(out) => std::fs::write(out, text).unwrap_or_else(|error| panic!("cannot write {out}: {error}")),
        None => println!("{text}"),
    }
}
