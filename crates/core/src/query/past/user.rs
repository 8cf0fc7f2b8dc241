//! One user as it was: the record, groups and organisations, roles.

use std::collections::BTreeMap;

use rusqlite::{Connection, named_params};
use serde_json::Value;

use super::collapse::{Net, Step, net};
use super::lines::step;
use super::place::{Place, accounts, place, view};
use super::record::without_what_says_nothing;
use super::users::{ReadUser, past_row};
use crate::api::{NamedView, PastUserRequest, PastUserView, UserGroupView};
use crate::model::{AccountId, Action, GroupKind, Subject, fold};
use crate::query::page::count32;
use crate::store::{Context, StoreError};

const READING: &str = "reading a user as it was";

pub(super) const EDGES: &str = "SELECT id, subject, remote_id, name, action, field, before, after
     FROM history INDEXED BY history_by_member
     WHERE account_id = :account_id AND member_id = :member_id AND id > :since
       AND subject IN ('membership', 'roleAssignment') ORDER BY id";
pub(super) const GROUPS_NOW: &str = "SELECT m.group_id AS id FROM memberships m
     WHERE m.account_id = :account_id AND m.member_id = :member_id";
pub(super) const ROLES_NOW: &str = "SELECT role_id AS id, group_id AS place FROM role_assignments
     WHERE account_id = :account_id AND holder_id = :member_id";
pub(super) const GROUP: &str =
    "SELECT display_name, kind FROM groups WHERE account_id = :account_id AND remote_id = :id";
pub(super) const ROLE: &str =
    "SELECT display_name FROM roles WHERE account_id = :account_id AND remote_id = :id";
/// The name that a record had: that before its first change since, else that in its first line since.
pub(super) const NAMED: &str = "SELECT action, field, before, name FROM history INDEXED BY history_by_subject
     WHERE account_id = :account_id AND remote_id = :id AND id > :since AND subject = :subject
       AND (action <> 'changed' OR field IN ('displayName', 'name')) ORDER BY id LIMIT 1";

/// Everything known of a user as it was; `None` when it was not there.
///
/// # Errors
/// When the store cannot be read.
pub fn get_past_user(
    conn: &Connection,
    request: &PastUserRequest,
    read: ReadUser,
) -> Result<Option<PastUserView>, StoreError> {
    let conn = conn.unchecked_transaction().context(READING)?;
    let Some(account) = accounts(&conn, Some(request.account_id))?.pop() else { return Ok(None) };
    let at = place(&conn, account.id, Some(request.moment))?;
    let id = request.remote_id.as_str();
    let Some((mut row, record)) = past_row(&conn, (account.id, account.provider), id, at, read)? else {
        return Ok(None);
    };
    let held = Held::read(&conn, account.id, id, at)?;
    row.row.groups = count32(held.groups.len());
    Ok(Some(PastUserView {
        row,
        record: record.map(without_what_says_nothing),
        groups: held.groups,
        roles: held.roles,
        account: view(&conn, account.id, at, None)?,
    }))
}

struct Held {
    groups: Vec<UserGroupView>,
    roles: Vec<NamedView>,
}

/// A group, or a role and where it is held: the id, and that of the organisation or nothing.
type Edge = (Subject, String, String);

impl Held {
    fn read(conn: &Connection, account: AccountId, user: &str, at: Place) -> Result<Self, StoreError> {
        let mut edges: BTreeMap<Edge, String> = BTreeMap::new();
        for (subject, sql) in [(Subject::Membership, GROUPS_NOW), (Subject::RoleAssignment, ROLES_NOW)] {
            let mut statement = conn.prepare_cached(sql).context(READING)?;
            let parameters = named_params! { ":account_id": account.0, ":member_id": user };
            let mut rows = statement.query(parameters).context(READING)?;
            while let Some(row) = rows.next().context(READING)? {
                let place = if subject == Subject::RoleAssignment {
                    row.get("place").context(READING)?
                } else {
                    String::new()
                };
                edges.insert((subject, row.get("id").context(READING)?, place), String::new());
            }
        }
        for (edge, (steps, name)) in edges_since(conn, account, user, at.line)? {
            match net(&steps) {
                Net::Added | Net::Same => drop(edges.remove(&edge)),
                Net::Removed | Net::Returned => drop(edges.insert(edge, name)),
                Net::Changed(_) => {}
            }
        }
        let mut held = Self { groups: Vec::new(), roles: Vec::new() };
        let mut inside: BTreeMap<String, Vec<NamedView>> = BTreeMap::new();
        for ((subject, id, place), name) in &edges {
            if *subject == Subject::Membership {
                held.groups.extend(group(conn, account, id, name, at.line)?);
                continue;
            }
            let role = role(conn, account, id, name, at.line)?;
            if place.is_empty() {
                held.roles.push(role)
            } else {
                inside.entry(place.clone()).or_default().push(role)
            }
        }
        for group in &mut held.groups {
            group.roles = inside.remove(&group.remote_id).unwrap_or_default();
            group.roles.sort_by_cached_key(|role| (fold(&role.display_name), role.remote_id.clone()));
        }
        held.groups.sort_by_cached_key(|group| (fold(&group.display_name), group.remote_id.clone()));
        held.roles.sort_by_cached_key(|role| (fold(&role.display_name), role.remote_id.clone()));
        Ok(held)
    }
}

/// What history says of each group and role since, with the last name that a line has for it.
fn edges_since(
    conn: &Connection,
    account: AccountId,
    user: &str,
    since: i64,
) -> Result<BTreeMap<Edge, (Vec<Step>, String)>, StoreError> {
    let mut statement = conn.prepare_cached(EDGES).context(READING)?;
    let parameters = named_params! { ":account_id": account.0, ":member_id": user, ":since": since };
    let mut rows = statement.query(parameters).context(READING)?;
    let mut edges: BTreeMap<Edge, (Vec<Step>, String)> = BTreeMap::new();
    while let Some(row) = rows.next().context(READING)? {
        let (subject, id): (String, String) =
            (row.get("subject").context(READING)?, row.get("remote_id").context(READING)?);
        let step = step(row)?;
        let subject = if subject == Subject::Membership.as_str() {
            Subject::Membership
        } else {
            Subject::RoleAssignment
        };
        let place = step.before.as_deref().or(step.after.as_deref());
        let place = place.and_then(|place| serde_json::from_str(place).ok()).unwrap_or_default();
        let (steps, name) = edges.entry((subject, id, place)).or_default();
        *name = row.get("name").context(READING)?;
        steps.push(step);
    }
    Ok(edges)
}

/// A group as it was called; `None` for one that the account did not have, whose members services may leave behind.
fn group(
    conn: &Connection,
    account: AccountId,
    id: &str,
    name: &str,
    since: i64,
) -> Result<Option<UserGroupView>, StoreError> {
    let now = find(conn, GROUP, account, id, |row| Ok((row.get("display_name")?, Some(row.get("kind")?))))?;
    let (now, kind): (Option<String>, Option<String>) =
        now.map_or((None, None), |(name, kind)| (Some(name), kind));
    let known = named(conn, account, Subject::Group, id, since)?.or(now);
    let name = known.or_else(|| Some(name.to_owned()).filter(|name| !name.is_empty()));
    let kind = kind.and_then(|kind| GroupKind::parse(&kind)).unwrap_or(GroupKind::Group);
    Ok(name.map(|display_name| UserGroupView {
        remote_id: id.to_owned(),
        display_name,
        kind,
        roles: Vec::new(),
        everybody: false,
    }))
}

fn role(
    conn: &Connection,
    account: AccountId,
    id: &str,
    name: &str,
    since: i64,
) -> Result<NamedView, StoreError> {
    let now = find(conn, ROLE, account, id, |row| row.get("display_name"))?;
    let known = named(conn, account, Subject::Role, id, since)?.or(now);
    let fallback = if name.is_empty() { id } else { name };
    Ok(NamedView { remote_id: id.to_owned(), display_name: known.unwrap_or_else(|| fallback.to_owned()) })
}

fn named(
    conn: &Connection,
    account: AccountId,
    subject: Subject,
    id: &str,
    since: i64,
) -> Result<Option<String>, StoreError> {
    let mut statement = conn.prepare_cached(NAMED).context(READING)?;
    let parameters = named_params! {
        ":account_id": account.0, ":id": id, ":since": since, ":subject": subject.as_str(),
    };
    let mut rows = statement.query(parameters).context(READING)?;
    let Some(row) = rows.next().context(READING)? else { return Ok(None) };
    let action: String = row.get("action").context(READING)?;
    let name: String = row.get("name").context(READING)?;
    if action != Action::Changed.as_str() {
        return Ok(Some(name));
    }
    let before: Option<String> = row.get("before").context(READING)?;
    let before = before.and_then(|before| serde_json::from_str::<Value>(&before).ok());
    Ok(before.and_then(|before| before.as_str().map(str::to_owned)))
}

fn find<T>(
    conn: &Connection,
    sql: &str,
    account: AccountId,
    id: &str,
    read: impl FnOnce(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>, StoreError> {
    use rusqlite::OptionalExtension as _;
    conn.prepare_cached(sql)
        .and_then(|mut statement| {
            statement.query_row(named_params! { ":account_id": account.0, ":id": id }, read).optional()
        })
        .context(READING)
}
