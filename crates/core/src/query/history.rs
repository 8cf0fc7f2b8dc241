//! Our history of every run: the Activity screen, and the history of one user or group.

use rusqlite::{Connection, Row, named_params};

use super::lists::Listing;
use super::page::{clamp, count64, damaged, optional_json};
use super::users::Words;
use crate::api::{HistoryEntryView, HistoryMemberKind, HistoryPageView, HistoryQueryRequest};
use crate::model::{AccountId, Action, Subject};
use crate::store::{Context, StoreError};

/// Columns of a [`HistoryEntryView`].
macro_rules! select_history {
    ($rest:literal) => {
        concat!(
            "SELECT id, account_id, run_id, at, subject, remote_id, name, member_id, member_name, action, field,
                    before, after,
                    CASE
                      WHEN member_id IS NULL OR subject = 'resourceMembership'
                        OR (subject = 'recipient' AND instr(member_id, '@') > 0) THEN NULL
                      WHEN EXISTS (SELECT 1 FROM users u
                                   WHERE u.account_id = history.account_id AND u.remote_id = history.member_id)
                        THEN 'user'
                      WHEN EXISTS (SELECT 1 FROM groups g
                                   WHERE g.account_id = history.account_id AND g.remote_id = history.member_id)
                        OR EXISTS (SELECT 1 FROM history was
                                   WHERE was.account_id = history.account_id AND was.remote_id = history.member_id
                                     AND was.subject = 'group')
                        THEN 'group'
                      WHEN EXISTS (SELECT 1 FROM applications a
                                   WHERE a.account_id = history.account_id AND a.remote_id = history.member_id)
                        OR EXISTS (SELECT 1 FROM history was
                                   WHERE was.account_id = history.account_id AND was.remote_id = history.member_id
                                     AND was.subject = 'application')
                        THEN 'application'
                      ELSE 'user'
                    END AS member_kind
             FROM history ",
            $rest
        )
    };
}

const ENTRY: &str = select_history!("WHERE id = :id");

/// Two ordered index walks, merged: the user itself, and its memberships.
const OF_USER: &str = concat!(
    select_history!("WHERE account_id = :account_id AND remote_id = :remote_id AND subject = 'user'"),
    " UNION ALL ",
    select_history!("WHERE account_id = :account_id AND member_id = :remote_id"),
    " ORDER BY id DESC LIMIT 100"
);

const OF_GROUP: &str = select_history!(
    "WHERE account_id = :account_id AND remote_id = :remote_id AND subject <> 'user' ORDER BY id DESC LIMIT 100"
);

const OF_ROLE: &str = select_history!(
    "WHERE account_id = :account_id AND remote_id = :remote_id AND subject IN ('role', 'roleAssignment')
     ORDER BY id DESC LIMIT 100"
);

const OF_RESOURCE: &str = select_history!(
    "WHERE account_id = :account_id
     AND remote_id IN (:remote_id, :remote_id || char(31) || 0, :remote_id || char(31) || 1,
                       :remote_id || char(31) || 2, :remote_id || char(31) || 3)
     AND subject IN ('resource', 'resourceMembership', 'recipient')
     ORDER BY id DESC LIMIT 100"
);

const OF_APPLICATION: &str = concat!(
    select_history!("WHERE account_id = :account_id AND remote_id = :remote_id AND subject = 'application'"),
    " UNION ALL ",
    select_history!("WHERE account_id = :account_id AND member_id = :remote_id"),
    " ORDER BY id DESC LIMIT 100"
);

/// A page of history, newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn query_history(
    conn: &Connection,
    request: &HistoryQueryRequest,
) -> Result<HistoryPageView, StoreError> {
    let (total, ids) = found(conn, request, request.offset, clamp(request.limit))?;
    let mut statement = conn.prepare_cached(ENTRY).context("reading history")?;
    let entries = ids
        .into_iter()
        .map(|id| {
            let stored = statement.query_row(named_params! { ":id": id }, StoredEntry::read);
            stored.context("reading history")?.into_view()
        })
        .collect::<Result<_, _>>()?;
    Ok(HistoryPageView { total, entries })
}

/// Hands over all lines that match, newest first.
///
/// # Errors
/// When the store cannot be read; those of `out`.
pub(super) fn each_listed_change(
    conn: &Connection,
    request: &HistoryQueryRequest,
    out: &mut dyn Listing<HistoryEntryView>,
) -> Result<(), StoreError> {
    let (_, ids) = found(conn, request, 0, u32::MAX)?;
    out.begin(ids.len());
    let mut statement = conn.prepare_cached(ENTRY).context("reading history")?;
    ids.into_iter().try_for_each(|id| {
        let stored = statement.query_row(named_params! { ":id": id }, StoredEntry::read);
        out.row(stored.context("reading history")?.into_view()?)
    })
}

/// All that match, and the ids of at most `limit` of them from `offset` on.
fn found(
    conn: &Connection,
    request: &HistoryQueryRequest,
    offset: u32,
    limit: u32,
) -> Result<(u64, Vec<i64>), StoreError> {
    let words = Words::parse(&request.text);
    if words.is_empty() {
        page(conn, request, offset, limit)
    } else {
        matching_page(conn, request, &words, offset, limit)
    }
}

/// The newest 100 lines about a user, memberships included.
pub(super) fn history_of_user(
    conn: &Connection,
    account: AccountId,
    remote_id: &str,
) -> Result<Vec<HistoryEntryView>, StoreError> {
    history_of(conn, OF_USER, account, remote_id)
}

/// The newest 100 lines about a group, memberships included.
pub(super) fn history_of_group(
    conn: &Connection,
    account: AccountId,
    remote_id: &str,
) -> Result<Vec<HistoryEntryView>, StoreError> {
    history_of(conn, OF_GROUP, account, remote_id)
}

/// The newest 100 lines about a role, its holders included.
pub(super) fn history_of_role(
    conn: &Connection,
    account: AccountId,
    remote_id: &str,
) -> Result<Vec<HistoryEntryView>, StoreError> {
    history_of(conn, OF_ROLE, account, remote_id)
}

/// The newest 100 lines about an application, its secrets and roles included.
pub(super) fn history_of_application(
    conn: &Connection,
    account: AccountId,
    remote_id: &str,
) -> Result<Vec<HistoryEntryView>, StoreError> {
    history_of(conn, OF_APPLICATION, account, remote_id)
}

/// The newest 100 lines about a resource, what is in it included.
pub(super) fn history_of_resource(
    conn: &Connection,
    account: AccountId,
    remote_id: &str,
) -> Result<Vec<HistoryEntryView>, StoreError> {
    history_of(conn, OF_RESOURCE, account, remote_id)
}

fn history_of(
    conn: &Connection,
    sql: &str,
    account: AccountId,
    remote_id: &str,
) -> Result<Vec<HistoryEntryView>, StoreError> {
    let mut statement = conn.prepare_cached(sql).context("reading history")?;
    let parameters = named_params! { ":account_id": account.0, ":remote_id": remote_id };
    let rows = statement.query_map(parameters, StoredEntry::read).context("reading history")?;
    rows.map(|row| row.context("reading history").and_then(StoredEntry::into_view)).collect()
}

/// Conditions of a request. The narrowest index leads; `+` keeps the planner from choosing another one.
fn conditions(request: &HistoryQueryRequest) -> String {
    let mut conditions = vec!["TRUE"];
    match (request.run_id.is_some(), request.account_id.is_some()) {
        (true, true) => conditions.extend(["run_id = :run_id", "+account_id = :account_id"]),
        (true, false) => conditions.push("run_id = :run_id"),
        (false, true) => conditions.push("account_id = :account_id"),
        (false, false) => {}
    }
    if request.subject.is_some() {
        conditions.push("subject = :subject");
    }
    if request.action.is_some() {
        conditions.push("action = :action");
    }
    conditions.join(" AND ")
}

fn count_sql(request: &HistoryQueryRequest) -> String {
    format!("SELECT count(*) FROM history WHERE {}", conditions(request))
}

fn ids_sql(request: &HistoryQueryRequest) -> String {
    let conditions = conditions(request);
    format!("SELECT id FROM history WHERE {conditions} ORDER BY id DESC LIMIT :limit OFFSET :offset")
}

fn names_sql(request: &HistoryQueryRequest) -> String {
    format!("SELECT id, name, member_name FROM history WHERE {} ORDER BY id DESC", conditions(request))
}

/// Values for [`conditions`].
fn parameters(request: &HistoryQueryRequest) -> Vec<(&'static str, Box<dyn rusqlite::ToSql>)> {
    let mut parameters: Vec<(&'static str, Box<dyn rusqlite::ToSql>)> = Vec::new();
    if let Some(run_id) = request.run_id {
        parameters.push((":run_id", Box::new(run_id)));
    }
    if let Some(AccountId(account_id)) = request.account_id {
        parameters.push((":account_id", Box::new(account_id)));
    }
    if let Some(subject) = request.subject {
        parameters.push((":subject", Box::new(subject.as_str())));
    }
    if let Some(action) = request.action {
        parameters.push((":action", Box::new(action.as_str())));
    }
    parameters
}

/// All that match, and the ids of the page.
fn page(
    conn: &Connection,
    request: &HistoryQueryRequest,
    offset: u32,
    limit: u32,
) -> Result<(u64, Vec<i64>), StoreError> {
    let parameters = parameters(request);
    let mut named: Vec<(&str, &dyn rusqlite::ToSql)> =
        parameters.iter().map(|(name, value)| (*name, value.as_ref())).collect();
    let total: i64 = conn
        .prepare_cached(&count_sql(request))
        .and_then(|mut statement| statement.query_row(named.as_slice(), |row| row.get(0)))
        .context("counting history")?;
    named.extend_from_slice(named_params! { ":limit": limit, ":offset": offset });
    let mut statement = conn.prepare_cached(&ids_sql(request)).context("reading history")?;
    let ids = statement.query_map(named.as_slice(), |row| row.get("id")).context("reading history")?;
    Ok((count64(total), ids.collect::<Result<_, _>>().context("reading history")?))
}

/// As [`page`], for names that have all `words`: names are folded while they stream by, for SQL cannot fold.
fn matching_page(
    conn: &Connection,
    request: &HistoryQueryRequest,
    words: &Words,
    offset: u32,
    limit: u32,
) -> Result<(u64, Vec<i64>), StoreError> {
    let parameters = parameters(request);
    let named: Vec<(&str, &dyn rusqlite::ToSql)> =
        parameters.iter().map(|(name, value)| (*name, value.as_ref())).collect();
    let (first, last) = (u64::from(offset), u64::from(offset) + u64::from(limit));
    let mut statement = conn.prepare_cached(&names_sql(request)).context("searching history")?;
    let mut rows = statement.query(named.as_slice()).context("searching history")?;
    let (mut total, mut ids) = (0_u64, Vec::new());
    let mut folded = String::new();
    while let Some(row) = rows.next().context("searching history")? {
        let name = row.get_ref("name").context("searching history")?;
        let member = row.get_ref("member_name").context("searching history")?;
        folded.clear();
        for name in [name, member].into_iter().filter_map(|value| value.as_str_or_null().ok().flatten()) {
            crate::model::fold_into(name, &mut folded);
            folded.push(crate::model::COLUMN_END);
        }
        if words.all_in(folded.as_bytes()) {
            if (first..last).contains(&total) {
                ids.push(row.get("id").context("searching history")?);
            }
            total += 1;
        }
    }
    Ok((total, ids))
}

/// A line as stored, its JSON and its words still text.
pub(super) struct StoredEntry {
    id: i64,
    account_id: AccountId,
    run_id: i64,
    at: i64,
    subject: String,
    remote_id: String,
    name: String,
    member_id: Option<String>,
    member_kind: Option<String>,
    member_name: Option<String>,
    action: String,
    field: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

impl StoredEntry {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: AccountId(row.get("account_id")?),
            run_id: row.get("run_id")?,
            at: row.get("at")?,
            subject: row.get("subject")?,
            remote_id: row.get("remote_id")?,
            name: row.get("name")?,
            member_id: row.get("member_id")?,
            member_kind: row.get("member_kind")?,
            member_name: row.get("member_name")?,
            action: row.get("action")?,
            field: row.get("field")?,
            before: row.get("before")?,
            after: row.get("after")?,
        })
    }

    pub(super) fn into_view(self) -> Result<HistoryEntryView, StoreError> {
        let changed = self.action == Action::Changed.as_str();
        Ok(HistoryEntryView {
            id: self.id,
            account_id: self.account_id,
            run_id: self.run_id,
            at: self.at,
            subject: Subject::parse(&self.subject).ok_or_else(|| damaged("the subject of a history line"))?,
            remote_id: self.remote_id,
            name: self.name,
            member_id: self.member_id,
            member_kind: self.member_kind.as_deref().map(|kind| match kind {
                "group" => HistoryMemberKind::Group,
                "application" => HistoryMemberKind::Application,
                _ => HistoryMemberKind::User,
            }),
            member_name: self.member_name,
            action: Action::parse(&self.action).ok_or_else(|| damaged("the action of a history line"))?,
            field: self.field,
            // Elsewhere they are what `query::past` needs, not values of an attribute.
            before: optional_json(
                self.before.as_deref().filter(|_| changed),
                "the old value of a history line",
            )?,
            after: optional_json(
                self.after.as_deref().filter(|_| changed),
                "the new value of a history line",
            )?,
        })
    }
}

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] = &[OF_USER, OF_GROUP, OF_ROLE, OF_APPLICATION, ENTRY];

/// Each filtered statement with the index that must lead it.
#[cfg(test)]
pub(super) fn filtered_statements() -> Vec<(String, &'static str)> {
    let request = |account_id: Option<AccountId>, run_id| HistoryQueryRequest {
        account_id,
        run_id,
        subject: Some(Subject::User),
        action: Some(Action::Removed),
        text: String::new(),
        offset: 0,
        limit: 1,
    };
    let leading = [
        (request(None, Some(1)), "history_by_run", "history_by_run"),
        (request(Some(AccountId(1)), Some(1)), "history_by_run", "history_by_run"),
        // Counting may use any index of the account.
        (request(Some(AccountId(1)), None), "history_by_account", "(account_id=?)"),
    ];
    let statements = leading.into_iter().flat_map(|(request, index, counting)| {
        [(count_sql(&request), counting), (ids_sql(&request), index), (names_sql(&request), index)]
    });
    statements.collect()
}
