//! Filters: what is wrong with one, what could be typed next, what a result is made of, and those that are kept.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::UserRow;
use crate::model::AccountId;

/// Kinds of mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FilterErrorCode {
    /// More letters than can be looked at.
    TooLong,
    /// Too many parentheses in one another.
    TooDeep,
    /// Too many conditions.
    TooMany,
    /// A quotation mark without its end.
    UnclosedQuote,
    /// A regular expression without its end.
    UnclosedPattern,
    /// An opening parenthesis without its end.
    UnclosedParenthesis,
    /// A closing parenthesis without its beginning.
    StrayParenthesis,
    /// Something must follow: after `OR`, `AND`, `NOT`, or between parentheses.
    MissingTerm,
    /// A field without a value.
    MissingValue,
    /// No such field.
    UnknownField,
    /// This field knows other values.
    UnknownValue,
    /// Not a time.
    BadTime,
    /// Not a number.
    BadNumber,
    /// Not a regular expression, or one too large.
    BadPattern,
    /// This field cannot be compared with `<`, `>` or `..`.
    NotComparable,
    /// The end of a range is before its beginning.
    BackwardRange,
}

/// What is wrong with a filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FilterProblemView {
    /// The kind.
    pub code: FilterErrorCode,
    /// First unit of the place in the text, UTF-16 as a text box counts.
    pub start: u32,
    /// One beyond its last, UTF-16.
    pub end: u32,
    /// First byte of the place, UTF-8.
    pub start_byte: u32,
    /// One beyond its last, UTF-8.
    pub end_byte: u32,
    /// One English sentence.
    pub message: String,
    /// What was typed there.
    pub typed: String,
    /// What could stand there instead, where that is known.
    pub hint: Option<String>,
}

/// Asks whether a filter can be understood.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CheckFilterRequest {
    /// The filter.
    pub text: String,
}

/// Whether a filter can be understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FilterCheckView {
    /// The first mistake, if there is one.
    pub problem: Option<FilterProblemView>,
}

/// Asks what could be typed.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompleteFilterRequest {
    /// Values of one account, or of all.
    pub account_id: Option<AccountId>,
    /// The filter so far.
    pub text: String,
    /// Where the cursor is, UTF-16.
    pub cursor: u32,
}

/// Kinds of completions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CompletionKind {
    /// The name of a field; the window has words about it.
    Field,
    /// A value that has a meaning of its own (`none`, `active`, `30d`); the window has words about it.
    Keyword,
    /// A value of the accounts.
    Value,
}

/// Something that could be typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompletionView {
    /// The kind.
    pub kind: CompletionKind,
    /// What it is called.
    pub label: String,
    /// What takes the place of what was typed.
    pub insert: String,
    /// Users with this value.
    pub count: Option<u32>,
}

/// What could be typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompletionsView {
    /// First unit that a completion replaces, UTF-16.
    pub start: u32,
    /// One beyond the last, UTF-16.
    pub end: u32,
    /// The field whose values these are.
    pub field: Option<String>,
    /// At most 12, best first.
    pub items: Vec<CompletionView>,
}

/// Asks what a result is made of.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FacetsRequest {
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
    /// The filter.
    pub text: String,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FacetValueView {
    /// As a person reads it, or a keyword.
    pub label: String,
    /// Whether it is a keyword (`none`, `active`), which the window has words for.
    pub keyword: bool,
    /// Users of the result with it, its own facet aside.
    pub count: u32,
    /// Whether the filter asks for it.
    pub chosen: bool,
    /// The filter when this value is chosen, or no longer.
    pub text: String,
}

/// One facet: what the users of a result have in one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FacetView {
    /// The field's name.
    pub field: String,
    /// The values of most users, and those that are chosen.
    pub values: Vec<FacetValueView>,
    /// Different values that are not listed.
    pub others: u32,
}

/// What a result is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FacetsView {
    /// Facets with at least one value.
    pub facets: Vec<FacetView>,
    /// Grows with every change of the mirror.
    pub revision: u32,
}

/// Keeps a filter.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveFilterRequest {
    /// What the person calls it.
    pub name: String,
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
    /// The filter.
    pub text: String,
}

/// Renames a kept filter, or gives it another text.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UpdateSavedFilterRequest {
    /// Which.
    #[ts(type = "number")]
    pub id: i64,
    /// What the person calls it.
    pub name: String,
    /// The filter.
    pub text: String,
}

/// Names a kept filter.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedFilterRequest {
    /// Which.
    #[ts(type = "number")]
    pub id: i64,
}

/// Puts the kept filters into another order.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReorderSavedFiltersRequest {
    /// All of them, first to last.
    #[ts(type = "number[]")]
    pub ids: Vec<i64>,
}

/// A kept filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedFilterView {
    /// Its number.
    #[ts(type = "number")]
    pub id: i64,
    /// What the person calls it.
    pub name: String,
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
    /// The filter.
    pub text: String,
    /// Users it finds; `None` when it is not understood any more.
    pub count: Option<u32>,
    /// Those that it did not find when it was last opened.
    pub new: u32,
    /// When it was last opened, milliseconds UTC.
    #[ts(type = "number")]
    pub opened_at: i64,
}

/// All kept filters, in the person's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedFilterListView {
    /// The filters.
    pub filters: Vec<SavedFilterView>,
}

/// Looks for people, groups and roles of all accounts by a few letters.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PaletteRequest {
    /// What was typed.
    pub text: String,
    /// Of each kind, at most 20.
    pub limit: u32,
}

/// A group or a role that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PaletteItemView {
    /// The account.
    pub account_id: AccountId,
    /// The service's id.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
    /// Users in it, or who hold it.
    pub users: u32,
}

/// What was found, best first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PaletteView {
    /// People.
    pub users: Vec<UserRow>,
    /// Groups and organisations.
    pub groups: Vec<PaletteItemView>,
    /// Roles.
    pub roles: Vec<PaletteItemView>,
    /// Programs; nobody is in them.
    pub applications: Vec<PaletteItemView>,
}
