//! The window and what belongs to it, for the commands that start it.

use std::path::PathBuf;

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{node, process};

/// How much work the compiler puts into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Little: for working on it.
    Dev,
    /// Optimised, without the slow step across crates.
    Quick,
    /// What is published.
    Release,
}

impl Profile {
    /// Its folder below the target folder.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Quick => "quick",
            Self::Release => "release",
        }
    }

    /// What tells cargo.
    pub const fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Dev => &[],
            Self::Quick => &["--profile", "quick"],
            Self::Release => &["--release"],
        }
    }
}

/// Builds the window and what belongs to it, and gives the program's path.
///
/// # Errors
/// Something does not compile; its own words are on the terminal.
pub fn window(workspace: &Workspace, profile: Profile) -> Result<PathBuf> {
    node::install(workspace)?;
    node::build(workspace)?;
    let mut build = process::cargo();
    // Always the whole workspace: one package alone resolves other features and compiles its dependencies again.
    build.args(["build", "--workspace", "--bins"]);
    if cfg!(windows) {
        // A running program cannot be replaced there, and this one is running.
        build.args(["--exclude", "xtask"]);
    }
    build.args(profile.arguments());
    process::run(&mut build)?;
    Ok(workspace.program(profile.folder(), "rollcall"))
}
