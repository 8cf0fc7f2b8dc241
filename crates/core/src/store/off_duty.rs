//! Table `off_duty_periods`: when users get no alerts.

use std::collections::BTreeSet;

use rusqlite::{Connection, Transaction, named_params};

use super::StoreError;
use super::error::Context;
use super::records::{self, Tick, entry, name_of, note};
use super::staging::StagingSql;
use super::users::Target;
use crate::model::{
    AccountId, Action, HistoryEntry, OffDutyPeriod, OffDutyRule, RemoteId, Stream, Subject, Tally,
};

/// What is staged of `period`; nothing when the mirror has the very same.
///
/// # Errors
/// Those of the database.
pub fn content(
    tx: &Transaction<'_>,
    account: AccountId,
    period: &OffDutyPeriod,
) -> Result<Option<String>, StoreError> {
    if records::has_hash(tx, "off_duty_periods", account, &period.remote_id, &period.hash)? {
        return Ok(None);
    }
    serde_json::to_string(period).map(Some).context("staging an off-duty period")
}

/// Takes the staged periods over into mirror and history, in the caller's transaction. One that changes is noted as gone
/// and come: it has no name by which a person would know it again.
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
    records::each_content(tx, sql, Stream::OffDutyPeriods, tick, |_, content| {
        write(tx, target, &records::read(content)?, &mut tally)
    })?;
    if remove {
        records::each_absent(tx, sql, target, Stream::OffDutyPeriods, |id| {
            self::remove(tx, target, id, &mut tally)
        })?;
    }
    Ok(tally)
}

/// Removes one period that the service says it has not; nothing where the mirror has no such one.
///
/// # Errors
/// Those of the database.
pub fn remove(
    tx: &Transaction<'_>,
    target: Target,
    id: &RemoteId,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    let Some(known) = find(tx, target.account, id)? else { return Ok(()) };
    tx.prepare_cached("DELETE FROM main.off_duty_periods WHERE account_id = ?1 AND remote_id = ?2")
        .and_then(|mut statement| statement.execute((target.account.0, id.as_str())))
        .context("removing an off-duty period")?;
    tally.removed += 1;
    note_period(tx, target, &known, Action::Removed)
}

/// Users whose schedule has an entry that says `rule`.
///
/// # Errors
/// Those of the database.
pub fn list_users_with(
    conn: &Connection,
    account: AccountId,
    rule: &OffDutyRule,
) -> Result<BTreeSet<RemoteId>, StoreError> {
    let all = list_all(conn, account)?;
    Ok(all.into_iter().filter(|period| period.rule == *rule).map(|period| period.user).collect())
}

/// Removes all of a user who is gone.
pub(super) fn remove_all_of(tx: &Transaction<'_>, target: Target, user: &RemoteId) -> Result<(), StoreError> {
    for period in list_of(tx, target.account, user)? {
        remove(tx, target, &period.remote_id, &mut Tally::default())?;
    }
    Ok(())
}

fn write(
    tx: &Transaction<'_>,
    target: Target,
    period: &OffDutyPeriod,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    const APPLYING: &str = "applying an off-duty period";
    let known = find(tx, target.account, &period.remote_id)?;
    tx.prepare_cached(
        "INSERT INTO main.off_duty_periods (account_id, remote_id, user_id, display_name, rule, raw, hash,
                                            first_seen_at, last_changed_at)
         VALUES (:account, :remote_id, :user, :name, :rule, :raw, :hash, :at, :at)
         ON CONFLICT (account_id, remote_id) DO UPDATE
         SET user_id = excluded.user_id, display_name = excluded.display_name, rule = excluded.rule,
             raw = excluded.raw, hash = excluded.hash, last_changed_at = excluded.last_changed_at",
    )
    .and_then(|mut statement| {
        statement.execute(named_params! {
            ":account": target.account.0,
            ":remote_id": period.remote_id.as_str(),
            ":user": period.user.as_str(),
            ":name": name(&period.rule),
            ":rule": serde_json::to_string(&period.rule).unwrap_or_default(),
            ":raw": period.raw,
            ":hash": period.hash.as_bytes(),
            ":at": target.at.as_millis(),
        })
    })
    .context(APPLYING)?;
    match known {
        Some(known) => {
            tally.changed += 1;
            note_period(tx, target, &known, Action::Removed)?;
        }
        None => tally.added += 1,
    }
    note_period(tx, target, period, Action::Added)
}

/// The line names the period by its rule, so that it can be shown in any language.
fn note_period(
    tx: &Transaction<'_>,
    target: Target,
    period: &OffDutyPeriod,
    action: Action,
) -> Result<(), StoreError> {
    if target.baseline {
        return Ok(());
    }
    let rule = serde_json::to_string(&period.rule).ok();
    let (before, after) = if action == Action::Removed { (rule, None) } else { (None, rule) };
    let line = HistoryEntry {
        member: Some(period.user.clone()),
        member_name: Some(name_of(tx, target.account, &period.user)?),
        before,
        after,
        ..entry(target, Subject::OffDutyPeriod, &period.remote_id, &name(&period.rule), action)
    };
    note(tx, target, &line)
}

/// In words of the service, for lists that show any record by a name.
fn name(rule: &OffDutyRule) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let span = |start: u16, end: u16| format!("{}–{}", clock(start), clock(end));
    match rule {
        OffDutyRule::OneTime { start, end } => format!("{start} – {end}"),
        OffDutyRule::Daily { start, end } => format!("Daily {}", span(*start, *end)),
        OffDutyRule::Weekly { weekday, start, end } => {
            const DAYS: [&str; 7] =
                ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
            let day = DAYS.get(usize::from(*weekday)).copied().unwrap_or("?");
            format!("{day} {}", span(*start, *end))
        }
        OffDutyRule::Monthly { day, start, end } => format!("{day}. {}", span(*start, *end)),
        OffDutyRule::Unknown { word } => word.clone(),
    }
}

fn find(
    tx: &Transaction<'_>,
    account: AccountId,
    id: &RemoteId,
) -> Result<Option<OffDutyPeriod>, StoreError> {
    Ok(list_where(tx, "remote_id = ?2", account, id.as_str())?.pop())
}

/// The periods of one user.
///
/// # Errors
/// Those of the database.
pub fn list_of(
    conn: &Connection,
    account: AccountId,
    user: &RemoteId,
) -> Result<Vec<OffDutyPeriod>, StoreError> {
    list_where(conn, "user_id = ?2", account, user.as_str())
}

/// The periods of all users, user by user.
///
/// # Errors
/// Those of the database.
pub fn list_all(conn: &Connection, account: AccountId) -> Result<Vec<OffDutyPeriod>, StoreError> {
    list_where(conn, "user_id > ?2", account, "")
}

fn list_where(
    conn: &Connection,
    condition: &str,
    account: AccountId,
    value: &str,
) -> Result<Vec<OffDutyPeriod>, StoreError> {
    const READING: &str = "reading off-duty periods";
    let statement = format!(
        "SELECT remote_id, user_id, rule, raw, hash FROM off_duty_periods
         WHERE account_id = ?1 AND {condition} ORDER BY user_id, remote_id"
    );
    let mut statement = conn.prepare_cached(&statement).context(READING)?;
    let mut rows = statement.query((account.0, value)).context(READING)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().context(READING)? {
        let text = |column: &str| row.get::<_, String>(column).context(READING);
        found.push(OffDutyPeriod {
            remote_id: RemoteId::new(text("remote_id")?),
            user: RemoteId::new(text("user_id")?),
            rule: serde_json::from_str(&text("rule")?).context(READING)?,
            raw: text("raw")?,
            hash: crate::model::ContentHash::from_bytes(row.get("hash").context(READING)?),
        });
    }
    Ok(found)
}
