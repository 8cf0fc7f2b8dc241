//! From bytes to text. The encoding is told by the file's mark, or is UTF-8; it is never guessed: a wrong guess makes
//! "Zoë" another name. Who knows better says so.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How letters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// With or without its mark.
    Utf8,
    /// UTF-16 with its mark, the low byte first.
    Utf16Le,
    /// UTF-16 with its mark, the high byte first.
    Utf16Be,
    /// What older spreadsheets of Western Europe write. Every file can be read as this, rightly or not.
    Windows1252,
}

/// Why bytes are no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is a spreadsheet, and no text file.
    Spreadsheet,
    /// There is something at this line, from 1, that text does not have.
    Binary {
        /// Which.
        line: u32,
    },
    /// This line is no UTF-8.
    NotUtf8 {
        /// Which, from 1.
        line: u32,
        /// The line as Windows-1252 would have it.
        sample: String,
    },
    /// This line is no UTF-16, although the file says so.
    NotUtf16 {
        /// Which, from 1.
        line: u32,
    },
}

/// Letters of a sample at most.
const SAMPLE: usize = 120;

/// The text of a file.
#[derive(Clone, Debug)]
pub struct Text {
    text: String,
    /// Where the text begins, behind its mark.
    begin: usize,
    encoding: Encoding,
    /// The file, where it is not the text itself.
    bytes: Option<Vec<u8>>,
}

impl Text {
    /// Reads `bytes` as `encoding`, or as what they say they are.
    ///
    /// # Errors
    /// Why it cannot, and the bytes.
    pub fn read(bytes: Vec<u8>, encoding: Option<Encoding>) -> Result<Self, (Unreadable, Vec<u8>)> {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err((Unreadable::Spreadsheet, bytes));
        }
        let encoding = encoding.unwrap_or_else(|| marked(&bytes));
        let read = match encoding {
            Encoding::Utf8 => return utf8(bytes),
            Encoding::Utf16Le | Encoding::Utf16Be => utf16(&bytes, encoding),
            Encoding::Windows1252 => Ok(WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned()),
        };
        let text = match read {
            Ok(text) => text,
            Err(problem) => return Err((problem, bytes)),
        };
        match binary(&text) {
            Some(problem) => Err((problem, bytes)),
            None => Ok(Self { text, begin: 0, encoding, bytes: Some(bytes) }),
        }
    }

    /// The text, without its mark.
    pub fn text(&self) -> &str {
        self.text.get(self.begin..).unwrap_or_default()
    }

    /// How it was written.
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The file.
    pub fn bytes(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(self.bytes.as_deref().unwrap_or(self.text.as_bytes()))
    }
}

fn marked(bytes: &[u8]) -> Encoding {
    match bytes {
        [0xff, 0xfe, ..] => Encoding::Utf16Le,
        [0xfe, 0xff, ..] => Encoding::Utf16Be,
        _ => Encoding::Utf8,
    }
}

fn utf8(bytes: Vec<u8>) -> Result<Text, (Unreadable, Vec<u8>)> {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let before = bytes.get(..at).unwrap_or_default();
            let begin = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let rest = bytes.get(begin..).unwrap_or_default();
            let line = rest.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
            let sample = WINDOWS_1252.decode_without_bom_handling(line).0;
            let sample = crate::one_line(&sample).chars().take(SAMPLE).collect();
            return Err((Unreadable::NotUtf8 { line: line_of(before), sample }, bytes));
        }
    };
    match binary(&text) {
        Some(problem) => Err((problem, text.into_bytes())),
        None => {
            let begin = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            Ok(Text { text, begin, encoding: Encoding::Utf8, bytes: None })
        }
    }
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Result<String, Unreadable> {
    let decoder = if encoding == Encoding::Utf16Be { UTF_16BE } else { UTF_16LE };
    let unmarked = match bytes {
        [0xff, 0xfe, rest @ ..] | [0xfe, 0xff, rest @ ..] => rest,
        all => all,
    };
    let (text, wrong) = decoder.decode_without_bom_handling(unmarked);
    if wrong {
        let before = text.split('\u{fffd}').next().unwrap_or_default();
        return Err(Unreadable::NotUtf16 { line: line_of(before.as_bytes()) });
    }
    Ok(text.into_owned())
}

/// Text has no zeros: UTF-16 without its mark is full of them.
fn binary(text: &str) -> Option<Unreadable> {
    let at = text.bytes().position(|byte| byte == 0)?;
    Some(Unreadable::Binary { line: line_of(text.as_bytes().get(..at).unwrap_or_default()) })
}

/// The line that follows `before`, from 1.
fn line_of(before: &[u8]) -> u32 {
    let breaks = before.iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(breaks).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], encoding: Option<Encoding>) -> Result<Text, Unreadable> {
        Text::read(bytes.to_vec(), encoding).map_err(|(problem, kept)| {
            assert_eq!(kept, bytes, "the file is not lost");
            problem
        })
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn the_mark_says_how_letters_are_written() {
        for (bytes, encoding) in [
            ("name\nZoë\n".as_bytes().to_vec(), Encoding::Utf8),
            ("\u{feff}name\nZoë\n".as_bytes().to_vec(), Encoding::Utf8),
            (utf16("name\nZoë\n", false), Encoding::Utf16Le),
            (utf16("name\nZoë\n", true), Encoding::Utf16Be),
        ] {
            let text = read(&bytes, None).unwrap();
            assert_eq!((text.text(), text.encoding()), ("name\nZoë\n", encoding));
            assert_eq!(*text.bytes(), bytes);
        }
    }

    #[test]
    fn what_is_no_utf_8_is_told_by_its_line_and_read_when_the_person_says_as_what() {
        let bytes = b"name\nAda\nZo\xeb\r\n";
        let problem = Unreadable::NotUtf8 { line: 3, sample: "Zoë".to_owned() };
        assert_eq!(read(bytes, None).unwrap_err(), problem);
        let text = read(bytes, Some(Encoding::Windows1252)).unwrap();
        assert_eq!(text.text(), "name\nAda\nZoë\r\n");
        assert_eq!(*text.bytes(), *bytes);
    }

    #[test]
    fn what_is_no_text_is_told() {
        assert_eq!(read(b"PK\x03\x04...", None).unwrap_err(), Unreadable::Spreadsheet);
        assert_eq!(read(b"a\nb\0c", None).unwrap_err(), Unreadable::Binary { line: 2 });
        let mut cut = utf16("a\nb\n", false);
        cut.push(0xd8);
        assert_eq!(read(&cut, None).unwrap_err(), Unreadable::NotUtf16 { line: 3 });
    }
}
