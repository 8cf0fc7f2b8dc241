//! What belongs to one user or application: JSON under a key.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value};

/// What a detail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Personal access token, by name.
    AccessToken,
    /// Second factor, by id.
    Factor,
    /// Session, by `uid`.
    Session,
    /// Grant, by id.
    Grant,
    /// Identity at an enterprise's own sign-in, by connector.
    SsoIdentity,
    /// Secret of an application, by name.
    Secret,
}

type Object = Map<String, Value>;

/// All details of a kind, by key.
pub fn details(conn: &Connection, owner: i64, kind: Detail) -> rusqlite::Result<Vec<Object>> {
    let mut select =
        conn.prepare_cached("SELECT json FROM logto_details WHERE owner = ?1 AND kind = ?2 ORDER BY key")?;
    select.query_map(params![owner, kind as i64], |row| parsed(&row.get::<_, String>(0)?))?.collect()
}

/// One detail.
pub fn detail(conn: &Connection, owner: i64, kind: Detail, key: &str) -> rusqlite::Result<Option<Object>> {
    conn.prepare_cached("SELECT json FROM logto_details WHERE owner = ?1 AND kind = ?2 AND key = ?3")?
        .query_row(params![owner, kind as i64, key], |row| parsed(&row.get::<_, String>(0)?))
        .optional()
}

/// Stores a detail, in place of one of the same key.
pub fn put_detail(
    conn: &Connection,
    owner: i64,
    kind: Detail,
    key: &str,
    value: &Value,
) -> rusqlite::Result<()> {
    conn.prepare_cached("INSERT OR REPLACE INTO logto_details VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        owner,
        kind as i64,
        key,
        value.to_string()
    ])?;
    Ok(())
}

/// Deletes the detail of this key, or all of the kind; false when there is none.
pub fn delete_detail(
    conn: &Connection,
    owner: i64,
    kind: Detail,
    key: Option<&str>,
) -> rusqlite::Result<bool> {
    let mut delete = conn.prepare_cached(
        "DELETE FROM logto_details WHERE owner = ?1 AND kind = ?2 AND (?3 IS NULL OR key = ?3)",
    )?;
    Ok(delete.execute(params![owner, kind as i64, key])? > 0)
}

fn parsed(json: &str) -> rusqlite::Result<Object> {
    serde_json::from_str(json).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    })
}
