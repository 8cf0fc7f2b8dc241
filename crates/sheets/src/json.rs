//! A JSON array, an object a line: whole JSON, and still readable line by line.

use std::borrow::Cow;

use crate::{Cell, Sink, Stream, WriteError};

/// Writes JSON.
pub struct JsonSink {
    /// As JSON writes them.
    keys: Vec<String>,
    stream: Stream,
    first: bool,
}

impl JsonSink {
    /// With a key for each cell of a row.
    ///
    /// # Errors
    /// When the stream takes no more.
    pub fn new<'a>(
        keys: impl Iterator<Item = impl Into<Cow<'a, str>>>,
        mut stream: Stream,
    ) -> Result<Self, WriteError> {
        write!(stream, "[")?;
        let keys = keys.map(|key| serde_json::Value::from(key.into()).to_string()).collect();
        Ok(Self { keys, stream, first: true })
    }
}

impl Sink for JsonSink {
    fn row(&mut self, cells: Vec<Cell>) -> Result<(), WriteError> {
        write!(self.stream, "{}", if self.first { "\n{" } else { ",\n{" })?;
        self.first = false;
        for (number, (key, cell)) in self.keys.iter().zip(&cells).enumerate() {
            let comma = if number == 0 { "" } else { "," };
            // In the order of the columns, which a map would not keep.
            write!(self.stream, "{comma}{key}:{}", cell.json())?;
        }
        write!(self.stream, "}}")?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        writeln!(self.stream, "{}", if self.first { "]" } else { "\n]" })?;
        self.stream.flush()?;
        Ok(())
    }
}
