//! The keychain of the operating system, with the real GNOME keyring on a private D-Bus.

#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, ChildStdout, Stdio};

use rollcall_tests::keychain::Session;
use rollcall_tests::process::Running;

/// The application's use of the keychain, in a process of its own.
struct Probe {
    _process: Running,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Probe {
    fn start(session: &Session) -> Self {
        let mut command = session.command(env!("CARGO_BIN_EXE_keychain-probe"));
        let mut process =
            Running::start(command.stdin(Stdio::piped()).stdout(Stdio::piped())).expect("the probe starts");
        let commands = process.child().stdin.take().expect("a pipe");
        let answers = BufReader::new(process.child().stdout.take().expect("a pipe"));
        Self { _process: process, commands, answers }
    }

    fn ask(&mut self, command: &str) -> String {
        writeln!(self.commands, "{command}").expect("the probe listens");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("the probe answers");
        answer.trim_end().to_owned()
    }
}

/// What another program of the same person sees in the keychain.
fn seen_from_outside(session: &Session, name: &str) -> String {
    let output = session
        .command("secret-tool")
        .args(["lookup", "service", "app.rollcall", "username", name])
        .output()
        .expect("secret-tool is installed");
    String::from_utf8(output.stdout).expect("text")
}

fn assert_starts(answer: &str, start: &str) {
    assert!(answer.starts_with(start), "expected “{start}…”, got “{answer}”");
}

#[test]
fn what_was_stored_is_found_replaced_and_deleted() {
    let session = Session::with_keychain();
    let mut probe = Probe::start(&session);
    assert_eq!(probe.ask("find account-1"), "nothing");
    assert_eq!(probe.ask("delete account-1"), "done", "deleting what is not there is no error");
    assert_eq!(probe.ask("set account-1 first value é"), "done");
    assert_eq!(probe.ask("set account-2 other"), "done");
    assert_eq!(probe.ask("find account-1"), "found first value é");
    assert_eq!(probe.ask("set account-1 second value"), "done");
    assert_eq!(probe.ask("find account-1"), "found second value");
    assert_eq!(seen_from_outside(&session, "account-1"), "second value");
    assert_eq!(probe.ask("delete account-1"), "done");
    assert_eq!(probe.ask("find account-1"), "nothing");
    assert_eq!(probe.ask("find account-2"), "found other");
    assert_eq!(seen_from_outside(&session, "account-1"), "");
}

#[test]
fn what_was_stored_outlives_the_program_and_the_keychain_daemon() {
    let mut session = Session::with_keychain();
    assert_eq!(Probe::start(&session).ask("set key value"), "done");
    session.start_keychain(true);
    assert_eq!(Probe::start(&session).ask("find key"), "found value");
}

#[test]
fn without_a_bus_the_keychain_is_unavailable() {
    let session = Session::without_bus();
    let mut probe = Probe::start(&session);
    assert_starts(&probe.ask("find key"), "unavailable: ");
    assert_starts(&probe.ask("set key value"), "unavailable: ");
    assert_starts(&probe.ask("delete key"), "unavailable: ");
}

#[test]
fn on_a_bus_without_a_keychain_it_is_unavailable() {
    let session = Session::without_keychain();
    assert_starts(&Probe::start(&session).ask("set key value"), "unavailable: ");
}

#[test]
fn a_locked_keychain_that_nobody_unlocks_says_that_it_is_locked() {
    let mut session = Session::with_keychain();
    assert_eq!(Probe::start(&session).ask("set key value"), "done");
    session.start_keychain(false);
    let mut probe = Probe::start(&session);
    assert_starts(&probe.ask("find key"), "locked: ");
    assert_starts(&probe.ask("set key other"), "locked: ");
    assert_starts(&probe.ask("set new-key other"), "locked: ");
    assert_starts(&probe.ask("delete key"), "locked: ");
    session.start_keychain(true);
    assert_eq!(probe.ask("find key"), "found value", "the same program may try again");
}

#[test]
fn the_same_program_may_try_again_when_the_keychain_appears() {
    let mut session = Session::without_bus();
    let mut probe = Probe::start(&session);
    assert_starts(&probe.ask("find key"), "unavailable: ");
    session.start_bus();
    assert_starts(&probe.ask("find key"), "unavailable: ");
    session.start_keychain(true);
    assert_eq!(probe.ask("set key value"), "done");
}

#[test]
fn a_keychain_that_restarts_between_two_calls_is_not_noticed() {
    let mut session = Session::with_keychain();
    let mut probe = Probe::start(&session);
    assert_eq!(probe.ask("set key value"), "done");
    session.start_keychain(true);
    assert_eq!(probe.ask("find key"), "found value");
}

#[test]
fn the_keychain_keeps_the_value_encrypted() {
    let session = Session::with_keychain();
    assert_eq!(Probe::start(&session).ask("set key canary-8d1f0c"), "done");
    let mut files = 0;
    for file in std::fs::read_dir(session.keyring_folder()).expect("the keyring's folder") {
        let content = std::fs::read(file.expect("a file").path()).expect("a readable file");
        assert!(!content.windows(13).any(|part| part == b"canary-8d1f0c"), "the value stands there in clear");
        files += 1;
    }
    assert!(files > 0, "the keychain wrote nothing");
}
