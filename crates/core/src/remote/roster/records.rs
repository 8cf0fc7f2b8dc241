//! Records of an organisation kept by hand. Total: what has an id always becomes one.

use serde_json::{Map, Value};

use super::super::canonical::{canonical, content_hash};
use crate::model::{
    ContentHash, Group, GroupKind, HolderKind, Invitation, OrganizationMember, Permission, Record, RemoteId,
    Role, RoleScope, Timestamp, User,
};

/// A time as records write it.
pub fn time_text(time: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(time.as_millis()).map(|time| time.to_string()).unwrap_or_default()
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn id(value: &Value) -> Option<RemoteId> {
    text(value, "id").map(RemoteId::new)
}

fn time(value: &Value, name: &str) -> Option<Timestamp> {
    Timestamp::parse(value.get(name)?.as_str()?)
}

/// A record of these values; what is nothing is left out.
pub fn record(values: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Value {
    let values = values.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(values.collect::<Map<_, _>>())
}

/// A member.
pub fn user(value: &Value) -> Option<User> {
    let remote_id = id(value)?;
    let email = text(value, "primaryEmail");
    let user_name = email.clone().unwrap_or_else(|| remote_id.as_str().to_owned());
    let raw = canonical(value);
    Some(User {
        display_name: text(value, "name").unwrap_or_else(|| user_name.clone()),
        user_name,
        given_name: None,
        family_name: None,
        email,
        phone: None,
        active: None,
        title: None,
        department: None,
        organization: None,
        employee_number: None,
        user_type: None,
        locale: None,
        external_id: None,
        created_at: time(value, "createdAt"),
        modified_at: None,
        last_sign_in_at: None,
        version: None,
        hash: content_hash(value, &raw),
        raw,
        remote_id,
    })
}

/// What a kept record of a member says.
pub fn read_user(value: &Value) -> Option<Record> {
    user(value).map(|user| Record::User(Box::new(user)))
}

/// The organisation.
pub fn group(value: &Value) -> Option<Group> {
    let remote_id = id(value)?;
    let raw = canonical(value);
    Some(Group {
        kind: GroupKind::Organization,
        display_name: text(value, "name").unwrap_or_else(|| remote_id.as_str().to_owned()),
        description: text(value, "description"),
        external_id: None,
        created_at: time(value, "createdAt"),
        modified_at: None,
        version: None,
        hash: content_hash(value, &raw),
        raw,
        members: Vec::new(),
        remote_id,
    })
}

/// A role with what it allows.
pub fn role(value: &Value, mut permissions: Vec<Permission>) -> Option<Role> {
    let remote_id = id(value)?;
    permissions.sort();
    permissions.dedup_by(|a, b| a.remote_id == b.remote_id);
    let mut value = value.clone();
    if let Some(object) = value.as_object_mut() {
        let names: Vec<Value> = permissions.iter().map(Permission::full_name).map(Value::from).collect();
        object.insert("permissions".to_owned(), Value::Array(names));
    }
    let raw = canonical(&value);
    let mut bytes = raw.clone().into_bytes();
    bytes.extend(serde_json::to_vec(&permissions).unwrap_or_default());
    Some(Role {
        scope: RoleScope::Organization,
        holder_kind: HolderKind::User,
        display_name: text(&value, "name").unwrap_or_else(|| remote_id.as_str().to_owned()),
        description: text(&value, "description"),
        is_default: value.get("isDefault").and_then(Value::as_bool),
        permissions,
        hash: ContentHash::of(&bytes),
        raw,
        remote_id,
    })
}

/// Who is a member, with which roles.
pub fn member(group: &RemoteId, user: &User, roles: Vec<RemoteId>) -> OrganizationMember {
    OrganizationMember::new(group.clone(), user.remote_id.clone(), Some(user.display_name.clone()), roles)
}

/// An invitation.
pub fn invitation(value: &Value) -> Option<Invitation> {
    let remote_id = id(value)?;
    let raw = canonical(value);
    let names = value.get("roles").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut roles: Vec<String> = names.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    roles.sort();
    roles.dedup();
    Some(Invitation {
        invitee: text(value, "invitee").unwrap_or_default(),
        status: text(value, "status").unwrap_or_default(),
        group: text(value, "organizationId").map(RemoteId::new),
        inviter: text(value, "inviterId").map(RemoteId::new),
        accepted_user: text(value, "acceptedUserId").map(RemoteId::new),
        roles,
        created_at: time(value, "createdAt"),
        modified_at: None,
        expires_at: time(value, "expiresAt"),
        hash: content_hash(value, &raw),
        raw,
        remote_id,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_record_with_an_id_is_one_of_ours_and_its_times_come_back() {
        let sent = Timestamp::from_millis(1_764_688_260_000);
        assert_eq!(Timestamp::parse(&time_text(sent)), Some(sent));
        let value = record([
            ("id", Some(json!("i"))),
            ("invitee", Some(json!("zoe@acme.fr"))),
            ("createdAt", Some(json!(time_text(sent)))),
            ("note", None),
        ]);
        let read = invitation(&value).unwrap();
        assert_eq!((read.created_at, read.invitee.as_str()), (Some(sent), "zoe@acme.fr"));
        assert!(!read.raw.contains("note"));
        assert_eq!(user(&json!({"name": "nobody"})), None);
        let unnamed = user(&json!({"id": "u", "primaryEmail": "zoe@acme.fr", "name": " "})).unwrap();
        assert_eq!((unnamed.display_name.as_str(), unnamed.active), ("zoe@acme.fr", None));
    }
}
