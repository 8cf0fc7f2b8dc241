//! A file that a person hands over: its bytes as text, or why they are none.

use std::path::Path;

use rollcall_sheets::read::{Encoding, Separator, Text, Unreadable, book};

use crate::api::{ImportEncoding, ImportProblem, ImportSeparator};

/// Bytes that a file has at most: a million rows and more.
pub const LARGEST: u64 = 64 * 1024 * 1024;

/// A file, as far as it could be read.
#[derive(Debug)]
pub enum Source {
    /// Text.
    Text(Text),
    /// No text, or not as it was read.
    Unreadable(Unreadable, Vec<u8>),
    /// More than [`LARGEST`].
    TooLarge,
    /// The system's words about why it cannot be opened.
    Closed(String),
}

impl Source {
    /// Reads a file, as `encoding` where the person said so.
    pub fn read(bytes: Vec<u8>, encoding: Option<ImportEncoding>) -> Self {
        if bytes.len() as u64 > LARGEST {
            return Self::TooLarge;
        }
        match Text::read(bytes, encoding.map(of_encoding)) {
            Ok(text) => Self::Text(text),
            Err((problem, bytes)) => Self::Unreadable(problem, bytes),
        }
    }

    /// Its text; empty where there is none.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text.text(),
            Self::Unreadable(..) | Self::TooLarge | Self::Closed(_) => "",
        }
    }

    /// How it was read; `None` where it could not be.
    pub fn encoding(&self) -> Option<ImportEncoding> {
        match self {
            Self::Text(text) => Some(to_encoding(text.encoding())),
            Self::Unreadable(..) | Self::TooLarge | Self::Closed(_) => None,
        }
    }

    /// The same file read in another way.
    pub fn read_again(&self, encoding: ImportEncoding) -> Option<Self> {
        match self {
            Self::Text(text) => Some(Self::read(text.bytes().into_owned(), Some(encoding))),
            Self::Unreadable(_, bytes) => Some(Self::read(bytes.clone(), Some(encoding))),
            Self::TooLarge | Self::Closed(_) => None,
        }
    }

    /// Why it is no text.
    pub fn problem(&self) -> Option<ImportProblem> {
        Some(match self {
            Self::Text(_) => return None,
            Self::TooLarge => {
                ImportProblem::TooLarge { limit: u32::try_from(LARGEST / (1024 * 1024)).unwrap_or(u32::MAX) }
            }
            Self::Closed(words) => ImportProblem::NotOpened { words: words.clone() },
            Self::Unreadable(problem, _) => match problem {
                Unreadable::Spreadsheet => ImportProblem::Spreadsheet,
                Unreadable::Binary { line } => ImportProblem::NotText { line: *line },
                Unreadable::NotUtf8 { line, sample } => {
                    ImportProblem::NotUtf8 { line: *line, sample: sample.clone() }
                }
                Unreadable::NotUtf16 { line } => ImportProblem::NotUtf16 { line: *line },
            },
        })
    }
}

const fn of_encoding(encoding: ImportEncoding) -> Encoding {
    match encoding {
        ImportEncoding::Utf8 => Encoding::Utf8,
        ImportEncoding::Utf16Le => Encoding::Utf16Le,
        ImportEncoding::Utf16Be => Encoding::Utf16Be,
        ImportEncoding::Windows1252 => Encoding::Windows1252,
    }
}

const fn to_encoding(encoding: Encoding) -> ImportEncoding {
    match encoding {
        Encoding::Utf8 => ImportEncoding::Utf8,
        Encoding::Utf16Le => ImportEncoding::Utf16Le,
        Encoding::Utf16Be => ImportEncoding::Utf16Be,
        Encoding::Windows1252 => ImportEncoding::Windows1252,
    }
}

/// As the sheets know it.
pub const fn of_separator(separator: ImportSeparator) -> Separator {
    match separator {
        ImportSeparator::Comma => Separator::Comma,
        ImportSeparator::Semicolon => Separator::Semicolon,
        ImportSeparator::Tab => Separator::Tab,
    }
}

pub const fn to_separator(separator: Separator) -> ImportSeparator {
    match separator {
        Separator::Comma => ImportSeparator::Comma,
        Separator::Semicolon => ImportSeparator::Semicolon,
        Separator::Tab => ImportSeparator::Tab,
    }
}

/// Reads the file at `path`; whether it was a spreadsheet.
pub fn read_file(path: &Path) -> (Source, bool) {
    let read = || {
        if std::fs::metadata(path)?.len() > LARGEST {
            return Ok((Source::TooLarge, false));
        }
        Ok(read_bytes(std::fs::read(path)?))
    };
    read().unwrap_or_else(|error: std::io::Error| (Source::Closed(error.to_string()), false))
}

/// A spreadsheet becomes text with tabs, and that is said; anything else is text, or says why it is none.
pub fn read_bytes(bytes: Vec<u8>) -> (Source, bool) {
    match book::first_sheet(&bytes) {
        Some(Ok(text)) => (Source::read(text.into_bytes(), None), true),
        // What cannot be read is said to be a spreadsheet: saved as CSV it can.
        Some(Err(_)) | None => (Source::read(bytes, None), false),
    }
}
