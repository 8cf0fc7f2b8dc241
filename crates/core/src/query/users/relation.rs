//! Who has which role, is in which group, holds which token: for each target its rows, read once in the order of the
//! service's ids beside the users, like `edges`.

use std::collections::BTreeMap;

use rusqlite::{CachedStatement, Connection, Row, named_params};

use super::bits::Bits;
use crate::model::{AccountId, fold};
use crate::query::edges::UserWalk;
use crate::query::filter::Relation;
use crate::store::{Context, StoreError};

const READING: &str = "reading who has what";

pub(super) const ROLES: &str = "SELECT remote_id, display_name FROM roles WHERE account_id = :account_id";
pub(super) const GROUPS: &str =
    "SELECT remote_id, display_name, kind FROM groups WHERE account_id = :account_id";
pub(super) const HOLDERS: &str = "SELECT holder_id AS owner, role_id AS target FROM role_assignments
     WHERE account_id = :account_id ORDER BY holder_id, role_id";
pub(super) const MEMBERS: &str = "SELECT member_id AS owner, group_id AS target FROM memberships
     WHERE account_id = :account_id ORDER BY member_id, group_id";
pub(super) const TOKENS: &str =
    "SELECT owner_id AS owner, name, expires_at, expiry_known, last_used_at, last_use_known
     FROM tokens WHERE account_id = :account_id ORDER BY owner_id";
pub(super) const USERS: &str =
    "SELECT id, remote_id FROM users WHERE account_id = :account_id ORDER BY remote_id";

/// A role, a group, an organisation or a token.
#[derive(Debug)]
pub(in crate::query) struct Target {
    /// The service's id; for a token its name.
    pub remote_id: Box<str>,
    pub name: Box<str>,
    pub folded: Box<str>,
    /// For a token: when it expires and was last used.
    pub expires: Moments,
    pub used: Moments,
}

/// A time that may be known not to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::query) enum Moments {
    #[default]
    Unknown,
    Never,
    At(i64),
}

/// One kind of things with the rows of those who have them. Each row once a target.
#[derive(Debug)]
pub(in crate::query) struct Holders {
    targets: Vec<Target>,
    /// Where the rows of each target begin, and the end.
    starts: Vec<u32>,
    rows: Vec<u32>,
    /// Rows with any.
    any: Bits,
}

impl Holders {
    /// Reads them. `ids` are the users' numbers in the store, in order.
    pub fn load(
        conn: &Connection,
        account: AccountId,
        ids: &[i64],
        relation: Relation,
    ) -> Result<Self, StoreError> {
        match relation {
            Relation::Role => named(conn, account, ids, (ROLES, HOLDERS), None),
            Relation::Group => named(conn, account, ids, (GROUPS, MEMBERS), Some(false)),
            Relation::Organization => named(conn, account, ids, (GROUPS, MEMBERS), Some(true)),
            Relation::Token => tokens(conn, account, ids),
        }
    }

    fn new(targets: Vec<Target>, mut held: Vec<(u32, u32)>, users: usize) -> Self {
        held.sort_unstable();
        held.dedup();
        let mut any = Bits::none(users);
        let mut starts = vec![0; targets.len() + 1];
        for (target, row) in &held {
            any.insert(*row as usize);
            if let Some(count) = starts.get_mut(*target as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        Self { targets, starts, rows: held.into_iter().map(|(_, row)| row).collect(), any }
    }

    /// Rows with any of them.
    pub const fn any(&self) -> &Bits {
        &self.any
    }

    /// Each with its rows.
    pub fn iter(&self) -> impl Iterator<Item = (&Target, &[u32])> {
        self.targets.iter().zip(self.starts.windows(2)).map(|(target, span)| {
            let rows = match span {
                &[start, end] => self.rows.get(start as usize..end as usize).unwrap_or(&[]),
                _ => &[],
            };
            (target, rows)
        })
    }
}

/// Calls `take` with the row of each owner that is a user.
fn walk(
    conn: &Connection,
    account: AccountId,
    ids: &[i64],
    sql: &str,
    mut take: impl FnMut(u32, &Row<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let parameters = named_params! { ":account_id": account.0 };
    let mut users: CachedStatement<'_> = conn.prepare_cached(USERS).context(READING)?;
    let mut users = UserWalk::start(users.query(parameters).context(READING)?)?;
    let mut owned = conn.prepare_cached(sql).context(READING)?;
    let owner = owned.column_index("owner").context(READING)?;
    let mut owned = owned.query(parameters).context(READING)?;
    while let Some(row) = owned.next().context(READING)? {
        let owner = row.get_ref(owner).context(READING)?.as_bytes().unwrap_or_default();
        let user = users.advance_to(owner)?.and_then(|id| ids.binary_search(&id).ok());
        if let Some(user) = user.and_then(|user| u32::try_from(user).ok()) {
            take(user, row)?;
        }
    }
    Ok(())
}

/// Roles or groups; of groups those that are organisations, or those that are not.
fn named(
    conn: &Connection,
    account: AccountId,
    ids: &[i64],
    (targets, edges): (&str, &str),
    organizations: Option<bool>,
) -> Result<Holders, StoreError> {
    let mut known: BTreeMap<Box<[u8]>, u32> = BTreeMap::new();
    let mut list = Vec::new();
    let mut statement = conn.prepare_cached(targets).context(READING)?;
    let mut rows = statement.query(named_params! { ":account_id": account.0 }).context(READING)?;
    while let Some(row) = rows.next().context(READING)? {
        if let Some(organizations) = organizations {
            let kind: String = row.get("kind").context(READING)?;
            if (kind == "organization") != organizations {
                continue;
            }
        }
        let id: String = row.get("remote_id").context(READING)?;
        known.insert(id.as_bytes().into(), u32::try_from(list.len()).unwrap_or(u32::MAX));
        list.push(Target::new(id, row.get("display_name").context(READING)?));
    }
    let mut held = Vec::new();
    walk(conn, account, ids, edges, |user, row| {
        let id = row.get_ref("target").context(READING)?.as_bytes().unwrap_or_default();
        held.extend(known.get(id).map(|target| (*target, user)));
        Ok(())
    })?;
    Ok(Holders::new(list, held, ids.len()))
}

/// Every token is a target of its own, because each has its own times.
fn tokens(conn: &Connection, account: AccountId, ids: &[i64]) -> Result<Holders, StoreError> {
    let (mut list, mut held) = (Vec::new(), Vec::new());
    walk(conn, account, ids, TOKENS, |user, row| {
        let moment = |known: &str, at: &str| -> Result<Moments, StoreError> {
            let at: Option<i64> = row.get(at).context(READING)?;
            let known: bool = row.get(known).context(READING)?;
            Ok(match at {
                Some(at) => Moments::At(at),
                None if known => Moments::Never,
                None => Moments::Unknown,
            })
        };
        let name: String = row.get("name").context(READING)?;
        let mut token = Target::new(name.clone(), name);
        token.expires = moment("expiry_known", "expires_at")?;
        token.used = moment("last_use_known", "last_used_at")?;
        held.push((u32::try_from(list.len()).unwrap_or(u32::MAX), user));
        list.push(token);
        Ok(())
    })?;
    Ok(Holders::new(list, held, ids.len()))
}

impl Target {
    fn new(remote_id: String, name: String) -> Self {
        Self {
            folded: fold(&name).into(),
            name: name.into(),
            remote_id: remote_id.into(),
            expires: Moments::Unknown,
            used: Moments::Unknown,
        }
    }
}
