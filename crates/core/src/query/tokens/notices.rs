//! Which tokens are to be told of ahead of their end.

use rusqlite::{Connection, named_params};

use crate::model::{AccountId, SOON, Timestamp, due_notice};
use crate::store::token_notices::TokenNotice;
use crate::store::{Context, StoreError};

/// The tokens that end within the farthest threshold, with what was told of that very end.
pub(super) const ENDING: &str =
    "SELECT t.owner_kind, t.owner_id, t.kind, t.remote_id, t.name, t.expires_at, n.days AS told
     FROM tokens t
     LEFT JOIN token_notices n ON n.account_id = t.account_id AND n.owner_kind = t.owner_kind
         AND n.owner_id = t.owner_id AND n.kind = t.kind AND n.remote_id = t.remote_id
         AND n.expires_at = t.expires_at
     WHERE t.account_id = :account_id AND t.expires_at > :now AND t.expires_at <= :until
     ORDER BY t.expires_at";

/// What is due at `now` for one account, the nearest end first.
///
/// # Errors
/// When the store cannot be read.
pub fn list_due_notices(
    conn: &Connection,
    account: AccountId,
    now: Timestamp,
) -> Result<Vec<TokenNotice>, StoreError> {
    const READING: &str = "looking for tokens that expire";
    let mut statement = conn.prepare_cached(ENDING).context(READING)?;
    let parameters = named_params! {
        ":account_id": account.0, ":now": now.as_millis(), ":until": now.plus_millis(SOON).as_millis(),
    };
    let rows = statement
        .query_map(parameters, |row| {
            let expires_at: i64 = row.get("expires_at")?;
            let days = due_notice(Timestamp::from_millis(expires_at), row.get("told")?, now);
            let notice = TokenNotice {
                owner_kind: row.get("owner_kind")?,
                owner_id: row.get("owner_id")?,
                kind: row.get("kind")?,
                remote_id: row.get("remote_id")?,
                name: row.get("name")?,
                expires_at,
                days: 0,
            };
            Ok(days.map(|days| TokenNotice { days, ..notice }))
        })
        .context(READING)?;
    rows.filter_map(Result::transpose).collect::<Result<_, _>>().context(READING)
}
