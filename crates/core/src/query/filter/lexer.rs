//! Letters to words, field names and values. What a letter means depends on what came before it (a comma separates only
//! after a field), so the parser asks for what it expects and each answer has its place.

use super::error::{FilterError, FilterErrorCode, Span};

/// How a value compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// No sign.
    Plain,
    /// `=`
    Whole,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// One value as typed, quotation marks resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    pub span: Span,
    pub compare: Compare,
    pub kind: ValueKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueKind {
    Text {
        pieces: Vec<Piece>,
        /// Some of it in quotation marks: never a keyword.
        quoted: bool,
        /// In single quotation marks: as written.
        written: bool,
    },
    Regex {
        source: String,
        written: bool,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// `*`
    Many,
    /// `?`
    One,
}

/// Reads the text from its beginning.
#[derive(Debug)]
pub struct Lexer<'a> {
    pub text: &'a str,
    at: usize,
}

/// White space, and control characters, which are never typed.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

impl<'a> Lexer<'a> {
    pub const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Where it stands.
    pub const fn at(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes one letter.
    pub fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    pub fn skip_space(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.bump();
        }
    }

    /// Takes `word` when it stands here as a word of its own.
    pub fn keyword(&mut self, word: &str) -> Option<Span> {
        let after = self.rest().strip_prefix(word)?;
        if after.chars().next().is_some_and(|c| !is_space(c) && c != '(' && c != ')') {
            return None;
        }
        let span = Span::new(self.at, self.at + word.len());
        self.at = span.end;
        Some(span)
    }

    /// A `-` with something to negate behind it.
    pub fn minus(&mut self) -> bool {
        let negates = self
            .rest()
            .strip_prefix('-')
            .and_then(|rest| rest.chars().next())
            .is_some_and(|c| !is_space(c) && c != ')');
        if negates {
            self.at += 1;
        }
        negates
    }

    /// A name with a colon behind it. The span is that of the name.
    pub fn field(&mut self) -> Option<Span> {
        let rest = self.rest();
        let colon = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$')))?;
        if !rest.starts_with(|c: char| c.is_alphabetic()) || !rest.get(colon..)?.starts_with(':') {
            return None;
        }
        let span = Span::new(self.at, self.at + colon);
        self.at = span.end + 1;
        Some(span)
    }

    /// A value behind a field: with a sign, a regular expression, or text up to a space, comma or parenthesis.
    pub fn value(&mut self) -> Result<Option<Value>, FilterError> {
        let start = self.at;
        let compare = self.compare();
        let kind = if self.peek() == Some('/') { self.regex()? } else { self.text_value(true)? };
        let span = Span::new(start, self.at);
        Ok(kind.map(|kind| Value { span, compare, kind }))
    }

    /// A word without a field.
    pub fn word(&mut self) -> Result<Option<Value>, FilterError> {
        let start = self.at;
        let kind = self.text_value(false)?;
        let span = Span::new(start, self.at);
        Ok(kind.map(|kind| Value { span, compare: Compare::Plain, kind }))
    }

    fn compare(&mut self) -> Compare {
        let signs = [
            ("<=", Compare::LessOrEqual),
            (">=", Compare::GreaterOrEqual),
            ("<", Compare::Less),
            (">", Compare::Greater),
            ("=", Compare::Whole),
        ];
        for (sign, compare) in signs {
            if self.rest().starts_with(sign) {
                self.at += sign.len();
                return compare;
            }
        }
        Compare::Plain
    }

    fn regex(&mut self) -> Result<Option<ValueKind>, FilterError> {
        let start = self.at;
        self.bump();
        let mut source = String::new();
        loop {
            match self.bump() {
                None => {
                    let span = Span::new(start, self.at);
                    return Err(FilterError::new(FilterErrorCode::UnclosedPattern, self.text, span));
                }
                Some('/') => break,
                Some('\\') if self.peek() == Some('/') => source.extend(self.bump()),
                Some('\\') => {
                    source.push('\\');
                    source.extend(self.bump());
                }
                Some(c) => source.push(c),
            }
        }
        let written = self.peek() == Some('c');
        if written {
            self.bump();
        }
        Ok(Some(ValueKind::Regex { source, written }))
    }

    fn text_value(&mut self, listed: bool) -> Result<Option<ValueKind>, FilterError> {
        if let Some(text) = self.as_written() {
            return Ok(Some(ValueKind::Text {
                pieces: vec![Piece::Text(text)],
                quoted: true,
                written: true,
            }));
        }
        let (mut pieces, mut text, mut quoted, mut open) = (Vec::new(), String::new(), false, 0_u32);
        while let Some(c) = self.peek() {
            match c {
                '"' => {
                    text.push_str(&self.quoted()?);
                    quoted = true;
                    continue;
                }
                ')' if open == 0 => break,
                ',' if listed => break,
                c if is_space(c) => break,
                '(' => open += 1,
                ')' => open -= 1,
                _ => {}
            }
            self.bump();
            match c {
                '*' | '?' => {
                    if !text.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut text)));
                    }
                    pieces.push(if c == '*' { Piece::Many } else { Piece::One });
                }
                '\\' => text.push(self.bump().unwrap_or('\\')),
                c => text.push(c),
            }
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        Ok((!pieces.is_empty() || quoted).then_some(ValueKind::Text { pieces, quoted, written: false }))
    }

    fn quoted(&mut self) -> Result<String, FilterError> {
        let start = self.at;
        self.bump();
        let mut text = String::new();
        loop {
            match self.bump() {
                None => {
                    let span = Span::new(start, self.at);
                    return Err(FilterError::new(FilterErrorCode::UnclosedQuote, self.text, span));
                }
                Some('"') => return Ok(text),
                Some('\\') => text.push(self.bump().unwrap_or('\\')),
                Some(c) => text.push(c),
            }
        }
    }

    /// `'Ada'`. An apostrophe that nothing closes before a space is a letter: `'s-Gravenhage`.
    fn as_written(&mut self) -> Option<String> {
        let inner = self.rest().strip_prefix('\'')?;
        let closes = |(at, _): &(usize, &str)| {
            inner.get(at + 1..).is_none_or(|after| {
                after.chars().next().is_none_or(|c| is_space(c) || matches!(c, ')' | ','))
            })
        };
        let (end, _) = inner.match_indices('\'').find(closes)?;
        let text = inner.get(..end)?;
        self.at += end + 2;
        Some(text.to_owned())
    }
}

/// `text` as a value that means exactly these letters.
pub fn quoted(text: &str) -> String {
    let mut value = String::with_capacity(text.len() + 2);
    value.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            value.push('\\');
        }
        value.push(if c.is_control() { ' ' } else { c });
    }
    value.push('"');
    value
}
