//! What can be edited, with what limits.

use crate::model::{AccountFacts, EditKind, EditableField, FieldKind};

/// What everybody in the Administrators group can do. Passwords of existing operators, and names of API users, cannot be
/// changed by the API.
const EDITS: [EditKind; 16] = [
    EditKind::CreateUser,
    EditKind::UpdateUser,
    EditKind::SetUserActive,
    EditKind::DeleteUser,
    EditKind::CreateGroup,
    EditKind::UpdateGroup,
    EditKind::DeleteGroup,
    EditKind::AddMember,
    EditKind::RemoveMember,
    EditKind::AddOffDuty,
    EditKind::ChangeOffDuty,
    EditKind::RemoveOffDuty,
    EditKind::AddGroupOffDuty,
    EditKind::SetGroupActive,
    EditKind::GiveRight,
    EditKind::TakeRight,
];

/// What can be edited in an account of which this is known.
pub fn edits(facts: &AccountFacts) -> Vec<EditKind> {
    let mut edits = EDITS.to_vec();
    if !facts.api_users_hidden {
        edits.extend([EditKind::CreateToken, EditKind::DescribeToken, EditKind::DeleteToken]);
    }
    edits
}

fn field(path: &str, kind: FieldKind, required: bool) -> EditableField {
    EditableField { path: path.to_owned(), kind, required, max_length: None }
}

/// Values of an operator.
pub fn user_fields() -> Vec<EditableField> {
    vec![
        field("FullName", FieldKind::Text, true),
        field("Email", FieldKind::Email, true),
        field("MobilePhone", FieldKind::Phone, false),
        field("BackupEmail", FieldKind::Email, false),
        field("OperatorRole", FieldKind::Text, false),
    ]
}

/// Values of an operator group.
pub fn group_fields() -> Vec<EditableField> {
    vec![field("Description", FieldKind::Text, true)]
}
