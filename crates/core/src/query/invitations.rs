//! Invitations: each list of them is searched and sorted here, by the few values that that needs; what a page shows is read of
//! the rows of that page alone.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::rc::Rc;

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::lists::Listing;
use super::page::{clamp, count32, json};
use super::users::{UserIndexCache, Words};
use crate::api::{
    InvitationColumn, InvitationPageView, InvitationQueryRequest, InvitationRow, InvitationState,
};
use crate::model::{AccountId, Timestamp, fold};
use crate::store::{Context, StoreError};

const LISTED: &str =
    "SELECT id, remote_id, invitee, status, group_id, inviter_id, created_at, expires_at FROM invitations
     WHERE account_id = :account_id";

/// Names are few beside the invitations: each is looked up once.
const GROUP: &str =
    "SELECT display_name FROM groups WHERE account_id = :account_id AND remote_id = :remote_id";
const USER: &str = "SELECT display_name FROM users WHERE account_id = :account_id AND remote_id = :remote_id";

const INVITATION: &str = "SELECT i.account_id, i.remote_id, i.invitee, i.status, i.group_id, g.display_name AS organization, i.inviter_id,
            inviter.display_name AS inviter, accepted.remote_id AS accepted_user_id, i.roles, i.created_at, i.expires_at
     FROM invitations i
     LEFT JOIN groups g ON g.account_id = i.account_id AND g.remote_id = i.group_id
     LEFT JOIN users inviter ON inviter.account_id = i.account_id AND inviter.remote_id = i.inviter_id
     LEFT JOIN users accepted ON accepted.account_id = i.account_id AND accepted.remote_id = i.accepted_user_id
     WHERE i.id = :id";

const STATES: &str = "SELECT status, group_id, expires_at FROM invitations WHERE account_id = :account_id";

const READING: &str = "reading the invitations";

/// What became of an invitation, seen at `now`: services notice late that one has expired.
fn state(status: &str, expires_at: Option<i64>, now: Timestamp) -> InvitationState {
    match status {
        "Pending" if expires_at.is_some_and(|at| at <= now.as_millis()) => InvitationState::Expired,
        "Pending" => InvitationState::Pending,
        "Accepted" => InvitationState::Accepted,
        "Expired" => InvitationState::Expired,
        "Revoked" => InvitationState::Revoked,
        _ => InvitationState::Other,
    }
}

/// How many are pending and expired, and how many of the pending each organisation has.
#[derive(Debug, Default)]
pub(super) struct InvitationCounts {
    pub pending: u32,
    pub expired: u32,
    pub pending_by_organization: BTreeMap<String, u32>,
}

/// Counts the invitations of an account as of `now`.
pub(super) fn count_invitations(
    conn: &Connection,
    account: AccountId,
    now: Timestamp,
) -> Result<InvitationCounts, StoreError> {
    let mut counts = InvitationCounts::default();
    let mut statement = conn.prepare_cached(STATES).context(READING)?;
    let mut rows = statement.query(named_params! { ":account_id": account.0 }).context(READING)?;
    while let Some(row) = rows.next().context(READING)? {
        let status: String = row.get("status").context(READING)?;
        match state(&status, row.get("expires_at").context(READING)?, now) {
            InvitationState::Pending => {
                counts.pending += 1;
                if let Some(group) = row.get::<_, Option<String>>("group_id").context(READING)? {
                    *counts.pending_by_organization.entry(group).or_default() += 1;
                }
            }
            InvitationState::Expired => counts.expired += 1,
            InvitationState::Accepted | InvitationState::Revoked | InvitationState::Other => {}
        }
    }
    Ok(counts)
}

/// An invitation by what it is found and sorted by.
struct Listed {
    id: i64,
    /// Place of the account's name among all.
    account: u32,
    remote_id: String,
    /// Folded.
    invitee: String,
    /// Folded.
    organization: Option<Rc<str>>,
    /// Folded.
    inviter: Option<Rc<str>>,
    state: InvitationState,
    created_at: Option<i64>,
    expires_at: Option<i64>,
}

/// A page of invitations as of `now`.
///
/// # Errors
/// When the store cannot be read.
pub fn query_invitations(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &InvitationQueryRequest,
    now: Timestamp,
) -> Result<InvitationPageView, StoreError> {
    let (all, listed) = listed(cache, conn, request, now)?;
    let total = count32(listed.len());
    let page = listed.iter().skip(request.offset as usize).take(clamp(request.limit) as usize);
    let mut rows = Vec::new();
    for listed in page {
        rows.extend(find(conn, listed.id, now)?);
    }
    Ok(InvitationPageView { total, all, rows })
}

/// Hands over all invitations that match, in the asked order.
///
/// # Errors
/// When the store cannot be read; those of `out`.
pub(super) fn each_listed_invitation(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &InvitationQueryRequest,
    now: Timestamp,
    out: &mut dyn Listing<InvitationRow>,
) -> Result<(), StoreError> {
    let (_, listed) = listed(cache, conn, request, now)?;
    out.begin(listed.len());
    for listed in listed {
        if let Some(row) = find(conn, listed.id, now)? {
            out.row(row)?;
        }
    }
    Ok(())
}

/// How many invitations there are, and those that match, in the asked order.
fn listed(
    cache: &UserIndexCache,
    conn: &Connection,
    request: &InvitationQueryRequest,
    now: Timestamp,
) -> Result<(u32, Vec<Listed>), StoreError> {
    let snapshot = cache.current(conn, request.account_id)?.snapshot;
    let words = Words::parse(&request.text);
    let searched = !request.text.trim().is_empty();
    let (mut all, mut listed) = (0, Vec::new());
    for (place, index) in snapshot.ranked_indexes() {
        let of = OfAccount { conn, account: index.account, place };
        of.each(now, &mut |own| {
            all += 1;
            let has_words = || {
                let organization = own.organization.as_deref().unwrap_or_default();
                let inviter = own.inviter.as_deref().unwrap_or_default();
                let text = format!("{}\u{1f}{organization}\u{1f}{inviter}", own.invitee);
                words.all_in(text.as_bytes())
            };
            if request.state.is_none_or(|state| state == own.state) && (!searched || has_words()) {
                listed.push(own);
            }
        })?;
    }
    sort(&mut listed, request.sort, request.descending);
    Ok((count32(all), listed))
}

/// The invitations of one account.
struct OfAccount<'a> {
    conn: &'a Connection,
    account: AccountId,
    /// Place of its name among all.
    place: u32,
}

/// Names by id, folded; of who is not there the id.
type Names = BTreeMap<String, Rc<str>>;

impl OfAccount<'_> {
    fn each(&self, now: Timestamp, take: &mut dyn FnMut(Listed)) -> Result<(), StoreError> {
        let (mut groups, mut users) = (Names::new(), Names::new());
        let mut statement = self.conn.prepare_cached(LISTED).context(READING)?;
        let mut rows = statement.query(named_params! { ":account_id": self.account.0 }).context(READING)?;
        while let Some(row) = rows.next().context(READING)? {
            let group: Option<String> = row.get("group_id").context(READING)?;
            let inviter: Option<String> = row.get("inviter_id").context(READING)?;
            let organization = group.map(|id| self.name(GROUP, &mut groups, id)).transpose()?;
            let inviter = inviter.map(|id| self.name(USER, &mut users, id)).transpose()?;
            take(self.listed(row, (organization, inviter), now).context(READING)?);
        }
        Ok(())
    }

    fn listed(
        &self,
        row: &Row<'_>,
        (organization, inviter): (Option<Rc<str>>, Option<Rc<str>>),
        now: Timestamp,
    ) -> rusqlite::Result<Listed> {
        let (status, expires_at): (String, Option<i64>) = (row.get("status")?, row.get("expires_at")?);
        Ok(Listed {
            id: row.get("id")?,
            account: self.place,
            remote_id: row.get("remote_id")?,
            invitee: fold(&row.get::<_, String>("invitee")?),
            organization,
            inviter,
            state: state(&status, expires_at, now),
            created_at: row.get("created_at")?,
            expires_at,
        })
    }

    fn name(&self, sql: &str, known: &mut Names, id: String) -> Result<Rc<str>, StoreError> {
        if let Some(name) = known.get(&id) {
            return Ok(Rc::clone(name));
        }
        let parameters = named_params! { ":account_id": self.account.0, ":remote_id": id };
        let found: Option<String> = self
            .conn
            .prepare_cached(sql)
            .and_then(|mut statement| {
                statement.query_row(parameters, |row| row.get("display_name")).optional()
            })
            .context(READING)?;
        let name: Rc<str> = fold(found.as_deref().unwrap_or(&id)).into();
        known.insert(id, Rc::clone(&name));
        Ok(name)
    }
}

/// What a column sorts by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Number(i64),
    Text(&'a str),
}

fn sort(listed: &mut [Listed], column: InvitationColumn, descending: bool) {
    fn key(listed: &Listed, column: InvitationColumn) -> Option<Key<'_>> {
        match column {
            InvitationColumn::Invitee => Some(Key::Text(&listed.invitee)),
            InvitationColumn::State => Some(Key::Number(listed.state as i64)),
            InvitationColumn::Organization => listed.organization.as_deref().map(Key::Text),
            InvitationColumn::CreatedAt => listed.created_at.map(Key::Number),
            InvitationColumn::ExpiresAt => listed.expires_at.map(Key::Number),
            InvitationColumn::Account => Some(Key::Number(i64::from(listed.account))),
        }
    }
    listed.sort_by(|a, b| {
        let by_value = match (key(a, column), key(b, column)) {
            (Some(a), Some(b)) if descending => b.cmp(&a),
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => Reverse(a.is_some()).cmp(&Reverse(b.is_some())),
        };
        by_value
            .then_with(|| (&a.invitee, a.account, &a.remote_id).cmp(&(&b.invitee, b.account, &b.remote_id)))
    });
}

/// All of one; nothing where it went meanwhile.
fn find(conn: &Connection, id: i64, now: Timestamp) -> Result<Option<InvitationRow>, StoreError> {
    let mut statement = conn.prepare_cached(INVITATION).context(READING)?;
    let mut rows = statement.query(named_params! { ":id": id }).context(READING)?;
    let Some(row) = rows.next().context(READING)? else { return Ok(None) };
    let roles: String = row.get("roles").context(READING)?;
    let roles = json(&roles, "the roles of an invitation")?;
    invitation(row, roles, now).map(Some).context(READING)
}

fn invitation(row: &Row<'_>, roles: Vec<String>, now: Timestamp) -> rusqlite::Result<InvitationRow> {
    let (organization_id, inviter_id): (Option<String>, Option<String>) =
        (row.get("group_id")?, row.get("inviter_id")?);
    let (status, expires_at): (String, Option<i64>) = (row.get("status")?, row.get("expires_at")?);
    Ok(InvitationRow {
        account_id: AccountId(row.get("account_id")?),
        remote_id: row.get("remote_id")?,
        invitee: row.get("invitee")?,
        state: state(&status, expires_at, now),
        status,
        organization: row.get::<_, Option<String>>("organization")?.or_else(|| organization_id.clone()),
        organization_id,
        inviter: row.get::<_, Option<String>>("inviter")?.or_else(|| inviter_id.clone()),
        inviter_id,
        accepted_user_id: row.get("accepted_user_id")?,
        roles,
        created_at: row.get("created_at")?,
        expires_at,
        pending: None,
    })
}

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] = &[LISTED, GROUP, USER, INVITATION, STATES];
