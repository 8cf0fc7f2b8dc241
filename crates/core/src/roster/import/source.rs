//! Texts and their tables: a text is read once, and told again when the person says how.

use std::sync::Arc;

use rollcall_sheets::read::Separator;

use super::super::paste::{self, Table};
use crate::api::{ImportEncoding, ImportProblem, ImportSeparator, RosterColumn, RosterList};
use crate::files::{Source, of_separator};
use crate::store::rosters::KnownColumns;

/// A table with what the person said about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// As it was read.
    pub table: Table,
    /// What each column is.
    pub columns: Vec<RosterColumn>,
    /// What its rows are, where the person said so.
    pub list: Option<RosterList>,
}

/// A pasted text or a file.
#[derive(Clone, Debug)]
pub struct Text {
    /// Name of the file.
    pub file_name: Option<String>,
    /// The file.
    pub source: Arc<Source>,
    /// It was a spreadsheet: how its letters are written is no question.
    pub is_book: bool,
    /// What stands between cells, where the person said so.
    pub separator: Option<Separator>,
    /// Its tables.
    pub tables: Vec<Choice>,
    /// Why there are none.
    pub problem: Option<ImportProblem>,
}

impl Text {
    /// Reads a text. `role_names`: what the organisation calls its roles; `known`: what columns were said to be before.
    pub fn read(
        (file_name, source): (Option<String>, Arc<Source>),
        is_book: bool,
        separator: Option<ImportSeparator>,
        role_names: &[String],
        known: &KnownColumns,
    ) -> Self {
        let separator = separator.map(of_separator);
        let mut text = Self { file_name, source, is_book, separator, tables: Vec::new(), problem: None };
        text.problem = text.source.problem();
        if text.problem.is_some() {
            return text;
        }
        if text.source.text().trim().is_empty() {
            text.problem = Some(ImportProblem::Empty);
            return text;
        }
        match paste::read(text.source.text(), separator, role_names) {
            Err(paste::OpenQuote(line)) => text.problem = Some(ImportProblem::OpenQuote { line }),
            Ok(tables) => {
                text.tables = tables.into_iter().map(|table| choice(table, known)).collect();
                if text.tables.iter().all(|one| one.table.rows.is_empty()) {
                    text.problem = Some(ImportProblem::NoRows);
                } else if text.tables.iter().all(|one| !one.columns.contains(&RosterColumn::Email)) {
                    text.problem = Some(ImportProblem::NoColumns);
                }
            }
        }
        text
    }

    /// Looks again whether there is an address in it, after somebody said what its columns are.
    pub fn see_columns(&mut self, has_email: bool) {
        let no_columns = self.problem == Some(ImportProblem::NoColumns);
        match (has_email, no_columns) {
            (true, true) => self.problem = None,
            (false, false) if self.problem.is_none() && self.tables.len() == 1 => {
                self.problem = Some(ImportProblem::NoColumns);
            }
            _ => {}
        }
    }

    /// The same read in another way.
    pub fn read_again(
        &self,
        encoding: Option<ImportEncoding>,
        separator: Option<ImportSeparator>,
        role_names: &[String],
        known: &KnownColumns,
    ) -> Self {
        let other = encoding.and_then(|encoding| self.source.read_again(encoding));
        let source = other.map_or_else(|| Arc::clone(&self.source), Arc::new);
        let separator = separator.or_else(|| self.separator.map(crate::files::to_separator));
        Self::read((self.file_name.clone(), source), self.is_book, separator, role_names, known)
    }
}

fn choice(table: Table, known: &KnownColumns) -> Choice {
    let remembered = known.get(&key(&table.headings)).map(|names| {
        names.iter().map(|name| named(name).unwrap_or(RosterColumn::Nothing)).collect::<Vec<_>>()
    });
    let columns = remembered.filter(|columns| columns.len() == table.columns.len());
    Choice { columns: columns.unwrap_or_else(|| table.columns.clone()), table, list: None }
}

/// Names these headings; tables without any are told by what stands in them.
pub fn key(headings: &[String]) -> String {
    let plain: Vec<String> = headings.iter().map(|heading| paste::plain(heading)).collect();
    if plain.iter().all(String::is_empty) { String::new() } else { plain.join("|") }
}

/// What a column is called where it is remembered.
pub fn name_of(column: RosterColumn) -> String {
    serde_json::to_value(column).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn named(name: &str) -> Option<RosterColumn> {
    serde_json::from_value(name.into()).ok()
}
