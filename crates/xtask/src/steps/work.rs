//! What each step does.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::StepName;
use crate::commands::package;
use crate::tally::{self, Tally};
use crate::workspace::Workspace;
use crate::{node, process, python, say};

/// The integration test that needs the window; all others run without a display.
const WINDOW_TEST: &str = "e2e";
/// A test that hangs must not eat the whole time that a CI machine gives. Minutes.
const LONGEST_TEST_RUN: u32 = 30;

/// What the steps work with.
#[derive(Debug)]
pub struct Tools<'a> {
    pub workspace: &'a Workspace,
    /// True where nobody waits at a terminal.
    pub unattended: bool,
}

impl Tools<'_> {
    /// Does one step.
    ///
    /// # Errors
    /// Something could not even be started; a check that fails is no error but a count.
    pub fn work(&self, step: StepName) -> Result<Tally> {
        match step {
            StepName::Fmt => check(process::cargo().args(["fmt", "--all", "--check"])),
            StepName::Npm => {
                node::check().and_then(|()| node::install(self.workspace)).map(|()| Tally::of_check(true))
            }
            StepName::UiLint => self.ui(&["run", "lint"]),
            StepName::UiCheck => self.ui(&["run", "check"]),
            StepName::UiBuild => self.ui(&["run", "build"]),
            StepName::Build => check(process::cargo().args(["build", "--workspace", "--all-targets"])),
            StepName::Clippy => check(process::cargo().args([
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ])),
            StepName::Doc => {
                let mut doc = process::cargo();
                doc.args(["doc", "--workspace", "--lib", "--no-deps"]);
                check(doc.env("RUSTDOCFLAGS", "-D warnings"))
            }
            StepName::Python => python::scim_server(self.workspace).map(|_| Tally::of_check(true)),
            StepName::Rust => self.rust(),
            StepName::UiTest => self.ui_test(),
            StepName::E2e => self.e2e(),
            StepName::Package => package::for_test(self.workspace).map(|()| Tally::of_check(true)),
        }
    }

    fn ui(&self, words: &[&str]) -> Result<Tally> {
        check(process::npm().args(words).current_dir(self.workspace.ui()))
    }

    fn rust(&self) -> Result<Tally> {
        let mut units = process::cargo();
        units.args(["test", "--workspace", "--no-fail-fast", "--lib", "--bins"]);
        for name in self.workspace.tests.iter().filter(|name| *name != WINDOW_TEST) {
            units.args(["--test", name]);
        }
        let mut documentation = process::cargo();
        documentation.args(["test", "--workspace", "--no-fail-fast", "--doc"]);
        let mut tally = self.tests(units)?;
        tally.add(&self.tests(documentation)?);
        Ok(tally)
    }

    fn e2e(&self) -> Result<Tally> {
        let mut tests = process::cargo();
        // Each window brings its own display and session. Two at a time: more only wait for the processor.
        tests.args([
            "test",
            "--workspace",
            "--no-fail-fast",
            "--test",
            WINDOW_TEST,
            "--",
            "--test-threads=2",
        ]);
        self.tests(tests)
    }

    fn tests(&self, mut command: Command) -> Result<Tally> {
        command
            .env("ROLLCALL_SCIM2_SERVER", python::scim_server(self.workspace)?)
            .env("ROLLCALL_BIN", self.workspace.program("debug", "rollcall"))
            .env("ROLLCALL_CTL_BIN", self.workspace.program("debug", "rollcallctl"))
            .env("ROLLCALL_SANDBOX_BIN", self.workspace.program("debug", "rollcall-sandbox"))
            .env("RUST_BACKTRACE", "1");
        let mut tally = Tally::default();
        let status = process::watch(&mut self.limited(command), |line| tally.take_rust_line(line))?;
        if status.code() == Some(124) {
            say::problem(&format!("the tests were ended after {LONGEST_TEST_RUN} minutes"));
        }
        Ok(tally.with_outcome(status.success()))
    }

    /// With a person at the terminal there is no limit: `timeout` would take Ctrl+C away from them.
    fn limited(&self, command: Command) -> Command {
        if !self.unattended || !process::exists("timeout") {
            return command;
        }
        let mut limited = process::command("timeout");
        limited.args(["--kill-after=10s", &format!("{LONGEST_TEST_RUN}m")]);
        limited.arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => limited.env(name, value),
                None => limited.env_remove(name),
            };
        }
        limited
    }

    fn ui_test(&self) -> Result<Tally> {
        let report = self.report_file()?;
        let mut tests = process::npm();
        tests.args(["run", "test", "--", "--reporter=default", "--reporter=json"]);
        tests.arg(format!("--outputFile.json={}", report.display())).current_dir(self.workspace.ui());
        let status = process::status(&mut tests)?;
        let counted = read(&report).and_then(|report| tally::of_vitest(&report));
        match counted {
            Ok(tally) => Ok(tally.with_outcome(status.success())),
            // It died before it could report: its own words are on the terminal.
            Err(_) if !status.success() => Ok(Tally::of_check(false)),
            Err(error) => Err(error),
        }
    }

    /// Where the report goes, with no older one in its place.
    fn report_file(&self) -> Result<PathBuf> {
        let folder = self.workspace.scratch();
        std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        let file = folder.join("vitest.json");
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("removing {}", file.display()))
            }
            _ => Ok(file),
        }
    }
}

fn check(command: &mut Command) -> Result<Tally> {
    process::status(command).map(|status| Tally::of_check(status.success()))
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limited_command_keeps_its_words_and_its_environment() {
        let workspace = Workspace { root: "/w".into(), target: "/t".into(), tests: Vec::new() };
        let tools = Tools { workspace: &workspace, unattended: true };
        let mut command = process::command("cargo");
        command.args(["test", "--doc"]).env("ROLLCALL_BIN", "/t/debug/rollcall");
        let limited = tools.limited(command);
        assert_eq!(process::typed(&limited), "timeout --kill-after=10s 30m cargo test --doc");
        assert!(limited.get_envs().any(|(name, _)| name == "ROLLCALL_BIN"));
    }
}
