//! Searches over users. Prefixes and batches of ids, which a client uses to prove that a walk is complete, go through the
//! index; everything else reads every user.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::refusal::Refusal;
use super::search::{Search, USER_FIELDS};
use super::store::{Edge, Rows, edge_exists, user};

/// What names a search among the orders kept: the query without its page.
pub fn key(of: &str, query: &[(String, String)]) -> String {
    let mut key = of.to_owned();
    for (name, value) in query.iter().filter(|(name, _)| !matches!(name.as_str(), "page" | "page_size")) {
        key.push_str(&format!("\n{name}={value}"));
    }
    key
}

/// Users that match, and do not stand at the end of `without`.
pub fn find(
    conn: &Connection,
    tenant: i64,
    search: &Search,
    without: Option<(Edge, i64)>,
) -> Result<Rows, Refusal> {
    let mut list = if let Some(ids) = search.id_batch() {
        let mut list = Vec::new();
        for id in ids {
            list.extend(user(conn, tenant, id)?.map(|user| (user.created, user.seq)));
        }
        list
    } else if let Some(prefix) = search.id_prefix() {
        by_prefix(conn, tenant, prefix)?
    } else {
        by_reading(conn, tenant, search)?
    };
    if let Some((edge, seq)) = without {
        let mut kept = Vec::with_capacity(list.len());
        for row in list {
            if !edge_exists(conn, edge, seq, row.1)? {
                kept.push(row);
            }
        }
        list = kept;
    }
    list.sort_unstable();
    list.dedup();
    Ok(Rows(list))
}

fn by_prefix(conn: &Connection, tenant: i64, prefix: &str) -> rusqlite::Result<Vec<(i64, i64)>> {
    let mut select = conn.prepare_cached(
        "SELECT created, seq FROM logto_users WHERE tenant_id = ?1 AND id >= ?2 AND id < ?2 || '{'",
    )?;
    select.query_map(params![tenant, prefix], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn by_reading(conn: &Connection, tenant: i64, search: &Search) -> Result<Vec<(i64, i64)>, Refusal> {
    let mut select = conn.prepare_cached(
        "SELECT created, seq, id, email AS primary_email, phone AS primary_phone, username, name
         FROM logto_users WHERE tenant_id = ?1",
    )?;
    let mut rows = select.query([tenant])?;
    let mut list = Vec::new();
    while let Some(row) = rows.next()? {
        if matches(row, search)? {
            list.push((row.get("created")?, row.get("seq")?));
        }
    }
    Ok(list)
}

fn matches(row: &Row<'_>, search: &Search) -> rusqlite::Result<bool> {
    let mut values = Vec::with_capacity(USER_FIELDS.len());
    for field in USER_FIELDS {
        values.push((*field, row.get_ref(*field)?.as_str_or_null().unwrap_or_default()));
    }
    Ok(search
        .matches(USER_FIELDS, |field| values.iter().find(|value| value.0 == field).and_then(|value| value.1)))
}

/// Users at the end of an edge from `holder`.
pub fn holders(conn: &Connection, edge: Edge, holder: i64) -> rusqlite::Result<Rows> {
    let mut select = conn.prepare_cached(
        "SELECT u.created, u.seq FROM logto_edges e JOIN logto_users u ON u.seq = e.b WHERE e.kind = ?1 AND e.a = ?2",
    )?;
    let mut list = select
        .query_map(params![edge as i64, holder], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    list.sort_unstable();
    Ok(Rows(list))
}

/// The number of the user with this address, whatever its case.
pub fn by_email(conn: &Connection, tenant: i64, email: &str) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached("SELECT seq FROM logto_users WHERE tenant_id = ?1 AND lower(email) = lower(?2)")?
        .query_row(params![tenant, email], |row| row.get(0))
        .optional()
}

/// The number of the user with this social identity.
pub fn by_identity(conn: &Connection, tenant: i64, target: &str, own: &str) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached(
        "SELECT seq FROM logto_users WHERE tenant_id = ?1 AND identities <> '{}'
             AND json_extract(identities, '$.' || json_quote(?2) || '.userId') = ?3",
    )?
    .query_row(params![tenant, target, own], |row| row.get(0))
    .optional()
}
