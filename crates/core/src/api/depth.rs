//! A user in depth: tokens, and what must be asked for user by user; and the service's own log.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::AccountId;

/// Something with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NamedView {
    /// The service's id.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
}

/// An API credential, without its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenView {
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
    /// As of when it is so in a list that a person imported, milliseconds UTC; `None` where the service lists it itself.
    #[ts(type = "number | null")]
    pub imported_at: Option<i64>,
    /// Rollcall made it, and the service does not list it.
    pub made_here: bool,
}

/// What was asked for one user alone.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UserDepthView {
    /// When, milliseconds UTC.
    #[ts(type = "number")]
    pub read_at: i64,
    /// Lists by name: `factors`, `sessions`, `grants`, `identities`, `enterpriseIdentities`; null where the service would
    /// not say.
    #[ts(type = "unknown")]
    pub sections: serde_json::Value,
    /// What could not be read, in one sentence.
    pub problem: Option<String>,
}

/// A page of the service's own log, newest first.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogQueryRequest {
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
    /// Words that must all occur in person, what was typed, address or application, any case, with or without accents.
    pub text: String,
    /// Words that must all occur in the name of the event.
    pub event: String,
    /// Only what succeeded, or only what failed.
    pub succeeded: Option<bool>,
    /// Not before, milliseconds UTC.
    #[ts(type = "number | null")]
    pub from: Option<i64>,
    /// Before, milliseconds UTC.
    #[ts(type = "number | null")]
    pub to: Option<i64>,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// One entry of the service's own log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogEntryView {
    /// The entry.
    #[ts(type = "number")]
    pub id: i64,
    /// The account.
    pub account_id: AccountId,
    /// Milliseconds UTC.
    #[ts(type = "number")]
    pub at: i64,
    /// The service's own name of the event.
    pub event: String,
    /// `None` where the service does not say.
    pub succeeded: Option<bool>,
    /// Who.
    pub user_id: Option<String>,
    /// The user's name; `None` when nobody is named, or the account does not have that user.
    pub user_name: Option<String>,
    /// What somebody typed to sign in, where no user is named.
    pub identifier: Option<String>,
    /// The application's name, else its id.
    pub application: Option<String>,
    /// From where.
    pub ip: Option<String>,
    /// Browser and system, in words.
    pub agent: Option<String>,
    /// Why it failed, in the service's own words.
    pub error: Option<String>,
}

/// A page of the service's own log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogPageView {
    /// All that match.
    #[ts(type = "number")]
    pub total: u64,
    /// The oldest entry that is here, filter aside, milliseconds UTC; `None` when there is none.
    #[ts(type = "number | null")]
    pub oldest_at: Option<i64>,
    /// The rows.
    pub entries: Vec<LogEntryView>,
}
