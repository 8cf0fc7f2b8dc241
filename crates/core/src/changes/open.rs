//! The open changes of a queue while edits are put beside them, found by what they are about: thousands of edits at once look
//! each other up instead of being compared one by one. Pure.

use std::collections::BTreeMap;

use super::parts;
use crate::model::{Change, ChangeId, ChangeState, Edit, KEY_SEPARATOR, RemoteId};

/// Open changes.
#[derive(Debug, Default)]
pub struct Open {
    changes: BTreeMap<ChangeId, Change>,
    /// In the person's order.
    by_slot: BTreeMap<String, Vec<ChangeId>>,
}

impl Open {
    /// Of changes in the person's order.
    pub fn new(changes: Vec<Change>) -> Self {
        let mut open = Self::default();
        changes.into_iter().for_each(|change| open.put(change));
        open
    }

    /// The change of this number.
    pub fn find(&self, id: ChangeId) -> Option<&Change> {
        self.changes.get(&id)
    }

    /// The first change that is about the same values, edge or belonging as `edit` and is not on its way.
    pub fn about_the_same(&self, edit: &Edit) -> Option<&Change> {
        let of_slot = self.by_slot.get(&slot(edit)?)?;
        let mut waiting = of_slot.iter().filter_map(|id| self.find(*id));
        waiting.find(|change| change.state != ChangeState::Sent)
    }

    /// Adds `change` behind the others, or puts it in the place of the one of the same number.
    pub fn put(&mut self, change: Change) {
        if let Some(slot) = slot(&change.edit) {
            let of_slot = self.by_slot.entry(slot).or_default();
            if !of_slot.contains(&change.id) {
                of_slot.push(change.id);
            }
        }
        self.changes.insert(change.id, change);
    }

    /// Takes one out.
    pub fn remove(&mut self, id: ChangeId) {
        let Some(change) = self.changes.remove(&id) else { return };
        if let Some(of_slot) = slot(&change.edit).and_then(|slot| self.by_slot.get_mut(&slot)) {
            of_slot.retain(|other| *other != id);
        }
    }
}

/// Names the values, edge or belonging for which a single change is enough; `None` where two edits are always two.
fn slot(edit: &Edit) -> Option<String> {
    let id = RemoteId::as_str;
    // Two times of the same schedule are two.
    let value = parts::single_value(edit).map(|field| field.after.to_string()).unwrap_or_default();
    let address: String;
    let (what, ends): (&str, [&str; 3]) = match edit {
        Edit::UpdateUser { user: own, .. }
        | Edit::UpdateRole { role: own, .. }
        | Edit::UpdateGroup { group: own, .. } => ("values", [id(own), "", ""]),
        Edit::SetUserActive { user, .. } => ("active", [id(user), "", ""]),
        Edit::ResetPassword { user } => ("password", [id(user), "", ""]),
        Edit::ExpirePassword { user } => ("expiry", [id(user), "", ""]),
        Edit::DeleteUser { user: own }
        | Edit::DeleteRole { role: own, .. }
        | Edit::DeleteGroup { group: own, .. } => ("deleted", [id(own), "", ""]),
        Edit::AssignRole { role, holder, group, .. } | Edit::UnassignRole { role, holder, group, .. } => {
            ("role", [id(role), id(holder), group.as_ref().map_or("", id)])
        }
        Edit::AddMember { group, member, .. } | Edit::RemoveMember { group, member, .. } => {
            ("member", [id(group), id(member), ""])
        }
        Edit::CreateToken { owner, name, .. } | Edit::KeepToken { owner, name, .. } => {
            ("newToken", [id(owner), name, ""])
        }
        Edit::InviteUser { group, invitee, .. } => {
            address = invitee.to_lowercase();
            ("invitation", [id(group), &address, ""])
        }
        // What was decided last about an invitation is what becomes of it.
        Edit::ResendInvitation { invitation, .. }
        | Edit::RevokeInvitation { invitation }
        | Edit::DeleteInvitation { invitation }
        | Edit::AcceptInvitation { invitation, .. } => ("invitationEnd", [id(invitation), "", ""]),
        Edit::RenameToken { owner, name, .. } => ("tokenName", [id(owner), name, ""]),
        Edit::DeleteToken { owner, name } => ("tokenEnd", [id(owner), name, ""]),
        Edit::DescribeToken { owner, name, .. } => ("tokenDescription", [id(owner), name, ""]),
        Edit::AddOffDuty { user: of, .. } | Edit::AddGroupOffDuty { group: of, .. } => {
            ("newOffDuty", [id(of), &value, ""])
        }
        Edit::ChangeOffDuty { period, .. } | Edit::RemoveOffDuty { period: Some(period), .. } => {
            ("offDuty", [id(period), "", ""])
        }
        Edit::RemoveOffDuty { period: None, .. } => return None,
        Edit::SetGroupActive { group, .. } => ("groupActive", [id(group), "", ""]),
        Edit::GiveRight { right } | Edit::TakeRight { right } => {
            ("right", [id(&right.holder), &right.permission, right.resource.as_ref().map_or("", id)])
        }
        Edit::UnlinkIdentity { user, target } => ("identity", [id(user), target, ""]),
        Edit::EndSession { user, session } => ("session", [id(user), session, ""]),
        Edit::RevokeGrant { user, grant } => ("grant", [id(user), grant, ""]),
        Edit::RemoveFactor { user, factor } => ("factor", [id(user), factor, ""]),
        // Two new ones of the same name are two.
        Edit::CreateUser { .. } | Edit::CreateRole { .. } | Edit::CreateGroup { .. } => return None,
    };
    let [first, second, third] = ends;
    // What stands for an id holds the separator too: lengths keep the parts apart.
    let (one, two) = (first.len(), second.len());
    Some(format!("{what}{KEY_SEPARATOR}{one}{KEY_SEPARATOR}{two}{KEY_SEPARATOR}{first}{second}{third}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, ChangeBase, GroupKind, HolderKind, Timestamp};

    fn change(id: i64, state: ChangeState, edit: Edit) -> Change {
        Change {
            id: ChangeId(id),
            account: AccountId(1),
            position: id,
            edit,
            base: ChangeBase::default(),
            state,
            block: None,
            schedule: None,
            secret_taken: None,
            created: None,
            created_at: Timestamp::from_millis(0),
            run: None,
        }
    }

    fn suspend(user: &str) -> Edit {
        Edit::SetUserActive { user: RemoteId::new(user), active: false }
    }

    #[test]
    fn the_first_that_is_not_on_its_way_is_found_until_it_is_taken_out() {
        let mut open = Open::new(vec![
            change(3, ChangeState::Sent, suspend("a")),
            change(2, ChangeState::Blocked, suspend("a")),
            change(1, ChangeState::Pending, suspend("a")),
            change(4, ChangeState::Pending, suspend("b")),
        ]);
        let found = |open: &Open, user: &str| open.about_the_same(&suspend(user)).map(|change| change.id.0);
        assert_eq!((found(&open, "a"), found(&open, "b"), found(&open, "c")), (Some(2), Some(4), None));
        open.remove(ChangeId(2));
        assert_eq!(found(&open, "a"), Some(1));
        open.put(change(5, ChangeState::Pending, suspend("c")));
        open.put(change(5, ChangeState::Blocked, suspend("c")));
        assert_eq!(open.find(ChangeId(5)).map(|change| change.state), Some(ChangeState::Blocked));
        open.remove(ChangeId(5));
        assert_eq!(found(&open, "c"), None);
    }

    #[test]
    fn parts_of_ids_are_not_mixed_up() {
        let member = |group: &str, member: &str| Edit::AddMember {
            group: RemoteId::new(group),
            group_kind: GroupKind::Group,
            member: RemoteId::new(member),
        };
        assert_ne!(slot(&member("ab", "c")), slot(&member("a", "bc")));
        let role = |group: Option<&str>| Edit::AssignRole {
            role: RemoteId::new("r"),
            holder: RemoteId::new("h"),
            holder_kind: HolderKind::User,
            group: group.map(RemoteId::new),
        };
        assert_ne!(slot(&role(None)), slot(&role(Some("g"))));
    }
}
