//! Tables `recipient_lists` and `recipients`: who is told of what.

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::StoreError;
use super::error::Context;
use super::records::{self, Tick, entry, name_of, note, title_of};
use super::staging::StagingSql;
use super::users::Target;
use crate::model::{
    AccountId, Action, HistoryEntry, Recipient, RecipientKind, RecipientList, RemoteId, Stream, Subject,
    Tally,
};

/// What is staged of `list`; nothing when the mirror has the very same.
///
/// # Errors
/// Those of the database.
pub fn content(
    tx: &Transaction<'_>,
    account: AccountId,
    list: &RecipientList,
) -> Result<Option<String>, StoreError> {
    if find(tx, account, &list.resource, list.level)?.is_some_and(|known| known == list.recipients) {
        return Ok(None);
    }
    serde_json::to_string(&list.recipients).map(Some).context("staging recipients")
}

/// Who is in a list, in their order; `None` for one that was never shown.
fn find(
    conn: &Connection,
    account: AccountId,
    resource: &RemoteId,
    level: u8,
) -> Result<Option<Vec<Recipient>>, StoreError> {
    const COMPARING: &str = "comparing recipients";
    let place = (account.0, resource.as_str(), level);
    let shown: Option<u8> = conn
        .prepare_cached(
            "SELECT level FROM main.recipient_lists WHERE account_id = ?1 AND resource_id = ?2 AND level = ?3",
        )
        .and_then(|mut statement| statement.query_row(place, |row| row.get(0)).optional())
        .context(COMPARING)?;
    if shown.is_none() {
        return Ok(None);
    }
    let mut statement = conn
        .prepare_cached(
            "SELECT kind, recipient_id FROM main.recipients
             WHERE account_id = ?1 AND resource_id = ?2 AND level = ?3",
        )
        .context(COMPARING)?;
    let rows = statement
        .query_map(place, |row| {
            let kind = RecipientKind::parse(&row.get::<_, String>("kind")?);
            let id = RemoteId::new(row.get::<_, String>("recipient_id")?);
            Ok(kind.map(|kind| Recipient { kind, id }))
        })
        .context(COMPARING)?;
    let mut found: Vec<Recipient> =
        rows.filter_map(Result::transpose).collect::<rusqlite::Result<_>>().context(COMPARING)?;
    found.sort();
    Ok(Some(found))
}

/// Takes the staged lists over into mirror and history, in the caller's transaction. Who is in the lists of an account when
/// they are read for the first time is not listed in history one by one.
///
/// # Errors
/// Those of the database and of `tick`.
pub fn apply(
    tx: &Transaction<'_>,
    sql: &StagingSql,
    target: Target,
    remove: bool,
    tick: &mut Tick<'_>,
) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    let never_read = super::streams::find_synced_at(tx, target.account, Stream::Recipients)?.is_none();
    let target = Target { baseline: target.baseline || never_read, ..target };
    records::each_content(tx, sql, Stream::Recipients, tick, |key, content| {
        let Some((resource, level)) = RecipientList::parse(&RemoteId::new(key)) else { return Ok(()) };
        let list = RecipientList::new(resource, level, records::read(content)?);
        write(tx, target, &list, &mut tally)
    })?;
    if remove {
        records::each_absent(tx, sql, target, Stream::Recipients, |key| {
            self::remove(tx, target, key, &mut tally)
        })?;
    }
    Ok(tally)
}

/// Makes the mirror's list `list`, and notes who is new in it and who is not in it any more.
fn write(
    tx: &Transaction<'_>,
    target: Target,
    list: &RecipientList,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    const APPLYING: &str = "applying recipients";
    let known = find(tx, target.account, &list.resource, list.level)?.unwrap_or_default();
    tx.prepare_cached(
        "INSERT OR IGNORE INTO main.recipient_lists (account_id, resource_id, level) VALUES (?1, ?2, ?3)",
    )
    .and_then(|mut statement| statement.execute((target.account.0, list.resource.as_str(), list.level)))
    .context(APPLYING)?;
    for gone in known.iter().filter(|recipient| !list.recipients.contains(recipient)) {
        drop_one(tx, target, list, gone, tally)?;
    }
    for new in list.recipients.iter().filter(|recipient| !known.contains(recipient)) {
        tx.prepare_cached(
            "INSERT INTO main.recipients (account_id, resource_id, level, kind, recipient_id)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .and_then(|mut statement| statement.execute(place(target.account, list, new)))
        .context(APPLYING)?;
        tally.added += 1;
        note_recipient(tx, target, list, new, Action::Added)?;
    }
    Ok(())
}

fn place<'a>(
    account: AccountId,
    list: &'a RecipientList,
    recipient: &'a Recipient,
) -> (u32, &'a str, u8, &'static str, &'a str) {
    (account.0, list.resource.as_str(), list.level, recipient.kind.as_str(), recipient.id.as_str())
}

fn drop_one(
    tx: &Transaction<'_>,
    target: Target,
    list: &RecipientList,
    recipient: &Recipient,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "DELETE FROM main.recipients
         WHERE account_id = ?1 AND resource_id = ?2 AND level = ?3 AND kind = ?4 AND recipient_id = ?5",
    )
    .and_then(|mut statement| statement.execute(place(target.account, list, recipient)))
    .context("removing a recipient")?;
    tally.removed += 1;
    note_recipient(tx, target, list, recipient, Action::Removed)
}

/// Removes one list that the service does not have any more; nothing where the mirror has no such list.
///
/// # Errors
/// Those of the database.
pub fn remove(
    tx: &Transaction<'_>,
    target: Target,
    key: &RemoteId,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    let Some((resource, level)) = RecipientList::parse(key) else { return Ok(()) };
    let Some(known) = find(tx, target.account, &resource, level)? else { return Ok(()) };
    let list = RecipientList::new(resource, level, known);
    for recipient in &list.recipients {
        drop_one(tx, target, &list, recipient, tally)?;
    }
    tx.prepare_cached(
        "DELETE FROM main.recipient_lists WHERE account_id = ?1 AND resource_id = ?2 AND level = ?3",
    )
    .and_then(|mut statement| statement.execute((target.account.0, list.resource.as_str(), level)))
    .context("removing a list of recipients")?;
    Ok(())
}

/// Takes a user or group who is gone out of every list: nobody can be told who is not there.
pub(super) fn remove_all_of(
    tx: &Transaction<'_>,
    target: Target,
    kind: RecipientKind,
    id: &RemoteId,
) -> Result<(), StoreError> {
    const REMOVING: &str = "taking one who is gone out of the recipients";
    let lists: Vec<RecipientList> = {
        let mut statement = tx
            .prepare_cached(
                "SELECT resource_id, level FROM main.recipients
                 WHERE account_id = ?1 AND recipient_id = ?2 AND kind = ?3",
            )
            .context(REMOVING)?;
        let rows = statement
            .query_map((target.account.0, id.as_str(), kind.as_str()), |row| {
                let resource = RemoteId::new(row.get::<_, String>("resource_id")?);
                Ok(RecipientList::new(resource, row.get("level")?, Vec::new()))
            })
            .context(REMOVING)?;
        rows.collect::<rusqlite::Result<_>>().context(REMOVING)?
    };
    let gone = Recipient { kind, id: id.clone() };
    lists.iter().try_for_each(|list| drop_one(tx, target, list, &gone, &mut Tally::default()))
}

/// One line of history: who, of what, and in which level where there are some.
fn note_recipient(
    tx: &Transaction<'_>,
    target: Target,
    list: &RecipientList,
    recipient: &Recipient,
    action: Action,
) -> Result<(), StoreError> {
    if target.baseline {
        return Ok(());
    }
    let resource = title_of(tx, target.account, "resources", &list.resource)?;
    let name = if list.level == 0 { resource } else { format!("{resource} ({})", list.level) };
    let who = match recipient.kind {
        RecipientKind::User => name_of(tx, target.account, &recipient.id)?,
        RecipientKind::Group => title_of(tx, target.account, "groups", &recipient.id)?,
        RecipientKind::Address => recipient.id.as_str().to_owned(),
    };
    let line = HistoryEntry {
        member: Some(recipient.id.clone()),
        member_name: Some(who),
        ..entry(target, Subject::Recipient, &list.key, &name, action)
    };
    note(tx, target, &line)
}
