//! Programs that sign in by themselves: the list, and one program with its secrets and roles.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{HistoryEntryView, StreamStateView, TokenView};
use crate::model::AccountId;

/// Columns of the applications grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ApplicationColumn {
    /// Name for showing.
    DisplayName,
    /// Whether it can manage the whole account.
    Manages,
    /// The service's own word.
    Kind,
    /// How many secrets it has.
    Secrets,
    /// Age of its oldest secret.
    OldestSecretAt,
    /// When its next secret expires.
    ExpiresAt,
    /// How many roles it holds.
    Roles,
    /// Created at the service.
    CreatedAt,
    /// Which account.
    Account,
}

/// A page of applications.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationQueryRequest {
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
    /// Words that must all occur in name or description, any case, with or without accents.
    pub text: String,
    /// Only those that can manage the whole account.
    pub managing_only: bool,
    /// Order; ties by name, rows without a value last.
    pub sort: ApplicationColumn,
    /// Highest first.
    pub descending: bool,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// One row of the applications grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationRow {
    /// The account.
    pub account_id: AccountId,
    /// The service's id.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The service's own word.
    pub kind: String,
    /// It holds the right to manage the whole account.
    pub manages_account: bool,
    /// Milliseconds UTC.
    #[ts(type = "number | null")]
    pub created_at: Option<i64>,
    /// Roles that it holds, each once, in however many organisations.
    pub roles: u32,
    /// Secrets that the service lists.
    pub secrets: u32,
    /// Of these, those that are known never to expire.
    pub never_expiring: u32,
    /// Of these, those that have expired.
    pub expired: u32,
    /// When the oldest secret was made, milliseconds UTC.
    #[ts(type = "number | null")]
    pub oldest_secret_at: Option<i64>,
    /// When the next of its secrets expires, milliseconds UTC.
    #[ts(type = "number | null")]
    pub expires_at: Option<i64>,
}

/// A page of applications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationPageView {
    /// All that match.
    pub total: u32,
    /// Applications in the chosen accounts, filter aside.
    pub all: u32,
    /// Grows with every change of the mirror.
    pub revision: u32,
    /// The rows.
    pub rows: Vec<ApplicationRow>,
}

/// Names an application.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationRequest {
    /// The account.
    pub account_id: AccountId,
    /// The service's id.
    pub remote_id: String,
}

/// A role that an application holds, once for each organisation where it is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationRoleView {
    /// The service's id.
    pub remote_id: String,
    /// Name, else the id.
    pub display_name: String,
    /// The organisation where it is held; `None` for the whole account.
    pub organization_id: Option<String>,
    /// The organisation's name, else its id.
    pub organization: Option<String>,
}

/// Everything synced about an application.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationDetailView {
    /// As in the grid.
    pub row: ApplicationRow,
    /// Its secrets, oldest first, never their values.
    pub secrets: Vec<TokenView>,
    /// Its roles, those of the whole account first.
    pub roles: Vec<ApplicationRoleView>,
    /// The record as the service sent it.
    #[ts(type = "unknown")]
    pub raw: serde_json::Value,
    /// Age of the application and its secrets.
    pub applications_state: Option<StreamStateView>,
    /// Age of its roles.
    pub roles_state: Option<StreamStateView>,
    /// The newest 100 lines of history, secrets and roles included.
    pub history: Vec<HistoryEntryView>,
}
