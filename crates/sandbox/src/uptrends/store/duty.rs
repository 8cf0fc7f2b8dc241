//! Off-duty periods of operators, each with a number.

use rusqlite::{Connection, params};
use serde_json::{Map, Value};

/// The periods of an operator, oldest first, without their numbers.
pub fn periods(conn: &Connection, operator: i64) -> rusqlite::Result<Vec<(i64, Map<String, Value>)>> {
    conn.prepare_cached("SELECT id, json FROM uptrends_duty WHERE operator = ?1 ORDER BY id")?
        .query_map([operator], |row| {
            let json: String = row.get(1)?;
            Ok((row.get(0)?, serde_json::from_str(&json).unwrap_or_default()))
        })?
        .collect()
}

/// Adds a period and gives its number.
pub fn add_period(conn: &Connection, operator: i64, period: &Map<String, Value>) -> rusqlite::Result<i64> {
    conn.prepare_cached("INSERT INTO uptrends_duty (operator, json) VALUES (?1, ?2)")?
        .execute(params![operator, serde_json::to_string(period).unwrap_or_default()])?;
    Ok(conn.last_insert_rowid())
}

/// Replaces a period; false when the operator has none of this number.
pub fn update_period(
    conn: &Connection,
    (operator, id): (i64, i64),
    period: &Map<String, Value>,
) -> rusqlite::Result<bool> {
    let mut update =
        conn.prepare_cached("UPDATE uptrends_duty SET json = ?3 WHERE operator = ?1 AND id = ?2")?;
    Ok(update.execute(params![operator, id, serde_json::to_string(period).unwrap_or_default()])? > 0)
}

/// Drops a period; false when the operator has none of this number.
pub fn delete_period(conn: &Connection, operator: i64, id: i64) -> rusqlite::Result<bool> {
    let mut delete = conn.prepare_cached("DELETE FROM uptrends_duty WHERE operator = ?1 AND id = ?2")?;
    Ok(delete.execute(params![operator, id])? > 0)
}
