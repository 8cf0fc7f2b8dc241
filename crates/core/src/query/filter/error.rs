//! What is wrong with a filter, and where.

pub use crate::api::FilterErrorCode;

/// A part of the typed text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One beyond the last.
    pub end: usize,
}

impl Span {
    /// From `start` to before `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The same place in UTF-16 units of `text`, as a text box of the window counts.
    pub fn utf16(self, text: &str) -> (u32, u32) {
        let units = |end: usize| {
            let before = text.get(..end).unwrap_or(text);
            u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
        };
        (units(self.start), units(self.end))
    }
}

/// A filter that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FilterError {
    /// The kind.
    pub code: FilterErrorCode,
    /// Where.
    pub span: Span,
    /// One English sentence. It repeats what was typed, so it never goes to a log.
    pub message: String,
    /// What was typed there, cut to a limit.
    pub typed: String,
    /// What could stand there instead, where that is known: a field, or values.
    pub hint: Option<String>,
}

/// Letters of the typed text that a message repeats.
const REPEATED: usize = 60;

impl FilterError {
    pub(super) fn new(code: FilterErrorCode, text: &str, span: Span) -> Self {
        let typed: String =
            text.get(span.start..span.end).unwrap_or_default().chars().take(REPEATED).collect();
        Self { code, span, message: sentence(code, &typed), typed, hint: None }
    }

    pub(super) fn hinting(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into()).filter(|hint| !hint.is_empty());
        self
    }
}

fn sentence(code: FilterErrorCode, typed: &str) -> String {
    match code {
        FilterErrorCode::TooLong => "The filter is too long.".to_owned(),
        FilterErrorCode::TooDeep => "Too many parentheses stand within one another.".to_owned(),
        FilterErrorCode::TooMany => "The filter has too many conditions.".to_owned(),
        FilterErrorCode::UnclosedQuote => "This quotation mark is never closed.".to_owned(),
        FilterErrorCode::UnclosedPattern => "This regular expression is never closed by “/”.".to_owned(),
        FilterErrorCode::UnclosedParenthesis => "This parenthesis is never closed.".to_owned(),
        FilterErrorCode::StrayParenthesis => "This parenthesis closes nothing.".to_owned(),
        FilterErrorCode::MissingTerm => "Something to look for is missing here.".to_owned(),
        FilterErrorCode::MissingValue => format!("“{typed}” needs a value."),
        FilterErrorCode::UnknownField => {
            format!("There is no field “{typed}”. To look for the text itself, put it in quotation marks.")
        }
        FilterErrorCode::UnknownValue => format!("“{typed}” is not a value of this field."),
        FilterErrorCode::BadTime => {
            format!("“{typed}” is not a time. Use a date like 2026-01-31, “today”, or an age like 30d.")
        }
        FilterErrorCode::BadNumber => format!("“{typed}” is not a number."),
        FilterErrorCode::BadPattern => "This regular expression cannot be used.".to_owned(),
        FilterErrorCode::NotComparable => "This field cannot be compared with <, > or a range.".to_owned(),
        FilterErrorCode::BackwardRange => "The end of this range is before its beginning.".to_owned(),
    }
}
