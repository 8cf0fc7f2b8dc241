//! By what a process sees that another one changed the data.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::model::AccountId;
use crate::store::{Context, StoreError};

/// What runs leave behind of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The run that last confirmed its mirror.
    pub confirmed_by: Option<i64>,
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
        "SELECT a.id, (SELECT max(run_id) FROM stream_states s WHERE s.account_id = a.id) AS confirmed_by,
                      r.id AS run, r.state
               FROM accounts a
               LEFT JOIN sync_runs r ON r.id = (SELECT max(id) FROM sync_runs WHERE account_id = a.id)";
    let mut statement = conn.prepare_cached(sql).context(doing)?;
    let rows = statement
        .query_map([], |row| {
            let run: Option<i64> = row.get("run")?;
            let state: Option<String> = row.get("state")?;
            let trace = Trace { confirmed_by: row.get("confirmed_by")?, newest: run.zip(state) };
            Ok((AccountId(row.get("id")?), trace))
        })
        .context(doing)?;
    rows.collect::<Result<_, _>>().context(doing)
}
