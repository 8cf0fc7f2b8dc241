//! The commands, one file each.

mod bench;
mod bindings;
mod build;
pub mod package;
mod run;
mod test;

use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::cli::{Cli, Command};
use crate::workspace::Workspace;

/// Does what was asked for, from the root of the repository.
///
/// # Errors
/// Something stands in the way; the message says what and what to do.
pub fn run(arguments: Cli) -> Result<ExitCode> {
    let workspace = Workspace::find()?;
    match arguments.command {
        Command::Run(arguments) => run::run(&workspace, &arguments),
        Command::Test(arguments) => test::run(&workspace, &arguments),
        Command::Bench(arguments) => bench::run(&workspace, &arguments),
        Command::Bindings(arguments) => bindings::run(&workspace, arguments),
        Command::Package(arguments) => package::run(&workspace, arguments),
    }
}

/// Every tool is told the same folder to start from, wherever the person stands.
fn go_to(workspace: &Workspace) -> Result<()> {
    std::env::set_current_dir(&workspace.root)
        .with_context(|| format!("going to {}", workspace.root.display()))
}
