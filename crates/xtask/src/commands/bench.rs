//! `cargo xtask bench`: the goals, measured in a release build, each beside its reference.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use super::build::Profile;
use super::{build, go_to};
use crate::cli::BenchArguments;
use crate::display::{self, Display};
use crate::system::{self, Purpose};
use crate::workspace::Workspace;
use crate::{bench_table, node, process, say};

pub fn run(workspace: &Workspace, arguments: &BenchArguments) -> Result<ExitCode> {
    go_to(workspace)?;
    node::check()?;
    // The window is measured through its driver, which comes with what tests need.
    system::ensure(&[Purpose::Build, Purpose::Test], arguments.set_up.yes)?;
    let profile = if arguments.quick { Profile::Quick } else { Profile::Release };
    let window = build::window(workspace, profile)?;
    let mut bench = process::command(workspace.program(profile.folder(), "bench"));
    bench.args(&arguments.program).env("ROLLCALL_BIN", window);
    bench.env("ROLLCALL_SANDBOX_BIN", workspace.program(profile.folder(), "rollcall-sandbox"));
    bench.env("ROLLCALL_EMPTY_BIN", empty_window(workspace, profile)?);
    let lines = measured(workspace, bench)?;
    if arguments.update_readme {
        update_readme(workspace, &lines)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The window that ours is compared with.
fn empty_window(workspace: &Workspace, profile: Profile) -> Result<PathBuf> {
    let mut build = process::cargo();
    build.args(["build", "--workspace", "--example", "empty_window"]).args(profile.arguments());
    process::run(&mut build)?;
    Ok(workspace.program(profile.folder(), "examples/empty_window"))
}

fn measured(workspace: &Workspace, mut bench: Command) -> Result<Vec<String>> {
    let display = if display::is_there() { None } else { Some(Display::start(&workspace.scratch())?) };
    if let Some(display) = &display {
        display.apply(&mut bench);
    }
    let mut lines = Vec::new();
    let status = process::watch(&mut bench, |line| lines.push(line.to_owned()))?;
    if !status.success() {
        bail!("the bench failed ({status})");
    }
    Ok(lines)
}

fn update_readme(workspace: &Workspace, lines: &[String]) -> Result<()> {
    let tables = bench_table::tables_in(lines).context("the bench printed no table")?;
    let file = workspace.root.join("README.md");
    let text = std::fs::read_to_string(&file).context("reading README.md")?;
    let text = bench_table::replaced(&text, &tables).context("README.md")?;
    std::fs::write(&file, text).context("writing README.md")?;
    say::line("The table in README.md is up to date.");
    Ok(())
}
