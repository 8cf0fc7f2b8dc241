//! A filter cut into words, JSON values and brackets.

use serde_json::Value;

use crate::ScimError;

/// One piece of a filter.
#[derive(Clone, Debug, PartialEq)]
pub enum Lexeme {
    /// An attribute path, an operator or `and`, `or`, `not`.
    Word(String),
    /// A JSON string, number, boolean or null.
    Literal(Value),
    /// One of `( ) [ ]`.
    Bracket(char),
}

/// Cuts `text`.
pub fn cut(text: &str) -> Result<Vec<Lexeme>, ScimError> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '(' | ')' | '[' | ']' => {
                found.push(Lexeme::Bracket(first));
                1
            }
            '"' => {
                let length = string_length(rest).ok_or_else(|| wrong(text, "a string does not end"))?;
                let literal = rest.get(..length).unwrap_or_default();
                found.push(Lexeme::Literal(
                    serde_json::from_str(literal).map_err(|_| wrong(text, "a string is not JSON"))?,
                ));
                length
            }
            _ => {
                let length =
                    rest.find(|c: char| c.is_whitespace() || "()[]\"".contains(c)).unwrap_or(rest.len());
                let word = rest.get(..length).unwrap_or_default();
                found.push(match serde_json::from_str::<Value>(word) {
                    Ok(value) => Lexeme::Literal(value),
                    Err(_) => Lexeme::Word(word.to_owned()),
                });
                length
            }
        };
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    Ok(found)
}

/// What a filter that cannot be read is answered with.
pub fn wrong(text: &str, reason: &str) -> ScimError {
    ScimError::bad("invalidFilter", format!("The filter cannot be read, {reason}: {text}"))
}

fn string_length(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (place, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(place + 1),
            _ => {}
        }
    }
    None
}
