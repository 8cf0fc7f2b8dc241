//! A page of differences, its texts read from history.

use rusqlite::{CachedStatement, Connection, named_params};

use super::PastCache;
use super::compare::{Asked, Comparison, Difference};
use super::place::{accounts, place, view};
use crate::api::{CompareRequest, CompareView, DifferenceView};
use crate::model::Action;
use crate::query::page::{clamp, optional_json};
use crate::query::users::Words;
use crate::store::{Context, StoreError};

const READING: &str = "reading what is different";

pub(super) const TEXTS: &str =
    "SELECT last.at, last.remote_id, last.name, last.member_id, last.member_name, last.field,
            iif(first.action = 'changed', first.before, NULL) AS before,
            iif(last.action = 'changed', last.after, NULL) AS after
     FROM history last CROSS JOIN history first ON first.id = :first WHERE last.id = :last";

/// What is different between two moments, a page of it.
///
/// # Errors
/// When the store cannot be read.
pub fn compare(
    cache: &PastCache,
    conn: &Connection,
    request: &CompareRequest,
) -> Result<CompareView, StoreError> {
    // One view of the data, whatever is written meanwhile.
    let conn = conn.unchecked_transaction().context(READING)?;
    let (mut key, mut views) = (Vec::new(), Vec::new());
    for account in accounts(&conn, request.account_id)? {
        let since = place(&conn, account.id, Some(request.since))?;
        let until = place(&conn, account.id, request.until)?;
        views.push(view(&conn, account.id, since, Some(until))?);
        key.push((account.id, since.line, until.line, account.state));
    }
    let comparison = cache.comparison(key, |places| Comparison::build(&conn, places))?;
    let words = Words::parse(&request.text);
    let asked = Asked {
        remote_id: request.remote_id.as_deref(),
        subject: request.subject,
        action: request.action,
        words: &words,
    };
    let (total, found) = comparison.page(&asked, request.offset as usize, clamp(request.limit) as usize);
    let mut statement = conn.prepare_cached(TEXTS).context(READING)?;
    let rows = found.iter().map(|row| read(&mut statement, &comparison, row));
    let rows = rows.collect::<Result<_, _>>()?;
    Ok(CompareView { total, counts: comparison.counts(request.remote_id.as_deref()), accounts: views, rows })
}

fn read(
    statement: &mut CachedStatement<'_>,
    comparison: &Comparison,
    row: &Difference,
) -> Result<DifferenceView, StoreError> {
    let account = comparison.head(row).map(|head| head.account);
    let account_id = account.ok_or_else(|| StoreError::Bug("a difference under nobody".to_owned()))?;
    let (mut view, mut before, mut after) = statement
        .query_row(named_params! { ":first": row.first, ":last": row.last }, |stored| {
            let view = DifferenceView {
                account_id,
                subject: row.subject,
                remote_id: stored.get("remote_id")?,
                name: stored.get("name")?,
                member_id: stored.get("member_id")?,
                member_name: stored.get("member_name")?,
                action: row.action,
                field: stored.get("field")?,
                before: None,
                after: None,
                returned: row.returned,
                at: stored.get("at")?,
            };
            let (before, after): (Option<String>, Option<String>) =
                (stored.get("before")?, stored.get("after")?);
            Ok((view, before, after))
        })
        .context(READING)?;
    if let Some(own) = &row.own {
        view.field = Some(own.field.clone());
        before.clone_from(&own.before);
        after.clone_from(&own.after);
    } else if row.returned || row.action != Action::Changed {
        (view.field, before, after) = (None, None, None);
    }
    view.before = optional_json(before.as_deref(), "the earlier value of a difference")?;
    view.after = optional_json(after.as_deref(), "the later value of a difference")?;
    Ok(view)
}
