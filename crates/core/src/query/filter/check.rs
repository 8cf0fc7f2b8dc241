//! The typed tree becomes the checked one: names become fields, values what those fields understand.

use super::error::{FilterError, FilterErrorCode, Span};
use super::field::{self, FIELDS, Field, nearest};
use super::lexer::{Compare, Piece, Value, ValueKind};
use super::matcher::{Wild, compile, folded, wildcard};
use super::meaning::{known, not, organization, without};
use super::parser::{Expr, Term, parse};
use super::tree::{Condition, CountField, Match, Node, NumberRange, Test, TimeField, TimeRange};
use super::{number, time};
use crate::model::Moment;

/// A filter that was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub(in crate::query) parts: Vec<Part>,
}

/// One of the parts that must all hold, and where it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::query) struct Part {
    pub node: Node,
    pub span: Span,
    /// Its field, when it is one condition that is not negated.
    pub field: Option<Field>,
    /// Its values as typed, with that field.
    pub values: Vec<Value>,
}

impl Filter {
    /// Reads what was typed, at a moment.
    ///
    /// # Errors
    /// When it cannot be understood; the error has its place.
    pub fn parse(text: &str, moment: &Moment) -> Result<Self, FilterError> {
        let checker = Checker { text, moment };
        let parts = match parse(text)? {
            None => Vec::new(),
            Some(Expr::And(parts)) => parts,
            Some(one @ (Expr::Or(_) | Expr::Not(_) | Expr::Term(_))) => vec![one],
        };
        let parts = parts.into_iter().map(|part| checker.part(part)).collect::<Result<_, _>>()?;
        Ok(Self { parts })
    }
}

struct Checker<'a> {
    text: &'a str,
    moment: &'a Moment,
}

impl Checker<'_> {
    fn part(&self, expr: Expr) -> Result<Part, FilterError> {
        let node = self.node(&expr)?;
        Ok(match expr {
            Expr::Term(term) => {
                let field = term.field.and_then(|name| field::find(self.typed(name)));
                Part { node, span: term.span, field, values: term.values }
            }
            Expr::And(_) | Expr::Or(_) | Expr::Not(_) => {
                Part { node, span: Span::default(), field: None, values: Vec::new() }
            }
        })
    }

    fn typed(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    fn error(&self, code: FilterErrorCode, span: Span) -> FilterError {
        FilterError::new(code, self.text, span)
    }

    fn node(&self, expr: &Expr) -> Result<Node, FilterError> {
        Ok(match expr {
            Expr::And(parts) => Node::And(self.nodes(parts)?),
            Expr::Or(parts) => Node::Or(self.nodes(parts)?),
            Expr::Not(inner) => not(self.node(inner)?),
            Expr::Term(term) => self.term(term)?,
        })
    }

    fn nodes(&self, parts: &[Expr]) -> Result<Vec<Node>, FilterError> {
        parts.iter().map(|part| self.node(part)).collect()
    }

    fn term(&self, term: &Term) -> Result<Node, FilterError> {
        let Some(name) = term.field else {
            return term.values.first().map_or(Ok(Node::And(Vec::new())), |word| self.word(word));
        };
        let Some(field) = field::find(self.typed(name)) else {
            let hint = nearest(self.typed(name)).unwrap_or_default();
            return Err(self.error(FilterErrorCode::UnknownField, name).hinting(hint));
        };
        let values: Vec<Node> =
            term.values.iter().map(|value| self.value(&field, value)).collect::<Result<_, _>>()?;
        Ok(if values.len() == 1 { Node::And(values) } else { Node::Or(values) })
    }

    /// A word without a field. What folds to several words (a sign that folds to a space) is several words.
    fn word(&self, word: &Value) -> Result<Node, FilterError> {
        let asked = self.text_match(word)?;
        if let (Test::Contains(text), ValueKind::Text { quoted: false, .. }) = (&asked.test, &word.kind) {
            let words = text.split(char::is_whitespace).filter(|word| !word.is_empty());
            let found = words.map(|word| {
                Node::Is(Condition::Anywhere(Match { test: Test::Contains(word.to_owned()), written: false }))
            });
            return Ok(Node::And(found.collect()));
        }
        Ok(Node::Is(Condition::Anywhere(asked)))
    }

    fn value(&self, field: &Field, value: &Value) -> Result<Node, FilterError> {
        if let Some(keyword) = keyword(value)
            && let Some(node) = known(field).and_then(|known| match keyword.as_str() {
                "none" => Some(without(field, known)),
                "any" => Some(known),
                "never" if matches!(field, Field::Time(_)) => Some(without(field, known)),
                _ => None,
            })
        {
            return Ok(node);
        }
        match field {
            Field::Any => self.compared(value).map(|asked| Node::Is(Condition::Anywhere(asked))),
            Field::Text(column) => {
                self.compared(value).map(|asked| Node::Is(Condition::Text(*column, asked)))
            }
            Field::Organization => self.compared(value).map(organization),
            Field::Named(relation) => {
                self.compared(value).map(|asked| Node::Is(Condition::Named(*relation, asked)))
            }
            Field::Account => self.compared(value).map(|asked| Node::Is(Condition::Account(asked))),
            Field::Id => self.compared(value).map(|asked| Node::Is(Condition::Id(asked))),
            Field::Status => self.status(value),
            Field::Has => self.has(value),
            Field::Time(time) => {
                let range = time::range(
                    value.compare,
                    &self.plain(value, FilterErrorCode::BadTime)?,
                    self.moment,
                    self.text,
                    value.span,
                )?;
                Ok(Node::Is(Condition::Time(*time, range)))
            }
            Field::Count(count) => Ok(Node::Is(Condition::Count(*count, self.numbers(value)?))),
            Field::Factors => self.factors(value),
            Field::Invitation => self.invitation(value),
            Field::Raw(path) => self.raw(path, value),
        }
    }

    fn numbers(&self, value: &Value) -> Result<NumberRange, FilterError> {
        let typed = self.plain(value, FilterErrorCode::BadNumber)?;
        number::range(value.compare, &typed, self.text, value.span)
    }

    /// The letters of a value that is no pattern.
    fn plain(&self, value: &Value, otherwise: FilterErrorCode) -> Result<String, FilterError> {
        match &value.kind {
            ValueKind::Text { pieces, written: false, .. } => match pieces.as_slice() {
                [Piece::Text(text)] => Ok(text.clone()),
                _ => Err(self.error(otherwise, value.span)),
            },
            ValueKind::Text { .. } | ValueKind::Regex { .. } => Err(self.error(otherwise, value.span)),
        }
    }

    /// A test of text, where `<` and `>` make no sense.
    fn compared(&self, value: &Value) -> Result<Match, FilterError> {
        match value.compare {
            Compare::Plain | Compare::Whole => self.text_match(value),
            Compare::Less | Compare::LessOrEqual | Compare::Greater | Compare::GreaterOrEqual => {
                Err(self.error(FilterErrorCode::NotComparable, value.span))
            }
        }
    }

    fn text_match(&self, value: &Value) -> Result<Match, FilterError> {
        match &value.kind {
            ValueKind::Regex { source, written } => self.regex(source, *written, value.span),
            ValueKind::Text { pieces, written, .. } => {
                let as_asked = |text: &str| if *written { text.to_owned() } else { folded(text) };
                let test = match pieces.as_slice() {
                    [] => return Err(self.error(FilterErrorCode::MissingValue, value.span)),
                    [Piece::Text(text)] if value.compare == Compare::Whole => Test::Exact(as_asked(text)),
                    [Piece::Text(text)] => Test::Contains(as_asked(text)),
                    pieces => Test::Pattern(wildcard(pieces.iter().map(|piece| match piece {
                        Piece::Text(text) => Wild::Text(as_asked(text)),
                        Piece::Many => Wild::Many,
                        Piece::One => Wild::One,
                    }))),
                };
                Ok(Match { test, written: *written })
            }
        }
    }

    /// Folded values are looked at with an expression whose letters are folded too; what is ASCII may be syntax and stays.
    fn regex(&self, source: &str, written: bool, span: Span) -> Result<Match, FilterError> {
        let source = if written {
            source.to_owned()
        } else {
            let plain =
                source.chars().map(|c| if c.is_ascii() { c.to_string() } else { folded(&c.to_string()) });
            format!("(?i){}", plain.collect::<String>())
        };
        if let Err(error) = compile(&source) {
            let words = error.to_string();
            let words = words.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            return Err(self.error(FilterErrorCode::BadPattern, span).hinting(words));
        }
        Ok(Match { test: Test::Pattern(source), written })
    }

    fn status(&self, value: &Value) -> Result<Node, FilterError> {
        let unknown =
            || self.error(FilterErrorCode::UnknownValue, value.span).hinting("active, suspended, none");
        match keyword(value).as_deref() {
            Some("active") => Ok(not(Node::Is(Condition::Suspended))),
            Some("suspended" | "inactive") => Ok(Node::Is(Condition::Suspended)),
            Some("none" | "unknown") => Ok(not(Node::Is(Condition::StatusKnown))),
            _ => Err(unknown()),
        }
    }

    fn has(&self, value: &Value) -> Result<Node, FilterError> {
        let name = keyword(value).unwrap_or_default();
        let found = field::find(&name);
        found.as_ref().and_then(known).ok_or_else(|| {
            let names: Vec<_> =
                FIELDS.iter().filter(|spec| spec.can_be_missing).map(|spec| spec.name).take(8).collect();
            let hint = nearest(&name).map_or_else(|| format!("{}…", names.join(", ")), str::to_owned);
            self.error(FilterErrorCode::UnknownValue, value.span).hinting(hint)
        })
    }

    fn factors(&self, value: &Value) -> Result<Node, FilterError> {
        let count = |from, to| Node::Is(Condition::Count(CountField::Factors, NumberRange { from, to }));
        Ok(match keyword(value).as_deref() {
            Some("none" | "off") => count(0, 0),
            Some("any" | "on") => count(1, i64::MAX),
            Some("unknown") => not(Node::Is(Condition::CountKnown(CountField::Factors))),
            _ => Node::Is(Condition::Count(CountField::Factors, self.numbers(value)?)),
        })
    }

    fn invitation(&self, value: &Value) -> Result<Node, FilterError> {
        let now = self.moment.now.as_millis();
        let ends = |from, to| Node::Is(Condition::Time(TimeField::InvitedUntil, TimeRange { from, to }));
        match keyword(value).as_deref() {
            Some("waiting" | "pending") => Ok(ends(now.saturating_add(1), i64::MAX)),
            Some("expired") => Ok(ends(i64::MIN, now.saturating_add(1))),
            Some("unknown" | "none") => Ok(not(Node::Is(Condition::TimeKnown(TimeField::InvitedUntil)))),
            Some("any") => Ok(Node::Is(Condition::TimeKnown(TimeField::InvitedUntil))),
            _ => Err(self
                .error(FilterErrorCode::UnknownValue, value.span)
                .hinting("waiting, expired, unknown".to_owned())),
        }
    }

    fn raw(&self, path: &str, value: &Value) -> Result<Node, FilterError> {
        let compares = !matches!(value.compare, Compare::Plain | Compare::Whole);
        let range = matches!(&value.kind, ValueKind::Text { pieces, quoted: false, .. }
            if matches!(pieces.as_slice(), [Piece::Text(text)] if is_number_range(text)));
        if compares || range {
            return Ok(Node::Is(Condition::RawNumber(path.to_owned(), self.numbers(value)?)));
        }
        Ok(Node::Is(Condition::Raw(path.to_owned(), self.text_match(value)?)))
    }
}

/// `3..` and the like, but not a version like `1..2.0`.
fn is_number_range(text: &str) -> bool {
    let number = |part: &str| part.is_empty() || part.parse::<i64>().is_ok();
    text.len() > 2 && text.split_once("..").is_some_and(|(from, to)| number(from) && number(to))
}

/// A value without quotation marks and signs, in lower case.
pub(super) fn keyword(value: &Value) -> Option<String> {
    match (&value.kind, value.compare) {
        (ValueKind::Text { pieces, quoted: false, written: false }, Compare::Plain) => {
            match pieces.as_slice() {
                [Piece::Text(text)] => Some(text.to_lowercase()),
                _ => None,
            }
        }
        _ => None,
    }
}
