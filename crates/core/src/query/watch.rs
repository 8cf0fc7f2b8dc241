//! Numbers of the Hub about services that watch something: users against the plan, credentials by use, monitors.

use rusqlite::{Connection, named_params};

use super::accounts::capabilities_of;
use super::duty::count_on_duty;
use super::page::count32;
use crate::api::{ApiUserCountsView, MonitorCountsView, QuotaView};
use crate::model::{AccountId, Moment, Timestamp};
use crate::store::{Context, StoreError};

const READING: &str = "counting what a service lists";

/// Thirty days in milliseconds.
const IDLE: i64 = 30 * 24 * 60 * 60 * 1000;

/// As [`LastUse::is_idle`](crate::model::LastUse::is_idle) says it, so that the number is that of the list behind it. What was made
/// lately and not used yet is neither.
/// What was imported counts as of its date.
const API_USERS: &str = "
    SELECT count(*) AS total,
           count(*) FILTER (WHERE fresh) AS fresh,
           count(*) FILTER (WHERE idle) AS inactive,
           count(imported_at) FILTER (WHERE NOT made_here) AS imported,
           count(*) FILTER (WHERE made_here) AS made_here,
           min(imported_at) FILTER (WHERE NOT made_here) AS imported_at
    FROM (SELECT coalesce(created_at > :since AND last_used_at IS NULL AND coalesce(requests, 0) = 0, FALSE) AS fresh,
                 CASE WHEN requests > 0 THEN FALSE
                      WHEN requests = 0 THEN coalesce(created_at, first_seen_at) < idle_since
                      WHEN last_used_at IS NOT NULL THEN last_used_at < idle_since
                      ELSE last_use_known AND coalesce(created_at, first_seen_at) < idle_since END AS idle,
                 imported_at, made_here
          FROM (SELECT created_at, first_seen_at, last_used_at, last_use_known, requests, imported_at, made_here,
                       coalesce(imported_at - :idle, :since) AS idle_since
                FROM tokens WHERE account_id = :account_id AND kind = 'apiUser'))";

const MONITORS: &str = "
    SELECT count(*) AS total,
           count(*) FILTER (WHERE mode = 'Production') AS production,
           count(*) FILTER (WHERE mode = 'Production' AND active = FALSE) AS production_inactive
    FROM resources WHERE account_id = :account_id AND kind = 'monitor'";

/// Users of an account against its plan; `None` where the service says nothing of it.
pub(super) fn quota_of(
    conn: &Connection,
    account: AccountId,
    listed: usize,
) -> Result<Option<QuotaView>, StoreError> {
    let facts = capabilities_of(conn, account)?.and_then(|capabilities| capabilities.facts);
    Ok(facts.map(|facts| QuotaView {
        account_id: account,
        listed: count32(listed),
        in_use: facts.users_in_use,
        limit: facts.users_limit,
    }))
}

/// The numbers of several accounts together; `None` where none of them has such a thing.
#[derive(Debug, Default)]
pub(super) struct Watched {
    pub on_duty: Option<u32>,
    pub api_users: Option<ApiUserCountsView>,
    pub monitors: Option<MonitorCountsView>,
}

impl Watched {
    /// Adds those of one account as of `moment`.
    pub fn add(&mut self, conn: &Connection, account: AccountId, moment: &Moment) -> Result<(), StoreError> {
        if let Some(on_duty) = count_on_duty(conn, account, moment)? {
            *self.on_duty.get_or_insert_default() += on_duty;
        }
        if let Some(counts) = count_api_users(conn, account, moment.now)? {
            let sum = self.api_users.get_or_insert_default();
            sum.total += counts.total;
            sum.inactive += counts.inactive;
            sum.fresh += counts.fresh;
            sum.imported += counts.imported;
            sum.made_here += counts.made_here;
            sum.imported_at = [sum.imported_at, counts.imported_at].into_iter().flatten().min();
        }
        if let Some(counts) = count_monitors(conn, account)? {
            let sum = self.monitors.get_or_insert_default();
            sum.total += counts.total;
            sum.production += counts.production;
            sum.production_inactive += counts.production_inactive;
        }
        Ok(())
    }
}

/// Credentials by their use at `now`; `None` where the account lists none in this way.
fn count_api_users(
    conn: &Connection,
    account: AccountId,
    now: Timestamp,
) -> Result<Option<ApiUserCountsView>, StoreError> {
    let since = now.plus_millis(-IDLE).as_millis();
    let counts = conn
        .prepare_cached(API_USERS)
        .and_then(|mut statement| {
            statement.query_row(
                named_params! { ":account_id": account.0, ":since": since, ":idle": IDLE },
                |row| {
                    Ok(ApiUserCountsView {
                        total: row.get("total")?,
                        inactive: row.get("inactive")?,
                        fresh: row.get("fresh")?,
                        imported: row.get("imported")?,
                        made_here: row.get("made_here")?,
                        imported_at: row.get("imported_at")?,
                    })
                },
            )
        })
        .context(READING)?;
    Ok(Some(counts).filter(|counts| counts.total > 0))
}

/// Monitors of an account; `None` where it has none.
fn count_monitors(conn: &Connection, account: AccountId) -> Result<Option<MonitorCountsView>, StoreError> {
    let counts = conn
        .prepare_cached(MONITORS)
        .and_then(|mut statement| {
            statement.query_row(named_params! { ":account_id": account.0 }, |row| {
                Ok(MonitorCountsView {
                    total: row.get("total")?,
                    production: row.get("production")?,
                    production_inactive: row.get("production_inactive")?,
                })
            })
        })
        .context(READING)?;
    Ok(Some(counts).filter(|counts| counts.total > 0))
}

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] = &[API_USERS, MONITORS];
