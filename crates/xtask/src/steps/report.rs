//! Runs steps one after the other and remembers how each went.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::StepName;
use crate::tally::Tally;

/// How each step went so far.
#[derive(Debug)]
pub struct Report {
    lines: Vec<Line>,
    tell: fn(&str),
}

#[derive(Debug)]
struct Line {
    step: StepName,
    outcome: Outcome,
}

#[derive(Debug)]
enum Outcome {
    Ran {
        tally: Tally,
        took: Duration,
    },
    /// What it stands on failed.
    LeftOut {
        because: StepName,
    },
}

impl Report {
    /// `tell` shows one line to whoever waits.
    pub fn new(tell: fn(&str)) -> Self {
        Self { lines: Vec::new(), tell }
    }

    /// Runs one step, unless something that it stands on did not work.
    pub fn run(&mut self, step: StepName, work: impl FnOnce() -> Result<Tally>) {
        let missing =
            |below: &&StepName| self.lines.iter().any(|line| line.step == **below && !line.worked());
        if let Some(because) = step.stands_on().iter().find(missing) {
            self.lines.push(Line { step, outcome: Outcome::LeftOut { because: *because } });
            return;
        }
        (self.tell)(&format!("\n== {}", step.title()));
        let started = Instant::now();
        let tally = work().unwrap_or_else(|error| {
            (self.tell)(&format!("{error:#}"));
            Tally::of_check(false)
        });
        let tally = if step.is_set_up() && tally.failed == 0 { Tally::default() } else { tally };
        let line = Line { step, outcome: Outcome::Ran { tally, took: started.elapsed() } };
        (self.tell)(&format!("-- {}", line.text()));
        self.lines.push(line);
    }

    /// Everything counted together.
    pub fn total(&self) -> Tally {
        let mut total = Tally::default();
        for line in &self.lines {
            if let Outcome::Ran { tally, .. } = &line.outcome {
                total.add(tally);
            }
        }
        total
    }

    /// One line a step, then what failed, and last of all the count alone.
    pub fn text(&self) -> String {
        let total = self.total();
        let steps = self.lines.iter().map(Line::text);
        let failures = total.failures.iter().map(|name| format!("failed: {name}"));
        let lines: Vec<String> = steps.chain(failures).chain([String::new(), total.last_line()]).collect();
        lines.join("\n")
    }
}

impl Line {
    fn worked(&self) -> bool {
        matches!(&self.outcome, Outcome::Ran { tally, .. } if tally.failed == 0)
    }

    fn text(&self) -> String {
        let title = self.step.title();
        match &self.outcome {
            Outcome::LeftOut { because } => format!("{title:<10} left out: {} failed", because.title()),
            Outcome::Ran { tally, took } => {
                let word = if tally.failed == 0 { "ok" } else { "FAILED" };
                let counts = if tally.passed + tally.failed > 1 {
                    format!("  {}", tally.last_line())
                } else {
                    String::new()
                };
                format!("{title:<10} {word:<6} {:>7.1} s{counts}", took.as_secs_f64())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    fn passed(count: u64) -> Tally {
        Tally { passed: count, ..Tally::default() }
    }

    #[test]
    fn the_last_line_is_the_count_of_all_steps_alone() {
        let mut report = Report::new(|_| ());
        report.run(StepName::Fmt, || Ok(Tally::of_check(true)));
        report.run(StepName::Npm, || Ok(Tally::of_check(true)));
        report.run(StepName::UiTest, || Ok(passed(7)));
        assert_eq!(report.text().lines().last(), Some("8 passed, 0 failed"));
    }

    #[test]
    fn a_failing_step_leaves_out_what_stands_on_it_and_goes_on_with_the_rest() {
        let mut report = Report::new(|_| ());
        report.run(StepName::Build, || bail!("does not compile"));
        report.run(StepName::Clippy, || Ok(Tally::of_check(true)));
        report.run(StepName::Rust, || panic!("must not run"));
        let text = report.text();
        assert!(text.contains("rust       left out: build failed"), "{text}");
        assert_eq!(text.lines().last(), Some("1 passed, 1 failed"));
    }

    #[test]
    fn what_was_left_out_leaves_out_the_next() {
        let mut report = Report::new(|_| ());
        report.run(StepName::Npm, || bail!("no network"));
        report.run(StepName::UiBuild, || panic!("must not run"));
        report.run(StepName::Build, || panic!("must not run"));
        assert_eq!(report.text().lines().last(), Some("0 passed, 1 failed"));
    }

    #[test]
    fn the_names_of_failed_tests_stand_above_the_count() {
        let mut report = Report::new(|_| ());
        let tally = Tally { passed: 2, failed: 1, failures: vec!["a::b".into()] };
        report.run(StepName::Rust, || Ok(tally));
        assert!(report.text().ends_with("failed: a::b\n\n2 passed, 1 failed"), "{}", report.text());
    }
}
