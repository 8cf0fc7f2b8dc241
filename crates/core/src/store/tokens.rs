//! Table `tokens`: API credentials that the account lists, never their values.

use std::collections::BTreeMap;

use rusqlite::{Transaction, named_params};

use super::StoreError;
use super::error::Context;
use super::records::{entry, note};
use super::users::Target;
use crate::model::{Action, HistoryEntry, RemoteId, Subject, Timestamp, Token, TokenKind};

/// Whose tokens.
#[derive(Clone, Copy)]
pub struct Owner<'a> {
    /// The user or application.
    pub id: &'a RemoteId,
    /// Its name.
    pub name: &'a str,
    /// What the tokens are.
    pub kind: TokenKind,
}

/// Makes the tokens of `owner` those in `listed`, and notes what is different.
///
/// # Errors
/// Those of the database.
pub fn replace(
    tx: &Transaction<'_>,
    target: Target,
    owner: Owner<'_>,
    listed: &[Token],
) -> Result<(), StoreError> {
    let before = known(tx, target, owner)?;
    for token in listed {
        match before.get(&token.name) {
            Some(known) if known == token => {}
            known => {
                upsert(tx, target, owner, token)?;
                let action = if known.is_some() { Action::Changed } else { Action::Added };
                let mut line = line(target, owner, &token.name, action);
                if let Some(known) = known {
                    // Its name stays, its time of creation stays: what can differ is its end.
                    line.field = Some("expiresAt".to_owned());
                    line.before = known.expires_at.map(|at| at.as_millis().to_string());
                    line.after = token.expires_at.map(|at| at.as_millis().to_string());
                }
                note(tx, target, &line)?;
            }
        }
    }
    for name in before.keys().filter(|name| listed.iter().all(|token| token.name != **name)) {
        tx.prepare_cached(
            "DELETE FROM main.tokens
             WHERE account_id = ?1 AND owner_kind = ?2 AND owner_id = ?3 AND kind = ?4 AND remote_id = ?5",
        )
        .and_then(|mut statement| {
            let owner_kind = owner.kind.owner_kind().as_str();
            statement.execute((target.account.0, owner_kind, owner.id.as_str(), owner.kind.as_str(), name))
        })
        .context("removing a token")?;
        note(tx, target, &line(target, owner, name, Action::Removed))?;
    }
    Ok(())
}

fn line(target: Target, owner: Owner<'_>, name: &str, action: Action) -> HistoryEntry {
    HistoryEntry {
        member: Some(owner.id.clone()),
        member_name: Some(owner.name.to_owned()),
        ..entry(target, Subject::Token, &RemoteId::new(name), name, action)
    }
}

fn known(
    tx: &Transaction<'_>,
    target: Target,
    owner: Owner<'_>,
) -> Result<BTreeMap<String, Token>, StoreError> {
    const READING: &str = "reading tokens";
    let mut statement = tx
        .prepare_cached(
            "SELECT name, description, created_at, expires_at FROM main.tokens
             WHERE account_id = ?1 AND owner_kind = ?2 AND owner_id = ?3 AND kind = ?4",
        )
        .context(READING)?;
    let parameters =
        (target.account.0, owner.kind.owner_kind().as_str(), owner.id.as_str(), owner.kind.as_str());
    let time = |millis: Option<i64>| millis.map(Timestamp::from_millis);
    let rows = statement
        .query_map(parameters, |row| {
            let name: String = row.get("name")?;
            let (created_at, expires_at) = (time(row.get("created_at")?), time(row.get("expires_at")?));
            let description = row.get("description")?;
            Ok((name.clone(), Token { name, description, created_at, expires_at }))
        })
        .context(READING)?;
    rows.collect::<rusqlite::Result<_>>().context(READING)
}

fn upsert(tx: &Transaction<'_>, target: Target, owner: Owner<'_>, token: &Token) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO main.tokens (account_id, owner_kind, owner_id, kind, remote_id, name, description, created_at,
                                  expires_at, expiry_known, last_use_known, first_seen_at, last_changed_at)
         VALUES (:account, :owner_kind, :owner, :kind, :name, :name, :description, :created_at, :expires_at, TRUE,
                 FALSE, :at, :at)
         ON CONFLICT (account_id, owner_kind, owner_id, kind, remote_id) DO UPDATE
         SET description = excluded.description, created_at = excluded.created_at, expires_at = excluded.expires_at,
             last_changed_at = excluded.last_changed_at",
    )
    .and_then(|mut statement| {
        statement.execute(named_params! {
            ":account": target.account.0,
            ":owner_kind": owner.kind.owner_kind().as_str(),
            ":owner": owner.id.as_str(),
            ":kind": owner.kind.as_str(),
            ":name": token.name,
            ":description": token.description,
            ":created_at": token.created_at.map(Timestamp::as_millis),
            ":expires_at": token.expires_at.map(Timestamp::as_millis),
            ":at": target.at.as_millis(),
        })
    })
    .context("keeping a token")?;
    Ok(())
}
