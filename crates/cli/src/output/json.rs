//! A JSON array, an object a line: whole JSON, and still readable line by line.

use super::{Sink, Stream};
use crate::exit::Failure;
use crate::sheet::{Cell, Column};

pub struct JsonSink {
    columns: &'static [Column],
    stream: Stream,
    first: bool,
}

impl JsonSink {
    pub fn new(columns: &'static [Column], mut stream: Stream) -> Result<Self, Failure> {
        write!(stream, "[")?;
        Ok(Self { columns, stream, first: true })
    }
}

impl Sink for JsonSink {
    fn row(&mut self, cells: Vec<Cell>) -> Result<(), Failure> {
        write!(self.stream, "{}", if self.first { "\n{" } else { ",\n{" })?;
        self.first = false;
        for (number, (column, cell)) in self.columns.iter().zip(&cells).enumerate() {
            let comma = if number == 0 { "" } else { "," };
            // In the order of the columns, which a map would not keep.
            write!(self.stream, "{comma}\"{}\":{}", column.key, cell.json())?;
        }
        write!(self.stream, "}}")?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), Failure> {
        writeln!(self.stream, "{}", if self.first { "]" } else { "\n]" })?;
        self.stream.flush()?;
        Ok(())
    }
}
