//! What is on the screen from the first moment on, before the page has drawn anything.

use std::time::{Duration, Instant};

use rollcall_tests::display::Display;
use rollcall_tests::keychain::Session;
use rollcall_tests::process::Running;
use rollcall_tests::screen::{Pixel, Screen};
use rollcall_tests::window::{application, in_window};

use crate::look::choose_theme;
use crate::steps::{TOKEN, connect, service};

/// `--bg` of the dark theme.
const DARK: Pixel = [0x14, 0x17, 0x1c];
/// How long is looked on after the window is there: the page is drawn long before.
const LOOKED_ON: Duration = Duration::from_secs(4);

#[tokio::test(flavor = "multi_thread")]
async fn with_dark_chosen_on_a_light_system_nothing_light_is_shown_at_the_start() {
    let (_sandbox, tenant) = service(20, TOKEN).await;
    let session = Session::with_keychain();
    in_window("first-look", &session, async |window| {
        connect(window, "Head office", &tenant.base_url(), TOKEN).await;
        choose_theme(window, "Dark").await;
    })
    .await;
    let frames = tokio::task::spawn_blocking(move || watch_the_start(&session)).await.expect("it starts");
    let shown: Vec<_> =
        frames.iter().map(|(at, colour, share)| format!("{at:?} {colour:02x?} {share} %")).collect();
    let light = |colour: &Pixel| colour.iter().all(|part| *part > 0xa0);
    assert!(frames.iter().all(|(_, colour, _)| !light(colour)), "it was light for a moment: {shown:#?}");
    assert!(frames.last().is_some_and(|(_, colour, _)| *colour == DARK), "{shown:#?}");
}

/// Starts the program, and looks on: each time the colour that most of the screen has changes, when, and what share has it.
fn watch_the_start(session: &Session) -> Vec<(Duration, Pixel, usize)> {
    let folder = tempfile::tempdir().expect("a folder");
    let display = Display::start_in(folder.path());
    let screen = Screen::in_folder(folder.path());
    let mut command = session.command(application());
    let begun = Instant::now();
    let _program = Running::start(command.env("DISPLAY", display.name())).expect("it starts");
    let mut frames: Vec<(Duration, Pixel, usize)> = Vec::new();
    let mut there = None;
    while there.is_none_or(|there: Instant| there.elapsed() < LOOKED_ON) {
        assert!(begun.elapsed() < Duration::from_secs(60), "no window");
        let pixels = screen.pixels(40, 30);
        let Some((colour, share)) = most(&pixels) else { continue };
        if colour != [0; 3] {
            there.get_or_insert_with(Instant::now);
        }
        if frames.last().is_none_or(|(_, last, _)| *last != colour) {
            frames.push((begun.elapsed(), colour, share));
        }
        std::thread::sleep(Duration::from_millis(4));
    }
    frames
}

/// The most frequent colour, and its share in percent.
fn most(pixels: &[Pixel]) -> Option<(Pixel, usize)> {
    let mut sorted = pixels.to_vec();
    sorted.sort_unstable();
    let longest = sorted.chunk_by(|a, b| a == b).max_by_key(|same| same.len())?;
    Some((*longest.first()?, longest.len() * 100 / pixels.len()))
}
