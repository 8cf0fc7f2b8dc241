//! The audit log.

use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter, types::Value as SqlValue};

/// An entry; `payload` is JSON.
#[derive(Clone, Debug)]
pub struct LogRow {
    pub id: String,
    pub key: String,
    pub created: i64,
    pub user_id: Option<String>,
    pub application_id: Option<String>,
    pub payload: String,
}

impl LogRow {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            key: row.get("key")?,
            created: row.get("created")?,
            user_id: row.get("user_id")?,
            application_id: row.get("application_id")?,
            payload: row.get("payload")?,
        })
    }
}

/// Which entries are asked for.
#[derive(Clone, Debug, Default)]
pub struct LogFilter {
    pub user_id: Option<String>,
    pub application_id: Option<String>,
    pub key: Option<String>,
    /// Milliseconds, inclusive.
    pub start: Option<i64>,
    /// Milliseconds, inclusive.
    pub end: Option<i64>,
}

impl LogFilter {
    fn conditions(&self, tenant: i64) -> (String, Vec<SqlValue>) {
        let mut sql = "tenant_id = ?".to_owned();
        let mut values = vec![SqlValue::Integer(tenant)];
        let texts =
            [("user_id", &self.user_id), ("application_id", &self.application_id), ("key", &self.key)];
        for (column, value) in texts {
            if let Some(value) = value {
                sql.push_str(&format!(" AND {column} = ?"));
                values.push(SqlValue::Text(value.clone()));
            }
        }
        for (condition, value) in [("created >= ?", self.start), ("created <= ?", self.end)] {
            if let Some(value) = value {
                sql.push_str(&format!(" AND {condition}"));
                values.push(SqlValue::Integer(value));
            }
        }
        (sql, values)
    }
}

const COLUMNS: &str = "id, key, created, user_id, application_id, payload";

/// How many entries match, and `count` of them from place `from` on, newest first.
pub fn logs(
    conn: &Connection,
    tenant: i64,
    filter: &LogFilter,
    from: usize,
    count: usize,
) -> rusqlite::Result<(usize, Vec<LogRow>)> {
    let (condition, values) = filter.conditions(tenant);
    let total: i64 = conn
        .prepare_cached(&format!("SELECT count(*) FROM logto_logs WHERE {condition}"))?
        .query_row(params_from_iter(&values), |row| row.get(0))?;
    let sql = format!(
        "SELECT {COLUMNS} FROM logto_logs WHERE {condition} ORDER BY created DESC, seq DESC LIMIT {count} OFFSET {from}"
    );
    let rows = conn
        .prepare(&sql)?
        .query_map(params_from_iter(&values), LogRow::from_row)?
        .collect::<Result<_, _>>()?;
    Ok((usize::try_from(total).unwrap_or(0), rows))
}

/// The entry `id`.
pub fn log_by_id(conn: &Connection, tenant: i64, id: &str) -> rusqlite::Result<Option<LogRow>> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} FROM logto_logs WHERE tenant_id = ?1 AND id = ?2"))?
        .query_row(params![tenant, id], LogRow::from_row)
        .optional()
}

/// Adds an entry.
pub fn insert_log(conn: &Connection, tenant: i64, log: &LogRow) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO logto_logs (tenant_id, id, key, created, user_id, application_id, payload)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        tenant,
        log.id,
        log.key,
        log.created,
        log.user_id,
        log.application_id,
        log.payload
    ])?;
    Ok(())
}
