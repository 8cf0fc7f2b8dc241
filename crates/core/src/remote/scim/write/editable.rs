//! What a service lets be edited: what its description (RFC 7643 section 7) has that forms know, less what only the
//! service writes. A service that does not describe its records is taken to have those of the RFC.

use serde_json::Value;

use super::super::wire::{attribute, truth};
use crate::model::{Capabilities, EditKind, EditableField, FieldKind};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// Path below the schema, attribute and sub-attribute that must be there, what is typed.
type Known = (&'static str, &'static str, Option<&'static str>, FieldKind);

const OF_USER: [Known; 15] = [
    ("userName", "userName", None, FieldKind::UserName),
    ("displayName", "displayName", None, FieldKind::Text),
    ("name.givenName", "name", Some("givenName"), FieldKind::Text),
    ("name.middleName", "name", Some("middleName"), FieldKind::Text),
    ("name.familyName", "name", Some("familyName"), FieldKind::Text),
    ("nickName", "nickName", None, FieldKind::Text),
    ("emails[primary].value", "emails", Some("value"), FieldKind::Email),
    ("phoneNumbers[primary].value", "phoneNumbers", Some("value"), FieldKind::Phone),
    ("title", "title", None, FieldKind::Text),
    ("userType", "userType", None, FieldKind::Text),
    ("preferredLanguage", "preferredLanguage", None, FieldKind::Text),
    ("locale", "locale", None, FieldKind::Text),
    ("timezone", "timezone", None, FieldKind::Text),
    ("profileUrl", "profileUrl", None, FieldKind::Url),
    ("active", "active", None, FieldKind::Flag),
];

const OF_ENTERPRISE: [Known; 5] = [
    ("employeeNumber", "employeeNumber", None, FieldKind::Text),
    ("costCenter", "costCenter", None, FieldKind::Text),
    ("organization", "organization", None, FieldKind::Text),
    ("division", "division", None, FieldKind::Text),
    ("department", "department", None, FieldKind::Text),
];

const OF_GROUP: [Known; 1] = [("displayName", "displayName", None, FieldKind::Text)];

/// Adds what can be edited to what a service can; `schemas` is its list of them, where it has one.
pub fn add_edits(capabilities: &mut Capabilities, schemas: Option<&[Value]>) {
    let user = schemas.map(|all| find(all, USER));
    let mut fields = fields(&OF_USER, user, "");
    let suspends = fields.iter().any(|field| field.path == "active");
    // It has an edit of its own.
    fields.retain(|field| field.path != "active");
    if let Some(enterprise) = schemas.and_then(|all| find(all, ENTERPRISE)) {
        fields.extend(self::fields(&OF_ENTERPRISE, Some(Some(enterprise)), ENTERPRISE));
    }
    let mut edits = vec![EditKind::CreateUser, EditKind::UpdateUser];
    edits.extend(suspends.then_some(EditKind::SetUserActive));
    edits.extend(capabilities.change_password.then_some(EditKind::ResetPassword));
    edits.push(EditKind::DeleteUser);
    if capabilities.groups {
        let group = schemas.map(|all| find(all, GROUP));
        capabilities.group_fields = self::fields(&OF_GROUP, group, "");
        edits.extend([EditKind::CreateGroup, EditKind::UpdateGroup, EditKind::DeleteGroup]);
        if is_editable(group, "members", None) {
            edits.extend([EditKind::AddMember, EditKind::RemoveMember]);
        }
    }
    capabilities.user_fields = fields;
    capabilities.edits = edits;
}

fn find<'v>(schemas: &'v [Value], urn: &str) -> Option<&'v Value> {
    schemas.iter().find(|schema| {
        attribute(schema, "id").and_then(Value::as_str).is_some_and(|id| id.eq_ignore_ascii_case(urn))
    })
}

/// `schema` is `None` where nothing is described, and holds `None` where only this schema is not.
fn fields(known: &[Known], schema: Option<Option<&Value>>, urn: &str) -> Vec<EditableField> {
    let editable = known.iter().filter(|(_, name, sub, _)| is_editable(schema, name, *sub));
    editable
        .map(|(path, name, _, kind)| EditableField {
            path: if urn.is_empty() { (*path).to_owned() } else { format!("{urn}:{path}") },
            kind: *kind,
            required: is_required(schema, name) && path == name,
            max_length: None,
        })
        .collect()
}

fn described<'v>(schema: Option<Option<&'v Value>>, name: &str) -> Option<&'v Value> {
    named(attribute(schema??, "attributes")?, name)
}

fn named<'v>(attributes: &'v Value, name: &str) -> Option<&'v Value> {
    attributes.as_array()?.iter().find(|own| {
        attribute(own, "name").and_then(Value::as_str).is_some_and(|own| own.eq_ignore_ascii_case(name))
    })
}

fn is_editable(schema: Option<Option<&Value>>, name: &str, sub: Option<&str>) -> bool {
    if schema.flatten().is_none() {
        return true;
    }
    let writes = |own: &Value| {
        let mutability = attribute(own, "mutability").and_then(Value::as_str).unwrap_or("readWrite");
        !mutability.eq_ignore_ascii_case("readOnly")
    };
    let Some(own) = described(schema, name) else { return false };
    let below = sub.zip(attribute(own, "subAttributes"));
    writes(own) && below.is_none_or(|(sub, all)| named(all, sub).is_some_and(writes))
}

/// RFC 7643 requires the two names; a service may require more.
fn is_required(schema: Option<Option<&Value>>, name: &str) -> bool {
    let stated = described(schema, name).and_then(|own| attribute(own, "required")).and_then(truth);
    let group = schema.is_some() && name == "displayName";
    stated.unwrap_or(name == "userName" || group && described(schema, "members").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn capabilities(groups: bool, schemas: Option<&[Value]>) -> Capabilities {
        let config = json!({"patch": {"supported": true}, "changePassword": {"supported": groups}});
        let mut capabilities = super::super::super::discover::from_config(&config);
        capabilities.groups = groups;
        add_edits(&mut capabilities, schemas);
        capabilities
    }

    #[test]
    fn without_a_description_the_records_are_those_of_the_standard() {
        let found = capabilities(false, None);
        assert_eq!(found.user_fields.len(), 14);
        assert!(found.user_fields[0].required, "{:?}", found.user_fields[0]);
        use EditKind::{CreateUser, DeleteUser, SetUserActive, UpdateUser};
        assert_eq!(found.edits, [CreateUser, UpdateUser, SetUserActive, DeleteUser]);
        assert!(found.group_fields.is_empty());
    }

    #[test]
    fn what_only_the_service_writes_is_left_out() {
        let schemas = [
            json!({"id": USER, "attributes": [
                {"name": "userName", "required": true, "mutability": "immutable"},
                {"name": "name", "mutability": "readWrite", "subAttributes": [
                    {"name": "givenName"}, {"name": "familyName", "mutability": "readOnly"}]},
                {"name": "active", "mutability": "readOnly"}, {"name": "emails"}, {"name": "title", "required": true}]}),
            json!({"id": ENTERPRISE, "attributes": [{"name": "department"}]}),
            json!({"id": GROUP, "attributes": [
                {"name": "displayName"}, {"name": "members", "mutability": "readOnly"}]}),
        ];
        let found = capabilities(true, Some(&schemas));
        let fields: Vec<_> =
            found.user_fields.iter().map(|field| (field.path.as_str(), field.required)).collect();
        let department = format!("{ENTERPRISE}:department");
        assert_eq!(
            fields,
            [
                ("userName", true),
                ("name.givenName", false),
                ("emails[primary].value", false),
                ("title", true),
                (department.as_str(), false)
            ]
        );
        use EditKind::{
            CreateGroup, CreateUser, DeleteGroup, DeleteUser, ResetPassword, UpdateGroup, UpdateUser,
        };
        assert_eq!(
            found.edits,
            [CreateUser, UpdateUser, ResetPassword, DeleteUser, CreateGroup, UpdateGroup, DeleteGroup]
        );
        assert_eq!(found.group_fields.len(), 1);
    }
}
