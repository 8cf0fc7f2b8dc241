//! CSV for spreadsheets (RFC 4180), guarded against values that a spreadsheet would run as a formula.

use std::borrow::Cow;

use crate::{Cell, Sink, Stream, WriteError};

/// Writes CSV.
pub struct CsvSink(csv::Writer<Stream>);

impl CsvSink {
    /// With these headings, and a byte order mark when `mark`.
    ///
    /// # Errors
    /// When the stream takes no more.
    pub fn new<'a>(
        headings: impl Iterator<Item = &'a str>,
        mut stream: Stream,
        mark: bool,
    ) -> Result<Self, WriteError> {
        if mark {
            stream.write_all("\u{feff}".as_bytes())?;
        }
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(stream);
        for heading in headings {
            writer.write_field(guarded(heading).as_bytes()).map_err(failure)?;
        }
        writer.write_record(None::<&[u8]>).map_err(failure)?;
        Ok(Self(writer))
    }
}

impl Sink for CsvSink {
    fn row(&mut self, cells: Vec<Cell>) -> Result<(), WriteError> {
        for cell in &cells {
            let value = cell.machine();
            let value = match cell {
                // A name that a service gave us.
                Cell::Text(_) => guarded(&value),
                Cell::Empty | Cell::Number(_) | Cell::Hundredths(_) | Cell::Time(_) | Cell::Flag(_) => {
                    Cow::Borrowed(value.as_str())
                }
            };
            self.0.write_field(value.as_bytes()).map_err(failure)?;
        }
        self.0.write_record(None::<&[u8]>).map_err(failure)
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        self.0.flush()?;
        Ok(())
    }
}

/// With an apostrophe before what would begin a formula; spreadsheets take it for "this is text".
pub(crate) fn guarded(value: &str) -> Cow<'_, str> {
    if value.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{value}"))
    } else {
        Cow::Borrowed(value)
    }
}

fn failure(error: csv::Error) -> WriteError {
    if let csv::ErrorKind::Io(error) = error.into_kind() {
        return error.into();
    }
    WriteError::Format("BUG: a row that is no CSV".to_owned())
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
