//! What the sample account has besides people: APIs, roles, the organisation template, organisations, applications.

use rusqlite::Connection;
use serde_json::{Map, Value, json};

use super::plan::Plan;
use super::{DAY, LOWER, MIXED};
use crate::logto::api::applications::{fresh as application, secret_value};
use crate::logto::api::organizations::fresh as organization;
use crate::logto::api::shared::stamped;
use crate::logto::refusal::Refusal;
use crate::logto::store::{
    Detail, Edge, EntityKind, EntityName, entity_named, insert_entity, link, put_detail,
};
use crate::rng::Rng;

/// Where things go, and when it is.
pub struct Site<'a> {
    pub conn: &'a Connection,
    pub tenant: i64,
    pub now: i64,
}

/// The numbers of what was made, in the order of the plan.
pub struct Estate {
    pub roles: Vec<i64>,
    pub organizations: Vec<i64>,
    pub organization_ids: Vec<String>,
    /// Name and number.
    pub organization_roles: Vec<(String, i64)>,
}

impl Site<'_> {
    /// Stores an entity made `days` ago.
    pub fn put(
        &self,
        kind: EntityKind,
        (id, name): (&str, &str),
        parent: i64,
        days: i64,
        value: &Map<String, Value>,
    ) -> Result<i64, Refusal> {
        let at = EntityName { tenant: self.tenant, kind, id, name, parent };
        Ok(insert_entity(self.conn, at, self.now - days * DAY, value)?)
    }
}

/// Makes everything.
pub fn build(site: &Site<'_>, plan: &Plan, rng: &mut Rng) -> Result<Estate, Refusal> {
    let scopes = resources(site, plan, rng)?;
    let find = |names: &[String]| -> Vec<i64> {
        scopes.iter().filter(|scope| names.contains(&scope.0)).map(|scope| scope.1).collect()
    };
    let mut roles = Vec::new();
    for role in &plan.roles {
        let id = rng.text(21, LOWER);
        let value = stamped(
            &id,
            json!({
                "name": role.name, "description": role.description, "type": "User", "isDefault": role.is_default,
            }),
        );
        let seq = site.put(EntityKind::Role, (&id, &role.name), 0, 880, &value)?;
        for scope in find(&role.scopes) {
            link(site.conn, Edge::RoleScope, seq, scope, 0)?;
        }
        roles.push(seq);
    }
    let organization_roles = template(site, plan, rng, &find)?;
    let (mut organizations, mut organization_ids) = (Vec::new(), Vec::new());
    for (place, own) in (0_i64..).zip(&plan.organizations) {
        let id = rng.text(12, LOWER);
        let days = 860 - 190 * place;
        let body = Map::from_iter([("description".to_owned(), Value::from(own.description.as_str()))]);
        let value = stamped(&id, organization(&own.name, site.now - days * DAY, &body));
        organizations.push(site.put(EntityKind::Organization, (&id, &own.name), 0, days, &value)?);
        organization_ids.push(id);
    }
    applications(site, plan, rng)?;
    Ok(Estate { roles, organizations, organization_ids, organization_roles })
}

/// Names and numbers of all scopes.
fn resources(site: &Site<'_>, plan: &Plan, rng: &mut Rng) -> Result<Vec<(String, i64)>, Refusal> {
    let mut scopes = Vec::new();
    for resource in &plan.resources {
        let id = rng.text(21, LOWER);
        let value = stamped(
            &id,
            json!({
                "name": resource.name, "indicator": resource.indicator, "isDefault": false, "accessTokenTtl": 3600,
            }),
        );
        let parent = site.put(EntityKind::Resource, (&id, &resource.name), 0, 880, &value)?;
        for (name, description) in &resource.scopes {
            let own = rng.text(21, LOWER);
            let value = stamped(
                &own,
                json!({
                    "resourceId": id, "name": name, "description": description, "createdAt": site.now - 880 * DAY,
                }),
            );
            scopes.push((name.clone(), site.put(EntityKind::Scope, (&own, name), parent, 880, &value)?));
        }
    }
    Ok(scopes)
}

fn template(
    site: &Site<'_>,
    plan: &Plan,
    rng: &mut Rng,
    find: &dyn Fn(&[String]) -> Vec<i64>,
) -> Result<Vec<(String, i64)>, Refusal> {
    let mut scopes = Vec::new();
    for (name, description) in &plan.organization_scopes {
        let id = rng.text(21, LOWER);
        let value = stamped(&id, json!({ "name": name, "description": description }));
        scopes.push((name, site.put(EntityKind::OrganizationScope, (&id, name), 0, 870, &value)?));
    }
    let mut roles = Vec::new();
    for role in &plan.organization_roles {
        let id = rng.text(21, LOWER);
        let value =
            stamped(&id, json!({ "name": role.name, "description": role.description, "type": "User" }));
        let seq = site.put(EntityKind::OrganizationRole, (&id, &role.name), 0, 870, &value)?;
        for (_, scope) in scopes.iter().filter(|scope| role.scopes.contains(scope.0)) {
            link(site.conn, Edge::OrganizationRoleScope, seq, *scope, 0)?;
        }
        for scope in find(&role.resource_scopes) {
            link(site.conn, Edge::OrganizationRoleResourceScope, seq, scope, 0)?;
        }
        roles.push((role.name.clone(), seq));
    }
    Ok(roles)
}

fn applications(site: &Site<'_>, plan: &Plan, rng: &mut Rng) -> Result<(), Refusal> {
    let management =
        entity_named(site.conn, site.tenant, EntityKind::Role, "Logto Management API access", 0)?;
    for own in &plan.applications {
        let value =
            application(&own.id, &own.name, &own.kind, Some(&own.description), site.now - own.days * DAY);
        let seq = site.put(EntityKind::Application, (&own.id, &own.name), 0, own.days, &value)?;
        if let Some(role) = management.as_ref().filter(|_| own.management) {
            link(site.conn, Edge::RoleApplication, role.seq, seq, 0)?;
        }
        for (name, age, end) in &own.secrets {
            let (created, end) = (site.now - age * DAY, end.map(|end| site.now + end * DAY));
            let secret = secret_value(&own.id, name, Some(&rng.text(32, MIXED)), created, end);
            put_detail(site.conn, seq, Detail::Secret, name, &secret)?;
        }
    }
    Ok(())
}
