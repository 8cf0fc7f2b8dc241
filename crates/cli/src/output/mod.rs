//! Where rows go on the standard output: a table, text or JSON. All but the table write each row as it comes.

mod plain;
mod table;

use std::io::{BufWriter, IsTerminal, Write};

use rollcall_sheets::{JsonSink, Sink, Stream};
use serde::Serialize;

use crate::cli::Global;
use crate::exit::Failure;
use crate::sheet::Column;

pub use plain::PlainSink;
pub use table::TableSink;

/// The standard output.
pub fn stdout() -> Stream {
    Box::new(BufWriter::new(std::io::stdout()))
}

/// A list on the standard output, as was asked for or as fits who reads it.
pub fn printed(global: &Global, columns: &'static [Column]) -> Result<Box<dyn Sink>, Failure> {
    if global.json {
        return Ok(Box::new(JsonSink::new(Column::keys(columns), stdout())?));
    }
    if global.plain || !std::io::stdout().is_terminal() {
        return Ok(Box::new(PlainSink::new(columns, stdout())?));
    }
    Ok(Box::new(TableSink::new(columns, global.wide)))
}

/// What the core has, whole, as JSON.
pub fn json(views: &[impl Serialize]) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(views)
        .map_err(|error| Failure::failed(format!("BUG: what the core has is no JSON: {error}")))?;
    let mut stream = stdout();
    writeln!(stream, "{text}")?;
    Ok(stream.flush()?)
}

/// Lines for a person; nothing in them moves the cursor.
pub fn lines(lines: impl Iterator<Item = String>) -> Result<(), Failure> {
    let mut stream = stdout();
    for line in lines {
        writeln!(stream, "{}", crate::sheet::one_line(&line))?;
    }
    Ok(stream.flush()?)
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
