//! Tab-separated text with one heading line, for `cut`, `awk` and `while read`.

use rollcall_sheets::{Sink, Stream, WriteError};

use crate::sheet::{Cell, Column, one_line};

pub struct PlainSink(Stream);

impl PlainSink {
    pub fn new(columns: &[Column], mut stream: Stream) -> Result<Self, WriteError> {
        let keys: Vec<&str> = columns.iter().map(|column| column.key).collect();
        writeln!(stream, "{}", keys.join("\t"))?;
        Ok(Self(stream))
    }
}

impl Sink for PlainSink {
    fn row(&mut self, cells: Vec<Cell>) -> Result<(), WriteError> {
        let cells: Vec<String> = cells.iter().map(|cell| one_line(&cell.machine())).collect();
        writeln!(self.0, "{}", cells.join("\t"))?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        self.0.flush()?;
        Ok(())
    }
}
