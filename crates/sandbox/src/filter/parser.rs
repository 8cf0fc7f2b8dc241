//! Filters as data: `or` binds weakest, then `and`, then `not`; values in brackets apply to one item of a list.

use rusqlite::types::Value as SqlValue;
use serde_json::Value;

use super::lexer::{Lexeme, cut, wrong};
use super::path::{Column, Path};
use crate::ScimError;
use crate::clock::parse_ms;
use crate::store::Kind;

/// A filter.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// Both match.
    And(Box<Filter>, Box<Filter>),
    /// One matches.
    Or(Box<Filter>, Box<Filter>),
    /// It does not match.
    Not(Box<Filter>),
    /// One item of a multi-valued attribute matches: `emails[type eq "work"]`.
    Item(Path, Box<Filter>),
    /// There is a value.
    Present(Path),
    /// A value compares.
    Compare(Comparison),
}

/// `path operator value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Left side.
    pub path: Path,
    /// How.
    pub operator: Operator,
    /// Right side: text, number, boolean or null.
    pub value: Value,
}

/// How values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// Equal.
    Eq,
    /// Not equal.
    Ne,
    /// Contains.
    Co,
    /// Starts with.
    Sw,
    /// Ends with.
    Ew,
    /// Greater.
    Gt,
    /// Greater or equal.
    Ge,
    /// Less.
    Lt,
    /// Less or equal.
    Le,
}

/// Deeper nesting is refused, so that a filter cannot exhaust the stack.
const DEEPEST: usize = 40;

impl Filter {
    /// Reads `text`.
    pub fn parse(text: &str) -> Result<Self, ScimError> {
        let mut parser = Parser { text, lexemes: cut(text)?.into_iter().peekable(), depth: 0 };
        let filter = parser.any()?;
        match parser.lexemes.next() {
            None => Ok(filter),
            Some(_) => Err(wrong(text, "there is something after its end")),
        }
    }

    /// Conditions on indexed columns that every match fulfils, as `column operator` and a value: they spare reading
    /// rows that cannot match.
    pub fn narrowing(&self, kind: Option<Kind>) -> Vec<(String, SqlValue)> {
        match self {
            Self::And(left, right) => [left.narrowing(kind), right.narrowing(kind)].concat(),
            Self::Compare(comparison) => comparison.narrowing(kind).into_iter().collect(),
            Self::Or(..) | Self::Not(_) | Self::Item(..) | Self::Present(_) => Vec::new(),
        }
    }
}

impl Comparison {
    fn narrowing(&self, kind: Option<Kind>) -> Option<(String, SqlValue)> {
        let text = self.value.as_str()?;
        let operator = match self.operator {
            Operator::Eq => "=",
            Operator::Gt => ">",
            Operator::Ge => ">=",
            Operator::Lt => "<",
            Operator::Le => "<=",
            Operator::Ne | Operator::Co | Operator::Sw | Operator::Ew => return None,
        };
        match self.path.column(kind)? {
            Column::Modified => Some((format!("modified {operator}"), SqlValue::Integer(parse_ms(text)?))),
            Column::Id if operator == "=" => Some(("id =".to_owned(), SqlValue::Text(text.to_owned()))),
            Column::Name if operator == "=" => {
                Some(("name_key =".to_owned(), SqlValue::Text(text.trim().to_lowercase())))
            }
            Column::Id | Column::Name => None,
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    lexemes: std::iter::Peekable<std::vec::IntoIter<Lexeme>>,
    depth: usize,
}

impl Parser<'_> {
    fn any(&mut self) -> Result<Filter, ScimError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(wrong(self.text, "it nests too deep"));
        }
        let mut left = self.all()?;
        while self.takes_word("or") {
            left = Filter::Or(Box::new(left), Box::new(self.all()?));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn all(&mut self) -> Result<Filter, ScimError> {
        let mut left = self.one()?;
        while self.takes_word("and") {
            left = Filter::And(Box::new(left), Box::new(self.one()?));
        }
        Ok(left)
    }

    fn one(&mut self) -> Result<Filter, ScimError> {
        if self.takes_word("not") {
            return Ok(Filter::Not(Box::new(self.in_brackets('(', ')')?)));
        }
        if self.lexemes.peek() == Some(&Lexeme::Bracket('(')) {
            return self.in_brackets('(', ')');
        }
        let path = self.path()?;
        if self.lexemes.peek() == Some(&Lexeme::Bracket('[')) {
            return Ok(Filter::Item(path, Box::new(self.in_brackets('[', ']')?)));
        }
        self.comparison(path)
    }

    fn comparison(&mut self, path: Path) -> Result<Filter, ScimError> {
        let Some(Lexeme::Word(word)) = self.lexemes.next() else {
            return Err(wrong(self.text, "an operator is missing"));
        };
        let operator = match word.to_ascii_lowercase().as_str() {
            "pr" => return Ok(Filter::Present(path)),
            "eq" => Operator::Eq,
            "ne" => Operator::Ne,
            "co" => Operator::Co,
            "sw" => Operator::Sw,
            "ew" => Operator::Ew,
            "gt" => Operator::Gt,
            "ge" => Operator::Ge,
            "lt" => Operator::Lt,
            "le" => Operator::Le,
            _ => return Err(wrong(self.text, &format!("{word} is not an operator"))),
        };
        let Some(Lexeme::Literal(value)) = self.lexemes.next() else {
            return Err(wrong(self.text, "a value is missing"));
        };
        let text_only = matches!(operator, Operator::Co | Operator::Sw | Operator::Ew);
        let ordered = matches!(operator, Operator::Gt | Operator::Ge | Operator::Lt | Operator::Le);
        if (text_only && !value.is_string()) || (ordered && (value.is_boolean() || value.is_null())) {
            return Err(wrong(self.text, &format!("{word} does not fit its value")));
        }
        Ok(Filter::Compare(Comparison { path, operator, value }))
    }

    fn path(&mut self) -> Result<Path, ScimError> {
        match self.lexemes.next() {
            Some(Lexeme::Word(word)) => {
                Path::parse(&word).map_err(|_| wrong(self.text, &format!("{word} is not an attribute")))
            }
            Some(Lexeme::Literal(_) | Lexeme::Bracket(_)) | None => {
                Err(wrong(self.text, "an attribute is missing"))
            }
        }
    }

    fn in_brackets(&mut self, open: char, close: char) -> Result<Filter, ScimError> {
        if self.lexemes.next() != Some(Lexeme::Bracket(open)) {
            return Err(wrong(self.text, &format!("{open} is missing")));
        }
        let filter = self.any()?;
        if self.lexemes.next() != Some(Lexeme::Bracket(close)) {
            return Err(wrong(self.text, &format!("{close} is missing")));
        }
        Ok(filter)
    }

    fn takes_word(&mut self, word: &str) -> bool {
        self.lexemes
            .next_if(|lexeme| matches!(lexeme, Lexeme::Word(own) if own.eq_ignore_ascii_case(word)))
            .is_some()
    }
}
