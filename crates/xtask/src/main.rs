//! `cargo xtask <command>`: everything a person or a CI machine does with this repository, from a fresh
//! checkout to installable packages. One program instead of scripts, so that it behaves the same everywhere
//! and its decisions are tested.

mod bench_table;
mod cli;
mod commands;
mod display;
mod freshness;
mod node;
mod picture;
mod process;
mod python;
mod say;
mod session;
mod steps;
mod system;
mod tally;
mod workspace;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = cli::Cli::parse();
    match commands::run(arguments) {
        Ok(code) => code,
        Err(error) => {
            say::problem(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}
