//! `cargo xtask bench`: the goals, measured in a release build, each beside its reference.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use super::build::Profile;
use super::{go_to, package};
use crate::cli::BenchArguments;
use crate::display::{self, Display};
use crate::system::{self, Purpose};
use crate::workspace::Workspace;
use crate::{bench_table, node, process, say};

pub fn run(workspace: &Workspace, arguments: &BenchArguments) -> Result<ExitCode> {
    go_to(workspace)?;
    node::check()?;
    // The window is measured through its driver, which comes with what tests need.
    let mut purposes = vec![Purpose::Build, Purpose::Test];
    let with_package = cfg!(target_os = "linux") && is_wanted(&arguments.program, "size");
    if with_package {
        purposes.push(Purpose::Package);
    }
    system::ensure(&purposes, arguments.set_up.yes)?;
    let profile = if arguments.quick { Profile::Quick } else { Profile::Release };
    node::install(workspace)?;
    if with_package {
        package::for_bench(workspace, arguments.quick)?;
    }
    let program = |name: &str| workspace.program(profile.folder(), name);
    build_programs(workspace, profile)?;
    let mut bench = process::command(program("bench"));
    bench.args(&arguments.program).env("ROLLCALL_BIN", program("rollcall"));
    bench.env("ROLLCALL_EMPTY_BIN", program("examples/empty_window"));
    let lines = measured(workspace, bench)?;
    if arguments.update_readme {
        update_readme(workspace, &lines)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether the bench program will measure this part.
fn is_wanted(arguments: &[String], part: &str) -> bool {
    let mut only = arguments.iter().skip_while(|argument| !argument.starts_with("--only"));
    let parts = only.next().map(|first| match first.split_once('=') {
        Some((_, parts)) => parts.to_owned(),
        None => only.next().cloned().unwrap_or_default(),
    });
    parts.is_none_or(|parts| parts.split(',').any(|only| only == part))
}

/// The bench, the window, and the empty window that ours is compared with: each costs minutes at the link-time step, so nothing
/// else.
fn build_programs(workspace: &Workspace, profile: Profile) -> Result<()> {
    node::build(workspace)?;
    let mut build = process::cargo();
    build.args(["build", "--workspace", "--bin", "bench", "--bin", "rollcall", "--example", "empty_window"]);
    process::run(build.args(profile.arguments()))
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

#[cfg(test)]
mod tests {
    use super::is_wanted;

    #[test]
    fn every_part_is_wanted_unless_only_others_are() {
        let wanted = |arguments: &[&str]| {
            is_wanted(&arguments.iter().map(|&text| text.to_owned()).collect::<Vec<_>>(), "size")
        };
        assert!(wanted(&[]) && wanted(&["--rounds", "2"]));
        assert!(wanted(&["--only", "sync,size"]) && wanted(&["--only=size"]));
        assert!(!wanted(&["--only", "sync"]) && !wanted(&["--rounds", "1", "--only=sync,search"]));
    }
}
