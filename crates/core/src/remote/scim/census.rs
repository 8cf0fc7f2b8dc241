//! A cheap look at a whole list: how many, and when the newest change was.
//!
//! The newest change is only told when it can be relied on: the service must be seen to sort, and the change must be
//! older than the service's own clock by enough that no other change can hide behind the same tick.

use tokio::sync::OnceCell;

use super::super::{Census, RemoteError};
use super::list::{self, Listed, Raw};
use super::session::Session;
use crate::model::{Capabilities, Record, Stream, Timestamp};

/// Clocks of services tick in seconds at worst; a change this close to now, in milliseconds, may not be the last one
/// with its time.
const TICK: i64 = 2000;

/// Set once the service was seen to sort by time. A service that was not seen to may be, next time: as long as all
/// records have the same time there is nothing to see.
pub type SortProof = OnceCell<()>;

/// Total and newest change of `stream`.
///
/// # Errors
/// See [`RemoteError`].
pub async fn census(
    session: &Session,
    capabilities: &Capabilities,
    stream: Stream,
    proof: &SortProof,
) -> Result<Census, RemoteError> {
    if capabilities.sort {
        match list::list(session, stream, &sorted(stream, "descending", 3)).await {
            Ok(newest) if !newest.oversized => {
                let newest_change = read_newest(&newest);
                let trusted = match newest_change {
                    Some(_) => sorts(session, stream, proof, &newest).await?,
                    None => false,
                };
                let total = trusted_total(session, stream, &newest).await?;
                return Ok(Census {
                    total,
                    newest_change: newest_change.filter(|_| trusted),
                    members: None,
                    hidden: false,
                });
            }
            // It says that it sorts, but does not: the total is to be had all the same.
            Ok(_)
            | Err(
                RemoteError::Rejected { .. }
                | RemoteError::ServiceFailed { .. }
                | RemoteError::Unexpected { .. }
                | RemoteError::Forbidden { .. },
            ) => {}
            Err(error) => return Err(error),
        }
    }
    let plain = list::probe(session, stream).await?;
    Ok(Census {
        total: trusted_total(session, stream, &plain).await?,
        newest_change: None,
        members: None,
        hidden: false,
    })
}

fn sorted(stream: Stream, order: &str, count: u64) -> Vec<(&'static str, String)> {
    let mut query = vec![
        ("sortBy", "meta.lastModified".to_owned()),
        ("sortOrder", order.to_owned()),
        ("count", count.to_string()),
    ];
    if stream == Stream::Groups {
        query.push(("excludedAttributes", "members".to_owned()));
    }
    query
}

/// The newest change among `newest`, if they look sorted and it is old enough.
fn read_newest(newest: &Listed) -> Option<String> {
    if newest.records.is_empty() && newest.total == Some(0) {
        return Some("none".to_owned());
    }
    let times: Vec<Timestamp> = newest.records.iter().map(modified_at).collect::<Option<_>>()?;
    let first = times.first()?;
    let descending = times.is_sorted_by(|earlier, later| earlier >= later);
    let settled = first.plus_millis(TICK) < newest.date?;
    (descending && settled).then(|| first.as_millis().to_string())
}

/// Whether the service really sorts: the other way round must begin with an older record. Services that take
/// `sortBy` and ignore it are seen, and their first record says nothing about the newest.
async fn sorts(
    session: &Session,
    stream: Stream,
    proof: &SortProof,
    newest: &Listed,
) -> Result<bool, RemoteError> {
    if newest.total.is_some_and(|total| total < 2) {
        return Ok(true);
    }
    if proof.initialized() {
        return Ok(true);
    }
    let oldest = list::list(session, stream, &sorted(stream, "ascending", 1)).await?;
    let first = newest.records.first().and_then(modified_at);
    let last = oldest.records.first().and_then(modified_at);
    let seen = matches!((first, last), (Some(first), Some(last)) if last < first);
    if seen {
        // Another look may have been quicker.
        let _ = proof.set(());
    }
    Ok(seen)
}

/// The total, unless it is only the size of the page that was asked for.
async fn trusted_total(
    session: &Session,
    stream: Stream,
    listed: &Listed,
) -> Result<Option<u64>, RemoteError> {
    let size = listed.records.len() as u64;
    if size == 0 || listed.total != Some(size) {
        return Ok(listed.total);
    }
    // It is either all there is, or a service that reports the page: one record more tells.
    let mut query = vec![("count", (size + 1).to_string())];
    if stream == Stream::Groups {
        query.push(("excludedAttributes", "members".to_owned()));
    }
    let more = list::list(session, stream, &query).await?;
    let honest = more.total == Some(size) && more.records.len() as u64 <= size;
    Ok(listed.total.filter(|_| honest))
}

fn modified_at(raw: &Raw) -> Option<Timestamp> {
    match raw.convert().record? {
        Record::User(user) => user.modified_at,
        Record::Group(group) => group.modified_at,
        Record::Role(_)
        | Record::Assignment(_)
        | Record::Member(_)
        | Record::Invitation(_)
        | Record::Application(_)
        | Record::ApiUser(_)
        | Record::OffDutyPeriod(_)
        | Record::Resource(_)
        | Record::Grant(_)
        | Record::Recipients(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn listed(date: Option<&str>, times: &[Option<&str>]) -> Listed {
        let record = |time: &Option<&str>| {
            let record = json!({"id": "1", "userName": "ann", "meta": {"lastModified": time}});
            Raw::new(Stream::Users, &record)
        };
        Listed {
            records: times.iter().map(record).collect(),
            total: Some(10),
            date: date.and_then(Timestamp::parse),
            ..Listed::default()
        }
    }

    #[test]
    fn the_newest_change_is_told_only_when_nothing_can_hide_behind_it() {
        let now = Some("2026-01-01T00:00:10Z");
        let (old, older) = (Some("2026-01-01T00:00:07.5Z"), Some("2026-01-01T00:00:01Z"));
        for (why, date, times, told) in [
            ("sorted and old enough", now, vec![old, older], true),
            ("the same time twice", now, vec![old, old], true),
            ("too young", now, vec![Some("2026-01-01T00:00:08Z"), older], false),
            ("ahead of the service's clock", now, vec![Some("2026-01-01T00:01:00Z")], false),
            ("not sorted", now, vec![older, old], false),
            ("one record without a time", now, vec![None, old], false),
            ("no clock to compare with", None, vec![old, older], false),
            ("no records in spite of a total", now, vec![], false),
        ] {
            assert_eq!(read_newest(&listed(date, &times)).is_some(), told, "{why}");
        }
        let empty = Listed { total: Some(0), ..Listed::default() };
        assert!(read_newest(&empty).is_some(), "an empty list differs as soon as a record is made");
    }
}
