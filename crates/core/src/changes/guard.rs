//! What a person should know, and some of it confirm, before anything is sent. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{Facts, Held};
use super::parts;
use super::permissions;
use super::rights_guard;
use crate::api::{ConfirmationRequest, Guard, GuardView, PlanSubject};
use crate::model::{Edit, EditKind, RemoteId, is_ownership};

/// The guards of some edits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guards {
    /// About all of them.
    pub plan: Vec<GuardView>,
    /// About each, in their order.
    pub lines: Vec<Vec<GuardView>>,
}

impl Guards {
    /// Those of the whole, with what must be confirmed about lines that are not `shown`, and what is said of them, each once.
    pub fn with_those_beyond(&self, shown: &[usize]) -> Vec<GuardView> {
        let mut all = self.plan.clone();
        if shown.len() == self.lines.len() {
            return all;
        }
        let shown: BTreeSet<usize> = shown.iter().copied().collect();
        let beyond = self.lines.iter().enumerate().filter(|(place, _)| !shown.contains(place));
        let mut said = BTreeSet::new();
        for guard in beyond.flat_map(|(_, guards)| guards) {
            if guard.confirm || said.insert(guard.guard.clone()) {
                all.push(guard.clone());
            }
        }
        all
    }

    /// Those that nothing is sent without and that `confirmations` do not have.
    pub fn unconfirmed(&self, confirmations: &[ConfirmationRequest]) -> Vec<GuardView> {
        let all = self.plan.iter().chain(self.lines.iter().flatten());
        let open =
            all.filter(|guard| guard.confirm && !confirmations.iter().any(|given| confirms(given, guard)));
        let mut open: Vec<GuardView> = open.cloned().collect();
        open.dedup();
        open
    }
}

fn confirms(given: &ConfirmationRequest, guard: &GuardView) -> bool {
    given.key == guard.key
        && match &guard.guard {
            Guard::TypedConfirmation { text } => {
                given.typed.as_deref().is_some_and(|typed| typed.trim() == text.trim())
            }
            Guard::OwnCredential
            | Guard::OwnUser
            | Guard::LastHolder { .. }
            | Guard::ManySubjects { .. }
            | Guard::LastWithRight { .. }
            | Guard::FullRights
            | Guard::Irreversible
            | Guard::SecretShownOnce
            | Guard::MemberAlready { .. }
            | Guard::InvitedAlready
            | Guard::UserAlready { .. }
            | Guard::UserElsewhere { .. }
            | Guard::MembersLimit { .. }
            | Guard::DataLost { .. }
            | Guard::CostChange { .. }
            | Guard::InvitationExpired { .. }
            | Guard::OwnershipTransfer { .. } => true,
        }
}

/// The guards of `edits`, which are sent together to the account of this name; more than `many` subjects ask.
pub fn guards(edits: &[&Edit], facts: &Facts, account_name: &str, many: u32) -> Guards {
    let last = last_holders(edits, facts);
    let mut lines: Vec<Vec<GuardView>> =
        edits.iter().enumerate().map(|(place, edit)| of_line(edit, facts, last.get(&place))).collect();
    for (line, (edit, found)) in lines.iter_mut().zip(edits.iter().zip(rights_guard::guards(edits, facts))) {
        let mark = mark(edit);
        line.extend(
            found.into_iter().map(|(key, guard, confirm)| view(format!("{key}:{mark}"), guard, confirm)),
        );
    }
    Guards { plan: of_plan(edits, facts, account_name, many), lines }
}

/// The guards of the lines at the places `shown`, and of the plan as far as that needs no look at every record.
pub fn guards_of_some(
    edits: &[&Edit],
    shown: &[usize],
    facts: &Facts,
    account_name: &str,
    many: u32,
) -> Guards {
    let some: Vec<&Edit> = shown.iter().filter_map(|place| edits.get(*place).copied()).collect();
    let mut lines = vec![Vec::new(); edits.len()];
    for (place, guards) in shown.iter().zip(guards(&some, facts, account_name, many).lines) {
        if let Some(line) = lines.get_mut(*place) {
            *line = guards;
        }
    }
    Guards { plan: of_plan(edits, facts, account_name, many), lines }
}

fn of_plan(edits: &[&Edit], facts: &Facts, account_name: &str, many: u32) -> Vec<GuardView> {
    let mut guards = Vec::new();
    let mut subjects: BTreeSet<_> = edits.iter().filter_map(|edit| parts::subject(edit).id).collect();
    // Whom an edit of a whole group reaches.
    subjects.extend(edits.iter().flat_map(|edit| rights_guard::reached(edit, facts)).cloned());
    let new = edits.iter().filter(|edit| parts::subject(edit).id.is_none()).count();
    let count = u32::try_from(subjects.len() + new).unwrap_or(u32::MAX);
    if count > many {
        guards.push(view(format!("manySubjects:{count}"), Guard::ManySubjects { count }, true));
    }
    let mut typed = edits
        .iter()
        .filter(|edit| deletes(edit.kind()) || facts.removes_all(edit) || moves_ownership(edit, facts));
    if let Some(first) = typed.next() {
        // One name for one of them; for several the account's, so that they do not hit the wrong one.
        let subject = parts::subject(first);
        let text = match typed.next() {
            None => facts.name(&subject, first),
            Some(_) => account_name.to_owned(),
        };
        guards.push(view(format!("typed:{text}"), Guard::TypedConfirmation { text }, true));
    }
    guards
}

fn of_line(edit: &Edit, facts: &Facts, last: Option<&(Held, bool)>) -> Vec<GuardView> {
    let mut guards = Vec::new();
    let mark = mark(edit);
    if touches_own_credential(edit, facts) {
        guards.push(view(format!("ownCredential:{mark}"), Guard::OwnCredential, true));
    }
    let subject = parts::subject(edit);
    let reaches_own = rights_guard::reached(edit, facts).iter().any(|id| facts.own_user.as_ref() == Some(id));
    if (subject.kind == PlanSubject::User
        && subject.id.is_some()
        && subject.id == facts.own_user
        && takes(edit))
        || (reaches_own && matches!(edit, Edit::SetGroupActive { active: false, .. }))
    {
        guards.push(view(format!("ownUser:{mark}"), Guard::OwnUser, true));
    }
    if let Some(((role, group), powerful)) = last {
        let name = |id: &RemoteId| facts.names.get(id).cloned().unwrap_or_else(|| id.as_str().to_owned());
        let guard = Guard::LastHolder { role: name(role), group: group.as_ref().map(name) };
        guards.push(view(format!("lastHolder:{mark}"), guard, *powerful));
    }
    if is_irreversible(edit.kind()) || facts.removes_all(edit) {
        guards.push(view(format!("irreversible:{mark}"), Guard::Irreversible, false));
    }
    if parts::makes_secret(edit) {
        guards.push(view(format!("secretShownOnce:{mark}"), Guard::SecretShownOnce, false));
    }
    guards
}

pub(super) fn view(key: String, guard: Guard, confirm: bool) -> GuardView {
    GuardView { key, guard, confirm }
}

/// The same for the same edit, queued or not.
pub(super) fn mark(edit: &Edit) -> String {
    let text = serde_json::to_string(edit).unwrap_or_default();
    blake3::hash(text.as_bytes()).to_hex().chars().take(12).collect()
}

/// Whether Rollcall itself may lose its access.
fn touches_own_credential(edit: &Edit, facts: &Facts) -> bool {
    let Some(own) = &facts.own_application else { return false };
    let takes_rights = matches!(edit, Edit::UpdateRole { .. }) && !permissions::taken(edit).is_empty();
    if let Edit::DeleteRole { role, .. } | Edit::UpdateRole { role, .. } = edit
        && (takes_rights || deletes(edit.kind()))
    {
        return facts.held.get(own).into_iter().flatten().any(|(held, _)| held == role);
    }
    matches!(edit, Edit::UnassignRole { holder, .. } if holder == own)
}

/// Whether it takes something from its subject.
const fn takes(edit: &Edit) -> bool {
    matches!(
        edit,
        Edit::SetUserActive { active: false, .. }
            | Edit::ResetPassword { .. }
            | Edit::ExpirePassword { .. }
            | Edit::DeleteUser { .. }
            | Edit::UpdateUser { .. }
            | Edit::UnassignRole { .. }
            | Edit::RemoveMember { .. }
            | Edit::RemoveFactor { .. }
            | Edit::EndSession { .. }
            | Edit::UnlinkIdentity { .. }
            | Edit::DeleteToken { .. }
            | Edit::TakeRight { .. }
    )
}

/// Whether somebody becomes an owner by it, or is none any more.
#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named leaves owners as they are")]
fn moves_ownership(edit: &Edit, facts: &Facts) -> bool {
    let owns = |role: &RemoteId| facts.names.get(role).is_some_and(|name| is_ownership(name));
    match edit {
        Edit::AssignRole { role, .. } | Edit::UnassignRole { role, .. } => owns(role),
        Edit::RemoveMember { .. } | Edit::SetUserActive { active: false, .. } => {
            lost(edit, facts).into_iter().any(|(_, (role, _))| owns(role))
        }
        _ => false,
    }
}

/// Whether it deletes a record with everything in it.
pub const fn deletes(kind: EditKind) -> bool {
    matches!(kind, EditKind::DeleteUser | EditKind::DeleteGroup | EditKind::DeleteRole)
}

const fn is_irreversible(kind: EditKind) -> bool {
    deletes(kind)
        || matches!(
            kind,
            EditKind::DeleteToken
                | EditKind::ResetPassword
                | EditKind::ExpirePassword
                | EditKind::UnlinkIdentity
                | EditKind::EndSession
                | EditKind::RevokeGrant
                | EditKind::RemoveFactor
                | EditKind::RevokeInvitation
                | EditKind::DeleteInvitation
        )
}

/// Roles that nobody would hold any more once all `edits` are done.
pub(super) fn unheld<'a>(edits: &'a [&Edit], facts: &'a Facts) -> BTreeSet<&'a Held> {
    let mut losing: BTreeMap<&Held, BTreeSet<&RemoteId>> = BTreeMap::new();
    let mut gaining: BTreeMap<Held, BTreeSet<&RemoteId>> = BTreeMap::new();
    for edit in edits {
        for (holder, held) in lost(edit, facts) {
            losing.entry(held).or_default().insert(holder);
        }
        if let Edit::AssignRole { role, holder, group, .. } = edit {
            gaining.entry((role.clone(), group.clone())).or_default().insert(holder);
        }
    }
    let nobody_left = |held: &Held| {
        let holders = facts.holders.get(held).copied().unwrap_or(0) as usize;
        let gained = gaining.get(held).map_or(0, BTreeSet::len);
        let lost = losing.get(held).map_or(0, BTreeSet::len);
        holders > 0 && holders + gained <= lost
    };
    losing.keys().copied().filter(|held| nobody_left(held)).collect()
}

/// By place: a role that nobody would hold any more once all `edits` are done, and whether it gives power over others; of
/// several roles one that does.
fn last_holders(edits: &[&Edit], facts: &Facts) -> BTreeMap<usize, (Held, bool)> {
    let unheld = unheld(edits, facts);
    let mut found = BTreeMap::new();
    for (place, edit) in edits.iter().enumerate() {
        let last = lost(edit, facts).into_iter().map(|(_, held)| held).filter(|held| unheld.contains(held));
        let last = last.map(|held| (held.clone(), facts.powerful.contains(&held.0)));
        if let Some(worst) = last.max_by_key(|(_, powerful)| *powerful) {
            found.insert(place, worst);
        }
    }
    found
}

/// Roles that somebody holds and would hold no more, or to no effect.
#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named takes no role from anybody")]
fn lost<'a>(edit: &'a Edit, facts: &'a Facts) -> Vec<(&'a RemoteId, &'a Held)> {
    let held =
        |holder: &'a RemoteId| facts.held.get(holder).into_iter().flatten().map(move |held| (holder, held));
    match edit {
        Edit::UnassignRole { role, holder, group, .. } => {
            held(holder).filter(|(_, (own, place))| own == role && place == group).collect()
        }
        Edit::RemoveMember { group, member, .. } => {
            held(member).filter(|(_, (_, place))| place.as_ref() == Some(group)).collect()
        }
        Edit::AssignRole { role, holder, group, .. } if facts.has_one_role() => {
            held(holder).filter(|(_, (own, place))| own != role && place == group).collect()
        }
        Edit::DeleteUser { user } | Edit::SetUserActive { user, active: false } => held(user).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::HolderKind;

    const MANY: u32 = 10;

    fn id(text: &str) -> RemoteId {
        RemoteId::new(text)
    }

    /// Ada and Bob hold `r` everywhere; Ada alone holds `s` in `g`; Rollcall's application holds `m`.
    fn facts() -> Facts {
        let mut facts =
            Facts { own_application: Some(id("app")), own_user: Some(id("ada")), ..Facts::default() };
        let r: Held = (id("r"), None);
        let s: Held = (id("s"), Some(id("g")));
        facts.held.insert(id("ada"), BTreeSet::from([r.clone(), s.clone()]));
        facts.held.insert(id("bob"), BTreeSet::from([r.clone()]));
        facts.held.insert(id("app"), BTreeSet::from([(id("m"), None)]));
        facts.holders = BTreeMap::from([(r, 2), (s, 1), ((id("m"), None), 1)]);
        facts.powerful.insert(id("r"));
        facts.names.insert(id("ada"), "Ada".to_owned());
        facts
    }

    fn unassign(role: &str, holder: &str, kind: HolderKind) -> Edit {
        Edit::UnassignRole { role: id(role), holder: id(holder), holder_kind: kind, group: None }
    }

    fn found(edits: &[Edit]) -> Vec<(Guard, bool)> {
        let edits: Vec<&Edit> = edits.iter().collect();
        let guards = guards(&edits, &facts(), "Acme", MANY);
        let all = guards.plan.into_iter().chain(guards.lines.into_iter().flatten());
        all.map(|view| (view.guard, view.confirm)).collect()
    }

    #[test]
    fn own_credential_and_own_user_ask() {
        let own = unassign("m", "app", HolderKind::Application);
        assert!(found(&[own]).contains(&(Guard::OwnCredential, true)));
        let role = Edit::DeleteRole { role: id("m"), scope: crate::model::RoleScope::Account };
        assert!(found(&[role]).contains(&(Guard::OwnCredential, true)));
        // Rights that the role loses are ours; one that it gets takes nothing.
        let update = |before: &[&str], after: &[&str]| Edit::UpdateRole {
            role: id("m"),
            scope: crate::model::RoleScope::Account,
            fields: vec![crate::model::FieldEdit {
                path: crate::model::PERMISSIONS.to_owned(),
                before: serde_json::json!(before),
                after: serde_json::json!(after),
            }],
        };
        assert!(found(&[update(&["all"], &[])]).contains(&(Guard::OwnCredential, true)));
        assert_eq!(found(&[update(&["all"], &["read", "all"])]), []);
        let suspend = |user: &str| Edit::SetUserActive { user: id(user), active: false };
        assert!(found(&[suspend("ada")]).contains(&(Guard::OwnUser, true)));
        assert_eq!(found(&[suspend("carl")]), []);
    }

    #[test]
    fn the_last_holder_is_told_from_all_edits_together() {
        let last = |role: &str, group: Option<&str>| Guard::LastHolder {
            role: role.to_owned(),
            group: group.map(str::to_owned),
        };
        let one = [unassign("r", "bob", HolderKind::User)];
        assert_eq!(found(&one), []);
        let both =
            [unassign("r", "bob", HolderKind::User), Edit::SetUserActive { user: id("ada"), active: false }];
        assert_eq!(found(&both).iter().filter(|(guard, _)| *guard == last("r", None)).count(), 2);
        // A role without power is said and asks nothing.
        let leave = Edit::RemoveMember {
            group: id("g"),
            group_kind: crate::model::GroupKind::Organization,
            member: id("ada"),
        };
        assert!(found(&[leave]).contains(&(last("s", Some("g")), false)));
        // Whoever gets it in the same plan holds it afterwards.
        let given = Edit::AssignRole {
            role: id("r"),
            holder: id("carl"),
            holder_kind: HolderKind::User,
            group: None,
        };
        let passed_on =
            [given, unassign("r", "bob", HolderKind::User), unassign("r", "ada", HolderKind::User)];
        assert!(found(&passed_on).iter().all(|(guard, _)| *guard != last("r", None)));
    }

    #[test]
    fn deletions_are_typed_and_many_are_counted() {
        let delete = |user: &str| Edit::DeleteUser { user: id(user) };
        let typed = |text: &str| (Guard::TypedConfirmation { text: text.to_owned() }, true);
        assert!(found(&[delete("ada")]).contains(&typed("Ada")));
        assert!(found(&[delete("x"), delete("y")]).contains(&typed("Acme")));
        let many: Vec<Edit> = (0..=MANY).map(|n| delete(&n.to_string())).collect();
        assert!(found(&many).contains(&(Guard::ManySubjects { count: 11 }, true)));
    }

    #[test]
    fn who_becomes_an_owner_or_is_none_any_more_is_typed() {
        let mut facts = facts();
        facts.names.insert(id("s"), "Propriétaire".to_owned());
        let typed = |edits: &[Edit]| {
            let edits: Vec<&Edit> = edits.iter().collect();
            let plan = guards(&edits, &facts, "Acme", MANY).plan;
            plan.into_iter().map(|view| view.key).collect::<Vec<_>>()
        };
        let leave = |member: &str| Edit::RemoveMember {
            group: id("g"),
            group_kind: crate::model::GroupKind::Organization,
            member: id(member),
        };
        let given = Edit::AssignRole {
            role: id("s"),
            holder: id("bob"),
            holder_kind: HolderKind::User,
            group: Some(id("g")),
        };
        assert_eq!(typed(&[leave("ada")]), ["typed:Ada"]);
        assert_eq!(typed(&[leave("bob")]), [""; 0]);
        assert_eq!(typed(std::slice::from_ref(&given)), ["typed:bob"]);
        assert_eq!(typed(&[given, leave("ada")]), ["typed:Acme"]);
    }

    #[test]
    fn only_the_very_text_confirms() {
        let edit = Edit::DeleteUser { user: id("x") };
        let guards = guards(&[&edit], &facts(), "Acme", MANY);
        let given =
            |typed: &str| ConfirmationRequest { key: "typed:x".to_owned(), typed: Some(typed.to_owned()) };
        assert_eq!(guards.unconfirmed(&[]).len(), 1);
        assert_eq!(guards.unconfirmed(&[given("X")]).len(), 1);
        assert_eq!(guards.unconfirmed(&[given(" x ")]), []);
    }
}
