//! What can be edited of an organisation kept by hand.

use crate::model::{
    Capabilities, EditKind, EditableField, FieldKind, InvitationRules, PERMISSIONS, Paging, RosterPreset,
    Stream,
};

/// What every organisation kept by hand can.
const EDITS: [EditKind; 13] = [
    EditKind::InviteUser,
    EditKind::ResendInvitation,
    EditKind::RevokeInvitation,
    EditKind::DeleteInvitation,
    EditKind::AcceptInvitation,
    EditKind::KeepToken,
    EditKind::UpdateUser,
    EditKind::UpdateGroup,
    EditKind::AssignRole,
    EditKind::RemoveMember,
    EditKind::RenameToken,
    EditKind::DeleteToken,
    EditKind::CreateUser,
];

/// What one with its own roles can beside that.
const OWN_ROLES: [EditKind; 4] =
    [EditKind::UnassignRole, EditKind::CreateRole, EditKind::UpdateRole, EditKind::DeleteRole];

/// What is only kept here, so that there is nothing to do at the service.
pub const AT_ONCE: [EditKind; 8] = [
    EditKind::DeleteInvitation,
    EditKind::KeepToken,
    EditKind::UpdateUser,
    EditKind::UpdateGroup,
    EditKind::CreateRole,
    EditKind::UpdateRole,
    EditKind::DeleteRole,
    EditKind::RenameToken,
];

fn field(path: &str, kind: FieldKind, required: bool, max_length: Option<u32>) -> EditableField {
    EditableField { path: path.to_owned(), kind, required, max_length }
}

/// What an organisation of this preset has and can.
pub fn capabilities(preset: RosterPreset, page: Option<String>) -> Capabilities {
    let mut edits = EDITS.to_vec();
    let mut role_fields = Vec::new();
    match preset {
        // Nobody is a member there who was not invited.
        RosterPreset::Isocarto => edits.retain(|kind| *kind != EditKind::CreateUser),
        RosterPreset::Empty => {
            edits.extend(OWN_ROLES);
            role_fields = vec![
                field("name", FieldKind::Text, true, Some(128)),
                field("description", FieldKind::LongText, false, Some(1_000)),
                field(PERMISSIONS, FieldKind::Permissions, false, None),
            ];
        }
    }
    Capabilities {
        described: true,
        users: true,
        groups: true,
        streams: vec![Stream::Users, Stream::Groups, Stream::Roles, Stream::Memberships, Stream::Invitations],
        details: false,
        sign_ins: false,
        log: false,
        paging: Paging::Page,
        max_page_size: None,
        filter: false,
        sort: false,
        etag: false,
        patch: false,
        bulk: false,
        change_password: false,
        edits,
        user_fields: vec![
            field("name", FieldKind::Text, true, Some(256)),
            field("primaryEmail", FieldKind::Email, true, Some(254)),
            field("note", FieldKind::LongText, false, Some(2_000)),
        ],
        group_fields: vec![
            field("name", FieldKind::Text, true, Some(256)),
            field("description", FieldKind::LongText, false, Some(2_000)),
        ],
        role_fields,
        invitations: Some(invitations(preset)),
        facts: None,
        documentation: page,
    }
}

/// Whoever is invited to Isocarto joins as a member and has a week; elsewhere the person says it all.
const fn invitations(preset: RosterPreset) -> InvitationRules {
    let free = matches!(preset, RosterPreset::Empty);
    InvitationRules {
        message: false,
        roles: free,
        chooses_expiry: free,
        days: if free { 30 } else { 7 },
        resend_renews: true,
    }
}
