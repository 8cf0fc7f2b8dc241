//! Words and values to a tree in which every part knows its place. It knows the grammar and no field.

use super::complete::boundary;
use super::error::{FilterError, FilterErrorCode, Span};
use super::lexer::{Lexer, Value};

/// Bytes looked at.
const LONGEST: usize = 4_000;
/// Parentheses and negations in one another.
const DEEPEST: usize = 40;
/// Conditions.
const MOST: usize = 200;

/// A part of the typed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
    Term(Term),
}

/// A field with its values, or a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub span: Span,
    /// Place of the name, without the colon.
    pub field: Option<Span>,
    pub values: Vec<Value>,
}

/// Reads a whole filter; `None` for one that asks nothing.
pub fn parse(text: &str) -> Result<Option<Expr>, FilterError> {
    if text.len() > LONGEST {
        let end = boundary(text, LONGEST);
        return Err(FilterError::new(FilterErrorCode::TooLong, text, Span::new(end, text.len())));
    }
    let mut parser = Parser { lexer: Lexer::new(text), terms: 0, depth: 0 };
    parser.lexer.skip_space();
    if parser.lexer.peek().is_none() {
        return Ok(None);
    }
    let whole = parser.any_of()?;
    match parser.lexer.peek() {
        Some(_) => Err(parser.error_here(FilterErrorCode::StrayParenthesis)),
        None => Ok(Some(whole)),
    }
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    terms: usize,
    depth: usize,
}

impl Parser<'_> {
    fn error(&self, code: FilterErrorCode, span: Span) -> FilterError {
        FilterError::new(code, self.lexer.text, span)
    }

    /// At the next letter, or the end.
    fn error_here(&self, code: FilterErrorCode) -> FilterError {
        let at = self.lexer.at();
        self.error(code, Span::new(at, at + self.lexer.peek().map_or(0, char::len_utf8)))
    }

    fn any_of(&mut self) -> Result<Expr, FilterError> {
        let mut parts = vec![self.all_of()?];
        while let Some(span) = self.lexer.keyword("OR") {
            parts.push(self.operand(span, Self::all_of)?);
        }
        Ok(one_or(parts, Expr::Or))
    }

    fn all_of(&mut self) -> Result<Expr, FilterError> {
        let mut parts = vec![self.not()?];
        loop {
            self.lexer.skip_space();
            if let Some(span) = self.lexer.keyword("AND") {
                parts.push(self.operand(span, Self::not)?);
                continue;
            }
            if matches!(self.lexer.peek(), None | Some(')')) || self.at_or() {
                return Ok(one_or(parts, Expr::And));
            }
            parts.push(self.not()?);
        }
    }

    fn at_or(&mut self) -> bool {
        let mut ahead = Lexer::new(self.lexer.text.get(self.lexer.at()..).unwrap_or_default());
        ahead.keyword("OR").is_some()
    }

    /// What an operator at `span` must have behind it.
    fn operand(
        &mut self,
        span: Span,
        read: fn(&mut Self) -> Result<Expr, FilterError>,
    ) -> Result<Expr, FilterError> {
        self.lexer.skip_space();
        match self.lexer.peek() {
            None | Some(')') => Err(self.error(FilterErrorCode::MissingTerm, span)),
            Some(_) => read(self),
        }
    }

    fn not(&mut self) -> Result<Expr, FilterError> {
        self.lexer.skip_space();
        let start = self.lexer.at();
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error_here(FilterErrorCode::TooDeep));
        }
        let expr = if let Some(span) = self.lexer.keyword("NOT") {
            Expr::Not(Box::new(self.operand(span, Self::not)?))
        } else if self.lexer.minus() {
            Expr::Not(Box::new(self.not()?))
        } else if self.lexer.peek() == Some('(') {
            self.group(start)?
        } else {
            self.term()?
        };
        self.depth -= 1;
        Ok(expr)
    }

    fn group(&mut self, start: usize) -> Result<Expr, FilterError> {
        self.lexer.bump();
        self.lexer.skip_space();
        if self.lexer.peek() == Some(')') {
            return Err(self.error(FilterErrorCode::MissingTerm, Span::new(start, self.lexer.at() + 1)));
        }
        if self.lexer.peek().is_none() {
            return Err(self.error(FilterErrorCode::UnclosedParenthesis, Span::new(start, start + 1)));
        }
        let inner = self.any_of()?;
        if self.lexer.bump() != Some(')') {
            return Err(self.error(FilterErrorCode::UnclosedParenthesis, Span::new(start, start + 1)));
        }
        Ok(inner)
    }

    fn term(&mut self) -> Result<Expr, FilterError> {
        let start = self.lexer.at();
        for operator in ["OR", "AND"] {
            if let Some(span) = self.lexer.keyword(operator) {
                return Err(self.error(FilterErrorCode::MissingTerm, span));
            }
        }
        self.terms += 1;
        let Some(field) = self.lexer.field() else {
            let word =
                self.lexer.word()?.ok_or_else(|| self.error_here(FilterErrorCode::StrayParenthesis))?;
            let term = Term { span: word.span, field: None, values: vec![word] };
            return self.counted(term);
        };
        let mut values = Vec::new();
        loop {
            let Some(value) = self.lexer.value()? else {
                return Err(self.error(FilterErrorCode::MissingValue, Span::new(start, self.lexer.at())));
            };
            self.terms += 1;
            values.push(value);
            if self.lexer.peek() != Some(',') {
                break;
            }
            self.lexer.bump();
        }
        self.counted(Term { span: Span::new(start, self.lexer.at()), field: Some(field), values })
    }

    fn counted(&self, term: Term) -> Result<Expr, FilterError> {
        if self.terms > MOST {
            return Err(self.error(FilterErrorCode::TooMany, term.span));
        }
        Ok(Expr::Term(term))
    }
}

fn one_or(mut parts: Vec<Expr>, many: fn(Vec<Expr>) -> Expr) -> Expr {
    match parts.len() {
        1 => parts.pop().unwrap_or(Expr::And(Vec::new())),
        _ => many(parts),
    }
}
