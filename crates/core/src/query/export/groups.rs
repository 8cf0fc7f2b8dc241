//! All groups of an account, and who is in them.

use rusqlite::{Connection, named_params};

use super::{Visit, each};
use crate::api::GroupRow;
use crate::model::{AccountId, GroupKind};
use crate::store::StoreError;

pub(super) const GROUPS: &str = "SELECT g.remote_id, g.kind, g.display_name, g.created_at, g.modified_at,
       coalesce(json_extract(g.raw, '$.IsEveryone'), 0) = 1 AS everybody,
       (SELECT count(*) FROM memberships m
        WHERE m.account_id = g.account_id AND m.group_id = g.remote_id) AS members,
       (SELECT count(*) FROM memberships m
        WHERE m.account_id = g.account_id AND m.group_id = g.remote_id
          AND NOT EXISTS (SELECT 1 FROM users u WHERE u.account_id = m.account_id AND u.remote_id = m.member_id)
          AND NOT EXISTS (SELECT 1 FROM groups h WHERE h.account_id = m.account_id AND h.remote_id = m.member_id)
       ) AS dangling,
       (SELECT count(*) FROM invitations i
        WHERE i.account_id = g.account_id AND i.group_id = g.remote_id AND i.status = 'Pending'
          AND (i.expires_at IS NULL OR i.expires_at > unixepoch() * 1000)
       ) AS invitations
     FROM groups g WHERE g.account_id = :account_id ORDER BY g.remote_id";

pub(super) const MEMBERS: &str = "SELECT m.group_id, g.display_name AS group_name, m.member_id, m.kind,
       coalesce(u.display_name, h.display_name, m.display) AS member_name, u.email
     FROM memberships m
     LEFT JOIN groups g ON g.account_id = m.account_id AND g.remote_id = m.group_id
     LEFT JOIN users u ON u.account_id = m.account_id AND u.remote_id = m.member_id
     LEFT JOIN groups h ON h.account_id = m.account_id AND h.remote_id = m.member_id
     WHERE m.account_id = :account_id ORDER BY m.group_id, m.member_id";

/// One edge between a group and a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberExportRow {
    /// The service's id of the group.
    pub group_id: String,
    /// Its name; `None` when the account does not list it.
    pub group_name: Option<String>,
    /// The service's id of the member.
    pub member_id: String,
    /// What the member is: `user`, `group`, or what the service says.
    pub kind: String,
    /// Its name, as the account or the group knows it.
    pub member_name: Option<String>,
    /// Its primary address.
    pub email: Option<String>,
}

/// Hands over all groups of an account, in the order of their ids at the service.
///
/// # Errors
/// When the store cannot be read; those of `visit`.
pub fn each_group(
    conn: &Connection,
    account: AccountId,
    visit: Visit<'_, GroupRow>,
) -> Result<(), StoreError> {
    let make = |row: &rusqlite::Row<'_>| {
        Ok(GroupRow {
            account_id: account,
            remote_id: row.get("remote_id")?,
            kind: GroupKind::parse(row.get_ref("kind")?.as_str()?).unwrap_or(GroupKind::Group),
            display_name: row.get("display_name")?,
            members: row.get("members")?,
            dangling: row.get("dangling")?,
            everybody: row.get("everybody")?,
            invitations: row.get("invitations")?,
            pending: None,
            created_at: row.get("created_at")?,
            modified_at: row.get("modified_at")?,
        })
    };
    each(conn, GROUPS, named_params! { ":account_id": account.0 }, make, visit)
}

/// Hands over who is in which group, group by group.
///
/// # Errors
/// When the store cannot be read; those of `visit`.
pub fn each_member(
    conn: &Connection,
    account: AccountId,
    visit: Visit<'_, MemberExportRow>,
) -> Result<(), StoreError> {
    let make = |row: &rusqlite::Row<'_>| {
        Ok(MemberExportRow {
            group_id: row.get("group_id")?,
            group_name: row.get("group_name")?,
            member_id: row.get("member_id")?,
            kind: row.get("kind")?,
            member_name: row.get("member_name")?,
            email: row.get("email")?,
        })
    };
    each(conn, MEMBERS, named_params! { ":account_id": account.0 }, make, visit)
}
