//! A list of checks that are all run, each with its time, and summed up at the end.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::command::Outcome;

/// What has been checked so far.
#[derive(Default)]
pub struct Steps {
    done: Vec<Step>,
}

struct Step {
    name: String,
    time: Duration,
    failure: Option<String>,
}

impl Steps {
    /// Runs one check; its value where it passed.
    pub fn run<T>(&mut self, name: &str, check: impl FnOnce() -> Outcome<T>) -> Option<T> {
        println!("\n── {name}");
        let began = Instant::now();
        let outcome = check();
        let time = began.elapsed();
        let (value, failure) = match outcome {
            Ok(value) => (Some(value), None),
            Err(message) => (None, Some(message)),
        };
        let step = Step { name: name.to_owned(), time, failure };
        println!("{}", step.line());
        self.done.push(step);
        value
    }

    /// Counts a check that could not be run as failed.
    pub fn cannot_run(&mut self, name: &str, why: &str) {
        self.run(name, || Err::<(), _>(format!("not run: {why}")));
    }

    /// Prints the summary, whose last line is `N passed, N failed`.
    pub fn finish(self) -> ExitCode {
        println!("\n── summary");
        for step in &self.done {
            println!("{}", step.line());
        }
        let total: Duration = self.done.iter().map(|step| step.time).sum();
        let failed = self.done.iter().filter(|step| step.failure.is_some()).count();
        println!("in {:.0} s", total.as_secs_f64());
        println!("{} passed, {failed} failed", self.done.len() - failed);
        if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

impl Step {
    fn line(&self) -> String {
        let seconds = self.time.as_secs_f64();
        match &self.failure {
            None => format!("ok      {seconds:6.1} s  {}", self.name),
            Some(message) => format!("FAILED  {seconds:6.1} s  {}: {message}", self.name),
        }
    }
}
