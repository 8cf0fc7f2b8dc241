//! The checked tree. Every condition is plain data that compares equal when it asks for the same, because the rows that
//! meet it are remembered under it.

/// Columns of text, in the order of the search text.
pub(in crate::query) use crate::query::users::TextColumn as TextField;

/// A part of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::query) enum Node {
    /// All of them.
    And(Vec<Node>),
    /// At least one of them.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// One condition.
    Is(Condition),
}

/// Times of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::query) enum TimeField {
    Created,
    Modified,
    LastSignIn,
    /// Of any of the user's tokens.
    TokenExpires,
    /// Of any of the user's tokens.
    TokenUsed,
    /// Until when the invitation is good with which Rollcall made the user.
    InvitedUntil,
}

/// Numbers of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::query) enum CountField {
    Groups,
    Factors,
    Sessions,
    Identities,
}

/// Named things that a user has or is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::query) enum Relation {
    Role,
    Group,
    Organization,
    Token,
}

/// From `from` to before `to`, milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::query) struct TimeRange {
    pub from: i64,
    pub to: i64,
}

/// From `from` to `to`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::query) struct NumberRange {
    pub from: i64,
    pub to: i64,
}

/// How a text is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::query) enum Test {
    /// Somewhere in it.
    Contains(String),
    /// All of it.
    Exact(String),
    /// A regular expression; patterns with `*` and `?` are one too.
    Pattern(String),
}

/// A test of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::query) struct Match {
    pub test: Test,
    /// Case and accents count: the value is looked at as written, not folded.
    pub written: bool,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::query) enum Condition {
    /// Some column of text.
    Anywhere(Match),
    Text(TextField, Match),
    TextKnown(TextField),
    Suspended,
    StatusKnown,
    Time(TimeField, TimeRange),
    TimeKnown(TimeField),
    /// Known not to have happened: never used, never expiring.
    TimeNever(TimeField),
    Count(CountField, NumberRange),
    CountKnown(CountField),
    Has(Relation),
    Named(Relation, Match),
    Account(Match),
    Id(Match),
    /// A path in the record as the service sent it.
    Raw(String, Match),
    RawNumber(String, NumberRange),
    RawKnown(String),
}
