//! `cargo xtask run`: from a fresh checkout to the open window.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::build::Profile;
use super::{build, go_to};
use crate::cli::RunArguments;
use crate::display::{self, Display};
use crate::session::Session;
use crate::system::{self, Purpose};
use crate::workspace::Workspace;
use crate::{node, picture, process, say};

pub fn run(workspace: &Workspace, arguments: &RunArguments) -> Result<ExitCode> {
    let picture = picture_file(workspace, arguments)?;
    go_to(workspace)?;
    // Said before anything is installed or built: nobody should wait ten minutes to hear it.
    let hidden = arguments.virtual_display || hide_for_want_of_a_display()?;
    let purposes: &[Purpose] =
        if hidden { &[Purpose::Build, Purpose::VirtualDisplay] } else { &[Purpose::Build] };
    node::check()?;
    system::ensure(purposes, arguments.set_up.yes)?;
    let program = build::window(workspace, if arguments.release { Profile::Release } else { Profile::Dev })?;
    let mut window = process::command(&program);
    window.args(&arguments.program);
    if hidden { in_virtual_display(workspace, window, &picture) } else { in_sight(window) }
}

fn picture_file(workspace: &Workspace, arguments: &RunArguments) -> Result<PathBuf> {
    let file = arguments.screenshot.clone().unwrap_or_else(|| workspace.target.join("rollcall.png"));
    std::path::absolute(&file).with_context(|| format!("the place of {}", file.display()))
}

/// True when there is no display and the person wants a hidden one.
fn hide_for_want_of_a_display() -> Result<bool> {
    if display::is_there() {
        return Ok(false);
    }
    let trouble =
        "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.";
    if say::can_ask() {
        say::line(trouble);
        if say::ask("Open it in a virtual display and save a picture of it instead?")? {
            return Ok(true);
        }
    }
    bail!(
        "{trouble}\nRun `cargo xtask run --virtual-display` to open it in a display that nobody sees, \
         and save a picture of it."
    )
}

fn in_sight(mut window: Command) -> Result<ExitCode> {
    let status = process::status(&mut window)?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn in_virtual_display(workspace: &Workspace, mut window: Command, picture: &Path) -> Result<ExitCode> {
    let display = Display::start(&workspace.scratch())?;
    let session = if Session::is_there() { None } else { Some(Session::start(&display)?) };
    if let Some(session) = &session {
        say::line("There is no session here: the window gets a home folder and a keychain for this once.");
        session.apply(&mut window);
    }
    display.apply(&mut window);
    say::line(&format!("$ {}   (in a virtual display)", process::typed(&window)));
    let mut child = window.spawn().context("the window cannot be started")?;
    let taken = picture::of_ready_window(&display, &mut child, picture);
    process::stop(&mut child, Duration::from_secs(5));
    taken?;
    say::line(&format!("The window opened. Its picture: {}", workspace.shown(picture)));
    Ok(ExitCode::SUCCESS)
}
