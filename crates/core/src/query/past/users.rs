//! The users as they were: the mirror's list without who came since, with who left since, and with the records that have
//! changed since as they were. It is an index in memory like that of today's list, so it is searched and sorted alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, named_params};
use serde_json::Value;

use super::PastCache;
use super::collapse::{Net, Step, net};
use super::lines::{each_remote_id, things};
use super::place::{PastAccount, Place, accounts, place, view};
use super::state::{State, resolve, state_at};
use crate::api::{Fate, PastUserPageView, PastUserQueryRequest, PastUserRow, UserRow};
use crate::model::{AccountId, ProviderKind, Subject, Timestamp, User, fold, search_text};
use crate::query::page::{clamp, count32};
use crate::query::users::{PastIndex, RebuiltUser, Snapshot, UserRowReader, Words, load_past};
use crate::store::{Context, StoreError};

const READING: &str = "reading the users as they were";

pub(super) const ID: &str = "SELECT id FROM users WHERE account_id = :account_id AND remote_id = :remote_id";
pub(super) const GROUPS: &str =
    "SELECT count(*) FROM memberships m CROSS JOIN groups g ON g.account_id = m.account_id AND g.remote_id = m.group_id
     WHERE m.account_id = :account_id AND m.member_id = :remote_id";

/// Reads the columns of a user from a record as a provider's listing brings it.
pub type ReadUser = fn(ProviderKind, Value) -> Option<User>;

/// The users as they were. Never changed once built.
#[derive(Debug)]
pub(super) struct PastUsers {
    snapshot: Snapshot,
    /// Whose records are not the mirror's, by [`number_of`].
    rebuilt: Vec<Rebuilt>,
    places: BTreeMap<AccountId, (Place, ProviderKind)>,
}

#[derive(Debug)]
struct Rebuilt {
    account: AccountId,
    remote_id: Box<str>,
}

/// The number in the index of somebody whose record is not the mirror's; those of the mirror are positive.
const fn number_of(place: usize) -> i64 {
    i64::MIN + place as i64
}

/// A page of the users as they were.
///
/// # Errors
/// When the store cannot be read.
pub fn query_past_users(
    cache: &PastCache,
    conn: &Connection,
    request: &PastUserQueryRequest,
    read: ReadUser,
) -> Result<PastUserPageView, StoreError> {
    let conn = conn.unchecked_transaction().context(READING)?;
    let (mut key, mut views, mut placed) = (Vec::new(), Vec::new(), Vec::new());
    for account in accounts(&conn, request.account_id)? {
        let at = place(&conn, account.id, Some(request.moment))?;
        views.push(view(&conn, account.id, at, None)?);
        key.push((account.id, at.line, at.latest, account.name.clone(), account.state));
        placed.push((account, at));
    }
    let (revision, users) = cache.users(key, || PastUsers::build(&conn, placed, read))?;
    let found = users.snapshot.search(&Words::parse(&request.text));
    let (offset, limit) = (request.offset as usize, clamp(request.limit) as usize);
    let page = users.snapshot.page(&found, request.sort, offset, limit);
    let mut reader = UserRowReader::new(&conn)?;
    let mut rows = Vec::with_capacity(page.len());
    for (id, groups) in page {
        rows.extend(users.row(&conn, &mut reader, read, id, groups)?);
    }
    Ok(PastUserPageView {
        total: count32(found.count),
        all: count32(users.snapshot.len()),
        revision,
        accounts: views,
        rows,
    })
}

/// One row as it was, behind `at`; `None` for who was not there.
pub(super) fn past_row(
    conn: &Connection,
    account: (AccountId, ProviderKind),
    remote_id: &str,
    at: Place,
    read: ReadUser,
) -> Result<Option<(PastUserRow, Option<Value>)>, StoreError> {
    let steps = super::state::steps_of(conn, account.0, Subject::User, remote_id, at.line)?;
    let state = resolve(conn, account.0, Subject::User, remote_id, &steps)?;
    let fate = match net(&steps) {
        Net::Removed => Fate::Left,
        Net::Same => Fate::Same,
        Net::Returned if state == state_at(conn, account.0, Subject::User, remote_id, i64::MAX)? => {
            Fate::Same
        }
        Net::Added | Net::Changed(_) | Net::Returned => Fate::Changed,
    };
    let (user, record) = match state {
        State::Absent => return Ok(None),
        State::There(record) => (read(account.1, record.clone()), Some(record)),
        State::Unkept(name) => (Some(known_by_name(remote_id, name)), None),
    };
    let user = user.unwrap_or_else(|| known_by_name(remote_id, remote_id.to_owned()));
    Ok(Some((PastUserRow { row: row_of(account.0, user, 0, at.latest), fate }, record)))
}

impl PastUsers {
    fn build(
        conn: &Connection,
        placed: Vec<(PastAccount, Place)>,
        read: ReadUser,
    ) -> Result<Self, StoreError> {
        let mut names: Vec<String> = placed.iter().map(|(account, _)| fold(&account.name)).collect();
        names.sort_unstable();
        names.dedup();
        let (mut rebuilt, mut indexes, mut places) = (Vec::new(), Vec::new(), BTreeMap::new());
        for (account, at) in placed {
            let past = changes(conn, &account, at, read, &mut rebuilt)?;
            let name = fold(&account.name);
            let rank = names.partition_point(|other| *other < name);
            let index = load_past(conn, account.id, &past)?;
            indexes.push((Arc::new(index), name, u32::try_from(rank).unwrap_or(u32::MAX)));
            places.insert(account.id, (at, account.provider));
        }
        Ok(Self { snapshot: Snapshot::new(indexes), rebuilt, places })
    }

    fn row(
        &self,
        conn: &Connection,
        reader: &mut UserRowReader<'_>,
        read: ReadUser,
        id: i64,
        groups: u32,
    ) -> Result<Option<PastUserRow>, StoreError> {
        if id >= 0 {
            let row = reader.read(id, groups)?.map(|mut row| {
                let latest = self.places.get(&row.account_id).map_or(i64::MAX, |(at, _)| at.latest);
                row.modified_at = row.modified_at.filter(|at| *at <= latest);
                PastUserRow { row, fate: Fate::Same }
            });
            return Ok(row);
        }
        let place = usize::try_from(id.wrapping_sub(i64::MIN)).unwrap_or(usize::MAX);
        let Some(Rebuilt { account, remote_id }) = self.rebuilt.get(place) else { return Ok(None) };
        let Some((at, provider)) = self.places.get(account) else { return Ok(None) };
        let row = past_row(conn, (*account, *provider), remote_id, *at, read)?;
        Ok(row.map(|(mut row, _)| {
            row.row.groups = groups;
            row
        }))
    }
}

/// What is to be done to the mirror's list of an account.
fn changes(
    conn: &Connection,
    account: &PastAccount,
    at: Place,
    read: ReadUser,
    rebuilt: &mut Vec<Rebuilt>,
) -> Result<PastIndex, StoreError> {
    let mut past = PastIndex { latest: at.latest, ..PastIndex::default() };
    // Groups that somebody is in today and was not in then, less those the other way round.
    let mut groups: BTreeMap<Box<str>, i64> = BTreeMap::new();
    each_remote_id(conn, account.id, (at.line, i64::MAX), &mut |remote_id, lines| {
        for thing in things(lines) {
            let Some(first) = thing.first() else { continue };
            let (subject, member) = (first.subject, first.member.as_ref().map(|member| member.0.clone()));
            let steps: Vec<Step> = thing.into_iter().map(|line| line.step).collect();
            match (subject, member) {
                (Subject::Membership, Some(member)) => {
                    let more = match net(&steps) {
                        Net::Added => 1,
                        Net::Removed => -1,
                        Net::Same | Net::Changed(_) | Net::Returned => continue,
                    };
                    *groups.entry(member.into()).or_default() += more;
                }
                (Subject::User, None) => {
                    past.replaced.extend(number(conn, account.id, remote_id)?);
                    let state = resolve(conn, account.id, Subject::User, remote_id, &steps)?;
                    let user = match state {
                        State::Absent => continue,
                        State::There(record) => read(account.provider, record),
                        State::Unkept(name) => Some(known_by_name(remote_id, name)),
                    };
                    let Some(user) = user else { continue };
                    past.rebuilt.push(RebuiltUser {
                        id: number_of(rebuilt.len()),
                        text: search_text(&user),
                        active: user.active,
                        created_at: user.created_at.map(Timestamp::as_millis),
                        modified_at: user.modified_at.map(Timestamp::as_millis),
                        groups: groups_now(conn, account.id, remote_id)?,
                    });
                    rebuilt.push(Rebuilt { account: account.id, remote_id: remote_id.into() });
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    past.replaced.sort_unstable();
    let first = number_of(rebuilt.len() - past.rebuilt.len());
    let places: BTreeMap<&str, i64> = rebuilt
        .iter()
        .enumerate()
        .filter(|(_, user)| user.account == account.id)
        .map(|(place, user)| (&*user.remote_id, number_of(place)))
        .collect();
    for (member, more) in groups {
        if let Some(id) = places.get(&*member) {
            let at = usize::try_from(id - first).unwrap_or(usize::MAX);
            if let Some(user) = past.rebuilt.get_mut(at) {
                user.groups = user.groups.saturating_add_signed(i32::try_from(-more).unwrap_or_default());
            }
        } else if let Some(id) = number(conn, account.id, &member)? {
            past.fewer_groups.push((id, more));
        }
    }
    Ok(past)
}

fn number(conn: &Connection, account: AccountId, remote_id: &str) -> Result<Option<i64>, StoreError> {
    conn.prepare_cached(ID)
        .and_then(|mut statement| {
            let parameters = named_params! { ":account_id": account.0, ":remote_id": remote_id };
            statement.query_row(parameters, |row| row.get("id")).optional()
        })
        .context(READING)
}

fn groups_now(conn: &Connection, account: AccountId, remote_id: &str) -> Result<u32, StoreError> {
    conn.prepare_cached(GROUPS)
        .and_then(|mut statement| {
            let parameters = named_params! { ":account_id": account.0, ":remote_id": remote_id };
            statement.query_row(parameters, |row| row.get(0))
        })
        .context(READING)
}

/// Somebody of whom only the name was kept.
fn known_by_name(remote_id: &str, name: String) -> User {
    User {
        remote_id: crate::model::RemoteId::new(remote_id),
        user_name: String::new(),
        display_name: name,
        given_name: None,
        family_name: None,
        email: None,
        phone: None,
        active: None,
        title: None,
        department: None,
        organization: None,
        employee_number: None,
        user_type: None,
        locale: None,
        external_id: None,
        created_at: None,
        modified_at: None,
        last_sign_in_at: None,
        version: None,
        raw: String::new(),
        hash: crate::model::ContentHash::of(&[]),
    }
}

fn row_of(account_id: AccountId, user: User, groups: u32, latest: i64) -> UserRow {
    // Sign-ins are not in history: of one that came later, nothing is known of the time before.
    let last_sign_in_at = user.last_sign_in_at.map(Timestamp::as_millis).filter(|at| *at <= latest);
    UserRow {
        account_id,
        remote_id: user.remote_id.as_str().to_owned(),
        user_name: user.user_name,
        display_name: user.display_name,
        email: user.email,
        active: user.active,
        given_name: user.given_name,
        family_name: user.family_name,
        title: user.title,
        department: user.department,
        organization: user.organization,
        employee_number: user.employee_number,
        user_type: user.user_type,
        phone: user.phone,
        locale: user.locale,
        external_id: user.external_id,
        groups,
        created_at: user.created_at.map(Timestamp::as_millis),
        modified_at: user.modified_at.map(Timestamp::as_millis).filter(|at| *at <= latest),
        last_sign_in_at,
        sign_in_known: last_sign_in_at.is_some(),
        invited_until: None,
        pending: None,
    }
}
