//! The table: what, measured, reference, goal, whether it is met.

use std::fmt;

/// One goal.
struct Row {
    what: String,
    measured: String,
    reference: String,
    goal: String,
    /// Nothing where there is no goal.
    met: Option<bool>,
}

/// All goals measured so far.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Report {
    /// Adds a goal, and shows it at once: the whole table takes a while.
    pub fn add(&mut self, what: &str, measured: &str, reference: &str, goal: &str, met: bool) {
        let row = Row {
            what: what.to_owned(),
            measured: measured.to_owned(),
            reference: reference.to_owned(),
            goal: goal.to_owned(),
            met: Some(met),
        };
        eprintln!("{what}: {measured} against {reference}, goal {goal}: {}", verdict(row.met));
        self.rows.push(row);
    }

    /// Adds a figure that has no goal.
    pub fn tell(&mut self, what: &str, measured: &str) {
        eprintln!("{what}: {measured}");
        self.rows.push(Row {
            what: what.to_owned(),
            measured: measured.to_owned(),
            reference: String::new(),
            goal: String::new(),
            met: None,
        });
    }
}

const fn verdict(met: Option<bool>) -> &'static str {
    match met {
        Some(true) => "met",
        Some(false) => "**missed**",
        None => "",
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| what | measured | reference in the same run | goal | |")?;
        writeln!(f, "| --- | --- | --- | --- | --- |")?;
        for row in &self.rows {
            let Row { what, measured, reference, goal, met } = row;
            writeln!(f, "| {what} | {measured} | {reference} | {goal} | {} |", verdict(*met))?;
        }
        Ok(())
    }
}
