//! By what a process sees that another one changed the data.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::model::AccountId;
use crate::store::{Context, StoreError};

/// What runs leave behind of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The sync that last confirmed its mirror, and how many applied changes did since it is here.
    pub confirmed_by: (Option<i64>, i64),
    /// Its queue: the newest change, how many are open, and how many of them wait.
    pub queue: (Option<i64>, i64, i64),
    /// The newest run, and its state.
    pub newest: Option<(i64, String)>,
}

/// The trace of each account.
///
/// # Errors
/// When the store cannot be read.
pub fn traces(conn: &Connection) -> Result<BTreeMap<AccountId, Trace>, StoreError> {
    let doing = "looking for changes";
    let sql =
        "SELECT a.id, (SELECT max(run_id) FROM stream_states s WHERE s.account_id = a.id) AS confirmed_by, a.confirmed,
                      (SELECT max(id) FROM changes c WHERE c.account_id = a.id
                         AND c.state IN ('pending', 'sent', 'blocked')) AS newest_change,
                      (SELECT count(*) FROM changes c WHERE c.account_id = a.id
                         AND c.state IN ('pending', 'sent', 'blocked')) AS open_changes,
                      (SELECT count(*) FILTER (WHERE c.state = 'pending') FROM changes c WHERE c.account_id = a.id
                         AND c.state IN ('pending', 'sent', 'blocked')) AS pending_changes,
                      r.id AS run, r.state
               FROM accounts a
               LEFT JOIN sync_runs r ON r.id = (SELECT max(id) FROM sync_runs WHERE account_id = a.id)";
    let mut statement = conn.prepare_cached(sql).context(doing)?;
    let rows = statement
        .query_map([], |row| {
            let run: Option<i64> = row.get("run")?;
            let state: Option<String> = row.get("state")?;
            let trace = Trace {
                confirmed_by: (row.get("confirmed_by")?, row.get("confirmed")?),
                queue: (row.get("newest_change")?, row.get("open_changes")?, row.get("pending_changes")?),
                newest: run.zip(state),
            };
            Ok((AccountId(row.get("id")?), trace))
        })
        .context(doing)?;
    rows.collect::<Result<_, _>>().context(doing)
}
