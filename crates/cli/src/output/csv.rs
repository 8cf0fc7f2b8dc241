//! CSV for spreadsheets (RFC 4180), guarded against values that a spreadsheet would run as a formula.

use std::borrow::Cow;

use super::{Sink, Stream};
use crate::exit::Failure;
use crate::sheet::{Cell, Column};

pub struct CsvSink(csv::Writer<Stream>);

impl CsvSink {
    /// With a byte order mark when `mark`.
    pub fn new(columns: &[Column], mut stream: Stream, mark: bool) -> Result<Self, Failure> {
        if mark {
            stream.write_all("\u{feff}".as_bytes())?;
        }
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(stream);
        writer.write_record(columns.iter().map(|column| column.key)).map_err(failure)?;
        Ok(Self(writer))
    }
}

impl Sink for CsvSink {
    fn row(&mut self, cells: Vec<Cell>) -> Result<(), Failure> {
        for cell in &cells {
            let value = cell.machine();
            let value = match cell {
                // A name that a service gave us.
                Cell::Text(_) => guarded(&value),
                Cell::Empty | Cell::Number(_) | Cell::Time(_) | Cell::Flag(_) => {
                    Cow::Borrowed(value.as_str())
                }
            };
            self.0.write_field(value.as_bytes()).map_err(failure)?;
        }
        self.0.write_record(None::<&[u8]>).map_err(failure)
    }

    fn finish(mut self: Box<Self>) -> Result<(), Failure> {
        self.0.flush()?;
        Ok(())
    }
}

/// With an apostrophe before what would begin a formula; spreadsheets take it for "this is text".
fn guarded(value: &str) -> Cow<'_, str> {
    if value.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{value}"))
    } else {
        Cow::Borrowed(value)
    }
}

fn failure(error: csv::Error) -> Failure {
    if let csv::ErrorKind::Io(error) = error.into_kind() {
        return error.into();
    }
    Failure::failed("BUG: a row that is no CSV")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_begin_a_formula_is_text() {
        for value in ["=1+1", "+32 2 555", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"] {
            assert_eq!(guarded(value), format!("'{value}"));
        }
        for value in ["", "Zoë", "a=b", "'quoted"] {
            assert_eq!(guarded(value), value);
        }
    }
}
