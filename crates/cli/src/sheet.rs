//! A column of a list; its values are cells, as the window has them.

pub use rollcall_sheets::{Cell, one_line};

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// For scripts: the heading of text and CSV, the key in JSON. Part of the interface.
    pub key: &'static str,
    /// For people: the heading of tables and spreadsheets.
    pub title: &'static str,
    /// Shown in a table that is not asked to be wide.
    pub main: bool,
}

impl Column {
    /// The keys of these columns.
    pub fn keys(columns: &'static [Self]) -> impl Iterator<Item = &'static str> {
        columns.iter().map(|column| column.key)
    }

    /// The titles of these columns.
    pub fn titles(columns: &'static [Self]) -> impl Iterator<Item = &'static str> {
        columns.iter().map(|column| column.title)
    }
}
