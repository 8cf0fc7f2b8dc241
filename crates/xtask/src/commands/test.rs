//! `cargo xtask test`: set-up, then every check and test. Its last line is `N passed, N failed`.

use std::process::ExitCode;

use anyhow::Result;

use super::go_to;
use crate::cli::TestArguments;
use crate::steps::{self, Report, StepName, Tools};
use crate::system::{self, Purpose};
use crate::tally::Tally;
use crate::workspace::Workspace;
use crate::{process, say};

pub fn run(workspace: &Workspace, arguments: &TestArguments) -> Result<ExitCode> {
    go_to(workspace)?;
    let chosen = steps::chosen(&arguments.only, &arguments.skip);
    if let Err(error) = system::ensure(&purposes(&chosen), arguments.set_up.yes || process::in_ci()) {
        // Whoever reads only the last line must not find silence there.
        say::problem(&format!("{error:#}"));
        say::line(&Tally::of_check(false).last_line());
        return Ok(ExitCode::FAILURE);
    }
    let tools = Tools { workspace, unattended: !say::can_ask() };
    let mut report = Report::new(say::line);
    for step in chosen {
        report.run(step, || tools.work(step));
    }
    say::line(&format!("\n{}", report.text()));
    Ok(if report.total().failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn purposes(steps: &[StepName]) -> Vec<Purpose> {
    steps.iter().flat_map(|step| step.purposes()).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn testing_the_format_alone_asks_nothing_of_the_system() {
        assert!(purposes(&[StepName::Fmt]).is_empty());
        assert!(purposes(&[StepName::Fmt, StepName::Package]).contains(&Purpose::Package));
    }
}
