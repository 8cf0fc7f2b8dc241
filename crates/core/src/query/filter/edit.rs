//! Changes to a typed filter that a click makes: a value of a field chosen, or no longer.

use super::check::{Filter, Part, keyword};
use super::error::Span;
use super::field::Field;
use super::lexer::{Compare, Piece, Value, ValueKind, quoted};
use super::matcher::folded;
use super::tree::Node;

/// A value that a click chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice<'a> {
    /// A word with a meaning of its own.
    Keyword(&'a str),
    /// Exactly this text.
    Text(&'a str),
}

impl Choice<'_> {
    /// As typed.
    pub fn typed(self) -> String {
        match self {
            Self::Keyword(word) => word.to_owned(),
            Self::Text(text) => format!("={}", quoted(text)),
        }
    }

    fn is(self, value: &Value) -> bool {
        match self {
            Self::Keyword(word) => keyword(value).as_deref() == Some(word),
            Self::Text(exact) => value.exact_text().is_some_and(|text| folded(text) == folded(exact)),
        }
    }
}

impl Value {
    fn exact_text(&self) -> Option<&str> {
        match (&self.kind, self.compare) {
            (ValueKind::Text { pieces, written: false, .. }, Compare::Whole) => match pieces.as_slice() {
                [Piece::Text(text)] => Some(text),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Filter {
    /// Texts that are asked for exactly in a field.
    pub(in crate::query) fn chosen_texts(&self, field: &Field) -> Vec<&str> {
        let parts = self.parts.iter().filter(|part| part.field.as_ref() == Some(field));
        parts.flat_map(|part| &part.values).filter_map(|value| value.exact_text()).collect()
    }

    /// Whether `choice` is asked for, and `text` (what this filter was read from) with it taken out or put in.
    pub(in crate::query) fn toggled(
        &self,
        text: &str,
        field: &Field,
        name: &str,
        choice: Choice<'_>,
    ) -> (bool, String) {
        let mut own = self.parts.iter().filter(|part| part.field.as_ref() == Some(field));
        if let Some((part, at)) =
            own.clone().find_map(|part| Some((part, part.values.iter().position(|value| choice.is(value))?)))
        {
            return (true, without(text, part, at));
        }
        if let Some(part) = own.next() {
            let (before, after) = (cut(text, 0, part.span.end), cut(text, part.span.end, text.len()));
            return (false, format!("{before},{}{after}", choice.typed()));
        }
        let term = format!("{name}:{}", choice.typed());
        let text = text.trim();
        let any_of = matches!(self.parts.as_slice(), [Part { node: Node::Or(_), field: None, .. }]);
        let text = if text.is_empty() {
            term
        } else if any_of {
            format!("({text}) {term}")
        } else {
            format!("{text} {term}")
        };
        (false, text)
    }
}

/// `text` without one value; without the whole condition when it was the only one.
fn without(text: &str, part: &Part, at: usize) -> String {
    if part.values.len() == 1 {
        let (before, after) = (cut(text, 0, part.span.start), cut(text, part.span.end, text.len()));
        return format!("{} {}", before.trim_end(), after.trim_start()).trim().to_owned();
    }
    let spans: Vec<Span> = part
        .values
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != at)
        .map(|(_, value)| value.span)
        .collect();
    let values: Vec<&str> = spans.iter().map(|span| cut(text, span.start, span.end)).collect();
    let first = part.values.first().map_or(part.span.end, |value| value.span.start);
    format!("{}{}{}", cut(text, 0, first), values.join(","), cut(text, part.span.end, text.len()))
}

fn cut(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}
