//! Pictures of the window in a virtual display, taken from outside: what is in the file is what the X server
//! shows, whether or not the program believes that it draws.

use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::display::Display;
use crate::process;

/// A cold start on a slow machine takes a few seconds; nothing honest takes this long.
const PATIENCE: Duration = Duration::from_secs(90);
const PAUSE: Duration = Duration::from_millis(400);
/// How long the picture must stay the same: longer than opening the database or asking the keychain takes,
/// during which the window shows a quiet "one moment".
const STILL: Duration = Duration::from_millis(2500);
/// A window that has not drawn its content yet has one or two; antialiased text alone has dozens.
const COLOURS_OF_A_DRAWN_WINDOW: u32 = 24;
/// The title of the window, set in `tauri.conf.json`.
const TITLE: &str = "Rollcall";

/// Waits until the window of `program` is drawn and stands still, and saves its picture.
///
/// # Errors
/// The program ends, or never draws a window.
pub fn of_ready_window(display: &Display, program: &mut Child, file: &Path) -> Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    let started = Instant::now();
    let mut still_since = started;
    let mut before = None;
    while started.elapsed() < PATIENCE {
        std::thread::sleep(PAUSE);
        if let Some(status) = program.try_wait().context("looking after the program")? {
            let hint = if status.success() { ": is it open already?" } else { "" };
            bail!("the program ended before its window was ready ({status}){hint}");
        }
        let Some(window) = find(display)? else { continue };
        // A window can go away between finding it and taking its picture: then look again.
        let Ok(seen) = take(display, &window, file) else { continue };
        if before.as_ref() != Some(&seen) {
            still_since = Instant::now();
        } else if seen.is_drawn() && still_since.elapsed() >= STILL {
            return Ok(());
        }
        before = Some(seen);
    }
    match before {
        // Something keeps moving. That is how it looks, then.
        Some(seen) if seen.is_drawn() => Ok(()),
        Some(_) => bail!("the window stayed empty for {} s; see {}", PATIENCE.as_secs(), file.display()),
        None => bail!("no window titled \"{TITLE}\" appeared within {} s", PATIENCE.as_secs()),
    }
}

/// What tells two pictures apart.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    colours: u32,
    signature: String,
}

impl Seen {
    fn is_drawn(&self) -> bool {
        self.colours >= COLOURS_OF_A_DRAWN_WINDOW
    }
}

fn take(display: &Display, window: &str, file: &Path) -> Result<Seen> {
    let mut import = process::command("import");
    import.args(["-silent", "-window", window]).arg(file);
    display.apply(&mut import);
    process::output(&mut import)?;
    let answer = process::output(process::command("identify").args(["-format", "%k %#"]).arg(file))?;
    seen(&answer).with_context(|| format!("`identify` answered \"{}\"", answer.trim()))
}

fn seen(answer: &str) -> Option<Seen> {
    let (colours, signature) = answer.trim().split_once(' ')?;
    Some(Seen { colours: colours.parse().ok()?, signature: signature.to_owned() })
}

fn find(display: &Display) -> Result<Option<String>> {
    let mut tree = process::command("xwininfo");
    tree.args(["-root", "-tree"]);
    display.apply(&mut tree);
    Ok(find_in(&process::output(&mut tree)?))
}

/// The X number of the largest window with our title. GTK makes tiny helper windows with the same title.
fn find_in(tree: &str) -> Option<String> {
    let windows = tree.lines().filter_map(window_in);
    windows.max_by_key(|(area, _)| *area).map(|(_, id)| id.to_owned())
}

/// `     0x200003 "Rollcall": ("rollcall" "Rollcall")  1200x800+0+0  +0+0`
fn window_in(line: &str) -> Option<(u64, &str)> {
    let (id, rest) = line.trim().split_once(' ')?;
    let (title, rest) = rest.strip_prefix('"')?.split_once("\": ")?;
    let (_, place) = rest.rsplit_once(')')?;
    let (width, height) = place.trim().split(['+', '-']).next()?.split_once('x')?;
    let area = width.parse::<u64>().ok()? * height.parse::<u64>().ok()?;
    (title.starts_with(TITLE) && area > 10_000).then_some((area, id))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = r#"
xwininfo: Window id: 0x1a5 (the root window) (has no name)

  Root window id: 0x1a5 (the root window) (has no name)
  Parent window id: 0x0 (none)
     6 children:
     0x200007 "Rollcall": ("rollcall" "Rollcall")  1200x800+0+0  +0+0
        1 child:
        0x200008 (has no name): ()  1x1+-1+-1  +-1+-1
     0x200001 "Rollcall": ("rollcall" "Rollcall")  10x10+10+10  +10+10
     0x200002 "Another": ("another" "Another")  1400x900+0+0  +0+0
     0x400001 (has no name): ()  3000x3000+-100+-100  +-100+-100
"#;

    #[test]
    fn the_window_is_found_among_helpers_and_strangers() {
        assert_eq!(find_in(TREE).as_deref(), Some("0x200007"));
    }

    #[test]
    fn without_our_window_none_is_found() {
        assert_eq!(find_in(&TREE.replace("Rollcall\":", "Other\":")), None);
    }

    #[test]
    fn a_picture_is_described_by_its_colours_and_signature() {
        assert_eq!(seen("812 abc\n"), Some(Seen { colours: 812, signature: "abc".into() }));
        assert_eq!(seen("convert: failed"), None);
    }
}
