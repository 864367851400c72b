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

    /// Prints the summary, and tells whether all passed.
    pub fn finish(self) -> ExitCode {
        println!("\n── summary\n{}", self.summary());
        let all_passed = self.done.iter().all(|step| step.failure.is_none());
        if all_passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    /// One line a check, then `N passed, N failed` alone, which machines read.
    fn summary(&self) -> String {
        let lines: String = self.done.iter().map(|step| step.line() + "\n").collect();
        let seconds: f64 = self.done.iter().map(|step| step.time.as_secs_f64()).sum();
        let failed = self.done.iter().filter(|step| step.failure.is_some()).count();
        format!("{lines}in {seconds:.0} s\n{} passed, {failed} failed", self.done.len() - failed)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_stops_nothing_and_is_counted() {
        let mut steps = Steps::default();
        assert_eq!(steps.run("first", || Ok(1)), Some(1));
        assert_eq!(steps.run("second", || Err::<(), _>("it broke".to_owned())), None);
        steps.cannot_run("third", "the second failed");
        assert_eq!(steps.run("fourth", || Ok(4)), Some(4));
        let summary = steps.summary();
        assert!(summary.contains("second: it broke\n"), "{summary}");
        assert!(summary.contains("third: not run: the second failed\n"), "{summary}");
        assert_eq!(summary.lines().last(), Some("2 passed, 2 failed"));
        assert_eq!(steps.finish(), ExitCode::FAILURE);
    }
}
