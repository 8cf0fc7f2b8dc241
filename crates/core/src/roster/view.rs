//! What a person sees of an organisation kept by hand.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::cost::{self, Members};
use super::rules::{self, DAY};
use crate::api::{
    ChecklistItemView, NamedView, ReviewLineView, ReviewSheetView, RosterAction, RosterActionView,
    RosterCountsView, RosterMemberView, RosterRefusal, RosterRight, RosterRoleView, RosterView,
};
use crate::model::{
    AccountId, Change, ChangeState, Edit, Permission, RemoteId, Role, Roster, RosterPreset, Timestamp, User,
    fold, rules_others,
};
use crate::remote::roster::{self as records, AT_ONCE};
use crate::store::{StoreError, changes, facts, permissions, roster_book, rosters};

/// Lines of the checklist that are shown.
const CHECKLIST: usize = 500;
/// Lines of the sheet of a review.
const SHEET: usize = 5_000;
/// Days that count as lately.
const LATELY: i64 = 30;

/// The organisation of `account` at `now`; `None` where it is not kept by hand.
///
/// # Errors
/// Those of the database.
pub fn view(conn: &Connection, account: AccountId, now: Timestamp) -> Result<Option<RosterView>, StoreError> {
    let Some(roster) = rosters::find(conn, account)? else { return Ok(None) };
    let roles = roles(conn, account)?;
    let open = changes::list_open(conn, account)?;
    let (members, holders) = roster_book::count_members(conn, account)?;
    let holders: BTreeMap<RemoteId, u32> = holders.into_iter().collect();
    let mighty: Vec<RemoteId> =
        roles.iter().filter(|role| administers(role)).map(|role| role.remote_id.clone()).collect();
    let (pending, expired) = roster_book::count_invitations(conn, account, now)?;
    let me = me(conn, &roster)?;
    let mine = me.as_ref().and_then(|(_, role)| role.as_ref()).map(|role| (role.0.as_str(), role.1.as_str()));
    let refused = |action| RosterActionView { action, refused: rules::refusal(roster.preset, mine, action) };
    Ok(Some(RosterView {
        account_id: account,
        preset: roster.preset,
        terms: roster.terms.clone(),
        organization: organization(conn, account)?,
        me: me.as_ref().map(|(me, _)| me.clone()),
        my_role: me.as_ref().and_then(|(_, role)| role.clone()).map(named_role),
        actions: rules::ACTIONS.into_iter().map(refused).collect(),
        roles: roles
            .iter()
            .map(|role| RosterRoleView {
                remote_id: role.remote_id.as_str().to_owned(),
                name: role.display_name.clone(),
                members: holders.get(&role.remote_id).copied().unwrap_or(0),
                administers: administers(role),
                rights: role.permissions.iter().map(|right| right.remote_id.as_str().to_owned()).collect(),
            })
            .collect(),
        rights: rights(permissions::list(conn, account)?, roster.preset),
        one_role: rules::has_one_role(roster.preset),
        invitation_days: rules::invitation_days(roster.preset),
        counts: RosterCountsView {
            members,
            administrators: roster_book::count_holders_of_any(conn, account, &mighty)?,
            added_lately: roster_book::count_added(conn, account, now.plus_millis(-LATELY * DAY))?,
            pending,
            expired,
            tokens: roster_book::count_tokens(conn, account)?,
        },
        cost: cost::cost(&roster.terms, expected(members, pending, &open)),
        checklist: open.iter().take(CHECKLIST).map(|change| item(change, now)).collect(),
        waiting: u32::try_from(open.len()).unwrap_or(u32::MAX),
    }))
}

/// Members now, once `open` is done, and once everybody who is invited has come.
pub(super) fn expected(now: u32, pending: u32, open: &[Change]) -> Members {
    let count = |is: fn(&Edit) -> bool| {
        u32::try_from(open.iter().filter(|change| is(&change.edit)).count()).unwrap_or(u32::MAX)
    };
    let edits: Vec<&Edit> = open.iter().map(|change| &change.edit).collect();
    let after = cost::after(now, &edits);
    let accepted = count(|edit| matches!(edit, Edit::AcceptInvitation { .. }));
    let invited = count(|edit| matches!(edit, Edit::InviteUser { .. }));
    let revoked = count(|edit| matches!(edit, Edit::RevokeInvitation { .. } | Edit::DeleteInvitation { .. }));
    let come = (pending + invited).saturating_sub(accepted + revoked);
    Members { now, after, with_invited: after.saturating_add(come) }
}

fn item(change: &Change, now: Timestamp) -> ChecklistItemView {
    let age = now.as_millis().saturating_sub(change.created_at.as_millis()).max(0);
    ChecklistItemView {
        change_id: change.id.0,
        kind: change.edit.kind(),
        since: change.created_at.as_millis(),
        days: u32::try_from(age / DAY).unwrap_or(u32::MAX),
        blocked: change.state == ChangeState::Blocked,
        ours: AT_ONCE.contains(&change.edit.kind()),
    }
}

/// Whether whoever holds it looks after others.
pub(super) fn administers(role: &Role) -> bool {
    rules::rank(role.remote_id.as_str()) < rules::rank(rules::MEMBER) || rules_others(&role.display_name, [])
}

/// All roles, the mightiest first.
pub(super) fn roles(conn: &Connection, account: AccountId) -> Result<Vec<Role>, StoreError> {
    let mut roles = Vec::new();
    for (id, raw) in roster_book::list_raw(conn, account, "roles")? {
        let allowed = roster_book::list_permissions(conn, account, &id)?;
        roles.extend(serde_json::from_str(&raw).ok().and_then(|raw| records::role(&raw, allowed)));
    }
    roles.sort_by_cached_key(|role| (rules::rank(role.remote_id.as_str()), fold(&role.display_name)));
    Ok(roles)
}

/// In the order in which the preset has them, else by name.
fn rights(mut all: Vec<Permission>, preset: RosterPreset) -> Vec<RosterRight> {
    let known = rules::rights(preset, crate::api::Language::En);
    let place = |right: &Permission| known.iter().position(|known| known.remote_id == right.remote_id);
    all.sort_by_cached_key(|right| (place(right).unwrap_or(usize::MAX), fold(&right.name)));
    let view =
        |right: Permission| RosterRight { id: Some(right.remote_id.as_str().to_owned()), name: right.name };
    all.into_iter().map(view).collect()
}

fn organization(conn: &Connection, account: AccountId) -> Result<NamedView, StoreError> {
    let id = RemoteId::new(rules::ORGANIZATION);
    let found = facts::find_record(conn, account, "groups", &id)?;
    Ok(NamedView {
        remote_id: id.as_str().to_owned(),
        display_name: found.map(|(name, _)| name).unwrap_or_default(),
    })
}

fn named_role((remote_id, display_name): (String, String)) -> NamedView {
    NamedView { remote_id, display_name }
}

/// A member, and the id and name of their mightiest role.
pub(super) type Standing = (NamedView, Option<(String, String)>);

/// The member that the person at this computer is.
pub(super) fn me(conn: &Connection, roster: &Roster) -> Result<Option<Standing>, StoreError> {
    let Some(me) = &roster.me else { return Ok(None) };
    let Some((display_name, _)) = facts::find_record(conn, roster.account, "users", me)? else {
        return Ok(None);
    };
    let mut roles = roles_of(conn, roster.account, me)?;
    roles.sort_by_key(|role| rules::rank(&role.remote_id));
    let role = roles.into_iter().next().map(|role| (role.remote_id, role.display_name));
    Ok(Some((NamedView { remote_id: me.as_str().to_owned(), display_name }, role)))
}

fn roles_of(conn: &Connection, account: AccountId, member: &RemoteId) -> Result<Vec<NamedView>, StoreError> {
    let mut named = Vec::new();
    for role in roster_book::list_edges(conn, account, Some(member))?.into_iter().flat_map(|edge| edge.roles)
    {
        let name = facts::find_record(conn, account, "roles", &role)?.map(|(name, _)| name);
        let display_name = name.unwrap_or_else(|| role.as_str().to_owned());
        named.push(NamedView { remote_id: role.as_str().to_owned(), display_name });
    }
    Ok(named)
}

/// What may be done with one member; `None` where there is no such member.
///
/// # Errors
/// Those of the database.
pub fn member(
    conn: &Connection,
    account: AccountId,
    id: &RemoteId,
) -> Result<Option<RosterMemberView>, StoreError> {
    let Some(roster) = rosters::find(conn, account)? else { return Ok(None) };
    let Some((display_name, _)) = facts::find_record(conn, account, "users", id)? else { return Ok(None) };
    let held = roles_of(conn, account, id)?;
    let ids: Vec<RemoteId> = held.iter().map(|role| RemoteId::new(role.remote_id.clone())).collect();
    let me = me(conn, &roster)?;
    let mine = me.as_ref().and_then(|(_, role)| role.as_ref()).map(|role| (role.0.as_str(), role.1.as_str()));
    let about = |action| RosterActionView {
        action,
        refused: rules::refusal_about(roster.preset, mine, &ids, action),
    };
    let mut actions: Vec<RosterActionView> =
        [RosterAction::Remove, RosterAction::ChangeRole, RosterAction::TransferOwnership].map(about).into();
    if roster.preset == RosterPreset::Empty {
        // Who owns it is a role like others there.
        actions.iter_mut().filter(|view| view.action == RosterAction::TransferOwnership).for_each(|view| {
            view.refused = Some(RosterRefusal::NotThere);
        });
    }
    let may_change =
        actions.iter().any(|view| view.action == RosterAction::ChangeRole && view.refused.is_none());
    let others =
        roles(conn, account)?.into_iter().filter(|role| may_change && !ids.contains(&role.remote_id));
    let (members, _) = roster_book::count_members(conn, account)?;
    let terms = &roster.terms;
    let without = members.saturating_sub(1);
    let members = Members { now: members, after: without, with_invited: without };
    Ok(Some(RosterMemberView {
        member: NamedView { remote_id: id.as_str().to_owned(), display_name },
        roles: held,
        actions,
        assignable: others
            .map(|role| NamedView {
                remote_id: role.remote_id.as_str().to_owned(),
                display_name: role.display_name,
            })
            .collect(),
        cost_without: cost::cost(terms, members).map(|cost| cost.after),
        data_lost: rules::loses_data(roster.preset),
    }))
}

/// The sheet on which a reviewer decides about members; `None` where the account is not kept by hand.
///
/// # Errors
/// Those of the database.
pub fn review(
    conn: &Connection,
    account: AccountId,
    now: Timestamp,
) -> Result<Option<ReviewSheetView>, StoreError> {
    let Some(roster) = rosters::find(conn, account)? else { return Ok(None) };
    let Some(mut lines) = review_lines(conn, account)? else { return Ok(None) };
    let members = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    lines.truncate(SHEET);
    let (pending, _) = roster_book::count_invitations(conn, account, now)?;
    let open = changes::list_open(conn, account)?;
    Ok(Some(ReviewSheetView {
        organization: organization(conn, account)?,
        made_at: now.as_millis(),
        lines,
        members,
        cost: cost::cost(&roster.terms, expected(members, pending, &open)),
    }))
}

/// All lines of the sheet; `None` for an account that is not kept by hand.
///
/// # Errors
/// Those of the database.
pub fn review_lines(
    conn: &Connection,
    account: AccountId,
) -> Result<Option<Vec<ReviewLineView>>, StoreError> {
    let Some(roster) = rosters::find(conn, account)? else { return Ok(None) };
    let names: BTreeMap<RemoteId, String> =
        roles(conn, account)?.into_iter().map(|role| (role.remote_id, role.display_name)).collect();
    let mut held: BTreeMap<RemoteId, Vec<RemoteId>> = BTreeMap::new();
    for edge in roster_book::list_edges(conn, account, None)? {
        held.entry(edge.member).or_default().extend(edge.roles);
    }
    let tokens = roster_book::count_tokens_by_owner(conn, account)?;
    let users = roster_book::list_raw(conn, account, "users")?;
    let users = users.iter().filter_map(|(_, raw)| records::user(&serde_json::from_str(raw).ok()?));
    let mut lines: Vec<(usize, String, ReviewLineView)> = users
        .map(|user| {
            let own = held.get(&user.remote_id).cloned().unwrap_or_default();
            let rank = own.iter().map(|role| rules::rank(role.as_str())).min().unwrap_or(usize::MAX);
            let line = line(&roster, &user, &own, &names, tokens.get(&user.remote_id).copied().unwrap_or(0));
            (rank, fold(&user.display_name), line)
        })
        .collect();
    lines.sort_by(|a, b| (a.0, &a.1, &a.2.remote_id).cmp(&(b.0, &b.1, &b.2.remote_id)));
    Ok(Some(lines.into_iter().map(|(_, _, line)| line).collect()))
}

fn line(
    roster: &Roster,
    user: &User,
    roles: &[RemoteId],
    names: &BTreeMap<RemoteId, String>,
    tokens: u32,
) -> ReviewLineView {
    let owns = roles.iter().any(|role| role.as_str() == rules::OWNER);
    let name = |role: &RemoteId| names.get(role).cloned().unwrap_or_else(|| role.as_str().to_owned());
    ReviewLineView {
        remote_id: user.remote_id.as_str().to_owned(),
        name: user.display_name.clone(),
        email: user.email.clone(),
        roles: roles.iter().map(name).collect(),
        since: user.created_at.map(Timestamp::as_millis),
        per_month: if owns { Some(0) } else { cost::of_one_member(&roster.terms) },
        tokens,
    }
}
