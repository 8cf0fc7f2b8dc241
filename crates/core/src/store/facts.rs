//! What the mirror knows about the records that an edit names: their names, what hangs on them, who else holds a role.

use rusqlite::{Connection, OptionalExtension, Params};

use super::StoreError;
use super::error::Context;
use crate::model::{AccountId, GrantHolder, RemoteId, Timestamp};

const LOOKING: &str = "looking for what an edit names";

/// Names at most of each list.
const NAMES: u32 = 20;

/// A list with its length and its first names.
pub type Listed = (u32, Vec<String>);

/// The column that names a record of `table`.
fn name_in(table: &str) -> &'static str {
    if table == "invitations" { "invitee" } else { "display_name" }
}

/// Name and record of one of `users`, `groups`, `roles`, `applications` or `invitations`.
///
/// # Errors
/// Those of the database.
pub fn find_record(
    conn: &Connection,
    account: AccountId,
    table: &'static str,
    id: &RemoteId,
) -> Result<Option<(String, String)>, StoreError> {
    let name = name_in(table);
    let sql = format!("SELECT {name} AS name, raw FROM {table} WHERE account_id = ?1 AND remote_id = ?2");
    conn.prepare_cached(&sql)
        .and_then(|mut statement| {
            statement
                .query_row((account.0, id.as_str()), |row| Ok((row.get("name")?, row.get("raw")?)))
                .optional()
        })
        .context(LOOKING)
}

/// The user that signs in under `name`.
///
/// # Errors
/// Those of the database.
pub fn find_user_named(
    conn: &Connection,
    account: AccountId,
    name: &str,
) -> Result<Option<RemoteId>, StoreError> {
    conn.query_row(
        "SELECT remote_id FROM users WHERE account_id = ?1 AND (user_name = ?2 OR email = ?2) LIMIT 1",
        (account.0, name),
        |row| row.get::<_, String>(0).map(RemoteId::new),
    )
    .optional()
    .context(LOOKING)
}

/// A record of this name that came into the mirror after `since`.
///
/// # Errors
/// Those of the database.
pub fn find_new(
    conn: &Connection,
    account: AccountId,
    table: &'static str,
    name: &str,
    since: Timestamp,
) -> Result<Option<RemoteId>, StoreError> {
    let sql = format!(
        "SELECT remote_id FROM {table}
         WHERE account_id = ?1 AND display_name = ?2 AND first_seen_at >= ?3 ORDER BY first_seen_at LIMIT 1"
    );
    conn.query_row(&sql, (account.0, name, since.as_millis()), |row| {
        row.get::<_, String>(0).map(RemoteId::new)
    })
    .optional()
    .context(LOOKING)
}

/// Roles that `holder` holds, each with the organisation in which it does.
///
/// # Errors
/// Those of the database.
pub fn list_held(
    conn: &Connection,
    account: AccountId,
    holder: &RemoteId,
) -> Result<Vec<(RemoteId, Option<RemoteId>)>, StoreError> {
    let mut statement = conn
        .prepare_cached(
            "SELECT role_id, group_id FROM role_assignments WHERE account_id = ?1 AND holder_id = ?2
             ORDER BY role_id, group_id",
        )
        .context(LOOKING)?;
    let rows = statement
        .query_map((account.0, holder.as_str()), |row| {
            let group: String = row.get("group_id")?;
            let role: String = row.get("role_id")?;
            Ok((RemoteId::new(role), (!group.is_empty()).then(|| RemoteId::new(group))))
        })
        .context(LOOKING)?;
    rows.collect::<rusqlite::Result<_>>().context(LOOKING)
}

/// How many hold `role`, in `group` or everywhere in the account.
///
/// # Errors
/// Those of the database.
pub fn count_holders(
    conn: &Connection,
    account: AccountId,
    role: &RemoteId,
    group: Option<&RemoteId>,
) -> Result<u32, StoreError> {
    conn.prepare_cached(
        "SELECT count(*) FROM role_assignments WHERE account_id = ?1 AND role_id = ?2 AND group_id = ?3",
    )
    .and_then(|mut statement| {
        let group = group.map_or("", RemoteId::as_str);
        statement.query_row((account.0, role.as_str(), group), |row| row.get(0))
    })
    .context(LOOKING)
}

/// Who holds `role`, and in which organisation.
///
/// # Errors
/// Those of the database.
pub fn list_holder_ids(
    conn: &Connection,
    account: AccountId,
    role: &RemoteId,
) -> Result<Vec<(RemoteId, Option<RemoteId>)>, StoreError> {
    let mut statement = conn
        .prepare_cached(
            "SELECT holder_id, group_id FROM role_assignments WHERE account_id = ?1 AND role_id = ?2",
        )
        .context(LOOKING)?;
    let rows = statement
        .query_map((account.0, role.as_str()), |row| {
            let (holder, group): (String, String) = (row.get("holder_id")?, row.get("group_id")?);
            Ok((RemoteId::new(holder), (!group.is_empty()).then(|| RemoteId::new(group))))
        })
        .context(LOOKING)?;
    rows.collect::<rusqlite::Result<_>>().context(LOOKING)
}

/// Who is in `group`.
///
/// # Errors
/// Those of the database.
pub fn list_member_ids(
    conn: &Connection,
    account: AccountId,
    group: &RemoteId,
) -> Result<Vec<RemoteId>, StoreError> {
    let mut statement = conn
        .prepare_cached("SELECT member_id FROM memberships WHERE account_id = ?1 AND group_id = ?2")
        .context(LOOKING)?;
    let rows = statement
        .query_map((account.0, group.as_str()), |row| row.get::<_, String>(0).map(RemoteId::new))
        .context(LOOKING)?;
    rows.collect::<rusqlite::Result<_>>().context(LOOKING)
}

/// Names of what `role` allows.
///
/// # Errors
/// Those of the database.
pub fn list_permissions(
    conn: &Connection,
    account: AccountId,
    role: &RemoteId,
) -> Result<Listed, StoreError> {
    list(
        conn,
        "FROM role_permissions WHERE account_id = ?1 AND role_id = ?2",
        "name",
        (account.0, role.as_str()),
    )
}

/// Who holds `role`, wherever.
///
/// # Errors
/// Those of the database.
pub fn list_holders(conn: &Connection, account: AccountId, role: &RemoteId) -> Result<Listed, StoreError> {
    list(
        conn,
        "FROM (SELECT DISTINCT account_id, holder_id FROM role_assignments
               WHERE account_id = ?1 AND role_id = ?2) AS held
         LEFT JOIN users ON users.account_id = held.account_id AND users.remote_id = held.holder_id
         LEFT JOIN applications ON applications.account_id = held.account_id
                               AND applications.remote_id = held.holder_id",
        "coalesce(users.display_name, applications.display_name, held.holder_id)",
        (account.0, role.as_str()),
    )
}

/// Roles that a user holds everywhere in the account.
///
/// # Errors
/// Those of the database.
pub fn list_account_roles(
    conn: &Connection,
    account: AccountId,
    user: &RemoteId,
) -> Result<Listed, StoreError> {
    list(
        conn,
        "FROM role_assignments AS held
         LEFT JOIN roles ON roles.account_id = held.account_id AND roles.remote_id = held.role_id
         WHERE held.account_id = ?1 AND held.holder_id = ?2 AND held.group_id = ''",
        "coalesce(roles.display_name, held.role_id)",
        (account.0, user.as_str()),
    )
}

/// Roles that a user holds in organisations, or in `group` alone.
///
/// # Errors
/// Those of the database.
pub fn list_group_roles(
    conn: &Connection,
    account: AccountId,
    user: &RemoteId,
    group: Option<&RemoteId>,
) -> Result<Listed, StoreError> {
    list(
        conn,
        "FROM role_assignments AS held
         LEFT JOIN roles ON roles.account_id = held.account_id AND roles.remote_id = held.role_id
         LEFT JOIN groups ON groups.account_id = held.account_id AND groups.remote_id = held.group_id
         WHERE held.account_id = ?1 AND held.holder_id = ?2 AND held.group_id <> ''
           AND (?3 IS NULL OR held.group_id = ?3)",
        "coalesce(roles.display_name, held.role_id) || ' (' || coalesce(groups.display_name, held.group_id) || ')'",
        (account.0, user.as_str(), group.map(RemoteId::as_str)),
    )
}

/// Groups and organisations that a user is in.
///
/// # Errors
/// Those of the database.
pub fn list_groups_of(conn: &Connection, account: AccountId, user: &RemoteId) -> Result<Listed, StoreError> {
    list(
        conn,
        "FROM memberships AS edge
         LEFT JOIN groups ON groups.account_id = edge.account_id AND groups.remote_id = edge.group_id
         WHERE edge.account_id = ?1 AND edge.member_id = ?2",
        "coalesce(groups.display_name, edge.group_id)",
        (account.0, user.as_str()),
    )
}

/// Members of a group or organisation.
///
/// # Errors
/// Those of the database.
pub fn list_members_of(
    conn: &Connection,
    account: AccountId,
    group: &RemoteId,
) -> Result<Listed, StoreError> {
    list(
        conn,
        "FROM memberships AS edge
         LEFT JOIN users ON users.account_id = edge.account_id AND users.remote_id = edge.member_id
         WHERE edge.account_id = ?1 AND edge.group_id = ?2",
        "coalesce(users.display_name, edge.display, edge.member_id)",
        (account.0, group.as_str()),
    )
}

/// API credentials of a user.
///
/// # Errors
/// Those of the database.
pub fn list_tokens_of(conn: &Connection, account: AccountId, user: &RemoteId) -> Result<Listed, StoreError> {
    list(
        conn,
        "FROM tokens WHERE account_id = ?1 AND owner_id = ?2 AND owner_kind = 'user'",
        "name",
        (account.0, user.as_str()),
    )
}

/// Invitations that a user sent, or, for `into`, that lead into a group.
///
/// # Errors
/// Those of the database.
pub fn list_invitations(
    conn: &Connection,
    account: AccountId,
    id: &RemoteId,
    into: bool,
) -> Result<Listed, StoreError> {
    let from = if into {
        "FROM invitations WHERE account_id = ?1 AND group_id = ?2"
    } else {
        "FROM invitations WHERE account_id = ?1 AND inviter_id = ?2"
    };
    list(conn, from, "invitee", (account.0, id.as_str()))
}

/// Rights that a user or a group was given itself.
///
/// # Errors
/// Those of the database.
pub fn list_grants_of(
    conn: &Connection,
    account: AccountId,
    kind: GrantHolder,
    holder: &RemoteId,
) -> Result<Listed, StoreError> {
    list(
        conn,
        "FROM grants
         LEFT JOIN resources ON resources.account_id = grants.account_id
                            AND resources.remote_id = grants.resource_id
         WHERE grants.account_id = ?1 AND grants.holder_id = ?2 AND grants.holder_kind = ?3",
        "CASE grants.resource_id WHEN '' THEN grants.permission
         ELSE grants.permission || ' (' || coalesce(resources.display_name, grants.resource_id) || ')' END",
        (account.0, holder.as_str(), kind.as_str()),
    )
}

/// Periods in which a user gets no alerts.
///
/// # Errors
/// Those of the database.
pub fn list_off_duty_of(
    conn: &Connection,
    account: AccountId,
    user: &RemoteId,
) -> Result<Listed, StoreError> {
    list(
        conn,
        "FROM off_duty_periods WHERE account_id = ?1 AND user_id = ?2",
        "display_name",
        (account.0, user.as_str()),
    )
}

/// Groups and organisations that a user is in, by id.
///
/// # Errors
/// Those of the database.
pub fn list_group_ids_of(
    conn: &Connection,
    account: AccountId,
    user: &RemoteId,
) -> Result<Vec<RemoteId>, StoreError> {
    let mut statement = conn
        .prepare_cached("SELECT group_id FROM memberships WHERE account_id = ?1 AND member_id = ?2")
        .context(LOOKING)?;
    let rows = statement
        .query_map((account.0, user.as_str()), |row| row.get::<_, String>(0).map(RemoteId::new))
        .context(LOOKING)?;
    rows.collect::<rusqlite::Result<_>>().context(LOOKING)
}

/// How many are in `group`.
///
/// # Errors
/// Those of the database.
pub fn count_members(conn: &Connection, account: AccountId, group: &RemoteId) -> Result<u32, StoreError> {
    conn.prepare_cached("SELECT count(*) FROM memberships WHERE account_id = ?1 AND group_id = ?2")
        .and_then(|mut statement| statement.query_row((account.0, group.as_str()), |row| row.get(0)))
        .context(LOOKING)
}

/// Sessions, grants, second factors and identities of a user, where they are known.
///
/// # Errors
/// Those of the database.
pub fn find_depth(
    conn: &Connection,
    account: AccountId,
    user: &RemoteId,
) -> Result<Option<[Option<u32>; 4]>, StoreError> {
    conn.prepare_cached(
        "SELECT sessions, grants, mfa_factors, identities FROM user_details
         WHERE account_id = ?1 AND user_id = ?2",
    )
    .and_then(|mut statement| {
        statement
            .query_row((account.0, user.as_str()), |row| {
                Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?])
            })
            .optional()
    })
    .context(LOOKING)
}

fn list(
    conn: &Connection,
    from: &'static str,
    name: &'static str,
    parameters: impl Params + Clone,
) -> Result<Listed, StoreError> {
    let count = conn
        .prepare_cached(&format!("SELECT count(*) {from}"))
        .and_then(|mut statement| statement.query_row(parameters.clone(), |row| row.get(0)))
        .context(LOOKING)?;
    if count == 0 {
        return Ok((0, Vec::new()));
    }
    let mut statement = conn
        .prepare_cached(&format!("SELECT {name} AS name {from} ORDER BY 1 LIMIT {NAMES}"))
        .context(LOOKING)?;
    let names = statement
        .query_map(parameters, |row| row.get(0))
        .and_then(Iterator::collect::<rusqlite::Result<Vec<String>>>)
        .context(LOOKING)?;
    Ok((count, names))
}
