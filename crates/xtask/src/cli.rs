//! The command line: what can be asked for. What it does is in `commands`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::steps::StepName;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "Set-up, run, test, bench, bindings and package of Rollcall")]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Install what is missing, build, and open the window
    Run(RunArguments),
    /// Install what is missing, then run every check and test; ends with `N passed, N failed`
    Test(TestArguments),
    /// Measure the goals, each beside its reference, in a release build
    Bench(BenchArguments),
    /// Write the TypeScript bindings of the contract with the window
    Bindings(SetUpArguments),
    /// Build the deb and the rpm
    Package(PackageArguments),
}

#[derive(Debug, Clone, Copy, Args)]
pub struct SetUpArguments {
    /// Install missing system packages without asking
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct RunArguments {
    #[command(flatten)]
    pub set_up: SetUpArguments,
    /// Build with optimisation
    #[arg(long)]
    pub release: bool,
    /// Open the window in a display of its own that nobody sees, save a picture of it, and stop
    #[arg(long)]
    pub virtual_display: bool,
    /// Where the picture goes [default: rollcall.png in the target folder]
    #[arg(long, value_name = "FILE", requires = "virtual_display")]
    pub screenshot: Option<PathBuf>,
    /// Arguments for the program itself
    #[arg(last = true)]
    pub program: Vec<String>,
}

#[derive(Debug, Args)]
pub struct TestArguments {
    #[command(flatten)]
    pub set_up: SetUpArguments,
    /// Run only these steps (may be repeated)
    #[arg(long, value_enum, value_name = "STEP")]
    pub only: Vec<StepName>,
    /// Leave out these steps, and those that need them (may be repeated)
    #[arg(long, value_enum, value_name = "STEP")]
    pub skip: Vec<StepName>,
}

#[derive(Debug, Args)]
pub struct BenchArguments {
    #[command(flatten)]
    pub set_up: SetUpArguments,
    /// Leave out the slow optimisation across crates, as the package that CI tries does
    #[arg(long)]
    pub quick: bool,
    /// Put the measured table between the markers in README.md
    #[arg(long)]
    pub update_readme: bool,
    /// Arguments for the bench program itself
    #[arg(last = true)]
    pub program: Vec<String>,
}

#[derive(Debug, Clone, Copy, Args)]
pub struct PackageArguments {
    #[command(flatten)]
    pub set_up: SetUpArguments,
    /// Leave out the slow optimisation across crates: for trying packages, not for publishing them
    #[arg(long)]
    pub quick: bool,
    /// Install the deb, start what it installed, and remove it again; list the rpm
    #[arg(long)]
    pub check: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_follows_two_dashes_goes_to_the_program() {
        let cli = Cli::try_parse_from(["xtask", "bench", "--yes", "--", "--users", "1000"]).unwrap();
        let Command::Bench(bench) = cli.command else { panic!("not a bench: {cli:?}") };
        assert!(bench.set_up.yes);
        assert_eq!(bench.program, ["--users", "1000"]);
    }
}
