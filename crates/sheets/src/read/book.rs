//! The first sheet of a spreadsheet (`.xlsx`, ECMA-376) as text with tabs, so that it is read like any other text: each row on
//! the line of its own number. Formulas are the values that were kept beside them; dates are the numbers that spreadsheets
//! count them in.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

/// Most bytes of one part, unpacked: a file that is larger inside than any list is no list.
const LARGEST: u64 = 256 * 1024 * 1024;
/// Most rows and columns (ECMA-376 knows 1,048,576 rows).
const ROWS: usize = 1_048_576;
const COLUMNS: usize = 256;

/// The first sheet of `bytes`; `None` for what is no spreadsheet of this kind.
///
/// # Errors
/// What is wrong with it, in one sentence.
pub fn first_sheet(bytes: &[u8]) -> Option<Result<String, String>> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    Some(Archive::open(bytes).and_then(|mut archive| archive.first_sheet()))
}

struct Archive<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Archive<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, String> {
        ZipArchive::new(Cursor::new(bytes))
            .map(Self)
            .map_err(|error| format!("it cannot be unpacked: {error}"))
    }

    fn part(&mut self, name: &str) -> Result<Option<String>, String> {
        let Ok(part) = self.0.by_name(name) else { return Ok(None) };
        let mut text = String::new();
        let read = part.take(LARGEST + 1).read_to_string(&mut text);
        read.map_err(|error| format!("{name} cannot be read: {error}"))?;
        if text.len() as u64 > LARGEST {
            return Err(format!("{name} is too large"));
        }
        Ok(Some(text))
    }

    fn first_sheet(&mut self) -> Result<String, String> {
        let workbook = self.part("xl/workbook.xml")?.ok_or("it has no workbook")?;
        let target = match first_relation(&workbook)? {
            Some(id) => self.part("xl/_rels/workbook.xml.rels")?.and_then(|rels| target_of(&rels, &id)),
            None => None,
        };
        let name = match target {
            Some(target) => match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("xl/{target}"),
            },
            None => "xl/worksheets/sheet1.xml".to_owned(),
        };
        let shared = match self.part("xl/sharedStrings.xml")? {
            Some(text) => shared_strings(&text)?,
            None => Vec::new(),
        };
        let sheet = self.part(&name)?.ok_or("its first sheet is missing")?;
        Ok(text_of(&rows(&sheet, &shared)?))
    }
}

fn wrong(error: impl std::fmt::Display) -> String {
    format!("it is damaged: {error}")
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok()??;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// The relation of the first sheet.
#[expect(clippy::wildcard_enum_match_arm, reason = "of a document only what makes cells is looked at")]
fn first_relation(workbook: &str) -> Result<Option<String>, String> {
    let mut reader = Reader::from_str(workbook);
    loop {
        match reader.read_event().map_err(wrong)? {
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == "sheet" => {
                return Ok(attribute(&element, "r:id"));
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "of a document only what makes cells is looked at")]
fn target_of(rels: &str, id: &str) -> Option<String> {
    let mut reader = Reader::from_str(rels);
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element)
                if attribute(&element, "Id").as_deref() == Some(id) =>
            {
                return attribute(&element, "Target");
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The letter that `&amp;` and `&#233;` stand for.
fn reference(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return Some(letter);
    }
    match reference.xml10_content().as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// Texts that cells share. What is said beside a text about how it is spoken (`rPh`) is no part of it.
#[expect(clippy::wildcard_enum_match_arm, reason = "of a document only what makes cells is looked at")]
fn shared_strings(text: &str) -> Result<Vec<String>, String> {
    let mut reader = Reader::from_str(text);
    let mut strings: Vec<String> = Vec::new();
    let (mut in_text, mut spoken) = (false, false);
    loop {
        match reader.read_event().map_err(wrong)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "si" => strings.push(String::new()),
                "t" => in_text = !spoken,
                "rPh" => spoken = true,
                _ => {}
            },
            Event::Empty(element) if element.local_name().as_ref() == "si" => strings.push(String::new()),
            Event::End(element) => match element.local_name().as_ref() {
                "t" => in_text = false,
                "rPh" => spoken = false,
                _ => {}
            },
            Event::Text(part) if in_text => {
                if let Some(last) = strings.last_mut() {
                    last.push_str(&part.xml10_content());
                }
            }
            Event::GeneralRef(part) if in_text => {
                if let Some(last) = strings.last_mut() {
                    last.extend(reference(&part));
                }
            }
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// The cell at hand.
#[derive(Default)]
struct CellAt {
    column: usize,
    is_shared: bool,
    is_truth: bool,
    text: String,
    within: bool,
}

/// Cells of each row by its number from 1.
#[expect(clippy::wildcard_enum_match_arm, reason = "of a document only what makes cells is looked at")]
fn rows(sheet: &str, shared: &[String]) -> Result<BTreeMap<usize, Vec<String>>, String> {
    let mut reader = Reader::from_str(sheet);
    let mut rows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let (mut row, mut cell) = (0_usize, CellAt::default());
    let mut next_column = 0;
    loop {
        match reader.read_event().map_err(wrong)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "row" => {
                    row = attribute(&element, "r").and_then(|text| text.parse().ok()).unwrap_or(row + 1);
                    next_column = 0;
                    if row > ROWS || rows.len() > ROWS {
                        return Err("it has more rows than a spreadsheet can have".to_owned());
                    }
                }
                "c" => cell = begin(&element, next_column),
                "v" | "t" => cell.within = true,
                // What stands beside a value is no part of it.
                "f" | "rPh" => cell.within = false,
                _ => {}
            },
            Event::Empty(element) if element.local_name().as_ref() == "c" => {
                next_column = begin(&element, next_column).column + 1;
            }
            Event::Text(text) if cell.within => cell.text.push_str(&text.xml10_content()),
            Event::GeneralRef(part) if cell.within => cell.text.extend(reference(&part)),
            Event::End(element) => match element.local_name().as_ref() {
                "v" | "t" => cell.within = false,
                "c" => {
                    next_column = cell.column + 1;
                    keep(&mut rows, row, &cell, shared);
                }
                _ => {}
            },
            Event::Eof => return Ok(rows),
            _ => {}
        }
    }
}

fn begin(element: &BytesStart<'_>, next: usize) -> CellAt {
    let column = attribute(element, "r").and_then(|name| column_of(&name)).unwrap_or(next);
    let kind = attribute(element, "t");
    CellAt {
        column,
        is_shared: kind.as_deref() == Some("s"),
        is_truth: kind.as_deref() == Some("b"),
        ..CellAt::default()
    }
}

fn keep(rows: &mut BTreeMap<usize, Vec<String>>, row: usize, cell: &CellAt, shared: &[String]) {
    if cell.column >= COLUMNS {
        return;
    }
    let text = if cell.is_shared {
        cell.text
            .trim()
            .parse::<usize>()
            .ok()
            .and_then(|place| shared.get(place))
            .cloned()
            .unwrap_or_default()
    } else if cell.is_truth {
        if cell.text.trim() == "1" { "true".to_owned() } else { "false".to_owned() }
    } else {
        cell.text.clone()
    };
    let cells = rows.entry(row).or_default();
    if cells.len() <= cell.column {
        cells.resize(cell.column + 1, String::new());
    }
    if let Some(own) = cells.get_mut(cell.column) {
        *own = text;
    }
}

/// `AB12` is column 27, from 0.
fn column_of(name: &str) -> Option<usize> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic);
    let mut column = 0_usize;
    for letter in letters.take(4) {
        column = column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    column.checked_sub(1)
}

/// Each row on the line of its number.
fn text_of(rows: &BTreeMap<usize, Vec<String>>) -> String {
    let mut text = String::new();
    let mut line = 1;
    for (row, cells) in rows {
        while line < *row {
            text.push('\n');
            line += 1;
        }
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                text.push('\t');
            }
            let cell = crate::one_line(cell);
            if cell.contains('"') {
                text.push('"');
                text.push_str(&cell.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(&cell);
            }
        }
        text.push('\n');
        line += 1;
    }
    text
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Formula, Workbook};

    use super::*;

    #[test]
    fn the_first_sheet_is_read_as_it_was_written_with_rows_on_their_lines() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "Nom").unwrap();
        sheet.write_string(0, 1, "E-mail").unwrap();
        sheet.write_string(2, 0, "Zoé & \"Co\" <1>").unwrap();
        sheet.write_string(2, 1, "zoe@atelier.fr").unwrap();
        sheet.write_number(2, 3, 45_804.5).unwrap();
        sheet.write_boolean(3, 0, true).unwrap();
        sheet.write_formula(3, 1, Formula::new("=1+1").set_result("2")).unwrap();
        book.add_worksheet().write_string(0, 0, "another sheet").unwrap();
        let bytes = book.save_to_buffer().unwrap();
        let text = first_sheet(&bytes).unwrap().unwrap();
        assert_eq!(text, "Nom\tE-mail\n\n\"Zoé & \"\"Co\"\" <1>\"\tzoe@atelier.fr\t\t45804.5\ntrue\t2\n");
    }

    #[test]
    fn what_is_none_or_damaged_is_told() {
        assert_eq!(first_sheet(b"name,email"), None);
        assert!(first_sheet(b"PK\x03\x04 and then nothing").unwrap().is_err());
        let mut book = Workbook::new();
        book.add_worksheet().write_string(0, 0, "x").unwrap();
        let mut bytes = book.save_to_buffer().unwrap();
        let middle = bytes.len() / 2;
        for byte in &mut bytes[middle..middle + 60] {
            *byte = 0;
        }
        assert!(first_sheet(&bytes).is_some());
    }
}
