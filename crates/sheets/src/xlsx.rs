//! A spreadsheet. Rows go to an unnamed temporary file beside the result as they come, so that memory stays flat; text is
//! always text, never a formula. What does not fit on one sheet goes on on the next.

use std::any::Any;
use std::io::{Error, ErrorKind};
use std::panic::AssertUnwindSafe;
use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::{Cell, Sink, Stream, WriteError};

/// Rows of a sheet below its heading: a limit of the format.
const ROWS: u32 = 1_048_575;
/// Letters of a cell: a limit of the format.
const LETTERS: usize = 32_767;

/// Writes a spreadsheet.
pub struct XlsxSink {
    headings: Vec<String>,
    workbook: Workbook,
    stream: Stream,
    sheets: usize,
    row: u32,
    time: Format,
}

impl XlsxSink {
    /// Writes to `stream` in the end, and meanwhile to a nameless file in `folder`.
    ///
    /// # Errors
    /// When nothing can be written in `folder`.
    pub fn new<'a>(
        headings: impl Iterator<Item = &'a str>,
        stream: Stream,
        folder: &Path,
    ) -> Result<Self, WriteError> {
        let headings = headings.map(|heading| heading.chars().take(LETTERS).collect()).collect();
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder).map_err(failure)?;
        let time = Format::new().set_num_format("yyyy-mm-dd hh:mm");
        let mut sink = Self { headings, workbook, stream, sheets: 0, row: 0, time };
        caught(|| sink.begin_sheet())?;
        Ok(sink)
    }

    fn begin_sheet(&mut self) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        for (heading, number) in self.headings.iter().zip(0_u16..) {
            sheet.set_column_width(number, 20)?;
            sheet.write_string_with_format(0, number, heading, &bold)?;
        }
        self.sheets += 1;
        self.row = 1;
        Ok(())
    }

    fn write(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        if self.row > ROWS {
            self.begin_sheet()?;
        }
        let sheet = self.workbook.worksheet_from_index(self.sheets.saturating_sub(1))?;
        for (cell, number) in cells.iter().zip(0_u16..) {
            write_cell(sheet, self.row, number, cell, &self.time)?;
        }
        self.row += 1;
        Ok(())
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    time: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            let cut: String = text.chars().take(LETTERS).collect();
            sheet.write_string(row, column, cut)?;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts; a spreadsheet knows no other numbers")]
        Cell::Number(number) => {
            sheet.write_number(row, column, *number as f64)?;
        }
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet knows no other numbers")]
        Cell::Hundredths(number) => {
            let money = Format::new().set_num_format("0.00");
            sheet.write_number_with_format(row, column, *number as f64 / 100.0, &money)?;
        }
        Cell::Time(at) => match ExcelDateTime::from_timestamp(at.div_euclid(1000)) {
            Ok(at) => {
                sheet.write_datetime_with_format(row, column, at, time)?;
            }
            // Before 1900 or after 9999.
            Err(_) => {
                sheet.write_string(row, column, cell.machine())?;
            }
        },
        Cell::Flag(flag) => {
            sheet.write_boolean(row, column, *flag)?;
        }
    }
    Ok(())
}

impl Sink for XlsxSink {
    fn row(&mut self, cells: Vec<Cell>) -> Result<(), WriteError> {
        caught(|| self.write(&cells))
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        caught(|| self.workbook.save_to_writer(&mut self.stream))?;
        self.stream.flush()?;
        Ok(())
    }
}

/// The library panics when its temporary file takes no more. That is no mistake of this program but a full disk, and the
/// workbook is given up after it.
fn caught<T>(work: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, WriteError> {
    std::panic::catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| Err(XlsxError::IoError(disk_error(panic.as_ref()))))
        .map_err(failure)
}

/// The system's error in the words of a panic, which quote it.
fn disk_error(panic: &(dyn Any + Send)) -> Error {
    let words = panic.downcast_ref::<String>().map_or("the spreadsheet could not be written", String::as_str);
    let kind = [ErrorKind::StorageFull, ErrorKind::QuotaExceeded, ErrorKind::FileTooLarge];
    let kind = kind.into_iter().find(|kind| words.contains(&format!("kind: {kind:?}")));
    kind.map_or_else(|| Error::other(words.to_owned()), Error::from)
}

fn failure(error: XlsxError) -> WriteError {
    if let XlsxError::IoError(error) = error {
        return error.into();
    }
    WriteError::Format(format!("the spreadsheet could not be written: {error}"))
}
