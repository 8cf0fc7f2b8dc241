//! A text test made ready to look at many values.

use memchr::memmem::Finder;
use regex::bytes::{Regex, RegexBuilder};

use super::tree::{Match, Test};
use crate::model::{COLUMN_END, fold};

/// Memory one compiled expression may take.
const SIZE: usize = 1 << 20;

/// A test made ready.
#[derive(Debug)]
pub struct Matcher {
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Contains(Box<Finder<'static>>),
    Exact(Vec<u8>),
    Pattern(Regex),
    Nothing,
}

impl Matcher {
    /// Made ready. An expression that cannot be compiled matches nothing; `check` has refused it before.
    pub fn new(asked: &Match) -> Self {
        let kind = match &asked.test {
            Test::Contains(text) => Kind::Contains(Box::new(Finder::new(text.as_bytes()).into_owned())),
            Test::Exact(text) => Kind::Exact(text.as_bytes().to_vec()),
            Test::Pattern(source) => compile(source).map_or(Kind::Nothing, Kind::Pattern),
        };
        Self { kind }
    }

    /// Whether a value passes.
    pub fn matches(&self, value: &[u8]) -> bool {
        match &self.kind {
            Kind::Contains(finder) => finder.find(value).is_some(),
            Kind::Exact(text) => text == value,
            Kind::Pattern(regex) => regex.is_match(value),
            Kind::Nothing => false,
        }
    }
}

impl Match {
    /// A text that every value which passes contains, once folded; `None` where none is known.
    pub fn literal(&self) -> Option<String> {
        let literal = match &self.test {
            Test::Contains(text) | Test::Exact(text) => text.clone(),
            Test::Pattern(source) => simple_literal(source)?,
        };
        let literal = if self.written { folded(&literal) } else { literal };
        Some(literal).filter(|literal| !literal.is_empty())
    }
}

/// Compiles an expression within limits of size. It never takes more time than the value is long.
pub fn compile(source: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(source).size_limit(SIZE).dfa_size_limit(SIZE).build()
}

/// Folded, without what ends a column.
pub fn folded(text: &str) -> String {
    fold(text).replace(|c: char| c == COLUMN_END || c.is_control(), " ")
}

/// Beginning and separator of what a pattern with `*` and `?` becomes.
const WHOLE: &str = "(?s)^";
const MANY: &str = ".*";
const ONE: &str = ".";

/// The expression for a pattern.
pub fn wildcard(pieces: impl Iterator<Item = Wild>) -> String {
    let mut source = String::from(WHOLE);
    for piece in pieces {
        match piece {
            Wild::Text(text) => source.push_str(&regex::escape(&text)),
            Wild::Many => source.push_str(MANY),
            Wild::One => source.push_str(ONE),
        }
    }
    source.push('$');
    source
}

/// A part of a pattern.
pub enum Wild {
    /// These letters.
    Text(String),
    /// Any letters, or none.
    Many,
    /// Any one letter.
    One,
}

/// The longest run of plain letters of a pattern made by [`wildcard`].
fn simple_literal(source: &str) -> Option<String> {
    let body = source.strip_prefix(WHOLE)?.strip_suffix('$')?;
    let (mut longest, mut run) = (String::new(), String::new());
    let mut letters = body.chars();
    while let Some(c) = letters.next() {
        match c {
            '\\' => run.extend(letters.next()),
            '.' | '*' => {
                if run.len() > longest.len() {
                    longest = std::mem::take(&mut run);
                }
                run.clear();
            }
            c => run.push(c),
        }
    }
    Some(if run.len() > longest.len() { run } else { longest })
}
