//! Where rows go: a table, text, JSON, CSV or a spreadsheet. All but the table write each row as it comes.

mod csv;
mod file;
mod json;
mod plain;
mod table;
mod xlsx;

use std::io::{BufWriter, IsTerminal, Write};

use crate::cli::Global;
use crate::exit::Failure;
use crate::sheet::{Cell, Column};

pub use self::csv::CsvSink;
pub use file::NewFile;
pub use json::JsonSink;
pub use plain::PlainSink;
pub use table::TableSink;
pub use xlsx::XlsxSink;

/// Takes rows.
pub trait Sink: Send {
    /// Takes one row, a cell for each column.
    fn row(&mut self, cells: Vec<Cell>) -> Result<(), Failure>;
    /// Writes what is left.
    fn finish(self: Box<Self>) -> Result<(), Failure>;
}

/// Where bytes go.
pub type Stream = Box<dyn Write + Send>;

/// The standard output.
pub fn stdout() -> Stream {
    Box::new(BufWriter::new(std::io::stdout()))
}

/// A list on the standard output, as was asked for or as fits who reads it.
pub fn printed(global: &Global, columns: &'static [Column]) -> Result<Box<dyn Sink>, Failure> {
    if global.json {
        return Ok(Box::new(JsonSink::new(columns, stdout())?));
    }
    if global.plain || !std::io::stdout().is_terminal() {
        return Ok(Box::new(PlainSink::new(columns, stdout())?));
    }
    Ok(Box::new(TableSink::new(columns, global.wide)))
}

/// What a reader must know beside the rows, on the standard error stream.
pub fn notice(text: &str) {
    // Nobody is there to be told that it did not work.
    let _ = writeln!(std::io::stderr(), "{}", crate::sheet::one_line(text));
}

/// A remark for the person at the terminal; scripts are not bothered.
pub fn remark(text: &str) {
    if std::io::stdout().is_terminal() {
        notice(text);
    }
}
