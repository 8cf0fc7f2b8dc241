//! Users as lists and look-ups show them. Their JSON columns go out as they are stored.

use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::logto::refusal::Refusal;
use crate::logto::store::User;

/// A user on the wire.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    id: &'a str,
    username: Option<&'a str>,
    primary_email: Option<&'a str>,
    primary_phone: Option<&'a str>,
    name: Option<&'a str>,
    avatar: Option<&'a str>,
    custom_data: &'a RawValue,
    identities: &'a RawValue,
    last_sign_in_at: Option<i64>,
    created_at: i64,
    updated_at: i64,
    profile: &'a RawValue,
    application_id: Option<&'a str>,
    is_suspended: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    has_password: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization_roles: Option<Vec<Map<String, Value>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sso_identities: Option<Vec<Map<String, Value>>>,
}

/// What is shown beside the user itself.
#[derive(Default)]
pub struct More {
    /// For members of an organisation, who are shown without `hasPassword`.
    pub organization_roles: Option<Vec<Map<String, Value>>>,
    /// When asked for.
    pub sso_identities: Option<Vec<Map<String, Value>>>,
}

/// A user as JSON text.
pub fn show(user: &User, more: More) -> Result<String, Refusal> {
    let raw = |json| serde_json::from_str::<&RawValue>(json).map_err(|_| Refusal::crash());
    let shown = Shown {
        id: &user.id,
        username: user.username.as_deref(),
        primary_email: user.email.as_deref(),
        primary_phone: user.phone.as_deref(),
        name: user.name.as_deref(),
        avatar: user.avatar.as_deref(),
        custom_data: raw(&user.custom_data)?,
        identities: raw(&user.identities)?,
        last_sign_in_at: user.last_sign_in,
        created_at: user.created,
        updated_at: user.updated,
        profile: raw(&user.profile)?,
        application_id: user.application_id.as_deref(),
        is_suspended: user.suspended,
        has_password: more.organization_roles.is_none().then_some(user.password.is_some()),
        organization_roles: more.organization_roles,
        sso_identities: more.sso_identities,
    };
    serde_json::to_string(&shown).map_err(|_| Refusal::crash())
}

/// Users as a JSON list.
pub fn show_all(users: &[User]) -> Result<String, Refusal> {
    let shown = users.iter().map(|user| show(user, More::default())).collect::<Result<Vec<_>, _>>()?;
    Ok(format!("[{}]", shown.join(",")))
}
