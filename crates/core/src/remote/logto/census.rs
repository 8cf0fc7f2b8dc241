//! A cheap look at a whole list: how many, and a mark that differs as soon as a record is added or gone.
//!
//! New users stand at the top of their list, so the time of the newest together with the total shows every addition and
//! every removal, as long as the newest is older than the service's clock by a tick: nobody else can then have come with
//! the same time unseen. Of the short lists the mark is made of all ids, of the lists of lists of all their counts.

use std::time::Duration;

use serde_json::Value;

use super::super::{Census, RemoteError};
use super::catalogue::{mark, read_all};
use super::convert::time_of;
use super::lists::{Lists, template};
use crate::model::Stream;

/// The service's clock is told in whole seconds.
const TICK: i64 = 1000;
/// A user who came within the last tick is waited for so often.
const MOST_WAITS: u32 = 3;

/// Total and mark of `stream`.
///
/// # Errors
/// See [`RemoteError`].
pub async fn census(lists: &Lists, stream: Stream) -> Result<Census, RemoteError> {
    match stream {
        Stream::Users => users(lists).await,
        Stream::Groups => {
            let (organizations, total) =
                read_all(&lists.session, "organizations", &[], template(stream)).await?;
            Ok(told(total, organizations.len(), mark(organizations.into_keys().map(line))))
        }
        Stream::Roles => {
            lists.refresh_roles().await?;
            let (roles, own) = lists.all_roles().await?;
            let ids = roles.0.keys().chain(own.0.keys()).cloned().map(line);
            Ok(told(roles.1 + own.1, roles.0.len() + own.0.len(), mark(ids)))
        }
        Stream::RoleAssignments | Stream::Memberships => {
            let parents = lists.refresh_parents(stream).await?;
            Ok(Census {
                total: Some(parents.sum),
                newest_change: None,
                members: Some(parents.mark()),
                hidden: false,
            })
        }
        Stream::Applications => {
            let applications = lists.refresh_applications().await?;
            let ids = mark(applications.keys().cloned().map(line));
            Ok(told(applications.len() as u64, applications.len(), ids))
        }
        Stream::Invitations => {
            let url = lists.session.url(["organization-invitations"], &[]);
            let listed = lists.session.list(url, template(stream)).await?;
            let mut ids: Vec<_> = listed.records.iter().filter_map(id_of).collect();
            ids.sort();
            Ok(told(listed.records.len() as u64, listed.records.len(), mark(ids.into_iter().map(line))))
        }
        Stream::ApiUsers
        | Stream::OffDutyPeriods
        | Stream::Resources
        | Stream::Grants
        | Stream::ResourceGrants
        | Stream::Recipients => Ok(told(0, 0, mark(std::iter::empty()))),
    }
}

fn id_of(record: &Value) -> Option<String> {
    record.get("id")?.as_str().map(str::to_owned)
}

fn line(id: String) -> String {
    id + "\n"
}

/// A mark over fewer ids than the service counts says nothing.
fn told(total: u64, known: usize, mark: String) -> Census {
    let members = Some(mark).filter(|_| known as u64 == total);
    Census { total: Some(total), newest_change: None, members, hidden: false }
}

async fn users(lists: &Lists) -> Result<Census, RemoteError> {
    let mut waits = 0;
    loop {
        let url = lists.session.url(["users"], &[("page", "1"), ("page_size", "1")]);
        let listed = lists.session.list(url, template(Stream::Users)).await?;
        let total = listed.total;
        lists.users.store(total.unwrap_or_default(), std::sync::atomic::Ordering::Relaxed);
        let newest = listed.records.first().and_then(|user| user.get("createdAt")).and_then(time_of);
        let members = match (total, newest, listed.date) {
            (Some(0), _, _) => Some("none".to_owned()),
            (_, Some(newest), Some(date)) if newest.plus_millis(TICK) <= date => {
                Some(newest.as_millis().to_string())
            }
            _ => None,
        };
        if members.is_some() || newest.is_none() || listed.date.is_none() || waits == MOST_WAITS {
            return Ok(Census { total, newest_change: None, members, hidden: false });
        }
        waits += 1;
        tokio::time::sleep(Duration::from_millis(700)).await;
    }
}
