//! The real window through its driver: from a key press to painted rows, and from the start to a usable list; beside
//! them an empty window of the same kind.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rollcall_core::secrets::{Keychain, SERVICE_NAME, SecretStore};
use rollcall_core::store::{DATABASE_FILE, KEY_NAME};
use rollcall_tests::keychain::Session;
use rollcall_tests::window::{Key, Window, application};
use serde_json::Value;

use crate::mirror;
use crate::report::Report;
use crate::stopwatch::{median, percentile, ratio, shown};

/// Where an empty window's program is: given by `cargo xtask bench`.
const EMPTY: &str = "ROLLCALL_EMPTY_BIN";

const TYPED: [&str; 8] =
    ["marie", "jansen", "12345", "sales", "de vries", "load.example", "zoe", "manager du"];

/// In the role: puts the key of the mirrors into the keychain of this session.
pub fn keep_key() {
    let key = rollcall_core::model::Secret::new(mirror::KEY.to_owned());
    Keychain::new(SERVICE_NAME).set(KEY_NAME, &key).expect("the keychain keeps it");
}

/// Measures with the mirror in `folder`.
pub async fn measure(report: &mut Report, folder: &Path, users: usize, rounds: usize) {
    let Some(empty) = std::env::var_os(EMPTY).map(PathBuf::from) else {
        eprintln!("{EMPTY} does not name the program of an empty window: run `cargo xtask bench`");
        return;
    };
    let session = Session::with_keychain();
    move_in(&session, folder);
    let (mut started, mut empty_started, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    let mut frame = Duration::ZERO;
    for round in 0..rounds {
        eprintln!("window, round {} of {rounds}", round + 1);
        let (time, window) =
            start(&session, &empty, "return document.readyState === 'complete' || null").await;
        empty_started.push(time);
        frame = frame_of(&window).await;
        window.close().await;
        let (time, window) = start_to_list(&session).await;
        started.push(time);
        keys.extend(type_words(&window).await);
        window.close().await;
    }
    let p95 = percentile(&keys, 95);
    report.add(
        &format!("key press to painted rows in the window, {users} users ({} keys)", keys.len()),
        &format!("p50 {}, p95 {}", shown(percentile(&keys, 50)), shown(p95)),
        &format!("frame of an empty window {}", shown(frame)),
        &format!("p95 ≤ 2 frames (is {:.1})", ratio(p95, frame)),
        p95 <= frame * 2,
    );
    let (started, empty_started) = (median(&started), median(&empty_started));
    report.add(
        &format!("start to usable list, {users} users"),
        &shown(started),
        &format!("empty Tauri window {}", shown(empty_started)),
        &format!("≤ 1.3 × (is {:.2} ×)", ratio(started, empty_started)),
        ratio(started, empty_started) <= 1.3,
    );
}

/// The mirror becomes the data of the person whose session it is; it never syncs, because its service is gone.
fn move_in(session: &Session, folder: &Path) {
    let home = session.root().join("data/app.rollcall");
    std::fs::create_dir_all(&home).expect("a folder");
    std::fs::copy(folder.join(DATABASE_FILE), home.join(DATABASE_FILE)).expect("the mirror");
    let conn = mirror::connection(&home);
    conn.execute("UPDATE accounts SET sync_interval_minutes = 0", []).expect("the account");
    drop(conn);
    let program = std::env::current_exe().expect("the path of this program");
    let kept = session.command(program).arg("keep-key").status().expect("this program starts again");
    assert!(kept.success(), "the key is in the keychain");
}

async fn start(session: &Session, program: &Path, done: &str) -> (Duration, Window) {
    let begun = Instant::now();
    let window = Window::open_program(session, program).await;
    window.wait("the page", done).await;
    (begun.elapsed(), window)
}

/// To rows of users on the screen.
async fn start_to_list(session: &Session) -> (Duration, Window) {
    let begun = Instant::now();
    let window = Window::open_program(session, &application()).await;
    window.ready().await;
    let opened =
        "const list = document.querySelector('a[href^=\"#/users\"]'); list?.click(); return list && true";
    window.wait("the way to the users", opened).await;
    window
        .wait(
            "the list of users",
            "return document.querySelector('[role=grid] a[href^=\"#/users/\"]') && true",
        )
        .await;
    (begun.elapsed(), window)
}

/// Types into the search field; the time of each key that changed the list.
async fn type_words(window: &Window) -> Vec<Duration> {
    window.script(include_str!("painted.js"), Vec::new()).await;
    let mut times = Vec::new();
    for word in TYPED {
        window.chord(&[Key::Control], 'f').await;
        window.chord(&[Key::Control], 'a').await;
        window.press(&[Key::Backspace]).await;
        painted(window).await;
        for letter in word.chars() {
            window.chord(&[], letter).await;
            times.extend(painted(window).await);
        }
    }
    times
}

/// Waits until the list is at rest; how long it took from the key to its last change, if it changed.
async fn painted(window: &Window) -> Option<Duration> {
    let script = "const done = arguments[0], bench = window.rollcallBench, began = performance.now();
        const look = () => {
          const now = performance.now();
          if (bench.painted && now - bench.painted > 150) done(bench.painted - bench.pressed);
          else if (now - began > 1500) done(null);
          else setTimeout(look, 20);
        };
        look();";
    let millis = window.script_async(script, Vec::new()).await.as_f64()?;
    Some(Duration::from_secs_f64(millis / 1000.0))
}

/// Time from one frame to the next in a page where nothing happens.
async fn frame_of(window: &Window) -> Duration {
    let script = "const done = arguments[0], frames = [];
        const next = (at) => {
          frames.push(at);
          if (frames.length === 61) done((frames[60] - frames[0]) / 60);
          else requestAnimationFrame(next);
        };
        requestAnimationFrame(next);";
    let millis: Value = window.script_async(script, Vec::new()).await;
    Duration::from_secs_f64(millis.as_f64().unwrap_or_default() / 1000.0)
}
