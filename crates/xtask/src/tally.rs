//! Counting: what test programs report, and the last line that a person or a CI machine reads.

use anyhow::{Context, Result};
use serde_json::Value;

/// Tests that passed and failed, and the names of those that failed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    pub failures: Vec<String>,
}

impl Tally {
    /// A step that is one check by itself.
    pub fn of_check(passed: bool) -> Self {
        Self { passed: u64::from(passed), failed: u64::from(!passed), failures: Vec::new() }
    }

    pub fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.failures.extend(other.failures.iter().cloned());
    }

    /// Takes one line of the output of Rust's test harness.
    pub fn take_rust_line(&mut self, line: &str) {
        if let Some((passed, failed)) = totals(line) {
            self.passed += passed;
            self.failed += failed;
        } else if let Some(name) = failed_test(line) {
            self.failures.push(name.to_owned());
        }
    }

    /// Counts the program that ran the tests as one failure when it failed without naming any: it did not
    /// compile, or it died.
    #[must_use]
    pub fn with_outcome(mut self, succeeded: bool) -> Self {
        if !succeeded && self.failed == 0 {
            self.failed = 1;
        }
        self
    }

    pub fn last_line(&self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed)
    }
}

/// `test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s`
fn totals(line: &str) -> Option<(u64, u64)> {
    let counts = line.trim().strip_prefix("test result: ")?.split_once(". ")?.1;
    let count = |word: &str| {
        let (number, found) = counts.split("; ").find(|part| part.ends_with(word))?.split_once(' ')?;
        if found == word { number.parse().ok() } else { None }
    };
    Some((count("passed")?, count("failed")?))
}

/// `test module::name ... FAILED`
fn failed_test(line: &str) -> Option<&str> {
    line.trim().strip_prefix("test ")?.strip_suffix(" ... FAILED")
}

/// Reads the report of `vitest --reporter=json`.
///
/// # Errors
/// It is not such a report.
pub fn of_vitest(report: &str) -> Result<Tally> {
    let report: Value = serde_json::from_str(report).context("the report of vitest is not JSON")?;
    let number = |key: &str| {
        report.get(key).and_then(Value::as_u64).with_context(|| format!("the report of vitest lacks {key}"))
    };
    let files = report.get("testResults").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut tally =
        Tally { passed: number("numPassedTests")?, failed: number("numFailedTests")?, failures: Vec::new() };
    for file in files {
        tally.take_vitest_file(file);
    }
    Ok(tally)
}

impl Tally {
    /// A file that failed without any failed test could not be loaded: that counts as one.
    fn take_vitest_file(&mut self, file: &Value) {
        let text =
            |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let tests =
            file.get("assertionResults").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let failed: Vec<String> = tests
            .iter()
            .filter(|test| text(test, "status") == "failed")
            .map(|test| text(test, "fullName"))
            .collect();
        if failed.is_empty() && text(file, "status") == "failed" {
            self.failed += 1;
            self.failures.push(text(file, "name"));
        }
        self.failures.extend(failed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_rust(output: &str) -> Tally {
        let mut tally = Tally::default();
        output.lines().for_each(|line| tally.take_rust_line(line));
        tally
    }

    #[test]
    fn the_results_of_several_test_programs_add_up() {
        let output = "running 2 tests\n\
            test a::works ... ok\n\
            test a::breaks ... FAILED\n\
            test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            \x20  Doc-tests rollcall_core\n\
            test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 1.50s\n";
        let tally = of_rust(output);
        assert_eq!((tally.passed, tally.failed), (13, 1));
        assert_eq!(tally.failures, ["a::breaks"]);
    }

    #[test]
    fn a_test_that_prints_the_words_is_not_counted() {
        let tally =
            of_rust("it said: test result: ok. 5 passed; 0 failed\ntest result: maybe\n5 passed; 0 failed\n");
        assert_eq!(tally, Tally::default());
    }

    #[test]
    fn a_program_that_dies_before_its_result_counts_as_one_failure() {
        let tally = of_rust("running 3 tests\ntest a ... ok\n").with_outcome(false);
        assert_eq!(tally.last_line(), "0 passed, 1 failed");
    }

    #[test]
    fn a_failed_program_with_counted_failures_adds_none() {
        let tally = of_rust("test result: FAILED. 1 passed; 2 failed; 0 ignored\n").with_outcome(false);
        assert_eq!(tally.last_line(), "1 passed, 2 failed");
    }

    #[test]
    fn the_report_of_vitest_gives_counts_and_names() {
        let report = r#"{"numTotalTests": 3, "numPassedTests": 2, "numFailedTests": 1, "success": false,
            "testResults": [{"name": "/w/ui/a.test.ts", "status": "failed", "assertionResults": [
                {"status": "passed", "fullName": "a one"}, {"status": "failed", "fullName": "a two"}]}]}"#;
        let tally = of_vitest(report).unwrap();
        assert_eq!((tally.passed, tally.failed), (2, 1));
        assert_eq!(tally.failures, ["a two"]);
    }

    #[test]
    fn a_test_file_that_cannot_be_loaded_is_a_failure() {
        let report = r#"{"numPassedTests": 2, "numFailedTests": 0, "testResults": [
            {"name": "b.test.ts", "status": "failed", "assertionResults": []}]}"#;
        let tally = of_vitest(report).unwrap();
        assert_eq!(tally.last_line(), "2 passed, 1 failed");
        assert_eq!(tally.failures, ["b.test.ts"]);
    }

    #[test]
    fn a_report_without_counts_is_an_error() {
        assert!(of_vitest("{}").unwrap_err().to_string().contains("numPassedTests"));
        assert!(of_vitest("").is_err());
    }
}
