//! Filters as trees: made at random, written as a person would type them, and decided the slow and obvious way.

use proptest::prelude::*;
use rollcall_core::model::{Timestamp, fold};

use crate::fixture::moment;
use crate::naive::{Known, has_words};

/// What a filter asks for.
#[derive(Clone, Debug)]
pub enum Tree {
    Words(String),
    /// A text in one column: field, column of the search text, text.
    Contains(&'static str, usize, &'static str),
    Exact(&'static str, usize, &'static str),
    Begins(&'static str, usize, &'static str),
    /// As written, in a display name.
    Written(&'static str),
    Regex(&'static str, fn(&str) -> bool),
    Missing(&'static str, usize),
    Suspended,
    Role(&'static str),
    Factors(Option<u32>),
    SeenWithin(i64),
    NeverSeen,
    CreatedBefore(i64),
    Groups(u32),
    Account(&'static str),
    Not(Box<Tree>),
    And(Vec<Tree>),
    Or(Vec<Tree>),
}

const DAY: i64 = 86_400_000;

/// Any tree.
pub fn tree() -> impl Strategy<Value = Tree> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|tree| Tree::Not(Box::new(tree))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Tree::And),
            prop::collection::vec(inner, 2..4).prop_map(Tree::Or),
        ]
    })
}

fn leaf() -> impl Strategy<Value = Tree> {
    let columns =
        vec![("name", 0), ("username", 1), ("email", 2), ("first", 3), ("title", 5), ("department", 6)];
    let texts = vec![
        "a",
        "ann",
        "zo",
        "Dubois",
        "@acme",
        "s@a",
        "sales",
        "r&d",
        "de vries",
        "ingenieure",
        "x@y",
        "'",
    ];
    let column = || (prop::sample::select(columns.clone()), prop::sample::select(texts.clone()));
    prop_oneof![
        prop::sample::select(vec!["zo", "e", "dubois@acme", "ann dub"])
            .prop_map(|text| Tree::Words(text.to_owned())),
        column().prop_map(|((field, at), text)| Tree::Contains(field, at, text)),
        column().prop_map(|((field, at), text)| Tree::Begins(field, at, text)),
        prop::sample::select(vec![
            ("title", 5, "CTO"),
            ("department", 6, "Sales"),
            ("first", 3, "zoe"),
            ("name", 0, "dubois")
        ])
        .prop_map(|(field, at, text)| Tree::Exact(field, at, text)),
        prop::sample::select(vec!["Zo", "Zoë", "zoë", "ANN", "D"]).prop_map(Tree::Written),
        prop::sample::select(vec![("^Ann", starts_with_ann as fn(&str) -> bool), ("u.*b", u_before_b)])
            .prop_map(|(source, test)| Tree::Regex(source, test)),
        prop::sample::select(columns.clone()).prop_map(|(field, at)| Tree::Missing(field, at)),
        Just(Tree::Suspended),
        prop::sample::select(vec!["admin", "editeur", "n"]).prop_map(Tree::Role),
        prop::option::of(0..3_u32).prop_map(Tree::Factors),
        (0..60_i64).prop_map(Tree::SeenWithin),
        Just(Tree::NeverSeen),
        (0..3_i64).prop_map(Tree::CreatedBefore),
        (0..4_u32).prop_map(Tree::Groups),
        prop::sample::select(vec!["alpha", "Beta", "zz"]).prop_map(Tree::Account),
    ]
}

fn starts_with_ann(folded: &str) -> bool {
    folded.starts_with("ann")
}

fn u_before_b(folded: &str) -> bool {
    folded.find('u').is_some_and(|at| folded[at..].contains('b'))
}

impl Tree {
    /// As a person would type it.
    pub fn typed(&self) -> String {
        match self {
            Self::Words(text) => text.clone(),
            Self::Contains(field, _, text) => format!("{field}:\"{text}\""),
            Self::Exact(field, _, text) => format!("{field}:=\"{text}\""),
            Self::Begins(field, _, text) => format!("{field}:\"{text}\"*"),
            Self::Written(text) => format!("name:'{text}'"),
            Self::Regex(source, _) => format!("name:/{source}/"),
            Self::Missing(field, _) => format!("{field}:none"),
            Self::Suspended => "status:suspended".to_owned(),
            Self::Role(text) => format!("role:{text}"),
            Self::Factors(None) => "mfa:unknown".to_owned(),
            Self::Factors(Some(0)) => "mfa:none".to_owned(),
            Self::Factors(Some(count)) => format!("mfa:{count}"),
            Self::SeenWithin(days) => format!("last_seen:<{days}d"),
            Self::NeverSeen => "last_seen:never".to_owned(),
            Self::CreatedBefore(1) => "created:<1970".to_owned(),
            Self::CreatedBefore(_) => "created:<1970-01-01".to_owned(),
            Self::Groups(count) => format!("groups:>={count}"),
            Self::Account(name) => format!("account:{name}"),
            Self::Not(inner) => format!("-({})", inner.typed()),
            Self::And(parts) => self.joined(parts, " "),
            Self::Or(parts) => self.joined(parts, " OR "),
        }
    }

    fn joined(&self, parts: &[Self], between: &str) -> String {
        let parts: Vec<_> = parts.iter().map(|part| format!("({})", part.typed())).collect();
        parts.join(between)
    }

    /// Whether a user passes.
    pub fn holds(&self, known: &Known) -> bool {
        let column = |at: &usize| known.columns[*at].as_str();
        match self {
            Self::Words(text) => has_words(known, text),
            Self::Contains(_, at, text) => column(at).contains(&fold(text)),
            Self::Exact(_, at, text) => column(at) == fold(text),
            Self::Begins(_, at, text) => column(at).starts_with(&fold(text)),
            Self::Written(text) => known.user.display_name.contains(text),
            Self::Regex(_, test) => test(column(&0)),
            Self::Missing(_, at) => column(at).is_empty(),
            Self::Suspended => known.user.active == Some(false),
            Self::Role(text) => known.roles.iter().any(|role| fold(role).contains(text)),
            Self::Factors(count) => known.factors == *count,
            Self::SeenWithin(days) => {
                known.last_sign_in.is_some_and(|at| at >= moment().now.as_millis() - days * DAY)
            }
            Self::NeverSeen => known.last_sign_in.is_none(),
            Self::CreatedBefore(_) => known.user.created_at.is_some_and(|at| at < Timestamp::from_millis(0)),
            Self::Groups(count) => known.groups >= *count,
            Self::Account(name) => fold(&known.account_name).contains(&fold(name)),
            Self::Not(inner) => !inner.holds(known),
            Self::And(parts) => parts.iter().all(|part| part.holds(known)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(known)),
        }
    }
}
