//! Tab-separated text for the clipboard: what is pasted into a spreadsheet falls into its cells, and none of it runs.

use crate::csv::guarded;
use crate::{Cell, Sink, Stream, WriteError, one_line};

/// Writes tab-separated text.
pub struct TabSink(Stream);

impl TabSink {
    /// With these headings.
    ///
    /// # Errors
    /// When the stream takes no more.
    pub fn new<'a>(headings: impl Iterator<Item = &'a str>, mut stream: Stream) -> Result<Self, WriteError> {
        let headings: Vec<String> = headings.map(safe).collect();
        writeln!(stream, "{}", headings.join("\t"))?;
        Ok(Self(stream))
    }
}

impl Sink for TabSink {
    fn row(&mut self, cells: Vec<Cell>) -> Result<(), WriteError> {
        let cells: Vec<String> = cells.iter().map(text).collect();
        writeln!(self.0, "{}", cells.join("\t"))?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        self.0.flush()?;
        Ok(())
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => safe(text),
        Cell::Empty | Cell::Number(_) | Cell::Hundredths(_) | Cell::Time(_) | Cell::Flag(_) => cell.machine(),
    }
}

/// On one line, never a formula. A plain number, as of a telephone, is none.
fn safe(text: &str) -> String {
    let line = one_line(text);
    let line = line.trim_start();
    let digits = line.strip_prefix(['+', '-']).unwrap_or(line);
    if digits.chars().all(|letter| letter.is_ascii_digit() || " ().-".contains(letter)) {
        return line.to_owned();
    }
    guarded(line).into_owned()
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn what_would_begin_a_formula_is_text_and_a_telephone_number_stays_as_it_is() {
        assert_eq!(safe("=1+1"), "'=1+1");
        assert_eq!(safe("  @SUM(A1)"), "'@SUM(A1)");
        assert_eq!(safe("-1+HYPERLINK(A1)"), "'-1+HYPERLINK(A1)");
        assert_eq!(safe("+32 (2) 555-12"), "+32 (2) 555-12");
        assert_eq!(safe("Zoë\tB\nC"), "Zoë B C");
    }
}
