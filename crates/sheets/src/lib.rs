//! Lists as rows of cells, and what they can be written as: CSV, JSON, a spreadsheet, tab-separated text. The window and
//! the command line write the same files. And files of rows that others wrote (`read`).
//!
//! Each row is written as it comes, so that a list of any size takes the same memory.

#![warn(missing_docs)]

mod cell;
mod csv;
mod file;
mod json;
pub mod read;
mod tabs;
mod xlsx;

use std::io::Write;

/// A row of a file that others wrote.
pub use ::csv::StringRecord;

pub use self::csv::CsvSink;
pub use cell::{Cell, one_line};
pub use file::NewFile;
pub use json::JsonSink;
pub use tabs::TabSink;
pub use xlsx::XlsxSink;

/// Where bytes go.
pub type Stream = Box<dyn Write + Send>;

/// Takes rows.
pub trait Sink: Send {
    /// Takes one row, a cell for each column.
    ///
    /// # Errors
    /// When it could not be written.
    fn row(&mut self, cells: Vec<Cell>) -> Result<(), WriteError>;

    /// Writes what is left.
    ///
    /// # Errors
    /// When it could not be written.
    fn finish(self: Box<Self>) -> Result<(), WriteError>;
}

/// Why rows could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The file system, or whoever reads the stream.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// There is a file already, which must not be replaced.
    #[error("there is a file of this name already")]
    Exists,
    /// The format cannot hold it.
    #[error("{0}")]
    Format(String),
}
