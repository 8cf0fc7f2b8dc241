//! The window and what belongs to it, for the commands that start it.

use std::path::PathBuf;

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{node, process};

/// Builds the window and what belongs to it, and gives the program's path.
///
/// # Errors
/// Something does not compile; its own words are on the terminal.
pub fn window(workspace: &Workspace, release: bool) -> Result<PathBuf> {
    node::install(workspace)?;
    node::build(workspace)?;
    let mut build = process::cargo();
    // Always the whole workspace: one package alone resolves other features and compiles its dependencies again.
    build.args(["build", "--workspace", "--bins"]);
    if cfg!(windows) {
        // A running program cannot be replaced there, and this one is running.
        build.args(["--exclude", "xtask"]);
    }
    if release {
        build.arg("--release");
    }
    process::run(&mut build)?;
    Ok(workspace.program(if release { "release" } else { "debug" }, "rollcall"))
}
