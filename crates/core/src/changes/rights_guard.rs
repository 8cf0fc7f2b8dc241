//! Rights that somebody must hold, full rights, and rights that do not end with what is taken: what a person should know. Pure.

use super::facts::Facts;
use crate::api::Guard;
use crate::model::{Edit, NEEDED, RemoteId};
use crate::store::account_holders::AccountHolders;

/// Whether somebody may lose a right by it, or get all of them.
pub const fn may_take(edit: &Edit) -> bool {
    matches!(
        edit,
        Edit::TakeRight { .. }
            | Edit::RemoveMember { .. }
            | Edit::AddMember { .. }
            | Edit::DeleteUser { .. }
            | Edit::DeleteGroup { .. }
            | Edit::SetUserActive { active: false, .. }
            | Edit::SetGroupActive { active: false, .. }
    )
}

/// Whom an edit of a whole group reaches.
pub fn reached<'f>(edit: &Edit, facts: &'f Facts) -> &'f [RemoteId] {
    let (Edit::AddGroupOffDuty { group, .. } | Edit::SetGroupActive { group, .. }) = edit else { return &[] };
    facts.reached.get(group).map_or(&[], Vec::as_slice)
}

/// By place: key, guard, and whether it must be confirmed. `edits` are looked at together: what one takes, another may give.
pub fn guards(edits: &[&Edit], facts: &Facts) -> Vec<Vec<(&'static str, Guard, bool)>> {
    let last = last_with(edits, facts);
    let each = edits.iter().zip(last).map(|(edit, last)| {
        let last = last.into_iter().map(|permission| {
            ("lastWithRight", Guard::LastWithRight { permission: permission.to_owned() }, true)
        });
        let mut guards: Vec<_> = last.collect();
        if let Edit::AddMember { group, .. } = edit
            && facts.rights.as_ref().is_some_and(|rights| rights.administrators.contains(group))
        {
            guards.push(("fullRights", Guard::FullRights, true));
        }
        guards
    });
    each.collect()
}

/// By place: rights of which the edit takes a holder, and which nobody holds once all are done.
fn last_with(edits: &[&Edit], facts: &Facts) -> Vec<Vec<&'static str>> {
    let Some(before) = &facts.rights else { return vec![Vec::new(); edits.len()] };
    let mut after = before.clone();
    for edit in edits {
        carry_out(&mut after, edit, facts);
    }
    let ended: Vec<&'static str> = NEEDED
        .into_iter()
        .filter(|right| !before.holders(right).is_empty() && after.holders(right).is_empty())
        .collect();
    let takes = |edit: &Edit, right: &str| {
        let mut alone = before.clone();
        carry_out(&mut alone, edit, facts);
        let left = alone.holders(right);
        before.holders(right).iter().any(|holder| !left.contains(holder))
    };
    edits
        .iter()
        .map(|edit| match may_take(edit) && !ended.is_empty() {
            true => ended.iter().copied().filter(|right| takes(edit, right)).collect(),
            false => Vec::new(),
        })
        .collect()
}

#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named moves no right in the whole account")]
fn carry_out(rights: &mut AccountHolders, edit: &Edit, facts: &Facts) {
    match edit {
        Edit::DeleteUser { user } => rights.forget(user),
        // Whoever gets no alerts is no contact; whoever deletes the last one's switch is asked.
        Edit::SetUserActive { user, active: false } => rights.forget(user),
        Edit::SetGroupActive { active: false, .. } => {
            reached(edit, facts).iter().for_each(|user| rights.forget(user));
        }
        Edit::DeleteGroup { group, .. } => rights.forget_group(group),
        Edit::AddMember { group, member, .. } => {
            rights.members.entry(group.clone()).or_default().insert(member.clone());
        }
        Edit::RemoveMember { group, member, .. } => {
            rights.members.entry(group.clone()).or_default().remove(member);
        }
        Edit::GiveRight { right } if right.resource.is_none() => {
            rights.put(&right.permission, right.holder_kind, right.holder.clone());
        }
        Edit::TakeRight { right } if right.resource.is_none() => {
            rights.take(&right.permission, right.holder_kind, &right.holder);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::{ADMINISTRATOR, GrantHolder, GroupKind, Right};

    fn id(text: &str) -> RemoteId {
        RemoteId::new(text)
    }

    /// Ada is the one financial operator; Bo is a technical contact through the group Night; Ada and Bo are administrators.
    fn facts() -> Facts {
        let mut rights = AccountHolders::default();
        rights.put("FinancialOperator", GrantHolder::User, id("ada"));
        rights.put("TechnicalContact", GrantHolder::Group, id("night"));
        rights.put("Administrator", GrantHolder::Group, id("admins"));
        rights.members.insert(id("night"), BTreeSet::from([id("bo")]));
        rights.members.insert(id("admins"), BTreeSet::from([id("ada"), id("bo")]));
        rights.administrators.insert(id("admins"));
        Facts { rights: Some(rights), ..Facts::default() }
    }

    fn right(permission: &str, holder: &str) -> Right {
        Right {
            permission: permission.to_owned(),
            holder_kind: GrantHolder::User,
            holder: id(holder),
            resource: None,
            resource_kind: None,
        }
    }

    fn leave(group: &str, member: &str) -> Edit {
        Edit::RemoveMember { group: id(group), group_kind: GroupKind::Group, member: id(member) }
    }

    fn last(edits: &[Edit]) -> Vec<Vec<&'static str>> {
        let edits: Vec<&Edit> = edits.iter().collect();
        last_with(&edits, &facts())
    }

    #[test]
    fn the_last_holder_is_told_whichever_way_the_right_is_lost() {
        for (edit, expected) in [
            (Edit::TakeRight { right: right("FinancialOperator", "ada") }, vec!["FinancialOperator"]),
            (Edit::DeleteUser { user: id("ada") }, vec!["FinancialOperator"]),
            (Edit::SetUserActive { user: id("ada"), active: false }, vec!["FinancialOperator"]),
            (Edit::DeleteUser { user: id("bo") }, vec!["TechnicalContact"]),
            (leave("night", "bo"), vec!["TechnicalContact"]),
            (
                Edit::DeleteGroup { group: id("night"), group_kind: GroupKind::Group },
                vec!["TechnicalContact"],
            ),
            (leave("admins", "ada"), vec![]),
            (Edit::DeleteUser { user: id("cy") }, vec![]),
        ] {
            assert_eq!(last(std::slice::from_ref(&edit)), [expected], "{edit:?}");
        }
        assert_eq!(
            last(&[leave("admins", "ada"), leave("admins", "bo")]),
            [vec![ADMINISTRATOR], vec![ADMINISTRATOR]]
        );
    }

    #[test]
    fn whoever_gets_it_in_the_same_plan_holds_it_afterwards() {
        let give = Edit::GiveRight { right: right("FinancialOperator", "bo") };
        let take = Edit::TakeRight { right: right("FinancialOperator", "ada") };
        assert_eq!(last(&[take, give]), [Vec::<&str>::new(), vec![]]);
    }

    #[test]
    fn joining_the_administrators_asks() {
        let join = Edit::AddMember { group: id("admins"), group_kind: GroupKind::Group, member: id("cy") };
        assert_eq!(guards(&[&join], &facts()), [vec![("fullRights", Guard::FullRights, true)]]);
    }
}
