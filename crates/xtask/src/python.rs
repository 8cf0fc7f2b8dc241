//! The Python environment with the SCIM server that tests connect to: written by others, pinned by hash.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::workspace::Workspace;
use crate::{freshness, process};

/// Makes the environment unless it is there with exactly these requirements.
/// Gives the path of the server's program.
///
/// # Errors
/// The environment cannot be made or a package does not match its hash.
pub fn scim_server(workspace: &Workspace) -> Result<PathBuf> {
    let requirements = workspace.root.join("tests/requirements.txt");
    let folder = workspace.scratch().join("python");
    let stamp = folder.join("rollcall-requirements.txt");
    let server = folder.join("bin/scim2-server");
    if server.is_file() && freshness::is_taken_over(&stamp, &requirements) {
        return Ok(server);
    }
    process::run(process::command(python()).args(["-m", "venv", "--clear"]).arg(&folder))
        .context("making the Python environment (on Debian it needs the package python3-venv)")?;
    let mut install = process::command(folder.join("bin/pip"));
    install.args(["install", "--quiet", "--disable-pip-version-check", "--no-input"]);
    // Wheels only: a source package would run a build with tools that nobody pinned. Nothing is resolved, because the list
    // is complete: older releases of pip otherwise take the newest package where one is asked for with an extra, and then
    // miss its hash.
    install
        .args(["--only-binary", ":all:", "--no-deps", "--require-hashes", "--requirement"])
        .arg(&requirements);
    process::run(&mut install).context("installing the SCIM server for tests")?;
    freshness::note_taken_over(&stamp, &requirements)?;
    Ok(server)
}

/// The system's own Python first: it is the one that python3-venv was installed for.
fn python() -> &'static str {
    if Path::new("/usr/bin/python3").is_file() { "/usr/bin/python3" } else { "python3" }
}
