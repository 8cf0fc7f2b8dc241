//! What a person should know before something is noted about an organisation kept by hand. Pure but for reading the mirror.

use rusqlite::Connection;

use super::facts::Facts;
use super::guard::{Guards, mark, view};
use crate::api::{Guard, GuardView};
use crate::model::{Edit, RemoteId, Timestamp};
use crate::roster::{cost, rules};
use crate::store::{StoreError, facts as table, roster_book};

/// Adds to `guards` what there is to be known of `edits`, all of which are done together, at `now`.
///
/// # Errors
/// Those of the database.
pub fn add(
    conn: &Connection,
    facts: &Facts,
    edits: &[&Edit],
    now: Timestamp,
    guards: &mut Guards,
) -> Result<(), StoreError> {
    let Some(roster) = &facts.roster else { return Ok(()) };
    let (members, _) = roster_book::count_members(conn, roster.account)?;
    let after = cost::after(members, edits);
    let [before, after] = [members, after].map(|members| cost::amount(&roster.terms, members).per_month);
    if let (Some(before), Some(after)) = (before, after)
        && before != after
    {
        let currency = roster.terms.currency.clone();
        let key = format!("cost:{before}:{after}");
        guards.plan.push(view(key, Guard::CostChange { before, after, currency }, false));
    }
    let invited = edits.iter().filter(|edit| matches!(edit, Edit::InviteUser { .. })).count();
    if let Some(limit) = roster.terms.member_limit.filter(|_| invited > 0) {
        let (pending, _) = roster_book::count_invitations(conn, roster.account, now)?;
        let wanted = u64::from(members) + u64::from(pending) + invited as u64;
        if wanted > u64::from(limit) {
            guards.plan.push(view(format!("membersLimit:{limit}"), Guard::MembersLimit { limit }, false));
        }
    }
    for (edit, line) in edits.iter().zip(&mut guards.lines) {
        line.extend(of_line(conn, facts, edit, now)?);
    }
    Ok(())
}

#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named needs no word of its own")]
fn of_line(
    conn: &Connection,
    facts: &Facts,
    edit: &Edit,
    now: Timestamp,
) -> Result<Option<GuardView>, StoreError> {
    let Some(roster) = &facts.roster else { return Ok(None) };
    let name = |id: &RemoteId| facts.names.get(id).cloned().unwrap_or_else(|| id.as_str().to_owned());
    let found = match edit {
        Edit::RemoveMember { member, .. } if rules::loses_data(roster.preset) => {
            view(format!("dataLost:{}", mark(edit)), Guard::DataLost { name: name(member) }, false)
        }
        Edit::AcceptInvitation { invitation, .. } => {
            let ended = roster_book::find_expiry(conn, roster.account, invitation)?;
            let Some(since) = ended.filter(|ended| *ended <= now) else { return Ok(None) };
            let guard = Guard::InvitationExpired { since: since.as_millis() };
            view(format!("invitationExpired:{}", mark(edit)), guard, false)
        }
        Edit::AssignRole { role, holder, .. } if facts.has_one_role() && role.as_str() == rules::OWNER => {
            let owners = table::list_holder_ids(conn, roster.account, role)?;
            let from = owners.into_iter().map(|(owner, _)| owner).find(|owner| owner != holder);
            let from = match from {
                Some(owner) => {
                    table::find_record(conn, roster.account, "users", &owner)?.map(|(name, _)| name)
                }
                None => None,
            };
            view(format!("ownership:{}", mark(edit)), Guard::OwnershipTransfer { from }, false)
        }
        _ => return Ok(None),
    };
    Ok(Some(found))
}
