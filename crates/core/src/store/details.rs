//! Table `user_details`: what was asked for user by user, each with its own age, and whose turn is next.

use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use super::StoreError;
use super::error::Context;
use super::records;
use super::tokens::{self, Owner};
use super::users::Target;
use crate::model::{AccountId, RemoteId, Timestamp, TokenKind, UserDetails};

/// A user whose details are due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The user.
    pub user: RemoteId,
    /// The user's name.
    pub name: String,
    /// The user's `modified_at` now, to be kept with what is read.
    pub modified_at: Option<Timestamp>,
    /// Nothing was read of this user before.
    pub first: bool,
}

/// Whose details are due: never read, of a record that has changed since, or older than `before`.
const DUE: &str = "
    FROM users AS mirrored
    LEFT JOIN user_details AS known
        ON known.account_id = mirrored.account_id AND known.user_id = mirrored.remote_id
    WHERE mirrored.account_id = :account
      AND (known.user_id IS NULL OR known.modified_at IS NOT mirrored.modified_at OR known.read_at < :before)";

/// The next users whose turn it is, in the order of their ids from after `after`.
///
/// # Errors
/// Those of the database.
pub fn list_due(
    conn: &Connection,
    account: AccountId,
    before: Timestamp,
    after: Option<&RemoteId>,
    limit: u32,
) -> Result<Vec<Due>, StoreError> {
    const LOOKING: &str = "looking for users to ask about";
    let statement = format!(
        "SELECT mirrored.remote_id, mirrored.display_name, mirrored.modified_at, known.user_id IS NULL AS first
         {DUE} AND mirrored.remote_id > :after ORDER BY mirrored.remote_id LIMIT :limit"
    );
    let mut statement = conn.prepare_cached(&statement).context(LOOKING)?;
    let parameters = named_params! {
        ":account": account.0, ":before": before.as_millis(), ":limit": limit,
        ":after": after.map_or("", RemoteId::as_str),
    };
    let rows = statement.query_map(parameters, read_due).context(LOOKING)?;
    rows.collect::<rusqlite::Result<_>>().context(LOOKING)
}

/// `user` as one whose details have been read just now; `None` when the mirror has no such user.
///
/// # Errors
/// Those of the database.
pub fn find_due(conn: &Connection, account: AccountId, user: &RemoteId) -> Result<Option<Due>, StoreError> {
    conn.query_row(
        "SELECT mirrored.remote_id, mirrored.display_name, mirrored.modified_at,
                NOT EXISTS (SELECT 1 FROM user_details AS known
                            WHERE known.account_id = mirrored.account_id AND known.user_id = mirrored.remote_id) AS first
         FROM users AS mirrored WHERE mirrored.account_id = ?1 AND mirrored.remote_id = ?2",
        (account.0, user.as_str()),
        read_due,
    )
    .optional()
    .context("looking for a user")
}

fn read_due(row: &rusqlite::Row<'_>) -> rusqlite::Result<Due> {
    Ok(Due {
        user: RemoteId::new(row.get::<_, String>("remote_id")?),
        name: row.get("display_name")?,
        modified_at: row.get::<_, Option<i64>>("modified_at")?.map(Timestamp::from_millis),
        first: row.get("first")?,
    })
}

/// How many are due, and how many users there are.
///
/// # Errors
/// Those of the database.
pub fn count_due(conn: &Connection, account: AccountId, before: Timestamp) -> Result<(u64, u64), StoreError> {
    const COUNTING: &str = "counting users to ask about";
    let due = conn
        .query_row(
            &format!("SELECT count(*) {DUE}"),
            named_params! { ":account": account.0, ":before": before.as_millis() },
            |row| row.get(0),
        )
        .context(COUNTING)?;
    let all = conn
        .query_row("SELECT count(*) FROM users WHERE account_id = ?1", [account.0], |row| row.get(0))
        .context(COUNTING)?;
    Ok((due, all))
}

/// Keeps what was read of a user at `target.at`. What is read for the first time is no news and not in the history.
///
/// # Errors
/// Those of the database.
pub fn keep(
    tx: &Transaction<'_>,
    target: Target,
    due: &Due,
    details: &UserDetails,
) -> Result<(), StoreError> {
    let UserDetails { tokens, mfa_factors, sessions, grants, identities, details, problem } = details;
    if let Some(tokens) = tokens {
        let owner = Owner { id: &due.user, name: &due.name, kind: TokenKind::PersonalAccessToken };
        let target = Target { baseline: target.baseline || due.first, ..target };
        tokens::replace(tx, target, owner, tokens)?;
    }
    tx.prepare_cached(
        "INSERT OR REPLACE INTO user_details
             (account_id, user_id, read_at, modified_at, mfa_factors, sessions, grants, identities, details, problem)
         VALUES (:account, :user, :read_at, :modified_at, :mfa_factors, :sessions, :grants, :identities, :details,
                 :problem)",
    )
    .and_then(|mut statement| {
        statement.execute(named_params! {
            ":account": target.account.0,
            ":user": due.user.as_str(),
            ":read_at": target.at.as_millis(),
            ":modified_at": due.modified_at.map(Timestamp::as_millis),
            ":mfa_factors": mfa_factors,
            ":sessions": sessions,
            ":grants": grants,
            ":identities": identities,
            ":details": details,
            ":problem": problem,
        })
    })
    .context("keeping details")?;
    Ok(())
}

/// Drops details and tokens of users that the mirror no longer has, and notes the tokens.
///
/// # Errors
/// Those of the database.
pub fn drop_orphans(tx: &Transaction<'_>, target: Target) -> Result<(), StoreError> {
    const DROPPING: &str = "dropping details of users who are gone";
    tx.execute(
        "DELETE FROM user_details WHERE account_id = ?1
           AND user_id NOT IN (SELECT remote_id FROM users WHERE account_id = ?1)",
        [target.account.0],
    )
    .context(DROPPING)?;
    let owners: Vec<String> = {
        let mut statement = tx
            .prepare_cached(
                "SELECT DISTINCT owner_id FROM tokens WHERE account_id = ?1 AND owner_kind = 'user'
                   AND imported_at IS NULL
                   AND owner_id NOT IN (SELECT remote_id FROM users WHERE account_id = ?1)",
            )
            .context(DROPPING)?;
        let rows = statement.query_map([target.account.0], |row| row.get("owner_id")).context(DROPPING)?;
        rows.collect::<rusqlite::Result<_>>().context(DROPPING)?
    };
    for id in owners.into_iter().map(RemoteId::new) {
        let name = records::name_of(tx, target.account, &id)?;
        let owner = Owner { id: &id, name: &name, kind: TokenKind::PersonalAccessToken };
        tokens::replace(tx, target, owner, &[])?;
    }
    tx.execute(
        "DELETE FROM tokens WHERE account_id = ?1 AND owner_kind = 'user' AND imported_at IS NULL
           AND owner_id NOT IN (SELECT remote_id FROM users WHERE account_id = ?1)",
        [target.account.0],
    )
    .context(DROPPING)?;
    Ok(())
}

/// Drops what is known in depth of a user who is gone.
///
/// # Errors
/// Those of the database.
pub fn drop_one(tx: &Transaction<'_>, account: AccountId, user: &RemoteId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM user_details WHERE account_id = ?1 AND user_id = ?2", (account.0, user.as_str()))
        .context("dropping details of a user who is gone")?;
    Ok(())
}

/// When the details of `user` were read.
///
/// # Errors
/// Those of the database.
pub fn find_read_at(
    conn: &Connection,
    account: AccountId,
    user: &RemoteId,
) -> Result<Option<Timestamp>, StoreError> {
    conn.query_row(
        "SELECT read_at FROM user_details WHERE account_id = ?1 AND user_id = ?2",
        (account.0, user.as_str()),
        |row| row.get("read_at").map(Timestamp::from_millis),
    )
    .optional()
    .context("reading an age")
}
