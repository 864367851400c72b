//! Prints the plan of a work: its operations with shapes, bytes and floating-point operations.
//!
//!     cargo run --release --example plan -- mlp-784-128-10
//!     cargo run --release --example plan -- mlp-784-128-10 --time
//!
//! With `--time` the work is trained for a while, and a table says which operations the time goes to.

use cajal::workload::{NAMES, Workload};
use std::process::ExitCode;
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let name = arguments.iter().find(|argument| !argument.starts_with("--"));
    let Some(name) = name else {
        eprintln!("expected a work to print: one of {}", NAMES.join(", "));
        return ExitCode::FAILURE;
    };
    let mut work = match Workload::new(name) {
        Ok(work) => work,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    for plan in &work.program().plans {
        println!("{plan}");
    }
    if arguments.iter().any(|argument| argument == "--time") {
        time(&mut work);
    }
    ExitCode::SUCCESS
}

/// Trains for about two seconds and prints where they went.
fn time(work: &mut Workload) {
    work.train(3);
    let began = Instant::now();
    let mut steps = 0;
    while began.elapsed() < Duration::from_secs(1) {
        work.train(1);
        steps += 1;
    }
    let step = began.elapsed().as_secs_f64() / f64::from(steps);
    let rows = work.profile(steps, || began.elapsed().as_secs_f64());
    println!("{:<28}{:>8}{:>12}{:>9}{:>12}", "operation", "count", "µs a step", "share", "GFLOP/s");
    let total: f64 = rows.iter().map(|row| row.seconds).sum();
    for row in rows {
        println!(
            "{:<28}{:>8}{:>12.2}{:>8.1}%{:>12.2}",
            row.name,
            row.count,
            1e6 * row.seconds,
            100.0 * row.seconds / total,
            row.flops as f64 / row.seconds / 1e9
        );
    }
    println!("{:.2} µs a step, {:.0} examples/s, untimed", 1e6 * step, work.batch() as f64 / step);
}
