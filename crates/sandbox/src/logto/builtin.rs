//! What every tenant has from its first day: the Management API with its one scope, the role that grants it, and the
//! applications that the sandbox was started with.

use rusqlite::Connection;
use serde_json::json;

use super::api::applications::{fresh, secret_value};
use super::api::shared::stamped;
use super::refusal::Refusal;
use super::store::{
    Detail, Edge, EntityKind, EntityName, details, entity, entity_named, insert_entity, link, put_detail,
    update_entity,
};
use super::token::INDICATOR;
use crate::Credential;

const ROLE: &str = "Logto Management API access";

/// Makes what is missing. The secrets themselves stay in memory.
pub fn prepare(conn: &Connection, tenant: i64, credentials: &[Credential], now: i64) -> Result<(), Refusal> {
    let role = management(conn, tenant, now)?;
    for credential in credentials {
        let Credential::OAuthClient { id, token_seconds, .. } = credential else { continue };
        lifetime(conn, tenant, *token_seconds)?;
        let seq = match entity(conn, tenant, EntityKind::Application, id)? {
            Some(known) => known.seq,
            None => {
                let value = fresh(id, "Rollcall", "MachineToMachine", Some("The hub"), now);
                let at =
                    EntityName { tenant, kind: EntityKind::Application, id, name: "Rollcall", parent: 0 };
                let seq = insert_entity(conn, at, now, &value)?;
                link(conn, Edge::RoleApplication, role, seq, 0)?;
                seq
            }
        };
        if details(conn, seq, Detail::Secret)?.is_empty() {
            let secret = secret_value(id, "Default secret", None, now, None);
            put_detail(conn, seq, Detail::Secret, "Default secret", &secret)?;
        }
    }
    Ok(())
}

/// The number of the role that grants everything.
fn management(conn: &Connection, tenant: i64, now: i64) -> Result<i64, Refusal> {
    if let Some(role) = entity_named(conn, tenant, EntityKind::Role, ROLE, 0)? {
        return Ok(role.seq);
    }
    let name = "Logto Management API";
    let value = stamped(
        "management-api",
        json!({
            "name": name, "indicator": INDICATOR, "isDefault": false, "accessTokenTtl": 3600,
        }),
    );
    let at = EntityName { tenant, kind: EntityKind::Resource, id: "management-api", name, parent: 0 };
    let resource = insert_entity(conn, at, now, &value)?;
    let value = stamped(
        "management-api-all",
        json!({
            "resourceId": "management-api", "name": "all",
            "description": "Default scope for Management API, allows all permissions.", "createdAt": now,
        }),
    );
    let at = EntityName {
        tenant,
        kind: EntityKind::Scope,
        id: "management-api-all",
        name: "all",
        parent: resource,
    };
    let scope = insert_entity(conn, at, now, &value)?;
    let value = stamped(
        "m-admin",
        json!({
            "name": ROLE, "description": "Role with access to Logto Management API.", "type": "MachineToMachine",
            "isDefault": false,
        }),
    );
    let at = EntityName { tenant, kind: EntityKind::Role, id: "m-admin", name: ROLE, parent: 0 };
    let role = insert_entity(conn, at, now, &value)?;
    link(conn, Edge::RoleScope, role, scope, 0)?;
    Ok(role)
}

fn lifetime(conn: &Connection, tenant: i64, seconds: u64) -> Result<(), Refusal> {
    let Some(mut resource) = entity(conn, tenant, EntityKind::Resource, "management-api")? else {
        return Ok(());
    };
    resource.value.insert("accessTokenTtl".to_owned(), json!(seconds));
    update_entity(conn, resource.seq, "Logto Management API", &resource.value)?;
    Ok(())
}
