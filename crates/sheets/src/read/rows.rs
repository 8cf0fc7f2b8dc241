//! From text to rows (RFC 4180, and what spreadsheets make of it): the separator is told from the headings.

use csv::{Reader, ReaderBuilder, StringRecord};

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`, where the comma stands in numbers.
    Semicolon,
    /// A tab.
    Tab,
}

impl Separator {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    /// As a byte.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// Where a row begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Bytes before it.
    pub offset: usize,
    /// Its line, from 1.
    pub line: u32,
}

/// How a text is cut into cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// What stands between two cells.
    pub separator: Separator,
    /// The headings; empty where there is nothing at all.
    pub headings: Vec<String>,
    /// Where the first row behind the headings is looked for.
    after: Place,
}

impl Layout {
    /// Finds it out; `separator` where the person said so.
    pub fn of(text: &str, separator: Option<Separator>) -> Self {
        let mut begin = Place { offset: 0, line: 1 };
        let mut said = None;
        // What Excel writes for itself before the headings.
        if let Some(line) = text.lines().next()
            && let Some(own) = line.strip_prefix("sep=")
            && own.len() == 1
        {
            said = Separator::ALL.into_iter().find(|one| own.as_bytes() == [one.byte()]);
            begin = Place { offset: text.find('\n').map_or(text.len(), |at| at + 1), line: 2 };
        }
        begin = skip_breaks(text, begin);
        let separator = separator.or(said).unwrap_or_else(|| most_frequent(text, begin.offset));
        let mut reader = reader(text, separator, begin.offset);
        let mut record = StringRecord::new();
        let read = reader.read_record(&mut record).unwrap_or(false);
        let headings =
            if read { record.iter().map(|cell| cell.trim().to_owned()).collect() } else { Vec::new() };
        Self { separator, headings, after: moved(begin, reader.position()) }
    }

    /// The rows of `text` behind the headings; those without any value are passed over.
    pub fn rows<'t>(&self, text: &'t str) -> Rows<'t> {
        Rows { text, begin: self.after, reader: reader(text, self.separator, self.after.offset) }
    }
}

/// The rows of a text, one after another.
pub struct Rows<'t> {
    text: &'t str,
    begin: Place,
    reader: Reader<&'t [u8]>,
}

impl Rows<'_> {
    /// The next row, its cells into `record`; `None` behind the last.
    pub fn next_into(&mut self, record: &mut StringRecord) -> Option<Place> {
        loop {
            let place = moved(self.begin, self.reader.position());
            if !self.reader.read_record(record).unwrap_or(false) {
                return None;
            }
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                // Empty lines before it are no part of it.
                return Some(skip_breaks(self.text, place));
            }
        }
    }
}

/// Whether a quotation mark of the row at `place` is never closed, so that it holds the rest of the file.
pub fn is_open(text: &str, place: Place) -> bool {
    let rest = text.get(place.offset..).unwrap_or_default();
    rest.trim_end().contains('\n') && rest.bytes().filter(|byte| *byte == b'"').count() % 2 == 1
}

/// The cells of the row at `place`.
pub fn row_at(text: &str, separator: Separator, place: Place) -> StringRecord {
    let mut record = StringRecord::new();
    // The text was read through before.
    let _ = reader(text, separator, place.offset).read_record(&mut record);
    record
}

fn reader(text: &str, separator: Separator, offset: usize) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator.byte())
        .from_reader(text.get(offset..).unwrap_or_default().as_bytes())
}

fn moved(begin: Place, by: &csv::Position) -> Place {
    Place {
        offset: begin.offset.saturating_add(usize::try_from(by.byte()).unwrap_or(usize::MAX)),
        line: begin.line.saturating_add(u32::try_from(by.line()).unwrap_or(u32::MAX).saturating_sub(1)),
    }
}

fn skip_breaks(text: &str, place: Place) -> Place {
    let rest = text.get(place.offset..).unwrap_or_default();
    let breaks = rest.bytes().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    breaks.fold(place, |place, byte| Place {
        offset: place.offset + 1,
        line: place.line.saturating_add(u32::from(byte == b'\n')),
    })
}

/// Of the line of headings.
fn most_frequent(text: &str, offset: usize) -> Separator {
    let (mut quoted, mut counts) = (false, [0_u32; 3]);
    for byte in text.get(offset..).unwrap_or_default().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (count, separator) in counts.iter_mut().zip(Separator::ALL) {
                    *count += u32::from(separator.byte() == byte);
                }
            }
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let found = Separator::ALL.into_iter().zip(counts).find(|(_, count)| *count == most);
    found.map_or(Separator::Comma, |(separator, _)| separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line, and its cells.
    type Found = (u32, Vec<String>);

    fn all(text: &str) -> (Separator, Vec<String>, Vec<Found>) {
        let layout = Layout::of(text, None);
        let (mut rows, mut record, mut found) = (layout.rows(text), StringRecord::new(), Vec::new());
        while let Some(place) = rows.next_into(&mut record) {
            assert_eq!(row_at(text, layout.separator, place), record, "read again at its place");
            found.push((place.line, record.iter().map(str::to_owned).collect()));
        }
        (layout.separator, layout.headings, found)
    }

    #[test]
    fn the_separator_is_told_from_the_headings_and_lines_are_those_of_an_editor() {
        let cells = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let text = "name;\"a,b,c,d\"\r\n\r\nAda;\"two\nlines\"\r\n;\r\nBo;x;more\r\n\r\n";
        let rows = vec![(3, cells(&["Ada", "two\nlines"])), (6, cells(&["Bo", "x", "more"]))];
        assert_eq!(all(text), (Separator::Semicolon, cells(&["name", "a,b,c,d"]), rows));
        let (separator, headings, rows) = all("sep=\t\nname\tmail\nAda\ta@x");
        assert_eq!((separator, headings), (Separator::Tab, cells(&["name", "mail"])));
        assert_eq!(rows, [(3, cells(&["Ada", "a@x"]))]);
        assert_eq!(all("mail\na@x\n").0, Separator::Comma);
        assert_eq!(all(""), (Separator::Comma, Vec::new(), Vec::new()));
    }

    #[test]
    fn a_mark_that_is_never_closed_is_found() {
        let open = "a,b\n1,\"2\n3,4\n";
        assert!(is_open(open, Place { offset: 4, line: 2 }));
        assert!(!is_open("a,b\n1,5\" pipe\n", Place { offset: 4, line: 2 }));
        assert!(!is_open("a,b\n1,\"2\n3\"\n", Place { offset: 4, line: 2 }));
    }
}
