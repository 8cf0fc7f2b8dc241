//! What is staged of each list and what the mirror has of it, side by side: counts, gaps, and what only earlier walks
//! brought. The tables differ from list to list, the questions do not.

use rusqlite::{Connection, Transaction, named_params};

use super::StoreError;
use super::error::Context;
use super::staged_users::{self, Landed, StagedCounts};
use super::staging::StagingSql;
use super::{records, staged_groups};
use crate::model::{AccountId, Record, RemoteId, Stream};

/// Where a list is staged and mirrored.
struct Place {
    /// Staged rows.
    staged: &'static str,
    /// Which of the rows there.
    of: &'static str,
    /// Mirrored rows; the key of each is `key`.
    mirrored: &'static str,
    key: &'static str,
}

const fn place(stream: Stream) -> Place {
    match stream {
        // Users are staged in two tables that have a module of their own.
        Stream::Users | Stream::Groups => {
            Place { staged: "staging.groups", of: "TRUE", mirrored: "main.groups", key: "mirrored.remote_id" }
        }
        Stream::Roles => of_records("staged.stream = 'roles'", "main.roles"),
        Stream::Invitations => of_records("staged.stream = 'invitations'", "main.invitations"),
        Stream::Applications => of_records("staged.stream = 'applications'", "main.applications"),
        Stream::ApiUsers => of_records(
            "staged.stream = 'apiUsers'",
            "(SELECT * FROM main.tokens WHERE kind = 'apiUser' AND owner_kind = 'user' AND imported_at IS NULL)",
        ),
        Stream::OffDutyPeriods => of_records("staged.stream = 'offDutyPeriods'", "main.off_duty_periods"),
        Stream::Resources => of_records("staged.stream = 'resources'", "main.resources"),
        Stream::Grants => {
            of_grants("staged.stream = 'grants'", "(SELECT * FROM main.grants WHERE resource_id = '')")
        }
        Stream::ResourceGrants => of_grants(
            "staged.stream = 'resourceGrants'",
            "(SELECT * FROM main.grants WHERE resource_id > '')",
        ),
        Stream::Recipients => Place {
            staged: "staging.records",
            of: "staged.stream = 'recipients'",
            mirrored: "main.recipient_lists",
            key: "mirrored.resource_id || char(31) || mirrored.level",
        },
        Stream::RoleAssignments => Place {
            staged: "staging.records",
            of: "staged.stream = 'roleAssignments'",
            mirrored: "(SELECT * FROM main.role_assignments WHERE group_id = '')",
            key: "mirrored.role_id || char(31) || mirrored.holder_id",
        },
        Stream::Memberships => Place {
            staged: "staging.records",
            of: "staged.stream = 'memberships'",
            mirrored: "main.memberships",
            key: "mirrored.group_id || char(31) || mirrored.member_id",
        },
    }
}

const fn of_records(of: &'static str, mirrored: &'static str) -> Place {
    Place { staged: "staging.records", of, mirrored, key: "mirrored.remote_id" }
}

const fn of_grants(of: &'static str, mirrored: &'static str) -> Place {
    let key = "mirrored.resource_id || char(31) || mirrored.permission || char(31) || mirrored.holder_kind \
               || char(31) || mirrored.holder_id";
    Place { staged: "staging.records", of, mirrored, key }
}

/// `text` for one list: `{staged}`, `{of}`, `{mirrored}`, `{key}` and `{is_staged}` are filled in.
fn sql_for(sql: &StagingSql, stream: Stream, text: &str) -> String {
    let Place { staged, of, mirrored, key } = place(stream);
    let is_staged =
        format!("EXISTS (SELECT 1 FROM {staged} AS staged WHERE {of} AND staged.remote_id = {key})");
    let filled = text
        .replace("{is_staged}", &is_staged)
        .replace("{staged}", staged)
        .replace("{of}", of)
        .replace("{mirrored}", mirrored)
        .replace("{key}", key);
    sql.of(&filled)
}

/// Lands one record. One that is the same in the mirror costs a comparison and a marker.
///
/// # Errors
/// Those of the database.
pub fn stage(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    account: AccountId,
    walk: u32,
    record: &Record,
) -> Result<Landed, StoreError> {
    match record {
        Record::User(user) => staged_users::stage(tx, sql, account, walk, user),
        Record::Group(group) => staged_groups::stage(tx, sql, account, walk, group),
        Record::Role(_)
        | Record::Assignment(_)
        | Record::Member(_)
        | Record::Invitation(_)
        | Record::Application(_)
        | Record::ApiUser(_)
        | Record::OffDutyPeriod(_)
        | Record::Resource(_)
        | Record::Grant(_)
        | Record::Recipients(_) => records::stage(tx, sql, account, walk, record),
    }
}

/// Different ids that are staged.
///
/// # Errors
/// Those of the database.
pub fn count(conn: &Connection, sql: &StagingSql, stream: Stream) -> Result<u64, StoreError> {
    if stream == Stream::Users {
        return Ok(staged_users::count(conn, sql)?.staged);
    }
    let statement = sql_for(sql, stream, "SELECT count(*) FROM {staged} AS staged WHERE {of}");
    conn.query_row(&statement, [], |row| row.get(0)).context("counting what is staged")
}

/// What is staged beside what is mirrored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Rows of the mirror.
    pub mirrored: u64,
    /// Staged rows.
    pub staged: u64,
    /// Rows of the mirror that are staged.
    pub kept: u64,
    /// Staged rows with content: those that are not the same as in the mirror.
    pub with_content: u64,
}

/// Compares a list with its mirror.
///
/// # Errors
/// Those of the database.
pub fn compare(
    conn: &Connection,
    sql: &StagingSql,
    account: AccountId,
    stream: Stream,
) -> Result<Comparison, StoreError> {
    if stream == Stream::Users {
        let mirrored = conn
            .query_row("SELECT count(*) FROM main.users WHERE account_id = ?1", [account.0], |row| row.get(0))
            .context("planning")?;
        let StagedCounts { staged, with_content, mirrored: kept } = staged_users::count(conn, sql)?;
        return Ok(Comparison { mirrored, staged, kept, with_content });
    }
    let count_of = |text: &str| -> Result<u64, StoreError> {
        let mut statement = conn.prepare(&sql_for(sql, stream, text)).context("planning")?;
        let read = |row: &rusqlite::Row<'_>| row.get(0);
        statement.query_row(named_params! { ":account": account.0 }, read).context("planning")
    };
    let mirrored = count_of("SELECT count(*) FROM {mirrored} AS mirrored WHERE account_id = :account")?;
    // Both sides in the order of their index on the remote id: one walk through each.
    let kept = if mirrored == 0 {
        0
    } else {
        count_of("SELECT count(*) FROM {mirrored} AS mirrored WHERE account_id = :account AND {is_staged}")?
    };
    let content = if stream == Stream::Groups { "staged.raw" } else { "staged.content" };
    let with_content = format!(
        "SELECT count(*) FROM {{staged}} AS staged WHERE {{of}} AND {content} IS NOT NULL AND :account IS NOT NULL"
    );
    Ok(Comparison {
        mirrored,
        staged: count(conn, sql, stream)?,
        kept,
        with_content: count_of(&with_content)?,
    })
}

/// Keys that the mirror has and the staging has not, at most `limit`; in their order from after `after`, but for users,
/// who are always listed from the first.
///
/// # Errors
/// Those of the database.
pub fn list_absent(
    conn: &Connection,
    sql: &StagingSql,
    account: AccountId,
    stream: Stream,
    after: &str,
    limit: u32,
) -> Result<Vec<RemoteId>, StoreError> {
    const LOOKING: &str = "looking for what is gone";
    if stream == Stream::Users {
        let absent = staged_users::list_absent(conn, sql, account, Some(limit))?;
        return Ok(absent.into_iter().map(|(_, remote_id, _)| RemoteId::new(remote_id)).collect());
    }
    let text = "SELECT {key} AS key FROM {mirrored} AS mirrored
                WHERE account_id = :account AND {key} > :after AND NOT {is_staged}
                ORDER BY key LIMIT :limit";
    let mut statement = conn.prepare(&sql_for(sql, stream, text)).context(LOOKING)?;
    let parameters = named_params! { ":account": account.0, ":after": after, ":limit": limit };
    let rows = statement
        .query_map(parameters, |row| row.get::<_, String>("key").map(RemoteId::new))
        .context(LOOKING)?;
    rows.collect::<rusqlite::Result<_>>().context(LOOKING)
}

/// Ids that only walks before `walk` brought, at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn list_earlier(
    conn: &Connection,
    sql: &StagingSql,
    stream: Stream,
    walk: u32,
    limit: u32,
) -> Result<Vec<RemoteId>, StoreError> {
    const LOOKING: &str = "looking for doubtful records";
    if stream == Stream::Users {
        return staged_users::list_earlier(conn, sql, walk, limit);
    }
    let text = "SELECT remote_id FROM {staged} AS staged WHERE {of} AND walk < ?1 LIMIT ?2";
    let mut statement = conn.prepare(&sql_for(sql, stream, text)).context(LOOKING)?;
    let rows = statement
        .query_map((walk, limit), |row| row.get::<_, String>("remote_id").map(RemoteId::new))
        .context(LOOKING)?;
    rows.collect::<rusqlite::Result<_>>().context(LOOKING)
}

/// Whether an id is staged that cannot be found by its beginning in lower-case letters and digits.
///
/// # Errors
/// Those of the database.
pub fn has_odd_ids(
    conn: &Connection,
    sql: &StagingSql,
    account: AccountId,
    stream: Stream,
) -> Result<bool, StoreError> {
    const LOOKING: &str = "looking at ids";
    if stream == Stream::Users {
        // Of those without content here the mirror has the id.
        let text = "SELECT EXISTS (SELECT 1 FROM staging.users WHERE remote_id GLOB '*[^0-9a-z]*')
                        OR EXISTS (SELECT 1 FROM main.users
                                   WHERE account_id = ?1 AND remote_id GLOB '*[^0-9a-z]*')";
        return conn.query_row(&sql.of(text), [account.0], |row| row.get(0)).context(LOOKING);
    }
    let text = "SELECT EXISTS (SELECT 1 FROM {staged} AS staged
                               WHERE {of} AND replace(remote_id, char(31), '') GLOB '*[^0-9a-z]*')";
    conn.query_row(&sql_for(sql, stream, text), [], |row| row.get(0)).context(LOOKING)
}

/// Drops what only walks before `walk` brought.
///
/// # Errors
/// Those of the database.
pub fn drop_earlier(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    stream: Stream,
    walk: u32,
) -> Result<(), StoreError> {
    if stream == Stream::Users {
        return staged_users::drop_earlier(tx, sql, walk);
    }
    tx.execute(&sql_for(sql, stream, "DELETE FROM {staged} AS staged WHERE {of} AND walk < ?1"), [walk])
        .context("dropping what is gone")?;
    drop_memberships_without_group(tx, sql, stream)
}

/// Drops one record.
///
/// # Errors
/// Those of the database.
pub fn drop_one(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    stream: Stream,
    id: &RemoteId,
) -> Result<(), StoreError> {
    if stream == Stream::Users {
        return staged_users::drop_one(tx, sql, id);
    }
    let text = "DELETE FROM {staged} AS staged WHERE {of} AND remote_id = ?1";
    tx.execute(&sql_for(sql, stream, text), [id.as_str()]).context("dropping what is gone")?;
    drop_memberships_without_group(tx, sql, stream)
}

/// Memberships that came with a group go with it.
fn drop_memberships_without_group(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    stream: Stream,
) -> Result<(), StoreError> {
    if stream == Stream::Groups {
        tx.execute(
            &sql.of("DELETE FROM staging.memberships
                     WHERE group_id NOT IN (SELECT remote_id FROM staging.groups)"),
            [],
        )
        .context("dropping what is gone")?;
    }
    Ok(())
}
