//! The service's own log, as far as it was read.

use rusqlite::{Connection, named_params};

use super::{Visit, each};
use crate::model::AccountId;
use crate::store::StoreError;

pub(super) const LOG: &str = "SELECT l.at, l.event, l.succeeded, l.user_id, u.display_name AS user_name,
       l.application_id, l.identifier, l.ip, l.agent, l.error
     FROM log_entries l
     LEFT JOIN users u ON u.account_id = l.account_id AND u.remote_id = l.user_id
     WHERE l.account_id = :account_id AND l.at >= :since AND (NOT :failed_only OR l.succeeded = 0)
     ORDER BY l.at DESC, l.id DESC";

/// Which entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogFilter {
    /// Not before, milliseconds UTC.
    pub since: i64,
    /// Only what failed.
    pub failed_only: bool,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogExportRow {
    /// When, milliseconds UTC.
    pub at: i64,
    /// The service's own name of the event.
    pub event: String,
    /// `None` where the service does not say.
    pub succeeded: Option<bool>,
    /// Who.
    pub user_id: Option<String>,
    /// Their name; `None` when the account does not list them.
    pub user_name: Option<String>,
    /// By which application.
    pub application_id: Option<String>,
    /// What somebody typed to sign in, where no user is named.
    pub identifier: Option<String>,
    /// From which address.
    pub ip: Option<String>,
    /// Browser and system.
    pub agent: Option<String>,
    /// What went wrong.
    pub error: Option<String>,
}

/// Hands over the log of an account, newest first.
///
/// # Errors
/// When the store cannot be read; those of `visit`.
pub fn each_log_entry(
    conn: &Connection,
    account: AccountId,
    filter: LogFilter,
    visit: Visit<'_, LogExportRow>,
) -> Result<(), StoreError> {
    let make = |row: &rusqlite::Row<'_>| {
        Ok(LogExportRow {
            at: row.get("at")?,
            event: row.get("event")?,
            succeeded: row.get("succeeded")?,
            user_id: row.get("user_id")?,
            user_name: row.get("user_name")?,
            application_id: row.get("application_id")?,
            identifier: row.get("identifier")?,
            ip: row.get("ip")?,
            agent: row.get("agent")?,
            error: row.get("error")?,
        })
    };
    let LogFilter { since, failed_only } = filter;
    let parameters = named_params! { ":account_id": account.0, ":since": since, ":failed_only": failed_only };
    each(conn, LOG, parameters, make, visit)
}
