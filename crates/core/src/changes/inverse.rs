//! What would undo an applied change, or why nothing would. Pure.

use crate::api::Remains;
use crate::model::{Change, Edit, FieldEdit, HolderKind, RemoteId, Right, WRITE_ONLY};
use crate::roster::rules::OWNER;

/// The edits that undo `change`, in their order.
///
/// # Errors
/// Why nothing does.
pub fn inverse(change: &Change) -> Result<Vec<Edit>, Remains> {
    let created = || change.created.clone().ok_or(Remains::NoInverse);
    let edit = match &change.edit {
        Edit::CreateUser { .. } => Edit::DeleteUser { user: created()? },
        Edit::CreateRole { scope, .. } => Edit::DeleteRole { role: created()?, scope: *scope },
        Edit::CreateGroup { group_kind, .. } => {
            Edit::DeleteGroup { group: created()?, group_kind: *group_kind }
        }
        Edit::CreateToken { owner, name, .. } | Edit::KeepToken { owner, name, .. } => {
            Edit::DeleteToken { owner: owner.clone(), name: name.clone() }
        }
        Edit::InviteUser { .. } => Edit::RevokeInvitation { invitation: created()? },
        Edit::UpdateUser { user, fields } => {
            let known: Vec<FieldEdit> =
                fields.iter().filter(|field| !WRITE_ONLY.contains(&field.path.as_str())).cloned().collect();
            if known.is_empty() {
                return Err(Remains::NoInverse);
            }
            Edit::UpdateUser { user: user.clone(), fields: swapped(&known) }
        }
        Edit::UpdateRole { role, scope, fields } => {
            Edit::UpdateRole { role: role.clone(), scope: *scope, fields: swapped(fields) }
        }
        Edit::UpdateGroup { group, group_kind, fields } => {
            Edit::UpdateGroup { group: group.clone(), group_kind: *group_kind, fields: swapped(fields) }
        }
        Edit::SetUserActive { user, active } => Edit::SetUserActive { user: user.clone(), active: !active },
        // Giving it took another one, which is given back; who owned everything before, a person decides.
        Edit::AssignRole { role, .. } if !change.base.roles.is_empty() && role.as_str() == OWNER => {
            return Err(Remains::NoInverse);
        }
        Edit::AssignRole { holder, group: Some(group), .. } if !change.base.roles.is_empty() => {
            return Ok(change.base.roles.iter().map(|role| role_again(role, holder, group)).collect());
        }
        Edit::AssignRole { role, holder, holder_kind, group } => Edit::UnassignRole {
            role: role.clone(),
            holder: holder.clone(),
            holder_kind: *holder_kind,
            group: group.clone(),
        },
        Edit::UnassignRole { role, holder, holder_kind, group } => Edit::AssignRole {
            role: role.clone(),
            holder: holder.clone(),
            holder_kind: *holder_kind,
            group: group.clone(),
        },
        Edit::AddMember { group, group_kind, member } => {
            Edit::RemoveMember { group: group.clone(), group_kind: *group_kind, member: member.clone() }
        }
        // Whoever is gone altogether is another one when they come back.
        Edit::RemoveMember { .. } if change.base.record.is_some() => return Err(Remains::Deleted),
        Edit::RemoveMember { group, group_kind, member } => {
            let mut edits = vec![Edit::AddMember {
                group: group.clone(),
                group_kind: *group_kind,
                member: member.clone(),
            }];
            edits.extend(change.base.roles.iter().map(|role| role_again(role, member, group)));
            return Ok(edits);
        }
        Edit::RenameToken { owner, name, new_name } => {
            Edit::RenameToken { owner: owner.clone(), name: new_name.clone(), new_name: name.clone() }
        }
        Edit::DescribeToken { owner, name, before, after } => Edit::DescribeToken {
            owner: owner.clone(),
            name: name.clone(),
            before: after.clone(),
            after: before.clone(),
        },
        Edit::AddOffDuty { user, rule } => {
            Edit::RemoveOffDuty { user: user.clone(), period: None, rule: rule.clone() }
        }
        Edit::RemoveOffDuty { user, rule, .. } => Edit::AddOffDuty { user: user.clone(), rule: rule.clone() },
        Edit::ChangeOffDuty { user, period, before, after } => Edit::ChangeOffDuty {
            user: user.clone(),
            period: period.clone(),
            before: after.clone(),
            after: before.clone(),
        },
        Edit::AddGroupOffDuty { rule, .. } => {
            let remove = |user: &RemoteId| Edit::RemoveOffDuty {
                user: user.clone(),
                period: None,
                rule: rule.clone(),
            };
            return each_member(change, remove);
        }
        Edit::SetGroupActive { active, .. } => {
            return each_member(change, |user| Edit::SetUserActive { user: user.clone(), active: !active });
        }
        Edit::GiveRight { right } => {
            // The highest first, and what it brought along that was not there before.
            let brought = right.brings().iter().rev().map(|word| (*word).to_owned());
            let all = std::iter::once(right.permission.clone()).chain(brought);
            let new = all.filter(|word| !change.base.rights.contains(word));
            let take = |permission| Edit::TakeRight { right: Right { permission, ..right.clone() } };
            return Ok(new.map(take).collect());
        }
        Edit::TakeRight { right } => Edit::GiveRight { right: right.clone() },
        Edit::DeleteUser { .. }
        | Edit::DeleteRole { .. }
        | Edit::DeleteGroup { .. }
        | Edit::DeleteInvitation { .. } => return Err(Remains::Deleted),
        Edit::ResetPassword { .. } | Edit::DeleteToken { .. } => return Err(Remains::Secret),
        Edit::UnlinkIdentity { .. }
        | Edit::EndSession { .. }
        | Edit::RevokeGrant { .. }
        | Edit::RemoveFactor { .. } => return Err(Remains::Person),
        // A new invitation is another one: to whom and until when, a person decides.
        Edit::ExpirePassword { .. }
        | Edit::ResendInvitation { .. }
        | Edit::RevokeInvitation { .. }
        | Edit::AcceptInvitation { .. } => return Err(Remains::NoInverse),
    };
    Ok(vec![edit])
}

/// For each member for whom `change` made a difference.
fn each_member(change: &Change, undo: impl Fn(&RemoteId) -> Edit) -> Result<Vec<Edit>, Remains> {
    let edits: Vec<Edit> = change.base.members.iter().map(undo).collect();
    if edits.is_empty() { Err(Remains::NoInverse) } else { Ok(edits) }
}

fn swapped(fields: &[FieldEdit]) -> Vec<FieldEdit> {
    fields
        .iter()
        .map(|FieldEdit { path, before, after }| FieldEdit {
            path: path.clone(),
            before: after.clone(),
            after: before.clone(),
        })
        .collect()
}

/// Roles in an organisation go with the membership, and do not come back with it.
fn role_again(role: &RemoteId, member: &RemoteId, group: &RemoteId) -> Edit {
    Edit::AssignRole {
        role: role.clone(),
        holder: member.clone(),
        holder_kind: HolderKind::User,
        group: Some(group.clone()),
    }
}

#[cfg(test)]
mod tests;
