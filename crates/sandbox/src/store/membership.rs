//! Who is in which group, kept beside the groups' own text so that `User.groups` and leaving every group are cheap.

use rusqlite::{Connection, Transaction, params};
use serde_json::{Map, Value, json};

use super::{Db, Kind, Write, resource};
use crate::ScimError;

/// Makes the memberships of `group` what its `members` say.
pub fn replace(
    tx: &Transaction<'_>,
    tenant: i64,
    group: &str,
    record: &Map<String, Value>,
) -> Result<(), ScimError> {
    forget_group(tx, tenant, group)?;
    let mut insert =
        tx.prepare_cached("INSERT INTO memberships VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?;
    for member in record.get("members").and_then(Value::as_array).into_iter().flatten() {
        if let Some(user) = member.get("value").and_then(Value::as_str) {
            insert.execute(params![tenant, user, group])?;
        }
    }
    Ok(())
}

/// Drops the memberships of a group.
pub fn forget_group(tx: &Transaction<'_>, tenant: i64, group: &str) -> Result<(), ScimError> {
    tx.prepare_cached("DELETE FROM memberships WHERE tenant_id = ?1 AND group_id = ?2")?
        .execute(params![tenant, group])?;
    Ok(())
}

/// Takes `user` out of every group; each group counts as changed.
pub fn leave_all(db: &mut Db, tenant: i64, user: &str) -> Result<(), ScimError> {
    let groups = {
        let mut select = db
            .conn
            .prepare_cached("SELECT group_id FROM memberships WHERE tenant_id = ?1 AND user_id = ?2")?;
        select.query_map(params![tenant, user], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?
    };
    let at = Write { tenant, kind: Kind::Group };
    for group in groups {
        let Some(old) = resource::get(&db.conn, at, &group)? else { continue };
        let mut record = old.value()?;
        if let Some(members) = record.get_mut("members").and_then(Value::as_array_mut) {
            members.retain(|member| member.get("value").and_then(Value::as_str) != Some(user));
        }
        resource::update(db, at, &group, &old, record)?;
    }
    Ok(())
}

/// The value of `User.groups`, in the groups' own order.
pub fn groups_of(conn: &Connection, tenant: i64, user: &str) -> Result<Vec<Value>, ScimError> {
    let mut select = conn.prepare_cached(
        "SELECT r.id, r.json ->> '$.displayName' AS display FROM memberships m
         JOIN resources r ON r.tenant_id = m.tenant_id AND r.kind = 2 AND r.id = m.group_id
         WHERE m.tenant_id = ?1 AND m.user_id = ?2 ORDER BY r.seq",
    )?;
    let rows = select.query_map(params![tenant, user], |row| {
        let (id, display): (String, Option<String>) = (row.get("id")?, row.get("display")?);
        Ok(json!({ "value": id, "$ref": format!("Groups/{id}"), "display": display, "type": "direct" }))
    })?;
    Ok(rows.collect::<Result<Vec<_>, _>>()?)
}
