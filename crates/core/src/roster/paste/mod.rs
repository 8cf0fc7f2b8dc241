//! From what was pasted to tables of cells: two tables of a page copied in one go, pages of five one after the other, files
//! with semicolons, commas or tabs, and pages that put each cell on a line of its own. Pure.

mod dates;
mod labels;
mod lines;
mod rows;

pub use dates::{of_serial, parse as parse_date};
pub use labels::{plain, status};
pub use rows::read;

use rollcall_sheets::read::Separator;

use crate::api::{RosterColumn, RosterList};

/// A row of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1.
    pub line: u32,
    /// Its cells, one a column.
    pub cells: Vec<String>,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What its rows are, unless a row says otherwise by a state or a role.
    pub list: RosterList,
    /// What stands between cells; `None` where each stands on a line of its own.
    pub separator: Option<Separator>,
    /// Headings, empty where there are none.
    pub headings: Vec<String>,
    /// What each column is.
    pub columns: Vec<RosterColumn>,
    /// The rows.
    pub rows: Vec<Row>,
    /// How many the page says there are in all.
    pub stated: Option<u32>,
}

/// The line at which a quotation mark is opened and never closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenQuote(pub u32);

/// The first address in `text`, without what stands around it: `Zoé <zoe@x.fr>` has one.
pub fn address_in(text: &str) -> Option<&str> {
    let around =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '"' | ',' | ';' | '[' | ']');
    text.split(around).map(|word| word.trim_start_matches("mailto:")).find(|word| super::is_email(word))
}

#[cfg(test)]
mod tests;
