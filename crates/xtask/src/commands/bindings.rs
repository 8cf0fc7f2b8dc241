//! `cargo xtask bindings`: the test that compares the bindings with the contract, told to write them.

use std::process::ExitCode;

use anyhow::Result;

use super::go_to;
use crate::cli::SetUpArguments;
use crate::system::{self, Purpose};
use crate::workspace::Workspace;
use crate::{process, say};

pub fn run(workspace: &Workspace, arguments: SetUpArguments) -> Result<ExitCode> {
    go_to(workspace)?;
    system::ensure(&[Purpose::Build], arguments.yes)?;
    let mut test = process::cargo();
    test.args(["test", "--quiet", "--workspace", "--test", "bindings"]).env("UPDATE_BINDINGS", "1");
    process::run(&mut test)?;
    say::line("The bindings in ui/src/lib/backend/bindings.ts are those of the contract.");
    Ok(ExitCode::SUCCESS)
}
