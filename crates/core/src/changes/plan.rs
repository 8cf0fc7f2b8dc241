//! In which order edits run and why, and what is lost with each. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Facts;
use super::parts;
use super::permissions;
use super::placeholder::{self, Placeholder};
use crate::api::{LossKind, LossView, OrderReason};
use crate::model::{Edit, RemoteId, account_word};

/// Where an edit stands in the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// When it runs, from 0.
    pub order: usize,
    /// Which others run before it, by their place in what was asked about, and why.
    pub after: Vec<(usize, OrderReason)>,
}

/// Puts `edits`, which stand in the person's order, into the order in which they run: each where the person put it, but
/// after what it needs. `creates` is what an edit's result is called by others: its place, or the number of its change.
pub fn order(edits: &[&Edit], creates: &dyn Fn(usize) -> Vec<Placeholder>) -> Vec<Placed> {
    let after = dependencies(edits, creates);
    let mut placed: Vec<Placed> =
        after.iter().map(|after| Placed { order: 0, after: after.iter().copied().collect() }).collect();
    let mut waiting: Vec<usize> = after
        .iter()
        .map(|after| after.iter().map(|(first, _)| *first).collect::<BTreeSet<_>>().len())
        .collect();
    let mut followers: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (place, after) in after.iter().enumerate() {
        for (first, _) in after {
            followers.entry(*first).or_default().insert(place);
        }
    }
    let mut ready: BTreeSet<usize> =
        (0..edits.len()).filter(|place| waiting.get(*place) == Some(&0)).collect();
    let mut left: BTreeSet<usize> = (0..edits.len()).collect();
    for order in 0..edits.len() {
        // Edits that wait for each other do not exist; if they did, the person's order would do.
        let Some(next) = ready.pop_first().or_else(|| left.first().copied()) else { break };
        left.remove(&next);
        if let Some(placed) = placed.get_mut(next) {
            placed.order = order;
        }
        for follower in followers.remove(&next).unwrap_or_default() {
            if let Some(waits) = waiting.get_mut(follower) {
                *waits = waits.saturating_sub(1);
                if *waits == 0 && left.contains(&follower) {
                    ready.insert(follower);
                }
            }
        }
    }
    placed
}

/// Of each edit, which others run before it.
fn dependencies(
    edits: &[&Edit],
    creates: &dyn Fn(usize) -> Vec<Placeholder>,
) -> Vec<BTreeSet<(usize, OrderReason)>> {
    let known = Known::of(edits, creates);
    edits
        .iter()
        .enumerate()
        .map(|(place, edit)| {
            let mut after = BTreeSet::new();
            for named in placeholder::named_in(edit) {
                after.extend(known.created.get(&named).map(|first| (*first, OrderReason::NeedsCreated)));
            }
            known.before(edit, &mut after);
            after.retain(|(first, _)| *first != place);
            after
        })
        .collect()
}

/// Where edits are found that others wait for.
#[derive(Default)]
struct Known<'a> {
    created: BTreeMap<Placeholder, usize>,
    joins: BTreeMap<(&'a RemoteId, &'a RemoteId), usize>,
    /// By role and organisation: one who gets it.
    given: BTreeMap<(&'a RemoteId, Option<&'a RemoteId>), usize>,
    /// By organisation and holder: roles that are taken.
    taken: BTreeMap<(&'a RemoteId, &'a RemoteId), Vec<usize>>,
    /// By right, in the operator's word, and what it is on: one who gets it.
    rights: BTreeMap<(&'a str, Option<&'a RemoteId>), usize>,
    /// By owner and the name that a token gets.
    tokens: BTreeMap<(&'a RemoteId, &'a str), usize>,
    /// By what they name, all that do not delete it.
    naming: BTreeMap<RemoteId, Vec<usize>>,
}

impl<'a> Known<'a> {
    fn of(edits: &[&'a Edit], creates: &dyn Fn(usize) -> Vec<Placeholder>) -> Self {
        let mut known = Self::default();
        for (place, edit) in edits.iter().enumerate() {
            known.created.extend(creates(place).into_iter().map(|created| (created, place)));
            known.add(place, edit);
            if deleted(edit).is_none() {
                for id in parts::all(edit).into_iter().filter_map(|named| named.id) {
                    known.naming.entry(id).or_default().push(place);
                }
            }
        }
        known
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "for what is not named nobody waits")]
    fn add(&mut self, place: usize, edit: &'a Edit) {
        match edit {
            Edit::AddMember { group, member, .. } => {
                self.joins.insert((group, member), place);
            }
            Edit::AssignRole { role, group, .. } => {
                self.given.entry((role, group.as_ref())).or_insert(place);
            }
            Edit::GiveRight { right } => {
                let right = (account_word(&right.permission), right.resource.as_ref());
                self.rights.entry(right).or_insert(place);
            }
            Edit::UnassignRole { holder, group: Some(group), .. } => {
                self.taken.entry((group, holder)).or_default().push(place);
            }
            Edit::CreateToken { owner, name, .. }
            | Edit::KeepToken { owner, name, .. }
            | Edit::RenameToken { owner, new_name: name, .. } => {
                self.tokens.insert((owner, name), place);
            }
            _ => {}
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "what is not named waits for nobody")]
    fn before(&self, edit: &'a Edit, after: &mut BTreeSet<(usize, OrderReason)>) {
        match edit {
            Edit::AssignRole { holder, group: Some(group), .. } => {
                after
                    .extend(self.joins.get(&(group, holder)).map(|first| (*first, OrderReason::NeedsMember)));
            }
            Edit::UnassignRole { role, group, .. } => {
                let given = self.given.get(&(role, group.as_ref()));
                after.extend(given.map(|first| (*first, OrderReason::GivenBeforeTaken)));
            }
            Edit::TakeRight { right } => {
                let given = self.rights.get(&(account_word(&right.permission), right.resource.as_ref()));
                after.extend(given.map(|first| (*first, OrderReason::GivenBeforeTaken)));
            }
            Edit::DeleteUser { .. } => {
                // Some rights somebody must hold at any time.
                let in_account = self.rights.iter().filter(|((_, on), _)| on.is_none());
                after.extend(in_account.map(|(_, first)| (*first, OrderReason::GivenBeforeTaken)));
            }
            Edit::RemoveMember { group, member, .. } => {
                let taken = self.taken.get(&(group, member)).into_iter().flatten();
                after.extend(taken.map(|first| (*first, OrderReason::RevokedBeforeDeleted)));
            }
            Edit::RenameToken { owner, name, .. } | Edit::DeleteToken { owner, name } => {
                after.extend(
                    self.tokens.get(&(owner, name.as_str())).map(|first| (*first, OrderReason::SameSubject)),
                );
            }
            _ => {}
        }
        if let Some(id) = deleted(edit) {
            let naming = self.naming.get(id).into_iter().flatten();
            after.extend(naming.map(|first| (*first, OrderReason::RevokedBeforeDeleted)));
        }
    }
}

/// What `edit` deletes as a whole.
const fn deleted(edit: &Edit) -> Option<&RemoteId> {
    let (Edit::DeleteUser { user: id }
    | Edit::DeleteRole { role: id, .. }
    | Edit::DeleteGroup { group: id, .. }) = edit
    else {
        return None;
    };
    Some(id)
}

/// What is lost with `edit`.
pub fn losses(edit: &Edit, facts: &Facts) -> Vec<LossView> {
    let one = |kind, name: Option<&str>| LossView {
        kind,
        count: 1,
        names: name.map(str::to_owned).into_iter().collect(),
    };
    let known = |id: &RemoteId| facts.losses.get(id).cloned().unwrap_or_default();
    match edit {
        Edit::DeleteUser { user: id }
        | Edit::DeleteGroup { group: id, .. }
        | Edit::DeleteRole { role: id, .. } => {
            let mut losses = vec![one(LossKind::Record, facts.names.get(id).map(String::as_str))];
            losses.extend(known(id));
            losses
        }
        Edit::SetUserActive { user, active: false } => {
            known(user).into_iter().filter(|loss| loss.kind == LossKind::Sessions).collect()
        }
        Edit::RemoveMember { member: id, .. } if facts.removes_all(edit) => {
            let mut losses = vec![one(LossKind::Record, facts.names.get(id).map(String::as_str))];
            losses.extend(known(id));
            losses
        }
        Edit::RemoveMember { group, member, .. } => {
            facts.left_losses.get(&(member.clone(), group.clone())).cloned().unwrap_or_default()
        }
        Edit::AddGroupOffDuty { group, .. } | Edit::SetGroupActive { group, .. } => known(group),
        Edit::ResetPassword { .. } => vec![one(LossKind::Password, None)],
        Edit::DeleteToken { name, .. } => vec![one(LossKind::Tokens, Some(name))],
        Edit::UnlinkIdentity { target, .. } => vec![one(LossKind::Identities, Some(target))],
        Edit::EndSession { .. } => vec![one(LossKind::Sessions, None)],
        Edit::RevokeGrant { .. } => vec![one(LossKind::Grants, None)],
        Edit::RemoveFactor { .. } => vec![one(LossKind::Factors, None)],
        Edit::DeleteInvitation { invitation } => {
            vec![one(LossKind::Record, facts.names.get(invitation).map(String::as_str))]
        }
        Edit::UpdateRole { .. } => {
            let taken = permissions::taken(edit);
            let name = |id: &RemoteId| facts.names.get(id).cloned().unwrap_or_else(|| id.as_str().to_owned());
            let count = u32::try_from(taken.len()).unwrap_or(u32::MAX);
            let loss =
                LossView { kind: LossKind::Permissions, count, names: taken.iter().map(name).collect() };
            if count > 0 { vec![loss] } else { Vec::new() }
        }
        Edit::CreateUser { .. }
        | Edit::UpdateUser { .. }
        | Edit::SetUserActive { .. }
        | Edit::ExpirePassword { .. }
        | Edit::CreateRole { .. }
        | Edit::AssignRole { .. }
        | Edit::UnassignRole { .. }
        | Edit::CreateGroup { .. }
        | Edit::UpdateGroup { .. }
        | Edit::AddMember { .. }
        | Edit::CreateToken { .. }
        | Edit::RenameToken { .. }
        | Edit::InviteUser { .. }
        | Edit::ResendInvitation { .. }
        | Edit::RevokeInvitation { .. }
        | Edit::AcceptInvitation { .. }
        | Edit::KeepToken { .. }
        | Edit::DescribeToken { .. }
        | Edit::AddOffDuty { .. }
        | Edit::ChangeOffDuty { .. }
        | Edit::RemoveOffDuty { .. }
        | Edit::GiveRight { .. }
        | Edit::TakeRight { .. } => Vec::new(),
    }
}

/// What goes with all of `edits` together; nothing unless several of them lose something.
pub fn totals(edits: &[&Edit], facts: &Facts) -> Vec<LossView> {
    let mut sums: BTreeMap<LossKind, u32> = BTreeMap::new();
    let mut losing = 0_u32;
    for edit in edits {
        let losses = losses(edit, facts);
        losing += u32::from(!losses.is_empty());
        for loss in losses {
            let sum = sums.entry(loss.kind).or_default();
            *sum = sum.saturating_add(loss.count);
        }
    }
    let sums = sums.into_iter().filter(|_| losing > 1);
    sums.map(|(kind, count)| LossView { kind, count, names: Vec::new() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{GroupKind, HolderKind, PasswordChoice};

    fn id(text: &str) -> RemoteId {
        RemoteId::new(text)
    }

    fn create() -> Edit {
        Edit::CreateUser { fields: Vec::new(), password: PasswordChoice::None }
    }

    fn join(member: RemoteId) -> Edit {
        Edit::AddMember { group: id("g"), group_kind: GroupKind::Organization, member }
    }

    fn assign(holder: RemoteId) -> Edit {
        Edit::AssignRole { role: id("r"), holder, holder_kind: HolderKind::User, group: Some(id("g")) }
    }

    fn unassign(holder: &str) -> Edit {
        Edit::UnassignRole {
            role: id("r"),
            holder: id(holder),
            holder_kind: HolderKind::User,
            group: Some(id("g")),
        }
    }

    fn leave(member: &str) -> Edit {
        Edit::RemoveMember { group: id("g"), group_kind: GroupKind::Organization, member: id(member) }
    }

    /// The edits' places in the order in which they run.
    fn run(edits: &[Edit]) -> Vec<usize> {
        let edits: Vec<&Edit> = edits.iter().collect();
        let placed = order(&edits, &|place| vec![Placeholder::Place(place)]);
        let mut places: Vec<usize> = (0..edits.len()).collect();
        places.sort_by_key(|place| placed.get(*place).map(|placed| placed.order));
        places
    }

    #[test]
    fn the_persons_order_stays_where_nothing_speaks_against_it() {
        let suspend = |user: &str| Edit::SetUserActive { user: id(user), active: false };
        assert_eq!(run(&[suspend("b"), suspend("a"), join(id("c")), create()]), [0, 1, 2, 3]);
    }

    #[test]
    fn what_is_needed_comes_first() {
        let new = || Placeholder::Place(2).id();
        // A role for a member who is still to be created and to join.
        assert_eq!(run(&[assign(new()), join(new()), create()]), [2, 1, 0]);
        // Somebody has the role before another one loses it, and loses it before leaving.
        assert_eq!(run(&[leave("a"), unassign("a"), assign(id("b")), join(id("b"))]), [3, 2, 1, 0]);
        // Tokens are revoked before their owner goes; another one's deletion does not wait.
        let revoke = Edit::DeleteToken { owner: id("a"), name: "t".to_owned() };
        let delete = |user: &str| Edit::DeleteUser { user: id(user) };
        assert_eq!(run(&[delete("a"), delete("b"), revoke, leave("a")]), [1, 2, 3, 0]);
        // A token is found under the name that it has by then.
        let rename = |from: &str, to: &str| Edit::RenameToken {
            owner: id("a"),
            name: from.to_owned(),
            new_name: to.to_owned(),
        };
        assert_eq!(run(&[rename("y", "z"), rename("x", "y")]), [1, 0]);
    }

    #[test]
    fn the_reason_stands_beside_the_order() {
        let edits = [assign(id("a")), join(id("a"))];
        let edits: Vec<&Edit> = edits.iter().collect();
        let placed = order(&edits, &|_| Vec::new());
        let expected = [
            Placed { order: 1, after: vec![(1, OrderReason::NeedsMember)] },
            Placed { order: 0, after: Vec::new() },
        ];
        assert_eq!(placed, expected);
    }

    #[test]
    fn edits_that_wait_for_each_other_still_all_run() {
        let renames = [("x", "y"), ("y", "x")].map(|(from, to)| Edit::RenameToken {
            owner: id("a"),
            name: from.to_owned(),
            new_name: to.to_owned(),
        });
        assert_eq!(run(&renames), [0, 1]);
    }
}
