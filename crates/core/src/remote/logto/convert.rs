//! Wire to model, total: a record with an id always becomes one of ours; what cannot be read is left out and said.
//!
//! Sentences about problems name attributes, never their values.

use serde_json::Value;

use super::super::canonical::{canonical, content_hash};
use super::wire::WireToken;
use crate::model::{
    Application, ContentHash, Group, GroupKind, HolderKind, Invitation, OrganizationMember, Permission,
    Record, RemoteId, Role, RoleScope, Stream, SyncIssue, Timestamp, Token, User,
};

/// Counts and samples of holders, which come with a role and change without it.
const OF_HOLDERS: [&str; 4] = ["usersCount", "featuredUsers", "applicationsCount", "featuredApplications"];

/// Reads attributes of one record and collects what is wrong with them.
pub struct Reader<'v> {
    stream: Stream,
    /// The record's id.
    pub id: RemoteId,
    value: &'v Value,
    /// What cannot be read.
    pub issues: Vec<SyncIssue>,
}

impl<'v> Reader<'v> {
    /// Of a record of `stream`.
    ///
    /// # Errors
    /// The issue that stands for a record without an id.
    pub fn new(stream: Stream, value: &'v Value) -> Result<Self, SyncIssue> {
        let id = value.get("id").and_then(Value::as_str).filter(|id| !id.trim().is_empty());
        match id {
            Some(id) => Ok(Self { stream, id: RemoteId::new(id), value, issues: Vec::new() }),
            None => {
                let what = if value.is_object() { "a record has no id" } else { "a record is not an object" };
                Err(SyncIssue { stream, remote_id: None, problem: what.to_owned() })
            }
        }
    }

    fn issue(&mut self, problem: String) {
        self.issues.push(SyncIssue { stream: self.stream, remote_id: Some(self.id.clone()), problem });
    }

    fn present(&self, name: &str) -> Option<&'v Value> {
        self.value.get(name).filter(|value| !value.is_null())
    }

    /// Text; blank text is nothing.
    fn text(&mut self, name: &str) -> Option<String> {
        let value = self.present(name)?;
        if !value.is_string() {
            self.issue(format!("{name} is not text"));
        }
        text_of(value)
    }

    fn truth(&mut self, name: &str) -> Option<bool> {
        let value = self.present(name)?;
        if !value.is_boolean() {
            self.issue(format!("{name} is neither true nor false"));
        }
        value.as_bool()
    }

    fn time(&mut self, name: &str) -> Option<Timestamp> {
        let value = self.present(name)?;
        let read = time_of(value);
        if read.is_none() {
            self.issue(format!("{name} is not a time"));
        }
        read
    }

    fn id_of(&mut self, name: &str) -> Option<RemoteId> {
        self.text(name).map(RemoteId::new)
    }
}

/// Text that is not blank.
pub fn text_of(value: &Value) -> Option<String> {
    value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Milliseconds since 1970; a few records have text instead.
pub fn time_of(value: &Value) -> Option<Timestamp> {
    match value {
        Value::Number(number) => number.as_i64().map(Timestamp::from_millis),
        Value::String(text) => Timestamp::parse(text),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A user of `/users`, or of a list of holders.
pub fn user(value: &Value, reader: &mut Reader<'_>) -> Record {
    let email = reader.text("primaryEmail");
    let phone = reader.text("primaryPhone");
    let user_name = reader
        .text("username")
        .or_else(|| email.clone())
        .or_else(|| phone.clone())
        .unwrap_or_else(|| reader.id.as_str().to_owned());
    let profile = reader.present("profile");
    let of_profile = |name: &str| profile.and_then(|profile| profile.get(name)).and_then(text_of);
    let (given_name, family_name) = (of_profile("givenName"), of_profile("familyName"));
    let display_name = reader
        .text("name")
        .or_else(|| join(given_name.as_deref(), family_name.as_deref()))
        .unwrap_or_else(|| user_name.clone());
    let raw = canonical(value);
    Record::User(Box::new(User {
        remote_id: reader.id.clone(),
        user_name,
        display_name,
        given_name,
        family_name,
        email,
        phone,
        active: reader.truth("isSuspended").map(|suspended| !suspended),
        title: None,
        department: None,
        organization: None,
        employee_number: None,
        user_type: None,
        locale: of_profile("locale"),
        external_id: None,
        created_at: reader.time("createdAt"),
        modified_at: reader.time("updatedAt"),
        last_sign_in_at: reader.time("lastSignInAt"),
        version: None,
        hash: content_hash(value, &raw),
        raw,
    }))
}

fn join(given: Option<&str>, family: Option<&str>) -> Option<String> {
    match (given, family) {
        (Some(given), Some(family)) => Some(format!("{given} {family}")),
        (Some(only), None) | (None, Some(only)) => Some(only.to_owned()),
        (None, None) => None,
    }
}

/// An organisation.
pub fn organization(value: &Value, reader: &mut Reader<'_>) -> Record {
    let mut value = value.clone();
    if let Some(object) = value.as_object_mut() {
        for name in ["usersCount", "featuredUsers"] {
            object.remove(name);
        }
    }
    let raw = canonical(&value);
    Record::Group(Box::new(Group {
        kind: GroupKind::Organization,
        display_name: reader.text("name").unwrap_or_else(|| reader.id.as_str().to_owned()),
        description: reader.text("description"),
        external_id: None,
        created_at: reader.time("createdAt"),
        modified_at: None,
        version: None,
        hash: content_hash(&value, &raw),
        raw,
        members: Vec::new(),
        remote_id: reader.id.clone(),
    }))
}

/// A role of the account with `scopes`, or one of the organisation template, which brings its own.
pub fn role(value: &Value, scope: RoleScope, scopes: &[Value], reader: &mut Reader<'_>) -> Record {
    let list = |name: &str| value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let all = scopes.iter().chain(list("scopes")).chain(list("resourceScopes"));
    let mut permissions: Vec<_> = all.filter_map(permission).collect();
    permissions.sort();
    permissions.dedup_by(|a, b| a.remote_id == b.remote_id);
    let mut value = value.clone();
    if let Some(object) = value.as_object_mut() {
        for name in OF_HOLDERS.iter().chain(&["scopes", "resourceScopes"]) {
            object.remove(*name);
        }
        let names: Vec<Value> = permissions.iter().map(Permission::full_name).map(Value::from).collect();
        object.insert("permissions".to_owned(), Value::Array(names));
    }
    let raw = canonical(&value);
    let mut bytes = raw.clone().into_bytes();
    bytes.extend(serde_json::to_vec(&permissions).unwrap_or_default());
    let is_machine = reader.text("type").as_deref() == Some("MachineToMachine");
    Record::Role(Box::new(Role {
        scope,
        holder_kind: if is_machine { HolderKind::Application } else { HolderKind::User },
        display_name: reader.text("name").unwrap_or_else(|| reader.id.as_str().to_owned()),
        description: reader.text("description"),
        is_default: reader.truth("isDefault"),
        permissions,
        raw,
        hash: ContentHash::of(&bytes),
        remote_id: reader.id.clone(),
    }))
}

/// A single right, with what it is a right on where it says so.
pub fn permission(value: &Value) -> Option<Permission> {
    let resource = value.get("resource");
    let of_resource = |name: &str| resource.and_then(|resource| resource.get(name)).and_then(text_of);
    Some(Permission {
        remote_id: RemoteId::new(value.get("id").and_then(text_of)?),
        name: value.get("name").and_then(text_of)?,
        description: value.get("description").and_then(text_of),
        resource_id: of_resource("id")
            .or_else(|| value.get("resourceId").and_then(text_of))
            .map(RemoteId::new),
        resource_name: of_resource("name"),
    })
}

/// A member of the organisation `group`.
pub fn member(value: &Value, group: &RemoteId, reader: &Reader<'_>) -> Record {
    let roles = value.get("organizationRoles").and_then(Value::as_array);
    let roles = roles.map(Vec::as_slice).unwrap_or_default().iter().filter_map(|role| role.get("id"));
    let name = ["name", "username", "primaryEmail", "primaryPhone"]
        .iter()
        .find_map(|field| value.get(*field).and_then(text_of));
    Record::Member(OrganizationMember::new(
        group.clone(),
        reader.id.clone(),
        name,
        roles.filter_map(text_of).map(RemoteId::new).collect(),
    ))
}

/// An invitation to an organisation.
pub fn invitation(value: &Value, reader: &mut Reader<'_>) -> Record {
    let raw = canonical(value);
    let roles = value.get("organizationRoles").and_then(Value::as_array);
    let roles = roles.map(Vec::as_slice).unwrap_or_default().iter();
    let mut roles: Vec<_> = roles.filter_map(|role| role.get("name").and_then(text_of)).collect();
    roles.sort();
    Record::Invitation(Box::new(Invitation {
        invitee: reader.text("invitee").unwrap_or_default(),
        status: reader.text("status").unwrap_or_default(),
        group: reader.id_of("organizationId"),
        inviter: reader.id_of("inviterId"),
        accepted_user: reader.id_of("acceptedUserId"),
        roles,
        created_at: reader.time("createdAt"),
        modified_at: reader.time("updatedAt"),
        expires_at: reader.time("expiresAt"),
        hash: content_hash(value, &raw),
        raw,
        remote_id: reader.id.clone(),
    }))
}

/// An application with its secrets, where they were asked for.
pub fn application(
    value: &Value,
    manages_account: bool,
    secrets: Option<Vec<Token>>,
    reader: &mut Reader<'_>,
) -> Record {
    let raw = canonical(value);
    let mut bytes = raw.clone().into_bytes();
    bytes.extend(serde_json::to_vec(&(manages_account, &secrets)).unwrap_or_default());
    Record::Application(Box::new(Application {
        display_name: reader.text("name").unwrap_or_else(|| reader.id.as_str().to_owned()),
        description: reader.text("description"),
        kind: reader.text("type").unwrap_or_default(),
        manages_account,
        created_at: reader.time("createdAt"),
        secrets,
        raw,
        hash: ContentHash::of(&bytes),
        remote_id: reader.id.clone(),
    }))
}

/// Tokens or secrets by name.
pub fn tokens(listed: Vec<WireToken>) -> Vec<Token> {
    let mut tokens: Vec<_> = listed
        .into_iter()
        .map(|WireToken { name, created_at, expires_at }| Token {
            name,
            description: None,
            created_at: created_at.map(Timestamp::from_millis),
            expires_at: expires_at.map(Timestamp::from_millis),
        })
        .collect();
    tokens.sort();
    tokens.dedup_by(|a, b| a.name == b.name);
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_user_is_named_by_what_there_is() {
        for (value, user_name, display_name) in [
            (json!({"id": "u", "username": "ada", "name": "Ada L", "primaryEmail": "a@x"}), "ada", "Ada L"),
            (json!({"id": "u", "username": null, "name": null, "primaryEmail": "a@x"}), "a@x", "a@x"),
            (json!({"id": "u", "primaryPhone": "33612341839"}), "33612341839", "33612341839"),
            (json!({"id": "u", "profile": {"givenName": "Ada", "familyName": "L"}}), "u", "Ada L"),
            (json!({"id": "u"}), "u", "u"),
        ] {
            let mut reader = Reader::new(Stream::Users, &value).unwrap();
            let Record::User(user) = user(&value, &mut reader) else { panic!("a user") };
            assert_eq!((user.user_name.as_str(), user.display_name.as_str()), (user_name, display_name));
            assert_eq!(reader.issues, []);
        }
    }

    #[test]
    fn what_is_of_the_wrong_type_is_said_without_its_value() {
        let value = json!({"id": "u", "name": 7, "isSuspended": "perhaps", "createdAt": "yesterday"});
        let mut reader = Reader::new(Stream::Users, &value).unwrap();
        user(&value, &mut reader);
        let problems: Vec<_> = reader.issues.iter().map(|issue| issue.problem.as_str()).collect();
        assert_eq!(
            problems,
            ["name is not text", "isSuspended is neither true nor false", "createdAt is not a time"]
        );
        assert!(Reader::new(Stream::Users, &json!({"name": "x"})).is_err());
        assert!(Reader::new(Stream::Users, &Value::Null).is_err());
    }

    #[test]
    fn a_roles_content_is_what_it_allows_and_not_who_holds_it() {
        let role_with = |count: u64, scopes: &[Value]| {
            let value = json!({"id": "r", "name": "R", "type": "User", "usersCount": count, "featuredUsers": [{"id": count}]});
            let mut reader = Reader::new(Stream::Roles, &value).unwrap();
            let Record::Role(role) = role(&value, RoleScope::Account, scopes, &mut reader) else {
                panic!("a role")
            };
            role
        };
        let scope =
            json!({"id": "s", "name": "read", "resourceId": "p", "resource": {"id": "p", "name": "Shop"}});
        let (few, many) =
            (role_with(1, std::slice::from_ref(&scope)), role_with(9, std::slice::from_ref(&scope)));
        assert_eq!(few.hash, many.hash);
        assert_ne!(few.hash, role_with(1, &[]).hash);
        assert_eq!(few.raw, r#"{"id":"r","name":"R","permissions":["read (Shop)"],"type":"User"}"#);
    }
}
