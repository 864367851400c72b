//! Running other programs: one line says what failed, and nothing hangs for ever.

use std::ffi::{OsStr, OsString};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::{self, Stdio};
use std::time::{Duration, Instant};

use crate::project::Project;

/// What a command of ours ends in: a value, or one message for the person who ran it.
pub type Outcome<T> = Result<T, String>;

/// A program with its arguments, shown in messages as it would be typed.
pub struct Command {
    inner: process::Command,
    shown: String,
}

impl Command {
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let program = program.as_ref();
        let mut inner = process::Command::new(program);
        inner.stdin(Stdio::null());
        if !std::io::stdout().is_terminal() || std::env::var_os("NO_COLOR").is_some() {
            // Some tools colour what they write into a file all the same. Trunk takes no other
            // value than these words.
            inner.env("NO_COLOR", "true");
        }
        // Set by the `cargo run` that started us; they would leak into the builds we start.
        for (name, _) in std::env::vars_os() {
            if is_from_outer_cargo(&name) {
                inner.env_remove(name);
            }
        }
        let name = Path::new(program).file_name().unwrap_or(program);
        Self { inner, shown: name.to_string_lossy().into_owned() }
    }

    /// The cargo that runs us, hence of the toolchain that the checkout pins.
    pub fn cargo() -> Self {
        Self::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.shown.push(' ');
        self.shown.push_str(&argument.as_ref().to_string_lossy());
        self.inner.arg(argument);
        self
    }

    pub fn args<A: AsRef<OsStr>>(self, arguments: impl IntoIterator<Item = A>) -> Self {
        arguments.into_iter().fold(self, Self::arg)
    }

    pub fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.inner.env(name, value);
        self
    }

    pub fn envs<'a>(self, pairs: impl IntoIterator<Item = &'a (String, String)>) -> Self {
        pairs.into_iter().fold(self, |command, (name, value)| command.env(name, value))
    }

    pub fn current_dir(mut self, folder: &Path) -> Self {
        self.inner.current_dir(folder);
        self
    }

    /// Runs in the root of the checkout, with the checkout's own tools found first.
    pub fn in_project(self, project: &Project) -> Self {
        self.env("PATH", search_path(project)).current_dir(&project.root)
    }

    pub fn run_in(self, project: &Project) -> Outcome<()> {
        self.in_project(project).run()
    }

    /// Runs with its output shown.
    pub fn run(mut self) -> Outcome<()> {
        let status = self.inner.status().map_err(|error| self.cannot_start(&error))?;
        if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", self.shown)) }
    }

    /// Runs with its output shown, and ends it when it takes longer than `limit`.
    pub fn run_within(mut self, limit: Duration) -> Outcome<()> {
        let mut child = self.inner.spawn().map_err(|error| self.cannot_start(&error))?;
        let deadline = Instant::now() + limit;
        loop {
            let status = child.try_wait().map_err(|error| self.cannot_start(&error))?;
            match status {
                Some(status) if status.success() => return Ok(()),
                Some(status) => return Err(format!("`{}` failed ({status})", self.shown)),
                None if Instant::now() >= deadline => {
                    // It may have ended in between; either way it is gone after this.
                    let _ = child.kill();
                    let _ = child.wait();
                    return Err(format!("`{}` gave no answer within {limit:?}", self.shown));
                }
                None => std::thread::sleep(Duration::from_millis(100)),
            }
        }
    }

    /// Runs silently; what it printed, or its last words when it failed.
    pub fn read(mut self) -> Outcome<String> {
        let output = self.inner.output().map_err(|error| self.cannot_start(&error))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(format!("`{}` failed ({}): {words}", self.shown, output.status))
    }

    fn cannot_start(&self, error: &std::io::Error) -> String {
        format!("cannot run `{}`: {error}", self.shown)
    }
}

fn is_from_outer_cargo(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}

/// PATH with the folders of the checkout's own tools in front.
pub fn search_path(project: &Project) -> OsString {
    let own = [project.tools().join("bin"), project.path("node_modules/.bin")];
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let folders = own.into_iter().chain(std::env::split_paths(&inherited));
    std::env::join_paths(folders).expect("the folders of PATH come from PATH")
}

/// The first program of that name that the checkout's PATH finds.
pub fn find_program(project: &Project, name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&search_path(project))
        .map(|folder| folder.join(&name))
        .find(|candidate| candidate.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_hangs_is_ended() {
        let began = Instant::now();
        let outcome = Command::new("sleep").arg("60").run_within(Duration::from_millis(200));
        assert_eq!(outcome, Err("`sleep 60` gave no answer within 200ms".to_owned()));
        assert!(began.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_failure_is_told_with_the_command_and_its_last_words() {
        let outcome = Command::new("sh").args(["-c", "echo why >&2; exit 3"]).read();
        let message = outcome.expect_err("it exits with 3");
        assert!(message.contains("exit status: 3") && message.ends_with("why"), "{message}");
    }
}
