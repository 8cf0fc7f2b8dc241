//! Users (RFC 7643 sections 4.1 and 4.3).

use serde_json::Value;

use super::{Reader, User, attribute, canonical, content_hash};

/// RFC 7643 section 4.3, and what came before it.
const ENTERPRISE: [&str; 2] = [
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    "urn:scim:schemas:extension:enterprise:1.0",
];

pub(super) fn convert(value: &Value, reader: &mut Reader) -> User {
    let common = reader.common(value);
    let name = attribute(value, "name").filter(|name| name.is_object());
    let given_name = name.and_then(|name| reader.text(name, "givenName"));
    let family_name = name.and_then(|name| reader.text(name, "familyName"));
    let formatted = name.and_then(|name| reader.text(name, "formatted"));
    let email = reader.primary(value, "emails");
    let user_name = reader.text(value, "userName").unwrap_or_else(|| {
        reader.issue("userName is missing: the e-mail address or the id stands in for it".to_owned());
        email.clone().unwrap_or_else(|| reader.id.as_str().to_owned())
    });
    let display_name = reader
        .text(value, "displayName")
        .or(formatted)
        .or_else(|| join(given_name.as_deref(), family_name.as_deref()))
        .unwrap_or_else(|| user_name.clone());
    let enterprise = ENTERPRISE.iter().find_map(|urn| attribute(value, urn)).unwrap_or(&Value::Null);
    let raw = canonical(value);
    User {
        remote_id: reader.id.clone(),
        display_name,
        given_name,
        family_name,
        phone: reader.primary(value, "phoneNumbers"),
        active: reader.truth(value, "active"),
        title: reader.text(value, "title"),
        department: reader.text(enterprise, "department"),
        organization: reader.text(enterprise, "organization"),
        employee_number: reader.text(enterprise, "employeeNumber"),
        user_type: reader.text(value, "userType"),
        locale: reader.text(value, "locale").or_else(|| reader.text(value, "preferredLanguage")),
        external_id: common.external_id,
        created_at: common.created_at,
        modified_at: common.modified_at,
        last_sign_in_at: None,
        version: common.version,
        hash: content_hash(value, &raw),
        user_name,
        email,
        raw,
    }
}

fn join(given: Option<&str>, family: Option<&str>) -> Option<String> {
    match (given, family) {
        (Some(given), Some(family)) => Some(format!("{given} {family}")),
        (Some(only), None) | (None, Some(only)) => Some(only.to_owned()),
        (None, None) => None,
    }
}
