//! Whom and what an account has, by what files and people name it with.

use rusqlite::{Connection, Row};

use super::StoreError;
use super::error::Context;
use crate::model::{AccountId, HolderKind, RemoteId, RoleScope, fold};

const COMPARING: &str = "comparing with the users that are there";
const LOOKING: &str = "looking for a name";

/// A user, by what names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownUser {
    /// The service's id.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
    /// Name for signing in, or what the mirror has in its place.
    pub user_name: String,
    /// Primary address.
    pub email: Option<String>,
    /// Primary number.
    pub phone: Option<String>,
}

/// A role, by what names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedRole {
    /// The service's id.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
    /// Held in one organisation at a time.
    pub in_organizations: bool,
    /// Held by users, not by programs.
    pub of_users: bool,
}

/// A group or organisation, by what names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedGroup {
    /// The service's id.
    pub remote_id: String,
    /// Name for showing.
    pub display_name: String,
}

/// An invitation, by what names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownInvitation {
    /// The service's id.
    pub remote_id: String,
    /// The address it went to.
    pub invitee: String,
    /// To which group or organisation.
    pub group_id: Option<String>,
    /// The service's own word.
    pub status: String,
    /// Milliseconds UTC.
    pub expires_at: Option<i64>,
}

/// Hands over every invitation of `account`.
///
/// # Errors
/// Those of the database.
pub fn each_invitation(
    conn: &Connection,
    account: AccountId,
    visit: &mut dyn FnMut(KnownInvitation),
) -> Result<(), StoreError> {
    let mut statement = conn
        .prepare_cached(
            "SELECT remote_id, invitee, group_id, status, expires_at FROM invitations WHERE account_id = ?1",
        )
        .context(COMPARING)?;
    let mut rows = statement.query([account.0]).context(COMPARING)?;
    while let Some(row) = rows.next().context(COMPARING)? {
        visit(invitation(row).context(COMPARING)?);
    }
    Ok(())
}

/// Hands over id, name and address of every user of `account` who has an address.
///
/// # Errors
/// Those of the database.
pub fn each_address(
    conn: &Connection,
    account: AccountId,
    visit: &mut dyn FnMut(&str, &str, &str),
) -> Result<(), StoreError> {
    let mut statement = conn
        .prepare_cached(
            "SELECT remote_id, display_name, email FROM users WHERE account_id = ?1 AND email IS NOT NULL",
        )
        .context(COMPARING)?;
    let mut rows = statement.query([account.0]).context(COMPARING)?;
    while let Some(row) = rows.next().context(COMPARING)? {
        let text = |name: &str| row.get_ref(name)?.as_str().map_err(rusqlite::Error::from);
        let (id, name, email) = (text("remote_id"), text("display_name"), text("email"));
        visit(id.context(COMPARING)?, name.context(COMPARING)?, email.context(COMPARING)?);
    }
    Ok(())
}

/// Hands over every user of `account`.
///
/// # Errors
/// Those of the database.
pub fn each_user(
    conn: &Connection,
    account: AccountId,
    visit: &mut dyn FnMut(KnownUser),
) -> Result<(), StoreError> {
    let mut statement = conn
        .prepare_cached(
            "SELECT remote_id, display_name, user_name, email, phone FROM users WHERE account_id = ?1",
        )
        .context(COMPARING)?;
    let mut rows = statement.query([account.0]).context(COMPARING)?;
    while let Some(row) = rows.next().context(COMPARING)? {
        visit(user(row).context(COMPARING)?);
    }
    Ok(())
}

/// Users of `account` with this id, address or name for signing in.
///
/// # Errors
/// Those of the database.
pub fn find_users(conn: &Connection, account: AccountId, name: &str) -> Result<Vec<KnownUser>, StoreError> {
    let name = name.to_lowercase();
    let mut found = Vec::new();
    // Not all letters have two cases for SQLite, so it is not asked to compare them.
    each_user(conn, account, &mut |user| {
        let is = |text: &str| text.to_lowercase() == name;
        if is(&user.remote_id) || is(&user.user_name) || user.email.as_deref().is_some_and(is) {
            found.push(user);
        }
    })?;
    Ok(found)
}

/// Roles of `account` with this id or name.
///
/// # Errors
/// Those of the database.
pub fn find_roles(conn: &Connection, account: AccountId, name: &str) -> Result<Vec<NamedRole>, StoreError> {
    let mut statement = conn
        .prepare_cached("SELECT remote_id, display_name, scope, holder_kind FROM roles WHERE account_id = ?1 ORDER BY remote_id")
        .context(LOOKING)?;
    let rows = statement.query_map([account.0], |row| {
        Ok(NamedRole {
            remote_id: row.get("remote_id")?,
            display_name: row.get("display_name")?,
            in_organizations: row.get::<_, String>("scope")? == RoleScope::Organization.as_str(),
            of_users: row.get::<_, String>("holder_kind")? == HolderKind::User.as_str(),
        })
    });
    let roles: Vec<NamedRole> = rows.and_then(Iterator::collect).context(LOOKING)?;
    Ok(roles.into_iter().filter(|role| is_named(name, &role.remote_id, &role.display_name)).collect())
}

/// Groups and organisations of `account` with this id or name.
///
/// # Errors
/// Those of the database.
pub fn find_groups(conn: &Connection, account: AccountId, name: &str) -> Result<Vec<NamedGroup>, StoreError> {
    let mut statement = conn
        .prepare_cached("SELECT remote_id, display_name FROM groups WHERE account_id = ?1 ORDER BY remote_id")
        .context(LOOKING)?;
    let rows = statement.query_map([account.0], |row| {
        Ok(NamedGroup { remote_id: row.get("remote_id")?, display_name: row.get("display_name")? })
    });
    let groups: Vec<NamedGroup> = rows.and_then(Iterator::collect).context(LOOKING)?;
    Ok(groups.into_iter().filter(|group| is_named(name, &group.remote_id, &group.display_name)).collect())
}

fn is_named(name: &str, id: &str, display_name: &str) -> bool {
    id == name || fold(display_name.trim()) == fold(name.trim())
}

fn invitation(row: &Row<'_>) -> rusqlite::Result<KnownInvitation> {
    Ok(KnownInvitation {
        remote_id: row.get("remote_id")?,
        invitee: row.get("invitee")?,
        group_id: row.get("group_id")?,
        status: row.get("status")?,
        expires_at: row.get("expires_at")?,
    })
}

fn user(row: &Row<'_>) -> rusqlite::Result<KnownUser> {
    Ok(KnownUser {
        remote_id: row.get("remote_id")?,
        display_name: row.get("display_name")?,
        user_name: row.get("user_name")?,
        email: row.get("email")?,
        phone: row.get("phone")?,
    })
}

/// Ids and names of the roles that users of `account` can hold everywhere in it.
///
/// # Errors
/// Those of the database.
pub fn list_user_roles(conn: &Connection, account: AccountId) -> Result<Vec<(RemoteId, String)>, StoreError> {
    let mut statement = conn
        .prepare_cached(
            "SELECT remote_id, display_name FROM roles
             WHERE account_id = ?1 AND scope = 'account' AND holder_kind = 'user' ORDER BY remote_id",
        )
        .context(COMPARING)?;
    let rows = statement
        .query_map([account.0], |row| {
            Ok((RemoteId::new(row.get::<_, String>("remote_id")?), row.get("display_name")?))
        })
        .context(COMPARING)?;
    rows.collect::<rusqlite::Result<_>>().context(COMPARING)
}

/// Ids and names of the roles that users of `account` can hold in its groups and organisations.
///
/// # Errors
/// Those of the database.
pub fn list_group_roles(
    conn: &Connection,
    account: AccountId,
) -> Result<Vec<(RemoteId, String)>, StoreError> {
    let mut statement = conn
        .prepare_cached(
            "SELECT remote_id, display_name FROM roles
             WHERE account_id = ?1 AND scope = 'organization' AND holder_kind = 'user' ORDER BY remote_id",
        )
        .context(COMPARING)?;
    let rows = statement
        .query_map([account.0], |row| {
            Ok((RemoteId::new(row.get::<_, String>("remote_id")?), row.get("display_name")?))
        })
        .context(COMPARING)?;
    rows.collect::<rusqlite::Result<_>>().context(COMPARING)
}
