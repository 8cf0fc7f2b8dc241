//! The UI: Node is there, its packages are those of the lock file, and it is built.

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;
use crate::{freshness, process, say};

/// The oldest Node that the UI's tools run on.
const OLDEST_NODE: u32 = 20;

/// Made by others from the sources, or by us: no reason to build again.
const MADE: &[&str] =
    &["node_modules", "dist", ".svelte-kit", "test-results", ".vite", ".vitest-attachments"];

/// # Errors
/// Node or npm is missing or too old; the message says where to get it.
pub fn check() -> Result<()> {
    let version = process::output(process::command("node").arg("--version"))
        .context("Node is needed to build the UI: https://nodejs.org/en/download")?;
    match major(&version) {
        Some(found) if found >= OLDEST_NODE => {}
        _ => bail!(
            "Node {OLDEST_NODE} or newer is needed, this is {}: https://nodejs.org/en/download",
            version.trim()
        ),
    }
    process::output(process::npm().arg("--version")).context(
        "npm is needed to install the UI's packages; it comes with https://nodejs.org/en/download",
    )?;
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Installs the packages of the lock file, unless exactly these are installed.
///
/// # Errors
/// npm fails.
pub fn install(workspace: &Workspace) -> Result<()> {
    let lock = workspace.ui().join("package-lock.json");
    let stamp = workspace.ui().join("node_modules/.rollcall-lock.json");
    if freshness::is_taken_over(&stamp, &lock) {
        return Ok(());
    }
    let mut install = process::npm();
    install.args(["ci", "--no-audit", "--no-fund"]).current_dir(workspace.ui());
    process::run(&mut install)?;
    freshness::note_taken_over(&stamp, &lock)
}

/// Builds the UI when it is older than its sources.
///
/// # Errors
/// The build fails.
pub fn build(workspace: &Workspace) -> Result<()> {
    let ui = workspace.ui();
    if freshness::is_older_than(&ui.join("dist/index.html"), &ui, MADE)? {
        process::run(process::npm().args(["run", "build"]).current_dir(ui))?;
    } else {
        say::line("The UI is built already.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_node_is_understood() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("v8.1.0"), Some(8));
        assert_eq!(major("node: not found"), None);
    }
}
