//! An edit as requests: pure, so that each can be compared with what a real server accepted.

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::super::super::canonical::keep_hidden;
use crate::model::{Edit, FieldEdit, FieldPath, HolderKind, PERMISSIONS, RemoteId, RoleScope, Secret};

/// One request.
#[derive(Clone, Debug)]
pub struct Call {
    /// `POST`, …
    pub method: Method,
    /// Below `/api`.
    pub path: Vec<String>,
    /// Method and path template, for errors and logs.
    pub template: &'static str,
    /// JSON body.
    pub body: Option<Value>,
    /// What the answer brings.
    pub brings: Brings,
    /// Not finding it means that it is done.
    pub gone_is_done: bool,
    /// The same at older releases, which do not know the path.
    pub older: Option<Box<Call>>,
}

/// What of an answer is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brings {
    /// Nothing: whatever else stands there ends in the client.
    Nothing,
    /// The id of what was created.
    Id,
    /// The value of a token.
    Token,
}

/// What an edit must know beside itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs<'e> {
    /// Nothing.
    Nothing,
    /// The user, with everything in it.
    User(&'e str),
    /// The organisation, with everything in it.
    Organization(&'e str),
    /// Which permissions are of the organisation template.
    OrganizationScopes,
    /// What the role allows now; for one of the organisation template, which permissions are of that.
    Permissions(&'e str, RoleScope),
}

/// What was read for [`Needs`].
#[derive(Debug, Default)]
pub struct Known {
    /// The record.
    pub whole: Value,
    /// Permissions of the organisation template.
    pub organization_scopes: Vec<RemoteId>,
    /// What the role allows now.
    pub permissions: Vec<RemoteId>,
    /// Of the new user, or the new one.
    pub password: Option<Secret>,
}

impl Call {
    fn new(method: Method, path: &[&str], template: &'static str) -> Self {
        let path = path.iter().map(|part| (*part).to_owned()).collect();
        Self { method, path, template, body: None, brings: Brings::Nothing, gone_is_done: false, older: None }
    }

    fn post(path: &[&str], template: &'static str, body: Value) -> Self {
        Self { body: Some(body), ..Self::new(Method::POST, path, template) }
    }

    fn patch(path: &[&str], template: &'static str, body: Value) -> Self {
        Self { body: Some(body), ..Self::new(Method::PATCH, path, template) }
    }

    fn put(path: &[&str], template: &'static str, body: Value) -> Self {
        Self { body: Some(body), ..Self::new(Method::PUT, path, template) }
    }

    fn delete(path: &[&str], template: &'static str) -> Self {
        Self { gone_is_done: true, ..Self::new(Method::DELETE, path, template) }
    }

    fn bringing(self, brings: Brings) -> Self {
        Self { brings, ..self }
    }

    fn or_older(self, older: Self) -> Self {
        Self { older: Some(Box::new(older)), ..self }
    }
}

/// What must be read before `edit` can be carried out.
pub fn needs(edit: &Edit) -> Needs<'_> {
    if let Edit::UpdateUser { user, fields } = edit
        && fields.iter().any(needs_whole)
    {
        return Needs::User(user.as_str());
    }
    if let Edit::UpdateGroup { group, fields, .. } = edit
        && fields.iter().any(|field| top(&field.path) == "customData")
    {
        return Needs::Organization(group.as_str());
    }
    if let Edit::CreateRole { scope: RoleScope::Organization, permissions, .. } = edit
        && !permissions.is_empty()
    {
        return Needs::OrganizationScopes;
    }
    if let Edit::UpdateRole { role, scope, fields } = edit
        && fields.iter().any(|field| field.path == PERMISSIONS)
    {
        return Needs::Permissions(role.as_str(), *scope);
    }
    Needs::Nothing
}

/// The requests that `edit` needs, in their order.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of edit")]
pub fn calls(edit: &Edit, known: &Known) -> Vec<Call> {
    match edit {
        Edit::CreateUser { fields, .. } => vec![create_user(fields, known)],
        Edit::UpdateUser { user, fields } => update_user(user.as_str(), fields, &known.whole),
        Edit::SetUserActive { user, active } => vec![Call::patch(
            &["users", user.as_str(), "is-suspended"],
            "PATCH /users/{id}/is-suspended",
            json!({ "isSuspended": !active }),
        )],
        Edit::ResetPassword { user } => {
            // Into the body of the request that sets it.
            let password = known.password.as_ref().map(Secret::expose);
            vec![Call::patch(
                &["users", user.as_str(), "password"],
                "PATCH /users/{id}/password",
                json!({ "password": password }),
            )]
        }
        Edit::ExpirePassword { user } => vec![Call::patch(
            &["users", user.as_str(), "password", "expiration"],
            "PATCH /users/{id}/password/expiration",
            json!({ "isExpired": true }),
        )],
        Edit::DeleteUser { user } => {
            vec![Call::delete(&["users", user.as_str()], "DELETE /users/{id}")]
        }
        Edit::UnlinkIdentity { user, target } => vec![Call::delete(
            &["users", user.as_str(), "identities", target],
            "DELETE /users/{id}/identities/{target}",
        )],
        Edit::EndSession { user, session } => vec![Call::delete(
            &["users", user.as_str(), "sessions", session],
            "DELETE /users/{id}/sessions/{sessionId}",
        )],
        Edit::RevokeGrant { user, grant } => vec![Call::delete(
            &["users", user.as_str(), "grants", grant],
            "DELETE /users/{id}/grants/{grantId}",
        )],
        Edit::RemoveFactor { user, factor } => vec![Call::delete(
            &["users", user.as_str(), "mfa-verifications", factor],
            "DELETE /users/{id}/mfa-verifications/{verificationId}",
        )],
        Edit::CreateRole { scope, holder_kind, fields, permissions } => {
            vec![create_role(*scope, *holder_kind, fields, permissions, known)]
        }
        Edit::UpdateRole { role, scope, fields } => update_role(role.as_str(), *scope, fields, known),
        Edit::DeleteRole { role, scope } => vec![match scope {
            RoleScope::Account => Call::delete(&["roles", role.as_str()], "DELETE /roles/{id}"),
            RoleScope::Organization => {
                Call::delete(&["organization-roles", role.as_str()], "DELETE /organization-roles/{id}")
            }
        }],
        Edit::AssignRole { role, holder, holder_kind, group } => {
            vec![assign(role, holder.as_str(), *holder_kind, group.as_ref())]
        }
        Edit::UnassignRole { role, holder, holder_kind, group } => {
            vec![unassign(role.as_str(), holder.as_str(), *holder_kind, group.as_ref())]
        }
        Edit::CreateGroup { fields, .. } => {
            let body = Value::Object(created(fields));
            vec![Call::post(&["organizations"], "POST /organizations", body).bringing(Brings::Id)]
        }
        Edit::UpdateGroup { group, fields, .. } => vec![Call::patch(
            &["organizations", group.as_str()],
            "PATCH /organizations/{id}",
            Value::Object(update_organization(fields, &known.whole)),
        )],
        Edit::DeleteGroup { group, .. } => {
            vec![Call::delete(&["organizations", group.as_str()], "DELETE /organizations/{id}")]
        }
        Edit::AddMember { group, member, .. } => vec![Call::post(
            &["organizations", group.as_str(), "users"],
            "POST /organizations/{id}/users",
            json!({ "userIds": [member] }),
        )],
        Edit::RemoveMember { group, member, .. } => vec![Call::delete(
            &["organizations", group.as_str(), "users", member.as_str()],
            "DELETE /organizations/{id}/users/{userId}",
        )],
        Edit::CreateToken { owner, name, expires_at } => {
            let mut body = json!({ "name": name });
            if let Some(end) = expires_at {
                put(&mut body, "expiresAt", end.as_millis().into());
            }
            let path = ["users", owner.as_str(), "personal-access-tokens"];
            vec![Call::post(&path, "POST /users/{id}/personal-access-tokens", body).bringing(Brings::Token)]
        }
        Edit::RenameToken { owner, name, new_name } => {
            let path = ["users", owner.as_str(), "personal-access-tokens"];
            let body = json!({ "currentName": name, "name": new_name });
            let older = Call::patch(
                &["users", owner.as_str(), "personal-access-tokens", name],
                "PATCH /users/{id}/personal-access-tokens/{name}",
                json!({ "name": new_name }),
            );
            vec![Call::patch(&path, "PATCH /users/{id}/personal-access-tokens", body).or_older(older)]
        }
        Edit::DeleteToken { owner, name } => {
            let path = ["users", owner.as_str(), "personal-access-tokens", "delete"];
            let older = Call::delete(
                &["users", owner.as_str(), "personal-access-tokens", name],
                "DELETE /users/{id}/personal-access-tokens/{name}",
            );
            let call =
                Call::post(&path, "POST /users/{id}/personal-access-tokens/delete", json!({ "name": name }));
            vec![Call { gone_is_done: true, ..call }.or_older(older)]
        }
    }
}

fn put(body: &mut Value, name: &str, value: Value) {
    if let Some(members) = body.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

/// The attribute of the record that the value stands in.
fn top(path: &str) -> &str {
    path.split_once('.').map_or(path, |(top, _)| top)
}

/// `fields` of a new record; what is nothing is left out.
fn created(fields: &[FieldEdit]) -> Map<String, Value> {
    let mut record = Value::Object(Map::new());
    for field in fields {
        FieldPath::parse(&field.path).set(&mut record, field.after.clone());
    }
    if let Value::Object(record) = record { record } else { Map::new() }
}

fn create_user(fields: &[FieldEdit], known: &Known) -> Call {
    let mut body = created(fields);
    if let Some(password) = &known.password {
        // Into the body of the request that creates the user.
        body.insert("password".to_owned(), Value::from(password.expose()));
    }
    Call::post(&["users"], "POST /users", Value::Object(body)).bringing(Brings::Id)
}

/// Whether the service can only be given the object around the value whole: it replaces addresses, and takes no key away
/// when it merges.
fn needs_whole(field: &FieldEdit) -> bool {
    let path = field.path.as_str();
    let in_object = matches!(top(path), "profile" | "customData");
    in_object && (field.after.is_null() || path == top(path) || path.starts_with("profile.address."))
}

fn update_user(user: &str, fields: &[FieldEdit], whole: &Value) -> Vec<Call> {
    let mut changed = whole.clone();
    for field in fields {
        FieldPath::parse(&field.path).set(&mut changed, field.after.clone());
    }
    let mut row = Map::new();
    for field in fields.iter().filter(|field| !matches!(top(&field.path), "profile" | "customData")) {
        row.insert(field.path.clone(), field.after.clone());
    }
    let mut calls = Vec::new();
    let profile = merged("profile", fields, whole, &changed, &mut row);
    let custom_data = merged("customData", fields, whole, &changed, &mut row);
    if !row.is_empty() {
        calls.push(Call::patch(&["users", user], "PATCH /users/{id}", Value::Object(row)));
    }
    calls.extend(profile.map(|profile| {
        let body = json!({ "profile": profile });
        Call::patch(&["users", user, "profile"], "PATCH /users/{id}/profile", body)
    }));
    calls.extend(custom_data.map(|data| {
        let body = json!({ "customData": data });
        Call::patch(&["users", user, "custom-data"], "PATCH /users/{id}/custom-data", body)
    }));
    calls
}

/// What to merge into the object `name`; where a key must go or the object is replaced, it goes into `row` whole instead.
fn merged(
    name: &str,
    fields: &[FieldEdit],
    whole: &Value,
    changed: &Value,
    row: &mut Map<String, Value>,
) -> Option<Map<String, Value>> {
    let own: Vec<_> = fields.iter().filter(|field| top(&field.path) == name).collect();
    if own.is_empty() {
        return None;
    }
    // An address is sent whole, which the merge does too.
    let goes = |field: &&FieldEdit| {
        field.path == name || (field.after.is_null() && !field.path.starts_with("profile.address."))
    };
    if own.iter().any(goes) {
        row.insert(name.to_owned(), object_with_hidden(changed.get(name), whole.get(name)));
        return None;
    }
    let keys = own.iter().filter_map(|field| match FieldPath::parse(&field.path).steps() {
        [_, crate::model::Step::Name(key) | crate::model::Step::Key(key), ..] => Some(key.clone()),
        _ => None,
    });
    let changed = changed.get(name);
    Some(keys.filter_map(|key| Some((key.clone(), changed?.get(&key)?.clone()))).collect())
}

/// `object`, else an empty one, with what of `before` nobody was shown.
fn object_with_hidden(object: Option<&Value>, before: Option<&Value>) -> Value {
    let mut object = object.filter(|object| object.is_object()).cloned().unwrap_or_else(|| json!({}));
    if let Some(before) = before {
        keep_hidden(before, &mut object);
    }
    object
}

fn update_organization(fields: &[FieldEdit], whole: &Value) -> Map<String, Value> {
    let mut changed = whole.clone();
    let mut body = Map::new();
    for field in fields {
        FieldPath::parse(&field.path).set(&mut changed, field.after.clone());
        body.insert(top(&field.path).to_owned(), field.after.clone());
    }
    if let Some(data) = body.get_mut("customData") {
        *data = object_with_hidden(changed.get("customData"), whole.get("customData"));
    }
    body
}

fn create_role(
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
fn update_role(role: &str, scope: RoleScope, fields: &[FieldEdit], known: &Known) -> Vec<Call> {
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

fn assign(role: &RemoteId, holder: &str, kind: HolderKind, group: Option<&RemoteId>) -> Call {
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

fn unassign(role: &str, holder: &str, kind: HolderKind, group: Option<&RemoteId>) -> Call {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn field(path: &str, after: Value) -> FieldEdit {
        FieldEdit { path: path.to_owned(), before: Value::Null, after }
    }

    fn user(fields: Vec<FieldEdit>) -> Edit {
        Edit::UpdateUser { user: RemoteId::new("u"), fields }
    }

    fn written(edit: &Edit, whole: &Value) -> Vec<(String, Value)> {
        // What was not read is not there.
        let whole = if needs(edit) == Needs::Nothing { Value::Null } else { whole.clone() };
        let known = Known { whole, ..Known::default() };
        let call =
            |call: Call| (format!("{} {}", call.method, call.path.join("/")), call.body.unwrap_or_default());
        calls(edit, &known).into_iter().map(call).collect()
    }

    #[test]
    fn an_update_of_a_user_sends_the_least_that_loses_nothing() {
        let whole = json!({
            "name": "Ada", "profile": {"givenName": "Ada", "locale": "fr", "address": {"country": "UK", "region": "L"}},
            "customData": {"plan": "pro", "apiKey": "k", "a.b": 1}
        });
        let row = |body: Value| ("PATCH users/u".to_owned(), body);
        let profile = |body: Value| ("PATCH users/u/profile".to_owned(), json!({ "profile": body }));
        let data = |body: Value| ("PATCH users/u/custom-data".to_owned(), json!({ "customData": body }));
        for (fields, expected) in [
            (vec![field("name", json!(null))], vec![row(json!({"name": null}))]),
            (
                vec![
                    field("profile.givenName", json!("A")),
                    field("name", json!("A")),
                    field("customData.x.y", json!(1)),
                ],
                vec![row(json!({"name": "A"})), profile(json!({"givenName": "A"})), data(json!({"x.y": 1}))],
            ),
            (
                vec![field("profile.locale", json!(null))],
                vec![row(
                    json!({"profile": {"givenName": "Ada", "address": {"country": "UK", "region": "L"}}}),
                )],
            ),
            (
                vec![
                    field("profile.address.region", json!(null)),
                    field("profile.address.locality", json!("Bath")),
                ],
                vec![profile(json!({"address": {"country": "UK", "locality": "Bath"}}))],
            ),
            (
                vec![field("customData.plan", json!(null))],
                vec![row(json!({"customData": {"apiKey": "k", "a.b": 1}}))],
            ),
            (
                vec![field("customData", json!({"plan": "free"}))],
                vec![row(json!({"customData": {"plan": "free", "apiKey": "k"}}))],
            ),
            (
                vec![field("customData", json!(null)), field("name", json!("B"))],
                vec![row(json!({"customData": {"apiKey": "k"}, "name": "B"}))],
            ),
        ] {
            assert_eq!(written(&user(fields.clone()), &whole), expected, "{fields:?}");
        }
    }

    #[test]
    fn an_organisation_keeps_the_custom_data_that_nobody_touched() {
        let whole = json!({"name": "Shop", "customData": {"plan": "pro", "token": "t"}});
        let edit = Edit::UpdateGroup {
            group: RemoteId::new("o"),
            group_kind: crate::model::GroupKind::Organization,
            fields: vec![field("customData.seats", json!(3)), field("description", json!("d"))],
        };
        let body = json!({"description": "d", "customData": {"plan": "pro", "token": "t", "seats": 3}});
        assert_eq!(written(&edit, &whole), [("PATCH organizations/o".to_owned(), body)]);
    }

    #[test]
    fn permissions_are_added_and_taken_away_singly_or_replaced_where_the_service_can() {
        let ids = |ids: &[&str]| ids.iter().map(|id| RemoteId::new(*id)).collect::<Vec<_>>();
        let edit = |scope| Edit::UpdateRole {
            role: RemoteId::new("r"),
            scope,
            fields: vec![field("permissions", json!(["b", "c"])), field("name", json!("R"))],
        };
        let known =
            Known { permissions: ids(&["a", "b"]), organization_scopes: ids(&["c"]), ..Known::default() };
        let all = |edit: &Edit| {
            let call = |call: &Call| format!("{} {}", call.template, call.body.clone().unwrap_or_default());
            calls(edit, &known).iter().map(call).collect::<Vec<_>>()
        };
        assert_eq!(
            all(&edit(RoleScope::Account)),
            [
                r#"PATCH /roles/{id} {"name":"R"}"#,
                r#"POST /roles/{id}/scopes {"scopeIds":["c"]}"#,
                "DELETE /roles/{id}/scopes/{scopeId} null"
            ]
        );
        assert_eq!(
            all(&edit(RoleScope::Organization)),
            [
                r#"PATCH /organization-roles/{id} {"name":"R"}"#,
                r#"PUT /organization-roles/{id}/scopes {"organizationScopeIds":["c"]}"#,
                r#"PUT /organization-roles/{id}/resource-scopes {"scopeIds":["b"]}"#
            ]
        );
    }
}
