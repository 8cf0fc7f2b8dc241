//! What can be edited, with what limits.

use super::super::session::PAGE_SIZE;
use crate::model::{
    Capabilities, EditKind, EditableField, FieldKind, InvitationRules, PERMISSIONS, Paging, Stream,
};

/// Longest name, address or number of a user.
const LONGEST: Option<u32> = Some(128);

/// Sending an invitation again does not move its end: for that it is revoked and made anew.
const INVITATIONS: InvitationRules =
    InvitationRules { message: true, roles: true, chooses_expiry: true, days: 7, resend_renews: false };

/// Every edit; the only right that an application can have lets it do them all.
const EDITS: [EditKind; 27] = [
    EditKind::CreateUser,
    EditKind::UpdateUser,
    EditKind::SetUserActive,
    EditKind::ResetPassword,
    EditKind::ExpirePassword,
    EditKind::DeleteUser,
    EditKind::UnlinkIdentity,
    EditKind::EndSession,
    EditKind::RevokeGrant,
    EditKind::RemoveFactor,
    EditKind::CreateRole,
    EditKind::UpdateRole,
    EditKind::DeleteRole,
    EditKind::AssignRole,
    EditKind::UnassignRole,
    EditKind::CreateGroup,
    EditKind::UpdateGroup,
    EditKind::DeleteGroup,
    EditKind::AddMember,
    EditKind::RemoveMember,
    EditKind::CreateToken,
    EditKind::RenameToken,
    EditKind::DeleteToken,
    EditKind::InviteUser,
    EditKind::ResendInvitation,
    EditKind::RevokeInvitation,
    EditKind::DeleteInvitation,
];

/// What every service of this kind can, with or without organisations.
pub fn capabilities(organizations: bool) -> Capabilities {
    let of_organizations = [Stream::Groups, Stream::Memberships, Stream::Invitations];
    let listed = [
        Stream::Users,
        Stream::Groups,
        Stream::Roles,
        Stream::Applications,
        Stream::RoleAssignments,
        Stream::Memberships,
        Stream::Invitations,
    ];
    let streams = listed.into_iter().filter(|stream| organizations || !of_organizations.contains(stream));
    let edits_organizations = [
        EditKind::CreateGroup,
        EditKind::UpdateGroup,
        EditKind::DeleteGroup,
        EditKind::AddMember,
        EditKind::RemoveMember,
        EditKind::InviteUser,
        EditKind::ResendInvitation,
        EditKind::RevokeInvitation,
        EditKind::DeleteInvitation,
    ];
    let edits = EDITS.into_iter().filter(|edit| organizations || !edits_organizations.contains(edit));
    Capabilities {
        described: true,
        users: true,
        groups: organizations,
        streams: streams.collect(),
        details: true,
        sign_ins: true,
        log: true,
        paging: Paging::Page,
        max_page_size: u32::try_from(PAGE_SIZE).ok(),
        filter: true,
        sort: false,
        etag: false,
        patch: true,
        bulk: false,
        change_password: true,
        edits: edits.collect(),
        user_fields: user_fields(),
        group_fields: if organizations { group_fields() } else { Vec::new() },
        role_fields: role_fields(),
        invitations: organizations.then_some(INVITATIONS),
        facts: None,
        documentation: Some("https://docs.logto.io".to_owned()),
    }
}

fn field(path: &str, kind: FieldKind, max_length: Option<u32>) -> EditableField {
    EditableField { path: path.to_owned(), kind, required: false, max_length }
}

fn required(path: &str, kind: FieldKind, max_length: Option<u32>) -> EditableField {
    EditableField { required: true, ..field(path, kind, max_length) }
}

fn user_fields() -> Vec<EditableField> {
    let mut fields = vec![
        field("name", FieldKind::Text, LONGEST),
        field("username", FieldKind::UserName, LONGEST),
        field("primaryEmail", FieldKind::Email, LONGEST),
        field("primaryPhone", FieldKind::Phone, LONGEST),
        field("avatar", FieldKind::Url, Some(2048)),
    ];
    let of_profile = [
        "givenName",
        "middleName",
        "familyName",
        "nickname",
        "preferredUsername",
        "profile",
        "website",
        "gender",
        "birthdate",
        "zoneinfo",
        "locale",
        "address.formatted",
        "address.streetAddress",
        "address.locality",
        "address.region",
        "address.postalCode",
        "address.country",
    ];
    // The service takes any text for these, also where an address or a date is meant.
    fields.extend(of_profile.map(|name| field(&format!("profile.{name}"), FieldKind::Text, None)));
    fields.push(field("customData", FieldKind::Json, None));
    fields
}

fn group_fields() -> Vec<EditableField> {
    vec![
        required("name", FieldKind::Text, LONGEST),
        field("description", FieldKind::LongText, None),
        field("isMfaRequired", FieldKind::Flag, None),
        field("customData", FieldKind::Json, None),
    ]
}

fn role_fields() -> Vec<EditableField> {
    vec![
        required("name", FieldKind::Text, LONGEST),
        required("description", FieldKind::LongText, LONGEST),
        field("isDefault", FieldKind::Flag, None),
        field(PERMISSIONS, FieldKind::Permissions, None),
    ]
}
