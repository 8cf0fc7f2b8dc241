//! Other programs: started with an environment of their own, shown before they run, awaited.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::say;

/// What `cargo run` sets for us alone. Passed on, it would make build scripts that watch these variables
/// run again each time a person alternates between `cargo xtask` and `cargo`.
fn is_cargos_own(name: &str) -> bool {
    name.starts_with("CARGO_PKG_")
        || matches!(
            name,
            "CARGO_MANIFEST_DIR"
                | "CARGO_MANIFEST_PATH"
                | "CARGO_MANIFEST_LINKS"
                | "CARGO_CRATE_NAME"
                | "CARGO_BIN_NAME"
                | "CARGO_PRIMARY_PACKAGE"
                | "OUT_DIR"
        )
}

/// A command with our environment, less what belongs to this program only.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(is_cargos_own) {
            command.env_remove(name);
        }
    }
    command
}

/// The cargo that started this program.
pub fn cargo() -> Command {
    let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // A machine that builds once gains nothing from what makes the second build faster.
    if in_ci() && std::env::var_os("CARGO_INCREMENTAL").is_none() {
        cargo.env("CARGO_INCREMENTAL", "0");
    }
    cargo
}

/// True on a machine that tests by itself.
pub fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// npm, which on Windows is a script and not a program.
pub fn npm() -> Command {
    command(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

/// The command as a person would type it.
pub fn typed(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(name).chain(command.get_args());
    words.map(|word| quoted(&word.to_string_lossy())).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Shows and runs a command with its output on the terminal.
///
/// # Errors
/// It cannot be started.
pub fn status(command: &mut Command) -> Result<ExitStatus> {
    say::line(&format!("$ {}", typed(command)));
    command.status().with_context(|| not_started(command))
}

/// Like [`status`].
///
/// # Errors
/// It cannot be started or says it failed.
pub fn run(command: &mut Command) -> Result<()> {
    let status = status(command)?;
    if !status.success() {
        bail!("`{}` failed ({status})", typed(command));
    }
    Ok(())
}

/// Runs a command quietly and gives what it wrote on its standard output.
///
/// # Errors
/// It cannot be started or says it failed; the error then holds what it wrote on its error output.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| not_started(command))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` failed ({}): {}", typed(command), output.status, errors.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Shows and runs a command; every line of its standard output goes to the terminal and to `each`.
///
/// # Errors
/// It cannot be started or read.
pub fn watch(command: &mut Command, mut each: impl FnMut(&str)) -> Result<ExitStatus> {
    say::line(&format!("$ {}", typed(command)));
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| not_started(command))?;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.with_context(|| format!("reading the output of `{}`", typed(command)))?;
            let line = String::from_utf8_lossy(&line);
            let line = line.trim_end_matches('\r');
            say::line(line);
            each(line);
        }
    }
    child.wait().with_context(|| format!("waiting for `{}`", typed(command)))
}

/// Starts a server that tells one line about itself when it is ready, and gives it with that line.
///
/// # Errors
/// It cannot be started, or ends without a word.
pub fn server(command: &mut Command) -> Result<(Child, String)> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("`{name}` cannot be started"))?;
    let mut line = String::new();
    if let Some(stdout) = child.stdout.take() {
        BufReader::new(stdout).read_line(&mut line).with_context(|| format!("reading from `{name}`"))?;
    }
    let line = line.trim().to_owned();
    if line.is_empty() {
        stop(&mut child, Duration::ZERO);
        bail!("`{name}` ended before it was ready");
    }
    Ok((child, line))
}

/// True when this program can be found and run.
pub fn exists(program: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else { return false };
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Asks a child to end, and after `patience` ends it.
pub fn stop(child: &mut Child, patience: Duration) {
    let asked = cfg!(unix)
        && command("sh")
            .args(["-c", &format!("kill -TERM {}", child.id())])
            .status()
            .is_ok_and(|s| s.success());
    let started = Instant::now();
    while asked && started.elapsed() < patience {
        if !matches!(child.try_wait(), Ok(None)) {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    // Fails only when it has ended by itself, which is what is wanted.
    let _ = child.kill();
    let _ = child.wait();
}

fn not_started(command: &Command) -> String {
    format!("`{}` cannot be started", command.get_program().to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_the_way_a_shell_takes_it() {
        let mut command = Command::new("/usr/bin/xvfb-run");
        command.args(["-a", "-s", "-screen 0 10x10x24", "it's", ""]);
        assert_eq!(typed(&command), r"xvfb-run -a -s '-screen 0 10x10x24' 'it'\''s' ''");
    }

    #[test]
    fn variables_of_this_program_are_kept_from_build_scripts_and_those_of_the_person_are_not() {
        for own in ["CARGO_PKG_NAME", "CARGO_MANIFEST_DIR", "CARGO_PRIMARY_PACKAGE"] {
            assert!(is_cargos_own(own), "{own}");
        }
        for theirs in ["CARGO_HOME", "CARGO_TARGET_DIR", "CARGO_INCREMENTAL", "CARGO_TERM_COLOR", "PATH"] {
            assert!(!is_cargos_own(theirs), "{theirs}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn every_line_of_a_watched_program_is_seen_even_the_last_without_an_end() {
        let mut lines = Vec::new();
        let mut command = command("sh");
        command.args(["-c", "printf 'a\\nb'; exit 3"]);
        let status = watch(&mut command, |line| lines.push(line.to_owned())).unwrap();
        assert_eq!(lines, ["a", "b"]);
        assert_eq!(status.code(), Some(3));
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_ignores_the_request_to_end_is_ended() {
        let mut child =
            command("sh").args(["-c", "trap '' TERM; while :; do sleep 0.05; done"]).spawn().unwrap();
        stop(&mut child, Duration::from_millis(100));
        assert!(child.try_wait().unwrap().is_some());
    }

    #[cfg(unix)]
    #[test]
    fn the_error_of_a_quiet_program_says_what_it_wrote() {
        let error = output(command("sh").args(["-c", "echo broken >&2; exit 1"])).unwrap_err();
        assert!(error.to_string().ends_with("broken"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_server_that_ends_without_a_word_is_an_error() {
        let error = server(&mut command("true")).unwrap_err().to_string();
        assert_eq!(error, "`true` ended before it was ready");
    }

    #[cfg(unix)]
    #[test]
    fn what_a_server_tells_is_taken_without_its_line_end() {
        let (mut child, line) = server(command("echo").arg("7")).unwrap();
        assert_eq!(line, "7");
        stop(&mut child, Duration::ZERO);
    }
}
