//! An edit as one request: pure.
//!
//! Operators are changed by PATCH with the changed fields alone: what a GET gave is not all there is, and sending it back
//! would reset the rest.

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::super::convert::period_body;
use super::super::parents::{ParentKind, right_templates};
use super::editable::FLAGGED;
use crate::model::{ACCOUNT_DEFAULT, Edit, FieldEdit, GrantHolder, RemoteId, Right, Secret};

/// One request.
#[derive(Clone, Debug)]
pub struct Call {
    /// `POST`, …
    pub method: Method,
    /// Below the account's address.
    pub path: Vec<String>,
    /// Method and path template, for errors and logs.
    pub template: &'static str,
    /// JSON body.
    pub body: Option<Value>,
    /// Where the id of what was created stands in the answer.
    pub id_in: Option<&'static str>,
    /// Not finding it means that it is done.
    pub gone_is_done: bool,
}

impl Call {
    fn new(method: Method, path: &[&str], template: &'static str) -> Self {
        let path = path.iter().map(|part| (*part).to_owned()).collect();
        Self { method, path, template, body: None, id_in: None, gone_is_done: false }
    }

    fn with(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }

    fn creating(self, id_in: &'static str) -> Self {
        Self { id_in: Some(id_in), ..self }
    }

    fn deleting(path: &[&str], template: &'static str) -> Self {
        Self { gone_is_done: true, ..Self::new(Method::DELETE, path, template) }
    }
}

/// The request that carries `edit` out; `item` is the id of the API user, off-duty entry or right that it names, `password`
/// that of a new operator. `None` for what this service cannot do.
pub fn call(edit: &Edit, item: Option<&RemoteId>, password: Option<&Secret>) -> Option<Call> {
    let call = match edit {
        Edit::CreateUser { fields, .. } => Call::new(Method::POST, &["Operator"], "POST /Operator")
            .with(new_operator(fields, password))
            .creating("OperatorGuid"),
        Edit::UpdateUser { user, fields } => {
            let mut body = Map::new();
            fields.iter().for_each(|field| put(&mut body, field));
            Call::new(Method::PATCH, &["Operator", user.as_str()], "PATCH /Operator/{id}")
                .with(Value::Object(body))
        }
        Edit::SetUserActive { user, active } => {
            Call::new(Method::PATCH, &["Operator", user.as_str()], "PATCH /Operator/{id}")
                .with(json!({ "IsOnDuty": active }))
        }
        Edit::DeleteUser { user } => Call::deleting(&["Operator", user.as_str()], "DELETE /Operator/{id}"),
        Edit::CreateGroup { fields, .. } => {
            Call::new(Method::POST, &["OperatorGroup"], "POST /OperatorGroup")
                .with(json!({ "Description": name_in(fields)? }))
                .creating("OperatorGroupGuid")
        }
        Edit::UpdateGroup { group, fields, .. } => {
            // The service has no PATCH for groups; a name is all that can change, and only of an ordinary one.
            let body = json!({
                "OperatorGroupGuid": group, "Description": name_in(fields)?, "IsEveryone": false,
                "IsAdministratorsGroup": false,
            });
            Call::new(Method::PUT, &["OperatorGroup", group.as_str()], "PUT /OperatorGroup/{id}").with(body)
        }
        Edit::DeleteGroup { group, .. } => {
            Call::deleting(&["OperatorGroup", group.as_str()], "DELETE /OperatorGroup/{id}")
        }
        Edit::AddMember { group, member, .. } => Call::new(
            Method::POST,
            &["OperatorGroup", group.as_str(), "Member", member.as_str()],
            "POST /OperatorGroup/{id}/Member/{id}",
        ),
        Edit::RemoveMember { group, member, .. } => Call::deleting(
            &["OperatorGroup", group.as_str(), "Member", member.as_str()],
            "DELETE /OperatorGroup/{id}/Member/{id}",
        ),
        Edit::CreateToken { owner, name, .. } => Call::new(Method::POST, &["ApiUser"], "POST /ApiUser")
            .with(json!({ "OperatorGuid": owner, "Description": name }))
            .creating("ApiUserGuid"),
        Edit::DeleteToken { .. } => Call::deleting(&["ApiUser", item?.as_str()], "DELETE /ApiUser/{id}"),
        Edit::DescribeToken { owner, after, .. } => {
            // The service takes both, and changes the description alone.
            let body = json!({ "OperatorGuid": owner, "Description": after });
            Call::new(Method::PUT, &["ApiUser", item?.as_str()], "PUT /ApiUser/{id}").with(body)
        }
        Edit::AddOffDuty { .. }
        | Edit::ChangeOffDuty { .. }
        | Edit::RemoveOffDuty { .. }
        | Edit::AddGroupOffDuty { .. }
        | Edit::SetGroupActive { .. } => duty(edit, item)?,
        Edit::GiveRight { right } => give(right),
        Edit::TakeRight { right } => take(right, item)?,
        Edit::ResetPassword { .. }
        | Edit::ExpirePassword { .. }
        | Edit::UnlinkIdentity { .. }
        | Edit::EndSession { .. }
        | Edit::RevokeGrant { .. }
        | Edit::RemoveFactor { .. }
        | Edit::CreateRole { .. }
        | Edit::UpdateRole { .. }
        | Edit::DeleteRole { .. }
        | Edit::AssignRole { .. }
        | Edit::UnassignRole { .. }
        | Edit::RenameToken { .. }
        | Edit::InviteUser { .. }
        | Edit::ResendInvitation { .. }
        | Edit::RevokeInvitation { .. }
        | Edit::DeleteInvitation { .. }
        | Edit::AcceptInvitation { .. }
        | Edit::KeepToken { .. } => return None,
    };
    Some(call)
}

/// Off-duty entries, and the calls that fan out to the members of a group. `period` is an entry's id in the account.
#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named is not about duty")]
fn duty(edit: &Edit, period: Option<&RemoteId>) -> Option<Call> {
    const ONE: &str = "DutySchedule";
    let number = |period: &RemoteId| period.as_str().rsplit(':').next().and_then(|id| id.parse::<i64>().ok());
    Some(match edit {
        Edit::AddOffDuty { user, rule } => {
            Call::new(Method::POST, &["Operator", user.as_str(), ONE], "POST /Operator/{id}/DutySchedule")
                .with(period_body(rule, None)?)
        }
        Edit::ChangeOffDuty { user, period, after, .. } => {
            let id = number(period)?;
            Call::new(
                Method::PUT,
                &["Operator", user.as_str(), ONE, &id.to_string()],
                "PUT /Operator/{id}/DutySchedule/{id}",
            )
            .with(period_body(after, Some(id))?)
        }
        Edit::RemoveOffDuty { user, .. } => Call::deleting(
            &["Operator", user.as_str(), ONE, &number(period?)?.to_string()],
            "DELETE /Operator/{id}/DutySchedule/{id}",
        ),
        Edit::AddGroupOffDuty { group, rule } => Call::new(
            Method::POST,
            &["OperatorGroup", group.as_str(), ONE, "AddDutyScheduleForAllMembers"],
            "POST /OperatorGroup/{id}/DutySchedule/AddDutyScheduleForAllMembers",
        )
        .with(period_body(rule, None)?),
        Edit::SetGroupActive { group, active: true } => Call::new(
            Method::POST,
            &["OperatorGroup", group.as_str(), "AllOperatorsOnDuty"],
            "POST /OperatorGroup/{id}/AllOperatorsOnDuty",
        ),
        Edit::SetGroupActive { group, active: false } => Call::new(
            Method::POST,
            &["OperatorGroup", group.as_str(), "AllOperatorsOffDuty"],
            "POST /OperatorGroup/{id}/AllOperatorsOffDuty",
        ),
        _ => return None,
    })
}

/// Where rights in the whole account are given and taken: by a word in the address.
fn in_account(method: Method, right: &Right) -> Call {
    let (kind, holder, permission) = (right.holder_kind, right.holder.as_str(), right.permission.as_str());
    let template = match (kind, method == Method::POST) {
        (GrantHolder::User, true) => "POST /Operator/{id}/Authorization/{type}",
        (GrantHolder::User, false) => "DELETE /Operator/{id}/Authorization/{type}",
        (GrantHolder::Group, true) => "POST /OperatorGroup/{id}/Authorization/{type}",
        (GrantHolder::Group, false) => "DELETE /OperatorGroup/{id}/Authorization/{type}",
    };
    let of = if kind == GrantHolder::User { "Operator" } else { "OperatorGroup" };
    Call::new(method, &[of, holder, "Authorization", permission], template)
}

fn give(right: &Right) -> Call {
    let (Some(kind), Some(resource)) = (right.resource_kind, &right.resource) else {
        return in_account(Method::POST, right);
    };
    let parent = ParentKind::Resource(kind);
    let holder = if right.holder_kind == GrantHolder::User { "OperatorGuid" } else { "OperatorGroupGuid" };
    let path = [parent.path(), resource.as_str(), parent.authorizations().0];
    Call::new(Method::POST, &path, right_templates(kind).0)
        .with(json!({ "AuthorizationType": right.permission, holder: right.holder }))
}

fn take(right: &Right, authorization: Option<&RemoteId>) -> Option<Call> {
    let (Some(kind), Some(resource)) = (right.resource_kind, &right.resource) else {
        return Some(Call { gone_is_done: true, ..in_account(Method::DELETE, right) });
    };
    let parent = ParentKind::Resource(kind);
    let path = [parent.path(), resource.as_str(), parent.authorizations().0, authorization?.as_str()];
    Some(Call::deleting(&path, right_templates(kind).1))
}

/// Everything that the vendor's own client sends for a new operator. With a password the operator is set up by hand, and the
/// service sends no e-mail; without one it invites.
fn new_operator(fields: &[FieldEdit], password: Option<&Secret>) -> Value {
    let mut body = Map::new();
    for (name, value) in [
        ("MobilePhone", json!("")),
        ("BackupEmail", json!("")),
        ("IsOnDuty", json!(true)),
        ("SmsProvider", json!("UseAccountSetting")),
        ("DefaultDashboard", json!("UseAccountSpecifiedDashboard")),
        ("OperatorRole", json!("Unspecified")),
        ("SetupMode", json!(if password.is_some() { "Manual" } else { "Invitation" })),
    ] {
        body.insert(name.to_owned(), value);
    }
    for name in FLAGGED {
        body.insert(format!("{name}Specified"), json!(false));
    }
    fields.iter().for_each(|field| put(&mut body, field));
    if let Some(password) = password {
        // Into the body of the request that creates the operator.
        body.insert("Password".to_owned(), Value::from(password.expose()));
    }
    Value::Object(body)
}

/// A value as the service takes it. Some count only beside a flag; with the flag alone they are the account's again.
fn put(body: &mut Map<String, Value>, FieldEdit { path, after, .. }: &FieldEdit) {
    if !FLAGGED.contains(&path.as_str()) {
        body.insert(path.clone(), emptied(after));
        return;
    }
    body.insert(format!("{path}Specified"), json!(true));
    if !after.is_null() && after.as_str() != Some(ACCOUNT_DEFAULT) {
        body.insert(path.clone(), after.clone());
    }
}

/// Nothing is written as an empty text.
fn emptied(value: &Value) -> Value {
    if value.is_null() { json!("") } else { value.clone() }
}

fn name_in(fields: &[FieldEdit]) -> Option<&Value> {
    fields.iter().find(|field| field.path == "Description").map(|field| &field.after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{GroupKind, PasswordChoice};

    fn field(path: &str, after: Value) -> FieldEdit {
        FieldEdit { path: path.to_owned(), before: Value::Null, after }
    }

    #[test]
    fn a_new_operator_is_invited_unless_there_is_a_password() {
        let fields = vec![field("FullName", json!("Ada")), field("Email", json!("ada@example.com"))];
        for (password, mode) in
            [(None, "Invitation"), (Some(Secret::new("s3cret-long".to_owned())), "Manual")]
        {
            let choice = if password.is_some() { PasswordChoice::Generated } else { PasswordChoice::None };
            let edit = Edit::CreateUser { fields: fields.clone(), password: choice };
            let body = call(&edit, None, password.as_ref()).unwrap().body.unwrap();
            assert_eq!(body["SetupMode"], mode);
            assert_eq!(body.get("Password").is_some(), password.is_some());
            assert_eq!((&body["FullName"], &body["CultureNameSpecified"]), (&json!("Ada"), &json!(false)));
        }
    }

    #[test]
    fn only_what_changes_is_sent_and_nothing_is_an_empty_text() {
        let edit =
            Edit::UpdateUser { user: RemoteId::new("u"), fields: vec![field("MobilePhone", Value::Null)] };
        let call = call(&edit, None, None).unwrap();
        assert_eq!((call.method, call.body), (Method::PATCH, Some(json!({"MobilePhone": ""}))));
    }

    #[test]
    fn some_values_count_only_beside_a_flag_and_the_flag_alone_takes_them_back() {
        for (path, after, expected) in [
            ("CultureName", json!("fr-FR"), json!({"CultureName": "fr-FR", "CultureNameSpecified": true})),
            ("CultureName", json!(ACCOUNT_DEFAULT), json!({"CultureNameSpecified": true})),
            ("TimeZoneId", json!(56), json!({"TimeZoneId": 56, "TimeZoneIdSpecified": true})),
            ("TimeZoneId", Value::Null, json!({"TimeZoneIdSpecified": true})),
            (
                "AllowNativeLogin",
                json!(false),
                json!({"AllowNativeLogin": false, "AllowNativeLoginSpecified": true}),
            ),
            ("SmsProvider", json!("SmsProviderUSA"), json!({"SmsProvider": "SmsProviderUSA"})),
        ] {
            let edit = Edit::UpdateUser { user: RemoteId::new("u"), fields: vec![field(path, after)] };
            assert_eq!(call(&edit, None, None).unwrap().body, Some(expected), "{path}");
        }
    }

    #[test]
    fn a_token_that_nobody_knows_cannot_be_deleted() {
        let edit = Edit::DeleteToken { owner: RemoteId::new("u"), name: "api".to_owned() };
        assert!(call(&edit, None, None).is_none());
        let path = call(&edit, Some(&RemoteId::new("t")), None).unwrap().path;
        assert_eq!(path, ["ApiUser", "t"]);
    }

    #[test]
    fn a_group_is_renamed_whole() {
        let edit = Edit::UpdateGroup {
            group: RemoteId::new("g"),
            group_kind: GroupKind::Group,
            fields: vec![field("Description", json!("Nights"))],
        };
        let body = call(&edit, None, None).unwrap().body.unwrap();
        assert_eq!((&body["Description"], &body["IsEveryone"]), (&json!("Nights"), &json!(false)));
    }
}
