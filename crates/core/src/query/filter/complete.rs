//! What could be typed at the cursor: a field, or a value of a field. It only finds the place; `query::complete` knows the
//! values.

use super::error::Span;
use super::field::{self, Field};

/// The part that a completion replaces, and what belongs there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What is replaced: from the beginning of the word or value to the cursor.
    pub span: Span,
    pub asked: Asked,
}

/// What belongs at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A word, perhaps the beginning of a field's name.
    Word(String),
    /// A value of a field; the beginning that is there, quotation marks aside.
    Value(Field, String),
    /// A value of a field that does not exist, or one inside a regular expression.
    Nothing,
}

/// The place before byte `cursor`.
pub fn place(text: &str, cursor: usize) -> Place {
    let cursor = boundary(text, cursor);
    let before = text.get(..cursor).unwrap_or_default();
    let start = word_start(before);
    let word = before.get(start..).unwrap_or_default();
    let skipped = word.len() - word.trim_start_matches(['-', '(']).len();
    let (start, word) = (start + skipped, word.get(skipped..).unwrap_or_default());
    let Some((name, values)) =
        word.split_once(':').filter(|(name, _)| !name.is_empty() && !name.contains('"'))
    else {
        return Place { span: Span::new(start, cursor), asked: Asked::Word(word.to_owned()) };
    };
    let Some(field) = field::find(name) else {
        return Place { span: Span::new(start, cursor), asked: Asked::Nothing };
    };
    let value = last_value(values);
    let value_start = cursor - value.len();
    let plain = value.trim_start_matches('=');
    if plain.starts_with(['/', '\'', '<', '>']) {
        return Place { span: Span::new(value_start, cursor), asked: Asked::Nothing };
    }
    let beginning = plain.replace('"', "");
    Place { span: Span::new(value_start, cursor), asked: Asked::Value(field, beginning) }
}

/// The last place at or before `at` that does not cut a letter.
pub fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// Where the word at the end of `before` begins; spaces within quotation marks do not end it.
fn word_start(before: &str) -> usize {
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, c) in before.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            c if !quoted && (c.is_whitespace() || c == ')') => start = at + c.len_utf8(),
            _ => {}
        }
    }
    start
}

/// The last of a list.
fn last_value(values: &str) -> &str {
    let (mut start, mut quoted) = (0, false);
    for (at, c) in values.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => start = at + 1,
            _ => {}
        }
    }
    values.get(start..).unwrap_or_default()
}
