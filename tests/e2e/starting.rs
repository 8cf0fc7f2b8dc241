//! Starting: without a screen, twice, with a folder that cannot be used.

use std::process::{Command, Output, Stdio};
use std::time::Duration;

use rollcall_tests::display::Display;
use rollcall_tests::keychain::Session;
use rollcall_tests::process::Running;
use rollcall_tests::window::{Window, application};

use crate::steps::data_folder;

/// Runs to its end; a window that opens against expectation is ended after a while.
fn run(command: &mut Command) -> Output {
    let mut started =
        Running::start(command.stdout(Stdio::piped()).stderr(Stdio::piped())).expect("it starts");
    let status = rollcall_tests::process::wait_until("the end of the program", || {
        std::thread::sleep(Duration::from_millis(20));
        started.child().try_wait().expect("a state")
    });
    let mut stderr = Vec::new();
    if let Some(mut pipe) = started.child().stderr.take() {
        std::io::Read::read_to_end(&mut pipe, &mut stderr).expect("its words");
    }
    Output { status, stdout: Vec::new(), stderr }
}

#[test]
fn without_a_display_the_program_says_what_is_missing_and_fails() {
    let session = Session::without_bus();
    let output = run(session.command(application()).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY"));
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{words}");
    assert!(words.contains("Rollcall cannot start: there is no display"), "{words}");
    assert!(!words.contains("panicked"), "{words}");
}

#[test]
fn a_data_folder_that_cannot_be_made_is_named() {
    let session = Session::without_bus();
    let display = Display::start();
    let blocked = session.root().join("a-file");
    std::fs::write(&blocked, "").expect("a file");
    let mut command = session.command(application());
    let output = run(command.env("DISPLAY", display.name()).env("ROLLCALL_DATA_DIR", blocked.join("data")));
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{words}");
    assert!(words.contains("a-file/data cannot be made"), "{words}");
}

#[tokio::test]
async fn a_second_start_leaves_the_work_to_the_first() {
    let session = Session::with_keychain();
    let window = Window::open(&session).await;
    window.ready().await;
    let display = Display::start();
    let mut command = session.command(application());
    command.env("DISPLAY", display.name());
    let output = tokio::task::spawn_blocking(move || run(&mut command)).await.expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    window.find("heading", "Know who is in").await;
    let logs = data_folder(&session).join("logs");
    let log = std::fs::read_to_string(logs.join("rollcall.log")).expect("the log of the first");
    assert_eq!(log.matches("start version").count(), 1, "{log}");
    assert!(!logs.join("rollcall.1.log").exists(), "the second start took no log away");
    window.close().await;
}
