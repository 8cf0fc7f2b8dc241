//! The tokens of all users and applications: the list, the list by owner, the calendar of their ends, and what is to be told
//! of them ahead.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::{AccountId, HolderKind, TokenKind, TokenState};

/// What makes a token worth a look. Chips of one kind (end, use, owner) widen one another, those of different kinds narrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TokenChip {
    /// Its end is over.
    Expired,
    /// Expires within 14 days.
    Expiring,
    /// Has no end.
    NeverExpires,
    /// Not used for more than 30 days, where the service says so.
    Idle30,
    /// Not used for more than 90 days, where the service says so.
    Idle90,
    /// Its owner is suspended, or not in the account any more.
    Orphaned,
}

/// Which tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenFilter {
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
    /// Words that must all occur in name, description or owner, any case, with or without accents.
    pub text: String,
    /// Only what is worth a look for these reasons.
    pub chips: Vec<TokenChip>,
    /// Only of this kind.
    pub kind: Option<TokenKind>,
    /// Only of this owner, by the service's id.
    pub owner: Option<String>,
    /// Expires not before, milliseconds UTC.
    #[ts(type = "number | null")]
    pub expires_from: Option<i64>,
    /// Expires before, milliseconds UTC.
    #[ts(type = "number | null")]
    pub expires_to: Option<i64>,
}

/// Columns by which tokens are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TokenColumn {
    /// The token's name.
    Name,
    /// The owner's name.
    Owner,
    /// Which account.
    Account,
    /// What it is.
    Kind,
    /// The service's own word for what it is for.
    AccessType,
    /// Where it stands: expired first.
    State,
    /// When it expires.
    ExpiresAt,
    /// When it was last used.
    LastUsedAt,
    /// Requests in the last 30 days.
    Requests,
    /// When it was created.
    CreatedAt,
    /// What it is for.
    Description,
}

/// A page of tokens.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenQueryRequest {
    /// Which.
    pub filter: TokenFilter,
    /// Order; without a value last, ties by owner and name.
    pub sort: TokenColumn,
    /// Highest first.
    pub descending: bool,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// Whether somebody is there to answer for a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum OwnerState {
    /// In the account.
    Present,
    /// In the account, but suspended.
    Suspended,
    /// Not in the account any more.
    Gone,
    /// The list that a person imported names somebody who is no user of the account, or could be several.
    Unknown,
}

/// Who owns a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenOwnerView {
    /// A user or an application.
    pub kind: HolderKind,
    /// The service's id.
    pub remote_id: String,
    /// Name, else the id.
    pub display_name: String,
    /// The primary address of a user.
    pub email: Option<String>,
    /// Whether it is there.
    pub state: OwnerState,
}

impl TokenOwnerView {
    /// The service's id; `None` for who is known by the words of a list only.
    pub fn known_id(&self) -> Option<&str> {
        (self.state != OwnerState::Unknown).then_some(self.remote_id.as_str())
    }
}

/// One token; its value is nowhere here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenRow {
    /// The account.
    pub account_id: AccountId,
    /// Whose it is.
    pub owner: TokenOwnerView,
    /// What it is.
    pub kind: TokenKind,
    /// The service's own word for what it is for (`Generic`, `MobileApp`), where it has some.
    pub access_type: Option<String>,
    /// Unique for its owner and kind.
    pub remote_id: String,
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Milliseconds UTC.
    #[ts(type = "number | null")]
    pub created_at: Option<i64>,
    /// Milliseconds UTC; `None` for one that never expires, where `expiry_known`.
    #[ts(type = "number | null")]
    pub expires_at: Option<i64>,
    /// The service says until when it is good.
    pub expiry_known: bool,
    /// Milliseconds UTC; `None` for one that was never used, where `last_use_known`.
    #[ts(type = "number | null")]
    pub last_used_at: Option<i64>,
    /// The service says when it was last used.
    pub last_use_known: bool,
    /// Requests in the last 30 days; `None` where the service does not report them.
    #[ts(type = "number | null")]
    pub requests: Option<i64>,
    /// Where it stands.
    pub state: TokenState,
    /// Not used for more than 30 days, where the service says so; of an imported one as of its date.
    pub idle: bool,
    /// As of when it is so in a list that a person imported, milliseconds UTC; `None` where the service lists it itself.
    #[ts(type = "number | null")]
    pub imported_at: Option<i64>,
    /// Rollcall made it, and the service does not list it.
    pub made_here: bool,
    /// When it was first seen here, milliseconds UTC.
    #[ts(type = "number")]
    pub first_seen_at: i64,
}

/// How many tokens there are of each sort: what a chip would show, its own kind of chips aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenCountsView {
    /// All that the filter finds, chips aside.
    pub all: u32,
    /// See [`TokenChip`].
    pub expired: u32,
    /// See [`TokenChip`].
    pub expiring: u32,
    /// See [`TokenChip`].
    pub never_expires: u32,
    /// See [`TokenChip`].
    pub idle30: u32,
    /// See [`TokenChip`].
    pub idle90: u32,
    /// See [`TokenChip`].
    pub orphaned: u32,
    /// Of so many of `all` the service does not say when they were used.
    pub use_not_reported: u32,
}

/// How complete the picture is: tokens of users are asked for user by user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenCoverageView {
    /// Users of the accounts that list tokens.
    pub users: u32,
    /// Users who were asked about.
    pub asked: u32,
    /// The oldest of these answers, milliseconds UTC.
    #[ts(type = "number | null")]
    pub oldest_at: Option<i64>,
    /// Accounts whose service does not list tokens, or was never read.
    pub without: Vec<AccountId>,
}

/// A page of tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenPageView {
    /// All that match.
    pub total: u32,
    /// Tokens in the chosen accounts, filter aside.
    pub all: u32,
    /// Pages of different revisions do not belong together.
    pub revision: u32,
    /// The rows.
    pub rows: Vec<TokenRow>,
    /// What each chip would show.
    pub counts: TokenCountsView,
    /// How complete the picture is.
    pub coverage: TokenCoverageView,
}

/// Columns by which the list by owner is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TokenOwnerColumn {
    /// The owner's name.
    Owner,
    /// Which account.
    Account,
    /// How many tokens.
    Tokens,
    /// How many have expired.
    Expired,
    /// How many expire within 14 days.
    Expiring,
    /// How many never expire.
    NeverExpires,
    /// When the next of them expires.
    NextExpiryAt,
    /// When one of them was last used.
    LastUsedAt,
}

/// A page of tokens by owner.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenOwnersRequest {
    /// Which tokens.
    pub filter: TokenFilter,
    /// Order; without a value last, ties by owner.
    pub sort: TokenOwnerColumn,
    /// Highest first.
    pub descending: bool,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// The tokens of one owner that match, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenOwnerRow {
    /// The account.
    pub account_id: AccountId,
    /// Who.
    pub owner: TokenOwnerView,
    /// How many.
    pub tokens: u32,
    /// Have expired.
    pub expired: u32,
    /// Expire within 14 days.
    pub expiring: u32,
    /// Never expire.
    pub never_expires: u32,
    /// When the next of them expires, milliseconds UTC.
    #[ts(type = "number | null")]
    pub next_expiry_at: Option<i64>,
    /// When one of them was last used, milliseconds UTC.
    #[ts(type = "number | null")]
    pub last_used_at: Option<i64>,
    /// The service says of each of them when it was last used.
    pub last_use_known: bool,
}

/// A page of tokens by owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenOwnersView {
    /// Owners with tokens that match.
    pub total: u32,
    /// Pages of different revisions do not belong together.
    pub revision: u32,
    /// The rows.
    pub rows: Vec<TokenOwnerRow>,
    /// What each chip would show.
    pub counts: TokenCountsView,
    /// How complete the picture is.
    pub coverage: TokenCoverageView,
}

/// The ends of a month.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenCalendarRequest {
    /// Which tokens; its range of ends is passed over.
    pub filter: TokenFilter,
    /// The year, as 2026.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: i8,
}

/// The tokens that expire on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenDayView {
    /// Day of the month.
    pub day: i8,
    /// Its beginning, milliseconds UTC.
    #[ts(type = "number")]
    pub from: i64,
    /// Its end, milliseconds UTC: the beginning of the next day.
    #[ts(type = "number")]
    pub to: i64,
    /// How many expire on it.
    pub tokens: u32,
    /// Names of the first three.
    pub names: Vec<String>,
}

/// The ends of a month, in the time of this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenCalendarView {
    /// Every day of the month.
    pub days: Vec<TokenDayView>,
    /// Ends before it.
    pub before: u32,
    /// Ends after it.
    pub after: u32,
    /// The last end before it, milliseconds UTC.
    #[ts(type = "number | null")]
    pub previous_at: Option<i64>,
    /// The first end after it, milliseconds UTC.
    #[ts(type = "number | null")]
    pub next_at: Option<i64>,
    /// What each chip would show, the ends aside.
    pub counts: TokenCountsView,
    /// How complete the picture is.
    pub coverage: TokenCoverageView,
}

/// Tokens of one account whose end is to be told ahead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenNoticeView {
    /// The account.
    pub account_id: AccountId,
    /// Its name.
    pub account: String,
    /// How many tokens.
    pub tokens: u32,
    /// All of them expire within so many days: 1, 7 or 14.
    pub days: u32,
    /// The names of the first five, only where the person chose to have names in notifications.
    pub names: Vec<String>,
}

/// What is to be told; from now on it counts as told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenNoticesView {
    /// One for each account that has any.
    pub notices: Vec<TokenNoticeView>,
}
