//! Who holds rights in the whole account, themselves or through a group: what guards are computed from.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use serde_json::Value;

use super::StoreError;
use super::error::Context;
use crate::model::{AccountId, GrantHolder, NEEDED, RemoteId, Right, account_word};

const LOOKING: &str = "looking who holds a right";

/// Holders of the rights that somebody must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountHolders {
    /// By right, in the operator's word.
    given: BTreeMap<String, BTreeSet<(GrantHolder, RemoteId)>>,
    /// Who is in the groups that hold some.
    pub members: BTreeMap<RemoteId, BTreeSet<RemoteId>>,
    /// Groups whose members may do everything.
    pub administrators: BTreeSet<RemoteId>,
}

impl AccountHolders {
    /// As last confirmed; `None` for an account without such rights.
    ///
    /// # Errors
    /// Those of the database.
    pub fn load(conn: &Connection, account: AccountId) -> Result<Option<Self>, StoreError> {
        let mut holders = Self::default();
        let mut statement = conn
            .prepare_cached(
                "SELECT permission, holder_kind, holder_id FROM grants WHERE account_id = ?1 AND resource_id = ''",
            )
            .context(LOOKING)?;
        let rows = statement
            .query_map([account.0], |row| {
                let (permission, kind): (String, String) = (row.get("permission")?, row.get("holder_kind")?);
                let holder = RemoteId::new(row.get::<_, String>("holder_id")?);
                Ok((permission, GrantHolder::parse(&kind).unwrap_or(GrantHolder::User), holder))
            })
            .context(LOOKING)?;
        for row in rows {
            let (permission, kind, holder) = row.context(LOOKING)?;
            if NEEDED.contains(&account_word(&permission)) {
                holders.put(&permission, kind, holder);
            }
        }
        if holders.given.is_empty() {
            return Ok(None);
        }
        let mut groups: BTreeSet<RemoteId> = BTreeSet::new();
        for (kind, holder) in holders.given.values().flatten() {
            if *kind == GrantHolder::Group {
                groups.insert(holder.clone());
            }
        }
        for group in groups {
            let members = list_members(conn, account, &group, None)?;
            holders.members.insert(group.clone(), members.into_iter().map(|(id, _)| id).collect());
            if is_administrators(conn, account, &group)? {
                holders.administrators.insert(group);
            }
        }
        Ok(Some(holders))
    }

    /// Users who hold `right`, in the operator's word.
    pub fn holders(&self, right: &str) -> BTreeSet<&RemoteId> {
        let mut found = BTreeSet::new();
        for (kind, holder) in self.given.get(right).into_iter().flatten() {
            match kind {
                GrantHolder::User => {
                    found.insert(holder);
                }
                GrantHolder::Group => found.extend(self.members.get(holder).into_iter().flatten()),
            }
        }
        found
    }

    /// Somebody has it.
    pub fn put(&mut self, permission: &str, kind: GrantHolder, holder: RemoteId) {
        self.given.entry(account_word(permission).to_owned()).or_default().insert((kind, holder));
    }

    /// Somebody has it no more.
    pub fn take(&mut self, permission: &str, kind: GrantHolder, holder: &RemoteId) {
        if let Some(given) = self.given.get_mut(account_word(permission)) {
            given.remove(&(kind, holder.clone()));
        }
    }

    /// A user holds nothing any more, in no way.
    pub fn forget(&mut self, user: &RemoteId) {
        for given in self.given.values_mut() {
            given.remove(&(GrantHolder::User, user.clone()));
        }
        for members in self.members.values_mut() {
            members.remove(user);
        }
    }

    /// A group gives nothing any more.
    pub fn forget_group(&mut self, group: &RemoteId) {
        for given in self.given.values_mut() {
            given.remove(&(GrantHolder::Group, group.clone()));
        }
    }
}

/// Members of `group` by name, everybody where it is the group of everybody; of whom the switch is not `switched` already, where that is asked.
///
/// # Errors
/// Those of the database.
pub fn list_members(
    conn: &Connection,
    account: AccountId,
    group: &RemoteId,
    switched: Option<bool>,
) -> Result<Vec<(RemoteId, String)>, StoreError> {
    let mut statement = conn
        .prepare_cached(
            "SELECT remote_id, display_name FROM users
             WHERE account_id = ?1 AND (?3 IS NULL OR active IS NOT ?3)
               AND (?4 OR EXISTS (SELECT 1 FROM memberships AS edge
                                  WHERE edge.account_id = users.account_id AND edge.group_id = ?2
                                    AND edge.member_id = users.remote_id))
             ORDER BY 2, 1",
        )
        .context(LOOKING)?;
    let everybody = group_says(conn, account, group, "IsEveryone")?;
    let rows = statement
        .query_map((account.0, group.as_str(), switched, everybody), |row| {
            Ok((RemoteId::new(row.get::<_, String>(0)?), row.get(1)?))
        })
        .context(LOOKING)?;
    rows.collect::<rusqlite::Result<_>>().context(LOOKING)
}

/// Whether `group` is that of the administrators.
///
/// # Errors
/// Those of the database.
pub fn is_administrators(
    conn: &Connection,
    account: AccountId,
    group: &RemoteId,
) -> Result<bool, StoreError> {
    group_says(conn, account, group, "IsAdministratorsGroup")
}

fn group_says(
    conn: &Connection,
    account: AccountId,
    group: &RemoteId,
    flag: &str,
) -> Result<bool, StoreError> {
    let found = super::facts::find_record(conn, account, "groups", group)?;
    let raw: Value = found.and_then(|(_, raw)| serde_json::from_str(&raw).ok()).unwrap_or_default();
    Ok(raw.get(flag).and_then(Value::as_bool) == Some(true))
}

/// Rights that were given to the holder of `right` itself, at the same place.
///
/// # Errors
/// Those of the database.
pub fn list_given(conn: &Connection, account: AccountId, right: &Right) -> Result<Vec<String>, StoreError> {
    let mut statement = conn
        .prepare_cached(
            "SELECT permission FROM grants
             WHERE account_id = ?1 AND holder_id = ?2 AND resource_id = ?3 AND holder_kind = ?4 ORDER BY 1",
        )
        .context(LOOKING)?;
    let on = right.resource.as_ref().map_or("", RemoteId::as_str);
    let rows = statement
        .query_map((account.0, right.holder.as_str(), on, right.holder_kind.as_str()), |row| row.get(0))
        .context(LOOKING)?;
    rows.collect::<rusqlite::Result<_>>().context(LOOKING)
}

/// The name of a group of the user who holds `right` that was given the same, at the same place.
///
/// # Errors
/// Those of the database.
pub fn find_group_giving(
    conn: &Connection,
    account: AccountId,
    right: &Right,
) -> Result<Option<String>, StoreError> {
    if right.holder_kind == GrantHolder::Group {
        return Ok(None);
    }
    let mut statement = conn
        .prepare_cached(
            "SELECT grants.permission, groups.display_name FROM grants
             JOIN groups ON groups.account_id = grants.account_id AND groups.remote_id = grants.holder_id
             WHERE grants.account_id = ?1 AND grants.resource_id = ?2 AND grants.holder_kind = 'group'
               AND (coalesce(json_extract(groups.raw, '$.IsEveryone'), 0) = 1
                    OR EXISTS (SELECT 1 FROM memberships AS edge
                               WHERE edge.account_id = grants.account_id AND edge.group_id = grants.holder_id
                                 AND edge.member_id = ?3))
             ORDER BY 2",
        )
        .context(LOOKING)?;
    let on = right.resource.as_ref().map_or("", RemoteId::as_str);
    let mut rows = statement.query((account.0, on, right.holder.as_str())).context(LOOKING)?;
    while let Some(row) = rows.next().context(LOOKING)? {
        let permission: String = row.get(0).context(LOOKING)?;
        if account_word(&permission) == account_word(&right.permission) {
            return row.get(1).map(Some).context(LOOKING);
        }
    }
    Ok(None)
}
