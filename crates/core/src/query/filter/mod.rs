//! The filter language of the users grid: what is typed becomes a checked tree that `users` evaluates.
//!
//! ```text
//! filter   = and *( "OR" and )
//! and      = not *( ["AND"] not )                      ; side by side means both
//! not      = ["-" / "NOT"] ( "(" filter ")" / term )
//! term     = [field ":"] value *( "," value )          ; a list after a field means any of them
//! value    = text                                      ; somewhere in the field
//!          / "=" text                                  ; the whole field
//!          / text with * or ?                          ; the whole field by pattern: Ada*, *@example.com
//!          / "/" regular expression "/" ["c"]          ; c: case and accents count
//!          / ( "<" / "<=" / ">" / ">=" ) limit         ; times and numbers
//!          / [limit] ".." [limit]                      ; both ends included
//!          / "none" / "never" / "any"                  ; without a value, with one
//! text     = word / "quoted" / 'as written'            ; as written: case and accents count
//! limit    = number / 2026-01-31 / 2026-01 / 2026 / today / yesterday / 30d (ago) / +14d (from now)
//! ```
//!
//! `docs/filter.md` says the same for people. Reading order: `lexer` (letters to values), `parser` (values to a tree, with
//! places), `field` (what can be asked for), `time` and `number` (limits), `meaning` (what having a value means), `check` (the tree that is evaluated), `tree`,
//! `matcher` (a text test made ready), `complete` (what could be typed next). Nothing here reads the clock or the store.

mod check;
mod complete;
mod edit;
mod error;
mod field;
mod lexer;
mod matcher;
mod meaning;
mod number;
mod parser;
mod time;
mod tree;

pub use check::Filter;
pub(super) use complete::{Asked, place};
pub(super) use edit::Choice;
pub use error::{FilterError, Span};
pub(super) use field::{FIELDS, Field};
pub(super) use lexer::quoted;
pub(super) use matcher::{Matcher, folded};
pub(super) use tree::Node;
pub(super) use tree::{
    Condition, CountField, Match, NumberRange, Relation, Test, TextField, TimeField, TimeRange,
};
