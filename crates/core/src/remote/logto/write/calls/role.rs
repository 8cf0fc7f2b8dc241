//! A role: what it allows, and who holds it.

use serde_json::{Map, Value, json};

use super::{Brings, Call, Known, created};
use crate::model::{FieldEdit, HolderKind, PERMISSIONS, RemoteId, RoleScope};

pub(super) fn create_role(
    scope: RoleScope,
    holder_kind: HolderKind,
    fields: &[FieldEdit],
    permissions: &[RemoteId],
    known: &Known,
) -> Call {
    let mut body = created(fields);
    if holder_kind == HolderKind::Application {
        body.insert("type".to_owned(), "MachineToMachine".into());
    }
    let mut add = |name: &str, ids: Vec<&RemoteId>| {
        if !ids.is_empty() {
            body.insert(name.to_owned(), json!(ids));
        }
    };
    match scope {
        RoleScope::Account => {
            add("scopeIds", permissions.iter().collect());
            Call::post(&["roles"], "POST /roles", Value::Object(body)).bringing(Brings::Id)
        }
        RoleScope::Organization => {
            let (own, of_resources) =
                permissions.iter().partition(|id| known.organization_scopes.contains(id));
            add("organizationScopeIds", own);
            add("resourceScopeIds", of_resources);
            Call::post(&["organization-roles"], "POST /organization-roles", Value::Object(body))
                .bringing(Brings::Id)
        }
    }
}

/// First its values, then what is added to its permissions, then what is taken away.
pub(super) fn update_role(role: &str, scope: RoleScope, fields: &[FieldEdit], known: &Known) -> Vec<Call> {
    let is_permissions = |field: &&FieldEdit| field.path == PERMISSIONS;
    let values = fields.iter().filter(|field| !is_permissions(field));
    let body: Map<_, _> = values.map(|field| (field.path.clone(), field.after.clone())).collect();
    let wanted = fields.iter().find(is_permissions).map(|field| {
        let ids = field.after.as_array().map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(Value::as_str).map(RemoteId::new).collect::<Vec<_>>()
    });
    let mut calls = Vec::new();
    let (path, template) = match scope {
        RoleScope::Account => (["roles", role], "PATCH /roles/{id}"),
        RoleScope::Organization => (["organization-roles", role], "PATCH /organization-roles/{id}"),
    };
    if !body.is_empty() {
        calls.push(Call::patch(&path, template, Value::Object(body)));
    }
    let Some(wanted) = wanted else { return calls };
    match scope {
        RoleScope::Account => {
            let added: Vec<_> = wanted.iter().filter(|id| !known.permissions.contains(id)).collect();
            if !added.is_empty() {
                let body = json!({ "scopeIds": added });
                calls.push(Call::post(&["roles", role, "scopes"], "POST /roles/{id}/scopes", body));
            }
            let gone = known.permissions.iter().filter(|id| !wanted.contains(id));
            calls.extend(gone.map(|id| {
                let path = ["roles", role, "scopes", id.as_str()];
                Call::delete(&path, "DELETE /roles/{id}/scopes/{scopeId}")
            }));
        }
        RoleScope::Organization => {
            let (own, of_resources): (Vec<_>, Vec<_>) =
                wanted.iter().partition(|id| known.organization_scopes.contains(id));
            calls.push(Call::put(
                &["organization-roles", role, "scopes"],
                "PUT /organization-roles/{id}/scopes",
                json!({ "organizationScopeIds": own }),
            ));
            calls.push(Call::put(
                &["organization-roles", role, "resource-scopes"],
                "PUT /organization-roles/{id}/resource-scopes",
                json!({ "scopeIds": of_resources }),
            ));
        }
    }
    calls
}

pub(super) fn assign(role: &RemoteId, holder: &str, kind: HolderKind, group: Option<&RemoteId>) -> Call {
    match (group.map(RemoteId::as_str), kind) {
        (None, HolderKind::User) => {
            Call::post(&["users", holder, "roles"], "POST /users/{id}/roles", json!({ "roleIds": [role] }))
        }
        (None, HolderKind::Application) => Call::post(
            &["applications", holder, "roles"],
            "POST /applications/{id}/roles",
            json!({ "roleIds": [role] }),
        ),
        (Some(group), HolderKind::User) => Call::post(
            &["organizations", group, "users", holder, "roles"],
            "POST /organizations/{id}/users/{userId}/roles",
            json!({ "organizationRoleIds": [role] }),
        ),
        (Some(group), HolderKind::Application) => Call::post(
            &["organizations", group, "applications", holder, "roles"],
            "POST /organizations/{id}/applications/{applicationId}/roles",
            json!({ "organizationRoleIds": [role] }),
        ),
    }
}

pub(super) fn unassign(role: &str, holder: &str, kind: HolderKind, group: Option<&RemoteId>) -> Call {
    match (group.map(RemoteId::as_str), kind) {
        (None, HolderKind::User) => {
            Call::delete(&["users", holder, "roles", role], "DELETE /users/{id}/roles/{roleId}")
        }
        (None, HolderKind::Application) => {
            Call::delete(&["applications", holder, "roles", role], "DELETE /applications/{id}/roles/{roleId}")
        }
        (Some(group), HolderKind::User) => Call::delete(
            &["organizations", group, "users", holder, "roles", role],
            "DELETE /organizations/{id}/users/{userId}/roles/{roleId}",
        ),
        (Some(group), HolderKind::Application) => Call::delete(
            &["organizations", group, "applications", holder, "roles", role],
            "DELETE /organizations/{id}/applications/{applicationId}/roles/{roleId}",
        ),
    }
}
